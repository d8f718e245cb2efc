"""The feed of a seat in words: one teller for each kind of thing that happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from crisis_sim.engine.sight.dossier import Dossier
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
from crisis_sim.pages.seat_parts import FeedItem, FeedSort
from crisis_sim.pages.telling import (
    account_line,
    channel_name,
    head_for,
    in_language,
    own_tail,
    parts_of,
    promise_says,
    readouts_head,
    their_tail,
    words_for,
)
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker


class Told(NamedTuple):
    """What a teller makes of a thing."""

    sort: FeedSort
    head: str
    text: str = ""
    tail: str = ""
    move: str = ""


def feed_item(item: FeedFacts, dossier: Dossier, language: Language, turn: int) -> FeedItem:
    """One thing that happened, for the dossier's seat in this turn."""
    told = TELLERS[type(item)](item, dossier, language)
    return FeedItem(
        turn=item.turn,
        hour=item.hour,
        is_new=item.turn == turn and told.sort != "ours",
        sort=told.sort,
        head=told.head,
        text=told.text,
        tail=told.tail,
        move=told.move,
    )


def _situation(item: SituationTold, dossier: Dossier, language: Language) -> Told:
    """An inject or improvised words; both forms where the reader sees both and they differ."""
    say = speaker(language)
    head = say("Word from the white cell") if item.title is None else in_language(item.title, language)
    texts = [(side, in_language(words, language)) for side, words in item.texts]
    if len({text for _, text in texts}) > 1:
        told = [
            text if side is None else say("{side}: {text}", side=team(language, side), text=text)
            for side, text in texts
        ]
        return Told("situation", head, "\n".join(told))
    return Told("situation", head, texts[0][1] if texts else "")


def _own_act(item: OwnActTold, dossier: Dossier, language: Language) -> Told:
    head = head_for(item.act, dossier, dossier.side, language)
    return Told("ours", head, words_for(item.act, dossier, language), own_tail(item, language), item.act.move)


def _act(item: ActTold, dossier: Dossier, language: Language) -> Told:
    head = head_for(item.act, dossier, dossier.side, language)
    tail = their_tail(item, language) if dossier.side is not None else ""
    return Told("theirs", head, words_for(item.act, dossier, language), tail, item.act.move)


def _silence(item: SilenceTold, dossier: Dossier, language: Language) -> Told:
    say = speaker(language)
    head = say("No answer to: {move}, {channel}", **parts_of(item.act, dossier, language))
    return Told("silence", head, say("We asked at T+{hour}. The time for an answer has passed.", hour=item.asked_hour))


def _exchange(item: ExchangeTold, dossier: Dossier, language: Language) -> Told:
    words = parts_of(item.act, dossier, language)
    return Told("answer", speaker(language)("The two sides spoke: {move}, {channel}", **words))


def _readouts(item: ReadoutsTold, dossier: Dossier, language: Language) -> Told:
    told = []
    for account in item.accounts:
        line = account_line(account, language)
        told.append(f"{line}\n{account.text}" if account.text else line)
    return Told("readout", readouts_head(item.result, item.by, language), "\n".join(told))


def _promise(item: PromiseTold, dossier: Dossier, language: Language) -> Told:
    say, says = speaker(language), promise_says(dossier, item.commitment, language)
    named = sides(language, item.sides)
    if item.broken:
        return Told("commitment", say("{side} broke a commitment: {says}", side=named, says=says))
    return Told("commitment", say("{sides} now bound: {says}", sides=named, says=says))


def _channel(item: ChannelTold, dossier: Dossier, language: Language) -> Told:
    say, name = speaker(language), channel_name(dossier, item.channel, language)
    match item.change:
        case "suspended" if item.by is not None:
            head = say("{side} suspended {channel}", side=team(language, item.by), channel=name)
        case "suspended":
            head = say("{channel} is suspended", channel=name)
        case "reopening":
            head = say("{channel} is to be reopened", channel=name)
        case _:
            head = say("{channel} is open again", channel=name)
    return Told("channel", head)


def _mark(item: MarkTold, dossier: Dossier, language: Language) -> Told:
    track = in_language(dossier.tracks[item.track].name, language)
    return Told("track", speaker(language)("{track}: {says}", track=track, says=in_language(item.says, language)))


def _line(item: LineTold, dossier: Dossier, language: Language) -> Told:
    say, line = speaker(language), in_language(item.line, language)
    if not item.crossed:
        return Told("line", say("Our line is near its limit: {says}", says=line))
    text = "" if item.says is None else in_language(item.says, language)
    tail = "" if item.through is None else small_steps(in_language(item.through, language), language)
    return Told("line", say("Our red line was crossed: {says}", says=line), text, tail)


def small_steps(line: str, language: Language) -> str:
    """That a pink line was full."""
    return speaker(language)("small steps added up on: {says}", says=line)


def _revealed(item: RevealedTold, dossier: Dossier, language: Language) -> Told:
    say = speaker(language)
    parts = {"side": team(language, item.act.side), "intent": taken_as(language, item.intent)}
    if item.hostility is None:
        head = say("Revealed: {side} meant it as {intent}; it was not read", **parts)
    else:
        reading = taken_as(language, item.hostility)
        head = say("Revealed: {side} meant it as {intent}; it was read as {reading}", reading=reading, **parts)
    return Told("note", head, head_for(item.act, dossier, None, language))


TELLERS: Final[Mapping[type, Callable[[Any, Dossier, Language], Told]]] = {  # Any: each kind has its own
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
