"""How far coders agree, and whether they read an act as its sender meant it or as its receiver took it.

Beside the sealed meanings stands the mean of the coders' codes of hostility, and each coder alone. Who is nearer is
asked session by session, since the acts of one session are not independent.

The alpha is reckoned here: it is one short formula, and its interval asks for it a thousand times over the same codes.
Sources. Cohen 1960, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, and
1968 for weights, which are quadratic here; Krippendorff 2011, "Computing Krippendorff's alpha-reliability". The
interval of a kappa is the one of statsmodels, from its standard error. That of an alpha comes from resampling acts
(after Hayes and Krippendorff 2007, "Answering the call for a standard reliability measure for coding data"), with a
seed that is always the same.
"""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from statistics import fmean
from typing import Final, Literal, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray
from statsmodels.stats.inter_rater import cohens_kappa  # type: ignore[import-untyped]  # statsmodels has no types

from crisis_sim.errors import Sentence
from crisis_sim.research.study.codes import HOSTILITY, Code, CodedUnit, Codes, MeasurementLevel, Variable
from crisis_sim.research.study.overview import Interval, Summary, summary
from crisis_sim.research.study.studied_sessions import Played

Item = TypeVar("Item", bound=Hashable)
RESAMPLES: Final = 1_000
SEED: Final = 20_211
ENOUGH: Final = 10
"""Acts under which no interval is given."""


class Agreement(NamedTuple):
    """How far coders agree, 1 being wholly and 0 no more than by chance."""

    units: int
    """Acts coded by two or more."""
    value: float | None
    """None where there is too little to tell, or where everything was coded alike."""
    interval: Interval | None = None


def alpha(rows: Sequence[Mapping[Item, Code]], level: MeasurementLevel) -> Agreement:
    """Krippendorff's alpha of coders; each row holds what one says, by act."""
    units = [
        unit for unit in dict.fromkeys(unit for row in rows for unit in row) if sum(unit in row for row in rows) > 1
    ]
    domain = _domain(row[unit] for unit in units for row in rows if unit in row)
    if len(domain) < 2:
        return Agreement(len(units), None)
    places = {code: place for place, code in enumerate(domain)}
    counts = np.zeros((len(units), len(domain)), dtype=np.int64)
    for at, unit in enumerate(units):
        for row in rows:
            if unit in row:
                counts[at, places[row[unit]]] += 1
    values = np.array(range(len(domain)) if level == "nominal" else domain, dtype=np.float64)
    pairs = pairs_of(counts)
    found = alpha_of_draw(counts, pairs, np.ones(len(units), dtype=np.int64), values, level)
    if not np.isfinite(found):
        return Agreement(len(units), None)
    return Agreement(len(units), found, _resampled(counts, pairs, values, level))


def _resampled(
    counts: NDArray[np.int64], pairs: Pairs, values: NDArray[np.float64], level: MeasurementLevel
) -> Interval | None:
    """The middle 95 % of the alphas of as many acts drawn from these, again and again."""
    if len(counts) < ENOUGH:
        return None
    luck = np.random.default_rng(SEED)
    even = np.full(len(counts), 1 / len(counts))
    drawn = (luck.multinomial(len(counts), even) for _ in range(RESAMPLES))
    found = [alpha_of_draw(counts, pairs, times, values, level) for times in drawn]
    there = [each for each in found if np.isfinite(each)]
    if len(there) < RESAMPLES // 2:
        return None
    low, high = np.percentile(there, [2.5, 97.5])
    return Interval(float(low), float(high))


class Pairs(NamedTuple):
    """Every two codes of one act, both ways."""

    act: NDArray[np.int64]
    one: NDArray[np.int64]
    two: NDArray[np.int64]
    weight: NDArray[np.float64]
    """How many such pairs, by one less than the codes of the act."""


def pairs_of(counts: NDArray[np.int64]) -> Pairs:
    """The pairs of acts that were coded so often with each value."""
    acts, ones, twos, weights = list[int](), list[int](), list[int](), list[float]()
    for act, row in enumerate(counts):
        there = [int(place) for place in np.flatnonzero(row)]
        for one in there:
            for two in there:
                acts.append(act)
                ones.append(one)
                twos.append(two)
                weights.append(row[one] * (row[two] - (one == two)) / (row.sum() - 1))
    return Pairs(np.array(acts), np.array(ones), np.array(twos), np.array(weights))


