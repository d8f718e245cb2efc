"""The findings of many runs for programs: JSON, and CSV with one value a row.

Numbers are plain decimals, exact to the hundredth. Names and keys are those of the scenario's files.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from crisis_sim.numbers import Points
from crisis_sim.playtest.decision_shares import DecisionShare
from crisis_sim.playtest.findings import Comparison, Covered, Findings
from crisis_sim.playtest.runs import MISSING, Gathered, RunsOutcome, seed_of
from crisis_sim.playtest.statistics import RunInterval
from crisis_sim.spreadsheets import guarded

FORMAT: Final = 1
"""Version of the JSON's shape."""
TABLES: Final = (
    *("outcomes", "shares", "sides", "pairs", "coverage", "decisions", "budget", "turns", "pressing"),
    *("differences", "shifts"),
)
"""The tables of a CSV, in their order; those that there are."""


def as_json(result: Findings | Comparison) -> str:
    """The findings as one JSON object."""
    return json.dumps(_whole(result), ensure_ascii=False, indent=1)


def as_csv(result: Findings | Comparison) -> str:
    """The findings as rows of table, id, words, statistic, value and place."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("table", "id", "words", "statistic", "value", "place"))
    whole = _whole(result)
    for table in TABLES:
        for row in whole.get(table, ()):
            writer.writerows(_long(table, row))
    return out.getvalue()


def runs_csv(findings: Findings, gathered: Gathered) -> str:
    """Every run as a row: its number, seed and bots, and each measure; nothing where a run has no such value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("run", "seed", "us", "china", *(measure.id for measure in findings.subject.measures)))
    plan, sorts = findings.outcome.plan, [measure.sort for measure in findings.subject.measures]
    for place in range(findings.outcome.runs):
        run = plan.first + place
        values = (
            "" if column[place] == MISSING else column[place] if sort == "share" else _decimal(column[place])
            for column, sort in zip(gathered.columns, sorts, strict=True)
        )
        writer.writerow((run, seed_of(plan.seed, run), *plan.pairings.bots_for(plan.seed, run), *values))
    return out.getvalue()


def _whole(result: Findings | Comparison) -> dict[str, Any]:
    if isinstance(result, Findings):
        return {"format": FORMAT, **_played(result.outcome), **_subject(result), **_tables(result)}
    return {
        "format": FORMAT,
        **_played(result.first.outcome),
        "differences": [
            {
                "id": difference.measure.id,
                "says": str(difference.measure.label),
                "unit": str(difference.measure.unit) if difference.measure.sort == "number" else "%",
                "runs": difference.runs,
                "first": _decimal(difference.first),
                "second": _decimal(difference.second),
                "difference": _decimal(difference.difference),
                **_interval(difference.interval),
                "changed": difference.changed,
            }
            for difference in result.differences
        ],
        "shifts": [
            {
                "part": shift.target.part,
                "key": shift.target.key,
                "says": shift.target.sentence,
                "at": shift.target.place,
            }
            | {"first_runs": shift.first, "second_runs": shift.second}
            for shift in result.shifts
        ],
        "first": {**_subject(result.first), **_tables(result.first)},
        "second": {**_subject(result.second), **_tables(result.second)},
    }


def _played(outcome: RunsOutcome) -> dict[str, Any]:
    plan = outcome.plan
    return {
        "seed": plan.seed,
        "first_run": plan.first,
        "runs": outcome.runs,
        "asked": plan.runs,
        "stopped": outcome.was_stopped,
        "bots": plan.pairings.describe(),
        "release": plan.release,
    }


def _subject(findings: Findings) -> dict[str, Any]:
    material = findings.subject.material
    return {
        "scenario": material.scenario.id,
        "title": material.scenario.title.en,
        "length": findings.subject.table.length,
        "rules": [pack.id for pack in material.packs],
    }


