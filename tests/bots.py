"""Bots at all three seats of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.errors import ActionRefused
from crisis_sim.playtest.bots import AutoFacilitator, Bot, Player, bot_for
from crisis_sim.rules.names import Side

if TYPE_CHECKING:
    from tests.engine.play import Play


def bot_at(table: GameTable, side: Side, policy: str, luck: str) -> Bot:
    """A team's bot by its policy and luck."""
    return bot_for(side, policy, luck, dossier_for(table, side))


def bots_at(table: GameTable, us: tuple[str, str], china: tuple[str, str]) -> tuple[Player, Player, Player]:
    """Two bots, each by its policy and luck, and a facilitator that keeps play going."""
    return bot_at(table, "us", *us), bot_at(table, "china", *china), AutoFacilitator()


def act_once(player: Player, play: Play) -> None:
    """Let a player do the first of what it would do at this moment, if anything."""
    view = play.look(player.seat)
    action = next(player.actions(view), None)
    if action is not None:
        try:
            play.submit(player.seat, action)
        except ActionRefused:
            play.submit(player.seat, player.way_out(view))
