"""The plain door: the card first, one seat at a time, everything reachable by typing, and leaving is always safe."""

from __future__ import annotations

import asyncio
import errno
import os
import re
from pathlib import Path

import pytest
from tests.plain.keyboard import console, heard, typed
from tests.small import small_material
from tests.tui.fake import team_view, teller

from crisis_sim.cli.answer import markdown_prose
from crisis_sim.engine import actions as a
from crisis_sim.engine.actions import TakeSeat
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.form import FormOption
from crisis_sim.pages.pending_blocks import request_blocks
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.plain.console import Back, Console, Quit
from crisis_sim.plain.line_session import play
from crisis_sim.plain.typed import find_option
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.session.admission import OPTION
from crisis_sim.session.draft_file import HalfWritten
from crisis_sim.session.session import Session
from crisis_sim.wording import plain

WIPED = "(out of sight)\n"
EVERYBODY: tuple[a.SeatName, ...] = ("us", "china", "facilitator")


def played(lines: list[str], tmp_path: Path, people: tuple[a.SeatName, ...] = EVERYBODY) -> tuple[str, Session]:
    """What the door says while `lines` are typed, and the session where they left it."""
    session = Session.start(tmp_path, small_material(), seed="1", length=45)
    said: list[str] = []
    seats = {name: SeatReader(session.seat(name), "en") for name in people}
    table = SeatTable(seats, people, log="the-log.jsonl", resume="crisis-sim resume the-log.jsonl")
    assert asyncio.run(play(table, console(lines, said, WIPED))) == 0
    session.close()
    return "".join(said), session


SECRETS = {
    "us": ["guess", "The heron guess", "pink", "face", "7", "note The heron note", "seal yes"],
    "china": ["guess", "The osprey guess", "red", "face", "7", "note The osprey note", "seal yes"],
}
OPENING = ["", *SECRETS["us"], "", *SECRETS["china"], "stop"]
"""Both briefings; nobody is called before China, which has sat down last, is told what happened and makes its moves."""


def stretches(text: str) -> list[str]:
    """What stands on the page between two curtains."""
    return text.split(WIPED)[1:]


def test_nothing_of_one_team_is_in_sight_of_the_other(tmp_path: Path) -> None:
    """Between two curtains stands only what one seat may see, and each names who comes and who looks away."""
    moves = ["move offer-help", "1", "", "", "An open offer", "-2 -1", "commit yes"]
    moves += ["", "stop", "again", "lines", "news", "requests", "telling", "stop", "commit yes", "", "commit yes"]
    moves += ["", "", "commit yes", "", "again", "lines", "news", "requests"]
    text, _ = played([*OPENING, *moves], tmp_path)
    by_seat = {
        name: [part for part in stretches(text) if part.startswith(f"{name} TEAM, please.")] for name in ("US", "CHINA")
    }
    assert len(by_seat["US"]) > 1 < len(by_seat["CHINA"])
    assert "US team and Facilitator, look away." in by_seat["CHINA"][0]
    for part in by_seat["CHINA"]:
        assert "look away." in part and "heron" not in part
    for part in by_seat["US"]:
        assert "osprey" not in part


def test_the_curtain_waits_for_enter(tmp_path: Path) -> None:
    """Until somebody presses Enter, nothing of the next team is shown."""
    text, _ = played([], tmp_path)
    assert text.startswith(f"{WIPED}US TEAM, please. China team and Facilitator, look away.\n")
    assert "Our part" not in text


def test_a_line_that_the_last_seat_typed_on_opens_nothing(tmp_path: Path) -> None:
    """Whoever has committed and types one thing more does not see the other's part."""
    text, _ = played(["list", "commit yes"], tmp_path)
    assert text.count("Only Enter, with nothing typed, opens it.") == 2 and "What is recorded" not in text


def test_one_person_has_no_curtain(tmp_path: Path) -> None:
    """Where one seat is played here, the page is never wiped."""
    text, _ = played(["seal yes"], tmp_path, people=("us",))
    assert WIPED not in text


def test_leaving_says_where_the_log_is(tmp_path: Path) -> None:
    """`quit` at any prompt leaves at once, and says that the log is safe and how to go on."""
    for lines in (["quit"], ["", "guess", "quit"], ["", "guess", "Words.", "pink", "quit", "yes"]):
        text, _ = played(lines, tmp_path)
        assert text.endswith(
            "Everything that was acknowledged is safe in the log:\n  the-log.jsonl\n"
            "Go on with:\n  crisis-sim resume the-log.jsonl\n"
        )


