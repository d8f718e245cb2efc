"""How truly each side told of itself: what had moved it closer, beside its own record, and what it alone knew."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace
from tests.engine.asking import go_on
from tests.engine.play import Play, shipped
from tests.engine.test_closer import CONCERN, asked, pressed, small
from tests.engine.test_disclosure import AWKWARD, RECORD, submarine, telling

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.closer_views import closer_stories
from crisis_sim.measures.candour import Candour, Openness, candours, openness
from crisis_sim.measures.tables import candour_cells, openness_cells
from crisis_sim.research.columns import BY_NAME
from crisis_sim.research.dealing_rows import closer_rows, closer_values, disclosure_rows, disclosure_values
from crisis_sim.wording import plain


def answered(*acts: int) -> Play:
    """The facilitator has asked both; China names acts of the US, and the US declines."""
    play = asked()
    play.submit("china", a.AnswerCloser(acts=acts, concern=CONCERN))
    go_on(play, "results")
    return play


@pytest.mark.parametrize("acts", [(3, 2), (1,)])
def test_candour_is_the_mean_over_answers_that_can_be_laid_beside_a_record(acts: tuple[int, ...]) -> None:
    """Who declines is counted as asked and has none; a second answer is counted too."""
    play = answered(*acts)
    us, china = candours(play.state, play.table)
    (first,) = [each.candour for each in closer_stories(play.state, play.table) if each.candour is not None]
    assert us == Candour("us", 1, 0, 0, None) and china == Candour("china", 1, 1, 1, Fraction(first, 100))
    asked(play).submit("china", a.AnswerCloser(acts=(1,), concern=CONCERN))
    go_on(play, "results")
    _us, twice = candours(play.state, play.table)
    both = [each.candour for each in closer_stories(play.state, play.table) if each.candour is not None]
    assert (twice.asked, twice.measured) == (2, 2) and twice.candour == Fraction(sum(both), 200)
    said = candour_cells((us, china), plain)
    assert said[0] == "US named acts in 0 of 1 answers; none can be laid beside its record."
    assert said[1].startswith("China named acts in 1 of 1 answers; candour ") and said[1].endswith("over 1 of them.")


def test_before_the_answer_is_told_and_where_nobody_can_ask_nothing_is_measured() -> None:
    """A draft is no answer; at 45 minutes there is no measure, and the cells are empty."""
    play = asked()
    play.submit("china", a.AnswerCloser(acts=(3,), concern=CONCERN))
    assert [each.asked for each in candours(play.state, play.table)] == [0, 0]
    assert list(closer_values(play.state, play.table)) == [0, 0, None, None]
    assert {row[-1] for row in _rows(play)} == {None} and {row[6] for row in _rows(play)} == {""}
    short = small(45)
    assert candours(short.state, short.table) == () and set(closer_values(short.state, short.table)) == {None}
    assert candour_cells(candours(pressed().state, play.table), plain) == []


def test_exports_have_a_row_for_each_question() -> None:
    """Who asked whom, which acts were named, and how far that fits; who declined has no act and no concern."""
    play = answered(3, 2)
    names = _names("closer")
    us, china = (dict(zip(names, row, strict=True)) for row in _rows(play))
    assert (china["by"], china["side"], china["concern"]) == ("facilitator", "china", CONCERN)
    assert [china[f"act{n}_{part}"] for n in (1, 2) for part in ("turn", "order")] == [1, 3, 1, 2]
    assert us["side"] == "us" and us["concern"] == "" and us["act1_turn"] is us["candour"] is None
    assert us["answered_turn"] == china["answered_turn"] == 2
    asked_us, asked_china, of_us, of_china = closer_values(play.state, play.table)
    assert (asked_us, asked_china, of_us) == (1, 1, None) and of_china == china["candour"]


def _names(table: str) -> list[str]:
    """The columns of a table but the arm, which the export puts into each row."""
    return [name for name in BY_NAME[table].names if name != "arm"]


def _rows(play: Play) -> list[tuple[object, ...]]:
    return list(closer_rows("a", play.state, play.table))


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
    said = openness_cells((us, china), plain)
    assert said[0] == "US told 2 of the 2 facts that it alone knew, first in turn 5; truth 0.25 of 1."
    assert said[1] == "China told 0 of the 2 facts that it alone knew."


def test_the_first_telling_is_dated_by_when_it_was_sent() -> None:
    """Tellings that arrive two turns late are of the turn in which they were sent; those that are lost are none."""
    play = told()
    for arrived, first in ((7, 5), (0, None)):
        acts = {key: replace(sent, arrived=arrived) for key, sent in play.state.acts.items()}
        assert openness(replace(play.state, acts=acts), play.table)[0].first == first


def test_where_no_fact_can_be_told_nothing_is_measured() -> None:
    """At 45 minutes, as in a scenario that names none."""
    short = Play(shipped("bottomed-submarine"), length=45)
    assert not openness(short.state, short.table)
    assert set(disclosure_values(short.state, short.table)) == {None}
    assert not list(disclosure_rows("a", short.state, short.table))


def test_exports_have_each_telling_and_the_sums_of_a_session() -> None:
    """Row by row as the codebook's columns say; what has not come out is empty."""
    play = told()
    rows = {row[4]: dict(zip(_names("disclosures"), row, strict=True)) for row in _tellings(play)}
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
    assert list(disclosure_values(play.state, play.table)) == [2, 2, 2, 0, 0.25, None, 5, None]
    names = BY_NAME["sessions"].names
    first = names.index("facts_us")
    assert names[first : first + 8] == tuple(
        f"facts{what}_{side}" for what in ("", "_told", "_truth", "_first") for side in ("us", "china")
    )


def _tellings(play: Play) -> list[tuple[object, ...]]:
    return list(disclosure_rows("a", play.state, play.table))
