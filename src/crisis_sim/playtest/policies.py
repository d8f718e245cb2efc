"""Policies: how bots choose moves, answer what is asked, read what arrives, and forecast.

Each is a small frozen value over the frame of `crisis_sim.playtest.policy`. Those that press the other side are in
`crisis_sim.playtest.hard_policies`, those that attend to what happens in `crisis_sim.playtest.attentive_policies`.

Between them they reach what even-tempered play does not: hard acts with hard terms, every channel a move can take,
every way to answer. What they make of a scenario says where its edges are, not how people would play it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from crisis_sim.engine.views.dossier import MoveEntry
from crisis_sim.engine.views.feed_items import ActItem, OwnActItem
from crisis_sim.engine.views.seat_views import CardFacts, RequestFacts
from crisis_sim.engine.views.shared_facts import AskedFacts
from crisis_sim.playtest.attentive_policies import Attentive, HumanLike, TellsAll, TellsNothing
from crisis_sim.playtest.hard_policies import Firm, FirmInPrivate, Reckless, RecklessWords, Violent
from crisis_sim.playtest.policy import (
    TAKEN_AS,
    Account,
    Disclosing,
    LuckRoll,
    PlannedMove,
    Policy,
    PolicyView,
    in_turn,
    shuffled,
)
from crisis_sim.rules.names import (
    AUDIENCES,
    PURPOSES,
    TAKERS,
    VOICE_ANSWERS,
    AnswerKind,
    Audience,
    ConclusionAnswer,
    Purpose,
    Taker,
    VoiceAnswer,
)
from crisis_sim.wording import _


class _ByLuck(Policy):
    """What those share who let luck decide."""

    many = True
    bears: tuple[int, int]
    """Percent of moves with each term, and with a promise."""
    accounts: tuple[Account | None, ...]
    """Those of an exchange, each as likely."""
    widest: int
    """Of the tones of accounts, the hardest."""

    def _planned(self, option: MoveEntry, place: int, luck: LuckRoll) -> PlannedMove:
        """A move with terms and a promise by luck."""
        of_terms, of_promise = self.bears
        terms = tuple(term for number, term in enumerate(option.terms) if luck("term", 100 * place + number) < of_terms)
        roll = luck("promise", place)
        promise = option.promises[roll % len(option.promises)] if option.promises and roll < of_promise else None
        return PlannedMove(option.id, luck("intent", place) % 7 - 3, terms, promise)

    def speaks_to(self, plan: PlannedMove, luck: LuckRoll) -> Audience:
        """A random audience."""
        return AUDIENCES[luck("audience", plan.intent + 3) % len(AUDIENCES)]

    def expects(self, plan: PlannedMove, luck: LuckRoll) -> int:
        """As it is meant, give or take one."""
        return max(-3, min(3, plan.intent + luck("expect", plan.intent + 3) % 3 - 1))

    def cites(self, instruments: tuple[str, ...], look: PolicyView, luck: LuckRoll) -> str | None:
        """Any of them, or none."""
        return (*instruments, None)[luck("cites", 0) % (len(instruments) + 1)]

    def takes(self, number: int, luck: LuckRoll) -> Taker:
        """A random level of official."""
        return TAKERS[luck("taker", number) % len(TAKERS)]

    def wants(self, luck: LuckRoll) -> tuple[Purpose, Purpose]:
        """Anything, and thinks that they want anything."""
        return PURPOSES[luck("wants", 0) % len(PURPOSES)], PURPOSES[luck("wants", 1) % len(PURPOSES)]

    def hears(self, card: CardFacts, look: PolicyView, luck: LuckRoll) -> Audience:
        """A random audience, whoever was addressed."""
        return AUDIENCES[luck("hears", card.number) % len(AUDIENCES)]

    def account(self, number: int, look: PolicyView, luck: LuckRoll) -> tuple[Account, int] | None:
        """Any of its accounts, in any tone."""
        account = self.accounts[luck("account", number) % len(self.accounts)]
        tone = luck("tone", number) % (2 * self.widest + 1) - self.widest
        return (account, tone) if account is not None else None

    def chance(self, number: int, look: PolicyView, luck: LuckRoll) -> int:
        """A random percentage, in tens."""
        return luck("chance", number) % 11 * 10


class Curious(_ByLuck):
    """Tries what it has not tried yet."""

    id = "curious"
    summary = _(
        "Tries the moves, channels, terms and answers that it has tried least; made for finding what is never reached."
    )
    bears = (40, 50)
    accounts = ("agreed", "agreed", "talked", "disagreed", None)
    widest = 1

    def moves(self, look: PolicyView, luck: LuckRoll) -> Iterator[PlannedMove]:
        """The moves it has made least often, by luck among those, each its own way."""
        able, counts = shuffled(list(look.able()), luck), _count_moves(look)
        return (self._plan(option, look, luck) for option in sorted(able, key=lambda option: counts[option.id]))

    def carries_out(self, moves: Sequence[str], look: PolicyView) -> str:
        """By the move it has made least often."""
        counts = _count_moves(look)
        return min(moves, key=lambda move: counts[move])

    def _plan(self, option: MoveEntry, look: PolicyView, luck: LuckRoll) -> PlannedMove:
        """A move with terms, a promise, a channel and a subject by luck."""
        place = list(look.dossier.moves).index(option.id)
        ways, channels = look.ways(option), look.view.channels
        way, about = ways[luck("way", place) % len(ways)] if ways else None, luck("about", place) % len(channels)
        plan = self._planned(option, place, luck)
        owed = [
            advice.term for advice in look.view.advice if advice.in_return and advice.move == option.id and advice.term
        ]
        terms = tuple(dict.fromkeys((*plan.terms, *owed)))
        return replace(plan, terms=terms, way=way, about=channels[about].id)

    def discloses(self, option: MoveEntry, look: PolicyView, luck: LuckRoll) -> Disclosing | None:
        """Any of what it has not told, in any way, or nothing."""
        untold = look.untold(option)
        if not untold or luck("discloses", len(option.id)) < 40:
            return None
        fact = untold[luck("fact", 0) % len(untold)].id
        entry = look.dossier.private_facts[fact]
        truth = tuple(entry.words)[luck("truth", 0) % len(entry.words)]
        backed = entry.backings[luck("backed", 0) % len(entry.backings)]
        return Disclosing(fact, "word" if truth == "untrue" else backed, truth)

    def answer(self, request: RequestFacts, look: PolicyView, luck: LuckRoll) -> AnswerKind | None:
        """Accepts as often as all else together, so that something comes of what is asked."""
        answers: tuple[AnswerKind | None, ...] = ("accept", "accept", "accept", "decline", "holding", "counter", None)
        return answers[luck("answer", request.number) % len(answers)]

    def hush(self, look: PolicyView, luck: LuckRoll) -> VoiceAnswer | None:
        """Any of them by luck."""
        return VOICE_ANSWERS[luck("voice", 0) % len(VOICE_ANSWERS)]

    def conclude(self, number: int, look: PolicyView, luck: LuckRoll) -> ConclusionAnswer | None:
        """Any of them by luck."""
        answers = tuple(look.dossier.answers)
        return answers[luck("conclude", number) % len(answers)]

    def read(self, card: CardFacts, look: PolicyView, luck: LuckRoll) -> tuple[int, int]:
        """As it looks, give or take one."""
        hostility, _ = super().read(card, look, luck)
        return max(-3, min(3, hostility + luck("read", card.number) % 3 - 1)), 1 + luck("sure", card.number) % 4


def _count_moves(look: PolicyView) -> Counter[str]:
    """How often its own side has made each move."""
    return Counter([item.act.move for item in look.view.feed if type(item) is OwnActItem])


CAREFUL = (
    "private-inquiry",
    "offer-help",
    "notify-activity",
    "back-un-lead",
    "share-technical-data",
    "request-call",
    "joint-cell",
    "invite-inclusion",
    "reaffirm-rules",
    "condole",
    "deliver-help",
    "working-group",
    "grit-step",
    "private-reassure",
    "fact-statement",
    "joint-statement",
    "track2-probe",
    "propose-to-remove-the-cause",
    "correct-together",
    "manage-expectations",
    "people-to-people",
    "propose-principles",
)
"""What a careful player works through, in this order, and then again."""
SLICES = (
    "private-protest",
    "notify-activity",
    "show-of-force",
    "condole",
    "criticise",
    "cancel-event",
    "summon-ambassador",
)
"""Small steps, each of which would pass alone."""
MIRRORED: Mapping[str, tuple[str, ...]] = {
    "cooperate": ("share-technical-data", "joint-cell", "back-un-lead", "offer-help"),
    "reassure": ("private-reassure", "reaffirm-rules", "condole"),
    "restrain": ("grit-step", "private-reassure"),
    "contact": ("request-call", "private-inquiry", "working-group"),
    "inform": ("fact-statement",),
    "protest": ("private-protest", "deny-charge", "criticise"),
    "coerce": ("public-demand", "cancel-event", "warn"),
    "force": ("show-of-force",),
}
"""What matches an act of each family, the mildest first."""


class Silent(Policy):
    """Says as little as it may."""

    id = "silent"
    summary = _("Says as little as it may, answers nothing.")
    concludes = None
    to_voice = None
    decides = False
    readout = None

    def moves(self, look: PolicyView, luck: LuckRoll) -> Sequence[PlannedMove]:
        """One empty word, if the scenario asks for a move."""
        return (PlannedMove("no-comment", 0), PlannedMove("fact-statement", 0))[: look.dossier.moves_least]

    def answer(self, request: RequestFacts, look: PolicyView, luck: LuckRoll) -> AnswerKind | None:
        """No answer: the request stays open."""
        return None


class Random(_ByLuck):
    """Picks anything that can be made."""

    id = "random"
    summary = _("Picks moves, answers and readings by luck.")
    bears = (33, 33)
    accounts = ("agreed", "talked", "disagreed", None)
    widest = 3

    def moves(self, look: PolicyView, luck: LuckRoll) -> Sequence[PlannedMove]:
        """One to three moves, whichever."""
        able = list(look.able())
        wanted = 1 + luck("how-many", 0) % look.dossier.moves_most
        return [
            self._planned(able[(luck("move", 2 * place) * 100 + luck("move", 2 * place + 1)) % len(able)], place, luck)
            for place in range(wanted)
        ]

    def answer(self, request: RequestFacts, look: PolicyView, luck: LuckRoll) -> AnswerKind | None:
        """Accept, decline, hold or say nothing."""
        answers: tuple[AnswerKind | None, ...] = ("accept", "decline", "holding", None)
        return answers[luck("answer", request.number) % 4]

    def hush(self, look: PolicyView, luck: LuckRoll) -> VoiceAnswer | None:
        """A random answer to the hard voice, or none."""
        return (*VOICE_ANSWERS, None)[luck("voice", 0) % 4]

    def decide(self, number: int, ask: AskedFacts, luck: LuckRoll) -> str | None:
        """A random answer of the decision's, or none."""
        answers = (*ask.answers, *ask.may, None)
        return answers[luck("decide", number) % len(answers)]

    def conclude(self, number: int, look: PolicyView, luck: LuckRoll) -> ConclusionAnswer | None:
        """A random answer to a full pink line, or none."""
        answers: tuple[ConclusionAnswer | None, ...] = (*look.dossier.answers, None)
        return answers[luck("conclude", number) % len(answers)]

    def read(self, card: CardFacts, look: PolicyView, luck: LuckRoll) -> tuple[int, int]:
        """A random reading of a random certainty."""
        return luck("read", card.number) % 7 - 3, 1 + luck("sure", card.number) % 4


