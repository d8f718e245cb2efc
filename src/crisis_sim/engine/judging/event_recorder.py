"""What is being decided: events told one after another, what brings each about, and the state as they leave it.

`decide` and its rooms write into a recorder; nothing else does, and it lives no longer than one action.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Final

from msgspec import UNSET, Struct, UnsetType

from crisis_sim.engine.apply import apply, numbers_of
from crisis_sim.engine.events import (
    ActKey,
    ActWeighed,
    AnyEvent,
    MeterName,
    NumberMoved,
    RuleFired,
    Trace,
    Visible,
)
from crisis_sim.engine.moment_facts import MomentFacts, moment_facts
from crisis_sim.engine.plans import ReadingPlan, RulePlan, TrackPlan
from crisis_sim.engine.state import Received, State
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import ONE, clamp, scale
from crisis_sim.rules.effects import Bind, Settle
from crisis_sim.rules.facts import Act, Facts
from crisis_sim.rules.names import SIDES, OwnerWord, Side, other


class Cause(Struct, frozen=True):
    """What brings an effect about."""

    rule: str
    place: str
    sender: Side | None = None
    act: ActKey | None = None
    channel: str | None = None
    about: str | None = None
    request: Act | None = None
    """The act at hand or, for an answer, the one that it answers."""
    press_factor: int = 100
    """Scale of pressure on the receiver's lines, from how the act was read; hundredths."""
    part: int | UnsetType = UNSET
    """Which sentence of the rule, as in a trace."""

    def sides(self, party: OwnerWord) -> tuple[Side, ...]:
        """The teams that `party` names."""
        return SIDES_BY_PARTY[party, self.sender]

    def channels(self, name: str, table: GameTable) -> tuple[str, ...]:
        """The channels that an effect names."""
        if name == "all":
            return tuple(table.scenario.channels)
        channel = self.channel if name == "used" else (self.about or self.channel) if name == "about" else name
        return (channel,) if channel in table.scenario.channels else ()

    def trace(self, old_value: int, new_value: int) -> Trace:
        """The trace of a number that this moves."""
        return Trace(self.rule, self.place, self.act, old_value, new_value, self.part)


class Push(Struct, frozen=True):
    """Something that presses a pink line or, below 0, relieves it; hundredths."""

    owner: Side
    line: str
    points: int
    cause: Cause


