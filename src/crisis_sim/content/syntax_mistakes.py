"""What a YAML syntax error most likely meant: the parser's complaint turned into a sentence, a place and a way out.

The parser says where it gave up; the slip is often on the line before. Looks only at the lines around; the two
parsers (C and Python) word their complaints differently, so the words here match both. A parser gives up at its first
slip: what follows is looked at again from the next key at the margin on, for slips alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

import yaml
from yaml.events import StreamEndEvent

from crisis_sim.errors import Sentence, either
from crisis_sim.problems import Problems, Spot, write
from crisis_sim.text import clipped
from crisis_sim.wording import _


class Complaint(NamedTuple):
    """A parser's error: its words, where it gave up and where what it was reading began; lines and columns from 0."""

    problem: str
    line: int
    col: int
    context: str = ""
    context_line: int = 0
    context_col: int = 0


class SyntaxMistake(NamedTuple):
    """The likely mistake; line and column from 0, width in characters."""

    line: int
    col: int
    width: int
    message: str
    hint: str


_NO_SPACE = re.compile(r"\s*(?:- +)?(?![0-9]+:[0-9])[\w.-]+(:)(?=[^\s:/\\])")
_WIDE_COLON = re.compile(r"\s*(?:- +)?[^\s:：'\"]{1,40}(：)")
_ODD_SPACE = re.compile("^[ -]*([\u00a0\u2000-\u200a\u202f\u205f\u3000])|:([\u00a0\u2000-\u200a\u202f\u205f\u3000])")
_NO_SPACE_DASH = re.compile(r"\s*(-)(?=[^\s-])")
_NO_DASH = re.compile(r"\s*([–—−－‐‑•·*])\s*(?=\S)")
_ITEM = re.compile(r"\s*- +(.*)")
_EQUALS = re.compile(r"\s*(?:- +)?[\w.-]+ *(=)")
_COMMENT = re.compile(r"\s*(//|;|--|%)")
_OPENING_QUOTE = re.compile(r"[^:]*: +([“”„«「『＂‘’])")
_COLON = write("': '")
_CLOSER = {"[": "]", "{": "}"}
_PUT_IN_QUOTES = Sentence('put the whole text in quotes: "…"')
_JOINED = re.compile(r"(and|or|&+|\|+|,)?\s*(?:not\s*)?[{\[]", re.I)
_OR_WORDS = ("or", "|")

LOST_DASH = Sentence("this begins an item of the list, and its '-' is missing")
NO_YAML = _("this is not YAML: {why}")
"""For what the parser has words that nobody has better ones for."""


def syntax_mistake(complaint: Complaint, lines: Sequence[str]) -> SyntaxMistake:
    """The likeliest mistake behind `complaint`."""
    problem, context = complaint.problem, complaint.context
    if odd := _tab(complaint, lines) or _odd_space(complaint, lines):
        return odd
    if "cannot start any token" in problem:
        return _bad_start(complaint, lines)
    if "mapping values are not allowed" in problem or "could not find expected ':'" in problem:
        return _colon(complaint, lines)
    if "quoted scalar" in context or "double-quoted" in context:
        return _quoted(complaint, lines)
    if "flow" in context:
        return _flow(complaint, lines)
    if context.startswith("while parsing a block") and "node" not in context:
        return _block(complaint, lines)
    return _other(complaint, lines)


def _tab(complaint: Complaint, lines: Sequence[str]) -> SyntaxMistake | None:
    line = line_at(lines, complaint.line)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" not in indent or complaint.col > len(indent):
        return None
    return SyntaxMistake(complaint.line, indent.index("\t"), 1, "a tab indents this line", "indent with spaces")


def _odd_space(complaint: Complaint, lines: Sequence[str]) -> SyntaxMistake | None:
    """A space that is none to YAML, where one separates: a no-break space from a web page, a full-width one."""
    for index in dict.fromkeys((complaint.line, complaint.context_line, line_above(lines, complaint.line))):
        if match := _ODD_SPACE.search(line_at(lines, index)):
            wide, col = "\u3000" in match[0], match.start(match.lastindex or 0)
            message = Sentence("this is a full-width space" if wide else "this is a no-break or typographic space")
            return SyntaxMistake(index, col, 1, message, "write an ordinary space")
    return None


