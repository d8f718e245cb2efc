"""Meant and read, act by act: what was said, what was meant, how it came to the other side and what that made of it."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine import events as e
from crisis_sim.engine.channel_use import is_late
from crisis_sim.engine.phrases import TEAM, hostility, say, signed
from crisis_sim.engine.state import Received, Sent, State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import head_for, line_says, words_for
from crisis_sim.engine.views import MeaningPair, Quoted
from crisis_sim.rules.names import SIDES, Language, other


def meaning_pairs(state: State, table: Table, language: Language) -> tuple[MeaningPair, ...]:
    """Every act with its sealed intent and reading, largest gap first, then in the order of play."""
    readings = {item.act: item for side in SIDES for item in state.team(side).inbox}
    pairs = [_pair(state, table, key, readings.get(key), language) for key in state.acts]
    return tuple(sorted(pairs, key=lambda pair: -1 if pair.gap is None else abs(pair.gap), reverse=True))


def _pair(state: State, table: Table, key: e.Key, item: Received | None, language: Language) -> MeaningPair:
    sent = state.acts[key]
    hearer = other(key[0])
    reading = item.hostility if item is not None else None
    touched = item.touches if item is not None else None
    return MeaningPair(
        side=key[0],
        turn=key[1],
        order=key[2],
        head=head_for(table, sent, None, language),
        text=words_for(table, sent, None, language),
        intent=sent.act.intent,
        reading=reading,
        confidence=item.confidence if item is not None else None,
        gap=None if reading is None else reading - sent.act.intent,
        arrived=bool(sent.arrived),
        said=_quoted(table, sent, head_for(table, sent, None, language), language),
        fared=" ".join(_fared(sent, item, table, language)),
        seen=_seen(table, sent, language),
        touched=line_says(state, table, hearer, touched, language) if touched else "",
        replies=tuple(_replies(state, table, key, language)),
    )


def _seen(table: Table, sent: Sent, language: Language) -> Quoted | None:
    """What the receiver saw of it, where that was something else than what was said."""
    if sent.unclear is None:
        return None
    hearer = other(sent.act.side)
    seen = words_for(table, sent, hearer, language)
    return Quoted(head=head_for(table, sent, hearer, language), text="", more=seen)


def _quoted(table: Table, sent: Sent, head: str, language: Language) -> Quoted:
    """The words of an act apart from how they were put."""
    whole = words_for(table, sent, None, language)
    return Quoted(head=head, text=sent.text, more=whole.removeprefix(sent.text).strip("\n"))


def _fared(sent: Sent, item: Received | None, table: Table, language: Language) -> Iterator[str]:
    """How the channel served it, in sentences; nothing if it came in time and as it was sent."""
    act = sent.act
    if not sent.arrived:
        yield say(language, "fared-lost" if act.outcome == "unanswered" else "fared-waiting")
        return
    if item is not None and sent.arrived > act.turn:
        fared = "fared-late" if is_late(sent, table) else "fared-later"
        yield say(language, fared, hours=item.hour - act.hour, turn=sent.arrived)
    if act.outcome in {"too-low", "leaked"}:
        yield say(language, f"fared-{act.outcome}")


def _replies(state: State, table: Table, key: e.Key, language: Language) -> Iterator[Quoted]:
    """What was answered to it, and both sides' accounts of the exchange that followed."""
    for request in state.requests:
        if request.act != key:
            continue
        if request.status == "silent":
            yield Quoted(head=say(language, "silent-in-time"), text="")
        if request.answer is not None and request.how is not None:
            answer = state.sent(request.answer)
            head, how = head_for(table, answer, None, language), say(language, request.how)
            yield _quoted(table, answer, say(language, "reply", how=how, head=head), language)
    for exchange in state.exchanges:
        if exchange.request == key:
            for side in SIDES:
                readout = exchange.us if side == "us" else exchange.china
                if readout is not None:
                    tone = {"tone": signed(readout.tone), "word": hostility(language, readout.tone)}
                    outcome = say(language, readout.outcome)
                    head = say(language, "account", side=TEAM[language][side], outcome=outcome, **tone)
                    yield Quoted(head=head, text=readout.text)
