"""The plain door: one seat at a time, everything reachable by typing, and leaving is always safe."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.plain.console import Back, Console, Option, Quit, picked
from crisis_sim.plain.door import play
from crisis_sim.plain.prose import prose
from crisis_sim.plain.table import Table
from crisis_sim.plain.turns import order
from crisis_sim.session.session import Session

WIPED = "(out of sight)\n"
EVERYBODY: tuple[a.Seat, ...] = ("us", "china", "facilitator")


def console(lines: list[str], said: list[str]) -> Console:
    typed: Iterator[str] = iter(lines)
    return Console(lambda: f"{line}\n" if (line := next(typed, None)) is not None else "", said.append, wipe=WIPED)


def played(lines: list[str], tmp_path: Path, people: tuple[a.Seat, ...] = EVERYBODY) -> tuple[str, Session]:
    """What the door says while `lines` are typed, and the session where they left it."""
    session = Session.start(tmp_path, small_material(), seed="1", length=45)
    said: list[str] = []
    seats = {name: session.seat(name) for name in people}
    table = Table(seats, people, log="the-log.jsonl", resume="crisis-sim resume the-log.jsonl")
    assert asyncio.run(play(table, console(lines, said))) == 0
    session.close()
    return "".join(said), session


SECRETS = {
    "us": ["guess", "pink", "face", "The heron guess", "7", "note The heron note", "seal"],
    "china": ["guess", "red", "face", "The osprey guess", "7", "note The osprey note", "seal"],
}
OPENING = ["", *SECRETS["us"], "", *SECRETS["china"], "", "next", "next"]


def stretches(text: str) -> list[str]:
    """What stands on the page between two curtains."""
    return text.split(WIPED)[1:]


def test_nothing_of_one_team_is_in_sight_of_the_other(tmp_path: Path) -> None:
    """Between two curtains stands only what one seat may see, and each names who comes and who looks away."""
    moves = [
        "",
        "move offer-help",
        "1",
        "The heron offer",
        "-2",
        "",
        "commit",
        "",
        "lines",
        "news",
        "requests",
        "commit",
    ]
    text, _ = played([*OPENING, *moves], tmp_path)
    by_seat = {
        name: [part for part in stretches(text) if part.startswith(f"{name} TEAM, please.")] for name in ("US", "CHINA")
    }
    assert len(by_seat["US"]) > 1 < len(by_seat["CHINA"])
    for part in by_seat["CHINA"]:
        assert "US team and Facilitator, look away." in part
        assert "heron" not in part
    for part in by_seat["US"]:
        assert "osprey" not in part


def test_the_curtain_waits_for_enter(tmp_path: Path) -> None:
    """Until somebody presses Enter, nothing of the next team is shown."""
    text, _ = played([], tmp_path)
    assert text.startswith(f"{WIPED}US TEAM, please. China team and Facilitator, look away.\n")
    assert "Our part" not in text


def test_one_person_has_no_curtain(tmp_path: Path) -> None:
    """Where one seat is played here, the page is never wiped."""
    text, _ = played(["seal"], tmp_path, people=("us",))
    assert WIPED not in text


def test_leaving_says_where_the_log_is(tmp_path: Path) -> None:
    """`quit` at any prompt leaves at once, and says that the log is safe and how to go on."""
    for lines in (["quit"], ["", "guess", "quit"], ["", "guess", "pink", "face", "quit"]):
        text, _ = played(lines, tmp_path)
        assert text.endswith(
            "Everything that was acknowledged is safe in the log:\n  the-log.jsonl\n"
            "Go on with:\n  crisis-sim resume the-log.jsonl\n"
        )


def test_back_gives_up_what_was_begun(tmp_path: Path) -> None:
    """`back` out of a guess leaves nothing behind, and back in a move goes one step back."""
    text, session = played(["", "guess", "back", "seal"], tmp_path)
    assert "Nothing was done." in text
    assert session.state.us.guesses_before == ()
    assert session.state.us.committed


def test_back_in_a_move_asks_the_step_before_again(tmp_path: Path) -> None:
    """The words can be typed again after the meaning was asked."""
    steps = ["move criticise", "wrong words", "back", "right words", "1", "list"]
    _, session = played([*OPENING, "", *steps], tmp_path)
    assert [draft.text for draft in session.state.us.drafts] == ["right words"]


def test_everything_is_listed_and_can_be_typed_by_number(tmp_path: Path) -> None:
    """`?` lists every command with its number; the number does what the word does."""
    text, session = played(["", "?", "6"], tmp_path)
    assert "6. seal: seal lines and guesses: we are ready" in text
    assert session.state.us.committed


def test_a_slip_is_answered_with_the_nearest_word(tmp_path: Path) -> None:
    """A word that is none of the commands changes nothing and names the nearest."""
    text, _ = played(["", "saal"], tmp_path)
    assert "'saal' is not something to type here.\nDid you mean seal?" in text


def test_the_terminal_can_be_handed_over(tmp_path: Path) -> None:
    """Somebody can give the terminal to another seat out of turn; the curtain falls between them."""
    text, _ = played(["", "hand facilitator", "", "pause", "hand us"], tmp_path)
    assert [part.split(",")[0] for part in stretches(text)] == ["US TEAM", "FACILITATOR", "US TEAM"]
    assert "Paused." in text


@pytest.mark.parametrize(
    ("text", "found"),
    [("1", "a-move"), ("b-move", "b-move"), ("The s", "b-move"), ("the", None), ("3", None), ("x", None)],
)
def test_what_is_typed_picks_one_or_none(text: str, found: str | None) -> None:
    """A number, an id or the beginning of a label picks; what fits two picks none."""
    assert picked(text, [Option("a-move", "The first"), Option("b-move", "The second")]) == found


def test_the_end_of_input_leaves() -> None:
    """A prompt without further input is an orderly end, and `back` is a way out of every prompt."""
    with pytest.raises(Quit):
        console([], []).ask("What?")
    with pytest.raises(Back):
        console(["back"], []).number("How many?", 1, 3)


def test_help_at_a_prompt_asks_it_again() -> None:
    """`?` explains and asks the same once more."""
    said: list[str] = []
    assert console(["?", "2"], said).number("How many?", 1, 3, "Count them.") == 2
    assert "".join(said).count("How many?") == 2
    assert "Count them." in "".join(said)


def test_teams_take_turns_at_being_asked_first() -> None:
    """The team that is asked first changes with the turn; the facilitator comes last."""
    assert order(EVERYBODY, 1) == ("us", "china", "facilitator")
    assert order(EVERYBODY, 2) == ("china", "us", "facilitator")


def test_a_long_text_is_read_in_whole_paragraphs() -> None:
    """Broken lines are joined, lists and headings stay, and a table's row is one line."""
    text = "# Head\n\nOne *broken\nline* of text.\n\n- item\n- more\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    assert prose(text) == "Head\n\nOne broken line of text.\n\n- item\n- more\n\n- a; b\n- 1; 2"
