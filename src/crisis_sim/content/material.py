"""A scenario joined with its rule packs: everything a session is played from.

Material is checked and never changes. `bundle` is the whole of it as a log's header keeps it, and
`material_from_bundle` brings that back, so that an old log survives an edited scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from msgspec import json

from crisis_sim.content.link import link_scenario
from crisis_sim.content.names import PARTS, Names
from crisis_sim.content.neighbours import Neighbours
from crisis_sim.content.packs import link_packs
from crisis_sim.content.scenario import Files, Scenario, long_texts
from crisis_sim.content.sources import Source, Written, from_log, is_clean, plain, sha256
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems, Spot
from crisis_sim.rules.authored import Text
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.rules.pack import Base, Commitment, FactDeclared, Move, Pack, Rule, Term
from crisis_sim.text import clean, clipped

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

    def text(self, files: Files, language: Language) -> str:
        """A long text, such as a brief, in `language`, or in English where it has not been written."""
        return self.texts[files.zh if language == "zh" and files.zh is not None else files.en]

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

    @cached_property
    def packed(self) -> bytes:
        """The bundle as JSON, as it stands in a log's header."""
        return json.encode(self.bundle())


def join(
    scenario: Written[Scenario] | None,
    packs: Sequence[Written[Pack]],
    texts: Mapping[str, str],
    problems: Problems,
    *,
    whole: bool,
    listed: Spot,
    around: Neighbours | None = None,
) -> Material | None:
    """A scenario and its packs as one material, or None with every reason in `problems`.

    Whatever could be read is checked: without a scenario or with a pack missing (then the packs are not the `whole`),
    only names that those would give go unchecked; of a file with mistakes, what is left of it. `listed` is where the
    packs are named, `around` what else there is.
    """
    before = problems.errors
    models = [pack.model for pack in packs]
    names = Names(packs, scenario, problems, whole=whole, around=around if scenario is not None else None)
    link_packs(packs, names, problems, listed)
    if scenario is not None:
        link_scenario(scenario.model, scenario.source, names, problems)
    base = next((pack.base for pack in models if pack.base is not None), None)
    sound = all(written.source.sound for written in packs) and problems.errors == before
    if scenario is None or not scenario.source.sound or not whole or base is None or not sound:
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
            version = clipped(clean(str(bundle["format"]), lines=False), 20)
            raise _unreadable(f"its scenario is of format {version}, and this version reads {FORMAT}")
        sources, texts, places = _unpacked(bundle)
        problems = Problems()
        material = _joined(sources, texts, problems)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise _unreadable("its header does not hold a whole scenario") from error
    if material is None:
        first = next(problem for problem in problems if problem.severity == "error")
        raise _unreadable(f"its copy of {first.path} cannot be used: {first.message}")
    fields = {name: getattr(material, name) for name in Material.__dataclass_fields__}
    return Material(**{**fields, "kept_places": places})


def material_under(bundle: Any, packs: Sequence[Written[Pack]], problems: Problems) -> Material | None:
    """The scenario that a log's header holds, joined with other packs; None with the reasons in `problems`.

    Raises UnreadableInput as `material_from_bundle` does.
    """
    logged = material_from_bundle(bundle)
    source = logged.sources[0]
    story = Written(logged.scenario, source)
    material = join(story, packs, logged.texts, problems, whole=True, listed=source.key_spot("rules"))
    if material is None:
        return None
    own = {name: logged.places[name] for name in _scenario_places(logged.scenario, source) if name in logged.places}
    fields = {name: getattr(material, name) for name in Material.__dataclass_fields__}
    return Material(**{**fields, "kept_places": {**material.places, **own}})


def _unpacked(bundle: Any) -> tuple[list[Source], dict[str, str], dict[str, str]]:
    """The sources, texts and places of a bundle; UnreadableInput if a part is not what it was when it was written."""
    scenario, packs = bundle["scenario"], bundle["packs"]
    parts = [(scenario, [scenario["tree"], scenario["texts"]]), *((pack, pack["tree"]) for pack in packs)]
    names = [clipped(clean(part["file"], lines=False), 200) for part, _ in parts]
    for name, (part, hashed) in zip(names, parts, strict=True):
        if part["sha256"] != sha256(hashed):
            raise _unreadable(f"its copy of {name} was changed after it was written")
    if not is_clean([parts, bundle["places"]]):
        raise _unreadable("its copy of the scenario holds characters that no text may have")
    texts, places = dict(scenario["texts"]), dict(bundle["places"])
    if not all(isinstance(text, str) for text in (*texts.values(), *places.values())):
        raise TypeError("texts and places are text")
    return [from_log(part["tree"], name) for name, (part, _) in zip(names, parts, strict=True)], texts, places


def _joined(sources: Sequence[Source], texts: Mapping[str, str], problems: Problems) -> Material | None:
    """The material of a log's sources."""
    story = sources[0].written(Scenario, problems)
    packs = [pack for source in sources[1:] if (pack := source.written(Pack, problems)) is not None]
    for _, name in long_texts(story.model) if story is not None else ():
        if name not in texts:
            raise _unreadable(f"the text '{name}' is not in it")
    whole = len(packs) == len(sources) - 1
    return join(story, packs, texts, problems, whole=whole, listed=sources[0].key_spot("rules"))


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
