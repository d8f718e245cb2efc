"""Sent against received meaning: for each act what it was meant as and taken for, and how well a side was understood.

Intent, what the sender expected, and reading lie on one scale, −3 friendly … +3 hostile, and are sealed apart. The gap
is reading minus intent: above zero, an act was taken as more hostile than it was meant (Jervis 1976; Holsti, North and
Brody 1968 on perceived and expressed hostility). It has two parts. What its sender expected, expected minus intent, is
the foreseen one: whoever knows that an act will sting has not been misread (Grice 1957; Schelling 1966). The rest,
reading minus expected, was not foreseen. Acts of logs that did not ask for it have no parts, and are left out of both.
By an act that the harness of a model made in its place nobody meant anything: it has a reading and no gap.

The exchange that mattered most is chosen by a sum, the same whoever acted: steps between what its sender expected and
how it was taken (or was meant, where no expectation was asked), two for each red line that it crossed, each conclusion
that it filled and each from which it drew a side back, one where it was answered or is itself an answer, and for public
words the steps by which they were taken as hostile: what was said before everybody cannot be taken back, however well
it was foreseen. Of equal sums the one that comes first in the order of the hotwash is taken, in which the two sides
take turns at being named first. Only acts that were read are looked at: what never reached a side was no exchange.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from crisis_sim.engine.events import ActKey, ConclusionDrawn, FurtherFrom
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.act_views import act_for, by_surprise
from crisis_sim.engine.views.channel_use import delivery_outcomes
from crisis_sim.engine.views.shared_facts import ActFacts, Fared
from crisis_sim.measures.sums import correlation, deviation, error_of_mean, mean
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import SIDES, Audience, Outcome, Side, other


class Meaning(NamedTuple):
    """One act with both of its meanings."""

    key: ActKey
    """Side, turn, place in the side's list of that turn."""
    hour: int
    move: str
    act: ActFacts
    """As it was sent."""
    visibility: str
    outcome: Outcome
    arrived: int
    """Turn in which it arrived; 0 if it never did."""
    intent: int | None
    """None where nobody meant anything by it: the harness of a model made it."""
    expected: int | None
    """How its sender expected it to be taken; None where that was not asked."""
    audience: Audience | None
    """Whom public words were mainly meant for; None for what is private, or where that was not asked."""
    taken_for: Audience | None
    """Whom their reader took them to be mainly meant for."""
    reading: int | None
    confidence: int | None
    """1 a guess … 4 certain."""
    touches: str | None
    """The receiver's line that it touched, as the receiver said."""
    arrival: int | None = None
    """Game hour at which it arrived; None if it never did."""
    fared: tuple[Fared, ...] = ()
    """How its channel served it; nothing if it came in time and as it was sent."""
    translated: bool = False
    """Its words had a translation when they were read."""
    alone: tuple[int, ...] = ()
    """How persons of the team that read it took it, each alone and before the team sealed its reading."""

    @property
    def mean_alone(self) -> Fraction | None:
        """Mean of those; None where nobody said anything."""
        return mean(self.alone)

    @property
    def spread(self) -> int | None:
        """Steps between the most and the least hostile of those; None where fewer than two said anything."""
        return max(self.alone) - min(self.alone) if len(self.alone) > 1 else None

    @property
    def hours(self) -> int:
        """From sending to arrival, where it arrived in a later turn."""
        return self.arrival - self.hour if self.arrival is not None and self.arrived > self.key[1] else 0

    @property
    def gap(self) -> int | None:
        """Reading minus intent; None while it was not read, or where nobody meant anything by it."""
        return None if self.reading is None or self.intent is None else self.reading - self.intent

    @property
    def unforeseen(self) -> int | None:
        """Reading minus expected; None while it was not read, or where nothing was expected."""
        return None if self.reading is None or self.expected is None else self.reading - self.expected

    @property
    def foreseen(self) -> int | None:
        """Expected minus intent, of acts that were read; the two parts make the gap."""
        return None if self.gap is None or self.unforeseen is None else self.gap - self.unforeseen

    @property
    def surprise(self) -> int:
        """The part of the gap that its sender did not foresee, or all of it where that is not known."""
        return (self.gap if self.unforeseen is None else self.unforeseen) or 0


