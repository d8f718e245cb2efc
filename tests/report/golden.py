"""Golden reports: the Markdown twin of bots' sessions. `python -m tests.report.golden NAME` writes one of them anew.

Two bots play each session by a fixed clock, beside a facilitator who takes notes; so whoever changes a scenario or the
rules reads here what that makes of a report.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tests.bots import bots_at
from tests.engine.play import shipped
from tests.session.play import HandClock

from crisis_sim.engine import actions as a
from crisis_sim.engine.state import State
from crisis_sim.playtest.bots import SEATED, play_out
from crisis_sim.report.markdown import markdown
from crisis_sim.report.report_blocks import Report
from crisis_sim.report.team_report import team_report
from crisis_sim.report.whole_report import whole_report
from crisis_sim.rules.names import Language, Side
from crisis_sim.session.replay import Replay, replay
from crisis_sim.session.session import Session

FOLDER: Final = Path(__file__).parent / "golden"
GOLDEN: Final[dict[str, tuple[str, Language, Side | None]]] = {
    "bottomed-submarine": ("bottomed-submarine", "en", None),
    "bottomed-submarine-china": ("bottomed-submarine", "en", "china"),
    "new-virus-zh": ("new-virus", "zh", None),
}
"""Name, scenario, language, and whose."""
BEGAN: Final = 1_790_000_000_000
"""2026-09-21, in milliseconds."""


class BotSession(NamedTuple):
    """Who plays a scenario, with which luck, and what the facilitator notes."""

    us: str
    china: str
    seed: str
    note: str


SESSIONS: Final = {
    "bottomed-submarine": BotSession("firm", "curious", "7", "Nobody asked who answers the hotline at night."),
    "new-virus": BotSession("mirror", "firm", "4", "Nobody asked what the samples were for."),
}


def bots_log(scenario: str, folder: Path) -> Path:
    """The log of a scenario's session in `folder`, where it is played unless it is there."""
    path = folder / f"{scenario}.jsonl"
    if path.exists():
        return path
    played = SESSIONS[scenario]
    with Session.start(
        path,
        shipped(scenario),
        seed=played.seed,
        length=90,
        session=f"{scenario}-golden",
        clock=HandClock(BEGAN, step=7_000),
        options={"cards": False},
        bots=SEATED,
    ) as session:
        session.submit("us", a.TakeSeat(occupant="bot", policy=played.us))
        session.submit("china", a.TakeSeat(occupant="bot", policy=played.china))
        session.submit("facilitator", a.TakeSeat(occupant="person"))
        session.submit("us", a.WriteLine(line="pink", concern="face", says="We are told nothing at all.", weight=6))

        def submit(seat: a.SeatName, action: a.AnyAction) -> None:
            if isinstance(action, a.Advance):
                for noting, noted in _notes(session.state, played.note):
                    session.submit(noting, noted)
            session.submit(seat, action)

        players = bots_at(session.table, (played.us, "1"), (played.china, "2"))
        play_out(players, lambda seat: session.seat(seat).view(), submit)
    return path


def _notes(state: State, note: str) -> Iterator[tuple[a.SeatName, a.AnyAction]]:
    """What people do beside the bots before a phase ends."""
    if (state.turn, state.phase) == (1, "results"):
        yield "facilitator", a.TakeNote(text=note)
        yield "facilitator", a.Bookmark(label="The first public word")
        yield "us", a.TakeNote(text="They answer faster through the embassy.")
        yield "facilitator", a.Reveal(side="us", turn=1, order=1)
    elif state.phase == "hotwash":
        yield "us", a.TakeNote(text="Ask first, then protest.")
        yield "china", a.TakeNote(text="Say what a movement is for before it is seen.")


def bots_session(scenario: str, folder: Path) -> Replay:
    """The session of a scenario; its log lies in `folder`."""
    return replay(bots_log(scenario, folder))


def report(name: str, folder: Path) -> Report:
    """The report of a golden's name."""
    scenario, language, side = GOLDEN[name]
    played = bots_session(scenario, folder)
    return whole_report(played, language) if side is None else team_report(played, side, language)


def golden_path(name: str) -> Path:
    """The file of a golden report."""
    return FOLDER / f"{name}.md"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        golden_path(sys.argv[1]).write_text(markdown(report(sys.argv[1], Path(place))), encoding="utf-8", newline="\n")
