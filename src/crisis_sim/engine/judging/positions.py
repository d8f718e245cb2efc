"""What teams have said to stand by: promises, positions and instruments; what each is worth, what breaks or ends it.

Acts are weighed by the positions and citations that stood when judging began, and what a turn has said, kept or ended
is settled at its end, so the order in which acts are judged changes nothing. Whoever breaks a promise in the turn in
which it falls has broken it. An instrument counts once for each team; whoever has cited one counts as having accepted
it from the next turn on.
"""

from __future__ import annotations

from typing import Final

from msgspec import UNSET, UnsetType

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder, Weight
from crisis_sim.engine.judging.pressing import press, pressed_lines, relieve
from crisis_sim.engine.moment_facts import MomentFacts, arrived_in, at_act
from crisis_sim.engine.state import Sent, State
from crisis_sim.engine.state_parts import Stand
from crisis_sim.numbers import ONE, scale
from crisis_sim.rules.compile import Holds
from crisis_sim.rules.facts import Act, Facts
from crisis_sim.rules.names import SIDES, PromiseEnd, Side, other

SAID_AGAIN: Final = "said again"
"""What a trace calls it that a position was said again."""
AGAINST: Final = "against a position"
"""What a trace calls it that a team acted against a position of its own."""


def standing_by(state: State, side: Side) -> dict[str, Stand]:
    """The positions of a team that stand."""
    return {of.position: of for of in state.stands if of.side == side and not of.broken}


def weigh_position(
    recorder: EventRecorder, facts: Facts, before: State, sent: Sent, weight: Weight, since: int
) -> None:
    """Weigh an act by what its team had said before: words said again less, deeds that keep them more."""
    settings, act, held = recorder.table.base.positions, sent.act, standing_by(before, sent.act.side)
    if settings is None or not held:
        return
    said = None if isinstance(act.position, UnsetType) else held.get(act.position)
    at = recorder.table.place("base/positions")
    if said is not None and weight.now < 0:
        factor = ONE
        for _ in range(said.times):
            factor = scale(factor, settings.again)
        _scale(weight, max(factor, settings.least), act, at)
    elif said is not None and not is_harder(recorder, act, said):
        _scale(weight, 0, act, at)
        recorder.pushes[since:] = [push for push in recorder.pushes[since:] if push.by < 0]
    for name, stand in held.items():
        if name == act.position:
            continue
        plan = recorder.table.positions[name]
        if stand.firmness and plan.is_kept(facts):
            weight.relief = scale(weight.relief, ONE + stand.firmness * settings.relief)
        if sent.unclear is None and plan.is_broken(facts) and name in standing_by(recorder.frame, act.side):
            cause = Cause(AGAINST, at, act.side, act.key)
            recorder.shift("trust", other(act.side), stand.firmness * settings.trust, cause)
            recorder.tell(e.PositionBroken(side=act.side, position=name, act=act.key, visible="everyone"))


def is_harder(recorder: EventRecorder, act: Act, said: Stand) -> bool:
    """Words that are harder than those by which a position was said before: of a higher class, shaming more, or in
    public where it had been private; a deadline is of the highest class that words have."""
    move = recorder.table.moves[act.move]
    return move.severity > said.severity or move.face_threat > said.face or (act.is_public and not said.public)


def _scale(weight: Weight, factor: int, act: Act, at: str) -> None:
    now = scale(weight.now, factor)
    if now != weight.now:
        weight.steps += (e.Trace(SAID_AGAIN, at, act.key, weight.now, now),)
        weight.now = now


def settle_positions(recorder: EventRecorder, before: State) -> None:
    """Note what the turn's acts have said of positions; firmer where another audience hears it and nothing undid it."""
    settings = recorder.table.base.positions
    assert settings is not None, "without it there are none"
    for side in SIDES:
        said: dict[str, list[Act]] = {}
        for item in arrived_in(before, other(side)):
            sent = before.acts[item.act]
            act = sent.act
            if sent.unclear is None and not isinstance(act.position, UnsetType):
                said.setdefault(act.position, []).append(act)
        held, still = (standing_by(before, side), standing_by(recorder.frame, side)) if said else ({}, {})
        for name, acts in said.items():
            if name in recorder.table.positions and (name not in held or name in still):
                _take(recorder, side, name, acts, held.get(name), settings.firmest)


