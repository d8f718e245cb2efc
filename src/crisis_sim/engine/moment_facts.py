"""Filling in the facts that rules read, from the state and the table; luck is one of them.

What most conditions ask for stands in the facts from the beginning, the record first. Any other fact is worked out when
a condition first reads it: the conditions of one table read few of them, and most moments are asked about one or two.
The state does not change, so when that happens makes no difference.

Luck is a pure function of the session's seed, a purpose, and the act or turn at hand. No generator is kept, so nothing
one team does can shift the other's luck, and a replay rolls the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from hashlib import blake2b
from itertools import takewhile
from typing import Any, Final

from crisis_sim.engine.dealing_plans import Appearance
from crisis_sim.engine.events import AnyEvent, RequestUnanswered, RuleFired
from crisis_sim.engine.state import LATELY, Received, State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.effects import ASKED_CONCERNS
from crisis_sim.rules.facts import Act, Facts
from crisis_sim.rules.moment import disclosure_keys
from crisis_sim.rules.names import SIDES, Pledged, Side, other


class MomentFacts(Facts):
    """The facts of a moment, each worked out from the state when it is first read."""

    __slots__ = ("__dict__", "is_unprovoked", "state", "table")

    is_unprovoked: bool
    """What is asked about is no act, so that nothing counts as having provoked it."""

    def __init__(self, state: State, table: GameTable, sender: Side) -> None:
        self.state = state
        self.table = table
        self.turn, self.hour = state.turn, state.hour
        self.record = state.record
        self.truths, self.tracks, self.tension = state.truths, state.tracks, state.tension
        self.act = self.answered = self.reading = self.readouts = self.line = self.due = None
        self.breached, self.is_unprovoked = EMPTY, False
        self.sender, self.receiver = sender, other(sender)
        self.opening_mismatch = table.opening_mismatch
        if not state.promises:
            self.in_force = self.broken = self.kept = EMPTY

    def begin_list(self, sender: Side) -> None:
        """Turn to a team that sends its list: of what has not arrived, it knows its own acts alone."""
        as_sender(self, sender)
        self.record = self.state.record

    def add(self, act: Act) -> None:
        """Let conditions look back on an act that has not arrived."""
        self.record = (*self.record, act)

    def go_on(self, tracks: dict[str, int]) -> None:
        """Let the clocks have moved tracks."""
        self.tracks = tracks
        vars(self).pop("time_left", None)

    def luck(self, purpose: str) -> int:
        """0–99 for the act at hand, or for the side asked about where there is none."""
        act, table = self.act, self.table
        if act is None:
            return roll(table.seed, purpose, table.names[self.sender], self.state.turn, 0)
        return roll(table.seed, purpose, table.names[act.side], act.turn, act.order)


def moment_facts(state: State, table: GameTable, sender: Side = "us") -> MomentFacts:
    """The facts of a moment that belongs to no act, with `sender` as the one whose turn it is to be asked about."""
    return MomentFacts(state, table, sender)


def as_sender(facts: Facts, sender: Side) -> None:
    """Turn the facts to no act, asked of one side."""
    facts.act = facts.answered = facts.reading = None
    facts.sender, facts.receiver = sender, other(sender)


def at_act(facts: MomentFacts, act: Act, reading: int | None) -> None:
    """Turn the facts to an act."""
    side = act.side
    facts.act = act
    facts.answered = None if act.answers is None else facts.state.acts[act.answers].act
    facts.reading = reading
    facts.sender = side
    facts.receiver = "china" if side == "us" else "us"


def appearance_of(facts: MomentFacts, asset: str) -> Appearance:
    """What an asset is, and what it is taken for, at a moment that belongs to its team; what has come out is seen."""
    is_so, apparent = facts.table.assets[asset].appearance(facts)
    out = [term for concealment in facts.state.found_out if concealment.asset == asset for term in concealment.terms]
    return Appearance(is_so, (*apparent, *[term for term in is_so if term in out and term not in apparent]))


def is_timely(facts: MomentFacts, fact: str) -> bool:
    """A private fact would meet something: an inject calls for it, or its team or an inject touched its concerns."""
    plan, injects, since = facts.table.private_facts[fact], facts.state.injects, max(1, facts.turn - LATELY)
    called = any(injects.get(inject, 0) >= since for inject in plan.called_by)
    return called or pressed_lately(facts, plan.side, plan.concerns)


def arrived_in(state: State, side: Side) -> tuple[Received, ...]:
    """What reached `side` in the turn at hand, oldest first."""
    team = state.us if side == "us" else state.china
    return team.inbox[team.read_before :]


def pressed_lately(facts: MomentFacts, side: Side, concerns: Iterable[str]) -> bool:
    """One of these concerns was pressed by the side's acts of the last turns, by the rules, or by an inject of them."""
    state, table = facts.state, facts.table
    now, injects = state.turn, state.injects
    since = max(1, now - LATELY)
    for concern in concerns:
        for inject in table.stirred_by.get(concern, ()):
            if injects.get(inject, 0) >= since:
                return True
    for turn in range(max(0, now - LATELY), now):
        if not _pressed_in(turn, state, table)[side].isdisjoint(concerns):
            return True
    return False


