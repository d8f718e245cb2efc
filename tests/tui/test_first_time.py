"""A first time is played to its end by keys, by lines, in both languages, and nothing of it is kept."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from tests.cli.test_language import CHINESE, ENGLISH
from tests.tui.conftest import Played, keys, screen_text

from crisis_sim.cli import main
from crisis_sim.pages.acts_opened import describe_difference
from crisis_sim.pages.first_time import MOVES, NOBODY_WRONG, SCENES, THEIR_EXPECTED, THEIR_INTENT, FirstTime
from crisis_sim.plain.console import Console
from crisis_sim.plain.first_time_lines import play_first_time
from crisis_sim.rules.names import Language
from crisis_sim.tui.first_time_screen import FirstTimeApp
from crisis_sim.tui.pane import Pane
from crisis_sim.wording import speaker


def is_whole(pilot: Played) -> bool:
    """Nothing of the page has to be scrolled to."""
    return bool(pilot.app.screen.query_one(Pane).max_scroll_y == 0)


@pytest.mark.parametrize("move", range(len(MOVES)))
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_it_is_played_by_keys(language: Language, move: int) -> None:
    """Four sentences, a move, what is meant, what is expected, a reading, and both gaps as they are drawn elsewhere."""
    say, app = speaker(language), FirstTimeApp(language)
    seen = []
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("", "space", str(move + 1), "2", "3", "6", "enter"):
            await keys(pilot, *([key] if key else []))
            seen.append(screen_text(pilot))
            assert is_whole(pilot), seen[-1]
        below = [text.rstrip().splitlines()[-1] for text in seen]
        assert [say("play alone", "a key") in each for each in below] == [False] * (len(seen) - 1) + [True], (
            "and not go on"
        )
        await keys(pilot, "space")
        assert app.is_running
        await keys(pilot, "enter")
    assert app.return_value is True, "its end leads on to a session of one's own"
    assert len(seen) == len(SCENES)
    for text in seen:
        assert language == "en" or (CHINESE.search(text) and ENGLISH.findall(text) == [])
    ours, theirs = seen[-2:]
    of = MOVES[move]
    assert describe_difference(-2, -1, of.reading, say)[0] in ours and say(of.why)[:12] in ours
    assert describe_difference(THEIR_INTENT, THEIR_EXPECTED, 2, say)[0] in theirs and say(NOBODY_WRONG)[:6] in theirs
    assert ours.count("●") == theirs.count("●") == 3


async def test_a_cursor_answers_too_and_what_was_said_can_be_taken_back() -> None:
    """Enter takes what is under the cursor, left goes back, and a key that is no answer does nothing."""
    app = FirstTimeApp("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "enter", "7", "space")
        assert "Press 1, 2 or 3" in screen_text(pilot)
        await keys(pilot, "down", "enter")
        assert "in forty minutes" in screen_text(pilot)
        await keys(pilot, "left", "3")
        assert "Eleven people are in the sea." in screen_text(pilot)
        await keys(pilot, "down", "enter")
        assert "We expect them to take it as" in screen_text(pilot)


@pytest.mark.parametrize("answered", [(), ("space",), ("space", "1"), ("space", "1", "2", "3", "4", "space")])
async def test_it_is_left_at_any_time(answered: tuple[str, ...]) -> None:
    """By esc."""
    app = FirstTimeApp("en")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, *answered, "escape")
    assert app.return_value is False


async def test_in_the_smallest_window_what_stands_below_comes_first() -> None:
    """Space shows the rest of a page before it goes on."""
    app = FirstTimeApp("en")
    async with app.run_test(size=(60, 20)) as pilot:
        seen = ""
        for key in ("space", "space", "1", "1", "1", "7", "space", "space", "space", "enter"):
            seen += screen_text(pilot)
            await keys(pilot, key)
    assert app.return_value is True
    for sentence in ("This is no session", "over his ship", "at its end"):
        assert sentence in " ".join(seen.replace("│", " ").split())


@pytest.mark.parametrize(("language", "last", "goes_on"), [("en", "yes", True), ("zh", "否", False), ("zh", "", False)])
def test_it_is_played_by_lines(language: Language, last: str, goes_on: bool) -> None:
    """The same, and going back asks the one before again; its end asks whether to play alone."""
    typed, said = iter(["", "1", "-2", "b", "-2", "-1", "+2", "", last]), list[str]()
    assert play_first_time(Console(lambda: next(typed) + "\n", said.append, language=language)) is goes_on
    assert next(typed, None) is None
    say, text = speaker(language), "".join("".join(said).split())
    for sentence in (
        MOVES[0].why,
        describe_difference(-2, -1, 1, say)[0],
        describe_difference(THEIR_INTENT, THEIR_EXPECTED, 2, say)[0],
    ):
        assert "".join(say(sentence).split()) in text
    assert language == "en" or ENGLISH.findall("".join(said)) == []


def test_it_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """No log and no file; where the input ends, it ends."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.stdin", StringIO())
    assert main(["demo", "--try", "--plain"]) == 0
    assert "A fishing boat of a third country" in capsys.readouterr().out
    assert list(tmp_path.rglob("*")) == []


def test_what_is_heard_is_the_same_whatever_is_meant() -> None:
    """What somebody means or expects moves nothing of how Beijing takes the move."""
    meant = [FirstTime().on().on(1).on(intent).on(expected) for intent in (-3, 3) for expected in (-3, 3)]
    assert {at.chosen.reading for at in meant} == {MOVES[1].reading}
