"""In rooms the two sides write to each other while a call lasts, by lines of text too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.engine.asking import CALL, answer
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.pages.reader import SeatReader
from crisis_sim.plain.console import Console
from crisis_sim.plain.door import play
from crisis_sim.plain.plain_table import PlainTable
from crisis_sim.session.session import Session

TYPED = ("stop", "Can you hear us?", "", "stop", "no", "stop", "yes", "", "quit", "yes")


@pytest.mark.parametrize("in_rooms", [True, False])
def test_what_is_typed_is_said_and_enter_reads_what_has_been(
    in_rooms: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both sides' words, in their order; at one terminal people talk aloud, and nothing is asked."""
    monkeypatch.setattr(SeatReader, "company", SimpleNamespace(you="us-1", people=()) if in_rooms else None)
    with Session.start(tmp_path / "log.jsonl", small_material(), seed="a", length=150) as session:
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
        asyncio.run(play(PlainTable({"us": SeatReader(session.seat("us"), "en")}, ("us",)), console))
        heard = " ".join("".join(said).split())
        ours = [text for side, text, _ in session.state.exchanges[0].said if side == "us"]
    assert ("What do we say to them?" in heard) is in_rooms
    assert ours == (["Can you hear us?"] if in_rooms else [])
    assert ("United States ended the talk." in heard) is in_rooms
    assert ("China speaks." in heard and heard.count("Can you hear us?") >= 2) is in_rooms
