"""What a log's lines hold, and how they become bytes and are checked.

A line is canonical JSON (msgspec's compact form, fields in the order below) and ends with its `hash`: the sha256, in
hex, of every byte of the file before that line's `,"hash":`. So the last line answers for all of them, and a flipped
bit or a dropped, doubled or swapped line shows wherever it is. An entry's `prev` is the hash of the line before it, so
that the chain can be followed by eye. Nothing here touches a file.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final, Literal, TypeAlias, get_args

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.engine.events import AnyEvent
from crisis_sim.engine.inheritance import Inheritance
from crisis_sim.errors import Sentence
from crisis_sim.rules.names import CardSize
from crisis_sim.session.first_line import HeaderPart, parts_of

FORMAT: Final = 1
"""The format of logs that this program writes and reads."""

Milliseconds: TypeAlias = int
"""A time is counted since 1970-01-01T00:00Z, by the clock of the machine that keeps the log."""

_HASH: Final = b',"hash":"'
_EMPTY: Final = len(b',"hash":""}')
_SEALED: Final = len(_HASH) + 64 + len(b'"}')
_UNKNOWN: Final = ("unknown field", "Invalid value")
"""What msgspec says of a field, a kind or a word that its structs do not have."""


class Parent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a branch left its parent."""

    session: str
    seq: int
    """The last entry that both share; 0 for none."""
    hash: str
    """Hash of that line in the parent."""


