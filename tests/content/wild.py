"""Shipped files spoiled at random, each by its number alike on every machine, and what a check makes of them.

`python -m tests.content.wild 0 20000` spoils that many and prints the slowest and the most memory.
"""

from __future__ import annotations

import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from crisis_sim.authoring.check import Checked, Checker
from crisis_sim.content.listings import shipped_folder
from crisis_sim.content.load import load_material

SIGNIFICANT: Final = [
    *(sign.encode() for sign in ":-?[]{},#&*!|>'\"%@`~=\\/<"),
    *(b": ", b"- ", b"? ", b"\n", b"\n\n", b"---\n", b"...\n", b"<<: ", b"!!python/object:os.system ", b"&a ", b"*a"),
    *(b"null", b"true", b"-1", b"1e999", b"0x" + b"f" * 40, b".inf", b"2026-01-01", b"{}", b"[]", b"''", b"|+2\n"),
]
"""What means something in YAML."""

FOUL: Final = [
    *(bytes([code]) for code in (0, 7, 8, 9, 11, 12, 13, 27, 127, 128, 155, 192, 254, 255)),
    *(sign.encode() for sign in "\u202e\u2066\u200b\ufeff\u2028\u0085\u00a0\u3000\u0301\ue000\U000e0041：，“”"),
    *(b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x1b[2J", b"\x1b]0;x\x07", "\U0001f6a2".encode()),
]
"""What has no business in a text, or none in UTF-8."""

OTHERS: Final = [
    *(b"null", b"true", b"-1", b"1.5e9", b"''", b"x", b"[]", b"{}", b"[x, [null, {}]]", b"{en: {us: [1]}, all: []}"),
    *(
        b"[{move: {not: x}}, {when: {all: [true]}, then: {press: 1}}]",
        b"{us: {teams: null}, china: [], id: {id: 1}}",
    ),
]
"""What can stand in the place of a part."""


class Spoilt(NamedTuple):
    """One file with a mistake in it."""

    file: str
    data: bytes


class Wild:
    """A copy of the shipped files, in which one file at a time is spoilt and checked."""

    def __init__(self, folder: Path) -> None:
        shipped = shipped_folder()
        self.folder = folder
        for part in ("scenarios", "rules"):
            shutil.copytree(shipped / part, folder / part, ignore=shutil.ignore_patterns("promises.yaml"))
        self.files = sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in (".yaml", ".md")
        )
        self._whole = {file: (folder / file).read_bytes() for file in self.files}
        self._checkers: dict[str, Checker] = {}

    def spoilt(self, number: int) -> Spoilt:
        """The file that has this number, spoilt in the way that has it."""
        luck = random.Random(f"wild {number}")
        file = self.files[number % len(self.files)]
        data = self._whole[file]
        for _ in range(luck.choice((1, 1, 1, 2, 5))):
            data = luck.choice(WAYS)(data, luck)
        return Spoilt(file, data)

    def checked(self, spoilt: Spoilt, *, loads: bool = False) -> Checked:
        """What a check says of the scenario that the file belongs to, or of the pack and a scenario that uses it.

        `loads`: where it finds no error, the scenario is loaded, which must not fail.
        """
        path, (top, name, *_) = self.folder / spoilt.file, spoilt.file.split("/")
        targets = [f"scenarios/{name}"] if top == "scenarios" else [spoilt.file, "scenarios/new-virus"]
        checker = self._checkers.setdefault(spoilt.file, Checker([self.folder / each for each in targets]))
        path.write_bytes(spoilt.data)
        try:
            found = checker.check()
            if loads and not found.problems.errors:
                load_material(self.folder / targets[-1])
            return found
        finally:
            path.write_bytes(self._whole[spoilt.file])


