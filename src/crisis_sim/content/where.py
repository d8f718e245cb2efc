"""What may be asked and done where: the one table that says which keys and which sides a place in a file may use.

A condition that asks for the act at hand where there is none, or an effect that scales a weight where none is judged,
would be silently false or lost; this table is what refuses them.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects

ACT: Final = frozenset(
    {
        "above_provocation",
        "answers",
        "channel_readiness",
        "delivery",
        "first_on_channel",
        "intent",
        "move",
        "read_as",
        "repeated",
    }
)
"""Keys of a condition that ask for the act at hand."""

SPECIAL: Final = frozenset({"pressed", "readouts"})
"""Keys of a condition that make sense in one place only."""

ANYWHERE: Final = frozenset(Condition.model_fields) - ACT - SPECIAL
"""Keys of a condition that make sense everywhere."""

JUDGED: Final = frozenset({"weigh", "weigh_by_repeat", "add", "felt"})
"""Effects on the weight of an act, where one is judged."""

SENDING: Final = frozenset({"delay", "unclear"})
"""Effects on how an act arrives, while it is sent."""

GROWING: Final = frozenset({"grow"})
"""Effects on a pressing, while a line is pressed."""

ALWAYS: Final = frozenset(Effects.model_fields) - JUDGED - SENDING - GROWING
"""Effects that can follow from whatever happens."""

NONE: Final = frozenset[str]()
ROLES: Final = frozenset({"sender", "receiver"})
COUNTRIES: Final = frozenset({"us", "china"})


class Where(NamedTuple):
    """What one kind of place may use."""

    called: str
    """How the place is called in a sentence."""
    asks: frozenset[str] = ANYWHERE
    """Keys of a condition."""
    who: frozenset[str] = NONE
    """Sides that a condition and its effects may name, besides `either` and `both`."""
    does: frozenset[str] = NONE
    """Keys of effects."""
    act: bool = False
    """There is an act at hand, so `used`, `about` and `same-channel` mean something."""
    once: bool = True
    """`once` is heeded."""


def _rule(
    moment: str,
    asks: frozenset[str] = ANYWHERE,
    does: frozenset[str] = ALWAYS,
    who: frozenset[str] = ROLES,
    once: bool = True,
) -> Where:
    return Where(f"a rule on {moment}", asks, who, does, bool(asks & ACT), once)


RULES: Final = {
    "act": _rule("act", ANYWHERE | ACT, ALWAYS | JUDGED),
    "delivery": _rule("delivery", ANYWHERE | ACT - {"read_as"}, SENDING, once=False),
    "silence": _rule("silence", ANYWHERE | ACT - {"answers", "delivery", "read_as"}, ALWAYS | {"add", "felt"}),
    "press": _rule("press", ANYWHERE | {"pressed"}, GROWING, once=False),
    "readout": _rule("readout", ANYWHERE | {"move", "readouts"}),
    "breach": _rule("breach", ANYWHERE | ACT),
    "side": _rule("side"),
    "turn": _rule("turn", who=NONE),
}
"""Rules, by the moment at which they are tried. No pack may name a country."""

ANY: Final = Where("this place", ANYWHERE | ACT | SPECIAL, ROLES | COUNTRIES, frozenset(Effects.model_fields), act=True)
"""A place of which nobody can tell what it is; everything is let pass."""

BREAKS = Where("what breaks a commitment", ANYWHERE | ACT, ROLES, act=True)
BREAKS_HERE = Where("what breaks a commitment", ANYWHERE | ACT, ROLES | COUNTRIES, act=True)
DEFAULT_CROSSING = Where("the crossing of a line", who=ROLES, does=ALWAYS)

WATCH = Where("a line", ANYWHERE | ACT, ROLES | COUNTRIES, act=True)
CROSSING = Where("the crossing of a line", who=ROLES | COUNTRIES, does=ALWAYS)
CHANGES = {
    "act": Where("a track's change on act", ANYWHERE | ACT, ROLES | COUNTRIES, act=True),
    "turn": Where("a track's change on turn", ANYWHERE, COUNTRIES),
}
STOPS = Where("a track", ANYWHERE, COUNTRIES)
MARK = Where("a track's mark", who=COUNTRIES, does=ALWAYS)
INJECT = Where("an inject", ANYWHERE, COUNTRIES, ALWAYS)
FORECAST = Where("a forecast", ANYWHERE, frozenset({"self", "other"}))
