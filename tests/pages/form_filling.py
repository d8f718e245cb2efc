"""Somebody who sees forms and nothing else: answers whatever is asked, by chance."""

from __future__ import annotations

from random import Random

from crisis_sim.engine.actions import AnyAction
from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView
from crisis_sim.pages.console_forms import console_names
from crisis_sim.pages.form import Form, FormAnswer, FormField
from crisis_sim.pages.seat_page import seat_form
from crisis_sim.pages.team_forms import team_names
from crisis_sim.pages.translator import Translator

STEPS = 40
"""Answers after which a form is given up."""


def filled(
    name: str, view: TeamView | FacilitatorView, say: Translator, chance: Random, afresh: bool = True
) -> Form | None:
    """A form with every question answered; what was said before is kept at times."""
    sheet: dict[str, FormAnswer] = {}
    form = seat_form(name, view, sheet, say)
    for _step in range(STEPS):
        if form is None:
            return None
        unsaid = [of for of in form.fields if of.name not in sheet and (of.answer is None or (afresh and _free(of)))]
        if not unsaid:
            return form
        sheet[unsaid[0].name] = answer(unsaid[0], chance)
        form = seat_form(name, view, sheet, say)
    raise AssertionError(f"{name} is never whole: {sheet}")


def _free(of: FormField) -> bool:
    return of.kind != "one" or len(of.options) > 1


def answer(of: FormField, chance: Random) -> FormAnswer:
    """Something that can be answered."""
    able = [each.name for each in of.options if not each.closed]
    match of.kind:
        case "one" if "accept" in able and chance.random() < 0.5:
            return "accept"  # calls are held
        case "one":
            return chance.choice([*able, *([""] if of.skip_label else [])])
        case "many":
            return tuple(chance.sample(able, chance.randint(0 if of.skip_label else 1, min(of.maximum, len(able)))))
        case "order":
            return tuple(chance.sample(able, len(able)))
        case "number":
            return str(chance.randint(0, of.maximum))
        case "text" if of.name == "to":  # a number with decimals
            return str(chance.randint(1, 9))
        case "text":
            return "" if of.skip_label and chance.random() < 0.3 else f"Words of ours, {chance.randint(1, 99)}."


def some_act(view: TeamView | FacilitatorView, say: Translator, chance: Random) -> AnyAction | None:
    """What somebody would do now by a form taken by chance; what ends the phase is not among them."""
    of_seat = team_names(view, say) if isinstance(view, TeamView) else console_names(view, say)
    names = [each for each in of_seat if each not in ("commit", "seal", "advance")]
    asked = [each for each in names if each.startswith(("request:", "exchange:", "say:"))]
    name = chance.choice(asked if asked and chance.random() < 0.5 else names)
    form = filled(name, view, say, chance, afresh=chance.random() < 0.7)
    return None if form is None else form.action
