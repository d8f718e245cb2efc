"""One form of a seat over its page: composer, reading, forecast, line, console act, note, whatever a page asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on, work
from textual.containers import Horizontal
from textual.widget import Widget

from crisis_sim.engine.actions import Advance
from crisis_sim.engine.views.seat_views import View
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.form import NO_SHEET, Form, FormSheet
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reader_forms import form_at
from crisis_sim.pages.refusals import outdated
from crisis_sim.pages.screen_words import refusal_text, throw_away_blocks
from crisis_sim.pages.seat_page import seat_page
from crisis_sim.tui.dialogs import ConfirmScreen
from crisis_sim.tui.form_panel import FormPanel
from crisis_sim.tui.key_bindings import EVERYWHERE, KeyBinding
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.seat_screen import OWN_KEYS, SeatScreen, WorkChanged
from crisis_sim.tui.seat_work import SeatWork

SIDE_REGION: str = "before"
"""The region of the page that stands beside a reading where there is room."""
WIDE_COLUMNS = 130


class FormScreen(SeatScreen):
    """Asks a form, does what its answers make, and goes on to the form that comes after it."""

    DEFAULT_CSS = """
    FormScreen #form { height: 1fr; align-horizontal: center; }
    FormScreen #beside { display: none; max-width: 52; margin-left: 2; }
    FormScreen #beside.-shown { display: block; }
    """

    def __init__(
        self, seat: Reader, seat_work: SeatWork, name: str, answers: FormSheet = NO_SHEET, *, is_alone: bool = False
    ) -> None:
        """The form of that name; what is `given` counts as answered. One that `is_alone` lies over no page."""
        super().__init__(seat, seat_work)
        self.form_name, self._is_alone = name, is_alone
        seat_work.answers(name).update(answers)
        self._asked_in = (self.look.turn, self.look.phase)
        self.context: tuple[Block, ...] = ()
        self._is_busy = False
        self._typed_ahead: list[str] = []
        """Keys that were pressed while the seat was still at the answer before."""

    def body(self) -> Iterable[Widget]:
        """The form, and what passed before where it is read beside it."""
        name = self.form_name
        panel = FormPanel(self._make, name, self.desk.answers(name), self.desk.drafts, self.say)
        panel.context = self.context
        yield Horizontal(panel, Pane(id="beside"), id="form")

    def _make(self, name: str, answers: FormSheet) -> Form | None:
        form = form_at(self.seat, name, answers)
        if form is not None and name in self.desk.restored:
            self.desk.ask_words_again(form)
            form = form_at(self.seat, name, self.desk.answers(name))
        return form

    @property
    def panel(self) -> FormPanel:
        """The form."""
        return self.query_one(FormPanel)

    def own_keys(self) -> Sequence[KeyBinding]:
        """Those of the question at hand, and what the team can look at meanwhile."""
        return [*self.panel.answer_keys(), *(key for key in OWN_KEYS if self.has(key.action))]

    def all_keys(self) -> list[KeyBinding]:
        """No letter is a key where somebody writes."""
        keys = super().all_keys()
        if self.panel.kind not in ("text", "short", "search"):
            return keys
        return [*keys[: -len(EVERYWHERE)], *(self._help_key(key) for key in keys[-len(EVERYWHERE) :])]

    @staticmethod
    def _help_key(key: KeyBinding) -> KeyBinding:
        """The help key as it is called where a question mark is a letter."""
        return KeyBinding("f1", key.action, key.label, key.description) if key.keys.startswith("f1") else key

    def now(self) -> str:
        """What can't be taken back stands in the bar too."""
        form = self.panel.form if self.is_mounted else None
        return form.final if form is not None and form.final and self.panel.kind == "ends" else super().now()

    def draw(self) -> None:
        """What passed before, beside a reading."""
        is_reading = self.look.phase == "readings" and self.panel.form_name.isdecimal()
        page = seat_page(self.look, self.say) if is_reading and self.app.size.width >= WIDE_COLUMNS else None
        region = next((region for region in page.sides if region.name == SIDE_REGION), None) if page else None
        pane = self.pane("beside")
        pane.set_class(region is not None, "-shown")
        if region is not None:
            pane.title = region.title
            pane.show(region.blocks)

    def show(self, view: View) -> None:
        """What is told may have changed; the question stays."""
        super().show(view)
        if self.is_mounted and self.app.is_running and not self._is_busy:
            self.panel.renew()

    # what the form says

    def action_form_key(self, does: str) -> None:
        """Do what a key of the form does."""
        if does == "throw_away":
            self._throw_away()
        elif not self._is_busy:
            self.panel.press(does)
        elif does != "submit":  # what is final is said when it is asked
            self._typed_ahead.append(does)

    @on(FormPanel.QuestionChanged)
    def _question_changed(self) -> None:
        self.redraw()

    @on(FormPanel.Closed)
    def _form_closed(self, event: FormPanel.Closed) -> None:
        if event.is_gone and self.is_current:
            self._note_changes()
        self._leave()

    @on(FormPanel.LinkPicked)
    def _link_picked(self, event: FormPanel.LinkPicked) -> None:
        self._open(event.name)

    @on(FormPanel.Completed)
    def _form_completed(self, event: FormPanel.Completed) -> None:
        if not self._is_busy:
            self._is_busy = True
            self._submit(event.form)

    @work
    async def _submit(self, form: Form) -> None:
        view = self.seat.view()
        binds = form.final or isinstance(form.makes, Advance)
        if binds and (view.turn, view.phase) != self._asked_in:
            self._is_busy = False
            self._note_changes(form.makes)
            self._leave()
            return
        try:
            is_done = form.makes is not None and await self.send(form.makes)
        finally:
            self._is_busy = False
        if not self.is_attached:
            return
        if not is_done:
            self.panel.ask()
            return
        self.desk.drop(form.name)
        self.look = self.seat.view()
        if form.next_form and form_at(self.seat, form.next_form, NO_SHEET) is not None:
            self._open(form.next_form)
        else:
            self._leave()

    def _open(self, name: str) -> None:
        self.form_name = name
        self._asked_in = (self.look.turn, self.look.phase)
        self.panel.open(name, self.desk.answers(name))
        ahead, self._typed_ahead = self._typed_ahead, []
        for does in ahead:
            self.action_form_key(does)

    def _note_changes(self, action: object = None) -> None:
        self.tell(refusal_text(outdated(action), self.say.language), warning=True)

    def _leave(self) -> None:
        if self._is_alone:
            self.post_message(WorkChanged())
        elif self.is_current:
            self.dismiss(None)

    @work
    async def _throw_away(self) -> None:
        """Drop what is half answered, and no words unasked."""
        name = self.panel.form_name
        texts = [words for place, words in self.desk.drafts.items() if place.startswith(f"{name}/") and words]
        texts += [str(words) for field, words in self.desk.answers(name).items() if field == "text" and words]
        question = self.say("Throw this half-written move away?")
        sure = ConfirmScreen(question, throw_away_blocks(texts, self.say), self.say, yes="throw away", no="keep")
        if not texts or await self.app.push_screen_wait(sure):
            self.desk.drop(name)
            self._leave()
