"""How much pressure can build up on a pink line: a bound that no play exceeds.

Each turn gets as many acts as a team may make, each the one that presses most in whatever way it may be sent, read as
hostile as can be; every rule that may press does; small steps grow as rules on press let them. Where acts that press
may arrive late, all may arrive at once, and nothing decays. So a bound below the limit means that the limit is out of
reach. A bound above it means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from crisis_sim.authoring.lints.found import Found
from crisis_sim.authoring.lints.walks import effects_of
from crisis_sim.content.scenario import Line
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import Side


class Bound(NamedTuple):
    """The most pressure there can be, hundredths."""

    acts: int
    """By what acts, injects and rules press."""
    named: int
    """With every act read as touching the line besides."""


class Pressing(NamedTuple):
    """What one act, or one turn, presses: points in hundredths, and in how many pressings."""

    points: int = 0
    times: int = 0


def act_pressing(found: Found, owner: Side, line: Line, move: str, *, plain: bool = False) -> Pressing:
    """The most that one act of the other team presses a line by what rules and the line itself say.

    With `plain` of an act without terms, that answers nothing.
    """
    return _pressing(found, _on_acts(found, owner, line), move, plain)


def _on_acts(found: Found, owner: Side, line: Line) -> list[tuple[Condition, list[int]]]:
    """Conditions on acts of the other team, each with what it presses a line by if it holds."""
    known = found.pressed_by.get((owner, line.id))
    if known is None:
        rules = (rule for rule in found.pressing_rules if rule.on == "act")
        by_rules = [(rule.when, _points(rule.then, owner, line, "receiver")) for rule in rules]
        known = [(watch.when, [watch.by]) for watch in line.pressed_by] + [each for each in by_rules if each[1]]
        found.pressed_by[owner, line.id] = known
    return known


def _pressing(found: Found, pressed: Sequence[tuple[Condition, list[int]]], move: str, plain: bool) -> Pressing:
    points = [by for when, each in pressed if _could(found, when, move, plain) for by in each]
    return Pressing(sum(points), len(points))


def most_of(pressing: Sequence[Pressing]) -> Pressing:
    """The most that any of these presses, and the most often."""
    return Pressing(
        max((each.points for each in pressing), default=0), max((each.times for each in pressing), default=0)
    )


def _could(found: Found, condition: Condition, move: str, plain: bool) -> bool:
    """Whether a condition may hold of an act of this move; everything but the act is taken to be as it should."""
    asked = condition.move
    if asked is not None and (move not in found.fitting(asked) or (plain and (asked.term or asked.answer))):
        return False
    if plain and condition.answers is not None:
        return False
    for part in condition.all or ():
        if not _could(found, part, move, plain):
            return False
    return condition.any is None or any(_could(found, part, move, plain) for part in condition.any)


def bound(found: Found, owner: Side, line: Line) -> Bound:
    """The most pressure there can be on a pink line at the end of any turn of the longest session."""
    base = found.material.base
    factor = max(100, *base.readings.pressure)
    pressed = _on_acts(found, owner, line)
    moves = {move: _pressing(found, pressed, move, plain=False) for move, ways in found.ways.items() if ways}
    act = most_of(list(moves.values()))
    named = Pressing(act.points + max(base.lines.touch), act.times + 1)
    late = any(each.times and _may_be_late(found, move) for move, each in moves.items())
    once = sum(_once(found, owner, line)) * factor // 100
    most = found.scenario.moves_a_turn.most
    beside = list(_beside(found, owner, line, most))
    turns = [Pressing(most * each.points + sum(beside), most * each.times + len(beside)) for each in (act, named)]
    by_acts, by_names = (Pressing(turn.points * factor // 100 + 1, turn.times) for turn in turns)
    return Bound(_built(found, line, by_acts, late) + once, _built(found, line, by_names, late=True) + once)


def _may_be_late(found: Found, move: str) -> bool:
    """Whether an act may arrive in a later turn than it was made: over a channel that takes time, or by a rule."""
    slow = any(way.visibility == "private" and way.channel.latency for way in found.ways[move])
    rules = (rule for rule in found.material.rules if rule.then.delay)
    return slow or any(_could(found, rule.when, move, False) for rule in rules)


def _built(found: Found, line: Line, turn: Pressing, late: bool) -> int:
    """What builds up when each turn presses as much; with `late`, when all may come in the last one."""
    base = found.material.base
    decay = 0 if late else base.lines.decay if line.decay is None else line.decay
    grows = [rule for rule in found.material.rules if rule.on == "press" and rule.then.grow]
    growth = sum(rule.then.grow or 0 for rule in grows)
    back = max((rule.when.pressed.turns or 2 if rule.when.pressed else 2 for rule in grows), default=2)
    value = highest = 0
    turns = max(len(world.hours) for world in found.worlds.values())
    for number in range(turns):
        earlier = turn.times * (turns if late else min(number, back) + 1)
        value = max(0, value - decay) + turn.points + turn.points * growth * earlier // 10_000
        highest = max(highest, value)
    return highest


def _beside(found: Found, owner: Side, line: Line, most: int) -> Iterator[int]:
    """What a turn's rules at other moments may press, and the owner's own acts."""
    for rule in found.pressing_rules:
        often = {"act": most, "side": 1, "turn": 1}.get(rule.on, 2 * most * len(found.scenario.turns))
        for role in ("sender",) if rule.on == "act" else ("sender", "receiver"):
            yield from _points(rule.then, owner, line, role) * often


def _once(found: Found, owner: Side, line: Line) -> Iterator[int]:
    """What injects, marks and crossings may press, each once."""
    for what, effects in effects_of(found.material):
        if not what.startswith("rule "):
            yield from _points(effects, owner, line, "sender")
            yield from _points(effects, owner, line, "receiver")
    yield from _points(found.material.base.lines.crossing, owner, line, "receiver")


def _points(effects: Effects, owner: Side, line: Line, role: str) -> list[int]:
    """What effects press on a line whose owner stands in this role."""
    whose = {role, owner, "both"}
    return [item.by for item in effects.press if item.line in (line.id, line.concern) and item.whose in whose]
