"""Who comes to a hosted exercise: the way in, the code of each who is expected, who is there, and what can be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from crisis_sim.errors import ActionRefused, CrisisSimError
from crisis_sim.pages.places_forms import (
    AGAIN,
    INVITABLE,
    KEPT,
    LOCKED,
    PEN,
    REMOVE,
    WAITING,
    can_be_given_pen,
    how_told,
    reach_note,
    tried_told,
    ways_in,
)
from crisis_sim.pages.refusals import names_from
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import SIDES
from crisis_sim.session import places as p
from crisis_sim.session.places import AnyHostAct, Invited, Places
from crisis_sim.text import cells, clean
from crisis_sim.tui.dialogs import BOX, Choose, Confirm, DialogOption
from crisis_sim.tui.pane_rows import BLANK, PaneBlock, PaneRow, block, para, row, spread, tone_of
from crisis_sim.tui.room_desk import RoomDesk
from crisis_sim.tui.screen_words import SEATS, refusal, span
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import failure, in_words

LABEL: Final = len("facilitator-9")
"""Cells of a label."""


class PlacesScreen(ModalScreen[None]):
    """The list of places, for whoever runs the exercise from where he has joined."""

    DEFAULT_CSS = BOX.format(name="PlacesScreen")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,s,q", "back", "Back"),
        Binding("a", "another", "Another"),
        Binding("l", "lock", "Lock"),
        Binding("t", "try_again", "Try again"),
    ]

    def __init__(
        self, places: Callable[[], Places], ask: Callable[[AnyHostAct], Awaitable[object]], say: Teller
    ) -> None:
        """`ask` has something done about them."""
        super().__init__()
        self._places, self._ask, self._say = places, ask, say

    def compose(self) -> ComposeResult:
        """How one joins, the list, the keys."""
        with Vertical():
            yield FixedRows(id="question", most=14)
            yield Pane(id="people", classes="-bare")
            yield FixedRows(id="keys", most=4)

    def on_mount(self) -> None:
        """Fill in, and look every second who has come."""
        self.query_one("#question", FixedRows).show(self._top)
        pane = self.query_one("#people", Pane)
        pane.show(self._draw)
        pane.focus()
        self.query_one("#keys", FixedRows).show(self._keys)
        self.set_interval(1.0, self._redraw)

    def _redraw(self) -> None:
        self.query_one("#people", Pane).show(self._draw)
        for bar in self.query(FixedRows):
            bar.redraw()

    def _top(self, width: int) -> list[PaneRow]:
        say, places = self._say, self._places()
        rows = list[PaneRow]()
        for head, way in ways_in(places, say):
            rows += [*para(head, width, "head"), *para(way, width, "strong", indent=2)]
        if note := reach_note(places, say):
            rows += para(note, width, "dim")
        rows += self._told(width)
        if places.waiting:
            rows += para(say(WAITING, addresses=", ".join(places.waiting)), width, "strong")
        return [*rows, *(para(say(LOCKED), width, "strong") if places.is_locked else ())]

    def _told(self, width: int) -> list[PaneRow]:
        """What else is to be known."""
        return []

    def _draw(self, width: int) -> list[PaneBlock]:
        invited = self._places().invited
        drawn = [PaneBlock(self._rows(of, invited, width), of.person.label) for of in invited]
        return [block(BLANK), *drawn, block(BLANK)]

    def _rows(self, of: Invited, invited: Sequence[Invited], width: int) -> tuple[PaneRow, ...]:
        say, person = self._say, of.person
        shared = sum(each.person.seat == person.seat for each in invited) > 1
        how = row(*[(each.text, tone_of(each.tone)) for each in how_told(of, shared, say)])
        label = f"{person.label:<{LABEL}}  "
        place = spread(row((label, "strong"), (say(SEATS[person.seat]), "dim")), how, width)
        tried = tried_told(of, say)
        return (place, *para(tried, width, "bad", indent=cells(label))) if tried else (place,)

    def _keys(self, width: int) -> list[PaneRow]:
        rows, used = [row()], 0
        for face, name in self._named():
            need = cells(face + name)
            if used and used + need > width:
                rows, used = [*rows, row()], 0
            rows[-1] += row((face, "key"), (f"{name}   ", ""))
            used += need + 3
        return rows

    def _named(self) -> list[tuple[str, str]]:
        """The keys, each with what it does."""
        say = self._say
        lock = say("unlock the door") if self._places().is_locked else say("lock the door")
        tries = [(" t ", say("let them try again"))] if self._places().waiting else []
        keys = [(" enter ", say("what to do")), (" a ", say("another person")), (" l ", lock)]
        return [*keys, *tries, (" esc ", say("back"))]

    @on(Pane.Picked)
    @work
    async def _picked(self, event: Pane.Picked) -> None:
        say = self._say
        of = next((each for each in self._places().invited if each.person.label == event.key), None)
        if of is None:
            return
        label = of.person.label
        ways = {"pen": PEN, "again": AGAIN, "remove": REMOVE}
        acts: dict[str, AnyHostAct] = {
            "pen": p.GivePen(label),
            "again": p.RenewCode(label),
            "remove": p.RemovePlace(label),
        }
        options = [
            DialogOption(name, say(head), say(note))
            for name, (head, note) in ways.items()
            if name != "pen" or can_be_given_pen(of)
        ]
        picked = await self.app.push_screen_wait(
            Choose(say("What is to be done about {who}?", who=label), options, say)
        )
        if picked and (picked == "pen" or of.code or await self._sure(label)):
            await self._ask(acts[picked])
        self._redraw()

    async def _sure(self, label: str) -> bool:
        say = self._say
        told = [say(KEPT)]
        question = say("Send {who} away?", who=label)
        return await self.app.push_screen_wait(Confirm(question, told, say, yes="send away", no="back"))

    @work
    async def action_another(self) -> None:
        """Invite one more person."""
        say = self._say
        options = [DialogOption(seat, say(SEATS[seat])) for seat in INVITABLE]
        picked = await self.app.push_screen_wait(Choose(say("Where is another person to sit?"), options, say))
        if (seat := next((each for each in INVITABLE if each == picked), None)) is not None:
            labels = [of.person.label for of in self._places().invited]
            await self._ask(p.AddPlace(seat, p.next_label(seat, labels)))
            self._redraw()

    @work
    async def action_lock(self) -> None:
        """Let nobody new in, or let them in again."""
        await self._ask(p.LockDoor(not self._places().is_locked))
        self._redraw()

    @work
    async def action_try_again(self) -> None:
        """Look at codes again from where too many wrong ones came."""
        if self._places().waiting:
            await self._ask(p.LetTryAgain())
            self._redraw()

    def action_back(self) -> None:
        """Close the list of people."""
        self.dismiss(None)


class PeopleScreen(PlacesScreen):
    """The same at the host, which also has bots, cards and a picture."""

    DEFAULT_CSS = BOX.format(name="PeopleScreen")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "bot", "Bot"),
        Binding("c", "cards", "Cards"),
        Binding("v", "picture", "Picture"),
        Binding("e", "end", "End"),
    ]

    def __init__(self, desk: RoomDesk, say: Teller) -> None:
        async def does(act: AnyHostAct) -> None:
            try:
                desk.does(act)
            except ActionRefused as refused:  # somebody else who runs it was quicker
                self._complain(refusal(refused, say.language, names_from(say)))
            except CrisisSimError as error:
                self._complain(failure(error, say.language)[0])

        super().__init__(desk.places, does, say)
        self._desk = desk

    def _told(self, width: int) -> list[PaneRow]:
        say, rows = self._say, list[PaneRow]()
        if (failure := self._desk.storage_failure) is not None:
            rows += para(in_words(failure.notice, say.language), width, "bad")
        for seat, policy in self._desk.played.items():
            told = say("A bot plays for {team} ({policy}); its people look on.", team=say(SEATS[seat]), policy=policy)
            rows += para(told, width, "strong")
        if (left := self._desk.rehearsal) is not None:
            told = say(
                "A rehearsal runs: whoever comes sees bots play. {left}; then the exercise begins with these codes."
            )
            rows += para(told.format(left=span(left, say)), width, "strong")
        return rows

    def _complain(self, told: str) -> None:
        self.notify(clean(told, lines=False), severity="warning", markup=False)

    def _named(self) -> list[tuple[str, str]]:
        say = self._say
        own = ((" b ", say("a bot for a team")), (" c ", say("cards to print")), (" v ", say("picture")))
        ends = ((" e ", say("end the rehearsal")),) if self._desk.rehearsal is not None else ()
        return [*super()._named(), *ends, *own]

    @work
    async def action_bot(self) -> None:
        """Let a bot play for a team that has dropped out, or hand the seat back."""
        say, desk = self._say, self._desk
        options = [
            DialogOption(side, say("Give {team} back to its people", team=say(SEATS[side])))
            if side in desk.played
            else DialogOption(
                side,
                say("Let a bot play for {team}", team=say(SEATS[side])),
                say("The log says so, and so do the screens of both teams."),
            )
            for side in SIDES
        ]
        picked = await self.app.push_screen_wait(Choose(say("Who plays for a team?"), options, say))
        side = next((each for each in SIDES if each == picked), None)
        if side is None:
            return
        policy = None if side in desk.played else await self._policy()
        try:
            if side in desk.played:
                desk.hand_back(side)
            elif policy:
                desk.hand_to_bot(side, policy)
        except CrisisSimError as error:
            self._complain(failure(error, say.language)[0])
        self._redraw()

    async def _policy(self) -> str | None:
        say = self._say
        options = [DialogOption(name, name, says) for name, says in self._desk.policies]
        return await self.app.push_screen_wait(Choose(say("Which bot?"), options, say))

    @work
    async def action_cards(self) -> None:
        """Write the sheet of cards, and say where it lies."""
        say = self._say
        try:
            told = say("The cards, with all codes that are still open, are in {file}.", file=self._desk.print_cards())
        except CrisisSimError as error:
            told = failure(error, say.language)[0]
        self.notify(clean(told, lines=False), markup=False, timeout=20)

    def action_picture(self) -> None:
        """Show the address for browsers as a telephone reads it."""
        self.app.push_screen(PictureScreen(self._places().page, self._desk.picture))

    def action_end(self) -> None:
        """Have done with the rehearsal."""
        if self._desk.rehearsal is not None:
            self._desk.end_rehearsal()
            self._redraw()


class PictureScreen(ModalScreen[None]):
    """An address as a telephone reads it, over the whole screen; any key goes back."""

    DEFAULT_CSS = """
    PictureScreen { align: center middle; background: white; }
    PictureScreen Static { width: auto; height: auto; color: black; background: white; text-align: center; }
    """

    def __init__(self, address: str, rows: list[str]) -> None:
        super().__init__()
        self._address, self._rows = address, rows

    def compose(self) -> ComposeResult:
        """The picture, and in words what it says."""
        yield Static("\n".join([*self._rows, self._address]), markup=False)

    def on_key(self, event: Key) -> None:
        """Close the code at any key."""
        event.stop()
        self.dismiss(None)
