"""What there is to reach in a scenario and its rules: each thing with its words and the place where it stands.

The keys are those that `crisis_sim.playtest.reached` counts by. What this scenario cannot reach whoever plays, such as
a move that no channel of it carries, is not in the list; the linter speaks of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, get_args

from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Inject, Line
from crisis_sim.content.sources import Source
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import SIDES, How, Outcome, Side

PARTS: Final = (
    "moves",
    "answers",
    "terms",
    "commitments",
    "channels",
    "deliveries",
    "injects",
    "lines",
    "tracks",
    "forecasts",
    "rules",
    "effects",
    "facts",
)
"""The parts of the list, in the order of the tables."""


class Thing(NamedTuple):
    """Something that a session may reach."""

    key: str
    part: str
    says: str
    """What is missing where nothing reaches it: 'the move accuse is never made' has 'move accuse made' here."""
    at: str
    """file:line; empty where it stands in no file."""
    keys: tuple[str, ...] = ()
    """For an effect: the keys of what carries it out, which are counted in its place."""


def things(material: Material, length: int) -> tuple[Thing, ...]:
    """Everything that a session of `length` minutes may reach, part by part."""
    return (
        *_moves(material),
        *_answers(material),
        *_terms(material),
        *_commitments(material),
        *_channels(material),
        *_deliveries(),
        *_injects(material, length),
        *_lines(material),
        *_tracks(material),
        *_forecasts(material),
        *_rules(material),
        *_effects(material),
        *_facts(material),
    )


def _carried(material: Material) -> frozenset[str]:
    """Moves that some channel of the scenario carries."""
    channels = material.scenario.channels.values()
    return frozenset(
        name
        for name, move in material.moves.items()
        if any(of.kind in move.over and set(of.visibility) & set(move.visibility) for of in channels)
    )


def _moves(material: Material) -> Iterator[Thing]:
    for name in _in_order(material.moves, _carried(material)):
        yield Thing(f"move/{name}", "moves", f"{name}, made", material.places.get(f"move/{name}", ""))


def _answers(material: Material) -> Iterator[Thing]:
    for name in _in_order(material.moves, _carried(material)):
        if material.moves[name].asks is not None:
            at = material.places.get(f"move/{name}", "")
            for how, says in _HOW.items():
                yield Thing(f"answer/{name}/{how}", "answers", f"{name}, {says}", at)


_HOW: Final[Mapping[str, str]] = {
    "accept": "accepted",
    "decline": "declined",
    "counter": "countered",
    "holding": "held off with a note",
    "silence": "left unanswered",
}
assert set(get_args(How)) < set(_HOW)


def _terms(material: Material) -> Iterator[Thing]:
    used = {term for name in _carried(material) for term in material.moves[name].terms}
    for name in _in_order(material.terms, used):
        yield Thing(f"term/{name}", "terms", f"{name}, put on a move", material.places.get(f"term/{name}", ""))


def _commitments(material: Material) -> Iterator[Thing]:
    carried = _carried(material)
    for name, commitment in material.commitments.items():
        if carried & set(commitment.with_moves):
            at = material.places.get(f"commitment/{name}", "")
            yield Thing(f"commitment/{name}/made", "commitments", f"{name}, made", at)
            yield Thing(f"commitment/{name}/broken", "commitments", f"{name}, broken", at)


def _channels(material: Material) -> Iterator[Thing]:
    for name in material.scenario.channels:
        yield Thing(f"channel/{name}", "channels", f"{name}, used", material.places.get(f"channel/{name}", ""))


def _deliveries() -> Iterator[Thing]:
    for outcome in get_args(Outcome):
        yield Thing(f"delivery/{outcome}", "deliveries", outcome, "")


def _injects(material: Material, length: int) -> Iterator[Thing]:
    released = _released(material)
    for inject in material.scenario.msel:
        at = material.places.get(f"inject/{inject.id}", "")
        for branch, says in _branches(inject, length, inject.id in released):
            yield Thing(f"inject/{inject.id}/{branch}", "injects", f"{inject.id}, {says}", at)


def _branches(inject: Inject, length: int, is_released: bool) -> Iterator[tuple[str, str]]:
    """The ways in which an inject can come, or stay away, in sessions of `length` minutes."""
    planned = length in inject.lengths
    if inject.by_hand:
        if planned:
            yield "by-hand", "released by hand"
        if is_released:
            yield "came", "brought by what the teams did"
        return
    if planned or is_released:
        yield "came", "delivered"
    if planned and inject.when is not None:
        yield "stayed-away", "kept away, since its condition never held"


def _lines(material: Material) -> Iterator[Thing]:
    for side in SIDES:
        for place, line in enumerate(material.scenario.teams.of(side).lines):
            yield from _line(material, side, place, line)


def _line(material: Material, side: Side, place: int, line: Line) -> Iterator[Thing]:
    name, of = f"line/{side}/{line.id}", "the US" if side == "us" else "China"
    at = material.places.get(name, "")
    if line.kind == "red":
        yield Thing(f"{name}/crossed", "lines", f"{line.id} of {of}, crossed", at)
        return
    for state, says in (("pressed", "pressed"), ("near", "near its limit"), ("limit", "pressed to its limit")):
        yield Thing(f"{name}/{state}", "lines", f"{line.id} of {of}, {says}", at)
    for number, watch in enumerate(line.pressed_by):
        at = _source(material).line("teams", side, "lines", place, "pressed_by", number)
        says = f"{line.id} of {of}, pressed because: {watch.says.en.rstrip('.')}"
        yield Thing(f"{name}/watch/{number}", "lines", says, at)


def _tracks(material: Material) -> Iterator[Thing]:
    source = _source(material)
    for name, of in material.scenario.tracks.items():
        for number, change in enumerate(of.changes):
            at = source.line("tracks", name, "changes", number)
            yield Thing(f"track/{name}/change/{number}", "tracks", f"{name}, moved: {change.says.en.rstrip('.')}", at)
        for number, mark in enumerate(of.marks):
            at = source.line("tracks", name, "marks", number)
            yield Thing(f"track/{name}/mark/{number}", "tracks", f"{name}, mark: {mark.says.en.rstrip('.')}", at)


def _forecasts(material: Material) -> Iterator[Thing]:
    for forecast in material.scenario.forecasts:
        at = material.places.get(f"forecast/{forecast.id}", "")
        yield Thing(f"forecast/{forecast.id}/yes", "forecasts", f"{forecast.id}, came true", at)
        yield Thing(f"forecast/{forecast.id}/no", "forecasts", f"{forecast.id}, did not come true", at)


def _rules(material: Material) -> Iterator[Thing]:
    for rule in material.rules:
        says = f"{rule.id}, applied: {rule.says.en.rstrip('.')}"
        yield Thing(f"rule/{rule.id}", "rules", says, material.places.get(f"rule/{rule.id}", ""))


def _effects(material: Material) -> Iterator[Thing]:
    """Each kind of effect that something here has, with everything that carries it out."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, then, at in _with_effects(material):
        for name in then.given:
            found.setdefault(name, []).append((key, at))
    for name, sources in found.items():
        yield Thing(
            f"effect/{name}", "effects", f"{name}, carried out", sources[0][1], tuple(key for key, _ in sources)
        )


