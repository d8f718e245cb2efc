"""The feed of one seat: what happened, as it learned of it, oldest first.

Each event that a feed may tell has a teller here; events without one are never told. What has been told stays, and a
view costs what has changed since the last one, however long the session: a turn is told again only when something that
its items say has changed (a reading sealed, an answer come, the hour past by which an act was due), and then only those
of its events of which something else is to be said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, compress
from operator import is_
from typing import Any, Final, TypeAlias, get_args

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.state import Received, Sent, State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views import feed_changes, feed_item_builders
from crisis_sim.engine.views.act_views import accounts_of, act_for, head_of, is_public
from crisis_sim.engine.views.asset_views import OutEvent, out_item
from crisis_sim.engine.views.closer_views import CloserEvent, closer_items
from crisis_sim.engine.views.feed_items import (
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
from crisis_sim.engine.views.shared_facts import OwnFate
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import SIDES, Side, TrackNumbers, Words, other

LED_TO_BY_ACT: Final = (
    e.CommitmentMade,
    e.CommitmentBroken,
    e.CommitmentEnded,
    e.InstrumentCited,
    e.InstrumentBroken,
    e.PledgeBound,
)
"""What follows from an act as it comes."""


def displayed_hour(state: State, table: GameTable, turn: int, event: e.AnyEvent) -> int:
    """The hour of an event in the turn in which it is told; 0 before the first turn.

    What an act led to stands at the hour at which the act came, and news at its own; a silence at that of the moves
    with which it could last have been broken. It says nothing of who may be told.
    """
    opens = table.hours[turn - 1] if turn else 0
    match event:
        case e.InjectDelivered(by_hand=False):
            return _came_at(table.injects[event.inject].at, table, turn, opens)
        case e.ExchangeHeld():
            return _arrived(state, turn, event.answer, opens)
        case _ if isinstance(event, LED_TO_BY_ACT) and isinstance(event.act, tuple):
            return _arrived(state, turn, event.act, opens)
        case _:
            return opens


def _arrived(state: State, turn: int, act: e.ActKey, opens: int) -> int:
    """When an act came, if it did in this turn."""
    inbox = state.team(other(act[0])).inbox
    return next((item.hour for item in reversed(inbox) if item.act == act and item.turn == turn), opens)


def _came_at(planned: int, table: GameTable, turn: int, opens: int) -> int:
    """When news that a turn brings came: at its own hour if that lies behind the turn before."""
    return planned if turn > 1 and table.hours[turn - 2] < planned <= opens else opens


def feed_for(state: State, table: GameTable, seat: SeatName) -> tuple[AnyFeedItem, ...]:
    """What a seat has learned; the facilitator sees both teams' traffic, an observer what is public."""
    name = f"feed/{seat}"
    builder: FeedBuilder = table.memos.pop(name, None) or FeedBuilder(
        table, seat
    )  # nobody else goes on with one that is at work
    feed = builder.feed(state)
    table.memos[name] = builder
    return feed


class _Turn:
    """One turn as it has been told: its events, and the items of each."""

    __slots__ = ("events", "items", "told")

    def __init__(self) -> None:
        self.events: tuple[e.AnyEvent, ...] = ()
        self.told: list[tuple[AnyFeedItem, ...]] = []
        self.items: tuple[AnyFeedItem, ...] | None = ()
        """All of `told` together; None while that has to be put together."""

    def joined(self) -> tuple[AnyFeedItem, ...]:
        """Its items, oldest first."""
        if self.items is None:
            self.items = tuple(chain.from_iterable(self.told))
        return self.items


