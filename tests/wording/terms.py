"""The table of terms that shipped scenarios, screens and pages keep to in Chinese."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple


class TermRow(NamedTuple):
    """A row of the table of terms."""

    english: tuple[str, ...]
    """Words for which one of the Chinese ones stands; none where only the wrong one is looked for."""
    chinese: tuple[str, ...]
    wrong: str
    """What does not stand for it, if there is something."""


@cache
def terms() -> tuple[TermRow, ...]:
    """All rows."""
    rows = csv.DictReader(Path(__file__).with_name("terms_zh.csv").read_text(encoding="utf-8").splitlines())
    return tuple(
        TermRow(tuple(filter(None, row["english"].split("|"))), tuple(row["chinese"].split("|")), row["not"])
        for row in rows
    )
