"""Deciding an action: refuse it with a reason, or say everything that follows.

Pure: the same state, seat, action and table give the same events. The rooms behind it each own one part of the game.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from msgspec import UNSET
from msgspec.structs import asdict, replace

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts import team_turn, white_cell
from crisis_sim.engine.acts.notes import decide_note
from crisis_sim.engine.acts.team_turn import agree
from crisis_sim.engine.apply import apply
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.text import clean

Decided: TypeAlias = tuple[tuple[e.AnyEvent, ...], State]
"""What follows from an action, and the state that folding it leads to."""
LONGEST_POLICY = 60
"""Characters kept of the name of a bot's policy."""
LONGEST_REPORTED: Final = 200
"""Characters kept of each text in a model's report."""
_HASH: Final = re.compile("[0-9a-f]{64}")
_COUNTED: Final = 10**12
"""No log has as many entries or bytes."""


def decide(state: State, seat: a.SeatName, action: a.AnyAction, table: GameTable) -> tuple[e.AnyEvent, ...]:
    """The events that follow from `action`. Raises ActionRefused."""
    return decide_with_state(state, seat, action, table)[0]


def decide_with_state(state: State, seat: a.SeatName, action: a.AnyAction, table: GameTable) -> Decided:
    """The events that follow from `action`, and the state after them. Raises ActionRefused."""
    if action.made_by is not UNSET and state.seats.get(seat) != ("bot", a.AGENT):
        raise ActionRefused("action/made-by")
    sealing = team_turn.SEAL_HANDLERS.get(type(action))
    if sealing is not None:  # what is asked most often
        phase, seal, finish = sealing
        event = seal(state, table, team_turn.playing(state, seat, phase), action)
        if finish is None or not (state.us.committed or state.china.committed):
            return (event,), apply(state, event)
        recorder = EventRecorder(state, table=table)
        recorder.tell(event)
        finish(recorder)
    else:
        recorder = EventRecorder(state, table=table)
        COMMON_ACTIONS.get(type(action), _run)(recorder, seat, action)
    return tuple(recorder.events), recorder.state


def _sit(recorder: EventRecorder, seat: a.SeatName, action: a.TakeSeat) -> None:
    """Put on record who sits where."""
    policy = None if action.policy is None else clean(action.policy, lines=False).strip()[:LONGEST_POLICY]
    recorder.tell(e.SeatTaken(seat, action.occupant, policy, visible="everyone"))


def _report(recorder: EventRecorder, seat: a.SeatName, action: a.ReportModel) -> None:
    """Put on record what the harness of a model says of it. Raises ActionRefused where no program plays."""
    if (seat != "us" and seat != "china") or recorder.state.seats.get(seat) != ("bot", a.AGENT):
        raise ActionRefused("action/made-by")
    report = replace(action.report, **{name: _bounded(value) for name, value in asdict(action.report).items()})
    recorder.tell(e.ModelReported(seat, recorder.state.turn, report, visible="facilitator"))


def _bounded(value: str | int) -> str | int:
    """A text cut to what is kept of it, or a count to what can be."""
    if isinstance(value, str):
        return clean(value, lines=False).strip()[:LONGEST_REPORTED]
    return value if isinstance(value, bool) else max(0, min(value, _COUNTED))


def _run(recorder: EventRecorder, seat: a.SeatName, action: Any) -> None:  # Any: what no table names
    """Everything else is the facilitator's."""
    if seat != "facilitator":
        raise ActionRefused("seat/facilitator")
    white_cell.decide_facilitator(recorder, action)


def asked_by_no_seat() -> ActionRefused:
    """What a seat is told that asks for what only the opening of a log asks for."""
    return ActionRefused("action/own")


def _shorten(recorder: EventRecorder, seat: a.SeatName, action: a.ShortenLog) -> None:
    """Put on record what a log has lost, whatever the phase."""
    counts = (action.had, action.has, action.had_bytes or 0, action.has_bytes, action.torn)
    hashed = action.hash is None or _HASH.fullmatch(action.hash)
    if seat != "facilitator" or not hashed or not all(0 <= count < _COUNTED for count in counts):
        raise asked_by_no_seat()
    lost = {name: value for name, value in asdict(action).items() if name != "made_by"}
    recorder.tell(e.LogShortened(**lost, visible="facilitator"))


COMMON_ACTIONS: Final[Mapping[type[a.Action], Callable[[EventRecorder, a.SeatName, Any], None]]] = {
    a.TakeSeat: _sit,
    a.AgreeToCard: agree,
    a.TakeNote: decide_note,
    a.ReportModel: _report,
    a.ShortenLog: _shorten,
}  # Any: each has its own action
"""What carries out each action that is neither part of a turn nor the facilitator's."""
