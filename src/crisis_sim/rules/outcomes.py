"""Effects as short English phrases, for pictures, previews and whoever reads a scenario. They carry nothing out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from crisis_sim.numbers import shown
from crisis_sim.rules.effects import Effects, Meter, Press

_WHOSE: Final[Mapping[str, str]] = {
    "sender": "the sender’s",
    "receiver": "the receiver’s",
    "both": "both teams’",
    "us": "the US’s",
    "china": "China’s",
}
_CHANNELS: Final[Mapping[str, str]] = {
    "used": "the channel used",
    "about": "the channel it is about",
    "all": "every channel",
}


def outcomes(effects: Effects, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """What follows, one phrase for each effect, with `names` for ids where it has them.

    ("tension +8", "the receiver’s trust -1.5", "brings the inject “Khoram closes the ward”")
    """
    known = names or {}
    return tuple(
        phrase for key in effects.given for phrase in _PHRASES[key](getattr(effects, key), lambda i: _named(i, known))
    )


def _named(ident: str, names: Mapping[str, str]) -> str:
    name = names.get(ident)
    return f"“{name}”" if name else ident.replace("-", " ")


Named = Callable[[str], str]


def _line(item: Press | Any, named: Named) -> str:  # Any: Cross, which has the same two fields
    return f"{_WHOSE[item.whose]} line {named(item.line)}"


def _press(items: Sequence[Press], named: Named) -> list[str]:
    return [f"presses {_line(item, named)} by {shown(item.by)}" for item in items]


def _relieve(items: Sequence[Press], named: Named) -> list[str]:
    return [f"takes {shown(item.by)} off {_line(item, named)}" for item in items]


def _meter(word: str) -> Callable[[Meter, Named], list[str]]:
    def said(meter: Meter, named: Named) -> list[str]:
        whose = {side: getattr(meter, side) for side in ("sender", "receiver", "us", "china")}
        return [f"{_WHOSE[side]} {word} {shown(by, signed=True)}" for side, by in whose.items() if by]

    return said


def _channel(ident: str, named: Named) -> str:
    return _CHANNELS.get(ident) or named(ident)


def _turns(number: int) -> str:
    return "1 turn" if number == 1 else f"{number} turns"


_PHRASES: Final[Mapping[str, Callable[[Any, Named], Sequence[str]]]] = {  # Any: each key's own value
    "weigh": lambda by, named: [f"weighs {shown(by)} times as much"],
    "weigh_by_repeat": lambda repeat, named: [
        f"weighs {shown(repeat.by)} times as much for each time before, down to {shown(repeat.floor)}"
    ],
    "add": lambda by, named: [f"weight {shown(by, signed=True)}"],
    "tension": lambda by, named: [f"tension {shown(by, signed=True)}"],
    "floor": lambda at, named: [f"tension not below {shown(at)}"],
    "felt": lambda by, named: [f"weight as felt {shown(by, signed=True)}"],
    "press": _press,
    "relieve": _relieve,
    "cross": lambda items, named: [f"crosses {_line(item, named)}" for item in items],
    "grow": lambda by, named: [f"grows by {shown(by)} for each pressing before"],
    "trust": _meter("trust"),
    "standing": _meter("standing"),
    "readiness": lambda items, named: [f"readiness of {_channel(item.channel, named)} {item.by:+d}" for item in items],
    "latency": lambda items, named: [
        f"{_channel(item.channel, named)} takes {shown(item.times)} times as long for {_turns(item.turns)}"
        for item in items
    ],
    "odds": lambda items, named: [
        f"{_WHOSE[item.of]} end of {_channel(item.channel, named)} answers {item.by:+d} in 100 for {_turns(item.turns)}"
        for item in items
    ],
    "suspend": lambda ident, named: [f"closes {_channel(ident, named)}"],
    "reopen": lambda item, named: [f"reopens {_channel(item.channel, named)} after {_turns(item.after)}"],
    "mandate": lambda item, named: [f"mandate of {_channel(item.channel, named)} {item.by:+d}"],
    "set": lambda items, named: [
        f"{named(item.fact)}{f' ({_WHOSE[item.of]})' if item.of else ''} becomes {'true' if item.to else 'false'}"
        for item in items
    ],
    "flag": lambda ident, named: [f"a mark for the debrief: {named(ident)}"],
    "release": lambda ident, named: [f"brings the inject {named(ident)}"],
    "delay": lambda turns, named: [f"arrives {_turns(turns)} later"],
    "unclear": lambda text, named: [f"is seen only as: {text.en}"],
}
