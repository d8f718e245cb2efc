"""Judging a turn: what each act that arrived weighs, what each silence says, and what follows.

Every condition is tried against the turn as it stood when judging began, with all acts of the turn on record, so the
order in which acts are judged changes no score and the two sides are treated alike.
"""

from __future__ import annotations

from crisis_sim.engine import events as e
from crisis_sim.engine.judging import hearing
from crisis_sim.engine.judging.applied_effects import cross, fire
from crisis_sim.engine.judging.asset_discovery import find_out, note_concealed
from crisis_sim.engine.judging.at_home import bind_pledges, due_pledges, is_spared, judge_calls, settle_pledges
from crisis_sim.engine.judging.conclusions import claim, draw_conclusions
from crisis_sim.engine.judging.decisions import carry_out
from crisis_sim.engine.judging.disclosing import facts_come_out, weigh_disclosure
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder, Weight, felt_weight
from crisis_sim.engine.judging.limits import (
    check_marks,
    move_track,
    settle,
    settle_clamped,
    settle_tension,
    turn_changes,
)
from crisis_sim.engine.judging.pressing import press, scale_relief, touched_on_alert
from crisis_sim.engine.judging.undertakings import end_promises, weigh_citing
from crisis_sim.engine.moment_facts import MomentFacts, arrived_in, as_sender, at_act, moment_facts
from crisis_sim.engine.move_advice import broken_by_accounts
from crisis_sim.engine.plans import LinePlan, MovePlan, Plan, RulePlan, TrackPlan
from crisis_sim.engine.state import Exchange, Received, Sent, State
from crisis_sim.numbers import ONE, scale
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import SIDES, Side, other
from crisis_sim.rules.pack import RuleMoment


def judge(recorder: EventRecorder) -> None:
    """Judge the acts, silences, readouts and the turn as a whole; the results are in the recorder."""
    previous_state = recorder.state
    facts = moment_facts(previous_state, recorder.table)
    recorder.try_against(facts)
    recorder.reductions.clear()
    judge_acts(recorder, facts)
    for event in previous_state.turn_events[-1]:
        if isinstance(event, e.RequestUnanswered):
            _judge_silence(recorder, facts, previous_state.sent(event.act))
        elif isinstance(event, e.ReadoutsCompared):
            _judge_readouts(recorder, facts, event)
        elif isinstance(event, e.VoiceAnswered | e.AnswerDelayed):
            carry_out(recorder, event)
    if previous_state.promises:
        end_promises(recorder, facts, previous_state)
    _judge_turn(recorder, facts)
    _settle_pledges(recorder, facts)
    settle_words(recorder)
    if recorder.table.calls is not None:
        judge_calls(recorder, previous_state)
    if recorder.state.concealed or recorder.state.mistaken:
        find_out(recorder)
    if recorder.state.disclosed:
        facts_come_out(recorder)
    settle_clamped(recorder)
    turn_changes(recorder, facts)
    check_marks(recorder)
    settle_tension(recorder, previous_state)
    settle(recorder)
    draw_conclusions(recorder)
    _resolve_forecasts(recorder)
    recorder.tell(e.TurnJudged(visible="facilitator"))


def judge_acts(recorder: EventRecorder, facts: MomentFacts) -> None:
    """Judge every act that arrived in the turn, all against `facts`, those of the moment when judging began."""
    previous_state = recorder.state
    for side in SIDES:
        for read in arrived_in(previous_state, side):
            sent = previous_state.acts[read.act]
            at_act(facts, sent.act, read.hostility)
            _judge_act(recorder, facts, previous_state, sent, read)


