"""The feed of one seat: what happened, as it learned of it, oldest first.

Each event that a feed may tell has a teller here; events without one are never told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias, get_args

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.sight import item_tellers
from crisis_sim.engine.sight.act_seen import accounts_of, act_for, head_of, is_public
from crisis_sim.engine.sight.assets_seen import OutEvent, out_item
from crisis_sim.engine.sight.closer_seen import CloserEvent, closer_items
from crisis_sim.engine.sight.feed_hours import hour_told
from crisis_sim.engine.sight.feed_items import (
    ActItem,
    AnyFeedItem,
    ChannelItem,
    ExchangeItem,
    MirrorItem,
    OwnActItem,
    PromiseItem,
    ReadoutsItem,
    RevealedItem,
    SilenceItem,
    SituationItem,
    TalkItem,
)
from crisis_sim.engine.sight.shared_facts import OwnFate, RequestStatus
from crisis_sim.engine.state import Received, Request, Sent, State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.facts import said
from crisis_sim.rules.names import SIDES, Side, TrackNumbers, Words, other


def feed_for(state: State, table: GameTable, seat: SeatName) -> tuple[AnyFeedItem, ...]:
    """What a seat has learned; the facilitator sees both teams' traffic, an observer what is public."""
    return tuple(FeedTeller(state, table, seat).items())


