"""Bots: players that see what a seat sees and nothing else.

A bot is a policy, a side and a seed; asked with a view, it says all that it does until its part of the phase is over.
It keeps nothing between two questions, so a resumed session goes on as it would have gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, Literal, Protocol, TypeAlias

from msgspec import UNSET, Struct, structs

from crisis_sim.engine import actions as a
from crisis_sim.engine.moment_facts import roll
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.seat_views import DecisionFacts, FacilitatorView, RequestFacts, TeamView, View
from crisis_sim.errors import ActionRefused
from crisis_sim.playtest.bot_words import about_closer, closing_acts, principles_accepted, words_for
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.playtest.policy import HOSTILE, PlannedMove, Policy, PolicyView, nothing_twice
from crisis_sim.rules.names import AnswerKind, DecisionAnswer, Language, Side
from crisis_sim.session.seat import Seat
from crisis_sim.wording import _, speaker

__all__ = ["AUTO", "POLICIES", "SEATED", "AutoFacilitator", "Bot", "Player", "bot_for", "play_out", "sit"]

BLAME: Final = _("Public blame before a private word")
FORCE: Final = _("Force used against people who are helping")
"""Lines that a bot guesses of the other side."""
AUTO: Final = "auto"
"""What a log calls the facilitator that only keeps play going and, where asked to, releases injects by luck."""
SEATED: Final[Mapping[a.SeatName, Sequence[str]]] = {
    "us": tuple(POLICIES),
    "china": tuple(POLICIES),
    "facilitator": (AUTO,),
}
"""The bots that can sit at each seat, as a log calls them."""
Submit: TypeAlias = Callable[[a.SeatName, a.AnyAction], object]


class Player(Protocol):
    """Whoever can be asked what to do next. It acts only while play waits for its seat."""

    @property
    def seat(self) -> a.SeatName:
        """Where it sits."""

    def actions(self, view: View) -> Iterator[a.AnyAction]:
        """What it does until its part of the phase is over, one after another; nothing while that is nothing."""

    def way_out(self, view: View) -> a.AnyAction:
        """What it does where its action was refused: whatever ends its part of the phase."""


class Bot(Struct, frozen=True):
    """A team's bot."""

    seat: Side
    policy: Policy
    seed: str
    dossier: Dossier
    language: Language = "en"
    """In which it writes."""
    hears: tuple[str, ...] = ()
    """Its order of offences, where it goes by a hearing profile; else luck has ordered them."""

    def actions(self, view: View) -> Iterator[a.AnyAction]:
        """What it does until its part of the phase is over, and the commit that ends it."""
        if not isinstance(view, TeamView) or view.paused:
            return
        if view.phase in ("closing", "hotwash") and self.dossier.asks_principles:
            yield from principles_accepted(view)
        if view.committed:
            return
        match view.phase:
            case "briefing" | "closing":
                yield from self._lines(view)
                if view.phase == "closing" and (
                    last_acts := tuple(closing_acts(view, self.dossier, self.language, self._luck(0)))
                ):
                    yield from last_acts
                    return  # what the other side puts meanwhile is looked at before all is sealed
            case "moves":
                yield from self._moves(PolicyView(view, self.dossier))
            case "readings":
                yield from self._readings(PolicyView(view, self.dossier))
                yield from self._forecasts(PolicyView(view, self.dossier))
            case "forecasts":
                yield from self._forecasts(PolicyView(view, self.dossier))
            case _:
                return
        yield self.way_out(view)

    def way_out(self, view: View) -> a.AnyAction:
        """Commit what there is."""
        match view.phase:
            case "briefing" | "closing":
                return a.SealLines()
            case "moves":
                return a.CommitMoves()
            case "readings":
                return a.CommitReadings()
            case _:
                return a.CommitForecasts()

    def _luck(self, turn: int) -> Callable[[str, int], int]:
        return lambda purpose, number: roll(self.seed, f"bot/{purpose}", self.seat, turn, number)

    def _lines(self, view: TeamView) -> Iterator[a.AnyAction]:
        """Guess two of their lines, and say where asked what is grave to us and them."""
        say = speaker(self.language)
        guesses: tuple[tuple[Literal["red", "pink"], str, str, int], ...] = (
            ("pink", "face", say(BLAME), 6),
            ("red", "safety", say(FORCE), 9),
        )
        for kind, concern, text, weight in guesses[len(view.guesses) if view.phase == "briefing" else 2 :]:
            if concern in self.dossier.concerns:
                yield a.GuessLine(line=kind, concern=concern, says=text, weight=weight)
        if self.dossier.offences:
            yield from self._orders(view)

    def _orders(self, view: TeamView) -> Iterator[a.AnyAction]:
        """Its own order of offences before play; and the other's, which it takes for its own unless it goes by luck."""
        own = view.order or self.hears or self._by_luck("order")
        if not view.order and view.phase == "briefing":
            yield a.OrderOffences(order=own)
        if not view.order_guess:
            yield a.GuessOrder(order=self._by_luck("guess") if self.policy.id == "random" else own)

    def _by_luck(self, purpose: str) -> tuple[str, ...]:
        """An order of the card's acts."""
        luck = self._luck(0)
        return tuple(sorted(self.dossier.offences, key=lambda act: (luck(f"{purpose}/{act}", 0), act)))

    def _moves(self, look: PolicyView) -> Iterator[a.AnyAction]:
        """Give accounts, answer what asks and requests, then make moves, as far as there is room on the list."""
        yield from self._readouts(look)
        yield from self._decisions(look)
        yield from about_closer(look.view, self.policy, self._luck(look.view.turn))
        listed = [entry.draft for entry in look.view.drafts]
        for draft in (*self._answers(look), *self._wanted(look)):
            is_listed = any((peer.move, peer.answers) == (draft.move, draft.answers) for peer in listed)
            if not is_listed and (draft.answers is not None or a.count_moves(listed) < self.dossier.moves_most):
                listed.append(nothing_twice(draft, listed))
                yield a.SealMove(draft=listed[-1])

    def _readouts(self, look: PolicyView) -> Iterator[a.SealReadout]:
        """Accounts of the exchanges that wait for one."""
        for exchange in look.view.exchanges:
            if exchange.open and exchange.ours is None:
                account = self.policy.account(exchange.number, look, self._luck(look.view.turn))
                if account is not None:
                    yield a.SealReadout(exchange=exchange.number, outcome=account[0], tone=account[1])

    def _decisions(self, look: PolicyView) -> Iterator[a.AnswerDecision]:
        """What it does with the conclusions, the hard voice at home and the decisions that ask."""
        for decision, answer in self._decided(look):
            if decision.answer is None and answer is not None:
                yield a.AnswerDecision(asked=decision.asked, answer=answer)

    def _decided(self, look: PolicyView) -> Iterator[tuple[DecisionFacts, DecisionAnswer | None]]:
        """What asks, each with its policy's answer."""
        policy, luck = self.policy, self._luck(look.view.turn)
        for number, decision in enumerate(look.view.decisions):
            yield decision, policy.respond(number, decision, look, luck)

    def _carried_out(self, look: PolicyView) -> Iterator[PlannedMove]:
        """A move that can be made for each answer of its own."""
        for decision, answer in self._decided(look):
            moves = self.dossier.carried_out_by(answer) if answer is not None and decision.ask is None else ()
            if able := [move for move in moves if move not in look.blocked]:
                yield PlannedMove(self.policy.carries_out(able, look), 0, line=decision.asked or None)

    def _answers(self, look: PolicyView) -> Iterable[a.Draft]:
        """Drafts that answer requests, newest first."""
        luck = self._luck(look.view.turn)
        for request in reversed(look.view.requests):
            kind = self.policy.answer(request, look, luck)
            if kind is None or (kind == "holding" and request.held):
                continue
            draft = self._draft(look, self._answering(request, look, kind), answers=request.number, kind=kind)
            if draft is not None:
                yield self._accepted(draft, request, look) if kind == "accept" else draft

    def _accepted(self, draft: a.Draft, request: RequestFacts, look: PolicyView) -> a.Draft:
        """With who takes a call, as its policy has it if they may, and what for; as it is where it is no call."""
        able, option = list(look.dossier.takers), look.dossier.moves.get(request.act.move)
        if option is None or not option.exchange:
            return draft
        wanted = self.policy.takes(request.number, self._luck(look.view.turn))
        taker = UNSET if not able else wanted if wanted in able else able[-1]
        return self._for_what(structs.replace(draft, taker=taker), look)

    def _for_what(self, draft: a.Draft, look: PolicyView) -> a.Draft:
        """With what it wants of a call and thinks that they want, where that is asked."""
        if not self.dossier.call_purposes:
            return draft
        ours, theirs = self.policy.wants(self._luck(look.view.turn))
        return structs.replace(draft, purpose=ours, their_purpose=theirs)

    def _answering(self, request: RequestFacts, look: PolicyView, kind: AnswerKind) -> PlannedMove:
        """The move that answers so; a counter is the dearest move of its policy."""
        match kind:
            case "accept":
                return PlannedMove(request.accept, -1)
            case "decline":
                return PlannedMove(request.decline, 1)
            case "holding":
                return PlannedMove(self.dossier.holding, -1)
            case "counter":
                wanted = self.policy.moves(look, self._luck(look.view.turn))
                return next(iter(wanted), PlannedMove("fact-statement", 0))

    def _wanted(self, look: PolicyView) -> Sequence[a.Draft]:
        """Up to two moves that can be made, those for its answers first, then its policy's; or else one plain word."""
        plans = chain(self._carried_out(look), self.policy.moves(look, self._luck(look.view.turn)))  # few are looked at
        limit = self.dossier.moves_most if self.policy.many else 2
        drafts: list[a.Draft] = []
        for plan in plans:
            draft = self._draft(look, plan)
            if draft is not None and all(draft.move != peer.move for peer in drafts):
                drafts.append(draft)
                if len(drafts) == limit:
                    return drafts
        fallback = self._draft(look, PlannedMove("fact-statement", 0))
        return drafts or ([fallback] if fallback is not None else self._fallback_moves(look))

    def _fallback_moves(self, look: PolicyView) -> list[a.Draft]:
        """The first mild move that can be made."""
        mild = [option for option in self.dossier.moves.values() if option.family not in HOSTILE]
        drafts = (self._draft(look, PlannedMove(option.id, 0)) for option in mild)
        return [draft for draft in drafts if draft is not None][: max(1, self.dossier.moves_least)]

    def _draft(
        self, look: PolicyView, plan: PlannedMove, answers: int | None = None, kind: AnswerKind | None = None
    ) -> a.Draft | None:
        """A draft of a planned move over the first channel that fits; None if it can't be made."""
        option = self.dossier.moves.get(plan.move)
        if option is None or not look.can_make(option) or (option.only_as_answer and answers is None):
            return None
        way = plan.way or look.first_way(option)
        if way is None:
            return None
        channel, visibility = way
        if option.needs_consent_or not in (None, *plan.terms) and option.id in look.unasked:
            return None
        lines = (plan.line, *(line.id for line in look.view.lines if line.adopted)) if option.tells else ()
        line = next((line_id for line_id in lines if line_id is not None), UNSET)
        if option.tells and line is UNSET:
            return None
        luck = self._luck(look.view.turn)
        draft = a.Draft(
            move=option.id,
            channel=channel,
            visibility=visibility,
            text=words_for(option, self.language),
            intent=plan.intent,
            expected=self.policy.expects(plan, luck),
            audience=self.policy.speaks_to(plan, luck) if visibility == "public" else UNSET,
            terms=tuple([term for term in plan.terms if self.dossier.terms[term].heard in (None, visibility)]),
            promise=plan.promise if plan.promise in option.promises else None,
            about=(plan.about or channel) if option.about_channel else None,
            asset=look.asset(option, luck),
            answers=answers,
            how=kind,
            line=line,
            **self.policy.marks(option, look, luck),
            **self.policy.optional_parts(option, look, luck),
        )
        return self._for_what(draft, look) if option.exchange else draft

    def _readings(self, look: PolicyView) -> Iterator[a.AnyAction]:
        """Read every card that has not been read."""
        for card in look.view.to_read:
            if card.hostility is None:
                luck = self._luck(look.view.turn)
                hostility, confidence = self.policy.read(card, look, luck)
                audience = self.policy.hears(card, look, luck) if card.act.visibility == "public" else UNSET
                yield a.SealReading(item=card.number, hostility=hostility, confidence=confidence, audience=audience)

    def _forecasts(self, look: PolicyView) -> Iterator[a.AnyAction]:
        """Give a chance for everything that is asked."""
        for number, forecast in enumerate(look.view.asked_now):
            if forecast.chance is None:
                chance = self.policy.forecast(forecast.id, number, look, self._luck(look.view.turn))
                yield a.SealForecast(forecast=forecast.id, chance=chance)


