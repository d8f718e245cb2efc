"""Desks as they outlast leaving: what is half written on them, as the answers that forms by lines keep too.

So what was begun at a screen is gone on with by lines, and the other way round.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crisis_sim.engine.actions import LONGEST_TEXT, SeatName
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.desk_blocks import quoted
from crisis_sim.pages.form import FormAnswer, FormSheet
from crisis_sim.pages.move_choices import CHOICES, choose
from crisis_sim.pages.move_form import NEW, SCALE, given_by, is_move
from crisis_sim.pages.phrases import AUDIENCES, CONFIDENCE
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reader_forms import form_at
from crisis_sim.pages.turn_forms import line_touched, touching
from crisis_sim.pages.whose_chair import spent_at
from crisis_sim.session.half_written import Sheets
from crisis_sim.text import clean
from crisis_sim.tui.screen_table import ScreenTable
from crisis_sim.tui.unsealed import Composing, Taken, UnsealedWork, answering, revised

KEPT_EVERY: Final = 5.0
"""Seconds after which what has changed is kept while nobody leaves: a crash gives back no more of a team's time."""
MEANT: Final = tuple(map(str, SCALE))
SURE: Final = tuple(str(number) for number, _says in enumerate(CONFIDENCE, 1))


def desks_at(table: ScreenTable, before: Mapping[SeatName, UnsealedWork]) -> dict[SeatName, UnsealedWork]:
    """The desk of each who plays here: what stays of the one `before`, else what was kept when somebody left."""
    desks = {name: before.get(name, UnsealedWork()).carried(table.seats[name].view()) for name in table.people}
    kept = {} if before or table.half is None else table.half.read()
    spent = {} if before or table.half is None else table.half.spent()
    for name, desk in desks.items():
        desk.spent = spent.get(name, desk.spent)
        for form, sheet in kept.get(name, {}).items():
            if form.isdecimal():
                desk.taken[int(form)] = _taken(sheet)
            elif is_move(form) or not all(isinstance(said, str) for said in sheet.values()):
                desk.half[form] = sheet
            else:
                desk.written |= {f"{form}/{field}": str(said) for field, said in sheet.items()}
    return desks


def keep(table: ScreenTable, desks: Mapping[SeatName, UnsealedWork]) -> None:
    """Keep what is half written on these desks, each seat's apart, and the teams' time, until play is over."""
    if table.half is None or not desks:
        return
    if table.seats[table.people[0]].view().phase == "closed":
        table.half.write({})
    else:
        sheets: dict[str, Sheets] = {name: _sheets(desk) for name, desk in desks.items()}
        table.half.write(sheets, spent_at(desks, table.people))


def _sheets(desk: UnsealedWork) -> Sheets:
    sheets = {name: dict(sheet) for name, sheet in desk.half.items()}
    for about, words in desk.written.items():
        form, _slash, field = about.rpartition("/")
        if words:
            sheets.setdefault(form, {})[field] = words
    for number, taken in desk.taken.items():
        touches = None if taken.touches is None else touching(taken.touches, crosses=taken.crosses)
        read = (("hostility", taken.hostility), ("confidence", taken.confidence), ("touches", touches))
        sheets[str(number)] = {field: str(said) for field, said in read if said is not None}
    composing = desk.composing
    if composing is not None and not composing.untouched:
        said = given_by(composing)
        if composing.revising is not None:
            return sheets | {f"draft:{composing.revising}": said}
        if not composing.channel:
            del said["way"]
        if composing.answers is None:
            return sheets | {NEW: _given(said)}
        return sheets | {f"request:{composing.answers}": _given(said | {"how": composing.how or ""})}
    return sheets


def _given(said: FormSheet) -> dict[str, FormAnswer]:
    """Without what may only not have been come to yet."""
    return {field: answer for field, answer in said.items() if answer}


def _taken(sheet: FormSheet) -> Taken:
    """How a card is taken, as far as a sheet says it."""
    hostility, confidence, said = (sheet.get(field) for field in ("hostility", "confidence", "touches"))
    touches, crosses = line_touched(said if isinstance(said, str) else "")
    return Taken(
        int(str(hostility)) if hostility in MEANT else None,
        int(str(confidence)) if confidence in SURE else None,
        touches,
        crosses,
    )


def take_up(desk: UnsealedWork, seat: Reader) -> None:
    """Lay the first kept move that can be gone on with now on a desk where none is being composed."""
    view = seat.view()
    if desk.composing is not None or not isinstance(view, TeamView):
        return
    for name in filter(is_move, desk.half):
        if (composing := _begun(name, desk.half[name], view, seat)) is not None:
            desk.composing = composing
            del desk.half[name]
            return


def _begun(name: str, sheet: FormSheet, view: TeamView, seat: Reader) -> Composing | None:
    """A move as far as a sheet says it and it can be had now; None where its form cannot."""
    say, form = seat.say, form_at(seat, name, sheet)
    if form is None:
        return None
    said = {field.name: field.said for field in form.fields if field.said is not None}
    kind, _colon, which = name.partition(":")
    composing, move = Composing(), str(said.get("move", which if kind == NEW else ""))
    request = next((each for each in view.requests if kind == "request" and str(each.number) == which), None)
    listed = next((each for each in view.drafts if _is_listed(kind, which, each.number, each.draft.answers)), None)
    if listed is not None:
        answered = next((each.act for each in view.requests if each.number == listed.draft.answers), None)
        composing = revised(listed.number, listed.draft, "" if answered is None else quoted(answered, say))
        move = str(said.get("move", listed.draft.move))
    elif request is not None:
        how = next((each for each in ("accept", "decline", "counter", "holding") if each == said.get("how")), None)
        if how is None:
            return None
        composing = answering(request, how, say)
        known = {"accept": request.accept, "decline": request.decline, "holding": say.dossier.holding}
        move = known.get(how, move)
    if move:
        composing.take(say.dossier.moves[move], view, say.dossier.channels)
    if "way" in said:
        composing.channel, _slash, heard = str(said["way"]).partition("/")
        composing.visibility = "public" if heard == "public" else "private"
    for field in CHOICES:
        if field == "terms" and field in said:
            composing.terms = tuple(said[field])
        elif field in said:
            choose(composing, field, str(said[field]))
    _say_words(composing, sheet)
    composing.step = 3 if composing.text else 2 if composing.move else 1
    return composing


def _is_listed(kind: str, which: str, number: int, answers: int | None) -> bool:
    return which == str({"draft": number, "request": answers}.get(kind))


def _say_words(composing: Composing, sheet: FormSheet) -> None:
    """Words and meaning, which a form comes to only when all before them is said."""
    words, meant = sheet.get("text"), {field: sheet.get(field) for field in ("intent", "expected")}
    if isinstance(words, str):
        composing.text = clean(words, lines=True)[:LONGEST_TEXT]
    for field, value in meant.items():
        if value in MEANT:
            setattr(composing, field, int(str(value)))
    composing.audience = next((each for each in AUDIENCES if each == sheet.get("audience")), composing.audience)
