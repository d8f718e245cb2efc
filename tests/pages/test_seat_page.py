"""A browser's page and a terminal's screen say the same of where the session stands."""

from __future__ import annotations

from tests.engine.play import small

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.seat_page import seat_page
from crisis_sim.pages.teller import Teller
from crisis_sim.tui.head import head_rows


def test_the_hour_at_the_head_is_the_same_at_every_door() -> None:
    """From the first turn to the hotwash, where it is that of the end."""
    play = small()
    say, hour = Teller(dossier_for(play.table, "us"), "en"), ""
    while (view := play.look("us")).phase != "hotwash":
        play.submit("facilitator", a.Advance())
        view = play.look("us")
        page = " ".join(lines_of(seat_page(view, say).head, say))
        screen = " ".join(text for row in head_rows(view, say, None, 140) for text, _tone in row)
        hour = next(word for word in page.split() if word.startswith("T+"))
        assert hour in screen.split(), (view.phase, page, screen)
    assert hour == f"T+{view.next_hour}"