def _marker(lines: Sequence[str], index: int) -> SyntaxMistake | None:
    """A list item whose hyphen is another dash, or has no space after it."""
    line = line_at(lines, index)
    rest = line.strip().lstrip("-–—−－‐‑•·* ")[:40]
    if match := _NO_SPACE_DASH.match(line):
        return SyntaxMistake(index, match.start(1), 1, "there is no space after this '-'", write(f"- {rest}"))
    if match := _NO_DASH.match(line):
        return SyntaxMistake(
            index,
            match.start(1),
            1,
            Sentence("a list item begins with a hyphen, not with '{sign}'", sign=match[1]),
            write(f"- {rest}"),
        )
    return None


def _bad_start(complaint: Complaint, lines: Sequence[str]) -> SyntaxMistake:
    sign = line_at(lines, complaint.line)[complaint.col : complaint.col + 1]
    return SyntaxMistake(complaint.line, complaint.col, 1, _cannot_begin(sign), _PUT_IN_QUOTES)


def _cannot_begin(sign: str) -> Sentence:
    return Sentence("a text cannot begin with '{sign}'", sign=sign)


def _colon(complaint: Complaint, lines: Sequence[str]) -> SyntaxMistake:
    """A ': ' too many, or a line that has none."""
    lacking = "could not find" in complaint.problem
    index = complaint.context_line if lacking else complaint.line
    above_index = index if lacking else line_above(lines, index)
    if marker := _marker(lines, index) or _marker(lines, above_index):
        return marker
    for pattern, message, hint in (
        (_WIDE_COLON, Sentence("this colon is the full-width '：'"), _COLON),
        (
            _NO_SPACE,
            Sentence("there is no space after this colon"),
            Sentence("write ': '; a colon inside a text goes in quotes"),
        ),
    ):
        if match := pattern.match(line_at(lines, above_index)):
            return SyntaxMistake(above_index, match.start(1), 1, message, hint)
    line = line_at(lines, index)
    if lacking:
        return _no_key(lines, index)
    if above_index >= 0 and (shifted := _misindented_key(lines, index, above_index)):
        return shifted
    if above_index >= 0 and _goes_on_as_list(lines, index, indent_of(line_at(lines, above_index))):
        return _lost_dash(lines, above_index)
    if (
        above_index >= 0
        and ":" not in line[: complaint.col]
        and indent_of(line) > indent_of(line_at(lines, above_index))
    ):
        message = Sentence("this line is indented under a line that already has its value")
        return SyntaxMistake(
            index, indent_of(line), 1, message, "indent it like the line above, or put the text above in quotes"
        )
    if (match := _OPENING_QUOTE.match(line)) and match.end(1) <= complaint.col:
        message = Sentence("'{sign}' does not quote a text, so the ': ' in it starts a key", sign=match[1])
        return SyntaxMistake(index, match.start(1), 1, message, 'use straight ones around the whole text: "…"')
    return SyntaxMistake(index, complaint.col, 1, "a ': ' inside a text starts a new key", _PUT_IN_QUOTES)


def _no_key(lines: Sequence[str], index: int) -> SyntaxMistake:
    """A line that has no colon."""
    line, previous_line = line_at(lines, index), line_at(lines, line_above(lines, index)).rstrip()
    start = indent_of(line)
    if line[start:].startswith("{") and previous_line.startswith(" " * start + "- "):
        return _lost_dash(lines, index)
    if match := _COMMENT.match(line):
        return SyntaxMistake(index, start, len(match[1]), "a comment begins with '#'", "write # in its place")
    if match := _EQUALS.match(line):
        return SyntaxMistake(index, match.start(1), 1, "a key and its value are parted by ': ', not by '='", _COLON)
    hint = Sentence("write it as key: value, or indent it like the text it belongs to")
    if previous_line[-1:] in ("|", ">"):
        hint = Sentence("the text after '{sign}' is indented deeper than its key", sign=previous_line[-1])
    return SyntaxMistake(
        index, start, len(line.strip()), "this line is neither 'key: value' nor part of the text above", hint
    )


