"""The hotwash: everything that was sealed, opened one thing after the other, for a room that talks and is noted.

Where people sit at screens of their own, the facilitator's leads the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual import work
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Static

from crisis_sim.engine.actions import Advance, LeadHotwash
from crisis_sim.engine.views.hotwash_facts import RoomNote
from crisis_sim.engine.views.seat_views import Lead, TeamView, View
from crisis_sim.pages import opening as pages
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.closing_blocks import own_principles
from crisis_sim.pages.hotwash_blocks import blocks_at
from crisis_sim.pages.hotwash_lead import ALL_LED, NOBODY_LED, follow, is_astray, lead_to
from crisis_sim.pages.hotwash_now import hotwash_duty
from crisis_sim.pages.opening import PAGES, SHORT, Opening
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.room_talk import CHANGE, EDIT, note_form_name, notes_on, topic_of
from crisis_sim.pages.screen_words import close_blocks, closed_blocks
from crisis_sim.tui.dialogs import ConfirmScreen, LookScreen
from crisis_sim.tui.drawing import Ink
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.page_screen import PageScreen
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.seat_work import SeatWork

LOOK_ALONE: Final = KeyBinding(
    "right,space", "on", "look on alone", "Open the next thing: more of this act, the next one, the next page"
)
WIDE_TABS: Final = 110
"""Columns from which the names of pages stand whole."""


class HotwashScreen(PageScreen):
    """Meant and read, lines and guesses, forecasts, channels, questions, what to change."""

    TIMED = False
    KEYS = (
        KeyBinding(
            "right,space", "on", "open the next", "Open the next thing: more of this act, the next one, the next page"
        ),
        KeyBinding("left", "before", "back", "Go back; what is open stays open"),
        KeyBinding("w", "note", "note", "Note what the room says about what is on the screen"),
        KeyBinding("p", "link('put')", "principles", "Put a sentence on principles, accept one, or put other words"),
        KeyBinding("tab", "page(1)", "next page", "The next page"),
        KeyBinding(
            "o", "everything", "open all", "Open everything on all pages at once, for those in a hurry", foot=False
        ),
        KeyBinding("e", "edit", "change a note", "Change a note, or strike it out", foot=False),
        KeyBinding("a", "about", "on the record", "Open what the question is about", foot=False),
        KeyBinding("shift+tab", "page(-1)", "page before", "The page before", foot=False),
        KeyBinding("f", "follow", "follow", "Go back to where the facilitator is, and go on from there with the room"),
        KeyBinding("l", "lead", "lead or not", "Lead every screen through the hotwash, or look around by oneself"),
        KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person", foot=False),
        KeyBinding("n", "close", "close the session", "Close the session; its log stays", foot=False),
        *(
            KeyBinding(str(number), f"open_page({number})", name, f"Open page {number}: {name}", foot=False)
            for number, name in enumerate(PAGES, 1)
        ),
    )
    DEFAULT_CSS = """
    HotwashScreen #story { height: 1fr; align-horizontal: center; }
    HotwashScreen Pane#record { display: block; max-width: 96; }
    HotwashScreen Pane#record Piece { max-width: 92; }
    """

    def __init__(self, seat: Reader, seat_work: SeatWork, opening: Opening) -> None:
        """`opening` is how far this terminal has opened the record."""
        super().__init__(seat, seat_work)
        self.opening = opening
        self._led_to: LeadHotwash | None = None
        self._followed: Lead | None = None
        self._go_along()

    def body(self) -> Iterable[Widget]:
        """Names of the pages, and the open one."""
        yield Static(id="tabs", markup=False)
        yield Container(Pane(id="record"), id="story")

    def _begin(self) -> None:
        self.pane("record").focus()
        if self.leads:
            self._lead_here()

    def now(self) -> str:
        """Who speaks, and what the next key opens."""
        joined, hosts = self.seat.company is not None, bool(getattr(self.app, "has_rooms", False))
        sentence = hotwash_duty(self.look, self.opening, self.say, joined=joined, hosts=hosts, leads=self.leads)
        return sentence or super().now()

    def draw(self) -> None:
        """The open page."""
        ink, opening = Ink(self.app.theme), self.opening
        names = PAGES if self.app.size.width >= WIDE_TABS else SHORT
        row = ink.text("")
        for number, name in enumerate(names, 1):
            is_open = number - 1 == opening.page
            label = f"{number} {self.say(name)}"
            row += ink.label(f"[{label}]", "head") if is_open else ink.text(f" {label} ", "quiet")
        self.query_one("#tabs", Static).update(row)
        self.pane("record").show(self._blocks(), self._opens(), air=True, can_begin_at=self._commits_nothing)
        self.page = self.page._replace(links=())

    def _blocks(self) -> list[Block]:
        record = self.look.hotwash
        if record is None:
            return []
        blocks = list(blocks_at(record, self.opening, self.say))
        if self.opening.page == pages.CHANGES and isinstance(self.look, TeamView):
            blocks += own_principles(self.look, self.say)
        return blocks

    def _opens(self) -> set[str]:
        """What can be picked: acts of the table of all, sentences that can be accepted."""
        keys = {f"pair:{number}" for number in range(len(self.look.hotwash.pairs))} if self.look.hotwash else set()
        return keys | set(self.page.opens)

    def show(self, view: View) -> None:
        """Draw another view; where the facilitator has gone on, that page."""
        self.look = view
        moved = self._go_along()
        super().show(view)
        if moved and self.is_mounted:
            self.turned(own=False)

    # leading and following

    @property
    def _can_lead(self) -> bool:
        is_shared = getattr(self.app, "has_rooms", False) or self.seat.company is not None
        return is_shared and self.seat.name == "facilitator" and self.look.phase == "hotwash"

    @property
    def leads(self) -> bool:
        """What is opened here, every screen that follows shows."""
        return self._can_lead and not self.opening.astray

    @property
    def _follows(self) -> bool:
        return self.look.lead is not None and self.seat.name != "facilitator" and not self.opening.astray

    def _go_along(self) -> bool:
        """Be where the facilitator is, unless this screen leads or looks around by itself; whether it has moved."""
        lead, record = self.look.lead, self.look.hotwash
        if lead is None or record is None or lead == self._followed or self.opening.astray or self._led_to is not None:
            return False
        follow(self.opening, lead, record)
        self._followed = lead
        return True

    def action_follow(self) -> None:
        """Go back to where the facilitator is."""
        self.opening.astray, self._followed = False, None
        self._go_along()
        self.turned(own=False)

    def action_lead(self) -> None:
        """Lead every screen from here on, or look around by oneself."""
        self.opening.astray = not self.opening.astray
        self.tell(self.say(NOBODY_LED if self.opening.astray else ALL_LED))
        self.turned()

    def turned(self, *, own: bool = True, end: bool = False) -> None:
        """Show where the room is; whether somebody here turned to it, and whether the `end` was opened last."""
        if self.leads:
            self._lead_here()
        elif own and self.seat.name != "facilitator" and self.look.lead is not None:
            self.opening.astray = True
        self.redraw()
        pane = self.pane("record")
        if end:
            self.call_after_refresh(pane.scroll_end, animate=False)
        else:
            pane.scroll_home(animate=False)

    @work(group="lead")
    async def _lead_here(self) -> None:
        """Tell the session where the room is."""
        record = self.look.hotwash
        if record is not None and (lead := lead_to(self.opening, record)) != self._led_to:
            self._led_to = lead
            await self.send(lead)

    # keys

    def own_keys(self) -> Sequence[KeyBinding]:
        """Who follows opens nothing: the key that would do so looks on alone, and says so."""
        keys = [key for key in self.KEYS if self.can(key.action)]
        return [LOOK_ALONE if key.action == "on" and self._follows else key for key in keys]

    def can(self, action: str) -> bool:
        """Whether something can be done here."""
        match action:
            case "close":
                return self.seat.name == "facilitator" and self.look.phase == "hotwash"
            case "link('put')":
                return "put" in self.page.opens and self.opening.page == pages.CHANGES
            case "about":
                return self.opening.page == pages.QUESTIONS
            case "everything":
                return not self.opening.all_open
            case "edit":
                return bool(self._own_notes())
            case "follow":
                return is_astray(self.look, self.opening)
            case "lead":
                return self._can_lead
            case _:
                return super().can(action)

    def action_on(self) -> None:
        """Open the next thing; what stands below first."""
        if self.look.hotwash is None or self.pane("record").page_down():
            return
        position = (self.opening.page, self.opening.place)
        self.opening.on(self.look.hotwash)
        stays = position == (self.opening.page, self.opening.place)
        if stays and self.opening.alone and self.opening.page == pages.CHANGES:
            self.app.exit(0)
            return
        self.turned(end=stays and self.opening.page == pages.PAIRS)

    def action_before(self) -> None:
        """The place before, as open as it was left."""
        self.opening.back()
        self.turned()

    def action_page(self, way: int) -> None:
        """The next page."""
        self.action_open_page((self.opening.page + way) % len(PAGES) + 1)

    def action_open_page(self, number: int) -> None:
        """Open a page by its number, from 1."""
        self.opening.page = number - 1
        self.turned()

    @work
    async def action_everything(self) -> None:
        """Open all of it, after one question."""
        say = self.say
        sentence = say("Every act, line and forecast then stands open on all pages; nothing is left to be guessed.")
        sure = ConfirmScreen(say("Open everything at once?"), (prose(sentence),), say, yes="open all", no="one by one")
        if await self.app.push_screen_wait(sure):
            self.opening.all_open = True
            self.turned()

    def action_about(self) -> None:
        """Open what the question is about."""
        record = self.look.hotwash
        if record is not None and record.questions:
            about = record.questions[self.opening.place].about
            self.action_open_page(pages.ABOUT.get(about, pages.PAIRS) + 1)

    def on_pane_picked(self, event: Pane.Picked) -> None:
        """Go to an act of the table, or open a form."""
        event.stop()
        event.prevent_default()
        kind, _colon, number = event.key.partition(":")
        if kind == "pair":
            self.opening.to(int(number))
            self.turned()
        else:
            self.action_form(event.key)

    def action_link(self, name: str) -> None:
        """Open a form of the page."""
        self.action_form(name)

    # notes

    def _own_notes(self) -> list[RoomNote]:
        """Notes of the room that this seat has typed: those on what is on the screen, or all if there are none."""
        record = self.look.hotwash
        if record is None:
            return []
        here = [note for note in notes_on(record, *topic_of(record, self.opening)) if note.seat == self.seat.name]
        return here or [note for note in record.notes if note.seat == self.seat.name]

    def action_note(self) -> None:
        """Note what the room says about what is on the screen."""
        record = self.look.hotwash
        if record is None:
            return
        about, subject = topic_of(record, self.opening)
        if about == "change" and not subject:
            self.action_form(CHANGE if self.seat.name == "facilitator" else note_form_name(about, self.seat.name))
        else:
            self.action_form(note_form_name(about, subject))

    def action_edit(self) -> None:
        """Change the last note of ours, or strike it out."""
        self.action_form(f"{EDIT}:{self._own_notes()[-1].number}")

    def context(self) -> tuple[Block, ...]:
        """What the room talks about."""
        return tuple(self._blocks())

    def _formed(self) -> None:
        super()._formed()
        self.call_after_refresh(self.pane("record").scroll_end, animate=False)

    # the end

    @work
    async def action_close(self) -> None:
        """Close the session, and say what remains of it."""
        say, table = self.say, getattr(self.app, "table", None)
        sure = ConfirmScreen(
            say("Close the session?"), tuple(close_blocks(self.look, say)), say, yes="close", no="stay"
        )
        if not await self.app.push_screen_wait(sure) or not await self.send(Advance()):
            return
        if table is not None:
            blocks = closed_blocks(table.record, table.log, table.debrief, table.last_hash(), say)
            await self.app.push_screen_wait(
                LookScreen([(prose(say("The session is closed."), "strong"), *blocks)], say)
            )
