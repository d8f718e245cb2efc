"""The app: whose seat is up, which screen it is shown, and what is safe when somebody leaves.

It holds seats, never a session. All changes of screen happen in one place, one after the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Final

from textual import on, work
from textual.app import ComposeResult
from textual.screen import Screen

from crisis_sim.engine.actions import Advance, SeatName
from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.errors import CrisisSimError, StorageFailed
from crisis_sim.pages.announcements import due_announcement
from crisis_sim.pages.company_words import STORAGE_WELL, company_sentences, label_at, people_at
from crisis_sim.pages.consent_card import CONSENT, is_asked
from crisis_sim.pages.duty import REHEARSED
from crisis_sim.pages.form import FormOption
from crisis_sim.pages.opening import Opening, opening_for
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.refusals import outdated
from crisis_sim.pages.screen_words import GONE_BACK, WENT_ON, leaving_blocks, refusal_text, storage_blocks
from crisis_sim.pages.seat_changes import (
    SeatedPlayer,
    changed_chairs,
    next_up,
    passes_by_itself,
    talk_at,
    teams_among,
    whom_to_hand_to,
)
from crisis_sim.pages.seat_table import Companion, PlaceManager, RollBackTo, SeatTable
from crisis_sim.pages.talk_blocks import talk_due
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Side
from crisis_sim.text import clean
from crisis_sim.tui import themes
from crisis_sim.tui.announcement_screen import AnnouncementScreen
from crisis_sim.tui.ask_screen import ChooseScreen, picked
from crisis_sim.tui.base_app import CrisisApp
from crisis_sim.tui.curtain_screen import CurtainScreen
from crisis_sim.tui.dialogs import ConfirmScreen
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.hotwash_screen import HotwashScreen
from crisis_sim.tui.key_bindings import Foot, KeyBinding
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.tui.page_screen import HandOverRequested, PageScreen, PeopleRequested
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.people_screen import PeopleScreen
from crisis_sim.tui.seat_screen import RollBackRequested, SeatScreen, StorageBroke, WorkChanged
from crisis_sim.tui.seat_work import KEPT_EVERY, SeatWork, save_work, work_for
from crisis_sim.tui.talk_screen import BothTalkScreen, TalkOver, TalkScreen
from crisis_sim.tui.terminal import at_terminal, fault_of
from crisis_sim.wording import failure, in_words
from crisis_sim.wording.labels import FILLING, SEATS

DEPTH: Final = 2
"""Screens on the stack when no dialog is open: Textual's empty one, and ours."""
BACKGROUND: Final = "beside"
"""The group of what runs beside the screens: bots, and those who listen for changes."""
PAGES: Final[dict[str, type[PageScreen]]] = {"page": PageScreen, "announcement": AnnouncementScreen, "talk": TalkScreen}