def _tables(findings: Findings) -> dict[str, Any]:
    return {
        "outcomes": [
            {"id": number.measure.id, "says": str(number.measure.label), "unit": str(number.measure.unit)}
            | {"sessions": number.summary.sessions, "mean": _decimal(number.summary.mean)}
            | _interval(number.summary.interval)
            | {name: _decimal(getattr(number.summary, name)) for name in _ORDER}
            for number in findings.numbers
        ],
        "shares": [
            {"id": often.measure.id, "says": str(often.measure.label), "sessions": often.share.sessions}
            | {"times": often.share.times, "percent": _decimal(often.share.percent), **_interval(often.share.interval)}
            for often in findings.shares
        ],
        "even_sessions": findings.even_runs,
        "sides": [
            {"id": measure.id, "says": measure.label, "us": _decimal(measure.us), "china": _decimal(measure.china)}
            | {"difference": _decimal(measure.difference), **_interval(measure.interval)}
            | {"spread": _decimal(measure.spread), "uneven": measure.is_uneven}
            for measure in findings.sides
        ],
        "pairs": [
            {"id": f"{cell.us}/{cell.china}", "us": cell.us, "china": cell.china, "runs": cell.runs}
            | {"peak_tension": _decimal(cell.peak), "end_tension": _decimal(cell.end)}
            for cell in findings.cells
        ],
        "coverage": [
            {
                "part": entry.target.part,
                "key": entry.target.key,
                "says": entry.target.sentence,
                "at": entry.target.place,
            }
            | {"runs": entry.runs, "times": entry.times, "first_run": entry.first or None, **_why(findings, entry)}
            for entry in findings.coverage
        ],
        **({"decisions": [_decision(share) for share in findings.decisions]} if findings.decisions else {}),
        "budget": [
            {"id": f"{row.kind}/{row.name}", "up": _decimal(row.up), "down": _decimal(row.down)}
            | {"share_up": _decimal(row.share_up), "share_down": _decimal(row.share_down)}
            for row in findings.budget
        ],
        "turns": [{"id": str(row.turn), "up": _decimal(row.up), "down": _decimal(row.down)} for row in findings.turns],
        "pressing": [
            {"id": f"{row.side}/{row.line}/{row.source}", "points": _decimal(row.points), "share": _decimal(row.share)}
            for row in findings.pressing
        ],
        "picked": [
            {
                "why": pick.why,
                "place": pick.place,
                "run": pick.run,
                "seed": seed_of(findings.outcome.plan.seed, pick.run),
            }
            | {"us": pick.us, "china": pick.china, "peak_tension": _decimal(pick.peak)}
            | {"end_tension": _decimal(pick.end), "crossings": pick.crossings, "log": pick.log or None}
            for pick in findings.picked
        ],
    }


def _decision(share: DecisionShare) -> dict[str, Any]:
    """How often a decision fell so, and for how many policies that was the best."""
    row = {"id": f"{share.inject}/{share.answer or 'open'}", "times": share.times, "share": _decimal(share.share)}
    return row | {"best_for": share.best_for, "compared": share.compared}


def _why(findings: Findings, covered: Covered) -> dict[str, Any]:
    """Of what was never reached: what it waits for, and why the last of that never happened."""
    cause = findings.causes.get(covered.target.key)
    if cause is None:
        return {}
    return {"waits_for": " ".join(step.key for step in cause.waits_for), "because": str(cause.because)}


_ORDER: Final = ("spread", "least", "lower", "median", "upper", "most")


def _interval(interval: RunInterval | None) -> dict[str, Any]:
    if interval is None:
        return {"low": None, "high": None}
    return {"low": _decimal(interval.low), "high": _decimal(interval.high)}


def _decimal(value: Points) -> float:
    """Hundredths as a decimal; what is printed of it is exact."""
    return value / 100


_WORDS: Final = frozenset({"id", "key", "says", "unit", "at", "part", "us", "china"})
"""What a row is about; the rest are its values."""


def _long(table: str, row: Mapping[str, Any]) -> Iterator[Iterable[Any]]:
    """A row of JSON as rows of one value each."""
    of_sides = table == "sides"
    name, place = row.get("id") or row.get("key"), row.get("at", "")
    words = ", ".join(str(row[key]) for key in ("says", "unit") if row.get(key))
    for statistic, value in row.items():
        if statistic not in _WORDS or (of_sides and statistic in ("us", "china")):
            yield table, name, guarded(words), statistic, "" if value is None else value, place
