"""What they think our lines are: a page more in the briefing and in the closing, where a session asks."""

from __future__ import annotations

from tests.tui.conftest import Play, keys, screen_text
from tests.tui.fake import HOSTILE, FakeSeat, team_view

from crisis_sim.engine.actions import AdoptLines, DropExpected, ExpectGuess, SealLines
from crisis_sim.engine.sight.shared_facts import GuessFacts

MARKED = GuessFacts(number=1, kind="red", concern="sovereignty", says="Boarding the hull without the host", weight=9)
WRONG = GuessFacts(number=2, kind="pink", concern="face", says="Any talk with the host " + HOSTILE, weight=3)


def asking(*expected: GuessFacts, **more: object) -> FakeSeat:
    """At the briefing of a session that asks."""
    return FakeSeat(team_view(**{"phase": "briefing", "turn": 0, "expected": expected, **more}), second_order=True)


async def test_a_session_that_does_not_ask_has_no_such_page(play: Play) -> None:
    """Four pages, and e does nothing."""
    seat = FakeSeat(team_view(phase="briefing", turn=0))
    async with play(seat) as pilot:
        await keys(pilot, "e", "5")
        assert "Their guess" not in screen_text(pilot)
        assert "[1 The situation]" in screen_text(pilot)
    assert seat.sent == []


async def test_the_page_says_in_one_sentence_what_is_asked(play: Play) -> None:
    """e goes there; all five pages are named on a screen of 80 columns, and our lines are there to be marked."""
    seat = asking(MARKED, WRONG)
    async with play(seat) as pilot:
        await keys(pilot, "e")
        text = screen_text(pilot)
    assert "[5 Their guess]" in text
    assert "What do they think our lines are?" in text
    assert "[x] red: Boarding the hull without the host" in text
    assert "[ ] pink: Hull survey beyond rescue need" in text
    assert "Who may act where, weight 9" in text
    assert text.count("Boarding the hull without the host") == 1, "what is marked is not listed again below"


async def test_a_line_of_ours_is_marked_with_two_keys(play: Play) -> None:
    """Space, and how much they think it matters; esc leaves it as it was."""
    seat = asking()
    async with play(seat) as pilot:
        await keys(pilot, "e", "space", "escape")
        assert seat.sent == []
        await keys(pilot, "space", "8")
    says = "Boarding the hull without the host"
    assert seat.sent == [ExpectGuess(line="red", concern="sovereignty", says=says, weight=8)]


async def test_a_mark_is_taken_off_again(play: Play) -> None:
    """With space or x; a line that they wrongly think we have goes with x."""
    seat = asking(MARKED, WRONG)
    async with play(seat, size=(100, 40)) as pilot:
        await keys(pilot, "e", "space", "x", "end", "up", "x")
    assert seat.sent == [DropExpected(number=1), DropExpected(number=1), DropExpected(number=2)]


async def test_what_they_wrongly_think_is_added_in_small_steps(play: Play) -> None:
    """e on the page: words, kind, concern, and how much they think it matters; a half answer keeps its words."""
    seat = asking()
    async with play(seat) as pilot:
        await keys(pilot, "e", "e", "type:No talks", "enter", "escape", "escape", "e")
        assert "No talks" in screen_text(pilot)
        await keys(pilot, "enter", "2", "2", "3")
    assert seat.sent == [ExpectGuess(line="pink", concern="face", says="No talks", weight=3)]


async def test_hostile_words_are_shown_as_they_are(play: Play) -> None:
    """Nothing in them is obeyed, and wide screens have all five pages side by side."""
    seat = asking(WRONG)
    async with play(seat, size=(140, 40)) as pilot:
        text = screen_text(pilot)
    assert "Guess a line of theirs (g)" in text and "Add a line that they" in text
    assert "We also think that they guess:" in text
    assert "[/]" in text
    assert "\x1b" not in text


async def test_our_own_lines_are_set_aside_as_ever(play: Play) -> None:
    """Space on our lines is space on our lines."""
    seat = asking()
    async with play(seat) as pilot:
        await keys(pilot, "3", "space")
    assert seat.sent == [AdoptLines(lines=("survey", "blame"))]


async def test_in_the_closing_lines_are_marked_and_not_set_aside(play: Play) -> None:
    """Our lines stand as they were played; what they think of them is asked once more."""
    seat = asking(MARKED, phase="closing", turn=6)
    async with play(seat) as pilot:
        await keys(pilot, "3", "space", "e", "space")
    assert seat.sent == [DropExpected(number=1)]


async def test_sealing_says_what_is_missing(play: Play) -> None:
    """Before it is too late."""
    async with play(asking()) as pilot:
        await keys(pilot, "s")
        assert "We have not said what they think our lines are" in " ".join(screen_text(pilot).split())
    seat = asking(MARKED)
    async with play(seat) as pilot:
        await keys(pilot, "s")
        assert "What they guess of ours, as we think: 1." in screen_text(pilot)
        await keys(pilot, "y")
    assert seat.sent == [SealLines()]


async def test_sealed_is_only_to_read(play: Play) -> None:
    """No mark changes once it is sealed."""
    seat = asking(MARKED, committed=True)
    async with play(seat) as pilot:
        await keys(pilot, "5", "space", "e", "x")
    assert seat.sent == []
