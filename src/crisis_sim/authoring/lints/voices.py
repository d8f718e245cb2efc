"""Voices that nobody hears, and decisions for which nobody is asked."""

from __future__ import annotations

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.errors import Sentence
from crisis_sim.problems import write


def voices_speak(found: LintRun) -> None:
    """Every voice is one from which an inject comes."""
    speaking = {inject.from_ for inject in found.scenario.msel}
    for name in found.scenario.voices:
        if name not in speaking:
            said = Sentence("the voice '{voice}' never speaks: no inject comes from it", voice=name)
            hint = Sentence("let an inject come from it (from: {voice}), or leave it out", voice=name)
            found.warn(found.source.key_spot("voices", name), said, "voice-idle", hint)


def decisions_are_asked_for(found: LintRun) -> None:
    """Every decision is asked for in some length; at 45 minutes none is."""
    for place, inject in enumerate(found.scenario.msel):
        if inject.decide and set(inject.lengths) == {45}:
            said = Sentence("nobody is asked for this decision: it comes at 45 minutes alone, where none is asked for")
            found.warn(
                found.source.key_spot("msel", place, "decide"), said, "decision-never", write("lengths: [90, 150]")
            )
