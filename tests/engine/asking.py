"""Short ways to ask for things and to look for what was told, for tests of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pytest
from tests.engine.play import Play, small

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.refusals import refusal
from crisis_sim.rules.names import Outcome, Visibility

T = TypeVar("T", bound=e.Event)


def draft(
    move: str, channel: str, visibility: Visibility = "private", **rest: Any
) -> a.Draft:  # Any: fields of a draft
    """A move as it is composed, expected to be taken as it is meant unless a test says otherwise."""
    rest.setdefault("expected", rest.get("intent", 0))
    if visibility == "public":
        rest.setdefault("audience", "them")
    return a.Draft(move=move, channel=channel, visibility=visibility, **rest)


CALL = draft("request-call", "embassy")
"""Asks for a call over a channel that always works."""
HELP = draft("offer-help", "embassy", intent=-2)
BLAME = draft("criticise", "press", "public", intent=1)
FORCE = draft("show-of-force", "press", "public", intent=2)


def answer(move: str, number: int, how: Any, channel: str = "embassy", **rest: Any) -> a.Draft:  # Any: as in Draft
    """An answer to a request of our inbox."""
    return draft(move, channel, answers=number, how=how, **rest)


def told(events: Iterable[e.AnyEvent], kind: type[T]) -> list[T]:
    """The events of one kind."""
    return [event for event in events if isinstance(event, kind)]


def lucky(outcome: Outcome, begin: Callable[[str], Play], **acts: tuple[a.Draft, ...]) -> Play:
    """What is begun by the first seed under which a channel does this to the last act of a turn."""
    for number in range(300):
        play = begin(str(number))
        play.turn(**acts)
        if told(play.events, e.ActSent)[-1].act.outcome == outcome:
            return play
    raise AssertionError("no seed is that lucky")


def dormant(play: Play) -> Play:
    """The same with a hotline that nobody has practised."""
    play.submit("facilitator", a.Override(meter="readiness", of="hotline", to=29, reason="dormant"))
    return play


def moved(play: Play, rule: str) -> list[tuple[str, str, int]]:
    """What moved for one reason: meter, whose, by how much."""
    found = [event for event in told(play.events, e.NumberMoved) if event.trace.rule == rule]
    return [(event.meter, event.of, event.trace.after - event.trace.before) for event in found]


def moved_of(play: Play, rule: str, meter: str) -> list[tuple[str, int]]:
    """Whose number of one kind moved for one reason, and by how much."""
    return [(of, by) for kind, of, by in moved(play, rule) if kind == meter]


def refused(play: Play, seat: a.SeatName, action: a.AnyAction) -> str:
    """The code with which an action is refused; it changes nothing and names a way out."""
    before, count = play.state, len(play.events)
    with pytest.raises(ActionRefused) as caught:
        play.submit(seat, action)
    assert all(refusal(caught.value, "en")), "a refusal says why, and names a way out"
    assert play.state == before
    assert len(play.events) == count
    return caught.value.code


def go_on(play: Play, *phases: e.Phase) -> None:
    """Let the facilitator go on until one of these phases is open."""
    while play.state.phase not in phases:
        play.submit("facilitator", a.Advance())


def closed(play: Play) -> Play:
    """The same session in its closing."""
    go_on(play, "closing")
    return play


def deliver(play: Play, us: tuple[a.Draft, ...] = (), china: tuple[a.Draft, ...] = ()) -> None:
    """Play the moves of a turn up to its readings, or to its results where nobody has anything to read."""
    play.open_moves()
    for one in us:
        play.submit("us", a.SealMove(draft=one))
    for one in china:
        play.submit("china", a.SealMove(draft=one))
    go_on(play, "readings", "results")


def phase(play: Play) -> str:
    """The phase at hand, asked afresh."""
    return play.state.phase


def exchanged() -> Play:
    """A call was asked for and taken; the moves after it are open."""
    play = small(length=150)
    play.turn(us=(CALL,))
    play.turn(china=(answer("take-call", 1, "accept"),))
    play.open_moves()
    return play