def _with_effects(material: Material) -> Iterator[tuple[str, Effects, str]]:
    """Keys of what has effects, with these and their place."""
    places, source = material.places, _source(material)
    for rule in material.rules:
        yield f"rule/{rule.id}", rule.then, places.get(f"rule/{rule.id}", "")
    for inject in material.scenario.msel:
        if inject.then is not None:
            yield from (
                (f"inject/{inject.id}/{how}", inject.then, places.get(f"inject/{inject.id}", "")) for how in _CAME
            )
    for side in SIDES:
        for line in material.scenario.teams.of(side).lines:
            if line.crossing is not None:
                name = f"line/{side}/{line.id}"
                yield f"{name}/crossed", line.crossing, places.get(name, "")
    for name, of in material.scenario.tracks.items():
        for number, mark in enumerate(of.marks):
            if mark.then is not None:
                yield f"track/{name}/mark/{number}", mark.then, source.line("tracks", name, "marks", number)


_CAME: Final = ("came", "by-hand")


def _released(material: Material) -> frozenset[str]:
    """Injects that an effect releases."""
    return frozenset(then.release for _, then, _ in _with_effects(material) if then.release is not None)


def _facts(material: Material) -> Iterator[Thing]:
    """Facts that something here makes true or false."""
    found: dict[str, str] = {}
    for _, then, at in _with_effects(material):
        for item in then.set:
            found.setdefault(f"fact/{item.fact}/{'true' if item.to else 'false'}", at)
    for key, at in sorted(found.items()):
        _, fact, to = key.split("/")
        yield Thing(key, "facts", f"{fact}, made {to}", at)


def _source(material: Material) -> Source:
    """The scenario's file."""
    return material.sources[0]


def _in_order(names: Iterable[str], wanted: frozenset[str] | set[str]) -> Sequence[str]:
    return [name for name in names if name in wanted]
