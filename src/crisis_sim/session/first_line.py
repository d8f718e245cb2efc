"""A log's first line: its parts, each with a hash of its own, and what of it is damaged, mended where it can be.

The hash of the line says that something in it is not what was written; those of its parts say what, so that one part
can be taken from elsewhere and the others stay. That is done only if the hash of the whole line, which the line after
it repeats, then comes out: nothing is guessed that could be wrong. Nothing here touches a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import accumulate, chain, pairwise
from typing import Final, NamedTuple

import msgspec
from msgspec import Raw, Struct

START: Final = "start"
"""The part that is not material: session, seed, length and what else was chosen at the start."""


class HeaderPart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stretch of a first line."""

    name: str
    """Of the material, the file that it keeps; a file may have several parts."""
    bytes: int
    sha256: str


class PartBytes(NamedTuple):
    """The bytes of a part."""

    name: str
    data: bytes

    @property
    def part(self) -> HeaderPart:
        """As the line lists it."""
        return HeaderPart(name=self.name, bytes=len(self.data), sha256=sha256(self.data).hexdigest())


class _Scenario(Struct, forbid_unknown_fields=True):
    file: str
    tree: Raw
    texts: dict[str, Raw]
    sha256: Raw


class _Named(Struct):
    file: str


class _Bundle(Struct, forbid_unknown_fields=True):
    format: int
    scenario: _Scenario
    packs: list[Raw]
    places: Raw


_encode = msgspec.json.encode
_bundles = msgspec.json.Decoder(_Bundle)
_names = msgspec.json.Decoder(_Named)


