"""What a seat may see; and of it what the white cell sees: the room, the plan, and why each number moved.

Every door asks here: screens, rooms, bots, handouts, replay lenses. Nothing else hides or shows anything, so a leak has
one address. A view is built from what its seat may know, never by taking things away from the state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, cast

from msgspec.structs import replace

from crisis_sim.content.scenario import Inject
from crisis_sim.engine import events as e
from crisis_sim.engine.actions import AGENT, SeatName
from crisis_sim.engine.acts.closer import can_be_put
from crisis_sim.engine.acts.phases import waiting_for
from crisis_sim.engine.judging.applied_effects import is_crossed
from crisis_sim.engine.judging.limits import scale_of
from crisis_sim.engine.state import INJECT_HELD, SKIPPED, Received, Sent, State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views import act_views
from crisis_sim.engine.views.asset_views import asset_facts, private_fact_stories
from crisis_sim.engine.views.feed import displayed_hour, feed_for
from crisis_sim.engine.views.feed_item_builders import at_end, numbers_at
from crisis_sim.engine.views.hotwash_view import hotwash_facts
from crisis_sim.engine.views.score_views import score_facts, track_facts
from crisis_sim.engine.views.seat_views import (
    ActRecord,
    Board,
    FacilitatorView,
    InjectFacts,
    InjectStanding,
    MeterFacts,
    ObserverView,
    ProposedCrossing,
    TeamView,
    TraceFacts,
    TruthFacts,
    View,
)
from crisis_sim.engine.views.shared_facts import ScoreFacts
from crisis_sim.engine.views.team_view import (
    OF_TEAM,
    channel_facts,
    commitment_facts,
    decision_facts,
    draft_facts,
    request_facts,
)
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import SIDES, Side, TrackNumbers, other


def view_for(state: State, table: GameTable, seat: SeatName) -> View:
    """Everything that `seat` is shown now."""
    kind, parts = PARTS[seat]
    return kind(**{name: part(state, table, seat) for name, part in parts.items()})


def lazy_view_for(state: State, table: GameTable, seat: SeatName) -> View:
    """The same for a seat that reads little of its view: each part is made when it is first read."""
    return cast("View", _Glance(state, table, seat))


class _Glance:
    """A view whose parts are made one by one."""

    __slots__ = ("__dict__", "_kind", "_moment", "_parts")

    def __init__(self, state: State, table: GameTable, seat: SeatName) -> None:
        self._moment = state, table, seat
        self._kind, self._parts = PARTS[seat]

    @property  # type: ignore[misc]  # nobody sets it
    def __class__(self) -> type:
        return self._kind

    def __getattr__(self, name: str) -> object:
        part = self._parts.get(name)
        if part is None:
            raise AttributeError(name)
        value = vars(self)[name] = part(*self._moment)
        return value


def _is_open(state: State) -> bool:
    """What was sealed has been opened."""
    return state.phase in {"hotwash", "closed"}


def _score(state: State, table: GameTable, seat: SeatName) -> ScoreFacts | None:
    """The scores that a seat may know: what sealed readings have moved is its side's own until the hotwash."""
    if seat == "facilitator" or _is_open(state):
        return score_facts(state)
    if table.show == "own":
        return None
    return score_facts(state, (seat,) if seat in ("us", "china") else ())


TRACED = frozenset(
    {
        *(e.ActWeighed, e.NumberMoved, e.LinePressed, e.LineCrossed, e.FactSet, e.Overridden),
        *(e.ConclusionDrawn, e.FurtherFrom, e.CrossingProposed, e.CrossingClaimed, e.CrossingDeclared),
        *(e.AssetConcealed, e.FactDisclosed, e.FactCameOut),
        *(e.PledgeBound, e.PledgeSettled, e.ConcessionSpared),
    }
)
"""Kinds of event that say why a number changed, or what was made of one."""