@pytest.mark.parametrize("end", [["quit", "yes"], [], ["back"] * 6])
def test_a_half_written_move_outlasts_leaving(end: list[str], tmp_path: Path) -> None:
    """However somebody leaves: it is kept beside the log, read out when play is resumed, and gone once it is made."""
    half = HalfWritten(tmp_path / "log.half-written.json")
    session = Session.start(tmp_path, small_material(), seed="1", length=45)
    while session.state.phase != "moves":
        session.submit("facilitator", a.Advance())
    table = SeatTable({"us": SeatReader(session.seat("us"), "en")}, ("us",), log="log", resume="go on", half=half)

    def kept(*lines: str) -> str:
        said: list[str] = []
        assert asyncio.run(play(table, console(lines, said, WIPED))) == 0
        return " ".join("".join(said).split())

    told = kept("stop", "move offer-help", "1", "", "", "Two tugs.", *end)
    assert "What is half written is kept until then." in told
    assert ("It is kept for when you come back. Leave?" in told) == (end != ["back"] * 6)
    assert half.path.stat().st_mode & 0o077 == 0
    told = kept("stop", "move", "1", "-2 -1", "quit")
    assert "A move is half written: move goes on with it." in told and "In what words? Two tugs." in told
    assert [draft.text for draft in session.state.us.drafts] == ["Two tugs."] and not half.path.exists()
    half.path.write_bytes(b"[\x00")
    assert "half written" not in kept("stop")
    session.close()


def test_what_is_half_written_is_kept_at_every_question(tmp_path: Path) -> None:
    """A terminal that is killed tells nobody; so are both teams' minutes, and in the hotwash it still lies there."""
    half, teams, said, kept = HalfWritten(tmp_path / "half"), EVERYBODY[:2], list[str](), list[str]()
    session = Session.start(tmp_path, small_material(), seed="1", length=45)
    lines = iter(["", "stop", "move offer-help", "1", "", "", "Two tugs."])

    def go_to(phase: str) -> None:
        while session.state.phase != phase:
            session.submit("facilitator", a.Advance())

    def read() -> str:
        kept.append(f"{half.read()}")
        return f"{line}\n" if (line := next(lines, None)) is not None else ""

    def sit(asks: Console) -> None:
        seats = {name: SeatReader(session.seat(name), "en") for name in teams}
        assert asyncio.run(play(SeatTable(seats, teams, half=half), asks)) == 0

    go_to("moves")
    sit(Console(read, said.append, wipe=WIPED, now=lambda: 60.0 * said.count("> ")))
    assert [("offer-help" in each, "Two tugs." in each) for each in kept[-3:]] == [
        (True, False),
        (True, True),
        (True, True),
    ]
    assert half.spent()["us"][1] >= 60
    go_to("hotwash")
    sit(console([], [], WIPED))
    assert half.read()["us"]["move"]["text"] == "Two tugs."
    session.close()


@pytest.mark.parametrize("again", [True, False])
def test_who_changes_chairs_is_told_at_the_curtain(again: bool, tmp_path: Path) -> None:
    """As each team sits down to a session that is played again from the other side, and no more in its turns."""
    with Session.start(tmp_path, small_material(), seed="1", length=45) as session:
        lines = ["", "seal yes", "", "seal yes", "stop", "commit yes"]
        text = " ".join(heard(session, EVERYBODY, lines, again=again).split())
    told = "US TEAM, please. China team and Facilitator, look away. Chairs are changed: last time you were the China"
    assert text.count(told) == again
    assert text.count("Chairs are changed: last time you were the US team. Press Enter") == again
    assert text.count("TEAM, please.") >= 3 and text.count("Chairs are changed") == 2 * again


def test_back_gives_up_what_was_begun(tmp_path: Path) -> None:
    """`back` out of a guess leaves nothing behind, and back in a move goes one step back."""
    text, session = played(["", "guess", "back", "seal yes"], tmp_path)
    assert "Nothing was done." in text
    assert session.state.us.guesses_before == ()
    assert session.state.us.committed


def test_back_in_a_move_asks_the_step_before_again(tmp_path: Path) -> None:
    """The words can be typed again after the meaning was asked."""
    steps = ["move criticise", "wrong words", "back", "right words", "1", "back", "", "1", "them", "list"]
    _, session = played([*OPENING, *steps], tmp_path)
    assert [draft.text for draft in session.state.china.drafts] == ["right words"]


def test_a_move_that_is_changed_keeps_its_words(tmp_path: Path) -> None:
    """What it says is listed, any of it can be changed, and a hyphen leaves the words out."""
    begun = ["move criticise", "Many words.", "5 5", "them", "revise 1", "3", "6", ""]
    text, session = played([*OPENING, *begun], tmp_path)
    assert "(Many words.)" in text
    assert [(draft.text, draft.intent) for draft in session.state.china.drafts] == [("Many words.", 2)]
    _, session = played([*OPENING, *begun, "revise", "2", "-", ""], tmp_path / "again")
    assert [draft.text for draft in session.state.china.drafts] == [""]


