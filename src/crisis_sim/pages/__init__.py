"""Pages: what a door prints, made of a seat's view and dossier in a language.

A sentence is made here and in no door. Views hold facts without a language; the words of scenario and packs come from
the dossier, people's own words from the view, and what stands between them from the catalogue.
"""

from __future__ import annotations

from functools import cached_property

from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.feed_items import FeedFacts
from crisis_sim.engine.sight.views import FacilitatorView, ObserverView, TeamView, View
from crisis_sim.pages.common_page import common_parts
from crisis_sim.pages.feed import feed_item
from crisis_sim.pages.move_options import catalogue
from crisis_sim.pages.seat_pages import InjectView, ObserverPage, Page
from crisis_sim.pages.seat_parts import FeedItem, MoveOption
from crisis_sim.pages.team_page import team_page
from crisis_sim.pages.white_page import facilitator_page, planned
from crisis_sim.rules.names import Language


def page_for(view: View, dossier: Dossier, language: Language = "en") -> Page:
    """Everything that a seat is shown, in its language."""
    return Writer(dossier, language).page(view)


class Writer:
    """Makes the pages of one seat in one language, and keeps the words of what does not change from view to view."""

    def __init__(self, dossier: Dossier, language: Language) -> None:
        self.dossier = dossier
        self.language = language
        self._feed: dict[tuple[int, bool], tuple[FeedFacts, FeedItem]] = {}
        """By the identity of the facts, which it keeps alive, and whether they are of the turn at hand."""

    def page(self, view: View) -> Page:
        """Everything that the seat is shown."""
        common = common_parts(view, self._told(view), self.dossier, self.language)
        match view:
            case TeamView():
                return team_page(view, common, self._options, self.dossier, self.language)
            case FacilitatorView():
                return facilitator_page(view, common, self._plan, self.dossier, self.language)
            case ObserverView():
                return ObserverPage(**common)

    @cached_property
    def _options(self) -> tuple[MoveOption, ...]:
        return catalogue(self.dossier, self.language)

    @cached_property
    def _plan(self) -> tuple[InjectView, ...]:
        return planned(self.dossier, self.language)

    def _told(self, view: View) -> tuple[FeedItem, ...]:
        """The feed, oldest first; what the seat has been told before keeps its words."""
        before, self._feed = self._feed, {}
        feed = []
        for item in view.feed:
            key = (id(item), item.turn == view.turn)
            held = before.get(key) or (item, feed_item(item, self.dossier, self.language, view.turn))
            self._feed[key] = held
            feed.append(held[1])
        return tuple(feed)
