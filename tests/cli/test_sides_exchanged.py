"""A session once more from the other side: everything is as it was but who sits where, and luck."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from tests.small import SMALL_SCENARIO

from crisis_sim.cli import main, menu, playing
from crisis_sim.cli.ending import SessionOver
from crisis_sim.cli.played_again import command, exchanged, other_side
from crisis_sim.cli.seating import Seated, begin_session
from crisis_sim.pages.menu_choice import MenuChoice
from crisis_sim.playtest.bots import AutoFacilitator, bot_for, play_out


def table(place: Path, **more: object) -> Seated:
    asked = {"us": "person", "china": "mirror", "facilitator": "auto", "seed": 3, **more}
    return begin_session(MenuChoice(do="start", length=90, **{"scenario": str(SMALL_SCENARIO), **asked}), place=place)  # type: ignore[arg-type]  # as keywords


def test_a_person_sits_where_the_bot_sat(tmp_path: Path) -> None:
    """Same material, length and choices, under fresh luck, in a log beside the first."""
    first = table(tmp_path, scenario="bottomed-submarine", offence_card="short")
    with first.session:
        again = other_side(first)
        with again.session:
            assert (first.people, again.people) == (("us",), ("china",))
            assert [bot.seat for bot in again.bots] == ["us", "facilitator"]
            old, new = first.session.header, again.session.header
            assert (old.length, old.material, old.show) == (new.length, new.material, new.show)
            again_of = first.session.table.session
            assert new.options == {**old.options, "again_of": again_of}
            assert new.seed != old.seed and again.session.path.parent == first.session.path.parent


def test_two_teams_at_one_table_change_chairs(tmp_path: Path) -> None:
    """Both seats stay people's; it is the people who move."""
    with table(tmp_path, china="person", facilitator="person").session as session:
        choice = exchanged(Seated(session, ("us", "china", "facilitator"), (), "en"))
        assert (choice.us, choice.china, choice.facilitator) == ("person", "person", "person")


def test_the_command_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lines of text offer begins just that session."""
    first = table(tmp_path, scenario="lost-airliner", cards=False, offence_card="full", briefs="explained")
    begun_so: list[Seated] = []

    def played(seated: Seated, *, plain: bool) -> int:
        begun_so.append(seated)
        return 0

    monkeypatch.setattr("crisis_sim.cli.play.play_at", played)
    with first.session, other_side(first).session as again:
        words = shlex.split(command(first))
    assert words[:2] == ["crisis-sim", "play"]
    assert main([*words[1:], "--log", str(tmp_path), "--lang", "en"]) == 0
    with begun_so[0].session as typed:
        assert typed.header.options == again.header.options
        assert typed.header.material == again.header.material
        assert typed.state.seats == again.state.seats


def test_lines_of_text_end_with_what_comes_then(tmp_path: Path) -> None:
    """Debrief, replay, and once more from the other side, each as a command."""
    first = table(tmp_path / "log.jsonl")
    with first.session as session:
        us = bot_for("us", "rota", "9", session.seat("us").dossier, "en", ())
        play_out([*first.bots, us, AutoFacilitator(close=True)], lambda seat: session.seat(seat).view(), session.submit)
        assert session.state.phase == "closed"
        held = playing.CurrentSession(first).table(plain=True)
        assert held.debrief.startswith("crisis-sim debrief")
        assert [words.split()[1] for _, words in held.next_commands] == ["replay", "play"]
        assert held.next_commands[1][1].endswith("--swap-sides --plain")


def test_after_each_session_that_is_closed_at_screens_the_menu_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is chosen there may be a session again; the last choice gives the code."""
    first = table(tmp_path)
    closed: list[tuple[str, Seated]] = []

    def over(verb: str) -> int:
        closed.append((verb, first))
        raise SessionOver(first)

    monkeypatch.setattr("crisis_sim.cli.resume.resume", lambda log: over(log))
    monkeypatch.setattr(menu, "choose_next", lambda table: over("menu") if len(closed) < 3 else len(closed))
    with first.session:
        assert main(["resume", "log.jsonl"]) == 3
    assert [verb for verb, _ in closed] == ["log.jsonl", "menu", "menu"]