def test_everything_is_listed_and_can_be_typed_by_number(tmp_path: Path) -> None:
    """`?` lists every command with its number; the number does what the word does."""
    text, session = played(["", "stop", "?", "4", "yes"], tmp_path)
    assert "4. seal: Seal lines and guesses" in text
    assert session.state.us.committed


def test_a_number_that_was_not_listed_is_refused(tmp_path: Path) -> None:
    """A number alone does nothing unless it stands on the list just shown; another list takes its place."""
    text, session = played(["", "stop", "4", "?", "99", "lines", "4"], tmp_path)
    assert not session.state.us.committed
    for number in ("4", "99"):
        assert f"{number} is not a number of a list that was just shown." in text
    assert text.count("4 is not a number of a list") == 2


def test_a_number_picks_the_move_that_was_listed_with_it(tmp_path: Path) -> None:
    """A move has the same number in every list, and one that no move has is refused and asked again."""
    asked = ["1", "1", "", "", "-2 -2", "1"]
    text, session = played([*OPENING, "move", "list", "99"], tmp_path)
    (number,) = re.findall(r"(\d+)\. +Reaffirm standing rules", text, re.MULTILINE)
    assert "'99' is not one of these." in text
    text, session = played([*OPENING, f"move {number}", *asked], tmp_path / "again")
    assert [draft.move for draft in session.state.china.drafts] == ["reaffirm-rules"]


def test_a_word_that_only_one_move_has_picks_it(tmp_path: Path) -> None:
    """Nothing is asked twice of who has said it."""
    _text, session = played([*OPENING, "move help", "1", "", "", "", "-2 -2"], tmp_path)
    assert [draft.move for draft in session.state.china.drafts] == ["offer-help"]


@pytest.mark.parametrize("no", ["no", "n", "否", "", "back"])
def test_what_is_final_is_asked_once(no: str, tmp_path: Path) -> None:
    """Sealing and committing wait for a yes; anything but yes and no is asked again, and no leaves all as it was."""
    text, session = played(["", "seal", "perhaps", no], tmp_path)
    assert not session.state.us.committed
    assert text.count("Lines and guesses are final once they are sealed.") == 2
    assert "Nothing was done." in text


@pytest.mark.parametrize("typed", [["seal", "yes"], ["seal", "Y"], ["seal", "是"], ["seal yes"], ["seal 是"]])
def test_a_yes_is_understood_in_both_languages(typed: list[str], tmp_path: Path) -> None:
    """As an answer, or in one line with the command."""
    text, session = played(["", *typed], tmp_path)
    assert session.state.us.committed
    assert ("Seal them?" in text) == (len(typed) == 2)


def test_a_list_is_shown_before_it_is_final(tmp_path: Path) -> None:
    """Committing moves reads the list out, and asks."""
    text, session = played([*OPENING, "move offer-help", "1", "", "", "Tugs.", "-2 -2", "commit", "no"], tmp_path)
    listed, words, asked = text.find("1. Offer help"), text.find("\n  Tugs.\n"), text.find("Our list is final")
    assert 0 < listed < words < asked
    assert not session.state.china.committed
    _, session = played([*OPENING, "commit", "yes"], tmp_path / "yes")
    assert session.state.china.committed


def test_a_request_whose_time_is_past_says_so() -> None:
    """It can still be answered, and is not called due by an hour that has gone."""
    asked, words = (
        team_view().requests[:1],
        {
            20: "no answer yet, due T+20",
            21: "not answered in time, was due T+20; it can still be answered",
        },
    )
    for hour, says in words.items():
        told = lines_of(request_blocks(asked, team_view(hour=hour), teller()), plain)
        assert told == [f"China: Ask for a call; {says}"]


def test_an_inject_is_named_by_its_id_or_its_place(tmp_path: Path) -> None:
    """What is final is asked, and what was struck can still be released."""
    typed = [*OPENING, "hand facilitator", "", "skip 1 yes", "msel struck", "release 1", "no"]
    text, session = played(typed, tmp_path)
    assert "cannot be taken back once it is delivered. Deliver it now?" in text.replace("\n", " ")
    (struck,) = [name for name, at in session.state.injects.items() if at < 0]
    text, session = played([*OPENING, "hand facilitator", "", f"release {struck} yes"], tmp_path / "yes")
    assert session.state.injects[struck] > 0