def _quoted(complaint: Complaint, lines: Sequence[str]) -> SyntaxMistake:
    if "end of stream" not in complaint.problem and "document" not in complaint.problem:
        col = max(line_at(lines, complaint.line).rfind("\\", 0, complaint.col + 1), 0)
        hint = Sentence(r"write \\ for a backslash, or use single quotes")
        return SyntaxMistake(complaint.line, col, 1, "this backslash begins no escape that YAML knows", hint)
    message = Sentence("this quotation mark is never closed")
    return SyntaxMistake(complaint.context_line, complaint.context_col, 1, message, "close it at the end of the text")


def _flow(complaint: Complaint, lines: Sequence[str]) -> SyntaxMistake:
    """A list or mapping in brackets that goes wrong before its closing bracket."""
    opener = line_at(lines, complaint.context_line)[complaint.context_col : complaint.context_col + 1]
    closer = _CLOSER.get(opener, "")
    if not closer:
        if not any(map(str.strip, lines[complaint.line :])):
            last = max(line_above(lines, complaint.line), 0)
            end = max(len(line_at(lines, last).rstrip()) - 1, 0)
            return SyntaxMistake(
                last,
                end,
                1,
                "the file ends inside a bracket",
                Sentence("close it with {one} or {other}", one="]", other="}"),
            )
        return _other(complaint, lines)
    if complaint.line > complaint.context_line:
        hint = Sentence(
            "close it with '{closer}', or put a text that begins with '{opener}' in quotes",
            closer=closer,
            opener=opener,
        )
        return SyntaxMistake(
            complaint.context_line,
            complaint.context_col,
            1,
            Sentence("this '{opener}' is never closed", opener=opener),
            hint,
        )
    between = line_at(lines, complaint.line)[complaint.context_col : complaint.col]
    for sign, plain in (("，", ", "), ("：", ": ")):
        if (offset := between.rfind(sign)) >= 0:
            col = complaint.context_col + offset
            return SyntaxMistake(
                complaint.line,
                col,
                1,
                Sentence("this '{sign}' is full-width", sign=sign),
                Sentence("write '{plain}' between items", plain=plain),
            )
    hint = Sentence("separate items with ', '; a text with : or , inside goes in quotes")
    return SyntaxMistake(
        complaint.line, complaint.col, 1, Sentence("a ',' or '{closer}' is missing before this", closer=closer), hint
    )


def _block(complaint: Complaint, lines: Sequence[str]) -> SyntaxMistake:
    """A line that does not fit the ones above, or text after something that was already complete."""
    line = line_at(lines, complaint.line)
    text_before = line[: complaint.col].rstrip()
    last = text_before[-1:]
    if last and last in "'\"" and text_before.count(last) % 2:
        return _closed_late(complaint.line, last, lines)
    if last and last in "'\"":
        hint = Sentence(
            "write '' for an apostrophe inside '…', or use \"…\""
            if last == "'"
            else "put the whole text in single quotes: '…'"
        )
        width = len(line.rstrip()) - complaint.col
        return SyntaxMistake(
            complaint.line, complaint.col, width, "there is text after the closing quotation mark", hint
        )
    if last and last in "]}" and (start := text_before.find("[" if last == "]" else "{")) >= 0:
        if line[complaint.col : complaint.col + 1] in ("]", "}"):
            sign = line[complaint.col]
            return SyntaxMistake(
                complaint.line, complaint.col, 1, Sentence("this '{sign}' closes nothing", sign=sign), "delete it"
            )
        return _after_bracket(complaint, lines, start)
    if marker := _marker(lines, complaint.line):
        return marker
    stripped = line[complaint.col :]
    if (dashless := _dashless(complaint, lines)) is not None:
        return _lost_dash(lines, dashless)
    if complaint.col == complaint.context_col and ("mapping" in complaint.context) == stripped.startswith("- "):
        message = Sentence("list items and 'key: value' lines are mixed at one indentation")
        return SyntaxMistake(
            complaint.line, complaint.col, 1, message, "give the list a key of its own, or indent it under one"
        )
    if stripped[:1] in (":", "?"):
        return SyntaxMistake(complaint.line, complaint.col, 1, "there is no key before this colon", write("key: value"))
    message = Sentence("this line's indentation fits none of the lines above")
    return SyntaxMistake(complaint.line, complaint.col, 1, message, fitting_levels(lines, complaint.line))


