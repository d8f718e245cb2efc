"""In rooms the two sides write to each other while a call lasts, by lines of text too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.engine.asking import CALL, answer
from tests.small import small_material

from crisis_sim.cli.seating import SEATABLE
from crisis_sim.engine import actions as a
from crisis_sim.pages.reader import SeatReader
from crisis_sim.plain.console import Console
from crisis_sim.plain.door import play
from crisis_sim.plain.plain_table import PlainTable
from crisis_sim.session.session import Session

TYPED = ("stop", "Can you hear us?", "", "stop", "no", "stop", "yes", "", "quit", "yes")


@pytest.mark.parametrize("how", ["in rooms", "beside a program", "aloud"])
def test_what_is_typed_is_said_and_enter_reads_what_has_been(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both sides' words, in their order, to a program too; at one terminal people talk aloud, and nothing is asked."""
    in_rooms, written = how == "in rooms", how != "aloud"
    acted: list[int] = []

    async def others() -> None:
        acted.append(len(session.state.exchanges[0].said))

    monkeypatch.setattr(SeatReader, "company", SimpleNamespace(you="us-1", people=()) if in_rooms else None)
    with Session.start(tmp_path / "log.jsonl", small_material(), seed="a", length=150, bots=SEATABLE) as session:
        if how == "beside a program":
            session.submit("china", a.TakeSeat(occupant="bot", policy=a.AGENT))
        while session.state.phase != "moves":
            session.submit("facilitator", a.Advance())
        session.submit("us", a.SealMove(draft=CALL))
        while (session.state.turn, session.state.phase) != (2, "moves"):
            session.submit("facilitator", a.Advance())
        session.submit("us", a.SealMove(draft=CALL))
        session.submit("us", a.CommitMoves())
        session.submit("china", a.SealMove(draft=answer("take-call", 1, "accept", text="At noon.")))
        session.submit("china", a.CommitMoves())
        session.submit("china", a.SayInCall(exchange=1, text="China speaks."))
        typed: Iterator[str] = iter(TYPED)
        said: list[str] = []
        console = Console(lambda: f"{line}\n" if (line := next(typed, None)) is not None else "", said.append, wipe="")
        asyncio.run(play(PlainTable({"us": SeatReader(session.seat("us"), "en")}, ("us",), others), console))
        heard = " ".join("".join(said).split())
        ours = [text for side, text, _ in session.state.exchanges[0].said if side == "us"]
    assert ("What do we say to them?" in heard) is written
    assert ours == (["Can you hear us?"] if written else [])
    assert ("United States ended the talk." in heard) is written
    assert (2 in acted) is (how == "beside a program"), "a program here answers what has just been said"
    assert ("A program plays them." in heard) is (how == "beside a program")
    assert ("China speaks." in heard and heard.count("Can you hear us?") >= 2) is written
