"""A desk: one seat's commands at one terminal, typed as words or numbers.

What all seats share is here; `crisis_sim.plain.team_desk` and `crisis_sim.plain.facilitator_desk` add what theirs can
do.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import NamedTuple

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import View
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.duty import duty, where
from crisis_sim.pages.feed_order import by_hour
from crisis_sim.pages.feed_words import feed_blocks, item_words
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.refusals import names_from
from crisis_sim.pages.standing_blocks import track_blocks
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.block_lines import lines_of
from crisis_sim.plain.console import Back, Console, PromptOption, numeral
from crisis_sim.problems import nearest
from crisis_sim.wording.labels import SEATS


class HandOver(Exception):
    """Somebody gives the terminal to another seat."""

    def __init__(self, to: a.SeatName) -> None:
        """Another seat played here."""
        super().__init__(to)
        self.to: a.SeatName = to


class Command(NamedTuple):
    """Something that can be typed at a desk."""

    name: str
    says: str
    run: Callable[[str], Awaitable[None]]
    """Takes what was typed after the name."""


class Desk:
    """One seat at this terminal."""

    def __init__(self, seat: Reader, console: Console, people: Sequence[a.SeatName]) -> None:
        """`people` are the seats played here."""
        self.seat = seat
        self.console = console
        self.people = people
        self.seen = 0
        """How much of the feed this seat has been told."""

    @property
    def common(self) -> View:
        """What the seat sees now."""
        return self.seat.view()

    @property
    def words(self) -> Teller:
        """What tells it."""
        return self.seat.say

    def page(self, rows: Iterable[str], indent: int = 0) -> None:
        """Write lines; a list item's further lines stand under its first."""
        for line in rows:
            self.console.say(line, indent=indent)

    def show(self, page: Iterable[Block]) -> None:
        """Write a page, or a part of one."""
        self.page(lines_of(page, self.console.words))

    def news(self, without: str = "") -> None:
        """Tell what this seat has not been told yet; `without` leaves out a sort that is told otherwise."""
        view = self.common
        fresh = [item for item in view.feed[self.seen :] if item_words(item, self.words).sort != without]
        self.seen = len(view.feed)
        if fresh:
            self.show(feed_blocks(fresh, self.words))

    async def submit(self, action: a.AnyAction) -> None:
        """Ask for an action; raises ActionRefused."""
        await self.seat.submit(action)

    def refused(self, refused: ActionRefused) -> None:
        """Say why something was refused, with what this seat calls things."""
        self.console.refused(refused, names_from(self.words))

    async def serve(
        self, prompt: str, commands: Sequence[Command], goes_on: Callable[[], bool], **words: object
    ) -> None:
        """Take commands while `goes_on`. Raises HandOver and Quit."""
        while goes_on():
            text = ""
            try:
                text = self.console.ask(prompt, lambda: self._offer(commands), **words)
                await self._do(text, commands)
            except ActionRefused as refused:
                self.refused(refused)
            except Back:
                if text:
                    self.console.tell("Nothing was done.")

    async def _do(self, text: str, commands: Sequence[Command]) -> None:
        word, _, rest = text.partition(" ")
        options = [PromptOption(command.name, command.name) for command in commands]
        name = self.console.find(word, options)
        command = next((command for command in commands if command.name == name), None)
        if command is not None:
            await self._run(command, rest.strip())
            return
        if numeral(word):
            return
        near = nearest(word, [command.name for command in commands]) if word else None
        if word:
            self.console.tell("'{word}' is not something to type here.", word=word[:40])
        else:
            self.console.tell("Type one of the words.")
        if near:
            self.console.tell("Did you mean {near}?", near=near)

    async def _run(self, command: Command, rest: str) -> None:
        """Do it; what was listed before it is then no longer what was just listed."""
        shown = self.console.listed
        try:
            await command.run(rest)
        finally:
            if self.console.listed is shown:
                self.console.listed = ()

    # what every seat can do

    def shared_commands(self) -> list[Command]:
        """Looking, notes and handing over."""
        commands = [
            Command("now", "where the session stands, and what we do now", self._now),
            Command("news", "everything that has happened, from the start", self._news),
            Command("note", "write something down for the debrief", self._note),
        ]
        if len(self.people) > 1:
            commands.append(Command("hand", "give the terminal to another seat", self._hand))
        return commands

    async def _now(self, rest: str) -> None:
        view = self.common
        self.page([where(view, self.words), duty(view, self.words)])
        self.show(track_blocks(view.tracks, self.words))

    async def _news(self, rest: str) -> None:
        view = self.common
        self.seen = len(view.feed)
        self.show(feed_blocks(by_hour(view.feed), self.words, turn=view.turn))

    async def _note(self, rest: str) -> None:
        text = rest or self.console.ask("What do you want to note? Type it in one line.")
        await self.submit(a.TakeNote(text=text))
        self.console.tell("Noted.")

    async def _hand(self, rest: str) -> None:
        others = [PromptOption(name, self.console.words(SEATS[name])) for name in self.people if name != self.seat.name]
        to = self.console.find(rest, others) if rest else None
        to = to or self.console.pick("Who takes the terminal?", others)
        for name in self.people:
            if name == to:
                raise HandOver(name)

    def _offer(self, commands: Sequence[Command]) -> None:
        """What can be typed, with the numbers that do it too."""
        say = self.console.words
        self.console.tell("What can be typed here, by its word or its number:")
        self.page(
            say("{number}. {name}: {says}", number=number, name=command.name, says=say(command.says))
            for number, command in enumerate(commands, 1)
        )
        self.console.listed = tuple(command.name for command in commands)
