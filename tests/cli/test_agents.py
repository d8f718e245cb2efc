"""A language model at a seat as commands have it: joined to a host, and named where a bot could be."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from tests.agents.model_server import Answer, fitting, said, serving
from tests.cli.test_rooms import hosted, hosting
from tests.session.play import take_a_call
from tests.small import SMALL_SCENARIO, small_material

from crisis_sim.cli import main
from crisis_sim.cli.played_again import exchanged
from crisis_sim.cli.seating import SEATABLE, begin_session, reseat, resume_session
from crisis_sim.engine import actions as a
from crisis_sim.pages.menu_choice import MenuChoice
from crisis_sim.playtest.bots import bot_for, sit
from crisis_sim.rooms.address import room_address
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote
from crisis_sim.rules.names import SIDES
from crisis_sim.session.log import Log, acts_by_harness, read_log
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify


def by_models(log: Log) -> set[tuple[str, str, str]]:
    """The seats of models, each with its model and what was sent with its questions."""
    told = [(entry.seat, entry.action.report) for entry in log.entries if isinstance(entry.action, a.ReportModel)]
    return {(seat, report.model, report.settings) for seat, report in told}


def test_two_models_join_a_host_and_play_its_session_to_the_end(tmp_path: Path) -> None:
    """By `join --agent` alone, each with its limits; the log says who played, and how."""
    log = tmp_path / "one.jsonl"
    agents = ("--us", "agent", "--china", "agent")
    with serving(fitting) as server, hosting(*hosted(log, *agents)) as (host, line, codes):
        command = (sys.executable, "-m", "crisis_sim", "join", line, "--agent")
        model = f"{server.url}#temperature=0.3&lines=2&seconds=60&seed=7&model="
        pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": tmp_path}
        joined = [subprocess.Popen([*command, f"{model}{seat}"], **pipes) for seat in SIDES]  # type: ignore[call-overload]  # as above
        for seat, process in zip(SIDES, joined, strict=True):
            process.stdin.write(f"{codes[f'{seat}-1']}\n")
            process.stdin.flush()
        for process in joined:
            _out, said = process.communicate(timeout=120)
            assert process.returncode == 0 and "The model has played this seat to its end." in said, said
        assert host.poll() is None
    whole = read_log(log)
    assert verify(log).is_whole and {asked["model"] for asked in server.asked} == {"us", "china"}
    assert {asked["temperature"] for asked in server.asked} == {0.3}
    assert by_models(whole) == {(seat, seat, "temperature=0.3 seed=7") for seat in SIDES}
    assert {asked["seed"] for asked in server.asked} == {7}
    for seat in SIDES:
        assert (tmp_path / f"{whole.header.session}-{seat}.agents.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_model_joins_no_place_of_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told how one is opened for it, and asks nothing."""
    monkeypatch.chdir(tmp_path)
    with serving(fitting) as server, hosting(*hosted(tmp_path / "one.jsonl")) as (_host, line, codes):
        joined = subprocess.run(
            [sys.executable, "-m", "crisis_sim", "join", line, "--agent", f"{server.url}#model=m"],
            input=f"{codes['us-1']}\n",
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert joined.returncode == 2 and "this place is kept for people" in joined.stderr
    assert server.asked == []


def test_a_host_seats_a_model_beside_people(tmp_path: Path) -> None:
    """It has no place and no code; whoever joins the other team sees that a bot plays there, and that it can write."""
    log = tmp_path / "one.jsonl"

    async def play(remote: Remote) -> None:
        async with remote:
            await remote.submit(a.AgreeToCard())
            view = remote.view()
            assert "china" in view.bots and view.programs == ("china",)
            bot = asyncio.create_task(sit(bot_for("us", "rota", "1", remote.dossier), remote))
            changes = remote.changes()
            async with asyncio.timeout(120):
                while remote.view().phase != "hotwash":
                    await anext(changes)
            bot.cancel()

    with serving(fitting) as server:
        seat = ("--china", f"agent:{server.url}#model=small&lines=1")
        with hosting(*hosted(log, *seat), invited=1) as (_host, line, codes):
            assert list(codes) == ["us-1"]
            asyncio.run(play(Remote(room_address(line), SeatMirror(code=codes["us-1"]))))
    assert by_models(read_log(log)) == {("china", "small", "temperature=0.7")}
    assert verify(log).is_whole and (tmp_path / "one-china.agents.jsonl").exists()


def test_two_models_play_at_one_terminal_to_the_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As two bots do: it is over when the command is; each has a file of its own beside the log."""
    log = tmp_path / "one.jsonl"
    with serving(fitting) as server:
        models = [option for seat in SIDES for option in (f"--{seat}", f"agent:{server.url}#model={seat}&lines=1")]
        assert main(["play", str(SMALL_SCENARIO), *models, "--log", str(log)]) == 0
    whole = read_log(log)
    assert verify(log).is_whole and capsys.readouterr().out
    assert [entry.action.policy for entry in whole.entries if isinstance(entry.action, a.TakeSeat)][:2] == [a.AGENT] * 2
    assert server.url not in log.read_text("utf-8")
    assert all((tmp_path / f"one-{seat}.agents.jsonl").exists() for seat in SIDES)


def test_a_person_by_lines_and_a_model_talk_in_one_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is typed is asked of the endpoint, and its answer read out before the next line is asked for."""
    log = tmp_path / "one.jsonl"
    with Session.start(log, small_material(), seed="a", length=150, bots=SEATABLE) as session:
        session.submit("china", a.TakeSeat(occupant="bot", policy=a.AGENT))
        take_a_call(session)
    typed = ("", "", "Who is on the spot?", "And how many?", "stop", "yes", "We asked who is there.", "quit", "yes")
    monkeypatch.setattr("sys.stdin", StringIO("\n".join((*typed, ""))))
    with serving(fitting) as server:
        assert main(["resume", str(log), "--plain", "--china", f"agent:{server.url}#model=m&lines=2"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    ours, theirs = "United States: Who is on the spot?", "China: We ask you to share what you know."
    assert (
        told.index("A program plays them.") < told.index(ours) < told.index(theirs) < told.index("We ended the talk.")
    )
    asked = [each["messages"][1]["content"] for each in server.asked if "What do we say to them?" in str(each)]
    assert "Who is on the spot?" in asked[0] and "And how many?" in asked[1]
    said = [(entry.seat, entry.action.text) for entry in read_log(log).entries if isinstance(entry.action, a.SayInCall)]
    assert [side for side, _text in said] == ["us", "china"] * 2 and verify(log).is_whole


REFUSES = said("I'm sorry, I can't help with that.")


def refusing(_number: int, _asked: dict[str, Any]) -> Answer:
    """A model that will not play."""
    return REFUSES


def test_a_model_that_refuses_ends_a_session_played_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With exit code 1, the model's own words, where the log is and how to go on; the log is sound and marked."""
    log = tmp_path / "one.jsonl"
    with serving(refusing) as server:
        who = ("--us", f"agent:{server.url}#model=m", "--china", "rota")
        assert main(["play", "lost-airliner", "--length", "45", *who, "--log", str(log)]) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "3 questions in a row have no answer that can be used" in told and "I'm sorry" in told
    assert "Go on with: crisis-sim resume" in told and verify(log).is_whole
    assert acts_by_harness(read_log(log).entries)["us"] > 0


def test_a_wrong_key_ends_a_session_beside_people_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is asked of them, with where to look and how to go on."""
    log = tmp_path / "one.jsonl"
    monkeypatch.setattr("sys.stdin", StringIO(""))
    with serving(lambda _number, _asked: (403, b"")) as server:
        who = ("--us", f"agent:{server.url}#model=m", "--plain")
        assert main(["play", "lost-airliner", "--length", "45", *who, "--log", str(log)]) == 1
        assert len(server.asked) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "HTTP 403" in told and "CRISIS_SIM_AGENT_KEY" in told and "Go on with: crisis-sim resume" in told
    assert verify(log).is_whole and not acts_by_harness(read_log(log).entries)


def test_a_host_ends_with_a_model_of_its_own_that_refuses(tmp_path: Path) -> None:
    """With exit code 1 and how it is hosted again; the log is sound and marked."""
    log = tmp_path / "one.jsonl"
    with serving(refusing) as server:
        seats = ("--us", f"agent:{server.url}#model=m", "--china", "rota")
        host = subprocess.run(
            [sys.executable, "-m", "crisis_sim", "host", *hosted(log, *seats)],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert host.returncode == 1 and "its model is given up" in host.stderr and "crisis-sim host" in host.stderr
    assert "fault of ours" not in host.stderr
    assert verify(log).is_whole and acts_by_harness(read_log(log).entries)["us"] > 0


def test_a_model_that_joined_and_refuses_leaves_and_ends_a_host_that_nobody_runs(tmp_path: Path) -> None:
    """Both with exit code 1: nobody could seat another."""
    log = tmp_path / "one.jsonl"
    seats = ("--us", "agent", "--china", "rota")
    with serving(refusing) as server, hosting(*hosted(log, *seats), invited=1) as (host, line, codes):
        joined = subprocess.run(
            [sys.executable, "-m", "crisis_sim", "join", line, "--agent", f"{server.url}#model=m"],
            input=f"{codes['us-1']}\n",
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            cwd=tmp_path,
        )
        assert joined.returncode == 1 and "its model is given up" in joined.stderr
        assert host.wait(60) == 1
    assert verify(log).is_whole and acts_by_harness(read_log(log).entries)["us"] > 0


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("agent:http://192.0.2.1/v1#model=m", "would go unencrypted to 192.0.2.1"),
        ("agent:nowhere", "a model has the address of an endpoint and a name"),
        ("agent:http://127.0.0.1:9/v1", "a model has the address of an endpoint and a name"),
        ("agent:http://127.0.0.1:9/v1#model=m&lines=90", "lines is a number from 0 to 40, and '90' is none"),
        ("agent:http://127.0.0.1:9/v1#model=m&retries=2", "'retries' is neither a setting nor a limit of a model"),
        ("agent", "there is no bot called 'agent'"),
    ],
)
def test_a_model_that_cannot_be_asked_is_refused_before_anything_begins(
    who: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what it could have been; no log is begun."""
    log = tmp_path / "one.jsonl"
    assert main(["play", str(SMALL_SCENARIO), "--china", who, "--log", str(log)]) == 2
    assert told in capsys.readouterr().err and not log.exists()


def test_a_model_is_named_again_where_a_session_goes_on(tmp_path: Path) -> None:
    """No log says where it is asked: the command that goes on says it, and so does the one from the other side."""
    line = "agent:http://127.0.0.1:9/v1#model=m&temperature=0.7&lines=4"
    table = begin_session(MenuChoice(do="start", scenario=str(SMALL_SCENARIO), length=45, china=line), place=tmp_path)
    with table.session:
        assert table.people == ("us", "facilitator") and table.resume.endswith(f"--china '{line}'")
        assert exchanged(table).us == line and exchanged(table).china == "person"
    with resume_session(table.session.path) as session:
        again = reseat(session, {})
        assert again.people == ("us", "china", "facilitator") and again.strangers == (("china", "agent"),)
        assert reseat(session, {"china": line}).people == ("us", "facilitator")
