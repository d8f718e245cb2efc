"""Pressure on lines, near misses, and crossings.

A pink line belongs to the team that perceives: pressure is scaled by how that team read the act, decays with time, and
at its limit becomes a crossing of the red line it leads to.
"""

from __future__ import annotations

from crisis_sim.engine.judging.story import Cause, Story
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.numbers import ONE, scale
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import Side, other


def limit_of(table: Table, name: str) -> int:
    """The pressure at which a pink line, named as `side/line`, is at its limit; hundredths."""
    return table.pink.get(name, table.own_pink).limit


def leads_to(state: State, table: Table, side: Side, line: str) -> str | None:
    """The red line that a pink line leads to."""
    authored = table.lines.get(f"{side}/{line}")
    if authored is not None:
        return authored.leads_to
    return next((own.leads_to for own in state.team(side).own_lines if own.id == line), None)


def pressed_lines(story: Story, owner: Side, named: str) -> tuple[str, ...]:
    """Pink lines of a team that an effect names by concern or id, those set aside left out."""
    team, table = story.frame.team(owner), story.table
    if f"{owner}/{named}" in story.frame.pressure:
        known = named in team.adopted or f"{owner}/{named}" not in table.lines
        found: tuple[str, ...] = (named,) if known else ()
    else:
        found = tuple([line for line in table.pink_by_concern.get((owner, named), ()) if line in team.adopted])
    if not team.own_lines:
        return found
    return (*found, *(line.id for line in team.own_lines if line.line == "pink" and line.concern == named))


def red_lines(state: State, table: Table, owner: Side, named: str) -> tuple[str, ...]:
    """Red lines of a team that an effect names by concern or id, those set aside left out."""
    team = state.team(owner)
    authored = table.lines.get(f"{owner}/{named}")
    if authored is not None:
        found: tuple[str, ...] = (named,) if authored.kind == "red" else ()
    else:
        found = table.red_by_concern.get((owner, named), ())
    own = tuple(line.id for line in team.own_lines if line.line == "red" and named in (line.concern, line.id))
    return (*(line for line in found if line in team.adopted), *own)


def press(story: Story, owner: Side, line: str, by: int, cause: Cause) -> None:
    """Add pressure to a pink line, as the owner read what pressed it; rules on press may make it grow."""
    if cause.press_factor != ONE:
        by = scale(by, cause.press_factor)
    if by <= 0:
        return
    presser = cause.sender if cause.sender is not None and cause.sender != owner else other(owner)
    name = f"{owner}/{line}"
    grown = by + _growth(story, name, by, presser, cause)
    story.press(owner, line, presser, grown, cause)


def _growth(story: Story, name: str, by: int, presser: Side, cause: Cause) -> int:
    """What rules on press add to a pressing: small steps in one direction weigh more together."""
    added, growing = 0, story.table.moments.get("press")
    if growing is None:
        return 0
    facts = story.press_facts(presser, name)
    for plan in growing(facts):
        if plan.grow is not None:
            added += scale(by, plan.grow * _pressed_before(facts, plan.turns))
            story.fire(plan, presser, cause.act)
    return added


def _pressed_before(facts: Facts, turns: int) -> int:
    """How often the line at hand was pressed by the same side in this turn and so many before it."""
    line, by, since = facts.line, facts.sender, facts.turn - turns
    count = 0
    for kept in reversed(facts.presses):
        if kept.turn < since:
            break
        if kept.line == line and kept.by == by:
            count += 1
    return count


def relieve(story: Story, owner: Side, line: str, by: int, cause: Cause) -> None:
    """Take pressure off a pink line."""
    value = story.numbers("pressure")[f"{owner}/{line}"]
    story.move("pressure", f"{owner}/{line}", cause.trace(value, max(0, value - by)))
