"""Forms at the terminal: few keys, drafts that stay, nothing that binds or seals by accident."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.tui.conftest import Play, Played, keys, quiet, screen_text
from tests.tui.fake import CARDS, FORECASTS, FakeSeat, team_view
from textual.widgets import Button, OptionList

from crisis_sim.engine.actions import (
    AnyAction,
    CommitMoves,
    CommitReadings,
    SealForecast,
    SealMove,
    SealReading,
    StaySilent,
    TakeNote,
    WithdrawMove,
)
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.form import FormField, group_keys, option_keys
from crisis_sim.tui.form_panel import FormPanel, WordsArea
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.page_screen import PageScreen
from crisis_sim.tui.pane import Pane

MOVE = ("n", "type:sonar", "enter", "1", "0")
"""As far as the words: which move, over which channel, without terms."""


def panel(pilot: Played) -> FormPanel:
    """The form that is asked."""
    assert isinstance(pilot.app.screen, FormScreen)
    return pilot.app.screen.panel


def asked(pilot: Played) -> FormField:
    """The question at hand."""
    field = panel(pilot).field
    assert field is not None
    return field


def sent(seat: FakeSeat, kind: type[AnyAction]) -> list[AnyAction]:
    """What a seat was asked for, of a kind."""
    return [action for action in seat.sent if isinstance(action, kind)]


async def test_a_move_takes_twelve_keys_beside_its_words(play: Play) -> None:
    """Which, over what, terms, words, meant, expected, a last look; answers are quoted above the next question."""
    seat = FakeSeat()
    pressed = ("n", "enter", "1", "ctrl+s", "2", "3", "enter")
    async with play(seat) as pilot:
        await keys(pilot, *MOVE)
        assert panel(pilot).kind == "text"
        assert "Which move? Share sonar data" in screen_text(pilot)
        await keys(pilot, "type:We share it.", "ctrl+s", "2", "3")
        text = screen_text(pilot)
        assert "We share it." in text and "−2 friendly" in text and "1   Put it on our list" in text
        assert seat.sent == []
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, PageScreen)
    (move,) = sent(seat, SealMove)
    assert isinstance(move, SealMove)
    assert (move.draft.move, move.draft.text, move.draft.intent, move.draft.expected) == (
        "share-data", "We share it.", -2, -1
    )  # fmt: skip
    assert len(pressed) + len("sonar") <= 12


async def test_a_reading_takes_two_keys_and_a_public_act_three(play: Play) -> None:
    """The first card opens by itself, and the next follows; the commit, which is final, waits for a key of its own."""
    seat = FakeSeat(team_view(phase="readings", to_read=CARDS, requests=()))
    async with play(seat) as pilot:
        assert panel(pilot).form_name == "1" and "Our rescue ship" in screen_text(pilot)
        await keys(pilot, "2", "3")
        assert panel(pilot).form_name == "2"
        await keys(pilot, "5", "1", "1")
        assert panel(pilot).form_name == "3"
        await keys(pilot, "7", "4", "2")
        await keys(pilot, "y", "space")
        assert isinstance(pilot.app.screen, PageScreen) and sent(seat, CommitReadings) == []
        await keys(pilot, "c")
        assert panel(pilot).form_name == "commit"
        readings = [action for action in seat.sent if isinstance(action, SealReading)]
        assert [(each.item, each.hostility, each.confidence) for each in readings] == [(1, -2, 3), (2, 1, 1), (3, 3, 4)]
        await keys(pilot, "enter", "space", "1")
        assert sent(seat, CommitReadings) == []
        await keys(pilot, "y")
        assert sent(seat, CommitReadings)


async def test_the_gauge_begins_with_no_dot_and_says_its_place_in_words(play: Play) -> None:
    """Enter takes nothing before an arrow was pressed; what is meant and expected stand on one scale."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, *MOVE, "ctrl+s", "enter")
        assert asked(pilot).name == "intent"
        await keys(pilot, "left")
        assert "0 neutral" in screen_text(pilot)
        await keys(pilot, "left", "enter")
        text = screen_text(pilot)
        assert "How do we mean it?  ·  ·  ●" in text and "−1 rather friendly" in text


