"""Compile the Chinese catalogue, `zh.po`, into the `zh.mo` that the program reads; `zh.mo` is not in git.

Hatchling calls the hook whenever it makes a wheel or an editable install. `python hatch_build.py` does the same in a
checkout; scripts/venv and the tests call it where `zh.po` is newer, as it is after `git pull`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUE: Final = Path("src/crisis_sim/wording/zh.po")
PO: Final = Path(__file__).resolve().parent / CATALOGUE


class CatalogueHook(BuildHookInterface[Any]):
    """Compile the catalogue before hatchling collects files, and have it collected although git ignores it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Do so for a wheel and for an editable install alike."""
        compile_catalogue(Path(self.root) / CATALOGUE)
        build_data["artifacts"].append(f"/{CATALOGUE.with_suffix('.mo').as_posix()}")


def compile_catalogue(po: Path = PO) -> None:
    """Write the `.mo` beside `po` in one step, so that a program that is running reads the old one or the new one."""
    with po.open("rb") as file:
        catalog = read_po(file, locale="zh_CN", abort_invalid=True)
    with tempfile.NamedTemporaryFile(dir=po.parent, suffix=".mo", delete=False) as compiled:
        write_mo(compiled, catalog)
    Path(compiled.name).chmod(0o644)
    Path(compiled.name).replace(po.with_suffix(".mo"))


def is_outdated(po: Path = PO) -> bool:
    """Whether the `.mo` beside `po` is missing or older."""
    compiled = po.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < po.stat().st_mtime_ns


if __name__ == "__main__":
    compile_catalogue()
