"""A study for programs: the rows of its tables as JSON, the same in every language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from crisis_sim.text import clean

if TYPE_CHECKING:
    from crisis_sim.research.columns import Sheet
    from crisis_sim.research.study.studied_sessions import Played
    from crisis_sim.research.study.study_tables import Studied, StudyRow


def as_json(found: Studied, tables: Mapping[Sheet, Sequence[StudyRow]]) -> str:
    """Everything for programs: the rows of each table, under the names of their columns, with six decimals."""
    played = found.sessions.played
    told: dict[str, Any] = {  # Any: JSON
        "format": 1,
        "sessions": [_session(each) for each in sorted(played, key=lambda each: each.name)],
        "left_out": [
            {"log": clean(each.path.name, lines=False), "why": each.why, "damaged": each.is_damaged}
            for each in found.sessions.passed
        ],
    }
    if found.questionnaire is not None:
        asked = found.questionnaire
        told["people"] = {
            "all": asked.people,
            "pairs": asked.pairs,
            "only_before": asked.only_before,
            "only_after": asked.only_after,
        }
    if found.agreement is not None:
        codes = found.agreement.codes
        told["coders"] = {"names": codes.coders, "acts": codes.units, "unknown_acts": found.agreement.unknown}
    for sheet, rows in tables.items():
        told[sheet.name] = [dict(zip(sheet.names, map(_rounded, row), strict=True)) for row in rows]
    return json.dumps(told, ensure_ascii=False, indent=1)


def _session(played: Played) -> dict[str, Any]:  # Any: JSON
    about = {"scenario": played.scenario, "packs": played.packs, "length": played.length}
    return {"session": played.name, **about, "bot": played.has_bot}


def _rounded(value: Any) -> Any:  # Any: a cell of a table
    return round(value, 6) if isinstance(value, float) else value
