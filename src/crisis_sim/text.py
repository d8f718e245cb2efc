"""Foreign text made inert, measured in terminal cells, cut and wrapped.

Everything that comes from a file, a player or a log passes `clean` once, at the door. The characters that go are a
fixed list, not the category tables of the running Python, so that a text is cleaned alike on every version. It holds
every control, format, surrogate and private-use character, noncharacters, and unassigned code points that show
nothing. Zero-width joiners go too: neither English nor Chinese needs them, two names that differ only in one look
the same, and terminals disagree about the width of what they join. Other unassigned code points stay: a terminal
shows them as a box, and a later Python may know them as letters. Nothing here reads or writes files.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

MARKS: Final = 8
"""The most combining marks kept on one character."""

TAB: Final = "    "
"""What a tab becomes where tabs may stay."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FORMAT = (
    "\u00ad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff\u2028\u2029"
)
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_LOST = "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U00040000-\U000dffff\U000e1000-\U0010ffff" + "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 4)
)


@cache
def _foul(kept: str = "") -> re.Pattern[str]:
    """What goes, controls in `kept` aside; compiled at first use, since that takes a millisecond."""
    control = "".join(character for character in map(chr, range(32)) if character not in kept)
    return re.compile(f"[{control}\x7f-\x9f{_BIDI}{_FORMAT}{_BLANK}{_LOST}]")


@cache
def _lost() -> re.Pattern[str]:
    return re.compile(f"[{_LOST}]")


_COMMON = bytes(range(32, 127))
HARMLESS: Final = (
    "\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u27ff\u3000-\u3029\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e"
)
"""Letters, dashes, quotes, arrows, lines and Chinese characters: of these nothing goes; none is a combining mark."""


@cache
def _unusual() -> re.Pattern[str]:
    """What must be looked at more closely in a text from which ASCII is gone already."""
    return re.compile(f"[^{HARMLESS}]")


_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

_CONTROL_NAMES = {0: "null", 7: "bell", 8: "backspace", 9: "tab", 10: "line feed", 13: "carriage return", 27: "escape"}


def clean(text: str, *, lines: bool) -> str:
    """`text` without a character that a terminal would obey or a reader could not see, in NFC.

    With `lines`, line breaks stay as newlines and tabs become spaces; without, both become one space. Surrogates,
    private-use characters and noncharacters show as the replacement character; of a run of combining marks the first
    eight stay. Cleaning a clean text changes nothing.
    """
    if text.isascii() and (text.replace("\n", "") if lines else text).isprintable():
        return text
    if _has_foul(text, "\n" if lines else ""):
        text = _without_foul(text, lines)
    return composed(text)


def composed(text: str) -> str:
    """`text` in NFC, with at most eight combining marks in a row; itself if it already is."""
    if text.isascii() or unicodedata.is_normalized("NFC", text := _few_marks(text)):
        return text
    return _few_marks(unicodedata.normalize("NFC", text))


def inert(text: str, *, lines: bool = False) -> str:
    """`text` with one harmless stand-in for each foul character, so that columns stay what they were.

    With `lines`, newlines and tabs stay.
    """
    kept = "\t\n" if lines else ""
    return _foul(kept).sub(_stand_in, text) if _has_foul(text, kept) else text


def foul(text: str) -> Iterator[tuple[int, str]]:
    """Where a file's text holds characters that have no business in it, each with its name; newline and tab may be.

    The name reads like `U+202E right-to-left override`.
    """
    if not _has_foul(text, "\t\n"):
        return
    for match in _foul("\t\n").finditer(text):
        yield match.start(), character_name(match[0])


def _has_foul(text: str, kept: str) -> bool:
    rest = _uncommon(text, kept)
    return _unusual().search(rest) is not None and _foul(kept).search(rest) is not None


def _uncommon(text: str, kept: str) -> str:
    """What is left of a text without what is `kept`, letters, digits and signs of ASCII: less to be looked through."""
    common = _COMMON + kept.encode()
    return text.encode(errors="surrogatepass").translate(None, common).decode(errors="surrogatepass")


def character_name(character: str) -> str:
    """A character's code point and name, without the character itself."""
    code = ord(character)
    if _lost().match(character):
        name = "surrogate" if 0xD800 <= code <= 0xDFFF else "character without a meaning"
    else:
        name = _CONTROL_NAMES.get(code, "control character")
        name = unicodedata.name(character, name).lower()
    return f"U+{code:04X} {name}"


