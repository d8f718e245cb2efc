"""`host` and `join` as people use them: a host that is killed and hosted again, and terminals that join."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.cli.test_stopping import OnTerminal
from tests.rooms.authority import issued
from tests.small import SMALL_SCENARIO

from crisis_sim.cli import main
from crisis_sim.cli.host_ways import bound_at
from crisis_sim.cli.join import _on_screens
from crisis_sim.engine.actions import AgreeToCard, AnyAction, SealLines, TakeNote
from crisis_sim.rooms.address import room_address
from crisis_sim.rooms.known_hosts import KnownHosts
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import Remote
from crisis_sim.session.admission import consent_of
from crisis_sim.session.log import read_log
from crisis_sim.session.verify import verify


@contextmanager
def hosting(*arguments: str, invited: int = 2) -> Iterator[tuple[subprocess.Popen[str], str, dict[str, str]]]:
    """A host that nobody runs: its process, how one joins, and the codes by place."""
    process = subprocess.Popen(
        [sys.executable, "-m", "crisis_sim", "host", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    try:
        assert process.stdout is not None
        line, codes = "", dict[str, str]()
        wanted = invited if str(SMALL_SCENARIO) in arguments else 0
        while not line or len(codes) < wanted:
            said = process.stdout.readline()
            assert said, "the host ended"
            if found := re.search(r"crisis-sim join (\S+)", said):
                line = found[1]
            if found := re.search(r"(\S+-\d+) +(\w{4}-\w{4})$", said.strip()):
                codes[found[1]] = found[2]
        yield process, line, codes
    finally:
        process.kill()
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]  # a pipe


def hosted(log: Path, *more: str) -> tuple[str, ...]:
    return (str(SMALL_SCENARIO), "--facilitator", "auto", "--bind", "127.0.0.1:0", "--log", str(log), *more)


def test_a_host_that_was_killed_is_hosted_again_and_everybody_comes_back(tmp_path: Path) -> None:
    """What was acknowledged is there; whoever has come needs no code, and no act counts twice."""
    log = tmp_path / "one.jsonl"

    async def note(remote: Remote, text: str) -> None:
        async with remote:
            assert remote.has_agreed == (text == "two"), "what was agreed to outlasts the host that was killed"
            if not remote.has_agreed:
                await remote.submit(AgreeToCard())
            await remote.submit(TakeNote(text=text))

    with hosting(*hosted(log)) as (process, line, codes):
        assert sorted(codes) == ["china-1", "us-1"]
        mirror = SeatMirror(code=codes["us-1"])
        asyncio.run(note(Remote(room_address(line), mirror), "one"))
        mirror.disconnect()
        process.kill()
    with hosting(str(log), "--facilitator", "auto", "--bind", "127.0.0.1:0") as (_process, line, _codes):
        remote = Remote(room_address(line), mirror)
        asyncio.run(note(remote, "two"))
        assert [of.text for of in remote.view().notes] == ["one", "two"]  # type: ignore[union-attr]  # a team's
    assert verify(log).is_whole


def test_a_host_says_how_it_is_reached_and_writes_the_cards(tmp_path: Path) -> None:
    """Behind a proxy without a fingerprint; over a certificate of one's own with that one's."""
    issued(tmp_path)
    sheet = tmp_path / "cards.html"
    own = ("--browsers", str(tmp_path / "site.pem"))
    for number, (more, starts) in enumerate(
        ((("--browsers", "https://crisis.example.org/one/"), "https://crisis.example.org/one"), (own, "127.0.0.1:"))
    ):
        with hosting(*hosted(tmp_path / f"{number}.jsonl", "--sheet", str(sheet), *more)) as (_process, line, codes):
            assert line.startswith(starts) and ("#" in line) == (more == own)
            page = sheet.read_text("utf-8")
            assert f"crisis-sim join {line}<" in page and all(code in page for code in codes.values())
            assert sheet.stat().st_mode & 0o777 == 0o600
            if more == own:
                asyncio.run(_looked(Remote(room_address(line), SeatMirror(code=codes["us-1"]))))


async def _asked(remote: Remote, action: AnyAction) -> None:
    async with remote:
        await remote.submit(action)


async def _looked(remote: Remote) -> None:
    async with remote:
        assert remote.view().seat == "us"


@pytest.mark.parametrize("phase", ["moves", "closed"])
def test_who_leaves_is_asked_back_while_there_is_something_to_come_back_to(
    phase: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line with which one comes back; of an exercise that is over, nothing."""
    remote = Remote("127.0.0.1:9#aaaa-aaaa-aaaa-aaaa", SeatMirror(token="0"))
    remote.mirror.seat = "us"
    monkeypatch.setattr(remote, "view", lambda: SimpleNamespace(phase=phase, session="s"))
    monkeypatch.setattr("crisis_sim.tui.app.run_at", lambda *_, **__: 0)
    assert _on_screens(remote) == 0
    assert ("Come back with: crisis-sim join 127.0.0.1:9" in capsys.readouterr().err) is (phase == "moves")


