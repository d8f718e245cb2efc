"""The feed of one seat: what happened, as it learned of it, oldest first.

Each event that a feed may tell has a teller here; events without one are never told. What has been told stays, and a
view costs what has changed since the last one, however long the session: a turn is told again only when something that
its items say has changed (a reading sealed, an answer come, the hour past by which an act was due), and then only those
of its events of which something else is to be said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any, Final

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import Seat
from crisis_sim.engine.feed_changes import READ, Moment, Thing, differing, moment_of, things_changed, turns_changed
from crisis_sim.engine.keeping import kept
from crisis_sim.engine.phrases import TEAM, hostility, say, sides, signed
from crisis_sim.engine.state import Received, Request, State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import (
    channel_name,
    head_for,
    is_public,
    line_says,
    own_tail,
    parts,
    their_tail,
    words_for,
)
from crisis_sim.engine.told import Told
from crisis_sim.engine.views import FeedItem
from crisis_sim.rules.names import SIDES, Language, Side, other


@kept(*READ)
def feed_for(state: State, table: Table, seat: Seat, language: Language) -> tuple[FeedItem, ...]:
    """What a seat has learned; the facilitator sees both teams' traffic, an observer what is public."""
    name = (Teller, seat, language)
    _, teller = table.kept.pop(name, (None, None))  # nobody else goes on with one that is at work, or broke off
    if not isinstance(teller, Teller):
        teller = Teller(table, seat, language)
    feed = teller.feed(state)
    table.kept[name] = None, teller
    return feed