def _after_bracket(complaint: Complaint, lines: Sequence[str], start: int) -> SyntaxMistake:
    """Something after a value in brackets: another such value, or a text that only begins with one."""
    line = line_at(lines, complaint.line)
    text_before, rest = line[: complaint.col].rstrip(), line[complaint.col :]
    width, joined = len(text_before) - start, _JOINED.match(rest)
    if joined is None or text_before[-1] == "]" or ": " not in text_before[start:]:
        return SyntaxMistake(
            complaint.line,
            start,
            width,
            Sentence("there is text after the closing '{sign}'", sign=text_before[-1]),
            _PUT_IN_QUOTES,
        )
    hint = Sentence("write them in one pair of brackets: {it}", it="{…, …}")
    if line[:start].rstrip(" -").endswith(("when:", "not:", "happens:", "stops_when:", "broken_by:")):
        any_of = (joined[1] or "").lower().startswith(_OR_WORDS)
        hint = write("{all: [{…}, {…}]}")
        if any_of:
            hint = Sentence("write {it}, of which one is enough", it="{any: [{…}, {…}]}")
    return SyntaxMistake(
        complaint.line, start, len(line.rstrip()) - start, "two values in brackets stand side by side", hint
    )


def _dashless(complaint: Complaint, lines: Sequence[str]) -> int | None:
    """The line that lacks the '-' of a list item: this one, or the first of the list that this one goes on with."""
    line = line_at(lines, complaint.line)
    own = indent_of(line)
    if not line[own:].startswith("- "):
        first = line_at(lines, complaint.context_line)
        is_same_key = complaint.col == complaint.context_col and _key(
            first[indent_of(first) :].removeprefix("- ")
        ) == _key(line)
        return complaint.line if is_same_key and _key(line) else None
    begins, above_index = complaint.line, line_above(lines, complaint.line)
    while above_index >= 0 and indent_of(lines[above_index]) > own and complaint.line - above_index < FAR:
        begins, above_index = above_index, line_above(lines, above_index)
    is_first = begins != complaint.line and indent_of(lines[begins]) == own + 2
    return begins if is_first and above_index >= 0 and lines[above_index].rstrip().endswith(":") else None


def _misindented_key(lines: Sequence[str], index: int, above_index: int) -> SyntaxMistake | None:
    """A key that stands further in than the one with which its list item begins."""
    line, item = line_at(lines, index), _ITEM.match(line_at(lines, above_index))
    if item is None or indent_of(line) <= (column := item.start(1)) or not (_key(line) and _key(item[1])):
        return None
    message = Sentence("this line stands further in than '{key}' above it", key=_key(item[1]))
    hint = Sentence("begin it in column {n}, as the other keys of its item", n=column + 1)
    return SyntaxMistake(index, indent_of(line), 1, message, hint)


def _goes_on_as_list(lines: Sequence[str], index: int, column: int) -> bool:
    """Whether the next line that begins at a column or before it is an item of a list at that column."""
    next_lines = (line for line in lines[index : index + FAR] if line.strip() and indent_of(line) <= column)
    return next(next_lines, "")[column:].startswith("- ")


def _lost_dash(lines: Sequence[str], index: int) -> SyntaxMistake:
    line = line_at(lines, index)
    return SyntaxMistake(index, indent_of(line), 1, LOST_DASH, with_dash(line))


def with_dash(line: str) -> str:
    """The hint of a line that lacks its '-'."""
    return write(f"- {clipped(line.strip(), 40)}")


def _key(line: str) -> str:
    """The key with which a line begins."""
    head, colon, _ = line.strip().partition(":")
    return head if colon else ""


