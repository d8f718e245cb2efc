"""The feed of a seat in words: one teller for each kind of thing that happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from crisis_sim.engine.sight.feed_items import (
    ActTold,
    ChannelTold,
    ExchangeTold,
    FeedFacts,
    LineTold,
    MarkTold,
    OwnActTold,
    PromiseTold,
    ReadoutsTold,
    RevealedTold,
    SilenceTold,
    SituationTold,
)
from crisis_sim.pages.phrases import sides, taken_as, team
from crisis_sim.pages.telling import (
    Teller,
    account_line,
    head_for,
    own_tail,
    parts_of,
    readouts_head,
    their_tail,
    words_for,
)

FeedSort: TypeAlias = Literal[
    "situation", "theirs", "ours", "silence", "answer", "channel", "commitment", "readout", "line", "track", "note"
]
"""What sort of thing happened."""


class Told(NamedTuple):
    """What a teller makes of a thing."""

    sort: FeedSort
    head: str
    text: str = ""
    tail: str = ""
    move: str = ""


def told(item: FeedFacts, say: Teller) -> Told:
    """One thing that happened, as the dossier's seat learned of it; what has been told before keeps its words."""
    _facts, kept = say.kept.get(id(item), (None, None))
    if not isinstance(kept, Told):
        kept = TELLERS[type(item)](item, say)
        say.kept[id(item)] = (item, kept)
    return kept


def _situation(item: SituationTold, say: Teller) -> Told:
    """An inject or improvised words; both forms where the reader sees both and they differ."""
    head = say("Word from the white cell") if item.title is None else say.of(item.title)
    texts = [(side, say.of(words)) for side, words in item.texts]
    if len({text for _, text in texts}) > 1:
        told = [
            text if side is None else say("{side}: {text}", side=team(say, side), text=text) for side, text in texts
        ]
        return Told("situation", head, "\n".join(told))
    return Told("situation", head, texts[0][1] if texts else "")


def _own_act(item: OwnActTold, say: Teller) -> Told:
    head = head_for(item.act, say.dossier.side, say)
    return Told("ours", head, words_for(item.act, say), own_tail(item, say), item.act.move)


def _act(item: ActTold, say: Teller) -> Told:
    head = head_for(item.act, say.dossier.side, say)
    tail = their_tail(item, say) if say.dossier.side is not None else ""
    return Told("theirs", head, words_for(item.act, say), tail, item.act.move)


def _silence(item: SilenceTold, say: Teller) -> Told:
    head = say("No answer to: {move}, {channel}", **parts_of(item.act, say))
    return Told("silence", head, say("We asked at T+{hour}. The time for an answer has passed.", hour=item.asked_hour))


def _exchange(item: ExchangeTold, say: Teller) -> Told:
    return Told("answer", say("The two sides spoke: {move}, {channel}", **parts_of(item.act, say)))


def _readouts(item: ReadoutsTold, say: Teller) -> Told:
    told = []
    for account in item.accounts:
        line = account_line(account, say)
        told.append(f"{line}\n{account.text}" if account.text else line)
    return Told("readout", readouts_head(item.result, item.by, say), "\n".join(told))


def _promise(item: PromiseTold, say: Teller) -> Told:
    says, named = say.promise(item.commitment), sides(say, item.sides)
    if item.broken:
        return Told("commitment", say("{side} broke a commitment: {says}", side=named, says=says))
    return Told("commitment", say("{sides} now bound: {says}", sides=named, says=says))


def _channel(item: ChannelTold, say: Teller) -> Told:
    name = say.channel(item.channel)
    match item.change:
        case "suspended" if item.by is not None:
            head = say("{side} suspended {channel}", side=team(say, item.by), channel=name)
        case "suspended":
            head = say("{channel} is suspended", channel=name)
        case "reopening":
            head = say("{channel} is to be reopened", channel=name)
        case _:
            head = say("{channel} is open again", channel=name)
    return Told("channel", head)


def _mark(item: MarkTold, say: Teller) -> Told:
    return Told("track", say("{track}: {says}", track=say.track(item.track), says=say.of(item.says)))


def _line(item: LineTold, say: Teller) -> Told:
    line = say.of(item.line)
    if not item.crossed:
        return Told("line", say("Our line is near its limit: {says}", says=line))
    text = "" if item.says is None else say.of(item.says)
    tail = "" if item.through is None else small_steps(say.of(item.through), say)
    return Told("line", say("Our red line was crossed: {says}", says=line), text, tail)


def small_steps(line: str, say: Teller) -> str:
    """That a pink line was full."""
    return say("small steps added up on: {says}", says=line)


def _revealed(item: RevealedTold, say: Teller) -> Told:
    parts = {"side": team(say, item.act.side), "intent": taken_as(say, item.intent)}
    if item.hostility is None:
        head = say("Revealed: {side} meant it as {intent}; it was not read", **parts)
    else:
        reading = taken_as(say, item.hostility)
        head = say("Revealed: {side} meant it as {intent}; it was read as {reading}", reading=reading, **parts)
    return Told("note", head, head_for(item.act, None, say))


TELLERS: Final[Mapping[type, Callable[[Any, Teller], Told]]] = {  # Any: each kind has its own
    SituationTold: _situation,
    OwnActTold: _own_act,
    ActTold: _act,
    SilenceTold: _silence,
    ExchangeTold: _exchange,
    ReadoutsTold: _readouts,
    PromiseTold: _promise,
    ChannelTold: _channel,
    MarkTold: _mark,
    LineTold: _line,
    RevealedTold: _revealed,
}
"""What tells each kind of thing."""
