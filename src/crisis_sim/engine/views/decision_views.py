"""Decisions as seats may know them: what a voice asks, what was done about it, and what of that is heard abroad.

An answer is its own team's and the white cell's until the hotwash. What a voice does in public everybody hears, in the
same words; that one was asked to wait is told of both sides alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.acts.options import answers_to
from crisis_sim.engine.dealing_plans import DECISION
from crisis_sim.engine.state import State, Voice
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.act_views import head_of, words_of_line
from crisis_sim.engine.views.feed_items import AnyFeedItem, DecisionItem, VoiceItem
from crisis_sim.engine.views.shared_facts import AskedFacts, HomeFacts, NumberChange
from crisis_sim.rules.names import Words


def asked_facts(state: State, table: GameTable, decision: Voice) -> AskedFacts:
    """What a voice asks a team to decide."""
    inject = table.injects[decision.inject]
    plan, voice = table.decisions[decision.inject], table.scenario.voices[inject.from_ or ""]
    may = answers_to(state, table, decision.side, f"{DECISION}{decision.inject}")
    return AskedFacts(
        inject=decision.inject,
        title=inject.title.words,
        voice=voice.says.words,
        at_home=plan.at_home,
        answers={name: answer.says.words for name, answer in inject.decide.items()},
        may=tuple([answer for answer in may if answer not in inject.decide]),
        otherwise=otherwise_words(table, decision.inject),
        acts=None if voice.acts is None else voice.acts.says.words,
        delays=decision.delays,
        is_first=decision.turn == state.turn
        and next(entry for entry in state.voices if entry.inject and entry.side == decision.side) is decision,
    )


def otherwise_words(table: GameTable, inject: str) -> Words:
    """What comes of a turn without an answer."""
    asks = table.injects[inject]
    otherwise = asks.otherwise
    assert otherwise is not None
    if otherwise.answer is not None:
        return asks.decide[otherwise.answer].says.words
    return {} if otherwise.says is None else otherwise.says.words


def decision_items(
    table: GameTable, seat: SeatName, turn: int, hour: int, event: e.VoiceAnswered | e.AnswerDelayed, name: str
) -> Iterator[AnyFeedItem]:
    """What a seat is told of what became of a decision."""
    inject, plan = table.injects[name], table.decisions[name]
    voice = table.scenario.voices[plan.voice]
    act_words = {} if voice.acts is None else voice.acts.says.words
    if isinstance(event, e.AnswerDelayed):
        outcome, words = "delayed", otherwise_words(table, name)
    elif event.answer in inject.decide:
        outcome, words = "answered", inject.decide[event.answer].says.words
    else:
        outcome = event.answer if event.said or event.answer == "pass" else "unanswered"
        words = act_words if event.answer == "speak" else {}
    if seat in (event.side, "facilitator"):
        yield DecisionItem(turn=turn, hour=hour, side=event.side, how=outcome, voice=voice.says.words, words=words)
    elif outcome == "wait":
        yield VoiceItem(turn=turn, hour=hour, side=event.side, answer="wait", said=True)
    elif outcome in ("speak", "unanswered"):
        yield DecisionItem(turn=turn, hour=hour, side=None, how="heard", voice=voice.says.words, words=words)


def home_facts(state: State, table: GameTable) -> tuple[HomeFacts, ...]:
    """What voices asked, at home and for decisions, and acts that cost nothing at home, in the order of play."""
    facts = [
        _decision(state, table, voice)
        if voice.inject
        else HomeFacts(side=voice.side, turn=voice.turn, answer=voice.answer, said=voice.said)
        for voice in state.voices
    ]
    for key in state.spared:
        facts.append(HomeFacts(side=key[0], turn=key[1], spared=head_of(table, state.sent(key), None)))
    return tuple(sorted(facts, key=lambda fact: fact.turn))


def _decision(state: State, table: GameTable, decision: Voice) -> HomeFacts:
    """What a team was asked, and what it made of it, with what followed."""
    return HomeFacts(
        side=decision.side,
        turn=decision.turn,
        answer=decision.answer,
        said=decision.said,
        ask=asked_facts(state, table, decision),
        ended=decision.ended,
        waited=decision.waited,
        followed=tuple(_followed(state, table, decision)),
    )


def _followed(state: State, table: GameTable, decision: Voice) -> Iterator[NumberChange]:
    """The numbers that moved because of a decision, each from where it first stood to where it last came to."""
    causes = (f"decision {decision.inject}", f"voice {table.decisions[decision.inject].voice}")
    changes: dict[tuple[e.MeterName, str], tuple[int, int]] = {}
    for turn, event in state.events_of(e.LinePressed, e.NumberMoved):
        if turn >= decision.turn and event.trace.rule in causes:
            moved: tuple[e.MeterName, str] = (
                (event.meter, event.of)
                if isinstance(event, e.NumberMoved)
                else ("pressure", f"{event.side}/{event.line}")
            )
            changes[moved] = changes.get(moved, (event.trace.before, 0))[0], event.trace.after
    for (meter, name), (old_value, new_value) in changes.items():
        line = words_of_line(state, table, name) if meter == "pressure" else None
        yield NumberChange(meter, name, old_value, new_value, line)
