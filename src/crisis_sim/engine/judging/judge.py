"""Judging a turn: what each act that arrived weighs, what each silence says, and what follows.

Every condition is tried against the turn as it stood when judging began, with all acts of the turn on record, so the
order in which acts are judged changes no score and the two sides are treated alike.
"""

from __future__ import annotations

from typing import Final

from crisis_sim.engine import events as e
from crisis_sim.engine.facts import arrived_in, as_sender, at_act, moment
from crisis_sim.engine.judging.effects import cross, press, take_steps
from crisis_sim.engine.judging.limits import check_limits, check_marks, move_track, settle, turn_changes
from crisis_sim.engine.judging.story import Cause, Story, Weight, felt_weight
from crisis_sim.engine.plans import LinePlan, MovePlan, RulePlan, TrackPlan
from crisis_sim.engine.state import Received, Sent
from crisis_sim.numbers import scale
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import SIDES, Side, other
from crisis_sim.rules.pack import Moment

SETTLED: Final = frozenset({e.RequestUnanswered, e.ReadoutsCompared})
"""What a delivery told that is judged beside acts."""


def judge(story: Story) -> None:
    """Judge the acts, silences, readouts and the turn as a whole; the results are in the story."""
    before = story.state
    facts = moment(before, story.table)
    judge_acts(story, facts)
    for event in [told for told in before.story[-1] if type(told) in SETTLED]:
        if isinstance(event, e.RequestUnanswered):
            _judge_silence(story, facts, before.sent(event.act))
        elif isinstance(event, e.ReadoutsCompared):
            _judge_readouts(story, facts, event)
    _judge_turn(story, facts)
    turn_changes(story, facts)
    check_limits(story, before)
    check_marks(story)
    settle(story)
    _resolve_forecasts(story)
    story.tell(e.TurnJudged(visible="facilitator"))


def judge_acts(story: Story, facts: Facts) -> None:
    """Judge every act that arrived in the turn, all against `facts`, those of the moment when judging began."""
    before = story.state
    for side in SIDES:
        for read in arrived_in(before, side):
            sent = before.acts[read.act]
            at_act(facts, sent.act, read.hostility, before)
            _judge_act(story, facts, sent, read)


def _judge_act(story: Story, facts: Facts, sent: Sent, read: Received) -> None:
    """Weigh one act, and do what the rules, lines and tracks that watch it say."""
    table, act, key = story.table, sent.act, read.act
    weight = Weight(sent.weight)
    factor = 100 if read.hostility is None else table.reading_plan.pressure[read.hostility + 3]
    for place in table.watch[act.move](facts):
        plan = table.plans[place]
        if type(plan) is RulePlan:
            _fire(story, plan, facts, weight, key, factor)
        elif type(plan) is LinePlan:
            _touched(story, plan, key, factor)
        elif type(plan) is TrackPlan:
            move_track(story, plan, key)
    known = table.move_plans[act.move]
    felt = felt_weight(weight, read, table.reading_plan)
    story.weigh(key, act.side, weight, felt, known.at)
    if known.standing:
        _stand(story, sent, known)
    if read.touches is not None and read.hostility is not None and read.hostility >= 0:
        _touch(story, read.touches, read.hostility, key, other(act.side))
    if story.frame.promises:
        _breaches(story, facts, sent, factor)


def _fire(
    story: Story, plan: RulePlan, facts: Facts, weight: Weight | None, key: e.Key | None, factor: int = 100
) -> None:
    """Apply a rule whose condition holds, unless it has been used up."""
    sender = facts.sender
    if plan.once and story.has_fired(plan.rule, sender if plan.once == "side" else None):
        return
    story.fire(plan, sender, key)
    if weight is not None and plan.weighs:
        weight.apply(plan, key, facts)
    if plan.steps:
        act = facts.act
        channel, about = (act.channel, act.about) if act is not None else (None, None)
        take_steps(story, plan.steps, Cause(plan.rule, plan.at, sender, key, channel, about, factor))


