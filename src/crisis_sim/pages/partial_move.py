"""A move that is being composed: what is said of it so far, whichever door it is composed at."""

from __future__ import annotations

from typing import Final

from msgspec import UNSET, Struct, UnsetType

from crisis_sim.engine.actions import Draft
from crisis_sim.rules.names import AnswerKind, Audience, Backing, Purpose, Taker, Truth, Visibility

MARKS: Final = ("terms", "promise", "discloses", "cites")
"""What a move may bear besides, and is marked with."""


class PartialMove(Struct):
    """A move as far as it is composed; its fields are those of the draft that it becomes."""

    move: str = ""
    channel: str = ""
    visibility: Visibility = "private"
    text: str = ""
    intent: int | None = None
    """None until it is said."""
    expected: int | None = None
    """None until it is said."""
    audience: Audience | None = None
    """None until it is said; of no use to what is private."""
    terms: tuple[str, ...] = ()
    promise: str | None = None
    about: str | None = None
    asset: str | UnsetType = UNSET
    """The thing of ours that it is made with."""
    answers: int | None = None
    how: AnswerKind | None = None
    purpose: Purpose | UnsetType = UNSET
    """What we want of the call that it asks for or takes, and what we think that they want."""
    their_purpose: Purpose | UnsetType = UNSET
    taker: Taker | UnsetType = UNSET
    """Who takes the call that it agrees to."""
    line: str | UnsetType = UNSET
    """The line of our own that it names."""
    discloses: str | UnsetType = UNSET
    """The private fact of ours that it tells."""
    backed: Backing | UnsetType = UNSET
    """What stands behind it."""
    truth: Truth | UnsetType = UNSET
    """Whether it tells the whole."""
    cites: str | UnsetType = UNSET
    """The instrument that it cites."""

    def draft(self) -> Draft:
        """The move as it would be sealed."""
        fields = {name: getattr(self, name) for name in Draft.__struct_fields__}
        expected = UNSET if self.expected is None else self.expected
        audience = UNSET if self.audience is None or self.visibility == "private" else self.audience
        return Draft(**fields | {"intent": self.intent or 0, "expected": expected, "audience": audience})


def sealed_fields(partial_move: PartialMove) -> tuple[str, ...]:
    """What is sealed with a move's words, in the order in which it is asked; for whom, of what is public alone."""
    return ("intent", "expected", "audience") if partial_move.visibility == "public" else ("intent", "expected")
