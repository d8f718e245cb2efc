"""Whose a promise is: who made or offered it, whom it binds, and who broke it, in a sentence that all doors say."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_sim.pages.seat_parts import CommitmentView
from crisis_sim.wording import Say, _
from crisis_sim.wording.names import SIDES


def promised(promise: CommitmentView, say: Say) -> str:
    """A promise on the record, with the sides."""
    by, bound = _sides(promise.by, say), _sides(promise.bound, say)
    whose = _("Made by {by}.") if by == bound else _("Offered by {by}, and binds {bound}.")
    broken = "".join(say(" Broken by {side}.", side=say(SIDES[side])) for side in promise.broken_by)
    return say(
        "{says} {whose}{broken}", says=_ended(promise.says, say), whose=say(whose, by=by, bound=bound), broken=broken
    )


def _sides(sides: Iterable[str], say: Say) -> str:
    return say(" and ").join(say(SIDES[side]) for side in sides)


def _ended(sentence: str, say: Say) -> str:
    return (
        sentence if sentence.endswith((".", "!", "?", "…", "。", "！", "？")) else say("{sentence}.", sentence=sentence)
    )
