"""What a study needs on paper and in a spreadsheet: the questionnaire, a table for its answers, a table for coders.

The questionnaire is one page of HTML that needs no network, and the same in Markdown. It asks for no name; a code that
each participant makes up pairs the sheet before with the sheet after.

The coders' table holds what was sent and nothing of what was sealed, so that coders are blind to both meanings. It
holds the words of the table, which the other tables of a study never do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from crisis_sim.authoring.msel_cells import CellValue
from crisis_sim.authoring.msel_files import csv_bytes
from crisis_sim.research.study.answers import EXAMPLE, HEADINGS, ITEMS, LEAST, MOST
from crisis_sim.research.study.codes import VARIABLES
from crisis_sim.research.study.studied_sessions import Played
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say, _, speaker

_STYLE: Final = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0 auto;max-width:48rem;padding:1rem;background:#fff;color:#1b1f24;font:16px/1.4 Helvetica,Arial,
'Liberation Sans','PingFang SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif}
h1{font-size:1.4rem;margin:.2rem 0 .6rem}
p{margin:.45rem 0}
.line{margin:.7rem 0;white-space:pre-wrap}
.blank{display:inline-block;min-width:11rem;border-bottom:1px solid #1b1f24;height:1.2em}
table{width:100%;border-collapse:collapse;margin:.7rem 0}
th,td{border-bottom:1px solid #b9bec5;padding:.42rem .2rem;text-align:center;vertical-align:middle}
th{font-size:.8rem;border-bottom:2px solid #5a626c}
td.number{width:1.8rem}td.text,th.text{text-align:left}td.box,th.box{width:2.3rem;font-size:1.15rem}
@page{size:A4;margin:13mm}
@media print{body{font-size:10.5pt;padding:0;max-width:none}tr,p{break-inside:avoid}}
"""
_BOX: Final = "☐"
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
"""Languages that the sheet is in."""

_TICKED: Final = (
    (_("This sheet is from:"), _("before the exercise"), _("after the exercise")),
    (_("I am in the team of:"), _("the United States"), "China"),
)
_BLANKS: Final = (_("Session (the facilitator says what to write):"), _("My code:"))
_HOW: Final = (
    _(
        "Make up a code that nobody can guess and that you will know again after the exercise, such as the first two "
        "letters of the street where you grew up and the day of the month on which your mother was born. Do not write "
        "your name."
    ),
    _(
        "“They” are the government that the other team speaks for; “we” are the one that your team speaks for. Answer "
        "for yourself, as you think today. There are no right answers. Tick one box in each row."
    ),
)
_SCALE: Final = (_("do not agree at all"), _("agree fully; NA: I cannot say"))
_TITLE: Final = _("Questionnaire before and after the exercise")
_HEAD: Final = (_("No."), _("Statement"))
_THANKS: Final = _("Thank you. Hand this sheet in without a name.")
_ANSWERS: Final = (*(str(step) for step in range(LEAST, MOST + 1)), "NA")


def _ticked(say: Say) -> Iterator[str]:
    """Lines on which one of two boxes is ticked."""
    return ("".join((say(text), *(f"   {_BOX} {say(choice)}" for choice in choices))) for text, *choices in _TICKED)


def _explained(say: Say) -> Iterator[str]:
    """What is to be known before the first answer."""
    least, most = map(say, _SCALE)
    return iter((*map(say, _HOW), f"{LEAST} {least} – {MOST} {most}"))


def webpage(language: Language) -> str:
    """The sheet as an HTML document."""
    say = speaker(language)
    root = ET.Element("html", {"lang": "zh-Hans" if language == "zh" else "en"})
    head, body = ET.SubElement(root, "head"), ET.SubElement(root, "body")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    ET.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    nothing = {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}
    ET.SubElement(head, "meta", nothing)
    _put(head, "title", say(_TITLE))
    ET.SubElement(head, "style").text = _STYLE
    _put(body, "h1", say(_TITLE))
    for text in _ticked(say):
        _put(body, "p", text, "line")
    for text in _BLANKS:
        line = _put(body, "p", f"{say(text)} ", "line")
        ET.SubElement(line, "span", {"class": "blank"})
    for text in _explained(say):
        _put(body, "p", text)
    _statements(body, say)
    _put(body, "p", say(_THANKS))
    return f"<!DOCTYPE html>\n{ET.tostring(root, encoding='unicode', method='html')}\n"


