"""The pages of a study about people: what their questionnaires say, and how far those who code acts agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from crisis_sim.cli.answer import prose, table
from crisis_sim.cli.figures import NONE, chance, figure, span
from crisis_sim.cli.logs import counted
from crisis_sim.research.study.answers import Scale

if TYPE_CHECKING:
    from crisis_sim.research.study.agreement import Findings, Meaning
    from crisis_sim.research.study.change import Alpha
    from crisis_sim.research.study.intervals import Interval
    from crisis_sim.research.study.questionnaire import Questionnaire, Result

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


def questionnaire_page(found: Questionnaire) -> Iterator[str]:
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


def agreement_page(found: Findings) -> Iterator[str]:
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
        yield (name, each.level, str(each.coders), str(of.units), figure(of.value), span(of.interval), firm(of.value))


def firm(alpha: float | None) -> str:
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
