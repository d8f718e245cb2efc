"""One moment in words.

For the whole it is what was done at which seat; for a team, what its view shows that it did not before: a team's words
are made from two of its views and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.phrases import hostility, signed
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import channel_name, head_for, line_says, move_label
from crisis_sim.engine.views import FeedItem, TeamView, View
from crisis_sim.numbers import shown
from crisis_sim.rules.names import Language, Side
from crisis_sim.session.record import Entry

WHO: Final[dict[a.Seat, str]] = {"us": "US", "china": "China", "facilitator": "Facilitator", "observer": "Observer"}

PHASES: Final[dict[str, str]] = {
    "briefing": "Briefing",
    "situation": "Situation",
    "moves": "Moves",
    "readings": "Readings",
    "results": "Results",
    "forecasts": "Forecasts",
    "closing": "Closing",
    "hotwash": "Hotwash",
    "closed": "Closed",
}

PLAIN: Final[dict[type[a.Action], str]] = {
    a.AdoptLines: "adopts lines of the scenario",
    a.DropLine: "takes back a line",
    a.DropGuess: "takes back a guess",
    a.SealLines: "seals its lines and guesses",
    a.WithdrawMove: "takes a move off its list",
    a.CommitMoves: "commits its moves",
    a.CommitReadings: "commits its readings",
    a.CommitForecasts: "commits its forecasts",
    a.Advance: "goes on to the next phase",
    a.Pause: "stops the clock",
    a.Unpause: "lets the clock run",
}
"""Acts that need no more words than these."""


def entry_told(entry: Entry | None, state: State, table: Table, language: Language) -> str:
    """What was done, with what was sealed; `state` is the one after it."""
    if entry is None:
        return "The table is set; nobody has done anything."
    return f"{WHO[entry.seat]} {_done(entry, state, table, language)}"


def _done(entry: Entry, state: State, table: Table, language: Language) -> str:
    action = entry.action
    if (plain := PLAIN.get(type(action))) is not None:
        return plain
    match action:
        case a.SealMove(draft=draft):
            return f"seals a move: {_draft(draft, table, language)}"
        case a.ReviseMove(number=number, draft=draft):
            return f"writes move {number} anew: {_draft(draft, table, language)}"
        case a.SealReading() if entry.seat in ("us", "china"):
            return _reading(action, entry.seat, state, table, language)
        case a.SealForecast(forecast=forecast, chance=chance):
            asked = next((each.ask.in_(language) for each in table.scenario.forecasts if each.id == forecast), forecast)
            return f"gives {chance} in 100: {asked}"
        case a.WriteLine(line=kind, says=says):
            return f"writes a {kind} line: {says}"
        case a.GuessLine(line=kind, says=says):
            return f"guesses a {kind} line of the other side: {says}"
        case a.SealReadout(tone=tone, text=text):
            return f"seals its readout ({signed(tone)} {hostility(language, tone)}) {text}".rstrip()
        case _:
            return _facilitated(action, table, language)


def _facilitated(action: a.AnyAction, table: Table, language: Language) -> str:
    """What a facilitator does, and what any seat may do."""
    match action:
        case a.TakeSeat(occupant=occupant, policy=policy):
            return f"is taken by a {occupant}" + (f", {policy}" if policy else "")
        case a.ReleaseInject(inject=inject) | a.HoldInject(inject=inject) | a.SkipInject(inject=inject):
            verb = {a.ReleaseInject: "releases", a.HoldInject: "holds back", a.SkipInject: "strikes"}[type(action)]
            return f"{verb} {table.injects[inject].title.in_(language) if inject in table.injects else inject}"
        case a.Improvise(to=to, text=text):
            return f"tells {'both teams' if to == 'both' else WHO[to]}: {text}"
        case a.Override(meter=meter, of=of, to=to, reason=reason):
            value = str(to) if meter == "readiness" else shown(to)
            return f"sets {' '.join(filter(None, (meter, of)))} to {value}: {reason}"
        case a.TakeNote(text=text):
            return f"notes: {text}"
        case a.Bookmark(label=label):
            return f"marks this place: {label}"
        case a.Extend(minutes=minutes):
            return f"gives {minutes} more minutes"
        case a.RollBack(turn=turn, child=child):
            return f"goes back to turn {turn}, in session {child}"
        case a.Reveal(side=side, turn=turn, order=order):
            return f"shows both teams what act {turn}.{order} of {WHO[side]} meant and how it was read"
        case _:
            return type(action).__name__


def _draft(draft: a.Draft, table: Table, language: Language) -> str:
    where = f"{move_label(table, draft.move, language)}, {channel_name(table, draft.channel, language)}"
    meant = f"meant {signed(draft.intent)} {hostility(language, draft.intent)}"
    quoted = f" “{draft.text}”" if draft.text else ""
    return f"{where}, {draft.visibility}, {meant}{quoted}"


def _reading(action: a.SealReading, side: Side, state: State, table: Table, language: Language) -> str:
    inbox = state.team(side).inbox
    taken = f"{signed(action.hostility)} {hostility(language, action.hostility)}"
    touched = f", touching {line_says(state, table, side, action.touches, language)}" if action.touches else ""
    if not 0 < action.item <= len(inbox):
        return f"reads something as {taken}"
    head = head_for(table, state.sent(inbox[action.item - 1].act), side, language)
    return f"reads {head} as {taken}, {action.confidence} of 4 sure{touched}"


# what a view shows that the one before did not


def news(before: View | None, view: View) -> tuple[str, ...]:
    """What is new on a seat's screen, in sentences; empty where nothing is."""
    if before is None:
        return (view.now,)
    return tuple(_news(before, view))


