"""Once play is over, as forms: sentences on principles of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.closing import LONGEST_PRINCIPLE, MOST_PRINCIPLES
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.shared_facts import PrincipleFacts
from crisis_sim.pages.closing_blocks import describe_principle, principle_says, to_accept, to_reword
from crisis_sim.pages.form import Form, FormLink, FormOption, FormSheet, Questions
from crisis_sim.pages.line_forms import FormOf
from crisis_sim.pages.translator import Translator

OWN: Final = "own"


def closing_links(view: TeamView, say: Translator) -> Iterator[FormLink]:
    """What can be said of principles once play is over, in the hotwash too."""
    is_open = say.dossier.asks_principles and view.phase in ("closing", "hotwash")
    if is_open and sum(entry.put_by == view.side for entry in view.principles) < MOST_PRINCIPLES:
        yield FormLink("put", say("Put a sentence on principles"))


def principle_names(view: TeamView, say: Translator) -> Iterator[str]:
    """The forms about one sentence, by the keys that their blocks have."""
    if say.dossier.asks_principles and view.phase in ("closing", "hotwash"):
        yield from (f"principle:{entry.number}" for entry in to_reword(view.principles))


def put_principle(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """A sentence for both sides: one of the scenario's, or one of our own."""
    questions = Questions(answers)
    used_texts = {principle_says(entry, say) for entry in view.principles}
    texts_by_key = {
        str(n): text for n, text in enumerate(map(say.localize, say.dossier.sentences)) if text not in used_texts
    }
    options = [FormOption(number, text) for number, text in texts_by_key.items()]
    choice = questions.one("which", say("Which sentence?"), [*options, FormOption(OWN, say("one of our own"))])
    text = texts_by_key.get(choice or "", "")
    if choice == OWN:
        text = _worded(questions, say) or ""
    return questions.form(name, say("Put a sentence on principles"), say("Put it"), a.PutPrinciple(says=text))


def principle(name: str, facts: PrincipleFacts, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """A sentence that is there: accept it as it stands, or put it in other words."""
    text = principle_says(facts, say)
    questions = Questions(answers, {"says": text})
    accepts = FormOption("accept", say("accept: {text}", text=text))
    rewords = FormOption("reword", say("other words for: {text}", text=text))
    has_room = sum(entry.stands for entry in view.principles) < MOST_PRINCIPLES
    can_accept = has_room and facts in to_accept(view.principles, view.side)
    options = [accepts, rewords] if can_accept else [rewords]
    choice = questions.one("which", say("What do we do?"), options, binding=True)
    action: a.AnyAction = a.AcceptPrinciple(number=facts.number)
    if choice == "reword":
        action = a.PutPrinciple(says=_worded(questions, say) or "", number=facts.number)
    return questions.form(name, describe_principle(facts, view.side, say), say("Put it"), action)


def _worded(questions: Questions, say: Translator) -> str | None:
    question = say("One sentence that both sides could keep to in the next crisis.")
    return questions.text("says", question, maximum=LONGEST_PRINCIPLE, lines=False)


CLOSING_FORMS: Final[dict[str, FormOf]] = {"put": put_principle}
"""By the names of their doors."""
