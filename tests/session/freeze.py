"""Writes the log that stands for the present format, to be kept for ever: `python -m tests.session.freeze`.

Once a format is closed its file is never written again; another format gets its own.
"""

from __future__ import annotations

from pathlib import Path

from tests.bots import bots_at
from tests.session.play import HandClock
from tests.small import small_material

from crisis_sim.engine.actions import Bookmark, TakeNote
from crisis_sim.playtest.bots import play_out
from crisis_sim.session.record import FORMAT
from crisis_sim.session.session import Session

FROZEN = Path(__file__).parent / "data"
CLOSED = 1
"""The last format that changes no more. Format 2 is open: nobody is promised that a log of it loads later."""


def main() -> None:
    """A whole session of two bots, with a note and a bookmark."""
    path = FROZEN / f"format-{FORMAT}.jsonl"
    path.unlink(missing_ok=True)
    with Session.start(
        path, small_material(), seed="frozen", length=90, session="0123456789ab", clock=HandClock()
    ) as session:
        session.submit("us", TakeNote(text="Keep the hotline warm. 保持热线畅通。"))
        session.submit("facilitator", Bookmark(label="the beginning"))
        players = bots_at(session.table, ("random", "1"), ("mirror", "2"))
        play_out(players, lambda seat: session.seat(seat).view(), session.submit)
    for beside in FROZEN.glob(f"{path.name}.*"):
        beside.unlink()


if __name__ == "__main__":
    main()
