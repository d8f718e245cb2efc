"""The facilitator's console: a key acts on what can be seen to be chosen, and what strikes or delivers asks first."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.tui.conftest import Play, frame_of, keys, screen_text
from tests.tui.fake import INJECTS, FakeSeat, words
from tests.tui.fake_room import room_view

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.hotwash_facts import FlagFacts
from crisis_sim.engine.sight.views import ProposedCrossing
from crisis_sim.errors import ActionRefused
from crisis_sim.tui.widgets.pane import Pane

CHOSEN = "ship"


@pytest.mark.parametrize(("key", "action"), [("x", a.SkipInject(inject=CHOSEN)), ("r", a.ReleaseInject(inject=CHOSEN))])
async def test_striking_and_releasing_ask_first(key: str, action: a.AnyAction, play: Play) -> None:
    """The question names the inject; no leaves the plan as it was, and only yes acts."""
    seat = FakeSeat(room_view())
    title = next(title for name, _, title in INJECTS if name == CHOSEN)
    async with play(seat, size=(140, 40)) as pilot:
        pane = pilot.app.screen.query_one("#msel", Pane)
        pane.focus()
        pane.move_to(f"inject:{CHOSEN}")
        await keys(pilot, key)
        assert f"“{title}”" in screen_text(pilot)
        await keys(pilot, "escape")
        assert seat.sent == []
        await keys(pilot, key, "y")
        assert seat.sent == [action]


@pytest.mark.parametrize("key", ["r", "o", "x"])
async def test_no_inject_is_touched_that_is_not_seen_to_be_chosen(key: str, play: Play) -> None:
    """While the cursor is in another panel, the key says so and does nothing."""
    seat = FakeSeat(room_view())
    async with play(seat, size=(140, 40)) as pilot:
        await keys(pilot, key)
        assert "Put the cursor on an inject of the plan first." in screen_text(pilot)
        await keys(pilot, "y")
        assert seat.sent == []


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_mirror_asks_first_where_it_is_true_and_says_what_both_will_hear(
    size: tuple[int, int], play: Play
) -> None:
    """With what it changes; where it is not so, what was asked is refused as any act is."""
    flag = FlagFacts(turn=3, flag="blind-dilemma", says=words("Each meant well and took the other as hostile."))
    seat = FakeSeat(replace(room_view(), phase="results", turn=3, flags=(flag,)))
    async with play(seat, size=size) as pilot:
        await keys(pilot, "b")
        text = " ".join(screen_text(pilot).split())
        assert "Say this to both teams?" in text and "It changes no number" in text
        await keys(pilot, "escape")
        assert seat.sent == []
        await keys(pilot, "b", "y")
        assert seat.sent == [a.HoldMirror()]


async def test_what_waits_for_a_key_stands_at_the_rooms_top(play: Play) -> None:
    """The mirror and crossings that are claimed, each with its key, however much the room holds; once done, no more."""
    room = replace(room_view(), phase="results", turn=3, acts=room_view().acts * 12)
    flag = FlagFacts(turn=3, flag="blind-dilemma", says=words("Each meant well and took the other as hostile."))
    claim = ProposedCrossing(turn=2, side="us", id="data", line=words("Data are held back."), by="china")
    seat = FakeSeat(replace(room, flags=(flag,), proposed=(claim,)))
    async with play(seat, size=(140, 40)) as pilot:
        text = " ".join(screen_text(pilot).split())
        assert "b says to both what neither sees." in text and "d declares a crossing" in text
        seat.set(replace(room, proposed=(replace(claim, is_open=False),)))
        await pilot.pause()
        text = screen_text(pilot)
        assert "what neither sees" not in text and "declares a crossing" not in text


async def test_asking_both_what_moved_them_closer_says_what_they_hear(play: Play) -> None:
    """Once, before it is asked; where it would be refused, nothing is asked first and the refusal is shown."""
    seat = FakeSeat(replace(room_view(), phase="results", turn=3, can_ask=True))
    async with play(seat) as pilot:
        await keys(pilot, "a")
        assert "moved you closer" in " ".join(screen_text(pilot).split())
        await keys(pilot, "escape", "a", "y")
    assert seat.sent == [a.PutQuestion()]
    seat = FakeSeat(replace(room_view(), phase="results", turn=3))
    async with play(seat) as pilot:
        seat.refuse = ActionRefused("closer/early")
        await keys(pilot, "a")
        assert "ask after the first" in " ".join(screen_text(pilot).split())
    assert seat.sent == []


async def test_what_a_key_changes_stands_where_it_is_pressed(play: Play) -> None:
    """Before it is done for good, or as it has been done."""
    seat = FakeSeat(room_view())
    async with play(seat, size=(140, 40)) as pilot:
        for key, told in (
            ("e", "clock has more minutes"),
            ("i", "They read it at once"),
            ("v", "nobody is told"),
            ("w", "Nobody reads it before"),
            ("m", "can be found again"),
        ):
            await keys(pilot, key)
            assert told in " ".join(screen_text(pilot).split()), key
            await keys(pilot, "escape")
        await keys(pilot, "p")
        assert "The clock stands" in " ".join(screen_text(pilot).split())
        seat.set(replace(room_view(), paused=True))
        await pilot.pause()
        await keys(pilot, "p")
        text = " ".join(screen_text(pilot).split())
        assert "The clock goes on where it stood." in text and "The clock stands and" not in text
    assert seat.sent == [a.Pause(), a.Unpause()]


async def test_panels_are_numbered_as_they_are_read(play: Play) -> None:
    """From left to right and down, and a number goes to its panel; the keys begin in the room."""
    async with play(FakeSeat(room_view()), size=(140, 40)) as pilot:
        panes = [*pilot.app.screen.query(Pane)]
        assert [frame_of(pane)[0][:1] for pane in panes] == ["1", "2", "3", "4"]
        assert [pane.region.offset for pane in panes] == sorted(
            [pane.region.offset for pane in panes], key=lambda at: (at.y, at.x)
        )
        assert pilot.app.focused is panes[1]
        await keys(pilot, "1")
        assert pilot.app.focused is panes[0]


async def test_the_room_begins_at_its_top(play: Play) -> None:
    """Whom play waits for stands in sight, however much lies above the first act; the first step down shows that."""
    room = room_view()
    seat = FakeSeat(replace(room, us=replace(room.us, requests=room.us.requests * 12)))
    async with play(seat, size=(80, 24)) as pilot:
        assert "Play waits for:" in screen_text(pilot)
        pane = pilot.app.screen.query_one("#room", Pane)
        first, told = pane.key, seat.say("Acts, the latest turn first").upper()
        assert told not in screen_text(pilot)
        await keys(pilot, "j")
        assert pane.key == first and told in screen_text(pilot)
        await keys(pilot, "j")
        assert pane.key != first


async def test_a_new_turns_plan_begins_with_what_comes_next(play: Play) -> None:
    """Wherever the cursor was in the one before."""
    seat = FakeSeat(replace(room_view(), turn=1))
    async with play(seat, size=(80, 24)) as pilot:
        pane = pilot.app.screen.query_one("#msel", Pane)
        await keys(pilot, "1", "end")
        assert pane.key != pane.keys[0]
        seat.set(replace(room_view(), turn=2))
        await pilot.pause()
        assert pane.key == pane.keys[0] and pane.scroll_offset.y == 0


async def test_once_the_last_turn_is_judged_nothing_is_announced_for_a_next_one(play: Play) -> None:
    """The key that goes on ends play."""
    msel = tuple(replace(each, state="planned") for each in room_view().msel)
    room = replace(room_view(), phase="results", waiting_for=("facilitator",), msel=msel)
    for turn, next_one in ((room.turns - 1, True), (room.turns, False)):
        async with play(FakeSeat(replace(room, turn=turn)), size=(140, 40)) as pilot:
            text = " ".join(screen_text(pilot).split())
            assert ("WITH THE NEXT TURN" in text, "n ends play" in text) == (next_one, not next_one)
