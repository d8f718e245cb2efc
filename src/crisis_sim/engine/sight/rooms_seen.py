"""What a seat may see of what reached it and of persons' own readings of that."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.events import ActKey
from crisis_sim.engine.moment_facts import arrived_in
from crisis_sim.engine.sight.act_seen import act_for, is_public
from crisis_sim.engine.sight.desk_facts import CardFacts
from crisis_sim.engine.sight.hotwash_facts import SpreadFacts
from crisis_sim.engine.sight.shared_facts import ActFacts
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import SIDES, Side


def pressed_by(state: State, side: Side, act: ActKey) -> tuple[str, ...]:
    """Who of a team has said alone how they take an act, but not what."""
    return tuple(sorted([each.by for each in state.team(side).pressed if each.act == act]))


def spread_facts(state: State, seat: SeatName) -> tuple[SpreadFacts, ...]:
    """What persons said alone: to their own team with labels, to the facilitator without, to nobody else."""
    told = []
    for side in SIDES:
        if seat not in (side, "facilitator"):
            continue
        by_act: dict[ActKey, list[tuple[int, str]]] = {}
        for each in state.team(side).pressed:
            by_act.setdefault(each.act, []).append((each.hostility, each.by if seat == side else ""))
        told += [
            SpreadFacts(act="/".join(map(str, act)), said=tuple(sorted(said))) for act, said in sorted(by_act.items())
        ]
    return tuple(told)


def card_facts(state: State, table: GameTable, side: Side) -> Iterator[CardFacts]:
    """What reached a team this turn, to be read."""
    if state.phase != "readings":
        return
    come = arrived_in(state, side)
    for number, item in enumerate(come, len(state.team(side).inbox) - len(come) + 1):
        sent = state.sent(item.act)
        yield CardFacts(
            number=number,
            act=act_for(table, sent, side),
            public=is_public(sent),
            hostility=item.hostility,
            confidence=item.confidence,
            touches=item.touches,
            crosses=item.crosses,
            audience=item.audience,
            answers=_answered(state, table, item.act, side),
            pressed=pressed_by(state, side, item.act),
        )


def _answered(state: State, table: GameTable, answer: ActKey, side: Side) -> ActFacts | None:
    """The request of ours that an act answers, a holding note too."""
    asked = next((each.act for each in reversed(state.requests) if each.answer == answer), None)
    return None if asked is None else act_for(table, state.sent(asked), side)
