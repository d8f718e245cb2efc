"""What docstrings and comments name in backticks exists, so that whoever follows a name finds something."""

import ast
import pkgutil
import re
from functools import cache
from pathlib import Path

import pytest
from tests.test_architecture import MODULES, PACKAGE, ROOT

NAME = re.compile(r"`((?:crisis_sim|tests|benchmarks)(?:\.\w+)+|[A-Z][a-z]\w*\.\w+|[\w-]+(?:/[\w-]+)+\.\w+)`")
"""A dotted name from its package on, a field with its class, or the path of a file."""


@cache
def classes() -> dict[str, str]:
    """The text of each class of the package, by its name."""
    bodies = (ast.parse(module.read_text(encoding="utf-8")).body for module in MODULES)
    return {node.name: ast.unparse(node) for body in bodies for node in body if isinstance(node, ast.ClassDef)}


def exists(name: str, module: Path) -> bool:
    """Whether a name that a module's text has leads somewhere; to the module itself it leads nowhere."""
    owner, _, field = name.partition(".")
    if "/" in name:
        return any((folder / name).exists() for folder in (ROOT, PACKAGE, module.parent))
    if owner[0].isupper():
        return owner not in classes() or re.search(rf"\b{field}\b", classes()[owner]) is not None
    try:
        pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return False
    return not module.with_suffix("").as_posix().endswith(name.replace(".", "/"))


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks"])
def test_what_a_module_names_in_backticks_exists(folder: str) -> None:
    """A renamed module, function, field or file is renamed in the sentences about it, too."""
    assert [
        f"{module.relative_to(ROOT)}: {name}"
        for module in sorted((ROOT / folder).rglob("*.py"))
        for name in NAME.findall(module.read_text(encoding="utf-8"))
        if not exists(name, module)
    ] == []
