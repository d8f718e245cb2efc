"""What is done once something that watches an act holds: for each rule, line and track one function.

They are made once for a table. Most rules do one of two things, scale the act's weight or speak of lines of its
receiver, and a function that does that alone has nothing else to look for; any other rule goes the way of them all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from crisis_sim.engine.events import ActKey, Trace
from crisis_sim.engine.judging.applied_effects import cross, take_steps
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder, Push, Weight
from crisis_sim.engine.judging.limits import move_track
from crisis_sim.engine.judging.pressing import press, pressed_lines
from crisis_sim.engine.plans import LinePlan, OffencePlan, Plan, RulePlan, TrackPlan
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import ONE, scale
from crisis_sim.rules.effects import ASKED
from crisis_sim.rules.facts import Facts

Carry: TypeAlias = Callable[[EventRecorder, Facts, Weight, ActKey, int], None]
"""Carries out what holds for an act: its weight so far, what names it, and the scale of its pressure as it was read."""


def carriers(table: GameTable) -> tuple[Carry, ...]:
    """What carries out each plan of a table, by its place."""
    return table.unless_changed("carriers", (table.plans,), lambda: tuple(map(carrier, table.plans)))


def carrier(plan: Plan) -> Carry:
    """What carries out one plan."""
    match plan:
        case RulePlan():
            return _weighing(plan) or _speaking(plan) or partial(fire, plan)
        case LinePlan():
            return _touching(plan)
        case TrackPlan():
            return lambda recorder, facts, weight, key, factor: move_track(recorder, plan, key)
        case OffencePlan():
            return _nothing


def fire(
    plan: RulePlan,
    recorder: EventRecorder,
    facts: Facts,
    weight: Weight | None,
    key: ActKey | None,
    factor: int = ONE,
) -> None:
    """Apply a rule whose condition holds, unless it has been used up."""
    sender = facts.sender
    if plan.once and recorder.has_fired(plan.rule, sender if plan.once == "side" else None):
        return
    recorder.fire(plan, sender, key)
    if weight is not None and plan.weighs:
        weight.apply(plan, key, facts)
    if plan.steps:
        act = facts.act
        if act is None:
            cause = Cause(plan.rule, plan.at, sender, key)
        else:
            cause = Cause(plan.rule, plan.at, sender, key, act.channel, act.about, facts.answered or act, factor)
        take_steps(recorder, plan.steps, cause)


def _nothing(recorder: EventRecorder, facts: Facts, weight: Weight, key: ActKey, factor: int) -> None:
    """An offence is heard, and carries nothing out."""


def _weighing(plan: RulePlan) -> Carry | None:
    """For a rule that scales the act's weight and does nothing else."""
    rule, at, by, add, bent = plan.rule, plan.at, plan.weigh, plan.add, min if plan.credit else max
    if by is None or plan.repeat is not None or plan.weighs_beside or plan.steps or plan.once:
        return None

    def carry(recorder: EventRecorder, facts: Facts, weight: Weight, key: ActKey, factor: int) -> None:
        recorder.fire(plan, facts.sender, key)
        before = weight.now
        weight.now = now = bent(before, scale(before, by)) + add
        if now != before:
            weight.steps += (Trace(rule, at, key, before, now),)

    return carry


def _speaking(plan: RulePlan) -> Carry | None:
    """For a rule that presses or relieves lines of the act's receiver and does nothing else."""
    rule, at, steps = plan.rule, plan.at, plan.steps
    if plan.weighs or plan.once or not steps or not {name for name, _ in steps} <= {"press", "relieve"}:
        return None
    if any(item.whose != "receiver" or item.line == ASKED for _, item in steps):
        return None
    said = tuple((item.line, item.by, name == "press") for name, item in steps)

    def carry(recorder: EventRecorder, facts: Facts, weight: Weight, key: ActKey, factor: int) -> None:
        sender, owner = facts.sender, facts.receiver
        recorder.fire(plan, sender, key)
        cause = Cause(rule, at, sender, key)
        for named, by, presses in said:
            pushed = scale(by, factor) if presses else -by
            if pushed > 0 or not presses:
                for line in pressed_lines(recorder, owner, named):
                    recorder.pushes.append(Push(owner, line, pushed, cause))

    return carry


def _touching(plan: LinePlan) -> Carry:
    """For an act of the other team that presses or crosses a scenario's line, unless its owner has set it aside."""
    rule, at, owner, line, part = plan.rule, plan.at, plan.owner, plan.line, plan.part

    def carry(recorder: EventRecorder, facts: Facts, weight: Weight, key: ActKey, factor: int) -> None:
        if line not in recorder.frame.team(owner).adopted:
            return
        cause = Cause(rule, at, key[0], key, press_factor=factor, part=part)
        if plan.crosses:
            cross(recorder, owner, line, cause)
        else:
            press(recorder, owner, line, plan.by, cause)

    return carry
