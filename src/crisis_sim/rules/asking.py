"""What conditions may ask of asking and answering: what an act answers, and what it asks in return."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from crisis_sim.rules.formula import Between, Claim, Const, Formula, Is, Read, every, negated, some
from crisis_sim.rules.keys import AT_AN_ACT, asks
from crisis_sim.rules.lowering import Lowering, needs_act
from crisis_sim.rules.properties import MoveIs


def _answers(low: Lowering, move: MoveIs) -> Formula:
    return every([negated(Is(Read("facts", "answered"), Const(None))), low.move(move, "answered")])


ANSWERS: MoveIs | None = asks(
    _answers,
    where=AT_AN_ACT - {"silence"},
    says="in answer to {answers}",
    denied="not in answer to {answers}",
    example="request-call",
)


def _agreed(low: Lowering, move: MoveIs) -> Formula:
    accepted = every([Is(Read("act", "answer"), Const("accept")), _answers(low, move)])
    return needs_act(some([accepted, every([Claim(Read("facts", "stands")), low.move(move, "act")])]))


AGREED: MoveIs | None = asks(
    _agreed,
    where=AT_AN_ACT - {"silence"},
    says="by which {agreed} is agreed",
    denied="by which {agreed} is not agreed",
    example="[joint-statement, joint-cell]",
    source="2021 report on agreed agendas and cooperation on specific issues",
)
COUNTER_ASK: Annotated[int, Field(ge=1, le=50)] | None = asks(
    lambda low, turns: needs_act(Between(Read("facts", "unreturned"), turns, None)),
    where=AT_AN_ACT,
    says="as an ask after asks of {counter_ask} turns in a row that met no answer",
    denied="not as an ask after asks of {counter_ask} turns in a row that met no answer",
    once=(
        "as an ask after asks of a turn that met no answer",
        "not as an ask after asks of a turn that met no answer",
    ),
    example="3",
    source="2021 report on communication that only asks for help",
)
"""Keys of a condition."""
