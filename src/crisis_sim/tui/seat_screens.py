"""The screen for each page that a seat is shown.

Each is imported when it is first needed: the first paint does not wait for the rest.
"""

from __future__ import annotations

from crisis_sim.pages.opening import Opening
from crisis_sim.pages.reader import Reader
from crisis_sim.tui.flow import ScreenName
from crisis_sim.tui.frame import SeatScreen
from crisis_sim.tui.unsealed import UnsealedWork


def seat_screen(
    page: ScreenName, seat: Reader, unsealed: UnsealedWork, opening: Opening, *, can_roll_back: bool
) -> SeatScreen:
    """A new screen; `opening` is how far this terminal has opened the record."""
    match page:
        case "consent":
            from crisis_sim.tui.consent_screen import ConsentScreen

            return ConsentScreen(seat, unsealed)
        case "telling":
            from crisis_sim.tui.telling_screen import TellingScreen

            return TellingScreen(seat, unsealed)
        case "talk":
            from crisis_sim.tui.talk_screen import TalkScreen

            return TalkScreen(seat, unsealed)
        case "team":
            from crisis_sim.tui.team_screen import TeamScreen

            return TeamScreen(seat, unsealed)
        case "briefing":
            from crisis_sim.tui.briefing_screen import BriefingScreen

            return BriefingScreen(seat, unsealed)
        case "readings":
            from crisis_sim.tui.readings_screen import ReadingsScreen

            return ReadingsScreen(seat, unsealed)
        case "forecasts":
            from crisis_sim.tui.forecasts_screen import ForecastsScreen

            return ForecastsScreen(seat, unsealed)
        case "console":
            from crisis_sim.tui.facilitator_screen import FacilitatorScreen

            return FacilitatorScreen(seat, unsealed, can_roll_back=can_roll_back)
        case "hotwash":
            from crisis_sim.tui.hotwash_screen import HotwashScreen

            return HotwashScreen(seat, unsealed, opening)
        case "watching":
            from crisis_sim.tui.watching_screen import WatchingScreen

            return WatchingScreen(seat, unsealed)
