"""Policies that go looking: one for trouble, one for whatever nobody has tried yet.

Between them they reach what even-tempered play does not: hard acts with hard terms, every channel a move can take,
every way to answer. What they make of a scenario says where its edges are, not how people would play it.
"""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.engine.sight.dossier import MoveEntry
from crisis_sim.engine.sight.feed_items import OwnActTold
from crisis_sim.engine.sight.views import CardFacts, RequestFacts
from crisis_sim.playtest.policy import HOSTILE, Account, Look, Luck, Plan, Policy
from crisis_sim.rules.names import How
from crisis_sim.wording import _

HARD = frozenset({"tied", "exclusive", "without-consent", "near-crewed", "dual-use", "on-rescue-unit"})
"""Terms that make an act worse."""


class Reckless(Policy):
    """Blame, threats and force, unasked and unannounced."""

    id = "reckless"
    says = _(
        "Blames, threatens and shows force, asks nobody, refuses whatever is asked, takes every act for an attack."
    )
    many = True

    def moves(self, look: Look, luck: Luck) -> Sequence[Plan]:
        """Hostile moves by luck, with every term that makes them worse."""
        able = [option for option in look.able() if option.family in HOSTILE]
        return [
            Plan(option.id, 2, tuple(term for term in option.terms if term in HARD)) for option in _shuffled(able, luck)
        ]

    def answer(self, request: RequestFacts, look: Look, luck: Luck) -> How | None:
        """Declines, or says nothing."""
        return "decline" if luck("answer", request.number) < 50 else None

    def read(self, card: CardFacts, look: Look, luck: Luck) -> tuple[int, int]:
        """An attack, for certain."""
        return 3, 4

    def account(self, number: int, look: Look, luck: Luck) -> tuple[Account, int] | None:
        """Nothing came of it, and they are to blame."""
        return "disagreed", 3

    def chance(self, number: int, look: Look, luck: Luck) -> int:
        """Expects the worst."""
        return 90


class Curious(Policy):
    """Tries what it has not tried yet."""

    id = "curious"
    says = _(
        "Tries the moves, channels, terms and answers that it has tried least; made for finding what is never reached."
    )
    many = True

    def moves(self, look: Look, luck: Luck) -> Sequence[Plan]:
        """The moves it has made least often, by luck among those, each its own way."""
        made = [item.act.move for item in look.view.feed if isinstance(item, OwnActTold)]
        able = _shuffled(list(look.able()), luck)
        return [self._plan(option, look, luck) for option in sorted(able, key=lambda option: made.count(option.id))]

    def _plan(self, option: MoveEntry, look: Look, luck: Luck) -> Plan:
        """A move with terms, a promise, a channel and a subject by luck."""
        place = list(look.dossier.moves).index(option.id)
        ways, channels = look.ways(option), look.view.channels
        drawn = luck("promise", place)
        return Plan(
            option.id,
            luck("intent", place) % 7 - 3,
            tuple(term for number, term in enumerate(option.terms) if luck("term", 100 * place + number) < 40),
            option.promises[drawn % len(option.promises)] if option.promises and drawn < 50 else None,
            ways[luck("way", place) % len(ways)] if ways else None,
            channels[luck("about", place) % len(channels)].id,
        )

    def answer(self, request: RequestFacts, look: Look, luck: Luck) -> How | None:
        """Accepts as often as all else together, so that something comes of what is asked."""
        answers: tuple[How | None, ...] = ("accept", "accept", "accept", "decline", "holding", "counter", None)
        return answers[luck("answer", request.number) % len(answers)]

    def read(self, card: CardFacts, look: Look, luck: Luck) -> tuple[int, int]:
        """As it looks, give or take one."""
        hostility, _ = super().read(card, look, luck)
        return max(-3, min(3, hostility + luck("read", card.number) % 3 - 1)), 1 + luck("sure", card.number) % 4

    def account(self, number: int, look: Look, luck: Luck) -> tuple[Account, int] | None:
        """Mostly that it was agreed; now and then something else, or nothing."""
        accounts: tuple[Account | None, ...] = ("agreed", "agreed", "talked", "disagreed", None)
        account = accounts[luck("account", number) % len(accounts)]
        return (account, luck("tone", number) % 3 - 1) if account is not None else None

    def chance(self, number: int, look: Look, luck: Luck) -> int:
        """Anything in tens."""
        return luck("chance", number) % 11 * 10


def _shuffled(options: Sequence[MoveEntry], luck: Luck) -> list[MoveEntry]:
    """Moves in an order by luck."""
    places = range(len(options))
    return [
        options[place] for place in sorted(places, key=lambda n: (luck("order", 2 * n), luck("order", 2 * n + 1), n))
    ]
