"""Lines and guesses by typed lines."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from tests.engine.play import shipped
from tests.plain.keyboard import typed
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.plain.console import Console
from crisis_sim.plain.line_session import play
from crisis_sim.session.session import Session


def test_the_closing_keeps_what_was_guessed_before_play(tmp_path: Path) -> None:
    """Guesses made before play are told with the lines, and are made once more by their numbers."""
    session = Session.start(tmp_path, small_material(), seed="1", length=45)
    for says in ("The heron guess", "The osprey guess"):
        session.submit("us", a.GuessLine(line="pink", concern="face", says=says, weight=7))
    while session.state.phase != "closing":
        session.submit("facilitator", a.Advance())
    told = typed(session, ("us",), ["stop", "lines", "keep", "2"])
    session.close()
    told = told.partition("not yet again:")[2]
    assert "The heron guess" in told and "The osprey guess" in told
    guess = session.state.us.guesses_after
    assert [(each.line, each.concern, each.says, each.weight) for each in guess] == [
        ("pink", "face", "The osprey guess", 7)
    ]


def typed_by_us(tmp_path: Path, *lines: str) -> tuple[Session, str]:
    """A session of the small scenario after the US team has typed some lines, and what it was told."""
    session = Session.start(tmp_path, small_material(), seed="1", length=45)
    told = typed(session, ("us",), lines)
    session.close()
    return session, told


def test_what_can_be_typed_is_told_in_the_readers_language(tmp_path: Path) -> None:
    """In every phase of a session in which all is asked: nothing of a list is left in English."""
    session, listed = Session.start(tmp_path / "log.jsonl", shipped("new-virus"), seed="1", length=90), set[str]()
    while session.state.phase != "closed":
        said: list[str] = []
        console = Console(iter(["stop\n", "?\n", ""]).__next__, said.append, language="zh", wipe="")
        table = SeatTable({"us": SeatReader(session.seat("us"), "zh")}, ("us",))
        asyncio.run(play(table, console))
        listed |= set(re.findall(r"^\d+\. (\S+：.*)", "".join(said), re.MULTILINE))
        session.submit("facilitator", a.Advance())
    session.close()
    assert {"对方排序", "提问"} <= {line.partition("：")[0] for line in listed}
    assert [line for line in sorted(listed) if re.search(r"[A-Za-z]{2,}", line)] == []


def test_lines_to_keep_are_named_with_the_command(tmp_path: Path) -> None:
    """`keep 1` keeps the first and sets the other aside; a number that counts nothing is asked for again."""
    session, said = typed_by_us(tmp_path, "keep 1")
    assert list(session.state.us.adopted) == ["hull-survey"]
    assert "Which of these do we keep?" not in said
    session, said = typed_by_us(tmp_path / "other", "keep 9", "1 2")
    assert list(session.state.us.adopted) == ["hull-survey", "boarding"]


def test_a_number_is_no_sentence(tmp_path: Path) -> None:
    """Where words are asked for, a number alone is asked again, and is no guess."""
    session, said = typed_by_us(tmp_path, "guess pink face", "8", "They hear it last", "7")
    assert [guess.says for guess in session.state.us.guesses_before] == ["They hear it last"]
    assert "A number says nothing yet: say it in words." in said


def test_a_line_typed_whole_is_taken_whole(tmp_path: Path) -> None:
    """Kind, concern, weight and words can follow the command, by id or by name; what is not there is asked for."""
    material = small_material()
    session = Session.start(tmp_path, material, seed="1", length=45)
    told = typed(
        session,
        ("us",),
        [
            "guess red face 5 They bow to nobody",
            f"guess pink {material.concerns['face'].en} They hear it last",
            "7",
            "write red fcae 9 Kept words",
            "",
            "face",
            "write red face 12 Other words",
            "8",
        ],
    )
    session.close()
    us = session.state.us
    assert [(each.line, each.concern, each.says, each.weight) for each in us.guesses_before] == [
        ("red", "face", "They bow to nobody", 5),
        ("pink", "face", "They hear it last", 7),
    ]
    assert "Nothing was typed." in told
    assert "'fcae' is not one of these. Did you mean face?" in told
    assert [(line.says, line.weight) for line in us.own_lines] == [("Kept words", 9), ("Other words", 8)]


def test_offences_are_ordered_by_their_numbers(tmp_path: Path) -> None:
    """All of them at once with the command, or asked for; a slip is said, and nothing is kept of it."""
    session = Session.start(tmp_path, small_material(), seed="1", length=45, options={"offence_card": "full"})
    told = typed(
        session, ("us",), ["lines", "order 3 1 2", "4,1，３、2", "theirs 2 1 4 3", "order 4 3 2 1", "lines", "seal yes"]
    )
    session.close()
    assert "We have ordered nothing: each of these acts weighs with us as the rules weigh it." in told
    assert "That does not name each number from 1 to 4 once." in told
    acts = tuple(small_material().profiles["blame-worst"].order)
    card = ("public-blame", "refused-call", "silence", "one-sided-readout")
    us = session.state.us
    assert sorted(acts) == sorted(card)
    assert us.order == card[::-1]
    assert us.order_guess_before == ("refused-call", "public-blame", "one-sided-readout", "silence")


def test_their_order_is_guessed_while_the_other_team_still_writes(tmp_path: Path) -> None:
    """Once our lines are sealed it is all that can still be typed of them; our own order is final."""
    session = Session.start(tmp_path, small_material(), seed="1", length=45, options={"offence_card": "full"})
    session.submit("us", a.SealLines())
    told = typed(session, ("us",), ["theirs 2 1 4 3", "order 4 3 2 1"])
    session.close()
    assert "Briefing. Type theirs, note, now, news, or help." in told
    assert "'order' is nothing to type here; help says what is." in told
    us = session.state.us
    assert us.order == ()
    assert us.order_guess_before == ("refused-call", "public-blame", "one-sided-readout", "silence")


def test_a_session_without_a_card_has_no_such_command(tmp_path: Path) -> None:
    """And speaks of no order."""
    session = Session.start(tmp_path, small_material(), seed="1", length=45)
    told = typed(session, ("us",), ["order 1 2", "lines"])
    session.close()
    assert "gravely" not in told
