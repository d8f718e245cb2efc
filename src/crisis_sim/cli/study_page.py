"""A study as pages of text: the sessions and their measures first, then answers, then codes.

A number has no more digits than its interval bears out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from crisis_sim.cli.answer import prose, table
from crisis_sim.cli.language import language, say
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.research.study.answers import QuestionnaireScale
from crisis_sim.research.study.overview import said_of
from crisis_sim.research.study.study_measures import SECTIONS
from crisis_sim.wording import _, in_words, join_parts

if TYPE_CHECKING:
    from crisis_sim.research.study.agreement import AgreementFindings, CodedMeaning
    from crisis_sim.research.study.change import CronbachAlpha, Questionnaire, ScaleResult
    from crisis_sim.research.study.overview import Group, Interval, OverviewRow
    from crisis_sim.research.study.study_tables import Studied

NONE: Final = "–"
WORDS: Final = (_("nominal"), _("ordinal"), _("interval"), _("ratio"), _("intent"), _("reading"))
"""Levels of variables, and what codes are laid beside, by their ids."""
SIDES: Final = {"us": "US", "china": "China", "difference": _("US - China"), "": _("session")}

READ: Final = _(
    "Each session counts once, however many acts it has. The interval is where the mean lies with 95 % confidence, if "
    "these sessions stand for more of their kind (Student's t). US - China is taken within each session. Numbers have "
    "no more digits than their interval bears out; – is a number that is not there."
)
TEAMS: Final = {"us": "US", "china": "China", "all": _("both")}
FEW: Final = 10
"""People under which a change says little."""
FIRM: Final = 0.8
TENTATIVE: Final = 0.667
"""Krippendorff's limits."""

