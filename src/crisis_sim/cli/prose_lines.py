"""Long texts as plain lines: Markdown whose paragraphs are whole again, and whose tables can be read aloud."""

from __future__ import annotations

import re

from crisis_sim.text import plain_markdown

_OWN_LINE = re.compile(r"\s*(?:[-*+•]\s|\d{1,3}[.)]\s|#|\||>|```|~~~|(?:[-_*]\s?){3,}$|<!--)")
_WIDE = "\u2e80"
"""From here on characters are Chinese, and no space stands between two lines."""
_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*")


def prose(markdown: str) -> str:
    """The text without marks: a paragraph is one line, and so is a row of a table, with `;` between its cells."""
    lines: list[str] = []
    joins = False
    for line in markdown.split("\n"):
        if line.lstrip().startswith("|"):
            joins = False
            if not (_RULE.fullmatch(line) and "-" in line):
                lines.append(_row(line))
        elif joins and line.strip() and not _OWN_LINE.match(line):
            lines[-1] += ("" if lines[-1][-1:] >= _WIDE else " ") + line.strip()
        else:
            lines.append(line)
            joins = bool(line.strip()) and not line.lstrip().startswith("#")
    return plain_markdown("\n".join(lines))


def _row(line: str) -> str:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return "- " + "; ".join(cell for cell in cells if cell)
