"""YAML files as plain values that remember where each of them stands.

A small, safe part of YAML 1.2: mappings, lists and scalars of the core schema, so `10:30`, `no` and `on` stay text.
Aliases, anchors, tags, merge keys, a second document and a key given twice are errors, and so is a file too large,
too deep or too long. Numbers with a fraction become Decimals, exactly as written. What values mean is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from crisis_sim.content.comments import Comment, comments
from crisis_sim.content.files import check_text, read_source
from crisis_sim.content.syntax_mistakes import LOST_DASH, SLIPS, margin_mistake, say_syntax_mistakes, with_dash
from crisis_sim.errors import Sentence
from crisis_sim.problems import Problems, Spot, shown_path, write
from crisis_sim.text import clean, clipped, composed, foul

# yamlcore names the C classes even where PyYAML was built without them.
vars(yaml).setdefault("CBaseLoader", yaml.BaseLoader)
vars(yaml).setdefault("CBaseDumper", yaml.BaseDumper)
from yamlcore import CoreLoader  # type: ignore[import-untyped]  # no types  # noqa: E402 - after the names

DEPTH: Final = 40
"""How deep values may nest."""

NODES: Final = 50_000
"""The most values of one file, keys included."""

SCALAR: Final = 200_000
"""The most characters of one text."""

AnyLoc: TypeAlias = Sequence[int | str]
"""A way to a value: keys and list indices from the root."""


class TextPlace(NamedTuple):
    """Line and column from 1, and width, in characters."""

    line: int
    col: int
    width: int


class Extent(NamedTuple):
    """From where to where something is written, each a line and a column from 0, and how.

    The style of a scalar is its quote, `|` or `>`, or empty; of a mapping or list `{` if it is in brackets, else `-`.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    style: str


class _Node(NamedTuple):
    """A mapping or list as read: its first event, where it ends, and the nodes below."""

    start: Any
    end: Any
    children: dict[str, tuple[Any, Any]] | list[Any]

    @property
    def start_mark(self) -> Any:
        """Where it begins, as of a scalar's event."""
        return self.start.start_mark


class YamlFile:
    """A file's value, and the place of everything in it."""

    def __init__(self, shown: str, value: Any, lines: Sequence[str], root: Any) -> None:
        """Made by `read_yaml` and `parse_yaml`."""
        self.shown = shown
        self.value = value
        self.lines = lines
        self._root = root

    def place(self, loc: AnyLoc, *, key: bool = False) -> TextPlace:
        """Where the value at `loc` stands, or its key; what is not in the file stands for the nearest thing around it.

        A step that leads nowhere is skipped, since pydantic puts names of its own between; a last step `[key]` means
        the key. A mapping or list is shown by its key, or in a list by its first line.
        """
        node, key_node = self._root, None
        if loc and loc[-1] == "[key]":
            loc, key = loc[:-1], True
        for step in loc:
            children = node.children if isinstance(node, _Node) else ()
            if isinstance(children, dict):
                key_node, node = children.get(str(step), (key_node, node))
            elif isinstance(step, int) and 0 <= step < len(children):
                key_node, node = None, children[step]
        if key_node is not None and (key or isinstance(node, _Node)):
            return _extent(key_node, self.lines)
        return _extent(node, self.lines)

    def spot(self, loc: AnyLoc, *, key: bool = False) -> Spot:
        """The same, as problems want it."""
        return _spot(self.shown, self.place(loc, key=key), self.lines)

    def extent(self, loc: AnyLoc, *, key: bool = False) -> Extent | None:
        """From where to where the value at `loc` is written, or its key; None where `loc` leads to nothing."""
        node, key_node = self._root, None
        for step in loc:
            children = node.children if isinstance(node, _Node) else ()
            if isinstance(children, dict) and str(step) in children:
                key_node, node = children[str(step)]
            elif isinstance(children, list) and isinstance(step, int) and 0 <= step < len(children):
                key_node, node = None, children[step]
            else:
                return None
        return _from_to(key_node if key else node)

    def comments(self, word: str = "") -> tuple[Comment, ...]:
        """The file's comments, from the top; none, and at once, where no line with a `#` has the `word` in it."""
        if not any(word in line for line in self._remarks):
            return ()
        return tuple(comments(self.lines, list(_scalars(self._root))))

    @cached_property
    def _remarks(self) -> list[str]:
        return [line for line in self.lines if "#" in line]


