"""One seat's views as they go over the wire: numbered, and told by what differs from one that the reader has."""

from __future__ import annotations

from collections import deque
from itertools import zip_longest
from typing import Final, TypeVar

import msgspec
from msgspec import Raw, Struct

from crisis_sim.engine.sight.views import View
from crisis_sim.rooms.wire import Diff, Whole, encoded

T = TypeVar("T")

KEPT: Final = 64
"""Versions from which a reader that comes back is told only what differs."""

_encoder = msgspec.json.Encoder()
_fields = msgspec.json.Decoder(dict[str, Raw])
_items = msgspec.json.Decoder(tuple[Raw, ...])


class SeatVersion(Struct, frozen=True, gc=False):
    """A view of a seat, in parts."""

    n: int
    view: View
    fields: dict[str, bytes]
    """All but the feed, as JSON."""
    feed: tuple[bytes, ...]


class SeatVersions:
    """The last views of one seat."""

    def __init__(self) -> None:
        self._kept: deque[SeatVersion] = deque(maxlen=KEPT)
        self._told: dict[int, bytes] = {}

    @property
    def newest(self) -> SeatVersion:
        """The view that the seat has now. Raises IndexError before the first `look`."""
        return self._kept[-1]

    def look(self, view: View) -> bool:
        """Take the seat's view; whether it is another one."""
        if self._kept and (self._kept[-1].view is view or self._kept[-1].view == view):
            return False
        fields = {name: bytes(raw) for name, raw in _fields.decode(_encoder.encode(view)).items()}
        feed = tuple(bytes(raw) for raw in _items.decode(fields.pop("feed", b"[]")))
        last = self._kept[-1] if self._kept else SeatVersion(0, view, {}, ())
        fields = {name: _one(last.fields.get(name), raw) for name, raw in fields.items()}
        feed = _one(last.feed, tuple(_one(was, raw) for was, raw in zip_longest(last.feed[: len(feed)], feed)))
        self._kept.append(SeatVersion(last.n + 1, view, fields, feed))
        self._told.clear()
        return True

    def at(self, n: int) -> SeatVersion | None:
        """The version numbered `n`, if it is still kept."""
        first = self._kept[0].n
        return self._kept[n - first] if first <= n <= self._kept[-1].n else None

    def since(self, n: int) -> bytes:
        """What a reader is told who has the view numbered `n`, or none that is kept."""
        said = self._told.get(n)
        if said is None:
            base = self.at(n)
            said = self._told[n] = encoded(self._whole() if base is None else self._diff(base))
        return said

    def _whole(self) -> Whole:
        newest = self.newest
        return Whole(newest.n, Raw(together(newest.fields, newest.feed)))

    def _diff(self, base: SeatVersion) -> Diff:
        newest = self.newest
        changed = {name: Raw(raw) for name, raw in newest.fields.items() if base.fields.get(name) != raw}
        grown = newest.feed[: len(base.feed)] == base.feed
        if not grown:
            changed["feed"] = Raw(listed_json(newest.feed))
        return Diff(
            base=base.n,
            n=newest.n,
            set=changed,
            unset=tuple(name for name in base.fields if name not in newest.fields),
            more=tuple(map(Raw, newest.feed[len(base.feed) :])) if grown else (),
        )


def _one(known: T | None, new: T) -> T:
    """What is known already, where the new is the same: dozens of versions that differ in one field cost one."""
    return known if known == new and known is not None else new


def together(fields: dict[str, bytes], feed: tuple[bytes, ...]) -> bytes:
    """The JSON of a view from its parts."""
    return _encoder.encode({**{name: Raw(raw) for name, raw in fields.items()}, "feed": Raw(listed_json(feed))})


def listed_json(items: tuple[bytes, ...]) -> bytes:
    """JSON values as one list."""
    return b"[" + b",".join(items) + b"]"
