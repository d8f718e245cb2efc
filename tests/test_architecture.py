"""The floors hold, and the repository speaks of the product alone."""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.wording.gathering import nodes, tree_of

from crisis_sim.cli.verbs import VERBS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "crisis_sim"
MODULES = sorted(PACKAGE.rglob("*.py"))

VAGUE_NAMES = {"common", "core", "helper", "helpers", "manager", "misc", "util", "utils"}

# Each pattern is written so that it does not match its own text.
FOREIGN = re.compile(
    r"(?<![\w.])/(?:hom[e]/\w|User[s]/\w|roo[t]/|tm[p]/|wor[k]/|far[m]/)"
    r"|pyp[i]\.|pythonhoste[d]\.|registry\.npmj[s]|deb\.debia[n]|index-ur[l]\s*[= ]\s*\w+:"
)
IGNORE = re.compile(r"#\s*(?:noq[a]\b|type:\s*ignor[e]\b|pragm[a]:)(?=(?P<rest>.*))")
REASONED = re.compile(r"(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w, -]+\])\s+[#–-]\s+(?!noq[a]\b|type:)\w+")


def tracked_files() -> list[Path]:
    """Every file that git tracks here; a checkout owned by someone else is fine."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def lines_with(pattern: re.Pattern[str], *suffixes: str) -> Iterator[tuple[str, str]]:
    """Each tracked line in which a pattern is found, with its place."""
    for path in tracked_files():
        if suffixes and path.suffix not in suffixes:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if pattern.search(text):
            for number, line in enumerate(text.splitlines(), start=1):
                if pattern.search(line):
                    yield f"{path.relative_to(ROOT)}:{number}", line


def imported(module: Path) -> Iterator[str]:
    for node in nodes(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_an_import_only_points_down() -> None:
    """The contracts in pyproject.toml hold: floors, doors that know no other, a pure engine."""
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_only_the_tui_imports_textual() -> None:
    """Not even inside a function does another part import Textual."""
    guilty = [
        str(module.relative_to(PACKAGE))
        for module in MODULES
        if module.relative_to(PACKAGE).parts[0] != "tui"
        and any(name.split(".")[0] == "textual" for name in imported(module))
    ]
    assert guilty == []


def test_a_module_says_what_it_owns() -> None:
    """No module is without a docstring, or named for a drawer of odds and ends."""
    assert [str(module) for module in MODULES if not ast.get_docstring(tree_of(module))] == []
    names = [module.relative_to(PACKAGE).with_suffix("") for module in MODULES]
    assert [str(name) for name in names if VAGUE_NAMES & set(name.parts)] == []


def classes_of(module: Path) -> Iterator[str]:
    """The public classes and type aliases at the top of a module; a placeholder for a type is none."""
    for node in tree_of(module).body:
        match node:
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id="TypeAlias")):
                if not name.startswith("_"):
                    yield name


def named_twice(names: Iterable[tuple[str, Path]]) -> dict[str, list[str]]:
    """Names that stand in more than one place, each with its places."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name, place in names:
        places[name].append(place.relative_to(PACKAGE).as_posix())
    return {name: found for name, found in places.items() if len(found) > 1}


def test_no_two_modules_have_one_name() -> None:
    """A name is one module or package, but for a package's main one; a verb may bear the name of what does its work."""
    faces = {module for module in MODULES if module.stem == module.parent.name}
    named = ((module.parent.name if module.stem == "__init__" else module.stem, module) for module in MODULES)
    twice = named_twice((name, module) for name, module in named if module not in faces)
    verbs = {verb.function for verb in VERBS}
    fine = {name for name, found in twice.items() if name in verbs and len(found) == 2 and f"cli/{name}.py" in found}
    assert {name: found for name, found in twice.items() if name not in fine} == {}


def test_no_two_public_classes_have_one_name() -> None:
    """A class or type alias means one thing in the whole house."""
    assert named_twice((name, module) for module in MODULES for name in classes_of(module)) == {}


def test_no_file_names_a_machine_or_a_registry() -> None:
    """Nothing tracked holds a path of the machine it was written on, or a host that packages come from."""
    assert [f"{place}: {line.strip()[:100]}" for place, line in lines_with(FOREIGN)] == []


def test_every_ignore_says_what_it_ignores_and_why() -> None:
    """A lint or type ignore names its code and gives its reason on the same line."""
    bare = [
        f"{place}: {line.strip()[:100]}"
        for place, line in lines_with(IGNORE, ".py")
        if any(not REASONED.match(found["rest"]) for found in IGNORE.finditer(line))
    ]
    assert bare == []


def test_no_worker_of_a_screen_is_handed_what_has_begun() -> None:
    """`@work` makes a coroutine when its worker starts; one made before is never awaited where the app ends first.

    Python says so on the terminal, after the last words of whoever was told to stop.
    """
    begun = re.compile(r"run_worker\([\w.]+\(")
    handed = [path.name for path in (PACKAGE / "tui").rglob("*.py") if begun.search(path.read_text("utf-8"))]
    assert handed == []
