"""Screens over another screen: a question that needs `y`, and pages that are only looked at."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from crisis_sim.pages.blocks import Block, Heading, prose
from crisis_sim.text import clean
from crisis_sim.tui.drawing import Ink
from crisis_sim.tui.form_panel import WordsLine
from crisis_sim.tui.key_bindings import Foot, KeyBinding
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.tui.pane import Pane
from crisis_sim.wording import Say


class ConfirmScreen(KeyScreen[bool], ModalScreen[bool]):
    """A question; only `y` says yes, so that no key typed ahead does."""

    DEFAULT_CSS = """
    ConfirmScreen { align: center middle; background: $ink-ground 60%; }
    ConfirmScreen > Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 90%; padding: 1 2; background: $ink-panel;
        border: round $ink-focus;
    }
    ConfirmScreen Pane { height: auto; background: $ink-panel; }
    ConfirmScreen #ways { margin-top: 1; height: auto; }
    """

    def __init__(self, question: str, blocks: Sequence[Block], say: Say, *, yes: str = "yes", no: str = "back") -> None:
        """A question with what is to be known before it is answered; labels of keys for both answers."""
        super().__init__()
        self.say = say
        self._blocks = (Heading(question), *blocks)
        self._ways = (KeyBinding("y", "answer(True)", yes, ""), KeyBinding("escape,n", "answer(False)", no, ""))

    def own_keys(self) -> Sequence[KeyBinding]:
        """Yes and no."""
        return self._ways

    def all_keys(self) -> list[KeyBinding]:
        """No others while it is open."""
        return [*self._ways]

    def compose(self) -> ComposeResult:
        """The question in a box, with its two keys."""
        with Vertical():
            yield Pane(classes="-bare")
            yield Static(id="ways", markup=False)

    def on_mount(self) -> None:
        """Show it."""
        ink = Ink(self.app.theme)
        self.query_one(Pane).show(self._blocks, air=True)
        self.query_one(Pane).focus()
        text = ink.text("")
        for key in self._ways:
            text += ink.label(f"{key.face} ", "key") + ink.text(f"{key.name(self.say)}   ")
        self.query_one("#ways", Static).update(text)

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)


class LookScreen(KeyScreen[None], ModalScreen[None]):
    """Pages to read over another screen: help, what we alone know, the briefs, a guide."""

    DEFAULT_CSS = """
    LookScreen { align: center middle; background: $ink-ground 60%; }
    LookScreen > Vertical {
        width: 88; max-width: 98%; height: auto; max-height: 96%; padding: 0 1; background: $ink-panel;
        border: round $ink-focus;
    }
    LookScreen Pane { height: auto; max-height: 100%; background: $ink-panel; }
    LookScreen Foot { dock: none; background: $ink-panel; }
    """
    KEYS = (
        KeyBinding("space,right", "turn(1)", "go on", "What stands below, then the next page"),
        KeyBinding("left,backspace", "turn(-1)", "back", "The page before"),
        KeyBinding("escape,q,enter,f1,question_mark", "leave", "close", "Close this"),
    )

    def __init__(self, pages: Sequence[Sequence[Block]], say: Say) -> None:
        """With pages of blocks, each shown alone."""
        super().__init__()
        self.say, self._pages, self._place = say, [page for page in pages if page], 0

    def own_keys(self) -> Sequence[KeyBinding]:
        """Leafing where there are several pages; closing."""
        return self.KEYS if len(self._pages) > 1 else self.KEYS[2:]

    def all_keys(self) -> list[KeyBinding]:
        """No others while it is open, except that space reads on."""
        return [*self.own_keys(), *(self.KEYS[:1] if len(self._pages) < 2 else ())]

    def compose(self) -> ComposeResult:
        """The page in a box."""
        with Vertical():
            yield Pane(classes="-bare")
            yield Foot()

    def on_mount(self) -> None:
        """Show the first page."""
        self.query_one(Pane).focus()
        self._show()

    def _show(self) -> None:
        pane = self.query_one(Pane)
        count = len(self._pages)
        number = [prose(f"{self._place + 1} / {count}", "quiet")] if count > 1 else []
        pane.show((*number, *self._pages[self._place]) if self._pages else (), air=True, top=True)
        self.show_keys()

    def action_turn(self, way: int) -> None:
        """Read on, or another page."""
        if way > 0 and self.query_one(Pane).page_down():
            return
        self._place = min(max(self._place + way, 0), max(len(self._pages) - 1, 0))
        self._show()

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)


class WriteScreen(KeyScreen["str | None"], ModalScreen["str | None"]):
    """One line that is asked for; None where somebody went back."""

    DEFAULT_CSS = """
    WriteScreen { align: center middle; background: $ink-ground 60%; }
    WriteScreen > Vertical {
        width: 76; max-width: 96%; height: auto; padding: 1 2; background: $ink-panel; border: round $ink-focus;
    }
    WriteScreen Pane { height: auto; max-height: 12; background: $ink-panel; }
    """
    KEYS = (KeyBinding("escape", "back", "back", "Go back"),)

    def __init__(
        self, question: str, note: str, say: Say, drafts: MutableMapping[str, str] | None = None, about: str = ""
    ) -> None:
        """A question, what is to be known, and where what is written is `kept` while it has not been sent."""
        super().__init__()
        self.say, self._about = say, about
        self._kept: MutableMapping[str, str] = {} if drafts is None else drafts
        self._blocks: tuple[Block, ...] = (Heading(question), *([prose(note, "quiet")] if note else []))

    def all_keys(self) -> list[KeyBinding]:
        """Only going back; letters are words."""
        return [*self.KEYS]

    def compose(self) -> ComposeResult:
        """The question and the line."""
        with Vertical():
            yield Pane(classes="-bare")
            yield WordsLine(clean(self._kept.get(self._about, ""), lines=False), max_length=400)

    def on_mount(self) -> None:
        """Write."""
        self.query_one(Pane).show(self._blocks)
        self.query_one(WordsLine).focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._kept[self._about] = event.value

    @on(Input.Submitted)
    def _sent(self, event: Input.Submitted) -> None:
        self._kept.pop(self._about, None)
        self.dismiss(clean(event.value, lines=False).strip())

    def action_back(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
