"""How each side dealt with what it was asked to decide: answered, put off, or let pass, and how long that took.

To put off and to let pass are the two faces of avoiding a decision (Janis and Mann 1977, "Decision Making"; Anderson
2003, "The psychology of doing nothing"). Here either carries something out, so that it is measured as what was done.
Decisions are few: the count stands beside every share.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from crisis_sim.engine.state import State, Voice
from crisis_sim.rules.names import SIDES, Side

Fell: TypeAlias = Literal["answered", "let-speak", "acted", "passed", "taken-back", "open"]
"""The team gave an answer, or let the voice speak; the voice acted by itself, or nothing did; the facilitator took the
question back; or it was open at the end."""
FELL: Final[tuple[Fell, ...]] = get_args(Fell)


class DecisionsMade(NamedTuple):
    """What a side made of what it was asked to decide."""

    side: Side
    asked: int
    """Decisions that it could have made, and that nobody took back."""
    answered: int
    """Those to which it gave an answer, or let the voice speak."""
    let_pass: int
    """Those that a second turn without an answer ended."""
    delays: int
    """Turns that passed without an answer."""
    waited: int
    """Those in which it asked the voice to wait."""
    turns: int
    """From the turn in which it could first answer to that in which it did, over all that it answered; 0 is at once."""

    @property
    def share(self) -> Fraction | None:
        """Answered, of all; None if it was asked nothing."""
        return Fraction(self.answered, self.asked) if self.asked else None

    @property
    def delay(self) -> Fraction | None:
        """Turns that passed without an answer, of each; None if it was asked nothing."""
        return Fraction(self.delays, self.asked) if self.asked else None

    @property
    def wait(self) -> Fraction | None:
        """Turns until an answer, on average; None if it gave none."""
        return Fraction(self.turns, self.answered) if self.answered else None


def fell(of: Voice) -> Fell:
    """What became of a decision."""
    if of.answer is None:
        return "open"
    if not of.answer:
        return "taken-back"
    if of.answer == "speak":
        return "let-speak" if of.said else "acted"
    return "answered" if of.said else "passed"


def decisions_made(state: State) -> tuple[DecisionsMade, ...]:
    """The decisions that each side was asked for and what became of them."""
    found = []
    for side in SIDES:
        asked = [
            of
            for of in state.voices
            if of.inject and of.side == side and of.turn <= state.turn and fell(of) != "taken-back"
        ]
        answered = [of for of in asked if fell(of) in ("answered", "let-speak")]
        found.append(
            DecisionsMade(
                side=side,
                asked=len(asked),
                answered=len(answered),
                let_pass=sum(fell(of) in ("acted", "passed") for of in asked),
                delays=sum(of.delays for of in asked),
                waited=sum(of.waited for of in asked),
                turns=sum(of.ended - of.turn for of in answered),
            )
        )
    return tuple(found)
