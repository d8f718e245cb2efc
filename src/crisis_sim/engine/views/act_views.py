"""What views have in common: acts and accounts as a seat may know them, lines, guesses, notes, cards to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import UNSET

from crisis_sim.engine.actions import SeatName, Topic
from crisis_sim.engine.acts.notes import notes
from crisis_sim.engine.events import ActKey, Bookmarked, Guess
from crisis_sim.engine.judging.applied_effects import is_crossed
from crisis_sim.engine.judging.conclusions import claimable, is_claimed
from crisis_sim.engine.moment_facts import arrived_in
from crisis_sim.engine.state import Exchange, Sent, State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.asset_views import disclosure_words
from crisis_sim.engine.views.hotwash_facts import FlagFacts, RoomNote, SpreadFacts
from crisis_sim.engine.views.seat_views import CardFacts
from crisis_sim.engine.views.shared_facts import (
    AccountFacts,
    ActFacts,
    CitationFacts,
    ForecastScoreFacts,
    GuessFacts,
    LineFacts,
    NoteFacts,
    PledgeFacts,
    PrincipleFacts,
)
from crisis_sim.rules.names import SIDES, Side, Words, other, owner_of


def by_surprise(key: ActKey, gap: int | None, unforeseen: int | None) -> tuple[int, int, int, bool, int]:
    """What puts acts in order: what its sender did not see coming first, the widest before all; then the widest gap.

    Of equal ones the earlier turn comes first; within a turn the two sides take turns at being named first.
    """
    surprise = gap if unforeseen is None else unforeseen
    side, turn, order = key
    widths = (0 if surprise is None else -abs(surprise), 1 if gap is None else -abs(gap))
    return (*widths, turn, (side == "us") == (turn % 2 == 0), order)


def is_public(sent: Sent) -> bool:
    """The public heard it: it was said in public, or it leaked."""
    return sent.act.visibility == "public" or (sent.act.is_public and sent.arrived > 0)


def act_for(table: GameTable, sent: Sent, reader: Side | None) -> ActFacts:
    """An act as `reader` may know it; None stands for those who know both sides."""
    act = sent.act
    if sent.unclear is not None and reader == other(act.side):
        observed = what_was_seen(table, sent) or {}
        return ActFacts(side=act.side, channel=act.channel, visibility=act.visibility, seen=observed)
    return ActFacts(
        side=act.side,
        channel=act.channel,
        visibility=act.visibility,
        move=act.move,
        text=sent.text,
        translation=sent.translation if reader is None or sent.arrived else "",
        terms=act.terms,
        promise=act.promise,
        about=act.about,
        line=None if act.line is UNSET else _named_line(table, sent),
        asset=act.asset or None,
        taker=act.taker or None,
        told=disclosure_words(table, sent) if act.discloses else None,
        backed=act.backed or None,
        cites=act.cites or None,
        holding=act.answer == "holding",
    )


def _named_line(table: GameTable, sent: Sent) -> Words:
    """The words of the line that an act names."""
    authored = table.lines.get(f"{sent.act.side}/{sent.act.line}")
    return {"": sent.says or ""} if authored is None else authored.says.words


def head_of(table: GameTable, sent: Sent, reader: Side | None) -> ActFacts:
    """The same without its words: who did what, over what."""
    act = sent.act
    if sent.unclear is not None and reader == other(act.side):
        return ActFacts(side=act.side, channel=act.channel, visibility=act.visibility, seen={})
    holding = act.answer == "holding"
    return ActFacts(side=act.side, channel=act.channel, visibility=act.visibility, move=act.move, holding=holding)


def what_was_seen(table: GameTable, sent: Sent) -> Words | None:
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


def line_words(state: State, table: GameTable, side: Side, line: str) -> Words:
    """The words of a line, the scenario's or the team's own; its id if it was taken back."""
    authored = table.lines.get(f"{side}/{line}")
    if authored is not None:
        return authored.says.words
    return {"": next((own.says for own in state.team(side).own_lines if own.id == line), line)}


def words_of_line(state: State, table: GameTable, name: str) -> Words:
    """The words of a line that is named as `side/line`."""
    return line_words(state, table, owner_of(name), name.partition("/")[2])


def is_returned(state: State, act: ActKey, instrument: str) -> bool:
    """An act cites what the other team had cited before it."""
    turn = next(citation.turn for citation in state.citations if citation.act == act)
    return any(
        citation.instrument == instrument and citation.side != act[0] and citation.turn < turn
        for citation in state.citations
    )


def citation_facts(state: State) -> tuple[CitationFacts, ...]:
    """Instruments that teams have cited."""
    return tuple(
        [
            CitationFacts(
                side=citation.side,
                id=citation.instrument,
                turn=citation.turn,
                broken=citation.broken,
                returned=next(
                    (
                        back.turn
                        for back in state.citations
                        if back.instrument == citation.instrument
                        and back.side != citation.side
                        and back.turn > citation.turn
                    ),
                    0,
                ),
            )
            for citation in state.citations
        ]
    )


def pledge_facts(state: State, table: GameTable, side: Side | None, *, past: bool = False) -> tuple[PledgeFacts, ...]:
    """Public words that bind teams at home, and those that did; a stake is for its own team and for who sees both."""
    name = f"pledges/{side}/{past}"
    return table.cache_by_identity(
        name,
        (state.pledges,),
        lambda: tuple(
            [
                PledgeFacts(
                    side=pledge.side,
                    pledge=pledge.pledge,
                    act=head_of(table, state.sent(pledge.act), None),
                    turn=pledge.turn,
                    due=min(pledge.due, table.turns),
                    stake=pledge.stake if side in (None, pledge.side) else None,
                    how=pledge.how,
                    settled=pledge.settled,
                )
                for pledge in state.pledges
                if past or pledge.how is None
            ]
        ),
    )


def forecast_scores(state: State, table: GameTable, side: Side) -> tuple[ForecastScoreFacts, ...]:
    """A team's forecasts that have come due."""
    return table.cache_appended(f"scores/{side}", state.team(side).scored, _score)


