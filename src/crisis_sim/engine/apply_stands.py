"""The state after a promise was given, a position taken or an instrument cited, and after it was kept or broken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.state import Promise, State
from crisis_sim.engine.state_parts import Citation, Stand


def _position_taken(state: State, event: e.PositionTaken) -> State:
    said = (event.side, event.position)
    before = next((of for of in state.stands if (of.side, of.position) == said and not of.broken), None)
    stand = Stand(
        side=event.side,
        position=event.position,
        act=event.act,
        since=state.turn if before is None else before.since,
        turn=state.turn,
        times=1 if before is None else before.times + 1,
        firmness=event.firmness,
        severity=event.severity,
        face=event.face,
        public=event.public,
        heard=event.heard,
    )
    if before is None:
        return replace(state, stands=(*state.stands, stand))
    return replace(state, stands=tuple([stand if of is before else of for of in state.stands]))


def _position_broken(state: State, event: e.PositionBroken) -> State:
    said = (event.side, event.position, 0)
    stands = [
        replace(of, broken=state.turn) if (of.side, of.position, of.broken) == said else of for of in state.stands
    ]
    return replace(state, stands=tuple(stands))


def _instrument_cited(state: State, event: e.InstrumentCited) -> State:
    cited = Citation(event.side, event.instrument, event.act, state.turn)
    return replace(state, citations=(*state.citations, cited))


def _instrument_broken(state: State, event: e.InstrumentBroken) -> State:
    bound = (event.side, event.instrument)
    citations = [replace(of, broken=state.turn) if (of.side, of.instrument) == bound else of for of in state.citations]
    return replace(state, citations=tuple(citations))


def _commitment_made(state: State, event: e.CommitmentMade) -> State:
    promises = (*state.promises, Promise(event.commitment, event.side, event.act, state.turn))
    return replace(state, promises=promises)


def _commitment_broken(state: State, event: e.CommitmentBroken) -> State:
    return _promises(state, event, broken=True)


def _commitment_ended(state: State, event: e.CommitmentEnded) -> State:
    return _promises(state, event, ended=event.how)


def _promises(state: State, event: e.CommitmentBroken | e.CommitmentEnded, **changed: Any) -> State:  # Any: of Promise
    """The state with what still bound a side by this commitment changed."""
    bound = (event.commitment, event.side, True)
    promises = [
        replace(kept, **changed) if (kept.commitment, kept.side, kept.binds) == bound else kept
        for kept in state.promises
    ]
    return replace(state, promises=tuple(promises))


STANDS: Final[Mapping[type[e.Event], Callable[[State, Any], State]]] = {  # Any: each kind of event has its own
    e.CommitmentMade: _commitment_made,
    e.CommitmentBroken: _commitment_broken,
    e.CommitmentEnded: _commitment_ended,
    e.PositionTaken: _position_taken,
    e.PositionBroken: _position_broken,
    e.InstrumentCited: _instrument_cited,
    e.InstrumentBroken: _instrument_broken,
}
"""What each kind does to a state."""
