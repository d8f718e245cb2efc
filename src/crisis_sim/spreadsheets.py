"""What files for spreadsheets have in common, whoever writes or reads them: no formulas out, and bounded bytes in.

What is in the cells is for whoever asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from crisis_sim.errors import Sentence, UnreadableInput, why_not

Refusal: TypeAlias = Callable[[Path, str, str], UnreadableInput]
"""Says that a file is not read, why, and what to do."""

MARK_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
"""How a text in UTF-16 begins."""
WORKBOOK: Final = b"PK\x03\x04"
"""How an XLSX file begins."""
OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a workbook begins that is of an old Excel, or locked."""

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what might begin one."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def read_bytes(path: Path, most: int, too_large: str, refusal: Refusal) -> bytes:
    """What is in a file of at most so many bytes; `too_large` says what to do with a larger one.

    Raises what `refusal` makes of the file, a reason and a way out.
    """
    try:
        if not path.is_file():
            raise refusal(path, Sentence("there is no such file"), Sentence("look at its name"))
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise refusal(path, why_not(error), Sentence("look at its name and its permissions")) from None
    if len(data) > most:
        raise refusal(path, Sentence("it is larger than {size} MiB", size=most // 1024**2), too_large)
    return data
