"""A screen of one seat: header, what to do now, a body, footer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from crisis_sim.engine.actions import AnyAction
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.pages.disclosure_words import private_fact_blocks
from crisis_sim.pages.form import NO_SHEET, FormSheet
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.whose_chair import teams_among
from crisis_sim.tui.foot import Foot, tab_row
from crisis_sim.tui.head import head_rows
from crisis_sim.tui.key_bindings import EVERYWHERE, WRITING, KeyBinding, bindings
from crisis_sim.tui.now_bar import or_too_small
from crisis_sim.tui.pane_rows import PaneRow
from crisis_sim.tui.submitting_screen import SubmittingScreen
from crisis_sim.tui.unsealed import UnsealedWork
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import in_words


@dataclass
class RollBackAsked(Message):
    """The facilitator wants to go on from the start of a turn."""

    turn: int


class HandOverAsked(Message):
    """Somebody gives the terminal to the next person."""


class PeopleAsked(Message):
    """The facilitator wants to see who has come."""


class BriefsAsked(Message):
    """A team wants to read its briefs again."""


class DeskChanged(Message):
    """What lies on a seat's own desk has changed what it is shown next."""


class TalkOver(Message):
    """Both teams have talked, at the screen that they look at together."""


class SeatScreen(SubmittingScreen):
    """What a seat sees; a subclass fills the body and draws it."""

    KEYS: ClassVar[tuple[KeyBinding, ...]] = ()
    TABS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Ids and names of panes that fold into tabs where the screen is narrow."""
    OTHERS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Ids and names of panes that stay."""
    ABOUT: ClassVar[str] = ""
    """What it is for, where that is not what the phase is for."""
    TIMED: ClassVar[bool] = True
    """Whether a team's own time runs while it sits here."""
    SCOPED_CSS = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    def __init_subclass__(cls) -> None:
        """Make the bindings from the table of keys."""
        cls.BINDINGS = bindings(cls.KEYS)
        super().__init_subclass__()

    def __init__(self, seat: Reader, unsealed: UnsealedWork) -> None:
        """For one seat, with what lies on its desk."""
        super().__init__(seat, unsealed)
        self.look: View = seat.view()

    # what a subclass gives

    def body(self) -> Iterable[Widget]:
        """The widgets between header and footer."""
        return ()

    def draw(self, view: View) -> None:
        """Show `view` in the body."""

    def now(self, view: View) -> str | None:
        """Another sentence for the NOW bar than what the seat does."""
        return None

    def can(self, action: str) -> bool:
        """Whether an action of this screen can be done at present; handing over, where several play."""
        needed = {"hand_over": "shares_terminal", "people": "has_rooms"}.get(action)
        return needed is None or bool(getattr(self.app, needed, False))

    # the frame

    def compose(self) -> ComposeResult:
        """Header, body, footer."""
        yield FixedRows(id="head", most=4)
        if self.TABS:
            yield FixedRows(id="tabs")
        yield from self.body()
        yield Foot(self.keys)

    def on_mount(self) -> None:
        """Draw, and tick once a second."""
        self.query_one("#head", FixedRows).show(self._head)
        if self.TABS:
            self.query_one("#tabs", FixedRows).show(self._tabs)
            self.query_one("#tabs", FixedRows).redraw()
        self.set_interval(1.0, self._tick)
        self.draw(self.look)

    def keys(self) -> list[KeyBinding]:
        """The keys that do something at present."""
        return [*self.offered(), *(WRITING if self.writes else EVERYWHERE)]

    @property
    def writes(self) -> bool:
        """A letter goes to a place to write."""
        return self.focused is not None and self.focused.check_consume_key("question_mark", "?")

    def offered(self) -> list[KeyBinding]:
        """The screen's own keys that do something at present; going to a panel bears the panel's name."""
        found, panes = [], self.panes()
        for key in self.KEYS:
            number = key.action.removeprefix("tab(").removesuffix(")")
            if key.action.startswith("tab("):
                if int(number) > len(panes):
                    continue
                key = replace(key, label=panes[int(number) - 1][1])
            if self.can(key.action):
                found.append(key)
        return found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of actions that cannot be done do nothing."""
        name = f"{action}({', '.join(map(repr, parameters))})" if parameters else action
        return self.can(name) if any(key.action == name for key in self.KEYS) else True

    def show(self, view: View) -> None:
        """Draw another view; what somebody is writing stays."""
        self.look = view
        if not (self.is_mounted and self.app.is_running):  # an app that ends has screens without their parts
            return
        self.draw(view)
        self.redraw_frame()

    def redraw_frame(self) -> None:
        """Draw header and footer again."""
        for bar in self.query(FixedRows):
            if bar.id in ("head", "foot", "tabs"):
                bar.redraw()

    def _tick(self) -> None:
        if self.seat.seconds_left() is not None:
            seated = [screen for screen in self.app.screen_stack if isinstance(screen, SeatScreen)]
            if self.TIMED and not self.look.paused and seated[-1:] == [self]:  # those beneath tick too
                self.unsealed.spend(self.look.turn)
            self.query_one("#head", FixedRows).redraw()

    def _seconds(self) -> int | None:
        """Real seconds left: at a terminal that two teams share each has half of the turn, while it sits here."""
        left, people = self.seat.seconds_left(), getattr(self.app, "people", ())
        own = self.unsealed.seconds_left(self.look, left, people)
        return own if self.TIMED or len(teams_among(people)) < 2 else None

    def _head(self, width: int) -> list[PaneRow]:
        cut_off = self.seat.cut_off()
        now = self.now(self.look) if cut_off is None else in_words(cut_off, self.say.language)
        now = or_too_small(now, self.size, self.say)
        return head_rows(self.look, self.say, self._seconds(), width, now)

    # panes and tabs

    def panes(self) -> tuple[tuple[str, str], ...]:
        """Each pane and what it is called, those that fold into tabs first."""
        return (*self.TABS, *self.OTHERS)

    def _tabs(self, width: int) -> list[PaneRow]:
        names = [name for _, name in self.panes()]
        return [tab_row(names[: len(self.TABS)], self._open_index(), width, self.say, numbered=self._is_numbered)]

    @property
    def _is_numbered(self) -> bool:
        """Whether a number goes to a pane; else it means something else here, and stands at none."""
        return any(key.action == "tab(1)" for key in self.KEYS)

    def titled(self, name: str) -> str:
        """The name of a pane under the number that goes to it."""
        titles = dict(self.panes())
        return (f"{list(titles).index(name) + 1} " if self._is_numbered else "") + self.say(titles[name])

    def _open_index(self) -> int:
        for index, (pane, _) in enumerate(self.TABS):
            if self.query_one(f"#{pane}").has_class("-shown"):
                return index
        return 0

    def first_tab(self) -> str:
        """The pane that is shown first, where the screen is narrow."""
        return self.TABS[0][0]

    def folded(self, name: str, *, newest: bool = False) -> Pane:
        """One of the panes that fold into tabs, under the key that goes to it and its name."""
        classes = "tabbed -shown" if name == self.first_tab() else "tabbed"
        return Pane(self.titled(name), id=name, classes=classes, newest=newest)

    def open_tab(self, pane: str) -> None:
        """Show one of the folded panes."""
        folds = self.has_class("-narrow")
        for other, _ in self.TABS:
            self.query_one(f"#{other}").set_class(other == pane, "-shown", update=folds)
        self.query_one("#tabs", FixedRows).redraw()

    def action_tab(self, number: int) -> None:
        """Go to a pane by its number, from 1."""
        panes = self.panes()
        if 1 <= number <= len(panes):
            self._go_to(panes[number - 1][0])

    def action_next_pane(self, way: int) -> None:
        """Go to the next pane or the one before."""
        panes = [pane for pane, _ in self.panes()]
        here = self.focused.id if self.focused is not None else None
        index = panes.index(here) if here in panes else -1
        self._go_to(panes[(index + way) % len(panes)])

    def _go_to(self, pane: str) -> None:
        if any(pane == tab for tab, _ in self.TABS):
            self.open_tab(pane)
        self.call_after_refresh(self.query_one(f"#{pane}").focus)

    def pane(self, name: str) -> Pane:
        """A pane by its id."""
        return self.query_one(f"#{name}", Pane)

    # forms

    async def fill_in(
        self, name: str, given: FormSheet = NO_SHEET, instead: AnyAction | None = None, also: str = ""
    ) -> bool:
        """Ask what a form asks, do what its answers make and show it; false where somebody went back, or was refused.

        What is `given` is not asked. Where there is no such form now, `instead` is what is refused with the reason;
        `also` is told before what cannot be taken back.
        """
        from crisis_sim.tui.form_dialogs import FormFilling

        done = await FormFilling(self, name, given, also).filled(instead)
        if done and (view := self.seat.view()).phase == self.look.phase:  # else another screen comes
            self.show(view)
        return done

    @work
    async def action_form(self, name: str) -> None:
        """Ask what the form of that name asks, and do it."""
        await self.fill_in(name)

    def action_people(self) -> None:
        """Show who has come."""
        self.post_message(PeopleAsked())

    def action_hand_over(self) -> None:
        """Give the terminal to the next person."""
        self.post_message(HandOverAsked())


class TeamSeatScreen(SeatScreen):
    """What a team sees."""

    @property
    def team(self) -> TeamView:
        """The view, which is a team's."""
        assert isinstance(self.look, TeamView)
        return self.look

    def can(self, action: str) -> bool:
        """Read what it alone knows, where that is anything."""
        return bool(self.team.private_facts) if action == "facts" else super().can(action)

    def action_briefs(self) -> None:
        """Read the briefs again, over this screen."""
        self.post_message(BriefsAsked())

    def action_facts(self) -> None:
        """Read what we alone know, whole, over whatever is at hand."""
        from crisis_sim.tui.dialogs import Confirm

        _head, *facts = private_fact_blocks(self.team.private_facts, self.say)
        self.app.push_screen(Confirm(self.say("What we alone know"), facts, self.say, yes="", no="back"))


PANE_KEYS: Sequence[KeyBinding] = (
    KeyBinding("tab", "next_pane(1)", "next panel", "Go to the next panel", foot=False),
    KeyBinding("shift+tab", "next_pane(-1)", "panel before", "Go to the panel before", foot=False),
    *(KeyBinding(str(n), f"tab({n})", f"panel {n}", "Go to this panel", foot=False) for n in range(1, 7)),
)
"""Keys of screens with several panes."""
