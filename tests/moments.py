"""A session that stands still at everything that a seat can meet: each phase, a call, forecasts, the end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import UNSET, UnsetType
from tests.engine.asking import BLAME, CALL, answer

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.rules.names import SIDES, Audience, Side
from crisis_sim.session.session import Session

PHASES: Final = frozenset(
    {"briefing", "situation", "moves", "readings", "forecasts", "results", "closing", "hotwash", "closed"}
)
"""All that a session goes through."""


def moments(session: Session) -> Iterator[str]:
    """Play to the end, and stop at each moment, whose name comes: a phase, or one in which somebody is asked more.

    In the second turn the US asks for a call, in the third China takes it, and both have cards to read.
    """
    yield "briefing"
    while session.state.phase != "closed":
        state = session.state
        match state.turn, state.phase:
            case 1, "moves":
                session.submit("us", a.SealMove(draft=CALL))
                session.submit("china", a.SealMove(draft=BLAME))
                yield "moves, with a list"
            case 2, "moves":
                session.submit("us", a.SealMove(draft=CALL))
                session.submit("us", a.CommitMoves())
                session.submit("china", a.SealMove(draft=answer("take-call", 1, "accept", text="At noon.")))
                session.submit("china", a.CommitMoves())
                yield "readings, in a call"
            case 3, "readings":
                for side in SIDES:
                    _read_all(session, side)
                yield "readings, all given"
            case 3, "moves":
                session.submit("us", a.SealMove(draft=BLAME))
                session.submit("china", a.SealMove(draft=CALL))
        session.submit("facilitator", a.Advance())
        yield f"turn {session.state.turn}, {session.state.phase}"


def _read_all(session: Session, side: Side) -> None:
    """Give a reading of every card of a team."""
    view = session.view(side)
    assert isinstance(view, TeamView)
    for card in view.to_read:
        audience: Audience | UnsetType = "them" if card.act.visibility == "public" else UNSET
        session.submit(side, a.SealReading(item=card.number, hostility=0, confidence=2, audience=audience))
