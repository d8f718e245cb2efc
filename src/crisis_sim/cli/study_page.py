"""A study as pages of text, and as JSON: the sessions and their measures first, then answers, then codes.

A number has no more digits than its interval bears out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from crisis_sim.cli.answer import prose, table
from crisis_sim.cli.logs import counted
from crisis_sim.research.study.answers import Scale
from crisis_sim.research.study.overview import said_of
from crisis_sim.research.study.values import SECTIONS
from crisis_sim.text import clean

if TYPE_CHECKING:
    from crisis_sim.research.columns import Sheet
    from crisis_sim.research.study.agreement import Findings, Meaning
    from crisis_sim.research.study.change import Alpha, Questionnaire, Result
    from crisis_sim.research.study.intervals import Interval
    from crisis_sim.research.study.overview import Group, Row
    from crisis_sim.research.study.sessions import Played
    from crisis_sim.research.study.tables import Row as Cells
    from crisis_sim.research.study.tables import Studied

NONE: Final = "–"
SIDES: Final = {"us": "US", "china": "China", "difference": "US - China", "": "session"}

READ: Final = (
    "Each session counts once, however many acts it has. The interval is where the mean lies with 95 % confidence, if "
    "these sessions stand for more of their kind (Student's t). US - China is taken within each session. Numbers have "
    "no more digits than their interval bears out; – is a number that is not there."
)
TEAMS: Final = {"us": "US", "china": "China", "all": "both"}
FEW: Final = 10
"""People under which a change says little."""
FIRM: Final = 0.8
TENTATIVE: Final = 0.667
"""Krippendorff's limits."""

_SCALES: Final = (
    "Understanding is the mean of eight items: how far people can tell what the other side means, and trust that "
    "they are understood. Pressure is the mean of two: less time and fewer options than they have. q6 (moral "
    "hazard) and q12 (transfer) stand alone, among the items."
)
_CHANGE: Final = (
    "Change is after minus before, from 1 to 7. g is that change in standard deviations, corrected for small samples:"
    " by Cohen's rule of thumb .2 is small, .5 medium, .8 large. p is Wilcoxon's signed-rank test: how often chance "
    "alone would move so many answers so far."
)
_ROOM: Final = (
    "People who played together have heard each other, and the intervals take them as independent: take them as the "
    "least that can be off."
)
_ALPHA: Final = "Whether the items of a scale hang together: .70 and more is usual for one that is used as a whole."
_KRIPPENDORFF: Final = (
    f"1 is full agreement and 0 no more than chance. By Krippendorff's rule {FIRM:.2f} and more is firm, "
    f"{TENTATIVE:.3f} and more is tentative, and less is too little to build on. The level says which misses count: "
    "nominal any alike, ordinal by ranks, interval by distance, ratio by share. The interval comes from drawing acts "
    "again and again."
)
_KAPPA: Final = (
    "Of two coders at a time, over the acts that both coded; weighted kappa takes a near miss for less of a miss, by "
    "the square of the distance."
)
_MEANINGS: Final = (
    "Codes of hostility beside what was sealed: intent is what the sender meant, reading how the receiver took it. "
    "Bias above zero: the coder finds acts more hostile than that; error is the mean size of the difference, in "
    "steps."
)
_NEARER: Final = (
    "Whom an outsider is nearer to: how much further off intents are than readings, in steps. Above zero the coder "
    "reads as the receiver did, below zero as the sender meant. Each session counts once."
)


def pages(found: Studied) -> Iterator[str]:
    """Everything that was asked for."""
    if found.groups is not None:
        yield from _about(found)
        for group in found.groups:
            yield from _group(group)
    if found.questionnaire is not None:
        yield from _questionnaire(found.questionnaire)
    if found.agreement is not None:
        yield from _agreement(found.agreement)


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


