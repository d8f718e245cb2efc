"""Signs as words: what a voice would leave out or spell – minus signs, arrows, hours, boxes – in a reader's language.

It changes what is shown and nothing that is kept.
"""

from __future__ import annotations

import re
from typing import Final

from crisis_sim.pages.blocks import capital
from crisis_sim.wording import Say, _

SMALL: Final = {"1": _("one"), "2": _("two"), "3": _("three")}
"""Signed numbers of the scales, in words."""
_SIGNED: Final = re.compile(r"(?<![\w.,+−-])([+−-])(\d+(?:[.,]\d+)*)(?![\d-])", re.ASCII)
_HOUR: Final = re.compile(r"\bT\+(\d+)(?: ?h\b)?", re.ASCII)
_ONE_HOUR: Final = re.compile(r"(?<![\w.,+−-])1 h\b", re.ASCII)
_UNITS: Final = re.compile(r"(?<=\d) (h|m|km)\b", re.ASCII)
UNITS: Final = {
    "h": _(" hours", "of a number"),
    "m": _(" metres", "of a number"),
    "km": _(" kilometres", "of a number"),
}
_BETWEEN: Final = re.compile(r"(?<![\w.,+−-])([+−-]?\d+(?:[.,]\d+)*[^\d→➜]{0,6}?) ?[→➜] ?(?=[+−-]?\d)", re.ASCII)
"""From a number, with its unit, to another; a channel's name may begin with one."""
_RANGE: Final = re.compile(r"(?<=\d)–(?=\d)")
_OUT_OF: Final = re.compile(r"(?<![\w/.])(\d+(?:\.\d+)?)/(100?)(?![\w/.])", re.ASCII)
_ARROW: Final = re.compile(" ?[→➜←] ?")
_STROKES: Final = re.compile(r"(?<=\w )II{1,2}\b", re.ASCII)
"""A Roman two or three behind a name, as in Track II."""
_CHINESE: Final = re.compile(r"(\S*[\u3400-\u9fff]\S*)")
"""What an English voice leaves as it was written: it stands in somebody's own words."""
_SYMBOL: Final = re.compile("[≥≤×±≈≠•●○■□│─├└]")
SIGNS: Final = {
    "≥": _("at least", "a sign"),
    "≤": _("at most", "a sign"),
    "×": _("times", "a sign"),
    "±": _("give or take", "a sign"),
    "≈": _("about", "a sign"),
    "≠": _("is not", "a sign"),
}
"""Signs that stand alone; one that is not here only draws something."""


def spoken(text: str, say: Say) -> str:
    """The same without signs that would be read wrongly or not at all."""
    if text.isascii():
        return _in_words(text, say) if _has_sign(text) else text
    if say(UNITS["h"], "of a number") != UNITS["h"]:
        return _in_words(text, say)
    return "".join(part if _CHINESE.match(part) else _in_words(part, say) for part in _CHINESE.split(text))


def _in_words(text: str, say: Say) -> str:
    text = _HOUR.sub(lambda match: _hour(match[1], say, first=_begins(match)), text)
    text = _ONE_HOUR.sub(lambda _match: "1" + say(" hour", "of a number"), text)
    hours = say(" hours", "of a number")
    text = _UNITS.sub(lambda match: say(UNITS[match[1]], "of a number"), text).replace(hours + hours.strip(), hours)
    text = _BETWEEN.sub(lambda match: say("from {number} to ", "before another", number=match[1]), text)
    text = _STROKES.sub(lambda match: str(len(match[0])), text)
    text = _OUT_OF.sub(lambda match: say("{n} of {most}", "as a meter", n=match[1], most=match[2]), text)
    text = _RANGE.sub(lambda _match: say(" to ", "from a number"), text)
    text = _SIGNED.sub(lambda match: _signed(match[1], match[2], say), text)
    text = _ARROW.sub(say(", ", "an arrow"), text)
    return _SYMBOL.sub(lambda match: say(SIGNS.get(match[0], ""), "a sign"), text)


def _begins(match: re.Match[str]) -> bool:
    """A sentence begins with it."""
    text_before = match.string[: match.start()].rstrip()
    return not text_before or text_before[-1] in ".:"


def _has_sign(text: str) -> bool:
    return any(sign in text for sign in ("-", "+", " h", " m", " k", "/", " II"))


def _hour(hour: str, say: Say, *, first: bool) -> str:
    words = say("hour {hour}", hour=hour)
    return capital(words) if first else words


def _signed(sign: str, number: str, say: Say) -> str:
    words = say(SMALL[number]) if number in SMALL else number
    return say("plus {number}", number=words) if sign == "+" else say("minus {number}", number=words)
