"""A first time on the screen: one thing at a time, a key for each answer, and esc out of it at any time."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from crisis_sim.pages.first_time import SCENES, FirstTime, first_time_blocks, first_time_now, first_time_options
from crisis_sim.rules.names import Language
from crisis_sim.tui import themes
from crisis_sim.tui.base_app import CrisisApp
from crisis_sim.tui.drawing import Ink
from crisis_sim.tui.key_bindings import Foot, KeyBinding
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.terminal import at_terminal
from crisis_sim.wording import speaker

ENTER_GOES_ON = KeyBinding("enter", "on", "go on", "The next thing", foot=False)
ROOMY = ("situation", "move")
"""Scenes in which blank lines stand between paragraphs."""


class FirstTimeScreen(KeyScreen[None]):
    """One scene after the other."""

    KEYS = (
        KeyBinding("space,right", "on", "go on", "The next thing"),
        KeyBinding("enter", "enter", "play alone", "The next thing; after the last, a session alone"),
        KeyBinding("left,backspace", "before", "back", "The thing before"),
        KeyBinding("escape,q", "leave", "leave", "Leave; nothing is kept"),
    )
    DIGITS = tuple(KeyBinding(str(n), f"digit({n})", f"{n}", f"Answer {n}", foot=False) for n in range(1, 8))
    DEFAULT_CSS = """
    FirstTimeScreen #now { height: auto; background: $ink-bar; color: $ink-strong; text-style: bold; padding: 0 1; }
    FirstTimeScreen #middle { height: 1fr; align-horizontal: center; }
    FirstTimeScreen Pane { max-width: 84; padding: 1 1; }
    """

    def __init__(self, language: Language) -> None:
        """Begin in a language."""
        super().__init__()
        self.say = speaker(language)
        self._seen: list[FirstTime] = [FirstTime()]

    def compose(self) -> ComposeResult:
        """What to do, the page, the keys."""
        yield Static(id="now", markup=False)
        yield Container(Pane(classes="-bare"), id="middle")
        yield Foot()

    def on_mount(self) -> None:
        """Show the first step."""
        self.query_one(Pane).focus()
        self._draw()

    def own_keys(self) -> Sequence[KeyBinding]:
        """Nothing goes on, or back, that cannot."""
        is_last, asks = self._seen[-1].scene == SCENES[-1], bool(self._options)
        idle = set[str]() if is_last else {"enter"}
        idle |= {"on"} if asks else set()
        idle |= set() if len(self._seen) > 1 else {"before"}
        keys = [key for key in self.KEYS if key.action not in idle]
        keys += [] if is_last or asks else [ENTER_GOES_ON]
        return [*keys, *self.DIGITS[: len(self._options)]]

    @property
    def _options(self) -> Sequence[object]:
        return first_time_options(self._seen[-1], self.say)

    def _draw(self) -> None:
        step, say = self._seen[-1], self.say
        place = say("Step {n} of {m}", n=SCENES.index(step.scene) + 1, m=len(SCENES))
        ink = Ink(self.app.theme)
        self.query_one("#now", Static).update(
            ink.label(f"{say('NOW')}  ", "head")
            + ink.text(first_time_now(step, say), "strong")
            + ink.text(f"   {place}", "quiet")
        )
        options = first_time_options(step, say)
        digits = [str(number) for number in range(1, len(options) + 1)]
        pane, is_roomy = self.query_one(Pane), step.scene in ROOMY
        pane.show((*first_time_blocks(step, say), *options), digits, air=is_roomy, top=True)
        if options and step.scene != "move":  # no end of the scale is nearer than the other
            pane.go_to(digits[len(digits) // 2])
        self.show_keys()

    def action_digit(self, number: int) -> None:
        """Answer by the number of an answer."""
        if number <= len(self._options):
            self._turn(number - 1 if self._seen[-1].scene == "move" else number - 4)

    @on(Pane.Picked)
    def _picked(self, event: Pane.Picked) -> None:
        self.action_digit(int(event.key))

    def action_on(self) -> None:
        """What stands below, or the next thing."""
        is_last = self._seen[-1].scene == SCENES[-1]
        if not self.query_one(Pane).page_down() and not (self._options or is_last):
            self._turn(0)

    def action_enter(self) -> None:
        """After the last thing a session is played alone."""
        self.app.exit(True)

    def _turn(self, answer: int) -> None:
        self._seen.append(self._seen[-1].on(answer))
        self._draw()

    def action_before(self) -> None:
        """The thing before, to answer it otherwise."""
        if len(self._seen) > 1:
            self._seen.pop()
            self._draw()

    def action_leave(self) -> None:
        """End the program."""
        self.app.exit(False)


class FirstTimeApp(CrisisApp[bool]):
    """Plays a first time."""

    def __init__(self, language: Language, *, theme: str = themes.DEFAULT) -> None:
        """Open it in a language and a theme."""
        super().__init__(theme)
        self._language: Language = language

    def on_mount(self) -> None:
        """Open the only screen."""
        self.push_screen(FirstTimeScreen(self._language))


def run_first_time(language: Language, *, theme: str = themes.DEFAULT) -> bool:
    """Play a first time on the screen until its end, or until somebody leaves; whether to play alone then."""
    return at_terminal(FirstTimeApp(language, theme=theme)) or False
