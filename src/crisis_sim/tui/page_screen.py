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

from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.company_words import has_colleague, label_at, people_at
from crisis_sim.pages.console_blocks import CHAIR, LOCK
from crisis_sim.pages.form import NO_SHEET, FormLink, FormSheet
from crisis_sim.pages.places_forms import BACK as GO_BACK
from crisis_sim.pages.places_forms import places_content
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reader_forms import form_at, places_at
from crisis_sim.pages.seat_page import PageRegion, SeatPage, seat_page
from crisis_sim.text import clean
from crisis_sim.tui.dialogs import LookScreen, WriteScreen
from crisis_sim.tui.form_screen import FormScreen
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.seat_screen import OWN_KEYS, SeatScreen, WorkChanged
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
SHOWN_WITHOUT_QUESTION: Final = ("consent", "off:")
"""Forms without a question that are shown all the same."""
TEAM_KEYS: Final = (
    KeyBinding("n", "link('move')", "new move", "Compose a move, or go on with the one half written"),
    KeyBinding("c", "link('commit')", "commit", "Our moves of this turn are final"),
    KeyBinding("enter", "pick", "open", "Open what is under the cursor: a request, a move of ours, a card, a line"),
    KeyBinding("x,delete", "take_off", "take off", "Take the move under the cursor off the list", foot=False),
    KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person"),
    KeyBinding("b", "briefs", "briefs", "Read the briefs and our aims again"),
    *(replace(key, keys=f"{letter},{key.keys}") for letter, key in zip("ft", OWN_KEYS, strict=True)),
    KeyBinding("a", "link('ask')", "ask", "Ask them which of our acts moved them closer, and to what", foot=False),
    KeyBinding("w", "link('note')", "write a note", "Write a note for ourselves and the debrief", foot=False),
)
CONSOLE_KEYS: Final = (
    KeyBinding("n", "link('advance')", "next phase", "Go on; what a team has not committed is taken as it stands"),
    KeyBinding("r", "inject('release')", "release", "Deliver the inject under the cursor now"),
    KeyBinding("p", "link('pause')", "pause", "Stop the clock and the table, or go on"),
    KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person"),
    KeyBinding("c", "chair", "chair", "Come here at each turn's start and end, or let play go on by itself"),
    KeyBinding("l", "word", "lock", "Set a word without which this console does not open", foot=False),
    KeyBinding("s", "people", "seats", "Who has come, and the codes of those who are expected"),
    KeyBinding("i", "link('improvise')", "improvise", "Deliver words that are in no plan"),
    KeyBinding("o", "inject('hold')", "hold", "Keep the inject under the cursor back", foot=False),
    KeyBinding("x", "inject('skip')", "skip", "Strike the inject under the cursor", foot=False),
    KeyBinding("v", "link('override')", "override", "Set a number by hand, with a reason on the record", foot=False),
    KeyBinding(
        "d",
        "link('declare')",
        "declare",
        "Declare a red line crossed, as its team claims or a rule proposes",
        foot=False,
    ),
    KeyBinding("e", "link('extend')", "extend", "Give this turn more minutes", foot=False),
    KeyBinding("w", "link('note')", "note", "Write a note for the debrief", foot=False),
    KeyBinding("m", "link('bookmark')", "bookmark", "Mark this place in the log", foot=False),
    KeyBinding(
        "u", "reveal", "reveal", "Show both teams what the act under the cursor meant and how it was read", foot=False
    ),
    KeyBinding(
        "b",
        "link('mirror')",
        "mirror",
        "Say to both that each meant well this turn and took the other as hostile",
        foot=False,
    ),
    KeyBinding("a", "link('question')", "ask", "Ask both which acts of the other side moved them closer", foot=False),
    KeyBinding(
        "t", "link('translate')", "translate", "Attach a translation to words that a team has written", foot=False
    ),
    KeyBinding(
        "z", f"link('{GO_BACK}')", "roll back", "Go on from the start of an earlier turn, in a branch", foot=False
    ),
    KeyBinding("g", "briefs", "guide, briefs", "Read the guide and the briefs", foot=False),
)
LINE_KEYS: Final = (
    KeyBinding("w", "link('write')", "write a line", "Write a line of our own"),
    KeyBinding("g", "link('guess')", "guess theirs", "Guess a line of theirs"),
    KeyBinding("o", "link('order')", "what is grave", "Order acts by how gravely we take them, or they do"),
    KeyBinding("p", "link('put')", "principles", "Put a sentence on principles, accept one, or put other words"),
    KeyBinding("s", "link('seal')", "seal", "Our lines and guesses are done"),
)
TABS: Final = (
    KeyBinding("space", "read_on", "read on", "What stands below, and then the next panel", foot=False),
    KeyBinding("tab", "tab(1)", "next panel", "Go to the next panel", foot=False),
    KeyBinding("shift+tab", "tab(-1)", "panel before", "Go to the panel before", foot=False),
    KeyBinding("escape", "first", "first panel", "Go to the first panel", foot=False),
)


