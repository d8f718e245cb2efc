"""Counts and meters of both sides beside each other."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_sim.pages.blocks import Column, Row, Span, Table, capital
from crisis_sim.pages.telling import Teller


def both_sides(counts: Iterable[tuple[str, str, str]], say: Teller) -> Table:
    """A row for each thing: its name, how it was with the US, and with China."""
    columns = (
        Column("", is_wide=True),
        Column(say("US"), is_number=True, tone="us"),
        Column(say("China"), is_number=True, tone="china"),
    )
    rows = []
    for name, us, china in counts:
        says = say("{name}: US {n}, China {m}", name=capital(name), n=us, m=china)
        rows.append(Row((Span(capital(name)), Span(us, "us"), Span(china, "china")), says))
    return Table(columns, tuple(rows))