class Teller:
    """Tells events to one seat, and keeps what it has told."""

    state: State
    """What it was told from last."""

    def __init__(self, table: Table, seat: Seat, language: Language) -> None:
        self.table = table
        self.language = language
        self.seat = seat
        self.side: Side | None = seat if seat == "us" or seat == "china" else None
        self._moment = Moment()
        self._received: dict[e.Key, Received] = {}
        self._asked: dict[e.Key, Request] = {}
        self._turns: list[list[FeedItem]] = []
        self._items: dict[tuple[int, int], tuple[object, list[FeedItem]]] = {}
        """By turn and place in it: what an event was told from, and how."""
        self._mentions: defaultdict[Thing, set[int]] = defaultdict(set)
        """Turns that tell of a thing."""

    def feed(self, state: State) -> tuple[FeedItem, ...]:
        """All that the seat has learned; what it knew before is told again where something else is to be said."""
        before, after = self._moment, moment_of(state)
        self.state, self._moment = state, after
        self._note(before, after)
        stale = turns_changed(before, after).union(
            *(self._mentions[thing] for thing in things_changed(before, after) if thing in self._mentions)
        )
        self._turns = self._turns[: len(after.story)]
        for turn in sorted(stale.intersection(range(len(after.story)))):
            self._turns[turn : turn + 1] = [self._told_in(turn, after.story[turn])]
        return tuple(chain.from_iterable(self._turns))

    def _note(self, before: Moment, after: Moment) -> None:
        """Know of each act in which inbox it came, and what it asks."""
        for was, now in ((before.inbox_us, after.inbox_us), (before.inbox_china, after.inbox_china)):
            self._received.update((item.act, item) for item in differing(was, now))
        self._asked.update((request.act, request) for request in differing(before.requests, after.requests))

    def _told_in(self, turn: int, told: Told) -> list[FeedItem]:
        """The items of one turn for this seat."""
        hour = self.table.hours[turn - 1] if turn else 0
        items: list[FeedItem] = []
        for place, event in enumerate(told):
            if type(event) in TELLERS:
                items += self._kept(turn, place, hour, event)
        return items

    def _kept(self, turn: int, place: int, hour: int, event: e.AnyEvent) -> list[FeedItem]:
        """The items of one event, as they were told before where nothing else is to be said."""
        about = ABOUT.get(type(event))
        if about is None:
            pieces: object = (event, turn == self.state.turn)
        else:
            thing, record = about(self, event)
            self._mentions[thing].add(turn)
            pieces = (event, turn == self.state.turn, record)
        held = self._items.get((turn, place))
        if held is None or held[0] != pieces:
            held = self._items[turn, place] = pieces, self._told(turn, hour, event)
        return held[1]

    def _fate(self, key: e.Key) -> tuple[Thing, object]:
        """What has become of an act, as far as this seat's feed tells it."""
        sent = self.state.acts[key]
        read = self._received.get(key) if other(key[0]) == self.side or sent.revealed else None
        return key, (sent, read, self._asked.get(key), self.state.hour <= sent.due_hour)

    def _accounts(self, event: e.ReadoutsCompared) -> tuple[Thing, object]:
        """Both accounts of an exchange."""
        exchange = self.state.exchanges[event.exchange - 1]
        return exchange.request, exchange

    def _promise(self, event: e.CommitmentBroken) -> tuple[Thing, object]:
        """The act that put a broken promise on record."""
        return (event.commitment, event.side), self._promised(event.commitment, event.side)

    def _own_lines(self, event: e.LineCrossed | e.NearMiss) -> tuple[Thing, object]:
        """The lines that the owner of a line has written."""
        return (event.side,), self.state.team(event.side).own_lines

    def _told(self, turn: int, hour: int, event: e.AnyEvent) -> list[FeedItem]:
        """The items of one event, none where it is not told to this seat."""
        return list(TELLERS[type(event)](self, turn, hour, event))

    def _sent(self, turn: int, hour: int, event: e.ActSent) -> Iterator[FeedItem]:
        """Our own acts, with what became of them as far as we can know."""
        if self.side == event.act.side:
            key = event.act.key
            tail = own_tail(self.state, self.table, self.state.sent(key), self.language)
            yield self._item(turn, hour, "ours", self._head(key), self._words(key), tail, event.act.move)

    def _silence(self, turn: int, hour: int, event: e.RequestUnanswered) -> Iterator[FeedItem]:
        """A request of ours that met with silence."""
        if self.seat in (event.act[0], "facilitator"):
            act = self.state.sent(event.act).act
            head = self._say("silence", **parts(self.table, act, self.language))
            yield self._item(turn, hour, "silence", head, self._say("silence-text", hour=act.hour))

    def _exchange(self, turn: int, hour: int, event: e.ExchangeHeld) -> Iterator[FeedItem]:
        """A call or meeting that took place."""
        if self._may_hear(event.request):
            words = parts(self.table, self.state.sent(event.request).act, self.language)
            yield self._item(turn, hour, "answer", self._say("exchange", **words))

    def _broken(self, turn: int, hour: int, event: e.CommitmentBroken) -> Iterator[FeedItem]:
        """A promise that an act went against."""
        if self._may_hear(self._promised(event.commitment, event.side)):
            says = self.table.commitments[event.commitment].says.in_(self.language)
            head = self._say("broken", side=TEAM[self.language][event.side], says=says)
            yield self._item(turn, hour, "commitment", head)

    def _mark(self, turn: int, hour: int, event: e.TrackMarked) -> Iterator[FeedItem]:
        """A track that came to one of its marks."""
        of = self.table.scenario.tracks[event.track]
        says = of.marks[event.mark].says.in_(self.language)
        yield self._item(turn, hour, "track", self._say("mark", track=of.name.in_(self.language), says=says))

    def _may_hear(self, key: e.Key) -> bool:
        """Both teams and the facilitator hear what came of an act; an observer only where the act was public."""
        return self.seat != "observer" or is_public(self.state.sent(key))

    def _promised(self, commitment: str, side: Side) -> e.Key:
        """The act that last put a promise of a side on record."""
        return [kept.act for kept in self.state.promises if (kept.commitment, kept.side) == (commitment, side)][-1]

    def _say(self, phrase: str, **words: object) -> str:
        return say(self.language, phrase, **words)

    def _item(
        self, turn: int, hour: int, sort: str, head: str, text: str = "", tail: str = "", move: str = ""
    ) -> FeedItem:
        is_new = turn == self.state.turn and sort != "ours"
        return FeedItem(turn, hour, is_new, sort, head, text, tail, move)  # type: ignore[arg-type]  # a sort of FeedItem

    def _head(self, key: e.Key) -> str:
        return head_for(self.table, self.state.sent(key), self.side, self.language)

    def _words(self, key: e.Key) -> str:
        return words_for(self.table, self.state.sent(key), self.side, self.language)

    def _situation(self, turn: int, hour: int, event: e.InjectDelivered | e.Improvised) -> Iterator[FeedItem]:
        """Injects and improvised words, in the form that this seat received."""
        if self.side is not None and event.to not in ("both", self.side):
            return
        if isinstance(event, e.Improvised):
            head, us, china = self._say("improvised"), event.us, event.china
        else:
            inject = self.table.injects[event.inject]
            head = inject.title.in_(self.language)
            us, china = inject.text.us.in_(self.language), inject.text.china.in_(self.language)
        if self.side is not None or event.to != "both" or us == china:
            to = self.side or event.to
            text = china if to == "china" else us
        else:
            both = zip(SIDES, (us, china), strict=True)
            text = "\n".join(self._say("to-side", side=TEAM[self.language][side], text=words) for side, words in both)
        if self.seat == "observer" and (event.to != "both" or us != china):
            return
        yield self._item(turn, hour, "situation", head, text)

    def _arrived(self, turn: int, hour: int, event: e.ActArrived) -> Iterator[FeedItem]:
        """Their acts in a team's feed; everybody's in the facilitator's, public ones in an observer's."""
        key, receiver = event.act, event.to
        sent, item = self.state.sent(key), self._received[key]
        if self.side == receiver:
            tail = their_tail(sent, item, self.language)
        elif self.seat == "facilitator" or (self.seat == "observer" and is_public(sent)):
            tail = ""
        else:
            return
        hidden = sent.unclear is not None and self.side is not None
        move = "" if hidden else sent.act.move
        yield self._item(turn, item.hour, "theirs", self._head(key), self._words(key), tail, move)

    def _readouts(self, turn: int, hour: int, event: e.ReadoutsCompared) -> Iterator[FeedItem]:
        """Both published accounts of an exchange."""
        exchange = self.state.exchanges[event.exchange - 1]
        told = []
        for side in SIDES:
            readout = exchange.us if side == "us" else exchange.china
            if readout is not None:
                words = self._say(
                    "readout",
                    side=TEAM[self.language][side],
                    outcome=self._say(readout.outcome),
                    tone=signed(readout.tone),
                    word=hostility(self.language, readout.tone),
                )
                told.append(f"{words}\n{readout.text}" if readout.text else words)
        by = TEAM[self.language][event.by] if event.by else ""
        yield self._item(turn, hour, "readout", self._say(f"readouts-{event.result}", side=by), "\n".join(told))

    def _committed(self, turn: int, hour: int, event: e.CommitmentMade) -> Iterator[FeedItem]:
        """A promise that went on the record; one that binds both is told once."""
        commitment = self.table.commitments[event.commitment]
        if not self._may_hear(event.act) or (commitment.binds == "both" and event.side == "china"):
            return
        bound = SIDES if commitment.binds == "both" else (event.side,)
        head = self._say("committed", sides=sides(self.language, bound), says=commitment.says.in_(self.language))
        yield self._item(turn, hour, "commitment", head)

    def _channel(
        self, turn: int, hour: int, event: e.ChannelSuspended | e.ChannelReopening | e.ChannelReopened
    ) -> Iterator[FeedItem]:
        """A channel suspended, about to reopen, or open again."""
        name = channel_name(self.table, event.channel, self.language)
        match event:
            case e.ChannelSuspended(by=by) if by is not None:
                head = self._say("suspended", side=TEAM[self.language][by], channel=name)
            case e.ChannelSuspended():
                head = self._say("closed", channel=name)
            case e.ChannelReopening():
                head = self._say("reopening", channel=name)
            case _:
                head = self._say("reopened", channel=name)
        yield self._item(turn, hour, "channel", head)

    def _line(self, turn: int, hour: int, event: e.LineCrossed | e.NearMiss) -> Iterator[FeedItem]:
        """Our own line crossed or near its limit."""
        if event.side != self.side:
            return
        says = line_says(self.state, self.table, event.side, event.line, self.language)
        if isinstance(event, e.NearMiss):
            yield self._item(turn, hour, "line", self._say("near", says=says))
            return
        authored = self.table.lines.get(f"{event.side}/{event.line}")
        text = authored.crossing_says.in_(self.language) if authored and authored.crossing_says else ""
        tail = ""
        if event.through is not None:
            through = line_says(self.state, self.table, event.side, event.through, self.language)
            tail = self._say("crossed-through", says=through)
        yield self._item(turn, hour, "line", self._say("crossed", says=says), text, tail)

    def _revealed(self, turn: int, hour: int, event: e.Revealed) -> Iterator[FeedItem]:
        """An act whose meaning and reading the facilitator has shown to both teams."""
        if self.seat == "observer":
            return
        key = event.act
        sent, item = self.state.sent(key), self._received[key]
        reading = (
            self._say("unread")
            if item.hostility is None
            else f"{hostility(self.language, item.hostility)} ({signed(item.hostility)})"
        )
        head = self._say(
            "revealed",
            side=TEAM[self.language][key[0]],
            intent=f"{hostility(self.language, sent.act.intent)} ({signed(sent.act.intent)})",
            reading=reading,
        )
        yield self._item(turn, hour, "note", head, head_for(self.table, sent, None, self.language))