def _take(recorder: EventRecorder, side: Side, name: str, acts: list[Act], held: Stand | None, firmest: int) -> None:
    moves, last = [recorder.table.moves[act.move] for act in acts], acts[-1]
    is_wider = held is not None and any(act.visibility != held.heard for act in acts)
    recorder.tell(
        e.PositionTaken(
            side=side,
            position=name,
            act=last.key,
            firmness=0 if held is None else min(firmest, held.firmness + is_wider),
            severity=max([move.severity for move in moves] + ([] if held is None else [held.severity])),
            face=max([move.face_threat for move in moves] + ([] if held is None else [held.face])),
            public=any(act.is_public for act in acts) or (held is not None and held.public),
            heard=last.visibility,
            visible="everyone",
        )
    )


def end_promises(recorder: EventRecorder, facts: MomentFacts, before: State) -> None:
    """Let go of promises whose time has run, or that an act of the turn makes void; one broken in it stays broken."""
    for kept in recorder.frame.promises:
        of, test = recorder.table.commitments[kept.commitment], recorder.table.void_tests.get(kept.commitment)
        if not kept.binds or kept.turn >= before.turn:
            continue
        void = UNSET if test is None else _making_void(facts, before, kept.side, test)
        if void is not UNSET or (of.turns is not None and kept.turn + of.turns <= before.turn):
            how: PromiseEnd = "kept" if void is UNSET else "void"
            recorder.tell(e.CommitmentEnded(kept.commitment, kept.side, how, void, visible="everyone"))


def _making_void(facts: MomentFacts, before: State, side: Side, test: Holds) -> e.ActKey | UnsetType:
    """The other side's act of the turn that makes a promise of `side` void."""
    for read in arrived_in(before, side):
        at_act(facts, before.acts[read.act].act, None)
        if test(facts):
            return read.act
    return UNSET


def _has_cited(state: State, side: Side, instrument: str) -> bool:
    return any((of.side, of.instrument) == (side, instrument) for of in state.citations)


CITED: Final = "cited"
"""What a trace calls it that an instrument was cited."""
AGAINST_CITED: Final = "against what it cited"
"""What a trace calls it that a team acted against an instrument that it had cited itself."""


def weigh_citing(recorder: EventRecorder, facts: Facts, before: State, sent: Sent, factor: int) -> None:
    """Let what an act cites relieve or press, and hold its team to what it had cited; `factor` is its reading's."""
    settings, act, plans = recorder.table.base.citing, sent.act, recorder.table.instruments
    if settings is None or not plans or sent.unclear is not None:
        return
    at, named = recorder.table.place("base/citing"), act.cites
    if not isinstance(named, UnsetType) and not _has_cited(recorder.frame, act.side, named):
        theirs = next((of for of in before.citations if (of.side, of.instrument) == (other(act.side), named)), None)
        cause = Cause(CITED, at, act.side, act.key, press_factor=factor)
        if theirs is None and not plans[named].is_accepted(other(act.side)):
            for line in pressed_lines(recorder, other(act.side), settings.concern):
                press(recorder, other(act.side), line, settings.press, cause)
        elif plans[named].is_accepted(act.side) and not (theirs is not None and theirs.broken):
            for line in dict.fromkeys(
                line for concern in plans[named].concerns for line in pressed_lines(recorder, other(act.side), concern)
            ):
                relieve(recorder, other(act.side), line, settings.relieve, cause)
        recorder.tell(e.InstrumentCited(act.side, named, act.key, visible="everyone"))
    for of in before.citations:
        if of.side == act.side and not of.broken and plans[of.instrument].is_broken(facts):
            if any(now.broken for now in recorder.frame.citations if (now.side, now.act) == (of.side, of.act)):
                continue
            recorder.shift("trust", other(act.side), settings.trust, Cause(AGAINST_CITED, at, act.side, act.key))
            recorder.tell(e.InstrumentBroken(act.side, of.instrument, act.key, visible="everyone"))