def _from_to(node: Any) -> Extent | None:
    if node is None:
        return None
    first, last = node.start_mark, node
    while isinstance(last, _Node) and not last.start.flow_style and last.children:
        last = list(last.children.values())[-1][1] if isinstance(last.children, dict) else last.children[-1]
    end = last.end.end_mark if isinstance(last, _Node) else last.end_mark
    bracketed = isinstance(node, _Node) and node.start.flow_style
    style = (node.style or "") if not isinstance(node, _Node) else "{" if bracketed else "-"
    return Extent((first.line, first.column), (end.line, end.column), style)


def _scalars(node: Any) -> Iterator[Any]:
    """The events of all scalars at and below a node, keys included."""
    if not isinstance(node, _Node):
        yield node
    elif isinstance(node.children, dict):
        for key, item in node.children.values():
            yield key
            yield from _scalars(item)
    else:
        for item in node.children:
            yield from _scalars(item)


def read_yaml(
    path: Path, problems: Problems, *, shown: str | None = None, reference: Spot | None = None
) -> YamlFile | None:
    """The value in a YAML file with its places, or None when there is none; what is wrong is added to `problems`.

    A file comes back even with some errors, so that the rest of it can be checked; `shown` is how its path is
    written, `reference` where another file names it.
    """
    shown = shown_path(path) if shown is None else shown
    text = read_source(path, problems, shown=shown, reference=reference)
    return None if text is None else _parsed(text, shown, problems)


def parse_yaml(text: str, shown: str, problems: Problems) -> YamlFile | None:
    """The same for a text already at hand."""
    text_or_none = check_text(text, shown, problems)
    return None if text_or_none is None else _parsed(text_or_none, shown, problems)


