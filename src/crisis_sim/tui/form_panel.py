"""Asks a form, one question at a time, with what has been answered quoted above. It makes no question itself.

A form is made anew of the sheet after every answer. What binds is never under the cursor first, and what can't be taken
back needs `y`.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Final, TypeAlias

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from crisis_sim.pages import blocks as b
from crisis_sim.pages.form import (
    Form,
    FormAnswer,
    FormField,
    FormOption,
    FormSheet,
    group_keys,
    has_one_way,
    is_searched,
    is_yes_or_no,
    option_keys,
)
from crisis_sim.pages.move_form import is_move
from crisis_sim.text import cells, clean, narrow
from crisis_sim.tui.drawing import SCALE_STEP, Ink, bar, track_text
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.pane import Pane
from crisis_sim.wording import Say

MakeForm: TypeAlias = Callable[[str, FormSheet], Form | None]
MAX_DIGIT: Final = 9
DIGITS: Final = frozenset("0123456789")
GO_ON_KEYS: Final = "ctrl+s,ctrl+enter,ctrl+j"
"""Where enter does something else; many terminals send enter for ctrl+enter, and some ctrl+j."""
MAX_PASTE_CHARS: Final = 20_000
DOOR_KEYS: Final = {"alone": "i", "off": "x"}
"""Keys of doors within a form, by what stands before the colon of their names."""
QUESTION_ROWS: Final = {"text": 12, "scale": 8, "number": 6}
"""Rows that a question needs, by its kind; what is told above it scrolls in the rest."""
MAX_OPTION_ROWS: Final = 18
NOTE_CELLS: Final = 66
"""Cells of an option up to which its note stands beside it, and not beneath."""


class WordsArea(TextArea):
    """Several lines of words; what is pasted is cleaned."""

    DEFAULT_CSS = """
    WordsArea, WordsArea:focus {
        border: round $ink-focus; background: $ink-panel; color: $ink-text; padding: 0 1; background-tint: transparent;
    }
    WordsArea .text-area--cursor-line { background: $ink-panel; }
    WordsArea .text-area--cursor { background: $ink-focus; color: $ink-ground; }
    WordsArea .text-area--selection { background: $ink-cursor; }
    """

    def on_paste(self, event: events.Paste) -> None:
        """Insert what is pasted without what a terminal would obey."""
        event.stop()
        event.prevent_default()
        self.insert(clean(event.text[:MAX_PASTE_CHARS], lines=True))


class WordsLine(Input):
    """One line of words; what is pasted is cleaned."""

    DEFAULT_CSS = """
    WordsLine, WordsLine:focus {
        border: round $ink-focus; background: $ink-panel; color: $ink-text; background-tint: transparent;
    }
    WordsLine > .input--cursor { background: $ink-focus; color: $ink-ground; text-style: none; }
    WordsLine > .input--placeholder { color: $ink-dim; }
    WordsLine > .input--selection { background: $ink-cursor; }
    """

    def __init__(self, value: str = "", *, id: str | None = None, placeholder: str = "", max_length: int = 0) -> None:
        """What stands there already is written on, and not replaced; 0 characters are no limit."""
        super().__init__(value, placeholder, id=id, max_length=max_length, select_on_focus=False)
        self.yields_digits = False
        """A digit that comes first is a key of the screen."""

    def on_key(self, event: events.Key) -> None:
        """Leave a first digit to the screen, where one picks something."""
        if self.yields_digits and not self.value and narrow(event.character or "") in DIGITS:
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Insert what is pasted without what a terminal would obey."""
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(clean(event.text[:MAX_PASTE_CHARS], lines=False))


