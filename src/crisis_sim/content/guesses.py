"""What somebody most likely meant who wrote a word, a mark, a number or a time that files do not know.

Everyday words for keys and values, typographic and full-width marks, numbers and times as people write them, titles in
place of ids. It only guesses, for hints; what a file may say is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from typing import Any, Final

from crisis_sim.errors import Sentence
from crisis_sim.problems import nearest, write

LONGEST: Final = 200
"""The most characters of a value that is guessed at."""

_WORDS: Final = {
    "accept": "yes",
    "aims": "goals objectives",
    "all": "and",
    "any": "or",
    "ask": "question text",
    "at": "time hour hours when_due due",
    "at_least": "min minimum from more_than",
    "at_most": "max maximum up_to less_than",
    "brief": "briefing",
    "by": "who actor",
    "by_hand": "manual",
    "china": "cn chn prc chinese beijing",
    "crossing": "consequence consequences",
    "en": "eng english",
    "facts": "flags state",
    "forecasts": "predictions",
    "guide": "facilitator facilitator_guide",
    "hotwash": "questions debrief",
    "id": "name key",
    "leads_to": "red_line leads",
    "lengths": "length duration presets",
    "lines": "red_lines pink_lines redlines",
    "msel": "injects inject events event timeline",
    "note": "notes comment",
    "other": "they them",
    "reads_as": "misreading misread reading",
    "rules": "packs rule_packs rulepacks pack",
    "says": "description desc summary about text label",
    "sender": "they them actor",
    "source": "sources reference citation",
    "teams": "players sides",
    "text": "body message says content",
    "then": "effect effects result results do",
    "title": "name heading",
    "to": "for audience recipients",
    "tracks": "meters stakes",
    "turns": "rounds",
    "us": "usa u.s. america american washington",
    "when": "if condition conditions trigger",
    "zh": "cn chinese zh-cn zh_cn zh-hans 中文",
}
"""For a word of the files, others that are written in its place."""

_QUOTES: Final = "“”„‟‘’‚‛«»「」『』＂＇\"'`"
_SEPARATORS: Final = re.compile(r"\s*[,，、;；]\s*")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNITS: Final = {"h": 1, "hr": 1, "hrs": 1, "hour": 1, "hours": 1, "小时": 1, "d": 24, "day": 24, "days": 24, "天": 24}
_TIME: Final = re.compile(r"(?:t ?\+ ?|\+)?([0-9]{1,4}(?:\.[0-9]{1,3})?) ?([a-z]+|小时|天)?", re.IGNORECASE)
_CLOCK: Final = re.compile(r"([0-9]{1,3}):00")
_HALF_HOUR: Final = re.compile(r"([0-9]{1,3}):[0-9]{2}")
_MINUTES: Final = re.compile(r"[0-9]{1,5} ?(?:m|min|mins|minutes?|分钟?)", re.IGNORECASE)
_DATE: Final = re.compile(
    r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[0-9]月|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


def word_meant(word: str, choices: Collection[str]) -> str | None:
    """The one of `choices` that was meant: it in other marks, an everyday word for it, or the nearest spelling."""
    bare = without_marks(word).casefold()
    by_spelling = nearest(bare, choices)
    if by_spelling is not None and _alike(bare) == _alike(by_spelling):
        return by_spelling
    by_sense = (choice for choice in choices if bare in _WORDS.get(choice, "").split())
    number = re.match(r"[0-9]+(?![0-9])", bare)
    in_number = number[0] if number is not None and number[0] in choices and not bare.isdigit() else None
    return next(by_sense, None) or in_number or by_spelling


NEAR: Final = 0.9
"""How much of a word and a choice is alike, from 0 to 1, where nothing else can have been meant."""


def nearly(word: str, choice: str) -> bool:
    """Whether a word is a choice but for a letter or so: so near that nothing else can have been meant."""
    one, other = _alike(word[:LONGEST].casefold()), _alike(choice)
    if 2 * min(len(one), len(other)) < NEAR * (len(one) + len(other)):
        return False  # of so different a length that no letters could make up for it
    matcher = SequenceMatcher(None, one, other)
    return matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def without_marks(text: str) -> str:
    """A short value without the quotation marks, full-width forms and trailing marks that do not belong to it."""
    return unicodedata.normalize("NFKC", text[:LONGEST].strip(_QUOTES + " ,;，；。")).strip(_QUOTES + " ,;")


def items_meant(text: str) -> list[str]:
    """The ids in a text that was to be a list of them; none if it holds anything else, or only one and no bracket."""
    inside = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    bracketed = inside.strip("[]【】()〔〕")
    items = [without_marks(item) for item in _SEPARATORS.split(bracketed) if item]
    is_list = len(items) > 1 or (bracketed != inside and len(items) == 1)
    return items if is_list and len(text) <= LONGEST and all(map(_ID.fullmatch, items)) else []


def numbers_meant(text: str) -> list[int]:
    """The whole numbers of a stretch such as 1-4, or of a list that lacks its brackets; none for anything else."""
    if re.fullmatch(r"[0-9]{1,2}(?:[,，、;； ]+[0-9]{1,2})+", text[:LONGEST]):
        return [int(number) for number in re.findall(r"[0-9]+", text[:LONGEST])]
    stretch = re.fullmatch(r"([0-9]{1,2}) ?(?:-|–|—|~|to|\.\.) ?([0-9]{1,2})", text[:LONGEST])
    return list(range(int(stretch[1]), int(stretch[2]) + 1)) if stretch is not None else []


def time_meant(text: str) -> str:
    """What to write for a time that is not in whole hours; empty where nothing can be guessed."""
    plain = without_marks(text)
    if clock := _CLOCK.fullmatch(plain):
        return Sentence("write {hours}h, counted from the start", hours=int(clock[1]))
    if half := _HALF_HOUR.fullmatch(plain):
        hour = int(half[1])
        return Sentence(
            "write {hour}h or {next}h, counted from the start: a scenario has whole hours", hour=hour, next=hour + 1
        )
    if _DATE.search(plain):
        return Sentence("write how long after the start it is, in hours or days: 14h, 2d")
    if _MINUTES.fullmatch(plain):
        return Sentence("there are no minutes in a scenario: round to whole hours, such as 1h")
    match = _TIME.fullmatch(plain)
    if match is None or (match[2] or "h").lower() not in _UNITS:
        return ""
    return write(f"{round(float(match[1]) * _UNITS[(match[2] or 'h').lower()])}h")


def number_meant(text: str) -> str:
    """A number as files write it, for one that was written with a comma, a unit or in full-width digits; or empty."""
    plain = re.sub(r" ?(?:%|points?|pts?|个?百分点)$", "", without_marks(text)).replace(" ", "").replace("−", "-")
    if re.fullmatch(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+", plain):
        plain = plain.replace(",", "")
    plain = re.sub(r"^([+-]?[0-9]+),([0-9]{1,2})$", r"\1.\2", plain)
    return plain if plain != text and re.fullmatch(r"[+-]?[0-9]{1,7}(?:\.[0-9]{1,2})?", plain) else ""


def _alike(word: str) -> str:
    return word.replace("_", "-").replace(" ", "-")


_TITLE_KEYS: Final = ("title", "name", "label", "says", "ask")
"""Keys under which a thing says in words what it is."""


def id_titled(tree: Any, title: str) -> str | None:
    """The id of what a file calls `title`, in either language; None where nothing is, or several things are."""
    ids = set(_ids(tree, _plain(title)))
    return ids.pop() if len(ids) == 1 else None


def _ids(tree: Any, title: str) -> Iterator[str]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, item in items:
        if isinstance(item, dict) and title in _titles(item):
            ident = item.get("id") if isinstance(key, int) else key
            if isinstance(ident, str):
                yield ident
        yield from _ids(item, title)


def _titles(item: dict[Any, Any]) -> set[str]:
    values = (item[key] for key in _TITLE_KEYS if key in item)
    texts = (text for value in values for text in (value.values() if isinstance(value, dict) else (value,)))
    return {_plain(text) for text in texts if isinstance(text, str)}


def _plain(title: str) -> str:
    return title.casefold().strip(" .。!?！？")
