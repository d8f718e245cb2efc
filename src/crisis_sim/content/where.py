"""What may be asked and done where: which keys and which sides a place in a file may use.

A condition that asks for the act at hand where there is none, or an effect that scales a weight where none is judged,
would be silently false or lost; this is what refuses them. Where a key may stand, its record says.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from crisis_sim.errors import Sentence
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.keys import keys_of, placed
from crisis_sim.rules.offences import OffenceMoment
from crisis_sim.rules.pack import RuleMoment

ACT: Final = frozenset(name for name, key in keys_of(Condition).items() if key.asks_of_act)
"""Keys of a condition that ask for the act at hand."""

ANYWHERE: Final = placed(Condition, "moment")
"""Keys of a condition that make sense everywhere."""

ALWAYS: Final = placed(Effects, "moment")
"""Effects that can follow from whatever happens."""

NO_NAMES: Final = frozenset[str]()
ROLES: Final = frozenset({"sender", "receiver"})
COUNTRIES: Final = frozenset({"us", "china"})


class Where(NamedTuple):
    """What one kind of place may use."""

    called: Sentence
    """How the place is called in a sentence."""
    asks: frozenset[str] = ANYWHERE
    """Keys of a condition."""
    roles: frozenset[str] = NO_NAMES
    """Sides that a condition and its effects may name, besides `either` and `both`."""
    does: frozenset[str] = NO_NAMES
    """Keys of effects."""
    act: bool = False
    """There is an act at hand, so `used`, `about` and `same-channel` mean something."""
    is_once_allowed: bool = True
    """`once` is heeded."""
    sealed: bool = False
    """A condition may read what a team keeps to itself, since what follows is that team's alone."""


def _rule(moment: RuleMoment, sides: frozenset[str] = ROLES, heeds_once: bool = True) -> Where:
    asks = placed(Condition, moment)
    called, does = Sentence("a rule on {moment}", moment=moment), placed(Effects, moment)
    return Where(called, asks, sides, does, bool(asks & ACT), heeds_once, sealed=True)


RULES: Final[dict[RuleMoment, Where]] = {
    "act": _rule("act"),
    "delivery": _rule("delivery", heeds_once=False),
    "silence": _rule("silence"),
    "press": _rule("press", heeds_once=False),
    "readout": _rule("readout"),
    "breach": _rule("breach"),
    "due": _rule("due"),
    "side": _rule("side"),
    "turn": _rule("turn", sides=NO_NAMES),
}
"""Rules, by the moment at which they are tried. No pack may name a country."""

ANY: Final = Where(
    Sentence("this place"),
    frozenset(keys_of(Condition)),
    ROLES | COUNTRIES,
    frozenset(keys_of(Effects)),
    act=True,
    sealed=True,
)
"""A place of which nobody can tell what it is; everything is let pass."""

_WATCHED: Final = placed(Condition, "watch")

_BREAKING: Final = _WATCHED | {"readouts"}
BREAKS = Where(Sentence("what breaks a commitment"), _BREAKING, ROLES, act=True)
CITED = Where(Sentence("what goes against an instrument"), _WATCHED, ROLES | COUNTRIES, act=True)
BREAKS_HERE = Where(Sentence("what breaks a commitment"), _BREAKING, ROLES | COUNTRIES, act=True)
OFFENCES: Final[dict[OffenceMoment, Where]] = {
    "act": Where(Sentence("an offence"), _WATCHED, ROLES, act=True),
    "silence": Where(Sentence("an offence on silence"), placed(Condition, "silence"), ROLES, act=True),
    "readout": Where(Sentence("an offence on readout"), placed(Condition, "readout"), ROLES),
}
"""Acts of a card of offences, by the moment at which they are looked for."""
DEFAULT_CROSSING = Where(Sentence("the crossing of a line"), roles=ROLES, does=ALWAYS)

WATCH = Where(Sentence("a line"), _WATCHED, ROLES | COUNTRIES, act=True)
PRESSES = WATCH._replace(sealed=True)
CROSSING = Where(Sentence("the crossing of a line"), roles=ROLES | COUNTRIES, does=ALWAYS)
CHANGES = {
    "act": Where(Sentence("a track's change on act"), _WATCHED, ROLES | COUNTRIES, act=True),
    "turn": Where(Sentence("a track's change on turn"), ANYWHERE, COUNTRIES),
}
STOPS = Where(Sentence("a track"), ANYWHERE, COUNTRIES)
MARK = Where(Sentence("a track's mark"), roles=COUNTRIES, does=ALWAYS)
INJECT = Where(Sentence("an inject"), ANYWHERE, COUNTRIES, ALWAYS, sealed=True)
DECISION = Where(Sentence("a decision"), roles=COUNTRIES, does=ALWAYS)
ASSET = Where(Sentence("an asset"), ANYWHERE, ROLES | COUNTRIES)
INSTRUCTION = Where(Sentence("an instruction card"), ANYWHERE, frozenset({"self", "other"}))
FORECAST = Where(Sentence("a forecast"), ANYWHERE, frozenset({"self", "other"}))
