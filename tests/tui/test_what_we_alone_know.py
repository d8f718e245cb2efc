"""What a team alone knows is one key away at every screen of it, and is seen before the briefing is sealed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.tui.conftest import Play, keys, screen_text
from tests.tui.fake import CARDS, FORECASTS, FakeSeat, team_view, words

from crisis_sim.engine.actions import SealLines
from crisis_sim.engine.sight.dossier import PrivateFactEntry
from crisis_sim.engine.sight.hotwash_facts import DisclosureStory, PrivateFactStory
from crisis_sim.tui.composer_screen import Composer

WHOLE = "Two days before the loss a submarine of ours heard her pump knock."
TOLD = DisclosureStory(turn=2, order=1, move="sonar", public=False, backed="word", truth="part", arrived=2)
ENTRY = PrivateFactEntry(
    side="us",
    name=words("A sonar record"),
    words={"whole": words(WHOLE)},
    backings=("word",),
    vouches=None,
    clears="china",
    concerns=(),
    costs=None,
)


def knowing(*told: DisclosureStory, **seen: Any) -> FakeSeat:
    """A seat that alone knows something."""
    fact = PrivateFactStory(side="us", id="record", told=told)
    return FakeSeat(team_view(private_facts=(fact,), **seen), private_facts={"record": ENTRY})


def whole(text: str) -> str:
    """Words of the screen without frames and breaks."""
    return " ".join(text.translate({ord(sign): " " for sign in "│▎▌"}).split())


@pytest.mark.parametrize(
    ("seen", "pressed", "key"),
    [
        ({}, (), "f"),
        ({}, ("t",), "f"),
        ({"phase": "readings", "to_read": CARDS}, ("2",), "f"),
        ({"phase": "forecasts", "asked_now": FORECASTS}, (), "f"),
        ({"committed": True}, (), "f"),
        ({"requests": ()}, ("n",), "f3"),
        ({"requests": ()}, ("n", "type:sonar", "enter", "enter", "enter", "type:Half a"), "f3"),
    ],
)
async def test_it_is_one_key_away(seen: dict[str, Any], pressed: tuple[str, ...], key: str, play: Play) -> None:
    """At the table, in the telling, at cards and forecasts, while one waits and while one writes; esc leads back."""
    async with play(knowing(TOLD, **seen)) as pilot:
        await keys(pilot, *pressed)
        before = pilot.app.screen
        await keys(pilot, key)
        text = whole(screen_text(pilot))
        assert WHOLE in text and "turn 2, in private" in text
        await keys(pilot, "escape")
        assert pilot.app.screen is before
        assert not isinstance(before, Composer) or "Half a" not in pressed or before.move.text == "Half a"


async def test_where_there_is_nothing_the_key_does_nothing(play: Play) -> None:
    """And no help speaks of it."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "f")
        assert len(pilot.app.screen_stack) == 2
        await keys(pilot, "question_mark")
        assert "What we alone know" not in screen_text(pilot)


@pytest.mark.parametrize("size", [(140, 40), (200, 50)])
async def test_the_middle_of_a_table_says_what_comes_and_what_we_know(size: tuple[int, int], play: Play) -> None:
    """Where nothing is sealed yet, what will stand there; beneath the list, what we alone know and how we told it."""
    async with play(knowing(TOLD, requests=()), size=size) as pilot:
        text = whole(screen_text(pilot))
        assert "What we seal stands here." in text and "A sonar record; turn 2, in private" in text
        await keys(pilot, "n", "type:sonar", "enter", *["enter"] * 3, "type:Ours.", "ctrl+j", "3", "3", "enter")
        assert "What we seal stands here." not in screen_text(pilot) and "sonar record" in screen_text(pilot)


async def test_nobody_seals_the_briefing_without_having_seen_it(play: Play) -> None:
    """Whole in the last look before it, in a small window as well."""
    seat = knowing(phase="briefing", turn=0, committed=False)
    async with play(seat) as pilot:
        await keys(pilot, "s")
        assert WHOLE in whole(screen_text(pilot))
        await keys(pilot, "y")
    assert seat.sent == [SealLines()]