class TableApp(CrisisApp[int]):
    """Plays one session at this terminal."""

    def __init__(
        self,
        table: SeatTable,
        *,
        theme: str = themes.DEFAULT,
        on_roll_back: RollBackTo | None = None,
        announces: bool = False,
    ) -> None:
        """For a table; `on_roll_back` makes branches, without it the facilitator cannot roll back here.

        With `announces`, a terminal that several share begins behind the curtain too, a team is told what has happened
        before it comes to its page, and phases that ask nothing of a facilitator at the same terminal go on by
        themselves until he asks for the chair.
        """
        super().__init__(theme)
        self.table = table
        self.up: SeatName | None = None
        self._on_roll_back = on_roll_back
        self._tells = announces
        self._desks: dict[SeatName, SeatWork] = {}
        self._shown: tuple[SeatName, str] | None = None
        self._kept: SeatedPlayer | None = None
        self._opening = opening_for(table.seats[table.people[0]], table.people)
        self._stirred = asyncio.Event()

    def on_mount(self) -> None:
        """Show the first screen, start what runs beside."""
        self._sit_down()
        self._watch()
        self.set_interval(KEPT_EVERY, self.keep)
        if self.has_rooms:
            self.set_timer(0.5, self._show_people)  # their codes are what comes first

    def _sit_down(self) -> None:
        self._desks = work_for({name: self._view(name) for name in self.people}, self.table.half, self._desks)
        for name in self.people:
            self._follow(self.table.seats[name])
        self._hear_of_people()
        for companion in self.table.companions:
            self._accompany(companion)
        self._stirred.set()

    @work(group=BACKGROUND)
    async def _accompany(self, companion: Companion) -> None:
        try:
            await companion()
        except CrisisSimError as error:
            say = self._say()
            sentence = say("A bot has stopped: {why}", why=failure(error, say.language)[0])
            self.notify(clean(sentence, lines=False), severity="error", markup=False, timeout=20)

    @work(group=BACKGROUND)
    async def _follow(self, seat: Reader) -> None:
        met, rehearses = people_at(seat), seat.say.dossier.rehearses
        async for _ in seat.changes():
            self._stirred.set()
            old_people, met = met, people_at(seat)
            if rehearses and not seat.say.dossier.rehearses:  # nothing of it stays on anybody's desk
                self._desks[seat.name], self._opening, self._shown = SeatWork(), Opening(), None
                self.notify(seat.say(REHEARSED), markup=False, timeout=20)
            rehearses = seat.say.dossier.rehearses
            for sentence in company_sentences(old_people, met, label_at(seat), seat.say):
                self.notify(sentence, markup=False)

    @work(group=BACKGROUND)
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

    # whose seat, which screen

    @property
    def shares_terminal(self) -> bool:
        """Whether several persons play here."""
        return len(self.table.people) > 1

    @property
    def people(self) -> tuple[SeatName, ...]:
        """Who plays here."""
        return self.table.people

    @property
    def has_rooms(self) -> bool:
        """Whether others join from elsewhere."""
        return self.table.rooms is not None

    def _view(self, name: SeatName) -> View:
        return self.table.seats[name].view()

    def _team(self, side: Side) -> TeamView:
        view = self._view(side)
        assert isinstance(view, TeamView)
        return view

    def _say(self, name: SeatName | None = None) -> Translator:
        return self.table.seats[name or self.up or self.people[0]].say

    async def _settle(self) -> None:
        for side in teams_among(self.people):
            self._desks[side].follow_list(self._team(side))
            if self._desks[side].forget_later_turns(self._team(side)):
                self.notify(self._say(side)(GONE_BACK), markup=False, timeout=20)
        if await self._talked() or await self._passed():
            return
        name = self._current_seat()
        view = self._view(name)
        page = self._page(name, view)
        changes = name != self.up and (self.up is not None or self._tells)
        if changes and page != "hotwash" and self.shares_terminal:
            await self._draw_curtain(name, view)
        elif not (isinstance(self.screen, CurtainScreen) and name == self.screen.comes):
            await self._open(name, page, view)

    async def _talked(self) -> bool:
        """Turn to a talk that both sides have agreed to: each team here to its sheet, then both to one screen."""
        views = {side: self._team(side) for side in teams_among(self.people)}
        if not self._tells or any(is_asked(self.table.seats[side]) for side in views):
            return False
        team, number = talk_at(self.up, views, {side: self._desks[side].talks for side in views})
        if team is None:
            return False
        if team == "both":
            if not isinstance(self.screen, BothTalkScreen):
                await self._clear_stack()
                self._shown = None
                await self._show_screen(BothTalkScreen(views, number, self._say()))
        elif team != self.up and self.shares_terminal:
            await self._draw_curtain(team, views[team])
        elif not isinstance(self.screen, CurtainScreen):
            await self._open(team, "talk", views[team])
        return True

    @on(TalkOver)
    def _talk_over(self) -> None:
        """Behind the curtain again, each team notes what was said."""
        for side in teams_among(self.people):
            self._desks[side].after_talk()
        self.up = None
        self._stirred.set()

    async def _passed(self) -> bool:
        """Go on for a facilitator who has not asked for the chair."""
        seat_work = self._desks.get("facilitator")
        if seat_work is None or seat_work.takes_chair or not self._tells:
            return False
        if not passes_by_itself(self._view("facilitator"), self.people):
            return False
        try:
            await self.table.seats["facilitator"].submit(Advance())
        except CrisisSimError:  # the console says why, when its key is pressed
            return False
        self._stirred.set()
        return True

    def _current_seat(self) -> SeatName:
        view = self._view(self.up or self.people[0])
        if self._kept is not None and self._kept.holds(view):
            return self._kept.seat
        return next_up(self.up, self.people, view.waiting_for, view.turn)

    async def _draw_curtain(self, name: SeatName, view: View) -> None:
        await self._clear_stack()
        self.clear_notifications()
        self._shown, self.up = None, name
        await self._show_screen(
            CurtainScreen(
                name, self._say(name), self._desks[name].word, changed_chairs(name, view, again=self.table.again)
            )
        )

    @on(CurtainScreen.Opened)
    async def _curtain_opened(self) -> None:
        if self.up is not None:
            view = self._view(self.up)
            await self._open(self.up, self._page(self.up, view), view)

    @on(WorkChanged)
    def _desk_changed(self) -> None:
        self._stirred.set()

    def _page(self, name: SeatName, view: View) -> str:
        """Which screen a seat is shown."""
        seat_work = self._desks[name]
        if is_asked(self.table.seats[name]):
            return CONSENT
        if view.hotwash is not None and view.phase in ("hotwash", "closed"):
            return "hotwash"
        if self._tells and talk_due(view, seat_work.talks) is not None:
            return "talk"
        return "announcement" if self._tells and seat_work.announcement_read < due_announcement(view) else "page"

    def _screen(self, name: SeatName, page: str) -> SeatScreen:
        seat, seat_work = self.table.seats[name], self._desks[name]
        if page == CONSENT:
            return FormScreen(seat, seat_work, CONSENT, is_alone=True)
        if page == "hotwash":
            return HotwashScreen(seat, seat_work, self._opening)
        return PAGES[page](seat, seat_work)

    async def _open(self, name: SeatName, page: str, view: View) -> None:
        # a page of another phase is another screen: what was open in it is over
        key = f"{page} {view.phase} {view.turn}" if page != "hotwash" else page
        if self._shown == (name, key):
            for screen in self.screen_stack:
                if isinstance(screen, SeatScreen):
                    screen.show(view)
            return
        asked = await self._clear_stack()
        self.up, self._shown = name, (name, key)
        screen = self._screen(name, page)
        screen.forks = name == "facilitator" and self._on_roll_back is not None
        await self._show_screen(screen)
        if name == "facilitator" and (percent := self.table.filling()):
            self.notify(self._say()(FILLING, percent=percent), severity="warning", markup=False)
        if "advance" in asked:
            self.notify(refusal_text(outdated(Advance()), self._say().language), severity="warning", markup=False)
        elif asked:
            self.notify(self._say()(WENT_ON), markup=False)

    async def _clear_stack(self) -> list[str]:
        """Leave whatever lies over the page; the names of the forms among it."""
        asked = [screen.form_name for screen in self.screen_stack[DEPTH:] if isinstance(screen, FormScreen)]
        while len(self.screen_stack) > DEPTH:
            await self.pop_screen()
        return asked

    async def _show_screen(self, screen: Screen[None]) -> None:
        """Show a screen in place of the one that is shown; the first stands on Textual's own empty one."""
        if len(self.screen_stack) < DEPTH:
            await self.push_screen(screen)
        else:
            await self.switch_screen(screen)

    @on(PeopleRequested)
    def _show_people(self) -> None:
        if self.table.rooms is not None:
            seat = self.table.seats[self.up or self.people[0]]
            self.push_screen(PeopleScreen(self.table.rooms, seat.view, seat.say))

    @on(HandOverRequested)
    @work
    async def _hand_over(self) -> None:
        """Give the terminal to somebody, who keeps it until the phase ends, a commit, or the next hand-over."""
        if self.up is None or not self.shares_terminal:
            return
        view, say = self._view(self.up), self._say()
        order = whom_to_hand_to(self.up, self.people, view.waiting_for, view.turn)
        name: SeatName | None = order[0]
        if len(order) > 1:
            waits = say("play waits for it")
            options = [FormOption(seat, say(SEATS[seat]), waits if seat in view.waiting_for else "") for seat in order]
            form = await self.push_screen_wait(ChooseScreen(say("Who comes to the terminal?"), options, say))
            name = next((seat for seat in order if seat == picked(form)), None)
        if name is not None:
            self._kept = SeatedPlayer(name, view.phase, view.turn, was_waited_for=name in view.waiting_for)
            self._stirred.set()

    @on(RollBackRequested)
    async def _roll_back(self, event: RollBackRequested) -> None:
        """Go on from the start of a turn, in a branch; the log so far stays."""
        assert self._on_roll_back is not None  # else no screen asks for it
        try:
            table = await self._on_roll_back(event.turn)
        except CrisisSimError as error:
            sentence = refusal_text(error, self._say().language)
            self.notify(clean(sentence, lines=False), severity="warning", markup=False)
            return
        self.workers.cancel_group(self, BACKGROUND)
        await self._clear_stack()
        self.table, self._shown = table, None
        self._sit_down()
        if table.log:
            sentence = self._say("facilitator")(
                "Play goes on from the start of turn {turn}. Its log from here on: {log}",
                turn=event.turn,
                log=table.log,
            )
            self.notify(clean(sentence, lines=False), markup=False, timeout=20)

    # leaving

    def keep(self) -> None:
        """Keep what is half written for when somebody comes back, however they leave."""
        save_work(self._desks, self.table.half, self._view(self.people[0]).phase)

    @on(StorageBroke)
    async def _storage_broke(self, event: StorageBroke) -> None:
        await self.push_screen(StorageScreen(event.failed, self.table, self._say()))

    @work
    async def action_leave(self) -> None:
        """Quit; ask first when a session is live."""
        if isinstance(self.screen, ConfirmScreen):
            return
        view, table, say = self._view(self.up or self.people[0]), self.table, self._say()
        if view.phase != "closed" and table.is_kept:
            question = say("Leave the hotwash?") if view.phase == "hotwash" else say("Leave the session?")
            keeps = table.half is not None
            blocks = leaving_blocks(view, table.log, table.resume, table.debrief, say, keeps=keeps)
            if not await self.push_screen_wait(ConfirmScreen(question, tuple(blocks), say, yes="leave", no="stay")):
                return
        self.exit(0)

    def _fatal_error(self) -> None:
        """Leave after a fault of ours and print nothing here: what a screen holds in memory is a team's secret."""
        self.bell()
        self._close_messages_no_wait()

    @property
    def fault(self) -> Exception | None:
        """The fault of ours that ended the app, if one did."""
        return fault_of(self._exception)