class Header(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Line 1: everything that a session is played from."""

    format: Literal[1] = FORMAT
    app: str
    """Version of crisis-sim that began the log."""
    session: str
    seed: str
    length: int
    """Minutes."""
    show: Literal["own", "all"]
    options: dict[str, str | bool | int]
    """What a door chose at the start and wants to find again; nothing here moves what is objective."""
    started: Milliseconds
    inherits: Inheritance | UnsetType = UNSET
    """What the session begins with of an earlier one, whose log is needed no more; unset where it begins afresh."""
    parts: tuple[HeaderPart, ...] = ()
    """What the line consists of; `sealed_header` lists it."""
    material: Raw
    """The resolved scenario and rule packs with their hashes (`crisis_sim.content.material`)."""
    parent: Parent | None = None
    hash: str = ""

    @property
    def arm(self) -> str:
        """The arm of a study that the session was given to; empty if none was named."""
        return str(self.options.get("arm", ""))

    @property
    def explained(self) -> bool:
        """Whether its briefs are explained."""
        return self.options.get("briefs") == "explained"

    @property
    def card(self) -> CardSize | None:
        """Which card of offences somebody chose at the start; None if nobody did."""
        chosen = self.options.get("offence_card")
        return next((size for size in get_args(CardSize) if size == chosen), None)

    @property
    def cards(self) -> bool:
        """Whether instruction cards are dealt, where the scenario deals any in this length."""
        return self.options.get("cards") is not False

    @property
    def one_table(self) -> bool:
        """Whether both teams share one screen, and are asked for less."""
        return self.options.get("one_table") is True

    @property
    def title(self) -> str | dict[str, str]:
        """What its scenario is called, in one language or by language. Raises ValueError."""
        return _materials.decode(self.material).scenario.tree.title

    @property
    def inherited(self) -> Inheritance | None:
        """What it begins with of an earlier session, if it does."""
        return None if isinstance(self.inherits, UnsetType) else self.inherits


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One act and all that followed from it, written whole or not at all."""

    seq: int
    """From 1, by one."""
    time: Milliseconds
    """Never before the time of the line before."""
    away: Milliseconds
    """Milliseconds of the time since the line before in which nobody had the log open; 0 except after a resume."""
    seat: SeatName
    action: AnyAction
    events: tuple[AnyEvent, ...]
    ref: str | UnsetType = UNSET
    """Which submit of the seat led to it, where that was named."""
    prev: str
    hash: str = ""


class _Tree(Struct):
    title: str | dict[str, str]


class _Scenario(Struct):
    tree: _Tree


class _Material(Struct):
    """Of a material, the title of its scenario; what else it holds is passed over."""

    scenario: _Scenario


class _Numbered(Struct):
    """A first line of any format; what else it holds is passed over."""

    format: Any = None


class LineWrong(Exception):  # a signal between two modules; people meet LogDamaged
    """Why a line is not what was written, as a code and the second half of a sentence about it."""

    def __init__(self, code: str, reason: Sentence) -> None:
        """`reason` follows on 'line 7 …'."""
        super().__init__(reason)
        self.code = code
        self.reason = reason


_encoder = msgspec.json.Encoder()
_entries = msgspec.json.Decoder(Entry)
_headers = msgspec.json.Decoder(Header)
_numbers = msgspec.json.Decoder(_Numbered)
_materials = msgspec.json.Decoder(_Material)


class Chain:
    """The hash of a log's lines so far."""

    def __init__(self) -> None:
        self._so_far = sha256()

    def seal(self, body: bytes) -> str:
        """The hash of a line with this `body`, if it comes next."""
        whole = self._so_far.copy()
        whole.update(body)
        return whole.hexdigest()

    def add(self, line: bytes | memoryview) -> None:
        """Go on behind `line`, which may be several; each has its newline."""
        self._so_far.update(line)


def chain_of(line: bytes) -> Chain:
    """The chain behind a first line, with its newline if it has one."""
    chain = Chain()
    chain.add(line)
    return chain


def short(digest: str) -> str:
    """The first 16 hex digits of a hash in groups of four, to be read aloud and noted."""
    return "-".join(digest[place : place + 4] for place in range(0, 16, 4))


def start_of(header: Header) -> bytes:
    """The header as its own first part: without parts, material and hash."""
    bare = msgspec.structs.replace(header, parts=(), material=Raw(b"0"), hash="")
    head, _, tail = _encoder.encode(bare).rpartition(b',"parts":[],"material":0')
    return head + tail[:-_EMPTY] + b"}"


def own_parts(header: Header) -> tuple[HeaderPart, ...]:
    """The parts that the header should list."""
    return parts_of(start_of(header), bytes(header.material))


def sealed_header(header: Header) -> tuple[bytes, Header]:
    """The bytes of the line, newline included, and the header with its parts and its hash."""
    header = msgspec.structs.replace(header, parts=own_parts(header))
    body = _encoder.encode(header)[:-_EMPTY]
    digest = Chain().seal(body)
    return _line(body, digest), msgspec.structs.replace(header, hash=digest)


def sealed_entry(entry: Entry, chain: Chain) -> tuple[bytes, Entry]:
    """The bytes of the next line, newline included, and the entry with its hash. `entry.hash` is empty.

    Raises TypeError for what could not be read back: such a line never reaches a log.
    """
    body = _encoder.encode(entry)[:-_EMPTY]
    digest = chain.seal(body)
    line, sealed = _line(body, digest), msgspec.structs.replace(entry, hash=digest)
    try:
        is_same = _entries.decode(line) == sealed
    except msgspec.ValidationError:
        is_same = False
    if not is_same:
        raise TypeError(f"entry {entry.seq} ({type(entry.action).__name__}) could not be read back from its line")
    return line, sealed


def _line(body: bytes, digest: str) -> bytes:
    return b"".join((body, _HASH, digest.encode(), b'"}\n'))


def read_header(line: bytes) -> Header:
    """The header that `line` (without its newline) holds. Raises LineWrong."""
    try:
        _check_hash(line, Chain())
        header = _headers.decode(line)
    except LineWrong:
        _refuse_other_formats(line)
        raise
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        _refuse_other_formats(line)
        raise LineWrong("log/header", Sentence("is no header of a log ({why})", why=_plain(error))) from None
    if _encoder.encode(header) != line:
        raise LineWrong("log/not-canonical", Sentence("is not written in the canonical form"))
    return header


def _refuse_other_formats(line: bytes) -> None:
    try:
        number = _numbers.decode(line).format
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return
    if isinstance(number, int) and not isinstance(number, bool) and number != FORMAT and not _is_misnumbered(line):
        raise LineWrong(
            "log/format",
            Sentence(
                "says that the log is of format {number}, and this program reads format {known}",
                number=number,
                known=FORMAT,
            ),
        )


def _is_misnumbered(line: bytes) -> bool:
    """With the number of the format that is read its hash is right: the number is what is damaged."""
    rest = line[line.find(b",") : -_SEALED]
    seal = line[-_SEALED + len(_HASH) : -2].decode("ascii", "replace")
    return Chain().seal(b'{"format":%d' % FORMAT + rest) == seal


def read_sealed(line: bytes, chain: Chain | None) -> Entry:
    """The entry that `line` holds, after the lines of `chain` or, without one, before a line that answers for it.

    Raises LineWrong.
    """
    if chain is not None:
        _check_hash(line, chain)
    try:
        return _entries.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        why = _plain(error)
        if any(phrase in why for phrase in _UNKNOWN) and line.decode("utf-8", "ignore").encode() == line:
            reason = Sentence("is no entry that this version knows ({why})", why=why)
            raise LineWrong("log/later-entry", reason) from None
        raise LineWrong("log/entry", Sentence("is no entry of a log ({why})", why=why)) from None


def read_entry(line: bytes, chain: Chain, *, seq: int, prev: str) -> Entry:
    """The entry `seq` that `line` (without its newline) holds, after the lines of `chain`. Raises LineWrong."""
    try:
        entry = read_sealed(line, None)
    except LineWrong:
        _check_hash(line, chain)
        raise
    if entry.seq != seq:
        raise LineWrong(
            "log/order", Sentence("holds entry {found} where entry {seq} belongs", found=entry.seq, seq=seq)
        )
    if entry.prev != prev:
        raise LineWrong("log/chain", Sentence("does not follow from the line before it"))
    _check_hash(line, chain)
    if _encoder.encode(entry) != line:
        raise LineWrong("log/not-canonical", Sentence("is not written in the canonical form"))
    return entry


def _check_hash(line: bytes, chain: Chain) -> None:
    body, seal = line[:-_SEALED], line[-_SEALED:]
    if not (seal.startswith(_HASH) and seal.endswith(b'"}')):
        raise LineWrong("log/no-hash", Sentence("does not end with its hash"))
    if seal[len(_HASH) : -2] != chain.seal(body).encode():
        raise LineWrong("log/hash", Sentence("is not what was written: its bytes do not give its hash"))


def _plain(error: Exception) -> str:
    """What is wrong, in printable ASCII; the bytes of a damaged line are never repeated."""
    if isinstance(error, RecursionError):
        return Sentence("it is nested too deeply")
    if isinstance(error, UnicodeDecodeError):
        return Sentence("it is not UTF-8")
    return "".join(c if " " <= c <= "~" else "?" for c in str(error)[:200])


def read_entries_at_once(lines: bytes, header: bytes, prev: str) -> tuple[list[Entry], Chain] | None:
    """All entries of `lines`, each ended by a newline, behind the line `header` with the hash `prev`.

    None when anything is wrong: it says as little as possible as fast as possible, and `read_entry`, line by line, says
    what and where. The last hash answers for every byte before it, so the others are compared and not reckoned.
    """
    try:
        entries = _entries.decode_lines(lines)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    chain = chain_of(header)
    if not entries:
        return None if lines else (entries, chain)
    hashes = [entry.hash for entry in entries]
    prevs = [entry.prev for entry in entries]
    if [entry.seq for entry in entries] != list(range(1, len(entries) + 1)):
        return None
    if prevs[0] != prev or prevs[1:] != hashes[:-1] or _encoder.encode_lines(entries) != lines:
        return None
    whole, last = memoryview(lines), len(lines) - _SEALED - 1
    chain.add(whole[:last])
    if chain.seal(b"") != hashes[-1]:
        return None
    chain.add(whole[last:])
    return entries, chain
