"""Telling an act in words: who did what, over what, how it fared as far as the one told may know."""

from __future__ import annotations

from crisis_sim.engine.phrases import CONFIDENCE, TEAM, hostility, say, signed
from crisis_sim.engine.state import Received, Sent, State
from crisis_sim.engine.table import Table
from crisis_sim.rules.facts import Act
from crisis_sim.rules.names import Language, Side, other


def move_label(table: Table, move: str, language: Language) -> str:
    """A move's name."""
    return table.moves[move].label.in_(language)


def channel_name(table: Table, channel: str, language: Language) -> str:
    """A channel's name."""
    return table.scenario.channels[channel].name.in_(language)


def parts(table: Table, act: Act, language: Language) -> dict[str, str]:
    """Move, channel, visibility and team of an act, in words."""
    return {
        "move": move_label(table, act.move, language),
        "channel": channel_name(table, act.channel, language),
        "visibility": say(language, act.visibility),
        "side": TEAM[language][act.side],
    }


def is_public(sent: Sent) -> bool:
    """The public heard it: it was said in public, or it leaked."""
    return sent.act.visibility == "public" or (sent.act.outcome == "leaked" and sent.arrived > 0)


def head_for(table: Table, sent: Sent, seat: Side | None, language: Language) -> str:
    """An act in a line, for a team or for those who see both."""
    words = parts(table, sent.act, language)
    if seat == sent.act.side:
        return say(language, "ours", **words)
    if seat is not None and sent.unclear is not None:
        return say(language, "unclear", **words)
    return say(language, "theirs", **words)


def words_for(table: Table, sent: Sent, seat: Side | None, language: Language) -> str:
    """An act's words with its terms and promise, or what its receiver saw instead."""
    if sent.unclear is not None and seat == other(sent.act.side):
        unclear = table.rules[sent.unclear].then.unclear
        return unclear.in_(language) if unclear is not None else ""
    act, terms = sent.act, table.material.terms
    lines = [sent.text] if sent.text else []
    if act.terms:
        lines.append(
            say(language, "terms", terms=say(language, "; ").join(terms[term].says.in_(language) for term in act.terms))
        )
    if act.promise is not None:
        lines.append(say(language, "promise", says=table.commitments[act.promise].says.in_(language)))
    if act.about is not None:
        lines.append(say(language, "about", channel=channel_name(table, act.about, language)))
    return "\n".join(lines)


def own_tail(state: State, table: Table, sent: Sent, language: Language) -> str:
    """What became of our act, as far as we can know."""
    act = sent.act
    told = [say(language, "meant", word=hostility(language, act.intent), value=signed(act.intent))]
    if act.visibility == "public":
        told.append(say(language, "said"))
    elif sent.arrived and act.outcome in {"too-low", "leaked"}:
        told.append(say(language, act.outcome))
    elif sent.arrived:
        told.append(say(language, "delivered"))
    elif state.hour <= sent.due_hour:
        told.append(say(language, "waiting", hour=sent.due_hour))
    else:
        told.append(say(language, "unconfirmed"))
    key = act.key
    request = next((kept for kept in reversed(state.requests) if kept.act == key), None)
    if request is not None:
        if request.how is not None:
            told.append(say(language, "answered", how=say(language, request.how)))
        elif request.status == "silent":
            told.append(say(language, "silent"))
        else:
            told.append(say(language, "asked", hour=request.due_hour))
    return say(language, "; ").join(told)


def their_tail(sent: Sent, item: Received, language: Language) -> str:
    """How their act came to us and how we read it."""
    told = []
    if sent.act.outcome == "leaked":
        told.append(say(language, "leaked-theirs"))
    hours = item.hour - sent.act.hour
    if sent.arrived > sent.act.turn:
        told.append(say(language, "late", hours=hours))
    if item.hostility is not None and item.confidence is not None:
        word, sure = hostility(language, item.hostility), CONFIDENCE[language][item.confidence - 1]
        told.append(say(language, "read", word=word, value=signed(item.hostility), sure=sure))
    return say(language, "; ").join(told)


def line_says(state: State, table: Table, side: Side, line: str, language: Language) -> str:
    """The words of a line, the scenario's or the team's own; its id if it was taken back."""
    authored = table.lines.get(f"{side}/{line}")
    if authored is not None:
        return authored.says.in_(language)
    return next((own.says for own in state.team(side).own_lines if own.id == line), line)