def _judge_act(recorder: EventRecorder, facts: MomentFacts, previous_state: State, sent: Sent, read: Received) -> None:
    """Weigh one act, and do what the rules, lines and tracks that watch it say; an unofficial one weighs nothing."""
    table, act, key = recorder.table, sent.act, read.act
    move_plan, weight = table.move_plans[act.move], Weight(sent.weight, sent.weight)
    if act.track != "1":
        if act.discloses:
            weigh_disclosure(recorder, facts, sent, weight)
        recorder.weigh(key, act.side, weight, 0, move_plan.place)
        return
    factor = table.reading_plan.factors[read.hostility, read.audience]
    offence: hearing.OffenceHeard | None = None
    milder: tuple[hearing.Judged, ...] = ()
    plans = table.watch(facts)
    if table.card is not None:
        offence = hearing.gravest_offence(recorder, facts.receiver, table.card.on_act(facts))
        if offence is not None:
            milder = hearing.judge_milder_acts(recorder, facts, sent, offence) if offence.factor < ONE else ()
            factor = factor if milder else scale(factor, offence.factor)
    since = len(recorder.pushes)
    for plan in plans:
        _carry_out_plan(plan, recorder, facts, weight, key, factor)
    if milder and offence is not None:
        hearing.soften_presses(recorder, since, milder, offence, factor)
    if move_plan.discloses_facts and act.visibility == "private":
        recorder.pushes[since:] = [push for push in recorder.pushes[since:] if push.points < 0]
    elif read.touches is not None:
        _touch(recorder, read, read.touches, factor)
    if read.crosses and read.touches is not None:
        claim(recorder, facts.receiver, read.touches, key)
    if act.discloses:
        weigh_disclosure(recorder, facts, sent, weight)
    if act.cites or previous_state.citations:
        weigh_citing(recorder, facts, previous_state, sent, factor)
    if weight.relief != ONE:
        scale_relief(recorder, facts.receiver, since, weight.relief)
    felt = felt_weight(weight, read, table.reading_plan)
    alert = (
        _alert(recorder, previous_state, act.side, move_plan, felt, since)
        if felt > 0 and previous_state.concluded
        else 0
    )
    recorder.weigh(key, act.side, weight, felt + alert, move_plan.place, alert=alert)
    if offence is not None:
        hearing.add_offence_to_felt(
            recorder, offence, felt, key, hearing.max_milder_felt(milder, read, recorder) if milder else None
        )
    if move_plan.standing:
        _shift_standing(recorder, sent, move_plan, weight)
    if act.unseen:
        note_concealed(recorder, facts, sent)
    if recorder.state.promises:
        _breaches(recorder, facts, sent, factor)


def _carry_out_plan(
    plan: Plan, recorder: EventRecorder, facts: Facts, weight: Weight, key: e.ActKey, factor: int
) -> None:
    """Do what a rule, a line or a track does once its condition holds for an act; `factor` scales its pressure."""
    match plan:
        case RulePlan():
            fire(plan, recorder, facts, weight, key, factor)
        case TrackPlan():
            move_track(recorder, plan, key)
        case LinePlan() if plan.line in recorder.state.team(plan.owner).adopted:
            cause = Cause(plan.rule, plan.place, key[0], key, press_factor=factor, part=plan.part)
            if plan.crosses:
                cross(recorder, plan.owner, plan.line, cause)
            else:
                press(recorder, plan.owner, plan.line, plan.points, cause)


def _shift_standing(recorder: EventRecorder, sent: Sent, move_plan: MovePlan, weight: Weight) -> None:
    """Public words move the sender's standing at home; private ones that leak do so in part."""
    act, amount = sent.act, move_plan.standing if move_plan.standing > 0 else scale(move_plan.standing, weight.home)
    if act.visibility != "public":
        amount = scale(amount, recorder.table.base.channels.public_standing) if act.outcome == "leaked" else 0
    if amount and not (amount < 0 and is_spared(recorder, act.side, act.key)):
        cause = Cause("catalogue", move_plan.place, act.side, act.key)
        if amount > 0 and recorder.table.base.standing.words is not None:
            recorder.concessions.append((act.side, amount, cause))
        else:
            recorder.move_standing(act.side, amount, cause)


def settle_words(recorder: EventRecorder) -> None:
    """Let what public words have won at home count after all that the turn has cost there, up to where words reach."""
    for side, amount, cause in recorder.concessions:
        recorder.move_standing(side, amount, cause, recorder.table.base.standing.words)
    recorder.concessions = []


def _touch(recorder: EventRecorder, read: Received, line: str, factor: int) -> None:
    """Press a line that the reader itself named."""
    key, owner, hostility = read.act, other(read.act[0]), read.hostility
    if hostility is not None and hostility >= 0 and f"{owner}/{line}" in recorder.state.pressure:
        amount = recorder.table.base.lines.touch[hostility]
        cause = Cause("reading", recorder.table.place("base/lines"), key[0], key, press_factor=factor)
        press(recorder, owner, line, amount, cause)


def _alert(
    recorder: EventRecorder, previous_state: State, sender: Side, move_plan: MovePlan, felt: int, since: int
) -> int:
    """What a conclusion of the receiver adds to an ambiguous act that touches the line it was drawn on."""
    alert = recorder.table.base.lines.alert
    if (
        alert is None
        or move_plan.ambiguity < alert.ambiguity
        or not touched_on_alert(recorder, previous_state, other(sender), since)
    ):
        return 0
    return scale(felt, alert.felt) - felt


def _breaches(recorder: EventRecorder, facts: Facts, sent: Sent, factor: int) -> None:
    """Note promises that the act breaks, and try the rules for breaches."""
    act, table = sent.act, recorder.table
    for promise in recorder.state.promises:
        if promise.side != act.side or not promise.binds or promise.act == act.key or promise.turn >= act.turn:
            continue
        if table.broken_tests[promise.commitment](facts):
            recorder.tell(e.CommitmentBroken(promise.commitment, act.side, act.key, visible="everyone"))
            facts.breached = frozenset([(promise.commitment, promise.side)])
            _try(recorder, "breach", facts, None, factor)
            facts.breached = frozenset()


