"""All measures of one session, from its log alone, and what stands on the record beside them.

Each number of the debrief and of the exports comes from here, as a plain value, so that it can be found again by
anybody who has the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from crisis_sim.engine import events as e
from crisis_sim.engine.state import Crossing, Pledge, Promise, State, Voice
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views import shared_facts
from crisis_sim.engine.views.act_views import citation_facts, principle_facts
from crisis_sim.engine.views.asset_views import asset_stories, private_fact_stories
from crisis_sim.engine.views.channel_use import channel_uses, contacts
from crisis_sim.engine.views.closer_views import closer_stories
from crisis_sim.engine.views.hotwash_facts import AssetStory, ChannelUse, Contact, PrivateFactStory
from crisis_sim.engine.views.record_opened import (
    LineDisclosure,
    belief_facts,
    call_facts,
    conclusions_drawn,
    instruction_facts,
    line_disclosures,
)
from crisis_sim.measures import tension
from crisis_sim.measures.candour import Candour, Openness, candours, openness
from crisis_sim.measures.citing import Citing, citing
from crisis_sim.measures.conduct import Conduct, conduct
from crisis_sim.measures.decisions_made import DecisionsMade, decisions_made
from crisis_sim.measures.forecasts import Foresight, PurposesGuessed, foresight, purposes_guessed
from crisis_sim.measures.line_guesses import LineMap, OrderKnown, line_map, orders_known
from crisis_sim.measures.meanings import (
    Direction,
    EachAlone,
    Meaning,
    MirrorImage,
    WeighedExchange,
    blind_turns,
    direction,
    each_alone,
    meanings,
    mirror,
    weighed,
)
from crisis_sim.measures.tension import at_stake, felt, tension_by, turning_points
from crisis_sim.numbers import Hours, Points
from crisis_sim.rules.names import SIDES, AnswerKind, ConclusionAnswer, Side, Words, other
from crisis_sim.session.course import Course, trace_course
from crisis_sim.session.replay import Replay


class Measures(NamedTuple):
    """Everything that is measured of a session."""

    course: Course
    meanings: tuple[Meaning, ...]
    directions: tuple[Direction, ...]
    exchange: WeighedExchange | None
    """The one that mattered most."""
    alone: tuple[EachAlone, ...]
    """What persons of each team said alone before it sealed its reading; empty where nobody did."""
    mirrors: tuple[MirrorImage, ...]
    blind_turns: tuple[int, ...]
    """Turns in which each side meant well on average and took the other's acts as hostile."""
    lines_before: tuple[LineMap, ...]
    """Guesses of the briefing."""
    lines_after: tuple[LineMap, ...]
    """Guesses of the closing."""
    orders_before: tuple[OrderKnown, ...]
    """Orders of offences as the other side guessed them in the briefing; empty where nobody was asked."""
    orders_after: tuple[OrderKnown, ...]
    """The same in the closing."""
    purposes: tuple[PurposesGuessed, ...]
    """How often each side guessed what the other wanted of a call; empty where nobody was asked."""
    decisions: tuple[DecisionsMade, ...]
    """What each side made of what it was asked to decide."""
    foresights: tuple[Foresight, ...]
    instructions: tuple[shared_facts.InstructionFacts, ...]
    """What each side was told to come home with; empty where no cards were dealt."""
    beliefs: tuple[shared_facts.BeliefFacts, ...]
    """What each side believed, turn by turn; empty where nobody was asked or said anything."""
    openness: tuple[Openness, ...]
    """How much each side told of what it alone knew; empty where no facts can be told."""
    candours: tuple[Candour, ...]
    """How far what each said had moved it closer fits its record; empty where it cannot be asked."""
    citing: tuple[Citing, ...]
    """What each side cited of what had been agreed before; empty where nothing is listed."""
    channels: tuple[ChannelUse, ...]
    contacts: tuple[Contact, ...]
    conducts: tuple[Conduct, ...]
    felt: tuple[tension.Felt, ...]
    tension_by: Mapping[tension.TensionPart, Points]
    """How far tension went by acts of each side, and by all else."""
    turning_points: tuple[tension.TurningPoint, ...]
    at_stake: tuple[tension.AtStake, ...]


def measured(replay: Replay) -> Measures:
    """The measures of a session as far as its log goes."""
    state, table = replay.state, replay.table
    course = trace_course(table, replay.ends)
    acts = meanings(state, table)
    return Measures(
        course=course,
        meanings=acts,
        directions=tuple(direction(acts, side) for side in SIDES),
        exchange=weighed(state, acts),
        alone=each_alone(acts),
        mirrors=tuple(mirror(acts, side) for side in SIDES),
        blind_turns=blind_turns(acts),
        lines_before=tuple(line_map(state, table, side, state.team(other(side)).guesses_before) for side in SIDES),
        lines_after=tuple(line_map(state, table, side, state.team(other(side)).guesses_after) for side in SIDES),
        orders_before=orders_known(state, table, "before"),
        orders_after=orders_known(state, table, "after"),
        purposes=purposes_guessed(state, table),
        decisions=decisions_made(state),
        foresights=tuple(foresight(state, side) for side in SIDES),
        instructions=instruction_facts(state, table),
        beliefs=belief_facts(state, table),
        openness=openness(state, table),
        candours=candours(state, table),
        citing=citing(state, table),
        channels=channel_uses(state, table),
        contacts=contacts(state),
        conducts=tuple(conduct(state, table, side, acts) for side in SIDES),
        felt=felt(course, state),
        tension_by=tension_by(course, state),
        turning_points=turning_points(course),
        at_stake=at_stake(state, table),
    )


