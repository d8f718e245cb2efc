"""The app: whose seat is up, which screen it is shown, and what is safe when somebody leaves.

It holds seats, never a session. All changes of screen happen in one place, one after the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from textual import on, work
from textual.app import SystemCommand
from textual.screen import Screen

from crisis_sim.engine.actions import Advance, SeatName
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.company_words import label_at, people_at, told_of_company
from crisis_sim.pages.consent_card import is_asked
from crisis_sim.pages.duty import REHEARSED
from crisis_sim.pages.opening import Opening, opening_for
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.talk_blocks import talk_due
from crisis_sim.pages.teller import Teller
from crisis_sim.pages.whose_chair import Kept, next_up, passes_by_itself, talk_at, teams_among, whom_to_hand_to
from crisis_sim.rules.names import Side
from crisis_sim.text import clean
from crisis_sim.tui import themes
from crisis_sim.tui.curtain_screen import CurtainScreen
from crisis_sim.tui.flow import ScreenName, is_live, screen_for
from crisis_sim.tui.frame import (
    BriefsAsked,
    DeskChanged,
    HandOverAsked,
    PeopleAsked,
    RollBackAsked,
    SeatScreen,
    TalkOver,
)
from crisis_sim.tui.kept_desks import KEPT_EVERY, desks_at, keep, take_up
from crisis_sim.tui.key_bindings import EVERYWHERE, bindings
from crisis_sim.tui.room_desk import room_news
from crisis_sim.tui.screen_table import Companion, ScreenRollBack, ScreenTable, leaving_told
from crisis_sim.tui.screen_words import SEATS, refusal
from crisis_sim.tui.seat_screens import seat_screen
from crisis_sim.tui.submitting_screen import StorageBroke
from crisis_sim.tui.terminal import at_terminal, fault_of
from crisis_sim.tui.typed_ahead import PatientApp
from crisis_sim.tui.unsealed import GONE_BACK, WENT_ON, UnsealedWork
from crisis_sim.wording import failure
from crisis_sim.wording.labels import FILLING

DEPTH = 2
"""Screens on the stack when no dialog is open: Textual's empty one, and ours."""

BESIDE = "beside"
"""The group of what runs beside the screens: bots, and those who listen for changes."""