class FeedTeller:
    """Tells events to one seat."""

    def __init__(self, state: State, table: GameTable, seat: SeatName) -> None:
        self.state = state
        self.table = table
        self.seat = seat
        self.side: Side | None = seat if seat == "us" or seat == "china" else None

    def items(self) -> Iterator[AnyFeedItem]:
        """All items, oldest first."""
        for turn, events in enumerate(self.state.turn_events):
            for event in events:
                teller = TELLERS.get(type(event))
                if teller is not None:
                    yield from teller(self, turn, hour_told(self.state, self.table, turn, event), event)

    def _sent(self, turn: int, hour: int, event: e.ActSent) -> Iterator[AnyFeedItem]:
        """Our own acts, with what became of them as far as we can know."""
        if event.act.side != self.side:  # that another sent, its arrival tells
            return
        sent = self.state.sent(event.act.key)
        requests = reversed(self.state.requests) if self.table.moves[sent.act.move].asks is not None else ()
        request = next((each for each in requests if each.act == sent.act.key), None)
        yield OwnActItem(
            turn=turn,
            hour=hour,
            act=act_for(self.table, sent, self.side),
            intent=sent.act.intent,
            expected=said(sent.act.expected),
            audience=said(sent.act.audience),
            fate=self._own_fate(sent),
            due_hour=sent.due_hour,
            asked=None if request is None else _status_of(request),
            answer_due=0 if request is None else request.due_hour,
            truth=said(sent.act.truth),
        )

    def _own_fate(self, sent: Sent) -> OwnFate:
        """What became of our act, as far as we can know."""
        act = sent.act
        if act.visibility == "public":
            return "said" if sent.arrived else "held-back"
        if sent.arrived:
            return "too-low" if act.outcome == "too-low" else "leaked" if act.outcome == "leaked" else "delivered"
        return "waiting" if self.state.hour <= sent.due_hour else "unconfirmed"

    def _silence(self, turn: int, hour: int, event: e.RequestUnanswered) -> Iterator[AnyFeedItem]:
        """A request of ours that met with silence."""
        if self.seat in (event.act[0], "facilitator"):
            sent = self.state.sent(event.act)
            yield SilenceItem(turn=turn, hour=hour, act=head_of(self.table, sent, None), asked_hour=sent.act.hour)

    def _exchange(self, turn: int, hour: int, event: e.ExchangeHeld) -> Iterator[AnyFeedItem]:
        """A call or meeting that took place; observers learn that it did."""
        if not self._may_hear(event.request):
            yield TalkItem(turn=turn, hour=hour)
        else:
            held = next(of for of in self.state.exchanges if of.request == event.request)
            act, ended = head_of(self.table, self.state.sent(event.request), None), held.ended is not None
            yield ExchangeItem(turn=turn, hour=hour, act=act, said=held.said, ended=ended)

    def _settled(self, turn: int, hour: int, event: e.CommitmentBroken | e.CommitmentEnded) -> Iterator[AnyFeedItem]:
        """A promise that an act went against, or that binds no longer."""
        promised = self._promised(event.commitment, event.side)
        if not promised[1] or self._may_hear(promised):  # what was promised in an earlier session is on the record
            end = event.how if isinstance(event, e.CommitmentEnded) else None
            at, named = {"turn": turn, "hour": hour}, event.commitment
            yield PromiseItem(**at, commitment=named, sides=(event.side,), broken=end is None, ended=end)

    def _may_hear(self, key: e.ActKey) -> bool:
        """Both teams and the facilitator hear what came of an act; an observer only where the act was public."""
        return self.seat != "observer" or is_public(self.state.sent(key))

    def _promised(self, commitment: str, side: Side) -> e.ActKey:
        """The act that last put a promise of a side on record."""
        return [kept.act for kept in self.state.promises if (kept.commitment, kept.side) == (commitment, side)][-1]

    def _situation(self, turn: int, hour: int, event: e.InjectDelivered | e.Improvised) -> Iterator[AnyFeedItem]:
        """Injects and improvised words, in the form that this seat received."""
        if self.side is not None and event.to not in ("both", self.side):
            return
        title: Words | None = None
        voice: Words | None = None
        us: Words
        china: Words
        if isinstance(event, e.Improvised):
            us, china = {"": event.us}, {"": event.china}
        else:
            inject = self.table.injects[event.inject]
            title, us, china = inject.title.words, inject.text.us.words, inject.text.china.words
            voice = None if inject.from_ is None else self.table.scenario.voices[inject.from_].says.words
        if self.seat == "observer" and (event.to != "both" or us != china):
            return
        texts: tuple[tuple[Side | None, Words], ...]
        if self.side is not None or event.to != "both" or us == china:
            to = self.side or event.to
            texts = ((None, china if to == "china" else us),)
        else:
            texts = (("us", us), ("china", china))
        numbers: TrackNumbers | None = None
        if not isinstance(event, e.Improvised):
            numbers = item_tellers.numbers_at(
                self.state, self.table, turn, hour, item_tellers.named_in(texts, event.numbers or ())
            )
        yield SituationItem(turn=turn, hour=hour, title=title, texts=texts, numbers=numbers, voice=voice)

    def _arrived(self, turn: int, hour: int, event: e.ActArrived) -> Iterator[AnyFeedItem]:
        """Their acts in a team's feed; everybody's in the facilitator's, public ones in an observer's."""
        sent, item = self.state.sent(event.act), self._item(event.act)
        act, leaked = act_for(self.table, sent, self.side), sent.act.outcome == "leaked"
        if self.side == event.to:
            late = item.hour - sent.act.hour if sent.arrived > sent.act.turn else 0
            read = (None, None) if item.confidence is None else (item.hostility, item.confidence)
            heard = None if item.confidence is None else item.audience
            yield ActItem(
                turn=turn,
                hour=item.hour,
                act=act,
                leaked=leaked,
                late=late,
                hostility=read[0],
                confidence=read[1],
                audience=heard,
            )
        elif self.seat == "facilitator" or (self.seat == "observer" and is_public(sent)):
            yield ActItem(turn=turn, hour=item.hour, act=act, leaked=leaked)

    def _item(self, key: e.ActKey) -> Received:
        """An act that has arrived, in the inbox of its receiver."""
        return next(item for item in reversed(self.state.team(other(key[0])).inbox) if item.act == key)

    def _readouts(self, turn: int, hour: int, event: e.ReadoutsCompared) -> Iterator[AnyFeedItem]:
        """Both published accounts of an exchange."""
        accounts = accounts_of(self.state.exchanges[event.exchange - 1])
        yield ReadoutsItem(turn=turn, hour=hour, result=event.result, by=event.by, accounts=accounts)

    def _committed(self, turn: int, hour: int, event: e.CommitmentMade) -> Iterator[AnyFeedItem]:
        """A promise that went on the record; one that binds both is told once."""
        binds_both = self.table.commitments[event.commitment].binds == "both"
        if not self._may_hear(event.act) or (binds_both and event.side == "china"):
            return
        bound = SIDES if binds_both else (event.side,)
        yield PromiseItem(turn=turn, hour=hour, commitment=event.commitment, sides=bound)

    def _channel(
        self, turn: int, hour: int, event: e.ChannelSuspended | e.ChannelReopening | e.ChannelReopened
    ) -> Iterator[AnyFeedItem]:
        """A channel suspended, about to reopen, or open again."""
        match event:
            case e.ChannelSuspended(channel=channel, by=by):
                yield ChannelItem(turn=turn, hour=hour, channel=channel, change="suspended", by=by)
            case e.ChannelReopening(channel=channel):
                yield ChannelItem(turn=turn, hour=hour, channel=channel, change="reopening")
            case e.ChannelReopened(channel=channel):
                yield ChannelItem(turn=turn, hour=hour, channel=channel, change="reopened")

    def _out(self, turn: int, hour: int, event: OutEvent) -> Iterator[AnyFeedItem]:
        """What turned out to be other than it was seen or told; an observer hears of what was done in public."""
        if self.seat != "observer" or (not isinstance(event, e.AssetClearedUp) and self._may_hear(event.act)):
            yield out_item(self.table, turn, hour, event)

    def _mirror(self, turn: int, hour: int, event: e.MirrorHeld) -> Iterator[AnyFeedItem]:
        """What the facilitator said to both teams of how each takes the other."""
        if self.seat != "observer":
            yield MirrorItem(turn=turn, hour=hour)

    def _revealed(self, turn: int, hour: int, event: e.Revealed) -> Iterator[AnyFeedItem]:
        """An act whose meaning and reading the facilitator has shown to both teams."""
        if self.seat == "observer":
            return
        sent, item = self.state.sent(event.act), self._item(event.act)
        act = head_of(self.table, sent, None)
        yield RevealedItem(
            turn=turn,
            hour=hour,
            act=act,
            intent=sent.act.intent,
            expected=said(sent.act.expected),
            hostility=item.hostility,
            audience=said(sent.act.audience),
            taken_for=item.audience,
        )


