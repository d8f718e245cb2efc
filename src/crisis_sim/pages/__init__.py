"""Pages: what a door prints, made of a seat's view and dossier in a language.

A sentence is made here and in no door. Views hold facts without a language; the words of scenario and packs come from
the dossier, people's own words from the view, and what stands between them from the catalogue.
"""

from __future__ import annotations

from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.views import View
from crisis_sim.pages.seat_pages import Page
from crisis_sim.rules.names import Language


def page_for(view: View, dossier: Dossier, language: Language = "en") -> Page:
    """Everything that a seat is shown, in its language."""
    raise NotImplementedError
