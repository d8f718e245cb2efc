"""Judging a turn: what each act that arrived weighs, what each silence says, and what follows.

Every condition is tried against the turn as it stood when judging began, with all acts of the turn on record, so the
order in which acts are judged changes no score and the two sides are treated alike.
"""

from __future__ import annotations

from crisis_sim.engine import events as e
from crisis_sim.engine.cause import Cause
from crisis_sim.engine.effects import carry_out, cross
from crisis_sim.engine.facts import as_sender, at_act, moment, provocation_of
from crisis_sim.engine.limits import check_limits, settle
from crisis_sim.engine.lines import press
from crisis_sim.engine.state import Received, Sent
from crisis_sim.engine.story import Story
from crisis_sim.engine.table import Watching
from crisis_sim.engine.tracks import check_marks, move_track, turn_changes
from crisis_sim.engine.weights import Weight, felt_weight
from crisis_sim.numbers import scale
from crisis_sim.rules.authored import SIDES, Side, other
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.pack import Moment, Rule


def judge(story: Story) -> None:
    """Judge the acts, silences, readouts and the turn as a whole; the results are in the story."""
    before = story.state
    facts = moment(before, story.table)
    provoked = {side: provocation_of(before, story.table, side) for side in SIDES}
    readings = {item.act: item for side in SIDES for item in before.team(side).inbox if item.turn == before.turn}
    for sent in [before.acts[key] for key in readings]:
        at_act(facts, sent, readings[sent.act.key].hostility, provoked[sent.act.side], before)
        judge_act(story, facts, sent, readings[sent.act.key])
    for event in before.story[-1]:
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


def judge_act(story: Story, facts: Facts, sent: Sent, read: Received) -> None:
    """Weigh one act, and do what the rules, lines and tracks that watch it say."""
    table, act = story.table, sent.act
    at = table.place(f"move/{act.move}")
    weight = Weight(sent.weight)
    factor = 100 if read.hostility is None else table.base.readings.pressure[read.hostility + 3]
    for index in table.watch[act.move](facts):
        item = table.watching[index]
        if item.rule is not None:
            _fire(story, item.rule, item.at, facts, weight, factor)
        else:
            _watched(story, item, facts, factor)
    _weigh(story, weight, act.side, act.key, felt_weight(weight, read, table.base.readings), at)
    _stand(story, sent, at)
    if read.touches is not None and read.hostility is not None and read.hostility >= 0:
        _touch(story, read.touches, read.hostility, act.key, other(act.side))
    _breaches(story, facts, sent, factor)


def _fire(story: Story, rule: Rule, at: str, facts: Facts, weight: Weight | None, factor: int = 100) -> None:
    """Apply a rule whose condition holds, unless it has been used up."""
    sender, act = facts.sender, facts.act
    if rule.once and story.has_fired(rule.id, sender if rule.once == "side" else None):
        return
    key = act.key if act is not None else None
    story.tell(e.RuleFired(rule.id, at, sender, key, visible="facilitator"))
    if weight is not None:
        weight.apply(rule, at, key, facts)
    if rule.moves_more_than_weight:
        cause = Cause(
            rule=rule.id,
            at=at,
            why=rule.says.en,
            sender=sender,
            act=key,
            channel=act.channel if act is not None else None,
            about=act.about if act is not None else None,
            press_factor=factor,
        )
        carry_out(story, rule.then, cause)


def _watched(story: Story, item: Watching, facts: Facts, factor: int) -> None:
    """Press or cross a scenario's line, or move one of its tracks."""
    act = facts.act
    assert act is not None
    if item.watch is not None:
        owner: Side = other(act.side)
        line = item.line.partition("/")[2]
        if line not in story.frame.team(owner).adopted:
            return
        cause = Cause(
            rule=f"line {line}", at=item.at, why=item.watch.says.en, sender=act.side, act=act.key, press_factor=factor
        )
        if item.what == "press":
            press(story, owner, line, item.watch.by, cause)
        else:
            cross(story, owner, line, None, cause)
    elif item.change is not None:
        move_track(story, item.track, item.place, item.change, act.key)


def _weigh(story: Story, weight: Weight, sender: Side, key: e.Key, felt: int, at: str, silence: bool = False) -> None:
    """Put an act's or a silence's weight on record; it moves the three tensions."""
    story.tell(
        e.ActWeighed(
            key,
            sender,
            weight.base,
            weight.now,
            felt,
            story.value("tension", ""),
            story.value("felt", other(sender)),
            at,
            silence,
            tuple(weight.steps),
            visible="facilitator",
        )
    )


def _stand(story: Story, sent: Sent, at: str) -> None:
    """Public words move the sender's standing at home; private ones that leak do so in part."""
    act = sent.act
    by = story.table.moves[act.move].standing
    if act.visibility != "public":
        by = scale(by, story.table.base.channels.public_standing) if act.outcome == "leaked" else 0
    if by:
        before = story.value("standing", act.side)
        why = "what the home audience made of it"
        trace = e.Trace(rule="catalogue", at=at, act=act.key, before=before, after=before + by, why=why)
        story.move("standing", act.side, trace)


def _touch(story: Story, line: str, hostility: int, key: e.Key, owner: Side) -> None:
    """Press a line that the reader itself named."""
    if line not in story.frame.team(owner).pressure:
        return
    by = story.table.base.lines.touch[hostility]
    at = story.table.place("base/lines")
    press(
        story, owner, line, by, Cause(rule="reading", at=at, why="the reader named this line", sender=key[0], act=key)
    )


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
    for rule, test in story.table.moments.get(when, ()):
        if test(facts):
            _fire(story, rule, story.table.place(f"rule/{rule.id}"), facts, weight, factor)


def _judge_silence(story: Story, facts: Facts, sent: Sent) -> None:
    """A request met with silence: the one who did not answer is the sender."""
    at_act(facts, sent, None, 0, story.state)
    asker = sent.act.side
    facts.sender, facts.receiver = other(asker), asker
    weight = Weight(0)
    _try(story, "silence", facts, weight)
    if weight.now or weight.steps or weight.felt:
        at = story.table.place(f"move/{sent.act.move}")
        _weigh(story, weight, other(asker), sent.act.key, weight.now + weight.felt, at, silence=True)


def _judge_readouts(story: Story, facts: Facts, event: e.ReadoutsCompared) -> None:
    """Two accounts of one exchange match or differ, or only one was given."""
    exchange = story.state.exchanges[event.exchange - 1]
    for side in SIDES if event.by is None else (event.by,):
        at_act(facts, story.state.sent(exchange.request), None, 0, story.state)
        facts.sender, facts.receiver = side, other(side)
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
        for forecast, chance in state.team(side).forecasts:
            happened = table.forecast_tests[forecast](facts)
            story.tell(e.ForecastResolved(side, forecast, state.turn, chance, happened, visible=side))
