"""A browser's page and a terminal's screen say the same of where the session stands."""

from __future__ import annotations

from msgspec.structs import replace
from tests.engine.play import small

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.feed_items import AnyFeedItem
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.seat_page import seat_page
from crisis_sim.pages.translator import Translator


def test_the_hour_at_the_head_is_that_of_the_end_once_play_is_over() -> None:
    """From the first turn to the hotwash."""
    play = small()
    say, hour = Translator(dossier_for(play.table, "us"), "en"), ""
    while (view := play.look("us")).phase != "hotwash":
        play.submit("facilitator", a.Advance())
        view = play.look("us")
        page = " ".join(lines_of(seat_page(view, say).head, say))
        hour = next(word for word in page.split() if word.startswith("T+"))
    assert hour == f"T+{view.next_hour}"


def test_until_something_is_public_who_watches_has_the_situation_in_its_place() -> None:
    """On a wall nothing stands beside what is shown first, and an empty list told nothing."""
    play = small()
    play.open_moves()
    say, view = Translator(dossier_for(play.table, "observer"), "en"), play.look("observer")

    def names(feed: tuple[AnyFeedItem, ...]) -> tuple[list[str], list[str]]:
        page = seat_page(replace(view, feed=feed), say)
        return [of.name for of in page.main], [of.name for of in page.sides]

    assert names(()) == (["public", "tracks"], [])
    assert names(view.feed) == (["feed", "tracks"], ["public"])
