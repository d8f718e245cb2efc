"""What is measured of a session that bots have played out: numbers, and things that happened or did not.

The list depends on the scenario and the base pack alone, so that a worker and whoever asked it have the same one in the
same order. Every number is in hundredths, as everywhere; a thing that happened is 1, and 0 if it did not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar, cast

from crisis_sim.engine import events as e
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import Sentence
from crisis_sim.measures.tension import felt_by_order
from crisis_sim.numbers import ONE, rounded
from crisis_sim.rules.authored import Text
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import SIDES, Side, Taker, VoiceAnswer, other
from crisis_sim.wording import _
from crisis_sim.wording.labels import THE

EventType = TypeVar("EventType", bound=e.Event)


@dataclass(frozen=True)
class FinishedSession:
    """A session at its end."""

    table: GameTable
    state: State
    events: Sequence[e.AnyEvent]

    def events_of(self, kind: type[EventType]) -> Sequence[EventType]:
        """The events of a kind, in the order in which they were told."""
        return cast(Sequence[EventType], self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[type[e.Event], Sequence[e.AnyEvent]]:
        events_by_kind = defaultdict[type[e.Event], list[e.AnyEvent]](list)
        for event in self.events:
            events_by_kind[type(event)].append(event)
        return events_by_kind


ReadMeasure: TypeAlias = Callable[[FinishedSession], int | None]


class PlaytestMeasure(NamedTuple):
    """Something that is measured of every session."""

    id: str
    label: str | Text
    """Its words at the head of a row."""
    unit: str | Text
    sort: Literal["number", "share"]
    """A number in hundredths, or 1 and 0 for what happened and what did not."""
    read: ReadMeasure
    """The value; None where there is nothing to measure, such as a gap between no acts."""
    sub_label: str = ""
    """Its words where it stands under the row of both sides together."""


def measures(table: GameTable) -> tuple[PlaytestMeasure, ...]:
    """Everything that is measured of a session at `table`, in the order of the tables."""
    return (*_numbers(table), *_shares(table))


def _numbers(table: GameTable) -> Iterator[PlaytestMeasure]:
    scale, meter, steps = "0–100", "0–10", Sentence("steps")
    felt, side_label = _("as {side} felt it"), _("of {side}")
    yield _measure("peak-tension", _("Tension at its highest"), scale, _peak_tension)
    yield from _measure_sides(
        "peak-felt", _("Tension at its highest, as {side} felt it"), scale, _peak_felt, sub_template=felt
    )
    yield _measure("end-tension", _("Tension at the end"), scale, lambda ended: ended.state.tension)
    yield from _measure_sides(
        "end-felt",
        _("Tension at the end, as {side} felt it"),
        scale,
        lambda ended, side: ended.state.felt[side],
        sub_template=felt,
    )
    yield _measure("crossings", _("Red lines crossed"), "", lambda ended: len(ended.state.crossings) * ONE)
    yield from _measure_sides("crossings", _("Red lines of {side} crossed"), "", _crossings, sub_template=side_label)
    for name, kind, whole, template, sub_template in (
        ("conclusions", e.ConclusionDrawn, _("Conclusions drawn"), _("Conclusions of {side}"), side_label),
        ("further-from", e.FurtherFrom, _("Drawn back from a conclusion"), _("{side} drawn back from one"), side_label),
        ("near-misses", e.NearMiss, _("Near misses"), _("Near misses on lines of {side}"), _("on lines of {side}")),
    ):
        yield _measure(name, whole, "", _count_events(kind, SIDES))
        for side in SIDES:
            label, sub_label = (Sentence(words, side=Sentence(THE[side])) for words in (template, sub_template))
            yield PlaytestMeasure(f"{name}/{side}", label, "", "number", _count_events(kind, (side,)), sub_label)
    if table.card is not None:
        felt_label = _("Felt by {side} because of its own order of offences")
        yield from _measure_sides(
            "felt-by-order", felt_label, scale, lambda ended, side: felt_by_order(ended.state, side)
        )
    yield from _measure_sides(
        "trust", _("Trust of {side} in the other"), meter, lambda ended, side: ended.state.trust[side]
    )
    yield from _measure_sides(
        "standing", _("Standing of {side}"), meter, lambda ended, side: ended.state.standing[side]
    )
    yield from _measure_sides("gap", _("Gap, acts of {side}"), steps, _gap)
    yield from _measure_sides("unforeseen", _("Unforeseen part of the gap, acts of {side}"), steps, _unforeseen)
    yield from _measure_sides("crossed-audience", _("Crossed audiences, acts of {side}"), "", _crossed_audience)
    yield _measure("asked", _("Requests made"), "", lambda ended: len(ended.state.requests) * ONE)
    yield _measure("unanswered", _("Requests met with silence"), "", _unanswered)
    if table.base.standing.voice is not None:
        for answer, whole in _VOICES.items():
            yield from _measure_sides(f"voice-{answer}", whole, "", _voice(answer))
    for taker in table.base.channels.takers:
        yield _measure(f"taken-by/{taker}", _TAKER_LABELS[taker], "", _taken_by(taker))
    for track, item in table.scenario.tracks.items():
        yield PlaytestMeasure(f"track/{track}", item.name, item.unit, "number", _track(track))


_VOICES: Final[Mapping[VoiceAnswer | Literal["alone"], str]] = {
    "meet": _("Hard voices at home that {side} met by an act"),
    "speak": _("Hard voices at home that {side} let speak"),
    "wait": _("Hard voices at home that {side} asked to wait"),
    "alone": _("Hard voices at home that {side} left unanswered"),
}
_TAKER_LABELS: Final[Mapping[Taker, str]] = {
    "desk": _("Calls taken by a desk officer"),
    "deputy": _("Calls taken by a deputy"),
    "minister": _("Calls taken by a minister or above"),
}


def _voice(answer: VoiceAnswer | Literal["alone"]) -> Callable[[FinishedSession, Side], int]:
    """How often this became of a hard voice of a side; one that speaks since nobody answered it was left alone."""

    def read(ended: FinishedSession, side: Side) -> int:
        came = [
            event.answer if event.said else "alone" for event in ended.events_of(e.VoiceAnswered) if event.side == side
        ]
        return came.count(answer) * ONE

    return read


def _taken_by(taker: Taker) -> ReadMeasure:
    return lambda ended: sum(event.act.taker == taker for event in ended.events_of(e.ActSent)) * ONE


def _shares(table: GameTable) -> Iterator[PlaytestMeasure]:
    rungs = table.base.tension.rungs
    for place, rung in enumerate(rungs):
        upper = rungs[place + 1].at if place + 1 < len(rungs) else None
        label = Sentence("Ended {rung}", rung=rung.name)
        yield PlaytestMeasure(f"ended/{place}", label, "", "share", _between(rung.at if place else None, upper))
    crossed = _("A red line was crossed")
    yield _measure("any-crossing", crossed, "", lambda ended: int(bool(ended.state.crossings)), "share")
    crossed, side_label = _("A red line of {side} was crossed"), _("of {side}")
    yield from _measure_sides(
        "any-crossing", crossed, "", lambda ended, side: int(_crossings(ended, side) > 0), "share", side_label
    )
    yield _measure("blind", _("Neither saw it get worse (blind dilemma)"), "", _blind, "share")
    yield _measure("broken", _("A promise was broken"), "", _broken, "share")
    for track in table.clocks:
        item = table.scenario.tracks[track]
        label = Sentence("Ran out: {track}", track=item.name)
        yield PlaytestMeasure(f"ran-out/{track}", label, "", "share", _ran_out(track, item.least))


def _measure(
    name: str, label: str, unit: str, read: ReadMeasure, sort: Literal["number", "share"] = "number"
) -> PlaytestMeasure:
    """A measure of the whole session."""
    return PlaytestMeasure(name, Sentence(label), unit, sort, read)


def _measure_sides(
    name: str,
    template: str,
    unit: str,
    read: Callable[[FinishedSession, Side], int | None],
    sort: Literal["number", "share"] = "number",
    sub_template: str = "",
) -> Iterator[PlaytestMeasure]:
    """A measure for each side."""
    for side in SIDES:
        label, sub_label = (Sentence(words, side=Sentence(THE[side])) for words in (template, sub_template))
        yield PlaytestMeasure(f"{name}/{side}", label, unit, sort, _of_side(read, side), sub_label)


def _of_side(read: Callable[[FinishedSession, Side], int | None], side: Side) -> ReadMeasure:
    return lambda ended: read(ended, side)


def _peak_tension(ended: FinishedSession) -> int:
    """The highest at the end of a turn, or of the session."""
    return max(ended.state.tension, *(tension for tension, _, _ in ended.state.curve))


def _peak_felt(ended: FinishedSession, side: Side) -> int:
    place = 1 if side == "us" else 2
    return max(ended.state.felt[side], *(point[place] for point in ended.state.curve))


def _crossings(ended: FinishedSession, side: Side) -> int:
    return sum(crossing.side == side for crossing in ended.state.crossings) * ONE


def _count_events(kind: type[e.ConclusionDrawn | e.FurtherFrom | e.NearMiss], sides: Sequence[Side]) -> ReadMeasure:
    """How often something was told of lines of these sides."""
    return lambda ended: sum(event.side in sides for event in ended.events_of(kind)) * ONE


def _gap(ended: FinishedSession, side: Side) -> int | None:
    """Mean of reading minus intent over the acts of a side that were read, to the nearest hundredth of a step."""
    state = ended.state
    inbox = state.team(other(side)).inbox
    pairs = [(item.hostility, state.acts[item.act].act.intent) for item in inbox]
    gaps = [read - intent for read, intent in pairs if read is not None and intent is not None]
    return rounded(sum(gaps) * ONE, len(gaps)) if gaps else None


def _unforeseen(ended: FinishedSession, side: Side) -> int | None:
    """Mean of reading minus what the side expected, over its acts that were read and asked of, likewise."""
    state = ended.state
    inbox = state.team(other(side)).inbox
    pairs = [(item.hostility, value_or_none(state.acts[item.act].act.expected)) for item in inbox]
    parts = [read - expected for read, expected in pairs if read is not None and expected is not None]
    return rounded(sum(parts) * ONE, len(parts)) if parts else None


def _crossed_audience(ended: FinishedSession, side: Side) -> int:
    """Public acts of a side that it meant for home and the other took to be meant for it."""
    state = ended.state
    inbox = state.team(other(side)).inbox
    return (
        sum((value_or_none(state.acts[item.act].act.audience), item.audience) == ("home", "them") for item in inbox)
        * ONE
    )


def _unanswered(ended: FinishedSession) -> int:
    """Requests that were once past their time, answered later or not."""
    return len({event.act for event in ended.events_of(e.RequestUnanswered)}) * ONE


def _track(track: str) -> ReadMeasure:
    return lambda ended: ended.state.tracks[track]


def _between(lower: int | None, upper: int | None) -> ReadMeasure:
    def read(ended: FinishedSession) -> int:
        tension = ended.state.tension
        return int((lower is None or tension >= lower) and (upper is None or tension < upper))

    return read


def _blind(ended: FinishedSession) -> int:
    return int(any(flag == "blind-dilemma" for _, flag, _ in ended.state.flags))


def _broken(ended: FinishedSession) -> int:
    return int(any(promise.broken for promise in ended.state.promises))


def _ran_out(track: str, minimum: int) -> ReadMeasure:
    return lambda ended: int(ended.state.tracks[track] <= minimum)
