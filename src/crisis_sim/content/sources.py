"""One authored file as it was read: its name, its raw tree, and where in it things stand.

A source comes from a file, or out of a log's header, where no lines are known. It makes a model of its tree, or says
all that keeps it from being one and makes a model of what is left; what files say about each other is
`crisis_sim.content.link`'s.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce
from operator import getitem
from typing import Any, Final, Generic, NamedTuple, TypeVar

from pydantic_core import ValidationError

from crisis_sim.content.comments import Comment
from crisis_sim.content.model_mistakes import Locate, explain
from crisis_sim.content.remaining_checks import remaining_model
from crisis_sim.content.yamlfile import YamlFile
from crisis_sim.errors import Sentence
from crisis_sim.problems import Problems, Spot
from crisis_sim.rules.authored import FORMAT, Authored
from crisis_sim.rules.keys import Loc
from crisis_sim.text import clean

Model = TypeVar("Model", bound=Authored)

_SPELLINGS: Final = 3
"""How often the keys of a file are read anew, each time with those that were meant in place of unknown ones."""


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario's or rule pack's file."""

    name: str
    """How the file is called in traces and logs: `rules/core.yaml`, `scenarios/new-virus/scenario.yaml`."""
    tree: Any
    """As it was written."""
    locate: Locate
    comments: Callable[[str], tuple[Comment, ...]] = lambda _: ()
    """The comments of the file, if a line with one has this word in it; none out of a log."""
    absent: Mapping[Loc, Any] = field(default_factory=dict)
    """Where a model that was made of what is left of the tree has something empty, and what the tree has there."""
    sound: bool = True
    """Nothing is wrong with the file by itself."""

    def spot(self, *loc: str | int) -> Spot:
        """Where the value at `loc` stands."""
        return self.locate(loc, False)

    def key_spot(self, *loc: str | int) -> Spot:
        """Where the key (or list item) at `loc` stands."""
        return self.locate(loc, True)

    def line(self, *loc: str | int) -> str:
        """`file:line` of what `loc` leads to; the file alone where no line is known."""
        line = self.locate(loc, True).line
        return self.name if line is None else f"{self.name}:{line}"

    def is_given(self, *loc: str | int) -> bool:
        """Whether what is at `loc` comes out of the file, and nothing stands in for it or for a part around it."""
        return not self.absent or not any(loc[:length] in self.absent for length in range(len(loc) + 1))

    def complete(self, *loc: str | int) -> bool:
        """Whether nothing stands in for what is at `loc`, nor for any part of it."""
        return self.is_given(*loc) and not any(absent[: len(loc)] == loc for absent in self.absent)

    def checked_model(self, kind: type[Model], problems: Problems) -> Located[Model] | None:
        """The tree as a checked model, or None with every reason in `problems`."""
        result = self.partly(kind, problems)
        return result if result is not None and result.source.sound else None

    def partly(self, kind: type[Model], problems: Problems) -> Located[Model] | None:
        """The tree as a model, whole or what is left of it, with every reason in `problems`.

        None where it is not worth to look further: there is too much of everything, or the format is another.
        """
        errors_before = problems.errors
        for loc, count in oversized_parts(self.tree):
            said_of = Sentence("this holds {count:,} items; at most {most:,} are read", count=count, most=MOST_ITEMS)
            problems.error(self.locate(loc, True), said_of, code="content/count", hint="split it")
        self._check_format(kind, problems)
        if problems.errors > errors_before:
            return None
        respelt = RespeltTree(self.tree)
        handled_locs: Collection[Loc] = ()
        try:
            result: Located[Model] | None = Located(kind.model_validate(respelt.tree), self)
        except ValidationError as error:
            respelt, result, handled_locs = self._remaining_problems(error, kind, respelt, problems)
        locate = self._places_in(respelt)
        for loc in empty_values(respelt.tree):
            if loc not in handled_locs:
                problems.error(locate(loc, True), "nothing is written here", code="content/nothing", hint=_FILL)
        sound = problems.errors == errors_before
        return result if result is None or sound else Located(result.model, replace(result.source, sound=False))

    def _check_format(self, kind: type[Model], problems: Problems) -> None:
        """Say that the file is of another format than the one that is respelt."""
        number = self.tree.get("format") if isinstance(self.tree, dict) and "format" in kind.model_fields else None
        if type(number) is int and number > 0 and number != FORMAT:
            message = Sentence(
                "this file is of format {number}, and this program reads format {known}", number=number, known=FORMAT
            )
            hint = Sentence("use the version of crisis-sim that it was written for")
            problems.error(self.spot("format"), message, code="content/format", hint=hint)

    def _remaining_problems(
        self,
        error: ValidationError,
        kind: type[Model],
        respelt: RespeltTree,
        problems: Problems,
        roots: Collection[Loc] = ((),),
        spellings: int = _SPELLINGS,
    ) -> tuple[RespeltTree, Located[Model] | None, Collection[Loc]]:
        """What is left of a tree that makes no model, in which spelling, and where nothing more is to be said.

        A key that was taken for another in a hint is read as that one, so that what is under it is looked at too.
        """
        explained = explain(error, kind, respelt.tree, self._places_in(respelt), problems, roots)
        if not explained.whole:
            return respelt, None, explained.named_places
        if explained.meant and spellings:
            respelt = respelt.with_keys(explained.meant)
            roots = [(*loc[:-1], key) for loc, key in explained.meant.items()]
            try:
                model = kind.model_validate(respelt.tree)
            except ValidationError as other:
                return self._remaining_problems(other, kind, respelt, problems, roots, spellings - 1)
            source = replace(self, tree=respelt.tree, locate=self._places_in(respelt))
            return respelt, Located(model, source), ()
        remaining = remaining_model(kind, respelt.tree, explained.named_places)
        source = replace(self, tree=respelt.tree, locate=self._places_in(respelt), absent=remaining.absent)
        for loc, sentence in remaining.senseless:
            problems.error(source.spot(*loc), sentence, code="content/sense")
        return respelt, Located(remaining.model, source), explained.named_places

    def _places_in(self, respelt: RespeltTree) -> Locate:
        """Where things of a tree in another spelling stand in the file."""
        return lambda loc, key: self.locate(respelt.loc_in_file(loc), key)


