"""Before play the briefs, after it what came of play; our lines, and our guesses of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar, Final, cast

from textual import on, work
from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.actions import DropGuess, DropLine
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.pages.asset_blocks import asset_blocks
from crisis_sim.pages.briefing_blocks import earlier_blocks, instruction_blocks
from crisis_sim.pages.cost_opened import cost_blocks
from crisis_sim.pages.disclosure_words import private_fact_blocks
from crisis_sim.pages.line_blocks import guessing
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reading_blocks import before_blocks
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.closing_dialogs import closing_rows, say_of_principles
from crisis_sim.tui.frame import PANE_KEYS, TeamSeatScreen
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.line_rows import guess_rows, own_line_rows, toggled
from crisis_sim.tui.pane_rows import READING, PaneBlock, block, para, row
from crisis_sim.tui.prose_rows import prose_blocks
from crisis_sim.tui.unsealed import UnsealedWork
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import _

OF_CLOSING: Final[Mapping[str, str]] = {
    "public": _("What passed between us"),
    "private": _("What became of them"),
    "own": _("Our side"),
}
"""What pages are called in the closing, where that is not what they are called in the briefing."""


class BriefingScreen(TeamSeatScreen):
    """Read, look at our lines, guess theirs, seal."""

    TABS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("public", _("The situation")),
        ("private", _("Our brief")),
        ("own", _("Our lines")),
        ("theirs", _("Their lines")),
    )
    KEYS = (
        KeyBinding("p", "principle", "principles", "Put a sentence on principles, accept one, or put other words"),
        KeyBinding("tab", "next_pane(1)", "next page", "Go to the next page or panel"),
        KeyBinding("s", "seal", "seal", "Our lines and guesses are done"),
        KeyBinding("space", "read_on", "read on", "Read on; on a line of the scenario, take it or set it aside"),
        KeyBinding("g", "guess", "guess theirs", "Guess a line of theirs"),
        KeyBinding("o", "order", "what is grave", "Order acts by how gravely we take them, or they do"),
        KeyBinding("w", "write", "write a line", "Write a line of our own"),
        KeyBinding("x,delete", "drop", "take back", "Take back a line that we wrote, or a guess", foot=False),
        KeyBinding("b", "briefs", "briefs", "Read the briefs and our aims again"),
        KeyBinding("escape", "back", "back", "Back to the table"),
        KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person", foot=False),
        *(key for key in PANE_KEYS if key.keys != "tab"),
    )
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (2 * READING + 8, "-broad")]
    DEFAULT_CSS = """
    BriefingScreen {
        #pages { height: 1fr; }
        &.-wide #pages, &.-broad #pages {
            layout: grid; grid-size: 2 2; grid-columns: 1fr 1fr; grid-rows: 1fr 1fr;
        }
        &.-wide.-closing #pages { grid-columns: 3fr 5fr; }
    }
    """

    def __init__(self, seat: Reader, unsealed: UnsealedWork, *, again: bool = False) -> None:
        """With `again`, only to read, over another screen."""
        super().__init__(seat, unsealed)
        self.again = again

    def body(self) -> Iterable[Widget]:
        """Four pages; side by side where there is room."""
        panes = [self.folded(name) for name in ("public", "own", "private", "theirs")]
        yield Container(*panes, id="pages")

    def on_mount(self) -> None:
        """Begin with the situation; in the closing, with their lines."""
        self.call_after_refresh(self._go_to, self.first_tab())

    def panes(self) -> tuple[tuple[str, str], ...]:
        """In the closing what came of play stands for the briefs, and more is asked beside our lines."""
        called = OF_CLOSING if self._of_closing else {}
        return tuple([(name, called.get(name, title)) for name, title in super().panes()])

    def first_tab(self) -> str:
        """The page that was open last; the closing begins with their lines, whatever was read before."""
        name = self.unsealed.page.removeprefix(self._of_closing)
        is_known = name in dict(self.TABS) and self.unsealed.page.startswith(self._of_closing)
        return name if is_known else "theirs" if self._of_closing else "public"

    @property
    def _of_closing(self) -> str:
        """What stands before the name of a page that was opened in the closing."""
        return "closing/" if self.look.phase == "closing" and not self.again else ""

    def now(self, view: View) -> str | None:
        """When only reading, say so."""
        return self.say("Reading the briefs again; esc goes back.") if self.again else None

    def draw(self, view: View) -> None:
        """Fill the pages."""
        team, say = cast(TeamView, view), self.say
        self.set_class(bool(self._of_closing), "-closing")
        is_open = view.phase in ("briefing", "closing") and not team.committed and not self.again
        if self._of_closing:
            self.pane("public").show(lambda width: laid_out(before_blocks(team, say), min(width, READING)))
            self.pane("private").show(lambda width: laid_out(cost_blocks(team.courses, say), min(width, READING)))
        else:
            self.pane("public").show(self._public)
            self.pane("private").show(self._private)
        self.pane("own").show(
            lambda width: [
                *closing_rows(team, min(width, READING), say),
                *own_line_rows(team, width, say),
            ]
        )
        self.pane("theirs").show(lambda width: guess_rows(team, width, say, is_open=is_open))

    def _public(self, width: int) -> list[PaneBlock]:
        say = self.say
        brief = prose_blocks(say.of(say.dossier.brief), width)
        return [*brief, *laid_out(earlier_blocks(say), min(width, READING))]

    def _private(self, width: int) -> list[PaneBlock]:
        team, say, width = self.say.dossier.team, self.say, min(width, READING)
        assert team is not None
        aims = [row((say("What the capital wants"), "head"))]
        for aim in team.aims:
            aims.extend(para(say.of(aim), width, indent=2, first=row(("• ", "key"))))
        part = block(*para(say.of(team.part), width, "strong"), ())
        card = laid_out(instruction_blocks(team, say), width)
        ours = (*asset_blocks(self.team.assets, say), *private_fact_blocks(self.team.private_facts, say))
        things = laid_out(ours, width)
        brief = prose_blocks(say.of(team.brief), width)
        return [
            part,
            block(*aims, ()),
            *card,
            *([block(())] if card else []),
            *brief,
            *([block(())] if things else []),
            *things,
        ]

    def can(self, action: str) -> bool:
        """Lines change before the first turn; guesses once more after the last."""
        is_open = not self.again and not self.team.committed
        if action in ("write", "adopt"):
            return is_open and self.look.phase == "briefing"
        if action in ("guess", "drop", "seal"):
            return is_open and self.look.phase in ("briefing", "closing")
        if action == "principle":
            return not self.again and self.look.phase == "closing" and self.say.dossier.asks_principles
        if action == "order":
            asked = bool(self.say.dossier.offences) and not self.again
            return asked and (self.look.phase == "briefing" or (is_open and self.look.phase == "closing"))
        if action == "briefs":
            return bool(self._of_closing)
        if action == "back":
            return self.again
        return super().can(action) and not (action == "hand_over" and self.again)

    def _go_to(self, pane: str) -> None:
        self.unsealed.page = self._of_closing + pane
        super()._go_to(pane)

    def action_back(self) -> None:
        """Back to the table."""
        self.dismiss(None)

    # lines

    @on(Pane.Picked, "#own,#theirs")
    def _picked(self, event: Pane.Picked) -> None:
        if event.key == "write" and self.can("write"):
            self.action_write()
        elif event.key == "guess" and self.can("guess"):
            self.action_guess()
        elif event.key in ("order", "their-order") and self.can("order"):
            self.action_order()
        elif event.key.startswith("principle") and self.can("principle"):
            self.action_principle(int(event.key.partition(":")[2] or 0))
        elif event.key.startswith("before:") and self.can("guess"):
            self._keep(int(event.key.partition(":")[2]))
        elif event.key.startswith("line:") and self.can("adopt"):
            self._adopt_soon()

    @work
    async def _adopt_soon(self) -> None:
        await self.action_adopt()

    @work
    async def _keep(self, number: int) -> None:
        """A guess made before play is made once more as it is."""
        guess = next(each for each in self.team.guesses_before if each.number == number)
        await self.send(guessing(guess))

    async def action_read_on(self) -> None:
        """Take what the cursor is on, or set it aside; where there is none, go a page further, or to the next."""
        pane = self.focused
        if not isinstance(pane, Pane):
            return
        if self.can("adopt") and pane.key.startswith("line:"):
            await self.action_adopt()
        elif pane.scroll_y < pane.max_scroll_y:
            pane.action_page(1)
        else:
            self.action_next_pane(1)

    async def action_adopt(self) -> None:
        """Take a line of the scenario, or set it aside."""
        kind, _, name = self.pane("own").key.partition(":")
        if self.focused is not self.pane("own") or kind != "line":
            return
        if any(line.ours and line.id == name for line in self.team.lines):
            self.tell(self.say("We wrote this line; x takes it back."))
        else:
            await self.send(toggled(self.team.lines, name))

    @work
    async def action_write(self) -> None:
        """Write a line of our own."""
        if await self.fill_in("write"):
            self._show_at("own", f"line:{next((each.id for each in reversed(self.team.lines) if each.ours), '')}")

    @work
    async def action_guess(self) -> None:
        """Guess a line of theirs."""
        if await self.fill_in("guess"):
            self._show_at("theirs", f"guess:{len(self.team.guesses)}")

    @work
    async def action_order(self) -> None:
        """Order acts by how gravely we take them; then, and wherever their lines are open, by how gravely they do."""
        ours = self.look.phase == "briefing" and not self.team.committed and self.focused is not self.pane("theirs")
        if await self._order(ours=ours) and ours and not self.team.order_guess:
            self._go_to("theirs")
            await self._order(ours=False)

    @work
    async def action_principle(self, number: int = 0) -> None:
        """Put a sentence, accept one, or put other words; with a number, about that one."""
        if await say_of_principles(self, self.team, number):
            self._show_at("own", "principles")

    async def _order(self, *, ours: bool) -> bool:
        """Ask for one of the two orders and send it; whether it was kept."""
        if not await self.fill_in("order" if ours else "theirs"):
            return False
        self._show_at("own" if ours else "theirs", "order" if ours else "their-order")
        return True

    def _show_at(self, page: str, key: str) -> None:
        """Open a page with the cursor on what was just written there."""
        self._go_to(page)
        self.pane(page).move_to(key)

    async def action_drop(self) -> None:
        """Take back what is under the cursor."""
        pane = self.focused
        kind, _, name = pane.key.partition(":") if isinstance(pane, Pane) else ("", "", "")
        if kind == "guess" and name:
            await self.send(DropGuess(number=int(name)))
        elif kind == "line" and any(line.ours and line.id == name for line in self.team.lines):
            await self.send(DropLine(line=name))
        elif kind == "line":
            self.tell(self.say("A line of the scenario is set aside with space."))

    @work
    async def action_seal(self) -> None:
        """Lines and guesses are done, after one question."""
        await self.fill_in("seal")
