"""Filling in the facts that rules read, from the state and the table."""

from __future__ import annotations

from crisis_sim.engine.dice import roll
from crisis_sim.engine.state import Sent, State
from crisis_sim.engine.table import Table
from crisis_sim.rules.authored import SIDES, Side, other
from crisis_sim.rules.facts import Act, Facts


def moment(state: State, table: Table, sender: Side = "us") -> Facts:
    """The facts of a moment that belongs to no act, with `sender` as the one whose turn it is to be asked about."""
    facts = Facts()
    set_record(facts, tuple(sent.act for sent in state.acts.values() if sent.arrived), table)
    facts.turn, facts.hour = state.turn, state.hour
    facts.truths = state.truths
    facts.in_force = frozenset((kept.commitment, kept.side) for kept in state.promises if not kept.broken)
    facts.broken = frozenset((kept.commitment, kept.side) for kept in state.promises if kept.broken)
    facts.kept = frozenset(
        (kept.commitment, kept.side) for kept in state.promises if not kept.broken and kept.turn < state.turn
    )
    facts.crossed = frozenset(f"{crossing.side}/{crossing.line}" for crossing in state.crossings)
    facts.pressure = {f"{side}/{line}": value for side in SIDES for line, value in state.team(side).pressure.items()}
    facts.presses = state.presses
    facts.tracks, facts.readiness = state.tracks, state.readiness
    facts.tension = state.tension
    facts.trust = (state.us.trust, state.china.trust)
    facts.standing = (state.us.standing, state.china.standing)
    facts.time_left = _time_left(state, table)
    facts.injects = frozenset(inject for inject, turn in state.injects.items() if turn >= 0)
    facts.opening_mismatch = table.scenario.teams.us.opening != table.scenario.teams.china.opening
    facts.blind_dilemma = _blind(state)
    facts.readouts = facts.line = None
    as_sender(facts, sender, state, table)
    return facts


def set_record(facts: Facts, record: tuple[Act, ...], table: Table) -> None:
    """Put the acts on record that conditions may look back on."""
    facts.record = record
    facts.made = (_made(record, "us", table), _made(record, "china", table))


def as_sender(facts: Facts, sender: Side, state: State, table: Table) -> None:
    """Turn the facts to no act, asked of one side."""
    facts.act = facts.answered = facts.reading = None
    facts.sender, facts.receiver = sender, other(sender)
    facts.provocation = 0
    facts.channel_readiness = 0
    seed, who, turn = table.seed, table.names[sender], state.turn
    facts.luck = lambda purpose: roll(seed, purpose, who, turn, 0)


def at_act(facts: Facts, sent: Sent, reading: int | None, provocation: int, state: State, table: Table) -> None:
    """Turn the facts to an act."""
    act = sent.act
    facts.act = act
    facts.answered = state.acts[act.answers].act if act.answers is not None else None
    facts.reading = reading
    facts.sender, facts.receiver = act.side, other(act.side)
    facts.provocation = provocation
    facts.channel_readiness = state.readiness[act.channel]
    seed, who, turn, order = table.seed, table.names[act.side], act.turn, act.order
    facts.luck = lambda purpose: roll(seed, purpose, who, turn, order)


def provocation_of(state: State, table: Table, sender: Side) -> int:
    """Class of the worst act that reached `sender` in the two turns before this one; 0 for none."""
    return max(
        (
            table.moves[sent.act.move].severity
            for sent in state.acts.values()
            if sent.act.side != sender and state.turn - 2 <= sent.arrived < state.turn and sent.arrived
        ),
        default=0,
    )


def _made(record: tuple[Act, ...], side: Side, table: Table) -> int:
    """A bit for each move that a side has ever made."""
    made = 0
    for act in record:
        if act.side == side:
            made |= table.bits[act.move]
    return made


def _time_left(state: State, table: Table) -> int:
    """Percent left of the tightest clock: a track that runs out, or an open inject's window."""
    left = [100]
    for track in table.clocks:
        of = table.scenario.tracks[track]
        span = of.start - of.least
        left.append((state.tracks[track] - of.least) * 100 // span if span > 0 else 0)
    for inject, turn in state.injects.items():
        window = table.injects[inject].window
        if turn > 0 and window:
            gone = state.hour - table.hours[turn - 1]
            if gone <= window:
                left.append((window - gone) * 100 // window)
    return max(0, min(left))


def _blind(state: State) -> bool:
    """Each side meant its acts of this turn as benign on average and took the other's as hostile (mean +1 or more)."""
    return all(_benign(state, side) and _took_as_hostile(state, side) for side in SIDES)


def _benign(state: State, side: Side) -> bool:
    intents = [sent.act.intent for sent in state.acts.values() if sent.act.side == side and sent.act.turn == state.turn]
    return bool(intents) and sum(intents) <= 0


def _took_as_hostile(state: State, side: Side) -> bool:
    readings = [
        item.hostility for item in state.team(side).inbox if item.turn == state.turn and item.hostility is not None
    ]
    return bool(readings) and sum(readings) >= len(readings)
