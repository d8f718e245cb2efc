"""Looking into a scenario without a session: plan, ties, numbers, and each turn as a seat would see it.

An author's screen. Whoever asks to see a turn as a seat sees it leaves this app with that wish, and the command line
shows the real screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Final, Literal, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from crisis_sim.authoring.graph import Graph
from crisis_sim.authoring.preview import InjectPage, TurnPage
from crisis_sim.authoring.preview_blocks import (
    inject_blocks,
    node_blocks,
    number_blocks,
    plan_blocks,
    tie_blocks,
    turn_blocks,
)
from crisis_sim.authoring.stats import Stats
from crisis_sim.engine.actions import SeatName
from crisis_sim.pages.blocks import Block
from crisis_sim.rules.names import Language
from crisis_sim.tui import themes
from crisis_sim.tui.base_app import CrisisApp
from crisis_sim.tui.drawing import Ink
from crisis_sim.tui.key_bindings import Foot, KeyBinding
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.terminal import at_terminal
from crisis_sim.wording import _, speaker
from crisis_sim.wording.labels import own_name

Tab: TypeAlias = Literal["plan", "ties", "numbers"]
TABS: Final[tuple[tuple[Tab, str], ...]] = (("plan", _("Plan")), ("ties", _("Ties")), ("numbers", _("Numbers")))
WIDE_COLUMNS: Final = 100


@dataclass(frozen=True)
class Selection:
    """Where somebody was looking, and what they want to see next."""

    length: int
    language: Language
    tab: Tab = "plan"
    key: str = ""
    """What lay under the cursor."""
    seat: SeatName | None = None
    """See the turn at hand as this seat; None to leave."""
    turn: int = 1
    inject: str | None = None


@dataclass(frozen=True)
class Explored:
    """Everything that can be looked at."""

    lengths: tuple[int, ...]
    languages: tuple[Language, ...]
    plan: Callable[[int, Language], tuple[TurnPage, ...]]
    graph: Callable[[Language], Graph]
    stats: Callable[[Language], Stats]
    selection: Selection = field(default_factory=lambda: Selection(90, "en"))
    speaks: Language = "en"
    """In which the screen speaks, whatever language the scenario is shown in."""
    saved: Callable[[Event], Iterator[Explored | str]] = lambda stop: iter(())
    """What there is to look at after each save, or a sentence why it is still the old; waits, until it is stopped."""


class ExploreScreen(KeyScreen[None]):
    """A list at the left, what is under its cursor at the right."""

    KEYS = (
        KeyBinding("tab", "tab(1)", "next page", "Plan, ties or numbers"),
        KeyBinding("shift+tab", "tab(-1)", "page before", "The page before", foot=False),
        *(
            KeyBinding(str(n), f"open({n})", name, f"Open page {n}: {name}", foot=False)
            for n, (_tab, name) in enumerate(TABS, 1)
        ),
        KeyBinding("u", "seen('us')", "as the US", "This turn as the US team sees it"),
        KeyBinding("c", "seen('china')", "as China", "This turn as the China team sees it"),
        KeyBinding("f", "seen('facilitator')", "as facilitator", "This turn as the facilitator sees it"),
        KeyBinding("m", "length", "minutes", "Another length"),
        KeyBinding("l", "language", "language", "Another language", foot=False),
        KeyBinding("escape", "back", "back", "Back to the list, or leave"),
        KeyBinding("q", "leave", "quit", "Leave", foot=False),
    )
    DEFAULT_CSS = """
    ExploreScreen #title, ExploreScreen #now { height: auto; background: $ink-bar; padding: 0 1; }
    ExploreScreen #both { height: 1fr; layout: vertical; }
    ExploreScreen #both.-wide { layout: horizontal; }
    ExploreScreen #both.-wide #list { width: 2fr; }
    ExploreScreen #both.-wide #page { width: 3fr; }
    """

    def __init__(self, explored: Explored) -> None:
        """At the place that `explored` says."""
        super().__init__()
        self._at, self.say = explored.selection, speaker(explored.speaks)
        self._trail: list[str] = []
        self._trouble = ""
        self._stopped = Event()
        self._drawn_for = ""
        self._take(explored)

    def _take(self, explored: Explored) -> None:
        """Look at this from now on, from the same place as far as it is there."""
        selection, lengths, languages = self._at, explored.lengths, explored.languages
        length = selection.length if selection.length in lengths else lengths[0]
        self._explored = explored
        self._at = replace(
            selection, length=length, language=selection.language if selection.language in languages else languages[0]
        )
        self._turns = explored.plan(length, self._at.language)
        self._graph = explored.graph(self._at.language)

    def compose(self) -> ComposeResult:
        """Title, what to do, pages, list and page, keys."""
        for name in ("title", "now", "pages"):
            yield Static(id=name, markup=False)
        yield Horizontal(Pane(id="list"), Pane(id="page"), id="both")
        yield Foot()

    def on_mount(self) -> None:
        """Draw, with the cursor where it was."""
        self._redraw(self._at.key)
        self._pane("list").focus()
        self.run_worker(self._wait_for_saves, thread=True)

    def on_unmount(self) -> None:
        """Stop the thread that waits for files to be saved."""
        self._stopped.set()

    def on_resize(self) -> None:
        """List and page stand beside each other where there is room."""
        self.query_one("#both").set_class(self.app.size.width >= WIDE_COLUMNS, "-wide")
        self.show_keys()

    def own_keys(self) -> Sequence[KeyBinding]:
        """All of them."""
        return self.KEYS

    def _wait_for_saves(self) -> None:
        """In a thread of its own: take what each save brings."""
        for update in self._explored.saved(self._stopped):
            if self._stopped.is_set():
                return
            self.app.call_from_thread(self._renew, update)

    def _renew(self, update: Explored | str) -> None:
        """Show what was saved, with cursor and page where they were; or say why that cannot be."""
        self._trouble = update if isinstance(update, str) else ""
        if isinstance(update, Explored):
            self._take(update)
            self._trail = []
        self._redraw(self._pane("list").key)

    def _pane(self, name: str) -> Pane:
        return self.query_one(f"#{name}", Pane)

    def _redraw(self, key: str = "") -> None:
        """Draw the open page, the cursor at `key`."""
        selection, say, ink = self._at, self.say, Ink(self.app.theme)
        subtitle = f"   {say('{length} minutes', length=selection.length)} · {own_name(selection.language)}"
        self.query_one("#title", Static).update(ink.text(self._graph.title, "strong") + ink.text(subtitle, "quiet"))
        now = say("Move through the list; nothing here is played or kept. A save of the files shows at once.")
        self.query_one("#now", Static).update(ink.text(self._trouble or now))
        row = ink.text("")
        for number, (tab, name) in enumerate(TABS, 1):
            label = f"{number} {say(name)}"
            row += ink.label(f"[{label}] ", "head") if tab == selection.tab else ink.text(f" {label}  ", "quiet")
        self.query_one("#pages", Static).update(row)
        pane = self._pane("list")
        pane.display = selection.tab != "numbers"
        pane.title = say(dict(TABS)[selection.tab])
        listed: list[Block] = [
            *(plan_blocks(self._turns, say) if selection.tab == "plan" else node_blocks(self._graph, say))
        ]
        place = pane.keys.index(key) if key in pane.keys else 0
        pane.show(listed, _keys(listed))
        if pane.keys and key:  # what is gone leaves its place to what stands there
            pane.go_to(key if key in pane.keys else pane.keys[min(place, len(pane.keys) - 1)])
        self._show_page()
        self.show_keys()

    @on(Pane.Moved, "#list")
    def _moved(self) -> None:
        if self._pane("list").key != self._drawn_for:
            self._show_page()

    def _show_page(self) -> None:
        page, key, say = self._pane("page"), self._pane("list").key, self.say
        self._drawn_for = key
        blocks: list[Block] = []
        if self._at.tab == "numbers":
            page.title = say("Numbers")
            blocks = [*number_blocks(self._explored.stats(self._at.language), self._at.language, say)]
        elif self._at.tab == "ties" and key:
            page.title = say("Ties: enter follows one")
            blocks = [*tie_blocks(self._graph, self._graph.node(key), say)]
        else:
            kind, _slash, name = key.partition("/")
            page.title = say("As it is told" if kind == "inject" else "Before anybody acts")
            if kind == "turn":
                blocks = [*turn_blocks(self._turns[int(name) - 1], say)]
            elif (inject := self._inject(name)) is not None:
                blocks = [*inject_blocks(inject, say)]
        page.show(blocks, _keys(blocks), top=True)

    def _inject(self, name: str) -> InjectPage | None:
        return next((page for turn in self._turns for page in turn.injects if page.id == name), None)

    @on(Pane.Picked)
    def _picked(self, event: Pane.Picked) -> None:
        """From the list to its page; there along a tie, from which esc comes back."""
        if event.pane.id == "list":
            self._pane("page").focus()
            return
        self._trail.append(self._pane("list").key)
        self._pane("list").go_to(event.key)
        self._show_page()

    def action_back(self) -> None:
        """Back along the ties, then to the list, then out."""
        if self._trail:
            self._pane("list").go_to(self._trail.pop())
            self._show_page()
        elif self._pane("page").has_focus and self._at.tab != "numbers":
            self._pane("list").focus()
        else:
            self.app.exit(None)

    def action_leave(self) -> None:
        """End the program."""
        self.app.exit(None)

    def action_tab(self, way: int) -> None:
        """The next page, or the one before."""
        place = [tab for tab, _name in TABS].index(self._at.tab)
        self.action_open((place + way) % len(TABS) + 1)

    def action_open(self, number: int) -> None:
        """Open a page by its number, from 1."""
        self._trail.clear()
        self._at = replace(self._at, tab=TABS[number - 1][0])
        self._redraw()
        self._pane("page" if self._at.tab == "numbers" else "list").focus()

    def action_length(self) -> None:
        """The next length."""
        lengths = self._explored.lengths
        self._set(length=lengths[(lengths.index(self._at.length) + 1) % len(lengths)])

    def action_language(self) -> None:
        """The next language."""
        languages = self._explored.languages
        if len(languages) == 1:
            self.tell(self.say("This scenario is written in one language."))
            return
        self._set(language=languages[(languages.index(self._at.language) + 1) % len(languages)])

    def _set(self, *, length: int | None = None, language: Language | None = None) -> None:
        self._at = replace(self._at, length=length or self._at.length, language=language or self._at.language)
        self._trail.clear()  # what an act is called, and goes by, is another thing in another language
        key = self._pane("list").key
        self._take(self._explored)
        self._redraw(key)

    def action_seen(self, seat: SeatName) -> None:
        """Leave with the wish to see the turn at hand as a seat."""
        key = self._pane("list").key
        turn, inject = self._turn_of(key)
        self.app.exit(replace(self._at, key=key, seat=seat, turn=turn, inject=inject))

    def _turn_of(self, key: str) -> tuple[int, str | None]:
        kind, _slash, name = key.partition("/")
        if self._at.tab == "plan" and kind == "turn":
            return int(name), None
        for turn in self._turns:
            for page in turn.injects:
                if kind == "inject" and page.id == name:
                    return turn.number, name if page.comes != "by the clock" else None
        return 1, None


def _keys(blocks: Sequence[Block]) -> list[str]:
    """What can be picked in a page."""
    return [key for block in blocks if (key := getattr(block, "key", ""))]


class ExploreApp(CrisisApp["Selection | None"]):
    """Shows a scenario to whoever writes it."""

    def __init__(self, explored: Explored, *, theme: str = themes.DEFAULT) -> None:
        """With everything that can be looked at."""
        super().__init__(theme)
        self._explored = explored

    def on_mount(self) -> None:
        """Open the only screen."""
        self.push_screen(ExploreScreen(self._explored))


def run_explore(explored: Explored, *, theme: str = themes.DEFAULT) -> Selection | None:
    """Look into a scenario; what somebody wants to see as a seat, or None when they leave."""
    return at_terminal(ExploreApp(explored, theme=theme))
