"""Lines, guesses and orders of offences: what a team writes down of its own limits and of the other's before play.

The guesses once more after it. What the other team takes gravely may be guessed while it is still at work on its lines
and ours are sealed.
"""

from __future__ import annotations

from typing import Literal

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.options import LONGEST_NAME
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import Side
from crisis_sim.text import clean

MOST_LINES = 7
"""Lines that one team may write, and guesses that it may make: five pink and two red are asked for."""
LONGEST_LINE = 300
"""Characters in a line."""


def line_event(state: State, table: GameTable, side: Side, action: a.LineAction) -> e.AnyEvent:
    """Write, adopt, drop, guess and seal. Raises ActionRefused."""
    phase = state.phase
    if phase not in {"briefing", "closing"}:
        raise ActionRefused("phase/lines")
    stage: Literal["before", "after"] = "before" if phase == "briefing" else "after"
    if state.team(side).committed and not (isinstance(action, a.GuessOrder) and stage == "before"):
        raise ActionRefused("lines/sealed")
    match action:
        case a.GuessLine(line=kind, concern=concern, says=text, weight=weight):
            return _guess(
                state, table, side, e.Guess(line=kind, concern=concern, says=_words(text), weight=weight), stage
            )
        case a.DropGuess(number=number):
            team = state.team(side)
            guesses = team.guesses_before if stage == "before" else team.guesses_after
            if not 1 <= number <= len(guesses):
                raise ActionRefused("guess/unknown")
            return e.GuessDropped(side, number, stage, visible=side)
        case a.GuessOrder(order=order):
            return e.OrderGuessed(side, _order(table, order), stage, visible=side)
        case a.SealLines():
            return e.LinesSealed(side, visible="everyone")
        case _:
            if stage == "after":
                raise ActionRefused("lines/played")
            return _own(state, table, side, action)


def _own(
    state: State,
    table: GameTable,
    side: Side,
    action: a.AdoptLines | a.WriteLine | a.DropLine | a.OrderOffences,
) -> e.AnyEvent:
    """A team's own lines and its own order of offences."""
    team = state.team(side)
    match action:
        case a.OrderOffences(order=order):
            return e.OffencesOrdered(side, _order(table, order), visible=side)
        case a.AdoptLines(lines=lines):
            line_ids = {line.id for line in table.scenario.teams.team_of(side).lines}
            for line in lines:
                if line not in line_ids:
                    raise ActionRefused("line/unknown", line=line[:LONGEST_NAME])
            return e.LinesAdopted(side, tuple(dict.fromkeys(lines)), visible=side)
        case a.WriteLine(line=kind, concern=concern, says=text, weight=weight, leads_to=leads_to):
            if len(team.own_lines) >= MOST_LINES:
                raise ActionRefused("line/many", most=MOST_LINES)
            _check(table, concern, weight)
            if leads_to is not None and (kind == "red" or not _is_red(state, table, side, leads_to)):
                raise ActionRefused("line/leads")
            line_id = f"own-{team.lines_written + 1}"
            own = e.OwnLine(id=line_id, line=kind, concern=concern, says=_words(text), weight=weight, leads_to=leads_to)
            return e.LineWritten(side, own, visible=side)
        case a.DropLine(line=line):
            if not any(own.id == line for own in team.own_lines):
                raise ActionRefused("line/not-ours")
            if any(own.leads_to == line for own in team.own_lines):
                raise ActionRefused("line/led-to")
            return e.LineDropped(side, line, visible=side)


def _guess(state: State, table: GameTable, side: Side, guess: e.Guess, stage: Literal["before", "after"]) -> e.AnyEvent:
    """A guess of one of theirs."""
    team = state.team(side)
    if len(team.guesses_before if stage == "before" else team.guesses_after) >= MOST_LINES:
        raise ActionRefused("guess/many", most=MOST_LINES)
    _check(table, guess.concern, guess.weight)
    return e.LineGuessed(side, guess, stage, visible=side)


def _order(table: GameTable, order: tuple[str, ...]) -> tuple[str, ...]:
    """An order that names every act of the session's card once."""
    card = table.card
    if card is None:
        raise ActionRefused("order/not-asked")
    if sorted(order) != sorted(card.says):
        raise ActionRefused("order/acts", n=len(card.says))
    return order


def _check(table: GameTable, concern: str, weight: int) -> None:
    """The concern is one of the packs' and the weight is in range."""
    if concern not in table.material.concerns:
        raise ActionRefused("line/concern", concern=concern[:LONGEST_NAME], names=tuple(table.material.concerns))
    if not 0 <= weight <= 10:
        raise ActionRefused("line/weight")


def _is_red(state: State, table: GameTable, side: Side, line: str) -> bool:
    """A red line of the team, the scenario's or its own, that has not been set aside."""
    team, authored = state.team(side), table.lines.get(f"{side}/{line}")
    own = any(own_line.id == line and own_line.line == "red" for own_line in team.own_lines)
    return own or (authored is not None and authored.kind == "red" and line in team.adopted)


def _words(text: str) -> str:
    """A line's words, clean and not empty."""
    words = clean(text, lines=False).strip()
    if not words or len(words) > LONGEST_LINE:
        raise ActionRefused("line/words", most=LONGEST_LINE)
    return words
