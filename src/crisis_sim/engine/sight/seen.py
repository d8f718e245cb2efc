"""What views have in common: acts and accounts as a seat may know them, tracks, scores, notes and bookmarks."""

from __future__ import annotations

from crisis_sim.engine.acts.notes import notes
from crisis_sim.engine.events import Bookmarked
from crisis_sim.engine.sight.hotwash_facts import RoomNote
from crisis_sim.engine.sight.parts import AccountFacts, ActFacts, ForecastScoreFacts, ScoreFacts, SideScore, TrackFacts
from crisis_sim.engine.sight.views import NoteFacts
from crisis_sim.engine.state import Exchange, Sent, State
from crisis_sim.engine.table import Table
from crisis_sim.rules.names import SIDES, Side, Words, other


def is_public(sent: Sent) -> bool:
    """The public heard it: it was said in public, or it leaked."""
    return sent.act.visibility == "public" or (sent.act.outcome == "leaked" and sent.arrived > 0)


def act_for(table: Table, sent: Sent, reader: Side | None) -> ActFacts:
    """An act as `reader` may know it; None stands for those who know both sides."""
    act = sent.act
    if sent.unclear is not None and reader == other(act.side):
        seen = what_was_seen(table, sent) or {}
        return ActFacts(side=act.side, channel=act.channel, visibility=act.visibility, seen=seen)
    return ActFacts(
        side=act.side,
        channel=act.channel,
        visibility=act.visibility,
        move=act.move,
        text=sent.text,
        terms=act.terms,
        promise=act.promise,
        about=act.about,
    )


def head_of(table: Table, sent: Sent, reader: Side | None) -> ActFacts:
    """The same without its words: who did what, over what."""
    act = sent.act
    if sent.unclear is not None and reader == other(act.side):
        return ActFacts(side=act.side, channel=act.channel, visibility=act.visibility, seen={})
    return ActFacts(side=act.side, channel=act.channel, visibility=act.visibility, move=act.move)


def what_was_seen(table: Table, sent: Sent) -> Words | None:
    """What its receiver saw instead of an act; None where it saw the act."""
    if sent.unclear is None:
        return None
    unclear = table.rules[sent.unclear].then.unclear
    return None if unclear is None else unclear.words


def accounts_of(exchange: Exchange) -> tuple[AccountFacts, ...]:
    """The accounts of an exchange that were given, the US before China."""
    return tuple([account for side in SIDES if (account := account_of(exchange, side)) is not None])


def account_of(exchange: Exchange, side: Side) -> AccountFacts | None:
    """One side's account; None if it has given none."""
    readout = exchange.us if side == "us" else exchange.china
    if readout is None:
        return None
    return AccountFacts(side=side, outcome=readout.outcome, tone=readout.tone, text=readout.text)


def line_words(state: State, table: Table, side: Side, line: str) -> Words:
    """The words of a line, the scenario's or the team's own; its id if it was taken back."""
    authored = table.lines.get(f"{side}/{line}")
    if authored is not None:
        return authored.says.words
    return {"": next((own.says for own in state.team(side).own_lines if own.id == line), line)}


def track_facts(state: State, table: Table) -> tuple[TrackFacts, ...]:
    """The tracks as everybody sees them."""
    before = state.tracks_before
    return tuple(
        [
            TrackFacts(id=track, value=state.tracks[track], change=state.tracks[track] - before.get(track, of.start))
            for track, of in table.scenario.tracks.items()
        ]
    )


def score_facts(state: State, sides: tuple[Side, ...] = SIDES) -> ScoreFacts:
    """Tension as it stands, and the own numbers of these sides, which their sealed readings have moved."""
    return ScoreFacts(
        tension=state.tension,
        curve=tuple([tension for tension, _, _ in state.curve]),
        sides=tuple([_side_score(state, side) for side in sides]),
    )


def _side_score(state: State, side: Side) -> SideScore:
    place = 1 + SIDES.index(side)
    felt = tuple([point[place] for point in state.curve])
    return SideScore(
        side=side, felt=state.felt[side], curve=felt, trust=state.trust[side], standing=state.standing[side]
    )


def forecast_scores(state: State, side: Side) -> tuple[ForecastScoreFacts, ...]:
    """A team's forecasts that have come due."""
    return tuple(
        [
            ForecastScoreFacts(id=name, turn=turn, chance=chance, happened=happened)
            for name, turn, chance, happened in state.team(side).scored
        ]
    )


def notes_of(state: State, *seats: str) -> tuple[NoteFacts, ...]:
    """Notes that these seats took."""
    return tuple([NoteFacts(turn=note.turn, text=note.text) for note in notes(state) if note.seat in seats])


def room_notes(state: State) -> tuple[RoomNote, ...]:
    """What the room has said, whoever typed it."""
    return tuple(
        [
            RoomNote(seat=note.seat, number=note.number, about=note.about, of=note.of, text=note.text)
            for note in notes(state)
            if note.about is not None
        ]
    )


def bookmarks_of(state: State) -> tuple[NoteFacts, ...]:
    """Places in the log that the facilitator has marked."""
    told = (event for event in state.written if type(event) is Bookmarked)
    return tuple([NoteFacts(turn=mark.turn, text=mark.label) for mark in told])
