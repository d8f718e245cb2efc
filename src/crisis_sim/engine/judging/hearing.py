"""Hearing by one's own order: an act that a team takes more gravely than others weighs more in what it feels.

An order of offences is sealed. It moves what its owner feels and the pressure on its own lines, and nothing else: what
an act weighs in tension is the packs' to say, and the other side's view holds nothing of it. However lightly a team
takes what offends in an act, the act is felt and presses no less than it would without that: it is tried as if it were
another, which puts nothing on record and leaves the facts as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.events import ActKey
from crisis_sim.engine.judging.applied_effects import lines_named
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder, Weight, felt_weight
from crisis_sim.engine.moment_facts import MomentFacts, at_act
from crisis_sim.engine.plans import LinePlan, RulePlan
from crisis_sim.engine.state import Received, Sent
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import scale
from crisis_sim.rules.facts import Act
from crisis_sim.rules.names import Side, other


class Judged(Struct, frozen=True):
    """What an act weighs and does to the lines of its receiver, however that reads it."""

    weight: Weight
    presses: dict[str, int]
    crosses: tuple[str, ...]


def judged_as(recorder: EventRecorder, facts: MomentFacts, sent: Sent, act: Act) -> Judged:
    """What the act that was sent would do if it were `act`."""
    table, key, owner = recorder.table, sent.act.key, other(sent.act.side)
    weight, presses, crosses = Weight(sent.weight, sent.weight), dict[str, int](), list[str]()
    at_act(facts, act, facts.reading)
    for plan in table.watch(facts):
        if type(plan) is LinePlan:
            if plan.line in recorder.state.team(plan.owner).adopted:
                if plan.crosses:
                    crosses.append(plan.line)
                else:
                    presses[plan.line] = max(presses.get(plan.line, 0), plan.points)
        elif type(plan) is RulePlan and not _is_used_up(recorder, plan, key):
            weight.apply(plan, key, facts)
            for name, item in plan.steps:
                if name == "press" and owner in Cause("", "", act.side).sides(item.owner):
                    for line in lines_named(recorder, owner, item, facts.answered or act):
                        presses[line] = max(presses.get(line, 0), item.points)
    at_act(facts, sent.act, facts.reading)
    return Judged(weight, presses, tuple(crosses))


def _is_used_up(recorder: EventRecorder, plan: RulePlan, key: e.ActKey) -> bool:
    """A rule that applies once has applied, to another act than this."""
    side = key[0] if plan.only_once_for == "side" else None
    if not plan.only_once_for or not recorder.has_fired(plan.rule, side):
        return False
    return not any(
        type(event) is e.RuleFired and (event.rule, event.act) == (plan.rule, key) for event in recorder.events
    )


OFFENCE: Final = "offence "
"""What a trace calls an offence begins so; its id follows."""


class OffenceHeard(Struct, frozen=True):
    """What the act at hand is to a team that hears it by its own order."""

    owner: Side
    offence: str
    factor: int
    """So many times as much, hundredths."""


def gravest_offence(recorder: EventRecorder, owner: Side, offences: Sequence[str]) -> OffenceHeard | None:
    """The gravest, to `owner`, of the offences that were found; None where there is none or the team has no order."""
    card, order = recorder.table.card, recorder.state.team(owner).order
    places = [order.index(offence) for offence in offences if offence in order]
    if card is None or not places:
        return None
    gravest = min(places)
    return OffenceHeard(owner, order[gravest], card.factors[gravest])


def add_offence_to_felt(
    recorder: EventRecorder, heard_offence: OffenceHeard, felt: int, act: ActKey | None, minimum: int | None = None
) -> None:
    """Add to what the owner feels what its order makes of a felt weight; at `minimum` it takes that for all of it.

    Of a calming act that offends, a grave place takes some of the calm, and a light one gives some back.
    """
    owner, offence = heard_offence.owner, heard_offence.offence
    card, amount = recorder.table.card, scale(abs(felt), heard_offence.factor) - abs(felt)
    if minimum is not None:
        amount = max(amount, min(0, minimum - felt))
    if card is not None and amount:
        cause = Cause(f"{OFFENCE}{offence}", card.places[offence], other(owner), act)
        recorder.shift("felt", owner, amount, cause)


def judge_milder_acts(
    recorder: EventRecorder, facts: MomentFacts, sent: Sent, heard_offence: OffenceHeard
) -> tuple[Judged, ...]:
    """What an act would do without what makes it an offence that is taken lightly; empty where the whole act is one."""
    card, table = recorder.table.card, recorder.table
    assert card is not None, "without it nothing is an offence"
    milder = []
    for act in _one_step_off(table, sent.act):
        at_act(facts, act, facts.reading)
        if heard_offence.offence not in card.on_act(facts):
            milder.append(act)
    at_act(facts, sent.act, facts.reading)
    return tuple([judged_as(recorder, facts, sent, act) for act in milder])


def _one_step_off(table: GameTable, act: Act) -> Iterator[Act]:
    """The same act with one term more or less, or said in private."""
    move = table.moves[act.move]
    for term in move.terms:
        terms = tuple([other_term for other_term in act.terms if other_term != term])
        yield replace(act, terms=terms if term in act.terms else (*act.terms, term))
    if act.visibility == "public" and "private" in move.visibility:
        yield replace(act, visibility="private")


def soften_presses(
    recorder: EventRecorder, since: int, milder: Sequence[Judged], heard_offence: OffenceHeard, reading: int
) -> None:
    """Scale what has been said, from a place on, to press a line, but never below what would without the offence."""
    lowest: dict[str, int] = {}
    for line, amount in (pair for other_act in milder for pair in other_act.presses.items()):
        lowest[line] = max(lowest.get(line, 0), scale(amount, reading))
    recorder.pushes[since:] = [
        replace(push, points=max(scale(push.points, heard_offence.factor), min(push.points, lowest.get(push.line, 0))))
        if push.owner == heard_offence.owner and push.points > 0
        else push
        for push in recorder.pushes[since:]
    ]


def max_milder_felt(milder: Sequence[Judged], read: Received, recorder: EventRecorder) -> int | None:
    """The most that an act would be felt as without what offends in it."""
    plan = recorder.table.reading_plan
    return max((felt_weight(judged.weight, read, plan) for judged in milder), default=None)
