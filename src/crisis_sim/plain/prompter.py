"""Forms by ear: one question after the other, `back` to the one before, and what is half written is kept.

It asks whatever a form asks, in the form's order and words, and does what its answers make. What has been said of a
thing before is read as a list of which any part can be changed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from crisis_sim.engine.actions import AnyAction
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.done_blocks import done_blocks
from crisis_sim.pages.form import NO_SHEET, Form, FormAnswer, FormField, has_one_way
from crisis_sim.pages.move_form import NEW
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reader_forms import form_at, form_names
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.field_prompts import FieldPrompt
from crisis_sim.plain.options_read import answer_words, is_searched, notes_read, options_read
from crisis_sim.plain.typed import PromptOption, assent, counted, numeral
from crisis_sim.session.places import AnyHostAct
from crisis_sim.wording import _

GUESSES: Final = ("guess", "write")
"""Forms that are opened again and again, and begin with the same words."""
FEW: Final = 4
"""Questions up to which all are asked once more where all are answered; of more it is picked which."""


class FormCommand(NamedTuple):
    """A verb for one form, or for one of several about things of a kind."""

    name: str
    says: str
    opens: str
    """A form's name; with a colon at its end, those about things of a kind."""
    lacks: str = ""
    """What is said where there is none."""
    titled: bool = False
    """Its title says more than its verb."""


def opened(opens: str, names: Iterable[str]) -> list[str]:
    """The forms of all of `names` that a verb opens."""
    return [name for name in names if name == opens or (opens.endswith(":") and name.startswith(opens))]


class Prompter:
    """Fills in forms of one seat at one terminal."""

    def __init__(
        self,
        seat: Reader,
        console: Console,
        submit: Callable[[AnyAction | AnyHostAct], Awaitable[None]],
        refused: Callable[[ActionRefused], None],
    ) -> None:
        """`submit` asks for what a form makes; `refused` says why that was not done."""
        self.seat, self.console = seat, console
        self.submit, self.refused = submit, refused
        self.sheets: dict[str, dict[str, FormAnswer]] = {}
        """What is half written, by form."""
        self.outlasts = False
        """It is kept when somebody leaves."""
        self.known: set[str] = set()
        """What has been read out at this desk and is not again: notes, and options of what may be left out."""

    def show(self, page: Iterable[Block]) -> None:
        """Write a part of a page."""
        for line in lines_of(page, self.console.words):
            self.console.say(line)

    def names(self, of: FormCommand) -> list[str]:
        """The forms that a verb opens now; where it opens none, that is said by whoever runs it."""
        return opened(of.opens, form_names(self.seat))

    def choices(self, names: Sequence[str]) -> list[PromptOption]:
        """Forms about things of a kind as they are picked."""
        forms = {name: form_at(self.seat, name, {}) for name in names}
        return [
            PromptOption(name.partition(":")[2] or name, form.title) for name, form in forms.items() if form is not None
        ]

    async def run(self, of: FormCommand, rest: str) -> None:
        """Open the form of a verb, or the one of its forms that is picked. Raises Back."""
        names = self.names(of)
        if not names:
            self.console.tell(of.lacks or "That cannot be done now.")
            return
        name, rest = self.picked(names, rest) if of.opens.endswith(":") else (names[0], rest)
        await self.open(name, rest, titled=of.titled)

    def picked(self, names: Sequence[str], rest: str, *, alone: bool = True) -> tuple[str, str]:
        """One of several forms, by the number of its thing if that was typed, and what was typed behind it."""
        first, _space, more = rest.partition(" ")
        by_thing = {name.partition(":")[2] or name: name for name in names}
        thing = first if (number := counted(first)) is None else str(number)
        if thing in by_thing:
            return by_thing[thing], more.strip()
        if len(names) == 1 and alone:
            return names[0], rest
        picked = self.console.pick("Which one?", self.choices(names))
        return by_thing[picked or ""], rest

    async def open(
        self,
        name: str,
        typed: str = "",
        given: Mapping[str, FormAnswer] = NO_SHEET,
        *,
        titled: bool = False,
        leaves: str = "",
    ) -> bool:
        """Fill in a form, say what came of it, and go on to the move that it leads to; False where it is left."""
        form = await self.fill(name, typed, given, titled=titled, leaves=leaves)
        if form is None or form.makes is None:
            return False
        self.show(done_blocks(form.makes, self.seat.view(), self.seat.say))
        kind, _colon, move = form.then.partition(":")
        if kind == NEW:
            # Translators: a title above what follows
            self.console.tell("{title}:", title=self.seat.say.move(move))
            await self.open(NEW, given={"move": move})
        return True

    async def fill(
        self,
        name: str,
        typed: str = "",
        given: Mapping[str, FormAnswer] = NO_SHEET,
        *,
        titled: bool = False,
        leaves: str = "",
    ) -> Form | None:
        """Ask what a form asks until its answers are done; None where it is left for now. Raises Back.

        `typed` came with the command: answers, or a yes to what is final. What is `given` is not asked.
        """
        filling = _Filling(self, name, self._begun(name, given), given)
        typed = "" if name in self.sheets else typed  # what is half written goes on, and this was for another
        self.console.keeps_words = self.outlasts
        try:
            form = await self._filled(filling, typed, titled=titled, leaves=leaves)
        except BaseException:
            self.keep(name, filling.sheet)
            raise
        finally:
            self.console.keeps_words = False
        self.sheets.pop(name, None)
        return form

    async def _filled(self, filling: _Filling, typed: str, *, titled: bool, leaves: str) -> Form | None:
        form = filling.form()
        if not form.final or not assent(typed):
            filling.show(form, titled=titled)
        whole = filling.whole(typed, leaves) if form.fields else form
        if whole is None:
            return None
        form = whole
        while True:
            if form.makes is None:
                if form.lacks:
                    self.console.say(form.lacks)
                if not (form.lacks and form.fields):  # or somebody has said no
                    raise Back
                form = filling.changed()
                continue
            if form.final:
                self.console.confirm(form.final, typed)
            try:
                await self.submit(form.makes)
            except ActionRefused as refused:
                if not form.fields:
                    raise
                self.refused(refused)
                self.console.tell("Change what is in the way; {back} gives it up.", back=self.console.verb("back"))
                form = filling.changed()
            else:
                return form

    def _begun(self, name: str, given: Mapping[str, FormAnswer]) -> dict[str, FormAnswer]:
        """What is half written of it, if somebody goes on with it; else nothing but what is given. Raises Back."""
        half = self.sheets.get(name)
        if half is None:
            return dict(given)
        form = form_at(self.seat, name, half)
        if form is None:
            del self.sheets[name]
            return dict(given)
        self.console.tell("This is half written:")
        for field in form.fields:
            if field.name in half and field.said is not None:
                said = answer_words(field, self.console.words)
                self.console.tell("{head} {text}", indent=2, head=field.asks, text=said)
        ways = [
            PromptOption("on", self.console.words("Go on with it")),
            PromptOption("anew", self.console.words("Begin anew, and throw it away")),
        ]
        if self.console.pick("What do we do with it?", ways) == "on":
            return half | dict(given)
        del self.sheets[name]
        return dict(given)

    def keep(self, name: str, sheet: dict[str, FormAnswer]) -> None:
        """Keep what is half written, where that is more than a first answer; of a reading, that too."""
        form = form_at(self.seat, name, sheet)
        if form is not None and (is_worth(form, sheet) or (sheet and name.isdecimal())):
            self.sheets[name] = sheet
        else:
            self.sheets.pop(name, None)

    def half_written(self) -> Iterator[str]:
        """The forms of which something is half written and that can still be had."""
        for name, sheet in self.sheets.items():
            if form_at(self.seat, name, sheet) is not None:
                yield name


