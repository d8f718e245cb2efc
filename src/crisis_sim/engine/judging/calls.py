"""Calls at home: what is expected of one, what came of it, and what that does to standing.

What a side wanted of a call is sealed and moves nothing. Home hears of a call that was announced or of which an account
was published, and looks at what came of it by the end of the next turn.
"""

from __future__ import annotations

from msgspec import Struct

from crisis_sim.engine import events as e
from crisis_sim.engine.exchange import Exchange
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.moment_facts import arrived_in
from crisis_sim.engine.state import Sent, State
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import ONE, scale
from crisis_sim.rules.names import SIDES, How, other


class CallResult(Struct, frozen=True, gc=False):
    """What came of a call by the end of the next turn."""

    requests: tuple[e.ActKey, ...]
    """What was asked and is now accepted; another call is none of it."""
    promises: tuple[str, ...]
    items: tuple[str, ...]
    """Items of the agenda that both sides now endorse."""

    def __bool__(self) -> bool:
        return bool(self.requests or self.promises or self.items)


def call_result(state: State, table: GameTable, of: Exchange) -> CallResult:
    """What came of an exchange in the turn after it, or was promised in the call itself."""
    due = of.turn + 1
    agreed = [
        asked.act
        for asked in state.requests
        if asked.how == "accept"
        and state.sent(asked.answer or asked.act).arrived == due
        and not table.moves[state.sent(asked.act).act.move].exchange
    ]
    promised = [kept.commitment for kept in state.promises if kept.turn == due or kept.act in (of.request, of.answer)]
    return CallResult(tuple(agreed), tuple(dict.fromkeys(promised)), _endorsed_in(state, due))


def _endorsed_in(state: State, turn: int) -> tuple[str, ...]:
    """Items of the agenda that the second side endorsed in a turn."""
    first: dict[str, dict[str, int]] = {}
    for act in state.record:
        if act.item:
            first.setdefault(act.item, {}).setdefault(act.side, state.sent(act.key).arrived)
    return tuple([item for item, since in first.items() if len(since) == len(SIDES) and max(since.values()) == turn])


def is_heard_of(state: State, of: Exchange) -> bool:
    """Home has heard of an exchange: asked for or agreed to in public, or an account was published."""
    return of.result is not None or any(state.sent(key).act.visibility == "public" for key in of.acts)


def is_call(table: GameTable, move: str, how: How | None, asked: str | None) -> bool:
    """A move asks for a call or meeting, or agrees to the one that was asked for."""
    if how == "accept":
        return asked is not None and table.moves[asked].exchange
    return table.moves[move].exchange and how != "decline" and how != "holding"


def judge_calls(recorder: EventRecorder, state: State) -> None:
    """Look at the calls whose time has run, at the close at all; then hear what was announced in this turn.

    What is said in the turn in which home looks, before which `state` stood, moves nothing of what it expected.
    """
    table, settings = recorder.table, recorder.table.calls
    assert settings is not None
    at, expected = table.place("base/channels"), state.expectation
    for number, of in enumerate(state.exchanges, 1):
        is_due = of.turn == state.turn - 1 or of.turn == state.turn == table.turns
        if not is_due or not is_heard_of(state, of):
            continue
        came = bool(call_result(state, table, of))
        recorder.tell(e.CallJudged(number, came, visible="everyone"))
        for side in SIDES:
            beside = (ONE if came else 0) - expected[side]
            recorder.stand(side, scale(settings.standing, beside), Cause("a call", at))
            now = recorder.numbers("expectation")[side]
            recorder.shift("expectation", side, settings.expects - now, Cause("a call", at))
    for side in SIDES:
        for read in arrived_in(state, other(side)):
            if _announces(state, table, state.acts[read.act]):
                recorder.expect(side, settings.announced, Cause("a call announced", at, side, read.act))


def _announces(state: State, table: GameTable, sent: Sent) -> bool:
    """An act asks for a call in public, or agrees to one so."""
    act = sent.act
    if act.visibility != "public":
        return False
    asked = None if act.answers is None else state.sent(act.answers).act.move
    return is_call(table, act.move, act.answer, asked)
