"""Random conditions and facts over a small world in which things often meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from random import Random
from typing import Any, TypeAlias, TypeVar

from hypothesis import strategies as st
from msgspec.structs import replace

from crisis_sim.rules.conditions import Condition, Made, MoveIs
from crisis_sim.rules.facts import Act, Facts, Pressing
from crisis_sim.rules.names import SIDES, TRACK_OF, How, Level, Outcome, Side, Track, Visibility, other
from crisis_sim.rules.pack import Move

Thing = TypeVar("Thing")
Written: TypeAlias = dict[str, Any]
"""A mapping as a file would hold it."""


def move(family: str, severity: int, illocution: str, cost: float, face: int, ambiguity: float) -> Move:
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
            "source": "made up",
        }
    )


MOVES = {
    "criticise": move("protest", 2, "expressive", 0.1, 2, 0.2),
    "private-inquiry": move("contact", 0, "directive", 0.2, 0, 0.1),
    "sanction": move("coerce", 4, "declarative", 0.6, 3, 0.0),
    "deploy": move("force", 5, "assertive", 0.8, 2, 0.75),
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
OUTCOMES: list[Outcome] = ["in-time", "late", "unanswered", "too-low", "leaked"]
HOWS: list[How] = ["accept", "decline", "counter", "holding"]
LEVELS: list[Level] = ["leader", "working"]
TRACK_KINDS: list[Track] = ["1", "1.5", "2"]
VISIBILITIES: list[Visibility] = ["public", "private"]
WHO = ["sender", "receiver", "self", "other", "either", "us", "china"]


def _some(words: Sequence[str]) -> st.SearchStrategy[Any]:
    return st.sampled_from(words) | st.lists(st.sampled_from(words), min_size=1, max_size=3)


def _bounds(low: int, high: int, hundredths: int = 100) -> st.SearchStrategy[Written]:
    number = st.integers(low * hundredths, high * hundredths).map(lambda n: f"{n / hundredths:.2f}")
    return st.fixed_dictionaries({"at_least": number}, optional={"at_most": number}) | number.map(
        lambda n: {"at_most": n}
    )


def _with(more: dict[str, st.SearchStrategy[Any]], bounds: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    return st.builds(lambda own, range_: {**own, **range_}, st.fixed_dictionaries(more), bounds)


def _hours(most: int) -> st.SearchStrategy[str]:
    return st.integers(0, most).map(lambda hours: f"{hours}h")


def _few(keys: dict[str, st.SearchStrategy[Any]], most: int) -> st.SearchStrategy[Written]:
    """One to `most` of the keys."""
    names = st.lists(st.sampled_from(sorted(keys)), min_size=1, max_size=most, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: keys[name] for name in chosen}))


MOVE_KEYS: dict[str, st.SearchStrategy[Any]] = {
    "id": _some(list(MOVES)),
    "family": _some(FAMILIES),
    "illocution": st.sampled_from(["expressive", "directive", "declarative", "commissive"]),
    "costliness": _bounds(0, 1),
    "face_threat": _bounds(0, 3),
    "ambiguity": _bounds(0, 1),
    "severity": _bounds(0, 5),
    "visibility": st.sampled_from(VISIBILITIES),
    "channel": _some(CHANNELS + KINDS),
    "diplomacy": _some(list(TRACK_OF)),
    "level": _some(LEVELS),
    "term": _some(TERMS),
    "promise": _some(PROMISES),
    "answer": _some(HOWS),
}
MOVE_IS = st.sampled_from(list(MOVES)) | _few(MOVE_KEYS, 2)
MADE_KEYS: dict[str, st.SearchStrategy[Any]] = {
    "by": st.sampled_from(WHO),
    "within": _hours(30),
    "turns": st.integers(1, 3),
    "at_least": st.integers(1, 3),
    "ago": _hours(20),
    "about": st.just("same-channel"),
}
MADE = st.builds(lambda what, rest: {"move": what, **rest}, MOVE_IS, st.fixed_dictionaries({}) | _few(MADE_KEYS, 3))
LEAVES: dict[str, st.SearchStrategy[Any]] = {
    "always": st.just(True),
    "move": MOVE_IS,
    "delivery": _some(OUTCOMES),
    "answers": MOVE_IS,
    "intent": _bounds(-3, 3),
    "read_as": _bounds(-3, 3),
    "above_provocation": st.integers(1, 4),
    "repeated": st.integers(1, 3),
    "first_on_channel": st.just(True),
    "pressed": MADE,
    "earlier": MADE,
    "same_turn": MADE,
    "ever": MADE,
    "fact": st.sampled_from(FACTS)
    | st.fixed_dictionaries(
        {"id": st.sampled_from(FACTS)}, optional={"of": st.sampled_from(WHO), "lasting": _hours(10)}
    ),
    "commitment": st.fixed_dictionaries(
        {"id": st.sampled_from(PROMISES)},
        optional={"by": st.sampled_from(WHO), "state": st.sampled_from(["in-force", "broken", "kept"])},
    ),
    "line": st.builds(
        lambda line, crossed, rest: {
            "id": line,
            **({} if crossed is None and rest else {"crossed": bool(crossed)}),
            **rest,
        },
        st.sampled_from(LINES),
        st.none() | st.booleans(),
        st.just({}) | st.fixed_dictionaries({"pressure": _bounds(0, 6)}),
    ),
    "track": _with({"id": st.sampled_from([*TRACKS, "unknown"])}, _bounds(0, 5)),
    "readiness": _with({"id": st.sampled_from([*CHANNELS, "unknown"])}, _bounds(0, 100)),
    "channel_readiness": _bounds(0, 100),
    "tension": _bounds(0, 100),
    "trust": _with({"of": st.sampled_from(WHO)}, _bounds(0, 10)),
    "standing": _with({"of": st.sampled_from(WHO)}, _bounds(0, 10)),
    "turn": _bounds(1, 4),
    "hour": _bounds(0, 40),
    "time_left": _bounds(0, 100),
    "inject": _some(INJECTS),
    "opening_mismatch": st.just(True),
    "blind_dilemma": st.just(True),
    "readouts": st.sampled_from(["match", "differ", "one-sided"]),
    "chance": st.integers(0, 100),
}
JOINS = ("all", "any", "not")


def _joined(part: st.SearchStrategy[Written]) -> st.SearchStrategy[Written]:
    several = st.lists(part, max_size=3)
    return _few({**LEAVES, "all": several, "any": several, "not": part}, 3)


WRITTEN = st.recursive(_few(LEAVES, 2), _joined, max_leaves=8)
CONDITIONS = WRITTEN.map(Condition.model_validate)
PRESSED = MADE.map(Made.model_validate)
assert MoveIs.model_fields.keys() == MOVE_KEYS.keys()
assert Made.model_fields.keys() == {"move", *MADE_KEYS}


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
    f.made = (_bits(f.record, "us"), _bits(f.record, "china"))
    f.provocation = r.randint(0, 5)
    f.channel_readiness, f.time_left = r.randint(0, 100), r.randint(0, 100)
    owners: list[Side | None] = [None, *SIDES]
    f.truths = {key: r.randint(0, f.hour) for key in product(FACTS, owners) if r.random() < 0.4}
    f.in_force, f.broken, f.kept = (_several(r, product(PROMISES, SIDES)) for _ in range(3))
    lines = [f"{side}/{line}" for side in SIDES for line in LINES]
    f.crossed = _several(r, lines)
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
    return Act(
        side=side,
        turn=turn,
        hour=turn * 10,
        order=order,
        move=r.choice(list(MOVES)),
        channel=r.choice(CHANNELS),
        channel_kind=r.choice(KINDS),
        track=r.choice(TRACK_KINDS),
        level=r.choice(LEVELS),
        visibility=r.choice(VISIBILITIES),
        terms=tuple(r.choices(TERMS, k=r.randint(0, 2))),
        promise=r.choice([None, *PROMISES]),
        about=r.choice([None, *CHANNELS]),
        answer=r.choice([None, *HOWS]),
        intent=r.randint(-3, 3),
        outcome=r.choice(OUTCOMES),
    )


def _several(r: Random, things: Iterable[Thing]) -> frozenset[Thing]:
    return frozenset(thing for thing in things if r.random() < 0.4)


def _bits(record: tuple[Act, ...], side: Side) -> int:
    made = 0
    for act in record:
        if act.side == side:
            made |= 1 << list(MOVES).index(act.move)
    return made
