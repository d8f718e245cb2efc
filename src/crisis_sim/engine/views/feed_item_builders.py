"""What a feed tells beside acts: tracks, lines, and what teams are held to at home and by what they said.

What home asks is its own team's to know; what became of a public word, and that a voice spoke or waits, both hear; a
citation is told to whoever heard the act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypeAlias, cast

from msgspec import UnsetType
from msgspec.structs import replace

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views import feed_items
from crisis_sim.engine.views.act_views import head_of, is_public, is_returned, line_words
from crisis_sim.engine.views.decision_views import decision_items
from crisis_sim.engine.views.score_views import sees_track
from crisis_sim.engine.views.shared_facts import PHASES_AFTER_PLAY
from crisis_sim.rules.names import SIDES, Side, TrackNumbers, VoiceAnswer, Words
from crisis_sim.text import in_braces

UNCONFIRMED: Final = frozenset({"waiting", "unconfirmed"})
TrackEvent: TypeAlias = e.TrackMarked | e.NumberMoved


def track_items(
    state: State, table: GameTable, seat: SeatName, turn: int, hour: int, event: TrackEvent
) -> Iterator[feed_items.AnyFeedItem]:
    """What a seat is told of a track that it sees; of what an act moved, only who knows of that act."""
    if isinstance(event, e.TrackMarked):
        track = table.scenario.tracks[event.track]
        if sees_track(seat, track.of):
            came, cause = when_marked(state, table, turn, event, seat)
            yield feed_items.MarkItem(
                turn=turn, hour=came, track=event.track, says=track.marks[event.mark].says.words, by=cause
            )
        return
    trace = event.trace
    place = trace.rule.removeprefix(f"track {event.of}/")
    if not place.isdecimal() or not sees_track(seat, table.scenario.tracks[event.of].of):
        return
    if trace.act is None or _knows(state, seat, trace.act):
        text = table.scenario.tracks[event.of].changes[int(place)].says.words
        came = _when_moved(state, seat, turn, hour, event.of, event)
        yield feed_items.TrackItem(
            turn=turn, hour=came, track=event.of, before=trace.before, after=trace.after, says=text
        )


def when_marked(
    state: State, table: GameTable, turn: int, mark: e.TrackMarked, seat: SeatName
) -> tuple[int, Literal["conduct", "time", "end"]]:
    """The hour at which a track came to a mark, and what brought it there; a clock passes it between two turns."""
    clock, runs, opens = None, 0, table.hours[turn - 1] if turn else 0
    for event in state.turn_events[turn]:
        if event is mark:
            break
        if isinstance(event, e.NumberMoved) and (event.meter, event.of) == ("track", mark.track):
            clock = event.trace if event.trace.rule == "clock" else None
            runs += clock is not None
    if clock is None:
        return _when_moved(state, seat, turn, opens, mark.track, mark), "conduct"
    is_end = runs > (turn > 1)  # it runs once before every turn but the first, and once after the last
    since, until = (opens, table.hours[turn]) if is_end else (table.hours[turn - 2], opens)
    track = table.scenario.tracks[mark.track]
    bound = (
        track.marks[mark.mark].at_least if track.marks[mark.mark].at_most is None else track.marks[mark.mark].at_most
    )
    assert bound is not None
    return min(since + -(-abs(bound - clock.before) // abs(track.per_hour)), until), "end" if is_end else "time"


def named_in(texts: Iterable[tuple[Side | None, Words]], numbers: TrackNumbers) -> TrackNumbers:
    """Of some numbers those that these texts name: what the other team alone was told is not among them."""
    if not numbers:
        return ()
    track_names = {name for _, words in texts for text in words.values() for name in in_braces(text)}
    return tuple([number for number in numbers if number[0] in track_names])


def numbers_at(state: State, table: GameTable, turn: int, hour: int, numbers: TrackNumbers) -> TrackNumbers:
    """Numbers of tracks as they stood at an hour between two turns: a clock had not yet run to the end."""
    if turn < 2 or hour >= table.hours[turn - 1]:
        return numbers
    moved = (event for event in reversed(state.turn_events[turn]) if isinstance(event, e.NumberMoved))
    ran = {event.of: event.trace for event in moved if event.meter == "track" and event.trace.rule == "clock"}
    behind = {track: hour - table.hours[turn - 2] for track, _number in numbers if track in ran}
    return tuple(
        (
            track,
            number
            if track not in behind
            else number - ran[track].after + _ran(table, ran[track], track, behind[track]),
        )
        for track, number in numbers
    )


def _ran(table: GameTable, clock: e.Trace, track: str, hours: int) -> int:
    """How far a clock had come after some of its hours."""
    low, high = sorted((clock.before, clock.after))
    return max(low, min(high, clock.before + table.scenario.tracks[track].per_hour * hours))


def _when_moved(state: State, seat: SeatName, turn: int, opens: int, track: str, until: TrackEvent) -> int:
    """The hour at which conduct had moved a track so far: that of the last act that did, as far as a seat knows.

    What is tried once all acts have come stands at the hour of the last of them.
    """
    came = {
        item.act: item.hour
        for side in SIDES
        for item in state.team(side).inbox
        if item.turn == turn and _knows(state, seat, item.act)
    }
    hours, is_judged = [opens], False
    for event in state.turn_events[turn]:
        is_judged = is_judged or isinstance(event, e.ActArrived)
        if isinstance(event, e.NumberMoved) and (event.meter, event.of) == ("track", track):
            act = event.trace.act
            if act is not None:
                hours.append(came.get(act, opens))
            elif is_judged and event.trace.rule != "clock":
                hours += came.values()
        if event is until:
            break
    return max(hours)


def _knows(state: State, seat: SeatName, key: e.ActKey) -> bool:
    """Whether a seat has heard of an act: its own team, the facilitator, and whoever it reached."""
    if seat in (key[0], "facilitator"):
        return True
    sent = state.sent(key)
    return is_public(sent) or (seat != "observer" and sent.arrived > 0)


LineEvent: TypeAlias = (
    e.NearMiss
    | e.LineCrossed
    | e.CrossingClaimed
    | e.CrossingDeclared
    | e.ConclusionDrawn
    | e.ConclusionAnswered
    | e.FurtherFrom
)
"""What may become of a line."""


def line_items(
    state: State, table: GameTable, seat: SeatName, turn: int, hour: int, event: LineEvent
) -> Iterator[feed_items.AnyFeedItem]:
    """What a seat is told of an event of lines, in the turn and at the hour of the story."""
    side = event.side
    if isinstance(event, e.CrossingDeclared):
        if seat != "observer":
            reader = None if seat == "facilitator" else seat
            act = None if event.act is None else head_of(table, state.sent(event.act), reader)
            line = line_words(state, table, side, event.line)
            yield feed_items.DeclaredItem(turn=turn, hour=hour, side=side, line=line, act=act)
        return
    if seat != side:
        return
    line = line_words(state, table, side, event.line)
    match event:
        case e.NearMiss():
            yield feed_items.LineItem(turn=turn, hour=hour, line=line, crossed=False)
        case e.LineCrossed():
            authored = table.lines.get(f"{side}/{event.line}")
            text = authored.crossing_says.words if authored is not None and authored.crossing_says else None
            yield feed_items.LineItem(turn=turn, hour=hour, line=line, crossed=True, says=text)
        case e.CrossingClaimed(act=key):
            yield feed_items.ClaimItem(turn=turn, hour=hour, line=line, act=head_of(table, state.sent(key), side))
        case e.ConclusionDrawn(leads_to=red, act=filled):
            yield feed_items.ConclusionItem(
                turn=turn,
                hour=hour,
                line=line,
                leads_to=line_words(state, table, side, red),
                again=_has_concluded(state, event, turn),
                act=None if filled is None else head_of(table, state.sent(filled), side),
                alert=table.base.lines.alert is not None,
            )
        case e.ConclusionAnswered(answer=answer, said=is_explicit):
            leads_to = line_words(state, table, side, state.concluded[f"{side}/{event.line}"].leads_to)
            yield feed_items.AnswerItem(
                turn=turn, hour=hour, line=line, leads_to=leads_to, answer=answer, said=is_explicit
            )
        case e.FurtherFrom(leads_to=red, trust=trust):
            leads_to = line_words(state, table, side, red)
            yield feed_items.FurtherFromItem(turn=turn, hour=hour, line=line, leads_to=leads_to, trust=trust)


def _has_concluded(state: State, event: e.ConclusionDrawn, turn: int) -> bool:
    """The same conclusion has been drawn in an earlier turn."""
    conclusions = state.events_of(e.ConclusionDrawn, before=turn)
    return any((conclusion.side, conclusion.line) == (event.side, event.line) for _, conclusion in conclusions)


HomeEvent: TypeAlias = (
    e.InstrumentCited
    | e.InstrumentBroken
    | e.PledgeBound
    | e.PledgeSettled
    | e.VoiceRaised
    | e.VoiceAnswered
    | e.AnswerDelayed
    | e.ConcessionSpared
    | e.CallJudged
)
"""What a team is held to, at home or by its own words."""


def home_items(
    state: State, table: GameTable, seat: SeatName, turn: int, hour: int, event: HomeEvent
) -> Iterator[feed_items.AnyFeedItem]:
    """What a seat is told of an event at home, in the turn and at the hour of the story."""
    if isinstance(event, e.CallJudged):
        exchange = state.exchanges[event.exchange - 1]
        act = head_of(table, state.sent(exchange.request), None)
        yield feed_items.CallItem(turn=turn, hour=hour, act=act, since=exchange.turn, came=event.came)
        return
    side, knows = event.side, seat in (event.side, "facilitator")
    match event:
        case e.InstrumentCited(instrument=name) if _can_hear(state, seat, event.act):
            yield feed_items.CitationItem(
                turn=turn, hour=hour, side=side, instrument=name, returned=is_returned(state, event.act, name)
            )
        case e.InstrumentBroken(instrument=name) if _can_hear(state, seat, event.act):
            yield feed_items.CitationItem(turn=turn, hour=hour, side=side, instrument=name, broken=True)
        case e.PledgeBound(pledge=pledge, stake=stake) if knows:
            act, due_turn = head_of(table, state.sent(event.act), None), min(event.due, table.turns)
            yield feed_items.PledgeItem(
                turn=turn, hour=hour, side=side, pledge=pledge, act=act, stake=stake, due=due_turn
            )
        case e.PledgeSettled(pledge=pledge, how=end) if seat != "observer":
            sent, why = state.sent(event.given), table.rules[event.rule].says.words if knows else None
            act = head_of(table, sent, None)
            if knows or (sent.arrived and sent.unclear is None):
                act = replace(act, text=sent.text)
            yield feed_items.PledgeItem(turn=turn, hour=hour, side=side, pledge=pledge, act=act, how=end, why=why)
        case e.VoiceAnswered(inject=str(inject)) | e.AnswerDelayed(inject=inject):
            yield from decision_items(table, seat, turn, hour, event, inject)
        case e.VoiceRaised(inject=UnsetType()) if knows:
            yield feed_items.VoiceItem(turn=turn, hour=hour, side=side)
        case e.VoiceAnswered(answer=answer, said=is_explicit) if knows or answer != "meet":
            became = cast(VoiceAnswer, answer)
            yield feed_items.VoiceItem(turn=turn, hour=hour, side=side, answer=became, said=is_explicit or not knows)
        case e.ConcessionSpared() if knows:
            yield feed_items.SparedItem(
                turn=turn, hour=hour, side=side, act=head_of(table, state.sent(event.act), None)
            )


def _can_hear(state: State, seat: SeatName, act: e.ActKey) -> bool:
    """An observer hears what was said in public."""
    return seat != "observer" or is_public(state.sent(act))


def at_end(state: State, feed: tuple[feed_items.AnyFeedItem, ...]) -> tuple[feed_items.AnyFeedItem, ...]:
    """What is told of acts of ours once play is over: if nothing has confirmed one, it never arrived."""
    if state.phase not in PHASES_AFTER_PLAY:
        return feed
    lost = {
        place for place, item in enumerate(feed) if type(item) is feed_items.OwnActItem and item.fate in UNCONFIRMED
    }
    return tuple([replace(item, fate="lost") if place in lost else item for place, item in enumerate(feed)])
