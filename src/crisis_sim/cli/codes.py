"""Every error code of the source, with its sentence and its hint.

Those of refusals stand in their table; all others are read from the syntax tree, where they stand beside the code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from crisis_sim.pages.refusals import REFUSALS

_CODE: Final = re.compile(r"[a-z][a-z-]*/[a-z][a-z0-9-]*")
_PLACE: Final = re.compile(r"\{[a-z_]+(?:!r|:,)?\}")
"""A place in a sentence whose parts are given apart from it."""
_NOT_CALLS: Final = frozenset({"place", "_drift", "roll", "luck", "line", "get"})
"""Calls whose `a/b` names a place or a purpose."""
_LINT: Final = "warn"
"""The call by which the linter warns: place, sentence, the second half of a code, hint."""


class Code(NamedTuple):
    """A code, and what is said with it in the first place that uses it."""

    code: str
    says: str
    hint: str


def codes(source: Path) -> list[Code]:
    """The codes of all modules under `source`, by name, each once."""
    found = {code: Code(code, _with_places(why), _with_places(ways[-1])) for code, (why, *ways) in REFUSALS.items()}
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for code in _of_call(node):
                    if code.code not in found or (code.says and not found[code.code].says):
                        found[code.code] = code
    return sorted(found.values())


def _of_call(call: ast.Call) -> Iterator[Code]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in _NOT_CALLS:
        return
    hint = next((_text(word.value) for word in call.keywords if word.arg == "hint"), "")
    if name == _LINT and len(call.args) == 4:
        yield Code(f"lint/{_text(call.args[2])}", _text(call.args[1]), _text(call.args[3]))
        return
    values = [*call.args, *(word.value for word in call.keywords if word.arg != "hint")]
    for value in values:
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and _CODE.fullmatch(value.value):
            says = max((_text(other) for other in values if other is not value), key=len, default="")
            yield Code(value.value, says if " " in says else "", hint)


def _with_places(sentence: str) -> str:
    return _PLACE.sub("…", sentence)


def _text(node: ast.expr) -> str:
    """The words of a string as far as the source has them; `…` for what is filled in."""
    if isinstance(node, ast.Constant):
        return _with_places(node.value) if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values]
        return " ".join("".join(parts).split())
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Sentence", "_") and node.args:
        return _text(node.args[0])
    if isinstance(node, ast.IfExp):
        return _text(node.orelse) or _text(node.body)
    return ""
