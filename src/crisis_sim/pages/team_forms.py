"""All that a team can be asked, by name: the doors of the moment, what of its pages can be opened, and each form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.engine.actions import WithdrawMove, own_moves
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.pages import turn_forms
from crisis_sim.pages.closer_words import KEY
from crisis_sim.pages.closing_forms import CLOSING_FORMS, closing_links, principle, principle_names
from crisis_sim.pages.form import Form, FormLink, FormSheet, Questions
from crisis_sim.pages.line_forms import LINE_FORMS, line_links, line_names, of_line, seal
from crisis_sim.pages.move_form import NEW, answer_form, move_form, revised_form
from crisis_sim.pages.pending_blocks import draft_head, has_answer
from crisis_sim.pages.screen_words import throw_away_blocks
from crisis_sim.pages.talk_blocks import is_written, talks_due, to_note
from crisis_sim.pages.translator import Translator
from crisis_sim.pages.turn_forms import ALONE, COMMIT
from crisis_sim.wording import _

NOTE: Final = "note"
NOTED: Final = "noted"
"""Before a talk's number: what was said in it."""
ASK: Final = "ask"
SEAL: Final = "seal"
REQUEST, CARD, FORECAST = "request", "card", "forecast"
"""Links that keep their place once all that was asked is answered."""
COMMITS: Final = {
    ("readings", True): _("Commit our readings and forecasts"),
    ("readings", False): _("Commit our readings"),
    ("forecasts", True): _("Commit our forecasts"),
    ("forecasts", False): _("Commit our forecasts"),
}
"""By the phase, and whether forecasts are asked in it."""


def team_links(view: TeamView, say: Translator) -> Iterator[FormLink]:
    """What a team can do at the moment, each at the place that it keeps while the phase lasts.

    What a phase asks stands first; where it has asked nothing, that is left out.
    """
    is_open = not view.committed
    note = FormLink(NOTE, say("Write a note"))
    if view.phase == "moves" and is_open:
        if view.requests or view.decisions:
            closed = "" if (name := next(unanswered(view), "")) else say("nothing waits for an answer")
            yield FormLink(name or REQUEST, say("Answer what is asked of us"), closed)
        is_full = own_moves(entry.draft for entry in view.drafts) >= say.dossier.moves_most
        yield FormLink(NEW, say("New move"), say("our own moves are all listed") if is_full else "")
        yield FormLink(COMMIT, say("Commit our moves"))
        yield note
        if view.ways_to_ask:
            yield FormLink(ASK, say("Ask them what moved them closer"))
    elif view.phase in ("readings", "forecasts") and is_open:
        if view.phase == "readings" and view.to_read:
            closed = "" if (name := next(_unread_cards(view), "")) else say("every card is read")
            yield FormLink(name or CARD, say("Read the next card"), closed)
        if view.asked_now:
            closed = "" if (name := next(_unsaid_forecasts(view), "")) else say("every forecast is given")
            yield FormLink(name or FORECAST, say("Give the next forecast"), closed)
        yield FormLink(COMMIT, say(COMMITS[view.phase, bool(view.asked_now)]))
        yield note
    else:
        yield from line_links(view, say)
        yield from closing_links(view, say)
        if view.phase in ("briefing", "closing") and is_open:
            yield FormLink(SEAL, say("Seal lines and guesses"))
        yield note
    if (talk := to_note(view)) is not None:
        yield FormLink(f"{NOTED}:{talk.number}", say("Note what was said in the talk"))


def team_names(view: TeamView, say: Translator) -> tuple[str, ...]:
    """Every form that can be had now, those about one thing of a page by the key of its block."""
    names = [link.name for link in team_links(view, say) if not link.closed]
    names += [*line_names(view, say), *principle_names(view, say)]
    if not view.committed:
        match view.phase:
            case "moves":
                names += _of_moves(view)
            case "readings":
                names += [str(card.number) for card in view.to_read]
                names += [f"{ALONE}:{card.number}" for card in view.to_read if card.hostility is None]
                names += [forecast.id for forecast in view.asked_now]
            case "forecasts":
                names += [forecast.id for forecast in view.asked_now]
            case _:
                pass
    if not (view.phase == "moves" and view.committed):
        names += [f"exchange:{talk.number}" for talk in view.exchanges if talk.open]
    if view.phase not in ("hotwash", "closed"):
        names += [f"{NOTED}:{talk.number}" for talk in view.exchanges]
    talk_numbers = [talk.number for talk in talks_due(view) if is_written(view, in_rooms=True) and not talk.ended]
    names += [f"{form}:{number}" for number in talk_numbers for form in ("say", "end")]
    return tuple(dict.fromkeys(names))