class Sending(NamedTuple):
    """An act and the entry of the log with which it was sent."""

    act: e.ActKey
    entry: int


class RequestRecord(NamedTuple):
    """Something asked, and what became of it."""

    act: e.ActKey
    due: Hours
    """Game hour by which an answer was due."""
    silent: bool
    """Nobody answered in time, whether or not somebody did later."""
    how: AnswerKind | None
    """How it was answered in the end; a note that holds off is no answer."""
    answer: e.ActKey | None


class PinkLine(NamedTuple):
    """How far a pink line was pressed."""

    line: str
    """`side/line`."""
    pressure: Points
    """Pressure at the end of the session."""
    limit: Points


class Near(NamedTuple):
    """A pink line that came near its limit."""

    side: Side
    line: str
    turn: int
    pressure: Points
    limit: Points


class ConclusionRecord(NamedTuple):
    """A conclusion that a team drew, since a pink line of its own was full."""

    side: Side
    line: str
    leads_to: str
    """The red line that it believed the other side to be coming for."""
    turn: int
    felt_moved: Points
    trust_moved: Points
    drawn_back: int
    """Turn in which it was drawn back from it; 0 if it never was."""
    answer: ConclusionAnswer | None
    """What the team did with it; None if nobody asked it."""
    said: bool
    """It said so; else it held because it said nothing."""


class Register(NamedTuple):
    """Everything that was sent, asked, promised and agreed in a session."""

    entries: tuple[Sending, ...]
    requests: tuple[RequestRecord, ...]
    promises: tuple[Promise, ...]
    pledges: tuple[Pledge, ...]
    """What bound a team at home."""
    principles: tuple[shared_facts.PrincipleFacts, ...]
    """Sentences that were put once play was over, and whether both accept them."""
    citations: tuple[shared_facts.CitationFacts, ...]
    """Instruments that teams have cited, whether they acted against them, and whether they were cited back."""
    voices: tuple[Voice, ...]
    """Hard voices there, and those that asked for a decision."""
    spared: tuple[e.ActKey, ...]
    """Acts that cost nothing there."""
    assets: tuple[AssetStory, ...]
    private_facts: tuple[PrivateFactStory, ...]
    """What each side alone knew, and how it told it."""
    closer: tuple[shared_facts.CloserStory, ...]
    """What moved each side closer, as it said when it was asked."""
    pink_lines: tuple[PinkLine, ...]
    """Those that can be pressed, in the order of the lines; dropped ones are gone."""
    near_misses: tuple[Near, ...]
    conclusions: tuple[ConclusionRecord, ...]
    tellings: tuple[LineDisclosure, ...]
    crossings: tuple[Crossing, ...]
    rung: Words
    """What the stretch of tension is called in which the session ended."""
    exchanges: tuple[tuple[int, Literal["match", "differ", "one-sided"] | None], ...]
    """Turn of each private exchange that was held, and how the two accounts of it compare; None without any."""
    calls: tuple[shared_facts.CallFacts, ...]
    """What each side wanted of each of them, and what came of it; empty where nobody was asked."""


def register(replay: Replay) -> Register:
    """The register of a session as far as its log goes."""
    state, table = replay.state, replay.table
    silent = {event.act for _, event in state.events_of(e.RequestUnanswered)}
    return Register(
        entries=tuple(
            Sending(event.act.key, entry.seq)
            for entry in replay.log.entries
            for event in entry.events
            if type(event) is e.ActSent
        ),
        requests=tuple(
            RequestRecord(request.act, request.due_hour, request.act in silent, request.how, request.answer)
            for request in state.requests
        ),
        promises=state.promises,
        pledges=state.pledges,
        principles=principle_facts(state),
        citations=citation_facts(state),
        voices=state.voices,
        spared=state.spared,
        assets=asset_stories(state, table),
        private_facts=private_fact_stories(state, table, "facilitator"),
        closer=closer_stories(state, table),
        pink_lines=tuple(
            PinkLine(name, state.pressure[name], table.pink_of(name).limit)
            for side in SIDES
            for name in state.pressed(side)
        ),
        near_misses=tuple(
            Near(event.side, event.line, turn, event.pressure, event.limit)
            for turn, event in state.events_of(e.NearMiss)
        ),
        conclusions=tuple(
            ConclusionRecord(
                event.side,
                event.line,
                event.leads_to,
                turn,
                event.felt,
                -event.trust,
                drawn_back,
                None if answered is None else answered.answer,
                answered is not None and answered.said,
            )
            for turn, event, drawn_back, answered in conclusions_drawn(state)
        ),
        tellings=tuple(line_disclosures(state)),
        crossings=state.crossings,
        rung=_rung(state, table),
        exchanges=tuple((exchange.turn, exchange.result) for exchange in state.exchanges),
        calls=call_facts(state, table),
    )


def _rung(state: State, table: GameTable) -> Words:
    """The rung on which tension ended."""
    rungs = table.base.tension.rungs
    return [rung for rung in rungs if rung.at <= state.tension or rung is rungs[0]][-1].name.words