def _without_foul(text: str, lines: bool) -> str:
    text = _BREAK.sub("\n" if lines else " ", text).replace("\t", TAB if lines else " ")
    text = _lost().sub("\ufffd", text)
    return _foul("\n" if lines else "").sub("", text)


def _stand_in(match: re.Match[str]) -> str:
    return " " if match[0] in "\t\n\r" else "\ufffd"


def _few_marks(text: str) -> str:
    """`text` with at most `MARKS` combining marks in a row; also keeps normalising from going quadratic."""
    rest = _uncommon(text, "\t\n")
    unusual = set(rest) if _unusual().search(rest) else ()
    marks = {character for character in unusual if unicodedata.category(character)[0] == "M"}
    if not marks:
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if character in marks else 0
        if run <= MARKS:
            kept.append(character)
    return text if len(kept) == len(text) else "".join(kept)


@lru_cache(maxsize=8192)
def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> int:
    """How many terminal cells one line of clean text takes; a Chinese character takes two."""
    return len(text) if text.isascii() else sum(map(_cell, text))


def clipped(text: str, width: int) -> str:
    """One line of text in at most `width` cells; what is cut off shows as `…`."""
    if len(_head(text, width)) == len(text):
        return text
    return _head(text, width - 1) + "…" if width > 0 else ""


def _head(text: str, width: int) -> str:
    if text.isascii():
        return text[: max(width, 0)]
    for index, character in enumerate(text):
        width -= _cell(character)
        if width < 0:
            return text[:index]
    return text


_OPENING = "（「『【《〈〔［｛“‘"
_CLOSING = "，。、：；！？）」』】》〉〕］｝”’…—·～％"
_BOTH = "“”‘’…—·"  # English uses these too, inside and at the edges of its words
_WIDE = (
    "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U0001f000-\U0001faff"
    "\U00020000-\U0003ffff"
)
_LATIN = f"[^ \u3000{_WIDE}{''.join(mark for mark in _OPENING + _CLOSING if mark not in _BOTH)}]++"
_INDENT = re.compile(r" {0,40}(?:(?:[-*+•]|[0-9]{1,3}[.)]) +)?")


_WORD: Final = re.compile(" +|[^ ]+")
_NARROW: Final = "\u2e80"
"""Below it nothing is wide, and marks are parts of their words: lines break between words alone."""


@cache
def _unit() -> re.Pattern[str]:
    """A gap, or what a line may not break within."""
    return re.compile(rf"[ \u3000]+|[{_OPENING}]{{0,4}}+(?:[{_WIDE}]|{_LATIN})[{_CLOSING}]{{0,8}}+|.")


def wrapped(text: str, width: int) -> list[str]:
    """`text` as lines of at most `width` cells; a list item's further lines are indented like its first.

    English breaks at spaces, Chinese between characters, and no line begins with a closing mark like `，` or `」`;
    a word longer than a line is cut. Line breaks and empty lines of the text stay.
    """
    width = max(width, 2)
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph.rstrip(), width)]


def _paragraph(text: str, width: int) -> list[str]:
    if cells(text) <= width:
        return [text]
    indent = _INDENT.match(text)
    lead = indent[0] if indent and indent.end() * 2 <= width else ""
    rows = _rows(text[len(lead) :], width - cells(lead))
    return [lead + rows[0], *(" " * cells(lead) + row for row in rows[1:])]


def _rows(text: str, width: int) -> list[str]:
    rows: list[str] = []
    row: list[str] = []
    used, gap, space = 0, "", 0
    for piece, need in _pieces(text, width):
        if piece[0] in " \u3000":
            gap, space = piece, need
            continue
        if not row:
            row, used = [piece], need
        elif used + space + need <= width:
            row += gap, piece
            used += space + need
        else:
            rows.append("".join(row))
            row, used = [piece], need
        gap, space = "", 0
    return [*rows, "".join(row)]


def _pieces(text: str, width: int) -> Iterator[tuple[str, int]]:
    """Gaps, and the pieces between which a line may break, each with its cells; no piece is wider than a line."""
    is_narrow = text.isascii() or max(text) < _NARROW
    for unit in (_WORD if is_narrow else _unit()).finditer(text):
        piece = unit[0]
        need = _cell(piece) if len(piece) == 1 else cells(piece)
        if need <= width or piece[0] in " \u3000":
            yield piece, need
            continue
        start = used = 0
        for index, character in enumerate(piece):
            cell = _cell(character)
            if used + cell > width:
                yield piece[start:index], used
                start, used = index, 0
            used += cell
        yield piece[start:], used