@pytest.mark.parametrize("typed", [("enter",), ("space",), ("enter", "enter", "enter")])
async def test_nothing_that_binds_is_under_the_cursor(play: Play, typed: tuple[str, ...]) -> None:
    """An answer to a request needs its own digit."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "1")
        assert asked(pilot).binding
        await keys(pilot, *typed)
        assert asked(pilot).name == "how"
        assert seat.sent == []
        able = [option.name for option in asked(pilot).options if not option.closed]
        await keys(pilot, str(able.index("silence") + 1))
    assert sent(seat, StaySilent)


async def test_what_is_final_needs_y(play: Play) -> None:
    """Digits, enter and space do nothing at it; esc goes back."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, *MOVE, "ctrl+s", "4", "4", "enter", "c", "1", "enter", "space", "escape")
        assert sent(seat, CommitMoves) == []
        await keys(pilot, "c", "y")
    assert sent(seat, CommitMoves)


async def test_esc_goes_back_a_step_and_loses_no_word(play: Play) -> None:
    """From the gauge to the words, with them in the box; from the first question to the page, all of it kept."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, *MOVE, "type:Half a", "escape")
        assert asked(pilot).name == "terms"
        await keys(pilot, "0")
        assert "Half a" in screen_text(pilot)
        await keys(pilot, "type: sentence", "ctrl+s", "escape")
        assert "Half a sentence" in screen_text(pilot) and panel(pilot).kind == "text"
        await keys(pilot, "escape", "escape", "escape", "escape")
        assert isinstance(pilot.app.screen, PageScreen)
        assert "half written" in screen_text(pilot)
        await keys(pilot, "n", "type:sonar", "enter", "1", "0")
        assert "Half a sentence" in screen_text(pilot)


async def test_a_half_written_move_is_thrown_away_after_a_question_that_shows_it(play: Play) -> None:
    """ctrl+d, and y; anything else keeps it."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, *MOVE, "type:Half a", "ctrl+d")
        assert "Half a" in screen_text(pilot) and "lost then" in screen_text(pilot)
        await keys(pilot, "escape")
        assert panel(pilot).kind == "text"
        await keys(pilot, "ctrl+d", "y")
        assert isinstance(pilot.app.screen, PageScreen)
        assert "half written" not in screen_text(pilot)


async def test_an_answer_can_be_changed_at_the_last_look(play: Play) -> None:
    """Up to a row, enter, another answer, and back at the last look."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, *MOVE, "type:We share.", "ctrl+s", "2", "3", "up", "enter")
        assert asked(pilot).name == "expected"
        await keys(pilot, "5")
        assert panel(pilot).kind == "ends" and seat.sent == []
        await keys(pilot, "enter")
    (move,) = sent(seat, SealMove)
    assert isinstance(move, SealMove) and move.draft.expected == 1


async def test_what_is_refused_says_why_and_keeps_everything(play: Play) -> None:
    """The form stands as it was."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        seat.refuse = ActionRefused("phase/paused")
        await keys(pilot, *MOVE, "type:We share.", "ctrl+s", "2", "3", "enter")
        assert "paused" in screen_text(pilot)
        assert "We share." in screen_text(pilot)
        seat.refuse = None
        await keys(pilot, "enter")
    assert sent(seat, SealMove)


async def test_many_moves_are_searched_by_typing(play: Play) -> None:
    """Words of the label, of what it does and of other names; arrows and enter pick; what is closed says why."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n")
        assert "Ask for a call" in screen_text(pilot)
        await keys(pilot, "type:standing")
        text = screen_text(pilot)
        assert "Reaffirm a standing rule" in text and "Share sonar data" not in text
        await keys(pilot, *["backspace"] * 8, "type:leaders", "enter")
        assert asked(pilot).name == "move"


async def test_several_are_marked_and_no_more_than_may_be(play: Play) -> None:
    """Space or a digit marks; 0 or ctrl+s goes on."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n", "type:sonar", "enter", "1", "2")
        assert "[x] Tied to another issue" in screen_text(pilot)
        await keys(pilot, "2", "1", "ctrl+s")
        assert panel(pilot).kind == "text"
        assert "Without conditions" in screen_text(pilot)