def test_somebody_joins_at_a_terminal_and_comes_back_without_a_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code is asked for, the team's screen opens; the next time Enter is enough. No code stands in an argument."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    with hosting(*hosted(tmp_path / "one.jsonl")) as (_process, line, codes):
        for typed in (codes["china-1"], ""):
            run = OnTerminal("join", line)
            run.until(b"code from your card")
            assert (b"china-1" in run.said) == (not typed)
            os.write(run.terminal, f"{typed}\r".encode())
            run.until(b"NOW")
            run.process.terminate()
            assert run.ended() == 143
            assert b"Come back with: crisis-sim join" in run.said
    known = json.loads((tmp_path / "home" / "crisis-sim" / "hosts.json").read_text("utf-8"))
    assert [list(of["seats"]) for of in known.values()] == [["china-1"]]


def test_somebody_joins_by_lines_of_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked of the seat is read out, and for whom play waits; what is typed counts at the host."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    log = tmp_path / "one.jsonl"
    with hosting(*hosted(log)) as (_process, line, codes):
        run = OnTerminal("join", line, "--plain")
        run.until(b"code from your card")
        card, briefs = (codes["us-1"], b"Read this card"), ("agree", b"Enter or next goes on")
        for typed, told in (card, briefs, ("seal", b"yes or no"), ("yes", b"Waiting for China")):
            os.write(run.terminal, f"{typed}\r".encode())
            run.until(told)
        run.process.terminate()
        assert run.ended() == 143
    assert [entry.action for entry in read_log(log).entries if entry.seat == "us"][-1] == SealLines()


def test_who_waits_by_lines_looks_meanwhile_and_is_told_when_play_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A prompt is left for what comes up elsewhere; an observer and a facilitator have theirs from the start."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    more = ("--facilitator", "joined", "--people", "us=1,china=1,observers=1")
    with hosting(*hosted(tmp_path / "one.jsonl", *more), invited=4) as (_process, line, codes):
        runs = {seat: OnTerminal("join", line, "--plain") for seat in ("us", "observer", "facilitator")}
        for seat, told in (("facilitator", b"Type next"), ("us", b"Read this card"), ("observer", b"Read this card")):
            runs[seat].until(b"code from your card")
            os.write(runs[seat].terminal, f"{codes[f'{seat}-1']}\r".encode())
            runs[seat].until(told)
        china = SeatMirror(code=codes["china-1"])
        steps = (
            ("us", "agree", b"Enter or next goes on"),
            ("us", "stop", b"Type keep"),
            ("us", "seal yes", b"Waiting for China"),
            ("us", "brief", b"The situation:"),
            ("china", AgreeToCard(), b""),
            ("china", SealLines(), b""),
            ("facilitator", "", b"Both teams are ready"),
            ("observer", "agree", b"You are watching"),
            ("facilitator", "next", b"Turn 1 of"),
            ("us", "", b"Turn 1 of"),
            ("observer", "", b"Turn 1 of"),
        )
        for seat, what, told in steps:
            if not isinstance(what, str):
                asyncio.run(_asked(Remote(room_address(line), china), what))
                continue
            runs[seat].said = b"" if what else runs[seat].said
            os.write(runs[seat].terminal, f"{what}\r".encode() if what else b"")
            runs[seat].until(told)
        for run in runs.values():
            run.process.terminate()
            assert run.ended() == 143


