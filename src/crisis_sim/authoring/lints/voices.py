"""Voices that nobody hears, and decisions for which nobody is asked."""

from __future__ import annotations

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.errors import Sentence
from crisis_sim.problems import write
from crisis_sim.rules.authored import LENGTHS


def voices_speak(found: LintRun) -> None:
    """Every voice is one from which an inject comes."""
    speaking = {inject.from_ for inject in found.scenario.msel}
    for name in found.scenario.voices:
        if name not in speaking:
            said = Sentence("the voice '{voice}' never speaks: no inject comes from it", voice=name)
            hint = Sentence("let an inject come from it (from: {voice}), or leave it out", voice=name)
            found.warn(found.source.key_spot("voices", name), said, "voice-idle", hint)


def decisions_are_asked_for(found: LintRun) -> None:
    """Every decision comes in some length in which the packs leave time for decisions."""
    workload = found.material.base.workload
    asked = [length for length in LENGTHS if workload.is_on("decisions", length, one_table=False)]
    for place, inject in enumerate(found.scenario.msel):
        if inject.decide and set(inject.lengths).isdisjoint(asked):
            said = Sentence("nobody is asked for this decision: it comes only where the packs leave no time for any")
            hint = write(f"lengths: [{', '.join(map(str, asked))}]")
            found.warn(found.source.key_spot("msel", place, "decide"), said, "decision-never", hint)
