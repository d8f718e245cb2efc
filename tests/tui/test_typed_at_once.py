"""Keys that come at once, as from quick hands at a slow terminal: each goes where the one before it led."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Play, Played, quiet
from tests.tui.fake import FakeSeat, team_view
from textual.events import Key, Paste

from crisis_sim.engine.actions import SealMove


async def at_once(pilot: Played, *pressed: str) -> None:
    """All keys lie there before the first is read; `type:…` types, `paste:…` pastes."""
    for key in pressed:
        if key.startswith("paste:"):
            pilot.app.post_message(Paste(key[6:]))
            continue
        for name in key[5:] if key.startswith("type:") else (key,):
            pilot.app.post_message(Key(name, name if len(name) == 1 else {"enter": "\r"}.get(name)))
    await quiet(pilot)


async def test_a_move_typed_in_one_breath_is_sealed_whole(play: Play) -> None:
    """Search, choice, channel, words, meaning and seal: no key is lost, and none lands in another field."""
    async with play(seat := FakeSeat()) as pilot:
        await at_once(pilot, "n", "type:call", "enter", "0", "type:Call us", "ctrl+s", "2", "3", "enter")
        acts = [act for act in seat.sent if isinstance(act, SealMove)]
        assert [(act.draft.text, act.draft.intent, act.draft.expected) for act in acts] == [("Call us", -2, -1)]


async def test_a_paste_in_two_pieces_stands_in_order(play: Play) -> None:
    """Where a terminal cuts what is pasted, its pieces and the keys between them keep their places."""
    async with play(seat := FakeSeat()) as pilot:
        await at_once(pilot, "n", "type:call", "enter", "0", "paste:one ", "type:two", "paste: three", "ctrl+s")
        await at_once(pilot, "2", "3", "enter")
        (act,) = seat.sent
        assert isinstance(act, SealMove) and act.draft.text == "one two three"


async def test_full_width_keys_are_keys_where_nothing_is_written(play: Play) -> None:
    """As a Chinese input method types them: a move is made with them, and what is written keeps them."""
    seat = FakeSeat(team_view(requests=()))
    async with play(seat) as pilot:
        await at_once(pilot, "ｎ", "type:ｓonar", "enter", "１", "０", "type:我方１２日说明，！")
        await at_once(pilot, "ctrl+s", "２", "３", "enter")
    (sealed,) = seat.sent
    assert isinstance(sealed, SealMove)
    assert (sealed.draft.text, sealed.draft.intent, sealed.draft.expected) == ("我方１２日说明，！", -2, -1)


@pytest.mark.parametrize("before", [(), ("n",), ("n", "type:call", "enter", "0", "type:words")])
async def test_ctrl_c_says_how_to_leave_wherever_one_is(before: tuple[str, ...], play: Play) -> None:
    """At the table, in the list of moves, in a text; once however often it is pressed."""
    async with play(FakeSeat(team_view(requests=()), language="zh")) as pilot:
        await at_once(pilot, *before, "ctrl+c", "ctrl+c")
        assert [note.message for note in pilot.app._notifications] == ["没有选中要复制的文字；要退出请按ctrl+q。"]
