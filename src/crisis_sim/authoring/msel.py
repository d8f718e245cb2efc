"""A scenario's MSEL as a table for exercise planners: one row an inject, in the order of the scenario.

Words that both teams get stand in one column; where each gets its own they stand side by side in two. What no planner
can write in a cell, a condition or an effect, is told in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from crisis_sim.authoring.msel_cells import COLUMNS, EXPORTED_COLUMNS, CellValue
from crisis_sim.authoring.msel_files import CellTable, TableFormat, csv_bytes, xlsx_bytes
from crisis_sim.content.authored_bonds import SidedText
from crisis_sim.content.material import Material, titles_by_id
from crisis_sim.content.scenario import Inject
from crisis_sim.rules.authored import Text
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say, _, speaker
from crisis_sim.wording.explain import explain, outcomes
from crisis_sim.wording.labels import SIDES

_TO: Final = {**SIDES, "both": _("Both")}
SENDER: Final = _("White cell")
"""Who sends: at this table, always the facilitator's desk."""
_YES: Final = _("yes")


def msel_file(material: Material, kind: TableFormat, language: Language) -> bytes:
    """The whole MSEL as a file, with headings and texts in `language`; a text not written in it is left empty."""
    table = msel_table(material, language)
    if kind == "csv":
        return csv_bytes(table)
    widths = [COLUMNS[name].width for name in EXPORTED_COLUMNS]
    return xlsx_bytes(table, f"MSEL {material.scenario.id}", widths)


def msel_table(material: Material, language: Language) -> CellTable:
    """The table, head first."""
    names = titles_by_id(material, language)
    rows = [row_of(inject, place, language, names) for place, inject in enumerate(material.scenario.msel, 1)]
    head: list[CellValue] = [COLUMNS[name].heading(language) for name in EXPORTED_COLUMNS]
    return [head, *([row[name] for name in EXPORTED_COLUMNS] for row in rows)]


def row_of(inject: Inject, place: int, language: Language, names: Mapping[str, str]) -> dict[str, CellValue]:
    """One inject, by column."""
    is_shared, say = inject.text.us == inject.text.china, speaker(language)
    return {
        "number": place,
        "id": inject.id,
        "time": timedelta(hours=inject.at),
        "sender": say(SENDER),
        "to": say(_TO[inject.to]),
        "subject": words(inject.title, language),
        "text": words(inject.text.us, language) if is_shared else "",
        **{f"text_{side}": "" if is_shared else words(text, language) for side, text in sides(inject.text).items()},
        **{f"reads_{side}": words(text, language) for side, text in sides(inject.reads_as).items()},
        "note": words(inject.note, language),
        "condition": "" if inject.when is None else explain(inject.when, names, language),
        "until": _span(inject.until, inject.until_turns, say),
        "window": _span(inject.window, inject.window_turns, say),
        "by_hand": say(_YES) if inject.by_hand else "",
        "lengths": "" if len(inject.lengths) == 3 else ", ".join(map(str, inject.lengths)),
        "thread": inject.thread or "",
        "effects": "" if inject.then is None else "; ".join(outcomes(inject.then, names, language)),
    }


def _span(hours: int | None, turns: int | None, say: Say) -> CellValue:
    """A time in hours, or in turns."""
    if turns is not None:
        return say("{n} turn", plural="{n} turns", n=turns)
    return None if hours is None else timedelta(hours=hours)


def words(text: Text, language: Language) -> str:
    """A text in one language; empty where it has not been written."""
    return (text.zh or "") if language == "zh" else text.en


def sides(text: SidedText) -> dict[str, Text]:
    """The words for each team."""
    return {"us": text.us, "china": text.china}
