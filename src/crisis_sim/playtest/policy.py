"""What a policy is: the frame over which every bot's choices are made.

Everything a policy knows comes from a team's view and from luck that is a pure function of its own seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from crisis_sim.engine.actions import Draft
from crisis_sim.engine.views.dossier import Dossier, MoveEntry
from crisis_sim.engine.views.feed_items import ActItem
from crisis_sim.engine.views.hotwash_facts import PrivateFactStory
from crisis_sim.engine.views.seat_views import CardFacts, DecisionFacts, RequestFacts, TeamView
from crisis_sim.engine.views.shared_facts import AskedFacts
from crisis_sim.rules.names import (
    HERE_FOR_MORE,
    AnswerKind,
    Audience,
    Backing,
    ConclusionAnswer,
    DecisionAnswer,
    Purpose,
    Taker,
    Truth,
    Visibility,
    VoiceAnswer,
)

Account: TypeAlias = Literal["agreed", "talked", "disagreed"]
Item = TypeVar("Item")
LuckRoll: TypeAlias = Callable[[str, int], int]
"""0–99 for a purpose and a number; the same in the same turn of the same session."""

HOSTILE = frozenset({"protest", "coerce", "force"})
"""Families whose moves press."""
TAKEN_AS: Mapping[str, int] = {
    "contact": -1,
    "reassure": -1,
    "cooperate": -2,
    "restrain": -2,
    "inform": 0,
    "protest": 1,
    "coerce": 2,
    "force": 3,
}
"""How hostile a plain reader takes each family to be."""


class PlannedMove(Struct, frozen=True):
    """A move that a policy would like to make, and what it means by it."""

    move: str
    intent: int
    terms: tuple[str, ...] = ()
    promise: str | None = None
    way: tuple[str, Visibility] | None = None
    """Channel and visibility; the first that can carry the move where nothing is said."""
    about: str | None = None
    """The channel that it is about, for moves about one; the channel that it goes over where nothing is said."""
    line: str | None = None
    """The line that it names, for moves that tell of one; the first of our own where nothing is said."""


class Disclosing(NamedTuple):
    """A private fact that is told, what stands behind it, and how far it is told."""

    fact: str
    backed: Backing
    truth: Truth = "whole"


class PolicyView:
    """What a policy sees: its seat's view and dossier."""

    def __init__(self, view: TeamView, dossier: Dossier) -> None:
        self.view = view
        self.dossier = dossier

    @cached_property
    def blocked(self) -> frozenset[str]:
        """Moves that can't be made now."""
        return frozenset([entry.move for entry in self.view.blocked])

    @cached_property
    def suspended(self) -> frozenset[str]:
        """Channels that carry nothing now."""
        return frozenset([channel.id for channel in self.view.channels if channel.state != "open"])

    @cached_property
    def unasked(self) -> frozenset[str]:
        """Moves that the host has not accepted."""
        return frozenset([advice.move for advice in self.view.advice if advice.unasked])

    def able(self) -> Iterable[MoveEntry]:
        """Moves that can be made now without anything having been asked."""
        return [move for move in self.dossier.moves.values() if self.can_make(move) and not move.only_as_answer]

    def can_make(self, move: MoveEntry) -> bool:
        """Nothing is in the way of a move but perhaps that nothing was asked."""
        return move.id not in self.blocked

    def ways(self, move: MoveEntry) -> list[tuple[str, Visibility]]:
        """Each open channel that carries a move, with each visibility that both allow; the default first."""
        channels = self.dossier.channels
        return [
            (channel, visibility)
            for channel in move.channels
            for visibility in move.visibilities
            if channel not in self.suspended and visibility in channels[channel].visibilities
        ]

    def first_way(self, move: MoveEntry) -> tuple[str, Visibility] | None:
        """The first channel by which a move can go, in the first of its visibilities that any channel takes."""
        channels = self.dossier.channels
        for visibility in move.visibilities:
            for channel in move.channels:
                if channel not in self.suspended and visibility in channels[channel].visibilities:
                    return channel, visibility
        return None

    def asset(self, move: MoveEntry, luck: LuckRoll) -> str | UnsetType:
        """One of the things that a move can be made with, by luck; unset for one that needs none."""
        return move.assets[luck("asset", len(move.id)) % len(move.assets)] if move.assets else UNSET

    def untold(self, option: MoveEntry) -> list[PrivateFactStory]:
        """What our side alone knows, a move can tell, and none has told."""
        facts = self.view.private_facts if option.discloses else ()
        return [fact for fact in facts if not fact.told and fact.id in option.discloses]

    def last_acts(self) -> list[ActItem]:
        """The other side's acts of the turn before, the last first."""
        last_turn = self.view.turn - 1
        recent = takewhile(lambda item: item.turn >= last_turn, reversed(self.view.feed))
        return [item for item in recent if type(item) is ActItem and item.turn == last_turn]

    def family_of(self, move: str) -> str:
        """The family of a move, empty for one that could not be told."""
        return self.dossier.moves[move].family if move else ""


