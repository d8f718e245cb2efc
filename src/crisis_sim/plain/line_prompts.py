"""A team's lines and guesses by lines of text: keep the scenario's, write our own, guess theirs, seal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.shared_facts import GuessFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.channel_blocks import own_leave
from crisis_sim.pages.closing_blocks import own_closing
from crisis_sim.pages.line_blocks import expected_of, expecting, guess_blocks, guessing, left_of, lines_to_keep
from crisis_sim.pages.order_blocks import own_order, their_order
from crisis_sim.pages.reader import Reader
from crisis_sim.plain.block_lines import lines_of
from crisis_sim.plain.console import Console
from crisis_sim.plain.desk import Command
from crisis_sim.plain.principle_prompts import principle_accepted, principle_put, share_said
from crisis_sim.plain.typed import PromptOption, numeral
from crisis_sim.wording import _

KINDS = (("red", _("they must not cross it")), ("pink", _("small steps that add up to a red one")))


class LinePrompts:
    """The commands for lines and guesses at a team's desk."""

    def __init__(self, seat: Reader, console: Console, view: Callable[[], TeamView]) -> None:
        """For the team that sees `view`."""
        self.seat = seat
        self.console = console
        self.view = view

    def commands(self) -> list[Command]:
        """What can be typed in this phase."""
        commands = [
            Command("guess", "guess one of their lines; kind, concern, weight and words can follow", self._guess),
            Command("unguess", "take back a guess", self._unguess),
            Command("seal", "seal lines and guesses: we are ready", self._seal),
        ]
        say = self.seat.say
        if say.dossier.second_order:
            commands[2:2] = [
                Command("expect", "say what they think our lines are; the same can follow", self._expect),
                Command("unexpect", "take back one that we think they guess", self._unexpect),
            ]
        commands[-1:-1] = self._guessing_order()
        if self.view().phase == "closing":
            if say.dossier.asks_share:
                commands[-1:-1] = [Command("share", "say how much of what was done our side did", self._share)]
            commands[-1:-1] = self._principles()
            if self.view().guesses_before:
                commands[1:1] = [Command("keep", "keep guesses that we made before play", self._same)]
            return commands
        own = [
            Command("keep", "choose which of the scenario's lines are ours", self._keep),
            Command("write", "write a line of our own; kind, concern, weight and words can follow", self._write),
            Command("drop", "take back a line that we wrote", self._drop),
        ]
        if say.dossier.asks_leave:
            own.append(Command("leave", "name channels over which we need no leave to take a call", self._leave))
        if say.dossier.offences:
            own.append(Command("order", "order acts by how gravely we take them; numbers can follow", self._order))
        return own + commands

    def while_waiting(self) -> list[Command]:
        """What can still be typed once our lines are sealed, before play."""
        return self._guessing_order() if self.view().phase == "briefing" else self._principles()

    def _principles(self) -> list[Command]:
        if not self.seat.say.dossier.asks_principles or self.view().phase != "closing":
            return []
        return [
            Command("put", "put a sentence on principles; its number and words can follow", self._put),
            Command("accept", "accept a sentence of theirs; its number can follow", self._accept),
        ]

    async def _share(self, rest: str) -> None:
        await self.seat.submit(share_said(self.console, rest))
        self._show(own_closing(self.view(), self.seat.say))

    async def _put(self, rest: str) -> None:
        await self.seat.submit(principle_put(self.console, self.view(), self.seat.say, rest))
        self._show(own_closing(self.view(), self.seat.say))

    async def _accept(self, rest: str) -> None:
        accepted = principle_accepted(self.console, self.view(), self.seat.say, rest)
        if accepted is not None:
            await self.seat.submit(accepted)
            self._show(own_closing(self.view(), self.seat.say))

    def _guessing_order(self) -> list[Command]:
        if not self.seat.say.dossier.offences:
            return []
        return [Command("theirs", "guess how gravely they take what; numbers can follow, gravest first", self._theirs)]

    async def _keep(self, rest: str) -> None:
        given = [line for line in self.view().lines if not line.ours]
        chosen = self.console.some(
            "Which of these do we keep? Those not named are set aside.",
            [PromptOption(line.id, self.seat.say.of(line.says)) for line in given],
            rest,
        )
        await self.seat.submit(a.AdoptLines(lines=chosen))
        self._show(lines_to_keep(self.view().lines, self.seat.say))

    async def _leave(self, rest: str) -> None:
        say = self.seat.say
        options = [PromptOption(channel, say.channel(channel)) for channel in say.dossier.call_channels]
        asked = say("Over which channels need we no leave? Up to {n}.", n=say.dossier.leave)
        await self.seat.submit(a.PreAuthorise(channels=self.console.some(asked, options, rest)))
        self._show(own_leave(self.view(), say))

    async def _write(self, rest: str) -> None:
        kind, concern, says, weight = self._described(rest, _("Say it in one sentence: what must they not do?"))
        leads = None
        reds = [
            PromptOption(line.id, self.seat.say.of(line.says))
            for line in self.view().lines
            if line.kind == "red" and line.adopted
        ]
        if kind == "pink" and reds:
            leads = self.console.pick("Which red line does it lead to?", reds, none="none")
        await self.seat.submit(a.WriteLine(line=kind, concern=concern, says=says, weight=weight, leads_to=leads))
        self._show(lines_to_keep(self.view().lines[-1:], self.seat.say))

    async def _drop(self, rest: str) -> None:
        ours = [PromptOption(line.id, self.seat.say.of(line.says)) for line in self.view().lines if line.ours]
        if not ours:
            self.console.tell("We have written none.")
            return
        line = self.console.pick("Which one?", ours)
        await self.seat.submit(a.DropLine(line=line or ""))
        self.console.tell("Taken back.")

    async def _guess(self, rest: str) -> None:
        kind, concern, says, weight = self._described(rest, _("Say it in one sentence: what must we not do?"))
        await self.seat.submit(a.GuessLine(line=kind, concern=concern, says=says, weight=weight))
        self._show(guess_blocks(self.view().guesses, self.seat.say))

    async def _same(self, rest: str) -> None:
        view = self.view()
        before = {str(guess.number): guess for guess in left_of(view.guesses_before, view.guesses)}
        if not before:
            self.console.tell("All of them are kept.")
            return
        options = [PromptOption(number, guess.says) for number, guess in before.items()]
        for number in self.console.some("Which of these do we still think?", options, rest):
            await self.seat.submit(guessing(before[number]))
        self._show(guess_blocks(self.view().guesses, self.seat.say))

    async def _unguess(self, rest: str) -> None:
        if number := self._picked(self.view().guesses):
            await self.seat.submit(a.DropGuess(number=number))
            self.console.tell("Taken back.")

    async def _expect(self, rest: str) -> None:
        view, weigh = self.view(), _("How much do they think it matters to us? 10 matters most.")
        if not rest:
            self.console.tell("What do they think our lines are? Those that they know, and those that they get wrong.")
        ours = [line for line in view.lines if line.adopted and expected_of(line, view.expected, self.seat.say) is None]
        say = self.seat.say
        options = [
            PromptOption(line.id, say("{kind}: {says}", kind=say(line.kind), says=say.of(line.says))) for line in ours
        ]
        which, none = _("Which of ours have they guessed?"), _("one that we do not have")
        picked = self.console.pick(which, options, none=none) if options and not rest else None
        line = next((line for line in ours if line.id == picked), None)
        if line is not None:
            action = expecting(line, self.console.number(weigh, 0, 10), say)
        else:
            kind, concern, says, weight = self._described(
                rest, _("In one sentence: what do they think must not happen?"), weigh
            )
            action = a.ExpectGuess(line=kind, concern=concern, says=says, weight=weight)
        await self.seat.submit(action)
        self._show(guess_blocks(self.view().expected, self.seat.say))

    async def _unexpect(self, rest: str) -> None:
        if number := self._picked(self.view().expected):
            await self.seat.submit(a.DropExpected(number=number))
            self.console.tell("Taken back.")

    async def _order(self, rest: str) -> None:
        order = self._ordered(_("What do we take most gravely?"), rest)
        await self.seat.submit(a.OrderOffences(order=order))
        self._show(own_order(self.view(), self.seat.say))

    async def _theirs(self, rest: str) -> None:
        order = self._ordered(_("What do they take most gravely?"), rest)
        await self.seat.submit(a.GuessOrder(order=order))
        self._show(their_order(self.view(), self.seat.say))

    def _ordered(self, asked: str, typed: str) -> tuple[str, ...]:
        """All acts of the card in an order, as `typed` with the command or asked for."""
        say = self.seat.say
        return self.console.order(asked, [PromptOption(act, say.offence(act)) for act in say.dossier.offences], typed)

    def _picked(self, guesses: Sequence[GuessFacts]) -> int:
        """The number of one of some guesses; 0 where there are none."""
        options = [PromptOption(str(guess.number), guess.says, self.console.words(guess.kind)) for guess in guesses]
        if not options:
            self.console.tell("There is none to take back.")
            return 0
        return int(self.console.pick("Which one?", options) or 0)

    async def _seal(self, rest: str) -> None:
        self.console.confirm("Lines and guesses are final once they are sealed. Seal them?", rest)
        await self.seat.submit(a.SealLines())
        self.console.tell("Sealed.")

    def _described(
        self, typed: str, prompt: str, weigh: str = _("How much does it matter? 10 matters most.")
    ) -> tuple[Literal["red", "pink"], str, str, int]:
        """Kind, concern, words and weight of a line: as `typed` with the command, in the order kind, concern, weight,
        words, and from where that is not understood, asked for.
        """
        kinds = [PromptOption(name, self.console.words(name), self.console.words(note)) for name, note in KINDS]
        kind, typed = self.console.begun(typed, kinds)
        kind = kind or self.console.pick("Red or pink?", kinds)
        concerns = [PromptOption(name, self.seat.say.concern(name)) for name in self.seat.say.dossier.concerns]
        concern, typed = self.console.begun(typed, concerns)
        concern = concern or self.console.pick("What is it about?", concerns)
        first, _space, more = typed.partition(" ")
        given, words = (int(first), more) if numeral(first) else (-1, typed)
        says = words or self.console.written(prompt)
        while numeral(says):
            self.console.tell("A number says nothing yet: say it in words.")
            says = self.console.written(prompt)
        weight = given if 0 <= given <= 10 else self.console.number(weigh, 0, 10)
        return "red" if kind == "red" else "pink", concern or "", says, weight

    def _show(self, page: Iterable[Block]) -> None:
        for row in lines_of(page, self.console.words):
            self.console.say(row)
