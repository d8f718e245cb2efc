"""The exchange that mattered most: one act, what it answered and what was answered to it, chosen by a stated sum.

The sum is the same whoever acted: steps between what its sender expected and how it was taken (or was meant, where no
expectation was asked), two for each red line that it crossed, each conclusion that it filled and each from which it
drew a side back, and one where it was answered or is itself an answer. Of equal sums the one that comes first in the
order of the hotwash is taken, in which the two sides take turns at being named first. Only acts that were read are
looked at: what never reached a side was no exchange.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from crisis_sim.engine.events import ActKey, ConclusionDrawn, FurtherFrom
from crisis_sim.engine.sight.act_seen import by_surprise
from crisis_sim.engine.state import State
from crisis_sim.measures.meanings import Meaning

OF_LINES: Final = 2
"""What a line weighs that an act moved, in steps of the scale of meanings."""


class WeighedExchange(NamedTuple):
    """An act, what came before it and after it, and what it weighs."""

    key: ActKey
    asked: ActKey | None
    """The act that it answered."""
    answer: ActKey | None
    """The act that answered it."""
    surprise: int
    """Steps between what was expected, or meant, and how it was taken."""
    lines: int
    """Red lines that it crossed, conclusions that it filled, and those from which it drew a side back."""
    weight: int


def weighed(state: State, found: tuple[Meaning, ...]) -> WeighedExchange | None:
    """The exchange that mattered most; None where no act was read, or none weighs anything."""
    moved = Counter(_moving(state))
    answers = {request.act: request.answer for request in state.requests if request.answer is not None}
    asked = {answer: act for act, answer in answers.items()}
    exchanges = []
    for act in found:
        if act.reading is None:
            continue
        lines, surprise = moved[act.key], abs(act.surprise)
        weight = surprise + OF_LINES * lines + (act.key in answers or act.key in asked)
        of = WeighedExchange(act.key, asked.get(act.key), answers.get(act.key), surprise, lines, weight)
        exchanges.append(((-weight, *by_surprise(act.key, act.gap, act.unforeseen)), of))
    first = min(exchanges, key=lambda ranked: ranked[0], default=None)
    return first[1] if first is not None and first[1].weight else None


def _moving(state: State) -> Iterator[ActKey]:
    """The acts that crossed a line, filled one, or drew a side back, each as often as it did."""
    yield from (crossing.act for crossing in state.crossings if crossing.act is not None)
    told = state.told(ConclusionDrawn, FurtherFrom)
    yield from (event.act for _, event in told if event.act is not None)