def _score(scored: tuple[str, int, int, bool]) -> ForecastScoreFacts:
    name, turn, chance, happened = scored
    return ForecastScoreFacts(id=name, turn=turn, chance=chance, happened=happened)


def notes_of(state: State, *seats: str) -> tuple[NoteFacts, ...]:
    """Notes that these seats took."""
    return tuple(
        [
            NoteFacts(turn=note.turn, text=note.text, talk=talk_of(note.about, note.of))
            for note in notes(state)
            if note.seat in seats
        ]
    )


def talk_of(about: Topic | None, topic_id: str) -> int:
    """The talk that a note is of, by its number; 0 for none."""
    return int(topic_id) if about == "talk" else 0


def room_notes(state: State) -> tuple[RoomNote, ...]:
    """What the room has said, whoever typed it."""
    return tuple(
        [
            RoomNote(seat=note.seat, number=note.number, about=note.about, of=note.of, text=note.text)
            for note in notes(state)
            if note.about is not None and note.about != "talk"
        ]
    )


def bookmarks_of(state: State) -> tuple[NoteFacts, ...]:
    """Places in the log that the facilitator has marked."""
    bookmarks = (event for event in state.notes if type(event) is Bookmarked)
    return tuple([NoteFacts(turn=mark.turn, text=mark.label) for mark in bookmarks])


def line_facts(state: State, table: GameTable, side: Side) -> tuple[LineFacts, ...]:
    """A team's lines: the scenario's, those set aside included, then those that it wrote."""
    team = state.team(side)
    pieces = (state.pressure, team.adopted, team.own_lines, state.crossings, state.claims, state.concluded)
    return table.cache_by_identity(f"lines/{side}", pieces, lambda: tuple(_lines(state, table, side)))


def _lines(state: State, table: GameTable, side: Side) -> Iterator[LineFacts]:
    team = state.team(side)
    for line in table.scenario.teams.team_of(side).lines:
        adopted = line.id in team.adopted
        yield _line(state, table, side, line.id, line.kind, line.concern, line.leads_to, 0, False, adopted)
    for own in team.own_lines:
        yield _line(state, table, side, own.id, own.line, own.concern, own.leads_to, own.weight, True, True)


def _line(
    state: State,
    table: GameTable,
    side: Side,
    line: str,
    kind: Literal["red", "pink"],
    concern: str,
    leads_to: str | None,
    weight: int,
    ours: bool,
    adopted: bool,
) -> LineFacts:
    """One line with where it stands."""
    pressure, conclusion = state.pressure.get(f"{side}/{line}", 0), state.concluded.get(f"{side}/{line}")
    limit = table.pink_of(f"{side}/{line}").limit if kind == "pink" else 0
    standing = _standing(state, table, side, line, kind, pressure, limit)
    return LineFacts(
        id=line,
        kind=kind,
        concern=concern,
        says=line_words(state, table, side, line),
        ours=ours,
        adopted=adopted,
        weight=weight,
        pressure=pressure,
        limit=limit,
        state="aside" if not adopted else "concluded" if conclusion is not None and conclusion.on_alert else standing,
        leads_to=leads_to,
        leads_to_says=line_words(state, table, side, leads_to) if leads_to else None,
        claimable=claimable(state, table, side, line),
        concluded=0 if conclusion is None else conclusion.turn,
        told=0 if conclusion is None else conclusion.told,
    )


