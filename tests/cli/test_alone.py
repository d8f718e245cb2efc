"""Whoever is alone: one bot that listens wherever one is named, and what comes after the end."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.bots import bot_at
from tests.small import SMALL_SCENARIO

from crisis_sim.cli import main, menu
from crisis_sim.cli.play import alone_command
from crisis_sim.cli.played_again import branch_session, commands_after, misread_turns, parent_log
from crisis_sim.cli.seating import Seated, begin_session, resume_session, seat_players
from crisis_sim.pages.menu_choice import MenuChoice, ScenarioEntry, alone
from crisis_sim.pages.opening import PAIRS, opening_for
from crisis_sim.playtest.bots import play_out
from crisis_sim.session.log import read_log

Captured = pytest.CaptureFixture[str]
ENTRY = ScenarioEntry(str(SMALL_SCENARIO), "Small", "", (45,), ("en",), ())
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("options", "seats"),
    [
        (["--us", "person"], ("person", "attentive", "auto")),
        (["--china", "person"], ("attentive", "person", "auto")),
        (["--us", "person", "--china", "firm"], ("person", "firm", "auto")),
        ([], ("person", "person", "person")),
        (["--us", "firm"], ("firm", "person", "auto")),
    ],
)
def test_where_one_person_plays_the_bot_that_listens_plays_the_other_team(
    options: list[str], seats: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless another is named; where nobody is named people play both, at one terminal."""
    seen: list[MenuChoice] = []
    monkeypatch.setattr("crisis_sim.cli.play.begin_session", lambda choice, **_: seen.append(choice))
    monkeypatch.setattr("crisis_sim.cli.play.play_at", lambda table, **_: 0)
    assert main(["play", "new-virus", *options]) == 0
    assert [(of.us, of.china, of.facilitator) for of in seen] == [seats]


def test_readme_pages_and_menu_name_one_bot_for_who_is_alone() -> None:
    """The command that the demo ends with stands in the README and on the page about playing, in both languages."""
    command = alone_command().removeprefix("crisis-sim ")
    assert alone(ENTRY, "en").china == command.split()[-1] == "attentive"
    for page in ("README.md", "docs/zh/README.md", "docs/play.md", "docs/zh/play.md"):
        assert f"scripts/run {command}" in (ROOT / page).read_text(encoding="utf-8"), page


@pytest.mark.parametrize("verb", [["demo", "--try", "--plain"], ["demo", "--plain"]])
@pytest.mark.parametrize("answer", [True, False])
def test_try_and_demo_lead_to_a_session_or_say_how_one_is_begun(
    verb: list[str], answer: bool, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """No dead end: yes plays, and no leaves behind a command that can be typed as this was."""
    played: list[dict[str, Any]] = []

    def play(**how: Any) -> int:  # Any: what the command line was given
        played.append(how)
        return 0

    monkeypatch.setenv("CRISIS_SIM_STARTED_BY", "scripts/run")
    monkeypatch.setattr("crisis_sim.cli.demo.watch_demo", lambda *, plain: answer)
    monkeypatch.setattr("crisis_sim.cli.demo.try_first_move", lambda *, plain: answer)
    monkeypatch.setattr("crisis_sim.cli.demo.play_alone", play)
    command = "scripts/run play new-virus --us person --china attentive"
    for spoken in ([], ["--lang", "zh"]):
        played.clear()
        assert main([*verb, *spoken]) == 0
        assert played == ([{"plain": True}] if answer else [])
        assert (" ".join((command, *spoken)) in capsys.readouterr().out) is not answer


@pytest.fixture
def over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seated]:
    """A session that one person played as the United States, and left in its hotwash."""
    monkeypatch.chdir(tmp_path)
    table = begin_session(replace(alone(ENTRY, "en"), china="firm"), place=tmp_path / "one.jsonl", seed="3")
    with table.session as session:
        person = bot_at(session.table, "us", "reckless", "3")
        play_out((*table.bots, person), lambda seat: session.seat(seat).view(), session.submit)
        assert session.state.phase == "hotwash" and table.people == ("us",)
        yield table


def test_a_session_alone_asks_for_no_card_and_begins_its_hotwash_with_the_acts(over: Seated) -> None:
    """The card on what is recorded is for several; how it ended has just been read, and one key opens an act."""
    view = over.session.seat("us").view()
    opening = opening_for(over.seats["us"], over.people)
    assert over.session.seat("us").dossier.consent is None
    assert (opening.page, opening.alone) == (PAIRS, "us")
    assert view.hotwash is not None
    for _key in range(2 * len(view.hotwash.pairs)):
        opening.on(view.hotwash)
    assert opening.pair == len(view.hotwash.pairs) - 1


def test_a_session_that_was_left_says_what_can_be_done_with_it_in_commands_that_work(over: Seated) -> None:
    """Debrief, replay and what if, none of which needs it to be played on."""
    commands = [command for _words, command in commands_after(over)]
    over.session.close()
    assert [command.split()[1] for command in commands] == ["debrief", "replay", "branch"]
    for command in commands:
        assert main(shlex.split(command)[1:]) == 0, command


def test_what_if_plays_the_other_course_to_its_end_and_lays_both_side_by_side(
    over: Seated, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """From the turn that was misread most; the session stays as it is, and one key leads back to what can be done."""
    turns = misread_turns(over)
    gaps = {pair.turn: abs(pair.gap or 0) for pair in sorted(_pairs(over), key=lambda pair: abs(pair.gap or 0))}
    assert gaps[turns[0].turn] == max(gaps.values()) > 0 and "meant" in turns[0].summary
    over.session.close()
    before = over.session.path.read_bytes()
    choices = iter([MenuChoice(do="what-if", log="", turn=turns[0].turn, us="attentive"), None])
    monkeypatch.setattr("crisis_sim.tui.menu_screen.run_menu", lambda offer, **_: next(choices))
    monkeypatch.setattr("builtins.input", lambda: "")
    assert menu.choose_next(over) == 0 and next(choices, "none is left") == "none is left"
    told = capsys.readouterr()
    assert f"part in turn {turns[0].turn}" in told.out and "At the end:" in told.out
    assert "crisis-sim compare" in told.err and over.session.path.read_bytes() == before
    (made,) = over.session.path.parent.glob("one-turn-*.jsonl")
    assert read_log(made).header.parent is not None


def test_a_turn_is_played_again_by_its_people_and_can_be_compared(over: Seated) -> None:
    """The same person against the same bot, in a session of its own that knows what it parted from."""
    over.session.close()
    again = branch_session(over, misread_turns(over)[0].turn, by_bot=False)
    with again.session:
        assert again.people == ("us",) and again.session.state.phase not in ("hotwash", "closed")
        assert parent_log(again) == over.session.path and parent_log(over) is None
    with resume_session(over.session.path) as session:
        assert seat_players(session).people == ("us",)


def _pairs(table: Seated) -> list[Any]:  # Any: facts of an act and its reading
    hotwash = table.session.seat("facilitator").view().hotwash
    assert hotwash is not None
    return [pair for pair in hotwash.pairs if pair.reading is not None]