async def test_a_forecast_is_typed_or_stepped_and_sealed_by_enter(play: Play) -> None:
    """Digits are percent, arrows are tens; what may be typed and the words for it stand beside."""
    seat = FakeSeat(team_view(phase="forecasts", asked_now=FORECASTS, requests=()))
    async with play(seat) as pilot:
        assert "Type 0 to 100." in screen_text(pilot)
        await keys(pilot, "7", "0")
        assert "▮▮▮▮▮▮▮▯▯▯" in screen_text(pilot) and "70" in screen_text(pilot)
        await keys(pilot, "enter", "right", "right", "enter", "5", "backspace", "4", "enter")
    chances = [action.chance for action in seat.sent if isinstance(action, SealForecast)]
    assert chances == [70, 60, 4]


async def test_full_width_digits_are_digits(play: Play) -> None:
    """An input method that is left on does no harm; an ideograph is told to be no key."""
    seat = FakeSeat(team_view(phase="forecasts", asked_now=FORECASTS, requests=()))
    async with play(seat) as pilot:
        await pilot.press("７", "０")
        await keys(pilot, "enter")
        assert [action.chance for action in seat.sent if isinstance(action, SealForecast)] == [70]
        await keys(pilot, "好")
        assert "That is no key here" in screen_text(pilot)


@pytest.mark.parametrize("pressed", [("ctrl+s",), ("ctrl+enter",), ("ctrl+j",), ("tab", "enter")])
async def test_words_of_several_lines_go_on_by_a_key_or_by_the_button_below(
    play: Play, pressed: tuple[str, ...]
) -> None:
    """Tab leads from the words to the button."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "w", "type:They wait.", "enter", "type:So do we.", *pressed)
        assert isinstance(pilot.app.screen, PageScreen)
    (note,) = sent(seat, TakeNote)
    assert isinstance(note, TakeNote) and note.text == "They wait.\nSo do we."


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_button_is_below_the_words_and_is_clicked(play: Play, size: tuple[int, int]) -> None:
    """It is in sight on a small terminal too, and goes on."""
    seat = FakeSeat()
    async with play(seat, size=size) as pilot:
        await keys(pilot, "w", "type:They wait.")
        button, words = panel(pilot).query_one(Button), panel(pilot).query_one(WordsArea)
        assert button.region.y == words.region.bottom and words.region.height >= 8
        assert "go on" in screen_text(pilot).splitlines()[button.region.y]
        await pilot.click(Button)
        await quiet(pilot)
    assert sent(seat, TakeNote) == [TakeNote(text="They wait.")]


async def test_the_key_that_nobody_knows_is_named_nowhere(play: Play) -> None:
    """ctrl+j still goes on, for who is used to it; foot and help name ctrl+s and ctrl+enter."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        await keys(pilot, "w")
        assert "ctrl+s go on" in " ".join(screen_text(pilot).splitlines()[-1].split())
        await keys(pilot, "f1")
        text = screen_text(pilot)
        assert "ctrl+s" in text and "ctrl+enter" in text and "ctrl+j" not in text


def test_the_pages_name_the_keys_that_people_know() -> None:
    """No written page tells anybody to press ctrl+j."""
    pages = [Path("README.md"), *Path("docs").rglob("*.md")]
    assert not [page for page in pages if "ctrl+j" in page.read_text(encoding="utf-8")]


async def test_a_note_is_one_box_and_enter_is_a_new_line(play: Play) -> None:
    """ctrl+s sends; F1 is help where a question mark is a letter."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, "w", "type:Why? They wait.", "enter", "type:So do we.")
        assert "F1" in screen_text(pilot).splitlines()[-1]
        await keys(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, PageScreen)
    (note,) = sent(seat, TakeNote)
    assert isinstance(note, TakeNote) and note.text == "Why? They wait.\nSo do we."


async def test_a_move_of_the_list_opens_again_and_comes_off(play: Play) -> None:
    """Enter opens what is under the cursor, x takes it off."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, *MOVE, "type:We share.", "ctrl+s", "2", "3", "enter")
        pane = pilot.app.screen.query_one("#m-turn", Pane)
        pane.go_to("draft:1")
        await keys(pilot, "enter")
        assert "We share." in screen_text(pilot) and panel(pilot).form_name == "draft:1"
        await keys(pilot, "escape")
        pane.go_to("draft:1")
        await keys(pilot, "x", "enter")
    assert sent(seat, WithdrawMove)


