"""The tables on the page of the shipped scenarios, in each of its languages: what can be counted of them.

Owns what stands on the two pages between a mark `<!-- table: NAME -->` and `<!-- end -->`, below a head that people
write. Says nothing of what a scenario is about; the rest of the page does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from crisis_sim.authoring.stats import SessionLength, Stats, stats_of
from crisis_sim.content.listings import list_scenarios
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Team
from crisis_sim.rules.authored import LENGTHS
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.wording import _, speaker
from crisis_sim.wording.labels import DIFFICULTIES
from crisis_sim.wording.labels import SIDES as CALLED

PAGES: Final[Mapping[Language, str]] = {"en": "docs/scenarios.md", "zh": "docs/zh/scenarios.md"}
"""The page of each language, by its path in the checkout."""
CONCERNS: Final[Mapping[str, str]] = {
    "face": _("face", "concern"),
    "status": _("status", "concern"),
    "safety": _("safety of units", "concern"),
    "sovereignty": _("sovereignty", "concern"),
    "people": _("people", "concern"),
    "capability": _("capability", "concern"),
    "openness": _("openness", "concern"),
    "blame": _("blame", "concern"),
}
"""What lines are about, in a word."""
COSTS: Final[Mapping[str, str]] = {
    "capability": _("shows a capability"),
    "standing": _("awkward at home"),
}
"""What it costs to tell a private fact."""

_TABLE: Final = re.compile(r"(<!-- table: ([a-z]+) -->\n\n(?:\|.*\n){2})(?:\|.*\n)*(\n<!-- end -->)")
"""A mark, the head that people wrote, the rows that are made, the end."""


def with_tables(page: str, language: Language) -> str:
    """A page with every table that it marks made anew; what stands outside of the marks is left as it is."""

    def filled(found: re.Match[str]) -> str:
        rows = TABLES[found[2]]
        return (
            found[1] + "".join(f"| {' | '.join(rows(*known, language))} |\n" for known in _known(language)) + found[3]
        )

    return _TABLE.sub(filled, page)


@cache
def _known(language: Language) -> Sequence[tuple[Material, Stats]]:
    """The shipped scenarios with their numbers, the easiest first."""
    found = [load_material(each.path) for each in list_scenarios()]
    return [(material, stats_of(material, language)) for material in found]


def _name(material: Material, language: Language) -> str:
    guide = (language == "zh" and material.scenario.guide.zh) or material.scenario.guide.en
    up = "../" * PAGES[language].count("/")
    return f"[{material.scenario.title.in_(language)}]({up}scenarios/{material.scenario.id}/{guide})"


def _length(material: Material, stats: Stats, language: Language) -> Iterator[str]:
    """How difficult it is, and the minutes that each length is reckoned to take."""
    yield _name(material, language)
    yield f"`{material.scenario.id}`"
    yield speaker(language)(DIFFICULTIES[material.scenario.difficulty or "medium"])
    for length in LENGTHS:
        yield from (_span(each) for each in stats.sessions if each.length == length)


def _span(session: SessionLength) -> str:
    return f"{session.least:.0f}–{session.most:.0f}"


def _reading(material: Material, stats: Stats, language: Language) -> Iterator[str]:
    """Words or characters of the briefs, of all injects to the side that is told more, and of the guide."""
    yield _name(material, language)
    counted = [(reading.what, reading.words[language]) for reading in stats.readings]
    for what in ("public brief", "private brief", "all injects", "guide"):
        found = [words for which, words in counted if which == what]
        yield f"{max(found):,}" if what == "all injects" else " / ".join(f"{words:,}" for words in found)


def _held(material: Material, stats: Stats, language: Language) -> Iterator[str]:
    """What there is to play with: injects, decisions and facts of each side, instruments, channels, tracks."""
    known = material.scenario
    yield _name(material, language)
    yield str(sum(1 for inject in known.msel if not inject.decide))
    yield str(sum(1 for inject in known.msel if inject.when is not None and not inject.decide))
    yield " / ".join(str(sum(1 for each in known.msel if each.decide and each.to == side)) for side in SIDES)
    yield " / ".join(str(len(known.teams.of(side).private_facts)) for side in SIDES)
    yield from (str(len(held)) for held in (known.instruments, known.channels, known.tracks))


def _sides(material: Material, stats: Stats, language: Language) -> Iterator[str]:
    """Who begins with principles, what each side's pink and red lines are about, and whom its secrets clear."""
    yield _name(material, language)
    first = next(side for side in SIDES if material.scenario.teams.of(side).opening == "framework-first")
    yield speaker(language)(CALLED[first])
    for side in SIDES:
        yield _lines(material.scenario.teams.of(side), language)
    for side in SIDES:
        yield _facts(material.scenario.teams.of(side), language)


def _lines(team: Team, language: Language) -> str:
    say = speaker(language)
    kinds = [[say(CONCERNS[line.concern], "concern") for line in team.lines if line.kind == kind] for kind in KINDS]
    return "; ".join(say(", ").join(dict.fromkeys(each)) for each in kinds)


def _facts(team: Team, language: Language) -> str:
    say = speaker(language)
    told = [
        (say(_("both")) if fact.clears == "both" else say(CALLED[fact.clears]), say(COSTS[fact.costs or "standing"]))
        for fact in team.private_facts.values()
    ]
    return "; ".join(say("{whom} ({cost})", whom=whom, cost=cost) for whom, cost in told)


KINDS: Final = ("pink", "red")
TABLES: Final[Mapping[str, Callable[[Material, Stats, Language], Iterator[str]]]] = {
    "length": _length,
    "reading": _reading,
    "held": _held,
    "sides": _sides,
}
"""What makes the rows of a table, by the name in its mark."""
