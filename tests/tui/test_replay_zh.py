"""A replay on the screen in Chinese: every page through every lens, the help and the palette."""

from __future__ import annotations

import re

import pytest
from tests.replaying.chinese import HOUR, WORD, known, played_in_chinese
from tests.thinning import one_in
from tests.tui.conftest import keys, screen_text, until
from tests.tui.test_replay_screen import replaying

from crisis_sim.replaying.lens import LENSES, Lens
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.tui.replay_app import ReplayApp
from crisis_sim.tui.replay_frame import Start

STAY = {
    "esc",
    "tab",
    "shift",
    "space",
    "home",
    "end",
    "ctrl",
    "ctrl+p",
    "ctrl+q",
    "shift+tab",
    "jsonl",
    "yaml",
    "notes",
    "crisis",
    "sim",
    "h",
}
"""Names of keys, and of files."""
FILES = re.compile(r"\S+\.(?:yaml:\d+|notes\.jsonl)")


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    return Replayed.opened(played_in_chinese(tmp_path_factory.mktemp("chinese")), "zh")


def english(text: str) -> list[str]:
    """Words of a screen that are neither ids nor keys; a word that is cut off at an edge may begin one."""
    words = {word.strip(".-/") for word in WORD.findall(FILES.sub("", HOUR.sub("", text)))}
    whole = {part for name in known() for part in (name, *name.split("-"))} | STAY
    return sorted(
        word for word in words if len(word) > 1 and not all(part in whole or len(part) < 3 for part in word.split("-"))
    )


@pytest.mark.parametrize("lens", one_in(2, LENSES))
async def test_no_page_of_a_replay_holds_english(lens: Lens, replayed: Replayed) -> None:
    """Table, curves, why, jumps and notes, in the middle and at the end, then the help."""
    async with replaying(replayed, Start(lens, replayed.last * 2 // 3), (140, 40)) as pilot:
        for where in ("left", "end"):
            await keys(pilot, where)
            for _ in range(5):
                assert english(screen_text(pilot)) == []
                await keys(pilot, "tab")
        await keys(pilot, "question_mark")
        assert english(screen_text(pilot)) == []


async def test_the_palette_says_in_chinese_that_it_has_nothing(replayed: Replayed) -> None:
    """A word that no command has gets an answer, and not one in English."""
    app = ReplayApp(replayed, Start())
    async with app.run_test(size=(100, 30)) as pilot:
        await keys(pilot, "ctrl+p", "type:qqq")
        await until(pilot, "没有符合的操作")
        assert "No matches" not in screen_text(pilot)


async def test_the_palette_is_in_chinese(replayed: Replayed) -> None:
    """Every command by its name and its sentence; a theme keeps its own name."""
    app = ReplayApp(replayed, Start())
    async with app.run_test(size=(100, 30)):
        commands = list(app.get_system_commands(app.screen))
    assert len(commands) > 30
    assert [each.title for each in commands if not re.search(r"[\u4e00-\u9fff]", each.title + each.help)] == []
    assert [each.help for each in commands if re.search(r"[A-Za-z]{2,}", each.help)] == []
