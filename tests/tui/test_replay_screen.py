"""Replaying on the screen: steps, jumps, lenses, why, search, and notes beside the log."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.replaying.recorded import opened, played, recorded
from tests.tui.conftest import Played, keys, quiet, screen_text, until

from crisis_sim.engine.events import ReadingSealed
from crisis_sim.pages.blocks import Quote, prose
from crisis_sim.pages.feed_words import item_words
from crisis_sim.replaying.lens import Lens
from crisis_sim.replaying.moment_words import both_sides_lines
from crisis_sim.replaying.remarks import mark_log
from crisis_sim.replaying.replay_blocks import A_SECOND, SHORTEST, seconds_to_read
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.session.log import read_log
from crisis_sim.tui.replay_screen import ReplayApp, Start


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    return opened(tmp_path_factory.mktemp("replay"))


@asynccontextmanager
async def replaying(replayed: Replayed, start: Start, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Played]:
    async with ReplayApp(replayed, start).run_test(size=size, notifications=True) as pilot:
        await quiet(pilot)
        yield pilot


async def test_a_log_is_stepped_through(replayed: Replayed) -> None:
    """On, back, by turn, to the ends; header and bar say where one is."""
    async with replaying(replayed, Start()) as pilot:
        assert f"moment 0 of {replayed.last}, entry 0" in screen_text(pilot)
        assert "nobody has done anything" in screen_text(pilot)
        await keys(pilot, "right", "right", "right", "left")
        assert "moment 2 of" in screen_text(pilot) and "THE WHOLE" in screen_text(pilot)
        await keys(pilot, "right_square_bracket", "right_square_bracket")
        assert "turn 2 of 3" in screen_text(pilot)
        await keys(pilot, "right", "left_square_bracket", "left_square_bracket")
        assert "turn 1 of 3" in screen_text(pilot)
        await keys(pilot, "end")
        assert f"moment {replayed.last} of {replayed.last}" in screen_text(pilot)
        await keys(pilot, "home", "left")
        assert "moment 0 of" in screen_text(pilot)


@pytest.mark.parametrize("lens", ["us", "china"])
async def test_a_team_is_told_in_heads_what_stands_below_in_full(lens: Lens, replayed: Replayed) -> None:
    """NOW names each thing that arrived; its text, which would be cut there, is read in what happened."""
    first = replayed.turn(lens, 0, 1)
    async with replaying(replayed, Start(lens, first), size=(140, 40)) as pilot:
        now, _bar, below = screen_text(pilot).partition("●")
        assert "Distress call" in now and "A ferry with 300 people is adrift." not in now
        assert "A ferry with 300 people is adrift." in below


async def test_one_goes_to_a_number_or_a_percent(replayed: Replayed) -> None:
    """`g` takes both, and says what it does not take."""
    async with replaying(replayed, Start()) as pilot:
        await keys(pilot, "g", "type:7", "enter")
        assert "moment 7 of" in screen_text(pilot)
        await keys(pilot, "g", "type:100%", "enter")
        assert f"moment {replayed.last} of" in screen_text(pilot)
        await keys(pilot, "g", "type:x", "enter")
        assert "is no place" in screen_text(pilot)
        await pilot.click("#bar", offset=(1, 0))
        assert "moment 0 of" in screen_text(pilot)


async def test_only_the_whole_shows_what_was_sealed(replayed: Replayed) -> None:
    """At one moment: the whole with the intent, each team with its own view, both beside each other."""
    sealed = next(
        seq for seq in range(replayed.last) if "China seals a move" in replayed.moment("whole", seq).sentences[0]
    )
    async with replaying(replayed, Start("whole", sealed), (140, 40)) as pilot:
        assert "China seals a move" in screen_text(pilot) and "meant" in screen_text(pilot)
        await keys(pilot, "u")
        text = screen_text(pilot)
        assert "AS THE US SAW IT" in text and "China seals a move" not in text and "TENSION" not in text
        await keys(pilot, "3")
        assert (
            "before the hotwash no team knows that" in " ".join(screen_text(pilot).replace("▌", " ").split()).casefold()
        )
        await keys(pilot, "tab", "tab")
        assert "Before the hotwash no team knows that." in screen_text(pilot)
        await keys(pilot, "escape", "d")
        text = screen_text(pilot)
        assert "BOTH SIDES" in text and " US ━" in text and " China ─" in text
        assert text.count("OUR LINES") == 2


async def test_why_opens_the_steps_of_a_number(replayed: Replayed) -> None:
    """Enter on a curve tells each step with its rule's place; enter on a step goes there."""
    async with replaying(replayed, Start("whole", replayed.last)) as pilot:
        await keys(pilot, "tab", "enter")
        text = screen_text(pilot)
        assert "Why tension stands at" in text and ".yaml:" in text
        first = replayed.why("whole", replayed.last, replayed.curves("whole", 0)[0].number)[0]
        await keys(pilot, "enter")
        assert f"moment {first.seq} of" in screen_text(pilot)


