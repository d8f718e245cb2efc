"""Tables on pages that people write, in each language: what can be counted of the shipped scenarios, and keys.

Owns what stands on such a page between a mark `<!-- table: NAME -->` and `<!-- end -->`, below a head that people
write. Says nothing of what a scenario is about, or when a key is pressed; the rest of the page does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Final, TypeAlias

from crisis_sim.authoring.stats import Stats, stats_of
from crisis_sim.content.listings import list_scenarios
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Team
from crisis_sim.rules.authored import LENGTHS
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.wording import speaker
from crisis_sim.wording.labels import DIFFICULTIES
from crisis_sim.wording.labels import SIDES as CALLED

_WRITTEN: Final = ("scenarios", "play", "facilitate")
PAGES: Final[Mapping[str, Language]] = {
    **{f"docs/{name}.md": "en" for name in _WRITTEN},
    **{f"docs/zh/{name}.md": "zh" for name in _WRITTEN},
}
"""The language of each page, by its path in the checkout."""
Cells: TypeAlias = Iterator[str]
"""A row of a table."""
CONCERNS: Final[Mapping[str, Mapping[Language, str]]] = {
    "face": {"en": "face", "zh": "面子"},
    "status": {"en": "status", "zh": "席位与地位"},
    "safety": {"en": "safety of units", "zh": "人员与舰机安全"},
    "sovereignty": {"en": "sovereignty", "zh": "主权与同意"},
    "people": {"en": "people", "zh": "人员生命与自由"},
    "capability": {"en": "capability", "zh": "获取情报、前沿部署"},
    "openness": {"en": "openness", "zh": "知情与透明"},
    "blame": {"en": "blame", "zh": "责任归咎"},
}
"""What lines are about, in a word."""
COSTS: Final[Mapping[str, Mapping[Language, str]]] = {
    "capability": {"en": "shows a capability", "zh": "暴露能力"},
    "standing": {"en": "awkward at home", "zh": "国内难堪"},
}
"""What it costs to tell a private fact."""
WITH_COST: Final[Mapping[Language, str]] = {"en": "{whom} ({cost})", "zh": "{whom}（{cost}）"}

_TABLE: Final = re.compile(r"(<!-- table: ([a-z]+) -->\n\n(?:\|.*\n){2})(?:\|.*\n)*(\n<!-- end -->)")
"""A mark, the head that people wrote, the rows that are made, the end."""


def with_tables(page: str, language: Language) -> str:
    """A page with every table that it marks made anew; what stands outside of the marks is left as it is."""

    def filled(found: re.Match[str]) -> str:
        return found[1] + "".join(f"| {' | '.join(row)} |\n" for row in TABLES[found[2]](language)) + found[3]

    return _TABLE.sub(filled, page)


def _keys(screen: str, language: Language) -> Iterator[Cells]:
    """The keys of a team's screen or of the console, and those of every screen, each with what it does."""
    from crisis_sim.tui.key_bindings import EVERYWHERE
    from crisis_sim.tui.page_screen import CONSOLE_KEYS, TEAM_KEYS

    for key in (*(TEAM_KEYS if screen == "team" else CONSOLE_KEYS), *EVERYWHERE):
        yield iter((f"`{key.face}`", speaker(language)(key.description)))


def _scenarios(cells: Callable[[Material, Stats, Language], Cells], language: Language) -> Iterator[Cells]:
    """A row for each shipped scenario."""
    return (cells(*known, language) for known in _known(language))


@cache
def _known(language: Language) -> Sequence[tuple[Material, Stats]]:
    """The shipped scenarios with their numbers, the easiest first."""
    found = [load_material(each.path) for each in list_scenarios()]
    return [(material, stats_of(material, language)) for material in found]


def _name(material: Material, language: Language) -> str:
    guide = (language == "zh" and material.scenario.guide.zh) or material.scenario.guide.en
    up = "../" if language == "en" else "../../"
    return f"[{material.scenario.title.in_(language)}]({up}scenarios/{material.scenario.id}/{guide})"


def _length(material: Material, stats: Stats, language: Language) -> Cells:
    """How difficult it is, and the minutes that each length is reckoned to take."""
    yield _name(material, language)
    yield f"`{material.scenario.id}`"
    yield speaker(language)(DIFFICULTIES[material.scenario.difficulty or "medium"])
    for length in LENGTHS:
        yield from (f"{each.minimum:.0f}–{each.maximum:.0f}" for each in stats.sessions if each.length == length)


def _reading(material: Material, stats: Stats, language: Language) -> Cells:
    """Words or characters of the briefs, of all injects to the side that is told more, and of the guide."""
    yield _name(material, language)
    counted = [(reading.text, reading.words[language]) for reading in stats.readings]
    for what in ("public brief", "private brief", "all injects", "guide"):
        found = [words for which, words in counted if which == what]
        yield f"{max(found):,}" if what == "all injects" else " / ".join(f"{words:,}" for words in found)


def _held(material: Material, stats: Stats, language: Language) -> Cells:
    """What there is to play with: injects, decisions and facts of each side, instruments, channels, tracks."""
    known = material.scenario
    yield _name(material, language)
    yield str(sum(1 for inject in known.msel if not inject.decide))
    yield str(sum(1 for inject in known.msel if inject.when is not None and not inject.decide))
    yield " / ".join(str(sum(1 for each in known.msel if each.decide and each.to == side)) for side in SIDES)
    yield " / ".join(str(len(known.teams.team_of(side).private_facts)) for side in SIDES)
    yield from (str(len(held)) for held in (known.instruments, known.channels, known.tracks))


def _sides(material: Material, stats: Stats, language: Language) -> Cells:
    """Who begins with principles, what each side's pink and red lines are about, and whom its secrets clear."""
    yield _name(material, language)
    first = next(side for side in SIDES if material.scenario.teams.team_of(side).opening == "framework-first")
    yield speaker(language)(CALLED[first])
    for side in SIDES:
        yield _lines(material.scenario.teams.team_of(side), language)
    for side in SIDES:
        yield _facts(material.scenario.teams.team_of(side), language)


def _lines(team: Team, language: Language) -> str:
    say = speaker(language)
    kinds = [[CONCERNS[line.concern][language] for line in team.lines if line.kind == kind] for kind in KINDS]
    return "; ".join(say(", ").join(dict.fromkeys(each)) for each in kinds)


def _facts(team: Team, language: Language) -> str:
    say = speaker(language)
    told = [
        (say("both" if fact.clears == "both" else CALLED[fact.clears]), COSTS[fact.costs or "standing"][language])
        for fact in team.private_facts.values()
    ]
    return "; ".join(WITH_COST[language].format(whom=whom, cost=cost) for whom, cost in told)


KINDS: Final = ("pink", "red")
TABLES: Final[Mapping[str, Callable[[Language], Iterator[Cells]]]] = {
    "length": partial(_scenarios, _length),
    "reading": partial(_scenarios, _reading),
    "held": partial(_scenarios, _held),
    "sides": partial(_scenarios, _sides),
    "team": partial(_keys, "team"),
    "console": partial(_keys, "console"),
}
"""What makes the rows of a table, by the name in its mark."""
