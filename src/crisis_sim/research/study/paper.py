"""The questionnaire as a sheet of paper: one page of HTML that needs no network, and the same in Markdown.

It asks for no name. A code that each participant makes up pairs the sheet before with the sheet after.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from crisis_sim.research.study.items import ITEMS, LEAST, MOST
from crisis_sim.rules.names import Language

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

_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "en": {
        "title": "Questionnaire before and after the exercise",
        "when": f"This sheet is from:   {_BOX} before the exercise   {_BOX} after the exercise",
        "team": f"I am in the team of:   {_BOX} the United States   {_BOX} China",
        "session": "Session (the facilitator says what to write):",
        "code": "My code:",
        "coding": "Make up a code that nobody can guess and that you will know again after the exercise, such as the "
        "first two letters of the street where you grew up and the day of the month on which your mother was born. Do "
        "not write your name.",
        "about": "“They” are the government that the other team speaks for; “we” are the one that your team speaks "
        "for. Answer for yourself, as you think today. There are no right answers. Tick one box in each row.",
        "scale": f"{LEAST} do not agree at all – {MOST} agree fully; NA: I cannot say",
        "number": "No.",
        "text": "Statement",
        "thanks": "Thank you. Hand this sheet in without a name.",
    },
    "zh": {
        "title": "演练前后问卷",
        "when": f"本卷填写于：   {_BOX} 演练之前   {_BOX} 演练之后",
        "team": f"我所在的队：   {_BOX} 美方   {_BOX} 中方",
        "session": "场次（由主持人告知）：",
        "code": "我的代码：",
        "coding": "请自编一个别人猜不到、而您在演练之后仍能想起的代码，"
        "例如您长大的那条街名的前两个字，加上您母亲生日的日期。请勿写姓名。",
        "about": "“他们”指对方队所代表的政府；“我们”“我方”指您所在队代表的政府。"
        "请按您今天的想法，只代表您个人作答。答案没有对错。每行只勾选一格。",
        "scale": f"{LEAST} 完全不同意 – {MOST} 完全同意；NA：说不清",
        "number": "题",
        "text": "陈述",
        "thanks": "谢谢。请交回本卷，勿署名。",
    },
}
_ANSWERS: Final = (*(str(step) for step in range(LEAST, MOST + 1)), "NA")


def webpage(language: Language) -> str:
    """The sheet as an HTML document."""
    words = _WORDS[language]
    root = ET.Element("html", {"lang": "zh-Hans" if language == "zh" else "en"})
    head, body = ET.SubElement(root, "head"), ET.SubElement(root, "body")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    ET.SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    nothing = {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}
    ET.SubElement(head, "meta", nothing)
    _say(head, "title", words["title"])
    ET.SubElement(head, "style").text = _STYLE
    _say(body, "h1", words["title"])
    for name in ("when", "team"):
        _say(body, "p", words[name], "line")
    for name in ("session", "code"):
        line = _say(body, "p", f"{words[name]} ", "line")
        ET.SubElement(line, "span", {"class": "blank"})
    for name in ("coding", "about", "scale"):
        _say(body, "p", words[name])
    _statements(body, language)
    _say(body, "p", words["thanks"])
    return f"<!DOCTYPE html>\n{ET.tostring(root, encoding='unicode', method='html')}\n"


def _statements(body: ET.Element, language: Language) -> None:
    table = ET.SubElement(body, "table")
    head = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    _say(head, "th", _WORDS[language]["number"])
    _say(head, "th", _WORDS[language]["text"], "text")
    for answer in _ANSWERS:
        _say(head, "th", answer, "box")
    rows = ET.SubElement(table, "tbody")
    for number, item in enumerate(ITEMS, 1):
        row = ET.SubElement(rows, "tr")
        _say(row, "td", str(number), "number")
        _say(row, "td", item.text[language], "text")
        for _ in _ANSWERS:
            _say(row, "td", _BOX, "box")


def _say(parent: ET.Element, tag: str, text: str, kind: str = "") -> ET.Element:
    element = ET.SubElement(parent, tag, {"class": kind} if kind else {})
    element.text = text
    return element


def markdown(language: Language) -> str:
    """The sheet as Markdown."""
    words = _WORDS[language]
    head = [f"# {words['title']}", words["when"], words["team"]]
    blanks = [f"{words[name]} ______________" for name in ("session", "code")]
    rows = [
        f"| {' | '.join((words['number'], words['text'], *_ANSWERS))} |",
        f"| {' | '.join(('---',) * (len(_ANSWERS) + 2))} |",
        *(
            f"| {' | '.join((str(number), item.text[language], *(_BOX,) * len(_ANSWERS)))} |"
            for number, item in enumerate(ITEMS, 1)
        ),
    ]
    parts = (*head, *blanks, words["coding"], words["about"], words["scale"], "\n".join(rows), words["thanks"])
    return "\n\n".join(parts) + "\n"
