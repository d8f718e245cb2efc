"""What a team can type in each phase, and the forms that each verb opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crisis_sim.engine.sight.views import TeamView
from crisis_sim.pages.closing_blocks import principle_told
from crisis_sim.pages.decision_blocks import answered, named
from crisis_sim.pages.desk_blocks import our_account, received, request_status
from crisis_sim.pages.reading_blocks import taken
from crisis_sim.pages.seat_page import seat_form
from crisis_sim.pages.teller import Teller, head_for
from crisis_sim.plain.prompter import FormCommand, opened
from crisis_sim.plain.typed import PromptOption
from crisis_sim.wording import _

NOTE: Final = FormCommand("note", _("write something down for the debrief"), "note")
READOUT: Final = FormCommand(
    "readout",
    _("publish our account of a private exchange"),
    "exchange:",
    _("There is no exchange to give a readout of."),
    titled=True,
)
MOVES: Final = (
    FormCommand("move", _("put a move on our list; a name or a word to look for can follow"), "move"),
    FormCommand("answer", _("answer what was asked of us"), "request:", _("Nothing waits for an answer."), titled=True),
    FormCommand("revise", _("change a move on our list"), "draft:", _("Our list is empty.")),
    FormCommand("withdraw", _("take a move off our list"), "off:", _("Our list is empty.")),
    FormCommand(
        "decide",
        _("say what we do with what we now believe, or with a voice at home"),
        "decision:",
        _("Nothing asks us for an answer now."),
    ),
    READOUT,
    FormCommand("commit", _("make our list final"), "commit"),
)
FORECAST: Final = FormCommand("forecast", _("give our forecasts again"), "forecast:")
READINGS: Final = (
    FormCommand("read", _("read a card again"), "card:", _("Nothing reached us this turn.")),
    FORECAST,
    FormCommand("commit", _("make our readings final"), "commit"),
    READOUT,
)
FORECASTS: Final = (
    FORECAST,
    FormCommand("commit", _("make our forecasts final"), "commit"),
)
OWN_LINES: Final = (
    FormCommand("keep", _("choose which of the scenario's lines are ours"), "keep"),
    FormCommand("write", _("write a line of our own; kind, concern, weight and words can follow"), "write"),
    FormCommand("drop", _("take back a line that we wrote"), "line:", _("We have written none.")),
    FormCommand("order", _("order acts by how gravely we take them; numbers can follow"), "order"),
)
GUESSES: Final = (
    FormCommand("guess", _("guess one of their lines; kind, concern, weight and words can follow"), "guess"),
    FormCommand("unguess", _("take back a guess"), "guess:", _("There is none to take back.")),
    FormCommand("expect", _("say what they think our lines are; the same can follow"), "expect"),
    FormCommand("unexpect", _("take back one that we think they guess"), "expected:", _("There is none to take back.")),
    FormCommand("theirs", _("guess how gravely they take what; numbers can follow, gravest first"), "theirs"),
)
AGAIN: Final = FormCommand("keep", _("keep guesses that we made before play"), "before:", _("All of them are kept."))
CLOSING: Final = (
    FormCommand("share", _("say how much of what was done our side did"), "share"),
    FormCommand("put", _("put a sentence on principles; its number and words can follow"), "put"),
    FormCommand(
        "accept",
        _("accept a sentence of theirs; its number can follow"),
        "principle:",
        _("There is no sentence of theirs to accept."),
    ),
)
SEAL: Final = FormCommand("seal", _("seal lines and guesses: we are ready"), "seal")
"""The words of the doors of a phase, in the order in which they are told."""


def form_names(opens: str, names: Sequence[str], view: TeamView) -> list[str]:
    """The forms of all of `names` that a verb opens."""
    match opens:
        case "card:":
            return [str(card.number) for card in view.to_read]
        case "forecast:":
            return [each.id for each in view.asked_now]
        case "line:":
            return [f"line:{line.id}" for line in view.lines if line.ours and f"line:{line.id}" in names]
        case _:
            return opened(opens, names)


def choices(names: Sequence[str], view: TeamView, say: Teller) -> list[PromptOption]:
    """Forms about things of a kind as they are picked: what each thing is, and how far it has come."""
    return [PromptOption(name.partition(":")[2] or name, *_told(name, view, say)) for name in names]


def _told(name: str, view: TeamView, say: Teller) -> tuple[str, str]:
    kind, _colon, which = name.partition(":")
    match kind:
        case "request":
            request = next(each for each in view.requests if str(each.number) == which)
            return received(request.act, say), request_status(request, view, say)[0]
        case "decision":
            decision = next(each for each in view.decisions if each.asked == which)
            said = "" if decision.answer is None else answered(decision, decision.answer, say)
            return named(decision, say), said
        case "exchange":
            exchange = next(each for each in view.exchanges if str(each.number) == which)
            return head_for(exchange.act, view.side, say), our_account(exchange, say)
        case "guess" | "expected":
            of_list = view.guesses if kind == "guess" else view.expected
            guess = next(each for each in of_list if str(each.number) == which)
            return guess.says, say(guess.kind)
        case "principle":
            return principle_told(
                next(each for each in view.principles if str(each.number) == which), view.side, say
            ), ""
        case _ if card := next((each for each in view.to_read if str(each.number) == name), None):
            return received(card.act, say), taken(card, say).text
        case _:
            form = seat_form(name, view, {}, say)
            return ("" if form is None else form.title), ""
