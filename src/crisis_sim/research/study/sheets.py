"""What a study needs on paper and in a spreadsheet: the questionnaire, a table for its answers, a table for coders.

The coders' table holds what was sent and nothing of what was sealed, so that coders are blind to both meanings. It
holds the words of the table, which the other tables of a study never do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crisis_sim.authoring.msel_cells import Cell
from crisis_sim.authoring.msel_files import csv_bytes
from crisis_sim.research.study.answers import EXAMPLE, HEADINGS
from crisis_sim.research.study.items import ITEMS
from crisis_sim.research.study.paper import LANGUAGES, markdown, webpage
from crisis_sim.research.study.sessions import Played
from crisis_sim.research.study.variables import VARIABLES

CODING: Final = ("coder", "session", "turn", "side", "order", "move", "act", "words")
"""The columns that are filled in for coders; `coder` is left to them."""


def sheets(sessions: Sequence[Played]) -> dict[str, bytes]:
    """Every file by its name; the coders' table only where there are sessions."""
    files = {
        **{f"questionnaire-{language}.html": webpage(language).encode() for language in LANGUAGES},
        **{f"questionnaire-{language}.md": markdown(language).encode() for language in LANGUAGES},
        "answers.csv": csv_bytes([list(HEADINGS), _example()]),
    }
    if sessions:
        files["coding.csv"] = csv_bytes([[*CODING, *(variable.key for variable in VARIABLES)], *_acts(sessions)])
    return {**files, "README.md": _readme(coding=bool(sessions)).encode()}


def _example() -> list[Cell]:
    """A row that shows how it is done, and is passed over when answers are read."""
    given: dict[str, Cell] = {"session": "monday", "code": EXAMPLE.upper(), "team": "us", "when": "pre"}
    given |= {item.key: place % 7 + 1 for place, item in enumerate(ITEMS)}
    return [{**given, "q12": "NA"}[name] for name in HEADINGS]


def _acts(sessions: Sequence[Played]) -> list[list[Cell]]:
    """A row for each act, in the order of play."""
    return [
        [
            "",
            session.name,
            act.turn,
            act.side,
            act.order,
            act.move,
            act.head,
            " ".join(act.words.split()),
            *("" for _ in VARIABLES),
        ]
        for session in sessions
        for act in session.acts
    ]


def _readme(*, coding: bool) -> str:
    variables = "\n".join(f"- `{variable.key}`: {variable.says}" for variable in VARIABLES)
    return _QUESTIONNAIRE + (_CODING.format(variables=variables) if coding else "") + _BOTH


_QUESTIONNAIRE: Final = """# Sheets of a study

## Questionnaire

1. Print `questionnaire-en.html` or `questionnaire-zh.html`, two for each participant. Hand one out before the
   briefing and one right after the hotwash. The `.md` files hold the same, for an online form.
2. Type each sheet into `answers.csv` as a row: `session` (any word that is the same for all who played together), the
   participant's own `code`, `team` (us or china), `when` (pre or post), and q1 to q12 (1 to 7; NA or nothing where
   there is no answer). The row EXAMPLE shows how; it is passed over.
3. `crisis-sim study --answers answers.csv` tells what changed.
"""
_CODING: Final = """
## Coding

1. Give each coder a copy of `coding.csv`, named for the coder, such as `coding-li.csv`; or let them fill in the column
   `coder`. Coders work alone. They see what was sent, and not what it was meant as or taken for.
2. One row is one act. The columns from `coder` to `words` stay as they are. Code, with NA where it cannot be said:

{variables}

   A variable of your own is a further column, headed with its name and level: `frame:nominal`, `urgency:ordinal`.
3. `crisis-sim study LOGS --codes coding-li.csv --codes coding-smith.csv` tells how far coders agree, and whether they
   read acts as they were meant or as they were taken.

`coding.csv` holds what participants wrote. Keep it as carefully as you have promised them. Its sessions go by names
that are made up with the secret in `names.key`, unless you gave another: that file is for you alone, and stays here,
where `study` looks for it beside the coders' sheets.
"""
_BOTH: Final = """
Save tables as CSV in UTF-8 (Excel: "CSV UTF-8"). Commas, semicolons and tabs between cells are all read.
"""
