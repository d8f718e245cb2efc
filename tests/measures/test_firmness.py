"""Positions that each side took: how firm they became, and which it acted against."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace
from tests.engine.play import shipped, small

from crisis_sim.engine.state import opening_state
from crisis_sim.engine.state_parts import Stand
from crisis_sim.engine.table import build_table
from crisis_sim.measures.firmness import Firmness, firmness


def stand(position: str, firm: int, broken: int = 0) -> Stand:
    return Stand(
        side="us",
        position=position,
        act=("us", 1, 1),
        since=1,
        turn=2,
        times=2,
        firmness=firm,
        severity=0,
        face=0,
        public=True,
        heard="public",
        broken=broken,
    )


def test_what_was_acted_against_counts_with_the_firmness_it_had() -> None:
    table = build_table(shipped("bottomed-submarine"), seed="1", length=150, session="s")
    state = replace(opening_state(table), stands=(stand("one", 3), stand("two", 1, broken=3), stand("two", 0)))
    us, china = firmness(state, table)
    assert us == Firmness("us", taken=3, broken=1, times=6, steps=4)
    assert (us.mean_firmness, us.share_kept) == (Fraction(4, 3), Fraction(2, 3))
    assert (china.taken, china.mean_firmness, china.share_kept) == (0, None, None)


def test_where_there_are_none_to_take_nobody_is_measured() -> None:
    play = small()
    assert firmness(play.state, play.table) == ()