class AutoFacilitator(Struct, frozen=True):
    """A facilitator that keeps play going and, where asked to, releases by luck what comes by hand alone."""

    close: bool = True
    """Close the session after the hotwash has opened; false where people want to look at it."""
    seat: a.SeatName = "facilitator"
    seed: str = ""
    release: int = 0
    """Percent: the chance in each turn, once its time has come, that an inject which comes by hand is released."""

    def actions(self, view: View) -> Iterator[a.AnyAction]:
        """Go on where play waits for the facilitator."""
        if not isinstance(view, FacilitatorView) or view.paused or view.waiting_for != ("facilitator",):
            return
        if self.release and view.phase == "situation":
            for item in view.msel:
                if item.state == "by-hand" and item.at <= view.hour and self._lets_go(item.id, view.turn):
                    yield a.ReleaseInject(inject=item.id)
        if view.phase != "hotwash" or self.close:
            yield a.Advance()

    def way_out(self, view: View) -> a.AnyAction:
        """Advance to the next phase."""
        return a.Advance()

    def _lets_go(self, inject: str, turn: int) -> bool:
        return roll(self.seed, "facilitator/release", inject, turn, 0) < self.release


def bot_for(
    seat: Side, policy: str, seed: str, dossier: Dossier, language: Language = "en", hears: tuple[str, ...] = ()
) -> Bot:
    """A team's bot by its policy's id; KeyError for an unknown one."""
    return Bot(seat, POLICIES[policy], seed, dossier, language, hears)


