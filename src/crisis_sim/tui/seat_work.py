"""What a seat keeps at this terminal: half-answered forms, half-written words, what it has read, its time.

It outlives screens, refusals, curtains and crashes, and never leaves its seat. Lines (`--plain`) keep the same file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from msgspec import field

from crisis_sim.engine.actions import Draft, SeatName
from crisis_sim.engine.events import Phase
from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.pages.announcements import due_announcement
from crisis_sim.pages.form import Form, FormAnswer
from crisis_sim.pages.move_form import NEW
from crisis_sim.pages.seat_changes import ChairState, spent_at
from crisis_sim.pages.talk_blocks import TalkStage, stages_left
from crisis_sim.session.draft_file import HalfWritten, Sheets

KEPT_EVERY: Final = 5.0
"""Seconds after which what has changed is written to the disk."""


class SeatWork(ChairState):
    """One seat's desk."""

    sheets: Sheets = field(default_factory=dict)
    """Answers by field, by form."""
    drafts: dict[str, str] = field(default_factory=dict)
    """Words in a box that have not been sent, by `form/field`."""
    restored: set[str] = field(default_factory=set)
    """Forms that come from the disk: their words are asked once more, with what was written in the box."""
    talks: dict[int, TalkStage] = field(default_factory=dict)
    """How far each talk has come here, by its number."""
    pane: str = ""
    """The pane that was open last."""
    opened_in: tuple[int, str] = (0, "")
    """The turn and phase in which the first form opened by itself."""
    listed: tuple[Draft, ...] = ()
    """The moves on the list when it was last looked at."""
    last_moment: tuple[int, int] = (0, 0)
    """The turn and phase that play was in when it was last looked at."""

    def answers(self, form: str) -> dict[str, FormAnswer]:
        """The answers of a form so far."""
        return self.sheets.setdefault(form, {})

    def drop(self, form: str) -> None:
        """Forget what was answered and written in a form."""
        self.sheets.pop(form, None)
        self.restored.discard(form)
        for name in [name for name in self.drafts if name.startswith(f"{form}/")]:
            del self.drafts[name]

    def has(self, form: str) -> bool:
        """Whether something in a form is half answered or half written."""
        return bool(self.sheets.get(form)) or any(
            words for name, words in self.drafts.items() if name.startswith(f"{form}/")
        )

    def ask_words_again(self, form: Form) -> None:
        """Put words that come from the disk back into their boxes, so that nobody sends them unread."""
        if form.name in self.restored:
            self.restored.discard(form.name)
            answers = self.answers(form.name)
            for form_field in form.fields:
                words = answers.get(form_field.name)
                if form_field.kind in ("text", "order") and isinstance(words, str) and words:
                    self.drafts[f"{form.name}/{form_field.name}"] = words
                    del answers[form_field.name]

    def follow_list(self, view: TeamView) -> None:
        """Keep what is half revised with its move, which has another number once one before it is taken off.

        Of a move that is no longer on the list the words stay, for the next new move.
        """
        old_drafts, self.listed = self.listed, tuple(facts.draft for facts in view.drafts)
        if len(self.listed) >= len(old_drafts):
            return
        for number, draft in enumerate(old_drafts, 1):
            form = f"draft:{number}"
            if draft in self.listed:
                self._rename(form, f"draft:{self.listed.index(draft) + 1}")
            else:
                words = self.drafts.get(f"{form}/text") or str(self.answers(form).get("text", ""))
                self.drop(form)
                if words:
                    self.drafts.setdefault(f"{NEW}/text", words)

    def _rename(self, form: str, name: str) -> None:
        """Keep what is half answered in a form under another name."""
        if name == form:
            return
        if form in self.sheets:
            self.sheets[name] = self.sheets.pop(form)
        for place in [place for place in self.drafts if place.startswith(f"{form}/")]:
            self.drafts[name + place.removeprefix(form)] = self.drafts.pop(place)
        if form in self.restored:
            self.restored.remove(form)
            self.restored.add(name)

    def carried(self, view: View) -> SeatWork:
        """What stays of it in a branch that begins at `view`."""
        seat_work = self.carry_over()
        seat_work.sheets, seat_work.drafts = self.sheets, self.drafts
        seat_work.talks = stages_left(view, self.talks)
        return seat_work

    def forget_later_turns(self, view: TeamView) -> bool:
        """Forget what play has not come to, where a host has rolled back; whether somebody misses it."""
        self.talks = stages_left(view, self.talks)
        if 0 < (announcement := due_announcement(view)) < self.announcement_read:
            self.announcement_read = announcement - 1
        old_position, self.last_moment = self.last_moment, (view.turn, get_args(Phase).index(view.phase))
        if self.last_moment >= old_position:
            return False
        self.opened_in = (0, "")
        # a card, a request or a draft of the same number may be another act now
        forms = [form for form in self.sheets if form.isdecimal() or form.partition(":")[0] in ("request", "draft")]
        for form in forms:
            if words := self.sheets.pop(form).get("text"):
                self.drafts.setdefault(f"{NEW}/text", str(words))
        return bool(forms)

    def after_talk(self) -> None:
        """A talk is over here, and what was said is to be noted."""
        self.talks |= {number: "after" for number, stage in self.talks.items() if stage == "talk"}


def work_for(
    views: Mapping[SeatName, View], half: HalfWritten | None, old_work: Mapping[SeatName, SeatWork]
) -> dict[SeatName, SeatWork]:
    """The desk of each who plays here: what stays of the one `before`, else what was kept on the disk."""
    desks = {name: old_work.get(name, SeatWork()).carried(view) for name, view in views.items()}
    if old_work or half is None:
        return desks
    sheets, spent = half.read(), half.spent()
    for name, seat_work in desks.items():
        seat_work.spent = spent.get(name, seat_work.spent)
        seat_work.sheets = {form: dict(answers) for form, answers in sheets.get(name, {}).items()}
        seat_work.restored = set(seat_work.sheets)
        for form in [
            form for form in seat_work.sheets if form.startswith("say:")
        ]:  # a line of a talk has no form to open
            seat_work.drafts[f"{form}/text"] = str(seat_work.sheets.pop(form).get("text", ""))
    return desks


def save_work(desks: Mapping[SeatName, SeatWork], half: HalfWritten | None, phase: str) -> None:
    """Write what is half written to the disk, each seat's apart, until play is over."""
    if half is None or not desks:
        return
    if phase == "closed":
        half.write({})
        return
    answers_by_seat: dict[str, Sheets] = {}
    for name, desk in desks.items():
        answers_by_seat[name] = {form: dict(sheet) for form, sheet in desk.sheets.items() if sheet}
        for place, words in desk.drafts.items():
            form, _slash, name_of_field = place.rpartition("/")
            if words:
                answers_by_seat[name].setdefault(form, {})[name_of_field] = words
    half.write(answers_by_seat, spent_at(desks, tuple(desks)))
