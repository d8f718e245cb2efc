"""Rows: what is cut, filled and drawn keeps its width, in Chinese too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.tui.fake import team_view, teller
from tests.tui.fake_room import room_view

from crisis_sim.engine.events import Phase
from crisis_sim.engine.sight.shared_facts import ForecastScoreFacts
from crisis_sim.pages.console_blocks import room_blocks
from crisis_sim.pages.forecast_blocks import forecast_scores
from crisis_sim.pages.phrases import stopped
from crisis_sim.pages.standing_blocks import home_blocks
from crisis_sim.rules.names import Language
from crisis_sim.text import cells, clean
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.head import head_rows
from crisis_sim.tui.pane_rows import PaneBlock, bar, fit, padded, para, row, spark, spread, width_of
from crisis_sim.tui.prose_rows import prose_rows

TEXTS = st.text(max_size=60).map(lambda text: clean(text, lines=False))


@given(TEXTS, TEXTS, st.integers(10, 90))
def test_a_row_with_two_edges_is_never_wider_than_its_place(left: str, right: str, width: int) -> None:
    """The left gives way to the right; when there is no place for both, the left alone is shown."""
    assert width_of(spread(row(left), row(right), width)) <= width


@given(TEXTS, st.integers(0, 40))
def test_padding_gives_exactly_the_width(text: str, width: int) -> None:
    """A column is as wide as it says."""
    assert cells(padded(text, width)) == width


@given(TEXTS, st.integers(1, 40))
def test_a_fitted_row_is_not_too_wide(text: str, width: int) -> None:
    """A cut row ends within its width, whatever it is made of."""
    assert width_of(fit(row(text, (text, "dim")), width)) <= width


@given(st.text(max_size=200).map(lambda text: clean(text, lines=True)), st.integers(12, 80))
def test_prose_stays_in_its_column(text: str, width: int) -> None:
    """Whatever Markdown a brief holds, no row leaves the column."""
    assert all(width_of(each) <= width for each in prose_rows(text, width))


@pytest.mark.parametrize(("value", "drawn"), [(0, "▯▯▯▯"), (1, "▮▯▯▯"), (99, "▮▮▮▯"), (100, "▮▮▮▮"), (500, "▮▮▮▮")])
def test_a_bar_is_full_only_at_the_full(value: int, drawn: str) -> None:
    """Something above nothing shows a mark; nearly full is not full."""
    assert bar(value, 100, 4) == drawn


def test_a_curve_keeps_to_its_place() -> None:
    """A curve longer than its place shows its end."""
    assert spark([0, 50, 100], 100, 9) == "▁▁ ▅▅ ██"
    assert spark(list(range(0, 101, 10)), 100, 4) == "▆▇██"


@pytest.mark.parametrize("width", [20, 60, 80, 100, 140])
def test_the_header_fits_every_width(width: int) -> None:
    """Title, turn, team and clock are shortened before they overflow; the sentence wraps."""
    rows = head_rows(team_view(), teller(title={"en": "一" * 30}), 372, width)
    assert all(width_of(each) <= max(width, 32) for each in rows)


@pytest.mark.parametrize(("name", "says"), [("Air in the boat", "Air in the boat 76 h"), ("Air " * 9, "76 h")])
def test_what_is_left_is_never_cut_in_the_header(name: str, says: str) -> None:
    """At 80 columns the clock has its whole name, and the title gives way; where that is too long, the value alone."""
    titled = teller(title={"en": "A submarine on the seabed"})
    named = replace(titled.dossier.tracks["air"], name={"en": name})
    titled = teller(title={"en": "A submarine on the seabed"}, tracks={**titled.dossier.tracks, "air": named})
    top = "".join(text for text, _ in head_rows(team_view(), titled, 372, 80)[0])
    assert top.endswith(f" {says} ") and "…" not in top[60:]


def test_the_title_is_cut_between_words_and_never_gone() -> None:
    """At 80 columns: beside a long clock its first words stand, beside one that is too long for both its value does."""
    for name, begins in (
        ("Air in the boat", " A submarine on…   "),
        ("Hours until dusk on a Sunday", " A submarine on the seabed, and…   "),
    ):
        titled = teller(title={"en": "A submarine on the seabed, and whose"})
        named = replace(titled.dossier.tracks["air"], name={"en": name})
        titled = teller(
            title={"en": "A submarine on the seabed, and whose"}, tracks={**titled.dossier.tracks, "air": named}
        )
        top = "".join(text for text, _ in head_rows(team_view(), titled, 372, 80)[0])
        assert top.startswith(begins), top


def test_a_list_item_hangs_under_its_mark() -> None:
    """A wrapped item is indented like its first row."""
    rows = ["".join(text for text, _ in each) for each in para("one two three", 10, indent=3, first=row("1"))]
    assert rows == ["1  one two", "   three"]


@pytest.mark.parametrize("width", [30, 40, 80])
def test_whether_a_forecast_came_true_is_never_cut(width: int) -> None:
    """However narrow the panel: “it did” cut off would say the opposite of “it did not happen”."""
    scores = (ForecastScoreFacts(id="takes-call", turn=3, chance=20, happened=False),)
    rows = [row for block in laid_out(forecast_scores(scores, teller()), width) for row in block.rows]
    assert any("it did not happen" in "".join(text for text, _ in row) for row in rows)
    assert all(width_of(row) <= width for row in rows)


def read(blocks: list[PaneBlock]) -> str:
    """The words of blocks, without their line breaks."""
    return " ".join(" ".join("".join(piece for piece, _ in each) for block in blocks for each in block.rows).split())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_promise_shows_whose_it_is(language: Language) -> None:
    """Who offered it, in whose words, whom it binds, who broke it; at a team's desk and on the console."""
    say = teller("facilitator", language)
    ours = team_view().commitments[0]
    promises = (replace(ours, broken_by=("china",)), replace(ours, by=("us",), bound=("us",)))
    for blocks in (
        laid_out(home_blocks(replace(team_view(), commitments=promises), say), 200),
        laid_out(room_blocks(replace(room_view(), commitments=promises), say), 200),
    ):
        text = read(blocks)
        words = stopped(say.promise(ours.id), say)
        both = {"by": say("China"), "bound": say("US") + say(" and ") + say("China")}
        broken = say(" Broken by {side}.", side=say("China"))
        assert say("{by} offered, and it binds {bound}: “{says}”{broken}", says=words, broken=broken, **both) in text
        assert say("{by} promised: “{says}”{broken}", by=say("US"), says=words, broken="") in text


@pytest.mark.parametrize(("phase", "said"), [("briefing", "sealed"), ("moves", "committed"), ("closing", "sealed")])
def test_a_team_that_is_done_is_said_to_have_done_what_the_phase_asks(phase: Phase, said: str) -> None:
    """Moves are committed; lines and guesses are sealed."""
    text = read(laid_out(room_blocks(replace(room_view(), phase=phase), teller("facilitator")), 200))
    assert f"China: {said}; standing" in text


def test_nobody_is_told_that_it_can_still_be_answered_once_play_is_over() -> None:
    """What waited at the end is told as not answered."""
    room = room_view()
    us = replace(room.us, requests=team_view().requests)
    for phase, said in (("moves", "due T+20"), ("closing", "not answered")):
        text = read(laid_out(room_blocks(replace(room, phase=phase, us=us), teller("facilitator")), 200))
        assert f"asked of it: China: Ask for a call, Defence telephone link, private, {said}" in text
