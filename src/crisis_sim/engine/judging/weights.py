"""The weight of an act: the catalogue's, as rules scale and add to it, and as its receiver feels it.

A pink or red rule never lowers a weight and a credit rule never raises one, each step keeps the order of weights, and
so one more pink firing can never lower tension, nor one more credit raise it, whatever else fires.
"""

from __future__ import annotations

from crisis_sim.engine.events import Key, Trace
from crisis_sim.engine.plans import ReadingPlan, RulePlan
from crisis_sim.engine.state import Received
from crisis_sim.numbers import scale
from crisis_sim.rules.facts import Facts


class Weight:
    """An act's weight on its way from base to what it comes to, hundredths."""

    __slots__ = ("base", "felt", "now", "steps")

    def __init__(self, base: int) -> None:
        self.base = self.now = base
        self.felt = 0
        """What rules add to it for a receiver that has not read the act."""
        self.steps: tuple[Trace, ...] = ()

    def apply(self, plan: RulePlan, act: Key | None, facts: Facts) -> None:
        """Scale and add as a rule says, with a trace if that moved it."""
        now = self.now
        if plan.weigh is not None:
            now = _bent(plan, now, scale(now, plan.weigh))
        if plan.repeat is not None:
            factor = 100
            for _ in range(_repeats(facts)):
                factor = scale(factor, plan.repeat)
            now = _bent(plan, now, scale(now, max(factor, plan.repeat_floor)))
        now += plan.add
        self.felt += plan.felt
        if now != self.now:
            self.steps += (Trace(plan.rule, plan.at, act, self.now, now),)
            self.now = now


def _bent(plan: RulePlan, before: int, scaled: int) -> int:
    """A scaled weight, kept from going against the rule's kind."""
    return min(before, scaled) if plan.credit else max(before, scaled)


def _repeats(facts: Facts) -> int:
    """How often the sender made the same move before, in earlier turns."""
    act = facts.act
    if act is None:
        return 0
    return sum(1 for kept in facts.record if kept.side == act.side and kept.move == act.move and kept.turn < act.turn)


def felt_weight(weight: Weight, read: Received, plan: ReadingPlan) -> int:
    """The weight with the receiver's reading blended in, by how sure it was; hundredths."""
    if read.hostility is None or read.confidence is None:
        return weight.now + weight.felt
    share = plan.shares[read.confidence - 1]
    return weight.now + scale(read.hostility * plan.per_point - weight.now, share)
