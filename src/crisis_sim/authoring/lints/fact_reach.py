"""Private facts that nobody can tell, that cost nothing to tell, or that the other team has read already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.content.private_facts import PrivateFact
from crisis_sim.errors import Sentence
from crisis_sim.problems import write
from crisis_sim.rules.authored import Text
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES, Language

_SENTENCE: Final = re.compile(r"[^.!?。！？]{12,}")
"""Words of a sentence that are long enough to be no accident."""


def _facts(found: LintRun) -> Iterator[tuple[Loc, str, PrivateFact]]:
    for side in SIDES:
        for name, fact in found.scenario.teams.of(side).private_facts.items():
            yield ("teams", side, "private_facts", name), name, fact


def facts_can_be_told(found: LintRun) -> None:
    """Some move that can be sent here carries a private fact, in some length of the scenario."""
    told = any("disclosure" in world.workload.on for world in found.worlds.values())
    carried = any(move.discloses and found.ways[name] for name, move in found.material.moves.items())
    if told and carried:
        return
    for loc, name, _fact in _facts(found):
        said = Sentence("no move that can be sent here can tell '{fact}'", fact=name)
        hint = Sentence("list a pack with `disclosure` and with moves that disclose, or leave it out")
        found.warn(found.source.key_spot(*loc), said, "fact-untold", hint)


def facts_cost_something(found: LintRun) -> None:
    """Telling each costs its team something, or there is nothing to decide."""
    for loc, name, fact in _facts(found):
        if fact.costs is None:
            said = Sentence("to tell '{fact}' costs its team nothing, so there is nothing to decide", fact=name)
            found.warn(found.source.key_spot(*loc), said, "fact-free", write("costs: capability, or costs: standing"))


def facts_are_private(found: LintRun) -> None:
    """No sentence of what one team alone knows stands in what both teams read first."""
    scenario = found.scenario
    for language in scenario.languages:
        public = _plain(" ".join((found.material.text(scenario.brief, language), scenario.host.in_(language))))
        for loc, name, fact in _facts(found):
            if any(sentence in public for sentence in _sentences(fact.says, language)):
                said = Sentence("both teams read a sentence of '{fact}' in the public brief", fact=name)
                hint = Sentence("tell it in the private brief alone, or leave the fact out")
                found.warn(found.source.key_spot(*loc, "says"), said, "fact-public", hint)


def _sentences(text: Text, language: Language) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.findall(_plain(text.in_(language)))]


def _plain(text: str) -> str:
    """Without regard to lines and capitals."""
    return " ".join(text.split()).casefold()
