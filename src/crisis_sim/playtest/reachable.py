"""What there is to reach in a scenario and its rules: each thing with its words and the place where it stands.

The keys are those that `crisis_sim.playtest.reached` counts by. What this scenario cannot reach whoever plays, such as
a move that no channel of it carries, is not in the list; the linter speaks of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, get_args

from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Change, Inject, Mark
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import SIDES, How, Outcome


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


class _Found(NamedTuple):
    """A thing of a part; without `at`, it stands where what its key names does."""

    key: str
    says: str
    at: str | None = None
    keys: tuple[str, ...] = ()


def things(material: Material, length: int) -> tuple[Thing, ...]:
    """Everything that a session of `length` minutes may reach, part by part."""
    return tuple(
        Thing(found.key, part, found.says, _place(material, found.key) if found.at is None else found.at, found.keys)
        for part, listed in _LISTED.items()
        for found in listed(material, length)
    )


def _place(material: Material, key: str) -> str:
    """Where the thing stands of which a key says something: a line belongs to a side, others stand for themselves."""
    parts = key.split("/")
    return material.places.get("/".join(parts[: 3 if parts[0] == "line" else 2]), "")


def _carried(material: Material) -> Sequence[str]:
    """Moves that some channel of the scenario carries."""
    channels = material.scenario.channels.values()
    return [
        name
        for name, move in material.moves.items()
        if any(of.kind in move.over and set(of.visibility) & set(move.visibility) for of in channels)
    ]


def _moves(material: Material, _length: int) -> Iterator[_Found]:
    return (_Found(f"move/{name}", f"{name}, made") for name in _carried(material))


def _answers(material: Material, _length: int) -> Iterator[_Found]:
    for name in _carried(material):
        if material.moves[name].asks is not None:
            at = _place(material, f"move/{name}")
            yield from (_Found(f"answer/{name}/{how}", f"{name}, {says}", at) for how, says in _HOW.items())


_HOW: Final[Mapping[str, str]] = {
    "accept": "accepted",
    "decline": "declined",
    "counter": "countered",
    "holding": "held off with a note",
    "silence": "left unanswered",
}
assert set(get_args(How)) < set(_HOW)


def _terms(material: Material, _length: int) -> Iterator[_Found]:
    used = {term for name in _carried(material) for term in material.moves[name].terms}
    return (_Found(f"term/{name}", f"{name}, put on a move") for name in material.terms if name in used)


def _commitments(material: Material, _length: int) -> Iterator[_Found]:
    carried = _carried(material)
    for name, commitment in material.commitments.items():
        if not set(commitment.with_moves).isdisjoint(carried):
            yield from (_Found(f"commitment/{name}/{what}", f"{name}, {what}") for what in ("made", "broken"))


def _channels(material: Material, _length: int) -> Iterator[_Found]:
    return (_Found(f"channel/{name}", f"{name}, used") for name in material.scenario.channels)


def _deliveries(_material: Material, _length: int) -> Iterator[_Found]:
    return (_Found(f"delivery/{outcome}", outcome) for outcome in get_args(Outcome))


def _injects(material: Material, length: int) -> Iterator[_Found]:
    released = {then.release for _, then, _ in _with_effects(material)}
    for inject in material.scenario.msel:
        for branch, says in _branches(inject, length, inject.id in released):
            yield _Found(f"inject/{inject.id}/{branch}", f"{inject.id}, {says}")


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


def _lines(material: Material, _length: int) -> Iterator[_Found]:
    for side in SIDES:
        for place, line in enumerate(material.scenario.teams.of(side).lines):
            key, called = f"line/{side}/{line.id}", f"{line.id} of {'the US' if side == 'us' else 'China'}"
            if line.kind == "red":
                yield _Found(f"{key}/crossed", f"{called}, crossed")
                continue
            for state, says in (("pressed", "pressed"), ("near", "near its limit"), ("limit", "pressed to its limit")):
                yield _Found(f"{key}/{state}", f"{called}, {says}")
            for number, watch in enumerate(line.pressed_by):
                at = material.sources[0].line("teams", side, "lines", place, "pressed_by", number)
                says = f"{called}, pressed because: {watch.says.en.rstrip('.')}"
                yield _Found(f"{key}/watch/{number}", says, at)


def _tracks(material: Material, _length: int) -> Iterator[_Found]:
    source = material.sources[0]
    for name, of in material.scenario.tracks.items():
        told: dict[tuple[str, str], Sequence[Change | Mark]] = {
            ("change", "moved"): of.changes,
            ("mark", "mark"): of.marks,
        }
        for (sort, says), items in told.items():
            for number, item in enumerate(items):
                at = source.line("tracks", name, f"{sort}s", number)
                yield _Found(f"track/{name}/{sort}/{number}", f"{name}, {says}: {item.says.en.rstrip('.')}", at)


def _forecasts(material: Material, _length: int) -> Iterator[_Found]:
    for name in (forecast.id for forecast in material.scenario.forecasts):
        yield _Found(f"forecast/{name}/yes", f"{name}, came true")
        yield _Found(f"forecast/{name}/no", f"{name}, did not come true")


def _rules(material: Material, _length: int) -> Iterator[_Found]:
    for rule in material.rules:
        yield _Found(f"rule/{rule.id}", f"{rule.id}, applied: {rule.says.en.rstrip('.')}")


def _effects(material: Material, _length: int) -> Iterator[_Found]:
    """Each kind of effect that something here has, with everything that carries it out."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, then, at in _with_effects(material):
        for name in then.given:
            found.setdefault(name, []).append((key, at))
    for name, sources in found.items():
        yield _Found(f"effect/{name}", f"{name}, carried out", sources[0][1], tuple(key for key, _ in sources))


def _facts(material: Material, _length: int) -> Iterator[_Found]:
    """Facts that something here makes true or false."""
    found: dict[str, str] = {}
    for _, then, at in _with_effects(material):
        for item in then.set:
            found.setdefault(f"fact/{item.fact}/{'true' if item.to else 'false'}", at)
    for key, at in sorted(found.items()):
        _, fact, to = key.split("/")
        yield _Found(key, f"{fact}, made {to}", at)


def _with_effects(material: Material) -> Iterator[tuple[str, Effects, str]]:
    """Keys of what has effects, with these and their place."""
    scenario = material.scenario
    found = [(f"rule/{rule.id}", rule.then) for rule in material.rules]
    found += [(f"inject/{each.id}/{how}", each.then) for each in scenario.msel if each.then for how in _CAME]
    found += [
        (f"line/{side}/{line.id}/crossed", line.crossing)
        for side in SIDES
        for line in scenario.teams.of(side).lines
        if line.crossing is not None
    ]
    yield from ((key, then, _place(material, key)) for key, then in found)
    for name, of in scenario.tracks.items():
        for number, mark in enumerate(of.marks):
            if mark.then is not None:
                at = material.sources[0].line("tracks", name, "marks", number)
                yield f"track/{name}/mark/{number}", mark.then, at


_CAME: Final = ("came", "by-hand")

_LISTED: Final[Mapping[str, Callable[[Material, int], Iterator[_Found]]]] = {
    "moves": _moves,
    "answers": _answers,
    "terms": _terms,
    "commitments": _commitments,
    "channels": _channels,
    "deliveries": _deliveries,
    "injects": _injects,
    "lines": _lines,
    "tracks": _tracks,
    "forecasts": _forecasts,
    "rules": _rules,
    "effects": _effects,
    "facts": _facts,
}
PARTS: Final = tuple(_LISTED)
"""The parts of the list, in the order of the tables."""
