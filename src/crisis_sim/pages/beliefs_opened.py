"""Beliefs as the hotwash opens them: what each team held for how likely, turn by turn beside what had come before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from crisis_sim.engine.views.hotwash_facts import HotwashFacts
from crisis_sim.engine.views.record_opened import brier_of
from crisis_sim.engine.views.shared_facts import BeliefFacts, InstructionFacts
from crisis_sim.numbers import points_text
from crisis_sim.pages.blocks import Column, Curve, Heading, Paragraph, Quote, Row, Span, Table, prose
from crisis_sim.pages.briefing_blocks import instruction_says
from crisis_sim.pages.forecast_blocks import chance_says
from crisis_sim.pages.phrases import format_signed
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import HERE_FOR_MORE, Side, other
from crisis_sim.wording import join_parts
from crisis_sim.wording.labels import SIDES

BeliefBlock: TypeAlias = Heading | Paragraph | Quote | Table


def belief_blocks(view: HotwashFacts, side: Side, is_open: bool, say: Translator) -> Iterator[BeliefBlock]:
    """What was believed of a team's card, and once it is open what was so."""
    yield Heading(say("{side}: was it here for something besides the common task?", side=say(SIDES[side])), tone=side)
    believed = [belief for belief in view.beliefs if belief.side == other(side)]
    for belief in believed:
        yield prose(say("{side} said:", side=say(SIDES[belief.side])), belief.side)
        yield from curve_blocks(view, belief, say)
    if not believed:
        yield prose(say("{side} said nothing of it.", side=say(SIDES[other(side)])), "quiet")
    card = next(card for card in view.instructions if card.side == side)
    if is_open:
        yield from card_blocks(card, say)
        yield from (prose(describe_score(belief, say), "quiet") for belief in believed)
    else:
        yield prose(say("The card of {side} is sealed.", side=say(SIDES[side])), "quiet")


def card_blocks(card: InstructionFacts, say: Translator) -> Iterator[BeliefBlock]:
    """What a team was told to come home with, and whether it did."""
    side = say(SIDES[card.side])
    yield prose(say("{side} was told:", side=side), "strong")
    yield Quote(instruction_says(card.says, say), 1)
    if card.met is not None:
        yield prose(describe_match(card, say), "strong")


def describe_match(card: InstructionFacts, say: Translator) -> str:
    """Whether a team came home with what its card told it to."""
    side = say(SIDES[card.side])
    return say("{side} came home with it.", side=side) if card.met else say("{side} came home without it.", side=side)


def describe_score(belief: BeliefFacts, say: Translator) -> str:
    """How near a belief was to what was so."""
    n = points_text(round((brier_of(belief) or 0) * 100))
    score = say("Brier score {n}: 0 is perfect, 0.25 is a coin, 1 is always wrong.", n=n)
    return say("{head}: {text}", head=say(SIDES[belief.side]), text=score)


def curve_blocks(view: HotwashFacts, belief: BeliefFacts, say: Translator) -> Iterator[BeliefBlock]:
    """What was said after each turn, how far it had moved, and the acts that had come since the time before."""
    rows, previous = [], None
    for turn, chance in belief.said:
        moved = "" if previous is None else format_signed(chance - previous[1])
        change = moved if moved in ("", "0") else say("moved by {n}", n=moved)
        acts = acts_before(view, belief, 0 if previous is None else previous[0], turn, say)
        came = say(", ").join(acts) if acts else say("nothing new")
        when, label = say("after turn {n}", n=turn), chance_says(chance, say)
        parts = [label, change if change != "0" else say("not moved"), say("what had come: {acts}", acts=came)]
        spans = (Span(when), Span(label, "strong"), Span(moved), Span(came, "quiet"))
        rows.append(Row(spans, say("{head}: {text}", head=when, text=join_parts(parts, say))))
        previous = turn, chance
    heads = say("said"), say("moved"), say("What had come")
    columns = (Column(""), Column(heads[0]), Column(heads[1], is_number=True), Column(heads[2], is_wide=True))
    yield Table(columns, tuple(rows))
    steps = [(abs(new_point[1] - was[1]), was, new_point) for was, new_point in pairwise(belief.said)]
    if steps and max(steps)[0]:
        _size, was, new_point = max(steps, key=lambda step: step[0])
        acts = acts_before(view, belief, was[0], new_point[0], say)
        yield prose(
            say(
                "It moved most after turn {n}, by {by}; what had come: {acts}.",
                n=new_point[0],
                by=format_signed(new_point[1] - was[1]),
                acts=say(", ").join(acts) if acts else say("nothing new"),
            )
        )


def beliefs_drawn(view: HotwashFacts, are_open: bool, say: Translator) -> Iterator[BeliefBlock | Curve]:
    """What each believed as curves, and beneath them, once that has been opened, what was so."""
    if not view.beliefs:
        return
    yield Heading(say.forecast(HERE_FOR_MORE))
    yield prose(say("How likely each held it, from the first time that it was asked."), "quiet")
    for belief in view.beliefs:
        chances = tuple([chance for _turn, chance in belief.said])
        yield Curve(say(SIDES[belief.side]), chances, tuple([f"{chance}%" for chance in chances]), 100, belief.side)
    if not are_open:
        yield prose(say("What was so is sealed."), "quiet")
        return
    for card in view.instructions:
        text = instruction_says(card.says, say)
        yield prose(say("{side} was told: {text}", side=say(SIDES[card.side]), text=text), "strong")


def acts_before(view: HotwashFacts, belief: BeliefFacts, since: int, turn: int, say: Translator) -> Sequence[str]:
    """The other side's acts that had come after one turn and up to another, those that were sent first first."""
    theirs = [pair for pair in view.pairs if pair.side != belief.side and since < pair.arrived <= turn]
    acts = [pair.act for pair in sorted(theirs, key=lambda pair: (pair.arrived, pair.turn, pair.order))]
    return tuple([say("Holding note") if act.holding else say.move(act.move) for act in acts])
