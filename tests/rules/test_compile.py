"""Compiled conditions mean what the plain walk says they mean, and nothing in a file can become code."""

from __future__ import annotations

import ast
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.rules.random_rules import ALONE, CONDITIONS, JOINS, LEAVES, MOVES, facts
from tests.rules.walk import holds
from tests.thinning import examples

import crisis_sim.rules
from crisis_sim.errors import CrisisSimError
from crisis_sim.rules.authored import Authored, field_types
from crisis_sim.rules.compile import DEEPEST, Watched, compile_condition, compile_each, compile_watch
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.facts import Act, Facts, Pressing
from crisis_sim.rules.keys import keys_of
from crisis_sim.rules.names import SIDES
from crisis_sim.rules.properties import Made, MoveIs
from crisis_sim.rules.vocabulary import models_in

WATCHED = st.lists(
    st.tuples(CONDITIONS, st.sampled_from(["rule/a", "rule/b"]), st.none() | st.sampled_from(SIDES)),
    max_size=6,
).map(lambda drawn: [Watched(place, *each) for place, each in enumerate(drawn)])
RUNS = ("exec", "eval", "compile")
THOROUGH = settings(max_examples=examples(60, 5000), deadline=None, suppress_health_check=list(HealthCheck))


def condition(**keys: Any) -> Condition:
    return Condition.model_validate({("not" if key == "not_" else key): value for key, value in keys.items()})


def act(**changes: Any) -> Act:
    plain = Act(
        side="us",
        turn=2,
        hour=20,
        order=1,
        move="criticise",
        channel="press",
        channel_kind="press",
        track="1",
        level="leader",
        visibility="public",
    )
    return replace(plain, **changes)


def moment(*record: Act, at: Act | None = None, **changes: Any) -> Facts:
    """Facts of turn 2, hour 20, for an act or for none."""
    f = Facts()
    f.act, f.answered, f.reading = at, None, None
    f.sender, f.receiver = ("china", "us") if at is not None and at.side == "china" else ("us", "china")
    f.turn, f.hour, f.record = 2, 20, record
    f.provocation = f.channel_readiness = f.unreturned = 0
    f.truths, f.in_force, f.broken, f.kept = {}, frozenset(), frozenset(), frozenset()
    f.breached = frozenset()
    f.pledged, f.due = frozenset(), None
    f.crossed, f.concluded, f.pressure, f.line, f.presses = frozenset(), frozenset(), {}, None, ()
    f.tracks, f.readiness, f.tension = {}, {}, 0
    f.trust = f.standing = (500, 500)
    f.time_left, f.injects, f.assets, f.disclosed = 100, frozenset(), frozenset(), frozenset()
    f.decided = frozenset()
    f.opening_mismatch = f.blind_dilemma = False
    f.first_of_turn, f.mends, f.called_for, f.excused = True, False, False, False
    f.stands = False
    f.readouts, f.luck = None, lambda purpose: 50
    for name, value in changes.items():
        setattr(f, name, value)
    return f


class Watchful(Facts):
    """The same facts, and what has been read of them."""

    __slots__ = ("reads",)

    def __init__(self, plain: Facts) -> None:
        self.reads: list[str] = []
        for name in Facts.__slots__:
            setattr(self, name, getattr(plain, name))

    def __getattribute__(self, name: str) -> Any:  # Any: of every fact
        if name != "reads":
            self.reads.append(name)
        return super().__getattribute__(name)


def compiled(given_: Condition, at: Facts) -> bool:
    return compile_condition(given_, MOVES, "test")(at)


# --- the same as walking the tree


@THOROUGH
@given(CONDITIONS, facts())
def test_a_compiled_condition_holds_when_the_walk_says_so(given_: Condition, at: Facts) -> None:
    """For any condition and any facts, compiled and walked agree, and the answer is a bool."""
    answer = compile_condition(given_, MOVES, "purpose")(at)
    assert answer is holds(given_, at, MOVES, "purpose")


@pytest.mark.parametrize("key", [*ALONE])
def test_each_key_alone_holds_when_the_walk_says_so(key: str) -> None:
    """Every key agrees with the walk on its own and denied, so that none is shadowed by its neighbours."""

    @settings(max_examples=examples(8, 200), deadline=None, suppress_health_check=list(HealthCheck))
    @given(ALONE[key], st.booleans(), facts())
    def agrees(written: dict[str, Any], denied: bool, at: Facts) -> None:
        given_ = Condition.model_validate({"not": written} if denied else written)
        assert compiled(given_, at) is holds(given_, at, MOVES, "test")

    agrees()


