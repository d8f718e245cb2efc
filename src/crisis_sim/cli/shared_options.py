"""Options that several verbs take.

Apart from what the verbs do with them, so that a verb which is named without options starts without Typer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

from typer import Option

OpenOption: TypeAlias = Annotated[
    bool, Option("--open", help="Open what is sealed, though a session has not come to its hotwash.")
]
Workers: TypeAlias = Annotated[
    int | None, Option(metavar="K", help="Processes that read side by side; one for each core.")
]
Named: TypeAlias = Annotated[bool, Option("--named", help="Of sessions: under their own ids, not under made-up names.")]
KeyOption: TypeAlias = Annotated[
    Path | None,
    Option(
        "--key",
        metavar="FILE",
        help="Of made-up names: the file of their secret, for the same names another time; made if it is not there.",
    ),
]
