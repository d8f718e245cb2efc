"""Colours: enough contrast everywhere, four themes, and a screen that says the same without any."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from itertools import combinations
from math import dist
from operator import mul
from pathlib import Path

import pytest
from tests.thinning import examples
from tests.tui.conftest import Play, Played, keys, screen_text, until
from tests.tui.fake import FakeSeat
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.widget import Widget

from crisis_sim import rooms, tui
from crisis_sim.text import cells
from crisis_sim.tui.themes import NAMES, PALETTES

PAGE = Path(rooms.__path__[0], "page", "page.css")
INKS = ("text", "dim", "strong", "head", "new", "us", "china", "good", "bad", "key")
GROUNDS = ("ground", "panel", "bar", "cursor")


Rgb = tuple[float, float, float]
Matrix = tuple[Rgb, Rgb, Rgb]
SIGNS = ("us", "china", "good", "bad", "head")
"""Inks that say something by their colour; `head` is the warning too."""
EYES: dict[str, tuple[Matrix, float]] = {
    "all-cones": (((1, 0, 0), (0, 1, 0), (0, 0, 1)), 30),
    "protanopia": (
        ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
        15,
    ),
    "deuteranopia": (
        ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
        15,
    ),
}
"""How eyes see linear light (Machado, Oliveira and Fernandes 2009), and how far apart two signs stand at least."""


def linear(colour: str) -> Rgb:
    """Red, green and blue as light."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lab(colour: str, eye: Matrix) -> Rgb:
    """CIE L*a*b* of a colour as an eye sees it, for daylight."""
    light = linear(colour)
    red, green, blue = (min(1, max(0, sum(map(mul, row, light)))) for row in eye)
    x, y, z = (
        each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116
        for each in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


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
def test_frames_are_seen_and_the_one_where_keys_go_stands_out(name: str) -> None:
    """3 to 1 at least from what lies on either side, and between a frame with the keys and one without."""
    palette = PALETTES[name]
    pairs = [(edge, ground) for edge in ("edge", "focus") for ground in ("ground", "panel")] + [("focus", "edge")]
    seen = {pair: round(contrast(*map(palette.__getitem__, pair)), 2) for pair in pairs}
    assert {pair: far for pair, far in seen.items() if far < 3} == {}


def test_a_page_in_a_browser_has_the_same_colours() -> None:
    """Those of the dark and of the light theme, which are measured here."""
    for name, sheet in zip(("dark", "light"), PAGE.read_text().split("prefers-color-scheme: light")[:2], strict=True):
        shown = dict(re.findall(r"--([\w-]+): (#\w{6})", sheet))
        shown["dim"] = shown.pop("quiet")
        assert shown.items() <= PALETTES[name].items()


@pytest.mark.parametrize("name", NAMES)
def test_the_teams_are_told_apart_by_lightness(name: str) -> None:
    """1.5 to 1 at least, for eyes and printers without colour."""
    assert contrast(PALETTES[name]["us"], PALETTES[name]["china"]) >= 1.5


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", NAMES)
def test_no_team_has_the_colour_of_good_or_bad_or_a_warning(name: str, eye: str) -> None:
    """Each sign stands apart from every other, also to eyes that lack red or green."""
    seen, least = EYES[eye]
    palette = PALETTES[name]
    near = {
        (one, other): round(dist(lab(palette[one], seen), lab(palette[other], seen)))
        for one, other in combinations(SIGNS, 2)
    }
    assert {pair: far for pair, far in near.items() if far < least} == {}


def unreadable(pilot: Played, least: float) -> set[tuple[str, str, str]]:
    """Words that are drawn with too little contrast, with their colours; not those that lie dimmed under a dialog."""
    screen, found = pilot.app.screen, set()
    boxes = [each.region for each in screen.walk_children(Widget) if each.visible and not isinstance(each, Vertical)]
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            colours = (
                (style.bgcolor, style.color) if style and style.reverse else style and (style.color, style.bgcolor)
            )
            if any(map(str.isalnum, text)) and colours and any(box.contains(x, y) for box in boxes):
                ink, ground = (each.get_truecolor().hex if each else "" for each in colours)
                if contrast(ink, ground) < least:
                    found.add((text.strip(), ink, ground))
            x += cells(text)
    return found


SCENES: dict[str, tuple[tuple[str, ...], str]] = {
    "moves": (("n",), "Which move?"),
    "words": (("n", "type:sonar", "enter", "1", "0", "type:hello"), "hello"),
    "gauge": (("n", "type:sonar", "enter", "1", "0", "ctrl+s", "left"), "0 neutral"),
    "palette": (("ctrl+p",), "New move"),
    "final": (("c",), "Our list is empty."),
    "choice": (("1",), "Accept: Take the call"),
    "selected words": (("w", "type:hello", "shift+home"), "hello"),
    "help": (("f1",), "Arrows or j and k move"),
}
"""What is pressed at a team's page, and what is there then."""


@pytest.mark.parametrize("scene", SCENES)
async def test_whatever_is_drawn_can_be_read(scene: str, play: Play) -> None:
    """In every theme, Textual's own widgets too: 4.5 to 1 at least, 7 to 1 in the high-contrast theme.

    By night each scene in each theme.
    """
    pressed, there = SCENES[scene]
    place = list(SCENES).index(scene) % len(NAMES)
    for name in NAMES if examples(0, 1) else NAMES[place : place + 1]:
        async with play(FakeSeat(), size=(140, 40)) as pilot:
            pilot.app.theme = name
            await keys(pilot, *pressed)
            await until(pilot, there)
            assert unreadable(pilot, 7.0 if name == "high-contrast" else 4.5) == set(), name


@pytest.mark.parametrize("name", NAMES)
def test_themes_know_the_same_colours(name: str) -> None:
    """No theme lacks a colour that another has."""
    assert PALETTES[name].keys() == PALETTES["dark"].keys()


def below(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    """Every class made from one."""
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def test_every_style_names_a_class_that_there_is() -> None:
    """Textual passes over a selector that fits nothing: a class under another name would lose its look unseen."""
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        importlib.import_module(module.name)
    kinds = set(below(DOMNode))
    names = {kind.__name__ for kind in kinds}
    lost = {
        (kind.__name__, said)
        for kind in kinds
        if kind.__module__.startswith(tui.__name__)
        for css in ("CSS", "DEFAULT_CSS")
        for said in re.findall(r"(?<![\w.#$:-])[A-Z]\w*", str(kind.__dict__.get(css, "")))
        if said not in names
    }
    assert lost == set()


async def test_a_theme_is_chosen_from_the_palette(play: Play) -> None:
    """ctrl+p, a few letters, enter; what was drawn is drawn again in the other colours."""
    async with play(FakeSeat()) as pilot:
        await keys(pilot, "ctrl+p", "type:light")
        await pilot.pause(0.3)  # the palette searches
        await keys(pilot, "down", "enter")
        assert pilot.app.theme == "light"
        assert "New move" in screen_text(pilot)


async def test_the_palette_asks_in_its_readers_language(play: Play) -> None:
    """What each action does, the colours, and the field to search in; what the page is for comes first."""
    async with play(FakeSeat(language="zh"), size=(100, 40)) as pilot:
        commands = [*pilot.app.get_system_commands(pilot.app.screen)]
        titles = [command.title for command in commands]
        assert "(n)" in titles[0] and all(re.search("[一-龥]", title) for title in titles), titles
        await keys(pilot, "ctrl+p")
        await until(pilot, "要找什么？")
        await until(pilot, "配色：深色")


async def test_without_colours_the_screen_says_the_same(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR leaves every word, and no colour but greys reaches the terminal."""
    async with play(FakeSeat()) as pilot:
        with_colour = screen_text(pilot)
    monkeypatch.setenv("NO_COLOR", "1")
    async with play(FakeSeat()) as pilot:
        assert screen_text(pilot) == with_colour
        assert any(type(each).__name__ == "Monochrome" for each in pilot.app._filters)
