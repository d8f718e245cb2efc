"""What has become of the things that feeds tell of, between one moment of a session and another.

Records that nothing has happened to are the same objects in both, so that finding the others takes no building and no
comparing of what they say. Any two moments will do, also an earlier one after a later, or of another session: what
differs is found, and perhaps something more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, compress, count, repeat
from operator import attrgetter, is_not
from typing import Final, NamedTuple, TypeAlias, TypeVar

from crisis_sim.engine.events import ActKey, AnyEvent, OwnLine
from crisis_sim.engine.state import Exchange, Promise, Received, Request, State
from crisis_sim.engine.views.shared_facts import RequestStatus

T = TypeVar("T")
STRETCH: Final = 32
"""Records that are compared at once."""
FeedSubject: TypeAlias = tuple[object, ...]
"""What an event is about: an act by its key, a promise by its name and side, a team's own lines by its side."""

STATE_FIELDS: Final = (
    *("turn_events", "hour", "requests", "exchanges", "promises", "translated"),
    *("us.inbox", "china.inbox", "us.own_lines", "china.own_lines"),
)
"""Fields of a state that feeds are told from."""


class FeedMoment(NamedTuple):
    """These fields at a moment; nothing yet, where none is given."""

    turn_events: tuple[tuple[AnyEvent, ...], ...] = ()
    hour: int = 0
    requests: tuple[Request, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    promises: tuple[Promise, ...] = ()
    translated: tuple[ActKey, ...] = ()
    inbox_us: tuple[Received, ...] = ()
    inbox_china: tuple[Received, ...] = ()
    lines_us: tuple[OwnLine, ...] = ()
    lines_china: tuple[OwnLine, ...] = ()


_fields: Final = attrgetter(*STATE_FIELDS)


def moment_of(state: State) -> FeedMoment:
    """What feeds are told from, in this state."""
    return FeedMoment(*_fields(state))


def turns_changed(old_moment: FeedMoment, new_moment: FeedMoment) -> set[int]:
    """Turns that have other events, or none yet."""
    turns = set(compress(count(), map(is_not, old_moment.turn_events, new_moment.turn_events)))
    turns.update(range(len(old_moment.turn_events), len(new_moment.turn_events)))
    return turns


def things_changed(old_moment: FeedMoment, new_moment: FeedMoment) -> Iterator[FeedSubject]:
    """Things of which a record, or what the hour makes of it, is another; some more than once."""
    for hour in range(*sorted((old_moment.hour, new_moment.hour))):
        yield due_in(hour)
    for was, now in ((old_moment.inbox_us, new_moment.inbox_us), (old_moment.inbox_china, new_moment.inbox_china)):
        if was is not now:
            yield from _inbox_changed(was, now)
    if old_moment.requests is not new_moment.requests:
        yield from (request.act for request in differing(old_moment.requests, new_moment.requests))
    if old_moment.exchanges is not new_moment.exchanges:
        yield from (exchange.request for exchange in differing(old_moment.exchanges, new_moment.exchanges))
    if old_moment.promises is not new_moment.promises:
        yield from (
            (promise.commitment, promise.side) for promise in differing(old_moment.promises, new_moment.promises)
        )
    if old_moment.translated is not new_moment.translated:
        yield from differing(old_moment.translated, new_moment.translated)
    if old_moment.lines_us is not new_moment.lines_us:
        yield ("us",)
    if old_moment.lines_china is not new_moment.lines_china:
        yield ("china",)


def _inbox_changed(old_items: Sequence[Received], new_items: Sequence[Received]) -> Iterator[FeedSubject]:
    """How acts are taken, and of those that have come or gone all else that is told; that one was sent is an event."""
    for (act, _), times in Counter([(item.act, item.turn) for item in differing(old_items, new_items)]).items():
        yield reading_of(act)
        if times == 1:
            yield act


def reading_of(act: ActKey) -> FeedSubject:
    """How its receiver took an act, and when it had it."""
    return "reading", act


def due_in(hour: int) -> FeedSubject:
    """What is said of acts that are due in an hour, which is something else once it is past."""
    return "due", hour


def differing(was: Sequence[T], now: Sequence[T]) -> Iterator[T]:
    """Records that do not stand in the other at the same place: all of the one first, then of the other."""
    last = max(0, min(len(was), len(now)) - STRETCH)
    first = last if was[:last] == now[:last] else 0  # what has happened, has mostly happened to the last of them
    stretches = [slice(start, start + STRETCH) for start in range(first, max(len(was), len(now)), STRETCH)]
    apart = [(was[part], now[part]) for part in stretches if was[part] != now[part]]
    for ours, theirs in apart:
        yield from compress(ours, chain(map(is_not, ours, theirs), repeat(True)))
    for ours, theirs in apart:
        yield from compress(theirs, chain(map(is_not, ours, theirs), repeat(True)))


def status_of(request: Request) -> RequestStatus:
    """What became of what an act asks."""
    if request.how is not None:
        return "stands" if request.answer is None else request.how
    return "silent" if request.status == "silent" else "open"