def _pressed_in(turn: int, state: State, table: GameTable) -> Mapping[Side, set[str]]:
    """For each side, concerns that its acts of one turn pressed by the rules; asked in the turns after it."""
    events = state.turn_events[turn]
    return table.cache_by_identity(f"pressed/{turn % LATELY}", (events,), lambda: _pressed_by(events, state, table))


def _pressed_by(events: Iterable[AnyEvent], state: State, table: GameTable) -> Mapping[Side, set[str]]:
    pressing, pressed = table.concerns_pressed, {side: set[str]() for side in SIDES}
    for fired in events:
        if isinstance(fired, RuleFired) and fired.rule in pressing:
            side, concerns = pressed["us" if fired.sender == "us" else "china"], pressing[fired.rule]
            side |= concerns
            if ASKED_CONCERNS in concerns and fired.act is not None:
                act = state.acts[fired.act].act
                asked_act = act if act.answers is None else state.acts[act.answers].act
                side.update(table.move_plans[asked_act.move].concerns)
    return pressed


def _mends(facts: MomentFacts) -> bool:
    act = facts.act
    return act is not None and pressed_lately(facts, act.side, facts.table.move_plans[act.move].concerns)


def _called_for(facts: MomentFacts) -> bool:
    act, callers = facts.act, facts.table.callers
    if act is None:
        return False
    if callers is None:
        return True
    calling, injects, since = callers[act.side][act.move], facts.state.injects, max(1, facts.turn - LATELY)
    for inject in calling:  # noqa: SIM110 - asked for every act, and a generator costs more than the answer
        if injects.get(inject, 0) >= since:
            return True
    return False


def _excused(facts: MomentFacts) -> bool:
    injects, since = facts.state.injects, max(1, facts.turn - LATELY)
    return any(injects.get(inject, 0) >= since for inject in facts.table.excusing[facts.sender])


def _stands(facts: MomentFacts) -> bool:
    act = facts.act
    if act is None or facts.table.moves[act.move].stands_under is None:
        return False
    return any(
        request.act == act.key and request.how == "accept" and request.answer is None
        for request in facts.state.requests
    )


def _unreturned(facts: MomentFacts) -> int:
    act = facts.act
    if act is None or facts.table.moves[act.move].asks is None:
        return 0
    return unreturned_turns(facts.state, act.side, act.turn)