def _questionnaire(found: Questionnaire) -> Iterator[str]:
    """Scales and items, before and after."""
    yield from ("", f"QUESTIONNAIRE: {counted(found.people, 'person').replace('persons', 'people')}")
    yield prose(
        f"{found.pairs} before and after, {found.only_before} before alone, {found.only_after} after alone. Only those"
        " with both are compared.",
        2,
    )
    if found.pairs < FEW:
        yield prose(f"{found.pairs} pairs are few: read the intervals before the changes.", 2)
    yield from ("", "CRONBACH'S ALPHA", prose(_ALPHA, 2))
    yield table([("scale", "team", "n", "before", "95 % interval", "n", "after", "95 % interval"), *_alphas(found)], 2)
    scales = [result for result in found.results if isinstance(result.what, Scale)]
    items = [result for result in found.results if not isinstance(result.what, Scale)]
    yield from ("", "CHANGE ON SCALES", prose(f"{_SCALES} {_CHANGE}", 2), *_changes(scales))
    yield from ("", "CHANGE ON ITEMS", prose("As they were answered; nothing is turned round.", 2), *_changes(items))
    failed = [f"{_named(result)}: {', '.join(result.failed)}" for result in found.results if result.failed]
    if failed:
        yield from ("", prose(f"What could not be computed is left out. {'; '.join(failed)}.", 2))
    tests = sum(result.change.p is not None for result in found.results)
    yield from ("", prose(f"{_ROOM} Of {tests} tests, {tests / 20:.0f} or so fall below p = .05 by luck alone.", 2))


def _alphas(found: Questionnaire) -> Iterator[tuple[str, ...]]:
    for result in found.results:
        if result.alpha_before is not None and result.alpha_after is not None:
            yield (_name(result), TEAMS[result.team], *_alpha(result.alpha_before), *_alpha(result.alpha_after))


def _alpha(alpha: Alpha) -> tuple[str, ...]:
    return str(alpha.n), figure(alpha.value), span(alpha.interval)


def _named(result: Result) -> str:
    return f"{result.what.key} of {TEAMS[result.team]}"


def _name(result: Result) -> str:
    """What a result is about; said once for its three teams."""
    if result.team != "us":
        return ""
    what = result.what
    return what.says if isinstance(what, Scale) else f"{what.key} {what.short}"


def _changes(results: Sequence[Result]) -> Iterator[str]:
    """A table of teams, with what they were asked between its rows."""
    head = ("team", "n", "before", "after", "change", "95 % interval", "g", "95 % interval", "p")
    first, *lines = table([head, *map(_change, results)], 4).splitlines()
    yield first
    for result, line in zip(results, lines, strict=True):
        if name := _name(result):
            yield f"  {name}"
        yield line


def _change(result: Result) -> tuple[str, ...]:
    of = result.change
    effect, ends = (None, None) if of.effect is None else (of.effect.g, of.effect.interval)
    return (
        TEAMS[result.team],
        str(of.n),
        figure(of.before),
        figure(of.after),
        figure(of.mean, of.interval, signed=True),
        span(of.interval, signed=True),
        figure(effect, ends, signed=True),
        span(ends, signed=True),
        chance(of.p),
    )


def _agreement(found: Findings) -> Iterator[str]:
    """Coders among themselves, and beside what was sealed."""
    codes = found.codes
    yield from ("", f"CODING: {counted(len(codes.coders), 'coder')}, {counted(codes.units, 'act')}")
    yield prose(f"coders: {', '.join(codes.coders)}", 2)
    if found.unknown:
        hint = "; --key takes the key of the sheets" if found.unknown == codes.units else ""
        yield prose(f"{counted(found.unknown, 'coded act')} belong to none of these sessions{hint}", 2)
    yield from ("", "KRIPPENDORFF'S ALPHA")
    if found.alphas:
        yield prose(_KRIPPENDORFF, 2)
        yield table([("variable", "level", "coders", "acts", "alpha", "95 % interval", "is"), *_krippendorff(found)], 2)
    else:
        yield prose("No variable is coded by two or more; agreement takes two.", 2)
    if found.pairs:
        yield from ("", "COHEN'S KAPPA", prose(_KAPPA, 2))
        yield table([("variable", "kappa", "acts", "is", "95 % interval", "coders"), *_kappas(found)], 2)
    if found.meanings:
        yield from _sealed(found)


