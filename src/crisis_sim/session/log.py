"""A session's log as a file, read and checked.

Reading takes no lock and changes nothing. A last line that was torn off is left out and said; damage anywhere else is
refused. What the entries mean is none of this module's business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from msgspec import UNSET

from crisis_sim.errors import LogDamaged, Sentence, UnreadableInput
from crisis_sim.rules.names import Side
from crisis_sim.session import record
from crisis_sim.session.disk import read_whole, real_path, reason_of
from crisis_sim.session.first_line import first_line, split
from crisis_sim.session.tip_file import Tip, read_tip
from crisis_sim.text import clean, clipped
from crisis_sim.wording import _

T = TypeVar("T")
_BEGINS: Final = b'{"format":'
"""How a log begins; with one letter changed it is a damaged one."""


class Log(NamedTuple):
    """What a log's file holds."""

    path: Path
    header: record.Header
    entries: list[record.Entry]
    end: int
    """Bytes that belong to sound lines."""
    torn: int
    """Bytes after them that do not."""
    unended: bool
    """The last sound line lacks its newline."""
    tip: Tip | None
    chain: record.Chain
    """The hash of the sound lines."""
    no_tip: str = ""
    """Why the tip beside it cannot be read, where it cannot."""

    @property
    def last_hash(self) -> str:
        """Hash of the last sound line."""
        return self.entries[-1].hash if self.entries else self.header.hash

    def hash_at(self, seq: int) -> str:
        """Hash of the entry `seq`, or of the header for 0."""
        return self.entries[seq - 1].hash if seq else self.header.hash

    @property
    def short_hash(self) -> str:
        """The last hash as it is read aloud and noted."""
        return record.short(self.last_hash)


def acts_by_harness(entries: Iterable[record.Entry]) -> Counter[Side]:
    """How often the harness of a model did something in the model's place, by team."""
    marked = (entry.seat for entry in entries if entry.action.made_by is not UNSET)
    return Counter(side for side in marked if side == "us" or side == "china")


def read_log(path: Path) -> Log:
    """The log in `path`. Raises UnreadableInput, and LogDamaged for damage other than a torn last line."""
    log, damage = read_sound_part(path)
    if damage is not None:
        raise damage
    return log


def read_sound_part(path: Path, *, closely: bool = False) -> tuple[Log, LogDamaged | None]:
    """The log in `path` up to its first damage, and that damage. Raises where not even the header is sound.

    The last line's hash answers for all bytes before it; `closely` reckons every line's own hash too, which finds
    lines that somebody changed and sealed again.
    """
    path = real_path(path)
    tip, no_tip = tip_beside(path)  # the tip first: what is acknowledged in between is in the log
    log, damage = sound_part(path, read_whole(path), tip, closely=closely)
    return log._replace(no_tip=no_tip), damage


def find_last(path: Path, look: Callable[[record.Entry], T | None]) -> tuple[record.Header, T | None] | None:
    """The header of the log in `path`, and what `look` finds in an entry, the last that it finds something in.

    No more is read into entries than it takes; the last line's hash answers for the rest. None where anything is not
    as it should be: `read_sound_part` says what. Raises UnreadableInput.
    """
    data = read_whole(path)
    head, end = data.find(b"\n") + 1, len(data)
    try:
        header, result = record.read_header(data[: head - 1]), None
        chain = record.chain_of(data[: data.rfind(b"\n", 0, end - 1) + 1])
        while result is None and end > head:
            start = data.rfind(b"\n", 0, end - 1) + 1
            result = look(record.read_sealed(data[start : end - 1], chain if end == len(data) else None))
            end = start
    except record.LineWrong:
        return None
    return (header, result) if data.endswith(b"\n") else None


def tip_beside(path: Path) -> tuple[Tip | None, str]:
    """The tip of the log at `path`, if there is one that can be read, and why it cannot where it cannot."""
    try:
        return read_tip(path), ""
    except OSError as error:
        return None, reason_of(error)