class Direction(NamedTuple):
    """How the acts of one side were understood by the other."""

    sender: Side
    harness: int
    """Acts that the harness of a model made in its place; no other number counts them."""
    acts: int
    arrived: int
    """Of those: reached the other side."""
    read: int
    bias: Fraction | None
    """Mean gap."""
    noise: Fraction | None
    """Standard deviation of the gaps."""
    error: Fraction | None
    """Mean size of the gaps, whichever way."""
    bias_error: Fraction | None
    """Standard error of the bias; None for fewer than two."""
    accuracy: Fraction | None
    """Correlation of intent and reading, −1 … +1."""
    asked: int
    """Acts that were read and of which the sender had said what it expected: those of the three that follow."""
    foreseen: Fraction | None
    """Mean of expected minus intent."""
    unforeseen: Fraction | None
    """Mean of reading minus expected."""
    surprise: Fraction | None
    """Mean size of the unforeseen parts, whichever way."""
    audiences: int
    """Public acts of which both sides said whom they were mainly for: those of the two that follow."""
    same_audience: int
    """Taken to be for whom they were meant."""
    crossed: int
    """Meant for the public at home and taken to be meant for the other side (Putnam 1988; Fearon 1994)."""


class MirrorImage(NamedTuple):
    """How one side saw itself beside how it saw the other (Bronfenbrenner 1961; Holsti 1972)."""

    side: Side
    own: Fraction | None
    """Mean intent of its own acts, as it sealed them."""
    others: Fraction | None
    """Mean of its readings of the other's acts."""
    image: Fraction | None
    """`others` minus `own`: above zero, it saw the other as more hostile than itself."""


def meanings(state: State, table: GameTable) -> tuple[Meaning, ...]:
    """Every act in the order of play."""
    readings = {item.act: item for side in SIDES for item in state.team(side).inbox}
    acts = []
    for key, sent in state.acts.items():
        item = readings.get(key)
        acts.append(
            Meaning(
                key=key,
                hour=sent.act.hour,
                move=sent.act.move,
                act=act_for(table, sent, None),
                visibility=sent.act.visibility,
                outcome=sent.act.outcome,
                arrived=sent.arrived,
                intent=sent.act.intent,
                expected=value_or_none(sent.act.expected),
                audience=value_or_none(sent.act.audience),
                taken_for=None if item is None else item.audience,
                reading=None if item is None else item.hostility,
                confidence=None if item is None else item.confidence,
                touches=None if item is None else item.touches,
                arrival=None if item is None else item.hour,
                fared=tuple(delivery_outcomes(sent, item, table)),
                translated=item is not None and item.translated,
                alone=tuple([reading.hostility for reading in state.team(other(key[0])).pressed if reading.act == key]),
            )
        )
    return tuple(acts)


def widest(acts: tuple[Meaning, ...], limit: int) -> tuple[Meaning, ...]:
    """The acts that their senders least foresaw, then those with the largest gaps, and none that has neither."""
    gaps = [act for act in acts if act.gap or act.surprise]
    return tuple(sorted(gaps, key=lambda act: by_surprise(act.key, act.gap, act.unforeseen))[:limit])