async def test_the_largest_gap_is_one_key_away(replayed: Replayed) -> None:
    """`1` goes to where it was read; the list tells what was meant and read."""
    gap = replayed.gaps("whole", 0)[0]
    async with replaying(replayed, Start(), (140, 40)) as pilot:
        await keys(pilot, "1")
        assert f"moment {gap.seq} of" in screen_text(pilot)
        await keys(pilot, "tab", "tab", "tab")
        text = screen_text(pilot)
        assert "TURNING POINTS" in text and "LARGEST GAPS" in text
        assert "hostile than its sender" in text
        await keys(pilot, "home", "t")
        turning = replayed.turning("whole", 0)[0]
        assert f"moment {turning.seq} of" in screen_text(pilot)


async def test_a_search_goes_round(replayed: Replayed) -> None:
    """`/` goes to the next place, `n` on, and after the last comes the first."""
    hits = replayed.find("whole", "commit-moves")
    async with replaying(replayed, Start()) as pilot:
        await keys(pilot, "slash", "type:commit-moves", "enter")
        assert f"moment {hits[0]} of" in screen_text(pilot)
        await keys(pilot, *["n"] * len(hits))
        assert f"moment {hits[0]} of" in screen_text(pilot)
        await keys(pilot, "N")
        assert f"moment {hits[-1]} of" in screen_text(pilot)
        await keys(pilot, "slash", "type:zzz", "enter")
        assert "“zzz” is nowhere here." in screen_text(pilot)


async def test_a_log_plays_by_itself_and_stops_at_its_end(replayed: Replayed) -> None:
    """Space plays, + makes it faster, and the header says so."""
    async with replaying(replayed, Start("whole", replayed.last - 2)) as pilot:
        await keys(pilot, "plus", "plus", "plus", "plus", "plus")
        assert "‖ 16×" in screen_text(pilot)
        await keys(pilot, "space")
        await until(pilot, f"moment {replayed.last} of")
        await until(pilot, "‖ 16×")


async def test_bookmarks_and_notes_are_kept_beside_the_log(tmp_path: Path) -> None:
    """They are on their page, in the bar, and there again when the log is opened again; markup in them is text."""
    log = opened(tmp_path)
    async with replaying(log, Start("whole", 20)) as pilot:
        await keys(pilot, "b", "type:worst [/] [RED-1]", "enter")
        await keys(pilot, "right", "a", "type:ask them", "enter")
        await keys(pilot, "shift+tab")
        text = screen_text(pilot)
        assert "20 ◆ worst [/] [RED-1]" in text and "21 ✎ ask them" in text and "¶" in text
        await keys(pilot, "home", "enter")
        assert "moment 20 of" in screen_text(pilot)
    assert len(Replayed.opened(tmp_path / "log.jsonl").remarks) == 2