def alpha_of_draw(
    counts: NDArray[np.int64],
    pairs: Pairs,
    times: NDArray[np.int64],
    values: NDArray[np.float64],
    level: MeasurementLevel,
) -> float:
    """Krippendorff's alpha, 1 minus observed by expected disagreement, of acts each taken so many times.

    Each act was coded twice or more. NaN where all codes are alike.
    """
    margins = (times @ counts).astype(np.float64)
    distances = _distances(margins, values, level)
    observed = float((times[pairs.act] * pairs.weight * distances[pairs.one, pairs.two]).sum())
    chance = float(margins @ distances @ margins) / (margins.sum() - 1)
    return 1 - observed / chance if chance else float("nan")


def _distances(
    margins: NDArray[np.float64], values: NDArray[np.float64], level: MeasurementLevel
) -> NDArray[np.float64]:
    """Krippendorff's squared distances between values."""
    if level == "nominal":
        return 1 - np.eye(len(values))
    scores = np.cumsum(margins) - margins / 2 if level == "ordinal" else values
    apart = np.subtract.outer(scores, scores)
    if level == "ratio":
        total = np.add.outer(values, values)
        apart = np.divide(apart, total, out=np.zeros_like(apart), where=total != 0)
    return np.square(apart)


def kappa(one: Mapping[Item, Code], two: Mapping[Item, Code], level: MeasurementLevel) -> Agreement:
    """Cohen's kappa of two coders over the acts that both coded.

    Nominal it is plain; ordinal or interval it is weighted by the square of the distance, in ranks or in values.
    """
    units = [unit for unit in one if unit in two]
    domain = _domain(code for unit in units for code in (one[unit], two[unit]))
    if len(domain) < 2:
        return Agreement(len(units), None)
    places = {code: place for place, code in enumerate(domain)}
    table = np.zeros((len(domain), len(domain)))
    for unit in units:
        table[places[one[unit]], places[two[unit]]] += 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a variance that is not there divides by nothing
        found = cohens_kappa(table, **_weights(domain, level))
    value, low, high = float(found.kappa), float(found.kappa_low), float(found.kappa_upp)
    if not np.isfinite(value):
        return Agreement(len(units), None)
    is_sure = len(units) >= ENOUGH and np.isfinite(low) and np.isfinite(high) and low < high
    return Agreement(len(units), value, Interval(max(low, -1.0), min(high, 1.0)) if is_sure else None)


def _weights(domain: Sequence[Code], level: MeasurementLevel) -> dict[str, object]:
    """How statsmodels is told to weigh a miss."""
    if level == "nominal":
        return {}
    scores = range(len(domain)) if level == "ordinal" else domain
    return {"weights": np.array(scores, dtype=np.float64), "wt": "quadratic"}


def _domain(codes: Iterable[Code]) -> list[Code]:
    """The codes in use, in their order."""
    return sorted(set(codes), key=lambda code: (isinstance(code, str), code))


Against: TypeAlias = Literal["intent", "reading"]
TOGETHER: Final = Sentence("all coders")
MOST_PAIRS: Final = 45
"""Pairs of coders that are told; ten coders have so many."""

Sealed: TypeAlias = tuple[int, int | None]
"""Intent and reading of an act."""


class KrippendorffAlpha(NamedTuple):
    """All coders of a variable together."""

    variable: Variable
    level: MeasurementLevel
    coders: int
    found: Agreement


class Pair(NamedTuple):
    """Two coders of a variable."""

    variable: Variable
    level: MeasurementLevel
    """Nominal is plain kappa; otherwise it is weighted."""
    one: str
    two: str
    found: Agreement


class CodedMeaning(NamedTuple):
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


class AgreementFindings(NamedTuple):
    """Everything that the codes say."""

    codes: Codes
    alphas: tuple[KrippendorffAlpha, ...]
    pairs: tuple[Pair, ...]
    meanings: tuple[CodedMeaning, ...]
    nearer: tuple[Nearer, ...]
    unknown: int
    """Coded acts that are in none of the sessions."""


def agreement(codes: Codes, sessions: Sequence[Played]) -> AgreementFindings:
    """What coders agree on, and whom they agree with; the latter only where there are sessions."""
    sealed = {unit: meanings for session in sessions for unit, meanings in _sealed(session)}
    coded = {unit for _, by in codes.coded for row in by.values() for unit in row}
    hostility = next((by for variable, by in codes.coded if variable == HOSTILITY), {})
    raters = _raters(hostility) if sealed else {}
    return AgreementFindings(
        codes=codes,
        alphas=tuple(_alphas(codes)),
        pairs=tuple(_pairs(codes)),
        meanings=tuple(_meanings(raters, sealed)),
        nearer=tuple(_nearer(raters, sealed)),
        unknown=len(coded - sealed.keys()) if sessions else 0,
    )


