"""Instruction cards that say nothing of whoever holds them: nobody can meet them, or everybody does."""

from __future__ import annotations

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.errors import Sentence


def cards_are_open(found: LintRun) -> None:
    """What a card asks may have come by the close, and may not have; `may` and `must` look at the last turn."""
    deck = found.scenario.instructions
    for name, card in ({} if deck is None else deck.cards).items():
        worlds = [(world, list(world.moments(acts=True))[-1][1]) for world in found.worlds.values()]
        spot = found.source.key_spot("instructions", "cards", name, "met_when")
        if not any(world.may(card.met_when, end) for world, end in worlds) and not found.asks_in_vain(card.met_when):
            said = Sentence("the instruction card '{card}' can never be met, in no length", card=name)
            found.warn(spot, said, "card-never", Sentence("ask for something that the team which holds it can do"))
        if worlds and all(world.must(card.met_when, end) for world, end in worlds):
            said = Sentence("the instruction card '{card}' is met by everybody, whatever is done", card=name)
            found.warn(spot, said, "card-always", Sentence("ask for something that a team may leave undone"))
