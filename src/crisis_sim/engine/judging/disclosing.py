"""Private facts that acts tell: what that eases, what it costs, and how it comes out that one was told otherwise.

To the other side, whole and false are the same until it comes out: both ease as much as what was said would, by how it
was backed. A part eases less, as its words say less. What does not come of its own is settled when it is found out,
whether and when being luck, of the seed, the turn and the act alone.
"""

from __future__ import annotations

from typing import Final

from msgspec import UnsetType

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.asset_discovery import due_turn
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder, Weight
from crisis_sim.engine.judging.pressing import press, pressed_lines, relieve
from crisis_sim.engine.moment_facts import MomentFacts, is_timely
from crisis_sim.engine.state import Sent
from crisis_sim.numbers import ONE, scale
from crisis_sim.rules.base_settings import DisclosureSettings
from crisis_sim.rules.facts import Act
from crisis_sim.rules.names import other

DISCLOSED: Final = "disclosed"
"""What a trace calls it that a private fact was told."""
CAME_OUT: Final = "came out"
"""What a trace calls it that a fact had been told in part, or falsely."""


def weigh_disclosure(recorder: EventRecorder, facts: MomentFacts, sent: Sent, weight: Weight) -> None:
    """What it does that an act tells a private fact: for the other side, and at home; unofficially, nothing."""
    act, settings = sent.act, recorder.table.base.disclosure
    plan = recorder.table.private_facts.get(act.discloses or "")
    if plan is None or settings is None or sent.unclear is not None or isinstance(act.backed, UnsetType):
        return
    earlier = [
        disclosure.told
        for disclosure in recorder.state.disclosed
        if disclosure.told.fact == act.discloses and not disclosure.out
    ]
    share = scale(plan.worth, getattr(settings.backed, act.backed))
    share = scale(share, settings.part) if act.truth == "part" else share
    share = share if act.answers is not None or is_timely(facts, act.discloses or "") else scale(share, settings.unmet)
    share = max(0, share - sum(event.share for event in earlier))
    cost = max(0, _cost(settings, act, plan.costs) - max([event.cost for event in earlier], default=0))
    if act.track != "1":
        share = cost = 0
    place, receiver = recorder.table.place("base/disclosure"), other(act.side)
    cause = Cause(DISCLOSED, place, act.side, act.key)
    if added := scale(settings.weight, share):
        weight.steps += (e.Trace(DISCLOSED, place, act.key, weight.now, weight.now + added),)
        weight.now += added
    relieved = tuple([
        (line, scale(settings.relief, share))
        for line in dict.fromkeys(
            line for concern in plan.concerns for line in pressed_lines(recorder, receiver, concern)
        )
        if share
    ])  # fmt: skip
    for line, amount in relieved:
        relieve(recorder, receiver, line, amount, cause)
    if plan.costs == "capability":
        recorder.shift("felt", act.side, cost, cause)
    else:
        recorder.move_standing(act.side, -cost, cause)
    turn = 0 if act.truth == "whole" else due_turn(recorder, act, settings.found, settings.within)
    recorder.tell(
        e.FactDisclosed(
            visible="facilitator",
            side=act.side,
            fact=act.discloses or "",
            act=act.key,
            truth=act.truth or "whole",
            share=share,
            cost=cost,
            weight=added,
            relieved=relieved,
            due=turn,
        )
    )
    if act.truth == "whole":
        for event in earlier:
            if event.truth != "whole":
                _come_out(recorder, event, settings, by_itself=True)


def _cost(settings: DisclosureSettings, act: Act, costs: str | None) -> int:
    """What it costs its team, hundredths. What is not so shows nothing; home hears it as it hears what is so."""
    if costs is None or isinstance(act.backed, UnsetType):
        return 0
    if costs == "capability":
        if act.truth == "untrue":
            return 0
        cost = scale(settings.capability.felt, getattr(settings.capability.shares, act.backed))
    else:
        cost = -(settings.standing.public if act.is_public else settings.standing.private)
    return scale(cost, settings.part) if act.truth == "part" else cost


def facts_come_out(recorder: EventRecorder, *, close: bool = False) -> None:
    """Let come out what is due of facts that were told otherwise than whole; at the close, all that would have."""
    settings, turn = recorder.table.base.disclosure, recorder.state.turn
    for event in [
        disclosure.told for disclosure in recorder.state.disclosed if disclosure.told.due and not disclosure.out
    ]:
        if settings is not None and (close or event.due <= turn):
            _come_out(recorder, event, settings)


def _come_out(
    recorder: EventRecorder, event: e.FactDisclosed, settings: DisclosureSettings, *, by_itself: bool = False
) -> None:
    """The other team learns it; what it had eased is taken back, and trust with it.

    Where its own team tells the whole, a part costs nothing and an untruth less.
    """
    table, receiver = recorder.table, other(event.side)
    recorder.tell(
        e.FactCameOut(
            visible="everyone", side=event.side, fact=event.fact, act=event.act, truth=event.truth, by_itself=by_itself
        )
    )
    if by_itself and event.truth == "part":
        return
    cause = Cause(CAME_OUT, table.place("base/disclosure"), event.side, event.act)
    recorder.raise_tension(-event.weight, cause)
    for line, amount in event.relieved:
        press(recorder, receiver, line, amount, cause)
    trust = settings.part_trust if event.truth == "part" else settings.untrue_trust
    recorder.shift("trust", receiver, scale(trust, settings.owned if by_itself else ONE), cause)
