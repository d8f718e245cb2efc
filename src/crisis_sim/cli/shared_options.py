"""Options that several verbs take.

Apart from what the verbs do with them, so that a verb which is named without options starts without Typer.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from typer import Option

Open: TypeAlias = Annotated[
    bool, Option("--open", help="Open what is sealed, though a session has not come to its hotwash.")
]
Workers: TypeAlias = Annotated[
    int | None, Option(metavar="K", help="Processes that read side by side; one for each core.")
]
