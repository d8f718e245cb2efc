"""The parts of the hotwash by the words that are typed for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.pages import opening as pages
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.hotwash_blocks import whole_page
from crisis_sim.pages.teller import Teller

PARTS: Final[Mapping[str, int]] = {
    "cost": pages.COST,
    "gaps": pages.PAIRS,
    "audiences": pages.ALL,
    "lines": pages.LINES,
    "forecasts": pages.FORECASTS,
    "channels": pages.CHANNELS,
    "scores": pages.CURVES,
    "questions": pages.QUESTIONS,
    "changes": pages.CHANGES,
}


def part(name: str, view: HotwashFacts, say: Teller) -> list[str]:
    """The lines of one part, all of it open."""
    return lines_of(whole_page(view, PARTS[name], say), say)
