"""A team's desk: what it can type in each phase, and what it is told when it sits down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.dossier import TeamEntry
from crisis_sim.engine.sight.views import CardFacts, TeamView
from crisis_sim.pages.asset_blocks import asset_blocks
from crisis_sim.pages.briefing_blocks import earlier_blocks, earlier_head, instruction_blocks
from crisis_sim.pages.channel_blocks import agenda_blocks, channel_blocks, own_leave
from crisis_sim.pages.closer_words import closer_blocks, closer_settled
from crisis_sim.pages.decision_blocks import answered, decision_blocks, settled, unsettled, unsettled_told
from crisis_sim.pages.desk_blocks import draft_head, our_list, received, request_blocks, request_status, waiting
from crisis_sim.pages.disclosure_words import private_fact_blocks
from crisis_sim.pages.duty import duty, where
from crisis_sim.pages.forecast_blocks import asked_again, belief_note, forecast_blocks, forecast_scores
from crisis_sim.pages.line_blocks import expected_blocks, guess_blocks, guesses_before, line_blocks, lines_to_keep
from crisis_sim.pages.move_blocks import move_blocks, why_not
from crisis_sim.pages.order_blocks import own_order, their_order
from crisis_sim.pages.phrases import confidence, valued
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reading_blocks import card_list, taken
from crisis_sim.pages.sealed import of_secrets
from crisis_sim.pages.stand_words import citation_blocks, position_blocks
from crisis_sim.pages.standing_blocks import meter_blocks, promises, score_blocks, track_blocks
from crisis_sim.plain.block_lines import lines_of
from crisis_sim.plain.closer_prompts import closer_commands
from crisis_sim.plain.console import Back, Console, PromptOption, assent
from crisis_sim.plain.decision_prompts import carrying_out, decided
from crisis_sim.plain.desk import Command, Desk
from crisis_sim.plain.line_prompts import LinePrompts
from crisis_sim.plain.mark_prompts import MARKS, hints, marked
from crisis_sim.plain.move_prompts import MovePrompts
from crisis_sim.plain.prose_lines import prose
from crisis_sim.plain.reading_prompts import name_lines, read
from crisis_sim.plain.readout_prompts import READOUT, Talks, readout, tell_talk
from crisis_sim.wording import _

DECIDES = _("say what we do with what we now believe, or with a voice at home")


class TeamDesk(Desk):
    """A team at this terminal."""

    def __init__(self, seat: Reader, console: Console, people: Sequence[a.SeatName]) -> None:
        """`people` are the seats played here."""
        super().__init__(seat, console, people)
        self.lining = LinePrompts(seat, console, lambda: self.view)
        self._talks = Talks()

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
        phase, turn = self.view.phase, self.view.turn
        self._open()
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

        commands = [*doing, *self._looking(), *self.shared_commands()]
        named = self.console.words(phase).capitalize()
        await self.serve(
            "{phase}. Type {names}, or ? for all.",
            commands,
            goes_on,
            phase=named,
            names=self.console.words(", ").join(names),
        )

    def _open(self) -> None:
        """What a team is told when it sits down."""
        view, say = self.view, self.words
        self.console.tell("{seat}. {where}", seat=say.team(view.side), where=where(view, say))
        if view.phase == "briefing":
            self.console.say(say.of(say.dossier.handling))
            self.console.tell("Our part: {part}", part=say.of(self._team.part))
            self.page(say("Aim: {aim}", aim=say.of(aim)) for aim in self._team.aims)
            self.show(instruction_blocks(self._team, say))
            self.show(earlier_head(say))
            self.console.tell("Type brief to read the briefs, lines for our lines, channels for the ways to talk.")
        self.news(without="theirs" if view.phase == "readings" else "")
        tell_talk(self.console, view, self._talks, say, self.show)
        if view.phase == "moves":
            self.show(track_blocks(view.tracks, say))
            if view.score is not None:
                self.show(score_blocks(view.score, say))
            if view.requests:
                self.console.tell("Waiting for our answer:")
                self.show(waiting(view, say, detailed=True))
            self.show([*closer_blocks(view, say), *decision_blocks(view.decisions, say)])
        if view.phase == "forecasts":
            self.show(forecast_scores(view.forecast_scores, say))
        self.console.say(duty(view, say))

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

    def _looking(self) -> list[Command]:
        return [
            Command("brief", "the public brief, then our own", self._brief),
            *([Command("facts", "what we alone know", self._facts)] if self.view.private_facts else []),
            *([Command("assets", "what we have, and what we see of theirs", self._assets)] if self.view.assets else []),
            Command("lines", "our lines, and our guesses of theirs", self._lines),
            Command("channels", "the channels, and what shape they are in", self._channels),
            Command("requests", "what waits for an answer", self._requests),
            Command("promises", "promises on the record", self._promises),
            Command("standing", "our standing at home, and what we give them credit for", self._standing),
            Command("catalogue", "all moves; a word to look for can follow", self._catalogue),
        ]

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
                self.console.tell("What follows asks for its parts again; back gives it up.")
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
        reading = read(card, self.console, self.view, self.words)
        if reading is not None:
            await self.submit(reading)
            words = confidence(self.words, reading.confidence)
            self.console.tell("Read as {meant}, {sure}.", meant=valued(reading.hostility, self.words), sure=words)

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
            text = self.console.ask("{asked} Type 0 to 100.", asked=asked).removesuffix("%").strip()
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

    # looking

    async def _brief(self, rest: str) -> None:
        self.page([prose(self.words.of(self.words.dossier.brief)), "", prose(self.words.of(self._team.brief))])
        self.show(instruction_blocks(self._team, self.words))
        await self._assets(rest)
        await self._facts(rest)
        self.show(earlier_blocks(self.words))

    async def _facts(self, rest: str) -> None:
        self.show(private_fact_blocks(self.view.private_facts, self.words))

    async def _assets(self, rest: str) -> None:
        self.show(asset_blocks(self.view.assets, self.words))

    async def _lines(self, rest: str) -> None:
        view, say = self.view, self.words
        self.console.tell("Our lines:")
        briefing = view.phase == "briefing"
        self.show(lines_to_keep(view.lines, say) if briefing else line_blocks(view.lines, say, detailed=True))
        self.console.tell("Our guesses of theirs:")
        self.show(guess_blocks(view.guesses, say))
        self.show(guesses_before(view, say, is_open=False))
        if say.dossier.second_order:
            self.console.tell("What we think they guess of ours:")
            self.show(expected_blocks(view, say))
        self.show(own_leave(view, say))
        self.show(own_order(view, say))
        self.show(their_order(view, say))

    async def _channels(self, rest: str) -> None:
        self.show(channel_blocks(self.view.channels, self.words))
        self.show(agenda_blocks(self.view.agenda, self.words))

    async def _requests(self, rest: str) -> None:
        self.show(waiting(self.view, self.words, detailed=True))

    async def _promises(self, rest: str) -> None:
        self.show(position_blocks(self.view.positions, self.words))
        self.show(citation_blocks(self.view.citations, self.words))
        self.show(promises(self.view.commitments, self.words))

    async def _standing(self, rest: str) -> None:
        self.show(meter_blocks(self.view, self.words))

    async def _catalogue(self, rest: str) -> None:
        composer = MovePrompts(self.console, self.view, self.words)
        composer.page_moves(composer.able, rest)
        for move in self.words.dossier.moves.values():
            if why_not(move.id, self.view, self.words) and rest.lower() in self.words.of(move.label).lower():
                named, *facts = lines_of(move_blocks(move, self.view, self.words, named=True), self.console.words)
                self.page([named])
                self.page(facts, indent=2)