def sound_part(path: Path, data: bytes, tip: Tip | None, *, closely: bool = False) -> tuple[Log, LogDamaged | None]:
    """As `read_sound_part`, for the bytes `data` of a log at `path`."""
    head = data.find(b"\n") + 1
    whole = data.rfind(b"\n") + 1
    try:
        header = record.read_header(data[: head - 1] if head else data)
    except record.LineWrong as wrong:
        raise _no_header(path, data, wrong) from None
    if not head:
        return Log(path, header, [], len(data), 0, True, tip, record.chain_of(data)), None
    at_once = None if closely else record.read_entries_at_once(data[head:whole], data[:head], header.hash)
    if at_once is not None:
        log = Log(path, header, at_once[0], whole, len(data) - whole, False, tip, at_once[1])
        return _with_tail(log, data[whole:]), None
    log, wrong_line = _line_by_line(
        Log(path, header, [], head, 0, False, tip, record.chain_of(data[:head])), data[:whole]
    )
    log = log._replace(torn=len(data) - log.end)
    if wrong_line is not None:
        return log, _damage(path, wrong_line, len(log.entries))
    return _with_tail(log, data[whole:]), None


def _line_by_line(log: Log, data: bytes) -> tuple[Log, record.LineWrong | None]:
    """The log with the sound entries of `data`, and what is wrong with the next line, if anything."""
    end = log.end
    while next_start := data.find(b"\n", end) + 1:
        line = data[end : next_start - 1]
        try:
            log.entries.append(_next(log, line))
        except record.LineWrong as wrong:
            return log._replace(end=end), wrong
        log.chain.add(line + b"\n")
        end = next_start
    return log._replace(end=end), None


def _next(log: Log, line: bytes) -> record.Entry:
    return record.read_entry(line, log.chain, seq=len(log.entries) + 1, prev=log.last_hash)


def _with_tail(log: Log, tail: bytes) -> Log:
    """The log with its last line, where that line is complete and only its newline was lost or spoilt."""
    for line in (tail, tail[:-1]):
        with suppress(record.LineWrong):
            log.entries.append(_next(log, line))
            log.chain.add(line)
            return log._replace(end=log.end + len(line), torn=len(tail) - len(line), unended=True)
    return log


def _no_header(path: Path, data: bytes, wrong: record.LineWrong) -> Exception:
    if wrong.code == "log/format":
        return UnreadableInput(
            wrong.code,
            "line 1 of {name} {wrong}",
            hint="use the version of crisis-sim that wrote it",
            name=path.name,
            wrong=wrong.reason,
        )
    if sum(map(int.__eq__, data[: len(_BEGINS)], _BEGINS)) < len(_BEGINS) - 1:
        return UnreadableInput(
            "log/no-log", "{path} is no log of a session", hint="give the path of a session's log", path=path
        )
    why = Sentence("breaks off") if b"\n" not in data else wrong.reason
    parts = first_line(split(data)[0]).damaged()
    shown_parts = ", ".join(clipped(clean(part, lines=False), 80) for part in parts[:5])
    damaged_parts = Sentence(" (damaged: {parts})", parts=shown_parts) if parts else ""
    return LogDamaged(
        "log/header",
        "line 1 of {name} {why}{where}; it holds the scenario, and nothing can be played without it",
        line=1,
        last_good=0,
        hint="`crisis-sim verify {name} --save-sound FILE` finds it again in a copy of the log or in the scenario",
        name=path.name,
        why=why,
        where=damaged_parts,
    )


def _damage(path: Path, wrong: record.LineWrong, sound: int) -> LogDamaged:
    line = sound + 2
    sound_entries = Sentence("the entry before it is sound", plural="the {n} entries before it are sound", n=sound)
    return LogDamaged(
        wrong.code,
        "line {number} of {name} {wrong}; {kept}",
        line=line,
        last_good=sound,
        hint=_("a later crisis-sim may have written it: open the log with that one")
        if wrong.code == "log/later-entry"
        else _("`crisis-sim verify {name} --save-sound FILE` writes what is sound to a new log"),
        number=line,
        name=path.name,
        wrong=wrong.reason,
        kept=sound_entries,
    )
