"""Weighing one act under the rules of shipped packs, with everything else quiet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from msgspec.structs import replace

from crisis_sim.content.listings import shipped_folder
from crisis_sim.content.yamlfile import read_yaml
from crisis_sim.engine.judging.event_recorder import Weight
from crisis_sim.engine.plans import rule_plan
from crisis_sim.problems import Problems
from crisis_sim.rules.compile import compile_condition
from crisis_sim.rules.facts import Act, Facts
from crisis_sim.rules.names import other
from crisis_sim.rules.pack import Base, Pack, Rule

PACKS: Final = (
    *("core", "safety-net-calms", "safety-net-emboldens"),
    *("toughness-buys-room", "toughness-closes-room"),
)


@cache
def shipped(name: str) -> Pack:
    """A rule pack as it is shipped."""
    problems = Problems()
    file = read_yaml(shipped_folder() / "rules" / f"{name}.yaml", problems)
    problems.raise_errors()
    assert file is not None
    return Pack.model_validate(file.value)


CORE: Final = shipped("core")
MOVES: Final = CORE.moves
assert CORE.base is not None
BASE: Final[Base] = CORE.base


@cache
def rules_of(*packs: str) -> Mapping[str, Rule]:
    """The rules in force under packs in their order: later ones replace those of the same id, or leave some out."""
    rules: dict[str, Rule] = {}
    for pack in map(shipped, packs):
        rules = {name: rule for name, rule in rules.items() if name not in pack.without}
        rules.update({rule.id: rule for rule in pack.rules})
    return rules


def act(move: str, **changes: Any) -> Act:
    """An act of the US in turn 3, in public where the move can be."""
    of = MOVES[move]
    plain = Act(
        side="us",
        turn=3,
        hour=30,
        order=1,
        move=move,
        channel="a",
        channel_kind=of.over[0],
        track="1",
        level="diplomatic",
        visibility=of.visibility[0],
    )
    return replace(plain, **changes)


def facts(at: Act | None, record: Sequence[Act] = (), **changes: Any) -> Facts:
    """The facts of turn 3, hour 30: calm, on good channels, with luck in the middle."""
    f = Facts()
    f.act, f.answered, f.reading = at, None, None
    f.sender = at.side if at is not None else "us"
    f.receiver = other(f.sender)
    f.turn, f.hour, f.record = 3, 30, tuple(record)
    f.provocation, f.channel_readiness, f.unreturned = 0, 30, 0
    f.truths, f.in_force, f.broken, f.kept = {}, frozenset(), frozenset(), frozenset()
    f.breached = frozenset()
    f.pledged, f.due = frozenset(), None
    f.crossed, f.concluded, f.pressure, f.line, f.presses = frozenset(), frozenset(), {}, None, ()
    f.tracks, f.readiness, f.tension, f.time_left = {}, {}, 3000, 100
    f.trust, f.standing, f.injects, f.assets = (400, 400), (500, 500), frozenset(), frozenset()
    f.disclosed, f.decided = frozenset(), frozenset()
    f.opening_mismatch = f.blind_dilemma = False
    f.first_of_turn, f.mends, f.called_for, f.excused = True, True, False, False
    f.stands = False
    f.readouts, f.luck = None, lambda purpose: 50
    for name, value in changes.items():
        setattr(f, name, value)
    return f


_compiled: dict[str, Callable[[Facts], bool]] = {}


def holds(rule: Rule, at: Facts) -> bool:
    """The rule's condition holds."""
    written = repr(rule.when)
    if written not in _compiled:
        _compiled[written] = compile_condition(rule.when, MOVES, f"rule/{rule.id}")
    return _compiled[written](at)


def weighed(rules: Mapping[str, Rule], at: Act, record: Sequence[Act] = (), **changes: Any) -> int:
    """What an act weighs after the rules for acts, hundredths."""
    given = facts(at, (*record, at), **changes)
    base = MOVES[at.move].weight
    weight = Weight(base, base)
    for rule in rules.values():
        if rule.on == "act" and holds(rule, given):
            weight.apply(rule_plan(rule, rule.id), at.key, given)
    return weight.now