def is_worth(form: Form, sheet: Mapping[str, FormAnswer]) -> bool:
    """Whether somebody would miss it: words, or more than one answer."""
    said = [field for field in form.fields if field.name in sheet and field.said]
    return len(said) > 1 or any(field.kind == "text" for field in said)


class _Filling:
    """One form on its way: what is said, what has been asked, what has been read out."""

    def __init__(
        self, prompter: Prompter, name: str, sheet: dict[str, FormAnswer], given: Mapping[str, FormAnswer]
    ) -> None:
        self.console, self.seat, self.known = prompter.console, prompter.seat, prompter.known
        self._keeps, self.name, self.sheet, self.given = prompter.keep, name, sheet, given
        self._done = [*given, *(of for of in sheet if of not in given)]
        """The questions that are not asked again, the last one last."""
        self._shown: list[str] = []
        self._told: set[str] = set()
        self._notes: set[str] = set()
        """What has been read out with something to choose from."""

    def form(self) -> Form:
        """The form as it is now. Raises Back where it is not to be had any more."""
        form = form_at(self.seat, self.name, self.sheet)
        if form is None:
            self.console.tell("That cannot be done any more.")
            raise Back
        return form

    def show(self, form: Form, *, titled: bool = False) -> None:
        """Read out what is to be known, but what has been read out."""
        lines = [form.title] if titled else []
        lines += lines_of((*form.before, *(form.after if self._done else ())), self.console.words)
        heard = {form.final, *self._shown}
        for line in (each for each in lines if each not in heard and self._kept(each) not in self.known):
            if not any(note in line for note in self._notes):
                self.console.say(line)
        self._shown += lines
        self.known.update(filter(None, map(self._kept, lines)))

    def _kept(self, line: str) -> str:
        """What is not said again at this desk: what a form does, and of a move what advisers say of that very way."""
        if self.name in GUESSES or (self.name == NEW and "way" not in self.sheet):
            return line
        return "\n".join((line, str(self.sheet.get("move")), str(self.sheet["way"]))) if self.name == NEW else ""

    def whole(self, typed: str = "", leaves: str = "") -> Form | None:
        """Ask until nothing is open; None where the first question is left for now. Raises Back."""
        if self._is_said(self.form()):
            self.whole_again()
            return self.changed()
        while True:
            form = self.form()
            if not (form.final and assent(typed)):
                self.show(form)
            field = next(iter(self._due(form, typed)), None)
            if field is None:
                if typed and not (form.final and assent(typed) is not None):
                    self.console.tell("'{text}' is too much here, and is left out.", text=typed[:40])
                return form
            first = len(self._done) == len(self.given)
            try:
                said = self._ask(field, form, typed, leaves if first else "")
            except Back:
                typed = ""
                if first:
                    raise
                self._done.pop()
                continue
            if said is None:
                return None
            typed = said

    def _ask(self, field: FormField, form: Form, typed: str, leaves: str = "") -> str | None:
        """Ask one question; returns what was typed behind the answer, None where it is left for now."""
        follows, known = self._follows(field, form), frozenset(self.known)
        aside = [each for each in form.fields if each.aside]
        prompt = FieldPrompt(self.console, field, keeps=True, leaves=leaves, follows=follows, aside=aside, known=known)
        word, kept = self._mistyped(prompt, form, typed)
        answer, rest = prompt.asked(word)
        rest = rest or kept
        self.known |= {*options_read(field), *filter(None, (field.note, follows))}
        self.known |= set() if word else notes_read(field, answer)
        if answer is None:
            return None
        self.sheet[field.name] = answer
        self._keeps(self.name, self.sheet)
        if not (field.scale or is_searched(field)):
            self._notes.update(each.note for each in field.options if each.note)
        self._done = [*(name for name in self._done if name != field.name), field.name]
        return rest

    def _mistyped(self, prompt: FieldPrompt, form: Form, typed: str) -> tuple[str, str]:
        """What of a line is typed to a question, and what is kept for those after it though the question is asked.

        A word that is none of its answers is asked for anew, alone, where what follows answers another question; where
        nothing does, the line is words.
        """
        word, _space, behind = typed.partition(" ")
        if not behind or prompt.field.kind != "one" or is_searched(prompt.field) or prompt.begins(typed):
            return typed, ""
        after = [field for field in self._due(form, "") if field.name != prompt.field.name]
        if (prompt.field.scale and numeral(word)) or any(
            field.kind == "one" and FieldPrompt(self.console, field).begins(behind) for field in after
        ):
            return word, behind
        return ("", typed) if any(field.kind == "text" for field in after) else (typed, "")

    def changed(self) -> Form:
        """Let somebody change any of what is said, until it stands. Raises Back."""
        is_heard = False
        while True:
            form = self.form()
            rows = [field for field in form.fields if field.name not in self.given and not has_one_way(field)]
            say = self.console.words
            options = [PromptOption(field.name, field.asks, answer_words(field, say)) for field in rows]
            asks = _("Which of these do we change?")
            picked = self.console.pick(asks, options, none=_("it stands so"), new=frozenset() if is_heard else None)
            if picked is None:
                return form
            is_heard = True
            with suppress(Back):
                self._ask(next(field for field in rows if field.name == picked), form, "")
                self._done = [field.name for field in self.form().fields if field.said is not None]
                self.whole_again()
                self._tell_changed(picked)

    def _tell_changed(self, name: str) -> None:
        for field in (each for each in self.form().fields if each.name == name):
            self.console.tell("{head} {text}", head=field.asks, text=answer_words(field, self.console.words))

    def whole_again(self) -> None:
        """Ask what hangs on what was changed."""
        while (field := next(iter(self._due(form := self.form(), "")), None)) is not None:
            self.show(form)
            self._ask(field, form, "")

    def _is_said(self, form: Form) -> bool:
        """So much was said before that nobody wants to hear all of it again; it counts as asked."""
        said = [field.name for field in form.fields if field.said is not None and not has_one_way(field)]
        before = [name for name in said if name not in self._done]
        if len(said) <= FEW or not (before or form.action is not None):
            return False
        self._done += before
        return True

    def _due(self, form: Form, typed: str) -> list[FormField]:
        """The questions that are still asked; where an answer is typed already, words last."""
        due = [field for field in form.fields if self._is_due(field, typed)]
        if not typed or all(field.kind != "text" for field in due):
            return due
        is_number = numeral(typed.partition(" ")[0])
        places = {of.name: is_number or not of.scale or FieldPrompt(self.console, of).begins(typed) for of in due}
        return sorted(due, key=lambda field: (not places[field.name], field.kind == "text"))

    def _is_due(self, field: FormField, typed: str) -> bool:
        if field.name in self._done:
            return field.said is None and not field.aside
        if has_one_way(field):
            self._tell_way(field)
            return False
        return bool(typed or field.said) if field.aside else True

    def _tell_way(self, field: FormField) -> None:
        if field.name not in self._told:
            self._told.add(field.name)
            (only,) = field.options
            text = self.console.words("{label} ({note})", label=only.label, note=only.note) if only.note else only.label
            self.console.tell("{head} {text}", head=field.asks, text=text)

    def _follows(self, field: FormField, form: Form) -> str:
        """What can be answered in the same line, where some of it can be answered so alone."""
        first, *after = form.fields
        if field.name != first.name or not any(each.aside for each in after):
            return ""
        help, asks, say = self.console.verb("help"), one_after_another(each.asks for each in after), self.console.words
        return say("The same line may go on and answer these; {help} reads how: {asks}", help=help, asks=asks)
