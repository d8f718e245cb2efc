"""What a team alone knows is one key away at every screen of it, and is seen before the briefing is sealed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pages.hand import words
from tests.tui.conftest import Play, keys, screen_text
from tests.tui.fake import CARDS, FORECASTS, FakeSeat, team_view

from crisis_sim.engine.actions import SealLines
from crisis_sim.engine.views.dossier import PrivateFactEntry
from crisis_sim.engine.views.hotwash_facts import DisclosureStory, PrivateFactStory

FACT = "Two days before the loss a submarine of ours heard her pump knock."
DISCLOSED = DisclosureStory(turn=2, order=1, move="sonar", public=False, backed="word", truth="part", arrived=2)
ENTRY = PrivateFactEntry(
    side="us",
    name=words("A sonar record"),
    words={"whole": words(FACT)},
    backings=("word",),
    vouches=None,
    clears="china",
    concerns=(),
    costs=None,
)


def knowing(**seen: Any) -> FakeSeat:
    """A seat that alone knows something, and has disclosed a part of it."""
    fact = PrivateFactStory(side="us", id="record", told=(DISCLOSED,))
    return FakeSeat(team_view(private_facts=(fact,), **seen), private_facts={"record": ENTRY})


def one_line(text: str) -> str:
    """Words of the screen without frames and breaks."""
    return " ".join(text.translate({ord(sign): " " for sign in "│▎▌"}).split())


@pytest.mark.parametrize(
    ("seen", "pressed", "key"),
    [
        ({}, (), "f"),
        ({}, ("t", "escape"), "f"),
        ({"phase": "readings", "to_read": CARDS}, (), "f3"),
        ({"phase": "forecasts", "asked_now": FORECASTS}, (), "f3"),
        ({"committed": True}, (), "f"),
        ({"requests": ()}, ("n",), "f3"),
    ],
)
async def test_it_is_one_key_away(seen: dict[str, Any], pressed: tuple[str, ...], key: str, play: Play) -> None:
    """At the table, at cards and forecasts, while one waits and while one writes; esc leads back."""
    async with play(knowing(**seen)) as pilot:
        await keys(pilot, *pressed)
        before = pilot.app.screen
        await keys(pilot, key)
        text = one_line(screen_text(pilot))
        assert FACT in text and "turn 2, in private" in text
        await keys(pilot, "escape")
        assert pilot.app.screen is before


async def test_nobody_seals_the_briefing_without_having_seen_it(play: Play) -> None:
    """It stands whole in the last look before it, in a small window as well."""
    seat = knowing(phase="briefing", turn=0, committed=False)
    async with play(seat) as pilot:
        await keys(pilot, "s")
        assert FACT in one_line(screen_text(pilot))
        await keys(pilot, "y")
    assert seat.sent == [SealLines()]
