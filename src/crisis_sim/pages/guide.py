"""The facilitator's guide as a long text: what the scenario takes to be so in the world, and what its author says."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.pages.teller import Teller
from crisis_sim.wording import Say


def guide_text(say: Teller) -> str:
    """The guide in Markdown, behind what is assumed."""
    white = say.white
    assumed = assumed_text(white.assumed_of, [say.of(each) for each in white.assumed], say)
    return "\n\n".join(filter(None, (assumed, say.of(white.guide))))


def sounds_text(say: Teller) -> str:
    """The guide's second page in Markdown: how each team may sound to the other; empty where nobody wrote it."""
    heads, sounds = {"us": say("Told to US"), "china": say("Told to China")}, say.white.sounds
    return "\n\n".join(f"# {heads[side]}\n\n{say.of(told)}" for side, told in sounds.items())


def assumed_text(as_of: str, says: Sequence[str], say: Say) -> str:
    """What a scenario takes to be so, in Markdown, with its date; empty where it assumes nothing."""
    if not says:
        return ""
    head = say("This scenario takes it that, as of {date}:", date=as_of)
    return "\n".join((head, "", *(f"- {each}" for each in says)))
