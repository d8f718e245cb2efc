"""A screen of one seat: a line that says where we are, a bar that says what to do now, a body, the keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from crisis_sim.engine.actions import AnyAction
from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.errors import ActionRefused, StorageFailed
from crisis_sim.pages import blocks as b
from crisis_sim.pages.announcements import announcement_pages
from crisis_sim.pages.consent_card import DUTY, is_asked
from crisis_sim.pages.disclosure_words import private_fact_blocks
from crisis_sim.pages.duty import duty
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.refusals import names_from
from crisis_sim.pages.screen_words import PHASES, TAKE_PEN, clock_text, refusal_text, too_small
from crisis_sim.pages.seal_words import of_secrets
from crisis_sim.pages.seat_changes import teams_among
from crisis_sim.pages.seat_page import head_blocks
from crisis_sim.pages.team_page import own_brief
from crisis_sim.pages.translator import Translator
from crisis_sim.session.places import AnyHostAct, GoBack
from crisis_sim.text import clean
from crisis_sim.tui.dialogs import ConfirmScreen, LookScreen
from crisis_sim.tui.drawing import Ink, bar
from crisis_sim.tui.key_bindings import Foot, KeyBinding
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.seat_work import SeatWork
from crisis_sim.wording import in_words

OWN_KEYS: Final = (
    KeyBinding("f3", "facts", "what we alone know", "Read what we alone know, and how we have told it", foot=False),
    KeyBinding("f4", "announcement", "told again", "Read again how this turn began, one thing at a time", foot=False),
)
"""What a team can look at from every screen of its own, also while it writes."""
HEAD_GAP: Final = 2
"""Blank columns between what stands in the head."""


@dataclass
class StorageBroke(Message):
    """The disk refused; play stops."""

    failed: StorageFailed


@dataclass
class RollBackRequested(Message):
    """The facilitator wants to go on from the start of a turn."""

    turn: int


class WorkChanged(Message):
    """What lies on a seat's desk has changed which screen comes next."""