def _closed_late(line: int, quote: str, lines: Sequence[str]) -> SyntaxMistake:
    """A quotation mark that was meant to open a text closed one from further up."""
    opened = line - 1
    while opened > 0 and lines[opened].count(quote) % 2 == 0:
        opened -= 1
    col = max(line_at(lines, opened).rfind(quote), 0)
    message = Sentence("the text that this quotation mark begins ends on line {line}, probably too late", line=line + 1)
    apostrophe = quote == "'" and line_at(lines, opened)[col + 1 : col + 2].isalpha()
    hint = Sentence(
        'close it at the end of the text, or put a text that begins with an apostrophe in "…"'
        if apostrophe
        else "close it at the end of the text"
    )
    return SyntaxMistake(max(opened, 0), col, 1, message, hint)


_NEXT_LINE = Sentence("start it on the next line, indented; a text that begins with this sign goes in quotes")
_NO_TEXT = Sentence("text cannot begin on the line of '|' or '>'")
_FALLBACKS = (
    (
        "entries are not allowed",
        Sentence("a list cannot begin on the line of its key"),
        Sentence("start it on the next line; a text that begins with - goes in quotes"),
    ),
    ("comment or", _NO_TEXT, _NEXT_LINE),
    ("indentation indicators", _NO_TEXT, _NEXT_LINE),
    ("keys are not allowed", _cannot_begin("? "), _PUT_IN_QUOTES),
    ("unexpected ':'", Sentence("a ':' here is taken for the end of a key"), _PUT_IN_QUOTES),
    ("tag handle", _cannot_begin("!"), _PUT_IN_QUOTES),
    ("an alias", _cannot_begin("*"), _PUT_IN_QUOTES),
    ("an anchor", _cannot_begin("&"), _PUT_IN_QUOTES),
    ("a tag", _cannot_begin("!"), _PUT_IN_QUOTES),
    ("node content", Sentence("a value cannot begin with this"), _PUT_IN_QUOTES),
    (
        "document start",
        Sentence("the file goes on after its one value is complete"),
        Sentence("write one mapping of key: value lines"),
    ),
)


def _other(complaint: Complaint, lines: Sequence[str]) -> SyntaxMistake:
    complaint_text = f"{complaint.problem} {complaint.context}"
    for words, message, hint in _FALLBACKS:
        if words in complaint_text:
            begins = "begin" in message and complaint.context.startswith("while scanning a")
            line, col = (complaint.context_line, complaint.context_col) if begins else (complaint.line, complaint.col)
            return SyntaxMistake(line, col, 1, message, hint)
    return SyntaxMistake(complaint.line, complaint.col, 1, Sentence(NO_YAML, why=complaint.problem), "")


FAR: Final = 2000
"""How many lines away is looked."""


def line_at(lines: Sequence[str], index: int) -> str:
    """A line; empty beyond the ends of the file."""
    return lines[index] if 0 <= index < len(lines) else ""


def line_above(lines: Sequence[str], index: int) -> int:
    """The nearest line above that says something, or -1."""
    index = min(index, len(lines)) - 1
    while index >= 0 and (not lines[index].strip() or lines[index].lstrip().startswith("#")):
        index -= 1
    return index


def indent_of(line: str) -> int:
    """Before how many characters a line has only blanks."""
    return len(line) - len(line.lstrip())


def fitting_levels(lines: Sequence[str], index: int) -> str:
    """How far the lines above are indented that a line could belong with."""
    own = indent_of(line_at(lines, index))
    line_by_column: dict[int, int] = {}
    smallest, above_index = own + 40, line_above(lines, index)
    while above_index >= 0 and smallest > 0 and index - above_index < FAR:
        line = lines[above_index]
        columns = [indent_of(line)] if not line.lstrip().startswith("- ") else [indent_of(line) + 2, indent_of(line)]
        for column in columns:
            if column < smallest:
                line_by_column[column], smallest = above_index + 1, column
        above_index = line_above(lines, above_index)
    near = sorted(line_by_column, key=lambda column: (abs(column - own), -column))[:2]
    one = len({line_by_column[column] for column in near}) == 1
    if not near:
        return Sentence("begin it at the margin")
    if one:
        levels: str = Sentence(
            "{column} like line {line}", column=either([str(column) for column in near]), line=line_by_column[near[0]]
        )
    else:
        levels = either(
            [Sentence("{column} like line {line}", column=column, line=line_by_column[column]) for column in near]
        )
    return Sentence(
        "it has {n} space; give it {levels}", plural="it has {n} spaces; give it {levels}", n=own, levels=levels
    )


