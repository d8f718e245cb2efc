"""What bots say when they are asked what moved them closer."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.actions import AnswerCloser
from crisis_sim.engine.acts.closer import MOST_ACTS
from crisis_sim.engine.sight.views import TeamView


def closer_answer(view: TeamView, candid: bool) -> Iterator[AnswerCloser]:
    """As it is, as far as a team knows that: what it took worst, over its line with the most pressure; or nothing."""
    asked = view.closer
    if asked is None or asked.said:
        return
    worst = sorted(asked.acts, key=lambda each: -(each.hostility or 0))
    acts = tuple([each.number for each in worst if (each.hostility or 0) > 0][:MOST_ACTS])
    pressed = max(view.lines, key=lambda line: line.pressure, default=None)
    if not candid or not acts or pressed is None:
        yield AnswerCloser(acts=(), concern="")
    else:
        yield AnswerCloser(acts=acts, concern=pressed.concern)
