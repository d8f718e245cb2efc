"""What is opened of a record after play: cards and beliefs, calls, conclusions, tracks, lines told of, and orders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Literal, NamedTuple

from msgspec import UNSET

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.acts.notes import notes
from crisis_sim.engine.events import ActKey, ConclusionAnswered, ConclusionDrawn, FurtherFrom
from crisis_sim.engine.instructions import dealt
from crisis_sim.engine.judging.at_home import call_result, is_public_at_home
from crisis_sim.engine.outcomes import outcome_of
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.act_views import head_of
from crisis_sim.engine.views.dossiers import instruction_entry, track_entry
from crisis_sim.engine.views.feed_item_builders import when_marked
from crisis_sim.engine.views.hotwash_facts import CourseFacts, OrderFacts, TalkFacts
from crisis_sim.engine.views.score_views import sees_track
from crisis_sim.engine.views.shared_facts import BeliefFacts, CallFacts, InstructionFacts, OutcomeFacts
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import SIDES, Side, Visibility, Words, other


def instruction_facts(state: State, table: GameTable) -> tuple[InstructionFacts, ...]:
    """Both teams' cards; none where none were dealt."""
    cards = ((side, instruction_entry(table, side)) for side in SIDES)
    return tuple(
        [
            InstructionFacts(side=side, card=entry.card, says=entry.says, met=state.team(side).card_met)
            for side, entry in cards
            if entry is not None
        ]
    )


def belief_facts(state: State, table: GameTable) -> tuple[BeliefFacts, ...]:
    """What each team believed of the other, turn by turn; nothing of a team that said nothing."""
    beliefs = ((side, state.team(side).believed, bool(dealt(table).get(other(side)))) for side in SIDES)
    return tuple([BeliefFacts(side=side, said=chances, came=came) for side, chances, came in beliefs if chances])


def brier(forecasts: Sequence[tuple[int, bool]]) -> Fraction | None:
    """Brier score of chances and of what came, (1/N) Σ (f − o)² (Brier 1950); None if nothing was said."""
    squares = [(chance - 100 * came) ** 2 for chance, came in forecasts]
    return Fraction(sum(squares), 100**2 * len(squares)) if squares else None


def brier_of(belief: BeliefFacts) -> Fraction | None:
    """That of a belief."""
    return brier([(chance, belief.came) for _turn, chance in belief.said])


def call_facts(state: State, table: GameTable) -> tuple[CallFacts, ...]:
    """Every call of which somebody sealed what it was for, in the order of play."""
    calls = []
    for exchange in state.exchanges if table.calls is not None else ():
        acts, came = [state.sent(key).act for key in exchange.acts], call_result(state, table, exchange)
        facts = CallFacts(
            turn=exchange.turn,
            act=head_of(table, state.sent(exchange.request), None),
            purposes={act.side: value_or_none(act.purpose) for act in acts},
            guesses={act.side: value_or_none(act.their_purpose) for act in acts},
            heard_of=is_public_at_home(state, exchange),
            requests=tuple([head_of(table, state.sent(key), None) for key in came.requests]),
            promises=came.promises,
        )
        calls.append(facts)
    return tuple(calls)


def talk_facts(state: State, table: GameTable) -> tuple[TalkFacts, ...]:
    """Every call and meeting of which anything was noted or written, in the order of play."""
    talk_notes = [note for note in notes(state) if note.about == "talk"]
    talks = []
    for number, exchange in enumerate(state.exchanges, 1):
        own = {side: tuple([n.text for n in talk_notes if (n.seat, n.of) == (side, str(number))]) for side in SIDES}
        if exchange.said or any(own.values()):
            act = head_of(table, state.sent(exchange.request), None)
            talks.append(TalkFacts(turn=exchange.turn, act=act, notes=own, said=exchange.said))
    return tuple(talks)


class DrawnConclusion(NamedTuple):
    """A conclusion that a team drew."""

    turn: int
    event: ConclusionDrawn
    drawn_back: int = 0
    """Turn in which the team was drawn back from it; 0 if it never was."""
    answered: ConclusionAnswered | None = None
    """What the team did with it; None if nobody asked it."""

    @property
    def name(self) -> str:
        """The pink line, as `side/line`."""
        return f"{self.event.side}/{self.event.line}"


def conclusions_drawn(state: State) -> tuple[DrawnConclusion, ...]:
    """All of them, in the order of play."""
    conclusions: list[DrawnConclusion] = []
    for turn, event in state.events_of(ConclusionDrawn, FurtherFrom, ConclusionAnswered):
        if isinstance(event, ConclusionDrawn):
            conclusions.append(DrawnConclusion(turn, event))
        elif isinstance(event, FurtherFrom | ConclusionAnswered):
            name = f"{event.side}/{event.line}"
            last = max(place for place, conclusion in enumerate(conclusions) if conclusion.name == name)
            if isinstance(event, FurtherFrom):
                conclusions[last] = conclusions[last]._replace(drawn_back=turn)
            else:
                conclusions[last] = conclusions[last]._replace(answered=event)
    return tuple(conclusions)


