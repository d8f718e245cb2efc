"""Saying what we do with whatever asks, at the plain door: which one, which answer, by which move."""

from __future__ import annotations

from typing import Final

from crisis_sim.engine.actions import AnswerDecision, own_moves
from crisis_sim.engine.sight.views import DecisionFacts, TeamView
from crisis_sim.pages.decision_blocks import answer_says, answered, answers_to, asked, how, named, open_moves
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.typed import PromptOption
from crisis_sim.rules.names import DecisionAnswer

VOICE: Final = "voice"
"""What is typed for the hard voice at home."""


def decided(console: Console, view: TeamView, say: Teller) -> AnswerDecision:
    """What somebody answers to one of those who ask. Raises Back, also where what asked has been taken back."""
    if not view.decisions:
        console.tell("Nothing asks us for an answer now.")
        raise Back
    decision = view.decisions[0]
    if len(view.decisions) > 1:
        options = [
            PromptOption(typed(each), named(each, say), "" if each.answer is None else answered(each, each.answer, say))
            for each in view.decisions
        ]
        chosen = console.pick("Which one?", options)
        decision = next(each for each in view.decisions if typed(each) == chosen)
    console.say(asked(decision, say))
    options = [
        PromptOption(answer, answer_says(decision, answer, say), how(decision, answer, view.blocked, say))
        for answer in answers_to(decision, say)
    ]
    return AnswerDecision(asked=decision.asked, answer=console.pick("What do we do?", options) or "")


def typed(each: DecisionFacts) -> str:
    """What is typed for something that asks."""
    return VOICE if not each.asked else each.asked if each.ask is None else each.ask.inject


def carrying_out(decision: DecisionFacts, answer: DecisionAnswer, console: Console, view: TeamView, say: Teller) -> str:
    """The move to compose for an answer; none where none is needed, or can be made or listed. Raises Back."""
    moves = open_moves(decision, answer, view.blocked, say)
    if not moves:
        return ""
    if own_moves(each.draft for each in view.drafts) >= say.dossier.moves_most:
        console.tell("Our own moves are all listed: revise one or take one off, then make the move for it.")
        return ""
    if len(moves) == 1:
        return moves[0]
    return console.pick("By which move?", [PromptOption(move, say.move(move)) for move in moves]) or ""
