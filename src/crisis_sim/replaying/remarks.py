"""Bookmarks and notes that people make while they replay a log: in a file beside it, never in it.

`NAME.notes.jsonl` holds one remark a line. A remark is on disk before it counts. It names the session and the hash of
the entry that it is about, so that remarks of another log are not taken for this one's. Whatever somebody else has put
into the file is cleaned as it is read; what is no remark is passed over and counted.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Struct

from crisis_sim.errors import UnreadableInput
from crisis_sim.replaying.lens import Lens
from crisis_sim.session.disk import Appender, read_whole
from crisis_sim.session.lock import Lock
from crisis_sim.session.log import Log
from crisis_sim.text import clean
from crisis_sim.wording import _

LONGEST: Final = 4_000
"""Characters of a remark."""
LARGEST: Final = 16 * 1024 * 1024
"""Bytes of the file that are looked at."""


class Remark(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bookmark or a note about the moment after one entry."""

    format: Literal[1] = 1
    session: str
    seq: int
    hash: str
    """Of that entry, or of the header for 0."""
    kind: Literal["bookmark", "note"]
    lens: Lens
    """It was made while looking through this lens; other teams do not see it."""
    text: str


class FoundRemarks(NamedTuple):
    """What lies beside a log."""

    remarks: tuple[Remark, ...]
    foreign: int
    """Lines that are no remarks about this log."""


_decoder = msgspec.json.Decoder(Remark)
_encoder = msgspec.json.Encoder()


def remarks_path(log: Path) -> Path:
    """Where the remarks about `log` lie."""
    return log.with_name(f"{log.name.removesuffix('.jsonl')}.notes.jsonl")


def read_remarks(log: Log) -> FoundRemarks:
    """The remarks about `log`, oldest first; none where there is no file. Raises UnreadableInput."""
    path = remarks_path(log.path)
    if not os.path.lexists(path):
        return FoundRemarks((), 0)
    data = _bytes(path)
    remarks: list[Remark] = []
    foreign = 0
    for line in data.split(b"\n"):
        if not line:
            continue
        remark = _remark(line, log)
        if remark is None:
            foreign += 1
        else:
            remarks.append(remark)
    return FoundRemarks(tuple(remarks), foreign)


def _bytes(path: Path) -> bytes:
    data = read_whole(path)
    if len(data) > LARGEST:
        raise UnreadableInput(
            "replay/notes",
            _("{name} has {count:,} bytes, more than {most:,}"),
            hint=_("move it away; notes begin anew"),
            name=path.name,
            count=len(data),
            most=LARGEST,
        )
    return data


def _remark(line: bytes, log: Log) -> Remark | None:
    """The remark in a line, clean; None if it is none, or none about this log."""
    try:
        remark = _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    if remark.session != log.header.session or not 0 <= remark.seq <= len(log.entries):
        return None
    if remark.hash != log.hash_at(remark.seq):
        return None
    return msgspec.structs.replace(remark, text=clean(remark.text, lines=False)[:LONGEST])


def mark_log(log: Log, narration: Iterable[tuple[int, str]]) -> None:
    """Put a story beside a log that nobody else has, in place of whatever lies there. Raises OSError."""
    session = log.header.session
    lines = [
        _encoder.encode(
            Remark(session=session, seq=seq, hash=log.hash_at(seq), kind="note", lens="story", text=text[:LONGEST])
        )
        for seq, text in narration
    ]
    if lines:
        remarks_path(log.path).write_bytes(b"".join(line + b"\n" for line in lines))
    else:
        remarks_path(log.path).unlink(missing_ok=True)


def add_remark(log: Log, *, seq: int, kind: Literal["bookmark", "note"], lens: Lens, text: str) -> Remark:
    """A remark, once the disk has it; lines that are there stay as they are.

    Raises StorageFailed, SessionLocked where another replay is writing at this moment, or UnreadableInput.
    """
    cleaned = clean(text, lines=False).strip()[:LONGEST]
    session, digest = log.header.session, log.hash_at(seq)
    remark = Remark(session=session, seq=seq, hash=digest, kind=kind, lens=lens, text=cleaned)
    line = _encoder.encode(remark) + b"\n"
    path = remarks_path(log.path)
    with Lock(path) as lock:
        if lock.descriptor < 0:
            lock.create(line)
            return remark
        data = _bytes(path)
        Appender(path, lock.descriptor, len(data)).append(line if data.endswith(b"\n") or not data else b"\n" + line)
    return remark