@THOROUGH
@given(WATCHED, facts(has_act=True))
def test_watching_tries_exactly_what_holds(watched: list[Watched[int]], at: Facts) -> None:
    """What is tried of an act finds what a walk of every condition finds, in the same order."""
    assert compile_watch(watched, MOVES)(at) == [
        each.subject
        for each in watched
        if each.only_side in (None, at.sender) and holds(each.condition, at, MOVES, each.purpose)
    ]


@THOROUGH
@given(WATCHED, facts())
def test_trying_several_finds_exactly_what_holds(watched: list[Watched[int]], at: Facts) -> None:
    """What one function finds of several things, with an act or without, is what a walk of each condition finds."""
    found = compile_each(watched, MOVES)(at)
    assert found == [each.subject for each in watched if holds(each.condition, at, MOVES, each.purpose)]


# --- every key


def test_every_key_of_a_condition_is_compiled() -> None:
    """Each has a formula in its record, and each property of moves is answered by the catalogue or by the act."""
    assert [name for name, key in keys_of(Condition).items() if key.lowered] == list(Condition.model_fields)
    assert {notes.alias or name for name, notes in Condition.model_fields.items()} == {*LEAVES, *JOINS}
    properties = keys_of(MoveIs)
    assert list(properties) == list(MoveIs.model_fields)
    assert all((key.fits is None) != (key.of_act is None) for key in properties.values())


class KeyReads:
    """Stands in for a record of conditions, and notes which of its keys are read."""

    def __init__(self, record: Authored, reads: set[tuple[type, str]]) -> None:
        self._record, self._reads = record, reads

    def __getattr__(self, name: str) -> Any:  # Any: of every key
        self._reads.add((type(self._record), name))
        value = getattr(self._record, name)
        return KeyReads(value, self._reads) if isinstance(value, Authored) else value


def test_the_walk_reads_every_key() -> None:
    """Each key of each record that a condition may hold counts in the walk; to agree with it says nothing otherwise."""
    models: list[type[Authored]] = [Condition]
    for model in models:
        models += [kind for hint in field_types(model).values() for kind in models_in(hint) if kind not in models]
    reads: set[tuple[type, str]] = set()
    for key in LEAVES:

        @settings(THOROUGH, max_examples=20, derandomize=True, database=None)
        @given(ALONE[key], facts(has_act=True))
        def walk(written: dict[str, Any], at: Facts) -> None:
            holds(KeyReads(Condition.model_validate(written), reads), at, MOVES, "test")  # type: ignore[arg-type]  # stands in

        walk()
    assert {(model, name) for model in models for name in model.model_fields} <= reads


@pytest.mark.parametrize("key", [name for name in LEAVES if name != "always"])
def test_a_condition_without_its_act_does_not_hold(key: str) -> None:
    """Facts of no act make every act condition false, never an exception."""

    @settings(max_examples=examples(10, 100), deadline=None, suppress_health_check=list(HealthCheck))
    @given(LEAVES[key].map(lambda value: Condition.model_validate({key: value})))
    def quiet(given_: Condition) -> None:
        answer = compiled(given_, moment())
        if key in ("move", "delivery", "answers", "intent", "read_as", "above_provocation", "repeated"):
            assert answer is False
        if key in ("first_on_channel", "channel_readiness", "pressed"):
            assert answer is False

    quiet()


# --- what the keys mean, by example


def test_earlier_means_an_earlier_turn_or_higher_up_the_senders_own_list() -> None:
    """The other side's act of the same turn was not yet known; the sender's own, made first, was."""
    asked = condition(earlier={"move": "private-inquiry"})
    at = act(order=2)
    assert compiled(asked, moment(act(move="private-inquiry", turn=1, hour=10, side="china"), at, at=at))
    assert compiled(asked, moment(act(move="private-inquiry"), at, at=at))
    assert not compiled(asked, moment(at, act(move="private-inquiry", side="china"), at=at))
    assert not compiled(asked, moment(at, act(move="private-inquiry", order=3), at=at))


def test_an_act_never_counts_as_its_own_precedent() -> None:
    """Not even when it is judged in a later turn than it was sent in."""
    late = act(turn=1, hour=10)
    for when in ("earlier", "ever", "same_turn"):
        assert not compiled(condition(**{when: {"move": "criticise"}}), moment(late, at=replace(late)))


def test_within_and_ago_bound_the_hours_inclusively() -> None:
    """At hour 20, an act of hour 14 lies within 6h and is 6h old; within 5h it is not, nor is it 7h old."""
    record = act(turn=1, hour=14)
    for bounds, expected in (({"within": "6h"}, True), ({"within": "5h"}, False), ({"ago": "6h"}, True)):
        assert compiled(condition(earlier={"move": "criticise", **bounds}), moment(record)) is expected
    assert not compiled(condition(earlier={"move": "criticise", "ago": "7h"}), moment(record))