def _statements(body: ET.Element, say: Say) -> None:
    table = ET.SubElement(body, "table")
    head = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    for text, kind in zip((*map(say, _HEAD), *_ANSWERS), ("", "text", *("box",) * len(_ANSWERS)), strict=True):
        _put(head, "th", text, kind)
    rows = ET.SubElement(table, "tbody")
    for number, item in enumerate(ITEMS, 1):
        row = ET.SubElement(rows, "tr")
        _put(row, "td", str(number), "number")
        _put(row, "td", say(item.text), "text")
        for _answer in _ANSWERS:
            _put(row, "td", _BOX, "box")


def _put(parent: ET.Element, tag: str, text: str, kind: str = "") -> ET.Element:
    element = ET.SubElement(parent, tag, {"class": kind} if kind else {})
    element.text = text
    return element


def markdown(language: Language) -> str:
    """The sheet as Markdown."""
    say = speaker(language)
    rows = [(*map(say, _HEAD), *_ANSWERS), ("---",) * (len(_ANSWERS) + 2)]
    rows += [(str(number), say(item.text), *(_BOX,) * len(_ANSWERS)) for number, item in enumerate(ITEMS, 1)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    blanks = [f"{say(text)} ______________" for text in _BLANKS]
    parts = (f"# {say(_TITLE)}", *_ticked(say), *blanks, *_explained(say), table, say(_THANKS))
    return "\n\n".join(parts) + "\n"


CODING: Final = ("coder", "session", "turn", "side", "order", "move", "act", "words")
"""The columns that are filled in for coders; `coder` is left to them."""


def sheets(sessions: Sequence[Played], language: Language = "en") -> dict[str, bytes]:
    """Every file by its name, how to use them in `language`; the coders' table only where there are sessions."""
    files = {
        **{f"questionnaire-{language}.html": webpage(language).encode() for language in LANGUAGES},
        **{f"questionnaire-{language}.md": markdown(language).encode() for language in LANGUAGES},
        "answers.csv": csv_bytes([list(HEADINGS), _example()]),
    }
    if sessions:
        files["coding.csv"] = csv_bytes([[*CODING, *(variable.key for variable in VARIABLES)], *_acts(sessions)])
    return {**files, "README.md": _readme(speaker(language), coding=bool(sessions)).encode()}


def _example() -> list[CellValue]:
    """A row that shows how it is done, and is passed over when answers are read."""
    given: dict[str, CellValue] = {"session": "monday", "code": EXAMPLE.upper(), "team": "us", "when": "pre"}
    given |= {item.key: place % 7 + 1 for place, item in enumerate(ITEMS)}
    return [{**given, "q12": "NA"}[name] for name in HEADINGS]


def _acts(sessions: Sequence[Played]) -> list[list[CellValue]]:
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
            *("" for _variable in VARIABLES),
        ]
        for session in sessions
        for act in session.acts
    ]


def _readme(say: Say, *, coding: bool) -> str:
    variables = "\n".join(f"- `{variable.key}`: {say(variable.says)}" for variable in VARIABLES)
    return say(_QUESTIONNAIRE) + (say(_CODING, variables=variables) if coding else "") + say(_BOTH)


_QUESTIONNAIRE: Final = _("""# Sheets of a study

## Questionnaire

1. Print `questionnaire-en.html` or `questionnaire-zh.html`, two for each participant. Hand one out before the
   briefing and one right after the hotwash. The `.md` files hold the same, for an online form.
2. Type each sheet into `answers.csv` as a row: `session` (any word that is the same for all who played together), the
   participant's own `code`, `team` (us or china), `when` (pre or post), and q1 to q12 (1 to 7; NA or nothing where
   there is no answer). The row EXAMPLE shows how; it is passed over.
3. `crisis-sim study --answers answers.csv` tells what changed.
""")
_CODING: Final = _("""
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
""")
_BOTH: Final = _("""
Save tables as CSV in UTF-8 (Excel: "CSV UTF-8"). Commas, semicolons and tabs between cells are all read.
""")