class Policy:
    """The frame: expect to be taken as meant, accept what is friendly, read plainly, forecast evenly."""

    id = "plain"
    summary = ""
    many = False
    """It makes as many moves in a turn as the scenario allows, and not two."""
    audience: Audience = "them"
    """Whom it mainly means public words for."""
    taker: Taker = "minister"
    """Who takes a call or goes to a meeting."""
    purposes: tuple[Purpose, Purpose] = ("ask", "ask")
    """What it wants of a call, and what it thinks that the other side wants."""
    concludes: ConclusionAnswer | None = "ask"
    """What it does with a conclusion; asks where it can't; None says nothing, and so holds."""
    to_voice: VoiceAnswer | None = "wait"
    """What it does with a hard voice at home; None says nothing, and so it speaks by itself."""
    decides = True
    """It answers what it is asked to decide; else it lets turns pass."""
    lets_speak = False
    """It lets a voice of its own home speak instead, where it may."""
    candid = True
    """It says what moved it closer when it is asked; else it declines."""
    readout: tuple[Account, int] | None = ("talked", 0)
    """Its account of an exchange, with its tone; None for none."""
    likely = 50
    """Percent that it gives to whatever is forecast."""

    def moves(self, look: PolicyView, luck: LuckRoll) -> Iterable[PlannedMove]:
        """Moves wanted this turn, the dearest first; what can't be made is passed over."""
        return ()

    def expects(self, plan: PlannedMove, luck: LuckRoll) -> int:
        """How hostile it expects what it does to be taken, −3 … +3: as it is meant."""
        return plan.intent

    def speaks_to(self, plan: PlannedMove, luck: LuckRoll) -> Audience:
        """Whom it mainly means public words for."""
        return self.audience

    def marks(self, option: MoveEntry, look: PolicyView, luck: LuckRoll) -> Mapping[str, Any]:  # Any: fields of a draft
        """What it marks a move with beyond words and terms."""
        ours = {citation.id for citation in look.view.citations if citation.side == look.view.side}
        instruments = tuple([name for name in look.dossier.instruments if name not in ours]) if option.can_cite else ()
        cites = self.cites(instruments, look, luck) if instruments else None
        return {"cites": cites or UNSET}

    def cites(self, instruments: tuple[str, ...], look: PolicyView, luck: LuckRoll) -> str | None:
        """Which instrument it cites, of those that it has not cited yet; None cites none."""
        return None

    def discloses(self, option: MoveEntry, look: PolicyView, luck: LuckRoll) -> Disclosing | None:
        """What that it alone knows it tells with a move that can, and how; None keeps it."""
        return None

    def optional_parts(
        self, option: MoveEntry, look: PolicyView, luck: LuckRoll
    ) -> dict[str, Any]:  # Any: as a draft has them
        """The same as a draft says it."""
        disclosure = self.discloses(option, look, luck) if option.discloses else None
        return (
            {}
            if disclosure is None
            else {"discloses": disclosure.fact, "backed": disclosure.backed, "truth": disclosure.truth}
        )

    def answer(self, request: RequestFacts, look: PolicyView, luck: LuckRoll) -> AnswerKind | None:
        """How to answer something asked; None is silence."""
        return "accept"

    def takes(self, number: int, luck: LuckRoll) -> Taker:
        """Who takes the call, or goes to the meeting, that a request of this number asks for."""
        return self.taker

    def respond(self, number: int, asks: DecisionFacts, look: PolicyView, luck: LuckRoll) -> DecisionAnswer | None:
        """What to do with whatever asks, at its place of those that do; with a conclusion it holds if it can't else."""
        if asks.ask is not None:
            return self.decide(number, asks.ask, luck)
        if not asks.asked:
            return self.hush(look, luck)
        answer = self.conclude(number, look, luck)
        return answer if answer is None or answer in look.dossier.answers else "hold"

    def wants(self, luck: LuckRoll) -> tuple[Purpose, Purpose]:
        """What it wants of a call in this turn, and what it thinks that the other side wants."""
        return self.purposes

    def conclude(self, number: int, look: PolicyView, luck: LuckRoll) -> ConclusionAnswer | None:
        """What to do with the conclusion at a place of those that ask; None says nothing, and so holds."""
        return self.concludes if self.concludes != "tell" or "tell" in look.dossier.answers else "ask"

    def carries_out(self, moves: Sequence[str], look: PolicyView) -> str:
        """The move by which it carries out an answer at home, of those that do and can be made: the first."""
        return moves[0]

    def hush(self, look: PolicyView, luck: LuckRoll) -> VoiceAnswer | None:
        """What to do with a hard voice at home; None says nothing."""
        return self.to_voice

    def decide(self, number: int, ask: AskedFacts, luck: LuckRoll) -> str | None:
        """What to answer to the decision at a place of those that ask: any, since no bot can read them."""
        answers = tuple(ask.answers)
        if self.lets_speak and "speak" in ask.may:
            return "speak"
        return answers[luck("decide", number) % len(answers)] if self.decides else None

    def read(self, card: CardFacts, look: PolicyView, luck: LuckRoll) -> tuple[int, int]:
        """Hostility −3 … +3 and confidence 1–4."""
        return TAKEN_AS.get(look.family_of(card.act.move), 1), 3

    def hears(self, card: CardFacts, look: PolicyView, luck: LuckRoll) -> Audience:
        """Whom it takes public words to be mainly meant for: itself."""
        return "them"

    def account(self, number: int, look: PolicyView, luck: LuckRoll) -> tuple[Account, int] | None:
        """Our readout of the exchange at a place of the list, with its tone; None for none."""
        return self.readout

    def forecast(self, name: str, number: int, look: PolicyView, luck: LuckRoll) -> int:
        """Percent for what is asked at a place of the list: a forecast, or the belief by what it has seen."""
        return believed(look) if name == HERE_FOR_MORE else self.chance(number, look, luck)

    def chance(self, number: int, look: PolicyView, luck: LuckRoll) -> int:
        """Percent for the forecast at a place of the list."""
        return self.likely


