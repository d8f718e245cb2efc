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

Told = TypeVar("Told", bound=e.Event)


@dataclass(frozen=True)
class Ended:
    """A session at its end."""

    table: GameTable
    state: State
    events: Sequence[e.AnyEvent]

    def told(self, kind: type[Told]) -> Sequence[Told]:
        """The events of a kind, in the order in which they were told."""
        return cast(Sequence[Told], self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[type[e.Event], Sequence[e.AnyEvent]]:
        found = defaultdict[type[e.Event], list[e.AnyEvent]](list)
        for event in self.events:
            found[type(event)].append(event)
        return found


ReadMeasure: TypeAlias = Callable[[Ended], int | None]


class PlaytestMeasure(NamedTuple):
    """Something that is measured of every session."""

    id: str
    says: str | Text
    """Its words at the head of a row."""
    unit: str | Text
    sort: Literal["number", "share"]
    """A number in hundredths, or 1 and 0 for what happened and what did not."""
    read: ReadMeasure
    """The value; None where there is nothing to measure, such as a gap between no acts."""
    under: str = ""
    """Its words where it stands under the row of both sides together."""


def measures(table: GameTable) -> tuple[PlaytestMeasure, ...]:
    """Everything that is measured of a session at `table`, in the order of the tables."""
    return (*_numbers(table), *_shares(table))


def _numbers(table: GameTable) -> Iterator[PlaytestMeasure]:
    scale, meter, steps = "0–100", "0–10", Sentence("steps")
    felt, of = _("as {side} felt it"), _("of {side}")
    yield _measure("peak-tension", _("Tension at its highest"), scale, _peak_tension)
    yield from _each("peak-felt", _("Tension at its highest, as {side} felt it"), scale, _peak_felt, under=felt)
    yield _measure("end-tension", _("Tension at the end"), scale, lambda ended: ended.state.tension)
    yield from _each(
        "end-felt",
        _("Tension at the end, as {side} felt it"),
        scale,
        lambda ended, side: ended.state.felt[side],
        under=felt,
    )
    yield _measure("crossings", _("Red lines crossed"), "", lambda ended: len(ended.state.crossings) * ONE)
    yield from _each("crossings", _("Red lines of {side} crossed"), "", _crossings, under=of)
    for name, kind, whole, each, under in (
        ("conclusions", e.ConclusionDrawn, _("Conclusions drawn"), _("Conclusions of {side}"), of),
        ("further-from", e.FurtherFrom, _("Drawn back from a conclusion"), _("{side} drawn back from one"), of),
        ("near-misses", e.NearMiss, _("Near misses"), _("Near misses on lines of {side}"), _("on lines of {side}")),
    ):
        yield _measure(name, whole, "", _told(kind, SIDES))
        for side in SIDES:
            said, below = (Sentence(words, side=Sentence(THE[side])) for words in (each, under))
            yield PlaytestMeasure(f"{name}/{side}", said, "", "number", _told(kind, (side,)), below)
    if table.card is not None:
        heard = _("Felt by {side} because of its own order of offences")
        yield from _each("felt-by-order", heard, scale, lambda ended, side: felt_by_order(ended.state, side))
    yield from _each("trust", _("Trust of {side} in the other"), meter, lambda ended, side: ended.state.trust[side])
    yield from _each("standing", _("Standing of {side}"), meter, lambda ended, side: ended.state.standing[side])
    yield from _each("gap", _("Gap, acts of {side}"), steps, _gap)
    yield from _each("unforeseen", _("Unforeseen part of the gap, acts of {side}"), steps, _unforeseen)
    yield from _each("crossed-audience", _("Crossed audiences, acts of {side}"), "", _crossed_audience)
    yield _measure("asked", _("Requests made"), "", lambda ended: len(ended.state.requests) * ONE)
    yield _measure("unanswered", _("Requests met with silence"), "", _unanswered)
    if table.base.standing.voice is not None:
        for answer, whole in _VOICES.items():
            yield from _each(f"voice-{answer}", whole, "", _voice(answer))
    for taker in table.base.channels.takers:
        yield _measure(f"taken-by/{taker}", _TAKEN[taker], "", _taken_by(taker))
    for track, item in table.scenario.tracks.items():
        yield PlaytestMeasure(f"track/{track}", item.name, item.unit, "number", _track(track))


_VOICES: Final[Mapping[VoiceAnswer | Literal["alone"], str]] = {
    "meet": _("Hard voices at home that {side} met by an act"),
    "speak": _("Hard voices at home that {side} let speak"),
    "wait": _("Hard voices at home that {side} asked to wait"),
    "alone": _("Hard voices at home that {side} left unanswered"),
}
_TAKEN: Final[Mapping[Taker, str]] = {
    "desk": _("Calls taken by a desk officer"),
    "deputy": _("Calls taken by a deputy"),
    "minister": _("Calls taken by a minister or above"),
}


def _voice(answer: VoiceAnswer | Literal["alone"]) -> Callable[[Ended, Side], int]:
    """How often this became of a hard voice of a side; one that speaks since nobody answered it was left alone."""

    def read(ended: Ended, side: Side) -> int:
        came = [event.answer if event.said else "alone" for event in ended.told(e.VoiceAnswered) if event.side == side]
        return came.count(answer) * ONE

    return read


def _taken_by(taker: Taker) -> ReadMeasure:
    return lambda ended: sum(event.act.taker == taker for event in ended.told(e.ActSent)) * ONE


def _shares(table: GameTable) -> Iterator[PlaytestMeasure]:
    rungs = table.base.tension.rungs
    for place, rung in enumerate(rungs):
        above = rungs[place + 1].at if place + 1 < len(rungs) else None
        says = Sentence("Ended {rung}", rung=rung.name)
        yield PlaytestMeasure(f"ended/{place}", says, "", "share", _between(rung.at if place else None, above))
    crossed = _("A red line was crossed")
    yield _measure("any-crossing", crossed, "", lambda ended: int(bool(ended.state.crossings)), "share")
    crossed, of = _("A red line of {side} was crossed"), _("of {side}")
    yield from _each("any-crossing", crossed, "", lambda ended, side: int(_crossings(ended, side) > 0), "share", of)
    yield _measure("blind", _("Neither saw it get worse (blind dilemma)"), "", _blind, "share")
    yield _measure("broken", _("A promise was broken"), "", _broken, "share")
    for track in table.clocks:
        item = table.scenario.tracks[track]
        says = Sentence("Ran out: {track}", track=item.name)
        yield PlaytestMeasure(f"ran-out/{track}", says, "", "share", _ran_out(track, item.least))


def _measure(
    name: str, says: str, unit: str, read: ReadMeasure, sort: Literal["number", "share"] = "number"
) -> PlaytestMeasure:
    """A measure of the whole session."""
    return PlaytestMeasure(name, Sentence(says), unit, sort, read)


def _each(
    name: str,
    says: str,
    unit: str,
    read: Callable[[Ended, Side], int | None],
    sort: Literal["number", "share"] = "number",
    under: str = "",
) -> Iterator[PlaytestMeasure]:
    """A measure for each side."""
    for side in SIDES:
        said, below = (Sentence(each, side=Sentence(THE[side])) for each in (says, under))
        yield PlaytestMeasure(f"{name}/{side}", said, unit, sort, _of_side(read, side), below)


def _of_side(read: Callable[[Ended, Side], int | None], side: Side) -> ReadMeasure:
    return lambda ended: read(ended, side)


def _peak_tension(ended: Ended) -> int:
    """The highest at the end of a turn, or of the session."""
    return max(ended.state.tension, *(tension for tension, _, _ in ended.state.curve))


def _peak_felt(ended: Ended, side: Side) -> int:
    place = 1 if side == "us" else 2
    return max(ended.state.felt[side], *(point[place] for point in ended.state.curve))


def _crossings(ended: Ended, side: Side) -> int:
    return sum(crossing.side == side for crossing in ended.state.crossings) * ONE


def _told(kind: type[e.ConclusionDrawn | e.FurtherFrom | e.NearMiss], sides: Sequence[Side]) -> ReadMeasure:
    """How often something was told of lines of these sides."""
    return lambda ended: sum(event.side in sides for event in ended.told(kind)) * ONE


def _gap(ended: Ended, side: Side) -> int | None:
    """Mean of reading minus intent over the acts of a side that were read, to the nearest hundredth of a step."""
    state = ended.state
    inbox = state.team(other(side)).inbox
    pairs = [(item.hostility, state.acts[item.act].act.intent) for item in inbox]
    gaps = [read - intent for read, intent in pairs if read is not None and intent is not None]
    return rounded(sum(gaps) * ONE, len(gaps)) if gaps else None


def _unforeseen(ended: Ended, side: Side) -> int | None:
    """Mean of reading minus what the side expected, over its acts that were read and asked of, likewise."""
    state = ended.state
    inbox = state.team(other(side)).inbox
    pairs = [(item.hostility, value_or_none(state.acts[item.act].act.expected)) for item in inbox]
    parts = [read - expected for read, expected in pairs if read is not None and expected is not None]
    return rounded(sum(parts) * ONE, len(parts)) if parts else None


def _crossed_audience(ended: Ended, side: Side) -> int:
    """Public acts of a side that it meant for home and the other took to be meant for it."""
    state = ended.state
    inbox = state.team(other(side)).inbox
    return (
        sum((value_or_none(state.acts[item.act].act.audience), item.audience) == ("home", "them") for item in inbox)
        * ONE
    )


def _unanswered(ended: Ended) -> int:
    """Requests that were once past their time, answered later or not."""
    return len({event.act for event in ended.told(e.RequestUnanswered)}) * ONE


def _track(track: str) -> ReadMeasure:
    return lambda ended: ended.state.tracks[track]


def _between(least: int | None, above: int | None) -> ReadMeasure:
    def read(ended: Ended) -> int:
        tension = ended.state.tension
        return int((least is None or tension >= least) and (above is None or tension < above))

    return read


def _blind(ended: Ended) -> int:
    return int(any(flag == "blind-dilemma" for _, flag, _ in ended.state.flags))


def _broken(ended: Ended) -> int:
    return int(any(promise.broken for promise in ended.state.promises))


def _ran_out(track: str, least: int) -> ReadMeasure:
    return lambda ended: int(ended.state.tracks[track] <= least)
