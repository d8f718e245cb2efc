"""A scenario joined with its rule packs: everything a session is played from.

Material is checked and never changes. `bundle` is the whole of it as a log's header keeps it, and
`material_from_bundle` brings that back, so that an old log survives an edited scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from crisis_sim.content.link import link
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.sources import Source, from_log, plain, sha256
from crisis_sim.errors import UnreadableInput
from crisis_sim.problems import Problems
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
        """`file:line` of everything with a name: `rule/salami`, `move/accuse`, `line/us/hull-survey`, `base/tension`."""
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


def join(scenario: Source, packs: Sequence[Source], texts: Mapping[str, str], problems: Problems) -> Material | None:
    """A scenario and its packs as one material, or None with every reason in `problems`."""
    story = scenario.model(Scenario, problems)
    models = [source.model(Pack, problems) for source in packs]
    read = tuple(model for model in models if model is not None)
    if story is None or len(read) < len(models):
        return None
    before = problems.errors
    link(story, scenario, tuple(zip(read, packs, strict=True)), texts, problems)
    base = next((pack.base for pack in read if pack.base is not None), None)
    if base is None or problems.errors > before:
        return None
    return Material(
        scenario=story,
        packs=read,
        base=base,
        moves=_merged(read, lambda pack: pack.moves) | story.moves,
        rules=merged_rules(read),
        terms=_merged(read, lambda pack: pack.terms),
        concerns=_merged(read, lambda pack: pack.concerns),
        facts=_merged(read, lambda pack: pack.facts),
        commitments=_merged(read, lambda pack: pack.commitments) | story.commitments,
        texts=texts,
        sources=(scenario, *packs),
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
        whole = [(scenario, [scenario["tree"], scenario["texts"]]), *((pack, pack["tree"]) for pack in bundle["packs"])]
        places = {str(name): str(place) for name, place in bundle["places"].items()}
        changed = [str(part["file"]) for part, hashed in whole if part["sha256"] != sha256(hashed)]
        sources = [from_log(part["tree"], str(part["file"])) for part, _ in whole]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _unreadable("its header does not hold a whole scenario") from error
    if changed:
        raise _unreadable(f"its copy of {changed[0]} was changed after it was written")
    problems = Problems()
    material = join(sources[0], sources[1:], texts, problems)
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
        for part, kind in PARTS:
            found |= {f"{kind}/{name}": source.line(part, name) for name in getattr(pack, part)}
        found |= {f"rule/{rule.id}": source.line("rules", place) for place, rule in enumerate(pack.rules)}
    return found | _scenario_places(material.scenario, scenario)


PARTS: Final = (
    ("moves", "move"),
    ("terms", "term"),
    ("concerns", "concern"),
    ("facts", "fact"),
    ("commitments", "commitment"),
)
"""Parts of a pack that go by id, and what one of each is called."""


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
