"""How far coders agree with each other, and whether they read an act as its sender meant it or as its receiver took it.

Beside the sealed meanings stands the mean of the coders' codes of hostility, and each coder alone. Who is nearer is
asked session by session, since the acts of one session are not independent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from statistics import fmean
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.research.study.coders import Agreement, alpha, kappa
from crisis_sim.research.study.codes import HOSTILITY, Code, Codes, Level, Unit, Variable
from crisis_sim.research.study.intervals import Summary, summary
from crisis_sim.research.study.sessions import Played

Against: TypeAlias = Literal["intent", "reading"]
TOGETHER: Final = "all coders"
MOST_PAIRS: Final = 45
"""Pairs of coders that are told; ten coders have so many."""

Sealed: TypeAlias = tuple[int, int | None]
"""Intent and reading of an act."""


class Alpha(NamedTuple):
    """All coders of a variable together."""

    variable: Variable
    level: Level
    coders: int
    found: Agreement


class Pair(NamedTuple):
    """Two coders of a variable."""

    variable: Variable
    level: Level
    """Nominal is plain kappa; otherwise it is weighted."""
    one: str
    two: str
    found: Agreement


class Meaning(NamedTuple):
    """A coder's codes of hostility beside one of the two sealed meanings."""

    coder: str
    side: str
    """Whose acts: us, china or all."""
    against: Against
    acts: int
    bias: float | None
    """Mean of code minus meaning, in steps: above zero, the coder found acts more hostile."""
    error: float | None
    """Mean size of code minus meaning, in steps."""
    agreement: Agreement
    """Krippendorff's alpha, interval, of the two."""


class Nearer(NamedTuple):
    """Whose meaning a coder is nearer to: how much further off intents are than readings."""

    coder: str
    side: str
    sessions: Summary
    """Mean over sessions, in steps: above zero, the coder read as the receiver did."""


class Findings(NamedTuple):
    """Everything that the codes say."""

    codes: Codes
    alphas: tuple[Alpha, ...]
    pairs: tuple[Pair, ...]
    meanings: tuple[Meaning, ...]
    nearer: tuple[Nearer, ...]
    unknown: int
    """Coded acts that are in none of the sessions."""


def agreement(codes: Codes, sessions: Sequence[Played]) -> Findings:
    """What coders agree on, and whom they agree with; the latter only where there are sessions."""
    sealed = {unit: meanings for session in sessions for unit, meanings in _sealed(session)}
    coded = {unit for _, by in codes.coded for row in by.values() for unit in row}
    hostility = next((by for variable, by in codes.coded if variable == HOSTILITY), {})
    raters = _raters(hostility) if sealed else {}
    return Findings(
        codes=codes,
        alphas=tuple(_alphas(codes)),
        pairs=tuple(_pairs(codes)),
        meanings=tuple(_meanings(raters, sealed)),
        nearer=tuple(_nearer(raters, sealed)),
        unknown=len(coded - sealed.keys()) if sessions else 0,
    )


def _sealed(session: Played) -> Iterator[tuple[Unit, Sealed]]:
    """The acts of a session under both names that it may go by."""
    for name in {session.name, session.session}:
        for act in session.acts:
            yield (name, act.side, act.turn, act.order), (act.intent, act.reading)


def _alphas(codes: Codes) -> Iterator[Alpha]:
    for variable, by in codes.coded:
        if len(by) > 1:
            rows = [by[coder] for coder in codes.coders if coder in by]
            for level in variable.levels:
                yield Alpha(variable, level, len(by), alpha(rows, level))


def _pairs(codes: Codes) -> Iterator[Pair]:
    for variable, by in codes.coded:
        coders = [coder for coder in codes.coders if coder in by]
        if variable.lowest != "nominal" or len(coders) * (len(coders) - 1) // 2 > MOST_PAIRS:
            continue
        weighted: Level = "ordinal" if variable.level == "ordinal" else "interval"
        levels: tuple[Level, ...] = ("nominal",) if variable.level == "nominal" else ("nominal", weighted)
        for one, two in combinations(coders, 2):
            for level in levels:
                yield Pair(variable, level, one, two, kappa(by[one], by[two], level))


def _raters(hostility: Mapping[str, Mapping[Unit, Code]]) -> dict[str, dict[Unit, float]]:
    """All coders together, if there are several, and each alone."""
    each = {coder: {unit: float(code) for unit, code in row.items()} for coder, row in sorted(hostility.items())}
    if len(each) < 2:
        return each
    units = dict.fromkeys(unit for row in each.values() for unit in row)
    together = {unit: fmean([row[unit] for row in each.values() if unit in row]) for unit in units}
    return {TOGETHER: together, **each}


def _meanings(raters: Mapping[str, Mapping[Unit, float]], sealed: Mapping[Unit, Sealed]) -> Iterator[Meaning]:
    for coder, side in _told(raters):
        both = {unit: (code, *sealed[unit]) for unit, code in raters[coder].items() if _is_of(side, unit, sealed)}
        pairs: dict[Against, dict[Unit, tuple[float, int]]] = {
            "intent": {unit: (code, intent) for unit, (code, intent, _) in both.items()},
            "reading": {unit: (code, taken) for unit, (code, _, taken) in both.items() if taken is not None},
        }
        for against, found in pairs.items():
            gaps = [code - meant for code, meant in found.values()]
            rows: list[Mapping[Unit, Code]] = [
                {unit: code for unit, (code, _) in found.items()},
                {unit: float(meant) for unit, (_, meant) in found.items()},
            ]
            yield Meaning(
                coder=coder,
                side=side,
                against=against,
                acts=len(gaps),
                bias=fmean(gaps) if gaps else None,
                error=fmean(map(abs, gaps)) if gaps else None,
                agreement=alpha(rows, "interval"),
            )


def _nearer(raters: Mapping[str, Mapping[Unit, float]], sealed: Mapping[Unit, Sealed]) -> Iterator[Nearer]:
    for coder, side in _told(raters):
        by_session: dict[str, list[float]] = {}
        for unit, code in raters[coder].items():
            if _is_of(side, unit, sealed):
                intent, reading = sealed[unit]
                if reading is not None:
                    by_session.setdefault(unit[0], []).append(abs(code - intent) - abs(code - reading))
        yield Nearer(coder, side, summary([fmean(found) for found in by_session.values()], -6, 6))


def _told(raters: Mapping[str, Mapping[Unit, float]]) -> Iterator[tuple[str, str]]:
    """Coders and sides that are told: the first, who speaks for all, by sides too."""
    for place, coder in enumerate(raters):
        yield coder, "all"
        if not place:
            yield from ((coder, "us"), (coder, "china"))


def _is_of(side: str, unit: Unit, sealed: Mapping[Unit, Sealed]) -> bool:
    return unit in sealed and side in ("all", unit[1])
