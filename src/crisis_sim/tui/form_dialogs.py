"""Any form at a screen: a question a dialog, in the form's order and words; esc goes to the question before.

What is written is kept until it is done, also where somebody goes back or the session refuses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from crisis_sim.engine.actions import AnyAction
from crisis_sim.engine.sight.views import FacilitatorView
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import prose
from crisis_sim.pages.done_blocks import done_blocks
from crisis_sim.pages.form import Form, FormAnswer, FormField, FormSheet, has_one_way
from crisis_sim.pages.reader_forms import form_at
from crisis_sim.tui.dialogs import Choose, Confirm, DialogOption, ToldPart, Write
from crisis_sim.tui.screen_words import refusal
from crisis_sim.tui.submitting_screen import SubmittingScreen

LEFT: Final = "/left"
"""The row that leaves out what may be left out, or that is the last of several."""

NEUTRAL: Final = "0"
"""Where the cursor begins on a scale to both sides, while nothing has been said."""


class FormFilling:
    """One form on its way."""

    def __init__(self, screen: SubmittingScreen, name: str, given: FormSheet, also: str = "") -> None:
        """What is `given` is not asked; `also` is told before it is done."""
        self.screen, self.name, self.sheet = screen, name, dict(given)
        self._answered = list[FormField]()
        self._wrong, self._also = "", also

    async def filled(self, instead: AnyAction | None) -> bool:
        """Ask, and do what the answers make; where there is no such form now, `instead` is refused with the reason."""
        if self.form is None and instead is not None:
            await self.screen.send(instead)
        return self.form is not None and await self.asked() and await self.done()

    @property
    def form(self) -> Form | None:
        """As it is now."""
        return form_at(self.screen.seat, self.name, self.sheet)

    async def asked(self) -> bool:
        """Ask until nothing is open; false where somebody went back from the first question."""
        while (form := self.form) is not None:
            field = next((each for each in form.fields if self.is_due(each)), None)
            if field is None:
                return await self._is_sure(form)
            answer = await self._answer(form, field)
            self._wrong = ""
            if answer is not None:
                self._answered.append(field)
                self.sheet[field.name] = answer
                self._check(field)
            elif not self._answered:
                return False
            else:
                del self.sheet[self._answered.pop().name]
        return False

    async def done(self) -> bool:
        """Do what the answers make; what is refused is kept."""
        form = self.form
        if form is not None and form.makes is not None and await self.screen.send(form.makes):
            for field in self._answered:
                self.screen.unsealed.written.pop(self._about(field), None)
                if field.kind == "order":
                    self.screen.unsealed.half.pop(self.name, None)
            if isinstance(view := self.screen.seat.view(), FacilitatorView):
                for sentence in lines_of(done_blocks(form.makes, view, self.screen.say), self.screen.say):
                    self.screen.tell(sentence)
            return True
        if form is not None and form.lacks:
            self.screen.tell(form.lacks, warning=True)
        return False

    def is_due(self, field: FormField) -> bool:
        """It has not been answered here."""
        return not (field.name in self.sheet or field.aside or has_one_way(field))

    def _check(self, field: FormField) -> None:
        """Take an answer back that the form cannot use, to be given again."""
        form = self.form
        said = None if form is None else next((each for each in form.fields if each.name == field.name), None)
        if form is None or said is None or (said.said is not None and not (form.lacks and _is_typed(field))):
            return
        self._wrong = form.lacks or self.screen.say("A whole number, 0 to {most}.", most=field.most)
        del self.sheet[self._answered.pop().name]

    def _about(self, field: FormField) -> str:
        return f"{self.name}/{field.name}"

    # asking

    async def _is_sure(self, form: Form) -> bool:
        """Ask where it cannot be taken back; where it cannot be done, say why."""
        if not form.final:
            return True
        question, does = (form.final, form.submit) if form.makes is not None else (form.lacks, "")
        before = [each for each in form.before if each != prose(form.final, "strong")]
        told = [*filter(None, (self._also,)), *before, *form.after]
        asked = Confirm(question, told, self.screen.say, yes=does, no="not now", deliberate=bool(form.final))
        place = self._place()
        if not await self.screen.app.push_screen_wait(asked):
            return False
        if place == self._place():
            return True
        self.screen.tell(refusal(ActionRefused("room/changed"), self.screen.say.language), warning=True)
        return False

    def _place(self) -> tuple[str, int]:
        """Where play stands; whoever else runs it may go on while somebody is asked here."""
        view = self.screen.seat.view()
        return view.phase, view.turn

    async def _answer(self, form: Form, field: FormField) -> FormAnswer | None:
        """What somebody says; None where they go back."""
        match field.kind:
            case "one":
                return await self._one(form, field)
            case "many":
                return await self._many(form, field)
            case "order":
                from crisis_sim.tui.ordering_screen import OrderingScreen

                order = tuple(field.said or (option.name for option in field.options))
                carried = tuple(self.screen.unsealed.half.get(self.name, {}).get(field.name, ()))
                order = carried if sorted(carried) == sorted(order) else order
                screen = OrderingScreen(field.asks, field.note, order, self.screen.say, partial(self._carried, field))
                return await self.screen.app.push_screen_wait(screen)
            case _:
                return await self._written(form, field)

    def _carried(self, field: FormField, order: tuple[str, ...]) -> None:
        """Keep an order as far as it has been made."""
        self.screen.unsealed.half[self.name] = {field.name: order}

    async def _one(self, form: Form, field: FormField) -> str | None:
        options = _options(field)
        if field.none:
            options.append(DialogOption(LEFT, field.none))
        by_key = field.scale and all(option.key.isdecimal() for option in options)
        neutral = NEUTRAL if any(option.key.startswith("-") for option in options) else None
        chosen = field.said if isinstance(field.said, str) else neutral
        asked = Choose(
            field.asks,
            options,
            self.screen.say,
            sentence=self._told(form, field),
            name=_name(form, field),
            by_key=by_key,
            chosen=LEFT if chosen == "" and field.none else chosen,
        )
        picked = await self.screen.app.push_screen_wait(asked)
        return "" if picked == LEFT else picked

    async def _many(self, form: Form, field: FormField) -> tuple[str, ...] | None:
        """One after the other, until it is enough."""
        say, picked = self.screen.say, list[str]()
        while len(picked) < field.most:
            rest = [option for option in _options(field) if option.key not in picked]
            left = say("no other") if picked else field.none
            options = [*rest, *([DialogOption(LEFT, left)] if left else [])]
            told = self._told(form, field, [option.label for option in _options(field) if option.key in picked])
            chosen = await self.screen.app.push_screen_wait(
                Choose(field.asks, options, say, sentence=told, name=_name(form, field))
            )
            if chosen is None and not picked:
                return None
            if chosen is None:
                picked.pop()
            elif chosen == LEFT:
                break
            else:
                picked.append(chosen)
        return tuple(picked)

    async def _written(self, form: Form, field: FormField) -> str | None:
        kept, about = self.screen.unsealed.written, self._about(field)
        if isinstance(field.said, str):
            kept.setdefault(about, field.said)
        is_number = field.kind == "number"
        is_short = field.short or is_number
        told = self._told(form, field)
        name, say = _name(form, field), self.screen.say
        asked = Write(
            field.asks, say, kept, about, sentence=told, name=name, short=is_short, none=field.none, anew=is_number
        )
        asked.set_class(self.screen.WRITES_BELOW, "-below")
        if words := await self.screen.app.push_screen_wait(asked):
            kept[about] = words  # until it is done
        return words

    def _told(self, form: Form, field: FormField, more: Sequence[str] = ()) -> list[ToldPart]:
        """What stands under a question: what is wrong, what it is about, and what has been written so far."""
        written = [str(self.sheet[each.name]) for each in self._answered if each.kind == "text"]
        about: list[ToldPart] = [prose(self._wrong, "bad")] if self._wrong else []
        if not self._answered:
            about += form.before
        return [*about, *filter(None, (*written, field.note, *more)), *(form.after if self._answered else ())]


def _name(form: Form, field: FormField) -> str:
    """What the form is called, where the question does not say it."""
    return form.title if form.title != field.asks else ""


def _is_typed(field: FormField) -> bool:
    return field.kind in ("text", "number")


def _options(field: FormField) -> list[DialogOption]:
    return [DialogOption(each.name, each.label, each.note) for each in field.options if not each.closed]
