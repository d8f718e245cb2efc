"""A team's screens from which the telling of the turn is read again, over them."""

from __future__ import annotations

from crisis_sim.tui.frame import TeamSeatScreen


class LeafedBack(TeamSeatScreen):
    """How the turn began is one key away."""

    def can(self, action: str) -> bool:
        """There is something to tell once a turn has begun."""
        return self.team.turn > 0 if action == "telling" else super().can(action)

    def action_telling(self) -> None:
        """Read again how the turn began."""
        from crisis_sim.tui.telling_screen import TellingScreen

        self.app.push_screen(TellingScreen(self.seat, self.unsealed, again=True))