class _PurePython(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's parser without its C library; slower, the same events."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


try:
    from yaml._yaml import CParser
except ImportError:
    _parser: Callable[[str], Any] = _PurePython
else:
    _parser = CParser


def _parsed(text: str, shown: str, problems: Problems) -> YamlFile | None:
    lines = text.split("\n")
    if margin_mistake(text, lines, shown, problems):
        return None
    try:
        value, root = _Build(text, shown, lines, problems).whole()
    except _StopReading:
        return None
    except yaml.MarkedYAMLError as error:
        say_syntax_mistakes(error, _parser, shown, lines, problems)
    except SLIPS:
        hint = Sentence("look for an unusual escape like \\U in double quotes")
        problems.error(Spot(shown), "this file cannot be read as YAML", code="yaml/syntax", hint=hint)
    else:
        return YamlFile(shown, value, lines, root)
    return None


class _StopReading(Exception):
    """The rest of the file cannot be read; the reason has been said."""


class _Build:
    """One pass over the parser's events."""

    def __init__(self, text: str, shown: str, lines: Sequence[str], problems: Problems) -> None:
        self._next = _parser(text).get_event
        self._shown = shown
        self._lines = lines
        self._problems = problems
        self._nodes = 0
        self._unclean = "\t" in text or composed(text) != text

    def whole(self) -> tuple[Any, Any]:
        """The value of the file's one document, and its node."""
        self._next()
        event = self._next()
        value = root = None
        if isinstance(event, DocumentStartEvent):
            value, root = self._node(self._next(), 0)
            self._next()
        if value is None:
            self._problems.error(Spot(self._shown), "this file is empty", code="yaml/empty")
            raise _StopReading
        event = self._next()
        if not isinstance(event, StreamEndEvent):
            hint = Sentence("delete the '---', or put what follows in a file of its own")
            self._stop(event, "this begins a second document", "yaml/documents", hint)
        return value, root

    def _node(self, event: Any, depth: int, earlier_items: list[tuple[Any, Any]] | None = None) -> tuple[Any, Any]:
        """The value that begins with `event`, and its node; `earlier_items` is `_mapping`'s."""
        if event.__class__ is ScalarEvent:
            return self._scalar(event), event
        self._nodes += 1
        if self._nodes > NODES:
            self._too_many(event)
        if depth == DEPTH:
            self._stop(
                event,
                Sentence("values nest more than {depth} deep here", depth=DEPTH),
                "yaml/depth",
                "write it flatter",
            )
        if event.__class__ is AliasEvent:
            hint = Sentence(
                'write the value out; a text that begins with * goes in quotes: "*{anchor}"', anchor=event.anchor
            )
            self._error(event, "'*' is a YAML alias, which is not used here", "yaml/alias", hint)
            return None, event
        self._refuse_extras(event)
        return (
            self._mapping(event, depth, earlier_items)
            if event.__class__ is MappingStartEvent
            else self._list(event, depth)
        )

    def _mapping(
        self, start: Any, depth: int, earlier_items: list[tuple[Any, Any]] | None = None
    ) -> tuple[dict[Any, Any], _Node]:
        """A mapping; of a list's item, `earlier_items` takes those before it whose next one has lost its '-'."""
        value: dict[Any, Any] = {}
        children: dict[str, tuple[Any, Any]] = {}
        next_event, scalar = self._next, self._scalar
        while (event := next_event()).__class__ is not MappingEndEvent:
            key = scalar(event) if event.__class__ is ScalarEvent else self._node(event, depth + 1)[0]
            if (
                earlier_items is not None
                and len(children) > 1
                and not start.flow_style
                and str(key) == next(iter(children))
            ):
                self._error(event, LOST_DASH, "yaml/lost-dash", with_dash(self._lines[event.start_mark.line]))
                earlier_items.append((value, _Node(start, event, children)))
                start = MappingStartEvent(None, None, True, event.start_mark, event.end_mark, flow_style=False)
                value, children = {}, {}
            node = next_event()
            if node.__class__ is ScalarEvent:
                item = scalar(node)
            else:
                item, node = self._node(node, depth + 1)
            if (key.__class__ is str and key not in children and key != "<<") or self._is_key(event, key, children):
                value[key] = item
                children[str(key)] = event, node
        return value, _Node(start, event, children)

    def _is_key(self, event: Any, key: Any, children: Mapping[str, tuple[Any, Any]]) -> bool:
        """Whether a key may stand there; if not, it has been said why."""
        if key.__class__ is not str and key.__class__ is not int:
            self._refuse_key(event)
        elif key == "<<" and not event.style:
            self._error(event, "'<<' merges keys, which is not used here", "yaml/merge", "write the keys out")
        elif (name := str(key)) in children:
            hint = Sentence("it is already on line {line}; keep one", line=children[name][0].start_mark.line + 1)
            message = Sentence("the key '{name}' is given twice", name=clipped(name, 60))
            self._error(event, message, "yaml/duplicate-key", hint)
        else:
            return True
        return False

    def _refuse_key(self, event: Any) -> None:
        if event.__class__ is not AliasEvent:
            hint = Sentence('put it in quotes: "…"') if event.__class__ is ScalarEvent else write("key: value")
            self._error(event, "a key is a text or a whole number", "yaml/key", hint)

    def _list(self, start: Any, depth: int) -> tuple[list[Any], _Node]:
        value: list[Any] = []
        children: list[Any] = []
        while (event := self._next()).__class__ is not SequenceEndEvent:
            items: list[tuple[Any, Any]] = []
            items.append(self._node(event, depth + 1, items))
            for item, node in items:
                value.append(item)
                children.append(node)
        return value, _Node(start, event, children)

    def _scalar(self, event: Any) -> Any:
        self._nodes += 1
        if self._nodes > NODES:
            self._too_many(event)
        value: str = event.value
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if event.implicit[0]:
            if value[:1] in MAY_BE_MORE:
                return self._plain(event)
        elif event.style == '"':
            self._refuse_escapes(event)
            value = clean(value, lines=True)
        return self._text(event, value) if self._unclean or len(value) > SCALAR else value

    def _plain(self, event: Any) -> Any:
        try:
            value = plain(event.value)
        except Uncountable as uncountable:
            self._error(event, uncountable.why, "yaml/number", 'a text goes in quotes: "…"')
            return 0
        return self._text(event, value) if value.__class__ is str else value

    def _text(self, event: Any, value: str) -> str:
        if len(value) > SCALAR:
            self._error(
                event,
                Sentence("this text has more than {most:,} characters", most=SCALAR),
                "yaml/text-length",
                "shorten it",
            )
        return clean(value, lines=True) if self._unclean else value

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            hint = Sentence('delete it; a text that begins with & goes in quotes: "…"')
            self._error(event, "'&' is a YAML anchor, which is not used here", "yaml/anchor", hint)
        if event.tag is not None:
            hint = Sentence('delete it; a text that begins with ! goes in quotes: "…"')
            self._error(event, "'!' is a YAML tag, which is not used here", "yaml/tag", hint)

    def _refuse_escapes(self, event: Any) -> None:
        for _, name in foul(event.value):
            self._error(event, Sentence("this text holds {name}", name=name), "file/character", "delete its escape")
            return

    def _too_many(self, event: Any) -> NoReturn:
        self._stop(event, Sentence("this file has more than {most:,} values", most=NODES), "yaml/nodes", "split it")

    def _stop(self, event: Any, message: str, code: str, hint: str) -> NoReturn:
        self._error(event, message, code, hint)
        raise _StopReading

    def _error(self, event: Any, message: str, code: str, hint: str) -> None:
        spot = _spot(self._shown, _extent(event, self._lines), self._lines)
        self._problems.error(spot, message, code=code, hint=hint)


def _extent(node: Any, lines: Sequence[str]) -> TextPlace:
    """Where a node stands; of what goes on over several lines, the first."""
    start = end = node.start_mark
    if node.__class__ is not _Node:
        end = node.end_mark
    elif node.start.flow_style:
        end = node.end.end_mark
    elif node.children and isinstance(node.children, dict):
        end = next(iter(node.children.values()))[0].end_mark
    if start.line >= len(lines):  # an empty value at the end of a file without a last newline
        return TextPlace(len(lines), len(lines[-1]) + 1, 1)
    past = end.column if end.line == start.line else len(lines[start.line].rstrip())
    return TextPlace(start.line + 1, start.column + 1, max(past - start.column, 1))


def _spot(shown: str, place: TextPlace, lines: Sequence[str]) -> Spot:
    return Spot(shown, *place, lines[place.line - 1])


LONGEST_NUMBER: Final = 30
"""The most characters of one number."""

_GREATEST = 15


def plain(text: str) -> Any:
    """The value of a plain scalar; raises Uncountable."""
    for matches, convert in _KINDS.get(text[:1], ()):
        if matches(text):
            return convert(text)
    return text


class Uncountable(Exception):
    """A scalar that reads as a number, and is none that can be used."""

    def __init__(self, why: Sentence) -> None:
        """`why` it cannot."""
        super().__init__(why)
        self.why = why


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Uncountable(Sentence("this number is too long"))
    if text.startswith(("0o", "0x")):
        return int(text[2:], 8 if text[1] == "o" else 16)
    return int(text)


def _fraction(text: str) -> Decimal:
    if len(text) > LONGEST_NUMBER:
        raise Uncountable(Sentence("this number is too long"))
    if text[-1] in "fFnN":
        raise Uncountable(Sentence("{number} is not a number that can be counted with", number=text))
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(0)
        size = _GREATEST + 1
    else:
        size = abs(number.adjusted())
    if size > _GREATEST:
        raise Uncountable(Sentence("this number is too large or too small"))
    return number


_MAKERS: Final[dict[str, Callable[[str], Any]]] = {
    "null": lambda text: None,
    "bool": lambda text: text[0] in "tT",
    "int": _whole,
    "float": _fraction,
}
_KINDS: Final = {
    first: tuple((pattern.match, _MAKERS[tag.rpartition(":")[2]]) for tag, pattern in kinds)
    for first, kinds in CoreLoader.yaml_implicit_resolvers.items()
}
"""For the first character of a plain scalar, what it may be besides text: yamlcore's rules of the core schema."""

MAY_BE_MORE: Final = frozenset(_KINDS)
"""First characters of plain scalars that may be more than text; the empty one is null."""