def unreturned_turns(state: State, side: Side, turn: int) -> int:
    """Turns in which a team asked and met silence, after the last ask that was answered, as things stood before a turn.

    What never reached the other team, or came too late to be answered, is none of it.
    """
    noted = state.events_of(RequestUnanswered, before=turn)
    silent = {event.act[1] for _, event in noted if event.act[0] == side and not event.lost}
    answered = [
        request.act[1]
        for request in state.requests
        if request.act[0] == side
        and request.how is not None
        and request.answer is not None
        and state.sent(request.answer).arrived < turn
    ]
    return len([silent_turn for silent_turn in silent if silent_turn > max(answered, default=0)])


def _provocation(facts: MomentFacts) -> int:
    """Class of the worst act that reached the sender in the two turns before."""
    state, plans, worst = facts.state, facts.table.move_plans, 0
    if facts.is_unprovoked:
        return 0
    acts, turn = state.acts, state.turn
    for item in reversed((state.us if facts.sender == "us" else state.china).inbox):
        if item.turn < turn:
            if item.turn < turn - 2:
                break
            worst = max(worst, plans[acts[item.act].act.move].severity)
    return worst


def _first_of_turn(facts: MomentFacts) -> bool:
    act = facts.act
    return act is not None and not any(
        earlier.move == act.move and earlier.side == act.side and earlier.order < act.order
        for earlier in takewhile(lambda earlier: earlier.turn >= act.turn, reversed(facts.record))
        if earlier.turn == act.turn
    )


def _in_force(facts: MomentFacts) -> frozenset[tuple[str, Side]]:
    return frozenset([(promise.commitment, promise.side) for promise in facts.state.promises if promise.binds])


def _broken(facts: MomentFacts) -> frozenset[tuple[str, Side]]:
    return frozenset([(promise.commitment, promise.side) for promise in facts.state.promises if promise.broken])


def _kept_promises(facts: MomentFacts) -> frozenset[tuple[str, Side]]:
    turn = facts.state.turn
    return frozenset(
        [
            (promise.commitment, promise.side)
            for promise in facts.state.promises
            if not promise.broken and promise.ended != "void" and promise.turn < turn
        ]
    )


def _turned_out(facts: MomentFacts) -> frozenset[str]:
    """Assets that have turned out to be more, or less, than they were seen as."""
    more = [f"{concealment.asset}/more" for concealment in facts.state.found_out]
    return frozenset([*more, *(f"{asset}/less" for asset in facts.state.cleared_up)])


def _disclosed_facts(facts: MomentFacts) -> frozenset[tuple[str, Side]]:
    """What has been told of private facts, for each way in which a condition may ask."""
    out = {
        disclosure.told.act: disclosure.told.truth
        for disclosure in facts.state.disclosed
        if disclosure.out and not disclosure.by_itself
    }
    return disclosure_keys(facts.record, out)


def _pledged(facts: MomentFacts) -> frozenset[tuple[Pledged, Side]]:
    pledges = facts.state.pledges
    return frozenset([(pledge.pledge, pledge.side) for pledge in pledges if pledge.how is None]) if pledges else EMPTY


def _delivered_injects(facts: MomentFacts) -> Set[str]:
    """Injects that have come; none of them is held back or struck out in most sessions."""
    injects = facts.state.injects
    return injects.keys() if min(injects.values(), default=0) >= 0 else {name for name in injects if injects[name] >= 0}


def _decided(facts: MomentFacts) -> frozenset[str]:
    """How decisions fell, and which of them late."""
    decisions = [decision for decision in facts.state.voices if decision.inject]
    fell = [
        f"{decision.inject}/{answer}"
        for decision in decisions
        if decision.answer
        for answer in (decision.answer, *([""] if decision.said else []))
    ]
    return frozenset([*fell, *(f"{decision.inject}/delayed" for decision in decisions if decision.delays)])


