"""Facts that nobody asks for, and help that should wait for the host and does not."""

from __future__ import annotations

from typing import Final

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.lints.ways import each
from crisis_sim.errors import Sentence
from crisis_sim.problems import write
from crisis_sim.rules.moment import FactIs

_CONSENT: Final = "host-consent"
"""What the shipped base calls the fact that the host has let outsiders in."""


def facts_are_read(found: LintRun) -> None:
    """Some condition, or some move, asks for each fact that the scenario or a pack of its own has."""
    scenario, moves = found.scenario, found.material.moves.values()
    read = {fact.id for of in (scenario, *found.material.packs) for _loc, fact in each(of, (), FactIs)}
    read |= {move.stands_under for move in moves if move.stands_under is not None}
    read |= {move.asks.stands.under for move in moves if move.asks is not None and move.asks.stands is not None}
    if scenario.consent is not None:
        read.add(scenario.consent.fact)
    written = [(found.source, name) for name in scenario.facts]
    written += [(source, name) for pack, source in found.own_packs for name in pack.facts]
    for source, name in written:
        if name not in read:
            said = Sentence("nothing asks whether the fact '{fact}' holds, so it changes nothing", fact=name)
            hint = Sentence("let a rule, an inject, a line or a track ask for it, or leave it out")
            found.warn(source.key_spot("facts", name), said, "fact-idle", hint)


def help_waits_for_the_host(found: LintRun) -> None:
    """Where the host has not let anybody in at the start, help waits until it has."""
    scenario, start = found.scenario, found.scenario.facts.get(_CONSENT)
    waits = any(move.needs_consent_or is not None for move in found.material.moves.values())
    if scenario.consent is None and start is not None and not start.start and waits:
        said = Sentence("the host has let nobody in, and help goes all the same: the scenario has no `consent`")
        hint = write(f"consent: {{fact: {_CONSENT}, ask: offer-help}}")
        found.warn(found.source.key_spot("facts", _CONSENT), said, "consent-idle", hint)
