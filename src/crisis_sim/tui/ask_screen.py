"""A form that is no seat's: whom to hand the terminal to, who comes to a room, what the menu asks."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from crisis_sim.pages.form import Form, FormAnswer, FormOption, FormSheet, Questions
from crisis_sim.tui.form_panel import FormPanel, MakeForm
from crisis_sim.tui.key_bindings import Foot, KeyBinding
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.wording import Say


class AskScreen(KeyScreen["Form | None"]):
    """Asks one form and closes with it, or with None where somebody went back."""

    DEFAULT_CSS = "AskScreen { align-horizontal: center; } AskScreen FormPanel { padding: 1 2; }"

    def __init__(self, make: MakeForm, name: str, say: Say, *, acts: bool = False) -> None:
        """`make` builds the form of that name; with `acts` it is whole once it makes an action."""
        super().__init__()
        self.say = say
        self._sheet: dict[str, FormAnswer] = {}
        self._panel = FormPanel(make, name, self._sheet, {}, say, acts=acts)

    def compose(self) -> ComposeResult:
        """The form and its keys."""
        yield self._panel
        yield Foot()

    def own_keys(self) -> Sequence[KeyBinding]:
        """Those of the question at hand."""
        return self._panel.answer_keys()

    def all_keys(self) -> list[KeyBinding]:
        """No letter is a key where somebody writes."""
        return [*self._panel.answer_keys()] if self._panel.kind in ("text", "short", "search") else super().all_keys()

    def action_form_key(self, does: str) -> None:
        """Do what a key of the form does."""
        self._panel.press(does)

    @on(FormPanel.QuestionChanged)
    def _question_changed(self) -> None:
        self.show_keys()

    @on(FormPanel.Completed)
    def _form_completed(self, event: FormPanel.Completed) -> None:
        self.dismiss(event.form)

    @on(FormPanel.Closed)
    def _form_closed(self) -> None:
        self.dismiss(None)


class ChooseScreen(AskScreen):
    """One of several; `picked` says which."""

    def __init__(self, question: str, options: Sequence[FormOption], say: Say) -> None:
        """A question and its options."""

        def make(name: str, answers: FormSheet) -> Form:
            questions = Questions(answers)
            questions.one(name, question, options)
            return questions.form(name, "", "", None)

        super().__init__(make, "choice", say)


def picked(form: Form | None) -> str | None:
    """What was chosen in a form of one question."""
    answer = form.fields[0].answer if form is not None else None
    return answer if isinstance(answer, str) else None
