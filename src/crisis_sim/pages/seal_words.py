"""What doors tell a team of what it seals: who sees it, when, and what of it shows before that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.wording import _

READINGS: Final = _(
    "What we seal is shown to nobody but the facilitator before the hotwash. What a reading does to what we feel, to"
    " our pink lines and to what we conclude from them is ours alone as well: it shows only in what we then do."
)
SCORES: Final = _(
    "This session shows tension: what acts weigh, and what a crossed line sets off. What each side felt is shown to"
    " that side alone until the hotwash."
)
OPENS: Final = _(
    "Both teams then see what each act meant and how it was taken, all lines, guesses and forecasts. It cannot be"
    " sealed again."
)
"""What the facilitator is told before the hotwash is opened."""


def of_secrets(view: View) -> Iterator[str]:
    """What a team is told here, in English sentences to be said in its language."""
    if isinstance(view, TeamView) and view.hotwash is None:
        if view.phase in {"briefing", "readings"}:
            yield READINGS
        if view.score is not None:
            yield SCORES
