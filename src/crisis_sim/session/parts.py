"""The parts of a log's first line, each with a hash of its own.

The hash of the line says that something in it is not what was written; those of its parts say what, so that one part
can be taken from elsewhere and the others stay. Nothing here touches a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import msgspec
from msgspec import Raw, Struct

START: Final = "start"
"""The part that is not material: session, seed, length and what else was chosen at the start."""


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stretch of a first line."""

    name: str
    """Of the material, the file that it keeps; a file may have several parts."""
    bytes: int
    sha256: str


class Piece(NamedTuple):
    """The bytes of a part."""

    name: str
    data: bytes

    @property
    def part(self) -> Part:
        """As the line lists it."""
        return Part(name=self.name, bytes=len(self.data), sha256=sha256(self.data).hexdigest())


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


def pieces_of(material: bytes) -> list[Piece]:
    """The pieces of a header's material, which follow one another without a gap.

    Material that no session is played from is one piece.
    """
    try:
        found = list(_pieces(_bundles.decode(material)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        found = []
    return found if b"".join(piece.data for piece in found) == material else [Piece("material", material)]


def _pieces(bundle: _Bundle) -> Iterator[Piece]:
    scenario = bundle.scenario
    head = b'{"format":%d,"scenario":{"file":%b,"tree":%b,"texts":{'
    yield Piece(scenario.file, head % (bundle.format, _encode(scenario.file), bytes(scenario.tree)))
    for place, (name, text) in enumerate(scenario.texts.items()):
        yield Piece(name, b"%b%b:%b" % (b"," if place else b"", _encode(name), bytes(text)))
    yield Piece(scenario.file, b'},"sha256":%b},"packs":[' % bytes(scenario.sha256))
    for place, pack in enumerate(bundle.packs):
        yield Piece(_names.decode(pack).file, (b"," if place else b"") + bytes(pack))
    yield Piece("places", b'],"places":%b}' % bytes(bundle.places))


def parts_of(start: bytes, material: bytes) -> tuple[Part, ...]:
    """The parts of a first line: of `start`, its fields without parts, material and hash, and of its material."""
    return (Piece(START, start).part, *(piece.part for piece in pieces_of(material)))


def cut(material: bytes, parts: Iterable[Part]) -> list[Piece]:
    """What stands in `material` at the place of each of its `parts`; none where their lengths are not its own."""
    listed = tuple(parts)
    ends = (0, *accumulate(part.bytes for part in listed))
    if ends[-1] != len(material) or any(part.bytes < 0 for part in listed):
        return []
    return [Piece(part.name, material[a:b]) for part, (a, b) in zip(listed, pairwise(ends), strict=True)]
