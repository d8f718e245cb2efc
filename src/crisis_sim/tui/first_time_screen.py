"""A first time on the screen: one thing at a time, a key for each answer, and esc out of it at any time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from crisis_sim.pages.first_time import MOVES, SCENES, FirstTime, Scene, first_time_blocks
from crisis_sim.rules.names import Language
from crisis_sim.tui import themes
from crisis_sim.tui.block_rows import inert, laid_out
from crisis_sim.tui.composer_rows import scale_blocks
from crisis_sim.tui.foot import Foot
from crisis_sim.tui.key_bindings import KeyBinding, bindings
from crisis_sim.tui.now_bar import now_rows, or_too_small
from crisis_sim.tui.pane_rows import BLANK, READING, PaneBlock, PaneRow, block, para, row, spread
from crisis_sim.tui.sized_screen import SizedScreen
from crisis_sim.tui.terminal import at_terminal
from crisis_sim.tui.typed_ahead import PatientApp
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import _, quote_text, speaker

NOW: Final[Mapping[Scene, str]] = {
    "situation": _("Read this, then go on (space)."),
    "move": _("What do you do? Press 1, 2 or 3."),
    "intent": _("We mean it as: press 1 (friendly) to 7 (hostile)."),
    "expected": _("We expect them to take it as: press 1 (friendly) to 7 (hostile)."),
    "reading": _("We take it as: press 1 (friendly) to 7 (hostile)."),
    "ours": _("Yours: what was meant and what was heard. Go on (space)."),
    "theirs": _("Theirs: what was meant and what was heard. Space ends it."),
}


class FirstTimeScreen(SizedScreen):
    """One scene after the other."""

    AUTO_FOCUS = ""
    KEYS = (
        KeyBinding("space,enter,right", "on", "go on", "The next thing"),
        KeyBinding("left,backspace", "before", "back", "The thing before"),
        KeyBinding("escape,q,ctrl+q", "leave", "leave", "Leave; nothing is kept"),
        *(KeyBinding(str(n), f"digit({n})", f"{n}", f"Answer {n}", foot=False) for n in range(1, 8)),
    )
    BINDINGS = bindings(KEYS)
    DEFAULT_CSS = """
    FirstTimeScreen { #middle { height: 1fr; align-horizontal: center; } #page { max-width: 84; } }
    """

    def __init__(self, language: Language) -> None:
        """Begin the first try in a language."""
        super().__init__()
        self.say = speaker(language)
        self._seen: list[FirstTime] = [FirstTime()]

    def compose(self) -> ComposeResult:
        """What to do, the page, the keys."""
        yield FixedRows(id="head", most=3)
        yield Container(Pane(id="page"), id="middle")
        yield Foot(self._keys)

    def on_mount(self) -> None:
        """Draw the head and the first step."""
        self.query_one("#head", FixedRows).show(self._head)
        self._draw()

    def _head(self, width: int) -> list[PaneRow]:
        say, scene = self.say, self._seen[-1].scene
        place = say("Step {n} of {m}", n=SCENES.index(scene) + 1, m=len(SCENES))
        title = row(" ", ("crisis-sim", "strong"), "   ", (say("A first time: three minutes"), "dim"))
        now = now_rows(or_too_small(say(NOW[scene]), self.size, say), width, say)
        return [spread(title, row((place, "dim"), " "), width), *now]

    def _keys(self) -> list[KeyBinding]:
        """What the footer says: nothing goes on, or back, that cannot."""
        idle = {"on"} if self._asks else set[str]()
        idle |= set() if len(self._seen) > 1 else {"before"}
        is_last = self._seen[-1].scene == SCENES[-1]
        keys = (
            replace(key, label=_("end it", "a key")) if is_last and key.action == "on" else key for key in self.KEYS
        )
        return [key for key in keys if key.action not in idle]

    def _draw(self) -> None:
        pane = self.query_one(Pane)
        pane.can_focus = bool(self._asks)  # where nothing can be picked, enter goes on
        self.set_focus(pane if pane.can_focus else None)
        pane.show(self._page, key="")
        pane.scroll_home(animate=False)
        for bar in self.query(FixedRows):
            bar.redraw()

    def _page(self, width: int) -> list[PaneBlock]:
        """The scene, and what can be answered."""
        at, say = self._seen[-1], self.say
        width = min(width, READING)
        drawn = inert(laid_out(first_time_blocks(at, say), width))
        if at.scene == "situation":
            drawn = [part for each in drawn for part in (each, block(BLANK))]
        elif at.scene == "move":
            for number, move in enumerate(MOVES, 1):
                rows = [row((f"{number}  ", "key"), (say(move.name), "strong"))]
                rows += para(quote_text(say(move.text)), width, indent=3)
                drawn += [block(BLANK), PaneBlock(tuple(rows), str(number))]
        elif self._asks:
            scale = (PaneBlock(each.rows, str(int(each.key) + 4)) for each in scale_blocks(None, width, say))
            drawn += [block(BLANK), *scale]
        return drawn

    @property
    def _asks(self) -> int:
        """How many answers the scene has; 0 where it asks nothing."""
        return {"move": len(MOVES), "intent": 7, "expected": 7, "reading": 7}.get(self._seen[-1].scene, 0)

    def action_digit(self, number: int) -> None:
        """Answer by the number of an answer."""
        if number <= self._asks:
            self._turn(number - 1 if self._seen[-1].scene == "move" else number - 4)

    @on(Pane.Picked)
    def _picked(self, event: Pane.Picked) -> None:
        self.action_digit(int(event.key))

    def action_on(self) -> None:
        """What stands below, or the next thing; where something is asked, a number or enter answers."""
        pane = self.query_one(Pane)
        if pane.scroll_y < pane.max_scroll_y:
            pane.action_page(1)
        elif not self._asks:
            self._turn(0)

    def _turn(self, answer: int) -> None:
        if self._seen[-1].scene == SCENES[-1]:
            self.action_leave()
        else:
            self._seen.append(self._seen[-1].on(answer))
            self._draw()

    def action_before(self) -> None:
        """The thing before, to answer it otherwise."""
        if len(self._seen) > 1:
            self._seen.pop()
            self._draw()

    def action_leave(self) -> None:
        """End the program."""
        self.app.exit(None)


class FirstTimeApp(PatientApp[None]):
    """Plays a first time."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, language: Language, *, theme: str = themes.DEFAULT) -> None:
        """Open the first try in a language and a theme."""
        super().__init__(theme)
        self._language: Language = language

    def on_mount(self) -> None:
        """Open the only screen."""
        self.push_screen(FirstTimeScreen(self._language))


def run_first_time(language: Language, *, theme: str = themes.DEFAULT) -> None:
    """Play a first time on the screen until its end, or until somebody leaves."""
    at_terminal(FirstTimeApp(language, theme=theme))