def _msel(state: State, table: GameTable) -> tuple[InjectFacts, ...]:
    """The plan."""
    numbered = table.numbered
    delays = {voice.inject: voice.delays for voice in state.voices if voice.delays}
    return table.cache_by_identity(
        "msel",
        (state.injects, state.due_injects, state.turn, state.ends, state.voices, state.tracks if numbered else None),
        lambda: tuple(
            [
                InjectFacts(
                    id=inject.id,
                    at=inject.at,
                    state=_standing(state, table, inject),
                    numbers=_numbers(state, table, inject, numbered[inject.id]) if inject.id in numbered else (),
                    delays=delays.get(inject.id, 0),
                )
                for inject in table.scenario.msel
            ]
        ),
    )


def _numbers(state: State, table: GameTable, inject: Inject, track_names: tuple[str, ...]) -> TrackNumbers:
    """Where the tracks stood that an inject's text names, as it last came; before it has, where they stand."""
    came = state.injects.get(inject.id, 0)
    for event in reversed(tuple(state.turn_events[came]) if came > 0 else ()):
        if isinstance(event, e.InjectDelivered) and event.inject == inject.id:
            return numbers_at(state, table, came, displayed_hour(state, table, came, event), event.numbers or ())
    return tuple([(track, state.tracks[track]) for track in track_names])


def _board(state: State, table: GameTable, side: Side) -> Board:
    """One team's board."""
    team = state.team(side)
    return Board(
        side=side,
        committed=team.committed,
        standing=state.standing[side],
        trust=state.trust[side],
        felt=state.felt[side],
        lines=act_views.line_facts(state, table, side),
        guesses=act_views.guess_facts(team.guesses_after or team.guesses_before),
        order=team.order,
        order_guess=team.order_guess_after or team.order_guess_before,
        drafts=draft_facts(state, table, side),
        requests=request_facts(state, table, side),
        decisions=decision_facts(state, table, side),
        expectation=state.expectation.get(side),
        belief=team.believed[-1][1] if team.believed else None,
    )


def _standing(state: State, table: GameTable, inject: Inject) -> InjectStanding:
    """Where an inject stands in the plan."""
    turn = state.injects.get(inject.id)
    if turn is not None:
        return "skipped" if turn == SKIPPED else "held" if turn == INJECT_HELD else "past"
    if table.length not in inject.lengths:
        return "not-in-length"
    if inject.id in state.due_injects:
        return "set-off"
    if inject.by_hand:
        return "by-hand"
    last = inject.last_hour(table.hours[:-1])
    if last is not None and state.ends > last:
        return "expired"
    if inject.when is not None or (inject.after is not None and state.injects.get(inject.after.inject, 0) < 1):
        return "contingent"
    return "due" if inject.at <= state.ends else "planned"


def _acts(state: State, table: GameTable) -> tuple[ActRecord, ...]:
    """Every act as it is: meant, fared, read, weighed. Those to which nothing has happened are told as before."""
    cache: dict[e.ActKey, tuple[Sent, Received | None, int, ActRecord]] = table.memos.setdefault("acts", {})
    readings = {item.act: item for side in SIDES for item in state.team(side).inbox}
    records, weights = [], table.cache_by_identity("weights", (state.curve,), state.weights)
    for key, sent in state.acts.items():
        item, weight, entry = readings.get(key), weights.get(key, sent.weight), cache.get(key)
        if entry is None or entry[0] is not sent or entry[1] is not item or entry[2] != weight:
            entry = cache[key] = sent, item, weight, _act(table, sent, item, weight)
        records.append(entry[3])
    return tuple(records)


def _act(table: GameTable, sent: Sent, item: Received | None, weight: int) -> ActRecord:
    """One act, as it was read, and what it has come to weigh."""
    act = sent.act
    return ActRecord(
        turn=act.turn,
        order=act.order,
        act=act_views.act_for(table, sent, None),
        intent=act.intent,
        expected=value_or_none(act.expected),
        audience=value_or_none(act.audience),
        taken_for=item.audience if item is not None else None,
        outcome="late" if act.outcome == "in-time" and sent.arrived > act.turn else act.outcome,
        reading=item.hostility if item is not None else None,
        confidence=item.confidence if item is not None else None,
        weight=weight,
        revealed=sent.revealed,
        arrived=sent.arrived,
    )


