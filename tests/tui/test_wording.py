"""Every word that a screen says itself has its Chinese."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.tui.conftest import Play, screen_text
from tests.tui.fake import FakeSeat, team_view

import crisis_sim.tui
from crisis_sim.tui import composer_rows, console_rows, curtain, help, hotwash, wording
from crisis_sim.tui.briefing import BriefingScreen
from crisis_sim.tui.facilitator import FacilitatorScreen
from crisis_sim.tui.forecasts import ForecastsScreen
from crisis_sim.tui.team import TeamScreen
from crisis_sim.tui.watching import WatchingScreen
from crisis_sim.tui.wording import speaker

FOLDER = Path(crisis_sim.tui.__file__).parent
UNSPOKEN = {"menu.py", "wording.py", "explore.py", "explore_rows.py", "replay.py", "replay_frame.py"}
"""The menu comes before a language is chosen, an author's screens are in English, as the files are, and a replay's own
words are too: what its seats saw is in theirs."""


def said_in_code() -> Iterator[str]:
    """Literals given to `say`, to `Key` and to dialogs."""
    for path in sorted(FOLDER.rglob("*.py")):
        if path.name in UNSPOKEN:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from literals(node)


def literals(call: ast.Call) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    places: list[ast.expr] = []
    if name in ("say", "_say"):
        places = call.args[:1]
    elif name == "Key":
        places = call.args[2:4]
    elif name == "Confirm":
        places = [keyword.value for keyword in call.keywords if keyword.arg in ("yes", "no")]
    for place in places:
        if isinstance(place, ast.JoinedStr):
            continue
        yield from (
            each.value for each in ast.walk(place) if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )


def said_from_tables() -> Iterator[str]:
    """Words kept in tables."""
    tables = (
        console_rows.OUTCOMES,
        wording.FAMILIES,
        wording.SEATS,
        wording.SIDES,
        help.PHASES,
        help.MANY,
        curtain.COME,
        curtain.AWAY,
    )
    for table in tables:
        yield from (words for words in table.values() if words)
    yield from (*help.PHASES, *help.LEGEND, *hotwash.PAGES, *hotwash.SHORT, *composer_rows.STEPS)
    yield from (word for _, word, _ in console_rows.STATES.values())
    for screen in (TeamScreen, BriefingScreen, ForecastsScreen, FacilitatorScreen, WatchingScreen):
        yield from (name for _, name in screen.TABS)


def test_everything_a_screen_says_has_its_chinese() -> None:
    """No sentence of a screen is left in English when a team plays in Chinese."""
    say = speaker("zh")
    words = {words for words in (*said_in_code(), *said_from_tables()) if any(letter.isalpha() for letter in words)}
    assert len(words) > 300
    assert sorted(each for each in words if say(each) == each and not each.isdigit()) == []


def test_a_translation_keeps_its_places() -> None:
    """What is filled in in English is filled in in Chinese."""
    import re

    for line in (FOLDER / "zh.txt").read_text(encoding="utf-8").splitlines():
        english, chinese = line.split(" = ", 1)
        assert sorted(re.findall(r"\{\w+\}", english)) == sorted(re.findall(r"\{\w+\}", chinese)), line


async def test_a_team_plays_in_chinese(play: Play) -> None:
    """The screen's own words are Chinese too, and fit."""
    async with play(FakeSeat(team_view(language="zh"))) as pilot:
        text = screen_text(pilot)
    assert "现在" in text.replace(" ", "")
    assert "This turn" not in text
