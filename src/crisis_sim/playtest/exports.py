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


def as_json(found: Findings | Comparison) -> str:
    """The findings as one JSON object."""
    return json.dumps(_whole(found), ensure_ascii=False, indent=1)


def as_csv(found: Findings | Comparison) -> str:
    """The findings as rows of table, id, words, statistic, value and place."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("table", "id", "words", "statistic", "value", "place"))
    whole = _whole(found)
    for table in TABLES:
        for row in whole.get(table, ()):
            writer.writerows(_long(table, row))
    return out.getvalue()


def runs_csv(found: Findings, gathered: Gathered) -> str:
    """Every run as a row: its number, seed and bots, and each measure; nothing where a run has no such value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("run", "seed", "us", "china", *(measure.id for measure in found.subject.measures)))
    plan, sorts = found.outcome.plan, [measure.sort for measure in found.subject.measures]
    for place in range(found.outcome.runs):
        run = plan.first + place
        values = (
            "" if column[place] == MISSING else column[place] if sort == "share" else _decimal(column[place])
            for column, sort in zip(gathered.columns, sorts, strict=True)
        )
        writer.writerow((run, seed_of(plan.seed, run), *plan.pairings.of(plan.seed, run), *values))
    return out.getvalue()


def _whole(found: Findings | Comparison) -> dict[str, Any]:
    if isinstance(found, Findings):
        return {"format": FORMAT, **_played(found.outcome), **_subject(found), **_tables(found)}
    return {
        "format": FORMAT,
        **_played(found.first.outcome),
        "differences": [
            {
                "id": each.measure.id,
                "says": str(each.measure.says),
                "unit": str(each.measure.unit) if each.measure.sort == "number" else "%",
                "runs": each.runs,
                "first": _decimal(each.first),
                "second": _decimal(each.second),
                "difference": _decimal(each.difference),
                **_interval(each.interval),
                "changed": each.changed,
            }
            for each in found.differences
        ],
        "shifts": [
            {"part": each.thing.part, "key": each.thing.key, "says": each.thing.says, "at": each.thing.at}
            | {"first_runs": each.first, "second_runs": each.second}
            for each in found.shifts
        ],
        "first": {**_subject(found.first), **_tables(found.first)},
        "second": {**_subject(found.second), **_tables(found.second)},
    }


def _played(outcome: RunsOutcome) -> dict[str, Any]:
    plan = outcome.plan
    return {
        "seed": plan.seed,
        "first_run": plan.first,
        "runs": outcome.runs,
        "asked": plan.runs,
        "stopped": outcome.was_stopped,
        "bots": plan.pairings.says(),
        "release": plan.release,
    }


def _subject(found: Findings) -> dict[str, Any]:
    material = found.subject.material
    return {
        "scenario": material.scenario.id,
        "title": material.scenario.title.en,
        "length": found.subject.table.length,
        "rules": [pack.id for pack in material.packs],
    }


def _tables(found: Findings) -> dict[str, Any]:
    return {
        "outcomes": [
            {"id": number.measure.id, "says": str(number.measure.says), "unit": str(number.measure.unit)}
            | {"sessions": number.summary.sessions, "mean": _decimal(number.summary.mean)}
            | _interval(number.summary.interval)
            | {name: _decimal(getattr(number.summary, name)) for name in _ORDER}
            for number in found.numbers
        ],
        "shares": [
            {"id": often.measure.id, "says": str(often.measure.says), "sessions": often.share.sessions}
            | {"times": often.share.times, "percent": _decimal(often.share.percent), **_interval(often.share.interval)}
            for often in found.shares
        ],
        "even_sessions": found.even_runs,
        "sides": [
            {"id": each.id, "says": each.says, "us": _decimal(each.us), "china": _decimal(each.china)}
            | {"difference": _decimal(each.difference), **_interval(each.interval)}
            | {"spread": _decimal(each.spread), "uneven": each.is_uneven}
            for each in found.sides
        ],
        "pairs": [
            {"id": f"{cell.us}/{cell.china}", "us": cell.us, "china": cell.china, "runs": cell.runs}
            | {"peak_tension": _decimal(cell.peak), "end_tension": _decimal(cell.end)}
            for cell in found.cells
        ],
        "coverage": [
            {"part": each.thing.part, "key": each.thing.key, "says": each.thing.says, "at": each.thing.at}
            | {"runs": each.runs, "times": each.times, "first_run": each.first or None, **_why(found, each)}
            for each in found.coverage
        ],
        **({"decisions": [_decision(each) for each in found.decisions]} if found.decisions else {}),
        "budget": [
            {"id": f"{row.kind}/{row.name}", "up": _decimal(row.up), "down": _decimal(row.down)}
            | {"share_up": _decimal(row.share_up), "share_down": _decimal(row.share_down)}
            for row in found.budget
        ],
        "turns": [{"id": str(row.turn), "up": _decimal(row.up), "down": _decimal(row.down)} for row in found.turns],
        "pressing": [
            {"id": f"{row.side}/{row.line}/{row.by}", "points": _decimal(row.points), "share": _decimal(row.share)}
            for row in found.pressing
        ],
        "picked": [
            {"why": each.why, "place": each.place, "run": each.run, "seed": seed_of(found.outcome.plan.seed, each.run)}
            | {"us": each.us, "china": each.china, "peak_tension": _decimal(each.peak)}
            | {"end_tension": _decimal(each.end), "crossings": each.crossings, "log": each.log or None}
            for each in found.picked
        ],
    }


def _decision(each: DecisionShare) -> dict[str, Any]:
    """How often a decision fell so, and for how many policies that was the best."""
    told = {"id": f"{each.inject}/{each.answer or 'open'}", "times": each.times, "share": _decimal(each.share)}
    return told | {"best_for": each.best_for, "compared": each.compared}


def _why(found: Findings, covered: Covered) -> dict[str, Any]:
    """Of what was never reached: what it waits for, and why the last of that never happened."""
    cause = found.causes.get(covered.thing.key)
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
