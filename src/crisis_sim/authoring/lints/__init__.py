"""What is allowed and probably not meant: what cannot happen, be sent, be read, be pressed or be learned from.

Works on material that has passed every check; it warns, and keeps nothing from being played. Each room holds the checks
of one kind of thing; `docs/reference/lint.md` says what every warning means. An author may allow one in place, for a
reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from crisis_sim.authoring.lints import (
    holdings,
    injects,
    leftovers,
    lines,
    moves,
    rule_reach,
    texts,
    timing,
    tracks,
    translation,
)
from crisis_sim.authoring.lints.lint_run import LintRun, apply_silences
from crisis_sim.content.material import Material
from crisis_sim.problems import Problems


def lint(material: Material, problems: Problems) -> None:
    """Warn of everything in a scenario that is probably not meant and that its author has not allowed."""
    run = LintRun(material, problems)
    for check in CHECKS:
        check(run)
    apply_silences(problems, material.sources, CODES)


CHECKS: Final[tuple[Callable[[LintRun], None], ...]] = (
    injects.injects_come,
    timing.followers_come,
    timing.windows_fit,
    timing.branches_part,
    injects.contingencies_hold,
    injects.msel_in_order,
    injects.conditions_hold,
    injects.forecasts_are_open,
    holdings.cards_are_open,
    lines.lines_matter,
    lines.crossings_tell,
    lines.limits_are_in_reach,
    lines.small_steps_warn,
    moves.moves_can_be_sent,
    moves.channels_are_used,
    moves.moves_can_be_afforded,
    moves.answers_are_asked_for,
    moves.promises_can_be_accepted,
    moves.moves_asked_for_can_be_made,
    moves.public_acts_can_be_made,
    moves.clocks_run,
    tracks.tracks_go_the_right_way,
    tracks.hours_leave_time,
    tracks.marks_are_in_reach,
    moves.injects_have_both_branches,
    moves.tracks_have_both_branches,
    moves.closed_channels_reopen,
    holdings.assets_are_used,
    holdings.looks_can_hold,
    holdings.properties_are_read,
    moves.instruments_bind,
    holdings.voices_speak,
    holdings.decisions_are_asked_for,
    holdings.lengths_leave_time,
    holdings.facts_can_be_told,
    holdings.facts_cost_something,
    holdings.facts_are_private,
    texts.texts_are_translated,
    translation.chinese_is_written,
    translation.lengths_agree,
    translation.terms_are_kept,
    texts.briefs_can_be_read,
    texts.readings_are_two,
    texts.datelines_agree,
    texts.braces_stand_where_they_are_filled,
    texts.sides_are_balanced,
    texts.blame_is_shared,
    injects.questions_are_moored,
    lines.reds_are_in_reach,
    rule_reach.floors_end,
    rule_reach.rules_are_not_replaced_unawares,
    rule_reach.credits_are_earned,
    rule_reach.pressure_finds_a_line,
    rule_reach.acts_say_whose,
    rule_reach.rules_can_apply,
    rule_reach.rules_on_acts_ask_of_the_act,
    rule_reach.facts_are_read,
    rule_reach.help_waits_for_the_host,
    leftovers.no_comment_eats_a_text,
    leftovers.nothing_is_left_to_write,
    leftovers.guides_name_what_there_is,
    leftovers.hours_in_texts_agree,
)

CODES: Final = frozenset(
    {
        *("inject-never", "after-never", "after-loop", "until", "contingency-never", "contingency-late"),
        *("msel-order", "condition-never", "forecast-never", "forecast-always", "red-alone", "red-idle"),
        *("red-mild", "pink-idle", "pink-never", "pink-weak", "salami", "move-stuck", "move-dear"),
        *("move-never", "move-nowhere", "answer-idle", "promise-idle", "channel-idle", "branch-injects"),
        *("branch-track", "branch-channel", "clock-still", "language", "brief-long", "reads-one"),
        *("reads-alike", "imbalance", "blame-one", "question-empty", "question-unmoored", "clock-text"),
        *("brace-idle", "red-unfit", "floor-held", "rule-replaced", "credit-again", "press-one", "ever-either"),
        *("asset-idle", "seen-never", "property-idle", "cite-nobody"),
        *("cite-unbroken", "card-never", "card-always", "voice-idle", "decision-never", "length-idle"),
        *("fact-untold", "fact-free", "fact-public", "file-name", "lengths-apart"),
        *("term", "window-late", "branch-both", "public-never", "track-way", "track-soon"),
        *("mark-never", "rule-never", "rule-every-act", "fact-idle", "consent-idle", "hash-text", "placeholder"),
        *("guide-name",),
    }
)
"""What can be warned of, and allowed in place."""
