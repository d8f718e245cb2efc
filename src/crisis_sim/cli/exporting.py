"""What `crisis-sim export` writes, and where."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from crisis_sim.cli.answer import answer
from crisis_sim.cli.ending import tell
from crisis_sim.cli.files import write_new
from crisis_sim.errors import UnreadableInput
from crisis_sim.rules.names import Language
from crisis_sim.text import clean

PASSED = 10
"""Logs passed over that are named one by one; the rest are counted."""


def export_msel(
    what: list[str], form: Literal["csv", "xlsx"], out: Path | None, language: Language, *, force: bool
) -> int:
    """Write the MSEL of one scenario, and print where."""
    from crisis_sim.authoring.msel import msel_file
    from crisis_sim.content.load import load_material

    if len(what) != 1:
        raise UnreadableInput("usage/export", "an MSEL is of one scenario", hint="name one, and export the others next")
    material = load_material(what[0])
    path = out or Path(f"{material.scenario.id}-msel.{form}")
    write_new(path, msel_file(material, form, language), force=force)
    answer(str(path))
    return 0


def export_sessions(what: list[str], folder: Path, *, bots: bool, named: bool, unended: bool, force: bool) -> int:
    """Write the tables of sessions into a folder, and print where; exit code 1 where a log could not be used."""
    from crisis_sim.research.columns import SHEETS
    from crisis_sim.research.package import files
    from crisis_sim.research.rows import Row, rows_of
    from crisis_sim.research.sources import Reading

    reading = Reading(bots=bots, named=named, unended=unended)
    rows: dict[str, list[Row]] = {sheet.name: [] for sheet in SHEETS}
    for source in reading.sources(_logs(what)):
        for name, found in rows_of(source).items():
            rows[name] += found
    for passed in reading.passed[:PASSED]:
        tell(f"note: {clean(passed.path.name, lines=False)} is left out: {passed.why}")
    if len(reading.passed) > PASSED:
        tell(f"note: {len(reading.passed) - PASSED} more are left out")
    if not rows["sessions"]:
        hint = "name logs, or a folder of logs"
        if reading.passed:
            hint = "--bots takes sessions of bots too, and --open those that have not come to their hotwash"
        raise UnreadableInput("export/nothing", "there is no session to export", hint=hint)
    _write(folder, files(rows, named=named), force=force)
    sessions, acts = (_counted(len(rows[name]), word) for name, word in (("sessions", "session"), ("moves", "act")))
    answer(f"{sessions}, {acts}: {folder}")
    return 1 if reading.damaged else 0


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _logs(what: list[str]) -> list[Path]:
    """The logs that arguments name: themselves, or those in a folder."""
    from crisis_sim.cli.logs import log_named

    found: list[Path] = []
    for name in what:
        at = Path(name)
        if _is_scenario(name):
            said = f"nothing says what to export of the scenario '{clean(name, lines=False)[:60]}'"
            raise UnreadableInput("usage/export", said, hint="--msel csv, or --msel xlsx")
        found += sorted(at.rglob("*.jsonl")) if at.is_dir() else [log_named(name)]
    return list(dict.fromkeys(found))


def _is_scenario(name: str) -> bool:
    from crisis_sim.content.load import scenario_file

    try:
        return scenario_file(name).suffix in (".yaml", ".yml")
    except UnreadableInput:
        return False


def _write(folder: Path, written: dict[str, str], *, force: bool) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "its name is not valid").lower()
        said = f"{clean(str(folder), lines=False)} cannot be made: {reason}"
        raise UnreadableInput("output/unwritable", said, hint="name another folder with --out") from None
    taken = next((name for name in written if (folder / name).exists()), None)
    if taken is not None and not force:
        said = f"{clean(str(folder / taken), lines=False)} is there already"
        raise UnreadableInput(
            "output/exists", said, hint="name another folder with --out, or write over it with --force"
        )
    for name, text in written.items():
        write_new(folder / name, text.encode(), force=True)