_MARKDOWN: Final = (
    (r"^ {0,3}(?:```|~~~)[^\n]*+\n?", ""),
    (r"^ {0,3}#{1,6} +([^\n]*?)[ #]*$", r"\1"),
    (r"^ {0,3}(?:[-_*] ?){3,}$", ""),
    (r"^ {0,3}> ?", "  "),
    (r"^( {0,40})[*+] ", r"\1- "),
    (r"!?\[([^\[\]\n]{1,500})\]\(([^()\s]{1,500})\)", r"\1 (\2)"),
    (r"(?<!\\)\*\*([^*\n]++)\*\*", r"\1"),
    (r"(?<!\\)\*([^*\s][^*\n]*+)\*", r"\1"),
    (r"(?<![\w\\])__([^_\n]++)__(?!\w)", r"\1"),
    (r"(?<![\w\\])_([^_\n]++)_(?!\w)", r"\1"),
    (r"`([^`\n]++)`", r"\1"),
    (r"\\([\\`*_{}\[\]()#+.!>-])", r"\1"),
    (r"\n{3,}", "\n\n"),
)


_MARKS: Final = ("#", ">", "*", "+", "_", "`", "~~~", "](", "\\", "--", "- -", "\n\n\n")
"""A text with none of these in it is plain by itself; most paragraphs are."""


def plain_markdown(text: str) -> str:
    """A Markdown text as plain lines: headings, lists and quotes stay lines, marks of emphasis and comments go."""
    if any(mark in text for mark in _MARKS):
        text = _without_comments(text)
        for pattern, replacement in _MARKDOWN:
            text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    return text.strip("\n")


def _without_comments(text: str) -> str:
    kept: list[str] = []
    start = 0
    while (opened := text.find("<!--", start)) >= 0 and (closed := text.find("-->", opened + 4)) >= 0:
        kept.append(text[start:opened])
        start = closed + 3
    return "".join((*kept, text[start:]))


_BRACED: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
"""A brace that is written twice, a name in braces, or a brace that stands alone."""


def in_braces(text: str) -> Iterator[str | None]:
    """The names that stand in braces in a text, in its order; None for a brace that stands alone."""
    for found in _BRACED.finditer(text):
        if found[0] not in ("{{", "}}"):
            yield found[1]


def braces_filled(text: str, told: Mapping[str, str]) -> str:
    """A text with what is told in the place of each name in braces, and each doubled brace as one.

    A name of which nothing is told stays as it is written.
    """
    return _BRACED.sub(lambda found: told.get(found[1], found[0]) if found[1] is not None else found[0][0], text)


def braces_doubled(text: str) -> str:
    """A text in which no brace stands for anything, as one in which braces do."""
    return text.replace("{", "{{").replace("}", "}}")


PINYIN: Final = (
    ("a", 0xB0A1), ("b", 0xB0C5), ("c", 0xB2C1), ("d", 0xB4EE), ("e", 0xB6EA), ("f", 0xB7A2), ("g", 0xB8C1),
    ("h", 0xB9FE), ("j", 0xBBF7), ("k", 0xBFA6), ("l", 0xC0AC), ("m", 0xC2E8), ("n", 0xC4C3), ("o", 0xC5B6),
    ("p", 0xC5BE), ("q", 0xC6DA), ("r", 0xC8BB), ("s", 0xC8F6), ("t", 0xCBFA), ("w", 0xCDDA), ("x", 0xCEF4),
    ("y", 0xD1B9), ("z", 0xD4D1), ("", 0xD7FA),
)  # fmt: skip
"""First letters of pinyin, each with the code in GB 2312 of the first character that is read so: its common characters
stand in that order (GB/T 2312-1980, level 1)."""


def pinyin_initials(text: str) -> str:
    """What somebody types for a Chinese text by the first letters of its pinyin; other characters are left out."""
    codes = (int.from_bytes(each.encode("gb2312", "ignore"), "big") for each in text if each >= "\u4e00")
    return "".join(
        PINYIN[bisect([at for _letter, at in PINYIN], code) - 1][0] for code in codes if code >= PINYIN[0][1]
    )


FULL_WIDTH: Final[dict[int, str | int]] = {
    ord("　"): " ",
    ord("、"): ",",
    ord("−"): "-",
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
}
"""Signs as wide as a Chinese character, by what they are otherwise."""


def narrow(text: str) -> str:
    """The same with full-width signs as others, and no space around it."""
    return text.translate(FULL_WIDTH).strip()
