"""What a seat keeps at this terminal: half-answered forms, half-written words, what it has read, its time.

It outlives screens, refusals, curtains and crashes, and never leaves its seat. Lines (`--plain`) keep the same file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from msgspec import field

from crisis_sim.engine.actions import Draft, SeatName
from crisis_sim.engine.events import Phase
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.pages.form import Form, FormAnswer
from crisis_sim.pages.move_form import NEW
from crisis_sim.pages.talk_blocks import TalkStage, stages_left
from crisis_sim.pages.telling import telling_due
from crisis_sim.pages.whose_chair import ChairState, spent_at
from crisis_sim.session.half_written import HalfWritten, Sheets

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
    seen: tuple[int, int] = (0, 0)
    """The turn and phase that play was in when it was last looked at."""

    def sheet(self, form: str) -> dict[str, FormAnswer]:
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
            sheet = self.sheet(form.name)
            for each in form.fields:
                words = sheet.get(each.name)
                if each.kind in ("text", "order") and isinstance(words, str) and words:
                    self.drafts[f"{form.name}/{each.name}"] = words
                    del sheet[each.name]

    def follow_list(self, view: TeamView) -> None:
        """Keep what is half revised with its move, which has another number once one before it is taken off.

        Of a move that is no longer on the list the words stay, for the next new move.
        """
        before, self.listed = self.listed, tuple(each.draft for each in view.drafts)
        if len(self.listed) >= len(before):
            return
        for number, draft in enumerate(before, 1):
            form = f"draft:{number}"
            if draft in self.listed:
                self._rename(form, f"draft:{self.listed.index(draft) + 1}")
            else:
                words = self.drafts.get(f"{form}/text") or str(self.sheet(form).get("text", ""))
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
        desk = self.kept()
        desk.sheets, desk.drafts = self.sheets, self.drafts
        desk.talks = stages_left(view, self.talks)
        return desk

    def gone_back(self, view: TeamView) -> bool:
        """Forget what play has not come to, where a host has rolled back; whether somebody misses it."""
        self.talks = stages_left(view, self.talks)
        if 0 < (due := telling_due(view)) < self.told:
            self.told = due - 1
        before, self.seen = self.seen, (view.turn, get_args(Phase).index(view.phase))
        if self.seen >= before:
            return False
        self.opened_in = (0, "")
        # a card, a request or a draft of the same number may be another act now
        gone = [form for form in self.sheets if form.isdecimal() or form.partition(":")[0] in ("request", "draft")]
        for form in gone:
            if words := self.sheets.pop(form).get("text"):
                self.drafts.setdefault(f"{NEW}/text", str(words))
        return bool(gone)

    def after_talk(self) -> None:
        """A talk is over here, and what was said is to be noted."""
        self.talks |= {number: "after" for number, stage in self.talks.items() if stage == "talk"}


def desks_for(
    views: Mapping[SeatName, View], half: HalfWritten | None, before: Mapping[SeatName, SeatWork]
) -> dict[SeatName, SeatWork]:
    """The desk of each who plays here: what stays of the one `before`, else what was kept on the disk."""
    desks = {name: before.get(name, SeatWork()).carried(view) for name, view in views.items()}
    if before or half is None:
        return desks
    sheets, spent = half.read(), half.spent()
    for name, desk in desks.items():
        desk.spent = spent.get(name, desk.spent)
        desk.sheets = {form: dict(sheet) for form, sheet in sheets.get(name, {}).items()}
        desk.restored = set(desk.sheets)
        for form in [form for form in desk.sheets if form.startswith("say:")]:  # a line of a talk has no form to open
            desk.drafts[f"{form}/text"] = str(desk.sheets.pop(form).get("text", ""))
    return desks


def keep_desks(desks: Mapping[SeatName, SeatWork], half: HalfWritten | None, phase: str) -> None:
    """Write what is half written to the disk, each seat's apart, until play is over."""
    if half is None or not desks:
        return
    if phase == "closed":
        half.write({})
        return
    kept: dict[str, Sheets] = {}
    for name, desk in desks.items():
        kept[name] = {form: dict(sheet) for form, sheet in desk.sheets.items() if sheet}
        for place, words in desk.drafts.items():
            form, _slash, name_of_field = place.rpartition("/")
            if words:
                kept[name].setdefault(form, {})[name_of_field] = words
    half.write(kept, spent_at(desks, tuple(desks)))