class FormPanel(Vertical):
    """One form at a time; the screen that holds it does what its answers make."""

    DEFAULT_CSS = """
    FormPanel { height: 1fr; max-width: 92; padding: 0 1; }
    .-tall FormPanel { padding: 1; }
    FormPanel #told { height: auto; border-left: none; padding: 0; }
    FormPanel #asks { height: auto; color: $ink-head; text-style: bold; margin-top: 1; max-width: 84; }
    FormPanel #note { height: auto; color: $ink-dim; max-width: 84; }
    FormPanel #gauge { height: auto; margin-top: 1; max-width: 84; }
    FormPanel OptionList {
        height: auto; max-height: 1fr; border: none; padding: 0; background: $ink-ground; color: $ink-text;
        scrollbar-size: 1 1; scrollbar-color: $ink-edge; scrollbar-background: $ink-ground; max-width: 84;
    }
    FormPanel OptionList:focus { border: none; background-tint: transparent; }
    FormPanel OptionList > .option-list--option-highlighted {
        background: $ink-cursor; color: $ink-strong; text-style: bold;
    }
    FormPanel OptionList > .option-list--option-disabled { color: $ink-dim; text-style: none; }
    FormPanel OptionList > .option-list--option-hover { background: $ink-cursor; }
    FormPanel WordsArea { height: 1fr; min-height: 8; max-height: 14; }
    FormPanel WordsArea, FormPanel WordsLine { max-width: 84; }
    FormPanel Button, FormPanel Button:hover { background: $ink-bar; color: $ink-key; text-style: bold; }
    FormPanel Button:focus {
        background: $ink-cursor; color: $ink-strong; text-style: bold; background-tint: transparent;
    }
    """

    class Completed(Message):
        """All is answered, and is to be done."""

        def __init__(self, form: Form) -> None:
            """The form with what it makes."""
            super().__init__()
            self.form = form

    class Closed(Message):
        """Somebody went back from the first question, or the form is no more to be had."""

        def __init__(self, *, is_gone: bool = False) -> None:
            """Whether it is no more to be had."""
            super().__init__()
            self.is_gone = is_gone

    class QuestionChanged(Message):
        """Another question is asked, or another door opened; keys are others."""

    def __init__(
        self,
        make: MakeForm,
        name: str,
        answers: MutableMapping[str, FormAnswer],
        drafts: MutableMapping[str, str],
        say: Say,
        *,
        acts: bool = True,
    ) -> None:
        """`make` builds the form of a sheet; `drafts` keeps words that are not sent yet, by `form/field`.

        With `acts` off what is asked makes no action: a form is whole once all of it is answered.
        """
        super().__init__()
        self._make, self._say, self._drafts, self._acts = make, say, drafts, acts
        self.form_name, self.sheet = name, answers
        self.form: Form | None = None
        self.field: FormField | None = None
        self._trail: list[str] = []
        self._reopened = ""
        self._picked: list[str] = []
        self._dot: int | None = None
        self._typed = ""
        self._filter = ""
        self._open_groups = set[str]()
        """Groups of folded options that somebody has opened."""
        self.context: tuple[b.Block, ...] = ()
        """What is about it on the page below, and stays in sight."""
        self._drawn_for = Size(0, 0)

    def compose(self) -> ComposeResult:
        """What is told, the question, and every way to answer one."""
        yield Pane(id="told", classes="-bare")
        yield Static(id="asks", markup=False)
        yield Static(id="note", markup=False)
        yield WordsLine(id="line")
        yield OptionList(id="options", markup=False)
        yield WordsArea(id="words", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        yield Button(self._say("go on", "a key"), id="go-on", compact=True)
        yield Static(id="gauge", markup=False)

    def on_mount(self) -> None:
        """Ask the first question."""
        self.ask()

    def on_resize(self) -> None:
        """What is told has the rows that the question leaves, and so have the options."""
        if self._drawn_for == self.size:  # only what lies in it has become larger or smaller
            return
        self._drawn_for = self.size
        if self.form is not None and self.kind in ("one", "search", "many", "order"):
            self._show_options()
        self._share_rows()

    def open(self, name: str, answers: MutableMapping[str, FormAnswer]) -> None:
        """Ask another form."""
        self.form_name, self.sheet = name, answers
        self._trail, self._reopened = [], ""
        self.ask()

    # which question

    def ask(self, *, answered: bool = False) -> None:
        """Build the form of what is answered, and ask what comes next; where all is `answered` now, it is done."""
        form = self._make(self.form_name, self.sheet)
        if form is None:
            self.post_message(self.Closed(is_gone=True))
            return
        was_reopened, self._reopened = bool(self._reopened and answered), "" if answered else self._reopened
        self.form, self.field = form, self._next_field(form)
        if answered and self.field is None and not was_reopened and self._is_done_at_once(form):
            self.post_message(self.Completed(form))
        self._picked = list(self.field.answer or ()) if self.field and self.field.kind in ("many", "order") else []
        if self.field is not None and self.field.kind == "order" and not self._picked:
            self._picked = self._drafted_order([option.name for option in self.field.options])
        answer = self.field.answer if self.field is not None else None
        self._typed = str(answer) if self.field is not None and self.field.kind == "number" and answer else ""
        self._dot = (
            next((place for place, option in enumerate(self.field.options) if option.name == answer), None)
            if self.field
            else None
        )
        self._filter, self._open_groups = "", set()
        self._show()

    def _drafted_order(self, names: list[str]) -> list[str]:
        """The order in which they were left, if they were carried."""
        drafted = self._drafts.get(self._draft_key, "").split("\n")
        return drafted if sorted(drafted) == sorted(names) else names

    def _next_field(self, form: Form) -> FormField | None:
        if len(form.fields) == 1 and form.fields[0].name not in self.sheet:
            return form.fields[0]
        again = next((field for field in form.fields if field.name == self._reopened), None)
        return again or next((field for field in form.fields if field.answer is None and not field.aside), None)

    def _is_ready(self, form: Form) -> bool:
        """All is answered, and can be done."""
        if self._acts:
            return form.makes is not None
        return not form.lacks and all(field.answer is not None or field.aside for field in form.fields)

    def _is_done_at_once(self, form: Form) -> bool:
        """A move is looked at once more before it is sealed, and what can't be taken back is asked once more."""
        is_composed = is_move(form.name) and any(field.kind == "text" for field in form.fields)
        return self._is_ready(form) and not form.final and not is_composed

    def renew(self) -> None:
        """What is told may have changed; the question stays as it is."""
        form = self._make(self.form_name, self.sheet)
        if form is None:
            self.post_message(self.Closed(is_gone=True))
            return
        self.form = form
        self._show_notes()

    # drawing

    @property
    def _ink(self) -> Ink:
        return Ink(self.app.theme)

    def _show(self) -> None:
        self._show_notes()
        field, form = self.field, self.form
        assert form is not None
        kind = self.kind
        final = form.final if form.final != form.title and not form.lacks else ""
        asks = field.asks if field else final
        self.query_one("#asks", Static).update(clean(asks, lines=False))
        self.query_one("#note", Static).update(clean(field.note if field else "", lines=False))
        self.query_one("#note").display = bool(field and field.note)
        self.query_one("#asks").display = bool(asks)
        words, line, options = (self.query_one(f"#{name}") for name in ("words", "line", "options"))
        words.display, line.display = kind == "text", kind in ("short", "search")
        self.query_one("#go-on").display = kind == "text"
        options.display = kind in ("one", "search", "many", "order", "ends")
        self.query_one("#gauge").display = kind in ("scale", "number")
        if kind == "text":
            self._fill(self.query_one(WordsArea))
            words.focus()
        elif line.display:
            input_line = self.query_one(WordsLine)
            input_line.yields_digits = kind == "search"
            input_line.placeholder = self._say("search", "a key") if kind == "search" else ""
            input_line.value = "" if kind == "search" else clean(self._draft(), lines=False)
            line.focus()
        if options.display:
            self._show_options()
            if kind != "search":
                options.focus()
        if kind in ("scale", "number"):
            self._show_gauge()
            self.query_one("#told").focus()
        self._share_rows()
        self.post_message(self.QuestionChanged())

    @property
    def kind(self) -> str:
        """How the question at hand is answered; `ends` where none is."""
        if self.field is None:
            return "ends"
        field = self.field
        if field.kind == "one" and field.scale:
            return "scale"
        if field.kind == "text":
            return "short" if field.short else "text"
        return "search" if is_searched(field) else field.kind

    @property
    def _notes_below(self) -> bool:
        """There is no room for every option with its note: the one under the cursor says it beneath the question."""
        return self.kind == "search" or (
            self.field is not None and 2 * len(self.field.options) + 5 > self.size.height > 0
        )

    def _share_rows(self) -> None:
        if self.form is None or not self.size.height:
            return
        rows = self.query_one(OptionList).option_count + 4
        need = QUESTION_ROWS.get(self.kind, min(rows, MAX_OPTION_ROWS))
        self.query_one("#told").styles.max_height = max(self.size.height - need, 4)

    def _show_notes(self) -> None:
        """What is read before, what has been answered, what is to be known of it."""
        assert self.form is not None
        form = self.form
        is_said_elsewhere = form.title == (self.field.asks if self.field else form.final)
        blocks: list[b.Block] = [*self.context, *([] if is_said_elsewhere else [b.Heading(form.title)]), *form.intro]
        for field in form.fields:
            is_told = field is not self.field and field.answer is not None and not field.aside
            if is_told and self.kind != "ends" and not self._shares_gauge(field):
                blocks.append(b.Paragraph(b.line(b.Span(f"{field.asks} ", "quiet"), self.answer_text(field))))
        blocks += form.notes
        if form.lacks:
            blocks.append(b.prose(form.lacks, "bad"))
        pane = self.query_one("#told", Pane)
        pane.show(blocks)
        pane.title = ""

    def answer_text(self, field: FormField) -> str:
        """An answer as people read it."""
        labels = {option.name: option.label for option in field.options}
        if not field.answer:
            return field.skip_label or "–"
        names = (field.answer,) if isinstance(field.answer, str) else field.answer
        return " · ".join(labels.get(name, name) for name in names)

    def _draft(self) -> str:
        assert self.field is not None
        answer = self.field.answer
        return self._drafts.get(self._draft_key) or (answer if isinstance(answer, str) else "")

    @property
    def _draft_key(self) -> str:
        return f"{self.form_name}/{self.field.name if self.field else ''}"

    def _fill(self, words: TextArea) -> None:
        draft = clean(self._draft(), lines=True)
        if words.text != draft:
            words.load_text(draft)
            words.move_cursor(words.document.end)

    # options

    def _offered(self) -> list[FormOption]:
        """The options that are listed, those that were searched for first."""
        if self.field is None:
            return []
        if self.field.kind == "order":
            by_name = {option.name: option for option in self.field.options}
            return [by_name[name] for name in self._picked]
        terms = narrow(self._filter).casefold().split()
        return [
            option
            for option in self.field.options
            if (terms or not option.folded or option.group in self._open_groups)
            and all(
                word in f"{option.label} {option.note} {option.group} {option.search_words}".casefold()
                for word in terms
            )
        ]

    def _match(self, option: FormOption) -> int:
        """How an option has what was searched for: as words of its label, in that, in its other names, elsewhere."""
        terms, label = narrow(self._filter).casefold().split(), option.label.casefold()
        places = (label.split(), label, f"{label} {option.search_words.casefold()}")
        return next((rank for rank, place in enumerate(places) if all(term in place for term in terms)), len(places))

    def _show_options(self) -> None:
        options, ink = self.query_one(OptionList), self._ink
        old_option = options.highlighted_option
        options.clear_options()
        if self.field is None:
            self._show_ends(options, ink)
            return
        rows: list[Option] = []
        field, group = self.field, ""
        keys = {name: key for key, name in option_keys(field).items()}
        if field.kind == "order":
            keys = {name: str(place) for place, name in enumerate(self._picked, 1)}
        if field.skip_label or field.kind == "many":
            label = field.skip_label if field.skip_label and not self._picked else self._say("go on", "a key")
            if not self._filter:
                rows.append(Option(self._row("0", label, ""), id="none"))
        offered = self._offered()
        groups = {} if self._filter else {name: key for key, name in group_keys(field).items()}
        for option in field.options if groups else offered:
            if option.group != group:
                group = option.group
                rows.append(self._group_row(group, groups.get(group), ink))
            if option not in offered:
                continue
            key = keys.get(option.name, "")
            face = key if key in DIGITS and not self._filter else ""
            mark = "" if field.kind != "many" else "[x] " if option.name in self._picked else "[ ] "
            note = option.closed or ("" if self._notes_below else option.note)
            rows.append(
                Option(self._row(face, mark + option.label, note), id=f"={option.name}", disabled=bool(option.closed))
            )
        if self._filter and not rows:
            rows.append(
                Option(ink.text(self._say("Nothing has these words. Delete some of them."), "quiet"), disabled=True)
            )
            self.query_one("#note").display = False
        options.add_options(rows)
        wanted = old_option.id if old_option is not None and old_option.id else None
        if wanted is None and field.cursor is not None:
            wanted = f"={field.cursor}" if field.cursor else "none"
        if self._filter:
            able = [option for option in offered if not option.closed]
            wanted = f"={min(able, key=self._match).name}" if able else None
        cursor = next((place for place, row in enumerate(rows) if row.id == wanted), None)
        options.highlighted = cursor if cursor is not None or field.kind != "order" else 0

    def _group_row(self, group: str, key: str | None, ink: Ink) -> Option:
        """The name of a group, which opens and closes it where it has a key."""
        if key is None:
            return Option(ink.text(group, "quiet"), disabled=True)
        mark = "▾" if group in self._open_groups else "▸"
        return Option(self._row(key if key in DIGITS else "", f"{mark} {group}", ""), id=f"+{group}")

    def _row(self, face: str, label: str, note: str) -> RenderableType:
        ink, grid = self._ink, Grid.grid(padding=(0, 1))
        grid.add_column(width=3)
        text = ink.text(label)
        if note:
            text += ink.text(f"\n{note}" if cells(label + note) > NOTE_CELLS else f"   {note}", "quiet")
        grid.add_row(ink.label(face, "key"), text)
        return grid

    def _show_ends(self, options: OptionList, ink: Ink) -> None:
        """What ends the form, what else can be done, and every answer, to be changed."""
        form, rows, digit = self.form, [], 0
        assert form is not None
        for field in form.fields:
            if field.answer is not None and not has_one_way(field):
                text = ink.text(f"    {field.asks} ", "quiet") + ink.text(self.answer_text(field))
                rows.append(Option(text, id=f"again {field.name}"))
        first = len(rows)
        if self._is_ready(form) and form.submit:
            digit += not form.final
            rows.append(Option(self._row("y" if form.final else str(digit), form.submit, ""), id="submit"))
        for link in form.links:
            digit += 1
            rows.append(
                Option(
                    self._row(str(digit), link.label, link.closed), id=f"door {link.name}", disabled=bool(link.closed)
                )
            )
        rows.append(Option(self._row("esc", self._say("back", "a key"), ""), id="back"))
        options.add_options(rows)
        is_free = self._is_ready(form) and form.submit and not form.final and form.name != "consent"
        options.highlighted = first if is_free else None

    # gauge and number

    def _show_gauge(self) -> None:
        field, ink, form = self.field, self._ink, self.form
        assert field is not None and form is not None
        gauge = self.query_one("#gauge", Static)
        if field.kind == "number":
            hint = self._say("Type 0 to {most}.", most=field.maximum)
            typed = ink.text(self._typed, "strong") if self._typed else ink.text(hint, "quiet")
            parts: list[RenderableType] = []
            if field.maximum <= 100:
                parts.append(ink.text(f"{bar(int(self._typed or 0), 0, field.maximum)}  ") + typed)
            else:
                parts.append(typed)
            preview = self._make(self.form_name, {**self.sheet, field.name: self._typed}) if self._typed else None
            parts += [
                ink.text(block.line) for block in (preview.notes if preview else ()) if isinstance(block, b.Paragraph)
            ]
            gauge.update(Group(*parts))
            return
        dot = self._dot
        grid = Grid.grid(padding=(0, 2))
        peers = [peer for peer in form.fields if peer is not field and self._shares_gauge(peer)]
        for peer in peers:
            place = [option.name for option in peer.options].index(str(peer.answer))
            label = peer.options[place].label
            grid.add_row(ink.text(peer.asks, "quiet"), ink.text(self._track(place)), ink.text(label, "quiet"))
        start, end = (_without_number(option.label) for option in (field.options[0], field.options[-1]))
        edge = ink.text(start, "quiet")
        edge.justify = "right"
        grid.add_row(edge, ink.text(self._track(dot), "strong"), ink.text(end, "quiet"))
        grid.add_row("", ink.label((" " * (self._step - 1)).join(self._digits()), "key"))
        pick = field.options[dot] if dot is not None else None
        text = ink.text((b.Span(pick.label, "strong"), b.Span(f"   {pick.note}", "quiet"))) if pick else ink.text("")
        gauge.update(Group(grid, text))

    def _shares_gauge(self, other: FormField) -> bool:
        """Whether another answer stands on the same scale as the question at hand."""
        field = self.field
        is_scale = field is not None and field.scale and other.scale and bool(other.answer)
        return is_scale and [option.name for option in other.options] == [option.name for option in field.options]  # type: ignore[union-attr]  # it is a scale

    @property
    def _step(self) -> int:
        return SCALE_STEP if self.field is not None and len(self.field.options) < MAX_DIGIT else 2

    def _track(self, dot: int | None) -> str:
        """The places of the scale at hand, with a dot on one."""
        assert self.field is not None
        names = [option.name for option in self.field.options]
        low = int(names[0]) if _are_numbers(names) else 0
        return track_text(None if dot is None else low + dot, low, low + len(names) - 1, self._step)

    def _digits(self) -> str:
        """The digit under each place of a scale that has one."""
        assert self.field is not None
        keys = {name: key for key, name in option_keys(self.field).items() if len(key) == 1}
        return "".join(keys.get(option.name, " ") for option in self.field.options)

    # keys

    def answer_keys(self) -> list[KeyBinding]:
        """The keys that answer the question at hand; letters are words where somebody writes."""
        kind, form = self.kind, self.form
        bindings: list[KeyBinding] = []

        def key(keys: str, does: str, label: str, help_text: str, *, foot: bool = True, shown: str = "") -> None:
            bindings.append(KeyBinding(keys, f"form_key('{does}')", label, help_text, foot, shown))

        match kind:
            case "text":
                key(
                    GO_ON_KEYS,
                    "send",
                    "go on",
                    "Words done, as by ctrl+enter where a terminal has it; enter is a new line",
                )
            case "search":
                key("enter", "pick", "choose", "Choose what is under the cursor and go on")
                for name in ("down", "up", "pagedown", "pageup"):
                    key(name, name, name, "", foot=False)
            case "short":
                key("enter", "send", "go on", "Words done")
            case "scale":
                is_hostility = self.field is not None and self.field.options[0].name.startswith("-")
                key("left,h", "left", "friendlier" if is_hostility else "less", "The dot one place to the left")
                key("right,l", "right", "more hostile" if is_hostility else "more", "The dot one place to the right")
                if self._dot is not None:
                    key("enter", "send", "take it", "Take the place of the dot")
            case "number":
                key("right,plus", "more", "ten more", "Ten percent more; the first time 50", foot=False)
                key("left,minus", "less", "ten less", "Ten percent less; the first time 50", foot=False)
                key("backspace", "untype", "take back", "Take back what was typed", foot=False)
                if self._typed:
                    key("enter", "send", "take it", "Seal the percent that were typed, and go on to the next question")
            case "many":
                key("space", "mark", "mark", "Mark or unmark what is under the cursor")
                key(GO_ON_KEYS, "send", "go on", "Go on with what is marked")
            case "order":
                key("K,shift+up", "carry up", "carry up", "Carry it up")
                key("J,shift+down", "carry down", "carry down", "Carry it down")
                key(f"enter,{GO_ON_KEYS}", "send", "go on", "The order is as we want it")
            case "one" if self.field is not None and is_yes_or_no(self.field):
                key("y", "pick_yes", "yes", "Yes")
                key("n", "pick_no", "no", "No")
            case "ends" if form is not None and form.final and self._is_ready(form):
                key("y", "submit", "yes", "Do it; it can't be taken back")
        if kind in ("one", "many", "order", "ends", "scale", "number", "search"):
            for digit in range(MAX_DIGIT + 1):
                key(str(digit), f"digit {digit}", str(digit), "", foot=False)
        if kind not in ("text", "short", "search") and form is not None:
            for field in form.fields:
                if field.aside and self.field is not field:
                    key("t", f"again {field.name}", "touches our line", "Say which line of ours it touches")
            for link in form.links:
                letter = DOOR_KEYS.get(link.name.partition(":")[0], "")
                if letter and not link.closed:
                    bindings.append(KeyBinding(letter, f"form_key('door {link.name}')", letter, "", False))
            if form.name == "consent":
                key("a", "submit", "agree", "We have read this, and agree")
        if kind == "text":
            key("tab", "next panel", "next panel", "Go to the next panel")
        key("escape", "back", "back", "A step back; from the first step, leave and keep the move half written")
        if self.sheet or self._drafts.get(self._draft_key):
            key("ctrl+d", "throw_away", "throw away", "Throw this half-written move away", foot=False)
        return bindings

    def press(self, does: str) -> None:
        """Do what a key of the table does."""
        command, _space, rest = does.partition(" ")
        match command:
            case "digit":
                self._digit(int(rest))
            case "send":
                self._send()
            case "pick":
                self.query_one(OptionList).action_select()
            case "down" | "up":
                getattr(self.query_one(OptionList), f"action_cursor_{command}")()
            case "pagedown" | "pageup":
                getattr(self.query_one(OptionList), f"action_page_{command[4:]}")()
            case "pick_yes" | "pick_no":
                self.answer(command.removeprefix("pick_"))
            case "left" | "right":
                self._move_dot(1 if command == "right" else -1)
            case "more" | "less":
                self._step_number(10 if command == "more" else -10)
            case "untype":
                self._typed = self._typed[:-1]
                self._show_half_answer()
            case "mark":
                option = self.query_one(OptionList).highlighted_option
                if option is not None and option.id and option.id.startswith("="):
                    self._toggle(option.id[1:])
            case "carry":
                self._carry(-1 if rest == "up" else 1)
            case "submit" if self.form is not None and self._is_ready(self.form) and self.kind == "ends":
                self.post_message(self.Completed(self.form))
            case "again":
                self._reopened = rest
                self.ask()
            case "door":
                self.post_message(self.LinkPicked(rest))
            case "next":
                self.screen.focus_next()
            case "back":
                self.go_back()

    class LinkPicked(Message):
        """Another form is asked for from within this one."""

        def __init__(self, name: str) -> None:
            """The name of that form."""
            super().__init__()
            self.name = name

    def go_back(self) -> None:
        """Ask the question before once more; from the first, leave. What was written stays."""
        if self._reopened:
            self._reopened = ""
            self.ask()
            return
        if not self._trail:
            self.post_message(self.Closed())
            return
        name = self._trail.pop()
        answer = self.sheet.pop(name, None)
        field = next((field for field in self.form.fields if field.name == name), None) if self.form else None
        if field is not None and field.kind == "text" and isinstance(answer, str):
            self._drafts[f"{self.form_name}/{name}"] = answer
        self.ask()
        if self.field is None or self.field.name != name:  # it holds without being answered: ask it all the same
            self._reopened = name
            self.ask()

    def answer(self, answer: FormAnswer) -> None:
        """Answer the question at hand, and go on."""
        if self.field is None:
            return
        name = self.field.name
        self._drafts.pop(self._draft_key, None)
        self.sheet[name] = answer
        self._trail.append(name)
        self.ask(answered=True)
        if answer == "no" and self._comes_to_nothing():
            del self.sheet[name]  # whoever is not sure after all is asked again another time
            self.post_message(self.Closed())

    def _comes_to_nothing(self) -> bool:
        """All is answered, and nothing is done."""
        return self.form is not None and self.field is None and not (self.form.makes or self.form.lacks)

    def _send(self) -> None:
        field = self.field
        if field is None:
            return
        match self.kind:
            case "text" | "short":
                words = self.query_one(WordsArea).text if self.kind == "text" else self.query_one(WordsLine).value
                words = clean(words, lines=self.kind == "text").strip()
                if words or field.skip_label:
                    self.answer(words)
            case "scale" if self._dot is not None:
                self.answer(field.options[self._dot].name)
            case "number" if self._typed:
                self.answer(self._typed)
            case "many" if self._picked or field.skip_label:
                self.answer(tuple(self._picked))
            case "order":
                self.answer(tuple(self._picked))

    def _digit(self, digit: int) -> None:
        """Pick by a digit; where a number is asked, it is a digit of it."""
        field = self.field
        if self.kind == "number":
            assert field is not None
            longer = int(f"{self._typed}{digit}")
            self._typed = str(longer if longer <= field.maximum else digit)
            self._show_half_answer()
        elif self.kind == "order":
            self._carry_to(digit - 1)
        elif self.kind == "ends":
            assert self.form is not None
            has_submit = bool(self._is_ready(self.form) and self.form.submit and not self.form.final)
            if digit == 1 and has_submit:
                self.post_message(self.Completed(self.form))
            elif 0 < digit - has_submit <= len(self.form.links):
                self._chosen(f"door {self.form.links[digit - has_submit - 1].name}")
        elif field is not None and (name := option_keys(field).get(str(digit))):
            if any(option.name == name for option in self._offered()):
                self._chosen(f"={name}")
        elif field is not None and (group := group_keys(field).get(str(digit))):
            self._chosen(f"+{group}")
        elif digit == 0:
            self._chosen("none")

    @on(Button.Pressed)
    def _button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.press("send")

    @on(OptionList.OptionSelected)
    def _option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._chosen(event.option.id or "")

    def _chosen(self, option_id: str) -> None:
        if self.field is None:
            if option_id == "submit" and self.form is not None and not self.form.final:
                self.post_message(self.Completed(self.form))
            elif option_id.startswith(("again ", "door ")) or option_id == "back":
                self.press(option_id)
        elif option_id.startswith("+"):
            self._open_groups ^= {option_id[1:]}
            self._show_options()
            self.point_at(option_id)
            self.query_one(WordsLine).focus()  # where a click on the list has taken it from
        elif option_id == "none":
            if self.field.kind == "many":
                self._send()
            elif self.field.skip_label:
                self.answer("")
        elif self.field.kind == "many":
            self._toggle(option_id[1:])
        elif self.field.kind == "one":
            self.answer(option_id[1:])

    def _toggle(self, name: str) -> None:
        assert self.field is not None
        if name in self._picked:
            self._picked.remove(name)
        elif len(self._picked) < self.field.maximum:
            self._picked.append(name)
        self._show_options()

    def point_at(self, option_id: str) -> None:
        """Put the cursor on a row: an option is `=` and its name, a group `+` and its name."""
        options = self.query_one(OptionList)
        places = [row for row in range(options.option_count) if options.get_option_at_index(row).id == option_id]
        options.highlighted = places[0] if places else options.highlighted

    def _carry(self, way: int) -> None:
        row = self.query_one(OptionList).highlighted
        if row is not None:
            self._carry_to(row + way)

    def _carry_to(self, place: int) -> None:
        options = self.query_one(OptionList)
        row = options.highlighted
        if row is not None and 0 <= place < len(self._picked):
            self._picked.insert(place, self._picked.pop(row))
            self._drafts[self._draft_key] = "\n".join(self._picked)
            self._show_options()
            options.highlighted = place

    def _move_dot(self, way: int) -> None:
        assert self.field is not None
        last = len(self.field.options) - 1
        self._dot = last // 2 if self._dot is None else min(max(self._dot + way, 0), last)
        self._show_half_answer()

    def _step_number(self, step: int) -> None:
        if self.field is not None and self.field.maximum == 100:
            self._typed = str(min(max(int(self._typed) + step, 0), 100)) if self._typed else "50"
            self._show_half_answer()

    def _show_half_answer(self) -> None:
        """Show where the dot stands or what is typed, and the keys that this leaves."""
        self._show_gauge()
        self.post_message(self.QuestionChanged())

    # words

    @on(TextArea.Changed, "#words")
    def _words_changed(self, event: TextArea.Changed) -> None:
        if self.kind == "text":
            self._drafts[self._draft_key] = event.text_area.text

    @on(Input.Changed, "#line")
    def _line_changed(self, event: Input.Changed) -> None:
        if self.kind == "short":
            self._drafts[self._draft_key] = event.value
        elif self.kind == "search":
            self._filter = event.value
            self._show_options()

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Of many options the one under the cursor says what it is."""
        event.stop()
        if self._notes_below and self.field is not None and not self.field.note:
            option = next((option for option in self.field.options if f"={option.name}" == event.option.id), None)
            note = self.query_one("#note", Static)
            note.update(Text(clean(option.note if option else "", lines=False)))
            note.display = bool(option and option.note)


def _are_numbers(names: list[str]) -> bool:
    return all(name.lstrip("-").isdecimal() for name in names)


def _without_number(label: str) -> str:
    """What a place of a scale is called, without its number."""
    number, _space, words = label.partition(" ")
    return words if words and number.lstrip("+−-").isdecimal() else label