def _status_of(request: Request) -> RequestStatus:
    """What became of what an act asks."""
    if request.how is not None:
        return "stands" if request.answer is None else request.how
    return "silent" if request.status == "silent" else "open"


EventTeller: TypeAlias = Callable[[FeedTeller, int, int, Any], Iterator[AnyFeedItem]]  # Any: each kind has its own


def _told_by(items: Callable[[State, GameTable, SeatName, int, int, Any], Iterator[AnyFeedItem]]) -> EventTeller:
    """What tells the events of a kind that has a room of its own."""
    return lambda of, turn, hour, event: items(of.state, of.table, of.seat, turn, hour, event)


TELLERS: Final[Mapping[type[e.Event], EventTeller]] = {
    e.InjectDelivered: FeedTeller._situation,
    e.Improvised: FeedTeller._situation,
    e.ActSent: FeedTeller._sent,
    e.ActArrived: FeedTeller._arrived,
    e.RequestUnanswered: FeedTeller._silence,
    e.ExchangeHeld: FeedTeller._exchange,
    e.ReadoutsCompared: FeedTeller._readouts,
    e.CommitmentMade: FeedTeller._committed,
    **dict.fromkeys((e.CommitmentBroken, e.CommitmentEnded), FeedTeller._settled),
    **dict.fromkeys(get_args(item_tellers.HomeEvent), _told_by(item_tellers.home_items)),
    **dict.fromkeys(get_args(item_tellers.LineEvent), _told_by(item_tellers.line_items)),
    e.ChannelSuspended: FeedTeller._channel,
    e.ChannelReopening: FeedTeller._channel,
    e.ChannelReopened: FeedTeller._channel,
    **dict.fromkeys(get_args(item_tellers.TrackEvent), _told_by(item_tellers.track_items)),
    e.AssetFoundOut: FeedTeller._out,
    e.AssetClearedUp: FeedTeller._out,
    e.FactCameOut: FeedTeller._out,
    **dict.fromkeys(get_args(CloserEvent), _told_by(closer_items)),
    e.MirrorHeld: FeedTeller._mirror,
    e.Revealed: FeedTeller._revealed,
}
"""What tells an event of each kind, in the turn and at the hour of the story."""
