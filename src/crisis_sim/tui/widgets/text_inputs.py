"""Places to write: a line and a page, into which nothing can be pasted that a terminal would obey."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, TextArea

from crisis_sim.engine.actions import LONGEST_TEXT
from crisis_sim.text import clean
from crisis_sim.tui.screen_words import said_by


class TextBox(TextArea):
    """Several lines of text; ctrl+j sends."""

    DEFAULT_CSS = """
    TextBox { border: round $ink-edge; background: $ink-panel; color: $ink-text; padding: 0 1; height: 1fr;
           border-title-color: $ink-dim; border-subtitle-color: $ink-dim; }
    TextBox:focus { border: round $ink-focus; border-title-color: $ink-focus; }
    TextBox .text-area--cursor { background: $ink-focus; color: $ink-ground; }
    TextBox .text-area--cursor-line { background: $ink-panel; }
    TextBox .text-area--placeholder { color: $ink-dim; }
    TextBox .text-area--selection { background: $ink-cursor; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+j,ctrl+enter", "send", "Send", show=False, priority=True)]

    class Sent(Message):
        """Somebody is done writing."""

        def __init__(self, page: TextBox) -> None:
            """With the page whose text it is."""
            super().__init__()
            self.page = page

        @property
        def control(self) -> TextBox:
            """The page, for `@on` selectors."""
            return self.page

    def __init__(self, text: str = "", *, id: str | None = None, placeholder: str = "", title: str = "") -> None:
        """A page that may begin with text."""
        super().__init__(
            clean(text, lines=True), id=id, soft_wrap=True, show_line_numbers=False, tab_behavior="focus",
            placeholder=placeholder, highlight_cursor_line=False,
        )  # fmt: skip
        self.border_title = Content(title)

    def on_unmount(self) -> None:
        """Go for good: a text area that has told the app to say when its theme changes is otherwise kept until then."""
        watchers = getattr(self.app, "__watchers", {}).get("theme", [])
        watchers[:] = [watcher for watcher in watchers if watcher[0] is not self]

    def action_send(self) -> None:
        """Say that the text is done."""
        self.post_message(self.Sent(self))

    def at_end(self) -> None:
        """Go on writing behind what is written."""
        self.move_cursor(self.document.end)

    @property
    def words(self) -> str:
        """The text, clean and no longer than the game takes."""
        return clean(self.text, lines=True).strip()[:LONGEST_TEXT]

    async def _on_paste(self, event: events.Paste) -> None:
        """Clean what is pasted and cut it to what there is room for."""
        room = LONGEST_TEXT - len(self.text) + len(self.selected_text)
        await super()._on_paste(_cut(self, clean(event.text[: 4 * LONGEST_TEXT], lines=True), room))
        event.stop()
        event.prevent_default()

    async def _on_key(self, event: events.Key) -> None:
        """Refuse what there is no room for; everything else goes the usual way."""
        if event.is_printable and len(self.text) >= LONGEST_TEXT:
            event.stop()
            event.prevent_default()
            self.app.bell()


class LineInput(Input):
    """One line of text."""

    DEFAULT_CSS = """
    LineInput { border: round $ink-edge; background: $ink-panel; color: $ink-text; height: 3; padding: 0 1; }
    LineInput:focus { border: round $ink-focus; background-tint: transparent; }
    LineInput > .input--selection { background: $ink-cursor; color: $ink-strong; }
    LineInput > .input--cursor { background: $ink-focus; color: $ink-ground; text-style: none; }
    LineInput > .input--placeholder { color: $ink-dim; }
    LineInput.-bare { border: none; height: 1; }
    """

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,
        placeholder: str = "",
        longest: int = 400,
        classes: str = "",
        anew: bool = False,
    ) -> None:
        """A line that may begin with text; with `anew`, what is typed on coming back to it takes the place of that."""
        super().__init__(
            clean(value, lines=False), id=id, placeholder=placeholder, max_length=longest, classes=classes,
            select_on_focus=anew,
        )  # fmt: skip
        self._longest = longest
        self.cursor_blink = False

    def at_end(self) -> None:
        """Go on writing behind what is written."""
        self.cursor_position = len(self.value)

    @property
    def words(self) -> str:
        """The text, clean."""
        return clean(self.value, lines=False).strip()

    def _on_paste(self, event: events.Paste) -> None:
        """Clean what is pasted and cut it to what there is room for."""
        room = self._longest - len(self.value) + len(self.selected_text)
        super()._on_paste(_cut(self, clean(event.text[:4_000], lines=False), room))
        event.stop()
        event.prevent_default()


def _cut(place: TextBox | LineInput, text: str, room: int) -> events.Paste:
    """What is pasted, as far as there is room for it; whoever pasted is told what was left out."""
    room = max(room, 0)
    if (lost := len(text) - room) > 0:
        say = said_by(place.screen)
        told = say(
            "{n} letter had no room and was left out", plural="{n} letters had no room and were left out", n=lost
        )
        place.app.notify(told, severity="warning", markup=False)
    return events.Paste(text[:room])
