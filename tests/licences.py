"""The licences of everything that is installed with crisis-sim, as its metadata names them.

`python -m tests.licences` writes docs/licences.md anew, after scripts/lock; on the oldest Python, which installs most.
"""

from __future__ import annotations

import re
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
LOCKS: Final = {"play": "requirements.lock", "research": "requirements-research.lock", "test": "requirements-test.lock"}
"""What a lock's packages are for; each holds those of the one before."""
FREE: Final = frozenset({
    *("0BSD", "Apache-2.0", "Artistic-1.0-Perl", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0"),
    *("ISC", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "Unlicense", "Zlib"),
})  # fmt: skip
"""Licences under which a package may be used beside an MIT project without a condition on the project's own files."""
SAID: Final = {
    "Artistic License": "Artistic-1.0-Perl",
    "2-clause BSD": "BSD-2-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""Other words of metadata for a licence."""
ROW: Final = re.compile(r"^\| (\S+) \| (.+) \| \w+ \|$", re.MULTILINE)
"""A package and its licence on the page."""
HEAD: Final = """# Licences

crisis-sim is under the [MIT licence](../LICENSE). What is installed with it is listed here, with the licence that each
package's own metadata names, and what it is needed for: to play, for research (`scripts/venv research`), or to test.
None asks anything of crisis-sim's own files or of what you make with it. The tests hold this list to what the locks say
and, for each package that the Python at hand installs, to its metadata. The wheels of NumPy and SciPy carry compiled
libraries under licences of their own, which their `LICENSE` files name; among them is GNU's Fortran runtime, whose
exception lets anything be linked with it.

| package | licence | needed for |
| --- | --- | --- |
"""


def licence_of(package: str) -> str:
    """The licence of an installed package as an SPDX expression where its metadata lets one be known.

    A package that is locked for another Python or system keeps the licence that the page has, so that the page is the
    same whichever Python writes it.
    """
    try:
        named = metadata(package)
    except PackageNotFoundError:
        listed: dict[str, str] = dict(ROW.findall(PAGE.read_text(encoding="utf-8")))
        return listed.get(package, "unknown")
    return _field(named, "License-Expression") or _short(named) or _classified(named)


def _field(named: PackageMetadata, name: str) -> str:
    return next(iter(named.get_all(name) or []), "")


def _short(named: PackageMetadata) -> str:
    """The field of free text, where it holds a name and not the licence."""
    text = _field(named, "License")
    said = SAID.get(text, text)
    return said if said in FREE else ""


def _classified(named: PackageMetadata) -> str:
    classes = [each for each in named.get_all("Classifier") or [] if each.startswith("License ::")]
    names = [each.rsplit(" :: ", 1)[1] for each in classes]
    return " OR ".join(SAID.get(each, each) for each in names) or "unknown"


def is_free(expression: str) -> bool:
    """Whether one of an expression's alternatives is free, which is so where each of its parts is."""
    alternatives = (alternative.split(" AND ") for alternative in expression.split(" OR "))
    return any(all(part.strip(" ()") in FREE for part in parts) for parts in alternatives)


def locked_for() -> dict[str, str]:
    """What each locked package is needed for, by its name."""
    needed: dict[str, str] = {}
    for use, lock in LOCKS.items():
        text = (ROOT / lock).read_text(encoding="utf-8")
        for name in re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE):
            needed.setdefault(name, use)
    return dict(sorted(needed.items()))


def page() -> str:
    """The page as it should be."""
    rows = (f"| {name} | {licence_of(name)} | {use} |\n" for name, use in locked_for().items())
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
