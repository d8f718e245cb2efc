"""Translations by lines of text: whose words, and how they read in the other language."""

from __future__ import annotations

from msgspec.structs import replace

from crisis_sim.engine.actions import TranslateAct, TranslateLine
from crisis_sim.engine.sight.views import FacilitatorView
from crisis_sim.pages.teller import Teller
from crisis_sim.pages.translations import STANDS, translatable
from crisis_sim.plain.console import Console
from crisis_sim.plain.typed import PromptOption


def translated(console: Console, view: FacilitatorView, say: Teller) -> TranslateAct | TranslateLine | None:
    """A translation of what somebody has written; None where nobody has. Raises Back."""
    words = translatable(view, say)
    if not words:
        console.tell("Nobody has written anything yet.")
        return None
    options = [PromptOption(str(place), each.words, each.head) for place, each in enumerate(words)]
    chosen = words[int(console.pick("Translate which words?", options) or 0)]
    console.tell(STANDS)
    if not chosen.asks.text:
        return replace(chosen.asks, text=console.written("The translation, in one line."))
    console.tell("Translation: {text}", text=chosen.asks.text)
    return replace(chosen.asks, text=console.written("Type it anew in one line, or Enter to take it off."))
