"""Colours: enough contrast everywhere, four themes, and a screen that says the same without any."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Play, keys, screen_text
from tests.tui.fake import FakeSeat

from crisis_sim.tui.themes import NAMES, PALETTES

INKS = ("text", "dim", "strong", "head", "new", "us", "china", "good", "bad", "key")
GROUNDS = ("ground", "panel", "bar", "cursor")


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1–21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", NAMES)
def test_every_ink_can_be_read_on_every_ground(name: str) -> None:
    """4.5 to 1 everywhere, 7 to 1 in the high-contrast theme."""
    palette = PALETTES[name]
    least = 7.0 if name == "high-contrast" else 4.5
    pairs = [(ink, ground) for ink in INKS for ground in GROUNDS] + [("now", "now-ground")]
    short = {
        (ink, ground): round(contrast(palette[ink], palette[ground]), 2)
        for ink, ground in pairs
        if contrast(palette[ink], palette[ground]) < least
    }
    assert short == {}


@pytest.mark.parametrize("name", NAMES)
def test_themes_know_the_same_colours(name: str) -> None:
    """No theme lacks a colour that another has."""
    assert PALETTES[name].keys() == PALETTES["dark"].keys()


async def test_a_theme_is_chosen_from_the_palette(play: Play) -> None:
    """ctrl+p, a few letters, enter; what was drawn is drawn again in the other colours."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "ctrl+p", "type:light")
        await pilot.pause(0.3)
        await keys(pilot, "down", "enter")
        await pilot.pause(0.3)
        assert pilot.app.theme == "light"
        assert "This turn" in screen_text(pilot)


async def test_without_colours_the_screen_says_the_same(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR leaves every word, and no colour but greys reaches the terminal."""
    async with play(FakeSeat()) as pilot:
        with_colour = screen_text(pilot)
    monkeypatch.setenv("NO_COLOR", "1")
    async with play(FakeSeat()) as pilot:
        assert screen_text(pilot) == with_colour
        assert any(type(each).__name__ == "Monochrome" for each in pilot.app._filters)
