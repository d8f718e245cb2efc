"""The course of a session: which phase follows which, whom it waits for, and what opens each turn."""

from __future__ import annotations

from typing import cast

from msgspec import UNSET

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.acts.closer import tell_closer
from crisis_sim.engine.acts.delivery import deliver
from crisis_sim.engine.acts.options import open_conclusions
from crisis_sim.engine.inject_times import InjectPlan
from crisis_sim.engine.instructions import asks_with_readings, dealt
from crisis_sim.engine.judging.applied_effects import take_steps
from crisis_sim.engine.judging.asset_discovery import find_out
from crisis_sim.engine.judging.at_home import answer_voice, judge_outcome, raise_voices
from crisis_sim.engine.judging.conclusions import draw_conclusions
from crisis_sim.engine.judging.decisions import answer_decisions, ask_for_decision, close_decisions
from crisis_sim.engine.judging.disclosing import facts_come_out
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.judging.judge import judge
from crisis_sim.engine.judging.limits import check_marks, run_clocks, settle
from crisis_sim.engine.judging.pressing import remaining_effects
from crisis_sim.engine.moment_facts import arrived_in, as_sender, moment_facts
from crisis_sim.engine.state import State
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import SIDES, ConclusionAnswer, owner_of

TEAM_PHASES = frozenset({"briefing", "moves", "readings", "forecasts", "closing"})
"""Phases in which the teams have something to commit."""


def waiting_for(state: State) -> tuple[SeatName, ...]:
    """The seats that play waits for; the facilitator where both teams are done or have nothing to do."""
    if state.phase == "closed":
        return ()
    if state.phase in TEAM_PHASES:
        us, china = state.us.committed, state.china.committed
        if not (us and china):
            return SIDES if not us and not china else ("china",) if us else ("us",)
    return ("facilitator",)


def advance(recorder: EventRecorder) -> None:
    """Go on to the next phase, taking what has not been committed as it stands."""
    match recorder.state.phase:
        case "briefing":
            _commit_all(recorder, e.LinesSealed)
            begin_turn(recorder)
        case "situation":
            _open(recorder, "moves")
        case "moves":
            _commit_all(recorder, e.MovesCommitted)
            finish_moves(recorder)
        case "readings":
            _commit_all(recorder, e.ReadingsCommitted)
            finish_readings(recorder)
        case "results":
            if recorder.state.turn == recorder.table.turns:
                _close(recorder)
            elif recorder.table.workload.with_readings:
                begin_turn(recorder)
            else:
                _open(recorder, "forecasts")
        case "forecasts":
            _commit_all(recorder, e.ForecastsCommitted)
            begin_turn(recorder)
        case "closing":
            _commit_all(recorder, e.LinesSealed)
            _open(recorder, "hotwash")
        case "hotwash":
            _open(recorder, "closed")
        case "closed":
            pass


def finish_moves(recorder: EventRecorder) -> None:
    """Both lists are final: deliver, then let the teams read; a team with nothing to read and forecast is done."""
    _answer_what_asks(recorder)
    tell_closer(recorder)
    deliver(recorder)
    _open(recorder, "readings")
    for side in SIDES:
        if not (arrived_in(recorder.state, side) or asks_with_readings(recorder.state, recorder.table)):
            recorder.tell(e.ReadingsCommitted(side, visible="everyone"))
    if recorder.state.us.committed and recorder.state.china.committed:
        finish_readings(recorder)


def _answer_what_asks(recorder: EventRecorder) -> None:
    """What teams do with voices, decisions and conclusions is final.

    Who has said nothing of a conclusion holds, and nothing comes of it by itself.
    """
    for side in SIDES if recorder.state.voices else ():
        answer_voice(recorder, side)
        answer_decisions(recorder, side)
    for side in SIDES if recorder.state.concluded else ():
        for line in open_conclusions(recorder.state, recorder.table, side):
            answer = cast(ConclusionAnswer | None, recorder.state.answered.get(f"{side}/{line}"))
            recorder.tell(e.ConclusionAnswered(side, line, answer or "hold", answer is not None, visible=side))


