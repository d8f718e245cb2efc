"""Every verb on a machine that refuses something: a stream, the working folder, the clock, a long name, room.

Each ends with a sentence and the code that it has in the table of exit codes; none with a fault of ours.
"""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.small import SMALL_PACK, SMALL_SCENARIO
from tests.thinning import one_in, spread

from crisis_sim.cli import main
from crisis_sim.cli.verbs import BY_NAME

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="streams and folders as Unix has them")

Captured = pytest.CaptureFixture[str]

SMALL = str(SMALL_SCENARIO)
LONG = "n" * 5000
BOTS = ("--us", "rota", "--china", "firm", "--seed", "7")

PLAIN: dict[str, tuple[str, ...]] = {
    "": (),
    "--version": ("--version",),
    "--help": ("--help",),
    "play --help": ("play", "--help"),
    "demo": ("demo",),
    "play": ("play", SMALL, *BOTS),
    "play --plain": ("play", SMALL, "--china", "firm", "--plain"),
    "resume": ("resume", "{open}", "--plain"),
    "host --help": ("host", "--help"),
    "join --help": ("join", "--help"),
    "list": ("list",),
    "show": ("show", "request-call", "{log}"),
    "new": ("new", "pack", "My rules", "--yes", "--in", "{out}"),
    "check": ("check", SMALL),
    "show --stats": ("show", SMALL, "--stats", "text"),
    "show --graph": ("show", SMALL, "--graph", "plan"),
    "preview": ("preview", SMALL),
    "check --schema": ("check", SMALL, "--schema", "print"),
    "playtest": ("playtest", SMALL, "--runs", "2", "--workers", "1"),
    "playtest --workers 2": ("playtest", SMALL, "--runs", "2", "--workers", "2"),
    "export": ("export", "{log}", "--bots", "--out", "{out}/tables"),
    "export --msel": ("export", SMALL, "--msel", "csv", "--out", "{out}/plan.csv"),
    "query": ("query", "select turns from sessions", "{log}", "--bots"),
    "new injects": ("new", "injects", "{plan}", "--into", SMALL, "--diff"),
    "verify": ("verify", "{log}"),
    "debrief": ("debrief", "{log}", "--for", "us", "--out", "{out}/debrief.html"),
    "replay": ("replay", "{log}"),
    "branch": ("branch", "{log}", "--at", "turn-2"),
    "compare": ("compare", "{log}", "{log}"),
    "compare --under": ("compare", "{log}", "--under", str(SMALL_PACK)),
    "verify --save-sound": ("verify", "{log}", "--save-sound", "{out}/saved.jsonl"),
    "forget": ("forget", "{spare}", "--yes"),
}
"""Every verb, as it is used where nothing is wrong."""

NAMED: dict[str, tuple[str, ...]] = {
    "play": ("play", LONG),
    "play --log": ("play", SMALL, *BOTS, "--log", f"{LONG}.jsonl"),
    "play --log folder": ("play", SMALL, *BOTS, "--log", LONG),
    "play --rules": ("play", SMALL, *BOTS, "--rules", LONG),
    "resume": ("resume", LONG),
    "host": ("host", LONG),
    "join": ("join", LONG),
    "forget": ("forget", LONG, "--yes"),
    "show": ("show", LONG),
    "new": ("new", "pack", LONG, "--yes"),
    "new --in": ("new", "scenario", "Mine", "--yes", "--in", LONG),
    "check": ("check", LONG),
    "show --stats": ("show", LONG, "--stats", "text"),
    "show --graph": ("show", f"{LONG}/{LONG}", "--graph", "lines"),
    "preview": ("preview", LONG),
    "check --schema": ("check", f"{LONG}.yaml", "--schema", "write"),
    "playtest": ("playtest", LONG),
    "playtest --against": ("playtest", SMALL, "--runs", "1", "--against", LONG),
    "playtest --keep": ("playtest", SMALL, "--runs", "1", "--workers", "1", "--keep", LONG),
    "export": ("export", LONG),
    "export --out": ("export", "{log}", "--bots", "--out", LONG),
    "export --msel": ("export", SMALL, "--msel", "csv", "--out", LONG),
    "query": ("query", "select 1", LONG),
    "query --out": ("query", "select 1", "{log}", "--bots", "--out", f"{LONG}.csv"),
    "new injects": ("new", "injects", f"{LONG}.csv", "--into", SMALL),
    "new injects --into": ("new", "injects", "{plan}", "--into", LONG),
    "verify": ("verify", LONG),
    "verify --parent": ("verify", "{log}", "--parent", LONG),
    "debrief": ("debrief", LONG),
    "debrief --out": ("debrief", "{log}", "--out", LONG),
    "replay": ("replay", LONG),
    "branch": ("branch", LONG, "--at", "turn-2"),
    "compare": ("compare", "{log}", LONG),
    "compare --under": ("compare", "{log}", "--under", LONG),
    "verify --save-sound": ("verify", "{log}", "--save-sound", f"{LONG}.jsonl"),
}
"""Every place of every verb in which a path or a name can be given, with one that no disk takes."""


