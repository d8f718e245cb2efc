"""A log of very many entries in one turn costs what its length is, and not the square of it, whoever opens it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crisis_sim.cli import main
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.session.log import read_log
from crisis_sim.session.record import Entry, sealed_entry

STEP = 600
"""Entries more from each log to the next."""
VERBS = {
    "replay": ["replay", "LOG", "--open"],
    "replay, by a team": ["replay", "LOG", "--open", "--lens", "us"],
    "replay, by both": ["replay", "LOG", "--open", "--lens", "dual"],
    "branch": ["branch", "LOG", "--at", "3"],
    "compare": ["compare", "LOG", "LOG", "--open"],
    "compare --under": ["compare", "LOG", "--under", "core", "--open"],
    "verify": ["verify", "LOG", "--findings", "--open"],
    "debrief": ["debrief", "LOG", "--open", "--out", "debrief.html", "--force"],
    "export": ["export", "LOG", "--bots", "--open", "--out", "tables", "--force"],
    "query": ["query", "select count(*) from moves", "LOG", "--bots", "--open"],
}
ENTRIES: dict[str, Callable[[int], tuple[a.AnyAction, e.AnyEvent]]] = {
    "bookmarks": lambda turn: (a.Bookmark("here"), e.Bookmarked("here", turn, visible="facilitator")),
    "notes": lambda turn: (a.TakeNote("mind"), e.NoteTaken("facilitator", "mind", turn, visible="facilitator")),
}


def lengthened(path: Path, source: Path, kind: str, count: int) -> Path:
    """The log in `source` but for its last entry, which closed it, with so many more of a kind, sealed."""
    path.write_bytes(b"".join(source.read_bytes().splitlines(keepends=True)[:-1]))
    log = read_log(path)
    written, before = [path.read_bytes()], log.entries[-1]
    turn = max(event.turn for entry in log.entries for event in entry.events if isinstance(event, e.TurnOpened))
    action, event = ENTRIES[kind](turn)
    for _ in range(count):
        entry = Entry(
            seq=before.seq + 1,
            time=before.time,
            away=0,
            seat="facilitator",
            action=action,
            events=(event,),
            prev=before.hash,
        )
        line, before = sealed_entry(entry, log.chain)
        log.chain.add(line)
        written.append(line)
    path.write_bytes(b"".join(written))
    return path


def steps(arguments: list[str]) -> int:
    """Calls and branches that a command takes."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    watch: Any = sys.monitoring  # type: ignore[attr-defined]  # from Python 3.12 on; the test is left out before
    kinds = watch.events
    watch.use_tool_id(watch.PROFILER_ID, "steps")
    try:
        for kind in (kinds.CALL, kinds.JUMP, kinds.BRANCH):
            watch.register_callback(watch.PROFILER_ID, kind, counted)
        watch.set_events(watch.PROFILER_ID, kinds.CALL | kinds.JUMP | kinds.BRANCH)
        assert main(arguments) == 0
    finally:
        watch.set_events(watch.PROFILER_ID, 0)
        watch.free_tool_id(watch.PROFILER_ID)
    return count


@pytest.mark.slow
@pytest.mark.skipif(sys.version_info < (3, 12), reason="steps are counted by sys.monitoring")
@pytest.mark.parametrize("kind", ENTRIES)
@pytest.mark.parametrize("verb", VERBS)
def test_twice_the_entries_cost_twice_the_steps(
    verb: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second 600 entries cost at most a third more than the first 600; a square would cost three times as much."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRISIS_SIM_LOGS", str(tmp_path / "branches"))
    good = tmp_path / "good.jsonl"
    bots = ["--us", "firm", "--china", "mirror", "--seed", "1"]
    assert main(["play", "new-virus", *bots, "--log", str(good)]) == 0
    capsys.readouterr()
    taken = []
    for place in range(4):
        path = lengthened(tmp_path / f"{place}.jsonl", good, kind, max(0, place - 1) * STEP)
        taken.append(steps([path.name if word == "LOG" else word for word in VERBS[verb]]))
        capsys.readouterr()
    _, none, once, twice = taken  # the first warms what is kept for the life of the process
    assert twice - once <= (once - none) * 4 / 3, taken
