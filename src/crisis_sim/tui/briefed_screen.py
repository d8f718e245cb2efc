"""A team's screen from which its briefs are read again, over it."""

from __future__ import annotations

from crisis_sim.tui.frame import TeamSeatScreen


class BriefedScreen(TeamSeatScreen):
    """What was read before play is one key away."""

    def action_briefs(self) -> None:
        """Read the briefs again."""
        from crisis_sim.tui.expecting_screen import briefing_screen

        self.app.push_screen(briefing_screen(self.seat, self.unsealed, again=True))