class Prepared(NamedTuple):
    """What the verbs are tried on."""

    log: Path
    open: Path
    plan: Path


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A session that is over, one that has just begun, and a plan as a table."""
    folder = tmp_path_factory.mktemp("prepared")
    made = Prepared(folder / "over.jsonl", folder / "open.jsonl", folder / "plan.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO())
        assert main(["play", SMALL, *BOTS, "--log", str(made.log)]) == 0
        assert main(["play", SMALL, "--china", "firm", "--plain", "--log", str(made.open)]) == 0
        assert main(["export", SMALL, "--msel", "csv", "--out", str(made.plan)]) == 0
    return made


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody's own settings and sessions are read or written, and a new file has a place to lie."""
    for name in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("CRISIS_SIM_LOGS", str(tmp_path / "logs"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    (tmp_path / "here").mkdir()
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    from crisis_sim.cli.settings import settings

    settings.cache_clear()
    yield
    settings.cache_clear()


def filled(arguments: tuple[str, ...], prepared: Prepared, tmp_path: Path) -> list[str]:
    """The arguments with their files put in."""
    spare = tmp_path / "spare.jsonl"
    if "{spare}" in arguments:  # a log of its own, where it may be removed
        spare.write_bytes(Path(prepared.log).read_bytes())
    return [argument.format(**prepared._asdict(), out=tmp_path / "out", spare=spare) for argument in arguments]


def full(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    """Nothing more can be written to the stream."""
    monkeypatch.setattr(f"sys.{stream}", os.fdopen(os.open("/dev/full", os.O_WRONLY), "w", encoding="utf-8"))


def unread(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    """Nobody reads what is written to the stream."""
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr(f"sys.{stream}", os.fdopen(writing, "w", encoding="utf-8"))


def closed(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    """The stream is closed, as after `<&-` or `>&-`: Python has none for it."""
    monkeypatch.setattr(f"sys.{stream}", None)


def gone(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    """The folder that the command was started in is deleted."""
    Path.cwd().rmdir()


def far(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    """The clock shows a time that Python cannot count, as it does in the year 9999."""

    def late() -> int:
        raise OverflowError("timestamp too large to convert to C _PyTime_t")

    monkeypatch.setattr(time, "time", late)
    monkeypatch.setattr(time, "time_ns", late)


class Trouble(NamedTuple):
    """Something that the machine refuses, and how a command may end then."""

    make: Callable[[pytest.MonkeyPatch, str], None]
    stream: str
    codes: tuple[int, ...]
    says: str
    """What is said where the code is not 0."""


TROUBLES = {
    "input closed": Trouble(closed, "stdin", (0,), ""),
    "output closed": Trouble(closed, "stdout", (2,), "standard output is closed, and the answer has nowhere to go"),
    "messages closed": Trouble(closed, "stderr", (0,), ""),
    "output full": Trouble(full, "stdout", (1,), "the answer could not be written: no space left on device"),
    "messages full": Trouble(full, "stderr", (0,), ""),
    "output unread": Trouble(unread, "stdout", (1,), ""),
    "messages unread": Trouble(unread, "stderr", (0,), ""),
    "folder gone": Trouble(gone, "", (0, 2), "the folder that this was started in is not there any more"),
    "clock far": Trouble(far, "", (0, 2), "this machine's clock shows a time that cannot be counted with"),
}


def test_every_verb_is_tried() -> None:
    """No verb is missing here."""
    assert {name.split()[0] for name in PLAIN if name[:1].isalpha()} == set(BY_NAME)
    assert {name.split()[0] for name in NAMED} == set(BY_NAME) - {"demo", "list"}, "these take no name"


@pytest.mark.parametrize(("name", "trouble"), spread(9, PLAIN, TROUBLES))
def test_what_the_machine_refuses_is_no_fault_of_ours(
    name: str, trouble: str, prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Each verb does what it can, and of what it cannot it says so, in a sentence and by its code."""
    refused = TROUBLES[trouble]
    arguments = filled(PLAIN[name], prepared, tmp_path)
    refused.make(monkeypatch, refused.stream)
    code = main(arguments)
    monkeypatch.undo()
    err = capsys.readouterr().err
    assert "fault of ours" not in err
    assert code in refused.codes, err
    if code:
        assert refused.says in err
        assert ("hint: " in err) == bool(refused.says)


@pytest.mark.parametrize("name", one_in(4, NAMED))
def test_a_name_that_no_disk_takes_is_a_slip(name: str, prepared: Prepared, tmp_path: Path, capsys: Captured) -> None:
    """Wherever a path or a name is given, one that is too long gets a sentence, clipped, and the code of a slip."""
    code = main(filled(NAMED[name], prepared, tmp_path))
    err = capsys.readouterr().err
    assert code in (1, 2), err
    assert err
    assert "fault of ours" not in err
    assert len(err) < 1500, "the name is clipped"


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("list policies <&-", 0, ""),
        ("list policies >&-", 2, "standard output is closed"),
        ("--version >&-", 2, "standard output is closed"),
        ("list policies 2>&-", 0, ""),
        ("list policies <&- >&- 2>&-", 2, ""),
        ("list policies >/dev/full", 1, "could not be written: no space left"),
        ("--version >/dev/full", 1, "could not be written: no space left"),
        ("play --help >/dev/full", 1, "could not be written: no space left"),
        ("nonsense >/dev/full 2>&1", 2, ""),
        ("play nothing 2>/dev/full", 2, ""),
    ],
)
def test_a_whole_process_ends_as_the_command_does(command: str, code: int, says: str) -> None:
    """Python's own last flush adds no message and no other code."""
    run = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m crisis_sim {command}"], capture_output=True, text=True, check=False
    )
    assert run.returncode == code, run.stderr
    assert says in run.stderr
    assert "Exception" not in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("second", [253402300799, 253402300800, 10**13, -(10**11)])
def test_a_clock_beyond_the_calendar_stops_no_session(
    second: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """Where local time falls out of the years 1 to 9999, a log is named without it, and its day is a dash."""
    monkeypatch.setattr(time, "time_ns", lambda: second * 10**9)
    monkeypatch.setattr(time, "time", lambda: float(second))
    monkeypatch.setenv("TZ", "Etc/GMT-8" if second > 0 else "Etc/GMT+8")
    time.tzset()
    try:
        assert main(["play", SMALL, *BOTS]) == 0
        log = str(tmp_path / "logs" / "small-test.jsonl")
        assert f"Log: {log}" in capsys.readouterr().out
        for words in (["show"], ["verify"], ["verify", "--save-sound", str(tmp_path / "saved.jsonl")], ["replay"]):
            assert main([*words, log]) == 0
        assert "begun – with crisis-sim" in capsys.readouterr().out
    finally:
        monkeypatch.undo()
        time.tzset()


def test_input_that_cannot_be_read_has_ended(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """A folder as standard input ends a session by lines as the end of a file does; it can be gone on with."""

    def refused() -> str:
        raise IsADirectoryError(errno.EISDIR, "is a directory")

    folder = io.StringIO()
    monkeypatch.setattr(folder, "readline", refused)
    monkeypatch.setattr("sys.stdin", folder)
    assert main(["resume", str(prepared.open), "--plain"]) == 0
    assert "crisis-sim resume" in capsys.readouterr().out


def test_bytes_that_are_no_text_are_answered(prepared: Prepared, capsys: Captured) -> None:
    """Typed as a query, or as a line of a session, they are a slip like any other."""
    assert main(["query", "select \udcff", str(prepared.log), "--bots"]) == 2
    assert "the query cannot be answered" in capsys.readouterr().err
    run = subprocess.run(
        [sys.executable, "-m", "crisis_sim", "resume", str(prepared.open), "--plain"],
        input=b"\xff\xfe\nquit\n",
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert b"crisis-sim resume" in run.stdout


def test_a_folder_that_goes_while_it_is_walked_is_passed_over(
    prepared: Prepared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """The logs that are still there are read."""
    from crisis_sim.cli.logs import logs_of

    for name in ("gone", "stays"):
        (tmp_path / "out" / name).mkdir()
    (tmp_path / "out" / "stays" / "a.jsonl").write_bytes(prepared.log.read_bytes())
    listed = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("gone"):
            raise FileNotFoundError(errno.ENOENT, "no such file or directory", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert logs_of([str(tmp_path / "out")]) == [tmp_path / "out" / "stays" / "a.jsonl"]


def test_a_stream_that_is_closed_gives_its_number_to_no_file(tmp_path: Path) -> None:
    """Whatever a library prints to descriptor 2 ends up in no log."""
    program = (
        "import os, sys\n"
        "from crisis_sim.cli.ending import three_streams\n"
        "three_streams()\n"
        f"with open({str(tmp_path / 'file')!r}, 'wb') as file:\n"
        "    os.write(1, str(file.fileno()).encode())\n"
    )
    run = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -c \"$0\" <&- 2>&-", program], capture_output=True, text=True, check=False
    )
    assert int(run.stdout) > 2
