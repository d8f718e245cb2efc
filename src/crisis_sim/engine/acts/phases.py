"""The course of a session: which phase follows which, whom it waits for, and what opens each turn."""

from __future__ import annotations

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import Seat
from crisis_sim.engine.acts.delivery import deliver
from crisis_sim.engine.facts import arrived_in, moment
from crisis_sim.engine.judging.effects import take_steps
from crisis_sim.engine.judging.judge import judge
from crisis_sim.engine.judging.limits import check_marks, run_clocks, settle
from crisis_sim.engine.judging.story import Cause, Story
from crisis_sim.engine.state import State
from crisis_sim.rules.names import SIDES

TEAM_PHASES = frozenset({"briefing", "moves", "readings", "forecasts", "closing"})
"""Phases in which the teams have something to commit."""


def waiting_for(state: State) -> tuple[Seat, ...]:
    """The seats that play waits for; the facilitator where both teams are done or have nothing to do."""
    if state.phase == "closed":
        return ()
    if state.phase in TEAM_PHASES:
        us, china = state.us.committed, state.china.committed
        if not (us and china):
            return SIDES if not us and not china else ("china",) if us else ("us",)
    return ("facilitator",)


def advance(story: Story) -> None:
    """Go on to the next phase, taking what has not been committed as it stands."""
    match story.state.phase:
        case "briefing":
            _seal_all(story)
            begin_turn(story)
        case "situation":
            _open(story, "moves")
        case "moves":
            _commit_all(story)
            finish_moves(story)
        case "readings":
            _commit_all(story)
            finish_readings(story)
        case "results":
            if story.state.turn < story.table.turns:
                _open(story, "forecasts")
            else:
                _close(story)
        case "forecasts":
            _commit_all(story)
            begin_turn(story)
        case "closing":
            _seal_all(story)
            _open(story, "hotwash")
        case "hotwash":
            _open(story, "closed")
        case "closed":
            pass


def finish_moves(story: Story) -> None:
    """Both lists are final: deliver, then let the teams read; a team with nothing to read is done."""
    deliver(story)
    _open(story, "readings")
    for side in SIDES:
        if not arrived_in(story.frame, side):
            story.tell(e.ReadingsCommitted(side, visible="everyone"))
    if story.frame.us.committed and story.frame.china.committed:
        finish_readings(story)


def finish_readings(story: Story) -> None:
    """Both teams have read: judge the turn."""
    judge(story)
    _open(story, "results")


def begin_turn(story: Story) -> None:
    """Open the next turn: the clock moves, numbers decay, due injects are delivered."""
    table = story.table
    turn = story.state.turn + 1
    hour, ends = table.hours[turn - 1], table.hours[turn]
    since, used = story.state.hour, story.state.used
    passed = hour - since if turn > 1 else 0
    story.tell(e.TurnOpened(turn, hour, ends, visible="everyone"))
    _open(story, "situation")
    if turn > 1:
        _decay(story)
        _rust(story, since, used)
    if passed:
        run_clocks(story, passed)
    for channel, back in tuple(story.frame.reopening.items()):
        if back <= turn:
            story.tell(e.ChannelReopened(channel, visible="everyone"))
    _due_injects(story)
    check_marks(story)
    settle(story)


def deliver_inject(story: Story, inject: str, by_hand: bool) -> None:
    """Deliver an inject and carry out what follows from it."""
    authored = story.table.injects[inject]
    visible: e.Visible = "everyone" if authored.to == "both" else authored.to
    story.tell(e.InjectDelivered(inject, authored.to, by_hand, visible=visible))
    name = f"inject/{inject}"
    if name in story.table.follows:
        take_steps(story, story.table.follows[name], Cause(f"inject {inject}", story.table.place(name)))


def _due_injects(story: Story) -> None:
    """Deliver what is due: the time has come and the condition holds, or a consequence called for it."""
    table, state = story.table, story.state
    facts, hour = moment(state, table), state.hour
    for plan, test in table.inject_plans:
        inject = plan.inject
        if inject in state.injects:
            continue
        if inject not in state.due_injects:
            if plan.by_hand or plan.at > hour or (plan.until is not None and hour > plan.until):
                continue
            if test is not None and not test(facts):
                continue
        deliver_inject(story, inject, by_hand=False)
        state = story.frame


def _decay(story: Story) -> None:
    """Numbers drift back with each turn: tension, trust, standing, pressure. Tension only ever falls."""
    base, table = story.table.base, story.table
    tension, trust, standing = base.tension, base.trust, base.standing
    at_tension, at_trust = table.place("base/tension"), table.place("base/trust")
    at_standing, at_lines = table.place("base/standing"), table.place("base/lines")
    _cool(story, "tension", "", tension.rest, tension.decay, at_tension)
    for side in SIDES:
        _cool(story, "felt", side, tension.rest, tension.decay, at_tension)
        story.drift("trust", side, trust.rest, trust.decay, at_trust)
        story.drift("standing", side, standing.rest, standing.decay, at_standing)
        for name in story.frame.pressed(side):
            story.drift("pressure", name, 0, table.pink.get(name, table.own_pink).decay, at_lines)


def _rust(story: Story, since: int, used: frozenset[str]) -> None:
    """Channels that carried nothing grow rusty by the day; hours short of one point count towards the next."""
    table, a_day = story.table, story.table.base.channels.decay_per_day
    at, suspended = table.place("base/channels"), story.frame.suspended
    lost = a_day * story.frame.hour // 24 - a_day * since // 24
    for channel, of in table.scenario.channels.items() if lost else ():
        if of.latency and channel not in suspended and channel not in used:
            story.drift("readiness", channel, 0, lost, at)


def _cool(story: Story, meter: e.Meter, of: str, rest: int, by: int, at: str) -> None:
    """Let tension fall towards its rest, not past it."""
    before = story.numbers(meter)[of]
    if before > rest:
        story.move(meter, of, e.Trace("decay", at, None, before, max(rest, before - by)))


def _open(story: Story, phase: e.Phase) -> None:
    story.tell(e.PhaseOpened(phase, visible="everyone"))


def _close(story: Story) -> None:
    """After the last turn: the clocks run to the end, and the teams write and guess lines once more."""
    run_clocks(story, story.state.ends - story.state.hour)
    check_marks(story)
    settle(story)
    _open(story, "closing")


def _seal_all(story: Story) -> None:
    """Take lines and guesses as they stand."""
    for side in SIDES:
        if not story.state.team(side).committed:
            story.tell(e.LinesSealed(side, visible="everyone"))


def _commit_all(story: Story) -> None:
    """Take what the teams have not committed as it stands."""
    for side in SIDES:
        if not story.state.team(side).committed:
            match story.state.phase:
                case "moves":
                    story.tell(e.MovesCommitted(side, visible="everyone"))
                case "readings":
                    story.tell(e.ReadingsCommitted(side, visible="everyone"))
                case _:
                    story.tell(e.ForecastsCommitted(side, visible="everyone"))