def _news(before: View, view: View) -> Iterator[str]:
    if (view.turn, view.phase) != (before.turn, before.phase):
        yield f"{PHASES[view.phase]}." if view.turn == before.turn else f"Turn {view.turn}: {view.phase}."
    for item in fresh(before.feed, view.feed):
        yield ": ".join(filter(None, (item.head, item.text.replace("\n", " "))))
    if isinstance(view, TeamView) and isinstance(before, TeamView):
        yield from _at_the_desk(before, view)
    for seat in view.bots:
        if seat not in before.bots:
            yield f"A bot takes the seat: {WHO[seat]}."
    if view.paused != before.paused:
        yield "The clock stops." if view.paused else "The clock runs."


def _at_the_desk(before: TeamView, view: TeamView) -> Iterator[str]:
    """What a team did itself, and whether the other is done."""
    if view.phase == before.phase and view.drafts != before.drafts:
        known = {each.head for each in before.drafts}
        added = [each.head for each in view.drafts if each.head not in known]
        yield f"Our list: {added[-1]}" if added else f"Our list has {len(view.drafts)} moves."
    old = {(each.number, each.hostility, each.confidence, each.touches) for each in before.to_read}
    for card in view.to_read:
        if card.hostility is not None and (card.number, card.hostility, card.confidence, card.touches) not in old:
            yield f"We read {card.head} as {signed(card.hostility)} {hostility(view.language, card.hostility)}."
    for forecast in view.forecasts:
        if forecast.chance is not None and forecast not in before.forecasts:
            yield f"We give {forecast.chance} in 100: {forecast.ask}"
    if view.phase in ("briefing", "closing") and (view.lines, view.guesses) != (before.lines, before.guesses):
        yield "We work on our lines and on our guesses of theirs."
    for done, was, who in (
        (view.committed, before.committed, "We are"),
        (view.other_committed, before.other_committed, "The other team is"),
    ):
        if done and not was:
            yield f"{who} done with this phase."
    yield from (f"Our note: {note}" for note in view.notes[len(before.notes) :])


def fresh(before: tuple[FeedItem, ...], feed: tuple[FeedItem, ...]) -> tuple[FeedItem, ...]:
    """The items of a feed that were not in the one before."""
    known = {(item.turn, item.hour, item.sort, item.head, item.text) for item in before}
    return tuple(item for item in feed if (item.turn, item.hour, item.sort, item.head, item.text) not in known)