def _try(recorder: EventRecorder, when: RuleMoment, facts: Facts, weight: Weight | None, factor: int = 100) -> None:
    """Try the rules of a moment and apply those whose condition holds."""
    for plan in recorder.table.moments[when](facts):
        fire(plan, recorder, facts, weight, facts.act.key if facts.act is not None else None, factor)


def _judge_silence(recorder: EventRecorder, facts: MomentFacts, sent: Sent) -> None:
    """A request met with silence: the one who did not answer is the sender. An unofficial one can stay unanswered."""
    if sent.act.track != "1":
        return
    at_act(facts, sent.act, None)
    asker = sent.act.side
    facts.answered = None  # it is a request itself, whatever it countered
    facts.sender, facts.receiver, facts.is_unprovoked = other(asker), asker, True
    weight, table = Weight(0, 0), recorder.table
    offence = hearing.gravest_offence(recorder, asker, table.card.on_silence(facts)) if table.card is not None else None
    _try(recorder, "silence", facts, weight, ONE if offence is None else offence.factor)
    if weight.now or weight.steps or weight.felt:
        place, felt = table.move_plans[sent.act.move].place, weight.now + weight.felt
        recorder.weigh(sent.act.key, other(asker), weight, felt, place, silence=True)
        if offence is not None:
            hearing.add_offence_to_felt(recorder, offence, felt, sent.act.key)


def _judge_readouts(recorder: EventRecorder, facts: MomentFacts, event: e.ReadoutsCompared) -> None:
    """Two accounts of one exchange match or differ, or only one was given."""
    state = facts.state
    exchange, card = state.exchanges[event.exchange - 1], recorder.table.card
    for side in SIDES if event.by is None else (event.by,):
        at_act(facts, state.sent(exchange.request).act, None)
        facts.sender, facts.receiver, facts.is_unprovoked = side, other(side), True
        facts.readouts = event.result
        offence = hearing.gravest_offence(recorder, other(side), card.on_readout(facts)) if card is not None else None
        old_value = recorder.numbers("felt")[other(side)]
        factor = ONE if offence is None else offence.factor
        _try(recorder, "readout", facts, None, factor)
        _breached_by_account(recorder, facts, exchange, side, factor)
        if offence is not None:
            hearing.add_offence_to_felt(recorder, offence, recorder.numbers("felt")[other(side)] - old_value, None)
    facts.readouts = None


def _breached_by_account(
    recorder: EventRecorder, facts: MomentFacts, exchange: Exchange, side: Side, factor: int
) -> None:
    """Note promises that a side's account breaks, of those that an account can break; its own act bears that."""
    table, turn = recorder.table, recorder.state.turn
    for promise in recorder.state.promises:
        name = promise.commitment
        if promise.side != side or not promise.binds or promise.turn >= turn:
            continue
        if broken_by_accounts(table.commitments[name].broken_by) and table.broken_tests[name](facts):
            act = next(key for key in exchange.acts if key[0] == side)
            recorder.tell(e.CommitmentBroken(name, side, act, visible="everyone"))
            facts.breached = frozenset([(name, side)])
            _try(recorder, "breach", facts, None, factor)
            facts.breached = frozenset()


def _judge_turn(recorder: EventRecorder, facts: Facts) -> None:
    """Rules tried at the end of the turn: for each team, and once."""
    for side in SIDES:
        as_sender(facts, side)
        _try(recorder, "side", facts, None)
    as_sender(facts, "us")
    _try(recorder, "turn", facts, None)


def _settle_pledges(recorder: EventRecorder, facts: MomentFacts) -> None:
    """Settle what acts have settled, bind teams to what they have said, and try the rules for pledges that are due."""
    if recorder.settling:
        settle_pledges(recorder)
    if recorder.words_given:
        bind_pledges(recorder)
    for pledge in due_pledges(recorder.state, recorder.table.turns) if recorder.state.pledges else ():
        as_sender(facts, pledge.side)
        facts.due = pledge.pledge
        _try(recorder, "due", facts, None)
        settle_pledges(recorder, pledge)
    facts.due = None


def _resolve_forecasts(recorder: EventRecorder) -> None:
    """See which forecasts for this turn came true."""
    state, table = recorder.state, recorder.table
    facts = moment_facts(state, table)
    for side in SIDES:
        forecasts = state.team(side).forecasts
        if forecasts:
            as_sender(facts, side)
            came, turn = table.come_true, state.turn
            for name, chance in forecasts:
                happened = name in came and came[name](facts)
                recorder.tell(e.ForecastResolved(side, name, turn, chance, happened, visible=side))
