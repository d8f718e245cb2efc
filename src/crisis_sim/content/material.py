"""A scenario joined with its rule packs: everything a session is played from.

Material is checked and never changes. `bundle` is the whole of it as a log's header keeps it, and
`material_from_bundle` brings that back, so that an old log survives an edited scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from crisis_sim.content.link import link_scenario
from crisis_sim.content.names import PARTS, Names
from crisis_sim.content.packs import link_packs
from crisis_sim.content.scenario import Scenario, long_texts
from crisis_sim.content.sources import Source, Written, from_log, plain, sha256
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems, Spot
from crisis_sim.rules.authored import SIDES, Language, Text
from crisis_sim.rules.pack import Base, Commitment, FactDeclared, Move, Pack, Rule, Term

FORMAT: Final = 1
"""Version of the bundle's shape."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, eq=False)
class Material:
    """A checked scenario, its packs in order, and one view over all of them."""

    scenario: Scenario
    packs: tuple[Pack, ...]
    base: Base
    moves: Mapping[str, Move]
    """By id, in the order of the packs and then the scenario; bits and lists go by it."""
    rules: tuple[Rule, ...]
    """The rules that apply: replaced ones in the place of those they replace, left-out ones gone."""
    terms: Mapping[str, Term]
    concerns: Mapping[str, Text]
    facts: Mapping[str, FactDeclared]
    commitments: Mapping[str, Commitment]
    texts: Mapping[str, str]
    """The long texts by file name, cleaned."""
    sources: tuple[Source, ...]
    """The scenario's source, then one for each pack."""
    kept_places: Mapping[str, str] | None = None
    """Places out of a log, where no lines are known."""

    @cached_property
    def places(self) -> Mapping[str, str]:
        """`file:line` of all that has a name: `rule/salami`, `move/accuse`, `line/us/hull-survey`, `base/tension`."""
        return self.kept_places if self.kept_places is not None else _places(self)

    def text(self, name: str, zh: str | None, language: Language) -> str:
        """A long text in `language`, or in English where it has not been written."""
        return self.texts[zh if language == "zh" and zh is not None else name]

    def bundle(self) -> dict[str, Any]:
        """The whole resolved source as plain JSON values, with the hashes of its canonical form."""
        texts = {name: self.texts[name] for name in sorted(self.texts)}
        scenario, *packs = ({"file": source.name, "tree": plain(source.tree)} for source in self.sources)
        return {
            "format": FORMAT,
            "scenario": {**scenario, "texts": texts, "sha256": sha256([scenario["tree"], texts])},
            "packs": [{**pack, "sha256": sha256(pack["tree"])} for pack in packs],
            "places": dict(self.places),
        }


def join(
    scenario: Written[Scenario] | None,
    packs: Sequence[Written[Pack]],
    texts: Mapping[str, str],
    problems: Problems,
    *,
    whole: bool,
    listed: Spot,
) -> Material | None:
    """A scenario and its packs as one material, or None with every reason in `problems`.

    Whatever could be read is checked: without a scenario or with a pack missing (then the packs are not the `whole`),
    only names that those would give go unchecked. `listed` is where the packs are named.
    """
    before = problems.errors
    models = [pack.model for pack in packs]
    names = Names(models, scenario.model if scenario is not None else None, problems, whole=whole)
    link_packs(packs, names, problems, listed)
    if scenario is not None:
        link_scenario(scenario.model, scenario.source, names, problems)
    base = next((pack.base for pack in models if pack.base is not None), None)
    if scenario is None or not whole or base is None or problems.errors > before:
        return None
    story = scenario.model
    return Material(
        scenario=story,
        packs=tuple(models),
        base=base,
        moves=names.moves,
        rules=merged_rules(models),
        terms=_merged(models, lambda pack: pack.terms),
        concerns=_merged(models, lambda pack: pack.concerns),
        facts=names.facts,
        commitments=_merged(models, lambda pack: pack.commitments) | story.commitments,
        texts=texts,
        sources=(scenario.source, *(pack.source for pack in packs)),
    )


