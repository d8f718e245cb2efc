"""Meant and read, act by act: what was said, what was meant, how it came to the other side and what that made of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from crisis_sim.engine import events as e
from crisis_sim.engine.sight.channel_use import is_late
from crisis_sim.engine.sight.hotwash_facts import PairFacts, ReplyFacts
from crisis_sim.engine.sight.seen import accounts_of, act_for, line_words, what_was_seen
from crisis_sim.engine.state import Received, Sent, State
from crisis_sim.engine.table import Table
from crisis_sim.rules.names import SIDES, other


def pair_facts(state: State, table: Table) -> tuple[PairFacts, ...]:
    """Every act with its sealed intent and reading, largest gap first, then in the order of play."""
    readings = {item.act: item for side in SIDES for item in state.team(side).inbox}
    pairs = [_pair(state, table, key, readings.get(key)) for key in state.acts]
    return tuple(sorted(pairs, key=lambda pair: -1 if pair.gap is None else abs(pair.gap), reverse=True))


def _pair(state: State, table: Table, key: e.Key, item: Received | None) -> PairFacts:
    sent = state.acts[key]
    reading = item.hostility if item is not None else None
    touched = item.touches if item is not None else None
    return PairFacts(
        side=key[0],
        turn=key[1],
        order=key[2],
        act=act_for(table, sent, None),
        intent=sent.act.intent,
        reading=reading,
        confidence=item.confidence if item is not None else None,
        gap=None if reading is None else reading - sent.act.intent,
        arrived=sent.arrived,
        hours=item.hour - sent.act.hour if item is not None and sent.arrived > sent.act.turn else 0,
        fared=tuple(_fared(sent, item, table)),
        seen=None if sent.unclear is None else what_was_seen(table, sent) or {},
        touched=line_words(state, table, other(key[0]), touched) if touched else None,
        replies=tuple(_replies(state, table, key)),
    )


def _fared(
    sent: Sent, item: Received | None, table: Table
) -> Iterator[Literal["late", "later", "too-low", "leaked", "lost", "waiting"]]:
    """How the channel served it; nothing if it came in time and as it was sent."""
    outcome = sent.act.outcome
    if not sent.arrived:
        yield "lost" if outcome == "unanswered" else "waiting"
        return
    if item is not None and sent.arrived > sent.act.turn:
        yield "late" if is_late(sent, table) else "later"
    if outcome == "too-low" or outcome == "leaked":
        yield outcome


def _replies(state: State, table: Table, key: e.Key) -> Iterator[ReplyFacts]:
    """What was answered to it, and both sides' accounts of the exchange that followed."""
    for request in state.requests:
        if request.act != key:
            continue
        if request.status == "silent":
            yield ReplyFacts()
        if request.answer is not None and request.how is not None:
            yield ReplyFacts(act=act_for(table, state.sent(request.answer), None), how=request.how)
    for exchange in state.exchanges:
        if exchange.request == key:
            yield from (ReplyFacts(account=account) for account in accounts_of(exchange))
