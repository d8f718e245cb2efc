"""The catalogue of Chinese: brought up to what the code says, checked, and compiled.

`python -m tests.wording.catalogue` writes `zh.po` anew and compiles it. A sentence whose English has changed keeps its
Chinese, marked `fuzzy`, with the English that it was written for; one that nobody says any more is kept at the end of
the file, and comes back if it is said again, until a release clears it away with `--release`. `--check` writes nothing,
and fails where a translator has something to do; there a release clears nothing away either.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, unescape, write_po
from hatch_build import PO, compile_catalogue
from tests.wording.gathering import FOR_TRANSLATORS, gathered

LOCALE: Final = "zh_CN"
WIDTH: Final = 100_000
"""No line is broken, so that each entry has as many lines after an edit as before it."""
FEW: Final = 3
"""A sentence said in more functions than this has no note on each; what is written for translators stays."""
OUTDATED: Final = "{file} is not what the code says: run scripts/words, and commit what it writes"
UNFINISHED: Final = (
    "Unfinished in {file}: {n}. Each has no Chinese, or that of an older English (fuzzy): write it, delete the word "
    "fuzzy and the line #| below it, and run scripts/words"
)
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


def catalogue(path: Path = PO) -> Catalog:
    """The catalogue as it is written."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=LOCALE, abort_invalid=True)
    for message in catalog:
        previous = [comment for comment in message.user_comments if comment.startswith("|")]
        message.previous_id = ["".join(map(unescape, _QUOTED.findall(comment))) for comment in previous]
        message.user_comments = [comment for comment in message.user_comments if comment not in previous]
    return catalog


def template() -> Catalog:
    """What the code says, in English alone."""
    found = Catalog(locale=LOCALE, charset="utf-8")
    for said in gathered():
        notes = [said.note] if said.note else []
        found.add(said.id, context=said.context, locations=[(said.module, 0)], auto_comments=notes)
    for message in found:
        written = [note for note in message.auto_comments if note.startswith(FOR_TRANSLATORS)]
        if written or len(message.auto_comments) > FEW:
            message.auto_comments = written
    return found


def renewed(written: Catalog, said: Catalog | None = None) -> Catalog:
    """The catalogue with a place for all that the code says, and what it no longer says among the obsolete."""
    previous = {_key(message): message.previous_id for message in written}
    for message in written.obsolete.values():
        if written.get(message.id, message.context) is None:
            written[message.id] = message
    written.obsolete.clear()
    written.update(said or template(), update_creation_date=False)
    for message in written:
        if message.fuzzy:
            message.previous_id = previous.get(_key(message)) or message.previous_id
    return written


def _key(message: Message) -> tuple[object, ...]:
    return message.context, message.id


def unfinished(catalog: Catalog) -> list[str]:
    """The English of every entry that waits for a translator."""
    waiting = [each for each in catalog if each.id and (each.fuzzy or not all(_forms(each.string)))]
    return [_forms(message.id)[0] for message in waiting]


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    return [text or ""] if isinstance(text, str | None) else text


def as_written(catalog: Catalog) -> bytes:
    """The bytes of a catalogue's file; where a sentence stands is told by module, since lines move."""
    catalog.fuzzy = False
    for message in catalog:
        message.flags.discard("python-format")  # a per cent sign before a word looks like one; nothing here is
    out = io.BytesIO()
    write_po(out, catalog, width=WIDTH, sort_output=True, include_lineno=False, include_previous=True)
    return out.getvalue()


def main(arguments: Sequence[str]) -> int:
    """Write and compile the catalogue; with `--check` only say what is to do; with `--release` that, or clear away."""
    written = renewed(catalogue(PO))
    if arguments:
        left = unfinished(written)
        is_outdated = as_written(written) != PO.read_bytes()
        if is_outdated:
            print(OUTDATED.format(file=PO.name))
        elif left:
            print(*left, UNFINISHED.format(n=len(left), file=PO.name), sep="\n")
        if is_outdated or left or arguments != ["--release"]:
            return is_outdated or bool(left)
        written.obsolete.clear()
    PO.write_bytes(as_written(written))
    compile_catalogue(PO)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
