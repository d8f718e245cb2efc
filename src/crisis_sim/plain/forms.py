"""Forms by ear: one question after the other, `back` to the one before, and what is half written is kept.

It asks whatever a form asks, in the form's order and words, and does what its answers make. What has been answered of a
thing before is read as a list of which any part can be changed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Final

from crisis_sim.engine.actions import Advance, AnyAction
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.company_words import has_colleague, label_at, people_at
from crisis_sim.pages.confirmation_blocks import done_blocks
from crisis_sim.pages.form import NO_SHEET, Form, FormAnswer, FormField, FormOption, FormSheet, has_one_way
from crisis_sim.pages.form_lines import answer_words, option_words
from crisis_sim.pages.move_form import NEW
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reader_forms import form_at
from crisis_sim.pages.refusals import outdated
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.fields import FieldPrompt, Understood, pick, understand
from crisis_sim.plain.typed import assent, numeral
from crisis_sim.session.places import AnyHostAct
from crisis_sim.wording import _

FEW: Final = 4
"""Questions up to which all are asked once more where all are answered; of more it is picked which."""


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

    def show(self, blocks: Sequence[Block]) -> None:
        """Write a part of a page."""
        for line in lines_of(blocks, self.console.words):
            self.console.say(line)

    async def open(
        self, name: str, typed: str = "", preset: FormSheet = NO_SHEET, *, titled: bool = True, leaves: str = ""
    ) -> bool:
        """Fill in a form, say what came of it, and go on to the move that it leads to; False where it is left.

        Raises Back.
        """
        form = await self.fill(name, typed, preset, titled=titled, leaves=leaves)
        if form is None or form.makes is None:
            return False
        self.show(tuple(done_blocks(form.makes, self.seat.view(), self.seat.say)))
        kind, _colon, move = form.next_form.partition(":")
        if kind == NEW:
            # Translators: a title above what follows
            self.console.tell("{title}:", title=self.seat.say.move(move))
            await self.open(NEW, preset={"move": move}, titled=False)
        return True

    async def fill(
        self, name: str, typed: str = "", preset: FormSheet = NO_SHEET, *, titled: bool = True, leaves: str = ""
    ) -> Form | None:
        """Ask what a form asks until its answers are done; None where it is left for now. Raises Back.

        `typed` came with the command: answers, or a yes to what is final. What is `preset` is not asked. `leaves` says
        what Enter does at its first question, where that leaves the form.
        """
        typed = "" if name in self.sheets else typed  # what is half written goes on, and this was for another
        filling = _Filling(self, name, self._begin(name, preset), preset)
        self.console.keeps_words = self.outlasts
        try:
            form = await self._submitted(filling, typed, titled=titled, leaves=leaves)
        except BaseException:
            self.keep(name, filling.sheet)
            raise
        finally:
            self.console.keeps_words = False
        self.sheets.pop(name, None)
        return form

    async def _submitted(self, filling: _Filling, typed: str, *, titled: bool, leaves: str) -> Form | None:
        form, asked_in = filling.form(), self._phase()
        if not (form.final and assent(typed)):
            if titled and form.title not in (form.final, *(field.asks for field in form.fields)):
                self.console.say(form.title)
            filling.show(form)
        filled = filling.ask(typed, leaves) if form.fields else form
        while filled is not None:
            if filled.makes is None:
                if filled.lacks:
                    self.console.say(filled.lacks)
                if not (filled.lacks and filled.fields):  # or somebody has said no
                    raise Back
                filled = filling.change()
                continue
            final = filled.final
            if isinstance(filled.makes, Advance) and has_colleague(people_at(self.seat), label_at(self.seat)):
                final = final or self.seat.say("Go on to the next phase?")
            if final:
                self.console.confirm(final, typed)
            try:
                if isinstance(filled.makes, Advance) and self._phase() != asked_in:
                    raise outdated(filled.makes)
                await self.submit(filled.makes)
            except ActionRefused as refused:
                if not filled.fields:
                    raise
                self.refused(refused)
                self.console.tell("Change what is in the way; {back} gives it up.", back=self.console.verb("back"))
                filled = filling.change()
            else:
                break
        return filled

    def _phase(self) -> tuple[int, str]:
        view = self.seat.view()
        return view.turn, view.phase

    def _begin(self, name: str, preset: FormSheet) -> dict[str, FormAnswer]:
        """What is half written of it, if somebody goes on with it; else nothing but what is given. Raises Back."""
        half = self.sheets.get(name, {})
        form = form_at(self.seat, name, half) if half else None
        if form is not None:
            self.console.tell("This is half written:")
            for field in form.fields:
                if field.name in half and field.answer is not None:
                    answer = answer_words(field, self.console.words)
                    self.console.tell("{head} {text}", indent=2, head=field.asks, text=answer)
            go_on, anew = map(self.console.words, (_("Go on with it"), _("Begin anew, and throw it away")))
            options = (FormOption("on", go_on), FormOption("anew", anew))
            if pick(self.console, _("What do we do with it?"), options) == "on":
                return half | dict(preset)
        self.sheets.pop(name, None)
        return dict(preset)

    def keep(self, name: str, answers: dict[str, FormAnswer]) -> None:
        """Keep what is half written, where somebody would miss it: words, or more than one answer; of a reading one."""
        form = form_at(self.seat, name, answers)
        answered = [] if form is None else [field for field in form.fields if field.name in answers and field.answer]
        if len(answered) > 1 or any(field.kind == "text" for field in answered) or (answered and name.isdecimal()):
            self.sheets[name] = answers
        else:
            self.sheets.pop(name, None)

    def half_written(self) -> list[str]:
        """The forms of which something is half written and that can still be had."""
        return [name for name, answers in self.sheets.items() if form_at(self.seat, name, answers) is not None]


class _Filling:
    """One form on its way: what is answered, what has been asked, what has been read out."""

    def __init__(self, prompter: Prompter, name: str, answers: dict[str, FormAnswer], preset: FormSheet) -> None:
        self.prompter, self.console = prompter, prompter.console
        self.name, self.sheet, self.given = name, answers, preset
        self.order = [*preset, *(field for field in answers if field not in preset)]
        """The questions that are not asked again, the last one last."""
        self.shown: set[str] = set()

    def form(self) -> Form:
        """The form as it is now. Raises Back where it is not to be had any more."""
        form = form_at(self.prompter.seat, self.name, self.sheet)
        if form is None:
            self.console.tell("That cannot be done any more.")
            raise Back
        return form

    def show(self, form: Form) -> None:
        """Read out what is to be known, but what has been read out."""
        lines_before, lines_after = (lines_of(blocks, self.console.words) for blocks in (form.intro, form.notes))
        if form.fields and not form.final and self.name.isidentifier():  # what it is for is said once to who sits here
            lines_before = [self.console.ask_once(line, "") for line in lines_before]
        for line in (*lines_before, *(lines_after if self.order else ())):
            if line not in ("", form.final, *self.shown):
                self.console.say(line)
            self.shown.add(line)

    def ask(self, typed: str = "", leaves: str = "") -> Form | None:
        """Ask until nothing is open; None where the first question is left for now. Raises Back."""
        if self._is_answered(self.form()):
            self._ask_open()
            return self.change()
        while True:
            form = self.form()
            if not (form.final and assent(typed)):
                self.show(form)
            open_fields = [field for field in form.fields if self._is_due(field, typed)]
            if typed:  # words come last, whatever is asked first
                open_fields.sort(key=lambda field: field.kind == "text")
            if not open_fields:
                if typed and not (form.final and assent(typed) is not None):
                    self.console.tell("'{text}' is too much here, and is left out.", text=typed[:40])
                return form
            is_first = len(self.order) == len(self.given)
            try:
                understood = self._answer(form, open_fields, typed, leaves if is_first else "")
            except Back:
                typed = ""
                if is_first:
                    raise
                self.order.pop()
                continue
            if understood.answer is None:
                return None
            typed = understood.rest

    def _answer(self, form: Form, open_fields: Sequence[FormField], typed: str = "", leaves: str = "") -> Understood:
        """Answer the first question that is due, by what is typed already or what is typed now. Raises Back."""
        field, *later = open_fields
        first, *later_fields = form.fields
        follows = (
            later_fields if field.name == first.name and any(later_field.aside for later_field in later_fields) else ()
        )
        prompt = FieldPrompt(self.console, field, leaves, follows)
        understood = understand(field, typed) if typed else Understood(None)
        if understood.answer is None:
            typed = self._left_for_later(prompt, later, typed)
            understood = prompt.ask()
            understood = understood._replace(rest=understood.rest or typed)
        if prompt.is_searched:
            label = next((option.label for option in prompt.options if option.name == understood.answer), "")
            self.console.tell("{title}:", title=label)
        if understood.answer is not None:
            self.sheet[field.name] = understood.answer
            self.prompter.keep(self.name, self.sheet)
            self.order = [*(name for name in self.order if name != field.name), field.name]
        return understood

    def _left_for_later(self, prompt: FieldPrompt, later: Sequence[FormField], typed: str) -> str:
        """What of a line that does not begin with an answer is kept for the questions after it.

        A word is complained of alone where what follows it answers another question; where nothing does, a line is
        words for whoever asks for them.
        """
        word, _space, behind = typed.partition(" ")
        answers_later = any(field.kind == "one" and understand(field, behind).answer is not None for field in later)
        if behind and ((prompt.field.scale and numeral(word)) or answers_later):
            prompt.complain(word)
            return behind
        if typed and any(field.kind == "text" for field in later):
            return typed
        if typed:
            prompt.complain(typed)
        return ""

    def change(self) -> Form:
        """Let somebody change any of what is answered, until it stands. Raises Back."""
        say = self.console.words
        while True:
            form = self.form()
            rows = [field for field in form.fields if field.name not in self.given and not has_one_way(field)]
            options = [FormOption(field.name, field.asks, answer_words(field, say)) for field in rows]
            asks = _("Which of these do we change?")
            picked = pick(self.console, asks, options, empty_label=_("it stands so"))
            if not picked:
                return form
            with suppress(Back):
                self._answer(form, [field for field in rows if field.name == picked])
                self.order = [field.name for field in self.form().fields if field.answer is not None]
                self._ask_open()

    def _ask_open(self) -> None:
        """Ask what hangs on what was changed. Raises Back."""
        while True:
            form = self.form()
            open_fields = [field for field in form.fields if self._is_due(field, "")]
            if not open_fields:
                return
            self.show(form)
            self._answer(form, open_fields)

    def _is_answered(self, form: Form) -> bool:
        """So much was answered before that nobody wants to hear all of it again; it counts as asked."""
        answered = [field.name for field in form.fields if field.answer is not None and not has_one_way(field)]
        unasked = [name for name in answered if name not in self.order]
        if len(answered) <= FEW or not (unasked or form.makes is not None):
            return False
        self.order += unasked
        return True

    def _is_due(self, field: FormField, typed: str) -> bool:
        if field.name in self.order:
            return field.answer is None and not field.aside
        if has_one_way(field):
            self._print_commands(field)
            return False
        return bool(typed or field.answer) if field.aside else True

    def _print_commands(self, field: FormField) -> None:
        (only,) = field.options
        text = self.console.words("{head} {text}", head=field.asks, text=option_words(only, self.console.words))
        if text not in self.shown:
            self.shown.add(text)
            self.console.say(text)