def course_facts(state: State, table: GameTable, seat: SeatName | None = None) -> tuple[CourseFacts, ...]:
    """Every track from start to end; for a seat those that it sees, and not who is held to have withheld help."""
    return tuple(_courses(state, table, seat))


def _courses(state: State, table: GameTable, seat: SeatName | None) -> Iterator[CourseFacts]:
    for track, settings in table.scenario.tracks.items():
        if seat is not None and not sees_track(seat, settings.of):
            continue
        end = state.tracks[track]
        if settings.runs_out:
            way = "ran-out" if end <= settings.least else "ran-down"
        elif end == settings.start:
            way = "same"
        else:
            way = "better" if (end > settings.start) == (settings.good == "up") else "worse"
        marks, own = (
            tuple(_marks(state, table, track, seat or "facilitator")),
            None if settings.of is None else track_entry(settings),
        )
        came = outcome_of(state, table, track)
        withheld = () if came is None or seat is not None else came.withheld
        outcome = None if came is None else OutcomeFacts(lost=came.lost, withheld=withheld)
        yield CourseFacts(id=track, start=settings.start, end=end, way=way, marks=marks, outcome=outcome, own=own)  # type: ignore[arg-type]  # one of them


def _marks(state: State, table: GameTable, track: str, seat: SeatName) -> Iterator[tuple[int, Words]]:
    """What came to pass on a track, each with its hour."""
    for turn, event in state.events_of(e.TrackMarked):
        if event.track == track:
            hour, _cause = when_marked(state, table, turn, event, seat)
            yield hour, table.scenario.tracks[track].marks[event.mark].says.words


class LineDisclosure(NamedTuple):
    """An act by which a team told the other side of a line of its own."""

    act: ActKey
    line: str
    visibility: Visibility
    arrived: int
    """Turn in which it did; 0 if it never did."""
    is_bluff: bool
    """Until then its team had drawn no conclusion on that line, or about it, nor held it crossed."""


def line_disclosures(state: State) -> Iterator[LineDisclosure]:
    """All of them, in the order in which they were sent."""
    for key, sent in state.acts.items():
        line = sent.act.line
        if line is not UNSET:
            believed = _is_believed(state, key, line)
            yield LineDisclosure(key, line, sent.act.visibility, sent.arrived, not believed)


def _is_believed(state: State, key: ActKey, line: str) -> bool:
    """A team had reason of its own to say so of a line, before the turn of the act."""
    side, turn, _order = key
    crossings = (*state.crossings, *state.claims)
    if any(crossing.turn < turn and (crossing.side, crossing.line) == (side, line) for crossing in crossings):
        return True
    conclusions = state.events_of(ConclusionDrawn, before=turn)
    return any(event.side == side and line in (event.line, event.leads_to) for _, event in conclusions)


def kendall_tau(order: Sequence[str], guess: Sequence[str]) -> Fraction | None:
    """Kendall's tau of two orders of the same acts, −1 the reverse … 1 the same; None where one of them is missing.

    Of all pairs of acts, those in the same order less those in the other, by their number (Kendall 1938). No two acts
    share a place, so that tau-a and tau-b are one.
    """
    if not order or sorted(order) != sorted(guess):
        return None
    places = [guess.index(act) for act in order]
    pairs = list(combinations(places, 2))
    return Fraction(sum(1 if one < two else -1 for one, two in pairs), len(pairs))


def guess_of(state: State, side: Side, stage: Literal["before", "after"]) -> tuple[str, ...]:
    """What the other team thought that the order of `side` is."""
    team = state.team(other(side))
    return team.order_guess_before if stage == "before" else team.order_guess_after


def order_facts(state: State, table: GameTable) -> tuple[OrderFacts, ...]:
    """Both teams; none where nobody was asked."""
    return () if table.card is None else tuple([_order_facts(state, side) for side in SIDES])


def _order_facts(state: State, side: Side) -> OrderFacts:
    order, guess_before, guess_after = (
        state.team(side).order,
        guess_of(state, side, "before"),
        guess_of(state, side, "after"),
    )
    return OrderFacts(
        side=side,
        order=order,
        guessed_before=guess_before,
        guessed_after=guess_after,
        tau_before=_hundredths(kendall_tau(order, guess_before)),
        tau_after=_hundredths(kendall_tau(order, guess_after)),
    )


def _hundredths(tau: Fraction | None) -> int | None:
    return None if tau is None else round(tau * 100)
