"""How much is read out: questions alone, as much as usual, or every explanation unasked."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias, get_args

from crisis_sim.wording import _

Reads: TypeAlias = Literal["less", "usual", "more"]
"""From least to most."""
LEVELS: Final[tuple[Reads, ...]] = get_args(Reads)
TOLD: Final[dict[Reads, str]] = {
    "less": _("Less is read out: of a question its first sentence, of a list how long it is. {help} reads all of it."),
    "usual": _("As much is read out as usual."),
    "more": _("More is read out: each question with what {help} would say."),
}
COUNTED: Final = _("{n} to choose from; {help} reads them.")
COUNTED_NEW: Final = _("{n} to choose from; {help} reads them. New among them:")
"""Of a list of which most has been read out before."""
FEW: Final = 2
"""Options that are read out however little is."""
_ENDS: Final = re.compile(r"(?<=[.?!:])\s|(?<=[。？！：])")


def beside(level: Reads, steps: Literal[1, -1]) -> Reads:
    """The level above or below, if there is one."""
    return LEVELS[min(max(LEVELS.index(level) + steps, 0), len(LEVELS) - 1)]


def first_sentence(prompt: str) -> str:
    """What is left of a question where less is read out."""
    return _ENDS.split(prompt)[0]
