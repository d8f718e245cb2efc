"""What `stats` counts for an act is what is pressed for it on the real screens."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tests.thinning import one_in
from tests.tui.conftest import Play, keys
from tests.tui.fake import CARDS, DOSSIER, FORECASTS, FakeSeat, team_view

from crisis_sim.engine.sight.dossier import AssetEntry
from crisis_sim.engine.sight.shared_facts import AssetFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.playtest.efforts import effort_of

FREE = ("up", "down", "home", "end")
"""What is moved to is not counted, nor letters."""


def moved(name: str, **told: object) -> dict[str, Any]:
    """Of every move something else is known."""
    return {name: {of: replace(move, **told) for of, move in DOSSIER.moves.items()}}


TUG = {"tug": AssetEntry(side="us", name={"en": "Ocean tug"}, says={"en": "It tows."})}
TAKERS: dict[str, Any] = {**moved("moves", exchange=True), "takers": {"desk": False, "minister": True}}
MOST = 12
"""Keys of any act by hand beside its words."""
SAID = ("ctrl+j", "2", "3")
WAYS: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[str, ...]]] = {
    "private": ({}, {}, ("n", "type:sonar", "enter", "enter", "enter", "type:We share", *SAID, "enter", "c", "y")),
    "public": ({}, {}, ("n", "type:state", "enter", "enter", *SAID, "2", "enter")),
    "answer": ({}, {}, ("enter", "1", "enter", "enter", *SAID, "enter")),
    "asset": (
        {"assets": (AssetFacts(id="tug", is_so=(), seen=()),)},
        {**moved("moves", assets=("tug",)), "assets": TUG},
        ("n", "type:sonar", "enter", "enter", "enter", *SAID, "enter"),
    ),
    "taker": ({}, TAKERS, ("enter", "1", "enter", "down", "enter", *SAID, "enter")),
    "readings": ({"phase": "readings", "to_read": CARDS}, {}, (*"23", *"441", *"521", "c")),
    "forecasts": (
        {"phase": "forecasts", "asked_now": FORECASTS},
        {},
        (*"70", "enter", *"05", "enter", *"50", "enter", "c"),
    ),
}


@pytest.mark.parametrize("way", one_in(2, WAYS))
async def test_what_is_counted_for_a_turn_is_what_is_pressed(way: str, play: Play) -> None:
    """Key by key, for every step that the composer and the other screens of a turn have."""
    seen, told, pressed = WAYS[way]
    view = team_view(**seen)
    assert isinstance(view, TeamView)
    seat = FakeSeat(view, **told)
    async with play(seat) as pilot:
        for key in pressed:
            await keys(pilot, key)
    counted = [effort_of(action, view, seat.say) for action in seat.sent]
    assert sum(each.keys for each in counted) == sum(
        key not in FREE and not key.startswith(("type:", "to:")) for key in pressed
    ), seat.sent
    assert all(each.keys <= MOST for each in counted)
