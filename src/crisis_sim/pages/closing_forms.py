"""Once play is over, as forms: sentences on principles of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.closing import LONGEST_PRINCIPLE, MOST_PRINCIPLES
from crisis_sim.engine.sight.shared_facts import PrincipleFacts
from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.closing_blocks import principle_says, principle_told, to_accept, to_reword
from crisis_sim.pages.form import Form, FormDoor, FormOption, FormSheet, Questions
from crisis_sim.pages.line_forms import FormOf
from crisis_sim.pages.teller import Teller

OWN: Final = "own"


def closing_doors(view: TeamView, say: Teller) -> Iterator[FormDoor]:
    """What can be said of principles once play is over, in the hotwash too."""
    is_open = say.dossier.asks_principles and view.phase in ("closing", "hotwash")
    if is_open and sum(each.put_by == view.side for each in view.principles) < MOST_PRINCIPLES:
        yield FormDoor("put", say("Put a sentence on principles"))


def principle_names(view: TeamView, say: Teller) -> Iterator[str]:
    """The forms about one sentence, by the keys that their blocks have."""
    if say.dossier.asks_principles and view.phase in ("closing", "hotwash"):
        yield from (f"principle:{each.number}" for each in to_reword(view.principles))


def put(name: str, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """A sentence for both sides: one of the scenario's, or one of our own."""
    asked = Questions(sheet)
    there = {principle_says(each, say) for each in view.principles}
    given = {str(n): says for n, says in enumerate(map(say.of, say.dossier.sentences)) if says not in there}
    options = [FormOption(number, says) for number, says in given.items()]
    which = asked.one("which", say("Which sentence?"), [*options, FormOption(OWN, say("one of our own"))])
    says = given.get(which or "", "")
    if which == OWN:
        says = _worded(asked, say) or ""
    return asked.form(name, say("Put a sentence on principles"), say("Put it"), a.PutPrinciple(says=says))


def principle(name: str, of: PrincipleFacts, view: TeamView, sheet: FormSheet, say: Teller) -> Form:
    """A sentence that is there: accept it as it stands, or put it in other words."""
    says = principle_says(of, say)
    asked = Questions(sheet, {"says": says})
    accepts = FormOption("accept", say("accept: {text}", text=says))
    rewords = FormOption("reword", say("other words for: {text}", text=says))
    has_room = sum(each.stands for each in view.principles) < MOST_PRINCIPLES
    can_accept = has_room and of in to_accept(view.principles, view.side)
    options = [accepts, rewords] if can_accept else [rewords]
    which = asked.one("which", say("What do we do?"), options, binding=True)
    action: a.AnyAction = a.AcceptPrinciple(number=of.number)
    if which == "reword":
        action = a.PutPrinciple(says=_worded(asked, say) or "", number=of.number)
    return asked.form(name, principle_told(of, view.side, say), say("Put it"), action)


def _worded(asked: Questions, say: Teller) -> str | None:
    question = say("One sentence that both sides could keep to in the next crisis.")
    return asked.text("says", question, most=LONGEST_PRINCIPLE, lines=False)


CLOSING_FORMS: Final[dict[str, FormOf]] = {"put": put}
"""By the names of their doors."""
