"""Pressure on pink lines: what presses and relieves them in a turn, and what all of it comes to.

A pink line belongs to the team that perceives. Whatever speaks of a line while a turn is judged only says so; the turn
is settled at once at its end, so that the order in which acts are judged changes no pressure. An act presses a line
once, by the heaviest of its reasons, scaled as the owner read it; of a turn's acts the heaviest counts whole and the
others less; what the same side did to the line in the turns before makes it grow; and pressure stops at the limit.

A team that has drawn a conclusion is on alert until it is drawn back. What that did to a number, and nothing has undone
since, stands over floors and rests and within the scale: so to be drawn back never gives more than it has cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from msgspec.structs import replace

from crisis_sim.engine.apply import ONCE_TOLD
from crisis_sim.engine.events import ActKey, LinePressed, NumberMoved
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder, Push
from crisis_sim.engine.state import Concluded, State
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import ONE, scale
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import SIDES, Side, other, owner_of

Presser: TypeAlias = tuple[object, ...]
"""What names one thing that presses: a side's act, or a rule that belongs to no act."""


def pressed_lines(recorder: EventRecorder, owner: Side, name: str) -> Sequence[str]:
    """Pink lines of a team that an effect names by concern or id, those set aside left out."""
    frame = recorder.state
    team = frame.us if owner == "us" else frame.china
    lines = [line for line in recorder.table.pink_named.get((owner, name), ()) if line in team.adopted]
    if team.own_lines:
        lines += [line.id for line in team.own_lines if line.line == "pink" and name in (line.concern, line.id)]
    return lines


def is_aside(state: State, table: GameTable, name: str) -> bool:
    """A line of the scenario, named as `side/line`, that its team has set aside."""
    authored = table.lines.get(name)
    return authored is not None and authored.id not in state.team(owner_of(name)).adopted


def press(recorder: EventRecorder, owner: Side, line: str, amount: int, cause: Cause) -> None:
    """Say that something presses a line, scaled as its owner read it; nobody reads acts of its own."""
    if cause.press_factor != ONE and owner != cause.sender:
        amount = scale(amount, cause.press_factor)
    if amount > 0:
        recorder.pushes.append(Push(owner, line, amount, cause))


def relieve(recorder: EventRecorder, owner: Side, line: str, amount: int, cause: Cause) -> None:
    """Say that something takes pressure off a line."""
    recorder.pushes.append(Push(owner, line, -amount, cause))


def scale_relief(recorder: EventRecorder, owner: Side, since: int, factor: int) -> None:
    """Scale what has been said, from a place on, to take pressure off a team's lines."""
    recorder.pushes[since:] = [
        replace(push, points=scale(push.points, factor)) if push.owner == owner and push.points < 0 else push
        for push in recorder.pushes[since:]
    ]


def settle_pressure(recorder: EventRecorder) -> None:
    """Carry out all that has been said of pressure: first what presses, then what relieves."""
    if not recorder.pushes:
        return
    pushes, recorder.pushes = recorder.pushes, []
    heaviest: dict[tuple[Side, str], dict[Presser, Push]] = {}
    for push in pushes:
        if push.points > 0:
            by_act = heaviest.setdefault((push.owner, push.line), {})
            presser = _presser(push.cause)
            if presser not in by_act or push.points > by_act[presser].points:
                by_act[presser] = push
    for by_act in heaviest.values():
        for place, push in enumerate(sorted(by_act.values(), key=lambda push: -push.points)):
            _press(recorder, push, ONE if place == 0 else recorder.table.base.lines.others)
    for push in pushes:
        if push.points < 0:
            _relieve(recorder, push)


def touched_on_alert(recorder: EventRecorder, previous_state: State, owner: Side, since: int) -> bool:
    """What has been said of pressure, from a place on, presses a line on which `owner` was on alert before."""
    return any(
        push.owner == owner and push.points > 0 and is_on_alert(previous_state, owner, push.line)
        for push in recorder.pushes[since:]
    )


def _presser(cause: Cause) -> Presser:
    return (cause.rule, cause.sender) if cause.act is None else (cause.act, cause.sender)