def _traces(state: State, table: GameTable) -> Iterator[TraceFacts]:
    """Why numbers changed in this turn and the one before, oldest first."""
    for turn in range(max(0, state.turn - 1), state.turn + 1):
        for event in state.turn_events[turn]:
            if (trace := trace_facts(state, table, turn, event)) is not None:
                yield trace


def trace_facts(state: State, table: GameTable, turn: int, event: e.AnyEvent) -> TraceFacts | None:
    """Why a number changed, with what is needed to tell it; None for events that say nothing of that."""
    if type(event) not in TRACED:
        return None
    match event:
        case e.ActWeighed(act=act) | e.ConcessionSpared(act=act):
            return TraceFacts(turn=turn, event=event, act=act_views.head_of(table, state.sent(act), None))
        case e.ConclusionDrawn(side=side, line=line, leads_to=red) | e.FurtherFrom(side=side, line=line, leads_to=red):
            words = act_views.line_words(state, table, side, line)
            return TraceFacts(
                turn=turn, event=event, line=words, leads_to=act_views.line_words(state, table, side, red)
            )
        case (
            e.LinePressed(side=side, line=line)
            | e.LineCrossed(side=side, line=line)
            | e.CrossingProposed(side=side, line=line)
            | e.CrossingClaimed(side=side, line=line)
            | e.CrossingDeclared(side=side, line=line)
        ):
            return TraceFacts(turn=turn, event=event, line=act_views.line_words(state, table, side, line))
        case e.NumberMoved(meter=meter, trace=trace) if meter == "readiness" and trace.rule == "decay":
            return None
        case e.NumberMoved(meter="pressure", of=name) | e.Overridden(meter="pressure", of=name):
            return TraceFacts(turn=turn, event=event, line=act_views.words_of_line(state, table, name))
        case _:
            return TraceFacts(turn=turn, event=event)


def _proposed(state: State, table: GameTable) -> Iterator[ProposedCrossing]:
    """Crossings that rules have proposed or teams claimed, oldest first."""
    for turn, event in state.events_of(e.CrossingProposed, e.CrossingClaimed):
        rule, place = ("", "") if isinstance(event, e.CrossingClaimed) else (event.rule, event.at)
        yield ProposedCrossing(
            turn=turn,
            side=event.side,
            id=event.line,
            line=act_views.line_words(state, table, event.side, event.line),
            by=other(event.side),
            rule=rule,
            at=place,
            act=None if event.act is None else act_views.head_of(table, state.sent(event.act), None),
            is_open=not is_crossed(state, event.side, event.line),
        )


def _meters(state: State, table: GameTable) -> Iterator[MeterFacts]:
    """Every number that can be overridden, with its scale."""
    for meter in _settable(state, table):
        low, high = scale_of(table, meter.meter, meter.of)
        yield replace(meter, least=low, most=high)


def _settable(state: State, table: GameTable) -> Iterator[MeterFacts]:
    yield MeterFacts(meter="tension", of="", value=state.tension)
    for side in SIDES:
        yield MeterFacts(meter="felt", of=side, value=state.felt[side])
        yield MeterFacts(meter="trust", of=side, value=state.trust[side])
        yield MeterFacts(meter="standing", of=side, value=state.standing[side])
        if side in state.expectation:
            yield MeterFacts(meter="expectation", of=side, value=state.expectation[side])
        for name in state.pressed(side):
            words = act_views.words_of_line(state, table, name)
            yield MeterFacts(meter="pressure", of=name, value=state.pressure[name], line=words)
    for track, value in state.tracks.items():
        yield MeterFacts(meter="track", of=track, value=value)
    for channel, value in state.readiness.items():
        yield MeterFacts(meter="readiness", of=channel, value=value)