def _standing(
    state: State, table: GameTable, side: Side, line: str, kind: str, pressure: int, limit: int
) -> Literal["quiet", "pressed", "near", "full", "claimed", "crossed"]:
    """Where a line that its team holds stands."""
    if is_crossed(state, side, line):
        return "crossed"
    if is_claimed(state, side, line):
        return "claimed"
    if kind == "red" or pressure == 0:
        return "quiet"
    if pressure >= limit:
        return "full"
    return "near" if pressure * 100 >= limit * table.base.lines.near else "pressed"


def principle_facts(state: State) -> tuple[PrincipleFacts, ...]:
    """The sentences before both sides, in the order in which they were put."""
    return tuple(
        [
            PrincipleFacts(
                number=number, says=principle.says, put_by=principle.put_by, by=principle.by, stands=principle.stands
            )
            for number, principle in enumerate(state.principles, 1)
        ]
    )


def guess_facts(guesses: tuple[Guess, ...]) -> tuple[GuessFacts, ...]:
    """A team's guesses, or those it expects of the other, numbered from 1."""
    return tuple(
        [
            GuessFacts(number=number, kind=guess.line, concern=guess.concern, says=guess.says, weight=guess.weight)
            for number, guess in enumerate(guesses, 1)
        ]
    )


def matches(state: State, table: GameTable, owner: Side, guesses: tuple[Guess, ...]) -> tuple[tuple[str, int], ...]:
    """Ids of lines of `owner` that it held, each with the guess of it by its place from 1; its own lines come first."""
    team = state.team(owner)
    free = [(line.id, line.line, line.concern) for line in team.own_lines]
    free += [
        (line.id, line.kind, line.concern)
        for line in table.scenario.teams.team_of(owner).lines
        if line.id in team.adopted
    ]
    pairs = []
    for number, guess in enumerate(guesses, 1):
        for place, (line, kind, concern) in enumerate(free):
            if (kind, concern) == (guess.line, guess.concern):
                pairs.append((line, number))
                free.pop(place)
                break
    return tuple(pairs)


def flag_facts(state: State, table: GameTable) -> tuple[FlagFacts, ...]:
    """What rules have flagged, turn by turn."""
    flags = []
    for turn, flag, name in state.flags:
        rule = table.rules.get(name)
        flags.append(FlagFacts(turn=turn, flag=flag, says=None if rule is None else rule.says.words))
    return tuple(flags)


def pressed_by(state: State, side: Side, act: ActKey) -> tuple[str, ...]:
    """Who of a team has said alone how they take an act, but not what."""
    return tuple(sorted([reading.by for reading in state.team(side).pressed if reading.act == act]))


def spread_facts(state: State, seat: SeatName) -> tuple[SpreadFacts, ...]:
    """What persons said alone: to their own team with labels, to the facilitator without, to nobody else."""
    spreads = []
    for side in SIDES:
        if seat not in (side, "facilitator"):
            continue
        by_act: dict[ActKey, list[tuple[int, str]]] = {}
        for reading in state.team(side).pressed:
            by_act.setdefault(reading.act, []).append((reading.hostility, reading.by if seat == side else ""))
        spreads += [
            SpreadFacts(act="/".join(map(str, act)), said=tuple(sorted(readings)))
            for act, readings in sorted(by_act.items())
        ]
    return tuple(spreads)


def card_facts(state: State, table: GameTable, side: Side) -> Iterator[CardFacts]:
    """What reached a team this turn, to be read."""
    if state.phase != "readings":
        return
    arrived = arrived_in(state, side)
    for number, item in enumerate(arrived, len(state.team(side).inbox) - len(arrived) + 1):
        sent = state.sent(item.act)
        yield CardFacts(
            number=number,
            act=act_for(table, sent, side),
            public=is_public(sent),
            hostility=item.hostility,
            confidence=item.confidence,
            touches=item.touches,
            crosses=item.crosses,
            audience=item.audience,
            answers=_answered(state, table, item.act, side),
            pressed=pressed_by(state, side, item.act),
        )


def _answered(state: State, table: GameTable, answer: ActKey, side: Side) -> ActFacts | None:
    """The request of ours that an act answers, a holding note too."""
    asked_key = next((request.act for request in reversed(state.requests) if request.answer == answer), None)
    return None if asked_key is None else act_for(table, state.sent(asked_key), side)
