"""Any text given as a scenario, a pack or a brief: located problems, soon, in little memory, printed inert."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.content.wild import OTHERS, Spoilt, Wild, parts, replace_part
from tests.thinning import examples

from crisis_sim.authoring.check import Checked
from crisis_sim.cli.check import as_commands, as_json, as_text
from crisis_sim.problems import SHOWN
from crisis_sim.text import clean

NIGHTLY = 20_000
CHUNKS = 20
MEMORY = 200
"""Megabytes that a check may take, Python and all that it imports counted."""


def assert_said_well(checked: Checked) -> None:
    """Every error has a place, a sentence and a code; no more than twenty are shown; no way of printing is unsafe."""
    for problem in checked.problems:
        assert problem.message and problem.code and problem.path
        assert problem.code.startswith("file/") or problem.code == "yaml/empty" or problem.line, problem
    text, commands = as_text(checked.problems), as_commands(checked.problems)
    assert sum(line[:1] not in " " for line in text.split("\n")) <= SHOWN + 2
    assert clean(text, lines=True) == text
    assert clean(commands, lines=True) == commands
    assert all(line.startswith("::") for line in commands.split("\n")[:-2])
    assert json.loads(as_json(checked))["errors"] == checked.problems.errors


@pytest.fixture(scope="module")
def wild(tmp_path_factory: pytest.TempPathFactory) -> Wild:
    """A copy of everything shipped."""
    return Wild(tmp_path_factory.mktemp("wild") / "copy")


def test_every_shipped_file_spoilt_or_cut_gives_located_problems(wild: Wild) -> None:
    """A mistake in every tenth file, at least one in four of which breaks something; by night twenty thousand.

    Of those in which no check finds an error, one in three is loaded.
    """
    numbers = range(0, len(wild.files), examples(10, 1))
    broken = 0
    for number in numbers:
        checked = wild.checked(wild.spoilt(number), loads=number % 3 == 0)
        assert_said_well(checked)
        broken += checked.problems.errors > 0
    assert broken >= len(numbers) // 4


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_twenty_thousand_spoilt_files_give_located_problems(wild: Wild, chunk: int) -> None:
    """The same, on all cores, for a night."""
    size = NIGHTLY // CHUNKS
    for number in range(chunk * size, (chunk + 1) * size):
        assert_said_well(wild.checked(wild.spoilt(number)))


def test_every_shipped_file_cut_anywhere_gives_located_problems(wild: Wild) -> None:
    """As by a full disk, every tenth once somewhere; by night each at a hundred places each."""
    for number, file in enumerate(wild.files[:: examples(10, 1)]):
        whole = (wild.folder / file).read_bytes()
        first, step = examples(len(whole) * (number % 10) // 10, 0), examples(len(whole), len(whole) // 100)
        for cut in range(first, len(whole), max(step, 1)):
            assert_said_well(wild.checked(Spoilt(file, whole[:cut])))


@pytest.mark.parametrize("file", ["scenarios/new-virus/scenario.yaml", "rules/toughness-buys-room.yaml"])
def test_anything_in_the_place_of_any_part_gives_located_problems(wild: Wild, file: str) -> None:
    """Every third part of a file replaced by one other value after another; by night each by each of them."""
    lines = (wild.folder / file).read_bytes().split(b"\n")
    for number, part in enumerate(parts(lines)[:: examples(3, 1)]):
        for other in OTHERS if examples(0, 1) else (OTHERS[number % len(OTHERS)],):
            changed = [*lines]
            replace_part(changed, part, other)
            assert_said_well(wild.checked(Spoilt(file, b"\n".join(changed))))


HEAD = b"format: 1\nid: x\ntitle: X\nsays: X.\nsource: Test.\n"
MADE: dict[str, bytes] = {
    "alias bomb": b"a0: &a0 [x, x]\n"
    + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 40)),
    "line of 10 MB": HEAD + b"note: " + b"x" * 10_000_000,
    "line of 1 MB": HEAD + b"note: " + b"x" * 1_000_000,
    "file of 50 MB": HEAD + b"a: b\n" * 10_000_000,
    "deep flow": b"a: " + b"[" * 500_000,
    "deep flow, closed": b"a: " + b"[" * 9_000 + b"]" * 9_000,
    "deep braces": b"{a: " * 100_000,
    "deep block": b"".join(b" " * n + b"a:\n" for n in range(1_500)),
    "deep lines": b"- " * 9_000 + b"x",
    "python object": b"a: !!python/object/apply:os.system ['echo gotcha']\n",
    "utf-16": "id: x\n".encode("utf-16"),
    "utf-16 unmarked": "id: x\n".encode("utf-16-le"),
    "utf-32": "id: x\n".encode("utf-32"),
    "gbk": "id: 海底\n".encode("gbk"),
    "latin-1": "id: caf\xe9\n".encode("latin-1"),
    "nul": b"\0" * 1_000_000,
    "escape": b"id: \x1b[2J\x1b]52;c;aGk=\x07\n" * 1000,
    "100k keys": HEAD + b"moves:\n" + b"".join(b"  a%d: {}\n" % n for n in range(100_000)),
    "100k top keys": b"".join(b"a%d: 1\n" % n for n in range(100_000)),
    "million items": HEAD + b"rules: [" + b"1," * 900_000 + b"1]",
    "million items, short lines": HEAD + b"rules:\n" + b"- 1\n" * 500_000,
    "gigantic numbers": HEAD + b"".join(b"a%d: %s\n" % (n, b"9" * 19_000) for n in range(100)),
    "gigantic exponents": HEAD + b"a: 1e999999999\nb: 0x" + b"f" * 10_000 + b"\nformat: 1e308\n",
    "key of 1 MB": b"k" * 1_000_000 + b": 1\n",
    "keys of 19 kB": b"".join(b"%dk%s: 1\n" % (n, b"k" * 19_000) for n in range(100)),
    "one key 200k times": b"a: 1\n" * 200_000,
    "question marks": b"? " * 9_000,
    "colons": b": " * 9_000,
    "quotes": b'"' * 19_000,
    "open quote": b'a: "' + b"x\n" * 900_000,
    "combining marks": b"a: " + "e\u0301".encode() * 3 + "\u0301".encode() * 9_000,
    "bidi": "\u202e".encode() * 6_000,
    "comment": b"#" + b"\n#" * 900_000,
    "blank": b"\n" * 2_000_000,
    "carriage returns": b"a: b\r" * 400_000,
    "unknown names": HEAD + b"without: [" + b", ".join(b"r%d" % n for n in range(900)) + b"]\n",
    "texts outside": HEAD + b"brief: ../../../../etc/passwd\nguide: ../guide.md\nteams: {us: {brief: /etc/passwd}}\n",
}
"""Files made to do harm, as scenario and as pack."""

CHILD = """
import io, json, os, resource, sys, time
from contextlib import redirect_stderr, redirect_stdout
import crisis_sim.authoring.check  # before the fork, which then costs little
from crisis_sim.cli import main
found = {}
for path in sys.argv[1:]:
    read, write = os.pipe()
    if os.fork() == 0:
        out, err, start = io.StringIO(), io.StringIO(), time.process_time()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["check", path])
        seconds = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        os.write(write, json.dumps([code, out.getvalue()[-20000:], err.getvalue()[-3000:], seconds, memory]).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as result:
        found[path] = json.loads(result.read() or "null")
    os.wait()
print(json.dumps(found))
"""


class Ran(NamedTuple):
    """What a check of a harmful file did."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: int


@pytest.fixture(scope="module")
def horrors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """Every harmful file checked in a process of its own, by turns as a scenario and as a pack; by night as both."""
    folder = tmp_path_factory.mktemp("horrors")
    paths = dict(_made(folder))
    run = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, paths.values())], capture_output=True, text=True, check=True
    )
    ran = json.loads(run.stdout)
    return {name: Ran(*ran[str(path)]) for name, path in paths.items()}