@dataclass(frozen=True, slots=True)
class RespeltTree:
    """A tree in which misspelt keys have the names that were meant, and how they are spelt in the file."""

    tree: Any
    renamed: Sequence[Mapping[Loc, str]] = ()
    """For each renaming, the new keys, each with the spelling of all around it before that, and the old key."""

    def loc_in_file(self, loc: Loc) -> Loc:
        """The way in the file to what `loc` leads to in the tree."""
        for renamed in reversed(self.renamed):
            old: Loc = ()
            for part in loc:
                old = (*old, renamed.get((*old, part), part))
            loc = old
        return loc

    def with_keys(self, keys: Mapping[Loc, str]) -> RespeltTree:
        """The same with other names for the keys at some places; none of them lies inside another."""
        tree = deepcopy(self.tree)
        for loc, name in keys.items():
            holder = reduce(getitem, loc[:-1], tree)
            items = [(name if key == loc[-1] else key, value) for key, value in holder.items()]
            holder.clear()
            holder.update(items)
        names = {(*loc[:-1], name): str(loc[-1]) for loc, name in keys.items()}
        return RespeltTree(tree, (*self.renamed, names))


_FILL: Final = Sentence("write a value, or leave the key out")


MOST_ITEMS: Final = 1000
"""The most keys of one mapping, and items of one list."""


def oversized_parts(tree: Any, loc: Loc = ()) -> Iterator[tuple[Loc, int]]:
    """Where in a tree there are more items than `MOST_ITEMS`, and how many."""
    items = _items(tree)
    if len(items) > MOST_ITEMS:
        yield loc, len(items)
        return
    for key, value in items:
        yield from oversized_parts(value, (*loc, key))


def empty_values(tree: Any, loc: Loc = ()) -> Iterator[Loc]:
    """Where in a tree a key or list item has no value."""
    for key, value in _items(tree):
        if value is None:
            yield (*loc, key)
        else:
            yield from empty_values(value, (*loc, key))


def _items(tree: Any) -> Collection[tuple[Any, Any]]:
    """What lies in a part of a tree, each with its key or place; nothing in a scalar."""
    return tree.items() if isinstance(tree, dict) else list(enumerate(tree)) if isinstance(tree, list) else ()


class Located(NamedTuple, Generic[Model]):
    """A checked model and where it was read from."""

    model: Model
    source: Source


def from_file(file: YamlFile, name: str) -> Source:
    """A source for a file that was just respelt."""
    return Source(name, file.value, lambda loc, key: file.spot(loc, key=key), file.comments)


def from_log(tree: Any, name: str) -> Source:
    """A source for a tree kept in a log; its problems name the file alone."""
    return Source(name, tree, lambda loc, key: Spot(name))


def plain(tree: Any) -> Any:
    """A tree as JSON can hold it: keys are texts and exact numbers are texts of their digits."""
    if isinstance(tree, dict):
        return {str(key): plain(value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [plain(value) for value in tree]
    return str(tree) if isinstance(tree, Decimal | float) else tree


def is_clean(tree: Any) -> bool:
    """Whether every text in a tree is as `clean` leaves it, and so was cleaned when it was respelt."""
    if isinstance(tree, dict):
        return all(map(is_clean, tree)) and all(map(is_clean, tree.values()))
    if isinstance(tree, list | tuple):
        return all(map(is_clean, tree))
    return not isinstance(tree, str) or (tree.isascii() and tree.isprintable()) or clean(tree, lines=True) == tree


def sha256(value: Any) -> str:
    """The hash of a value's canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
