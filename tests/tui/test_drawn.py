"""What is drawn at a key: what it changes, all of it at once, and nothing beside it."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.replaying.recorded import opened
from tests.tui.conftest import Play, Played, frame_of, keys, quiet, screen_text, until
from tests.tui.fake import CARDS, FORECASTS, FakeSeat, team_view
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets._toast import Toast

from crisis_sim.engine.sight.views import FacilitatorView, TeamView, View
from crisis_sim.pages.teller import Teller
from crisis_sim.tui import changed_lines, replay_frame
from crisis_sim.tui.changed_lines import ChangedLines
from crisis_sim.tui.pane_rows import PaneBlock, block, row
from crisis_sim.tui.replay_app import ReplayApp
from crisis_sim.tui.replay_frame import Start
from crisis_sim.tui.replay_rows import table_of
from crisis_sim.tui.widgets import ink
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane

Picture = set[tuple[int, int]]
"""Cells, each by column and row."""


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> list[Picture]:
    """The cells that each picture draws anew, in the order in which they are sent to the terminal."""
    drawn: list[Picture] = []
    display = App._display

    def noted(app: App[Any], screen: Any, renderable: Any) -> None:
        if renderable is not None:
            drawn.append(_drawn(renderable) if isinstance(renderable, ChangedLines) else _cells(app.size.region))
        display(app, screen, renderable)

    monkeypatch.setattr(App, "_display", noted)
    return drawn


def _asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Of each box that is asked for lines from now on its name, or its kind."""
    names: list[str] = []
    for kind in (Widget, Pane, ScrollBar):
        drawn = kind.render_lines

        def noted(widget: Any, crop: Region, drawn: Any = drawn) -> Any:
            names.append(widget.id or type(widget).__name__)
            return drawn(widget, crop)

        monkeypatch.setattr(kind, "render_lines", noted)
    return names


def _drawn(update: ChangedLines) -> Picture:
    return {
        (x, y)
        for y, parts in update.lines.items()
        for begin, strip in parts.items()
        for x in range(begin, begin + strip.cell_length)
    }


def _cells(region: Region) -> Picture:
    return {(x, y) for x in region.column_range for y in region.line_range}


def _pane(pilot: Played, name: str) -> Pane:
    return pilot.app.screen.query_one(f"#{name}", Pane)


async def test_a_key_between_panels_draws_both_in_one_picture_and_no_other(play: Play, pictures: list[Picture]) -> None:
    """Whoever looks sees where the keys go now, and where no longer, at once; the rest of the screen stands."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        await keys(pilot, "1")
        pictures.clear()
        await keys(pilot, "2")
        left, entered = (_cells(_pane(pilot, name).region) for name in ("feed", "channels"))
        assert pictures[0] >= left | entered
        assert all(picture <= left | entered for picture in pictures)


async def test_a_step_in_a_panel_draws_the_block_it_leaves_and_the_one_it_comes_to(
    play: Play, pictures: list[Picture]
) -> None:
    """A panel of forty acts is not drawn anew for its cursor."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        await keys(pilot, "2", "home")
        pane = _pane(pilot, "channels")
        rows = [len(block.rows) for block in pane._blocks if block.key][:2]
        pictures.clear()
        await keys(pilot, "j")
        assert all(picture < _cells(pane.region) for picture in pictures)
        assert len({y for picture in pictures for _, y in picture}) == sum(rows)


async def test_the_panel_that_was_gone_to_is_the_one_left_in_a_narrow_window(play: Play) -> None:
    """A wide window shows all panels and keeps in mind which of them a narrow one would."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        await keys(pilot, "3")
        await pilot.resize_terminal(80, 24)
        assert [name for name in ("feed", "channels", "lines", "home") if _pane(pilot, name).display] == ["lines"]


async def test_frames_show_where_keys_go_in_every_theme(play: Play) -> None:
    """The panel with the focus stands out, also when the colours have changed since it was drawn."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        for key, theme in (("1", "dark"), ("2", "light"), ("2", "high-contrast")):
            pilot.app.theme = theme
            await keys(pilot, key)
            inks = pilot.app.theme_variables
            for name, number in (("feed", "1"), ("channels", "2")):
                edge = "focus" if number == key else "edge"
                assert frame_of(_pane(pilot, name))[1] == inks[f"ink-{edge}"], (theme, name)


