"""The columns of an MSEL as exercise planners keep it in a spreadsheet, and by what names they go.

A master scenario events list has a number, a time, who sends, who receives, a subject and a text for each inject, and
what the players are expected to do. The order, the headings in both languages, and every heading under which a column
is known when a table comes back are here; what stands in them is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

from crisis_sim.rules.names import Language


class Column(NamedTuple):
    """A column: its headings, its width in characters, and other headings under which it is read."""

    en: str
    zh: str
    width: int
    known_as: tuple[str, ...] = ()

    def heading(self, language: Language) -> str:
        """What stands at its top."""
        return self.zh if language == "zh" else self.en


COLUMNS: Final[Mapping[str, Column]] = {
    "number": Column("#", "序号", 5, ("no", "number", "event number", "seq no", "sequence", "item", "serial", "编号")),
    "id": Column("ID", "标识", 22, ("event id", "inject id", "identifier", "key", "标识符", "事件标识")),
    "time": Column(
        "Time", "时间", 9, ("at", "event time", "start", "date/time", "delivery time", "exercise time", "时刻")
    ),
    "sender": Column(
        "From", "发送方", 12, ("originator", "sender", "source", "responsible controller", "controller", "来源")
    ),
    "to": Column("To", "接收方", 12, ("recipient", "recipients", "receiver", "player", "audience", "对象", "接收者")),
    "subject": Column("Subject", "主题", 28, ("title", "event", "event title", "inject", "headline", "标题", "事件")),
    "text": Column(
        "Text",
        "内容",
        60,
        ("message", "description", "event description", "inject text", "detailed statement", "正文", "描述", "文本"),
    ),
    "text_us": Column("Text for the US", "致美方内容", 60, ("text us", "us text", "text to us", "美方内容")),
    "text_china": Column("Text for China", "致中方内容", 60, ("text china", "china text", "text to china", "中方内容")),
    "reads_us": Column("The US may read it as", "美方可能的解读", 36, ("us reading", "reads as us", "美方解读")),
    "reads_china": Column(
        "China may read it as", "中方可能的解读", 36, ("china reading", "reads as china", "中方解读")
    ),
    "note": Column("Notes", "备注", 36, ("note", "remarks", "comment", "comments", "controller notes", "说明")),
    "expected": Column(
        "Expected action",
        "预期行动",
        30,
        ("expected outcome", "expected player action", "expected response", "expected actions", "预期反应", "预期结果"),
    ),
    "condition": Column("Only if", "条件", 36, ("condition", "conditions", "contingency", "trigger", "触发条件")),
    "until": Column("Until", "截止", 9, ("not after", "最迟")),
    "window": Column("Answer within", "答复期限", 9, ("window", "respond within", "期限")),
    "by_hand": Column("By hand", "手动发布", 9, ("manual", "facilitator releases", "手动")),
    "lengths": Column("Lengths", "时长", 12, ("length", "minutes", "分钟")),
    "thread": Column("Storyline", "线索", 14, ("thread", "story", "strand", "故事线")),
    "effects": Column("Brings about", "后果", 36, ("effects", "effect", "consequences", "效果")),
}
"""By the name that the rest of the program has for it, in the order of the table."""

WRITTEN: Final = tuple(name for name in COLUMNS if name != "expected")
"""The columns of an exported table. What players are expected to do has its place in the notes."""

TOLD: Final = frozenset({"number", "sender", "condition", "effects"})
"""Columns that tell something and are not read back."""


def column_called(heading: str) -> str | None:
    """The column that a heading means, in either language and in any case; None if it is nobody's."""
    return _CALLED.get(_plain(heading))


def language_of(headings: list[str]) -> Language:
    """The language in which most known headings of a table are."""
    known = [heading for heading in headings if column_called(heading) is not None]
    return "zh" if 2 * sum(any(ord(letter) > 0x2E7F for letter in heading) for heading in known) > len(known) else "en"


def _plain(heading: str) -> str:
    """A heading without case, blanks and signs; `#` alone counts."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"[\W_]+", "", folded) or folded.strip(" :.")


_CALLED: Final = {
    _plain(heading): name
    for name, column in COLUMNS.items()
    for heading in (*column.known_as, column.en, column.zh, name)
}