def finish_readings(recorder: EventRecorder) -> None:
    """Both teams have read: judge the turn."""
    judge(recorder)
    _open(recorder, "results")


def begin_turn(recorder: EventRecorder) -> None:
    """Open the next turn: the clock moves, numbers decay, due injects are delivered.

    What a hand has moved since the turn was judged is looked at first, before time takes any of it.
    """
    table = recorder.table
    previous_state = recorder.state
    draw_conclusions(recorder)
    turn, since, used = previous_state.turn + 1, previous_state.hour, previous_state.used
    hour, ends = table.hours[turn - 1], table.hours[turn]
    passed = hour - since if turn > 1 else 0
    recorder.tell(e.TurnOpened(turn, hour, ends, visible="everyone"))
    _open(recorder, "situation")
    if turn > 1:
        _decay(recorder)
        _rust(recorder, since, used)
    facts = moment_facts(recorder.state, table)
    if passed:
        run_clocks(recorder, passed, facts)
        facts.go_on(dict(recorder.numbers("track")))
    recorder.try_against(facts)
    for channel, back in tuple(recorder.state.reopening.items()):
        if back <= turn:
            recorder.tell(e.ChannelReopened(channel, visible="everyone"))
    _due_injects(recorder, facts)
    check_marks(recorder)
    settle(recorder)
    raise_voices(recorder)


def deliver_inject(recorder: EventRecorder, inject: str, by_hand: bool) -> None:
    """Deliver an inject and carry out what follows from it."""
    authored = recorder.table.injects[inject]
    visible: e.Visible = "everyone" if authored.to == "both" else authored.to
    track_names = recorder.table.numbered.get(inject)
    numbers = (
        UNSET if track_names is None else tuple([(track, recorder.numbers("track")[track]) for track in track_names])
    )
    recorder.tell(e.InjectDelivered(inject, authored.to, by_hand, numbers, visible=visible))
    name = f"inject/{inject}"
    if name in recorder.table.follows:
        take_steps(recorder, recorder.table.follows[name], Cause(f"inject {inject}", recorder.table.place(name)))
    if authored.decide:
        ask_for_decision(recorder, inject)


def _due_injects(recorder: EventRecorder, facts: Facts) -> None:
    """Deliver what is due: the time has come and the condition holds, or a consequence called for it."""
    table, state = recorder.table, recorder.state
    hour, delivered, due_injects = state.hour, state.injects, state.due_injects
    for plan, test, is_timely in table.injects_at(hour, due_injects):
        inject = plan.inject
        if inject in delivered and not _comes_again(recorder, plan, delivered[inject]):
            continue
        if inject not in due_injects:
            if not is_timely:
                continue
            first = 0 if plan.follows is None else first_came(recorder.state, plan.follows[0])
            if not plan.is_after(first, table.hours, recorder.state.turn):
                continue
            if test is not None and not test(facts):
                continue
        deliver_inject(recorder, inject, by_hand=False)
        delivered, due_injects = recorder.state.injects, recorder.state.due_injects


def first_came(state: State, inject: str) -> int:
    """The turn in which an inject first came; 0 if it has not come, or is held back or struck out."""
    last = state.injects.get(inject, 0)
    earlier = (turn for turn, event in state.events_of(e.InjectDelivered) if event.inject == inject)
    return next(earlier, last) if last > 0 else 0


def _comes_again(recorder: EventRecorder, plan: InjectPlan, last: int) -> bool:
    """An inject that came last in a turn, and is neither held back nor struck out, is due once more."""
    if last < 1 or plan.again is None or not plan.is_again(last, recorder.table.hours, recorder.state.turn):
        return False
    return sum(event.inject == plan.inject for _, event in recorder.state.events_of(e.InjectDelivered)) < plan.again[2]


