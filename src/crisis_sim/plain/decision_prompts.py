"""Saying what we do with a conclusion or a hard voice, at the plain door: which one, which answer, by which move."""

from __future__ import annotations

from typing import Final, cast

from crisis_sim.engine.actions import AnswerConclusion
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.decision_blocks import ANSWERED, ANSWERS, answers_to, asked, how, named, open_moves
from crisis_sim.pages.desk_blocks import counted
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.console import Console, PromptOption
from crisis_sim.rules.names import DecisionAnswer

VOICE: Final = "voice"
"""What is typed for the hard voice at home."""


def decided(console: Console, view: TeamView, say: Teller) -> AnswerConclusion:
    """What somebody answers to one of the conclusions that ask. Raises Back."""
    decision = view.decisions[0]
    if len(view.decisions) > 1:
        options = [
            PromptOption(
                each.line or VOICE, named(each, say), "" if each.answer is None else say(ANSWERED[each.answer])
            )
            for each in view.decisions
        ]
        chosen = console.pick("Which one?", options)
        decision = next(each for each in view.decisions if (each.line or VOICE) == chosen)
    console.say(asked(decision, say))
    options = [
        PromptOption(answer, say(ANSWERS[answer]), how(answer, view.blocked, say))
        for answer in answers_to(decision, say)
    ]
    answer = cast(DecisionAnswer, console.pick("What do we do?", options))
    return AnswerConclusion(line=decision.line, answer=answer)


def carrying_out(answer: DecisionAnswer, console: Console, view: TeamView, say: Teller) -> str:
    """The move to compose for an answer; none where none is needed, or can be made or listed. Raises Back."""
    moves = open_moves(answer, view.blocked, say)
    if not moves:
        return ""
    if counted(view) >= say.dossier.moves_most:
        console.tell("The list is full: revise a move or take one off, then make the move for it.")
        return ""
    if len(moves) == 1:
        return moves[0]
    return console.pick("By which move?", [PromptOption(move, say.move(move)) for move in moves]) or ""
