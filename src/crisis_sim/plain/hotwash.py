"""The parts of the hotwash by the words that are typed for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crisis_sim.pages import opening as pages
from crisis_sim.pages.hotwash_blocks import whole_page
from crisis_sim.pages.hotwash_page import HotwashPage
from crisis_sim.plain.blocks import lines_of
from crisis_sim.rules.names import Language
from crisis_sim.wording import speaker

PARTS: Final[Mapping[str, int]] = {
    "gaps": pages.PAIRS,
    "lines": pages.LINES,
    "forecasts": pages.FORECASTS,
    "channels": pages.CHANNELS,
    "cost": pages.COST,
    "scores": pages.CURVES,
    "questions": pages.QUESTIONS,
    "changes": pages.CHANGES,
}


def part(name: str, view: HotwashPage, language: Language) -> list[str]:
    """The lines of one part, all of it open."""
    return lines_of(whole_page(view, PARTS[name], language), speaker(language))
