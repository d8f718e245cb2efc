"""Lines and guesses as their own team, and after play everybody, sees them."""

from __future__ import annotations

from crisis_sim.engine.events import Guess
from crisis_sim.engine.keeping import kept
from crisis_sim.engine.lines import limit_of
from crisis_sim.engine.phrases import LINE_WORDS
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import line_says
from crisis_sim.engine.views import GuessView, LineView
from crisis_sim.rules.names import Language, Side


@kept("crossings", own=("pressure", "adopted", "own_lines"))
def line_views(state: State, table: Table, side: Side, language: Language) -> tuple[LineView, ...]:
    """A team's lines: the scenario's, those set aside included, then those that it wrote."""
    team = state.team(side)
    authored = [
        _line(
            state,
            table,
            side,
            line.id,
            line.kind,
            line.concern,
            line.leads_to,
            0,
            False,
            line.id in team.adopted,
            language,
        )
        for line in table.scenario.teams.of(side).lines
    ]
    own = [
        _line(state, table, side, line.id, line.line, line.concern, line.leads_to, line.weight, True, True, language)
        for line in team.own_lines
    ]
    return (*authored, *own)


def _line(
    state: State,
    table: Table,
    side: Side,
    line: str,
    kind: str,
    concern: str,
    leads_to: str | None,
    weight: int,
    ours: bool,
    adopted: bool,
    language: Language,
) -> LineView:
    """One line with where it stands."""
    pressure = state.team(side).pressure.get(line, 0)
    limit = limit_of(state, table, side, line) if kind == "pink" else 0
    crossed = any((kept.side, kept.line) == (side, line) for kept in state.crossings)
    words = LINE_WORDS[language]
    if not adopted:
        word = words[5]
    elif crossed:
        word = words[4]
    elif kind == "red" or pressure == 0:
        word = words[0]
    elif pressure >= limit:
        word = words[3]
    else:
        word = words[2] if pressure * 100 >= limit * table.base.lines.near else words[1]
    return LineView(
        id=line,
        kind="red" if kind == "red" else "pink",
        concern=table.material.concerns[concern].in_(language) if concern in table.material.concerns else concern,
        says=line_says(state, table, side, line, language),
        ours=ours,
        adopted=adopted,
        weight=weight,
        pressure=pressure,
        limit=limit,
        word=word,
        leads_to=leads_to,
        leads_to_says=line_says(state, table, side, leads_to, language) if leads_to else None,
        about=concern,
    )


def guess_views(table: Table, guesses: tuple[Guess, ...], language: Language) -> tuple[GuessView, ...]:
    """A team's guesses, or those it expects of the other, numbered from 1."""
    return tuple(
        GuessView(
            number=number,
            kind=guess.line,
            concern=table.material.concerns[guess.concern].in_(language)
            if guess.concern in table.material.concerns
            else guess.concern,
            says=guess.says,
            weight=guess.weight,
        )
        for number, guess in enumerate(guesses, 1)
    )
