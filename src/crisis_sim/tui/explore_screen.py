"""Looking into a scenario without a session: plan, ties, numbers, and each turn as a seat would see it.

An author's screen. It is given plain values and shows them; whoever asks to see a turn as a seat sees it leaves this
app with that wish, and the command line shows the real screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Event
from typing import Literal, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from crisis_sim.authoring.graph import Graph
from crisis_sim.authoring.preview import InjectPage, TurnPage
from crisis_sim.authoring.stats import Stats
from crisis_sim.engine.actions import SeatName
from crisis_sim.rules.names import Language
from crisis_sim.tui import themes
from crisis_sim.tui.explore_rows import inject_blocks, node_blocks, number_blocks, plan_blocks, tie_blocks, turn_blocks
from crisis_sim.tui.foot import Foot, tab_row
from crisis_sim.tui.key_bindings import KeyBinding, bindings
from crisis_sim.tui.now_bar import now_rows, or_too_small
from crisis_sim.tui.pane_rows import PaneBlock, PaneRow, row, spread
from crisis_sim.tui.sized_screen import SizedScreen
from crisis_sim.tui.terminal import at_terminal
from crisis_sim.tui.typed_ahead import PatientApp
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import _, speaker
from crisis_sim.wording.labels import own_name

Tab: TypeAlias = Literal["plan", "ties", "numbers"]
TABS: tuple[tuple[Tab, str], ...] = (("plan", _("Plan")), ("ties", _("Ties")), ("numbers", _("Numbers")))


@dataclass(frozen=True)
class Looked:
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
    at: Looked = field(default_factory=lambda: Looked(90, "en"))
    speaks: Language = "en"
    """In which the screen speaks, whatever language the scenario is shown in."""
    saved: Callable[[Event], Iterator[Explored | str]] = lambda stop: iter(())
    """What there is to look at after each save, or a sentence why it is still the old; waits, until it is stopped."""


class ExploreScreen(SizedScreen):
    """A list at the left, what is under its cursor at the right."""

    KEYS = (
        KeyBinding("tab", "tab(1)", "next page", "Plan, ties or numbers"),
        KeyBinding("shift+tab", "tab(-1)", "page before", "The page before", foot=False),
        *(
            KeyBinding(str(n), f"open({n})", name, f"Open page {n}: {name}", foot=False)
            for n, (_tab, name) in enumerate(TABS, 1)
        ),
        KeyBinding("enter", "follow", "follow", "Go to what is tied to it", foot=False),
        KeyBinding("u", "seen('us')", "as the US", "This turn as the US team sees it"),
        KeyBinding("c", "seen('china')", "as China", "This turn as the China team sees it"),
        KeyBinding("f", "seen('facilitator')", "as facilitator", "This turn as the facilitator sees it"),
        KeyBinding("m", "length", "minutes", "Another length"),
        KeyBinding("l", "language", "language", "Another language", foot=False),
        KeyBinding("escape", "back", "back", "Back to the list, or leave"),
        KeyBinding("ctrl+q,q", "leave", "quit", "Leave", foot=False),
    )
    BINDINGS = bindings([key for key in KEYS if key.action != "follow"])
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    DEFAULT_CSS = """
    ExploreScreen #both { height: 1fr; layout: vertical; }
    ExploreScreen.-wide #both { layout: horizontal; }
    ExploreScreen.-wide #list { width: 2fr; max-width: 60; }
    ExploreScreen.-wide #page { width: 3fr; }
    ExploreScreen #title { background: $ink-bar; }
    """

    def __init__(self, explored: Explored) -> None:
        """At the place that `explored` says."""
        super().__init__()
        self._at = explored.at
        self._been: list[str] = []
        self._trouble = ""
        self._left = Event()
        self.say = speaker(explored.speaks)
        self._take(explored)

    def _take(self, explored: Explored) -> None:
        """Look at this from now on, from the same place as far as it is there."""
        at, lengths, languages = self._at, explored.lengths, explored.languages
        length = at.length if at.length in lengths else lengths[0]
        self._explored = explored
        self._at = replace(at, length=length, language=at.language if at.language in languages else languages[0])
        self._turns = explored.plan(length, self._at.language)
        self._graph = explored.graph(self._at.language)

    def compose(self) -> ComposeResult:
        """Title, pages, list and page, footer."""
        yield FixedRows(id="title", most=4)
        yield FixedRows(id="tabs-of")
        yield Container(Pane(id="list", cursor=True), Pane(id="page"), id="both")
        yield Foot(lambda: self.KEYS)

    def on_mount(self) -> None:
        """Draw, with the cursor where it was."""
        self.query_one("#title", FixedRows).show(self._title)
        self.query_one("#tabs-of", FixedRows).show(self._tabs)
        self._redraw()
        self._pane("list").focus()
        self.call_after_refresh(self._redraw, self._at.key)  # a place in a list is found once there are lines
        self.run_worker(self._wait_for_saves, thread=True)

    def on_unmount(self) -> None:
        """Stop the thread that waits for files to be saved."""
        self._left.set()

    def _wait_for_saves(self) -> None:
        """In a thread of its own: take what each save brings."""
        for found in self._explored.saved(self._left):
            if self._left.is_set():
                return
            self.app.call_from_thread(self._renew, found)

    def _renew(self, found: Explored | str) -> None:
        """Show what was saved, with cursor and page where they were; or say why that cannot be."""
        self._trouble = found if isinstance(found, str) else ""
        if isinstance(found, Explored):
            self._take(found)
            self._redraw()
            self._been = [key for key in self._been if key in self._pane("list").keys]
        self.query_one("#title", FixedRows).redraw()

    def _pane(self, name: str) -> Pane:
        return self.query_one(f"#{name}", Pane)

    def _title(self, width: int) -> list[PaneRow]:
        at, say = self._at, self.say
        right = row((f"{say('{length} minutes', length=at.length)} · {own_name(at.language)} ", "dim"))
        now = self._trouble or say(
            "Move through the list; nothing here is played or kept. A save of the files shows at once."
        )
        first = spread(row(" ", (self._graph.title, "strong")), right, width)
        return [first, *now_rows(or_too_small(now, self.size, say), width, say)]

    def _tabs(self, width: int) -> list[PaneRow]:
        names = [name for _tab, name in TABS]
        place = [tab for tab, _name in TABS].index(self._at.tab)
        return [tab_row(names, place, width, self.say)]

    # drawing

    def _redraw(self, key: str | None = None) -> None:
        """Draw the list of the open page."""
        self._pane("list").title(self.say(dict(TABS)[self._at.tab]))
        self._pane("list").display = self._at.tab != "numbers"
        self._pane("list").show(self._listed, key=key)
        self._show_page()
        for name in ("title", "tabs-of"):
            self.query_one(f"#{name}", FixedRows).redraw()

    def _listed(self, width: int) -> list[PaneBlock]:
        match self._at.tab:
            case "plan":
                return plan_blocks(self._turns, self.say, width)
            case "ties":
                return node_blocks(self._graph, self.say, width)
            case _:
                return []

    def _show_page(self) -> None:
        page, key, say = self._pane("page"), self._pane("list").key, self.say
        if self._at.tab == "numbers":
            page.title(say("Numbers"))
            page.show(partial(number_blocks, self._explored.stats(self._at.language), self._at.language, say))
            return
        if self._at.tab == "ties" and key:
            page.title(say("Ties: enter follows one"))
            page.show(partial(tie_blocks, self._graph, self._graph.node(key), say))
            return
        kind, _slash, name = key.partition("/")
        page.title(say("As it is told" if kind == "inject" else "Before anybody acts"))
        if kind == "turn":
            page.show(partial(turn_blocks, self._turns[int(name) - 1], say))
        elif (inject := self._inject(name)) is not None:
            page.show(partial(inject_blocks, inject, say))
        else:
            page.show(lambda width: [])

    def _inject(self, name: str) -> InjectPage | None:
        return next((page for turn in self._turns for page in turn.injects if page.id == name), None)

    # moving

    @on(Pane.Moved, "#list")
    def _moved(self) -> None:
        self._show_page()

    @on(Pane.Picked, "#list")
    def _picked(self) -> None:
        self._pane("page").focus()

    @on(Pane.Picked, "#page")
    def _follow(self, event: Pane.Picked) -> None:
        """Go along a tie; esc comes back."""
        self._been.append(self._pane("list").key)
        self._pane("list").move_to(event.key)
        self._show_page()

    def action_back(self) -> None:
        """Back along the ties, then to the list, then out."""
        if self._been:
            self._pane("list").move_to(self._been.pop())
            self._show_page()
        elif self._pane("page").has_focus and self._at.tab != "numbers":
            self._pane("list").focus()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """End the program."""
        self.app.exit(None)

    def action_tab(self, way: int) -> None:
        """The next page, or the one before."""
        place = [tab for tab, _name in TABS].index(self._at.tab)
        self.action_open((place + way) % len(TABS) + 1)

    def action_open(self, number: int) -> None:
        """A page by its number, from 1."""
        self._been.clear()
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
            self.notify(self.say("This scenario is written in one language."), markup=False)
            return
        self._set(language=languages[(languages.index(self._at.language) + 1) % len(languages)])

    def _set(self, *, length: int | None = None, language: Language | None = None) -> None:
        key = self._pane("list").key
        self._at = replace(self._at, length=length or self._at.length, language=language or self._at.language)
        self._turns = self._explored.plan(self._at.length, self._at.language)
        self._graph = self._explored.graph(self._at.language)
        self._been.clear()  # what an act is called, and goes by, is another thing in another language
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


class ExploreApp(PatientApp["Looked | None"]):
    """Shows a scenario to whoever writes it."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, explored: Explored, *, theme: str = themes.DEFAULT) -> None:
        """With everything that can be looked at."""
        super().__init__(theme)
        self._explored = explored

    def on_mount(self) -> None:
        """Open the only screen."""
        self.push_screen(ExploreScreen(self._explored))


def run_explore(explored: Explored, *, theme: str = themes.DEFAULT) -> Looked | None:
    """Look into a scenario; what somebody wants to see as a seat, or None when they leave."""
    return at_terminal(ExploreApp(explored, theme=theme))
