"""Beliefs as the hotwash opens them: what each team held for how likely, turn by turn beside what had come before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.engine.sight.record_opened import brier_of
from crisis_sim.engine.sight.shared_facts import BeliefFacts, InstructionFacts
from crisis_sim.numbers import points_text
from crisis_sim.pages.blocks import Column, Curve, Heading, Paragraph, Quote, Row, Span, Table, prose
from crisis_sim.pages.briefing_blocks import instruction_says
from crisis_sim.pages.forecast_blocks import chance_says
from crisis_sim.pages.phrases import format_signed
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import HERE_FOR_MORE, Side, other
from crisis_sim.wording import join_parts
from crisis_sim.wording.labels import SIDES

BeliefBlock: TypeAlias = Heading | Paragraph | Quote | Table


def belief_blocks(view: HotwashFacts, of: Side, is_open: bool, say: Teller) -> Iterator[BeliefBlock]:
    """What was believed of a team's card, and once it is open what was so."""
    yield Heading(say("{side}: was it here for something besides the common task?", side=say(SIDES[of])), tone=of)
    believed = [each for each in view.beliefs if each.side == other(of)]
    for each in believed:
        yield prose(say("{side} said:", side=say(SIDES[each.side])), each.side)
        yield from curve_blocks(view, each, say)
    if not believed:
        yield prose(say("{side} said nothing of it.", side=say(SIDES[other(of)])), "quiet")
    card = next(each for each in view.instructions if each.side == of)
    if is_open:
        yield from card_blocks(card, say)
        yield from (prose(score_told(each, say), "quiet") for each in believed)
    else:
        yield prose(say("The card of {side} is sealed.", side=say(SIDES[of])), "quiet")


def card_blocks(card: InstructionFacts, say: Teller) -> Iterator[BeliefBlock]:
    """What a team was told to come home with, and whether it did."""
    side = say(SIDES[card.side])
    yield prose(say("{side} was told:", side=side), "strong")
    yield Quote(instruction_says(card.says, say), 1)
    if card.met is not None:
        yield prose(met_told(card, say), "strong")


def met_told(card: InstructionFacts, say: Teller) -> str:
    """Whether a team came home with what its card told it to."""
    side = say(SIDES[card.side])
    return say("{side} came home with it.", side=side) if card.met else say("{side} came home without it.", side=side)


def score_told(of: BeliefFacts, say: Teller) -> str:
    """How near a belief was to what was so."""
    n = points_text(round((brier_of(of) or 0) * 100))
    score = say("Brier score {n}: 0 is perfect, 0.25 is a coin, 1 is always wrong.", n=n)
    return say("{head}: {text}", head=say(SIDES[of.side]), text=score)


def curve_blocks(view: HotwashFacts, of: BeliefFacts, say: Teller) -> Iterator[BeliefBlock]:
    """What was said after each turn, how far it had moved, and the acts that had come since the time before."""
    rows, before = [], None
    for turn, chance in of.said:
        moved = "" if before is None else format_signed(chance - before[1])
        by = moved if moved in ("", "0") else say("moved by {n}", n=moved)
        acts = acts_before(view, of, 0 if before is None else before[0], turn, say)
        came = say(", ").join(acts) if acts else say("nothing new")
        when, says = say("after turn {n}", n=turn), chance_says(chance, say)
        told = [says, by if by != "0" else say("not moved"), say("what had come: {acts}", acts=came)]
        spans = (Span(when), Span(says, "strong"), Span(moved), Span(came, "quiet"))
        rows.append(Row(spans, say("{head}: {text}", head=when, text=join_parts(told, say))))
        before = turn, chance
    heads = say("said"), say("moved"), say("What had come")
    columns = (Column(""), Column(heads[0]), Column(heads[1], is_number=True), Column(heads[2], is_wide=True))
    yield Table(columns, tuple(rows))
    steps = [(abs(after[1] - was[1]), was, after) for was, after in pairwise(of.said)]
    if steps and max(steps)[0]:
        _by, was, after = max(steps, key=lambda step: step[0])
        acts = acts_before(view, of, was[0], after[0], say)
        yield prose(
            say(
                "It moved most after turn {n}, by {by}; what had come: {acts}.",
                n=after[0],
                by=format_signed(after[1] - was[1]),
                acts=say(", ").join(acts) if acts else say("nothing new"),
            )
        )


def beliefs_drawn(view: HotwashFacts, are_open: bool, say: Teller) -> Iterator[BeliefBlock | Curve]:
    """What each believed as curves, and beneath them, once that has been opened, what was so."""
    if not view.beliefs:
        return
    yield Heading(say.forecast(HERE_FOR_MORE))
    yield prose(say("How likely each held it, from the first time that it was asked."), "quiet")
    for each in view.beliefs:
        chances = tuple([chance for _turn, chance in each.said])
        yield Curve(say(SIDES[each.side]), chances, tuple([f"{chance}%" for chance in chances]), 100, each.side)
    if not are_open:
        yield prose(say("What was so is sealed."), "quiet")
        return
    for card in view.instructions:
        text = instruction_says(card.says, say)
        yield prose(say("{side} was told: {text}", side=say(SIDES[card.side]), text=text), "strong")


def acts_before(view: HotwashFacts, of: BeliefFacts, since: int, turn: int, say: Teller) -> Sequence[str]:
    """The other side's acts that had come after one turn and up to another, those that were sent first first."""
    theirs = [pair for pair in view.pairs if pair.side != of.side and since < pair.arrived <= turn]
    acts = [pair.act for pair in sorted(theirs, key=lambda pair: (pair.arrived, pair.turn, pair.order))]
    return tuple([say("Holding note") if act.holding else say.move(act.move) for act in acts])
