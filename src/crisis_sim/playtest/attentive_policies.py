"""Policies that attend to what happens: one as well as its seat can, and one that also slips, as people do.

How a person would play nobody knows from this. `human-like` is a documented guess: its shares are round numbers that
nobody has measured, and sessions of people take their place as soon as there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from crisis_sim.engine.views.dossier import MoveEntry
from crisis_sim.engine.views.feed_items import OwnActItem
from crisis_sim.engine.views.seat_views import CardFacts, RequestFacts
from crisis_sim.engine.views.shared_facts import AskedFacts
from crisis_sim.playtest.policy import HOSTILE, Disclosing, LuckRoll, PlannedMove, Policy, PolicyView
from crisis_sim.rules.names import PURPOSES, AnswerKind, Audience, ConclusionAnswer, Purpose, Visibility, VoiceAnswer
from crisis_sim.wording import _

HELPS: Final = (
    "back-un-lead",
    "share-technical-data",
    "offer-help",
    "deliver-help",
    "joint-cell",
    "notify-activity",
    "invite-inclusion",
)
"""What the people who wait need, in the order in which it is tried; each once."""
MEETS: Final = ("grit-step", "stand-down", "own-up", "private-reassure")
"""What goes towards a team that is aggrieved or has itself held back, the least first; each once."""
ASKS: Final = (
    "private-inquiry",
    "request-call",
    "propose-principles",
    "working-group",
    "people-to-people",
    "reaffirm-rules",
)
"""What keeps the talk going where nothing else is to be done; each once, and then plain facts."""
LOWERS: Final = "manage-expectations"
"""What lowers the hopes of its own home once a call is asked for or held."""
CARRIES: Final = ("private-reassure", "private-inquiry", "share-technical-data", "fact-statement")
"""What can carry a fact that one side alone knows, the quietest first."""
LATE: Final = 25
"""Percent: how often a person lets a request wait for a turn."""
STUNG: Final = 50
"""Percent: how often a person who was accused in public says something hard at home."""
NOISE: Final = 10
"""Percent: how often a person makes a hard move for a reason of its own."""
PATIENT: Final = 70
"""Percent: how often a person asks a hard voice at home to wait."""
DISCLOSURE_RATE: Final = 60
"""Percent: how often a person tells what it alone knows when the moment has come."""
PART: Final = 50
"""Percent: how often it then tells a part alone."""
DOUBT: Final = 25
"""Percent: how often a person takes an act for one step worse than it looks."""


KIND: Final = frozenset({"announced", "you-announce"})
"""Terms that make an act easier to take."""


class Attentive(Policy):
    """Answers, goes towards a side that is aggrieved or held back, serves those who wait, in private, as promised."""

    id = "attentive"
    summary = _(
        "Answers what was asked, goes towards a side that is aggrieved or held back, helps first, prefers private"
        " channels, keeps its promises."
    )
    purposes = "settle", "ask"
    concludes = "tell"
    readout = "agreed", -1
    likely = 40

    def moves(self, look: PolicyView, luck: LuckRoll) -> Iterator[PlannedMove]:
        """What meets the other side's last acts, then what helps, then what keeps the talk going; nothing twice.

        Where it was dealt an instruction card, the acts that count towards it come before what helps, and those after
        which it would no longer count are left out.
        """
        own_moves = {item.act.move for item in look.view.feed if type(item) is OwnActItem}
        if any(fact.is_timely for fact in look.view.private_facts):
            yield from (PlannedMove(name, -2) for name in CARRIES[:2] if name not in own_moves)
        warned = {
            advice.move
            for advice in look.view.advice
            if advice.rule is not None or (advice.promised is not None and advice.term is None)
        }
        card = look.dossier.team.instruction if look.dossier.team is not None else None
        card_moves, avoided = ((), ()) if card is None else (card.moves, card.avoids)
        met = MEETS if _calls_for_an_answer(look) else ()
        called = bool(look.view.expectation) and ("request-call" in own_moves or bool(look.view.exchanges))
        talk = _carriers_first((*([LOWERS] if called else ()), *ASKS), look)
        wanted = (*met, *_against_alarm(look), *card_moves, *HELPS, *talk)
        for name in dict.fromkeys(wanted):
            option = look.dossier.moves.get(name)
            if option is not None and name not in warned | own_moves | {*avoided}:
                yield self._quietly(option, look)
        yield PlannedMove("fact-statement", 0)

    def speaks_to(self, plan: PlannedMove, luck: LuckRoll) -> Audience:
        """Its own home where it lowers what that expects, else the other side."""
        return "home" if plan.move == LOWERS else super().speaks_to(plan, luck)

    def cites(self, instruments: tuple[str, ...], look: PolicyView, luck: LuckRoll) -> str | None:
        """The first that both have accepted."""
        entries = look.dossier.instruments
        return next((name for name in instruments if {"us", "china"} <= {*entries[name].accepted_by}), None)

    def discloses(self, option: MoveEntry, look: PolicyView, luck: LuckRoll) -> Disclosing | None:
        """What is timely, whole: vouched for where that can be, else with its source."""
        for fact in look.untold(option):
            if fact.is_timely:
                return Disclosing(fact.id, look.dossier.private_facts[fact.id].backings[-2])
        return None

    def _quietly(self, option: MoveEntry, look: PolicyView) -> PlannedMove:
        """A move in private if it can be, announced or left to them to announce if that can be said of it."""
        ways: list[tuple[str, Visibility]] = look.ways(option)
        way = next((candidate for candidate in ways if candidate[1] == "private"), ways[0] if ways else None)
        return PlannedMove(option.id, -2, tuple(term for term in option.terms if term in KIND), way=way)


class TellsAll(Attentive):
    """The same, but all that it alone knows is told in the first turn."""

    id = "tells-all"
    summary = _("Attentive, and tells all that it alone knows in the first turn, whole and with its source.")

    def moves(self, look: PolicyView, luck: LuckRoll) -> Iterator[PlannedMove]:
        """First what can carry a fact, as long as there is one."""
        if look.view.turn == 1 and look.view.private_facts:
            yield from (PlannedMove(name, -2) for name in CARRIES)
        yield from super().moves(look, luck)

    def discloses(self, option: MoveEntry, look: PolicyView, luck: LuckRoll) -> Disclosing | None:
        """The first that has not been told, a move each."""
        untold, place = look.untold(option), CARRIES.index(option.id) if option.id in CARRIES else len(CARRIES)
        return Disclosing(untold[place].id, "source") if look.view.turn == 1 and place < len(untold) else None


class TellsNothing(Attentive):
    """The same, but nothing that it alone knows is ever told."""

    id = "tells-nothing"
    summary = _("Attentive, and keeps all that it alone knows.")

    def discloses(self, option: MoveEntry, look: PolicyView, luck: LuckRoll) -> Disclosing | None:
        """No private fact, whatever the move."""
        return None


class HumanLike(Attentive):
    """The same with slips: late answers, hard words for home when accused, a hard move now and then, doubt."""

    id = "human-like"
    summary = _(
        "Attentive with slips by luck: answers late, says something hard at home when accused, presses for reasons of"
        " its own, takes acts for worse than they look. A guess, not data."
    )

    def moves(self, look: PolicyView, luck: LuckRoll) -> Iterator[PlannedMove]:
        """As the attentive do, with a hard word first where it is stung, or by luck."""
        stung = any(
            look.family_of(item.act.move) in HOSTILE and item.act.visibility == "public" for item in look.last_acts()
        )
        if luck("slip", 0) < (STUNG if stung else NOISE):
            yield PlannedMove("criticise" if luck("slip", 1) < 60 else "public-demand", 1)
        yield from super().moves(look, luck)

    def discloses(self, option: MoveEntry, look: PolicyView, luck: LuckRoll) -> Disclosing | None:
        """What is timely: mostly, on its word, and often a part of it."""
        disclosure = super().discloses(option, look, luck)
        if disclosure is None or luck("tells", 0) >= DISCLOSURE_RATE:
            return None
        in_part = luck("tells", 1) < PART and "part" in look.dossier.private_facts[disclosure.fact].words
        return Disclosing(disclosure.fact, "word", "part" if in_part else "whole")

    def hush(self, look: PolicyView, luck: LuckRoll) -> VoiceAnswer | None:
        """Mostly asks it to wait, now and then meets it."""
        return "wait" if luck("voice", 0) < PATIENT else "meet"

    def decide(self, number: int, ask: AskedFacts, luck: LuckRoll) -> str | None:
        """Lets a turn pass now and then, or asks a voice of its own to wait; else any of the answers."""
        late = luck("late", 50 + number)
        if late < LATE:
            return "wait" if late % 2 and "wait" in ask.may else None
        return super().decide(number, ask, luck)

    def conclude(self, number: int, look: PolicyView, luck: LuckRoll) -> ConclusionAnswer | None:
        """Holds half of the time, since that needs no decision; else any of the others, or nothing."""
        answers: tuple[ConclusionAnswer | None, ...] = (*look.dossier.answers, None)
        return "hold" if luck("hold", number) < 50 else answers[luck("conclude", number) % len(answers)]

    def wants(self, luck: LuckRoll) -> tuple[Purpose, Purpose]:
        """To ask, or to inform; thinks that they want anything."""
        return "ask" if luck("wants", 0) < 50 else "inform", PURPOSES[luck("wants", 1) % len(PURPOSES)]

    def answer(self, request: RequestFacts, look: PolicyView, luck: LuckRoll) -> AnswerKind | None:
        """Accepts, or lets it wait; what has waited once is mostly answered."""
        return None if luck("late", request.number) < LATE else "accept"

    def read(self, card: CardFacts, look: PolicyView, luck: LuckRoll) -> tuple[int, int]:
        """As it looks, or one step worse."""
        hostility, _sure = super().read(card, look, luck)
        return min(3, hostility + (luck("doubt", card.number) < DOUBT)), 2


def _carriers_first(names: Sequence[str], look: PolicyView) -> list[str]:
    """These moves, first those that can tell what the moment asks for and has not been told."""
    timely = {fact.id for fact in look.view.private_facts if fact.is_timely and not fact.told}
    able = {name for name, option in look.dossier.moves.items() if timely & {*option.discloses}}
    return sorted(names, key=lambda name: name not in able)


def _against_alarm(look: PolicyView) -> Iterator[str]:
    """What may end an alarm on the other side: what it says in public corrected together, what alarms it removed."""
    came = [(look.family_of(item.act.move), item.act.visibility) for item in look.last_acts()]
    if any(family in HOSTILE and visibility == "public" for family, visibility in came):
        yield "correct-together"
    if any(family in HOSTILE for family, _visibility in came):
        yield "propose-to-remove-the-cause"


def _calls_for_an_answer(look: PolicyView) -> bool:
    """The other side held back, or protested, which it would not without a grievance."""
    return any(look.family_of(item.act.move) in ("restrain", "protest") for item in look.last_acts())
