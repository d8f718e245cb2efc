"""Orders of offences as blocks: the acts of the card by gravity, ours and what we think theirs is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.blocks import Block, Heading, Items, line, prose
from crisis_sim.pages.teller import Teller


def order_blocks(order: Sequence[str], say: Teller) -> Iterator[Block]:
    """An order, the gravest first."""
    if order:
        yield Items(tuple(line(say.offence(act)) for act in order), numbered=True)


def own_order(view: TeamView, say: Teller) -> Iterator[Block]:
    """What we take gravely; a team that has said nothing is told what that means."""
    if not say.dossier.offences:
        return
    yield Heading(say("What we take gravely, the gravest first"), 3)
    yield from order_blocks(view.order, say)
    if not view.order:
        yield prose(say("We have ordered nothing: each of these acts weighs with us as the rules weigh it."), "quiet")


def their_order(view: TeamView, say: Teller) -> Iterator[Block]:
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


def moved(order: Sequence[str], act: str, way: int) -> tuple[str, ...]:
    """The order with one act carried up (−1) or down (1) a place; at an end it stays."""
    place = order.index(act)
    to = min(max(place + way, 0), len(order) - 1)
    rest = [each for each in order if each != act]
    return (*rest[:to], act, *rest[to:])