def merged_rules(packs: Sequence[Pack]) -> tuple[Rule, ...]:
    """The rules that apply when `packs` are used in this order."""
    found: dict[str, Rule] = {}
    for pack in packs:
        for left_out in pack.without:
            found.pop(left_out, None)
        found.update((rule.id, rule) for rule in pack.rules)
    return tuple(found.values())


def material_from_bundle(bundle: Any) -> Material:
    """The material that a log's header holds, checked as if it came from files.

    Raises UnreadableInput where the bundle is damaged, was changed, or is of a version that is not known.
    """
    try:
        if bundle["format"] != FORMAT:
            raise _unreadable(f"its scenario is of format {bundle['format']!r}, and this version reads {FORMAT}")
        scenario = bundle["scenario"]
        texts = {str(name): str(text) for name, text in scenario["texts"].items()}
        parts = [(scenario, [scenario["tree"], scenario["texts"]]), *((pack, pack["tree"]) for pack in bundle["packs"])]
        places = {str(name): str(place) for name, place in bundle["places"].items()}
        changed = [str(part["file"]) for part, hashed in parts if part["sha256"] != sha256(hashed)]
        sources = [from_log(part["tree"], str(part["file"])) for part, _ in parts]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _unreadable("its header does not hold a whole scenario") from error
    if changed:
        raise _unreadable(f"its copy of {changed[0]} was changed after it was written")
    problems = Problems()
    story = sources[0].written(Scenario, problems)
    packs = [pack for source in sources[1:] if (pack := source.written(Pack, problems)) is not None]
    whole = len(packs) == len(sources) - 1
    material = join(story, packs, texts, problems, whole=whole, listed=sources[0].key_spot("rules"))
    if story is not None:
        for _, name in long_texts(story.model):
            if name not in texts:
                raise _unreadable(f"the text '{name}' is not in it")
    if material is None:
        first = next(problem for problem in problems if problem.severity == "error")
        raise _unreadable(f"its copy of {first.path} cannot be used: {first.message}")
    return _with_places(material, places)


def _with_places(material: Material, places: Mapping[str, str]) -> Material:
    fields = {name: getattr(material, name) for name in Material.__dataclass_fields__}
    return Material(**{**fields, "kept_places": places})


def _unreadable(why: str) -> UnreadableInput:
    return UnreadableInput(
        "log/scenario", f"the log cannot be played from: {why}", hint="use the version of crisis-sim that wrote it"
    )


def _merged(packs: Sequence[Pack], part: Callable[[Pack], dict[str, Thing]]) -> dict[str, Thing]:
    found: dict[str, Thing] = {}
    for pack in packs:
        found |= part(pack)
    return found


def _places(material: Material) -> dict[str, str]:
    scenario, *packs = material.sources
    found: dict[str, str] = {}
    for pack, source in zip(material.packs, packs, strict=True):
        if pack.base is not None:
            found |= {f"base/{name}": source.line("base", name) for name in Base.model_fields}
        for part, kind in PARTS.items():
            found |= {f"{kind}/{name}": source.line(part, name) for name in getattr(pack, part)}
        found |= {f"rule/{rule.id}": source.line("rules", place) for place, rule in enumerate(pack.rules)}
    return found | _scenario_places(material.scenario, scenario)


def _scenario_places(scenario: Scenario, source: Source) -> dict[str, str]:
    found = {"scenario": source.line("id")}
    for side in SIDES:
        for place, line in enumerate(scenario.teams.of(side).lines):
            found[f"line/{side}/{line.id}"] = source.line("teams", side, "lines", place)
    for part, kind in (("channels", "channel"), ("tracks", "track"), ("moves", "move"), ("commitments", "commitment")):
        found |= {f"{kind}/{name}": source.line(part, name) for name in getattr(scenario, part)}
    for place, inject in enumerate(scenario.msel):
        found[f"inject/{inject.id}"] = source.line("msel", place)
    for place, forecast in enumerate(scenario.forecasts):
        found[f"forecast/{forecast.id}"] = source.line("forecasts", place)
    return found
