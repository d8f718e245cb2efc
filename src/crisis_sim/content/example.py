"""An exemplary session as a file beside its scenario: what each seat does, turn by turn.

Whether the acts can be done is for the engine to say when they are played.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints

from crisis_sim.rules.authored import Authored, Length, Text, number_as_text

ExampleFile: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(yaml|jsonl)$", max_length=200)
]
"""A file of acts beside the scenario, or the log of a session."""

ExampleWord: TypeAlias = Literal["us", "china", "facilitator", "guesses", "next", "tell"]
"""Who does something; what the teams guess of lines; that the turn ends; what is told."""

ExampleLine: TypeAlias = Annotated[
    dict[ExampleWord, Any],  # Any: what an act may say is the engine's
    Field(min_length=1, max_length=1),
]


class Example(Authored):
    """A session worth looking at."""

    says: Text
    """What it shows, in one sentence."""
    length: Length
    """Its minutes."""
    seed: Annotated[str, BeforeValidator(number_as_text), StringConstraints(min_length=1, max_length=100)]
    """The seed of its luck."""
    acts: tuple[ExampleLine, ...] = Field(min_length=1, max_length=400)
    """What each seat does: `SEAT: {move: …}` seals a move, with `kind` any other action; `next` ends the turn and says
    how what arrived is taken, card by card: `next: {us: [-1 3, 2 4 LINE]}`, how hostile and how sure; in it
    `forecasts: {us: {takes-call: 70}}` says in percent what a team expects of the turn after this one. `guesses: {us:
    [{line: pink, concern: face, says: …, weight: 5}]}` guesses lines, before the first turn or after the last. `tell:
    {en: …}` is what whoever shows the session says after the act before it; `crisis-sim replay --lens story` stops
    there."""