class TableApp(PatientApp[int]):
    """Plays one session at this terminal."""

    BINDINGS = bindings(EVERYWHERE)

    def __init__(
        self,
        table: ScreenTable,
        *,
        theme: str = themes.DEFAULT,
        on_roll_back: ScreenRollBack | None = None,
        tells: bool = False,
    ) -> None:
        """For a table; `on_roll_back` makes branches, without it the facilitator cannot roll back here.

        With `tells`, a terminal that several share begins behind the curtain too, a team is told what has happened
        before it comes to its table, and phases that ask nothing of a facilitator at the same terminal go on by
        themselves until he asks for the chair.
        """
        super().__init__(theme)
        self.table = table
        self.up: SeatName | None = None
        self._on_roll_back = on_roll_back
        self._tells = tells
        self._papers: dict[SeatName, UnsealedWork] = {}
        self._shown: tuple[SeatName, ScreenName] | None = None
        self._kept: Kept | None = None
        self._opening = opening_for(table.seats[table.people[0]], table.people)
        self._stirred = asyncio.Event()
        self._are_out = True  # bots, and those who listen

    def on_mount(self) -> None:
        """Show the first screen, start what runs beside."""
        self._sit_down()
        self._watch()
        self.set_interval(KEPT_EVERY, self.keep)
        if self.has_rooms:
            self.set_timer(0.5, self._show_people)  # their codes are what comes first

    def _sit_down(self) -> None:
        self._papers = desks_at(self.table, self._papers)
        self._are_out = True
        self._stirred.set()

    @work(group=BESIDE)
    async def _accompany(self, companion: Companion) -> None:
        try:
            await companion()
        except CrisisSimError as error:
            say = self._say()
            told = say("A bot has stopped: {why}", why=failure(error, say.language)[0])
            self.notify(clean(told, lines=False), severity="error", markup=False, timeout=20)

    @work(group=BESIDE)
    async def _follow(self, seat: Reader) -> None:
        met, rehearses = people_at(seat), seat.say.dossier.rehearses
        async for _ in seat.changes():
            self._stirred.set()
            before, met = met, people_at(seat)
            if rehearses and not seat.say.dossier.rehearses:  # nothing of it stays on anybody's desk
                self._papers[seat.name], self._opening, self._shown = UnsealedWork(), Opening(), None
                self.notify(seat.say(REHEARSED), markup=False, timeout=20)
            rehearses = seat.say.dossier.rehearses
            for sentence in told_of_company(before, met, label_at(seat), seat.say):
                self.notify(sentence, markup=False)

    @work(group=BESIDE)
    async def _hear_of_people(self) -> None:
        async for sentence in room_news(self.table.rooms, self._say()):
            self.notify(sentence, markup=False)

    @work
    async def _watch(self) -> None:
        """The one place where screens change."""
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            await self._settle()
            if self._are_out:
                self.screen.call_after_refresh(self._let_in)

    def _let_in(self) -> None:
        """Follow the table and let bots begin, whose acts go to the disk: the first screen waits for neither."""
        if self._are_out:
            self._are_out = False
            for name in self.table.people:
                self._follow(self.table.seats[name])
            self._hear_of_people()
            for companion in self.table.companions:
                self._accompany(companion)

    # whose seat, which screen

    @property
    def shares_terminal(self) -> bool:
        """Whether several persons play here."""
        return len(self.table.people) > 1

    @property
    def people(self) -> tuple[SeatName, ...]:
        """Who plays here."""
        return self.table.people

    def _view(self, name: SeatName) -> View:
        return self.table.seats[name].view()

    def _team(self, side: Side) -> TeamView:
        view = self._view(side)
        assert isinstance(view, TeamView)
        return view

    def _say(self, name: SeatName | None = None) -> Teller:
        return self.table.seats[name or self.up or self.table.people[0]].say

    async def _settle(self) -> None:
        for side in teams_among(self.table.people):
            if self._papers[side].gone_back(self._team(side)):
                self.notify(self._say(side)(GONE_BACK), markup=False, timeout=20)
        if await self._talked() or await self._passed():
            return
        name = self._who()
        view = self._view(name)
        page = self._page(name, view)
        changes = name != self.up and (self.up is not None or self._tells)
        if changes and page != "hotwash" and self.shares_terminal:
            await self._draw_curtain(name, view)
            return
        if isinstance(self.screen, CurtainScreen) and name == self.screen.comes:
            return
        await self._open(name, page, view)

    async def _talked(self) -> bool:
        """Turn to a talk that both sides have agreed to: each team here to its sheet, then both to one screen."""
        views = {side: self._team(side) for side in teams_among(self.table.people)}
        if any(is_asked(self.table.seats[side]) for side in views):
            return False
        who, number = talk_at(self.up, views, {side: self._papers[side].talks for side in views})
        if who is None or not self._tells:
            return False
        if who == "both":
            from crisis_sim.tui.talk_screen import BothTalkScreen

            if not isinstance(self.screen, BothTalkScreen):
                await self._clear_stack()
                self._shown = None
                await self._put(BothTalkScreen(views, number, self._say()))
        elif who != self.up and self.shares_terminal:
            await self._draw_curtain(who, views[who])
        elif not isinstance(self.screen, CurtainScreen):
            await self._open(who, "talk", views[who])
        return True

    @on(TalkOver)
    def _talk_over(self) -> None:
        """Behind the curtain again, each team notes what was said."""
        for side in teams_among(self.table.people):
            self._papers[side].after_talk()
        self.up = None
        self._stirred.set()

    async def _passed(self) -> bool:
        """Go on for a facilitator who has not asked for the chair."""
        papers = self._papers.get("facilitator")
        if papers is None or papers.takes_chair or not self._tells:
            return False
        if not passes_by_itself(self._view("facilitator"), self.table.people):
            return False
        try:
            await self.table.seats["facilitator"].submit(Advance())
        except CrisisSimError:  # the console says why, when its key is pressed
            return False
        self._stirred.set()  # before the first screen nobody follows the table
        return True

    def _who(self) -> SeatName:
        view = self._view(self.up or self.people[0])
        if self._kept is not None and self._kept.holds(view):
            return self._kept.seat
        return next_up(self.up, self.people, view.waiting_for, view.turn)

    async def _draw_curtain(self, name: SeatName, view: View) -> None:
        await self._clear_stack()
        self.clear_notifications()
        self._shown, self.up = None, name
        await self._put(CurtainScreen(name, self._say(name), self._papers[name].word, self.table.changed(name, view)))

    @on(CurtainScreen.Opened)
    async def _curtain_opened(self) -> None:
        if self.up is not None:
            view = self._view(self.up)
            await self._open(self.up, self._page(self.up, view), view)

    @on(DeskChanged)
    def _desk_changed(self) -> None:
        self._stirred.set()

    def _page(self, name: SeatName, view: View) -> ScreenName:
        papers = self._papers[name]
        if is_asked(self.table.seats[name]):
            return "consent"
        if self._tells and talk_due(view, papers.talks) is not None:
            return "talk"
        return screen_for(view, papers.told if self._tells else view.turns + 1, is_read=papers.read_in == view.turn)

    async def _open(self, name: SeatName, page: ScreenName, view: View) -> None:
        if self._shown == (name, page):
            for screen in self.screen_stack:
                if isinstance(screen, SeatScreen):
                    screen.show(view)
            return
        busy = await self._clear_stack()
        self.up, self._shown = name, (name, page)
        seat, papers = self.table.seats[name], self._papers[name]
        take_up(papers, seat)
        screen = seat_screen(page, seat, papers, self._opening, can_roll_back=self._on_roll_back is not None)
        await self._put(screen)
        if name == "facilitator" and (percent := self.table.filling()):
            told = self._say()(FILLING, percent=percent)
            self.notify(told, severity="warning", markup=False)
        if busy:
            self.notify(self._say()(WENT_ON), markup=False)

    async def _clear_stack(self) -> bool:
        busy = len(self.screen_stack) > DEPTH
        while len(self.screen_stack) > DEPTH:
            await self.pop_screen()
        return busy

    async def _put(self, screen: Screen[None]) -> None:
        """Show a screen in place of the one that is shown; the first stands on Textual's own empty one."""
        if len(self.screen_stack) < DEPTH:
            await self.push_screen(screen)
        else:
            await self.switch_screen(screen)

    @property
    def has_rooms(self) -> bool:
        """Whether others join from elsewhere."""
        return self.table.rooms is not None

    @on(PeopleAsked)
    def _show_people(self) -> None:
        from crisis_sim.tui.people_screen import PeopleScreen

        if self.table.rooms is not None:
            self.push_screen(PeopleScreen(self.table.rooms, self._say()))

    @on(BriefsAsked)
    def _show_briefs(self) -> None:
        from crisis_sim.tui.briefing_screen import BriefingScreen

        if isinstance(self.screen, SeatScreen):
            self.push_screen(BriefingScreen(self.screen.seat, self.screen.unsealed, again=True))

    @on(HandOverAsked)
    @work
    async def _hand_over(self) -> None:
        """Give the terminal to somebody, who keeps it until the phase ends, a commit, or the next hand-over."""
        if self.up is None or not self.shares_terminal:
            return
        view = self._view(self.up)
        order = whom_to_hand_to(self.up, self.table.people, view.waiting_for, view.turn)
        name: SeatName | None = order[0]
        if len(order) > 1:
            from crisis_sim.tui.dialogs import Choose, DialogOption

            say = self._say()
            waits = {seat: say("play waits for it") if seat in view.waiting_for else "" for seat in order}
            options = [DialogOption(seat, say(SEATS[seat]), note) for seat, note in waits.items()]
            picked = await self.push_screen_wait(Choose(say("Who comes to the terminal?"), options, say))
            name = next((seat for seat in order if seat == picked), None)
        if name is not None:
            self._kept = Kept(name, view.phase, view.turn, was_waited_for=name in view.waiting_for)
            self._stirred.set()

    # rolling back

    @on(RollBackAsked)
    async def _roll_back(self, event: RollBackAsked) -> None:
        """Go on from the start of a turn, in a branch; the log so far stays."""
        assert self._on_roll_back is not None  # else no screen asks for it
        try:
            table = await self._on_roll_back(event.turn)
        except CrisisSimError as error:
            told = refusal(error, self._say().language)
            self.notify(clean(told, lines=False), severity="warning", markup=False)
            return
        self.workers.cancel_group(self, BESIDE)
        await self._clear_stack()
        self.table, self._shown = table, None
        self._sit_down()
        if table.log:
            say, turn = self._say("facilitator"), event.turn
            told = say(
                "Play goes on from the start of turn {turn}. Its log from here on: {log}", turn=turn, log=table.log
            )
            self.notify(clean(told, lines=False), markup=False, timeout=20)

    # leaving

    def keep(self) -> None:
        """Keep what is half written for when somebody comes back, however they leave."""
        keep(self.table, self._papers)

    @on(StorageBroke)
    async def _storage_broke(self, event: StorageBroke) -> None:
        from crisis_sim.tui.help_screen import StorageScreen

        await self.push_screen(StorageScreen(event.failed, self.table, self._say().language))

    @work
    async def action_leave(self) -> None:
        """Quit; ask first when a session is live."""
        from crisis_sim.tui.dialogs import Confirm

        if isinstance(self.screen, Confirm):
            return
        view = self._view(self.up or self.table.people[0])
        if not is_live(view) or not self.table.is_kept:
            self.exit(0)
            return
        say = self._say()
        question, *told = leaving_told(self.table, view, say)
        if await self.push_screen_wait(Confirm(question, told, say, yes="leave", no="stay")):
            self.exit(0)

    def _fatal_error(self) -> None:
        """Leave after a fault of ours and print nothing here: what a screen holds in memory is a team's secret."""
        self.bell()
        self._close_messages_no_wait()

    @property
    def fault(self) -> Exception | None:
        """The fault of ours that ended the app, if one did."""
        return fault_of(self._exception)

    def action_help(self) -> None:
        """What can be done here."""
        from crisis_sim.tui.help_screen import HelpScreen, told_of

        screen = self.screen
        if isinstance(screen, SeatScreen):
            self.push_screen(HelpScreen(screen.keys(), told_of(screen), screen.say))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette; loaded when it is first opened."""
        from crisis_sim.tui.palette import palette

        return palette(self, screen)


def run_at(table: ScreenTable, *, theme: str = themes.DEFAULT, on_roll_back: ScreenRollBack | None = None) -> int:
    """Play at a table that has been set; returns the exit code."""
    app = TableApp(table, theme=theme, on_roll_back=on_roll_back, tells=True)
    try:
        result = at_terminal(app)
    finally:
        app.keep()
    if app.fault is not None:
        raise app.fault
    return result if isinstance(result, int) else app.return_code or 0
