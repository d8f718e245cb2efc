"""The few words that screens add to a view, in the seat's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crisis_sim.errors import CrisisSimError
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say as Say
from crisis_sim.wording import plain
from crisis_sim.wording import speaker as speaker
from crisis_sim.wording.labels import FAMILIES as FAMILIES
from crisis_sim.wording.labels import SEATS as SEATS
from crisis_sim.wording.labels import SIDES as SIDES

if TYPE_CHECKING:
    from textual.screen import Screen

    from crisis_sim.pages.refusals import RefusalNames


def refusal(error: CrisisSimError, language: Language, names: RefusalNames | None = None) -> str:
    """Why something was refused, and what to do instead."""
    from crisis_sim.pages import refusals  # the menu has a footer too, and loads no game

    why, instead = refusals.refusal(error, language, names or refusals.NAMELESS)
    dash = "——" if language == "zh" else " – "
    return f"{why}{dash}{instead}" if instead else why


def span(seconds: int, say: Say) -> str:
    """`06:12 left`, or how far over."""
    minutes, rest = divmod(abs(seconds), 60)
    return say("{clock} left" if seconds >= 0 else "{clock} over time", clock=f"{minutes:02}:{rest:02}")


def said_by(screen: Screen[Any]) -> Say:
    """What says sentences in the reader's language: a screen's own words, or those of what a dialog lies over."""
    says: list[Say | None] = [getattr(each, "say", None) for each in (screen, *reversed(screen.app.screen_stack))]
    return next(filter(None, says), plain)
