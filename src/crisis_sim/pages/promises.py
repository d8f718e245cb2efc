"""Whose a promise is: who made or offered it, whom it binds, and who broke it, in a sentence that all doors say."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_sim.engine.sight.views import CommitmentFacts
from crisis_sim.pages.phrases import stopped
from crisis_sim.pages.telling import Teller
from crisis_sim.wording import _
from crisis_sim.wording.names import SIDES


def promised(promise: CommitmentFacts, say: Teller) -> str:
    """A promise on the record, with the sides."""
    by, bound = _sides(promise.by, say), _sides(promise.bound, say)
    whose = _("Made by {by}.") if by == bound else _("Offered by {by}, and binds {bound}.")
    broken = "".join(say(" Broken by {side}.", side=say(SIDES[side])) for side in promise.broken_by)
    return say(
        "{says} {whose}{broken}",
        says=stopped(say.promise(promise.id), say),
        whose=say(whose, by=by, bound=bound),
        broken=broken,
    )


def _sides(sides: Iterable[str], say: Teller) -> str:
    return say(" and ").join(say(SIDES[side]) for side in sides)