ABOUT: Final[Mapping[type[e.Event], Callable[[Teller, Any], tuple[Thing, object]]]] = {  # Any: each kind has its own
    e.ActSent: lambda teller, event: teller._fate(event.act.key),
    e.ActArrived: lambda teller, event: teller._fate(event.act),
    e.RequestUnanswered: lambda teller, event: teller._fate(event.act),
    e.ExchangeHeld: lambda teller, event: teller._fate(event.request),
    e.CommitmentMade: lambda teller, event: teller._fate(event.act),
    e.Revealed: lambda teller, event: teller._fate(event.act),
    e.ReadoutsCompared: Teller._accounts,
    e.CommitmentBroken: Teller._promise,
    e.LineCrossed: Teller._own_lines,
    e.NearMiss: Teller._own_lines,
}
"""What an event of each kind is about, and what has become of it; where feeds say more of it than the event does."""
TELLERS: Final[Mapping[type[e.Event], Callable[[Teller, int, int, Any], Iterator[FeedItem]]]] = {  # Any: as above
    e.InjectDelivered: Teller._situation,
    e.Improvised: Teller._situation,
    e.ActSent: Teller._sent,
    e.ActArrived: Teller._arrived,
    e.RequestUnanswered: Teller._silence,
    e.ExchangeHeld: Teller._exchange,
    e.ReadoutsCompared: Teller._readouts,
    e.CommitmentMade: Teller._committed,
    e.CommitmentBroken: Teller._broken,
    e.ChannelSuspended: Teller._channel,
    e.ChannelReopening: Teller._channel,
    e.ChannelReopened: Teller._channel,
    e.TrackMarked: Teller._mark,
    e.LineCrossed: Teller._line,
    e.NearMiss: Teller._line,
    e.Revealed: Teller._revealed,
}
"""What tells an event of each kind, in the turn and at the hour of the story."""
