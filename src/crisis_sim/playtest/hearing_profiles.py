"""Which hearing profile each side goes by, from what somebody typed: the name of an order of offences, by no flag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crisis_sim.engine.dealing_plans import CardPlan
from crisis_sim.errors import UnreadableInput, commas
from crisis_sim.problems import did_you_mean
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.wording import _

NONE: Final = "none"
"""No order at all."""
_FORM: Final = _("write us=NAME, china=NAME or both=NAME; commas stand between two")


def hearing(text: str, card: CardPlan | None, *, none: bool = False) -> Mapping[Side, tuple[str, ...]]:
    """The order of each side that `text` names; `none`, where it may be said, is an empty one.

    Raises UnreadableInput for a side or a name that there is not, and where the session has no card.
    """
    found: dict[Side, tuple[str, ...]] = {}
    for word in (word.strip() for word in text.split(",") if word.strip()):
        side, _sign, name = (part.strip() for part in word.partition("="))
        sides = SIDES if side == "both" else tuple(each for each in SIDES if each == side)
        if not sides or not name or any(each in found for each in sides):
            raise UnreadableInput("usage/hears", "'{word}' does not say who hears how", hint=_FORM, word=word[:60])
        found.update(dict.fromkeys(sides, () if none and name == NONE else _order(name, card)))
    return found


def _order(name: str, card: CardPlan | None) -> tuple[str, ...]:
    if card is None:
        raise UnreadableInput(
            "usage/card",
            "nobody orders offences in this session",
            hint="a scenario says in which lengths it is asked: offence_card: [90, 150]",
        )
    if name not in card.profiles:
        known = commas(list(card.profiles)) if card.profiles else _FORM
        hint = did_you_mean(name, list(card.profiles)) or known
        raise UnreadableInput("usage/profile", "there is no hearing profile '{name}'", hint=hint, name=name[:60])
    return card.profiles[name]
