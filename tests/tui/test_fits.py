"""What a page says fits its pane, at every width, whatever the text: nothing is cut, and no layout breaks."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from tests.engine.play import shipped
from tests.thinning import examples
from tests.tui.conftest import Play, Played, keys, quiet, screen_text
from tests.tui.fake import CARDS, FORECASTS, HOSTILE, FakeSeat, act, team_view
from tests.tui.fake_room import hotwash_view

from crisis_sim.engine.actions import Advance
from crisis_sim.engine.views.feed_items import ActItem, SituationItem
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.pages import blocks as b
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.session.session import Session
from crisis_sim.text import cells, clean
from crisis_sim.tui.announcement_screen import AnnouncementScreen
from crisis_sim.tui.app import TableApp
from crisis_sim.tui.drawing import Ink, draw
from crisis_sim.tui.page_screen import PageScreen

CHINESE = "我方救援船将与东道国共享声呐图像，并愿意说明航线。"
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 4
WORDS = st.lists(st.sampled_from(("one", "two", CHINESE, LONG_WORD, HOSTILE, "naïve")), min_size=1, max_size=5)
TEXTS = WORDS.map(" ".join)
LINES = st.builds(b.line, TEXTS)
BLOCKS = st.one_of(
    TEXTS.map(b.Heading),
    st.tuples(LINES, st.integers(0, 2)).map(lambda of: b.Paragraph(of[0], depth=of[1])),
    st.tuples(LINES, LINES).map(lambda of: b.Items(of)),
    st.tuples(TEXTS, st.integers(0, 2)).map(lambda of: b.Quote(*of)),
    st.tuples(TEXTS, LINES, st.integers(0, 100)).map(lambda of: b.MeterBar(*of, 100)),
    st.tuples(TEXTS, TEXTS).map(lambda of: b.Choice("k", *of)),
    st.tuples(TEXTS, TEXTS).map(
        lambda of: b.Table((b.Column("", is_wide=True), b.Column("")), (b.Row((b.Span(of[0]), b.Span(of[1]))),))
    ),
)


def rows_of(page: list[b.Block], width: int) -> list[str]:
    """A page as it is drawn."""
    console = Console(width=width, color_system=None)
    bodies = [console.render_lines(drawn.body) for drawn in draw(page, Ink())]
    return ["".join(segment.text for segment in row) for rows in bodies for row in rows]


def letters(text: str) -> str:
    """The letters of a text, in alphabetical order: side by side or beneath each other they are the same."""
    return "".join(sorted(re.sub(r"\W", "", clean(text, lines=False))))


@settings(max_examples=examples(60, 400), deadline=None)
@given(BLOCKS, st.integers(34, 90))
def test_no_letter_of_a_block_is_cut_and_none_leaves_its_width(block: b.Block, width: int) -> None:
    """Long words, markup, controls and Chinese too."""
    rows = rows_of([block], width)
    assert all(cells(row) <= width for row in rows)
    match block:
        case b.Heading(text=text) | b.Quote(text=text):
            said = text
        case b.Paragraph(line=line):
            said = b.words(line)
        case b.Items(items=items):
            said = "".join(map(b.words, items))
        case b.MeterBar(name=name, text=says):
            said = name + b.words(says)
        case b.Choice(name=name, note=says):
            said = name + says
        case b.Table(rows=(row,)):
            said = "".join(cell.text for cell in row.cells)
        case _:
            raise AssertionError(block)
    assert letters("".join(rows)) == letters(said)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(60, 20), (66, 20), (80, 24), (140, 40)])
async def test_turn_clock_and_time_are_never_cut_in_the_head(size: tuple[int, int], language: str, play: Play) -> None:
    """The title gives way, and in a narrow window they stand in two rows."""
    said = {"en": ("turn 3 of 6   T+14 h", "76 h (−6), plenty left", "06:12 left")}.get(
        language, ("第3轮（共6轮）   T+14小时", "76h（−6），尚足", "剩余06:12")
    )
    async with play(FakeSeat(language=language), size=size) as pilot:
        head = "\n".join(screen_text(pilot).splitlines()[:2])
        assert all(part in head for part in said) and "United States" in head, head


async def test_hostile_words_of_four_thousand_letters_break_no_layout(play: Play) -> None:
    """They stand as they are, can be read to their end, and the keys are still in the last row."""
    text = (HOSTILE + " " + LONG_WORD + " ") * 18 + "END"
    item = ActItem(turn=3, hour=13, act=act("china", "fact-statement", "press", text), hostility=1, confidence=1)
    async with play(FakeSeat(team_view(feed=(item,)))) as pilot:
        await keys(pilot, "tab")
        assert "[/][RED-1][@click=app.quit]x[/]" in screen_text(pilot)
        await keys(pilot, "end")
        assert "END" in screen_text(pilot) and "? help" in screen_text(pilot).splitlines()[-1]


async def test_the_briefing_is_read_to_its_end_in_a_small_window(play: Play) -> None:
    """At 80 by 24 space shows what stands below, then the next panel, until all of it has been on screen."""
    brief = {"en": "\n\n".join(f"Paragraph {n} of our brief, and what it asks of us." for n in range(40))}
    async with play(FakeSeat(team_view(phase="briefing", turn=0), brief=brief)) as pilot:
        seen, read = set[str](), ""
        for _ in range(20):
            read += screen_text(pilot)
            seen |= set(re.findall(r"Paragraph \d+ of", screen_text(pilot)))
            await keys(pilot, "space")
        assert len(seen) == 40 and "The crew comes up alive." in read and "Hull survey beyond rescue need" in read


# the telling


async def test_a_turn_is_told_key_by_key_until_the_page_opens() -> None:
    """Space goes on, left goes back; what is longer than the screen is read to its end before the next."""
    long = SituationItem(turn=3, hour=12, title={"en": "News"}, texts=((None, {"en": "A word. " * 400 + "THE END"}),))
    app = TableApp(SeatTable({"us": FakeSeat(team_view(feed=(long,)))}, ("us",)), announces=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await quiet(pilot)
        first = screen_text(pilot)
        assert (
            isinstance(app.screen, AnnouncementScreen)
            and "What has happened: 1 of 2" in first
            and "THE END" not in first
        )
        for _ in range(20):
            if "THE END" in screen_text(pilot):
                break
            await keys(pilot, "space")
        assert "THE END" in screen_text(pilot) and "What has happened: 1 of 2" in screen_text(pilot)
        await keys(pilot, "space")
        assert "This is how it stands" in screen_text(pilot)
        await keys(pilot, "left")
        assert "What has happened: 1 of 2" in screen_text(pilot)
        await keys(pilot, "escape")
        assert type(app.screen) is PageScreen


async def test_it_is_told_again_over_what_somebody_writes(play: Play) -> None:
    """Esc leads back to the same words."""
    async with play(FakeSeat(seconds=300)) as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "1", "0", "type:Half a")
        before, shown = pilot.app.screen, screen_text(pilot)
        await keys(pilot, "f4")
        assert "What became of what we did" in screen_text(pilot)
        await keys(pilot, "right", "left", "escape")
        assert pilot.app.screen is before and screen_text(pilot) == shown


# windows that change

OPENED: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "briefing": ({"turn": 0}, ("g", "type:half")),
    "moves": ({}, ("n", "type:sonar", "enter", "1", "0", "type:half a sent")),
    "answer": ({}, ("1",)),
    "readings": ({"to_read": CARDS, "requests": ()}, ("4",)),
    "forecasts": ({"asked_now": FORECASTS, "requests": ()}, ("7",)),
    "hotwash": ({"hotwash": hotwash_view()}, ("3",)),
}
"""What a team sees and has opened, by the phase."""


def drawn(pilot: Played) -> str:
    """What is on the screen but the time."""
    return re.sub(r"\d+:\d\d", "", screen_text(pilot))


@pytest.mark.parametrize("phase", OPENED)
async def test_a_window_that_changes_comes_back_as_it_was(phase: str, play: Play) -> None:
    """Through a large, a tiny and a narrow one; words, answers, the cursor and the focus stay."""
    seen, pressed = OPENED[phase]
    view = team_view(**{"phase": "moves" if phase == "answer" else phase, **seen})
    async with play(FakeSeat(view)) as pilot:
        await keys(pilot, *pressed)
        before, focus = drawn(pilot), pilot.app.focused
        for size in ((200, 50), (3, 2), (60, 20), (80, 24)):
            await pilot.resize_terminal(*size)
            await quiet(pilot)
        assert drawn(pilot) == before and pilot.app.focused is focus


@pytest.mark.parametrize("width", [80, 100, 140])
async def test_a_channel_has_room_for_its_name(tmp_path: Path, width: int) -> None:
    """No word is broken and no name takes more than two rows; without room for columns they stand beneath the name."""
    with Session.start(tmp_path, shipped("lost-airliner"), seed="a", length=45) as session:
        while session.state.phase != "moves":
            session.submit("facilitator", Advance())
        app = TableApp(SeatTable({"us": SeatReader(session.seat("us"), "en")}, ("us",)))
        async with app.run_test(size=(width, 60)) as pilot:
            await quiet(pilot)
            seat = app.screen
            assert isinstance(seat, PageScreen) and isinstance(seat.look, TeamView)
            seat.action_open("s-channels")
            await quiet(pilot)
            place = seat.pane("s-channels").scrollable_content_region
            shown = screen_text(pilot).split("\n")[place.y : place.bottom]
            rows = [row[place.x : place.right].split() for row in shown]
            names = [seat.say.channel(channel.id).split() for channel in seat.look.channels]
    assert len(names) > 5
    for name in names:
        assert any(name == (one + two)[: len(name)] or name == _without_columns(one, two)
                   for one, two in pairwise([*rows, []])), (name, rows)  # fmt: skip
    assert any("takes" in row[2:] for row in rows) == (width == 100)


def _without_columns(one: list[str], two: list[str]) -> list[str]:
    """The words of two rows, the first up to the mark of its second column."""
    mark = next((place for place, word in enumerate(one) if word in "○◔◑●✕"), len(one))
    return one[:mark] + two


@pytest.mark.parametrize("width", range(30, 100))
def test_a_name_in_a_table_takes_two_rows_at_most(width: int) -> None:
    """At every width that a pane has; a note below it has the whole width."""
    columns = (b.Column("", is_wide=True), b.Column("shape"), b.Column("takes", is_number=True))
    name, note = "Notification office of the two defence ministries", "its keeper hears it, and passes it on to them"
    texts = (b.Span(name), b.Span("● always open"), b.Span("20 h"))
    rows = rows_of([b.Table(columns, (b.Row(texts, notes=(b.line(note),)),))], width)
    words = [row.split() for row in rows]
    assert all(any(word in row for row in words) for word in (*name.split(), *note.split()))
    assert sum(any(word in row for word in name.split()) for row in words) <= 2
