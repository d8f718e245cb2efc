"""Keys that come at once, as from quick hands at a slow terminal: each goes where the one before it led."""

from __future__ import annotations

import asyncio

import pytest
from tests.tui.conftest import Play, Played, quiet
from tests.tui.fake import FakeSeat, team_view
from textual.events import DescendantFocus, Key

from crisis_sim.engine.actions import SealMove
from crisis_sim.tui import typed_ahead
from crisis_sim.tui.composer_screen import Composer
from crisis_sim.tui.help_screen import HelpScreen


async def at_once(pilot: Played, *pressed: str) -> None:
    """All keys lie there before the first is read; `type:…` types."""
    for key in pressed:
        for name in key[5:] if key.startswith("type:") else (key,):
            pilot.app.post_message(Key(name, name if len(name) == 1 else {"enter": "\r"}.get(name)))
    await quiet(pilot)


async def test_a_move_typed_in_one_breath_is_sealed_whole(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """Search, choice, channel, words, meaning and seal: no key is lost, and none lands in another field."""
    monkeypatch.setattr(typed_ahead, "LONGEST", 60)  # however slow the machine is that first loads the composer
    async with play(seat := FakeSeat()) as pilot:
        await at_once(pilot, "n", "type:call", "enter", "enter", "type:Call us", "ctrl+j", "2", "3", "enter")
        acts = [act for act in seat.sent if isinstance(act, SealMove)]
        assert [(act.draft.text, act.draft.intent, act.draft.expected) for act in acts] == [("Call us", -2, -1)]


async def test_a_key_that_leads_nowhere_keeps_the_next_no_longer_than_said(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What never comes to rest is left to itself."""
    monkeypatch.setattr(typed_ahead, "LONGEST", 0.1)

    async def never(self: object) -> bool:
        await asyncio.sleep(0.01)
        return False

    monkeypatch.setattr(typed_ahead.PatientApp, "_at_rest", never)
    async with play(FakeSeat()) as pilot:
        await at_once(pilot, "n", "escape", "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_a_focus_that_has_moved_on_marks_no_step(play: Play) -> None:
    """What a step hides hands the focus to its neighbour for a moment; the news of it comes late."""
    async with play(FakeSeat()) as pilot:
        await at_once(pilot, "n", "type:call", "enter")
        composer = pilot.app.screen
        assert isinstance(composer, Composer)
        composer.post_message(DescendantFocus(composer.query_one("#meaning")))
        await quiet(pilot)
        assert composer.move.step == 2


async def test_full_width_keys_are_keys_where_nothing_is_written(play: Play) -> None:
    """As a Chinese input method types them: a move is made with them, and what is written keeps them."""
    seat = FakeSeat(team_view(requests=()))
    async with play(seat) as pilot:
        await at_once(pilot, "？")
        assert isinstance(pilot.app.screen, HelpScreen)
        await at_once(
            pilot, "escape", "ｎ", "type:ｓonar", "enter", "enter", "type:我方１２日说明，！", "ctrl+j", "２", "３"
        )
        await at_once(pilot, "enter")
    (sealed,) = seat.sent
    assert isinstance(sealed, SealMove)
    assert (sealed.draft.text, sealed.draft.intent, sealed.draft.expected) == ("我方１２日说明，！", -2, -1)


async def test_ideographs_that_are_no_keys_say_what_to_do_and_once(play: Play) -> None:
    """Where a word came through an input method and nothing takes words."""
    async with play(FakeSeat()) as pilot:
        await at_once(pilot, "我", "们", "说")
        assert [note.message for note in pilot.app._notifications] == [
            "That is no key here. Switch your input method to Latin letters."
        ]
        await at_once(pilot, "n", "type:我们")
        assert len(pilot.app._notifications) == 1, "these are words"


@pytest.mark.parametrize("before", [(), ("n",), ("n", "enter", "enter", "type:words"), ("question_mark",)])
async def test_ctrl_c_says_how_to_leave_wherever_one_is(before: tuple[str, ...], play: Play) -> None:
    """At the table, in the composer's list and text, over a dialog; once however often it is pressed."""
    seat = FakeSeat(team_view(requests=()))
    async with play(seat) as pilot:
        await at_once(pilot, *before, "ctrl+c", "ctrl+c")
        assert [note.message for note in pilot.app._notifications] == ["Nothing is marked to copy; ctrl+q leaves."]


async def test_over_a_dialog_too_ideographs_are_answered_in_the_readers_language(play: Play) -> None:
    """Who types Chinese by mistake reads Chinese, and what lies over the screen has no words of its own."""
    async with play(FakeSeat(language="zh")) as pilot:
        await at_once(pilot, "question_mark", "我")
        assert isinstance(pilot.app.screen, HelpScreen)
        (note,) = pilot.app._notifications
        assert note.message == "这里没有这个键。请把输入法切换到英文字母。"