def _krippendorff(found: Findings) -> Iterator[tuple[str, ...]]:
    last = ""
    for each in found.alphas:
        of, name = each.found, "" if each.variable.key == last else each.variable.key
        last = each.variable.key
        yield (name, each.level, str(each.coders), str(of.units), figure(of.value), span(of.interval), _firm(of.value))


def _firm(alpha: float | None) -> str:
    """How much can be built on an alpha."""
    if alpha is None:
        return "not to be told"
    return "firm" if alpha >= FIRM else "tentative" if alpha >= TENTATIVE else "too little"


def _kappas(found: Findings) -> Iterator[tuple[str, ...]]:
    for pair in found.pairs:
        of, kind = pair.found, "plain" if pair.level == "nominal" else "weighted"
        who = f"{pair.one}, {pair.two}"
        yield (pair.variable.key, kind, str(of.units), figure(of.value), span(of.interval), who)


def _sealed(found: Findings) -> Iterator[str]:
    yield from ("", "CODERS BESIDE WHAT WAS MEANT AND TAKEN", prose(_MEANINGS, 2))
    head = ("coder", "acts of", "beside", "acts", "bias", "error", "alpha", "95 % interval")
    yield table([head, *(_meaning(each) for each in found.meanings)], 2)
    yield from ("", "AS THE SENDER MEANT, OR AS THE RECEIVER TOOK IT", prose(_NEARER, 2))
    rows = [
        (
            each.coder,
            TEAMS[each.side],
            str(each.sessions.n),
            figure(each.sessions.mean, each.sessions.interval, signed=True),
            span(each.sessions.interval, signed=True),
            _leans(each.sessions.mean, each.sessions.interval),
        )
        for each in found.nearer
    ]
    yield table([("coder", "acts of", "sessions", "steps", "95 % interval", "reads as"), *rows], 2)


def _meaning(each: Meaning) -> tuple[str, ...]:
    of = each.agreement
    numbers = (str(each.acts), figure(each.bias, signed=True), figure(each.error), figure(of.value), span(of.interval))
    return (each.coder, TEAMS[each.side], each.against, *numbers)


def _leans(mean: float | None, interval: Interval | None) -> str:
    if mean is None:
        return NONE
    if interval is None or not interval.leaves_out_zero:
        return "not to be told"
    return "the receiver took it" if mean > 0 else "the sender meant it"


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


def figure(value: float | None, interval: Interval | None = None, *, signed: bool = False, most: int = 2) -> str:
    """A number with as many decimals as make two digits of half its interval, and at most so many."""
    if value is None:
        return NONE
    return _shown(value, _places(interval, most), signed)


def span(interval: Interval | None, *, signed: bool = False, most: int = 2) -> str:
    """An interval, from … to."""
    if interval is None:
        return NONE
    places = _places(interval, most)
    return f"{_shown(interval.low, places, signed)} … {_shown(interval.high, places, signed)}"


def chance(p: float | None) -> str:
    """A p, with three decimals at most."""
    if p is None:
        return NONE
    return "<.001" if p < 0.0005 else f"{p:.3f}"


def _places(interval: Interval | None, most: int) -> int:
    half = (interval.high - interval.low) / 2 if interval is not None else 0
    return max(0, most - (half >= 1) - (half >= 10))


def _shown(value: float, places: int, signed: bool) -> str:
    text = f"{value:.{places}f}"
    if not float(text):
        return text.removeprefix("-")
    return f"+{text}" if signed and value > 0 else text
