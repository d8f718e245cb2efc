"""A study as pages of text, and as JSON: the sessions and their measures first, then answers, then codes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from crisis_sim.cli.answer import prose, table
from crisis_sim.cli.figures import figure, span
from crisis_sim.cli.logs import counted
from crisis_sim.cli.study_people import agreement_page, questionnaire_page
from crisis_sim.research.study.overview import said_of
from crisis_sim.research.study.values import SECTIONS
from crisis_sim.text import clean

if TYPE_CHECKING:
    from crisis_sim.research.columns import Sheet
    from crisis_sim.research.study.overview import Group, Row
    from crisis_sim.research.study.sessions import Played
    from crisis_sim.research.study.tables import Row as Cells
    from crisis_sim.research.study.tables import Studied

SIDES: Final = {"us": "US", "china": "China", "difference": "US - China", "": "session"}

READ: Final = (
    "Each session counts once, however many acts it has. The interval is where the mean lies with 95 % confidence, if "
    "these sessions stand for more of their kind (Student's t). US - China is taken within each session. Numbers have "
    "no more digits than their interval bears out; – is a number that is not there."
)


def pages(found: Studied) -> Iterator[str]:
    """Everything that was asked for."""
    if found.groups is not None:
        yield from _about(found)
        for group in found.groups:
            yield from _group(group)
    if found.questionnaire is not None:
        yield from questionnaire_page(found.questionnaire)
    if found.agreement is not None:
        yield from agreement_page(found.agreement)


def _about(found: Studied) -> Iterator[str]:
    played = found.sessions.played
    yield f"A STUDY OF {counted(len(played), 'session').upper()}"
    yield prose(f"scenarios: {_counts(each.scenario for each in played)}", 2)
    yield prose(f"packs: {_counts(each.packs for each in played)}", 2)
    yield prose(f"lengths: {_counts(f'{each.length} minutes' for each in played)}", 2)
    bots = sum(each.has_bot for each in played)
    if bots:
        yield prose(f"a bot plays a team in {bots} of them: what follows says something of bots, not of people", 2)
    if found.sessions.passed:
        yield prose(f"left out: {counted(len(found.sessions.passed), 'log')}", 2)
    yield from ("", prose(READ))


def _counts(names: Iterator[str]) -> str:
    return ", ".join(f"{name} ({times})" for name, times in sorted(Counter(names).items()))


def _group(group: Group) -> Iterator[str]:
    count = len(group.sessions)
    yield from ("", f"{group.name}: {counted(count, 'session')}" if group.name else "ALL SESSIONS")
    if said := said_of(count):
        yield prose(said, 2)
    rows = {(row.measure.key, row.side): row for row in group.rows}
    for section in SECTIONS:
        own = [row for (key, _), row in rows.items() if key in {measure.key for measure in section.measures}]
        yield from ("", f"{section.title.upper()}  (US: {section.side})")
        yield from _section(own)
    yield from ("", *_differences(group))


def _section(rows: Sequence[Row]) -> Iterator[str]:
    lines: list[tuple[str, ...]] = []
    last = ""
    for row in rows:
        if row.found.n:
            name = "" if row.measure.key == last else row.measure.says
            lines.append((name, SIDES[row.side], *_numbers(row), _alike(row)))
            last = row.measure.key
    if lines:
        yield table([("measure", "of", "n", "mean", "sd", "95 % interval", ""), *lines], 2)
    there = {row.measure.key for row in rows if row.found.n}
    missing = dict.fromkeys(row.measure.says.partition(",")[0] for row in rows if row.measure.key not in there)
    if missing:
        yield prose(f"in no session: {', '.join(missing)}", 2)


def _numbers(row: Row) -> tuple[str, ...]:
    of, signed = row.found, row.side == "difference" or (row.measure.low or 0) < 0
    mean = figure(of.mean, of.interval, signed=signed)
    return str(of.n), mean, figure(of.deviation, of.interval), span(of.interval, signed=signed)


def _alike(row: Row) -> str:
    """Why there is no interval, where there might be one."""
    return "all alike" if row.found.n > 1 and row.found.interval is None else ""


def _differences(group: Group) -> Iterator[str]:
    """Which differences between the sides stand out, and how many would by luck."""
    pairs = [row for row in group.rows if row.side == "difference" and row.found.interval is not None]
    if not pairs:
        return
    out = [
        row.measure.says.partition(",")[0] for row in pairs if row.found.interval and row.found.interval.leaves_out_zero
    ]
    said = f"leaves out zero for {', '.join(out)}" if out else "leaves out zero nowhere"
    yield prose(
        f"The interval of the difference between the sides {said}. There are {len(pairs)} such intervals, and one in"
        " twenty leaves out zero by luck alone.",
        2,
    )


def as_json(found: Studied, tables: Mapping[Sheet, Sequence[Cells]]) -> str:
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