def _of_moves(view: TeamView) -> Iterator[str]:
    yield from (f"{kind}:{entry.number}" for entry in view.drafts for kind in ("draft", "off"))
    yield from (f"request:{request.number}" for request in view.requests)
    yield from (f"decision:{decision.asked}" for decision in view.decisions)
    if view.closer is not None:
        yield KEY


def team_form(name: str, view: TeamView, answers: FormSheet, say: Translator) -> Form | None:
    """The form of that name as it is for a half-written sheet; None where it is not to be had now."""
    kind, _colon, target = name.partition(":")
    if kind == NEW:
        if NEW not in team_names(view, say) or (target and target not in say.dossier.moves):
            return None
        return move_form(name, target, view, answers, say)
    if name not in team_names(view, say):
        return None
    if (plain := LINE_FORMS.get(name) or CLOSING_FORMS.get(name)) is not None:
        return plain(name, view, answers, say)
    match kind:
        case "seal":
            return seal(name, view, answers, say)
        case "commit":
            return turn_forms.commit(name, view, answers, say)
        case "note":
            return turn_forms.note(name, answers, say)
        case "ask":
            return turn_forms.ask_closer(name, view, answers, say)
        case "line" | "guess" | "before":
            return of_line(name, view, say)
        case _:
            return _of_turn(name, kind, target, view, answers, say)


def _of_turn(name: str, kind: str, target: str, view: TeamView, answers: FormSheet, say: Translator) -> Form | None:
    """A form about one thing of the turn."""
    match kind:
        case "draft":
            return revised_form(name, view.drafts[int(target) - 1], view, answers, say)
        case "off":
            return _taken_off(name, int(target), view, say)
        case "request":
            return _answer(name, int(target), view, answers, say)
        case "decision":
            decision = next(entry for entry in view.decisions if entry.asked == target)
            return turn_forms.decision(name, decision, view, answers, say)
        case "closer":
            return turn_forms.answer_closer(name, view, answers, say)
        case "exchange":
            return turn_forms.readout(name, view.exchanges[int(target) - 1], view, answers, say)
        case "noted":
            return turn_forms.note_talk(name, view.exchanges[int(target) - 1], view, answers, say)
        case "alone":
            alone = next(entry for entry in view.to_read if str(entry.number) == target)
            return turn_forms.reading_alone(name, alone, answers, say)
        case "end":
            return turn_forms.call_ended(name, int(target), say)
        case "say":
            return turn_forms.call_line_form(name, int(target), answers, say)
        case "principle":
            principle_facts = next(entry for entry in view.principles if str(entry.number) == target)
            return principle(name, principle_facts, view, answers, say)
        case _ if card := next((entry for entry in view.to_read if str(entry.number) == name), None):
            return turn_forms.reading(name, card, view, answers, say)
        case _:
            forecast = next(entry for entry in view.asked_now if entry.id == name)
            return turn_forms.forecast(name, forecast, view, answers, say)


def _answer(name: str, number: int, view: TeamView, answers: FormSheet, say: Translator) -> Form:
    """A request has one answer a turn: the one on the list opens again."""
    if listed := next((entry for entry in view.drafts if entry.draft.answers == number), None):
        return revised_form(name, listed, view, answers, say)
    return answer_form(name, next(request for request in view.requests if request.number == number), view, answers, say)


def _taken_off(name: str, number: int, view: TeamView, say: Translator) -> Form:
    """Take a move off the list."""
    draft = view.drafts[number - 1].draft
    lost = throw_away_blocks([draft.text], say) if draft.text else ()
    return Questions({}).form(name, draft_head(draft, say), say("take off"), WithdrawMove(number=number), intro=lost)


def unanswered(view: TeamView) -> Iterator[str]:
    """The forms about what is asked of us in these moves and has no answer yet, a holding note being one."""
    yield from (f"decision:{decision.asked}" for decision in view.decisions if decision.answer is None)
    yield from (f"request:{request.number}" for request in view.requests if not has_answer(request))


def asked_in_turn(view: TeamView) -> Iterator[str]:
    """The forms that a team is asked one after the other: cards that are not read, then forecasts that are not said."""
    if view.phase in ("readings", "forecasts") and not view.committed:
        yield from (*_unread_cards(view), *_unsaid_forecasts(view))


def _unread_cards(view: TeamView) -> Iterator[str]:
    yield from (str(card.number) for card in view.to_read if card.hostility is None)


def _unsaid_forecasts(view: TeamView) -> Iterator[str]:
    yield from (forecast.id for forecast in view.asked_now if forecast.chance is None)