class FeedBuilder:
    """Tells events to one seat, and keeps what it has told."""

    state: State
    """What it was told from last."""

    def __init__(self, table: GameTable, seat: SeatName) -> None:
        self.table = table
        self.seat = seat
        self.side: Side | None = seat if seat == "us" or seat == "china" else None
        self._moment = feed_changes.FeedMoment()
        self._feed: tuple[AnyFeedItem, ...] | None = ()
        """All items, oldest first; None while they have to be put together."""
        self._past: tuple[int, tuple[AnyFeedItem, ...]] = 0, ()
        """A number of turns, and the items of those."""
        self._turns: list[_Turn] = []
        self._mentions: defaultdict[feed_changes.FeedSubject, set[tuple[int, int]]] = defaultdict(set)
        """Turn and place of the events that tell of a thing."""

    def feed(self, state: State) -> tuple[AnyFeedItem, ...]:
        """All that the seat has learned; what it knew before is told again where something else is to be said."""
        old_moment, new_moment = self._moment, feed_changes.moment_of(state)
        if self._feed is not None and all(map(is_, old_moment, new_moment)):
            return self._feed
        self.state, self._moment = state, new_moment
        if len(self._turns) > len(new_moment.turn_events):
            del self._turns[len(new_moment.turn_events) :]
            self._feed = None
        begun = {}
        for number in sorted(feed_changes.turns_changed(old_moment, new_moment)):
            begun[number] = self._go_on(number, new_moment.turn_events[number])
        again = {
            place
            for subject in feed_changes.things_changed(old_moment, new_moment)
            for place in self._mentions.get(subject, ())
        }
        for number, place in again:
            event_count = len(self._turns[number].events) if number < len(self._turns) else 0
            if place < min(begun.get(number, event_count), event_count):
                self._tell(number, place)
        if self._feed is None:
            self._feed = self._joined()
        return self._feed

    def _joined(self) -> tuple[AnyFeedItem, ...]:
        """All items; those of past turns are put together again only where one of them tells something else."""
        past = len(self._turns) - 1
        past_count, items = self._past if self._past[0] <= past else (0, ())
        if past_count < past:
            items += tuple(chain.from_iterable([turn.joined() for turn in self._turns[past_count:past]]))
            self._past = past, items
        return items + self._turns[past].joined()

    def _tells_otherwise(self, number: int) -> None:
        """Have a turn put together again."""
        self._feed = self._turns[number].items = None
        if number < self._past[0]:
            self._past = 0, ()

    def _go_on(self, number: int, events: tuple[e.AnyEvent, ...]) -> int:
        """Tell what has come to a turn; all of it anew where it had other events. How many events it had before."""
        if number == len(self._turns):
            self._turns.append(_Turn())
        turn = self._turns[number]
        begun = len(turn.events)
        start = begun if all(map(is_, turn.events, events)) and begun <= len(events) else 0
        turn.events = events
        turn.told[start:] = [()] * (len(events) - start)
        if start < begun:
            self._tells_otherwise(number)
        can_be_told = map(ITEM_BUILDERS.__contains__, map(type, events[start:]))  # few can
        for place in compress(range(start, len(events)), can_be_told):
            event = events[place]
            if type(event) is e.NumberMoved and not (event.meter == "track" and event.trace.rule.startswith("track ")):
                continue  # of the many numbers that move, feeds tell of what conduct does to what is at stake
            if type(event) is not e.ActSent or event.act.side == self.side:  # that another sent, its arrival tells
                self._tell(number, place)
        return begun

    def _tell(self, number: int, place: int) -> None:
        """The items of one event, none where it is not told to this seat."""
        turn = self._turns[number]
        event = turn.events[place]
        formatter = ITEM_BUILDERS.get(type(event))
        if formatter is None:
            return
        items = tuple(formatter(self, number, displayed_hour(self.state, self.table, number, event), event))
        if items != turn.told[place]:
            turn.told[place] = items
            self._tells_otherwise(number)
        if items and type(event) in ABOUT:  # what is not told to a seat, never is
            for subject in ABOUT[type(event)](self.state, event):
                self._mentions[subject].add((number, place))

    def _sent(self, turn: int, hour: int, event: e.ActSent) -> Iterator[AnyFeedItem]:
        """Our own acts, with what became of them as far as we can know."""
        if event.act.side != self.side:  # on a table that has served another session, where ours stood there
            return
        sent = self.state.sent(event.act.key)
        requests = reversed(self.state.requests) if self.table.moves[sent.act.move].asks is not None else ()
        request = next((request for request in requests if request.act == sent.act.key), None)
        yield OwnActItem(
            turn=turn,
            hour=hour,
            act=act_for(self.table, sent, self.side),
            intent=sent.act.intent,
            expected=value_or_none(sent.act.expected),
            audience=value_or_none(sent.act.audience),
            fate=self._own_fate(sent),
            due_hour=sent.due_hour,
            asked=None if request is None else feed_changes.status_of(request),
            answer_due=0 if request is None else request.due_hour,
            truth=value_or_none(sent.act.truth),
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
            exchange = next(exchange for exchange in self.state.exchanges if exchange.request == event.request)
            act, ended = head_of(self.table, self.state.sent(event.request), None), exchange.ended is not None
            yield ExchangeItem(turn=turn, hour=hour, act=act, said=exchange.said, ended=ended)

    def _settled(self, turn: int, hour: int, event: e.CommitmentBroken | e.CommitmentEnded) -> Iterator[AnyFeedItem]:
        """A promise that an act went against, or that binds no longer."""
        promised = self._promised(event.commitment, event.side)
        if not promised[1] or self._may_hear(promised):  # what was promised in an earlier session is on the record
            end = event.how if isinstance(event, e.CommitmentEnded) else None
            time_fields, commitment = {"turn": turn, "hour": hour}, event.commitment
            yield PromiseItem(**time_fields, commitment=commitment, sides=(event.side,), broken=end is None, ended=end)

    def _may_hear(self, key: e.ActKey) -> bool:
        """Both teams and the facilitator hear what came of an act; an observer only where the act was public."""
        return self.seat != "observer" or is_public(self.state.sent(key))

    def _promised(self, commitment: str, side: Side) -> e.ActKey:
        """The act that last put a promise of a side on record."""
        return [
            promise.act for promise in self.state.promises if (promise.commitment, promise.side) == (commitment, side)
        ][-1]

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
            numbers = feed_item_builders.numbers_at(
                self.state, self.table, turn, hour, feed_item_builders.named_in(texts, event.numbers or ())
            )
        yield SituationItem(turn=turn, hour=hour, title=title, texts=texts, numbers=numbers, voice=voice)

    def _arrived(self, turn: int, hour: int, event: e.ActArrived) -> Iterator[AnyFeedItem]:
        """Their acts in a team's feed; everybody's in the facilitator's, public ones in an observer's."""
        sent, item = self.state.sent(event.act), self._item(event.act)
        act, leaked = act_for(self.table, sent, self.side), sent.act.outcome == "leaked"
        if self.side == event.to:
            late = item.hour - sent.act.hour if sent.arrived > sent.act.turn else 0
            read = (None, None) if item.confidence is None else (item.hostility, item.confidence)
            audience = None if item.confidence is None else item.audience
            yield ActItem(
                turn=turn,
                hour=item.hour,
                act=act,
                leaked=leaked,
                late=late,
                hostility=read[0],
                confidence=read[1],
                audience=audience,
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
            case e.ChannelSuspended(channel=channel, by=side):
                yield ChannelItem(turn=turn, hour=hour, channel=channel, change="suspended", by=side)
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
            expected=value_or_none(sent.act.expected),
            hostility=item.hostility,
            audience=value_or_none(sent.act.audience),
            taken_for=item.audience,
        )


EventTeller: TypeAlias = Callable[[FeedBuilder, int, int, Any], Iterator[AnyFeedItem]]  # Any: each kind has its own
ABOUT: Final[Mapping[type[e.Event], Callable[[State, Any], Iterable[feed_changes.FeedSubject]]]] = {  # Any: as above
    e.ActSent: lambda state, event: (event.act.key, feed_changes.due_in(event.due_hour)),
    e.ActArrived: lambda state, event: (event.act, feed_changes.reading_of(event.act)),
    e.ExchangeHeld: lambda state, event: (event.request,),
    e.Revealed: lambda state, event: (event.act, feed_changes.reading_of(event.act)),
    **dict.fromkeys((e.CommitmentBroken, e.CommitmentEnded), lambda _, event: ((event.commitment, event.side),)),
    **dict.fromkeys(
        (e.CommitmentMade, e.InstrumentCited, e.InstrumentBroken),
        lambda state, event: (event.act,),
    ),
    **dict.fromkeys(get_args(feed_item_builders.LineEvent), lambda state, event: ((event.side,),)),
}
"""What an event of each kind is about, where feeds say more of it than the event does."""


def _wrap_items(items: Callable[[State, GameTable, SeatName, int, int, Any], Iterator[AnyFeedItem]]) -> EventTeller:
    """What tells the events of a kind that has a room of its own."""
    return lambda feed, turn, hour, event: items(feed.state, feed.table, feed.seat, turn, hour, event)


ITEM_BUILDERS: Final[Mapping[type[e.Event], EventTeller]] = {
    e.InjectDelivered: FeedBuilder._situation,
    e.Improvised: FeedBuilder._situation,
    e.ActSent: FeedBuilder._sent,
    e.ActArrived: FeedBuilder._arrived,
    e.RequestUnanswered: FeedBuilder._silence,
    e.ExchangeHeld: FeedBuilder._exchange,
    e.ReadoutsCompared: FeedBuilder._readouts,
    e.CommitmentMade: FeedBuilder._committed,
    **dict.fromkeys((e.CommitmentBroken, e.CommitmentEnded), FeedBuilder._settled),
    **dict.fromkeys(get_args(feed_item_builders.HomeEvent), _wrap_items(feed_item_builders.home_items)),
    **dict.fromkeys(get_args(feed_item_builders.LineEvent), _wrap_items(feed_item_builders.line_items)),
    e.ChannelSuspended: FeedBuilder._channel,
    e.ChannelReopening: FeedBuilder._channel,
    e.ChannelReopened: FeedBuilder._channel,
    **dict.fromkeys(get_args(feed_item_builders.TrackEvent), _wrap_items(feed_item_builders.track_items)),
    e.AssetFoundOut: FeedBuilder._out,
    e.AssetClearedUp: FeedBuilder._out,
    e.FactCameOut: FeedBuilder._out,
    **dict.fromkeys(get_args(CloserEvent), _wrap_items(closer_items)),
    e.MirrorHeld: FeedBuilder._mirror,
    e.Revealed: FeedBuilder._revealed,
}
"""What tells an event of each kind, in the turn and at the hour of the story."""
