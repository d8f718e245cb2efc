"""What watches an act is carried out by a function of its own, which does what the way of all rules does."""

from __future__ import annotations

from functools import partial

import pytest
from msgspec.structs import astuple
from tests.engine.play import bots, shipped

from crisis_sim.engine.judging.carrying import Carry, carrier, fire
from crisis_sim.engine.judging.event_recorder import EventRecorder, Weight
from crisis_sim.engine.moment_facts import at_act, moment_facts
from crisis_sim.engine.plans import RulePlan
from crisis_sim.engine.state import Sent, State
from crisis_sim.engine.table import GameTable


def done(carry: Carry, state: State, table: GameTable, sent: Sent, base: int, factor: int) -> tuple[object, ...]:
    """Events, pressings with their traces, and the weight, once an act of a weight has met a rule."""
    recorder, weight, facts = EventRecorder(state, table=table), Weight(base, base), moment_facts(state, table)
    at_act(facts, sent.act, 1)
    recorder.try_against(facts)
    carry(recorder, facts, weight, sent.act.key, factor)
    pushes = [(push.owner, push.line, push.by, push.cause.trace(0, 1)) for push in recorder.pushes]
    return recorder.events, recorder.fired, pushes, astuple(weight), recorder.state


@pytest.mark.parametrize("scenario", ["bottomed-submarine", "lost-airliner"])
def test_each_rule_s_function_does_what_the_rule_says(scenario: str) -> None:
    """The same events, pressings and weight as by the way of all rules: of every rule, act and reading of a session."""
    play = bots(shipped(scenario), "salami", "random", seed="3")
    state, table, own = play.state, play.table, 0
    acts = [next(sent for sent in state.acts.values() if sent.act.side == side) for side in ("us", "china")]
    for plan in table.plans:
        if isinstance(plan, RulePlan):
            carry = carrier(plan)
            own += not isinstance(carry, partial)
            for sent in acts:
                for base, factor in ((-150, 0), (-150, 100), (125, 55), (125, 150), (0, 100)):
                    general = done(partial(fire, plan), state, table, sent, base, factor)
                    assert done(carry, state, table, sent, base, factor) == general, plan.rule
    assert own > 20
