"""What each side held itself to: positions, how firm they became, instruments it cited, and what it acted against."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace
from tests.engine.play import Play, shipped, small
from tests.engine.play import in_time as submarine
from tests.engine.test_citing import citing as cites
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine.state import opening_state
from crisis_sim.engine.state_parts import Stand
from crisis_sim.engine.table import build_table
from crisis_sim.measures.firmness import Citing, Firmness, citing, firmness
from crisis_sim.measures.tables import citing_told
from crisis_sim.wording import plain


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
    assert us.mean_firmness == Fraction(4, 3)
    assert (china.taken, china.mean_firmness) == (0, None)


def test_where_there_are_none_to_take_nobody_is_measured() -> None:
    play = small()
    assert firmness(play.state, play.table) == ()


AID = "guiding-principles"
"""Both have accepted it; help that is tied goes against it."""


def test_each_instrument_counts_once_and_what_was_acted_against_is_told() -> None:
    """The US cites what both accepted and what it alone did; it then acts against the first."""
    of = submarine()
    of.turn(us=(cites("private-inquiry", AID), cites("private-protest", "rescue-manual")))
    us, china = citing(of.state, of.table)
    assert us == Citing("us", 2, 1, 0, 0)
    assert china == Citing("china", 0, 0, 0, 0)
    tied = a.Draft(move="offer-help", channel="embassies", terms=("tied",))
    of.turn(us=(tied,), china=(cites("private-protest", AID),))
    us, china = citing(of.state, of.table)
    assert (us.broken, us.returned, china.cited) == (1, 1, 1)
    said = citing_told((us, china), plain)
    assert said[0] == "US cited 2, of which the other had accepted 1, and acted against 1 later."


def test_where_no_instrument_is_listed_nothing_is_measured() -> None:
    """As in a scenario without the key."""
    play = Play(small_material())
    assert citing(play.state, play.table) == () and citing_told((), plain) == []
