"""A team's desk: what it can type in each phase, and what it is told when it sits down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.dossier import TeamEntry
from crisis_sim.engine.sight.views import CardFacts, TeamView
from crisis_sim.pages.briefing_blocks import earlier_head, instruction_blocks
from crisis_sim.pages.closer_words import closer_blocks, closer_settled
from crisis_sim.pages.decision_blocks import answered, decision_blocks, settled, unsettled, unsettled_told
from crisis_sim.pages.desk_blocks import draft_head, our_list, received, request_blocks, request_status, waiting
from crisis_sim.pages.duty import duty, where
from crisis_sim.pages.forecast_blocks import asked_again, belief_note, forecast_blocks, forecast_scores
from crisis_sim.pages.line_blocks import line_blocks
from crisis_sim.pages.move_blocks import move_blocks, why_not
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reading_blocks import card_list, taken
from crisis_sim.pages.sealed import of_secrets
from crisis_sim.pages.standing_blocks import meter_blocks, score_blocks, track_blocks
from crisis_sim.pages.telling import telling_due, telling_pages
from crisis_sim.plain.block_lines import lines_of
from crisis_sim.plain.closer_prompts import closer_commands
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.decision_prompts import carrying_out, decided
from crisis_sim.plain.desk import Command, Desk, DeskLook
from crisis_sim.plain.line_prompts import LinePrompts
from crisis_sim.plain.mark_prompts import MARKS, hints, marked
from crisis_sim.plain.move_prompts import MovePrompts
from crisis_sim.plain.reading_prompts import name_lines, read_card
from crisis_sim.plain.readout_prompts import READOUT, Talks, hold_talk, readout, tell_sheet
from crisis_sim.plain.stepping import step_through
from crisis_sim.plain.team_looks import TEAM_LOOKS
from crisis_sim.plain.typed import PromptOption, assent, narrow
from crisis_sim.wording import _

TELLS = _("what has happened, one thing at a time, once more")
DECIDES = _("say what we do with what we now believe, or with a voice at home")


class TeamDesk(Desk):
    """A team at this terminal."""

    def __init__(self, seat: Reader, console: Console, people: Sequence[a.SeatName]) -> None:
        """`people` are the seats played here."""
        super().__init__(seat, console, people)
        self.lining = LinePrompts(seat, console, lambda: self.view)
        self.talks = Talks()
        self.is_briefed = False

    @property
    def view(self) -> TeamView:
        """What the team sees now."""
        view = self.seat.view()
        assert isinstance(view, TeamView)
        return view

    @property
    def _team(self) -> TeamEntry:
        team = self.words.dossier.team
        assert team is not None
        return team

    async def sit(self) -> None:
        """Play until this phase wants nothing more of the team. Raises HandOver and Quit."""
        self.sit_down()
        view, say = self.view, self.words
        if self.placed != view.turn:
            self.placed = view.turn
            self.console.tell("{seat}. {where}", seat=say.team(view.side), where=where(view, say))
        is_told = False
        if self.chair.told < (due := telling_due(self.view)):
            is_told = self._tell()
            self.chair.told = due
            self.seen = len(self.view.feed)
        self.since = self.console.now()
        try:
            await self._sit(is_told=is_told)
        finally:
            self.count_time()

    def read_sheet(self) -> None:
        """What we take into a talk, for our eyes alone. Raises Quit."""
        self.sit_down()
        tell_sheet(self.console, self.view, self.talks, self.words)

    async def _sit(self, *, is_told: bool) -> None:
        phase, turn = self.view.phase, self.view.turn
        await self._open(is_told=is_told)
        if phase == "readings" and not self.view.committed:
            await self._read_all("")
        if phase == "forecasts" and not self.view.committed:
            await self._forecast("")
        waits = self.view.committed
        doing = self.lining.while_waiting() if waits else self._doing()
        names = [*(command.name for command in doing), *(["hand"] if waits or not doing else [])]

        def goes_on() -> bool:
            view = self.view
            return (view.phase, view.turn) == (phase, turn) and (waits or not (doing and view.committed))

        named = self.console.words(phase).capitalize()
        await self.serve(
            "{phase}. Type {names}, or {how}.",
            [*doing, *self._catalogued(), *self.shared_commands()],
            goes_on,
            phase=named,
            names=self.console.words(", ").join(map(self.console.verb, names)),
            how=self.console.verb("help"),
        )

    async def _open(self, *, is_told: bool) -> None:
        """What a team is told when it sits down; what it has just been told is left out."""
        view, say = self.view, self.words
        if view.phase == "briefing" and not self.is_briefed:
            self._brief()
        if view.phase in ("situation", "moves", "results"):
            self.news()
            self._stand(is_told=is_told)
        else:
            self.news("situation")
        await hold_talk(self, view, self.talks)
        if view.phase == "forecasts":
            self.show(forecast_scores(view.forecast_scores, say))
        self.console.say(duty(view, say))

    def _brief(self) -> None:
        """What a team comes with, the first time that it sits down."""
        say = self.words
        self.is_briefed = True
        self.console.say(say.of(say.dossier.handling))
        self.console.tell("Our part: {part}", part=say.of(self._team.part))
        self.page(say("Aim: {aim}", aim=say.of(aim)) for aim in self._team.aims)
        self.show(instruction_blocks(self._team, say))
        self.show(earlier_head(say))
        looks = _("Type {brief} to read the briefs, {lines} for our lines, {channels} for the ways to talk.")
        self.console.say(say(looks, **{name: self.console.verb(name) for name in ("brief", "lines", "channels")}))

    def _stand(self, *, is_told: bool) -> None:
        """How it stands with us: from the second turn on what home and we make of it, then what is asked of us."""
        view, say = self.view, self.words
        if view.turn > 1 or view.phase == "results":
            self.show(meter_blocks(view, say))
            if pressed := [line for line in view.lines if line.adopted and line.state != "quiet"]:
                self.show(line_blocks(pressed, say))
        if view.score is not None:
            self.show(score_blocks(view.score, say))
        if is_told:
            return
        self.show(track_blocks(view.tracks, say))
        if view.requests:
            self.console.tell("Waiting for our answer:")
            self.show(waiting(view, say, detailed=True))
        self.show([*closer_blocks(view, say), *decision_blocks(view.decisions, say)])

    def _doing(self) -> list[Command]:
        """What this phase asks of us."""
        match self.view.phase:
            case "briefing" | "closing":
                return self.lining.commands()
            case "moves":
                return [
                    Command("move", "put a move on our list; a name or a word to look for can follow", self._move),
                    Command("answer", "answer what was asked of us", self._answer),
                    Command("list", "what is on our list", self._list),
                    Command("revise", "change a move on our list", self._revise),
                    Command("withdraw", "take a move off our list", self._withdraw),
                    *(
                        Command(field, mark.does, partial(self._mark, field))
                        for field, mark in MARKS.items()
                        if mark.is_known(self.words.dossier)
                    ),
                    *([Command("decide", DECIDES, self._decide)] if self.view.decisions else []),
                    *closer_commands(self, self.view),
                    Command("readout", READOUT, self._readout),
                    Command("commit", "make our list final", self._commit_moves),
                ]
            case "readings":
                return [
                    Command("read", "read a card again", self._read_again),
                    Command("commit", "make our readings final", self._commit_readings),
                    *([Command("readout", READOUT, self._readout)] if self.view.exchanges else []),
                ]
            case "forecasts":
                return [
                    Command("forecast", "give our forecasts again", self._forecast),
                    Command("commit", "make our forecasts final", self._commit_forecasts),
                ]
            case _:
                return []

    def _offer(self, commands: Sequence[Command]) -> None:
        """What can be typed, and what may show of what we seal."""
        super()._offer(commands)
        self.page(map(self.console.words, of_secrets(self.view)))

    def looks(self) -> list[DeskLook]:
        """What can be looked at."""
        return [
            *super().looks(),
            *self.looks_at(TEAM_LOOKS, lambda: self.view),
            *([DeskLook("telling", TELLS, self._tell)] if self.view.turn else []),
        ]

    def _catalogued(self) -> list[Command]:
        return [Command("catalogue", "all moves; a word to look for can follow", self._catalogue)]

    def _tell(self) -> bool:
        """What has happened, one thing at a time; whether it was told to its end."""
        pages = telling_pages(self.view, self.words)
        return step_through(self.console, [lines_of(page, self.console.words) for page in pages])

    # moves

    async def _move(self, rest: str) -> None:
        composer = MovePrompts(self.console, self.view, self.words)
        await self._sealed(composer, composer.move(rest))

    async def _answer(self, rest: str) -> None:
        view = self.view
        if not view.requests:
            self.console.tell("Nothing waits for an answer.")
            return
        request, say = view.requests[0], self.words
        if len(view.requests) > 1:
            options = [
                PromptOption(str(each.number), received(each.act, say), request_status(each, view, say)[0])
                for each in view.requests
            ]
            number = self.console.pick("Which one?", options)
            request = next(each for each in view.requests if str(each.number) == number)
        self.show(request_blocks((request,), view, say, detailed=len(view.requests) > 1))
        composer = MovePrompts(self.console, view, self.words)
        await self._sealed(composer, composer.answer(request))

    async def _sealed(self, composer: MovePrompts, sheet: object, number: int | None = None) -> None:
        """Put a move on the list; a refused one is asked for again, step by step, until it goes or is given up."""
        from crisis_sim.errors import ActionRefused
        from crisis_sim.pages.move_sheet import MoveSheet

        assert isinstance(sheet, MoveSheet)
        while True:
            draft = sheet.draft()
            action = a.SealMove(draft=draft) if number is None else a.ReviseMove(number=number, draft=draft)
            try:
                await self.submit(action)
                break
            except ActionRefused as refused:
                self.refused(refused)
                self.console.tell(
                    "What follows asks for its parts again; {back} gives it up.", back=self.console.verb("back")
                )
                sheet = composer.parts(sheet)
        self.console.tell("On our list: {move}.", move=draft_head(draft, self.words))
        for hint in hints(self.view, sheet, self.words):
            self.console.say(hint)

    async def _list(self, rest: str) -> None:
        self.show(our_list(self.view, self.words, detailed=True))

    def _chosen(self, prompt: str) -> int | None:
        count = len(self.view.drafts)
        self.show(our_list(self.view, self.words, detailed=True))
        return self.console.number(prompt, 1, count) if count else None

    async def _revise(self, rest: str) -> None:
        number = self._chosen("Which one?")
        if number is None:
            return
        old = self.view.drafts[number - 1].draft
        composer = MovePrompts(self.console, self.view, self.words)
        if old.answers is not None:
            request = next(kept for kept in self.view.requests if kept.number == old.answers)
            sheet = composer.answer(request, old.text)
        else:
            name = self.console.ask("Which move in its place? Enter keeps this one.") or old.move
            sheet = composer.move(name, old.text)
        await self._sealed(composer, sheet, number)

    async def _withdraw(self, rest: str) -> None:
        number = self._chosen("Which one?")
        if number is not None:
            await self.submit(a.WithdrawMove(number=number))
            self.console.tell("Taken off our list.")

    async def _mark(self, field: str, rest: str) -> None:
        number = self._chosen("Which one?")
        if number is None:
            return
        draft = marked(field, self.view.drafts[number - 1].draft, self.console, self.view, self.words)
        if draft is not None:
            await self.submit(a.ReviseMove(number=number, draft=draft))
            self.console.tell("On our list: {move}.", move=draft_head(draft, self.words))

    async def _decide(self, rest: str) -> None:
        action = decided(self.console, self.view, self.words)
        await self.submit(action)
        decision = next(each for each in self.view.decisions if each.asked == action.asked)
        answer = answered(decision, action.answer, self.words)
        self.console.tell("What we do about it: {answer}. It can be changed until we commit.", answer=answer)
        if move := carrying_out(decision, action.answer, self.console, self.view, self.words):
            await self._move(move)

    async def _readout(self, rest: str) -> None:
        action = readout(self.console, self.view, self.words)
        if action is not None:
            await self.submit(action)
            self.console.tell("Sealed; it is published at the end of the turn.")

    async def _commit_moves(self, rest: str) -> None:
        if not assent(rest):
            self.show(our_list(self.view, self.words, detailed=True))
            unanswered = [request for request in self.view.requests if not (request.drafted or request.held)]
            if unanswered:
                self.console.tell("Waiting for our answer:")
                self.show(request_blocks(unanswered, self.view, self.words, detailed=True))
            left = unsettled(self.view, self.words)
            self.show(decision_blocks(left, self.words))
            self.page(unsettled_told(each, self.words) for each in left if each.ask is not None)
            self.page([*settled(self.view, self.words), *closer_settled(self.view, self.words)])
        self.console.confirm("Our list is final once it is committed. Commit it?", rest)
        await self.submit(a.CommitMoves())
        self.console.tell("Our moves are final.")

    # readings

    async def _read_all(self, rest: str) -> None:
        name_lines(self.console, self.view, self.words)
        for card in self.view.to_read:
            if card.hostility is None:
                try:
                    await self._read(card)
                except Back:
                    return

    async def _read(self, card: CardFacts) -> None:
        await read_card(card, self.console, self.seat, self.submit)

    async def _read_again(self, rest: str) -> None:
        cards, say = self.view.to_read, self.words
        options = [PromptOption(str(each.number), received(each.act, say), taken(each, say).text) for each in cards]
        if not options:
            self.console.tell("Nothing reached us this turn.")
            return
        number = self.console.pick("Which card?", options)
        name_lines(self.console, self.view, self.words)
        await self._read(next(card for card in cards if str(card.number) == number))

    async def _commit_readings(self, rest: str) -> None:
        if not assent(rest):
            self.show(card_list(self.view.to_read, self.words))
        self.console.confirm("Our readings are final once they are committed. Commit them?", rest)
        await self.submit(a.CommitReadings())
        self.console.tell("Our readings are final.")

    # forecasts

    async def _forecast(self, rest: str) -> None:
        self.console.tell("For the next turn, how likely is it, in percent? Enter leaves one out.")
        self.show(belief_note(self.view.forecasts, self.words))
        for forecast in self.view.forecasts:
            try:
                chance = self._percent(asked_again(forecast, self.words))
            except Back:
                return
            if chance is not None:
                await self.submit(a.SealForecast(forecast=forecast.id, chance=chance))

    def _percent(self, asked: str) -> int | None:
        while True:
            text = narrow(self.console.ask("{asked} Type 0 to 100.", asked=asked)).removesuffix("%").strip()
            if not text:
                return None
            if text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= 100:
                return int(text)
            self.console.tell("That is no number from 0 to 100.")

    async def _commit_forecasts(self, rest: str) -> None:
        if not assent(rest):
            self.show(forecast_blocks(self.view.forecasts, self.words))
        self.console.confirm("Our forecasts are final once they are committed. Commit them?", rest)
        await self.submit(a.CommitForecasts())
        self.console.tell("Our forecasts are final.")

    async def _catalogue(self, rest: str) -> None:
        composer = MovePrompts(self.console, self.view, self.words)
        composer.page_moves(composer.able, rest)
        for move in self.words.dossier.moves.values():
            if why_not(move.id, self.view, self.words) and rest.lower() in self.words.of(move.label).lower():
                named, *facts = lines_of(move_blocks(move, self.view, self.words, named=True), self.console.words)
                self.page([named])
                self.page(facts, indent=2)
