"""Random conditions and facts over a small world in which things often meet.

Conditions are made of the records of the vocabulary, so a key that is added comes by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from random import Random
from typing import Any, Literal, TypeAlias, TypeVar, get_origin

from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace
from pydantic import TypeAdapter, ValidationError

from crisis_sim.rules.authored import Authored, Range, field_types
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import ALL_PLEDGES
from crisis_sim.rules.facts import Act, Facts, Pressing

# REST FieldBounds
from crisis_sim.rules.keys import Key, keys_of, unit_of
from crisis_sim.rules.moment import disclosure_keys
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import BACKINGS, SIDES, TAKERS, AnswerKind, Level, Outcome, Side, Track, Visibility, other
from crisis_sim.rules.properties import Made, MoveIs
from crisis_sim.rules.vocabulary import choices, types_within

Thing = TypeVar("Thing")
Written: TypeAlias = dict[str, Any]
"""A mapping as a file would hold it."""
Strategies: TypeAlias = dict[str, st.SearchStrategy[Any]]


def move(
    family: str, severity: int, illocution: str, cost: float, face: int, ambiguity: float, terms: Sequence[str] = ()
) -> Move:
    return Move.model_validate(
        {
            "label": "A move",
            "does": "Something.",
            "family": family,
            "weight": 1,
            "severity": severity,
            "visibility": ["public", "private"],
            "over": ["press"],
            "costliness": cost,
            "face_threat": face,
            "ambiguity": ambiguity,
            "illocution": illocution,
            "terms": terms,
            "source": "made up",
        },
    )


MOVES = {
    "criticise": move("protest", 2, "expressive", 0.1, 2, 0.2),
    "private-inquiry": move("contact", 0, "directive", 0.2, 0, 0.1),
    "sanction": move("coerce", 4, "declarative", 0.6, 3, 0.0, ["tied"]),
    "deploy": move("force", 5, "assertive", 0.8, 2, 0.75, ["tied", "exclusive"]),
}
FAMILIES = ["protest", "contact", "coerce", "force", "inform"]
CHANNELS = ["hotline", "embassy", "press"]
KINDS = ["telephone", "mission", "press"]
TERMS = ["tied", "exclusive"]
PROMISES = ["no-surprises", "joint-words"]
FACTS = ["consent", "notified"]
LINES = ["hull", "face"]
TRACKS = ["air", "cases"]
INJECTS = ["survey-ship", "leak"]
ASSETS = ["vehicle", "airship"]
PRIVATE_FACTS = ["record", "study"]
DECISIONS = ["hearing", "column"]
TO_DECISIONS = ["keep-it", "share-it"]
INSTRUMENTS = ["code", "convention"]
OUTCOMES: list[Outcome] = ["in-time", "late", "unanswered", "too-low", "leaked"]
HOWS: list[AnswerKind] = ["accept", "decline", "counter", "holding"]
LEVELS: list[Level] = ["leader", "working"]
TRACK_KINDS: list[Track] = ["1", "1.5", "2"]
VISIBILITIES: list[Visibility] = ["public", "private"]


NAMED: dict[str, Sequence[str]] = {
    "move": list(MOVES),
    "family": FAMILIES,
    "channel": CHANNELS,
    "channel kind": KINDS,
    "term": TERMS,
    "commitment": PROMISES,
    "fact": FACTS,
    "line": LINES,
    "track": [*TRACKS, "unknown"],
    "inject": INJECTS,
    "asset": ASSETS,
    "private fact": PRIVATE_FACTS,
    "decision": DECISIONS,
    "decision answer": TO_DECISIONS,
    "instrument": INSTRUMENTS,
}
"""What may be named, by kind."""
SPANS = {"turn": (1, 4), "hour": (0, 40)}
"""Numbers that a record leaves open, as far as a small world has them."""
JOINS = ("all", "any", "not")


def _bounds(low: int, high: int) -> st.SearchStrategy[Written]:
    number = st.integers(low * 100, high * 100).map(lambda n: f"{n / 100:.2f}")
    return st.fixed_dictionaries({"at_least": number}, optional={"at_most": number}) | number.map(
        lambda n: {"at_most": n}
    )


def _few(keys: Strategies, most: int) -> st.SearchStrategy[Written]:
    """One to `most` of the keys."""
    names = st.lists(st.sampled_from(sorted(keys)), min_size=1, max_size=most, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: keys[name] for name in chosen}))


def _written(model: type[Authored], name: str, key: Key) -> st.SearchStrategy[Any]:
    """What a file may write under a key, as its record and its type have it."""
    hint = field_types(model)[name]
    kinds = list(types_within(hint))
    inner = next((each for each in kinds if isinstance(each, type) and issubclass(each, Authored)), None)
    span = key.said.get("span") or SPANS.get(name, (0, 5))
    words = [word for kind in key.names for word in NAMED[kind]] or list(choices(hint))
    if inner is not None:
        return _model(inner, key, span)
    if words:
        several = any(get_origin(each) is tuple for each in kinds)
        one = st.sampled_from(words)
        return one | st.lists(one, min_size=1, max_size=3) if several else one
    if any(get_origin(each) is Literal for each in kinds):
        return st.just(True)
    if bool in kinds:
        return st.booleans()
    if unit_of(model, name) == "hours":
        return st.integers(*span).map(lambda hours: f"{hours}h")
    schema = TypeAdapter(hint).json_schema()
    bounds = next(part for part in (schema, *schema.get("anyOf", ())) if "maximum" in part)
    return st.integers(bounds["minimum"], 100 if bounds["maximum"] == 100 else 4)


def inner_keys(model: type[Authored], under: Key) -> Strategies:
    """What a file may write under each key of a model that stands under another key."""
    return {
        name: _written(model, name, under if name == "id" and under.names else key)
        for name, key in keys_of(model).items()
    }


def _model(model: type[Authored], under: Key, span: tuple[int, int]) -> st.SearchStrategy[Any]:
    """What stands under a key that has keys of its own; its id names what the key above may name."""
    keys = inner_keys(model, under)
    if model is MoveIs:
        return st.sampled_from(list(MOVES)) | _few(keys, 2)
    needed = {name: keys.pop(name) for name, notes in model.model_fields.items() if notes.is_required()}
    own = st.builds(dict.__or__, st.fixed_dictionaries(needed), st.just({}) | _few(keys, 3) if keys else st.just({}))
    if issubclass(model, Range):
        return st.builds(dict.__or__, own, _bounds(*span))
    return own.filter(lambda written: _loads(model, written))


def _loads(model: type[Authored], written: Written) -> bool:
    try:
        model.model_validate(written)
    except ValidationError:
        return False
    return True


KEYS = {name: key for name, key in keys_of(Condition).items() if name not in ("all", "any", "not_")}
"""The keys of a condition that join no others."""
LEAVES: Strategies = {name: _written(Condition, name, key) for name, key in KEYS.items()}
ALONE: Strategies = {
    **{name: st.fixed_dictionaries({name: values}) for name, values in LEAVES.items()},
    **{
        f"move.{name}": st.fixed_dictionaries({"move": st.fixed_dictionaries({name: values})})
        for name, values in inner_keys(MoveIs, KEYS["move"]).items()
    },
}
"""Conditions of one key each, and of one property of the move at hand each."""
MADE = _model(Made, Key(said={}), (0, 5))


def _joined(part: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    several = st.lists(part, max_size=3)
    return _few({**LEAVES, "all": several, "any": several, "not": part}, 3)


WRITTEN = st.recursive(_few(LEAVES, 2), _joined, max_leaves=8)
CONDITIONS = WRITTEN.map(Condition.model_validate)


def facts(*, has_act: bool | None = None) -> st.SearchStrategy[Facts]:
    """Facts for an act of the record (of this turn or late), or for a moment; drawn from one seed, which is quick."""
    return st.builds(lambda seed: some_facts(Random(seed), has_act), st.integers(0, 2**40))


def some_facts(r: Random, has_act: bool | None) -> Facts:
    """Facts as the engine fills them in."""
    f = Facts()
    f.record = some_record(r) or ((some_act(r, "us", 1, 1),) if has_act else ())
    f.turn = max([1, *(act.turn for act in f.record)]) + r.randint(0, 1)
    f.hour = f.turn * 10
    with_act = bool(f.record) and (r.random() < 0.7 if has_act is None else has_act)
    # a copy, because the engine may hand over an act that is equal and not the same object
    f.act = replace(r.choice(f.record)) if with_act else None
    f.answered = r.choice(f.record) if f.record and r.random() < 0.5 else None
    f.reading = r.choice([None, *range(-3, 4)])
    f.sender = f.act.side if f.act is not None and r.random() < 0.8 else r.choice(SIDES)
    f.receiver = other(f.sender)
    f.provocation = r.randint(0, 5)
    f.channel_readiness, f.time_left = r.randint(0, 100), r.randint(0, 100)
    owners: list[Side | None] = [None, *SIDES]
    f.truths = {key: r.randint(0, f.hour) for key in product(FACTS, owners) if r.random() < 0.4}
    f.in_force, f.broken, f.kept, f.breached = (_several(r, product(PROMISES, SIDES)) for _ in range(4))
    lines = [f"{side}/{line}" for side in SIDES for line in LINES]
    f.crossed, f.concluded = _several(r, lines), _several(r, lines)
    f.pledged, f.due = _several(r, product(ALL_PLEDGES, SIDES)), r.choice([None, *ALL_PLEDGES])
    f.pressure = {line: r.randint(0, 6) * 100 for line in lines if r.random() < 0.6}
    f.line = r.choice([None, *lines[:2]])
    pressings = [Pressing(r.choice(lines[:2]), r.choice(SIDES), r.randint(1, f.turn)) for _ in range(r.randint(0, 6))]
    f.presses = tuple(sorted(pressings, key=lambda pressing: pressing.turn))
    f.tracks = {track: r.randint(0, 5) * 100 for track in TRACKS if r.random() < 0.7}
    f.readiness = {channel: r.randint(0, 100) for channel in CHANNELS if r.random() < 0.7}
    f.tension = r.randint(0, 10_000)
    f.trust, f.standing = (r.randint(0, 1000), r.randint(0, 1000)), (r.randint(0, 1000), r.randint(0, 1000))
    f.injects = _several(r, INJECTS)
    f.opening_mismatch, f.blind_dilemma = r.random() < 0.5, r.random() < 0.5
    f.first_of_turn, f.mends, f.called_for, f.excused = (r.random() < 0.5 for _ in range(4))
    f.stands, f.unreturned = r.random() < 0.5, r.randint(0, 4)
    f.assets = _several(r, [f"{asset}/{out}" for asset in ASSETS for out in ("more", "less")])
    f.decided = _several(r, [f"{name}/{fell}" for name in DECISIONS for fell in ("", *TO_DECISIONS, "delayed")])
    f.disclosed = disclosure_keys(f.record, {act.key: came for act in f.record if (came := came_out(act)) is not None})
    f.readouts = r.choice([None, "match", "differ", "one-sided"])
    salt = r.randint(0, 99)
    f.luck = lambda purpose: (salt + sum(map(ord, purpose)) * 37) % 100
    return f


def some_record(r: Random) -> tuple[Act, ...]:
    """Up to four turns of acts, ten hours a turn, US acts first in each."""
    turns = range(1, r.randint(0, 4) + 1)
    return tuple(
        some_act(r, side, turn, order) for turn in turns for side in SIDES for order in range(1, r.randint(0, 2) + 1)
    )


def some_act(r: Random, side: Side, turn: int, order: int) -> Act:
    """Any act that this side may have made at this place."""
    made = r.choice(list(MOVES))
    terms = MOVES[made].terms
    return Act(
        side=side,
        turn=turn,
        hour=turn * 10,
        order=order,
        move=made,
        channel=r.choice(CHANNELS),
        channel_kind=r.choice(KINDS),
        track=r.choice(TRACK_KINDS),
        level=r.choice(LEVELS),
        visibility=r.choice(VISIBILITIES),
        terms=tuple(r.sample(terms, k=r.randint(0, len(terms)))),
        promise=r.choice([None, *PROMISES]),
        about=r.choice([None, *CHANNELS]),
        answer=r.choice([None, *HOWS]),
        intent=r.choice((None, -3, -2, -1, 0, 1, 2, 3)),
        outcome=r.choice(OUTCOMES),
        asset=r.choice(ASSETS) if r.random() < 0.7 else UNSET,
        taker=r.choice(TAKERS) if r.random() < 0.7 else UNSET,
        discloses=r.choice(PRIVATE_FACTS) if r.random() < 0.5 else UNSET,
        backed=r.choice(BACKINGS),
        cites=r.choice(INSTRUMENTS) if r.random() < 0.7 else UNSET,
    )


def came_out(act: Act) -> Literal["part", "untrue"] | None:
    """What has come out of what an act told of its team's own knowledge; of one in three nothing."""
    return (None, "part", "untrue")[(act.turn + act.order) % 3]


def _several(r: Random, things: Iterable[Thing]) -> frozenset[Thing]:
    return frozenset(thing for thing in things if r.random() < 0.4)