def test_an_exercise_is_run_by_lines_at_its_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where there is no terminal: codes are told and renewed, play goes on and back, and the way on is said."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    log = tmp_path / "one.jsonl"
    host = [
        sys.executable,
        "-m",
        "crisis_sim",
        "host",
        str(SMALL_SCENARIO),
        "--plain",
        "--bind",
        "127.0.0.1:0",
        "--log",
        str(log),
    ]
    typed = ("seats", "place us-1", "1", "door", "next yes", "next yes", "rollback", "yes", "quit")
    run = subprocess.run(host, input="\n".join(typed), capture_output=True, text=True, check=True, timeout=120)
    code, renewed, *_ = re.findall(r"us-1  expected, code (\S+)", run.stdout)
    assert code != renewed and re.search(f"us-1 +{code}", run.stdout) and "facilitator-1  here" in run.stdout
    assert "The door is locked" in run.stdout and "Play goes on in a branch" in run.stdout
    (branch,) = tmp_path.glob("one-*.jsonl")
    assert re.search(rf"crisis-sim host {branch} .*--plain", run.stderr)
    assert verify(log).is_whole and verify(branch).is_whole


FALLS = """
import asyncio, sys
from crisis_sim.cli import main
from crisis_sim.cli.host_rooms import HostRooms
hosts = HostRooms._until_closed
async def falls(self):
    hosting = asyncio.ensure_future(hosts(self))
    while not self._held.now.session.state.paused:
        await asyncio.sleep(0.05)
    raise RuntimeError("fell")
HostRooms._until_closed = falls
sys.exit(main(sys.argv[1:]))
"""
"""A host that falls once somebody has paused."""


def test_a_host_that_falls_under_its_lines_says_so_and_where_the_log_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not as a line that was cut, at which somebody would wait for ever."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    log = tmp_path / "one.jsonl"
    words = ("host", str(SMALL_SCENARIO), "--plain", "--bind", "127.0.0.1:0", "--log", str(log))
    run = OnTerminal(*words, program=("-c", FALLS))
    run.until(b"or help.")
    os.write(run.terminal, b"pause\r")
    run.until(b"its host has stopped")
    assert run.ended() == 3
    assert str(log).encode() in run.said and b"Go on with: crisis-sim host" in run.said
    assert b"this is a fault of ours (RuntimeError)" in run.said


def test_a_wrong_code_is_asked_for_again_and_then_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    with hosting(*hosted(tmp_path / "one.jsonl")) as (_process, line, _codes):
        run = OnTerminal("join", line)
        for _ in range(3):
            run.until(b"code from your card: ")
            run.said = b""
            os.write(run.terminal, b"AAAA-AAAA\r")
            time.sleep(0.2)
        assert run.ended() == 2
        assert b"the host does not know this code" in run.said


