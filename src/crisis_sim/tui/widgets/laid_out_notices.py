"""Notices in the corner, as plain text and laid out as everything else is: no line begins with a mark that closes."""

from __future__ import annotations

from textual.content import Content
from textual.widgets._toast import Toast

from crisis_sim.text import wrapped

WIDTH, FRAME = 60, 3
"""Cells that a notice has where the screen is twice as wide, and those that are not for words."""


def _laid_out(notice: Toast) -> Content:
    width = min(WIDTH, notice.app.size.width // 2)
    return Content("\n".join(wrapped(notice._notification.message, width - FRAME)))


def lay_out_notices() -> None:
    """Lay out every notice so, in this process from now on."""
    Toast.render = _laid_out  # type: ignore[method-assign,assignment]  # as meant
