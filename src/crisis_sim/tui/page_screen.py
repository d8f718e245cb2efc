"""A seat's page: what is to be done, the task at hand, what stands beside it, what can be opened.

Every region is a pane. Where the window is narrow they fold into tabs; where it is wide the task stands at the left and
one of the others at the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace
from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from crisis_sim.engine.sight.views import FacilitatorView, TeamView
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.console_blocks import CHAIR, LOCK
from crisis_sim.pages.form import NO_SHEET, FormDoor, FormSheet
from crisis_sim.pages.places_forms import BACK as GO_BACK
from crisis_sim.pages.places_forms import places_told
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reader_forms import form_at, places_at
from crisis_sim.pages.seat_page import PageRegion, SeatPage, seat_page
from crisis_sim.text import clean
from crisis_sim.tui.dialogs import LookScreen, WriteScreen
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.seat_screen import OWN_KEYS, DeskChanged, SeatScreen
from crisis_sim.tui.seat_work import SeatWork

WIDE_COLUMNS: Final = 100
LONGEST_WORD: Final = 40
DOOR_LETTERS: Final = {
    "move": "n",
    "commit": "c",
    "seal": "s",
    "guess": "g",
    "order": "o",
    "put": "p",
    "write": "w",
    "ask": "a",
    "advance": "n",
    "pause": "p",
    "unpause": "p",
    "improvise": "i",
    "override": "v",
    "declare": "d",
    "extend": "e",
    "bookmark": "m",
    "mirror": "b",
    "question": "a",
    "invite": "a",
    "door": "l",
    "translate": "t",
    GO_BACK: "z",
    "note": "w",
}
"""Letters of doors; where two want the same, the first in this order has it."""
SIDE_FIRST: Final = {"moves": "s-home", "forecasts": "s-home", "readings": "s-before", "briefing": "", "closing": ""}
"""The region that stands at the right at first, by the phase; empty for none, and else the first there is."""
SHOWN_WITHOUT_QUESTION: Final = ("consent", "off:")
"""Forms without a question that are shown all the same."""
OPENS_ITSELF: Final = frozenset({"readings", "forecasts"})
"""Phases in which the first thing that is asked opens by itself."""
TEAM_KEYS: Final = (
    KeyBinding("n", "door('move')", "new move", "Compose a move, or go on with the one half written"),
    KeyBinding("c", "door('commit')", "commit", "Our moves of this turn are final"),
    KeyBinding("enter", "pick", "open", "Open what is under the cursor: a request, a move of ours, a card, a line"),
    KeyBinding("x,delete", "take_off", "take off", "Take the move under the cursor off the list", foot=False),
    KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person"),
    KeyBinding("b", "briefs", "briefs", "Read the briefs and our aims again"),
    *(replace(key, keys=f"{letter},{key.keys}") for letter, key in zip("ft", OWN_KEYS, strict=True)),
    KeyBinding("a", "door('ask')", "ask", "Ask them which of our acts moved them closer, and to what", foot=False),
    KeyBinding("w", "door('note')", "write a note", "Write a note for ourselves and the debrief", foot=False),
)
CONSOLE_KEYS: Final = (
    KeyBinding("n", "door('advance')", "next phase", "Go on; what a team has not committed is taken as it stands"),
    KeyBinding("r", "inject('release')", "release", "Deliver the inject under the cursor now"),
    KeyBinding("p", "door('pause')", "pause", "Stop the clock and the table, or go on"),
    KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person"),
    KeyBinding("c", "chair", "chair", "Come here at each turn's start and end, or let play go on by itself"),
    KeyBinding("l", "word", "lock", "Set a word without which this console does not open", foot=False),
    KeyBinding("s", "people", "seats", "Who has come, and the codes of those who are expected"),
    KeyBinding("i", "door('improvise')", "improvise", "Deliver words that are in no plan"),
    KeyBinding("o", "inject('hold')", "hold", "Keep the inject under the cursor back", foot=False),
    KeyBinding("x", "inject('skip')", "skip", "Strike the inject under the cursor", foot=False),
    KeyBinding("v", "door('override')", "override", "Set a number by hand, with a reason on the record", foot=False),
    KeyBinding(
        "d",
        "door('declare')",
        "declare",
        "Declare a red line crossed, as its team claims or a rule proposes",
        foot=False,
    ),
    KeyBinding("e", "door('extend')", "extend", "Give this turn more minutes", foot=False),
    KeyBinding("w", "door('note')", "note", "Write a note for the debrief", foot=False),
    KeyBinding("m", "door('bookmark')", "bookmark", "Mark this place in the log", foot=False),
    KeyBinding(
        "u", "reveal", "reveal", "Show both teams what the act under the cursor meant and how it was read", foot=False
    ),
    KeyBinding(
        "b",
        "door('mirror')",
        "mirror",
        "Say to both that each meant well this turn and took the other as hostile",
        foot=False,
    ),
    KeyBinding("a", "door('question')", "ask", "Ask both which acts of the other side moved them closer", foot=False),
    KeyBinding(
        "t", "door('translate')", "translate", "Attach a translation to words that a team has written", foot=False
    ),
    KeyBinding(
        "z", f"door('{GO_BACK}')", "roll back", "Go on from the start of an earlier turn, in a branch", foot=False
    ),
    KeyBinding("g", "briefs", "guide, briefs", "Read the guide and the briefs", foot=False),
)
LINE_KEYS: Final = (
    KeyBinding("w", "door('write')", "write a line", "Write a line of our own"),
    KeyBinding("g", "door('guess')", "guess theirs", "Guess a line of theirs"),
    KeyBinding("o", "door('order')", "what is grave", "Order acts by how gravely we take them, or they do"),
    KeyBinding("p", "door('put')", "principles", "Put a sentence on principles, accept one, or put other words"),
    KeyBinding("s", "door('seal')", "seal", "Our lines and guesses are done"),
)
TABS: Final = (
    KeyBinding("space", "read_on", "read on", "What stands below, and then the next panel", foot=False),
    KeyBinding("tab", "tab(1)", "next panel", "Go to the next panel", foot=False),
    KeyBinding("shift+tab", "tab(-1)", "panel before", "Go to the panel before", foot=False),
    KeyBinding("escape", "first", "first panel", "Go to the first panel", foot=False),
)


class PeopleAsked(Message):
    """Somebody wants to see who has come."""


class HandOverAsked(Message):
    """Somebody gives the terminal to the next person."""


class LinkLine(Static):
    """A line of things to click, in their own colours."""

    auto_links = False


class PageScreen(SeatScreen):
    """Shows a page and opens its forms."""

    DEFAULT_CSS = """
    PageScreen #tabs { height: auto; max-height: 2; padding: 0 1; color: $ink-dim; background: $ink-ground; }
    PageScreen #page { height: 1fr; }
    PageScreen #main { width: 3fr; }
    PageScreen #sides { width: 2fr; }
    PageScreen #doors { height: auto; max-height: 4; padding: 0 1; background: $ink-panel; }
    PageScreen Pane { display: none; }
    PageScreen Pane.-shown { display: block; }
    PageScreen Pane.-snug { height: auto; max-height: 60%; margin-bottom: 1; }
    PageScreen #page.-narrow #main.-empty, PageScreen #page.-narrow #sides.-empty { display: none; }
    """

    def __init__(self, seat: Reader, desk: SeatWork) -> None:
        """For one seat, with what lies on its desk."""
        super().__init__(seat, desk)
        self.page: SeatPage = seat_page(self.look, self.say)
        self._regions: dict[str, PageRegion] = {}
        self._main: tuple[str, ...] = ()
        self._open_region = ""

    def body(self) -> Iterable[Widget]:
        """Names of regions, the regions, the doors."""
        yield LinkLine(id="tabs", markup=False)
        yield Horizontal(Vertical(id="main"), Vertical(id="sides"), id="page")
        yield LinkLine(id="doors", markup=False)

    def on_mount(self) -> None:
        """Begin at the task."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._focus(self._open_region)
        form = self._first_asked()
        if form:
            self.action_form(form)

    def _first_asked(self) -> str:
        """The form that opens by itself, once in a phase."""
        here = (self.look.turn, self.look.phase)
        if self.look.phase not in OPENS_ITSELF or self.desk.opened_in == here or self.look.paused:
            return ""
        self.desk.opened_in = here
        doors = [door for door in self.page.doors if not door.closed and door.name not in ("commit", "note")]
        return doors[0].name if doors else ""

    # drawing

    def draw(self) -> None:
        """Fill the regions, the tabs and the doors."""
        self.page = seat_page(self.look, self.say)
        places = places_at(self.seat)
        more = () if places is None else (places_told(places, self.look, self.say).region,)
        main = (*self.page.main, *more)
        regions = {f"m-{region.name}": region for region in main}
        self._main = tuple(regions)
        regions |= {f"s-{region.name}": region for region in self.page.sides}
        if tuple(self._regions) != tuple(regions):
            self._lay(regions)
        self._regions = regions
        opens = set(self.opens())
        for name, region in regions.items():
            pane = self.pane(name)
            pane.title = region.title
            is_prose = region.name in ("public", "brief", "guide", "sounds")
            pane.show((*self._ahead(name), *region.blocks), opens, air=is_prose)
        self._arrange()
        self._draw_doors()

    def _ahead(self, name: str) -> tuple[Block, ...]:
        """At a terminal that several share a console says whether play goes on by itself, and whether it is locked."""
        if name != "m-room" or not self.can("chair"):
            return ()
        told = (CHAIR[self.desk.takes_chair], LOCK[bool(self.desk.word)])
        return tuple(prose(self.say(sentence), "quiet") for sentence in told)

    def _lay(self, regions: dict[str, PageRegion]) -> None:
        """Make panes for other regions; those that stay keep where they are scrolled."""
        for gone in [name for name in self._regions if name not in regions]:
            self.pane(gone).remove()
        for name, region in regions.items():
            if name not in self._regions:
                place = self.query_one("#main" if name.startswith("m-") else "#sides")
                place.mount(Pane(region.title, id=name))
        if self._open_region not in regions:
            wanted = self.desk.pane if self.desk.pane in regions else ""
            self._open_region = wanted or next(iter(regions), "")

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= WIDE_COLUMNS

    def _arrange(self) -> None:
        """Narrow: the open pane alone. Wide: the task at the left, one other at the right."""
        names = list(self._regions)
        sides = [name for name in names if name not in self._main]
        is_side = self._open_region in sides
        if self._is_wide:
            mains = self._main if len(self._main) < 3 else (self._open_region if not is_side else self._main[0],)
            first = SIDE_FIRST.get(self.look.phase, next(iter(sides), ""))
            shown = {*mains, self._open_region if is_side else first}
        else:
            shown = {self._open_region}
        above = [name for name in self._main if name in shown][:-1]
        for name in names:
            self.pane(name).set_class(name in shown, "-shown")
            self.pane(name).set_class(name in above, "-snug")
        for place, has in (("#main", shown & set(self._main)), ("#sides", shown & set(sides))):
            self.query_one(place).display = bool(has)
        ways = [name for name in names if not (self._is_wide and name in self._main and len(self._main) < 3)]
        pieces = []
        for name in ways:
            title = clean(self._regions[name].title, lines=False)
            style = Style.from_meta({"@click": ("screen.open", (name,))})
            open_ = name in shown
            piece = Content.styled(f"[{title}]" if open_ else f" {title} ", "bold $ink-head" if open_ else "$ink-dim")
            pieces.append(piece.stylize(style))
        self.query_one("#tabs", Static).update(self._in_rows(pieces, " "))

    def _draw_doors(self) -> None:
        pieces = []
        for key, door in self._door_keys():
            label = clean(door.label + (f" ({door.closed})" if door.closed else ""), lines=False)
            half = f" {self.say('half written')}" if self.desk.has(door.name) else ""
            piece = Content.styled(f"{key} ", "bold $ink-key" if not door.closed else "$ink-dim")
            piece += Content.styled(label, "$ink-dim" if door.closed else "$ink-text") + Content.styled(
                half, "$ink-new"
            )
            pieces.append(piece.stylize(Style.from_meta({"@click": ("screen.door", (door.name,))})))
        doors = self.query_one("#doors", Static)
        doors.display = bool(pieces)
        doors.update(self._in_rows(pieces, "   "))

    def _in_rows(self, pieces: Sequence[Content], gap: str) -> Content:
        """Pieces with a gap between them, none of which is broken where the window ends."""
        rows, width = [Content("")], self.app.size.width - 2
        for piece in pieces:
            if rows[-1].cell_length and rows[-1].cell_length + len(gap) + piece.cell_length > width:
                rows.append(Content(""))
            rows[-1] += (Content(gap) if rows[-1].cell_length else Content("")) + piece
        return Content("\n").join(rows)

    def _door_keys(self) -> list[tuple[str, FormDoor]]:
        """Each door with its key: a digit, and behind it the letter that people know."""
        letters = self._letters()
        return [
            (f"{number if number < 10 else ''}{letters.get(door.name, '')}", door)
            for number, door in enumerate(self._doors(), 1)
        ]

    def _letters(self) -> dict[str, str]:
        taken: dict[str, str] = {}
        for name, letter in DOOR_LETTERS.items():
            if letter not in taken.values() and any(door.name == name for door in self._doors()):
                taken[name] = letter
        return taken

    def _doors(self) -> list[FormDoor]:
        places = places_at(self.seat)
        more = [] if places is None else list(places_told(places, self.look, self.say).doors)
        if self.forks and isinstance(self.look, FacilitatorView) and self.look.turn:
            back = self.say("Roll back to an earlier turn")
            more = [FormDoor(GO_BACK, back)] if self.look.phase not in ("hotwash", "closed") else []
        return [*self.page.doors, *more]

    def opens(self) -> Sequence[str]:
        """Every form that can be had, also by the key of a block."""
        places = places_at(self.seat)
        return (*self.page.opens, *(() if places is None else places_told(places, self.look, self.say).opens))

    # keys

    def own_keys(self) -> Sequence[KeyBinding]:
        """The doors by digit and letter, then what else a seat can do; a door that is closed has no key."""
        table = CONSOLE_KEYS if isinstance(self.look, FacilitatorView) else TEAM_KEYS
        named = {key.action: key for key in (*LINE_KEYS, *table)}
        letters, found = self._letters(), list[KeyBinding]()
        for door in self._doors():
            if not door.closed and (letter := letters.get(door.name)):
                known = named.get(f"door('{door.name}')")
                key = known or KeyBinding(letter, f"door('{door.name}')", door.label, door.label)
                found.append(replace(key, keys=letter, says=key.says if self._is_own(door.name) else door.label))
        taken = {key.keys for key in found}
        found += [
            key
            for key in table
            if not key.action.startswith("door(") and self.can(key.action) and key.keys.split(",")[0] not in taken
        ]
        for number, door in enumerate(self._doors()[:9], 1):
            if not door.closed:
                found.append(KeyBinding(str(number), f"door('{door.name}')", door.label, door.label, foot=False))
        return [*found, *TABS]

    def _is_own(self, door: str) -> bool:
        """Whether the sentence of the table is right in this phase."""
        return door != "commit" or self.look.phase == "moves"

    def can(self, action: str) -> bool:
        """Whether something can be done at present."""
        kind = action.partition("(")[0]
        is_console, app = isinstance(self.look, FacilitatorView), self.app
        match kind:
            case "hand_over":
                return bool(getattr(app, "shares_terminal", False))
            case "chair" | "word":
                shares = bool(getattr(app, "shares_terminal", False))
                return shares and self.look.phase not in ("closing", "hotwash", "closed")
            case "people":
                return bool(getattr(app, "has_rooms", False)) or "m-places" in self._regions
            case "facts" | "telling":
                return self.has(kind)
            case "take_off":
                return any(name.startswith("off:") for name in self.page.opens)
            case "inject" | "reveal":
                return is_console
            case "briefs":
                return is_console or isinstance(self.look, TeamView)
            case _:
                return True

    def action_door(self, name: str) -> None:
        """Open a door of the page."""
        door = next((door for door in self._doors() if door.name == name), None)
        if door is not None and not door.closed:
            self.action_form(name)

    def action_form(self, name: str, given: FormSheet = NO_SHEET) -> None:
        """Ask a form; then the page shows what came of it."""
        form = form_at(self.seat, name, given)
        is_asked = form is None or form.fields or form.final or form.doors or name.startswith(SHOWN_WITHOUT_QUESTION)
        if form is not None and form.makes is not None and not is_asked:
            self.do(form.makes)
            return
        screen = FormScreen(self.seat, self.desk, name, given)
        screen.forks, screen.context = self.forks, self.context()
        self.app.push_screen(screen, lambda _: self._formed())

    def context(self) -> tuple[Block, ...]:
        """What stays in sight above a form that is asked from here."""
        return ()

    def _formed(self) -> None:
        self.show(self.seat.view())
        self.post_message(DeskChanged())

    @on(Pane.Picked)
    def _picked(self, event: Pane.Picked) -> None:
        self.action_form(event.key)

    def action_pick(self) -> None:
        """Nothing is under the cursor here: go to the task."""
        self._focus(next(iter(self._main), ""))

    def action_read_on(self) -> None:
        """What stands below in the open region, then the next region."""
        if self._open_region and not self.pane(self._open_region).page_down():
            self.action_tab(1)

    def action_tab(self, way: int) -> None:
        """The next region, or the one before."""
        names = list(self._regions)
        if names:
            at = names.index(self._open_region) if self._open_region in names else 0
            self.action_open(names[(at + way) % len(names)])

    def action_first(self) -> None:
        """The first region: the task at hand."""
        if self._regions:
            self.action_open(next(iter(self._regions)))

    def action_open(self, name: str) -> None:
        """Open a region."""
        self._open_region = self.desk.pane = name
        self._arrange()
        self._focus(name)

    def _focus(self, name: str) -> None:
        if name in self._regions:
            self.pane(name).focus()

    @property
    def _cursor(self) -> str:
        """What is under the cursor of the pane that has the keys."""
        return self.focused.key if isinstance(self.focused, Pane) else ""

    # what is no door

    def action_take_off(self) -> None:
        """Ask whether the move under the cursor comes off the list."""
        kind, _colon, number = self._cursor.partition(":")
        if kind == "draft" and f"off:{number}" in self.page.opens:
            self.action_form(f"off:{number}")
        else:
            self.tell(self.say("Put the cursor on a move of ours first."))

    def action_inject(self, does: str) -> None:
        """Ask whether the inject under the cursor is delivered, held or struck."""
        if self._cursor.startswith("inject:"):
            self.action_form(self._cursor, {"do": does})
        else:
            self.tell(self.say("Put the cursor on an inject of the plan first."))

    def action_reveal(self) -> None:
        """Ask whether both teams are shown the act under the cursor."""
        if self._cursor.startswith("act:"):
            self.action_form(self._cursor)
        else:
            self.tell(self.say("Put the cursor on an act in the room first."))

    def action_hand_over(self) -> None:
        """Give the terminal to the next person."""
        self.post_message(HandOverAsked())

    def action_people(self) -> None:
        """Show who has come."""
        if "m-places" in self._regions:
            self.action_open("m-places")
        else:
            self.post_message(PeopleAsked())

    def action_briefs(self) -> None:
        """Read the briefs, or the guide, over this screen."""
        names = ("public", "brief", "guide", "sounds")
        found = [region for region in (*self.page.main, *self.page.sides) if region.name in names]
        self.app.push_screen(LookScreen([(*region.blocks,) for region in found], self.say))

    def action_chair(self) -> None:
        """Ask for the chair at each turn's start and end, or give it up."""
        self.desk.takes_chair = not self.desk.takes_chair
        self.tell(self.say(CHAIR[self.desk.takes_chair]))
        self.redraw()
        self.post_message(DeskChanged())

    def action_word(self) -> None:
        """Set the word that opens the curtain before this console."""
        say = self.say
        note = say("Nobody opens this console without it. It is kept at this terminal alone; empty is none.")
        self.app.push_screen(WriteScreen(say("The facilitator's word"), note, say), self._worded)

    def _worded(self, word: str | None) -> None:
        if word is not None:
            self.desk.word = word.strip()[:LONGEST_WORD]
            self.tell(self.say("The word is set.") if self.desk.word else self.say("No word is asked for."))