def test_plain_numbers_are_compared_with_bounds_that_have_decimals() -> None:
    """Turn 2 is at least 1.5 and not at most 1.99; hundredths round inwards."""
    assert compiled(condition(turn={"at_least": 1.5}), moment())
    assert not compiled(condition(turn={"at_most": 1.99}), moment())
    assert not compiled(condition(turn={"at_least": 1.2, "at_most": 1.8}), moment())


def test_a_leak_makes_a_private_act_public() -> None:
    """`visibility: public` takes in what was sent in private and leaked."""
    leaked = act(visibility="private", outcome="leaked")
    assert compiled(condition(move={"visibility": "public"}), moment(leaked, at=leaked))
    assert not compiled(condition(move={"visibility": "private"}), moment(leaked, at=leaked))


def test_a_provocation_is_answered_by_the_classes_asked_for() -> None:
    """A class of 4 is two above a worst act of 2 and not of 3; where nothing provoked, it is above nothing."""
    at = act(move="sanction")
    assert MOVES["sanction"].severity == 4
    for provocation, expected in ((0, False), (1, True), (2, True), (3, False)):
        asked = condition(above_provocation=2)
        f = moment(at, at=at, provocation=provocation)
        assert compiled(asked, f) is expected
        assert compile_watch([Watched("x", asked, "x")], MOVES)(f) == (["x"] if expected else [])


def test_pressings_count_from_the_first_turn_that_is_asked_for() -> None:
    """In turn 2 the last turn begins with turn 1; other lines and the other side's pressings do not count."""
    asked = condition(pressed={"move": {"family": "protest"}, "by": "sender", "turns": 1})
    for pressing, expected in (
        (Pressing("china/hull", "us", 1), True),
        (Pressing("china/hull", "us", 0), False),
        (Pressing("china/hull", "china", 1), False),
        (Pressing("china/zone", "us", 1), False),
    ):
        assert compiled(asked, moment(line="china/hull", presses=(pressing,))) is expected


def test_first_on_channel_is_once_for_each_channel() -> None:
    """The channel that an act is about counts, whatever carried it."""
    first = condition(first_on_channel=True)
    about_hotline = act(about="hotline", channel="embassy", turn=1, hour=10)
    again, elsewhere = act(about="hotline", channel="press"), act(about="press", channel="embassy")
    assert not compiled(first, moment(about_hotline, again, at=again))
    assert compiled(first, moment(about_hotline, elsewhere, at=elsewhere))


def test_what_is_missing_lies_in_no_range() -> None:
    """An unknown track, channel or line is neither high nor low."""
    for key, name in (("track", "air"), ("readiness", "hotline")):
        for bounds in ({"at_least": 0}, {"at_most": 50}, {"at_least": 0, "at_most": 0}):
            assert not compiled(condition(**{key: {"id": name, **bounds}}), moment())
    assert not compiled(condition(line={"id": "hull", "pressure": {"at_most": 5}}), moment())


def test_a_line_goes_by_its_own_name_on_either_side() -> None:
    """A plain id stands for `us/…` and `china/…`."""
    crossed = moment(crossed=frozenset({"china/hull"}), pressure={"china/hull": 250, "us/hull": 0})
    assert compiled(condition(line={"id": "hull", "crossed": True, "pressure": {"at_least": 2.5}}), crossed)
    assert not compiled(condition(line={"id": "hull", "crossed": True, "pressure": {"at_most": 1}}), crossed)
    assert not compiled(condition(line={"id": "hull", "crossed": False}), crossed)
    concluded = moment(concluded=frozenset({"us/hull"}), pressure={"china/hull": 250, "us/hull": 0})
    assert compiled(condition(line={"id": "hull", "concluded": True}), concluded)
    assert not compiled(condition(line={"id": "hull", "concluded": True, "pressure": {"at_least": 2.5}}), concluded)
    assert not compiled(condition(line={"id": "hull", "concluded": False}), concluded)


def test_each_chance_has_its_own_luck_whatever_is_folded() -> None:
    """Purposes are numbered in the order of the file, also where the catalogue settles a part beforehand."""
    asked: list[str] = []

    def luck(purpose: str) -> int:
        asked.append(purpose)
        return 99

    given_ = condition(any=[{"move": "deploy", "chance": 10}, {"chance": 0}, {"chance": 20}, {"chance": 30}])
    at = act()
    compile_watch([Watched("x", given_, "rule/x")], MOVES)(moment(at, at=at, luck=luck))
    assert asked == ["rule/x/3", "rule/x/4"]


