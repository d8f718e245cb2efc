"""Orders of offences as blocks: the acts of the card by gravity, ours and what we think theirs is, and both opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from crisis_sim.engine.views.hotwash_facts import HotwashFacts, OrderFacts
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.numbers import points_printed
from crisis_sim.pages.blocks import Block, Column, Heading, Items, Row, Span, Table, line, prose
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import other
from crisis_sim.wording import _, join_parts
from crisis_sim.wording.labels import SEATS, SIDES


def order_blocks(order: Sequence[str], say: Translator) -> Iterator[Block]:
    """An order, the gravest first."""
    if order:
        yield Items(tuple(line(say.offence(act)) for act in order), numbered=True)


def own_order(view: TeamView, say: Translator) -> Iterator[Block]:
    """What we take gravely; a team that has said nothing is told what that means."""
    if not say.dossier.offences:
        return
    yield Heading(say("What we take gravely, the gravest first"), 3)
    yield from order_blocks(view.order, say)
    if not view.order:
        yield prose(say("We have ordered nothing: each of these acts weighs with us as the rules weigh it."), "quiet")


def their_order(view: TeamView, say: Translator) -> Iterator[Block]:
    """What we think that they take gravely; in the closing also what we thought of it before play."""
    if not say.dossier.offences:
        return
    yield Heading(say("What they take gravely, as we think"), 3)
    yield from order_blocks(view.order_guess, say)
    if not view.order_guess:
        yield prose(say("We have not guessed their order."), "quiet")
    if view.order_guess_before:
        yield Heading(say("Before play we thought:"), 3)
        yield from order_blocks(view.order_guess_before, say)


def move_offence(order: Sequence[str], act: str, way: int) -> tuple[str, ...]:
    """The order with one act carried up (−1) or down (1) a place; at an end it stays."""
    place = order.index(act)
    to = min(max(place + way, 0), len(order) - 1)
    rest = [offence for offence in order if offence != act]
    return (*rest[:to], act, *rest[to:])


def guessed_orders_blocks(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """How each side thought that the other has them, and nothing of how the other does."""
    for order_facts in view.orders:
        guesser = other(order_facts.side)
        yield Heading(
            say("{team}: what it thought that the other takes gravely", team=say(SEATS[guesser])), tone=guesser
        )
        if not order_facts.guessed_before and not order_facts.guessed_after:
            yield prose(say("Nothing was guessed."), "quiet")
        for head, guess in (
            (_("Guessed before play:"), order_facts.guessed_before),
            (_("Guessed after play:"), order_facts.guessed_after),
        ):
            if guess:
                yield prose(say(head), "strong")
                numbered = [(str(place), say.offence(act)) for place, act in enumerate(guess, 1)]
                rows = [Row((Span(place, "strong"), Span(act)), f"{place}. {act}") for place, act in numbered]
                columns = (Column("", is_number=True), Column("", is_wide=True))
                yield Table(columns, tuple(rows), line(Span(say("1 is the gravest."), "quiet")))


def orders_blocks(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """Both sides; nothing where nobody was asked."""
    for order_facts in view.orders:
        side = say(SIDES[order_facts.side])
        yield Heading(say("{side}: what it takes gravely", side=side), tone=order_facts.side)
        if not order_facts.order:
            yield prose(say("{side} ordered nothing.", side=side), "quiet")
            continue
        yield _table(order_facts, say)
        yield from (prose(sentence) for sentence in agreement(order_facts, say))


def _table(order_facts: OrderFacts, say: Translator) -> Table:
    """Each act with its place, and the place that the other side thought it has."""
    guesses = {_("before"): order_facts.guessed_before, _("after"): order_facts.guessed_after}
    guesses = {when: guess for when, guess in guesses.items() if guess}
    columns = [Column("", is_number=True), Column("", is_wide=True)]
    columns += [Column(say("guessed {when}", when=say(when)), is_number=True) for when in guesses]
    rows = []
    for place, act in enumerate(order_facts.order, 1):
        guessed = {when: guess.index(act) + 1 for when, guess in guesses.items()}
        cells = [Span(str(n), "good" if n == place else "bad" if abs(n - place) > 2 else "") for n in guessed.values()]
        guessed_places = [say("guessed {when}", when=say(when)) + f" {n}" for when, n in guessed.items()]
        text = join_parts([f"{place}. {say.offence(act)}", *guessed_places], say)
        rows.append(Row((Span(str(place), "strong"), Span(say.offence(act)), *cells), text))
    legend = say("1 is the gravest.")
    return Table(tuple(columns), tuple(rows), line(Span(legend, "quiet")))


def agreement(order_facts: OrderFacts, say: Translator) -> Iterator[str]:
    """How far the other side knew the order, in a sentence for each guess: of each two acts, which is the graver."""
    words = {"guesser": say(SIDES[other(order_facts.side)]), "side": say(SIDES[order_facts.side])}
    pairs = tuple(combinations(order_facts.order, 2))
    for when, guess, tau in (
        (_("before"), order_facts.guessed_before, order_facts.tau_before),
        (_("after"), order_facts.guessed_after, order_facts.tau_after),
    ):
        if tau is not None:
            yield say(
                "Of each two acts, {guesser} knew {when} play which {side} takes more gravely in {n} of {m} cases; "
                "luck knows half (Kendall's tau {tau}).",
                when=say(when),
                n=sum(guess.index(one) < guess.index(two) for one, two in pairs),
                m=len(pairs),
                tau=points_printed(tau, signed=True),
                **words,
            )
    if order_facts.order and not order_facts.guessed_before and not order_facts.guessed_after:
        yield say("{guesser} did not guess it.", guesser=words["guesser"])
