"""What the persons of a team had said alone, act by act, in that team's own report and in no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.measures.meanings import EachAlone
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.pages.blocks import Heading, prose, table_of
from crisis_sim.pages.opening import name_of
from crisis_sim.pages.phrases import signed, taken_as
from crisis_sim.pages.teller import head_for
from crisis_sim.report.report_blocks import ReportBlock, Reporter
from crisis_sim.rules.names import Side
from crisis_sim.wording import _


def persons_apart(
    opened: HotwashFacts | None, side: Side, measured: Sequence[EachAlone], say: Reporter
) -> Iterator[ReportBlock]:
    """Each act of which somebody said alone how it takes it, beside the team's reading; nothing before the hotwash."""
    if opened is None or not opened.spreads:
        return
    yield Heading(say("Each of us alone, before we talked"))
    pairs = {name_of(pair): pair for pair in opened.pairs}
    rows = []
    for each in opened.spreads:
        pair = pairs[each.act]
        alone = ", ".join(f"{label} {signed(value)}" for value, label in each.said)
        together = "–" if pair.reading is None else taken_as(say, pair.reading)
        apart = str(each.said[-1][0] - each.said[0][0]) if len(each.said) > 1 else "–"
        rows.append((str(pair.turn), head_for(pair.act, side, say), alone, together, apart))
    heads = ("turn", "what it was", _("each alone"), "we took it as", _("steps apart"))
    yield table_of((*map(say, heads),), tuple(rows), frozenset({0, 4}), frozenset({1, 2}))
    for of in measured:
        if of.side == side:
            yield prose(alone_told(of, say), "quiet")


def alone_told(of: EachAlone, say: Reporter) -> str:
    """How far apart persons were, and how far the team was from them."""
    words = {"spread": fraction_printed(of.spread), "n": of.acts}
    told = say(
        "Of {n} act two or more of us said so: {spread} steps apart.",
        plural="Of {n} acts two or more of us said so: on average {spread} steps apart.",
        **words,
    )
    if of.shift is None:
        return told
    shift = say(
        "Together we then took them, against the mean of what each had said, by {shift} steps "
        "(above zero: as more hostile).",
        shift=fraction_printed(of.shift, signed=True),
    )
    return say("{one} {two}", one=told, two=shift)
