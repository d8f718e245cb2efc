"""The cards of an exercise on one sheet to print, in both languages: what it is, the place, the code, the ways in.

A code stands on its own card and nowhere else: in no address, and in no picture of one. A card that was used up or has
run out is struck out. An address is also drawn as a picture that a telephone reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

import segno
from msgspec import Struct

from crisis_sim.engine.actions import SeatName
from crisis_sim.rules.names import Language
from crisis_sim.wording import _, speaker
from crisis_sim.wording.labels import SEATS

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")


class SeatCard(Struct, frozen=True):
    """One person's card."""

    label: str
    seat: SeatName
    code: str = ""
    """Empty once somebody has come with it, or it has run out: then the card is struck out."""


class WaysIn(Struct, frozen=True):
    """How an exercise is reached."""

    terminal: str
    """What is typed in a terminal."""
    browser: str = ""
    """The address for a browser; empty where there is none."""
    wall: str = ""
    """The address for a projector, which an observer's code opens."""


STYLE: Final = """
@page { margin: 12mm }
body { font: 11pt/1.35 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
body { color: #000; background: #fff; margin: 0 }
h1 { font-size: 13pt; margin: 0 0 2mm }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm }
section { border: 1px dashed #555; padding: 5mm; break-inside: avoid; position: relative; overflow-wrap: anywhere }
section h2 { font-size: 11pt; margin: 0 }
.place { font-size: 15pt; font-weight: 700; margin: 2mm 0 }
.code { font: 700 24pt/1.2 ui-monospace, monospace; letter-spacing: .06em; margin: 2mm 0 }
.way { font: 9pt/1.3 ui-monospace, monospace }
svg { width: 26mm; height: 26mm; float: right; margin-left: 4mm }
p { margin: 1mm 0 }
.small { font-size: 8.5pt }
.struck .place { text-decoration: line-through; color: #777 }
@media screen { body { padding: 8mm; max-width: 190mm } }
"""

TERMINAL: Final = _("In a terminal, type:")
BROWSER: Final = _("Or in a browser, open:")
WALL: Final = _("Or for a projector, which all in the room see:")
ONCE: Final = _(
    "The code works once, for one person. Afterwards the seat belongs to that machine or browser, which comes back by "
    "itself."
)
STRUCK: Final = _("This card is used up.")
RULE: Final = _(
    "What is said here may be used; who said it, and for whom, may not. The log holds places at the table, and no "
    "names."
)
OWNER: Final = _(
    "These are the codes of this exercise: cut the cards apart, hand each to its person, and delete the file."
)


def card_sheet(title: Mapping[Language, str], cards: Sequence[SeatCard], ways: WaysIn) -> str:
    """The page."""
    name = " · ".join(dict.fromkeys(title.values()))
    body = "\n".join("".join(_parts(name, card, ways)) for card in cards)
    owner = "".join(_both(OWNER)) if any(card.code for card in cards) else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(name)}</title><style>{STYLE}</style></head><body>\n"
        f"<h1>{escape(name)}</h1>\n{owner}<main>\n{body}\n</main></body></html>\n"
    )


def _parts(name: str, card: SeatCard, ways: WaysIn) -> Iterator[str]:
    yield f'<section class="{"" if card.code else "struck"}">'
    if ways.browser and card.code:
        yield qr_svg(ways.browser)
    places = " · ".join(dict.fromkeys(speaker(language)(SEATS[card.seat]) for language in LANGUAGES))
    yield f"<h2>{escape(name)}</h2>"
    yield f'<p class="place">{escape(places)} · {escape(card.label)}</p>'
    if not card.code:
        yield from _both(STRUCK)
    else:
        yield f'<p class="code">{escape(card.code)}</p>'
        yield from _both(TERMINAL)
        yield f'<p class="way">{escape(ways.terminal)}</p>'
        if ways.browser:
            yield from _both(BROWSER)
            yield f'<p class="way">{escape(ways.browser)}</p>'
        if ways.wall and card.seat == "observer":
            yield from _both(WALL)
            yield f'<p class="way">{escape(ways.wall)}</p>'
        yield from _both(ONCE)
    yield from _both(RULE)
    yield "</section>"


def _both(sentence: str) -> Iterator[str]:
    for language in LANGUAGES:
        lang = "zh-Hans" if language == "zh" else "en"
        yield f'<p class="small" lang="{lang}">{escape(speaker(language)(sentence))}</p>'


BORDER: Final = 2
"""Modules of white around a picture; fewer than the norm's four are read well enough from a screen."""
_HALVES: Final = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def qr_rows(text: str) -> list[str]:
    """An address, never a code or a token, in rows of half blocks, to be drawn dark on light."""
    modules = [list(row) for row in _made(text).matrix_iter(border=BORDER)]
    if len(modules) % 2:
        modules.append([0] * len(modules[0]))
    return [
        "".join(_HALVES[bool(upper), bool(lower)] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(modules[::2], modules[1::2], strict=True)
    ]


def qr_svg(text: str) -> str:
    """The same as a drawing to be put into a page."""
    return str(_made(text).svg_inline(border=BORDER, dark="#000", light="#fff", omitsize=True))


def _made(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m")
