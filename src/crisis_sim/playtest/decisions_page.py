"""The part of a playtest's page on decisions: how often each answer was given, and for how many bots it was best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from crisis_sim.content.scenario import Inject
from crisis_sim.playtest.decision_shares import MOST, DecisionShare
from crisis_sim.playtest.findings import Findings
from crisis_sim.playtest.page_tables import columns, paragraph, tenths
from crisis_sim.rules.names import Language
from crisis_sim.wording import _, speaker

_FELL: Final[Mapping[str, str]] = {
    "speak": _("the voice was let speak"),
    "unanswered": _("not answered; the voice acted by itself"),
    "pass": _("not answered"),
    "": _("open at the end"),
}
"""What became of a decision that got none of its answers."""


def decided_rows(found: Findings, language: Language) -> Iterator[str]:
    """Each decision with what became of it; nothing where none was asked for."""
    if not found.decisions:
        return
    say, injects = speaker(language), found.subject.table.injects
    yield from ("", say("HOW DECISIONS FELL"))
    for name, group in groupby(found.decisions, key=lambda each: each.inject):
        shares = list(group)
        rows = [
            (_called(injects[name], each.answer, language), say("{share} %", share=tenths(each.share)), _best(each))
            for each in shares
        ]
        head = say("{id}: {name}", id=name, name=injects[name].title.in_(language))
        yield from columns((head, say("share"), say("best for")), rows)
        for each in shares:
            if each.dominates:
                told = _("“{answer}” was the best for more than {most} % of bots. Give it a price, or another a merit.")
                yield from paragraph(say(told, answer=_called(injects[name], each.answer, language), most=MOST))
        for answer in injects[name].decide:
            if answer not in [each.answer for each in shares]:
                told = _("“{answer}” was never given. Try more sessions, or bots that answer.")
                yield from paragraph(say(told, answer=_called(injects[name], answer, language)))
    yield from paragraph(
        say(
            "Best for a bot is the answer after which its sessions ended best on average: calm, its standing and what"
            " is at stake, each from 0 to 100, count alike."
        )
    )


def _called(inject: Inject, answer: str, language: Language) -> str:
    """An answer in its own words, or what became of the decision."""
    if answer in inject.decide:
        return inject.decide[answer].says.in_(language).rstrip(".。")
    return speaker(language)(_FELL[answer])


def _best(each: DecisionShare) -> str:
    """For how many of the bots that were compared."""
    return f"{each.best_for}/{each.compared}" if each.compared and each.answer not in _FELL else "–"
