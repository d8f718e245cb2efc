"""Started by test_hostile in a terminal of its own: a team's screen whose every text is hostile."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import msgspec
from tests.session.play import take_a_call
from tests.small import small_material
from tests.tui.fake import CARDS, FORECASTS, HOSTILE, FakeSeat, team_view

from crisis_sim.cli.language import LANGUAGES
from crisis_sim.engine.actions import Advance, SeatName
from crisis_sim.engine.views.seat_views import View
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.pages.translator import Translator
from crisis_sim.session.seat import Seat
from crisis_sim.session.session import Session
from crisis_sim.tui.app import run_at

T = TypeVar("T")

ID = re.compile("[a-z0-9:/.-]*")
"""Ids, which nobody is shown; what is said in a language stands under that."""


def poisoned(value: Any, name: str = "") -> Any:  # Any: whatever a view is made of
    """`value` with hostile text in place of every text that is shown."""
    if isinstance(value, str):
        return value if name not in LANGUAGES and ID.fullmatch(value) else value[:8] + HOSTILE
    if isinstance(value, list | tuple):
        return [poisoned(each, name) for each in value]
    if isinstance(value, dict):
        return {key: poisoned(each, key) for key, each in value.items()}
    return value


class Poisoned(SeatReader):
    """A seat of a real session that is shown nothing harmless."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, "en")
        self._foul = Translator(hostile(seat.dossier), "en")

    @property
    def say(self) -> Translator:
        return self._foul

    def view(self) -> View:
        return hostile(super().view())


SCENES: dict[str, SeatName] = {
    "telling": "us", "talk": "us", "console": "facilitator", "observer": "observer", "hotwash": "facilitator"
}  # fmt: skip
"""Scenes that a fake team does not show, each with the seat that sees it."""


def main() -> int:
    scene = sys.argv[1]
    if scene not in SCENES:
        view = team_view(phase=scene, to_read=CARDS, asked_now=FORECASTS if scene == "forecasts" else ())
        seat = FakeSeat(hostile(view))
        seat.say.dossier = hostile(seat.say.dossier)
        return run_at(SeatTable({"us": seat}, ("us",)))
    name = SCENES[scene]
    with TemporaryDirectory() as folder, Session.start(Path(folder), small_material(), seed="a", length=150) as session:
        if scene == "talk":
            take_a_call(session)
        while scene != "talk" and session.state.phase != ("hotwash" if scene == "hotwash" else "moves"):
            session.submit("facilitator", Advance())
        return run_at(SeatTable({name: Poisoned(session.seat(name))}, (name,)))


def hostile(facts: T) -> T:
    """The same facts with hostile text in every text."""
    return msgspec.convert(poisoned(msgspec.to_builtins(facts)), type(facts))


if __name__ == "__main__":
    sys.exit(main())