class SeatScreen(KeyScreen[None]):
    """What a seat sees; a subclass fills the body and draws it."""

    TIMED = True
    """Whether a team's own time runs while it sits here."""
    DEFAULT_CSS = """
    SeatScreen #head { height: 1; background: $ink-bar; padding: 0 1; }
    SeatScreen #now {
        height: auto; max-height: 3; background: $ink-bar; color: $ink-strong; text-style: bold; padding: 0 1;
    }
    """

    def __init__(self, seat: Reader, seat_work: SeatWork) -> None:
        """For one seat, with what lies on its desk."""
        super().__init__()
        self.seat, self.desk = seat, seat_work
        self.look: View = seat.view()
        self.forks = False
        """Whether the app makes a branch where play is rolled back."""
        self._drawn_for = Size(0, 0)

    @property
    def say(self) -> Translator:  # type: ignore[override]  # a seat's words know its names too
        """What tells in the language of the seat."""
        return self.seat.say

    def compose(self) -> ComposeResult:
        """Head, what to do now, body, keys."""
        yield Static(id="head", markup=False)
        yield Static(id="now", markup=False)
        yield from self.body()
        yield Foot()

    def body(self) -> Iterable[Widget]:
        """The widgets between head and footer."""
        return ()

    def draw(self) -> None:
        """Draw the body for the view at hand."""

    def now(self) -> str:
        """What the seat does now."""
        return self.say(DUTY) if is_asked(self.seat) else duty(self.look, self.say)

    def about(self) -> Sequence[str]:
        """What to do, what the phase is for, and who sees what is sealed."""
        return [self.now(), self.say(PHASES[self.look.phase]), *map(self.say, of_secrets(self.look))]

    def on_mount(self) -> None:
        """Draw, and count seconds."""
        self.set_interval(1.0, self._tick)
        self.watch(self.app, "theme", self.redraw, init=False)
        self.redraw()

    def on_resize(self) -> None:
        """The footer and the head depend on the width."""
        if self._drawn_for != self.app.size:
            self._drawn_for = self.app.size
            self.redraw()

    def show(self, view: View) -> None:
        """Show another view; what somebody is writing stays."""
        self.look = view
        if self.is_mounted and self.app.is_running:
            self.redraw()

    def redraw(self) -> None:
        """Draw everything again."""
        self.draw()
        self.redraw_frame()

    def redraw_frame(self) -> None:
        """Draw head, NOW bar and footer again."""
        self.query_one("#head", Static).update(self._head())
        cut_off = self.seat.cut_off()
        sentence = too_small(*self.app.size, self.say) or (
            in_words(cut_off, self.say.language) if cut_off is not None else self.now()
        )
        ink, label = Ink(self.app.theme), self.say("PAUSED") if self.look.paused else self.say("NOW")
        badge = Text(f" {label} ", f"bold {ink.colours['now']} on {ink.colours['now-ground']}")
        self.query_one("#now", Static).update(Text.assemble(badge, " ", clean(sentence, lines=False)))
        self.show_keys()

    def _head(self) -> RenderableType:
        """Who, what, where, the clock of the crisis, the time that is left; the title gives way first.

        Where the window is too narrow for the others as well, turn and clock stand in a second row.
        """
        ink = Ink(self.app.theme)
        seat, title, place, *clocks = head_blocks(self.look, self.say)
        cells = [ink.text(block.line) for block in (seat, title, place) if isinstance(block, b.Paragraph)]
        for meter in clocks:
            if isinstance(meter, b.MeterBar):
                name = f"{meter.name} " if self.app.size.width >= 110 else ""
                level = f"{bar(meter.value, meter.minimum, meter.maximum)} " if self.app.size.width >= 130 else ""
                tone = meter.text[0].tone if meter.text else ""
                cells.append(ink.text((b.Span(name, "quiet"), b.Span(level, tone), *meter.text)))
        seconds = self.seconds_left()
        if seconds is not None:
            cells.append(ink.text(clock_text(seconds, self.say), "bad" if seconds < 60 else ""))
        need = sum(cell.cell_len + HEAD_GAP for cell in cells if cell is not cells[1])
        has_room = need <= self.app.size.width - 2 or bool(too_small(*self.app.size, self.say))
        self.query_one("#head").styles.height = 1 if has_room else 2
        if has_room:
            return _head_row(cells, 1)
        time = cells[3 + len(clocks) :]
        return Group(_head_row([*cells[:2], *time], 1), _head_row(cells[2 : 3 + len(clocks)], 0))

    # time

    def _tick(self) -> None:
        """Count a second. A screen beneath another would be drawn anew with all above it."""
        seated = [screen for screen in self.app.screen_stack if isinstance(screen, SeatScreen)]
        if self.seat.seconds_left() is None or seated[-1:] != [self]:
            return
        if self.TIMED and not self.look.paused:
            self.desk.spend(self.look.turn)
        self.query_one("#head", Static).update(self._head())

    def seconds_left(self) -> int | None:
        """Real seconds left: at a terminal that two teams share each has half of the turn, while it sits here."""
        people = getattr(self.app, "people", ())
        seconds = self.desk.seconds_left(self.look, self.seat.seconds_left(), people)
        return seconds if self.TIMED or len(teams_among(people)) < 2 else None

    # what a team knows

    def has(self, action: str) -> bool:
        """Whether there is something to look at by one of `OWN_KEYS`."""
        view = self.look
        return isinstance(view, TeamView) and bool(view.private_facts if action == "facts" else view.turn)

    def action_facts(self) -> None:
        """Read what we alone know, whole, over whatever is at hand."""
        if isinstance(self.look, TeamView):
            facts = tuple(private_fact_blocks(self.look.private_facts, self.say))
            self.app.push_screen(LookScreen([facts or tuple(own_brief(self.look, self.say))], self.say))

    def action_announcement(self) -> None:
        """Read again how this turn began."""
        if isinstance(self.look, TeamView):
            self.app.push_screen(LookScreen(announcement_pages(self.look, self.say), self.say))

    # acting

    async def send(self, action: AnyAction | AnyHostAct) -> bool:
        """Submit; a refusal is said, and nothing that was written is lost. Only a worker may wait for it."""
        if self.forks and isinstance(action, GoBack):
            self.post_message(RollBackRequested(action.turn))
            return True
        try:
            await self.seat.submit(action)
        except ActionRefused as refused:
            if refused.code == "room/pen" and await self._take_pen():
                return await self.send(action)
            self.tell(refusal_text(refused, self.say.language, names_from(self.say)), warning=True)
            return False
        except StorageFailed as failed:
            self.post_message(StorageBroke(failed))
            return False
        return True

    async def _take_pen(self) -> bool:
        """Whether somebody who may not commit for the team takes the pen from who may."""
        company, say = self.seat.company, self.say
        if company is None:
            return False
        holder = next((person.label for person in company.people if person.pen and person.seat == self.seat.name), "")
        question = say("{who} holds the pen. Take it, and do this?", who=holder)
        if not await self.app.push_screen_wait(ConfirmScreen(question, (b.prose(say(TAKE_PEN)),), say)):
            return False
        company.take_pen()
        return True

    @work
    async def do(self, action: AnyAction | AnyHostAct) -> None:
        """Submit beside the keys, and show what came of it."""
        if await self.send(action):
            self.show(self.seat.view())

    def pane(self, name: str) -> Pane:
        """A pane by its id."""
        return self.query_one(f"#{name}", Pane)


def _head_row(cells: Sequence[Text], wide: int) -> Grid:
    """Cells beside each other; the `wide` one has the room that the others leave."""
    grid = Grid.grid(padding=(0, HEAD_GAP), expand=True)
    for place, cell in enumerate(cells):
        cell.overflow = "ellipsis"
        grid.add_column(ratio=1 if place == wide else None, no_wrap=True, overflow="ellipsis")
    grid.add_row(*cells)
    return grid
