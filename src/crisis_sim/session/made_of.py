"""What lies beside a log and was made from it, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from glob import escape
from pathlib import Path

from crisis_sim.rules.names import SIDES
from crisis_sim.session.folder import logs_in
from crisis_sim.session.half_written import beside


def record_folder(log: Path) -> Path:
    """Where what belongs together is laid at the end of a hosted session."""
    return log.with_name(f"{log.stem}-record")


def asked_of_model(log: Path, seat: str) -> Path:
    """What a model at a seat was asked and has said; beside the log, or where it joined from under the session's id."""
    return log.with_name(f"{log.name.removesuffix('.jsonl')}-{seat}.agents.jsonl")


def made_of(log: Path, elsewhere: Sequence[Path] = ()) -> Iterator[Path]:
    """The log, and all that was made from it there or in the folders `elsewhere`; what is in a folder is not named."""
    named = (
        log.name,
        f"{log.name}.tip",
        f"{log.name}.lock",
        f"{log.stem}.notes.jsonl",
        f"{log.stem}.rooms",
        beside(log).name,
    )
    pages = [f"debrief-{log.stem}{team}{ending}" for team in ("", "-us", "-china") for ending in (".html", ".md")]
    pages += [asked_of_model(log, side).name for side in SIDES]
    found = [log.with_name(name) for name in named]
    found += sorted(log.parent.glob(f"{escape(log.name)}.tip.*"))
    found += [record_folder(log), *(folder / page for folder in (log.parent, *elsewhere) for page in pages)]
    yield from dict.fromkeys(each for each in found if each.exists() or each.is_symlink())


def branches_of(log: Path, session: str) -> list[Path]:
    """Logs beside it that begin with what it holds: forgetting it leaves them."""
    found = ((of.path, of.header.parent) for of in logs_in(log.parent))
    return [path for path, parent in found if parent and parent.session == session]