def _flip(data: bytes, luck: random.Random) -> bytes:
    at = luck.randrange(len(data) or 1)
    return data[:at] + bytes([luck.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, luck: random.Random) -> bytes:
    return data[: luck.randrange(len(data) or 1)]


def _insert(pieces: list[bytes]) -> Callable[[bytes, random.Random], bytes]:
    def inserted(data: bytes, luck: random.Random) -> bytes:
        at = luck.randrange(len(data) + 1)
        return data[:at] + luck.choice(pieces) + data[at:]

    return inserted


def _take(data: bytes, luck: random.Random) -> bytes:
    at = luck.randrange(len(data) or 1)
    return data[:at] + data[at + luck.choice((1, 1, 2, 10, 100)) :]


def _lines(change: Callable[[list[bytes], random.Random], None]) -> Callable[[bytes, random.Random], bytes]:
    def changed(data: bytes, luck: random.Random) -> bytes:
        lines = data.split(b"\n")
        change(lines, luck)
        return b"\n".join(lines)

    return changed


def _drop(lines: list[bytes], luck: random.Random) -> None:
    at = luck.randrange(len(lines))
    del lines[at : at + luck.choice((1, 1, 1, 3, 20))]


def _double(lines: list[bytes], luck: random.Random) -> None:
    at = luck.randrange(len(lines))
    lines[at:at] = lines[at : at + luck.choice((1, 1, 4))] * luck.choice((1, 1, 30))


def _swap(lines: list[bytes], luck: random.Random) -> None:
    one, other = luck.randrange(len(lines)), luck.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _indent(lines: list[bytes], luck: random.Random) -> None:
    at = luck.randrange(len(lines))
    for place in range(at, min(at + luck.choice((1, 1, 5)), len(lines))):
        line = lines[place]
        lines[place] = luck.choice((b" " + line, b"\t" + line, line[1:], line.lstrip(), b"    " + line))


def _trade(lines: list[bytes], luck: random.Random) -> None:
    """A word in the place of another, as when a name is mixed up."""
    at = luck.randrange(len(lines))
    words, others = lines[at].split(b" "), luck.choice(lines).split(b" ")
    words[luck.randrange(len(words))] = luck.choice(others)
    lines[at] = b" ".join(words)


def parts(lines: list[bytes]) -> list[tuple[int, int]]:
    """Where each part begins and ends, by what stands at the left edge."""
    tops = [place for place, line in enumerate(lines) if line[:1].isalpha()]
    return list(pairwise((*tops, len(lines))))


def replace_part(lines: list[bytes], part: tuple[int, int], other: bytes) -> None:
    """A whole part with something else in its place."""
    lines[slice(*part)] = [lines[part[0]].partition(b":")[0] + b": " + other]


def _replace(lines: list[bytes], luck: random.Random) -> None:
    if found := parts(lines):
        replace_part(lines, luck.choice(found), luck.choice(OTHERS))


WAYS: Final[tuple[Callable[[bytes, random.Random], bytes], ...]] = (
    _flip,
    _cut,
    _take,
    _insert(SIGNIFICANT),
    _insert(FOUL),
    *(_lines(change) for change in (_drop, _double, _swap, _indent, _trade, _replace)),
)


def main(first: int, last: int) -> None:
    """Spoil and check, and print what took longest and how much memory it all took."""
    from tests.content.test_wild import assert_said_well

    with tempfile.TemporaryDirectory() as name:
        wild = Wild(Path(name))
        times: list[tuple[float, int, str]] = []
        for number in range(first, last):
            spoilt = wild.spoilt(number)
            start = time.process_time()
            checked = wild.checked(spoilt)
            times.append((time.process_time() - start, number, spoilt.file))
            try:
                assert_said_well(checked)
            except AssertionError as wrong:
                print(f"{number} {spoilt.file}: {wrong}")
    slowest = [f"{seconds * 1000:.0f} ms {file} ({number})" for seconds, number, file in sorted(times)[-3:]]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    median = sorted(times)[len(times) // 2][0] * 1000
    print(f"{len(times)} spoilt files; processor time: median {median:.0f} ms, most {', '.join(slowest)}; {memory} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
