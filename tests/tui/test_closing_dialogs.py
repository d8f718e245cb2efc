"""Once play is over: principles that both accept, on screens."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.tui.conftest import Play, keys, screen_text
from tests.tui.fake import HOSTILE, FakeSeat, team_view
from tests.tui.fake_room import hotwash_view, room_view

from crisis_sim.engine.actions import AcceptPrinciple, PutPrinciple
from crisis_sim.engine.sight.shared_facts import PrincipleFacts

GIVEN = ({"en": "Say it early."},)
THEIRS = PrincipleFacts(number=1, says="Answer within the hour. " + HOSTILE, put_by="china", by="china", stands=False)


def asking(**more: object) -> FakeSeat:
    """At the closing of a session that asks for them."""
    seen = team_view(**{"phase": "closing", "turn": 4, **more})
    return FakeSeat(seen, asks_principles=True, sentences=GIVEN)


async def test_a_session_that_does_not_ask_has_no_such_key(play: Play) -> None:
    """p does nothing, and no page speaks of it."""
    seat = FakeSeat(team_view(phase="closing", turn=4))
    async with play(seat) as pilot:
        await keys(pilot, "p", "3")
        assert "Principles" not in screen_text(pilot)
    assert seat.sent == []


async def test_the_closing_begins_with_what_is_to_be_done(play: Play) -> None:
    """With their lines, whatever page of the briefs was read last."""
    brief = team_view(phase="briefing", turn=0)
    seat = FakeSeat(brief)
    async with play(seat) as pilot:
        await keys(pilot, "2")
        seat.set(team_view(turn=4))
        await pilot.pause()
        seat.set(team_view(phase="closing", turn=4))
        await keys(pilot)
        assert "What would they not accept?" in screen_text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_what_holds_more_than_our_lines_is_called_so(play: Play, size: tuple[int, int]) -> None:
    """Before play the third panel has our lines alone; in the closing the principles as well."""
    seat = asking()
    async with play(seat, size=size) as pilot:
        assert "3 Our side" in screen_text(pilot) and "3 Our lines" not in screen_text(pilot)
    async with play(FakeSeat(team_view(phase="briefing", turn=0)), size=size) as pilot:
        assert "3 Our lines" in screen_text(pilot)


async def test_theirs_is_accepted_and_ours_put(play: Play) -> None:
    """From one list: theirs to accept, one of our own, one of the scenario's, last other words for theirs."""
    seat = asking(principles=(THEIRS,))
    async with play(seat, size=(140, 40)) as pilot:
        await keys(pilot, "3")
        assert "Answer within the hour." in screen_text(pilot)
        await keys(pilot, "p", "1", "p", "3", "p", "2", "type:Tell them", "enter")
    assert seat.sent == [AcceptPrinciple(number=1), PutPrinciple(says="Say it early."), PutPrinciple(says="Tell them")]


async def test_other_words_begin_from_those_that_are_there(play: Play) -> None:
    """So that one word can be changed."""
    plain = PrincipleFacts(number=1, says="Answer in an hour", put_by="china", by="china", stands=False)
    seat = asking(principles=(plain,), committed=True)
    async with play(seat) as pilot:
        await keys(pilot, "p", "4", "end", "type:s", "enter")
    assert seat.sent == [PutPrinciple(says="Answer in an hours", number=1)]


async def test_a_facilitator_at_a_shared_screen_reads_who_agrees_on_principles(play: Play) -> None:
    """On the last page of the hotwash, where teams sit here too; a team reads its own key."""
    shared = hotwash_view()
    us = FakeSeat(team_view(phase="hotwash", hotwash=shared), asks_principles=True)
    room = FakeSeat(replace(room_view(), phase="hotwash", hotwash=shared), asks_principles=True)
    async with play(room, us, size=(140, 40)) as pilot:
        await keys(pilot, "9", "h")
        assert "h gives it to a team, which" in screen_text(pilot)
    async with play(room, size=(140, 40)) as pilot:
        await keys(pilot, "9")
        assert "h gives it to a team" not in screen_text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_closing_shows_what_passed_and_what_came_of_it(play: Play, size: tuple[int, int]) -> None:
    """Their lines are guessed from that, and not from the briefs that were read before play; b opens those."""
    async with play(asking(), size=size) as pilot:
        seen = ""
        for key in ("1", "2"):
            await keys(pilot, key)
            seen += screen_text(pilot)
        assert "1 What passed between us" in seen and "2 What became of them" in seen
        assert "Our fly-away rescue system can" in seen
        assert "1 The situation" not in seen and "2 Our brief" not in seen
        await keys(pilot, "b")
        assert "1 The situation" in screen_text(pilot) and "2 Our brief" in screen_text(pilot)
        await keys(pilot, "escape")
        assert "1 What passed between us" in screen_text(pilot)
