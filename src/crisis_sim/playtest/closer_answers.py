"""What bots say when they are asked what moved them closer, and when they ask it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine.actions import AnswerCloser, AskCloser
from crisis_sim.engine.acts.closer import MOST_ACTS
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.playtest.policy import LuckRoll, Policy

ASKED_IN: Final = 3
"""The turn in which a bot that tries everything asks it."""


def about_closer(view: TeamView, policy: Policy, luck: LuckRoll) -> Iterator[AnswerCloser | AskCloser]:
    """An answer where it is asked; and one that tries everything asks once, over any channel that there is for it."""
    yield from closer_answer(view, policy.candid)
    if policy.many and view.turn == ASKED_IN and not view.asks_closer and view.ways_to_ask:
        yield AskCloser(channel=view.ways_to_ask[luck("closer", 0) % len(view.ways_to_ask)])


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
