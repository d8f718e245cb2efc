"""What each side cited of what had been agreed before, and what it acted against."""

from __future__ import annotations

from tests.engine.play import Play
from tests.engine.play import in_time as submarine
from tests.engine.test_citing import citing as cites
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.measures.citing import Citing, citing
from crisis_sim.measures.tables import citing_cells
from crisis_sim.wording import plain

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
    said = citing_cells((us, china), plain)
    assert said[0] == "US cited 2, of which the other had accepted 1, and acted against 1 later."


def test_where_no_instrument_is_listed_nothing_is_measured() -> None:
    """As in a scenario without the key."""
    play = Play(small_material())
    assert citing(play.state, play.table) == () and citing_cells((), plain) == []
