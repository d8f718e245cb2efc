"""All measures of one session, from its log alone.

Each number of the debrief and of the exports comes from here, so that it can be found again by anybody who has the log.
"""

from __future__ import annotations

from typing import NamedTuple

from crisis_sim.engine.sight.channel_use import channel_uses, contacts
from crisis_sim.engine.sight.hotwash_facts import ChannelUse, Contact
from crisis_sim.measures.conduct import Conduct, conduct
from crisis_sim.measures.forecasts import Foresight, foresight
from crisis_sim.measures.lines import LineMap, SecondOrder, line_map, second_orders
from crisis_sim.measures.meanings import Direction, Meaning, Mirror, blind_turns, direction, meanings, mirror
from crisis_sim.measures.tension import AtStake, Felt, TurningPoint, at_stake, felt, turning_points
from crisis_sim.rules.names import SIDES, other
from crisis_sim.session.course import Course, traced
from crisis_sim.session.replay import Replay


class Measures(NamedTuple):
    """Everything that is measured of a session."""

    course: Course
    meanings: tuple[Meaning, ...]
    directions: tuple[Direction, ...]
    mirrors: tuple[Mirror, ...]
    blind_turns: tuple[int, ...]
    """Turns in which each side meant well on average and took the other's acts as hostile."""
    lines_before: tuple[LineMap, ...]
    """Guesses of the briefing."""
    lines_after: tuple[LineMap, ...]
    """Guesses of the closing."""
    second_before: tuple[SecondOrder, ...]
    """What each side thought the other guesses of its lines, in the briefing; empty where nobody was asked."""
    second_after: tuple[SecondOrder, ...]
    """The same in the closing."""
    foresights: tuple[Foresight, ...]
    channels: tuple[ChannelUse, ...]
    contacts: tuple[Contact, ...]
    conducts: tuple[Conduct, ...]
    felt: tuple[Felt, ...]
    turning_points: tuple[TurningPoint, ...]
    at_stake: tuple[AtStake, ...]


def measured(replay: Replay) -> Measures:
    """The measures of a session as far as its log goes."""
    state, table = replay.state, replay.table
    course = traced(table, replay.ends)
    acts = meanings(state, table)
    return Measures(
        course=course,
        meanings=acts,
        directions=tuple(direction(acts, side) for side in SIDES),
        mirrors=tuple(mirror(acts, side) for side in SIDES),
        blind_turns=blind_turns(acts),
        lines_before=tuple(line_map(state, table, side, state.team(other(side)).guesses_before) for side in SIDES),
        lines_after=tuple(line_map(state, table, side, state.team(other(side)).guesses_after) for side in SIDES),
        second_before=second_orders(state, table, "before"),
        second_after=second_orders(state, table, "after"),
        foresights=tuple(foresight(state, side) for side in SIDES),
        channels=channel_uses(state, table),
        contacts=contacts(state),
        conducts=tuple(conduct(state, table, side, acts) for side in SIDES),
        felt=felt(course),
        turning_points=turning_points(course),
        at_stake=at_stake(state, table),
    )
