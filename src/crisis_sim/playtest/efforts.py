"""What a turn asks of a team: keys, decisions and minutes, counted over sessions of bots that play as people might.

What an act takes is counted by what the screens show for it (`crisis_sim.pages.effort`); nothing of a session is kept.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from crisis_sim.authoring.stats import A_MOVE, TOGETHER, around_moves, reading_units
from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decided
from crisis_sim.engine.acts.phases import waiting_for
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.engine.sight.seats import glance, view_for
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.engine.state import opening_state
from crisis_sim.engine.table import GameTable, build_table
from crisis_sim.pages.effort import effort_of
from crisis_sim.pages.feed_words import item_words
from crisis_sim.pages.teller import Teller
from crisis_sim.playtest.bots import play_out
from crisis_sim.playtest.game import Bots, players
from crisis_sim.rules.names import SIDES, Language

AS_PEOPLE: Final = "human-like"
SEEDS: Final = tuple("12345678")
"""One session or two differ from many by half a decision a turn."""


class TurnEffort(NamedTuple):
    """What a turn of one length asks of a team, on average."""

    length: int
    one_table: bool
    """Both teams share one screen."""
    keys: float
    """Keys that choose or go on; letters, arrows and the curtain come on top."""
    decisions: float
    minutes: dict[Language, float]
    """To read what is new, to agree on moves, decisions and readings, to forecast, and to look at results."""


def turn_efforts(material: Material) -> tuple[TurnEffort, ...]:
    """For each length of the scenario, where each team has a screen of its own and where both share one."""
    lengths = sorted(material.scenario.lengths)
    return tuple([_effort(material, length, one_table=one) for length in lengths for one in (False, True)])


def _effort(material: Material, length: int, *, one_table: bool) -> TurnEffort:
    table = build_table(material, seed="", length=length, session="effort", one_table=one_table)
    spent: Counter[str] = Counter()
    for seed in SEEDS:
        spent += _session(table.seeded(seed, table.session))
    turns = len(SEEDS) * len(SIDES) * table.turns
    around = spent["agreed"] / turns * A_MOVE + around_moves(length)
    minutes = {each: spent[each] / turns / TOGETHER[each] + around for each in material.scenario.languages}
    return TurnEffort(length, one_table, spent["keys"] / turns, spent["decisions"] / turns, minutes)


def _session(table: GameTable) -> Counter[str]:
    """What a session took both teams in its turns: keys, decisions, what it agreed on, and what there was to read."""
    state, spent = opening_state(table), Counter[str]()

    def submit(seat: a.SeatName, action: a.AnyAction) -> None:
        nonlocal state
        view = glance(state, table, seat)
        if isinstance(view, TeamView) and view.turn:
            effort = effort_of(action, view, Teller(dossier_for(table, seat), "en"))
            spent.update(
                keys=effort.keys, decisions=effort.decisions, moves=isinstance(action, a.SealMove | a.AnswerDecision)
            )
        _told, state = decided(state, seat, action, table)

    play_out(
        players(Bots(AS_PEOPLE, AS_PEOPLE), table.seed, table),
        lambda seat: glance(state, table, seat),
        submit,
        waits_for=lambda: waiting_for(state),
    )
    for side in SIDES:
        view = view_for(state, table, side)
        assert isinstance(view, TeamView)
        for language in table.scenario.languages:
            say = Teller(dossier_for(table, side), language)
            texts = ("\n".join(item_words(item, say)[:2]) for item in view.feed)
            spent[language] += sum(reading_units(text, language) for text in texts)
    return spent
