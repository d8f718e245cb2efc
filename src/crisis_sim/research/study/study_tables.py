"""What a study found, and that as tidy tables: a row for each number, with its interval, and a codebook beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from crisis_sim import __version__
from crisis_sim.research.columns import ExportValue, Sheet, codebook, head_of, lines_of, sheet
from crisis_sim.research.study.agreement import AgreementFindings
from crisis_sim.research.study.change import CronbachAlpha, Questionnaire
from crisis_sim.research.study.overview import Group, Interval, each_value
from crisis_sim.research.study.studied_sessions import Sessions
from crisis_sim.research.study.study_measures import SECTIONS
from crisis_sim.wording import Say, _, plain

StudyRow: TypeAlias = tuple[ExportValue, ...]


MEASURES: Final = sheet("measures", "measure of a side, over the sessions of a group", "group", "measure", "side")
VALUES: Final = sheet("values", "measure of a side in a session", "session", "measure", "side")
QUESTIONNAIRE: Final = sheet("questionnaire", "scale or item, of a team", "what", "team")
AGREEMENT: Final = sheet("agreement", "coefficient", "variable", "statistic", "level", "one", "two", "side")


def measure_rows(found: Sequence[Group]) -> Iterator[StudyRow]:
    """The rows of `measures`."""
    sections = {measure.key: section.title for section in SECTIONS for measure in section.measures}
    for group in found:
        for row in group.rows:
            of = row.found
            numbers = (of.n, of.mean, of.deviation, *_ends(of.interval))
            yield (group.name, sections[row.measure.key], row.measure.key, row.side, *numbers)


def value_rows(found: Sequence[Group]) -> Iterator[StudyRow]:
    """The rows of `values`, in the order of names: that of files would tell when each session was played."""
    for group in found:
        for session, measure, side, value in each_value(sorted(group.sessions, key=lambda each: each.name)):
            yield (session.name, session.arm, session.scenario, session.packs, session.length, measure.key, side, value)


def questionnaire_rows(found: Questionnaire) -> Iterator[StudyRow]:
    """The rows of `questionnaire`."""
    for result in found.results:
        of = result.change
        effect = (None, None, None) if of.effect is None else (of.effect.g, *_ends(of.effect.interval))
        means = (of.n, of.before, of.spread_before, of.after, of.spread_after)
        change = (of.mean, *_ends(of.interval), *effect, of.moved, of.statistic, of.p)
        alphas = (*_alpha(result.alpha_before), *_alpha(result.alpha_after))
        yield (result.what.key, result.team, *means, *change, *alphas, ", ".join(result.failed))


def _alpha(found: CronbachAlpha | None) -> StudyRow:
    return (None,) * 4 if found is None else (found.n, found.value, *_ends(found.interval))


def agreement_rows(found: AgreementFindings) -> Iterator[StudyRow]:
    """The rows of `agreement`."""
    for each in found.alphas:
        of = each.found
        key = (each.variable.key, "krippendorff", each.level, "all coders", "", "all")
        yield (*key, of.units, of.value, *_ends(of.interval))
    for pair in found.pairs:
        of, plain = pair.found, pair.level == "nominal"
        key = (pair.variable.key, "kappa" if plain else "kappa_weighted", pair.level, pair.one, pair.two, "all")
        yield (*key, of.units, of.value, *_ends(of.interval))
    for beside in found.meanings:
        ends = (beside.coder, beside.against, beside.side, beside.acts)
        of = beside.agreement
        yield ("hostility", "bias", "interval", *ends, beside.bias, None, None)
        yield ("hostility", "error", "interval", *ends, beside.error, None, None)
        yield ("hostility", "krippendorff", "interval", *ends, of.value, *_ends(of.interval))
    for nearer in found.nearer:
        said = nearer.sessions
        yield (
            "hostility",
            "nearer",
            "interval",
            nearer.coder,
            "",
            nearer.side,
            said.n,
            said.mean,
            *_ends(said.interval),
        )


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)


def files(tables: Mapping[Sheet, Sequence[StudyRow]], say: Say = plain) -> dict[str, bytes]:
    """The tables as CSV, and their codebook in the reader's language, by the names of the files."""
    written = {f"{sheet.name}.csv": (head_of(sheet) + lines_of(rows)).encode() for sheet, rows in tables.items()}
    book = codebook(say(_ABOUT, version=__version__), ((sheet, f"{sheet.name}.csv") for sheet in tables), say)
    return {**written, "codebook.md": (book + (_measures(say) if MEASURES in tables else "")).encode()}


def _measures(say: Say) -> str:
    """What stands in the column `measure`, with units and ends."""
    rows = [
        f"| `{of.key}` | {say(of.says)} | {say(section.side if of.sided else _('the session'))} "
        f"| {_end(of.low)} | {_end(of.high)} |"
        for section in SECTIONS
        for of in section.measures
    ]
    head = [f"| {' | '.join(map(say, _HEADS))} |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([f"\n## {say('What the measures are')}\n", *head, *rows]) + "\n"


def _end(end: float | None) -> str:
    return "" if end is None else f"{end:g}"


_HEADS: Final = (_("measure"), _("says"), _("for `us`; for `china` the other way round"), _("least"), _("most"))
_ABOUT: Final = _("""Tables of a study by crisis-sim {version}. An empty cell is a value that is not there. Numbers have
up to six decimals, which is more than they are good for; the intervals say how much they are good for.
""")


class Studied(NamedTuple):
    """What came of a study; None for what was not asked for."""

    sessions: Sessions
    groups: tuple[Group, ...] | None
    questionnaire: Questionnaire | None
    agreement: AgreementFindings | None


def tables_of(found: Studied) -> dict[Sheet, Sequence[StudyRow]]:
    """What was found as tables."""
    made: dict[Sheet, Sequence[StudyRow]] = {}
    if found.groups is not None:
        made[MEASURES] = list(measure_rows(found.groups))
        made[VALUES] = list(value_rows(found.groups))
    if found.questionnaire is not None:
        made[QUESTIONNAIRE] = list(questionnaire_rows(found.questionnaire))
    if found.agreement is not None:
        made[AGREEMENT] = list(agreement_rows(found.agreement))
    return made
