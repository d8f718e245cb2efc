"""The hotwash: everything that was sealed, opened one thing after the other, for a room that talks and is noted."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on, work
from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.actions import Advance
from crisis_sim.engine.sight.hotwash_facts import RoomNote
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.pages import opening as pages
from crisis_sim.pages.hotwash_blocks import blocks_at
from crisis_sim.pages.hotwash_lead import GOES_ALONG, is_astray, where_led
from crisis_sim.pages.opening import PAGES, SHORT
from crisis_sim.pages.room_talk import EDIT, ORDER, notes_on, prompt, said_of, topic_of
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.closing_dialogs import say_of_principles
from crisis_sim.tui.dialogs import Choose, Confirm, DialogOption
from crisis_sim.tui.foot import tab_row
from crisis_sim.tui.hotwash_now import next_key
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.led_screen import LedScreen
from crisis_sim.tui.pane_rows import READING, PaneBlock, width_of
from crisis_sim.tui.screen_words import SEATS as NAMES
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane

HIGH = 34
"""Rows of a screen on which parts stand further apart."""
AFAR = 120
"""Columns of a screen from which letters are small on a projector."""
WIDE = (pages.ALL, pages.CHANNELS)
"""Pages that are tables, and take more room than is read with ease if they need it."""
WIDEST = 128
"""Columns of what they say then."""


class HotwashScreen(LedScreen):
    """Meant and read, lines and guesses, forecasts, channels, the third party, questions, what to change."""

    KEYS = (
        KeyBinding(
            "right,space", "on", "open the next", "Open the next thing: more of this act, the next one, the next page"
        ),
        KeyBinding("left", "back", "back", "Go back; what is open stays open"),
        KeyBinding("w", "note", "note", "Note what the room says about what is on the screen"),
        KeyBinding("p", "principle", "principles", "Put a sentence on principles, accept one, or put other words"),
        KeyBinding("tab", "page(1)", "next page", "The next page"),
        KeyBinding(
            "o", "everything", "open all", "Open everything on all pages at once, for those in a hurry", foot=False
        ),
        KeyBinding("e", "edit", "change a note", "Change a note, or strike it out", foot=False),
        KeyBinding("a", "about", "on the record", "Open what the question is about", foot=False),
        KeyBinding("shift+tab", "page(-1)", "page before", "The page before", foot=False),
        *(
            KeyBinding(str(n), f"open({n})", name, f"Open page {n}: {name}", foot=False)
            for n, name in enumerate(PAGES, 1)
        ),
        KeyBinding("f", "follow", "follow", "Go back to where the facilitator is, and go on from there with the room"),
        KeyBinding("l", "lead", "lead or not", "Lead every screen through the hotwash, or look around by oneself"),
        KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person", foot=False),
        KeyBinding("n", "close", "close the session", "Close the session; its log stays", foot=False),
    )
    DEFAULT_CSS = """
    HotwashScreen {
        #page { height: 1fr; max-width: 92; }
        #page.-table { max-width: 132; }
        #pages { height: 1fr; align-horizontal: center; }
    }
    """

    WRITES_BELOW = True

    def body(self) -> Iterable[Widget]:
        """Names of the pages, and the open one."""
        yield FixedRows(id="names")
        yield Container(Pane(id="page"), id="pages")

    def on_mount(self) -> None:
        """Open the page at which the room is."""
        self.query_one("#names", FixedRows).show(
            lambda width: [tab_row(PAGES, self.opening.page, width, self.say, SHORT)]
        )
        self.pane("page").focus()

    def draw(self, view: View) -> None:
        """The open page."""
        is_table = self.opening.page in WIDE and any(
            width_of(row) > READING for each in self._blocks(WIDEST) for row in each.rows
        )
        self.pane("page").set_class(is_table, "-table")
        self.pane("page").title(self.say(PAGES[self.opening.page]))
        self.pane("page").show(self._blocks)
        self.query_one("#names", FixedRows).redraw()

    def now(self, view: View) -> str | None:
        """Who speaks, and what the next key opens."""
        say = self.say
        if view.phase == "closed" and self.seat.company is not None:  # the log and what comes of it lie elsewhere
            return say("The session is closed; notes can still be taken. Its host has the debrief; ctrl+q leaves.")
        if view.phase == "closed":
            if getattr(self.app, "has_rooms", False):
                return say("The session is closed; notes can still be taken. ctrl+q ends it at every screen.")
            return say("The session is closed; notes can still be taken. ctrl+q goes on: debrief, replay, once more.")
        if view.hotwash is None:
            return None
        if is_astray(view, self.opening):
            return where_led(view, say, key="f")
        asked = prompt(view.hotwash, self.opening, say)
        key = say(GOES_ALONG)
        if view.lead is None or self.seat.name == "facilitator":
            key = next_key(view.hotwash, self.opening, say, closes=self.seat.name == "facilitator")
        if self.leads and self.opening.page == pages.COST:
            # Translators: two sentences, one behind the other
            key = say("{one} {two}", one=key, two=say("The other screens follow you; l stops that."))
        if self.opening.page == pages.COST and self._is_small_from_afar:
            key = say("{one} {two}", one=key, two=say("For the back row make the letters larger: 80×24 is enough."))
        told = say("{one} {two}", one=asked, two=key) if asked else key
        agrees = self.opening.page == pages.CHANGES and say.dossier.asks_principles and self.can("hand_over")
        if not agrees or isinstance(view, TeamView):
            return told
        return say("{one} {two}", one=told, two=say("h gives it to a team, which agrees on principles (p)."))

    @property
    def _is_small_from_afar(self) -> bool:
        """A terminal that both teams sit in front of has so many columns that its letters are small."""
        return self.seat.name == "facilitator" and not self._can_lead and self.size.width >= AFAR

    def _blocks(self, width: int) -> list[PaneBlock]:
        view, opening = self.look.hotwash, self.opening
        if view is None:
            return []
        column = width if opening.page in WIDE else min(width, READING)
        air = 2 if opening.page == pages.PAIRS and self.size.height >= HIGH else 1
        return laid_out(blocks_at(view, opening, self.say), column, air=air)

    def can(self, action: str) -> bool:
        """Closing is the facilitator's."""
        match action:
            case "close":
                return self.seat.name == "facilitator" and self.look.phase == "hotwash"
            case "principle":
                is_team = isinstance(self.look, TeamView) and self.look.phase == "hotwash"
                return is_team and self.say.dossier.asks_principles and self.opening.page == pages.CHANGES
            case "about":
                return self.opening.page == pages.QUESTIONS
            case "everything":
                return not self.opening.everything
            case "edit":
                return bool(self._ours())
            case _:
                return super().can(action)

    # opening

    def action_on(self) -> None:
        """Open the next thing."""
        if self.look.hotwash is None:
            return
        before = (self.opening.page, self.opening.place)
        self.opening.on(self.look.hotwash)
        stays = before == (self.opening.page, self.opening.place)
        self.turned(end=stays and self.opening.page == pages.PAIRS)

    def action_back(self) -> None:
        """The place before, as open as it was left."""
        self.opening.back()
        self.turned()

    def action_page(self, way: int) -> None:
        """The next page."""
        self.action_open((self.opening.page + way) % len(PAGES) + 1)

    def action_open(self, number: int) -> None:
        """Open a page by its number, from 1."""
        self.opening.page = number - 1
        self.turned()

    @work
    async def action_everything(self) -> None:
        """Open all of it, after one question."""
        say = self.say
        sentence = say("Every act, line and forecast then stands open on all pages; nothing is left to be guessed.")
        question = say("Open everything at once?")
        if await self.app.push_screen_wait(Confirm(question, [sentence], say, yes="open all", no="one by one")):
            self.opening.everything = True
            self.turned()

    def action_about(self) -> None:
        """Open what the question is about."""
        view = self.look.hotwash
        if view is not None and view.questions:
            self.action_open(pages.ABOUT.get(view.questions[self.opening.place].about, pages.PAIRS) + 1)

    def turned(self, *, end: bool = False, own: bool = True) -> None:
        """Show where the room is; with `end`, what has been opened last. With `own` somebody here has turned to it."""
        super().turned(own=own)
        self.draw(self.look)
        self.redraw_frame()
        pane = self.pane("page")
        if end:
            self.call_after_refresh(pane.scroll_end, animate=False)
        else:
            pane.scroll_home(animate=False)

    @on(Pane.Picked, "#page")
    def _picked(self, event: Pane.Picked) -> None:
        kind, _, number = event.key.partition(":")
        if kind == "pair":
            self.opening.to(int(number))
            self.turned()

    # noting what the room says

    def _ours(self) -> list[RoomNote]:
        """Notes of the room that this seat has typed: those on what is on the screen, or all if there are none."""
        view = self.look.hotwash
        if view is None:
            return []
        about, of = topic_of(view, self.opening)
        here = [note for note in notes_on(view, about, of) if note.seat == self.seat.name]
        return here or [note for note in view.notes if note.seat == self.seat.name]

    @work
    async def action_note(self) -> None:
        """Note what the room says about what is on the screen."""
        view = self.look.hotwash
        if view is None:
            return
        about, of = topic_of(view, self.opening)
        if about == "change" and not (of := await self._whose()):
            return
        await self._noted(said_of(about, of))

    @work
    async def action_principle(self) -> None:
        """Put a sentence, accept one, or put other words, while the room talks."""
        team = self.look
        if isinstance(team, TeamView):
            await say_of_principles(self, team)

    async def _whose(self) -> str:
        """Whose thing to change is written down; a team writes its own."""
        if self.seat.name != "facilitator":
            return self.seat.name
        say = self.say
        options = [DialogOption(seat, say(NAMES[seat])) for seat in ORDER]
        return await self.app.push_screen_wait(Choose(say("Whose thing to change?"), options, say)) or ""

    @work
    async def action_edit(self) -> None:
        """Change a note, or strike it out."""
        say, ours = self.say, self._ours()
        options = [DialogOption(str(note.number), note.text.replace("\n", " ")) for note in ours]
        number = options[0].key if len(options) == 1 else None
        if number is None:
            number = await self.app.push_screen_wait(Choose(say("Which note?"), options, say))
        if number is not None:
            await self._noted(f"{EDIT}:{number}")

    async def _noted(self, form: str) -> None:
        """What the room says is asked for, and then stands at the end of the page."""
        if await self.fill_in(form):
            self.call_after_refresh(self.pane("page").scroll_end, animate=False)

    # the end

    @work
    async def action_close(self) -> None:
        """Close the session, and say what remains of it."""
        say = self.say
        view = self.look.hotwash
        sentences = [say("The record is complete. The log stays, and notes can still be taken.")]
        missing = [seat for seat in ORDER[:3] if view and not notes_on(view, "change", seat)]
        if missing:
            names = say(", ").join(say(NAMES[seat]) for seat in missing)
            sentences.append(say("No thing to change has been named yet by: {names}.").format(names=names))
        question = say("Close the session?")
        if not await self.app.push_screen_wait(Confirm(question, sentences, say, yes="close", no="stay")):
            return
        if await self.send(Advance()):
            await self.app.push_screen_wait(
                Confirm(say("The session is closed."), self._remains(), say, yes="", no="look on")
            )

    def _remains(self) -> list[str]:
        """Where the log is, and how to get the debrief."""
        say, table = self.say, getattr(self.app, "table", None)
        sentences = []
        if table is not None and table.record:
            laid = say("Log, debrief, last hash and cards are laid into one folder once you leave:")
            sentences.append(f"{laid}\n{table.record}")
        elif table is not None and table.log:
            sentences.append(f"{say('The log:')}\n{table.log}")
            sentences.append(say("The debrief: {command}").format(command=table.debrief))
        if table is not None and (head := table.last_hash()):
            sentences.append(say("The last hash of the log, to be read aloud and noted: {hash}").format(hash=head))
        return [*sentences, say("Everything can be looked at further; ctrl+q leaves.")]
