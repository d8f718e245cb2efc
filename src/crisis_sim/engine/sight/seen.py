"""An act as a seat may know it, and what became of it."""

from __future__ import annotations

from crisis_sim.engine.sight.acts import AccountFacts, ActFacts
from crisis_sim.engine.state import Exchange, Sent, State
from crisis_sim.engine.table import Table
from crisis_sim.rules.names import SIDES, Side, Words, other


def is_public(sent: Sent) -> bool:
    """The public heard it: it was said in public, or it leaked."""
    return sent.act.visibility == "public" or (sent.act.outcome == "leaked" and sent.arrived > 0)


def act_for(table: Table, sent: Sent, reader: Side | None) -> ActFacts:
    """An act as `reader` may know it; None stands for those who know both sides."""
    act = sent.act
    if sent.unclear is not None and reader == other(act.side):
        seen = what_was_seen(table, sent) or {}
        return ActFacts(side=act.side, channel=act.channel, visibility=act.visibility, seen=seen)
    return ActFacts(
        side=act.side,
        channel=act.channel,
        visibility=act.visibility,
        move=act.move,
        text=sent.text,
        terms=act.terms,
        promise=act.promise,
        about=act.about,
    )


def head_of(table: Table, sent: Sent, reader: Side | None) -> ActFacts:
    """The same without its words: who did what, over what."""
    act = sent.act
    if sent.unclear is not None and reader == other(act.side):
        return ActFacts(side=act.side, channel=act.channel, visibility=act.visibility, seen={})
    return ActFacts(side=act.side, channel=act.channel, visibility=act.visibility, move=act.move)


def what_was_seen(table: Table, sent: Sent) -> Words | None:
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


def line_words(state: State, table: Table, side: Side, line: str) -> Words:
    """The words of a line, the scenario's or the team's own; its id if it was taken back."""
    authored = table.lines.get(f"{side}/{line}")
    if authored is not None:
        return authored.says.words
    return {"": next((own.says for own in state.team(side).own_lines if own.id == line), line)}
