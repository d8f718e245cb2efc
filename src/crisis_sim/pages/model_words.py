"""What the harness of a model, the program that asks it, has put on record of it, for facilitator and debrief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.events import ModelReported
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import SIDES as CALLED

TROUBLES: Final[Mapping[str, str]] = {
    "agent/answer": _("the endpoint of the model answers with something else"),
    "agent/certificate": _("the certificate of the model's endpoint is not to be trusted"),
    "agent/http": _("the endpoint of the model answers with an error: HTTP {status}"),
    "agent/refused": _("the endpoint of the model refuses: HTTP {status}"),
    "agent/slow": _("the model has not answered in time"),
    "agent/unreachable": _("the endpoint of the model cannot be reached"),
    "agent/unusable": _("the model answers with nothing that can be used: “{answer}”"),
}
"""By the code of what went wrong; the model's own words come in where it answered."""


def trouble_lines(reports: Iterable[ModelReported], say: Say) -> list[str]:
    """What could not be used of models, and that the harness acts in their place, by turn."""
    return [_trouble(event, say) for event in reports if event.report.trouble]


def _trouble(event: ModelReported, say: Say) -> str:
    report = event.report
    why = say(TROUBLES.get(report.trouble, report.trouble), status=report.status, answer=report.answer)
    words = {"side": say(CALLED[event.side]), "turn": event.turn, "why": why}
    if report.gave_up:
        return say("{side}, turn {turn}: its model is given up: {why}", **words)
    return say(
        "{side}, turn {turn}: its model gave no answer that can be used, and the harness acts for it: {why}", **words
    )


def model_sentences(reports: Iterable[ModelReported], by_harness: Mapping[Side, int], say: Say) -> Iterator[str]:
    """Which models played, how many questions they answered, and how often the harness acted in their place."""
    listed = list(reports)
    for side in SIDES:
        own = [event.report for event in listed if event.side == side]
        for name in dict.fromkeys((report.model, report.settings) for report in own):
            words = {"side": say(CALLED[side]), "model": name[0], "settings": name[1]}
            yield say("{side} was played by the model {model} ({settings}).", **words)
        questions, unusable = (sum(getattr(report, field) for report in own) for field in ("questions", "unusable"))
        if unusable or by_harness.get(side):
            sentence = say("To {n} of {m} questions it gave no answer that can be used.", n=unusable, m=questions)
            acted = say(
                "The harness acted in its place {n} time: the log marks that, and no measure counts it.",
                plural="The harness acted in its place {n} times: the log marks that, and no measure counts it.",
                n=by_harness.get(side, 0),
            )
            yield one_after_another((sentence, acted))
        if any(report.gave_up for report in own):
            yield say("It was given up, since no answer could be used.")