def _made(folder: Path) -> Iterator[tuple[str, Path]]:
    """The harmful files, each by name."""
    for number, (name, data) in enumerate(MADE.items()):
        scenario, pack = folder / f"s{number}" / "scenario.yaml", folder / f"p{number}" / "rules" / "x.yaml"
        kinds = (("scenario", scenario), ("pack", pack))
        for kind, path in kinds if examples(0, 1) else kinds[number % 2 :][:1]:
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
            yield f"{name}, {kind}", path
    odd = folder / "odd"
    odd.mkdir()
    (odd / "folder").mkdir()
    os.mkfifo(odd / "fifo.yaml")
    (odd / "device.yaml").symlink_to("/dev/zero")
    (odd / "loop.yaml").symlink_to("loop.yaml")
    (odd / "nowhere.yaml").symlink_to("gone.yaml")
    (odd / "locked.yaml").write_text("a: 1")
    (odd / "locked.yaml").chmod(0)
    for name in ("folder", "fifo.yaml", "device.yaml", "loop.yaml", "nowhere.yaml", "locked.yaml"):
        yield name, odd / name
    yield "/dev/zero", Path("/dev/zero")
    yield "/dev/stdin", Path("/dev/stdin")
    yield "long name", folder / ("x" * 5000)


def test_harmful_files_are_refused_in_sentences(horrors: dict[str, Ran]) -> None:
    """A place or a reason for each, at most twenty shown, no traceback, no fault of ours, nothing a terminal obeys."""
    for name, ran in horrors.items():
        assert ran.code in (1, 2), (name, ran)
        said = ran.out + ran.err
        assert "error: " in said or "crisis-sim: " in said, name
        assert "Traceback" not in said and "fault of ours" not in said, (name, said)
        assert "gotcha" not in said.replace("'echo gotcha'", ""), name
        assert clean(said, lines=True) == said, name
        assert sum(": error: " in line for line in ran.out.split("\n")) <= SHOWN, name


def test_harmful_files_take_little_memory(horrors: dict[str, Ran]) -> None:
    """Whatever the file holds, a check stays under its bound."""
    assert {name: ran.megabytes for name, ran in horrors.items() if ran.megabytes > MEMORY} == {}