def believed(look: PolicyView) -> int:
    """How likely every bot holds it that the other is here for more, by what it has seen of it; round numbers.

    A quarter, as cards are dealt, ten more for each act that presses and three less for each that helps or holds back.
    Nobody measured them.
    """
    family_counts = look.view.seen
    hard = sum([count for family, count in family_counts.items() if family in HOSTILE])
    soft = family_counts.get("cooperate", 0) + family_counts.get("restrain", 0)
    return max(5, min(25 + 10 * hard - 3 * soft, 95))


def in_turn(listed: Sequence[Item], look: PolicyView) -> list[Item]:
    """The next four of a list, which goes on by two in each turn and then begins again."""
    start = (look.view.turn - 1) * 2
    return [listed[(start + step) % len(listed)] for step in range(4)]


def shuffled(options: Sequence[MoveEntry], luck: LuckRoll) -> list[MoveEntry]:
    """Moves in an order by luck."""
    places = range(len(options))
    return [
        options[place] for place in sorted(places, key=lambda n: (luck("order", 2 * n), luck("order", 2 * n + 1), n))
    ]


def nothing_twice(draft: Draft, listed: Sequence[Draft]) -> Draft:
    """A draft without the instrument that a list cites already, and without a fact that it tells already."""
    if draft.cites is not UNSET and draft.cites in {entry.cites for entry in listed}:
        draft = replace(draft, cites=UNSET)
    if draft.discloses is not UNSET and draft.discloses in {entry.discloses for entry in listed}:
        draft = replace(draft, discloses=UNSET, backed=UNSET, truth=UNSET)
    return draft