class EventRecorder(Struct, eq=False):
    """Events of one action, with the state after the last of them."""

    state: State
    table: GameTable
    events: list[AnyEvent] = []
    """All that has been told."""
    floors: tuple[tuple[int, Cause], ...] = ()
    """Levels below which tension must not end, with what set them."""
    pushes: list[Push] = []
    """What has been said of pressure and is not settled yet."""
    concessions: list[tuple[Side, int, Cause]] = []
    """Standing that public words have won and that is not settled yet."""
    words_given: list[tuple[Bind, Cause]] = []
    """Public words that bind their senders at home once the turn is settled."""
    settling: list[tuple[Settle, Cause]] = []
    """What settles pledges, once the turn is settled."""
    reductions: dict[tuple[MeterName, str], tuple[int, tuple[int, int]]] = {}
    """What the bounds of a number have left of what moved it and is not settled yet, and those bounds."""
    trial_facts: MomentFacts | None = None
    """The facts that conditions are tried against in what is being done; None where nothing but the press is tried."""
    _facts: Facts | None = None

    def tell(self, event: AnyEvent) -> None:
        """Add an event."""
        self.state = apply(self.state, event)
        self.events.append(event)

    def numbers(self, meter: MeterName) -> Mapping[str, int]:
        """The numbers of a meter by whose or what's they are."""
        return numbers_of(self.state, meter)

    def try_against(self, facts: MomentFacts) -> None:
        """From here on conditions are tried against these facts; rules on press read the same moment."""
        self.trial_facts, self._facts = facts, None

    def seen_by(self, meter: MeterName, name: str) -> Visible:
        """Who may see a number move; of a team's own track that team."""
        return seen_by(meter, name, self.table.own_tracks.get(name))

    def move(self, meter: MeterName, name: str, trace: Trace) -> None:
        """Move a number that does not hold for a time only, if it moves at all."""
        if trace.before != trace.after:
            self.tell(NumberMoved(meter, name, trace, visible=self.seen_by(meter, name)))

    def shift(
        self, meter: MeterName, name: str, amount: int, cause: Cause, bounds: tuple[int, int] | None = None
    ) -> None:
        """Move a number by so much, kept within its bounds if it has any."""
        old_value = self.numbers(meter)[name]
        new_value = old_value + amount
        if bounds is not None and not bounds[0] <= new_value <= bounds[1]:
            new_value = clamp(new_value, *bounds)
            self.reductions[meter, name] = (
                self.reductions.get((meter, name), (0,))[0] + old_value + amount - new_value,
                bounds,
            )
        self.move(meter, name, cause.trace(old_value, new_value))

    def move_standing(
        self, side: Side, amount: int, cause: Cause, limit: int | None = None, until: int | None = None
    ) -> None:
        """Move a team's standing at home: up no further than `limit`, and only until a turn."""
        old_value = self.numbers("standing")[side]
        if limit is not None and amount > 0:
            amount = max(0, min(amount, limit - old_value))
        if until is None:
            self.shift("standing", side, amount, cause)
        elif amount:
            trace = cause.trace(old_value, old_value + amount)
            self.tell(NumberMoved("standing", side, trace, until, visible=seen_by("standing", side)))

    def expect(self, side: Side, amount: int, cause: Cause) -> None:
        """Move what a team's home expects of calls, where it is asked what one is for."""
        if self.table.calls is not None:
            self.shift("expectation", side, amount, cause, (0, ONE))

    def drift(self, meter: MeterName, name: str, rest: int, amount: int, place: str) -> None:
        """Move a number, which is no track, towards its rest and not past it."""
        old_value = self.numbers(meter)[name]
        new_value = max(rest, old_value - amount) if old_value > rest else min(rest, old_value + amount)
        self.move(meter, name, Trace("decay", place, None, old_value, new_value))

    def retime(self, meter: MeterName, names: Iterable[str], times: int, plus: int, until: int, cause: Cause) -> None:
        """Scale latency or odds, rounded down, and add to them, until the end of a turn."""
        for name in names:
            old_value = self.numbers(meter)[name]
            trace = cause.trace(old_value, old_value * times // 100 + plus)
            self.tell(NumberMoved(meter, name, trace, until, visible=self.seen_by(meter, name)))

    def raise_tension(self, amount: int, cause: Cause) -> None:
        """Move tension and both felt tensions by as much."""
        for meter, name in TENSIONS if amount else ():
            self.shift(meter, name, amount, cause)

    def fire(self, plan: RulePlan | TrackPlan, sender: Side | None, act: ActKey | None) -> None:
        """Put on record that a rule applied."""
        self.tell(RuleFired(plan.rule, plan.place, sender, act, visible="facilitator"))

    def weigh(
        self, act: ActKey, sender: Side, weight: Weight, felt: int, place: str, silence: bool = False, alert: int = 0
    ) -> None:
        """Put an act's or a silence's weight on record; it moves the three tensions. `alert` is a part of `felt`."""
        state = self.state
        self.tell(
            ActWeighed(
                act,
                sender,
                weight.base,
                weight.now,
                felt,
                state.tension,
                state.felt[other(sender)],
                place,
                silence,
                weight.steps,
                alert or UNSET,
                visible="facilitator",
            )
        )

    def has_fired(self, rule: str, side: Side | None) -> bool:
        """A rule that applies once has fired for a side; for None, at all."""
        sides = EVERYBODY if side is None else (side,)
        return any((rule, owner) in self.state.fired for owner in sides)

    def press_facts(self, presser: Side, name: str) -> Facts:
        """Facts for rules on press: those that all else is tried against.

        What was judged before must not tell: which act is judged first changes no score. Of pressings, those of earlier
        turns: a turn's own are one slice, however many acts it took.
        """
        facts = self._facts
        if facts is None:
            moment = self.trial_facts
            self._facts = facts = moment_facts(self.state if moment is None else moment.state, self.table)
            if moment is not None:
                facts.tracks = moment.tracks
            presses = self.state.presses
            facts.presses = presses[: bisect_left(presses, self.state.turn, key=attrgetter("turn"))]
        facts.sender, facts.receiver, facts.line = presser, other(presser), name
        return facts


def seen_by(meter: MeterName, name: str, owner: Side | None = None) -> Visible:
    """Who may see a number move: a team its own trust, standing, pressure and tracks, everybody the other tracks."""
    if meter in TEAM_METERS:
        return "us" if name == "us" or name.startswith("us/") else "china"
    return owner or "everyone" if meter == "track" else "facilitator"


SIDES_BY_PARTY: Final[Mapping[tuple[OwnerWord, Side | None], tuple[Side, ...]]] = {
    **{("both", sender): SIDES for sender in (*SIDES, None)},
    **{(side, sender): (side,) for side in SIDES for sender in (*SIDES, None)},
    **{("sender", side): (side,) for side in SIDES},
    **{("receiver", side): (other(side),) for side in SIDES},
    ("sender", None): (),
    ("receiver", None): (),
}
"""The teams that an effect names, by whose act it is."""
EVERYBODY: Final[tuple[Side | None, ...]] = (*SIDES, None)
"""Whose acts a rule can have fired for."""
TENSIONS: Final[tuple[tuple[MeterName, str], ...]] = (("tension", ""), ("felt", "us"), ("felt", "china"))
"""Tension and what it is to each team."""
TEAM_METERS = frozenset({"trust", "standing", "expectation", "pressure"})
"""Meters that their own team may see."""


class Weight(Struct, eq=False):
    """An act's weight on its way from base to what it comes to, hundredths."""

    base: int
    now: int
    """The base, to begin with."""
    felt: int = 0
    """What rules add to it for a receiver that has not read the act."""
    as_felt: tuple[RulePlan, ...] = ()
    """Rules that scale what the receiver feels."""
    relief: int = ONE
    """Scale of what the act takes off the receiver's lines."""
    home: int = ONE
    """Scale of what the catalogue takes off its sender's standing for it."""
    steps: tuple[Trace, ...] = ()

    def apply(self, plan: RulePlan, act: ActKey | None, facts: Facts) -> None:
        """Scale and add as a rule says, with a trace if that moved it."""
        old_value = now = self.now
        if plan.weigh is not None:
            now = _bent(plan, now, scale(now, plan.weigh))
        if plan.repeat is not None:
            factor = 100
            for _ in range(_repeats(facts)):
                factor = scale(factor, plan.repeat)
            now = _bent(plan, now, scale(now, max(factor, plan.repeat_floor)))
        now += plan.add
        if plan.weighs_beside:
            self.felt += plan.felt
            if plan.weigh_felt != ONE:
                self.as_felt += (plan,)
            self.relief = scale(self.relief, plan.weigh_relief)
            self.home = scale(self.home, plan.weigh_standing)
        if now != old_value:
            self.steps += (Trace(plan.rule, plan.place, act, old_value, now),)
            self.now = now


def _bent(plan: RulePlan, old_value: int, scaled: int) -> int:
    """A scaled weight, kept from going against the rule's kind."""
    return min(old_value, scaled) if plan.credit else max(old_value, scaled)


def _repeats(facts: Facts) -> int:
    """How often the sender made the same move before, in earlier turns."""
    act = facts.act
    if act is None:
        return 0
    return sum(
        1
        for earlier in facts.record
        if earlier.side == act.side and earlier.move == act.move and earlier.turn < act.turn
    )


def felt_weight(weight: Weight, read: Received, plan: ReadingPlan) -> int:
    """The weight as the receiver feels it: its reading blended in, by how sure it was, then what rules make of it."""
    if read.hostility is None or read.confidence is None:
        felt = weight.now + weight.felt
    else:
        share = plan.shares[read.confidence - 1]
        felt = weight.now + scale(read.hostility * plan.per_point - weight.now, share)
    for rule in weight.as_felt:
        felt = _bent(rule, felt, scale(felt, rule.weigh_felt))
    return felt
