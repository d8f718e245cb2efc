"""Sessions that bots play for the tests of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.bots import bots_at
from tests.engine.play import varied

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.feed_items import CloserItem
from crisis_sim.engine.views.seat_views import FacilitatorView, View
from crisis_sim.playtest.bots import SEATED, AutoFacilitator, play_out
from crisis_sim.research.export_rows import ExportedSession
from crisis_sim.research.log_sources import Opener, WantedSessions
from crisis_sim.session.session import Session


@cache
def asking() -> Material:
    """The virus with everything asked at 45 minutes, so that no table is empty for want of time."""

    def change(tree: dict[str, Any]) -> None:
        tree["closing"]["principles"] = [45, 90, 150]

    return varied("new-virus", change)


class Asking(AutoFacilitator, frozen=True):
    """Asks both teams after turn 2 what moved them closer, in sessions in which that can be asked."""

    def actions(self, view: View) -> Iterator[a.AnyAction]:
        """The question, and then what keeps play going."""
        assert isinstance(view, FacilitatorView)
        is_time = (view.turn, view.phase) == (2, "results") and view.waiting_for == ("facilitator",)
        if is_time and not any(isinstance(item, CloserItem) for item in view.feed):
            yield a.PutQuestion()
        yield from super().actions(view)


def played(path: Path, *, seated: bool = True, length: int = 45, one_table: bool = False) -> Path:
    """A session of two bots; `seated` ones say that they are bots, the others pass for people."""
    asked: dict[str, str | bool | int] = {"offence_card": "full"}
    if one_table:
        asked["one_table"] = True
    with Session.start(path, asking(), seed=path.stem, length=length, options=asked, bots=SEATED) as session:
        for side in ("us", "china"):
            session.submit(
                side, a.TakeSeat(occupant="bot" if seated else "person", policy="mirror" if seated else None)
            )
        seats = {seat: session.seat(seat) for seat in ("us", "china", "facilitator")}
        us, china, _facilitator = bots_at(session.table, ("mirror", "4/us"), ("salami", "4/china"))
        play_out(
            (us, china, Asking() if length > 45 else AutoFacilitator()), lambda seat: seats[seat].view(), session.submit
        )
    return path


CARD = "What you enter here is recorded, and goes to two universities."


def played_in_rooms(path: Path, card: str | None) -> Path:
    """A session with two persons at each team, who say how they take an act before the team does.

    `card` is what they are asked to agree to, empty for the one that ships, None where nobody is asked. Of the US one
    agrees; an observer does without a label. Who speaks second says it twice.
    """
    options = {} if card is None else {"consent": card}
    with Session.start(path, asking(), seed=path.stem, length=45, options=options, bots=SEATED) as session:
        for seat, label in (("us", "us-1"), ("china", "china-2"), ("china", "china-1"), ("observer", "")):
            if card is not None:
                session.submit(seat, a.AgreeToCard(by=label))  # type: ignore[arg-type]  # they are names of seats

        def submit(seat: a.SeatName, action: a.AnyAction) -> object:
            if isinstance(action, a.SealReading):
                for person, taken in ((2, -3), (1, action.hostility), (2, max(-3, action.hostility - 1))):
                    session.submit(seat, a.PressReading(item=action.item, hostility=taken, by=f"{seat}-{person}"))
            return session.submit(seat, action)

        seats = {seat: session.seat(seat) for seat in ("us", "china", "facilitator")}
        us, china, _facilitator = bots_at(session.table, ("mirror", "4/us"), ("salami", "4/china"))
        play_out((us, china, AutoFacilitator()), lambda seat: seats[seat].view(), submit)
    return path


KEY = "a key that nobody can guess"
PEOPLE = WantedSessions(KEY.encode())


def sources(paths: Iterable[Path], wanted: WantedSessions = PEOPLE) -> Iterator[ExportedSession]:
    """Those of these logs that are wanted, opened."""
    opener = Opener(wanted)
    yield from (found for path in paths if isinstance(found := opener.opened(path), ExportedSession))
