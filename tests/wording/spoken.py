"""What the code says of its own: sentences in the source, and in tables."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import crisis_sim

SOURCE = Path(crisis_sim.__file__).parent
SAYING: Mapping[str, slice] = {
    "say": slice(0, 1),
    "_say": slice(0, 1),
    "words": slice(0, 1),
    "tell": slice(0, 1),
    "Key": slice(2, 4),
    "Command": slice(1, 2),
}
"""Calls whose arguments there are sentences."""
PROMPTS: Mapping[str, slice] = dict.fromkeys(
    ("ask", "confirm", "pick", "some", "number", "serve", "_chosen"), slice(0, 1)
)
"""Questions of the plain door, which are sentences too."""
NAMED = {"Confirm": ("yes", "no"), "pick": ("none",)}
"""Calls whose arguments of these names are."""


def modules(package: str, *besides: str) -> Iterator[Path]:
    """The modules of a package, without some of them."""
    yield from (path for path in sorted((SOURCE / package).rglob("*.py")) if path.name not in besides)


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    """What is called; what `speaker(…)` gives back is `say`."""
    if isinstance(call.func, ast.Call) and name_of(call.func) == "speaker":
        return "say"
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def literals(call: ast.Call, saying: Mapping[str, slice]) -> Iterator[str]:
    """The sentences that a call says."""
    name = name_of(call)
    places = list(call.args[saying[name]]) if name in saying else []
    places += [word.value for word in call.keywords if word.arg in NAMED.get(name, ())]
    for place in places:
        yield from texts(place)


def texts(place: ast.expr) -> Iterator[str]:
    """Whole strings in an expression; one put together in the code is none of them."""
    if isinstance(place, ast.JoinedStr):
        return
    if isinstance(place, ast.IfExp):
        yield from (*texts(place.body), *texts(place.orelse))
    elif isinstance(place, ast.Constant) and isinstance(place.value, str):
        yield place.value
    elif isinstance(place, ast.Subscript | ast.Call | ast.Name | ast.Attribute):
        return
    else:
        for inside in ast.iter_child_nodes(place):
            if isinstance(inside, ast.expr):
                yield from texts(inside)


def said(package: str, *besides: str, prompts: bool = False) -> set[str]:
    """The sentences of a package's modules."""
    saying = {**SAYING, **PROMPTS} if prompts else SAYING
    return {words for path in modules(package, *besides) for call in calls(path) for words in literals(call, saying)}


def held(package: str, *besides: str) -> set[str]:
    """Sentences with places that a module first puts into a variable, and then says."""
    found: set[str] = set()
    for path in modules(package, *besides):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and not isinstance(node.value, ast.JoinedStr):
                found |= {words for words in texts(node.value) if "{" in words and " " in words}
    return found


def refused() -> set[str]:
    """The sentences and ways out of every refusal."""
    found: set[str] = set()
    for path in modules("."):
        for call in calls(path):
            if name_of(call) == "ActionRefused" and len(call.args) > 1:
                assert not isinstance(call.args[1], ast.JoinedStr), ast.unparse(call)
                hints = [word.value for word in call.keywords if word.arg == "hint"]
                found |= {words for place in (call.args[1], *hints) for words in texts(place)}
    return found


def strings() -> set[str]:
    """Every text in the source, whoever says it."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in modules("."))
    nodes = (node for tree in trees for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