class Rota(Policy):
    """Works through kind acts one after another, whatever happens: private before public, host first."""

    id = "rota"
    summary = _(
        "Asks in private first, puts the host in the lead, accepts what is offered; by a list, whatever happens."
    )
    concludes = "tell"
    readout = "agreed", -2
    likely = 40

    def moves(self, look: PolicyView, luck: LuckRoll) -> Sequence[PlannedMove]:
        """Two moves of the careful list, going on where the turn before stopped."""
        return [PlannedMove(move, -2) for move in in_turn(CAREFUL, look)]

    def read(self, card: CardFacts, look: PolicyView, luck: LuckRoll) -> tuple[int, int]:
        """Gives the benefit of the doubt, and says so."""
        hostility, _ = super().read(card, look, luck)
        return (hostility - 1 if hostility > 0 else hostility), 2


class Mirror(Policy):
    """Tit for tat: begins with help, then does what was done to it."""

    id = "mirror"
    summary = _("Begins with help, then answers in kind (tit for tat).")
    concludes = "hold"

    def moves(self, look: PolicyView, luck: LuckRoll) -> Sequence[PlannedMove]:
        """What matches their acts of the turn before."""
        theirs = look.last_acts()
        if not theirs:
            return [PlannedMove("offer-help", -2), PlannedMove("share-technical-data", -2)]
        return [plan for item in reversed(theirs) for plan in self._matching(item, look)]

    def _matching(self, item: ActItem, look: PolicyView) -> Sequence[PlannedMove]:
        family = look.family_of(item.act.move)
        meant = TAKEN_AS.get(family, 0)
        return [PlannedMove(move, meant) for move in MIRRORED.get(family, ("fact-statement",))]