def _press(recorder: EventRecorder, push: Push, share: int) -> None:
    """Add pressure, with what rules on press make of it, up to the limit."""
    name, presser, cause = f"{push.owner}/{push.line}", other(push.owner), push.cause
    amount = push.points if share == ONE else scale(push.points, share)
    amount += _growth(recorder, name, amount, presser, cause)
    old_value, limit = recorder.numbers("pressure")[name], recorder.table.pink_of(name).limit
    trace = cause.trace(old_value, max(old_value, min(limit, old_value + amount)))
    recorder.tell(LinePressed(push.owner, push.line, presser, trace, visible=push.owner))


def _growth(recorder: EventRecorder, name: str, amount: int, presser: Side, cause: Cause) -> int:
    """What rules on press add to a pressing: small steps in one direction weigh more together."""
    added, facts = 0, recorder.press_facts(presser, name)
    for plan in recorder.table.moments["press"](facts):
        if plan.grow is not None:
            added += scale(amount, plan.grow * _turns_pressed(facts, plan.turns))
            recorder.fire(plan, presser, cause.act)
    return added


def _turns_pressed(facts: Facts, turns: int) -> int:
    """In how many of so many turns before this one the same side pressed the line at hand."""
    line, presser, since = facts.line, facts.sender, facts.turn - turns
    pressed = set[int]()
    for pressing in reversed(facts.presses):
        if pressing.turn < since:
            break
        if pressing.line == line and pressing.by == presser:
            pressed.add(pressing.turn)
    return len(pressed)


def _relieve(recorder: EventRecorder, push: Push) -> None:
    """Take pressure off; a belief that has been formed yields to what costs something, and less to words."""
    table, amount, act = recorder.table, -push.points, push.cause.act
    alert = table.base.lines.alert
    if alert is not None and act is not None and is_on_alert(recorder.state, push.owner, push.line):
        is_cheap = table.move_plans[recorder.state.acts[act].act.move].costliness < alert.costliness
        amount = scale(amount, alert.relief) if is_cheap else amount
    name = f"{push.owner}/{push.line}"
    old_value = recorder.numbers("pressure")[name]
    new_value = max(0, old_value - amount)
    recorder.move("pressure", name, push.cause.trace(old_value, new_value))
    if act is not None and 0 < new_value < old_value and _line_was_disclosed_before(recorder.state, name, act):
        assert table.base.lines.telling is not None, "without it nobody is told"
        cause, relief = (
            Cause(ONCE_TOLD, table.place("base/lines"), act=act),
            scale(amount, table.base.lines.telling.relief),
        )
        trace = cause.trace(new_value, max(0, old_value - relief))
        recorder.tell(NumberMoved("pressure", name, trace, visible=push.owner))


def _line_was_disclosed_before(state: State, name: str, act: ActKey) -> bool:
    """The owner of a line had told it in private before the other side made this act; that counts once a line."""
    conclusion = state.concluded.get(name)
    return (
        conclusion is not None
        and not conclusion.eased
        and 0 < conclusion.confided < act[1]
        and act[0] != owner_of(name)
    )


Moved: TypeAlias = Literal["felt", "trust"]
"""A meter that a conclusion moves."""
ZERO_BY_SIDE: Final[Mapping[str, int]] = dict.fromkeys(SIDES, 0)
"""What is left where nobody has drawn a conclusion."""
MOVED: Final[tuple[Moved, Moved]] = ("felt", "trust")


def is_on_alert(state: State, owner: Side, line: str) -> bool:
    """The owner of a line has drawn a conclusion on it and has not been drawn back."""
    conclusion = state.concluded.get(f"{owner}/{line}")
    return conclusion is not None and conclusion.on_alert


def remaining_effects(state: State, table: GameTable, meter: Moved) -> Mapping[str, int]:
    """What conclusions did to each team's number, and what may yet be given back of it; hundredths."""
    if not state.concluded:
        return ZERO_BY_SIDE
    remaining: dict[str, int] = dict.fromkeys(SIDES, 0)
    for name, conclusion in state.concluded.items():
        if conclusion.on_alert:
            remaining[name.partition("/")[0]] += remaining_effect_of(state, table, meter, conclusion)
    return remaining


def remaining_effect_of(state: State, table: GameTable, meter: Moved, conclusion: Concluded) -> int:
    """What of one conclusion time has not undone; nothing, if something has been given back on its line before."""
    if conclusion.credited or table.base.lines.further_from is None:
        return 0
    moved, settings = (conclusion.felt, table.base.tension) if meter == "felt" else (conclusion.trust, table.base.trust)
    return max(0, moved - (state.turn - conclusion.turn) * settings.decay)
