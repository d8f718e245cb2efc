"""What an act would weigh and press if it were another: with all that is true of its thing, without what offends in it.

Nothing is put on record here, and the facts are as they were when it is done.
"""

from __future__ import annotations

from typing import NamedTuple

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.applied_effects import lines_named
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder, Weight
from crisis_sim.engine.moment_facts import MomentFacts, at_act
from crisis_sim.engine.plans import LinePlan, RulePlan
from crisis_sim.engine.state import Sent
from crisis_sim.rules.facts import Act
from crisis_sim.rules.names import other


class Judged(NamedTuple):
    """What an act weighs and does to the lines of its receiver, however that reads it."""

    weight: Weight
    presses: dict[str, int]
    crosses: tuple[str, ...]


def judged_as(recorder: EventRecorder, facts: MomentFacts, sent: Sent, act: Act) -> Judged:
    """What the act that was sent would do if it were `act`."""
    table, key, owner = recorder.table, sent.act.key, other(sent.act.side)
    weight, presses, crosses = Weight(sent.weight, sent.weight), dict[str, int](), list[str]()
    at_act(facts, act, facts.reading)
    for place in table.watch[act.move](facts):
        plan = table.plans[place]
        if type(plan) is LinePlan:
            if plan.line in recorder.frame.team(plan.owner).adopted:
                if plan.crosses:
                    crosses.append(plan.line)
                else:
                    presses[plan.line] = max(presses.get(plan.line, 0), plan.by)
        elif type(plan) is RulePlan and not _is_used_up(recorder, plan, key):
            weight.apply(plan, key, facts)
            for name, item in plan.steps:
                if name == "press" and owner in Cause("", "", act.side).sides(item.whose):
                    for line in lines_named(recorder, owner, item, facts.answered or act):
                        presses[line] = max(presses.get(line, 0), item.by)
    at_act(facts, sent.act, facts.reading)
    return Judged(weight, presses, tuple(crosses))


def _is_used_up(recorder: EventRecorder, plan: RulePlan, key: e.ActKey) -> bool:
    """A rule that applies once has applied, to another act than this."""
    side = key[0] if plan.once == "side" else None
    if not plan.once or not recorder.has_fired(plan.rule, side):
        return False
    return not any(type(told) is e.RuleFired and (told.rule, told.act) == (plan.rule, key) for told in recorder.events)
