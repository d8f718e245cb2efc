"""Small dialogs: yes or no, pick one, write something. Each is a title, rows and one way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias, TypeVar, cast

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from crisis_sim.pages.blocks import Block
from crisis_sim.text import cells, inert
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.pane_rows import PaneBlock, PaneRow, block, para, row
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import Say

if TYPE_CHECKING:
    from crisis_sim.tui.widgets.text_inputs import LineInput, TextBox

BOX = """
{name} {{ align: center middle; }}
{name} > Vertical {{ width: 78; max-width: 96%; height: auto; max-height: 96%; background: $ink-panel;
                     border: round $ink-focus; border-title-color: $ink-dim; padding: 0 1; }}
{name} FixedRows {{ background: $ink-panel; }}
{name} Pane {{ height: auto; max-height: 70vh; }}
"""
WIDEST: Final = 78
AROUND: Final = 4
"""Rows of a box that are not its question or what is picked there: edges, keys, a blank one."""
BESIDE: Final = 6
"""Cells of a row that nothing is written in: edges, the air within them, the cursor's, the scroll bar's."""


Answer = TypeVar("Answer")
ToldPart: TypeAlias = "str | Block"
"""Something under a question: a sentence, or a part of a page."""


def told_rows(told: Iterable[ToldPart], width: int) -> list[PaneRow]:
    """What stands under a question."""
    rows: list[PaneRow] = []
    for each in told:
        rows += para(each, width) if isinstance(each, str) else [r for of in laid_out([each], width) for r in of.rows]
    return rows


class DialogOption(Struct, frozen=True):
    """Something that can be picked."""

    key: str
    label: str
    note: str = ""


def _each(sentence: str | Sequence[ToldPart]) -> Sequence[ToldPart]:
    return [sentence] if isinstance(sentence, str) and sentence else sentence or []


class _Asking(ModalScreen[Answer]):
    """A question that is read whole: where it and what is picked or written have no room together, it scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back"),
        Binding("pagedown", "read(1)", "Read on", priority=True),
        Binding("pageup", "read(-1)", "Read back", priority=True),
    ]
    NOTHING: ClassVar[bool | None] = None
    """What going back answers."""

    def __init__(self, title: str, say: Say, sentence: str | Sequence[ToldPart], name: str) -> None:
        """With what stands under the title, and in the frame the name of what is asked in several such questions."""
        super().__init__()
        self._title, self._say, self._sentence, self._form = title, say, sentence, name

    def _top(self, width: int) -> list[PaneRow]:
        beneath = [] if self._is_framed(width) else [self._form]
        return [*para(self._title, width, "head"), *told_rows([*beneath, *_each(self._sentence)], width)]

    def _is_framed(self, width: int) -> bool:
        """Whether the frame has room for the name."""
        return cells(self._form) <= width

    def _beneath(self, width: int) -> int:
        """Rows of what is picked or written."""
        return 0

    def _keys(self) -> PaneRow:
        raise NotImplementedError

    def on_mount(self) -> None:
        """Fill in the question."""
        question = self.query_one("#question", Pane)
        question.can_focus = False
        question.show(lambda width: [PaneBlock(tuple(self._top(width)))])
        self.query_one("#keys", FixedRows).show(self._foot)
        self._share_out()

    def on_resize(self) -> None:
        """Share the rows out anew."""
        self._share_out()

    def _share_out(self) -> None:
        """Give the question what is left of the box, half of it at least, and the rest to what is beneath it."""
        box = self.app.size.height * 96 // 100 - AROUND
        width = min(WIDEST, self.app.size.width * 96 // 100) - BESIDE
        self.query_one(Vertical).border_title = Content(inert(self._form if self._is_framed(width) else ""))
        most = max(box - self._beneath(width), box // 2)
        self.query_one("#question").styles.max_height = most
        for beneath in self.query("#options, #text"):
            beneath.styles.max_height = box - min(len(self._top(width)), most)
        self.call_after_refresh(self.query_one("#keys", FixedRows).redraw)

    def _foot(self, width: int) -> list[PaneRow]:
        question = self.query_one("#question", Pane)
        more = row((" pgdn ", "key"), (self._say("read on") + "    ", "")) if question.max_scroll_y else ()
        return [(*more, *self._keys())]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where all of the question is in sight, its keys are left to what is beneath."""
        return action != "read" or bool(self.query_one("#question", Pane).max_scroll_y)

    def action_read(self, way: int) -> None:
        """A page of the question on or back."""
        self.query_one("#question", Pane).action_page(way)

    def action_back(self) -> None:
        """Close the dialog without an answer."""
        self.dismiss(cast(Answer, self.NOTHING))


class Confirm(_Asking[bool]):
    """A question with yes and no; without a yes, only something to read."""

    DEFAULT_CSS = BOX.format(name="Confirm") + "Confirm #question { margin-bottom: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes"),
        Binding("enter", "enter", "Yes"),
        Binding("n", "back", "No"),
        Binding("up,k", "scroll(-1)", "Up"),
        Binding("down,j", "scroll(1)", "Down"),
    ]
    NOTHING = False

    def __init__(
        self,
        question: str,
        sentences: Sequence[ToldPart],
        say: Say,
        *,
        yes: str = "yes",
        no: str = "no",
        deliberate: bool = False,
    ) -> None:
        """Sentences stand under the question; a `deliberate` yes is not to be had by pressing enter once too often."""
        super().__init__(question, say, sentences, "")
        self._deliberate, self._yes, self._no = deliberate, yes, no

    def compose(self) -> ComposeResult:
        """Question, keys."""
        with Vertical():
            yield Pane(id="question", classes="-bare")
            yield FixedRows(id="keys")

    def _keys(self) -> PaneRow:
        yes = ((" y ", "key"), (self._say(self._yes) + "    ", "")) if self._yes else ()
        return (*yes, (" esc ", "key"), (self._say(self._no), ""))

    def action_yes(self) -> None:
        """Close the dialog with a yes."""
        self.dismiss(True)

    def action_enter(self) -> None:
        """Yes, where enter will do."""
        if self._deliberate:
            self.app.bell()
        else:
            self.dismiss(True)

    def action_scroll(self, way: int) -> None:
        """Move what is asked."""
        self.query_one("#question", Pane).scroll_relative(y=way, animate=False)


class Choose(_Asking["str | None"]):
    """Pick one of several, by number or with the arrows."""

    DEFAULT_CSS = BOX.format(name="Choose") + "Choose #options { margin-bottom: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(number), f"number({number})", f"Pick {number}", show=False) for number in range(10)
    ]

    def __init__(
        self,
        title: str,
        options: Sequence[DialogOption],
        say: Say,
        *,
        sentence: str | Sequence[ToldPart] = "",
        name: str = "",
        by_key: bool = False,
        chosen: str | None = None,
    ) -> None:
        """A sentence may stand under the title; with `by_key`, options are numbers and a digit picks its own.

        The cursor begins on the option that is `chosen` so far.
        """
        super().__init__(title, say, sentence, name)
        self._options, self._by_key, self._chosen = options, by_key, chosen

    def compose(self) -> ComposeResult:
        """Title, options, keys."""
        with Vertical():
            yield Pane(id="question", classes="-bare")
            yield Pane(id="options", classes="-bare")
            yield FixedRows(id="keys")

    def on_mount(self) -> None:
        """Fill in the options."""
        pane = self.query_one("#options", Pane)
        pane.show(self._draw)
        if self._chosen is not None:
            pane.move_to(self._chosen)
        pane.focus()

    def _beneath(self, width: int) -> int:
        return sum(len(drawn.rows) for drawn in self._draw(width))

    def _keys(self) -> PaneRow:
        say = self._say
        return row((" enter ", "key"), (say("pick") + "    ", ""), (" esc ", "key"), (say("back"), ""))

    def _draw(self, width: int) -> list[PaneBlock]:
        drawn = []
        for number, option in enumerate(self._options, 1):
            face = f"{number} " if number < 10 and not self._by_key else "  "
            rows = para(option.label, width, indent=3, first=row((face, "key")))
            if option.note:
                rows.extend(para(option.note, width, "dim", indent=3))
            drawn.append(PaneBlock(tuple(rows), option.key))
        return [block(()), *drawn]

    @on(Pane.Picked)
    def _picked(self, event: Pane.Picked) -> None:
        self.dismiss(event.key)

    def action_number(self, number: int) -> None:
        """Pick by number."""
        if self._by_key:
            if any(option.key == str(number) for option in self._options):
                self.dismiss(str(number))
        elif 0 < number <= len(self._options):
            self.dismiss(self._options[number - 1].key)


class Write(_Asking["str | None"]):
    """A text; what was written is kept in `kept` under `about` until it is done."""

    DEFAULT_CSS = (
        BOX.format(name="Write")
        + """
    Write TextBox { height: 10; }
    Write LineInput { height: 3; }
    Write.-below { align: center bottom; background: $ink-ground 0%; }
    Write.-below TextBox { height: 6; }
    """
    )

    def __init__(
        self,
        title: str,
        say: Say,
        kept: dict[str, str],
        about: str,
        *,
        sentence: str | Sequence[ToldPart] = "",
        name: str = "",
        short: bool = False,
        none: str = "",
        anew: bool = False,
    ) -> None:
        """With `short`, one line, and enter is the way on; `none` is what writing nothing is called, if it can be.

        What is typed goes on from what is written there; of a line `anew`, such as a number, it takes the place.
        """
        super().__init__(title, say, sentence, name)
        self._kept, self._about, self._short, self._none, self._anew = kept, about, short, none, anew

    def compose(self) -> ComposeResult:
        """Title, a place to write, keys."""
        from crisis_sim.tui.widgets.text_inputs import LineInput, TextBox

        text = self._kept.get(self._about, "")
        with Vertical():
            yield Pane(id="question", classes="-bare")
            yield LineInput(text, id="text", anew=self._anew) if self._short else TextBox(text, id="text")
            yield FixedRows(id="keys")

    def on_mount(self) -> None:
        """Begin writing, behind what is written."""
        self._place.focus()
        self._place.at_end()

    @property
    def _place(self) -> LineInput | TextBox:
        return cast("LineInput | TextBox", self.query_one("#text"))

    def _beneath(self, width: int) -> int:
        return 3 if self._short else 6 if self.has_class("-below") else 10

    def _keys(self) -> PaneRow:
        say, send = self._say, "enter" if self._short else "ctrl+j"
        # Translators: an option, and what is to be known of it
        done = say("{label} ({note})", label=say("done"), note=self._none) if self._none else say("done")
        return row(
            (f" {send} ", "key"), (done, ""), "    ", (" esc ", "key"),
            (say("back, and keep what is written"), ""),
        )  # fmt: skip

    def on_input_changed(self) -> None:
        """Keep it, whatever closes this: play goes on while somebody writes."""
        self._kept[self._about] = self._place.words

    on_text_area_changed = on_input_changed

    @on(Input.Submitted)
    def _line_sent(self) -> None:
        self._send()

    def on_text_box_sent(self) -> None:
        """The page is done."""
        self._send()

    def _send(self) -> None:
        words = self._place.words
        if words or self._none:
            self._kept.pop(self._about, None)
            self.dismiss(words)
        else:
            self.app.bell()
