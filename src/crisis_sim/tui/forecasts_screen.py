"""Forecasts for the next turn, with what the last turn came to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from textual import work
from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.actions import CommitForecasts, CommitReadings, SealForecast
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.pages.feed_order import newest_first
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.pages.forecast_blocks import belief_note, forecast_blocks, forecast_scores
from crisis_sim.pages.line_blocks import line_blocks
from crisis_sim.pages.reading_blocks import is_all_said
from crisis_sim.pages.standing_blocks import home_blocks
from crisis_sim.tui.block_rows import draws
from crisis_sim.tui.briefed_screen import BriefedScreen
from crisis_sim.tui.frame import PANE_KEYS, DeskChanged
from crisis_sim.tui.key_bindings import FACTS, TOLD, KeyBinding
from crisis_sim.tui.leafed_back import LeafedBack
from crisis_sim.wording import _


class ForecastsScreen(BriefedScreen, LeafedBack):
    """Results of the turn beside the questions for the next."""

    TABS = (("asks", "Forecasts"), ("results", _("What happened")), ("lines", _("Our lines")), ("home", _("At home")))
    KEYS = (
        *(
            KeyBinding(str(n), f"chance({n * 10})", f"{n * 10}", f"A chance of {n * 10} of 100", foot=False)
            for n in range(10)
        ),
        KeyBinding("", "nothing", "to 9: chance in tens", "0 to 9 give 0 to 90 of 100", shown="0"),
        KeyBinding("x", "chance(100)", "100", "Surely: 100 of 100"),
        KeyBinding("c", "commit", "commit", "Our forecasts are final"),
        KeyBinding("r", "cards", "cards again", "Back to what reached us; forecasts stay as they are"),
        KeyBinding("b", "briefs", "briefs", "Read the briefs and our aims again"),
        FACTS,
        TOLD,
        KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person", foot=False),
        *(key for key in PANE_KEYS if not key.keys.isdigit()),
    )
    DEFAULT_CSS = """
    ForecastsScreen {
        #sheet { height: 1fr; }
        &.-wide #sheet { layout: grid; grid-size: 2 2; grid-columns: 1fr 1fr; grid-rows: 1fr auto; }
        &.-wide #lines, &.-wide #home { max-height: 12; min-height: 4; }
    }
    """

    def body(self) -> Iterable[Widget]:
        """Questions and results."""
        yield Container(*(self.folded(name) for name in ("asks", "results", "lines", "home")), id="sheet")

    def on_mount(self) -> None:
        """Begin at the questions."""
        self.call_after_refresh(self.pane("asks").focus)

    def now(self, view: View) -> str | None:
        """What the next key means."""
        team = cast(TeamView, view)
        if all(forecast.chance is not None for forecast in team.asked_now):
            if self.can("cards"):
                return self.say("Forecasts are said. Commit (c) them with our readings; r goes back to the cards.")
            return self.say("Forecasts are said. Commit (c), or correct one first.")
        return self.say("How likely next turn? 0 to 9 are 0 to 90 percent, x is 100.")

    def draw(self, view: View) -> None:
        """Fill the panels."""
        team, say = cast(TeamView, view), self.say
        first = next((forecast.id for forecast in team.asked_now if forecast.chance is None), None)
        self.pane("asks").show(
            draws(
                [
                    *forecast_blocks(team.asked_now, say),
                    *belief_note(team.asked_now, say),
                    *forecast_scores(team.forecast_scores, say),
                ]
            ),
            key=first,
        )
        self.pane("results").show(draws(feed_blocks(newest_first(team.feed), say, turn=team.turn)))
        self.pane("lines").show(draws(line_blocks(team.lines, say)))
        self.pane("home").show(draws(home_blocks(team, say)))
        self.redraw_frame()

    def action_nothing(self) -> None:
        """Stands in the footer for the digits."""

    async def action_chance(self, chance: int) -> None:
        """Say the chance of the question under the cursor; the next one comes."""
        pane = self.pane("asks")
        name = pane.key
        if name and await self.send(SealForecast(forecast=name, chance=chance)):
            self.show(self.seat.view())

    def can(self, action: str) -> bool:
        """Back to the cards, where they are not committed yet."""
        if action == "cards":
            return self.team.phase == "readings" and bool(self.team.to_read)
        return super().can(action)

    def action_cards(self) -> None:
        """Back to the cards."""
        self.unsealed.read_in = 0
        self.post_message(DeskChanged())

    @work
    async def action_commit(self) -> None:
        """Forecasts are final; ask when some are missing."""
        if is_all_said(self.team):
            await self.send(CommitReadings() if self.team.phase == "readings" else CommitForecasts())
        else:
            await self.fill_in("commit")
