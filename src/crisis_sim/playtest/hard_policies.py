"""Policies that press: in public, in private, in words alone, by force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crisis_sim.engine.views.seat_views import CardFacts, RequestFacts
from crisis_sim.playtest.policy import HOSTILE, LuckRoll, PlannedMove, Policy, PolicyView, in_turn, shuffled
from crisis_sim.rules.names import AnswerKind, ConclusionAnswer, Visibility, VoiceAnswer
from crisis_sim.wording import _

HARD: Final = frozenset(
    {"names-actor", "tied", "exclusive", "without-consent", "near-crewed", "dual-use", "on-rescue-unit"}
)
"""Terms that make an act worse."""


FIRM = (
    ("public-demand", 1),
    ("fact-statement", 0),
    ("criticise", 1),
    ("deny-charge", 0),
    ("show-of-force", 1),
    ("warn", 2),
    ("private-protest", 0),
    ("cancel-event", 1),
    ("accuse", 2),
    ("ultimatum", 2),
)
"""What a firm player works through, with what it means by each."""
FIRM_IN_PRIVATE = (
    ("private-protest", 1),
    ("request-call", 0),
    ("warn", 1),
    ("private-inquiry", 0),
    ("summon-ambassador", 1),
    ("fact-statement", 0),
)
"""What a player works through who is firm behind closed doors, with what it means by each."""


class Reckless(Policy):
    """Blame, threats and force, unasked and unannounced."""

    id = "reckless"
    summary = _(
        "Blames, threatens and shows force, asks nobody, refuses whatever is asked, takes every act for an attack."
    )
    many = True
    families = HOSTILE
    """Of which its moves are."""
    audience = "home"
    purposes = "seen", "seen"
    concludes: ConclusionAnswer | None = "prepare"
    to_voice: VoiceAnswer | None = "meet"
    lets_speak = True
    candid = False
    readout = "disagreed", 3
    likely = 90

    def moves(self, look: PolicyView, luck: LuckRoll) -> Sequence[PlannedMove]:
        """Hostile moves by luck, with every term that makes them worse."""
        able = [option for option in look.able() if option.family in self.families]
        return [
            PlannedMove(option.id, 2, tuple(term for term in option.terms if term in HARD))
            for option in shuffled(able, luck)
        ]

    def expects(self, plan: PlannedMove, luck: LuckRoll) -> int:
        """The worst, and does it all the same."""
        return 3

    def answer(self, request: RequestFacts, look: PolicyView, luck: LuckRoll) -> AnswerKind | None:
        """Declines, or says nothing."""
        return "decline" if luck("answer", request.number) < 50 else None

    def read(self, card: CardFacts, look: PolicyView, luck: LuckRoll) -> tuple[int, int]:
        """An attack, for certain."""
        return 3, 4


class RecklessWords(Reckless):
    """The same in words, threats and sanctions, and without force."""

    id = "reckless-words"
    summary = _("Blames, demands and threatens as the reckless do, and moves no forces.")
    families = frozenset({"protest", "coerce"})


class Violent(Reckless):
    """Force, turn by turn."""

    id = "violent"
    summary = _("Uses force in every turn, without a word before or after.")
    families = frozenset({"force"})


class Firm(Policy):
    """Public and hard, refuses every other call, expects the worst."""

    id = "firm"
    summary = _("Speaks in public, presses hard, refuses every other call, reads acts as worse than they are.")
    audience = "home"
    purposes = "inform", "ask"
    concludes: ConclusionAnswer | None = "prepare"
    to_voice: VoiceAnswer | None = "meet"
    readout = "disagreed", 1
    likely = 70

    def moves(self, look: PolicyView, luck: LuckRoll) -> Sequence[PlannedMove]:
        """Two moves of the firm list, going on where the turn before stopped."""
        return [PlannedMove(*entry) for entry in in_turn(FIRM, look)]

    def expects(self, plan: PlannedMove, luck: LuckRoll) -> int:
        """To be taken as one harder than it means."""
        return min(3, plan.intent + 1)

    def answer(self, request: RequestFacts, look: PolicyView, luck: LuckRoll) -> AnswerKind | None:
        """Declines one, lets the next lie."""
        return "decline" if request.number % 2 else None

    def read(self, card: CardFacts, look: PolicyView, luck: LuckRoll) -> tuple[int, int]:
        """One worse than it looks, and certain of it."""
        hostility, _ = super().read(card, look, luck)
        return min(3, hostility + 1), 4


class FirmInPrivate(Firm):
    """The same line without an audience: objects, warns and asks behind closed doors, takes calls, concedes nothing."""

    taker = "desk"

    id = "firm-in-private"
    summary = _(
        "Objects, warns and asks in private, takes calls and refuses the rest, reads acts as worse than they are."
    )
    concludes = "tell"
    to_voice = "speak"

    def moves(self, look: PolicyView, luck: LuckRoll) -> Sequence[PlannedMove]:
        """Two moves of its list a turn, each over a private channel if one carries it; a threat says what it spares."""
        listed = in_turn(FIRM_IN_PRIVATE, look)
        spares = {"warn": "then-no-units"}
        return [PlannedMove(name, intent, (), spares.get(name), way=_private(name, look)) for name, intent in listed]

    def answer(self, request: RequestFacts, look: PolicyView, luck: LuckRoll) -> AnswerKind | None:
        """Takes calls, and declines what would bind it."""
        return "accept" if look.family_of(request.act.move) == "contact" else "decline"


def _private(move: str, look: PolicyView) -> tuple[str, Visibility] | None:
    option = look.dossier.moves.get(move)
    return next((way for way in (look.ways(option) if option else ()) if way[1] == "private"), None)
