"""The card before the first act, by lines of text."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.small import small_material

from crisis_sim.engine.actions import SeatName, TakeSeat
from crisis_sim.pages.reader import Reader, SeatReader
from crisis_sim.plain.console import Console
from crisis_sim.plain.door import play
from crisis_sim.plain.plain_table import PlainTable
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.session.consent import OPTION
from crisis_sim.session.session import Session


@pytest.mark.parametrize(
    ("language", "typed", "agreed"),
    [
        ("en", ("", "agree", "seal", "yes", "", "agree"), ("us", "china")),
        ("zh", ("", "我方已阅读并同意"), ("us",)),
        ("en", ("", "back", "perhaps", "leave"), ()),
    ],
)
def test_a_team_agrees_behind_its_curtain_or_the_session_is_left(
    language: Language, typed: tuple[str, ...], agreed: tuple[str, ...], tmp_path: Path
) -> None:
    """Each team for itself; what is neither a yes nor leaving asks again."""
    with Session.start(tmp_path / "log.jsonl", small_material(), seed="a", length=45, options={OPTION: ""}) as session:
        for side in SIDES:
            session.submit(side, TakeSeat(occupant="person"))
        lines: Iterator[str] = iter(typed)
        said: list[str] = []
        console = Console(
            lambda: f"{line}\n" if (line := next(lines, None)) is not None else "",
            said.append,
            wipe="",
            language=language,
        )
        seats: dict[SeatName, Reader] = {side: SeatReader(session.seat(side), language) for side in SIDES}
        asyncio.run(play(PlainTable(seats, SIDES), console))
        assert session.state.agreed == agreed
    heard = "".join(said)
    assert ("What is recorded" in heard) == (language == "en")
