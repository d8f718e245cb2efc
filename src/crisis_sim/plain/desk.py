"""A desk: one seat's commands at one terminal, typed as words or numbers.

What all seats share is here; `crisis_sim.plain.team_desk` and `crisis_sim.plain.facilitator_desk` add what theirs can
do.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, Generic, NamedTuple, TypeVar

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import View
from crisis_sim.errors import ActionRefused, StorageFailed
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.consent_card import is_asked
from crisis_sim.pages.duty import duty, where
from crisis_sim.pages.feed_order import by_hour
from crisis_sim.pages.feed_words import feed_blocks, item_words
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.refusals import names_from
from crisis_sim.pages.standing_blocks import track_blocks
from crisis_sim.pages.teller import Teller
from crisis_sim.pages.whose_chair import ChairState
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.plain_table import Others, nobody
from crisis_sim.plain.prompter import Prompter
from crisis_sim.plain.standard_streams import BrokenOff
from crisis_sim.plain.typed import PromptOption, counted
from crisis_sim.session.places import AnyHostAct
from crisis_sim.wording.labels import SEATS

LOOKS: Final = ("now", "news")
"""What is named to who has nothing to do but look."""


class HandOver(Exception):
    """Somebody gives the terminal to another seat."""

    def __init__(self, to: a.SeatName) -> None:
        """Another seat played here."""
        super().__init__(to)
        self.to: a.SeatName = to


class Command(NamedTuple):
    """Something that can be done at a desk."""

    name: str
    says: str
    run: Callable[[str], Awaitable[None]]
    """Takes what was typed after the name."""


class DeskLook(NamedTuple):
    """Something that can be looked at, at a desk and within every question."""

    name: str
    says: str
    show: Callable[[], object]


ViewT = TypeVar("ViewT")


class Sight(NamedTuple, Generic[ViewT]):
    """The same as it is listed: what it shows of a view, line by line, and whether there is any."""

    says: str
    lines: Callable[[ViewT, Teller], Iterable[str]]
    is_there: Callable[[ViewT], bool] = lambda _view: True


def sight_of(*pages: Callable[[ViewT, Teller], Iterable[Block]]) -> Callable[[ViewT, Teller], Iterable[str]]:
    """Pages, line by line."""

    def lines(view: ViewT, say: Teller) -> Iterator[str]:
        for page in pages:
            yield from lines_of(page(view, say), say)

    return lines


class Desk:
    """One seat at this terminal."""

    def __init__(self, seat: Reader, console: Console, people: Sequence[a.SeatName]) -> None:
        """`people` are the seats played here."""
        self.seat = seat
        self.console = console
        self.people = people
        self.others: Others = nobody
        """Lets everybody who does not sit here act."""
        self.chair = ChairState()
        self.prompts: Prompter = Prompter(seat, console, self.submit, self.refused)
        self.placed = -1
        """The turn in which this seat was told where the session stands, since it sat down."""
        self.since = console.now()
        """Up to when the time at this desk has been counted."""
        self.seen = 0
        """How much of the feed this seat has been told."""
        self.stood_at = self._moment()
        """Where play stood when this seat was told last."""
        self.explained: set[str] = set()
        """What this seat has heard whole, and need not hear so again."""

    @property
    def common(self) -> View:
        """What the seat sees now."""
        return self.seat.view()

    @property
    def words(self) -> Teller:
        """The teller of the seat's view."""
        return self.seat.say

    def page(self, rows: Iterable[str], indent: int = 0) -> None:
        """Write lines; a list item's further lines stand under its first."""
        for line in rows:
            self.console.say(line, indent=indent)

    def show(self, page: Iterable[Block]) -> None:
        """Write a page, or a part of one."""
        self.page(lines_of(page, self.console.words))

    def news(self, *sorts: str) -> None:
        """Tell what this seat has not been told yet; of these sorts alone, where any is given."""
        view = self.common
        fresh = [item for item in view.feed[self.seen :] if not sorts or item_words(item, self.words).sort in sorts]
        self.seen = len(view.feed)
        if fresh:
            self.show(feed_blocks(by_hour(fresh), self.words))

    async def submit(self, action: a.AnyAction | AnyHostAct) -> None:
        """Ask for an action; on a full disk, until there is room or somebody goes back. Raises ActionRefused."""
        while True:
            try:
                await self.seat.submit(action)
            except StorageFailed as failed:
                if failed.is_final:
                    raise
                self.console.refused(failed)
                self.console.ask("Press enter to do it again.")
            else:
                break
        self.console.half_written.clear()

    def refused(self, refused: ActionRefused) -> None:
        """Say why something was refused, with what this seat calls things."""
        self.console.refused(refused, names_from(self.words))

    async def serve(
        self,
        prompt: str,
        commands: Sequence[Command],
        goes_on: Callable[[], bool],
        *,
        briefly: str = "",
        **words: object,
    ) -> None:
        """Take commands while `goes_on`, and until the line is cut or back. Raises HandOver and Quit.

        The prompt is said `briefly` once it has been heard whole.
        """
        cut = self.seat.cut_off()

        def breaks_off() -> bool:
            return not goes_on() or self.seat.cut_off() != cut

        while goes_on() and not is_asked(self.seat):
            text = ""
            self.count_time()
            self.console.half_written.clear()
            try:
                whole = self.console.once(self.console.words(prompt, **words), "")
                text = self.console.ask_until(
                    breaks_off, prompt if whole else briefly or prompt, lambda: self._offer(commands), **words
                )
                await self._do(text, commands)
            except BrokenOff:
                return
            except ActionRefused as refused:
                self.refused(refused)
            except Back:
                if text:
                    self.console.tell("Nothing was done.")

    async def _do(self, text: str, commands: Sequence[Command]) -> None:
        word, _space, rest = text.replace("　", " ").partition(" ")
        looks = {look.name: look for look in self.looks()}
        names = [*(command.name for command in commands), *looks]
        name = self.console.find(word, [PromptOption(name, name) for name in names])
        command = next((command for command in commands if command.name == name), None)
        if command is not None:
            await self._run(command, rest.strip())
        elif name is not None:
            self.console.listed = ()
            looks[name].show()
        elif counted(word) is None:
            self.console.no_such(word, names)

    async def _run(self, command: Command, rest: str) -> None:
        """Do it; what was listed before it is then no longer what was just listed."""
        shown = self.console.listed
        try:
            await command.run(rest)
        finally:
            if self.console.listed is shown:
                self.console.listed = ()

    # what every seat can do

    def looks(self) -> list[DeskLook]:
        """What can be looked at."""
        return [
            DeskLook("now", "where the session stands, and what we do now", self._now),
            DeskLook("time", "how much time is left", self.tell_time),
            DeskLook("news", "everything that has happened, from the start", self._news),
        ]

    def looks_at(self, sights: Mapping[str, Sight[ViewT]], view: Callable[[], ViewT]) -> list[DeskLook]:
        """What of these there is to see."""

        def show(sight: Sight[ViewT]) -> None:
            self.page(sight.lines(view(), self.words))

        there = ((name, sight) for name, sight in sights.items() if sight.is_there(view()))
        return [DeskLook(name, sight.says, partial(show, sight)) for name, sight in there]

    def sit_down(self) -> None:
        """Let this seat, and nobody else, look within questions."""
        self.console.looks = {look.name: look.show for look in self.looks()}
        self.stood_at, self.console.came_up = self._moment(), self._came_up
        self.console.explained = self.explained

    def _moment(self) -> tuple[object, ...]:
        view = self.common
        return view.phase, view.turn, view.paused

    def _came_up(self) -> str:
        """That play has gone on while somebody stood at a question, and what it asks of us; once."""
        before, self.stood_at = self.stood_at, self._moment()
        view, say = self.common, self.words
        if before == self.stood_at:
            return ""
        return say("Meanwhile: {where} {duty}", where=where(view, say), duty=duty(view, say))

    def shared_commands(self) -> list[Command]:
        """Notes and handing over."""
        commands = [Command("note", "write something down for the debrief", self._note)]
        if len(self.people) > 1:
            commands.append(Command("hand", "give the terminal to another seat", self._hand))
        return commands

    def _now(self) -> None:
        view = self.common
        self.page([where(view, self.words), duty(view, self.words)])
        self.show(track_blocks(view.tracks, self.words))

    def count_time(self) -> None:
        """Count what has been spent here since it was counted last."""
        now = self.console.now()
        self.chair.spend(self.common.turn, round(now - self.since))
        self.since = now

    def tell_time(self) -> None:
        """How much of the turn is left on the wall, and where the crisis stands on its own clock."""
        view = self.common
        self.count_time()
        left = self.chair.seconds_left(view, self.seat.seconds_left(), self.people)
        minutes = -(-abs(left or 0) // 60)
        if left is None:
            self.console.tell("Nothing is timed now.")
        elif left <= 0:
            self.console.tell("Time is up, by {n} minute.", plural="Time is up, by {n} minutes.", n=minutes)
        else:
            self.console.tell(
                "{n} minute is left of this turn.", plural="{n} minutes are left of this turn.", n=minutes
            )
        self.console.say(where(view, self.words))
        runs_out = [track for track in view.tracks if self.words.dossier.tracks[track.id].runs_out]
        self.show(track_blocks(runs_out, self.words))

    def _news(self) -> None:
        view = self.common
        self.seen = len(view.feed)
        self.show(feed_blocks(by_hour(view.feed), self.words, turn=view.turn))

    async def _note(self, rest: str) -> None:
        await self.prompts.fill("note", rest)
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
        say, console = self.console.words, self.console
        can = [*((each.name, each.says) for each in commands), *((each.name, each.says) for each in self.looks())]
        self.console.tell("What can be typed here, by its word or its number:")
        for number, (name, says) in enumerate(can, 1):
            console.say(say("{number}. {name}: {says}", number=number, name=console.verb(name), says=say(says)))
        console.listed = tuple(name for name, _says in can)


class ObserverDesk(Desk):
    """Somebody who watches at this terminal."""

    async def sit(self) -> None:
        """Tell what has come, and take looks until more does. Raises Quit."""
        self.sit_down()
        view, say = self.common, self.words
        if self.placed != view.turn:
            self.placed = view.turn
            self.console.say(where(view, say))
        self.news()
        self.console.say(duty(view, say))
        commands = self.shared_commands()
        await self.serve(
            "{phase}. Type {names}, or {how}.",
            commands,
            lambda: (
                (self.common.phase, self.common.paused, len(self.common.feed)) == (view.phase, view.paused, self.seen)
            ),
            phase=self.console.words(view.phase).capitalize(),
            names=self.console.words(", ").join(self.console.verb(name) for name in LOOKS),
            how=self.console.verb("help"),
        )