def pieces_of(material: bytes) -> list[PartBytes]:
    """The pieces of a header's material, which follow one another without a gap.

    Material that no session is played from is one piece.
    """
    try:
        pieces = list(_pieces(_bundles.decode(material)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pieces = []
    return pieces if b"".join(piece.data for piece in pieces) == material else [PartBytes("material", material)]


def _pieces(bundle: _Bundle) -> Iterator[PartBytes]:
    scenario = bundle.scenario
    head = b'{"format":%d,"scenario":{"file":%b,"tree":%b,"texts":{'
    yield PartBytes(scenario.file, head % (bundle.format, _encode(scenario.file), bytes(scenario.tree)))
    for place, (name, text) in enumerate(scenario.texts.items()):
        yield PartBytes(name, b"%b%b:%b" % (b"," if place else b"", _encode(name), bytes(text)))
    yield PartBytes(scenario.file, b'},"sha256":%b},"packs":[' % bytes(scenario.sha256))
    for place, pack in enumerate(bundle.packs):
        yield PartBytes(_names.decode(pack).file, (b"," if place else b"") + bytes(pack))
    yield PartBytes("places", b'],"places":%b}' % bytes(bundle.places))


def parts_of(start: bytes, material: bytes) -> tuple[HeaderPart, ...]:
    """The parts of a first line: of `start`, its fields without parts, material and hash, and of its material."""
    return (PartBytes(START, start).part, *(piece.part for piece in pieces_of(material)))


def split_material(material: bytes, parts: Iterable[HeaderPart]) -> list[PartBytes]:
    """What stands in `material` at the place of each of its `parts`; none where their lengths are not its own."""
    listed = tuple(parts)
    ends = (0, *accumulate(part.bytes for part in listed))
    if ends[-1] != len(material) or any(part.bytes < 0 for part in listed):
        return []
    return [PartBytes(part.name, material[a:b]) for part, (a, b) in zip(listed, pairwise(ends), strict=True)]


_PARTS: Final = b',"parts":'
_MATERIAL: Final = b',"material":'
_PARENT: Final = b',"parent":'
_HASH: Final = b',"hash":"'
_SEALED: Final = len(_HASH) + 64 + len(b'"}')
_FIRST: Final = b'{"seq":1,"time":'
_BOUNDARY: Final = re.compile(rb'"\}(.)\{"seq":1,"time":', re.DOTALL)
_PREV: Final = re.compile(rb'"prev":"([0-9a-f]{64})"')
_NEAR: Final = 16_384
"""Bytes from the start, or from the end, in which a field of the line is looked for where its name is damaged."""
_PRINTABLE: Final = bytes(range(0x20, 0x7F))
_SHORT: Final = 2_048
"""Bytes of a first part in which every letter is tried; ours have some hundreds."""

_lists = msgspec.json.Decoder(tuple[HeaderPart, ...])


class FirstLine(NamedTuple):
    """A line cut where its fields stand, or stood; none of them need be sound."""

    head: bytes
    """Before the parts, or before the material where they are not found."""
    parts: tuple[HeaderPart, ...]
    """Empty where they cannot be read."""
    material: bytes
    tail: bytes
    """What comes between material and hash."""

    @property
    def start(self) -> bytes:
        """The first part."""
        return self.head + self.tail + b"}"

    def damaged(self) -> tuple[str, ...]:
        """The names of the parts that are not what was written; none where the line does not tell."""
        pieces = [PartBytes(START, self.start), *split_material(self.material, self.parts[1:])]
        wrong = (part.name for part, piece in zip(self.parts, pieces, strict=False) if part != piece.part)
        return tuple(dict.fromkeys(wrong))

    def body(self, head: bytes, tail: bytes, material: bytes) -> bytes:
        """The line up to its hash, of these fields."""
        listed = _encode(parts_of(head + tail + b"}", material))
        return b"".join((head, _PARTS, listed, _MATERIAL, material, tail))


def first_line(line: bytes) -> FirstLine:
    """The line, cut; without its newline."""
    parts_start = _place(line, _PARTS + b'[{"name":"start"')
    begins = max(parts_start, 0) + max(_place(line[max(parts_start, 0) :], _MATERIAL), 0)
    ends = line.rfind(_PARENT)
    if ends < begins:
        ends = max(len(line) - _NEAR, 0) + max(_place(line[-_NEAR:], _PARENT), 0)
    parts = _listed(line[parts_start + len(_PARTS) : begins]) if parts_start >= 0 else ()
    head = line[: parts_start if parts_start >= 0 else begins]
    return FirstLine(head, parts, line[begins + len(_MATERIAL) : ends], line[ends:-_SEALED])


def _place(data: bytes, mark: bytes) -> int:
    """Where `mark` stands, or near the start something like it with one other letter; −1 where neither does."""
    if (start := data.find(mark)) >= 0:
        return start
    data = data[:_NEAR]
    like = [
        sum(map(int.__eq__, data[offset : offset + len(mark)], mark)) for offset in range(len(data) - len(mark) + 1)
    ]
    return like.index(max(like)) if like and max(like) >= len(mark) - 1 else -1


def _listed(text: bytes) -> tuple[HeaderPart, ...]:
    try:
        return _lists.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ()


def split(data: bytes) -> tuple[bytes, bytes]:
    """The first line of a log and all behind it, though the newline between them be damaged."""
    ends = data.find(b"\n")
    if not data.startswith(_FIRST, ends + 1) and (boundary := _BOUNDARY.search(data)) is not None:
        ends = boundary.start(1)
    return (data[:ends], data[ends + 1 :]) if ends >= 0 else (data, b"")


def restore_first_line(data: bytes, materials: Iterable[bytes], copies: Iterable[bytes] = ()) -> bytes | None:
    """The bytes of a log with its first line as it was written; None where that cannot be found.

    `copies` are first lines that might be the same one, `materials` such as it may have kept; they are asked for one
    by one, and only as long as they are needed.
    """
    line, rest = split(data)
    behind = _PREV.findall(rest[: rest.find(b"\n") + 1])
    seals = {line[-_SEALED:][len(_HASH) : -2], *behind[-1:]}
    broken = first_line(line)
    for body in chain(_bodies(broken, ()), (copy[:-_SEALED] for copy in copies), _bodies(broken, materials)):
        seal = sha256(body).hexdigest().encode()
        if seal in seals:
            return b"".join((body, _HASH, seal, b'"}\n', rest))
    return None


def _bodies(broken: FirstLine, materials: Iterable[bytes]) -> Iterator[bytes]:
    """What the line may have been, up to its hash."""
    starts = list(_starts(broken))
    pieces_by_hash: dict[str, bytes] = {}
    for material in chain((broken.material,), materials):
        pieces_by_hash |= {piece.part.sha256: piece.data for piece in pieces_of(material)}
        for whole in dict.fromkeys((material, *_joined(broken, pieces_by_hash))):
            for head, tail in starts:
                yield broken.body(head, tail, whole)


def _joined(broken: FirstLine, pieces_by_hash: dict[str, bytes]) -> Iterator[bytes]:
    """The material of its own sound pieces and of `pieces_by_hash` ones in place of the others, if all are there."""
    own = {piece.part.sha256: piece.data for piece in split_material(broken.material, broken.parts[1:])}
    pieces = [own.get(part.sha256, pieces_by_hash.get(part.sha256)) for part in broken.parts[1:]]
    whole = [piece for piece in pieces if piece is not None]
    if whole and len(whole) == len(pieces):
        yield b"".join(whole)


def _starts(broken: FirstLine) -> Iterator[tuple[bytes, bytes]]:
    """What may have stood before and behind the material: what does, and what does with one letter changed.

    A letter is tried only where the first part's own hash tells at once whether it is the right one.
    """
    yield broken.head, broken.tail
    wanted = {part.sha256 for part in broken.parts[:1]} - {PartBytes(START, broken.start).part.sha256}
    cut_at = len(broken.head)
    for changed in _one_letter_changed(broken.head + broken.tail) if wanted and len(broken.start) <= _SHORT else ():
        if sha256(changed + b"}").hexdigest() in wanted:
            yield changed[:cut_at], changed[cut_at:]


def _one_letter_changed(text: bytes) -> Iterator[bytes]:
    changed = bytearray(text)
    for place, letter in enumerate(text):
        for other in _PRINTABLE:
            changed[place] = other
            yield bytes(changed)
        changed[place] = letter