async def test_a_note_that_is_half_written_is_not_left_unasked(tmp_path: Path) -> None:
    """Its words stand in the question; no leads back behind them. Where nothing is written, one leaves at once."""
    log = opened(tmp_path)
    async with replaying(log, Start("whole", 20)) as pilot:
        await keys(pilot, "a", "type:ask them", "ctrl+q")
        assert "Leave the replay?" in screen_text(pilot) and "ask them" in screen_text(pilot)
        await keys(pilot, "ctrl+q", "escape", "type: why", "escape", "ctrl+q")
        assert "ask them why" in screen_text(pilot)
        await keys(pilot, "escape", "a", "type: now", "enter")
        assert [each.text for each in log.remarks] == ["ask them why now"]
        await keys(pilot, "ctrl+q")
        assert not pilot.app.is_running


@pytest.mark.parametrize("leads_on", [True, False])
async def test_the_end_of_what_leads_on_is_one_key_from_a_session_of_ones_own(
    replayed: Replayed, leads_on: bool
) -> None:
    """Enter plays at the last moment alone, where the footer says so; elsewhere it stays where it is."""
    async with replaying(replayed, Start(leads_on=leads_on), (80, 24)) as pilot:
        await keys(pilot, "enter")
        assert "play alone" not in screen_text(pilot) and pilot.app.is_running
        await keys(pilot, "end")
        assert ("enter play alone" in screen_text(pilot)) is leads_on
        await keys(pilot, "enter")
        app = pilot.app
    assert bool(app.return_value) is leads_on


def test_what_both_sides_were_told_is_said_once_and_first() -> None:
    """The rest stands under the name of whose it is."""
    told = both_sides_lines(("Turn 4.", "A chair", "We wait."), ("Turn 4.", "A call.", "A chair"), "en")
    assert list(told) == ["Both: Turn 4. A chair.", "US: We wait.", "China: A call."]


def test_both_sides_are_told_in_heads(replayed: Replayed) -> None:
    """Through the dual lens the header names what arrived and leaves its words to the panes; a search finds them."""
    feeds = ((seq, item) for seq in replayed.moments("us") for item in replayed.view("us", seq).feed)
    words = [(seq, text) for seq, item in feeds if (text := item_words(item, replayed.seat_formatter("us")).text)]
    seq, text = words[0]
    assert text.replace("\n", " ") in "".join(replayed.moment("us", seq).sentences)
    assert text.replace("\n", " ") not in "".join(replayed.moment("dual", seq).sentences)
    assert replayed.find("dual", text.split("\n")[0][:30])


async def test_a_story_stops_where_its_narrator_does(tmp_path: Path) -> None:
    """What is said and the act that was read stand together; space goes on by itself, and a key looks elsewhere.

    At its end nothing is announced that would come next.
    """
    log = read_log(recorded(tmp_path / "log.jsonl", played().actions))
    read = next(entry.seq for entry in log.entries if isinstance(entry.events[0], ReadingSealed))
    mark_log(
        log, [(2, "Nobody has spoken yet."), (read, "This is where they part."), (len(log.entries), "The end [/].")]
    )
    story = Replayed.opened(log.path)
    async with replaying(story, Start("story"), (140, 40)) as pilot:
        assert "Nobody has spoken yet." in screen_text(pilot) and "moment 0 of 2" in screen_text(pilot)
        assert "for what comes next" in screen_text(pilot)
        await keys(pilot, "right")
        text = screen_text(pilot)
        assert "This is where they part." in text and "took it as" in text and "The end" not in text
        await keys(pilot, "u")
        assert "AS THE US SAW IT" in screen_text(pilot)
        await keys(pilot, "s", "space")
        await until(pilot, "The end [/].")
        assert "took it as" not in (text := screen_text(pilot))
        assert "That was the whole story" in text and "for what comes next" not in text


def test_a_page_of_a_story_stands_as_long_as_it_is_read(tmp_path: Path) -> None:
    """Longer where more is said, and never a blink."""
    assert seconds_to_read((prose("Look."),)) == SHORTEST
    assert seconds_to_read((prose("a" * 180), Quote("b" * 180))) == 360 / A_SECOND
