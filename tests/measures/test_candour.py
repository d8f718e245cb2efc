"""How far what each side said had moved it closer fits its own record."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.engine.asking import go_on
from tests.engine.play import Play
from tests.engine.test_closer import CONCERN, asked, pressed, small

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.closer_seen import closer_stories
from crisis_sim.measures.candour import Candour, candours
from crisis_sim.measures.tables import candour_told
from crisis_sim.research.columns import BY_NAME
from crisis_sim.research.dealing_rows import closer_rows, said_closer
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
    said = candour_told((us, china), plain)
    assert said[0] == "US named acts in 0 of 1 answers; none can be laid beside its record."
    assert said[1].startswith("China named acts in 1 of 1 answers; candour ") and said[1].endswith("over 1 of them.")


def test_before_the_answer_is_told_and_where_nobody_can_ask_nothing_is_measured() -> None:
    """A draft is no answer; at 45 minutes there is no measure, and the cells are empty."""
    play = asked()
    play.submit("china", a.AnswerCloser(acts=(3,), concern=CONCERN))
    assert [each.asked for each in candours(play.state, play.table)] == [0, 0]
    assert list(said_closer(play.state, play.table)) == [0, 0, None, None]
    assert {row[-1] for row in _rows(play)} == {None} and {row[6] for row in _rows(play)} == {""}
    short = small(45)
    assert candours(short.state, short.table) == () and set(said_closer(short.state, short.table)) == {None}
    assert candour_told(candours(pressed().state, play.table), plain) == []


def test_exports_have_a_row_for_each_question() -> None:
    """Who asked whom, which acts were named, and how far that fits; who declined has no act and no concern."""
    play = answered(3, 2)
    names = BY_NAME["closer"].names
    us, china = (dict(zip(names, row, strict=True)) for row in _rows(play))
    assert (china["by"], china["side"], china["concern"]) == ("facilitator", "china", CONCERN)
    assert [china[f"act{n}_{part}"] for n in (1, 2) for part in ("turn", "order")] == [1, 3, 1, 2]
    assert us["side"] == "us" and us["concern"] == "" and us["act1_turn"] is us["candour"] is None
    assert us["answered_turn"] == china["answered_turn"] == 2
    asked_us, asked_china, of_us, of_china = said_closer(play.state, play.table)
    assert (asked_us, asked_china, of_us) == (1, 1, None) and of_china == china["candour"]


def _rows(play: Play) -> list[tuple[object, ...]]:
    return list(closer_rows("a", play.state, play.table))