async def test_what_arrives_leaves_the_question_as_it_is(play: Play) -> None:
    """A view that changes behind a form moves neither the cursor nor a letter."""
    seat = FakeSeat()
    async with play(seat) as pilot:
        await keys(pilot, *MOVE, "type:Half a")
        seat.set(replace(team_view(), other_committed=False, hour=15))
        await keys(pilot, "type: word")
        assert "Half a word" in screen_text(pilot)


async def test_a_step_of_the_composer_is_short(play: Play) -> None:
    """At most 150 words at 140×40 at every step, and a box of at least eight rows."""
    async with play(FakeSeat(), size=(140, 40)) as pilot:
        for pressed in (("n",), ("type:sonar", "enter"), ("1",), ("0",), ("type:hello", "ctrl+s"), ("3",), ("3",)):
            await keys(pilot, *pressed)
            assert len(screen_text(pilot).split()) <= 150, screen_text(pilot)
        await keys(pilot, *["escape"] * 3)
        assert pilot.app.screen.query_one("#words").size.height >= 8


@pytest.mark.parametrize(
    ("view", "choose", "undo"),
    [
        (team_view(phase="readings", to_read=CARDS, requests=()), ("right",), ()),
        (team_view(phase="forecasts", asked_now=FORECASTS, requests=()), ("7",), ("backspace",)),
    ],
    ids=["scale", "percent"],
)
async def test_enter_is_offered_once_there_is_something_to_take(
    play: Play, view: TeamView, choose: tuple[str, ...], undo: tuple[str, ...]
) -> None:
    """The foot is drawn anew when the dot is set, when a digit is typed, and when that is taken back."""

    def foot(pilot: Played) -> str:
        return screen_text(pilot).splitlines()[-1]

    async with play(FakeSeat(view)) as pilot:
        assert panel(pilot).kind in ("scale", "number") and "take it" not in foot(pilot)
        await keys(pilot, *choose)
        assert "enter take it" in foot(pilot)
        if undo:
            await keys(pilot, *undo)
            assert "take it" not in foot(pilot)


def rows(pilot: Played) -> list[str]:
    """What is listed to choose from, by its ids."""
    options = panel(pilot).query_one(OptionList)
    return [options.get_option_at_index(place).id or "" for place in range(options.option_count)]


async def test_moves_are_folded_by_group_behind_those_that_reply(play: Play) -> None:
    """A group opens and closes by its digit, by enter or by the mouse; a search looks into all of them."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n")
        folded = rows(pilot)
        groups = [row for row in folded if row.startswith("+")]
        assert len([row for row in folded if row.startswith("=")]) == 6 and len(groups) > 2
        assert folded[1].startswith("=") and "▸ Work together" in screen_text(pilot)
        digit = next(key for key, group in group_keys(asked(pilot)).items() if group == "Work together")
        await keys(pilot, digit)
        assert "=joint-cell" in rows(pilot) and "▾ Work together" in screen_text(pilot)
        await keys(pilot, "enter")
        assert rows(pilot) == folded
        await pilot.click("#options", offset=(6, folded.index("+Work together")))
        await quiet(pilot)
        assert "=joint-cell" in rows(pilot)
        await keys(pilot, digit, "type:cell")
        assert rows(pilot)[1:] == ["=joint-cell"], "a search finds what is folded"
        await keys(pilot, "enter")
        assert panel(pilot).sheet["move"] == "joint-cell"


async def test_a_digit_takes_one_of_the_first_moves_and_is_a_letter_of_a_search(play: Play) -> None:
    """The same move as by lines and in a browser; no digit takes what is not in sight."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "n")
        second = option_keys(asked(pilot))["2"]
        await keys(pilot, "type:s2", "backspace", "backspace")
        assert panel(pilot).kind == "search" and "move" not in panel(pilot).sheet
        await keys(pilot, "2")
        assert panel(pilot).sheet["move"] == second
