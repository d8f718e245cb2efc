"""Walks through the authored models: names and lengths in words, and how moves can be sent in a scenario.

A channel that is suspended from the start and that nothing reopens carries nothing. Fitting is generous: what a leak or
a rule might make of an act counts as possible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias, TypeVar

from crisis_sim.content.authored_channel import Channel
from crisis_sim.content.material import Material
from crisis_sim.content.mistake_sentences import quoted
from crisis_sim.errors import Sentence, commas, together
from crisis_sim.rules.authored import Authored
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.keys import Loc, names_in_files, used_keys
from crisis_sim.rules.names import AnswerKind, Visibility
from crisis_sim.rules.properties import MoveIs

Kind = TypeVar("Kind", bound=Authored)

HasEffects: TypeAlias = Literal["rule", "line", "inject", "track"]
"""What may have effects."""

MAX_NAMES: Final = 5
"""How many names a warning lists before it counts the rest."""


def effects_of(material: Material) -> Iterator[tuple[HasEffects, str, Effects]]:
    """Every effect that anything may have, with what has it."""
    scenario = material.scenario
    yield from (("rule", rule.id, rule.then) for rule in material.rules)
    for _side, _place, line in scenario.teams.lines:
        if line.crossing is not None:
            yield "line", line.id, line.crossing
    for inject in scenario.msel:
        yield from (("inject", inject.id, effects) for effects in (inject.then, *scenario.decided(inject)) if effects)
    for name, track in scenario.tracks.items():
        yield from (("track", name, mark.then) for mark in track.marks if mark.then is not None)


def find_models(value: Any, loc: Loc, *kinds: type[Kind]) -> Iterator[tuple[Loc, Kind]]:
    """Every model of just these kinds that lies below a model, and the way to it; nothing below a found one."""
    for step, inner in _items(value):
        if type(inner) in kinds:
            yield (*loc, step), inner
        elif isinstance(inner, Authored | tuple | dict):
            yield from find_models(inner, (*loc, step), *kinds)


def _items(value: Any) -> Iterable[tuple[str | int, Any]]:
    """What lies in a value, each with its key in files."""
    if isinstance(value, tuple):
        return enumerate(value)
    if isinstance(value, dict):
        return value.items()
    model: Authored = value
    called = names_in_files(type(model))
    return [(called[name], getattr(model, name)) for name in called if name in model.model_fields_set]


def moves_listed(names: Sequence[str]) -> str:
    """Moves in quotes, the first few of them; the rest as so many more."""
    shown, more = commas([quoted(name) for name in names[:MAX_NAMES]]), len(names) - MAX_NAMES
    return shown if more <= 0 else Sentence("{moves} and {n} more moves", moves=shown, n=more)


def minutes(lengths: Sequence[int]) -> Sentence:
    """Lengths in words: `45, 90 and 150 minutes`."""
    return Sentence("{lengths} minutes", lengths=together([str(length) for length in lengths]))


class SendingWay(NamedTuple):
    """A move goes over a channel in one visibility."""

    name: str
    channel: Channel
    visibility: Visibility


def ways_of(material: Material, back: Collection[str]) -> Mapping[str, tuple[SendingWay, ...]]:
    """For each move of the material, every way in which somebody can send it at some time; `back` are channels that
    may open again."""
    usable = {
        name: channel for name, channel in material.scenario.channels.items() if not channel.suspended or name in back
    }
    return {
        move: tuple(
            SendingWay(name, channel, visibility)
            for name, channel in usable.items()
            if channel.kind in definition.over
            for visibility in channel.visibility
            if visibility in definition.visibility
        )
        for move, definition in material.moves.items()
    }


def fitting(move_test: MoveIs, material: Material, ways: Mapping[str, tuple[SendingWay, ...]] | None) -> frozenset[str]:
    """Moves that, sent in one of `ways`, could be what a condition asks for; without ways, sent in any way at all."""
    moves = material.moves
    names = list(moves if move_test.id is None else move_test.id)
    for name_of, key, value in used_keys(move_test):
        if key.fits is not None and name_of != "id":
            names = [name for name in names if key.fits(name, moves[name], value)]
    if move_test.term is not None:
        names = [name for name in names if not set(moves[name].terms).isdisjoint(move_test.term)]
    if move_test.promise is not None:
        carriers = {move for promise in move_test.promise for move in material.commitments[promise].with_moves}
        names = [name for name in names if name in carriers]
    if move_test.answer is not None and "counter" not in move_test.answer:  # a counter can be any move
        answers = _answering(move_test.answer, material)
        names = [name for name in names if name in answers]
    if ways is None:
        return frozenset(
            name for name in names if move_test.visibility != "private" or "private" in moves[name].visibility
        )
    if not (move_test.visibility or move_test.channel or move_test.diplomacy or move_test.level):
        return frozenset(name for name in names if ways[name])
    return frozenset(name for name in names if any(_way_fits(way, move_test) for way in ways[name]))


def _way_fits(way: SendingWay, move_test: MoveIs) -> bool:
    if move_test.visibility == "private" and way.visibility != "private":
        return False
    if move_test.visibility == "public" and way.visibility != "public" and way.channel.leak == 0:
        return False
    if move_test.channel is not None and not {way.name, way.channel.kind} & set(move_test.channel):
        return False
    if move_test.diplomacy is not None and way.channel.diplomacy not in move_test.diplomacy:
        return False
    return move_test.level is None or way.channel.level in move_test.level


def _answering(answers: Sequence[AnswerKind], material: Material) -> set[str]:
    """Moves that accept, decline or hold, as far as one of these is asked for."""
    asks = [move.asks for move in material.moves.values() if move.asks is not None]
    accepting = {ask.accept for ask in asks} if "accept" in answers else set()
    declining = {ask.decline for ask in asks} if "decline" in answers else set()
    return accepting | declining | ({material.base.holding} if "holding" in answers else set())