def test_chance_is_a_percentage() -> None:
    """Luck runs from 0 to 99, so that 30 holds for the 30 numbers below 30."""
    for luck, expected in ((0, True), (29, True), (30, False), (99, False)):
        assert compiled(condition(chance=30), moment(luck=lambda _, luck=luck: luck)) is expected


def test_only_side_keeps_the_other_sides_acts_out() -> None:
    """A line of one team watches the acts of the other alone, and what is found stays in its order."""
    always = condition(always=True)
    watched = [Watched(0, always, "a", "china"), Watched(1, always, "b"), Watched(2, always, "c", "us")]
    for side, expected in (("us", [1, 2]), ("china", [0, 1])):
        at = act(side=side)
        assert compile_watch(watched, MOVES)(moment(at, at=at)) == expected


def test_what_is_refused_is_refused_at_load() -> None:
    """A condition that cannot be compiled does not wait for an act to say so, however it is nested."""
    for join in ("not", "all", "any"):
        deep = condition(always=True)
        for _ in range(DEEPEST):
            deep = condition(**{join: deep if join == "not" else [deep]})
        with pytest.raises(CrisisSimError, match="levels deep"):
            compile_watch([Watched("x", deep, "x")], MOVES)
        with pytest.raises(CrisisSimError, match="levels deep"):
            compile_condition(deep, MOVES, "x")


def test_what_has_to_be_worked_out_is_read_only_where_the_answer_hangs_on_it() -> None:
    """However many conditions ask for it, and whichever way round they are written."""
    watched = [
        Watched(0, Condition.model_validate({"all": [{"counter_ask": 2}, {"intent": {"at_least": 1}}]}), "a"),
        Watched(1, Condition.model_validate({"any": [{"counter_ask": 3}, {"intent": {"at_most": 0}}]}), "b"),
    ]
    for intent, found, times in ((0, [1], 0), (1, [0], 2)):
        at = act(intent=intent)
        watchful = Watchful(moment(at, at=at, unreturned=2))
        assert compile_watch(watched, MOVES)(watchful) == found
        assert watchful.reads.count("unreturned") == times


# --- no text is ever code


def test_the_package_runs_no_text_as_code() -> None:
    """Conditions become closures: no module of the floor calls eval, exec or compile."""
    called = [
        (file.name, node.func.id)
        for file in sorted(Path(crisis_sim.rules.__path__[0]).glob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS
    ]
    assert called == []


HOSTILE = ["__import__('os').system('x')", "x'); raise SystemExit #", "a\nimport os", "{0.__class__}", 'é"""', "facts"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_from_a_file_is_only_ever_compared(name: str) -> None:
    """Even a name that the loader would refuse is only ever compared, and matches itself."""
    moves = {**MOVES, name: MOVES["deploy"].model_copy(update={"terms": (name,)})}
    nasty = MoveIs.model_construct(_fields_set={"id", "channel", "term"}, id=(name,), channel=(name,), term=(name,))
    made = Made.model_construct(_fields_set={"move"}, move=nasty)
    given_ = Condition.model_construct(
        _fields_set={"move", "inject", "earlier"}, move=nasty, inject=(name, name + "2"), earlier=made
    )
    at = act(move=name, channel=name, terms=(name,), order=2)
    f = moment(act(move="criticise"), at=at)
    f.record = (replace(at, order=1), at)
    f.injects = frozenset({name})
    assert compile_condition(given_, moves, name)(f)
    assert compile_watch([Watched(name, given_, name)], moves)(f) == [name]


def nested(levels: int) -> Condition:
    inner = condition(turn={"at_least": 2})
    for level in range(levels - 1):
        join = {"not_": inner} if level % 2 else {"all": (inner, condition(always=True)), "turn": None}
        inner = Condition.model_construct(_fields_set=set(join), **join)
    return inner


def test_nesting_is_bounded() -> None:
    """Conditions within conditions are compiled down to a depth, and refused with a way out beyond it."""
    compile_condition(nested(DEEPEST), MOVES, "x")
    with pytest.raises(CrisisSimError, match="levels deep") as refused:
        compile_condition(nested(DEEPEST + 1), MOVES, "x")
    assert refused.value.hint


def test_a_wide_condition_compiles_in_bounded_time() -> None:
    """A list of thousands is one flat test, not a tower."""
    many = condition(any=[{"hour": {"at_least": 20 + n}} for n in range(1, 3000)])
    begun = time.perf_counter()
    assert not compiled(many, moment())
    assert time.perf_counter() - begun < 5
