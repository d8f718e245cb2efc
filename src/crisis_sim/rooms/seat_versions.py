"""One seat's views as they go over the wire: numbered, and told by what differs from one that the reader has.

Only the newest is kept whole. Of those before, it is known since which number each part has been as it is: that is
enough to tell whoever has any of them what differs, however long ago it was.

The host asks of each act that comes whether the parts of a view that it was chosen from have changed since; a client
asks it of what waits when the host has begun another life, in which numbers of earlier views say nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, NamedTuple, TypeVar

import msgspec
from msgspec import Raw, Struct

from crisis_sim.engine import actions as a
from crisis_sim.engine.actions import AnyAction
from crisis_sim.engine.views.seat_views import View
from crisis_sim.rooms.wire import Diff, Whole, encoded

K = TypeVar("K")
V = TypeVar("V")

_encoder = msgspec.json.Encoder()
_fields = msgspec.json.Decoder(dict[str, Raw])
_items = msgspec.json.Decoder(tuple[Raw, ...])


class SeatVersion(Struct, frozen=True):
    """A view of a seat, in parts."""

    n: int
    view: View
    fields: dict[str, bytes]
    """All but the feed, as JSON."""
    feed: tuple[bytes, ...]


class SeatVersions:
    """The views of one seat, from its first."""

    def __init__(self, view: View) -> None:
        self.newest = _in_parts(1, view)
        """The view that the seat has now."""
        self._since = dict.fromkeys(self.newest.fields, 1)
        """Number of the view since which each field is as it is, those that are at their default again too."""
        self._items = [1] * len(self.newest.feed)
        """The same of each item of the feed, which never falls along it."""
        self._rewritten = 1
        """The last view whose feed was not the one before with more at its end."""
        self._drafts = dict.fromkeys(_drafts(view), 1)
        self._told: dict[int, bytes] = {}

    def look(self, view: View) -> bool:
        """Take the seat's view; whether it is another one."""
        last = self.newest
        if last.view is view or last.view == view:
            return False
        n = last.n + 1
        now = self.newest = _in_parts(n, view)
        self._since |= dict.fromkeys(_differing(last.fields, now.fields), n)
        self._drafts |= dict.fromkeys(_differing(_drafts(last.view), _drafts(view)), n)
        if now.feed[: len(last.feed)] != last.feed:
            self._rewritten, self._items = n, [n] * len(now.feed)
        self._items += [n] * (len(now.feed) - len(self._items))
        self._told.clear()
        return True

    def knows(self, n: int) -> bool:
        """Whether a view of this seat has had that number."""
        return 1 <= n <= self.newest.n

    def has_changed(self, name: str, n: int) -> bool:
        """Whether a field is, or has been, another one than in the view numbered `n`."""
        return self._since.get(name, 0) > n

    def has_moved(self, action: AnyAction, n: int) -> bool:
        """Whether what `action` is about has been another than in the view numbered `n`, or that is not known."""
        about = grounds_of(action)
        if not about.fields and about.draft is None:
            return False
        if not self.knows(n) or any(self.has_changed(name, n) for name in about.fields):
            return True
        return about.draft is not None and self._drafts.get(about.draft, 0) > n

    def since(self, n: int) -> bytes:
        """What a reader is told who has the view numbered `n`, or none that is known."""
        said = self._told.get(n)
        if said is None:
            said = self._told[n] = encoded(self._diff(n) if self.knows(n) else self._whole())
        return said

    def _whole(self) -> Whole:
        newest = self.newest
        return Whole(newest.n, Raw(together(newest.fields, newest.feed)))

    def _diff(self, base: int) -> Diff:
        newest = self.newest
        names = [name for name, since in self._since.items() if since > base]
        changed = {name: Raw(newest.fields[name]) for name in names if name in newest.fields}
        more: tuple[Raw, ...] = ()
        if self._rewritten > base:
            changed["feed"] = Raw(listed_json(newest.feed))
        else:
            more = tuple(map(Raw, newest.feed[bisect_right(self._items, base) :]))
        unset = tuple(name for name in names if name not in newest.fields)
        return Diff(base=base, n=newest.n, set=changed, unset=unset, more=more)


def _in_parts(n: int, view: View) -> SeatVersion:
    fields = {name: bytes(raw) for name, raw in _fields.decode(_encoder.encode(view)).items()}
    feed = tuple(bytes(raw) for raw in _items.decode(fields.pop("feed", b"[]")))
    return SeatVersion(n, view, fields, feed)


def _drafts(view: View) -> dict[int, object]:
    return {of.number: of.draft for of in getattr(view, "drafts", ())}


def _differing(before: dict[K, V], after: dict[K, V]) -> list[K]:
    """Keys of which one has something else than the other, or nothing."""
    return [key for key in before | after if before.get(key) != after.get(key)]


def together(fields: dict[str, bytes], feed: tuple[bytes, ...]) -> bytes:
    """The JSON of a view from its parts."""
    return _encoder.encode({**{name: Raw(raw) for name, raw in fields.items()}, "feed": Raw(listed_json(feed))})


def listed_json(items: tuple[bytes, ...]) -> bytes:
    """JSON values as one list."""
    return b"[" + b",".join(items) + b"]"


_ABOUT: Final[dict[type[AnyAction], tuple[str, ...]]] = {
    a.CommitMoves: ("drafts", "decisions", "closer", "asks_closer"),
    a.SealLines: ("lines", "guesses", "order", "order_guess"),
    a.DropGuess: ("guesses",),
    a.AcceptPrinciple: ("principles",),
    a.PutPrinciple: ("principles",),
    a.CommitReadings: ("to_read", "asked_now"),
    a.CommitForecasts: ("asked_now",),
    a.Advance: ("phase", "turn"),
}
"""Fields of a view that an action is about as a whole: what it does, or what its number names, depends on them."""


class ActGrounds(NamedTuple):
    """The parts of a view that an act is about."""

    fields: tuple[str, ...]
    draft: int | None
    """The number of the half-written move that it names."""


def grounds_of(action: AnyAction) -> ActGrounds:
    """What `action` is about."""
    if isinstance(action, a.PutPrinciple) and action.number is None:  # one more
        return ActGrounds((), None)
    number = action.number if isinstance(action, a.ReviseMove | a.WithdrawMove) else None
    return ActGrounds(_ABOUT.get(type(action), ()), number)
