"""Private facts as scenarios write them: what one team alone knows, and in what words it can be told.

What is so is said here and by nobody at the table: a team chooses whether it tells it, to whom and in what way, and not
what is so.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from crisis_sim.rules.authored import Authored, Factor, Id, SourceText, Text, one_or_many


class PrivateFact(Authored):
    """Something that only this team knows, and that a move of its own can tell the other."""

    name: Text
    """What it is called on pages of its own team, and in the hotwash."""
    says: Text
    """All of it, in the words in which the team would tell it; what the other side then reads."""
    part: Text | None = None
    """Words that tell a part of it and nothing untrue; without them it cannot be told in part."""
    untrue: Text | None = None
    """Words that could be told in its place and are not so; without them it cannot be told falsely."""
    clears: Literal["us", "china", "both"]
    """Whom it clears of a suspicion. A fact that speaks against its own team costs it standing."""
    concerns: Annotated[tuple[Id, ...], BeforeValidator(one_or_many), Field(min_length=1)]
    """What it speaks to: pink lines of the other team that are about this are relieved when it is told."""
    worth: Factor = 100
    """How much more, or less, than another fact it eases; only its own team can know."""
    costs: Literal["capability", "standing"] | None = None
    """What telling it costs its team: it shows what the team can do, or it is awkward at home."""
    vouches: Text | None = None
    """Who of the host country can vouch for it; without it nobody can."""
    source: SourceText | None = None
    """What such a thing is in fact known to have been, and who told it or kept it."""