class Salami(Policy):
    """Presses in slices, each with a harmless face."""

    id = "salami"
    summary = _("Presses in small steps, each of which would pass alone, and means nothing by any of them.")
    purposes = "seen", "ask"
    concludes = None
    to_voice = "speak"
    lets_speak = True

    def moves(self, look: PolicyView, luck: LuckRoll) -> Sequence[PlannedMove]:
        """One slice a turn, and a kind word with every other."""
        first = SLICES[(look.view.turn - 1) % len(SLICES)]
        return [PlannedMove(first, 0), PlannedMove("fact-statement", 0)]

    def answer(self, request: RequestFacts, look: PolicyView, luck: LuckRoll) -> AnswerKind | None:
        """A holding note, then a refusal."""
        return "decline" if request.held else "holding"


MIXED: Final[Mapping[str, Policy]] = {
    policy.id: policy for policy in (Silent(), Random(), Rota(), Firm(), Mirror(), Salami(), Reckless(), Curious())
}
"""Those that are drawn where nobody says who plays: between them they reach what even-tempered play does not."""
SINGLE: Final = (Attentive(), TellsAll(), TellsNothing(), HumanLike(), FirmInPrivate(), RecklessWords(), Violent())
"""Those that play only where somebody names them."""
POLICIES: Final[Mapping[str, Policy]] = {**MIXED, **{policy.id: policy for policy in SINGLE}}
"""Every policy by its id."""