def _time_left(facts: MomentFacts) -> int:
    """Percent left of the tightest clock: a track that runs out, or an open inject's window."""
    state, table = facts.state, facts.table
    percents = [100]
    tracks = facts.tracks
    for track, (low, span) in table.clocks.items():
        percents.append((tracks[track] - low) * 100 // span if span > 0 else 0)
    for inject, window in table.windows.items():
        turn = state.injects.get(inject, 0)
        if turn > 0:
            passed = state.hour - table.hours[turn - 1]
            if passed <= window:
                percents.append((window - passed) * 100 // window)
    for inject, turns in table.window_turns.items():
        turns_left = turns - 1 - (state.turn - state.injects.get(inject, 0))
        if state.injects.get(inject, 0) > 0 and turns_left >= 0:
            percents.append(turns_left * 100 // turns)
    return max(0, min(percents))


def _blind(facts: MomentFacts) -> bool:
    """Each side meant its acts of this turn as benign on average and took the other's as hostile (mean +1 or more)."""
    return all(_benign(facts.state, side) and _took_as_hostile(facts.state, side) for side in SIDES)


def _benign(state: State, side: Side) -> bool:
    intents = []
    for sent in reversed(state.acts.values()):
        act = sent.act
        if act.turn != state.turn:
            break
        if act.side == side and act.intent is not None:
            intents.append(act.intent)
    return bool(intents) and sum(intents) <= 0


def _took_as_hostile(state: State, side: Side) -> bool:
    readings = [item.hostility for item in arrived_in(state, side) if item.hostility is not None]
    return bool(readings) and sum(readings) >= len(readings)


FACT_BUILDERS: Final[Mapping[str, Callable[[MomentFacts], object]]] = {
    "readiness": lambda facts: facts.state.readiness,
    "in_force": _in_force,
    "broken": _broken,
    "kept": _kept_promises,
    "pledged": _pledged,
    "crossed": lambda facts: frozenset([f"{crossing.side}/{crossing.line}" for crossing in facts.state.crossings]),
    "concluded": lambda facts: frozenset(
        [name for name, conclusion in facts.state.concluded.items() if conclusion.on_alert]
    ),
    "pressure": lambda facts: facts.state.pressure,
    "trust": lambda facts: (facts.state.trust["us"], facts.state.trust["china"]),
    "standing": lambda facts: (facts.state.standing["us"], facts.state.standing["china"]),
    "channel_readiness": lambda facts: 0 if facts.act is None else facts.state.readiness[facts.act.channel],
    "time_left": _time_left,
    "injects": _delivered_injects,
    "assets": _turned_out,
    "decided": _decided,
    "disclosed": _disclosed_facts,
    "blind_dilemma": _blind,
    "provocation": _provocation,
    "mends": _mends,
    "called_for": _called_for,
    "excused": _excused,
    "first_of_turn": _first_of_turn,
    "unreturned": _unreturned,
    "stands": _stands,
}
"""How facts are worked out from a state and its table."""
OF_THE_ACT: Final = frozenset(
    {
        "channel_readiness",
        "provocation",
        "mends",
        "called_for",
        "excused",
        "first_of_turn",
        "unreturned",
        "stands",
    }
)
"""Those that hang on the act at hand, so that they are worked out each time."""
EMPTY: Final[frozenset[Any]] = frozenset()  # Any: of whatever there is none


class _CachedFact:
    """A fact that is worked out when it is first read, and kept."""

    def __init__(self, name: str, fill: Callable[[MomentFacts], object]) -> None:
        self.name, self.fill = name, fill

    def __get__(self, facts: MomentFacts, kind: type) -> object:
        value = vars(facts)[self.name] = self.fill(facts)
        return value


for _name, _fill in FACT_BUILDERS.items():
    setattr(MomentFacts, _name, property(_fill) if _name in OF_THE_ACT else _CachedFact(_name, _fill))


def roll(seed: str, purpose: str, team_name: str, turn: int, order: int) -> int:
    """0–99, evenly."""
    words = "\x1f".join((seed, purpose, team_name, str(turn), str(order)))
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big") % 100
