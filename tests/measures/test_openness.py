"""How much each side told of what it alone knew, how truly, and when first."""

from __future__ import annotations

from fractions import Fraction

from tests.engine.play import Play, shipped
from tests.engine.test_disclosure import AWKWARD, RECORD, submarine, telling

from crisis_sim.measures.openness import Openness, openness
from crisis_sim.measures.tables import openness_told
from crisis_sim.research.columns import BY_NAME
from crisis_sim.research.dealing_rows import disclosure_rows, told_of
from crisis_sim.wording import plain


def told() -> Play:
    """In turn 5 the US tells one fact in part and one falsely; China tells nothing."""
    play = submarine()
    play.turn(us=(telling(RECORD["us"], "part"), telling(AWKWARD["us"], "untrue", "word")))
    return play


def test_what_reached_the_other_counts_by_how_far_it_was_whole() -> None:
    """A part is half, what is not so nothing; a side that told nothing has no truth and no turn."""
    play = told()
    us, china = openness(play.state, play.table)
    assert us == Openness("us", 2, 2, Fraction(1, 4), 1, 5) and us.share == 1
    assert china == Openness("china", 2, 0, None, 0, None) and china.share == 0
    said = openness_told((us, china), plain)
    assert said[0] == "US told 2 of the 2 facts that it alone knew, first in turn 5; truth 0.25 of 1."
    assert said[1] == "China told 0 of the 2 facts that it alone knew."


def test_where_no_fact_can_be_told_nothing_is_measured() -> None:
    """At 45 minutes, as in a scenario that names none."""
    short = Play(shipped("bottomed-submarine"), length=45)
    assert not openness(short.state, short.table)
    assert set(told_of(short.state, short.table)) == {None}
    assert not list(disclosure_rows("a", short.state, short.table))


def test_exports_have_each_telling_and_the_sums_of_a_session() -> None:
    """Row by row as the codebook's columns say; what has not come out is empty."""
    play = told()
    rows = {row[4]: dict(zip(BY_NAME["disclosures"].names, row, strict=True)) for row in _rows(play)}
    part, untrue = rows[RECORD["us"]], rows[AWKWARD["us"]]
    assert (part["turn"], part["side"], part["public"], part["backed"], part["truth"]) == (
        5,
        "us",
        False,
        "source",
        "part",
    )
    assert (untrue["backed"], untrue["truth"]) == ("word", "untrue")
    assert (part["order"], untrue["order"]) == (1, 2) and part["at_close"] is part["put_right"] is None
    assert list(told_of(play.state, play.table)) == [2, 2, 2, 0, 0.25, None, 5, None]
    names = BY_NAME["sessions"].names
    first = names.index("facts_us")
    assert names[first : first + 8] == tuple(
        f"facts{what}_{side}" for what in ("", "_told", "_truth", "_first") for side in ("us", "china")
    )


def _rows(play: Play) -> list[tuple[object, ...]]:
    return list(disclosure_rows("a", play.state, play.table))