def _sealed(session: Played) -> Iterator[tuple[CodedUnit, Sealed]]:
    """The acts of a session under both names that it may go by."""
    for name in {session.name, session.session}:
        for act in session.acts:
            yield (name, act.side, act.turn, act.order), (act.intent, act.reading)


def _alphas(codes: Codes) -> Iterator[KrippendorffAlpha]:
    for variable, by in codes.coded:
        if len(by) > 1:
            rows = [by[coder] for coder in codes.coders if coder in by]
            for level in variable.levels:
                yield KrippendorffAlpha(variable, level, len(by), alpha(rows, level))


def _pairs(codes: Codes) -> Iterator[Pair]:
    for variable, by in codes.coded:
        coders = [coder for coder in codes.coders if coder in by]
        if variable.lowest != "nominal" or len(coders) * (len(coders) - 1) // 2 > MOST_PAIRS:
            continue
        weighted: MeasurementLevel = "ordinal" if variable.level == "ordinal" else "interval"
        levels: tuple[MeasurementLevel, ...] = ("nominal",) if variable.level == "nominal" else ("nominal", weighted)
        for one, two in combinations(coders, 2):
            for level in levels:
                yield Pair(variable, level, one, two, kappa(by[one], by[two], level))


def _raters(hostility: Mapping[str, Mapping[CodedUnit, Code]]) -> dict[str, dict[CodedUnit, float]]:
    """All coders together, if there are several, and each alone."""
    each = {coder: {unit: float(code) for unit, code in row.items()} for coder, row in sorted(hostility.items())}
    if len(each) < 2:
        return each
    units = dict.fromkeys(unit for row in each.values() for unit in row)
    together = {unit: fmean([row[unit] for row in each.values() if unit in row]) for unit in units}
    return {TOGETHER: together, **each}


def _meanings(
    raters: Mapping[str, Mapping[CodedUnit, float]], sealed: Mapping[CodedUnit, Sealed]
) -> Iterator[CodedMeaning]:
    for coder, side in _told(raters):
        both = {unit: (code, *sealed[unit]) for unit, code in raters[coder].items() if _is_of(side, unit, sealed)}
        pairs: dict[Against, dict[CodedUnit, tuple[float, int]]] = {
            "intent": {unit: (code, intent) for unit, (code, intent, _) in both.items()},
            "reading": {unit: (code, taken) for unit, (code, _, taken) in both.items() if taken is not None},
        }
        for against, found in pairs.items():
            gaps = [code - meant for code, meant in found.values()]
            rows: list[Mapping[CodedUnit, Code]] = [
                {unit: code for unit, (code, _) in found.items()},
                {unit: float(meant) for unit, (_, meant) in found.items()},
            ]
            yield CodedMeaning(
                coder=coder,
                side=side,
                against=against,
                acts=len(gaps),
                bias=fmean(gaps) if gaps else None,
                error=fmean(map(abs, gaps)) if gaps else None,
                agreement=alpha(rows, "interval"),
            )


def _nearer(raters: Mapping[str, Mapping[CodedUnit, float]], sealed: Mapping[CodedUnit, Sealed]) -> Iterator[Nearer]:
    for coder, side in _told(raters):
        by_session: dict[str, list[float]] = {}
        for unit, code in raters[coder].items():
            if _is_of(side, unit, sealed):
                intent, reading = sealed[unit]
                if reading is not None:
                    by_session.setdefault(unit[0], []).append(abs(code - intent) - abs(code - reading))
        yield Nearer(coder, side, summary([fmean(found) for found in by_session.values()], -6, 6))


def _told(raters: Mapping[str, Mapping[CodedUnit, float]]) -> Iterator[tuple[str, str]]:
    """Coders and sides that are told: the first, who speaks for all, by sides too."""
    for place, coder in enumerate(raters):
        yield coder, "all"
        if not place:
            yield from ((coder, "us"), (coder, "china"))


def _is_of(side: str, unit: CodedUnit, sealed: Mapping[CodedUnit, Sealed]) -> bool:
    return unit in sealed and side in ("all", unit[1])
