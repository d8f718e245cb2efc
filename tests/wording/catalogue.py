"""The catalogue of Chinese: brought up to what the code says, checked, and compiled.

`python -m tests.wording.catalogue` writes `zh.po` and `zh.mo` anew. A sentence that is said no more goes, and one that
is new waits there for its Chinese, without which the tests fail.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from tests.wording.gathering import SOURCE, gathered

PO: Final = SOURCE / "wording" / "zh.po"
MO: Final = SOURCE / "wording" / "zh.mo"
WRITTEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""What the file names as its date, whenever it is written: the history has the real one."""


def catalogue(path: Path = PO) -> Catalog:
    """The catalogue as it is written."""
    with path.open("rb") as file:
        return read_po(file, locale="zh", abort_invalid=True)


def template() -> Catalog:
    """What the code says, in English alone."""
    found = Catalog(locale="zh", charset="utf-8")
    for message in gathered():
        found.add(message.id, context=message.context, locations=[(message.module, 0)])
    return found


def renewed(written: Catalog) -> Catalog:
    """The catalogue with a place for all that the code says, and for nothing else."""
    written.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    written.obsolete.clear()
    return written


def as_written(catalog: Catalog) -> bytes:
    """The bytes of a catalogue's file; where a sentence stands is told by module, since lines move."""
    catalog.header_comment = "# What crisis-sim says, in Chinese. `scripts/words` keeps it."
    catalog.project, catalog.version, catalog.fuzzy = "crisis-sim", "0", False
    catalog.creation_date = catalog.revision_date = WRITTEN
    out = io.BytesIO()
    write_po(out, catalog, width=0, sort_output=True, include_lineno=False)
    return out.getvalue()


def as_compiled(catalog: Catalog) -> bytes:
    """The bytes that the standard library reads."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


if __name__ == "__main__":
    PO.write_bytes(as_written(renewed(catalogue())))
    MO.write_bytes(as_compiled(catalogue()))
