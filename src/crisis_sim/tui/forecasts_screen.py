"""Forecasts for the next turn, with what the last turn came to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from textual import on, work
from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.actions import CommitForecasts, CommitReadings, SealForecast
from crisis_sim.engine.sight.views import ForecastFacts, TeamView, View
from crisis_sim.pages.feed_order import newest_first
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.pages.forecast_blocks import EVEN, belief_note, forecast_blocks, forecast_scores
from crisis_sim.pages.line_blocks import line_blocks
from crisis_sim.pages.reading_blocks import is_all_said
from crisis_sim.pages.standing_blocks import home_blocks
from crisis_sim.tui.block_rows import draws
from crisis_sim.tui.frame import PANE_KEYS, DeskChanged
from crisis_sim.tui.key_bindings import FACTS, TOLD, KeyBinding
from crisis_sim.tui.leafed_back import LeafedBack
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import _


class ForecastsScreen(LeafedBack):
    """Results of the turn beside the questions for the next."""

    TABS = (("asks", "Forecasts"), ("results", _("What happened")), ("lines", _("Our lines")), ("home", _("At home")))
    KEYS = (
        *(KeyBinding(str(n), f"percent({n})", f"{n}", f"Type {n}", foot=False) for n in range(10)),
        KeyBinding("", "nothing", "to 100", "A number is percent: 5 is 5 %, 50 is 50 %", shown="0"),
        KeyBinding("right,plus", "step(10)", "ten more", "Ten percent more; the first time 50", foot=False),
        KeyBinding("left,minus", "step(-10)", "ten less", "Ten percent less; the first time 50", foot=False),
        KeyBinding("enter", "accept", "take it", "Seal the percent that were typed, and go on to the next question"),
        KeyBinding("backspace,escape", "untype", "take back", "Take back what was typed", foot=False),
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

    _typed: int | None = None
    """Percent that are typed for the question under the cursor, and not sealed yet."""
    _typed_for = ""
    """The question that the cursor was on last."""

    def body(self) -> Iterable[Widget]:
        """Questions and results."""
        yield Container(*(self.folded(name) for name in ("asks", "results", "lines", "home")), id="sheet")

    def on_mount(self) -> None:
        """Begin at the questions."""
        self.call_after_refresh(self.pane("asks").focus)

    def now(self, view: View) -> str | None:
        """What the next key means."""
        team = cast(TeamView, view)
        if self._typed is not None:
            return self.say("{n} percent: enter takes it.", n=self._typed)
        if all(forecast.chance is not None for forecast in team.asked_now):
            if self.can("cards"):
                return self.say("Forecasts are said. Commit (c) them with our readings; r goes back to the cards.")
            return self.say("Forecasts are said. Commit (c), or correct one first.")
        return self.say("How likely next turn, in percent? Type a number, or ← and → by ten; enter takes it.")

    def draw(self, view: View) -> None:
        """Fill the panels."""
        team, say = cast(TeamView, view), self.say
        first = next((forecast.id for forecast in team.asked_now if forecast.chance is None), None)
        self._draw_questions(team, first)
        self.pane("results").show(draws(feed_blocks(newest_first(team.feed), say, turn=team.turn)))
        self.pane("lines").show(draws(line_blocks(team.lines, say)))
        self.pane("home").show(draws(home_blocks(team, say)))
        self.redraw_frame()

    def _draw_questions(self, team: TeamView, key: str | None) -> None:
        """The questions with their chances, and beside the one at hand what is typed."""
        typed = {} if self._typed is None else {self.pane("asks").key: self._typed}
        page = [*forecast_blocks(team.asked_now, self.say, typed), *belief_note(team.asked_now, self.say)]
        self.pane("asks").show(draws([*page, *forecast_scores(team.forecast_scores, self.say)]), key=key)

    def _type(self, percent: int | None) -> None:
        """Show what is typed for the question under the cursor."""
        self._typed = percent
        self._draw_questions(self.team, None)
        self.redraw_frame()

    @property
    def _question(self) -> ForecastFacts | None:
        """The question under the cursor."""
        return next((asked for asked in self.team.asked_now if asked.id == self.pane("asks").key), None)

    def action_nothing(self) -> None:
        """Stands in the footer for the digits."""

    def action_percent(self, digit: int) -> None:
        """One more digit; where that is more than 100, the first of another number."""
        if self._question is not None:
            longer = 10 * (self._typed or 0) + digit
            self._type(longer if longer <= 100 else digit)

    def action_step(self, by: int) -> None:
        """Ten percent more or less than is typed, or was said."""
        asked = self._question
        if asked is not None:
            so_far = asked.chance if self._typed is None else self._typed
            self._type(EVEN if so_far is None else max(0, min(so_far + by, 100)))

    def action_untype(self) -> None:
        """Take back what was typed."""
        self._type(None)

    @on(Pane.Moved, "#asks")
    def _moved(self, event: Pane.Moved) -> None:
        """What was typed belongs to the question that the cursor was on."""
        if self._typed is not None and event.key != self._typed_for:
            self._type(None)
        self._typed_for = event.key

    @on(Pane.Picked, "#asks")
    @work
    async def action_accept(self) -> None:
        """Seal what is typed for the question under the cursor; the next one comes."""
        asked = self._question
        if asked is None or self._typed is None:
            return
        if await self.send(SealForecast(forecast=asked.id, chance=self._typed)):
            self._typed = None
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