async def room_news(rooms: PlaceManager | None, say: Translator) -> AsyncIterator[str]:
    """Sentences on who of the teams comes and goes, and on what somebody may have overheard, as it happens."""
    if rooms is None:
        return
    met, noted = rooms.people(), rooms.storage_failure
    async for _ in rooms.changes():
        if (failed := rooms.storage_failure) is not noted:
            noted = failed
            yield say(STORAGE_WELL) if failed is None else in_words(failed.notice, say.language)
        old_people, met = met, rooms.people()
        for sentence in company_sentences(old_people, met, "", say):
            yield sentence


class StorageScreen(KeyScreen[None]):
    """The disk refused: play stands still, and nothing that was acknowledged is lost."""

    DEFAULT_CSS = "StorageScreen { align: center middle; } StorageScreen Pane { max-width: 84; height: auto; }"

    def __init__(self, failed: StorageFailed, table: SeatTable, say: Translator) -> None:
        """With what the disk said."""
        super().__init__()
        self.say, self._language, self._failed, self._table = say, say.language, failed, table

    def own_keys(self) -> Sequence[KeyBinding]:
        """Quit, or look at the screen below."""
        back = "back, to look only" if self._failed.is_final else "back, to do it again"
        return (KeyBinding("q", "stop", "quit", "Quit"), KeyBinding("escape", "back", back, "Go back"))

    def compose(self) -> ComposeResult:
        """A few sentences, and the keys."""
        yield Pane(classes="-bare")
        yield Foot()

    def on_mount(self) -> None:
        """Show it."""
        table, say = self._table, self.say
        self.query_one(Pane).show(storage_blocks(self._failed, table.log, table.resume, self._language, say), air=True)
        self.show_keys()

    def action_stop(self) -> None:
        """End the program with exit code 1."""
        self.app.exit(1)

    def action_back(self) -> None:
        """Look at the screen below."""
        self.dismiss(None)


def run_at(table: SeatTable, *, theme: str = themes.DEFAULT, on_roll_back: RollBackTo | None = None) -> int:
    """Play at a table that has been set; returns the exit code."""
    app = TableApp(table, theme=theme, on_roll_back=on_roll_back, announces=True)
    try:
        result = at_terminal(app)
    finally:
        app.keep()
    if app.fault is not None:
        raise app.fault
    return result if isinstance(result, int) else app.return_code or 0
