"""The feed of one seat: what happened, as it learned of it, oldest first.

Each event that a feed may tell has a teller here; events without one are never told.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine import events as e
from crisis_sim.engine.actions import Seat
from crisis_sim.engine.phrases import TEAM, hostility, say, sides, signed
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import channel_name, head_for, is_public, own_tail, parts, their_tail, words_for
from crisis_sim.engine.views import FeedItem
from crisis_sim.rules.names import SIDES, Language, Side, other


def feed_for(state: State, table: Table, seat: Seat, language: Language) -> tuple[FeedItem, ...]:
    """What a seat has learned; the facilitator sees both teams' traffic, an observer what is public."""
    teller = Teller(state, table, seat, language)
    return tuple(item for turn, told in enumerate(state.story) for event in told for item in teller.tell(turn, event))


class Teller:
    """Tells events to one seat."""

    def __init__(self, state: State, table: Table, seat: Seat, language: Language) -> None:
        self.state = state
        self.table = table
        self.language = language
        self.seat = seat
        self.side: Side | None = seat if seat == "us" or seat == "china" else None

    def tell(self, turn: int, event: e.AnyEvent) -> Iterator[FeedItem]:
        """The items of one event for this seat, if any."""
        hour = self.table.hours[turn - 1] if turn else 0
        match event:
            case e.InjectDelivered() | e.Improvised():
                yield from self._situation(turn, hour, event)
            case e.ActSent(act=act) if self.side == act.side:
                sent = self.state.sent(act.key)
                tail = own_tail(self.state, self.table, sent, self.language)
                yield self._item(turn, hour, "ours", self._head(act.key), self._words(act.key), tail, act.move)
            case e.ActArrived(act=key):
                yield from self._arrived(turn, key)
            case e.RequestUnanswered(act=key) if self.seat in (key[0], "facilitator"):
                act = self.state.sent(key).act
                head = self._say("silence", **parts(self.table, act, self.language))
                yield self._item(turn, hour, "silence", head, self._say("silence-text", hour=act.hour))
            case e.ExchangeHeld(request=key) if self._may_hear(key):
                words = parts(self.table, self.state.sent(key).act, self.language)
                yield self._item(turn, hour, "answer", self._say("exchange", **words))
            case e.ReadoutsCompared():
                yield self._readouts(turn, hour, event)
            case e.CommitmentMade(commitment=name, side=side, act=key) if self._may_hear(key):
                yield from self._committed(turn, hour, name, side)
            case e.CommitmentBroken(commitment=name, side=side) if self._may_hear(self._promised(name, side)):
                says = self.table.commitments[name].says.in_(self.language)
                head = self._say("broken", side=TEAM[self.language][side], says=says)
                yield self._item(turn, hour, "commitment", head)
            case e.ChannelSuspended() | e.ChannelReopening() | e.ChannelReopened():
                yield self._channel(turn, hour, event)
            case e.TrackMarked(track=track, mark=mark):
                of = self.table.scenario.tracks[track]
                head = self._say("mark", track=of.name.in_(self.language), says=of.marks[mark].says.in_(self.language))
                yield self._item(turn, hour, "track", head)
            case e.LineCrossed() | e.NearMiss() if event.side == self.side:
                yield self._line(turn, hour, event)
            case e.Revealed(act=key) if self.seat != "observer":
                yield self._revealed(turn, hour, key)
            case _:
                return

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

    def _arrived(self, turn: int, key: e.Key) -> Iterator[FeedItem]:
        """Their acts in a team's feed; everybody's in the facilitator's, public ones in an observer's."""
        sent = self.state.sent(key)
        receiver = other(key[0])
        item = next(kept for kept in self.state.team(receiver).inbox if kept.act == key)
        if self.side == receiver:
            tail = their_tail(sent, item, self.language)
        elif self.seat == "facilitator" or (self.seat == "observer" and is_public(sent)):
            tail = ""
        else:
            return
        hidden = sent.unclear is not None and self.side is not None
        move = "" if hidden else sent.act.move
        yield self._item(turn, item.hour, "theirs", self._head(key), self._words(key), tail, move)

    def _readouts(self, turn: int, hour: int, event: e.ReadoutsCompared) -> FeedItem:
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
        return self._item(turn, hour, "readout", self._say(f"readouts-{event.result}", side=by), "\n".join(told))

    def _committed(self, turn: int, hour: int, name: str, side: Side) -> Iterator[FeedItem]:
        """A promise that went on the record; one that binds both is told once."""
        commitment = self.table.commitments[name]
        if commitment.binds == "both" and side == "china":
            return
        bound = SIDES if commitment.binds == "both" else (side,)
        head = self._say("committed", sides=sides(self.language, bound), says=commitment.says.in_(self.language))
        yield self._item(turn, hour, "commitment", head)

    def _channel(
        self, turn: int, hour: int, event: e.ChannelSuspended | e.ChannelReopening | e.ChannelReopened
    ) -> FeedItem:
        """A channel suspended, about to reopen, or open again."""
        name = channel_name(self.table, event.channel, self.language)
        match event:
            case e.ChannelSuspended(by=by):
                head = self._say("suspended", side=TEAM[self.language][by], channel=name)
            case e.ChannelReopening():
                head = self._say("reopening", channel=name)
            case _:
                head = self._say("reopened", channel=name)
        return self._item(turn, hour, "channel", head)

    def _line(self, turn: int, hour: int, event: e.LineCrossed | e.NearMiss) -> FeedItem:
        """Our own line crossed or near its limit."""
        says = line_says(self.state, self.table, event.side, event.line, self.language)
        if isinstance(event, e.NearMiss):
            return self._item(turn, hour, "line", self._say("near", says=says))
        authored = self.table.lines.get(f"{event.side}/{event.line}")
        text = authored.crossing_says.in_(self.language) if authored and authored.crossing_says else ""
        tail = ""
        if event.through is not None:
            through = line_says(self.state, self.table, event.side, event.through, self.language)
            tail = self._say("crossed-through", says=through)
        return self._item(turn, hour, "line", self._say("crossed", says=says), text, tail)

    def _revealed(self, turn: int, hour: int, key: e.Key) -> FeedItem:
        """An act whose meaning and reading the facilitator has shown."""
        sent = self.state.sent(key)
        item = next(kept for kept in self.state.team(other(key[0])).inbox if kept.act == key)
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
        return self._item(turn, hour, "note", head, head_for(self.table, sent, None, self.language))


def line_says(state: State, table: Table, side: Side, line: str, language: Language) -> str:
    """The words of a line, the scenario's or the team's own; its id if it was taken back."""
    authored = table.lines.get(f"{side}/{line}")
    if authored is not None:
        return authored.says.in_(language)
    return next((own.says for own in state.team(side).own_lines if own.id == line), line)
