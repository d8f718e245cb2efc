"""The acts of a session as one team knows them: its own with what it meant, the other's with how it read them.

What its persons had said alone stands beside these, in that team's own report and in no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.act_views import act_for
from crisis_sim.engine.views.hotwash_facts import HotwashFacts
from crisis_sim.measures.meanings import EachAlone
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.pages.blocks import Heading, prose, table_of
from crisis_sim.pages.opening import name_of
from crisis_sim.pages.phrases import format_signed, taken_as
from crisis_sim.pages.translator import Translator, head_for, words_for
from crisis_sim.report.report_blocks import ReportBlock, Reporter
from crisis_sim.rules.facts import value_or_none
from crisis_sim.rules.names import Audience, Side, other
from crisis_sim.wording import _


class KnownAct(NamedTuple):
    """An act as the team knows it: its own with what it meant, or the other's with how it was read."""

    turn: int
    """In which it was sent, or reached us."""
    name: str
    head: str
    text: str
    move: str
    """Empty for the other's."""
    move_name: str
    """The move's name."""
    is_public: bool
    has_arrived: bool
    """As far as the team knows: it is public, was answered, or was shown to both; and what reached us has.

    Once the hotwash has opened everything, whether it did."""
    intent: int | None
    expected: int | None
    """How its sender expected it to be taken, as far as the team may know and it was asked."""
    reading: int | None
    sure: int | None
    audience: Audience | None
    """Whom public words were mainly for, as far as the team may know."""
    taken_for: Audience | None


def own_acts(state: State, table: GameTable, side: Side, say: Translator, *, is_opened: bool) -> Iterator[KnownAct]:
    """What the team sent and meant; how it was taken where that was shown to both, or the hotwash opened it."""
    read = {item.act: item for item in state.team(other(side)).inbox}
    answered = {state.sent(item.act).act.answers for item in state.team(side).inbox}
    for (sender, turn, order), sent in state.acts.items():
        if sender == side:
            act, shown = act_for(table, sent, side), read.get(sent.act.key) if sent.revealed or is_opened else None
            yield KnownAct(
                turn=turn,
                name=f"{turn}.{order}",
                head=head_for(act, side, say),
                text=words_for(act, say),
                move=sent.act.move,
                move_name=say.move(sent.act.move),
                is_public=sent.act.visibility == "public",
                has_arrived=sent.act.visibility == "public"
                or sent.act.key in answered
                or sent.revealed
                or (is_opened and sent.arrived > 0),
                intent=sent.act.intent,
                expected=value_or_none(sent.act.expected),
                reading=None if shown is None else shown.hostility,
                sure=None,
                audience=value_or_none(sent.act.audience),
                taken_for=None if shown is None else shown.audience,
            )


def their_acts(state: State, table: GameTable, side: Side, say: Translator, *, is_opened: bool) -> Iterator[KnownAct]:
    """What reached the team and how it read that; what was meant where that was shown to both, or opened since."""
    for number, item in enumerate(state.team(side).inbox, 1):
        sent = state.sent(item.act)
        act, shown = act_for(table, sent, side), sent.revealed or is_opened
        head = head_for(act, side, say)
        yield KnownAct(
            turn=item.turn,
            name=say("no. {n}", n=number),
            head=head,
            text=words_for(act, say),
            move="",
            move_name=say.move(sent.act.move) if sent.unclear is None else head,
            is_public=sent.act.visibility == "public",
            has_arrived=True,
            intent=sent.act.intent if shown else None,
            expected=value_or_none(sent.act.expected) if shown else None,
            reading=item.hostility,
            sure=item.confidence,
            audience=value_or_none(sent.act.audience) if shown else None,
            taken_for=item.audience,
        )


def mixed_turns(own: Iterable[KnownAct], table: GameTable) -> list[str]:
    """Turns in which the team soothed and pressed at once."""
    soothing, pressing = ("reassure", "restrain", "cooperate"), ("coerce", "force")
    turns: dict[int, set[str]] = {}
    for act in own:
        turns.setdefault(act.turn, set()).add(table.moves[act.move].family)
    return [
        str(turn)
        for turn, families in turns.items()
        if families.intersection(soothing) and families.intersection(pressing)
    ]


def persons_apart(
    opened: HotwashFacts | None, side: Side, measured: Sequence[EachAlone], say: Reporter
) -> Iterator[ReportBlock]:
    """Each act of which somebody said alone how it takes it, beside the team's reading; nothing before the hotwash."""
    if opened is None or not opened.spreads:
        return
    yield Heading(say("Each of us alone, before we talked"))
    pairs = {name_of(pair): pair for pair in opened.pairs}
    rows = []
    for spread in opened.spreads:
        pair = pairs[spread.act]
        alone = ", ".join(f"{label} {format_signed(value)}" for value, label in spread.said)
        together = "–" if pair.reading is None else taken_as(say, pair.reading)
        apart = str(spread.said[-1][0] - spread.said[0][0]) if len(spread.said) > 1 else "–"
        rows.append((str(pair.turn), head_for(pair.act, side, say), alone, together, apart))
    heads = ("turn", "what it was", _("each alone"), "we took it as", _("steps apart"))
    yield table_of((*map(say, heads),), tuple(rows), frozenset({0, 4}), frozenset({1, 2}))
    for measure in measured:
        if measure.side == side:
            yield prose(describe_individual_readings(measure, say), "quiet")


def describe_individual_readings(measure: EachAlone, say: Reporter) -> str:
    """How far apart persons were, and how far the team was from them."""
    words = {"spread": fraction_printed(measure.spread), "n": measure.acts}
    sentence = say(
        "Of {n} act two or more of us said so: {spread} steps apart.",
        plural="Of {n} acts two or more of us said so: on average {spread} steps apart.",
        **words,
    )
    if measure.shift is None:
        return sentence
    shift = say(
        "Together we then took them, against the mean of what each had said, by {shift} steps "
        "(above zero: as more hostile).",
        shift=fraction_printed(measure.shift, signed=True),
    )
    return say("{one} {two}", one=sentence, two=shift)