def test_a_session_set_up_otherwise_is_begun_first_and_then_hosted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`play --to-host` takes whatever can be set, prints the log, and lets a screen at each seat be assumed."""
    log, card = tmp_path / "one.jsonl", tmp_path / "card.txt"
    card.write_text("All of it is kept.", encoding="utf-8")
    more = ("--seed", "w", "--arm", "early", "--show", "all", "--consent", str(card), "--log", str(log))
    assert main(["play", str(SMALL_SCENARIO), "--china", "agent", *more, "--to-host"]) == 0
    assert capsys.readouterr().out.strip() == str(log)
    header = read_log(log).header
    assert (header.seed, header.show, header.options["arm"]) == ("w", "all", "early")
    assert consent_of(header) == "All of it is kept." and "one_table" not in header.options
    with hosting(str(log), "--facilitator", "joined", "--bind", "127.0.0.1:0") as (_process, line, _codes):
        assert line


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("0.0.0.0", ("0.0.0.0", None)),
        ("0.0.0.0:0", ("0.0.0.0", 0)),
        ("host.example:7420", ("host.example", 7420)),
        ("::1", ("::1", None)),
        ("[::1]", ("::1", None)),
        ("[::]:7420", ("::", 7420)),
    ],
)
def test_an_address_to_listen_at_is_typed_with_its_port_or_without(typed: str, address: tuple[str, int | None]) -> None:
    assert bound_at(typed) == address


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["join", "a b"], "is no address of a host"),
        (["join", "127.0.0.1:9"], "this is none"),
        (["join", "no address", "--plain"], "is no address of a host"),
        (["host", "no-such", "--facilitator", "auto"], "no-such"),
        (["host", str(SMALL_SCENARIO), "--facilitator", "auto", "--people", "us=many"], "is not how many sit where"),
        (
            ["host", str(SMALL_SCENARIO), "--facilitator", "auto", "--china", "firm", "--people", "china=2"],
            "a bot plays china",
        ),
        (["host", str(SMALL_SCENARIO), "--facilitator", "auto", "--browsers", "http://a"], "is no address of a host"),
        (["host", str(SMALL_SCENARIO), "--bind", "127.0.0.1:0"], "this is no terminal"),
        (["host", str(SMALL_SCENARIO), "--facilitator", "auto", "--bind", "192.0.2.9"], "nobody can be listened to"),
        (["host", str(SMALL_SCENARIO), "--facilitator", "auto", "--bind", "127.0.0.1:70000"], "there is no port 70000"),
        (["host", str(SMALL_SCENARIO), "--facilitator", "auto", "--browsers", "none"], "is no certificate"),
    ],
)
def test_a_slip_is_said_with_a_way_out(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    more = ["--log", str(tmp_path)] if words[0] == "host" else []
    more += ["--bind", "127.0.0.1:0"] if words[0] == "host" and "--bind" not in words else []
    assert main([*words, *more]) == 2
    err = capfd.readouterr().err
    assert told in err and "hint: " in err


def test_hosts_are_remembered_for_their_reader_alone(tmp_path: Path) -> None:
    """By fingerprint, with the seats that were taken; another certificate at the place forgets those."""
    place = tmp_path / "hosts.json"
    hosts = KnownHosts(place)
    hosts.remember("a:1", "abcd", "us-1", "token")
    hosts.remember("a:1", "abcd", "us-2", "other")
    known = KnownHosts(place).host_at("a:1")
    assert known is not None and dict(known.seats) == {"us-1": "token", "us-2": "other"}
    hosts.remember("a:1", "wxyz", "us-1", "new")
    again = KnownHosts(place).host_at("a:1")
    assert again is not None and dict(again.seats) == {"us-1": "new"}
    assert place.stat().st_mode & 0o777 == 0o600
    hosts.remember("a:1", "wxyz", "china-1", "from a window that was open before")
    KnownHosts(place).remember("a:1", "wxyz", "us-2", "other")
    hosts.remember("a:1", "wxyz", "us-3", "third")
    assert set((hosts.host_at("a:1") or known).seats) == {"us-1", "china-1", "us-2", "us-3"}
    place.write_text("{", "utf-8")
    assert KnownHosts(place).host_at("a:1") is None


def test_all_who_join_from_one_machine_at_once_are_remembered(tmp_path: Path) -> None:
    """None takes the file from under another, and none forgets another's seat."""
    place, labels = tmp_path / "hosts.json", [f"us-{n}" for n in range(1, 41)]
    with ThreadPoolExecutor(8) as at_once:
        asked = [at_once.submit(KnownHosts(place).remember, "a:1", "abcd", label, "token") for label in labels]
    assert [each.result() for each in asked] == [None] * len(labels)
    known = KnownHosts(place).host_at("a:1")
    assert known is not None and set(known.seats) == set(labels)