class PeopleRequested(Message):
    """Somebody wants to see who has come."""


class HandOverRequested(Message):
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

    def __init__(self, seat: Reader, seat_work: SeatWork) -> None:
        """For one seat, with what lies on its desk."""
        super().__init__(seat, seat_work)
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
        if self.desk.opened_in == here or not self.page.opens_itself:
            return ""
        self.desk.opened_in = here
        return self.page.opens_itself

    # drawing

    def draw(self) -> None:
        """Fill the regions, the tabs and the doors."""
        self.page = seat_page(self.look, self.say)
        places = places_at(self.seat)
        more = () if places is None else (places_content(places, self.look, self.say).region,)
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
            blocks = (*self._ahead(name), *region.blocks)
            pane.show(blocks, opens, air=is_prose, can_begin_at=self._commits_nothing)
        self._arrange()
        self._draw_links()

    def _commits_nothing(self, name: str) -> bool:
        """Whether a cursor may begin on what opens a form: a key too many would open it."""
        form = form_at(self.seat, name, NO_SHEET)
        return form is None or form.commits_nothing

    def _ahead(self, name: str) -> tuple[Block, ...]:
        """At a terminal that several share a console says whether play goes on by itself, and whether it is locked."""
        if name != "m-room" or not self.can("chair"):
            return ()
        sentences = (CHAIR[self.desk.takes_chair], LOCK[bool(self.desk.word)])
        return tuple(prose(self.say(sentence), "quiet") for sentence in sentences)

    def _lay(self, regions: dict[str, PageRegion]) -> None:
        """Make panes for other regions; those that stay keep where they are scrolled."""
        for old_name in [name for name in self._regions if name not in regions]:
            self.pane(old_name).remove()
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
            shown = {*mains, self._open_region if is_side else f"s-{self.page.side_first}"}
        else:
            shown = {self._open_region}
        upper_names = [name for name in self._main if name in shown][:-1]
        for name in names:
            self.pane(name).set_class(name in shown, "-shown")
            self.pane(name).set_class(name in upper_names, "-snug")
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

    def _draw_links(self) -> None:
        pieces = []
        for key, link in self._link_keys():
            label = clean(link.label + (f" ({link.closed})" if link.closed else ""), lines=False)
            half = f" {self.say('half written')}" if self.desk.has(link.name) else ""
            piece = Content.styled(f"{key} ", "bold $ink-key" if not link.closed else "$ink-dim")
            piece += Content.styled(label, "$ink-dim" if link.closed else "$ink-text") + Content.styled(
                half, "$ink-new"
            )
            pieces.append(piece.stylize(Style.from_meta({"@click": ("screen.link", (link.name,))})))
        link_line = self.query_one("#doors", Static)
        link_line.display = bool(pieces)
        link_line.update(self._in_rows(pieces, "   "))

    def _in_rows(self, pieces: Sequence[Content], gap: str) -> Content:
        """Pieces with a gap between them, none of which is broken where the window ends."""
        rows, width = [Content("")], self.app.size.width - 2
        for piece in pieces:
            if rows[-1].cell_length and rows[-1].cell_length + len(gap) + piece.cell_length > width:
                rows.append(Content(""))
            rows[-1] += (Content(gap) if rows[-1].cell_length else Content("")) + piece
        return Content("\n").join(rows)

    def _link_keys(self) -> list[tuple[str, FormLink]]:
        """Each door with its key: a digit, and behind it the letter that people know."""
        letters = self._letters()
        return [
            (f"{number if number < 10 else ''}{letters.get(link.name, '')}", link)
            for number, link in enumerate(self._links(), 1)
        ]

    def _letters(self) -> dict[str, str]:
        letters: dict[str, str] = {}
        for name, letter in DOOR_LETTERS.items():
            if letter not in letters.values() and any(link.name == name for link in self._links()):
                letters[name] = letter
        return letters

    def _links(self) -> list[FormLink]:
        places = places_at(self.seat)
        more = [] if places is None else list(places_content(places, self.look, self.say).links)
        if self.forks and isinstance(self.look, FacilitatorView) and self.look.turn:
            back = self.say("Roll back to an earlier turn")
            more = [FormLink(GO_BACK, back)] if self.look.phase not in ("hotwash", "closed") else []
        return [*self.page.links, *more]

    def opens(self) -> Sequence[str]:
        """Every form that can be had, also by the key of a block."""
        places = places_at(self.seat)
        return (*self.page.opens, *(() if places is None else places_content(places, self.look, self.say).opens))

    # keys

    def own_keys(self) -> Sequence[KeyBinding]:
        """The doors by digit and letter, then what else a seat can do; a door that is closed has no key."""
        table = CONSOLE_KEYS if isinstance(self.look, FacilitatorView) else TEAM_KEYS
        keys_by_action = {key.action: key for key in (*LINE_KEYS, *table)}
        letters, bindings = self._letters(), list[KeyBinding]()
        for link in self._links():
            if not link.closed and (letter := letters.get(link.name)):
                table_key = keys_by_action.get(f"link('{link.name}')")
                key = table_key or KeyBinding(letter, f"link('{link.name}')", link.label, link.label)
                bindings.append(
                    replace(key, keys=letter, description=key.description if self._is_own(link.name) else link.label)
                )
        used_keys = {key.keys for key in bindings}
        bindings += [
            key
            for key in table
            if not key.action.startswith("link(") and self.can(key.action) and key.keys.split(",")[0] not in used_keys
        ]
        for number, link in enumerate(self._links()[:9], 1):
            if not link.closed:
                bindings.append(KeyBinding(str(number), f"link('{link.name}')", link.label, link.label, foot=False))
        return [*bindings, *TABS]

    def _is_own(self, name: str) -> bool:
        """Whether the sentence of the table is right in this phase."""
        return name != "commit" or self.look.phase == "moves"

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
            case "facts" | "announcement":
                return self.has(kind)
            case "take_off":
                return any(name.startswith("off:") for name in self.page.opens)
            case "inject" | "reveal":
                return is_console
            case "briefs":
                return is_console or isinstance(self.look, TeamView)
            case _:
                return True

    def action_link(self, name: str) -> None:
        """Open a door of the page."""
        link = next((link for link in self._links() if link.name == name), None)
        if link is not None and not link.closed:
            self.action_form(name)

    def action_form(self, name: str, answers: FormSheet = NO_SHEET) -> None:
        """Ask a form; then the page shows what came of it."""
        form = form_at(self.seat, name, answers)
        is_asked = form is None or form.fields or form.final or form.links or name.startswith(SHOWN_WITHOUT_QUESTION)
        is_asked = is_asked or (name == "advance" and self._has_colleague)
        if form is not None and form.makes is not None and not is_asked:
            self.do(form.makes)
            return
        screen = FormScreen(self.seat, self.desk, name, answers)
        screen.forks, screen.context = self.forks, self.context()
        self.app.push_screen(screen, lambda _: self._formed())

    @property
    def _has_colleague(self) -> bool:
        """Another facilitator is here: what is asked of both of them in a phase is done once."""
        rooms = getattr(getattr(self.app, "table", None), "rooms", None)
        people = people_at(self.seat) if rooms is None else rooms.people()
        return has_colleague(people, label_at(self.seat))

    def context(self) -> tuple[Block, ...]:
        """What stays in sight above a form that is asked from here."""
        return ()

    def _formed(self) -> None:
        self.show(self.seat.view())
        self.post_message(WorkChanged())

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
            place = names.index(self._open_region) if self._open_region in names else 0
            self.action_open(names[(place + way) % len(names)])

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
        self.post_message(HandOverRequested())

    def action_people(self) -> None:
        """Show who has come."""
        if "m-places" in self._regions:
            self.action_open("m-places")
        else:
            self.post_message(PeopleRequested())

    def action_briefs(self) -> None:
        """Read the briefs, or the guide, over this screen."""
        names = ("public", "brief", "guide", "sounds")
        regions = [region for region in (*self.page.main, *self.page.sides) if region.name in names]
        self.app.push_screen(LookScreen([(*region.blocks,) for region in regions], self.say))

    def action_chair(self) -> None:
        """Ask for the chair at each turn's start and end, or give it up."""
        self.desk.takes_chair = not self.desk.takes_chair
        self.tell(self.say(CHAIR[self.desk.takes_chair]))
        self.redraw()
        self.post_message(WorkChanged())

    def action_word(self) -> None:
        """Set the word that opens the curtain before this console."""
        say = self.say
        note = say("Nobody opens this console without it. It is kept at this terminal alone; empty is none.")
        self.app.push_screen(WriteScreen(say("The facilitator's word"), note, say), self._worded)

    def _worded(self, word: str | None) -> None:
        if word is not None:
            self.desk.word = word.strip()[:LONGEST_WORD]
            self.tell(self.say("The word is set.") if self.desk.word else self.say("No word is asked for."))
