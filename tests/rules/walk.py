"""The meaning of conditions, written as plainly as can be: a walk over the tree that asks every question every time.

It is slow and shares nothing with the compiler, which has to agree with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.rules.random_rules import came_out

from crisis_sim.rules.authored import Range
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.facts import Act, Facts
from crisis_sim.rules.moment import CommitmentIs, DecidedIs, DisclosedIs, FactIs, LineIs, MeterIs, NumberIs
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import Side, SideWord
from crisis_sim.rules.properties import Made, MoveIs


def holds(condition: Condition, facts: Facts, moves: Mapping[str, Move], purpose: str) -> bool:
    """Whether `condition` holds."""
    return _Walk(facts, moves, purpose).condition(condition)


def count_pressings(made: Made, facts: Facts) -> int:
    """How many earlier pressings of the line at hand `pressed` counts."""
    if facts.line is None:
        return 0
    sides = _sides(made.by, facts)
    oldest = facts.turn - made.turns if made.turns is not None else 0
    return len([p for p in facts.presses if p.line == facts.line and p.by in sides and p.turn >= oldest])


class _Walk:
    def __init__(self, facts: Facts, moves: Mapping[str, Move], purpose: str) -> None:
        self.facts = facts
        self.moves = moves
        self.purpose = purpose
        self.chances = 0

    def condition(self, c: Condition) -> bool:
        """Every answer is sought, even when one has already decided, so that chances keep their numbers."""
        every = [self.condition(part) for part in c.all or ()]
        some = [self.condition(part) for part in c.any or ()]
        denied = [self.condition(c.not_)] if c.not_ is not None else []
        own = [*self.about_act(c), *self.about_record(c), *self.about_moment(c)]
        return all(every) and (c.any is None or any(some)) and not any(denied) and all(own)

    def about_act(self, c: Condition) -> Sequence[bool]:
        facts, act, answers = self.facts, self.facts.act, []
        if c.move is not None:
            answers.append(act is not None and self.move_is(act, c.move))
        if c.delivery is not None:
            answers.append(act is not None and act.outcome in c.delivery)
        if c.answers is not None:
            answers.append(facts.answered is not None and self.move_is(facts.answered, c.answers))
        if c.agreed is not None:
            accepts = act is not None and act.answer == "accept"
            accepted = accepts and facts.answered is not None and self.move_is(facts.answered, c.agreed)
            stands = act is not None and facts.stands and self.move_is(act, c.agreed)
            answers.append(accepted or stands)
        if c.intent is not None:
            answers.append(act is not None and act.intent is not None and within(act.intent * 100, c.intent))
        if c.read_as is not None:
            answers.append(facts.reading is not None and within(facts.reading * 100, c.read_as))
        if c.above_provocation is not None:
            severity = self.moves[act.move].severity if act is not None else 0
            answers.append(
                act is not None and facts.provocation > 0 and severity - facts.provocation >= c.above_provocation
            )
        asked_of_it = (c.first_of_turn, "first_of_turn"), (c.mends, "mends"), (c.called_for, "called_for")
        for asked, is_so in asked_of_it:
            if asked is not None:
                answers.append(act is not None and getattr(facts, is_so))
        if c.counter_ask is not None:
            answers.append(act is not None and facts.unreturned >= c.counter_ask)
        if c.excused is not None:
            answers.append(facts.excused)
        if c.channel_readiness is not None:
            answers.append(act is not None and within(facts.channel_readiness * 100, c.channel_readiness))
        return answers

    def about_record(self, c: Condition) -> Sequence[bool]:
        facts, act, answers = self.facts, self.facts.act, []
        if c.repeated is not None:
            same = [
                past
                for past in self.others()
                if act is not None and past.side == facts.sender and past.move == act.move and past.turn < facts.turn
            ]
            answers.append(len(same) >= c.repeated)
        if c.first_on_channel is not None:
            same = [
                past
                for past in self.earlier()
                if act is not None and past.move == act.move and concerned(past) == concerned(act)
            ]
            answers.append(act is not None and not same)
        if c.pressed is not None:
            answers.append(count_pressings(c.pressed, facts) >= c.pressed.at_least)
        if c.earlier is not None:
            answers.append(self.made(c.earlier, self.earlier()))
        if c.same_turn is not None:
            answers.append(self.made(c.same_turn, [past for past in self.others() if past.turn == facts.turn]))
        if c.ever is not None:
            answers.append(self.made(c.ever, self.others()))
        return answers

    def about_moment(self, c: Condition) -> Sequence[bool]:
        facts, answers = self.facts, []
        if c.always is not None:
            answers.append(True)
        if c.fact is not None:
            answers.append(fact_is(facts, c.fact))
        if c.commitment is not None:
            answers.append(commitment_is(facts, c.commitment))
        if c.line is not None:
            answers.append(line_is(facts, c.line))
        if c.track is not None:
            answers.append(number_is(facts.tracks, c.track, 1))
        if c.readiness is not None:
            answers.append(number_is(facts.readiness, c.readiness, 100))
        if c.tension is not None:
            answers.append(within(facts.tension, c.tension))
        if c.trust is not None:
            answers.append(meter_is(facts, facts.trust, c.trust))
        if c.standing is not None:
            answers.append(meter_is(facts, facts.standing, c.standing))
        if c.pledge is not None:
            kinds, who = c.pledge.pledge, _sides(c.pledge.by, facts)
            answers.append(any((kind, side) in facts.pledged for kind in kinds for side in who))
        if c.due is not None:
            answers.append(facts.due in c.due)
        answers += [
            within(number * 100, bounds)
            for number, bounds in ((facts.turn, c.turn), (facts.hour, c.hour), (facts.time_left, c.time_left))
            if bounds is not None
        ]
        if c.inject is not None:
            answers.append(any(inject in facts.injects for inject in c.inject))
        if c.asset is not None:
            answers.append(f"{c.asset.id}/{c.asset.turned_out}" in facts.assets)
        if c.decided is not None:
            answers.append(is_decided(facts, c.decided))
        if c.disclosed is not None:
            answers.append(any(is_disclosed(facts, c.disclosed, act) for act in facts.record))
        if c.opening_mismatch is not None:
            answers.append(facts.opening_mismatch)
        if c.blind_dilemma is not None:
            answers.append(facts.blind_dilemma)
        if c.readouts is not None:
            answers.append(facts.readouts == c.readouts)
        if c.chance is not None:
            self.chances += 1
            purpose = self.purpose if self.chances == 1 else f"{self.purpose}/{self.chances}"
            answers.append(facts.luck(purpose) < c.chance)
        return answers

    def others(self) -> Sequence[Act]:
        """The record without the act at hand."""
        act = self.facts.act
        return [past for past in self.facts.record if act is None or past.key != act.key]

    def earlier(self) -> Sequence[Act]:
        facts, act = self.facts, self.facts.act
        return [
            past
            for past in self.others()
            if past.turn < facts.turn
            or (act is not None and past.turn == act.turn and past.side == act.side and past.order < act.order)
        ]

    def made(self, made: Made, acts: Sequence[Act]) -> bool:
        facts, act = self.facts, self.facts.act
        if made.about is not None and act is None:
            return False
        found = [
            past
            for past in acts
            if self.move_is(past, made.move)
            and past.side in _sides(made.by, facts)
            and (made.within is None or past.hour >= facts.hour - made.within)
            and (made.ago is None or past.hour <= facts.hour - made.ago)
            and (made.turns is None or past.turn >= facts.turn - made.turns)
            and (made.about is None or (act is not None and concerned(act) in (past.channel, past.about)))
        ]
        return len(found) >= made.at_least

    def move_is(self, act: Act, asked: MoveIs) -> bool:
        move = self.moves[act.move]
        return all(
            [
                asked.id is None or act.move in asked.id,
                asked.family is None or move.family in asked.family,
                asked.illocution is None or move.illocution == asked.illocution,
                asked.costliness is None or within(move.costliness, asked.costliness),
                asked.face_threat is None or within(move.face_threat * 100, asked.face_threat),
                asked.ambiguity is None or within(move.ambiguity, asked.ambiguity),
                asked.severity is None or within(move.severity * 100, asked.severity),
                asked.weight is None or within(move.weight, asked.weight),
                asked.by is None or act.side == asked.by,
                asked.visibility is None or visibility(act) == asked.visibility,
                asked.channel is None or act.channel in asked.channel or act.channel_kind in asked.channel,
                asked.diplomacy is None or f"track-{act.track}" in asked.diplomacy,
                asked.level is None or act.level in asked.level,
                asked.term is None or any(term in act.terms for term in asked.term),
                asked.asset is None or act.asset in asked.asset,
                asked.cites is None or act.cites in asked.cites,
                asked.promise is None or act.promise in asked.promise,
                asked.answer is None or act.answer in asked.answer,
                asked.taker is None or act.taker in asked.taker,
            ]
        )


def within(hundredths: int, bounds: Range) -> bool:
    low, high = bounds.at_least, bounds.at_most
    return (low is None or hundredths >= low) and (high is None or hundredths <= high)


def visibility(act: Act) -> str:
    return "public" if act.outcome == "leaked" else act.visibility


def concerned(act: Act) -> str:
    """The channel that an act is about, or else the one it goes over."""
    return act.channel if act.about is None else act.about


def number_is(numbers: Mapping[str, int], asked: NumberIs, hundredths: int) -> bool:
    return asked.id in numbers and within(numbers[asked.id] * hundredths, asked)


def meter_is(facts: Facts, meter: tuple[int, int], asked: MeterIs) -> bool:
    by_side: dict[Side, int] = {"us": meter[0], "china": meter[1]}
    return any(within(by_side[side], asked) for side in _sides(asked.of, facts))


def fact_is(facts: Facts, asked: FactIs) -> bool:
    owners: Sequence[Side | None] = [None] if asked.of is None else _sides(asked.of, facts)
    since = [facts.truths[asked.id, owner] for owner in owners if (asked.id, owner) in facts.truths]
    return any(asked.lasting is None or facts.hour - hour >= asked.lasting for hour in since)


def commitment_is(facts: Facts, asked: CommitmentIs) -> bool:
    held = {"in-force": facts.in_force, "broken": facts.broken, "kept": facts.kept, "breached": facts.breached}
    return any((asked.id, side) in held[asked.state] for side in _sides(asked.by, facts))


def line_is(facts: Facts, asked: LineIs) -> bool:
    keys = [f"us/{asked.id}", f"china/{asked.id}"]
    held = ((asked.crossed, facts.crossed), (asked.concluded, facts.concluded))
    if any(wanted is False and any(key in names for key in keys) for wanted, names in held):
        return False
    return any(
        all(not wanted or key in names for wanted, names in held)
        and (asked.pressure is None or (key in facts.pressure and within(facts.pressure[key], asked.pressure)))
        for key in keys
    )


def is_decided(facts: Facts, asked: DecidedIs) -> bool:
    fell = [name.partition("/")[2] for name in facts.decided if name.partition("/")[0] == asked.id]
    late = asked.delayed in (None, "delayed" in fell)
    if not asked.answer and asked.delayed is not None:
        return late
    return late and any(name in fell for name in asked.answer or ("",))


def is_disclosed(facts: Facts, asked: DisclosedIs, act: Act) -> bool:
    """An act tells what is asked for, in the way that is asked for."""
    return (
        bool(act.discloses)
        and act.side in _sides(asked.by, facts)
        and asked.id in (None, act.discloses)
        and asked.in_public in (None, act.visibility == "public" or act.outcome == "leaked")
        and asked.backed in (None, act.backed)
        and asked.turned_out in (None, came_out(act))
    )


def _sides(who: SideWord, facts: Facts) -> Sequence[Side]:
    sides: dict[SideWord, Sequence[Side]] = {
        "sender": [facts.sender],
        "self": [facts.sender],
        "receiver": [facts.receiver],
        "other": [facts.receiver],
        "us": ["us"],
        "china": ["china"],
        "either": ["us", "china"],
    }
    return sides[who]
