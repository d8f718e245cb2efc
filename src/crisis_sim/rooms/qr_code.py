"""An address as a picture that a telephone reads. Never a code or a token: those are typed."""

from __future__ import annotations

from typing import Final

import segno

BORDER: Final = 2
"""Modules of white around it; fewer than the norm's four are read well enough from a screen."""
_HALVES: Final = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def qr_rows(text: str) -> list[str]:
    """It in rows of half blocks, to be drawn dark on light."""
    modules = [list(row) for row in _made(text).matrix_iter(border=BORDER)]
    if len(modules) % 2:
        modules.append([0] * len(modules[0]))
    return [
        "".join(_HALVES[bool(upper), bool(lower)] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(modules[::2], modules[1::2], strict=True)
    ]


def qr_svg(text: str) -> str:
    """It as a drawing to be put into a page."""
    return str(_made(text).svg_inline(border=BORDER, dark="#000", light="#fff", omitsize=True))


def _made(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m")