def least_foreseen(acts: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    """All acts that share the widest part of a gap that their senders did not foresee, in the order of `widest`."""
    ranked = widest(acts, len(acts))
    top_surprise = abs(ranked[0].surprise) if ranked else 0
    return tuple(act for act in ranked if top_surprise and abs(act.surprise) == top_surprise)


def direction(acts: tuple[Meaning, ...], sender: Side) -> Direction:
    """How well the other side understood the acts of `sender`."""
    every = [act for act in acts if act.key[0] == sender]
    sent = [act for act in every if act.intent is not None]
    pairs = [(act.intent, act.reading) for act in sent if act.intent is not None and act.reading is not None]
    gaps = [reading - intent for intent, reading in pairs]
    foreseen = [act.foreseen for act in sent if act.foreseen is not None]
    audience_pairs = [(act.audience, act.taken_for) for act in sent if act.audience and act.taken_for]
    unforeseen = [act.unforeseen for act in sent if act.unforeseen is not None]
    return Direction(
        sender=sender,
        harness=len(every) - len(sent),
        acts=len(sent),
        arrived=sum(act.arrived > 0 for act in sent),
        read=len(pairs),
        bias=mean(gaps),
        noise=deviation(gaps),
        error=mean([abs(gap) for gap in gaps]),
        bias_error=error_of_mean(gaps),
        accuracy=correlation([intent for intent, _ in pairs], [reading for _, reading in pairs]),
        asked=len(unforeseen),
        foreseen=mean(foreseen),
        unforeseen=mean(unforeseen),
        surprise=mean([abs(part) for part in unforeseen]),
        audiences=len(audience_pairs),
        same_audience=sum(meant == perception for meant, perception in audience_pairs),
        crossed=sum(pair == ("home", "them") for pair in audience_pairs),
    )


def mirror(acts: tuple[Meaning, ...], side: Side) -> MirrorImage:
    """How `side` saw itself and the other."""
    own = mean([act.intent for act in acts if act.key[0] == side and act.intent is not None])
    other_mean = mean([act.reading for act in acts if act.key[0] == other(side) and act.reading is not None])
    return MirrorImage(side, own, other_mean, None if own is None or other_mean is None else other_mean - own)


def blind_turns(acts: tuple[Meaning, ...]) -> tuple[int, ...]:
    """Turns in which each side meant its acts as benign (mean 0 or less) and took the other's as hostile (+1 or more).

    Of the other's acts those count that arrived in that turn and were read (2021 report; Booth and Wheeler 2008). Found
    from the record, whether or not the rules of the session flag such a turn.
    """
    turns = sorted({act.key[1] for act in acts})
    return tuple(turn for turn in turns if all(_is_blind(acts, side, turn) for side in SIDES))


def _is_blind(acts: tuple[Meaning, ...], side: Side, turn: int) -> bool:
    own = mean([act.intent for act in acts if act.key[:2] == (side, turn) and act.intent is not None])
    mean_reading = mean(
        [act.reading for act in acts if act.key[0] == other(side) and act.arrived == turn and act.reading is not None]
    )
    return own is not None and mean_reading is not None and own <= 0 and mean_reading >= 1


class EachAlone(NamedTuple):
    """What the persons of one team said alone of the acts that reached it, before the team sealed its reading.

    Persons who judge before they talk bring more of what they know than a group that talks at once, and a group often
    ends further out than its members began (Dalkey and Helmer 1963 on polling experts; Stoner 1961 and Myers and Lamm
    1976 on shifts in groups).
    """

    side: Side
    acts: int
    """Acts of which two or more said it."""
    spread: Fraction
    """Mean steps between the most and the least hostile of them."""
    together: int
    """Of those acts: read by the team."""
    shift: Fraction | None
    """Mean of the team's reading minus the mean of what was said alone; above zero, together it took acts as more
    hostile. None where it read none of them.
    """


def each_alone(acts: Sequence[Meaning]) -> tuple[EachAlone, ...]:
    """Each team of which two or more said alone how they take an act; none where nobody did."""
    measures = []
    for side in SIDES:
        judged_acts = [act for act in acts if act.key[0] == other(side) and act.spread is not None]
        if not judged_acts:
            continue
        shifts = [act.reading - (act.mean_alone or Fraction()) for act in judged_acts if act.reading is not None]
        measures.append(
            EachAlone(
                side=side,
                acts=len(judged_acts),
                spread=Fraction(sum(act.spread or 0 for act in judged_acts), len(judged_acts)),
                together=len(shifts),
                shift=sum(shifts, Fraction()) / len(shifts) if shifts else None,
            )
        )
    return tuple(measures)


OF_LINES: Final = 2
"""What a line weighs that an act moved, in steps of the scale of meanings."""


class WeighedExchange(NamedTuple):
    """An act, what came before it and after it, and what it weighs."""

    key: ActKey
    asked: ActKey | None
    """The act that it answered."""
    answer: ActKey | None
    """The act that answered it."""
    surprise: int
    """Steps between what was expected, or meant, and how it was taken."""
    lines: int
    """Red lines that it crossed, conclusions that it filled, and those from which it drew a side back."""
    weight: int
    aloud: int = 0
    """Steps by which public words were taken as hostile; 0 of what was private."""


def weighed(state: State, acts: tuple[Meaning, ...]) -> WeighedExchange | None:
    """The exchange that mattered most; None where no act was read, or none weighs anything."""
    moved = Counter(_moving(state))
    answers = {request.act: request.answer for request in state.requests if request.answer is not None}
    requests = {answer: act for act, answer in answers.items()}
    exchanges = []
    for act in acts:
        if act.reading is None:
            continue
        lines, surprise = moved[act.key], abs(act.surprise)
        aloud = max(act.reading, 0) if act.visibility == "public" else 0
        weight = surprise + OF_LINES * lines + aloud + (act.key in answers or act.key in requests)
        exchange = WeighedExchange(act.key, requests.get(act.key), answers.get(act.key), surprise, lines, weight, aloud)
        exchanges.append(((-weight, *by_surprise(act.key, act.gap, act.unforeseen)), exchange))
    first = min(exchanges, key=lambda ranked: ranked[0], default=None)
    return first[1] if first is not None and first[1].weight else None


def _moving(state: State) -> Iterator[ActKey]:
    """The acts that crossed a line, filled one, or drew a side back, each as often as it did."""
    yield from (crossing.act for crossing in state.crossings if crossing.act is not None)
    line_events = state.events_of(ConclusionDrawn, FurtherFrom)
    yield from (event.act for _, event in line_events if event.act is not None)