def _touched(story: Story, plan: LinePlan, key: e.Key, factor: int) -> None:
    """Press or cross a scenario's line, unless its owner has set it aside."""
    if plan.line not in story.frame.team(plan.owner).adopted:
        return
    cause = Cause(plan.rule, plan.at, key[0], key, None, None, factor, plan.part)
    if plan.crosses:
        cross(story, plan.owner, plan.line, None, cause)
    else:
        press(story, plan.owner, plan.line, plan.by, cause)


def _stand(story: Story, sent: Sent, known: MovePlan) -> None:
    """Public words move the sender's standing at home; private ones that leak do so in part."""
    act, by = sent.act, known.standing
    if act.visibility != "public":
        by = scale(by, story.table.base.channels.public_standing) if act.outcome == "leaked" else 0
    if by:
        cause = Cause("catalogue", known.at, act.side, act.key)
        story.shift("standing", act.side, by, cause)


def _touch(story: Story, line: str, hostility: int, key: e.Key, owner: Side) -> None:
    """Press a line that the reader itself named."""
    if f"{owner}/{line}" not in story.frame.pressure:
        return
    by = story.table.base.lines.touch[hostility]
    at = story.table.place("base/lines")
    press(story, owner, line, by, Cause("reading", at, key[0], key))


def _breaches(story: Story, facts: Facts, sent: Sent, factor: int) -> None:
    """Note promises that the act breaks, and try the rules for breaches."""
    act, table = sent.act, story.table
    for promise in story.frame.promises:
        if promise.side != act.side or promise.broken or promise.act == act.key or promise.turn >= act.turn:
            continue
        if table.broken_tests[promise.commitment](facts):
            story.tell(e.CommitmentBroken(promise.commitment, act.side, act.key, visible="everyone"))
            _try(story, "breach", facts, None, factor)


def _try(story: Story, when: Moment, facts: Facts, weight: Weight | None, factor: int = 100) -> None:
    """Try the rules of a moment and apply those whose condition holds."""
    holding = story.table.moments.get(when)
    for plan in holding(facts) if holding is not None else ():
        _fire(story, plan, facts, weight, facts.act.key if facts.act is not None else None, factor)


def _judge_silence(story: Story, facts: Facts, sent: Sent) -> None:
    """A request met with silence: the one who did not answer is the sender."""
    at_act(facts, sent.act, None, story.state)
    asker = sent.act.side
    facts.sender, facts.receiver, facts.provocation = other(asker), asker, 0
    weight = Weight(0)
    _try(story, "silence", facts, weight)
    if weight.now or weight.steps or weight.felt:
        at = story.table.move_plans[sent.act.move].at
        story.weigh(sent.act.key, other(asker), weight, weight.now + weight.felt, at, silence=True)


def _judge_readouts(story: Story, facts: Facts, event: e.ReadoutsCompared) -> None:
    """Two accounts of one exchange match or differ, or only one was given."""
    exchange = story.state.exchanges[event.exchange - 1]
    for side in SIDES if event.by is None else (event.by,):
        at_act(facts, story.state.sent(exchange.request).act, None, story.state)
        facts.sender, facts.receiver, facts.provocation = side, other(side), 0
        facts.readouts = event.result
        _try(story, "readout", facts, None)
    facts.readouts = None


def _judge_turn(story: Story, facts: Facts) -> None:
    """Rules tried at the end of the turn: for each team, and once."""
    for side in SIDES:
        as_sender(facts, side)
        _try(story, "side", facts, None)
    as_sender(facts, "us")
    _try(story, "turn", facts, None)


def _resolve_forecasts(story: Story) -> None:
    """See which forecasts for this turn came true."""
    state, table = story.state, story.table
    facts = moment(state, table)
    for side in SIDES:
        as_sender(facts, side)
        forecasts = state.team(side).forecasts
        came = table.come_true(facts) if forecasts else ()
        story.resolve(
            [
                e.ForecastResolved(side, forecast, state.turn, chance, forecast in came, visible=side)
                for forecast, chance in forecasts
            ]
        )
