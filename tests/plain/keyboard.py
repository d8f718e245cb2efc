"""A keyboard at the plain door: lines that are typed one after the other, and what is said to them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from crisis_sim.engine.actions import SeatName
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.plain.console import Console
from crisis_sim.plain.line_session import play
from crisis_sim.rules.names import Language
from crisis_sim.session.session import Session


def console(lines: Iterable[str], said: list[str], wipe: str = "", **more: Any) -> Console:  # Any: as Console takes it
    """Types these lines, and then nothing more."""
    left = iter(lines)
    return Console(
        lambda: f"{line}\n" if (line := next(left, None)) is not None else "", said.append, wipe=wipe, **more
    )


def heard(
    session: Session, people: Sequence[SeatName], lines: Iterable[str], language: Language = "en", **more: Any
) -> str:  # Any: what else a table has
    """What the door says to these lines."""
    said: list[str] = []
    table = SeatTable({name: SeatReader(session.seat(name), language) for name in people}, tuple(people), **more)
    assert asyncio.run(play(table, console(lines, said, language=language))) == 0
    return "".join(said)


def typed(
    session: Session, people: Sequence[SeatName], lines: Iterable[str], language: Language = "en", **more: Any
) -> str:  # Any: as above
    """The same in one line."""
    return " ".join(heard(session, people, lines, language, **more).split())
