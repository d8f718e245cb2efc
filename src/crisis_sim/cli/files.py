"""Writing an answer to a file that somebody named."""

from __future__ import annotations

from pathlib import Path

from crisis_sim.cli.ending import tell
from crisis_sim.errors import UnreadableInput
from crisis_sim.text import clean


def write_answer(path: Path, text: str) -> None:
    """Write `text` to `path` and say so. Raises UnreadableInput where that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = (error.strerror or "it cannot be written").lower()
        shown = clean(str(path), lines=False)
        raise UnreadableInput(
            "output/unwritable", f"{shown} cannot be written: {reason}", hint="name another"
        ) from None
    tell(f"wrote {path}")
