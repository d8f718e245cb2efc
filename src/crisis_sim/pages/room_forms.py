"""What the room says in the hotwash, as forms: about an act or a question, what to change, other words for a note.

A note of somebody's is changed or struck out at the seat that took it.
"""

from __future__ import annotations

from typing import Final

from crisis_sim.engine.actions import TakeNote, Topic
from crisis_sim.engine.sight.views import View
from crisis_sim.pages.form import Form, FormSheet, Questions
from crisis_sim.pages.teller import Teller
from crisis_sim.wording import _
from crisis_sim.wording.labels import SEATS

SAID: Final = "said"
"""Before what a note is about: `said:act/us/1/2`, `said:question/3`, `said:session`."""
CHANGE: Final = "change"
"""Before whose thing to change it is."""
EDIT: Final = "edit"
"""Before the number of a note of this seat."""
ABOUT: Final[dict[Topic, str]] = {
    "session": _("What does the room say?"),
    "act": _("What does the room say about this act?"),
    "question": _("What does the room say to this question?"),
    "change": _("What is the one thing?"),
}


def said_of(about: Topic, of: str) -> str:
    """The form in which it is noted."""
    return f"{CHANGE}:{of}" if about == "change" else f"{SAID}:{about}/{of}" if of else f"{SAID}:{about}"


def room_form(name: str, view: View, sheet: FormSheet, say: Teller) -> Form | None:
    """The form of that name; None where it is not to be had."""
    kind, _colon, which = name.partition(":")
    if view.hotwash is None:
        return None
    match kind:
        case "said":
            about, _slash, of = which.partition("/")
            topic = next((each for each in ABOUT if each == about), None)
            return (
                None
                if topic is None
                else _noted(name, TakeNote(text="", about=topic, of=of), say("The room says"), sheet, say)
            )
        case "change" if which in SEATS and view.seat in (which, "facilitator"):
            title = say("{team}: the one thing to change", team=say(SEATS[which]))
            return _noted(name, TakeNote(text="", about="change", of=which), title, sheet, say)
        case "edit":
            note = next((n for n in view.hotwash.notes if (n.seat, str(n.number)) == (view.seat, which)), None)
            if note is None:
                return None
            asked = Questions(sheet, {"text": note.text})
            text = asked.text("text", say("How should it read?"), none=say("strike it out"))
            action = TakeNote(text=text or "", replaces=note.number)
            return asked.form(name, say("Change the note"), say("Note it"), action)
        case _:
            return None


def _noted(name: str, note: TakeNote, title: str, sheet: FormSheet, say: Teller) -> Form:
    asked = Questions(sheet)
    text = asked.text("text", say(ABOUT[note.about or "session"]))
    action = TakeNote(text=text or "", about=note.about, of=note.of)
    return asked.form(name, title, say("Note it"), action)