def _decay(recorder: EventRecorder) -> None:
    """Numbers drift back with each turn: tension, trust, standing, pressure. Tension only ever falls.

    What a conclusion has taken of trust comes back as time wears it off, whatever trust itself would come to rest at;
    what standing holds for some turns only goes in equal parts, beside its own way back to rest.
    """
    base, table = recorder.table.base, recorder.table
    tension, trust, standing = base.tension, base.trust, base.standing
    at_tension, at_trust = table.place("base/tension"), table.place("base/trust")
    at_standing, at_lines = table.place("base/standing"), table.place("base/lines")
    peaks, keeps = recorder.state.peaks, base.lines.keeps
    doubt = remaining_effects(recorder.state, table, "trust")
    _cool(recorder, "tension", "", tension.rest, tension.decay, at_tension)
    for side in SIDES:
        _cool(recorder, "felt", side, tension.rest, tension.decay, at_tension)
        recorder.drift("trust", side, trust.rest - doubt[side], trust.decay, at_trust)
        passing = [
            change for change in recorder.state.passing if change.side == side and change.until >= recorder.state.turn
        ]
        remaining = sum([change.left_at(recorder.state.turn - 1) for change in passing])
        recorder.drift("standing", side, standing.rest + remaining, standing.decay, at_standing)
        for change in passing:
            worn = change.left_at(recorder.state.turn) - change.left_at(recorder.state.turn - 1)
            recorder.shift("standing", side, worn, Cause("worn off", at_standing))
        for name, pressure in recorder.numbers("pressure").items():
            if pressure and owner_of(name) == side:
                rest = peaks.get(name, 0) * keeps // 100
                if pressure > rest:
                    recorder.drift("pressure", name, rest, table.pink_of(name).decay, at_lines)


def _rust(recorder: EventRecorder, since: int, used: frozenset[str]) -> None:
    """Channels that carried nothing grow rusty by the day; hours short of one point count towards the next."""
    table, a_day = recorder.table, recorder.table.base.channels.decay_per_day
    place, suspended = table.place("base/channels"), recorder.state.suspended
    lost = a_day * recorder.state.hour // 24 - a_day * since // 24
    for channel, settings in table.scenario.channels.items() if lost else ():
        if settings.latency and channel not in suspended and channel not in used:
            recorder.drift("readiness", channel, 0, lost, place)


def _cool(recorder: EventRecorder, meter: e.MeterName, name: str, rest: int, amount: int, place: str) -> None:
    """Let tension fall towards its rest, not past it."""
    old_value = recorder.numbers(meter)[name]
    if old_value > rest:
        recorder.move(meter, name, e.Trace("decay", place, None, old_value, max(rest, old_value - amount)))


def _open(recorder: EventRecorder, phase: e.Phase) -> None:
    recorder.tell(e.PhaseOpened(phase, visible="everyone"))


def _close(recorder: EventRecorder) -> None:
    """After the last turn: the clocks run to the end, home asks what became of people, and lines are written again."""
    state = recorder.state
    run_clocks(recorder, state.ends - state.hour, moment_facts(state, recorder.table))
    if recorder.state.concealed or recorder.state.mistaken:
        find_out(recorder, close=True)
    for side in SIDES if recorder.state.voices else ():
        close_decisions(recorder, side)
    facts_come_out(recorder, close=True)
    check_marks(recorder)
    judge_outcome(recorder)
    settle(recorder)
    draw_conclusions(recorder)
    _judge_cards(recorder)
    _open(recorder, "closing")


def _judge_cards(recorder: EventRecorder) -> None:
    """Put on record, for the white cell, whether each team has what its instruction card told it to come home with."""
    facts, table = moment_facts(recorder.state, recorder.table), recorder.table
    for side, card in dealt(table).items():
        if card:
            as_sender(facts, side)
            met = card in table.instructions.met(facts)
            recorder.tell(e.InstructionJudged(side, card, met, visible="facilitator"))


def _commit_all(
    recorder: EventRecorder,
    kind: type[e.LinesSealed] | type[e.MovesCommitted] | type[e.ReadingsCommitted] | type[e.ForecastsCommitted],
) -> None:
    """Take what the teams have not committed as it stands."""
    for side in SIDES:
        if not recorder.state.team(side).committed:
            recorder.tell(kind(side, visible="everyone"))