SLIPS: Final = (yaml.YAMLError, ValueError, ArithmeticError, LookupError, AttributeError, TypeError, RecursionError)
"""What parsers raise, their own slips too, as on an escape beyond Unicode."""

MAX_MISTAKES: Final = 20
"""How many slips of one file are said."""

_KEY: Final = re.compile(r"[a-z_]+:(?: |$)")


def margin_mistake(text: str, lines: Sequence[str], shown: str, problems: Problems) -> bool:
    """Whether a sign stands at the margin that makes the file another kind of text; if so, it has been said."""
    if (number := _first_with("%", text)) is not None:
        hint = Sentence("delete a directive; indent a text, or put it in quotes")
        spot = Spot(shown, number, 1, 1, lines[number - 1])
        problems.error(spot, "a line cannot begin with '%'", code="yaml/directive", hint=hint)
        return True
    if (number := _first_with("+", text)) is not None and _begins_with_a_key(lines):
        problems.error(
            Spot(shown, number, 1, 1, lines[number - 1]),
            "a line begins with '+', as in a page that shows changes",
            code="yaml/diff",
            hint="delete the sign, and each line that begins with '-' there",
        )
        return True
    return False


def say_syntax_mistakes(
    error: yaml.MarkedYAMLError, parser: Callable[[str], Any], shown: str, lines: Sequence[str], problems: Problems
) -> None:
    """Say what an error of the parser meant, and what else there is below it."""
    slip: yaml.MarkedYAMLError | None = error
    for _number in range(MAX_MISTAKES):
        index = _say(slip, shown, lines, problems) if slip is not None else None
        start = _next_key(lines, index) if index is not None else None
        if start is None:
            return
        slip = _error_from(start, parser, lines)


def _first_with(sign: str, text: str) -> int | None:
    whole = f"\n{text}"
    position = whole.find(f"\n{sign}")
    return None if position < 0 else whole.count("\n", 0, position) + 1


def _begins_with_a_key(lines: Sequence[str]) -> bool:
    """Whether a file is keys with values, and not a list or a text."""
    text_lines = (line for line in lines if line.strip() and line[0] not in "#+")
    return any(_KEY.match(line) for line in islice(text_lines, 1))


def _say(error: yaml.MarkedYAMLError, shown: str, lines: Sequence[str], problems: Problems) -> int | None:
    """Say a slip; the line to which the parser came, from 0, unless nobody knows."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        problems.error(Spot(shown), Sentence(NO_YAML, why=error.problem), code="yaml/syntax")
        return None
    context = error.context_mark or mark
    complaint = Complaint(
        error.problem or "", mark.line, mark.column, error.context or "", context.line, context.column
    )
    mistake = syntax_mistake(complaint, lines)
    line = min(mistake.line, len(lines) - 1)
    spot = Spot(shown, line + 1, mistake.col + 1, mistake.width, lines[line])
    problems.error(spot, mistake.message, code="yaml/syntax", hint=mistake.hint)
    return None if "quot" in (error.context or "") else max(line, min(mark.line, len(lines) - 1))


def _next_key(lines: Sequence[str], index: int) -> int | None:
    """The next line at whose margin a key begins."""
    return next((number for number in range(index + 1, len(lines)) if _KEY.match(lines[number])), None)


def _error_from(start: int, parser: Callable[[str], Any], lines: Sequence[str]) -> yaml.MarkedYAMLError | None:
    """The first slip of the file from a line on, if nothing stood above it."""
    events = parser("\n" * start + "\n".join(lines[start:])).get_event
    try:
        while not isinstance(events(), StreamEndEvent):
            pass
    except yaml.MarkedYAMLError as error:
        return error
    except SLIPS:
        return None  # they are said once the file can be read that far
    return None
