"""Why a file's tree is not a model, in plain sentences, each with its place and none in the checker's own words.

A sentence names what was expected and what is there; a key or a value that looks like a slip gets the nearest right
one. One mistake is said once: what only follows from another problem is left out. It looks at one file alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final, NamedTuple, TypeAlias

from pydantic_core import ErrorDetails, ValidationError

from crisis_sim.content.mistake_sentences import (
    WANTED,
    TreeError,
    is_branch,
    is_piece,
    key_meant,
    mistake_sentence,
    unknown_key,
    value_at,
)
from crisis_sim.content.model_shape import keys_at
from crisis_sim.errors import Sentence
from crisis_sim.problems import Problems, Spot
from crisis_sim.problems import meant as suggestion
from crisis_sim.rules.authored import Authored
from crisis_sim.rules.keys import Loc

Locate: TypeAlias = Callable[[Loc, bool], Spot]
"""The place of the value at `Loc`, or of its key where the flag is set."""

MAX_ERRORS: Final = 1000
"""How many errors of one file are looked at; a file with more is beyond listing."""

_KEYS: Final = {"missing", "extra_forbidden", "invalid_key"}
_COUNTS: Final = {"too_short", "too_long"}


class Explained(NamedTuple):
    """What came of explaining why a tree is not a model."""

    named_places: set[Loc]
    """Places of which nothing more is to be said."""
    meant: dict[Loc, str]
    """Unknown keys, and the one that each was taken for in its hint and that is not there besides."""
    whole: bool
    """Every reason was looked at."""


def explain(
    error: ValidationError,
    kind: type[Authored],
    tree: Any,
    locate: Locate,
    problems: Problems,
    roots: Collection[Loc] = ((),),
) -> Explained:
    """Put every reason of `error` that lies at or below one of `roots` into `problems`, in sentences."""
    details = error.errors(include_url=False)
    reasons = [_reason(detail, tree) for detail in details[:MAX_ERRORS]]
    for reason in _root_reasons(reasons, kind):
        if not any(reason.loc[: len(top)] == top for top in roots):
            continue
        saying = mistake_sentence(reason, reasons, kind, tree)
        of_key = reason.detail["type"] in _KEYS or reason.raw[-1:] == ("[key]",)
        spot = locate(reason.loc, of_key)
        hint = _AFTER_HASH if reason.value is None and not of_key and _has_hash(spot) else saying.hint
        problems.error(spot, saying.sentence, code=saying.code, hint=hint)
    handled_locs = {reason.loc for reason in reasons}
    wrong = (reason for reason in reasons if reason.detail["type"] in WANTED)
    handled_locs |= {(*reason.loc, part) for reason in wrong for part in _parts(reason)}
    return Explained(handled_locs, _keys_meant(reasons, kind, tree), len(details) <= MAX_ERRORS)


def _keys_meant(reasons: list[TreeError], kind: type[Authored], tree: Any) -> dict[Loc, str]:
    """For unknown keys, those that were meant, if they are missing and nothing else was taken for them."""
    meant_keys: dict[Loc, str] = {}
    claimed = set[Loc]()
    for reason in reasons:
        if reason.detail["type"] != "extra_forbidden" or is_piece(reason) or not isinstance(reason.loc[-1], str):
            continue
        key, holder = str(reason.raw[-1]), value_at(tree, reason.loc[:-1])
        meant = key_meant(key, keys_at(kind, reason.raw[:-1]))
        is_hinted = meant is not None and unknown_key(reason, kind, tree).hint == suggestion(meant)
        if meant is not None and is_hinted and meant not in holder and (*reason.loc[:-1], meant) not in claimed:
            meant_keys[reason.loc] = meant
            claimed.add((*reason.loc[:-1], meant))
    return meant_keys


_AFTER_HASH: Final = Sentence('what follows a # is a comment; put a text with a # in quotes: "…"')


def _has_hash(spot: Spot) -> bool:
    return spot.col is not None and spot.source[spot.col - 1 :].lstrip().startswith("#")


def _parts(reason: TreeError) -> Iterable[int | str]:
    """What is in a value of the wrong kind; nothing more is to be said of it."""
    if isinstance(reason.value, list):
        return range(len(reason.value))
    return reason.value if isinstance(reason.value, dict) else ()


def _reason(detail: ErrorDetails, tree: Any) -> TreeError:
    """The error with the part of its path that exists in the file; the rest are branches and short forms."""
    loc: list[str | int] = []
    node = tree
    for part in detail["loc"]:
        if isinstance(node, dict):
            key = part if part in node else next((key for key in node if str(key) == str(part)), None)
            if key is not None:
                loc.append(key)
                node = node[key]
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            loc.append(part)
            node = node[part]
    return TreeError(detail, tuple(loc), node, detail["loc"])


def _root_reasons(reasons: list[TreeError], kind: type[Authored]) -> Iterator[TreeError]:
    """The reasons without those that only follow from another one."""
    parents = {reason.loc[:length] for reason in reasons for length in range(len(reason.loc))}
    meant = {
        (reason.loc[:-1], key_meant(str(reason.raw[-1]), keys_at(kind, reason.raw[:-1])))
        for reason in reasons
        if reason.detail["type"] == "extra_forbidden"
    }
    torn = {reason.loc[:-1] for reason in reasons if is_piece(reason)}
    for reason in reasons:
        follows = reason.detail["type"] in _COUNTS or is_branch(reason)
        if follows and reason.loc in parents:
            continue  # a list is short only because an item of it is wrong; another branch was meant
        if reason.detail["type"] == "missing" and ((reason.loc, reason.raw[-1]) in meant or reason.loc in torn):
            continue  # the key is there, misspelt, or there are no keys at all
        yield reason
