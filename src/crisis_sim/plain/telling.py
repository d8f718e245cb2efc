"""Where a session stands, as the plain door heads its pages, and sentences that end."""

from __future__ import annotations

from crisis_sim.pages.seat_pages import CommonPage
from crisis_sim.wording import Say, plain


def where(view: CommonPage, say: Say = plain) -> str:
    """Phase, turn and game hour."""
    if not view.turn:
        return say("{title}. Before the first turn.", title=view.title)
    clock = say(
        "Turn {turn} of {turns}, hour {hour}; the next turn begins at hour {next}.",
        turn=view.turn,
        turns=view.turns,
        hour=view.hour,
        next=view.next_hour,
    )
    return clock + say(" Paused.") if view.paused else clock


def stopped(sentence: str, say: Say = plain) -> str:
    """A sentence that ends, whatever its author wrote."""
    if sentence.endswith((".", "!", "?", "…", "。", "！", "？")):
        return sentence
    return say("{sentence}.", sentence=sentence)