async def test_a_chance_that_is_said_draws_no_panel_but_the_questions(play: Play, pictures: list[Picture]) -> None:
    """What happened, our lines and what is said of us at home are what they were."""
    async with play(FakeSeat(team_view(phase="forecasts", asked_now=FORECASTS)), size=(140, 40)) as pilot:
        pictures.clear()
        await keys(pilot, "7", "enter")
        beside = [_cells(_pane(pilot, name).region) for name in ("results", "lines", "home")]
        assert pictures and not any(picture & cells for picture in pictures for cells in beside)


async def test_another_card_lays_out_none_of_our_lines_again(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands beside a card stays as it is."""
    laid: list[str | None] = []
    lay_out = Pane._lay_out

    def noted(pane: Pane, *how: Any, **told: Any) -> None:
        laid.append(pane.id)
        lay_out(pane, *how, **told)

    async with play(FakeSeat(team_view(phase="readings", to_read=CARDS)), size=(140, 40)) as pilot:
        monkeypatch.setattr(Pane, "_lay_out", noted)
        await keys(pilot, "j")
    assert "card" in laid and "ours" not in laid


def _first(pane: Pane) -> Strip:
    """What is drawn of its first line in view."""
    return pane.render_lines(Region(1, 1, pane.size.width, 1))[0]


def _lines(*said: str) -> list[PaneBlock]:
    return [block(row((each, ""))) for each in said]


async def test_a_panel_of_which_one_line_changes_draws_that_line(play: Play, pictures: list[Picture]) -> None:
    """What stands as it stood is not drawn, and no other panel is laid out for how long this one is."""
    numbers = [str(number) for number in range(9)]
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        pane = _pane(pilot, "channels")
        pane.show(lambda width: _lines(*numbers))
        await pilot.pause()
        for said in (["0", "1", "2", "another", *numbers[4:]], ["0", "1", "2", "3", *numbers[4:]]):
            pictures.clear()
            pane.show(lambda width, said=said: _lines(*said))  # type: ignore[misc]  # a default of its own
            await pilot.pause()
            assert {y for picture in pictures for _, y in picture} == {pane.content_region.y + 3}
        pictures.clear()
        pane.show(lambda width: _lines(*numbers, "one more"))
        await pilot.pause()
        assert {y for picture in pictures for _, y in picture} == {pane.content_region.y + 9}
        pane.show(lambda width: _lines(*numbers * 9))
        await pilot.pause()
        assert pane.show_vertical_scrollbar and pane.max_scroll_y > 0
        pane.scroll_end(animate=False)
        pane.show(lambda width: _lines("alone"))
        await pilot.pause()
        assert (pane.scroll_offset.y, pane.show_vertical_scrollbar) == (0, False)
        assert "alone" in _first(pane).text


async def test_a_scrollbar_leaves_half_a_column_between_itself_and_what_is_written(play: Play) -> None:
    """It has the right half of its own, from end to end."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        pane = _pane(pilot, "channels")
        pane.show(lambda width: _lines(*["x" * width] * 99))
        await quiet(pilot)
        right = pane.region.right
        bars = [line[right - 3 : right] for line in screen_text(pilot).split("\n")[pane.region.y : pane.region.bottom]]
        assert set(bars[1:-1]) == {"x▐│", "x │"}


async def test_what_says_the_same_again_draws_nothing(play: Play, pictures: list[Picture]) -> None:
    """Every key asks all names of frames, bars and panels anew."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        pane, bar = _pane(pilot, "channels"), pilot.app.screen.query_one("#head", FixedRows)
        title, blocks = pane._title, list(pane._blocks)
        again = (partial(pane.title, title), bar.redraw, partial(pane.show, lambda width: blocks))
        for ask in again:
            pictures.clear()
            ask()
            await pilot.pause()
            assert not pictures


async def test_at_another_width_no_line_stays_as_long_as_it_was(play: Play) -> None:
    """Also one that says the same at both."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        pane = _pane(pilot, "channels")
        pane.show(lambda width: _lines("alone"))
        await pilot.pause()
        before = _first(pane).cell_length
        await pilot.resize_terminal(150, 40)
        await pilot.pause()
        assert before < _first(pane).cell_length == pane.size.width


def _by_textual(compositor: Compositor) -> list[Strip]:
    """All of a screen as Textual itself draws it; ours stands in for that, so its class is made once more."""
    spec = find_spec(Compositor.__module__)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    drawn = module.Compositor._render_chops(compositor, compositor.size.region, lambda line: True)
    return [Strip.join(parts.values()).simplify() for parts in drawn]


@pytest.mark.parametrize("opening", [(), ("question_mark",), ("n", "type:sonar", "enter")])
async def test_what_is_drawn_in_part_and_whole_is_what_textual_would_draw(opening: tuple[str, ...], play: Play) -> None:
    """Wherever it changes, in front of other boxes and beside them."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        await keys(pilot, *opening)
        app, compositor, luck = pilot.app, pilot.app.screen._compositor, Random(1)
        whole = _by_textual(compositor)
        assert [list(strip.simplify()) for strip in compositor.render_strips()] == [list(strip) for strip in whole]
        for _ in range(60):
            x, y = luck.randrange(app.size.width), luck.randrange(app.size.height)
            width, height = luck.randint(1, app.size.width - x), luck.randint(1, min(app.size.height - y, 5))
            changed = {Region(x, y, width, height), Region(0, 39 - y, 1 + x, 1)}
            compositor._dirty_regions.update(changed)
            update: Any = compositor.render_partial_update()
            assert _drawn(update) >= {cell for region in changed for cell in _cells(region)}
            for line, parts in update.lines.items():
                for begin, strip in parts.items():
                    assert strip.text == whole[line].crop(begin, begin + strip.cell_length).text


@pytest.mark.parametrize("before", ["", "x"])
async def test_a_notice_keeps_every_ideograph_whatever_ends_beneath_it(play: Play, before: str) -> None:
    """An ideograph is two cells wide: cut where a panel beneath it ends, it would be two blanks."""
    told = before + "此时说并不属实须双方均出于善意而又都把对方视为敌对"
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        pilot.app.notify(told)
        await until(pilot, told)
        compositor, notice = pilot.app.screen._compositor, pilot.app.screen.query_one(Toast).region
        for column in notice.column_range:  # beneath which something changes
            compositor._dirty_regions.add(Region(column, notice.y + 1, 1, 1))
            update: Any = compositor.render_partial_update()
            assert any(told in part.text for part in update.lines[notice.y + 1].values())


async def test_no_line_of_a_notice_begins_with_a_mark_that_closes(play: Play) -> None:
    """It is laid out as everything else in Chinese is."""
    told = "卡片已写好，含所有尚未使用的入场码：/somewhere/cards.html。"
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        pilot.app.notify(told)
        await until(pilot, "cards.html。")


async def test_what_lies_beneath_a_dialog_is_what_textual_would_draw(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tinted, also under a dialog over a dialog."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        app = pilot.app
        for key in ("question_mark", "ctrl+p"):
            await keys(pilot, key)
            assert len(app.screen_stack) > 2
            ours = [strip.simplify() for strip in app.screen._compositor.render_strips()]
            with monkeypatch.context() as patched:
                patched.setattr(Screen, "render_lines", changed_lines._GROUND)
                visible_screen_stack.set(app._background_screens)
                app.screen.refresh()
                theirs = app.screen._compositor.render_strips()
            assert [list(strip) for strip in ours] == [list(strip.simplify().discard_meta()) for strip in theirs]


async def test_a_clock_that_ticks_beneath_dialogs_draws_its_lines_alone(
    play: Play, pictures: list[Picture], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every second, however much has changed there before."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        await keys(pilot, "question_mark", "ctrl+p")
        head = pilot.app.screen_stack[1].query_one("#head", FixedRows)
        asked = _asked(monkeypatch)
        for said in ("one", "two", "three"):
            pictures.clear()
            asked.clear()
            head.show(lambda width, said=said: [row((said, ""))] * 2)  # type: ignore[misc]  # a default of its own
            await quiet(pilot)
        assert (pictures, asked) == ([_cells(head.region)], ["head"])
        assert "three" in screen_text(pilot)


async def test_a_head_and_a_foot_that_change_ask_nothing_of_what_lies_between(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor of the boxes beneath them that nobody sees."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        asked = _asked(monkeypatch)
        for name in ("head", "foot"):
            pilot.app.screen.query_one(f"#{name}", FixedRows).show(lambda width: [row(("another", ""))] * 2)
        asked.clear()
        for name in ("head", "foot"):
            pilot.app.screen.query_one(f"#{name}", FixedRows).show(lambda width: [row(("one more", ""))] * 2)
        await pilot.pause()
        assert sorted(asked) == ["foot", "head"]


async def test_a_step_of_the_composer_asks_the_sheet_for_no_box_where_all_are_in_sight(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To match a step with all that is in it takes longer than to draw it."""
    asked: list[str | None] = []
    matched = DOMNode.update_node_styles

    def noted(node: DOMNode, animate: bool = True) -> None:
        asked.append(node.id)
        matched(node, animate)

    async with play(FakeSeat(), size=(140, 40)) as pilot:
        await keys(pilot, "n", "type:sonar", "enter")
        monkeypatch.setattr(DOMNode, "update_node_styles", noted)
        await keys(pilot, "tab", "tab", "shift+tab")
        assert asked and not {"what", "how", "saying"} & set(asked)


async def test_a_lens_with_other_panels_is_laid_out_once_and_drawn_as_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No panel is seen in its new place with what it held in the old one."""
    laid: list[Screen[Any]] = []
    seen: list[str] = []
    refreshed, display = Screen._refresh_layout, App._display

    def noted(screen: Screen[Any], *how: Any, **told: Any) -> None:
        laid.append(screen)
        refreshed(screen, *how, **told)

    def shown(app: App[Any], screen: Any, renderable: Any) -> None:
        display(app, screen, renderable)
        if renderable is not None:
            seen.append(screen_text(pilot))

    async with ReplayApp(opened(tmp_path), Start(seq=4)).run_test(size=(140, 40)) as pilot:
        await quiet(pilot)
        monkeypatch.setattr(Screen, "_refresh_layout", noted)
        monkeypatch.setattr(App, "_display", shown)
        await keys(pilot, "d")
        assert len(laid) == 1
        assert seen[0] == screen_text(pilot)
        laid.clear()
        pilot.app.screen.query_one("#head", FixedRows).show(lambda width: [row(("higher", ""))] * 4)
        await pilot.pause()
        assert len(laid) == 1


async def test_to_and_fro_between_lenses_each_table_is_laid_out_and_each_line_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever compares what two seats saw at a moment goes between them by a key."""
    laid: list[type[View]] = []

    def noted(view: View, say: Teller, width: int) -> list[PaneBlock]:
        laid.append(type(view))
        return table_of(view, say, width)

    monkeypatch.setattr(replay_frame, "table_of", noted)
    async with ReplayApp(opened(tmp_path), Start(seq=4)).run_test(size=(140, 40)) as pilot:
        await keys(pilot, *"ucw")
        made = ink.strip.cache_info().misses
        await keys(pilot, *"ucw")
    assert ink.strip.cache_info().misses == made
    assert laid == [FacilitatorView, TeamView, TeamView]


async def test_a_panel_as_high_as_what_it_holds_grows_and_shrinks_with_it(play: Play) -> None:
    """It is laid out anew; the help is one."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        await keys(pilot, "question_mark")
        pane = pilot.app.screen.query_one(Pane)
        for rows in (3, 7, 2):
            pane.show(lambda width, rows=rows: _lines(*"1234567"[:rows]))  # type: ignore[misc]  # a default of its own
            await quiet(pilot)
            assert pane.content_region.height == rows


async def test_a_panel_that_becomes_longer_is_not_laid_out_and_one_as_long_as_before_not_even_scrolled(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it scrolls over is told once, and nothing else on the screen asks where it lies."""
    told: list[object] = []
    laid, scrolled = Screen._refresh_layout, Pane._scroll_update

    def noted(screen: Screen[Any], *how: Any, **said: Any) -> None:
        told.append(screen)
        laid(screen, *how, **said)

    def moved(pane: Pane, size: Size) -> None:
        told.append(size.height)
        scrolled(pane, size)

    async with play(FakeSeat(), size=(140, 40)) as pilot:
        pane = _pane(pilot, "channels")
        pane.show(lambda width: _lines(*"123"))
        await quiet(pilot)
        monkeypatch.setattr(Screen, "_refresh_layout", noted)
        monkeypatch.setattr(Pane, "_scroll_update", moved)
        for said in ("456", "4567", "789a"):
            pane.show(lambda width, said=said: _lines(*said))  # type: ignore[misc]  # a default of its own
            await quiet(pilot)
        assert told == [4]
