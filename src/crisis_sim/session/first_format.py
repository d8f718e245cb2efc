"""Traces as logs of format 1 have them: with a sentence, which proves nothing, and without a part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import UNSET
from msgspec.structs import replace

from crisis_sim.engine.events import ActWeighed, AnyEvent, LinePressed, NumberMoved, Trace


def in_first_format(events: tuple[AnyEvent, ...]) -> tuple[AnyEvent, ...]:
    """Events as a program for format 1 reads them; their sentences are left empty."""
    return tuple(_retold(event, lambda trace: replace(trace, why="", part=UNSET)) for event in events)


def in_form_of(logged: tuple[AnyEvent, ...], events: tuple[AnyEvent, ...]) -> tuple[AnyEvent, ...]:
    """Events with the sentences of `logged` where that has any, so that they can be compared."""
    theirs = _traces(logged)

    def told_as(trace: Trace) -> Trace:
        told = next(theirs, trace)
        return trace if told.why is UNSET else replace(trace, why=told.why, part=UNSET)

    return tuple(_retold(event, told_as) for event in events)


def _traces(events: Iterable[AnyEvent]) -> Iterator[Trace]:
    for event in events:
        if isinstance(event, ActWeighed):
            yield from event.steps
        elif isinstance(event, NumberMoved | LinePressed):
            yield event.trace


def _retold(event: AnyEvent, changed: Callable[[Trace], Trace]) -> AnyEvent:
    """An event with each of its traces changed."""
    if isinstance(event, ActWeighed):
        return replace(event, steps=tuple(map(changed, event.steps)))
    if isinstance(event, NumberMoved | LinePressed):
        return replace(event, trace=changed(event.trace))
    return event