COMMON: Final[Mapping[str, Callable[[State, GameTable, Any], Any]]] = {  # Any: seats of a kind; fields
    "seat": lambda state, table, seat: seat,
    "session": lambda state, table, seat: table.session,
    "phase": lambda state, table, seat: state.phase,
    "turn": lambda state, table, seat: state.turn,
    "turns": lambda state, table, seat: table.turns,
    "hour": lambda state, table, seat: state.hour,
    "next_hour": lambda state, table, seat: state.ends,
    "paused": lambda state, table, seat: state.paused,
    "waiting_for": lambda state, table, seat: waiting_for(state),
    "bots": lambda state, table, seat: tuple(
        [name for name, (occupant, _) in state.seats.items() if occupant == "bot"]
    ),
    "programs": lambda state, table, seat: tuple(
        [name for name, occupant in state.seats.items() if occupant == ("bot", AGENT)]
    ),
    "minutes": lambda state, table, seat: table.minutes + state.extra_minutes,
    "tracks": track_facts,
    "feed": lambda state, table, seat: at_end(state, feed_for(state, table, seat)),
    "score": _score,
    "hotwash": lambda state, table, seat: hotwash_facts(state, table, seat) if _is_open(state) else None,
    "lead": lambda state, table, seat: state.lead,
}
"""What makes each part that every seat sees."""
OF_FACILITATOR: Final[Mapping[str, Callable[[State, GameTable, Any], Any]]] = {  # Any: as above
    "us": lambda state, table, seat: _board(state, table, "us"),
    "china": lambda state, table, seat: _board(state, table, "china"),
    "channels": lambda state, table, seat: channel_facts(state, table),
    "msel": lambda state, table, seat: _msel(state, table),
    "acts": lambda state, table, seat: _acts(state, table),
    "traces": lambda state, table, seat: tuple(_traces(state, table)),
    "facts": lambda state, table, seat: tuple(
        [TruthFacts(fact=fact, of=side, since=since) for (fact, side), since in state.truths.items()]
    ),
    "flags": lambda state, table, seat: act_views.flag_facts(state, table),
    "commitments": lambda state, table, seat: commitment_facts(state, table),
    "pledges": lambda state, table, seat: act_views.pledge_facts(state, table, None),
    "principles": lambda state, table, seat: act_views.principle_facts(state),
    "citations": lambda state, table, seat: act_views.citation_facts(state),
    "notes": lambda state, table, seat: act_views.notes_of(state, "facilitator", "observer"),
    "bookmarks": lambda state, table, seat: act_views.bookmarks_of(state),
    "meters": lambda state, table, seat: tuple(_meters(state, table)),
    "proposed": lambda state, table, seat: table.cache_by_identity(
        "proposed",
        (state.curve, state.injects, state.marked, state.crossings, state.claims),  # as whatever proposes one
        lambda: tuple(_proposed(state, table)),
    ),
    "assets": asset_facts,
    "private_facts": private_fact_stories,
    "agreed": lambda state, table, seat: state.agreed,
    "models": lambda state, table, seat: tuple([event for event in state.models if event.report.trouble]),
    "can_ask": lambda state, table, seat: not state.paused and can_be_put(state, table),
}
"""What makes each further part of the facilitator's view."""
_OF_TEAM: Final = TeamView, {**COMMON, **OF_TEAM}
PARTS: Final[
    Mapping[SeatName, tuple[type[View], Mapping[str, Callable[[State, GameTable, Any], Any]]]]
] = {  # Any: as above
    "us": _OF_TEAM,
    "china": _OF_TEAM,
    "facilitator": (FacilitatorView, {**COMMON, **OF_FACILITATOR}),
    "observer": (ObserverView, COMMON),
}
"""Each seat's kind of view, and what makes each part of it."""