_SCALES: Final = _(
    "Understanding is the mean of eight items: how far people can tell what the other side means, and trust that "
    "they are understood. Pressure is the mean of two: less time and fewer options than they have. q6 (moral "
    "hazard) and q12 (transfer) stand alone, among the items."
)
_CHANGE: Final = _(
    "Change is after minus before, from 1 to 7. g is that change in standard deviations, corrected for small samples:"
    " by Cohen's rule of thumb .2 is small, .5 medium, .8 large. p is Wilcoxon's signed-rank test: how often chance "
    "alone would move so many answers so far."
)
_ROOM: Final = _(
    "People who played together have heard each other, and the intervals take them as independent: take them as the "
    "least that can be off."
)
_ALPHA: Final = _("Whether the items of a scale hang together: .70 and more is usual for one that is used as a whole.")
_KRIPPENDORFF: Final = _(
    "1 is full agreement and 0 no more than chance. By Krippendorff's rule {firm:.2f} and more is firm, "
    "{tentative:.3f} and more is tentative, and less is too little to build on. The level says which misses count: "
    "nominal any alike, ordinal by ranks, interval by distance, ratio by share. The interval comes from drawing acts "
    "again and again."
)
_KAPPA: Final = _(
    "Of two coders at a time, over the acts that both coded; weighted kappa takes a near miss for less of a miss, by "
    "the square of the distance."
)
_MEANINGS: Final = _(
    "Codes of hostility beside what was sealed: intent is what the sender meant, reading how the receiver took it. "
    "Bias above zero: the coder finds acts more hostile than that; error is the mean size of the difference, in "
    "steps."
)
_NEARER: Final = _(
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
    yield say("A STUDY OF {n:,} SESSION", plural="A STUDY OF {n:,} SESSIONS", n=len(played))
    yield prose(say("scenarios: {names}", names=_counts(each.scenario for each in played)), 2)
    yield prose(say("packs: {names}", names=_counts(each.packs for each in played)), 2)
    lengths = _counts(say("{length} minutes", length=each.length) for each in played)
    yield prose(say("lengths: {names}", names=lengths), 2)
    if bots := sum(each.has_bot for each in played):
        said = _("a bot plays a team in {n} of them: what follows says something of bots, not of people")
        yield prose(say(said, n=bots), 2)
    if left_out := len(found.sessions.passed):
        yield prose(say("left out: {n:,} log", plural="left out: {n:,} logs", n=left_out), 2)
    yield from ("", prose(say(READ)))


def _counts(names: Iterator[str]) -> str:
    counted = sorted(Counter(names).items())
    # Translators: between the items of a list
    return say(", ").join(say("{name} ({times})", name=name, times=times) for name, times in counted)


def _group(group: Group) -> Iterator[str]:
    count = len(group.sessions)
    sessions = say("{n:,} session", plural="{n:,} sessions", n=count)
    named = {"name": in_words(group.name, language()), "sessions": sessions}
    yield from ("", say("{name}: {sessions}", **named) if group.name else say("ALL SESSIONS"))
    if said := said_of(count):
        yield prose(in_words(said, language()), 2)
    rows = {(row.measure.key, row.side): row for row in group.rows}
    for section in SECTIONS:
        own = [row for (key, _side), row in rows.items() if key in {measure.key for measure in section.measures}]
        title = {"title": say(section.title).upper(), "side": say(section.side)}
        yield from ("", say("{title}  (US: {side})", **title))
        yield from _section(own)
    yield from ("", *_differences(group))


def _section(rows: Sequence[OverviewRow]) -> Iterator[str]:
    lines: list[tuple[str, ...]] = []
    last = ""
    for row in rows:
        if row.found.n:
            name = "" if row.measure.key == last else say(row.measure.says)
            lines.append((name, say(SIDES[row.side]), *_numbers(row), _alike(row)))
            last = row.measure.key
    if lines:
        yield table([_heads(_("measure"), _("of"), "n", "mean", _("sd"), "95 % interval", ""), *lines], 2)
    there = {row.measure.key for row in rows if row.found.n}
    missing = dict.fromkeys(_in_short(row) for row in rows if row.measure.key not in there)
    if missing:
        yield prose(say("in no session: {measures}", measures=say(", ").join(missing)), 2)


def _in_short(row: OverviewRow) -> str:
    """A measure without its unit."""
    return re.split("[,（]", say(row.measure.says))[0]


def _heads(*heads: str) -> tuple[str, ...]:
    """The heads of a table, in the reader's language."""
    return tuple(say(head) if head else "" for head in heads)


def _numbers(row: OverviewRow) -> tuple[str, ...]:
    of, signed = row.found, row.side == "difference" or (row.measure.low or 0) < 0
    mean = figure(of.mean, of.interval, signed=signed)
    return str(of.n), mean, figure(of.deviation, of.interval), span(of.interval, signed=signed)


def _alike(row: OverviewRow) -> str:
    """Why there is no interval, where there might be one."""
    return say("all alike") if row.found.n > 1 and row.found.interval is None else ""


def _differences(group: Group) -> Iterator[str]:
    """Which differences between the sides stand out, and how many would by luck."""
    pairs = [row for row in group.rows if row.side == "difference" and row.found.interval is not None]
    if not pairs:
        return
    out = [_in_short(row) for row in pairs if row.found.interval and row.found.interval.leaves_out_zero]
    luck = say("one in twenty leaves out zero by luck alone")
    if out:
        said = _(
            "The interval of the difference between the sides leaves out zero for {measures}. There are {n} such "
            "intervals, and {luck}."
        )
        yield prose(say(said, measures=say(", ").join(out), n=len(pairs), luck=luck), 2)
    else:
        said = _(
            "The interval of the difference between the sides leaves out zero nowhere. There are {n} such intervals, "
            "and {luck}."
        )
        yield prose(say(said, n=len(pairs), luck=luck), 2)


def _questionnaire(found: Questionnaire) -> Iterator[str]:
    """Scales and items, before and after."""
    yield from ("", say("QUESTIONNAIRE: {n:,} person", plural="QUESTIONNAIRE: {n:,} people", n=found.people))
    said = _("{pairs} before and after, {before} before alone, {after} after alone. Only those with both are compared.")
    yield prose(say(said, pairs=found.pairs, before=found.only_before, after=found.only_after), 2)
    if found.pairs < FEW:
        yield prose(say("{n} pairs are few: read the intervals before the changes.", n=found.pairs), 2)
    yield from ("", say("CRONBACH'S ALPHA"), prose(say(_ALPHA), 2))
    head = (_("scale"), _("team"), "n", "before", "95 % interval", "n", "after", "95 % interval")
    yield table([_heads(*head), *_alphas(found)], 2)
    scales = [result for result in found.results if isinstance(result.what, QuestionnaireScale)]
    items = [result for result in found.results if not isinstance(result.what, QuestionnaireScale)]
    both = one_after_another(map(say, (_SCALES, _CHANGE)))
    yield from ("", say("CHANGE ON SCALES"), prose(both, 2), *_changes(scales))
    turned = say("As they were answered; nothing is turned round.")
    yield from ("", say("CHANGE ON ITEMS"), prose(turned, 2), *_changes(items))
    failed = [
        say(
            "{what}: {why}",
            what=_named(result),
            why=say(", ").join(in_words(each, language()) for each in result.failed),
        )
        for result in found.results
        if result.failed
    ]
    if failed:
        said = say("What could not be computed is left out. {what}.", what=join_parts(failed, say))
        yield from ("", prose(said, 2))
    tests = sum(result.change.p is not None for result in found.results)
    luck = _("Of {tests} tests, {few:.0f} or so fall below p = .05 by luck alone.")
    both = one_after_another((say(_ROOM), say(luck, tests=tests, few=tests / 20)))
    yield from ("", prose(both, 2))


def _alphas(found: Questionnaire) -> Iterator[tuple[str, ...]]:
    for result in found.results:
        if result.alpha_before is not None and result.alpha_after is not None:
            yield (_name(result), say(TEAMS[result.team]), *_alpha(result.alpha_before), *_alpha(result.alpha_after))


def _alpha(alpha: CronbachAlpha) -> tuple[str, ...]:
    return str(alpha.n), figure(alpha.value), span(alpha.interval)


def _named(result: ScaleResult) -> str:
    return say("{what} of {team}", what=result.what.key, team=say(TEAMS[result.team]))


def _name(result: ScaleResult) -> str:
    """What a result is about; said once for its three teams."""
    if result.team != "us":
        return ""
    what = result.what
    return say(what.says) if isinstance(what, QuestionnaireScale) else f"{what.key} {say(what.short)}"


def _changes(results: Sequence[ScaleResult]) -> Iterator[str]:
    """A table of teams, with what they were asked between its rows."""
    head = ("team", "n", "before", "after", _("change"), "95 % interval", "g", "95 % interval", "p")
    first, *lines = table([_heads(*head), *map(_change, results)], 4).splitlines()
    yield first
    for result, line in zip(results, lines, strict=True):
        if name := _name(result):
            yield f"  {name}"
        yield line


def _change(result: ScaleResult) -> tuple[str, ...]:
    of = result.change
    effect, ends = (None, None) if of.effect is None else (of.effect.g, of.effect.interval)
    return (
        say(TEAMS[result.team]),
        str(of.n),
        figure(of.before),
        figure(of.after),
        figure(of.mean, of.interval, signed=True),
        span(of.interval, signed=True),
        figure(effect, ends, signed=True),
        span(ends, signed=True),
        chance(of.p),
    )


def _agreement(found: AgreementFindings) -> Iterator[str]:
    """Coders among themselves, and beside what was sealed."""
    codes = found.codes
    coders = say("{n:,} coder", plural="{n:,} coders", n=len(codes.coders))
    acts = say("{n:,} act", plural="{n:,} acts", n=codes.units)
    yield from ("", say("CODING: {coders}, {acts}", coders=coders, acts=acts))
    yield prose(say("coders: {names}", names=say(", ").join(codes.coders)), 2)
    if found.unknown:
        said = say(
            "{n:,} coded act belong to none of these sessions",
            plural="{n:,} coded acts belong to none of these sessions",
            n=found.unknown,
        )
        wants_key = found.unknown == codes.units
        yield prose(say("{said}; --key takes the key of the sheets", said=said) if wants_key else said, 2)
    yield from ("", say("KRIPPENDORFF'S ALPHA"))
    if found.alphas:
        yield prose(say(_KRIPPENDORFF, firm=FIRM, tentative=TENTATIVE), 2)
        head: tuple[str, ...] = (_("variable"), _("level"), _("coders"), "acts", _("alpha"), "95 % interval", _("is"))
        yield table([_heads(*head), *_krippendorff(found)], 2)
    else:
        yield prose(say("No variable is coded by two or more; agreement takes two."), 2)
    if found.pairs:
        yield from ("", say("COHEN'S KAPPA"), prose(say(_KAPPA), 2))
        one, *others = _heads("variable", _("kappa"), "acts", "95 % interval", "coders")
        yield table([(one, *others[:2], say("is", "a value"), *others[2:]), *_kappas(found)], 2)
    if found.meanings:
        yield from _sealed(found)


def _krippendorff(found: AgreementFindings) -> Iterator[tuple[str, ...]]:
    last = ""
    for each in found.alphas:
        of, name = each.found, "" if each.variable.key == last else each.variable.key
        last = each.variable.key
        yield (
            name,
            say(each.level),
            str(each.coders),
            str(of.units),
            figure(of.value),
            span(of.interval),
            _firm(of.value),
        )


def _firm(alpha: float | None) -> str:
    """How much can be built on an alpha."""
    if alpha is None:
        return say("not to be told")
    return say("firm" if alpha >= FIRM else "tentative" if alpha >= TENTATIVE else "too little")


def _kappas(found: AgreementFindings) -> Iterator[tuple[str, ...]]:
    for pair in found.pairs:
        of, kind = pair.found, say("plain" if pair.level == "nominal" else "weighted")
        who = say(", ").join((pair.one, pair.two))
        yield (pair.variable.key, kind, str(of.units), figure(of.value), span(of.interval), who)


def _sealed(found: AgreementFindings) -> Iterator[str]:
    yield from ("", say("CODERS BESIDE WHAT WAS MEANT AND TAKEN"), prose(say(_MEANINGS), 2))
    head: tuple[str, ...] = (_("coder"), "acts of", _("beside"), "acts", "bias", "error", "alpha", "95 % interval")
    yield table([_heads(*head), *(_meaning(each) for each in found.meanings)], 2)
    yield from ("", say("AS THE SENDER MEANT, OR AS THE RECEIVER TOOK IT"), prose(say(_NEARER), 2))
    rows = [
        (
            in_words(each.coder, language()),
            say(TEAMS[each.side]),
            str(each.sessions.n),
            figure(each.sessions.mean, each.sessions.interval, signed=True),
            span(each.sessions.interval, signed=True),
            _leans(each.sessions.mean, each.sessions.interval),
        )
        for each in found.nearer
    ]
    head = ("coder", "acts of", "sessions", "steps", "95 % interval", _("reads as"))
    yield table([_heads(*head), *rows], 2)


def _meaning(each: CodedMeaning) -> tuple[str, ...]:
    of = each.agreement
    numbers = (str(each.acts), figure(each.bias, signed=True), figure(each.error), figure(of.value), span(of.interval))
    return (in_words(each.coder, language()), say(TEAMS[each.side]), say(each.against), *numbers)


def _leans(mean: float | None, interval: Interval | None) -> str:
    if mean is None:
        return NONE
    if interval is None or not interval.leaves_out_zero:
        return say("not to be told")
    return say("the receiver took it" if mean > 0 else "the sender meant it")


def figure(value: float | None, interval: Interval | None = None, *, signed: bool = False) -> str:
    """A number with as many decimals as make two digits of half its interval, and at most two."""
    if value is None:
        return NONE
    return _shown(value, _places(interval), signed)


def span(interval: Interval | None, *, signed: bool = False) -> str:
    """An interval, from … to."""
    if interval is None:
        return NONE
    places = _places(interval)
    return f"{_shown(interval.low, places, signed)} … {_shown(interval.high, places, signed)}"


def chance(p: float | None) -> str:
    """A p, with three decimals at most."""
    if p is None:
        return NONE
    return "<.001" if p < 0.0005 else f"{p:.3f}"


def _places(interval: Interval | None) -> int:
    half = (interval.high - interval.low) / 2 if interval is not None else 0
    return 2 - (half >= 1) - (half >= 10)


def _shown(value: float, places: int, signed: bool) -> str:
    text = f"{value:.{places}f}"
    if not float(text):
        return text.removeprefix("-")
    return f"+{text}" if signed and value > 0 else text