def test_a_slip_is_answered_with_the_nearest_word(tmp_path: Path) -> None:
    """A word that is none of the commands changes nothing and names the nearest."""
    text, _ = played(["", "stop", "saal"], tmp_path)
    assert "'saal' is nothing to type here; help says what is.\nDid you mean seal?" in text


def test_the_terminal_can_be_handed_over(tmp_path: Path) -> None:
    """Somebody can give the terminal to another seat out of turn; the curtain falls between them."""
    text, _ = played(["", "hand facilitator", "", "pause", "hand us"], tmp_path)
    assert [part.split(",")[0] for part in stretches(text)] == ["US TEAM", "FACILITATOR", "US TEAM"]
    assert "The clock stands" in text


@pytest.mark.parametrize(
    ("text", "found"), [("1", None), ("b-move", "b-move"), ("The s", "b-move"), ("the", None), ("x", None)]
)
def test_what_is_typed_names_one_or_none(text: str, found: str | None) -> None:
    """An id or the beginning of a label names; what fits two names none, and a number is no name."""
    assert find_option(text, [FormOption("a-move", "The first"), FormOption("b-move", "The second")]) == found


def test_the_end_of_input_leaves() -> None:
    """A prompt without further input is an orderly end, and `back` is a way out of every prompt."""
    with pytest.raises(Quit):
        console([], []).ask("What?")
    with pytest.raises(Back):
        console(["back"], []).ask("How many?")


def test_help_at_a_prompt_asks_it_again() -> None:
    """`?` explains and asks the same once more."""
    said: list[str] = []
    assert console(["?", "2"], said).ask("How many?", "Count them.") == "2"
    assert "".join(said).count("How many?") == 2
    assert "Count them." in "".join(said)


def test_a_long_text_is_read_in_whole_paragraphs() -> None:
    """Broken lines are joined, lists and headings stay, and a table's row is one line."""
    text = "# Head\n\nOne *broken\nline* of text.\n\n- item\n- more\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    assert markdown_prose(text) == "Head\n\nOne broken line of text.\n\n- item\n- more\n\n- a; b\n- 1; 2"


def test_what_may_show_of_what_is_sealed_can_be_looked_at(tmp_path: Path) -> None:
    """And `?` says by which word."""
    text, _ = played(["", "stop", "?", "sealed", "quit", "y"], tmp_path)
    assert "sealed: Who sees what we seal" in text
    assert "it shows only in what we then do" in " ".join(text.split())


def test_the_facilitator_is_told_of_a_log_that_fills(tmp_path: Path) -> None:
    """When the terminal comes to that seat, and no team is."""
    said: list[str] = []
    with Session.start(tmp_path, small_material(), seed="1", length=45) as session:
        seats = {name: SeatReader(session.seat(name), "en") for name in EVERYBODY}
        table = SeatTable(seats, EVERYBODY, filling=lambda: 61)
        assert asyncio.run(play(table, console(["", "hand facilitator", ""], said, WIPED))) == 0
    us, facilitator = stretches("".join(said))[-2:]
    assert "The log is 61% as long as can be read again." in " ".join(facilitator.split())
    assert "as long as can be read" not in us


@pytest.mark.parametrize(
    ("language", "lines", "agreed"),
    [
        ("en", ("", "agree", "seal", "yes", "", "agree"), ("us", "china")),
        ("zh", ("", "我方已阅读并同意"), ("us",)),
        ("en", ("", "back", "perhaps", "leave"), ()),
    ],
)
def test_a_team_agrees_behind_its_curtain_or_the_session_is_left(
    language: Language, lines: tuple[str, ...], agreed: tuple[str, ...], tmp_path: Path
) -> None:
    """Each team for itself; what is neither a yes nor leaving asks again."""
    with Session.start(tmp_path / "log.jsonl", small_material(), seed="a", length=45, options={OPTION: ""}) as session:
        for side in SIDES:
            session.submit(side, TakeSeat(occupant="person"))
        heard = typed(session, SIDES, lines, language)
        assert session.state.agreed == agreed
    assert ("What is recorded" in heard) == (language == "en")


def test_on_a_full_disk_enter_does_it_again_and_nothing_is_typed_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session is not left; what was asked for counts once there is room."""
    write, fails = os.write, iter((True, True))

    def no_room(descriptor: int, data: bytes) -> int:
        if b"seen from here" in data and next(fails, False):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", no_room)
    with Session.start(tmp_path / "one.jsonl", small_material(), seed="1", length=45) as session:
        said = heard(session, ("facilitator",), ["note seen from here", "", "", "quit"])
        assert [entry.text for entry in session.view("facilitator").notes] == ["seen from here"]  # type: ignore[union-attr]  # a facilitator's
    assert " ".join(said.split()).count("the disk is full. Free some space, then do it again.") == 2