def play_out(
    players: Sequence[Player],
    look: Callable[[a.SeatName], View],
    submit: Submit,
    waits_for: Callable[[], Sequence[a.SeatName]] = lambda: a.SEATS,
) -> None:
    """Play until nobody has anything to do: one action of each in turn, each player's from one view of its seat.

    What others do meanwhile is sealed until the phase is over, so that it would see the same. `waits_for` says for
    which seats play waits, where that is known without looking: nobody else has anything to do, and a view that nobody
    needs is not made.
    """
    going: dict[a.SeatName, tuple[View, Iterator[a.AnyAction]]] = {}
    acted = True
    while acted:
        acted = False
        for player in players:
            if player.seat in waits_for():
                acted = _step(player, look, submit, going) or acted


def _step(
    player: Player,
    look: Callable[[a.SeatName], View],
    submit: Submit,
    going: dict[a.SeatName, tuple[View, Iterator[a.AnyAction]]],
) -> bool:
    """Let one player act once, on what it saw when it began or, if that is done, on what it sees; false if it can't."""
    view, actions = going.pop(player.seat, (None, iter(())))
    action = next(actions, None)
    if action is None or view is None:
        view = look(player.seat)
        actions = player.actions(view)
        action = next(actions, None)
    if action is None:
        return False
    try:
        submit(player.seat, action)
    except ActionRefused:
        submit(player.seat, player.way_out(view))
    else:
        going[player.seat] = view, actions
    return True


async def sit(player: Player, seat: Seat) -> None:
    """Play at a seat as long as there is something to come; for bots beside people."""
    changes = seat.changes()
    while True:
        action = next(player.actions(seat.view()), None)
        if action is None:
            try:
                await anext(changes)
            except StopAsyncIteration:
                return
            continue
        try:
            await seat.submit(action)
        except ActionRefused:
            await seat.submit(player.way_out(seat.view()))
