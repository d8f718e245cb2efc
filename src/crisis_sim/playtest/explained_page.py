"""The parts of a playtest's page that explain: what moved tension and lines, what was not reached, and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from crisis_sim.content.material import Material, titles_by_id
from crisis_sim.content.scenario import Inject
from crisis_sim.playtest.decision_shares import MAX_SHARE, DecisionShare
from crisis_sim.playtest.findings import Findings
from crisis_sim.playtest.page_tables import columns, paragraph, tenths
from crisis_sim.playtest.reachable import Reachable
from crisis_sim.playtest.tension_budget import BudgetRow, heaviest
from crisis_sim.rules.names import Language
from crisis_sim.wording import _, in_words, speaker
from crisis_sim.wording.labels import SIDES as NAMES

_ROWS: Final = 12
"""Rows of the budget; the rest is in JSON and CSV."""
_ACTS: Final = 3
"""Acts that are named for each line."""
_OTHER_CAUSES: Final = {
    "decay": _("time, which takes tension back to rest"),
    "under rest": _("calm below where tension rests, which counts in part"),
    "without force": _("the mark beyond which nothing short of force takes it"),
    "clock": _("a clock"),
    "override": _("the facilitator"),
}
"""What moves tension and is neither move nor rule, as a trace calls it."""


def moved_tension(findings: Findings, language: Language) -> Iterator[str]:
    """The tension budget: what each move and rule added and took, and how far tension went in each turn."""
    say = speaker(language)
    rows = []
    for row in findings.budget[:_ROWS]:
        # Translators: a share of a hundred
        shares = (say("{share} %", share=tenths(share)) for share in (row.share_up, row.share_down))
        rows.append((_mover(findings, row, language), tenths(row.up), tenths(row.down), *shares))
    yield from columns(
        (
            say("points a session"),
            say("up", "of tension"),
            say("down", "of tension"),
            say("of all up"),
            say("of all down"),
        ),
        rows,
    )
    if len(findings.budget) > _ROWS:
        yield say("and {n} more in JSON and CSV", n=len(findings.budget) - _ROWS)
    turns = [
        (say("turn {turn}", turn=row.turn), tenths(row.up), tenths(row.down)) for row in findings.turns if row.turn
    ]
    yield from columns(("", say("up", "of tension"), say("down", "of tension")), turns)
    yield from paragraph(
        say(
            "A move stands here with its own weight, and each rule with what it made of it. What would have gone beyond"
            " 0 or 100 is counted in."
        )
    )
    for template, top_row in (
        (_("More than half of what raised tension came of: {name}. {try_it}"), heaviest(findings.budget, "up")),
        (_("More than half of what lowered tension came of: {name}. {try_it}"), heaviest(findings.budget, "down")),
    ):
        if top_row is not None:
            try_it = say("Try other bots, or look at its number.")
            yield from paragraph(say(template, name=_mover(findings, top_row, language), try_it=try_it))


def _mover(findings: Findings, row: BudgetRow, language: Language) -> str:
    """What moved tension, in words."""
    say, material = speaker(language), findings.subject.material
    if row.kind == "rule":
        rule = next(rule for rule in material.rules if rule.id == row.name)
        return say("rule {id}: {name}", id=row.name, name=rule.says.in_(language).rstrip(".。"))
    name = _called(material, row.name, language)
    return say("silence over: {name}", name=name) if row.kind == "silence" else name


def _called(material: Material, name: str, language: Language) -> str:
    """What a trace calls a cause by, in words: a move, a rule, `inject ID`, `track ID/PLACE`, or time."""
    if name in _OTHER_CAUSES:
        return speaker(language)(_OTHER_CAUSES[name])
    if name in material.moves:
        return material.moves[name].label.in_(language)
    rule_text = next((rule.says.in_(language).rstrip(".。") for rule in material.rules if rule.id == name), None)
    return rule_text or titles_by_id(material, language).get(name.rpartition(" ")[2].partition("/")[0], name)


def pressed_lines(findings: Findings, language: Language) -> Iterator[str]:
    """Each line that was pressed, by side, with the acts that did most of it."""
    say, material = speaker(language), findings.subject.material
    rows: list[tuple[str, ...]] = []
    for (side, line), group in groupby(findings.pressing, key=lambda row: (row.side, row.line)):
        acts = list(group)
        title = say("{side}: {line}", side=say(NAMES[side]), line=_called(material, line, language))
        rows.append((title, tenths(sum(row.points for row in acts)), ""))
        for row in acts[:_ACTS]:
            share = say("{share} %", share=tenths(row.share))
            rows.append((f"  {_called(material, row.source, language)}", tenths(row.points), share))
    if not rows:
        yield say("No line was pressed.")
        return
    yield from columns((say("pressure a session"), say("points"), say("share")), rows)


def why_never(findings: Findings, target: Reachable, language: Language) -> Iterator[str]:
    """What a thing that nobody reached waits for, step by step, and why the last of that did not happen."""
    cause, say = findings.causes.get(target.key), speaker(language)
    if cause is None:
        return
    for step in cause.waits_for:
        yield from paragraph(say("waits for: {thing}", thing=in_words(step.sentence, language)), indent=6)
    yield from paragraph(in_words(cause.because, language), indent=6)


_FELL: Final[Mapping[str, str]] = {
    "speak": _("the voice was let speak"),
    "unanswered": _("not answered; the voice acted by itself"),
    "pass": _("not answered"),
    "": _("open at the end"),
}
"""What became of a decision that got none of its answers."""


def decided_rows(findings: Findings, language: Language) -> Iterator[str]:
    """Each decision with what became of it; nothing where none was asked for."""
    if not findings.decisions:
        return
    say, injects = speaker(language), findings.subject.table.injects
    yield from ("", say("HOW DECISIONS FELL"))
    for name, group in groupby(findings.decisions, key=lambda share: share.inject):
        shares = list(group)
        rows = [
            (
                _answer_called(injects[name], share.answer, language),
                say("{share} %", share=tenths(share.share)),
                _best(share),
            )
            for share in shares
        ]
        head = say("{id}: {name}", id=name, name=injects[name].title.in_(language))
        yield from columns((head, say("share"), say("best for")), rows)
        for share in shares:
            if share.dominates:
                text = _("“{answer}” was the best for more than {most} % of bots. Give it a price, or another a merit.")
                yield from paragraph(
                    say(text, answer=_answer_called(injects[name], share.answer, language), most=MAX_SHARE)
                )
        for answer in injects[name].decide:
            if answer not in [share.answer for share in shares]:
                text = _("“{answer}” was never given. Try more sessions, or bots that answer.")
                yield from paragraph(say(text, answer=_answer_called(injects[name], answer, language)))
    yield from paragraph(
        say(
            "Best for a bot is the answer after which its sessions ended best on average: calm, its standing and what"
            " is at stake, each from 0 to 100, count alike."
        )
    )


def _answer_called(inject: Inject, answer: str, language: Language) -> str:
    """An answer in its own words, or what became of the decision."""
    if answer in inject.decide:
        return inject.decide[answer].says.in_(language).rstrip(".。")
    return speaker(language)(_FELL[answer])


def _best(share: DecisionShare) -> str:
    """For how many of the bots that were compared."""
    return f"{share.best_for}/{share.compared}" if share.compared and share.answer not in _FELL else "–"
