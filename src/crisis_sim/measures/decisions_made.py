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


def fell(voice: Voice) -> Fell:
    """What became of a decision."""
    if voice.answer is None:
        return "open"
    if not voice.answer:
        return "taken-back"
    if voice.answer == "speak":
        return "let-speak" if voice.said else "acted"
    return "answered" if voice.said else "passed"


def decisions_made(state: State) -> tuple[DecisionsMade, ...]:
    """The decisions that each side was asked for and what became of them."""
    measures = []
    for side in SIDES:
        decisions = [
            voice
            for voice in state.voices
            if voice.inject and voice.side == side and voice.turn <= state.turn and fell(voice) != "taken-back"
        ]
        answered = [decision for decision in decisions if fell(decision) in ("answered", "let-speak")]
        measures.append(
            DecisionsMade(
                side=side,
                asked=len(decisions),
                answered=len(answered),
                let_pass=sum(fell(decision) in ("acted", "passed") for decision in decisions),
                delays=sum(decision.delays for decision in decisions),
                waited=sum(decision.waited for decision in decisions),
                turns=sum(decision.ended - decision.turn for decision in answered),
            )
        )
    return tuple(measures)
