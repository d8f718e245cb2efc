"""What conditions may ask of decisions: whether one was made, how it fell, and whether a turn had passed.

An answer is its team's alone until the hotwash, so this is a key of what a team keeps sealed: what others see may not
hang on it, but on what follows of an answer.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from crisis_sim.rules.authored import Authored, Id, one_or_many
from crisis_sim.rules.formula import Const, Formula, In, Read, every, negated, some
from crisis_sim.rules.keys import asks, must, part


class DecidedIs(Authored):
    """How a decision fell. A plain id may stand for `{id: …}`: its team has given one of its answers."""

    id: Annotated[Id, must(names=("decision",))]
    """The inject that asked for it."""
    answer: Annotated[tuple[Id, ...], BeforeValidator(one_or_many)] = part(
        (), says="by answering {answer}", names=("decision answer",)
    )
    """It was one of these answers; `speak` and `pass` are what else can become of one."""
    delayed: bool | None = part(None, words={True: "after a delay", False: "without delay"})
    """Whether a turn passed without an answer; alone, whatever became of it then."""

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value


def how_decided(asked: DecidedIs) -> Formula:
    """A decision was made, so or so, and a turn passed before, or not."""
    known, parts = Read("facts", "decided"), list[Formula]()
    if asked.answer or asked.delayed is None:
        parts.append(some(In(Const(f"{asked.id}/{name}"), known) for name in asked.answer or ("",)))
    if asked.delayed is not None:
        late: Formula = In(Const(f"{asked.id}/delayed"), known)
        parts.append(late if asked.delayed else negated(late))
    return every(parts)


DECIDED: DecidedIs | None = asks(
    lambda low, asked: how_decided(asked),
    sealed=True,
    says="after {id} was decided {answer} {delayed}",
    denied="before {id} was decided {answer} {delayed}",
    example="{id: hearing, answer: [keep-it], delayed: false}",
)
"""The key of a condition."""
