"""Conclusions: what a team makes of a pink line of its own that is full, and what draws it back.

A conclusion is no crossing. It moves what its owner feels and its trust, and how it hears what comes next; tension it
leaves alone, and what it does with it is for the team to decide. Having been drawn back never leaves a team trusting
more, or feeling less, than if it had drawn no conclusion: what time has given back already is not given twice.

A claim is the like of it on a red line that a team wrote at the table: no sentence of a file fits it, so its owner says
at a reading that an act went over it. That moves what the owner feels and its trust, and nobody is told. What others
are to know of it, the owner says in an act, or the facilitator declares it.
"""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.applied_effects import is_crossed, leads_to
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.judging.limits import moved_within
from crisis_sim.engine.judging.pressing import MOVED, is_aside, remaining_effect_of
from crisis_sim.engine.state import Concluded, State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import Side, owner_of


def draw_conclusions(recorder: EventRecorder) -> None:
    """Look at every pink line, at the end of a turn and before time takes anything."""
    frame, table, pressures = recorder.state, recorder.table, recorder.numbers("pressure")
    if not frame.concluded and max(pressures.values(), default=0) < table.least_near:
        return
    near: list[str] = []
    for name, pressure in pressures.items():
        if not pressure and name not in frame.concluded:
            continue
        side = owner_of(name)
        pink, conclusion = table.pink_of(name), frame.concluded.get(name)
        if conclusion is not None and conclusion.on_alert:
            if pressure < pink.below and (act := _drawing_back(recorder.state, side, name, conclusion)) is not None:
                _draw_back(recorder, side, name, conclusion, act)
        elif pressure >= pink.near and not is_aside(frame, table, name):
            target = _target(recorder, side, name) if pressure >= pink.limit else None
            if target is None:
                near.append(name)
            else:
                _conclude(recorder, side, name, target)
    if near:
        _note_near_misses(recorder, near)


def _note_near_misses(recorder: EventRecorder, names: Sequence[str]) -> None:
    """Note which of these lines have been pressed near their limit this turn, each once."""
    table = recorder.table
    came: set[str] = set()
    for event in recorder.state.turn_events[-1]:
        if isinstance(event, e.LinePressed):
            name = f"{event.side}/{event.line}"
            if event.trace.before < table.pink_of(name).near <= event.trace.after:
                came.add(name)
        elif isinstance(event, e.NearMiss):
            came.discard(f"{event.side}/{event.line}")
    for name in names:
        if name in came:
            side = owner_of(name)
            pressure, limit = recorder.numbers("pressure")[name], table.pink_of(name).limit
            recorder.tell(e.NearMiss(side, name.partition("/")[2], pressure, limit, visible=side))


def _target(recorder: EventRecorder, side: Side, name: str) -> str | None:
    """The red line that a pink line leads to; None if there is none, it was crossed, or the team has set it aside."""
    state, table = recorder.state, recorder.table
    target = leads_to(state, table, side, name.partition("/")[2])
    is_unusable = target is None or is_aside(state, table, f"{side}/{target}") or is_crossed(state, side, target)
    return None if is_unusable else target


def _conclude(recorder: EventRecorder, side: Side, name: str, target: str) -> None:
    """The owner of a full line draws its conclusion."""
    table, line = recorder.table, name.partition("/")[2]
    settings = table.base.lines.conclusion
    felt = trust = 0
    if settings is not None:
        again = name in recorder.state.concluded
        cause = Cause("conclusion", table.place("base/lines"))
        felt = moved_within(recorder, "felt", side, settings.felt_again if again else settings.felt, cause)
        trust = -moved_within(recorder, "trust", side, settings.trust_again if again else settings.trust, cause)
    limit = table.pink_of(name).limit
    pressings = (event for event in recorder.state.turn_events[-1] if isinstance(event, e.LinePressed))
    filled = next(
        (
            pressing.trace.act
            for pressing in pressings
            if (pressing.side, pressing.line) == (side, line) and pressing.trace.after >= limit
        ),
        None,
    )
    event = e.ConclusionDrawn(visible=side, side=side, line=line, leads_to=target, act=filled, felt=felt, trust=trust)
    recorder.tell(event)


def _drawing_back(state: State, side: Side, name: str, conclusion: Concluded) -> e.ActKey | None:
    """The last act since the conclusion that relieved a line and was read as meant no worse than neutral."""
    read = {item.act: item.hostility for item in state.team(side).inbox if item.turn > conclusion.turn}
    for turn in reversed(range(conclusion.turn + 1, state.turn + 1)):
        for event in reversed(state.turn_events[turn]):
            if not isinstance(event, e.NumberMoved) or (event.meter, event.of) != ("pressure", name):
                continue
            act, hostility = event.trace.act, read.get(event.trace.act) if event.trace.act is not None else None
            if hostility is not None and hostility <= 0 and event.trace.after < event.trace.before:
                return act
    return None


def _draw_back(recorder: EventRecorder, side: Side, name: str, conclusion: Concluded, act: e.ActKey) -> None:
    """The owner of a line is further from its conclusion; what the conclusion cost comes back, once a line."""
    table, settings = recorder.table, recorder.table.base.lines.further_from
    assert settings is not None, "without it no pressure is low enough"
    cause = Cause("further from", table.place("base/lines"), act=act)
    felt_left, trust_left = (remaining_effect_of(recorder.state, table, meter, conclusion) for meter in MOVED)
    felt = -moved_within(recorder, "felt", side, max(settings.felt, -felt_left), cause)
    gained = settings.trust + (settings.told if conclusion.told else 0)
    trust = moved_within(recorder, "trust", side, min(gained, trust_left), cause)
    line = name.partition("/")[2]
    back = e.FurtherFrom(
        visible=side, side=side, line=line, leads_to=conclusion.leads_to, act=act, felt=felt, trust=trust
    )
    recorder.tell(back)


def claimable(state: State, table: GameTable, side: Side, line: str) -> bool:
    """A red line that a team wrote at the table and that neither it nor anybody else holds crossed yet."""
    if table.base.lines.claim is None or not any(
        own.id == line and own.line == "red" for own in state.team(side).own_lines
    ):
        return False
    return not is_claimed(state, side, line) and not is_crossed(state, side, line)


def is_claimed(state: State, side: Side, line: str) -> bool:
    """Its team holds a red line crossed."""
    return any((claim.side, claim.line) == (side, line) for claim in state.claims)


def claim(recorder: EventRecorder, side: Side, line: str, act: e.ActKey) -> None:
    """A team holds one of its lines crossed by an act; once a line."""
    settings = recorder.table.base.lines.claim
    if settings is None or not claimable(recorder.state, recorder.table, side, line):
        return
    cause = Cause("claim", recorder.table.place("base/lines"), act=act)
    felt = moved_within(recorder, "felt", side, settings.felt, cause)
    trust = -moved_within(recorder, "trust", side, settings.trust, cause)
    recorder.tell(e.CrossingClaimed(visible=side, side=side, line=line, act=act, felt=felt, trust=trust))
