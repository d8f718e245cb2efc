"""A scenario joined with its rule packs: everything a session is played from.

Material is checked and never changes. `bundle` is the whole of it as a log's header keeps it;
`crisis_sim.content.load` makes material, out of files or out of a log, so that an old log survives an edited
scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

from msgspec import json

from crisis_sim.content.named_things import NamedThing, named_things
from crisis_sim.content.scenario import Files, Scenario
from crisis_sim.content.sources import Source, plain, sha256
from crisis_sim.rules.authored import Text
from crisis_sim.rules.move import Move, Term
from crisis_sim.rules.names import Language
from crisis_sim.rules.offences import HearingProfile, OffenceCard
from crisis_sim.rules.pack import Base, Commitment, FactDeclared, Pack, Rule

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
    offences: OffenceCard | None
    """The card of the last pack that has one."""
    profiles: Mapping[str, HearingProfile]
    texts: Mapping[str, str]
    """The long texts by file name, cleaned."""
    sources: tuple[Source, ...]
    """The scenario's source, then one for each pack."""
    kept_places: Mapping[str, str] | None = None
    """Places out of a log, where no lines are known."""
    kept_packed: bytes | None = None
    """The bundle as JSON, where it was read from there."""

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        packs: Sequence[Pack],
        texts: Mapping[str, str],
        sources: Sequence[Source],
    ) -> Material:
        """The material of models that fit together, which is the caller's to know; one of the packs is a base."""
        return cls(
            scenario=scenario,
            packs=tuple(packs),
            base=next(pack.base for pack in packs if pack.base is not None),
            moves=_merged(packs, lambda pack: pack.moves) | scenario.moves,
            rules=merged_rules(packs),
            terms=_merged(packs, lambda pack: pack.terms),
            concerns=_merged(packs, lambda pack: pack.concerns),
            facts=_merged(packs, lambda pack: pack.facts) | own_facts(scenario, packs),
            commitments=_merged(packs, lambda pack: pack.commitments) | scenario.commitments,
            offences=card_of(packs),
            profiles=_merged(packs, lambda pack: pack.profiles),
            texts=texts,
            sources=tuple(sources),
        )

    @cached_property
    def places(self) -> Mapping[str, str]:
        """`file:line` of all that has a name: `rule/salami`, `move/accuse`, `line/us/hull-survey`, `base/tension`."""
        return self.kept_places if self.kept_places is not None else _places(self)

    @cached_property
    def waits(self) -> Mapping[str, Any]:
        """What each inject that waits for something waits for, as files write it."""
        plan = self.sources[0].tree["msel"]
        return {each["id"]: plain(each["when"]) for each in plan if "when" in each}

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
        return json.encode(self.bundle()) if self.kept_packed is None else self.kept_packed


def merged_rules(packs: Sequence[Pack]) -> tuple[Rule, ...]:
    """The rules that apply when `packs` are used in this order."""
    found: dict[str, Rule] = {}
    for pack in packs:
        for left_out in pack.without:
            found.pop(left_out, None)
        found.update((rule.id, rule) for rule in pack.rules)
    return tuple(found.values())


def card_of(packs: Sequence[Pack]) -> OffenceCard | None:
    """The card of offences that applies when `packs` are used in this order."""
    return next((pack.offences for pack in reversed(packs) if pack.offences is not None), None)


def own_facts(scenario: Scenario, packs: Sequence[Pack]) -> dict[str, FactDeclared]:
    """Facts that a scenario declares, which none of its packs has."""
    known = {name for pack in packs for name in pack.facts}
    return {
        name: FactDeclared.model_construct(says=start.says, per=start.whose)
        for name, start in scenario.facts.items()
        if name not in known
    }


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
        found |= _places_in(pack, source)
    return found | scenario_places(material.scenario, scenario)


def scenario_places(scenario: Scenario, source: Source) -> dict[str, str]:
    """`file:line` of all in a scenario's file that has a name."""
    return {"scenario": source.line("id"), **_places_in(scenario, source)}


def _places_in(of: Pack | Scenario, source: Source) -> dict[str, str]:
    """The same; of a fact, where a pack declares it, and not how it starts."""
    placed = (each for each in named_things(of) if each.kind != "channel kind")
    return {_called(each): source.line(*each.at) for each in placed if each.kind != "fact" or isinstance(of, Pack)}


def _called(of: NamedThing) -> str:
    """What a thing is called in traces and logs."""
    if of.kind == "line":
        return f"line/{of.at[1]}/{of.name}"
    return f"{'private-fact' if of.kind == 'private fact' else of.kind}/{of.name}"


_TITLED: Final = ("fact", "line", "channel", "track", "inject", "instrument", "asset", "private fact")
"""What of a scenario conditions and effects may name besides what packs have; of two with one id the later counts."""


def named(of: Material | Pack, language: Language) -> dict[str, str]:
    """By id, what conditions and effects may name: a title or, where there is none, what the thing says."""
    found: dict[str, Text] = {**of.concerns, **_says(of.facts), **_says(of.terms), **_says(of.commitments)}
    found |= {name: move.label for name, move in of.moves.items()}
    found |= {} if of.base is None else of.base.channels.kinds
    if isinstance(of, Material):
        things = [each for each in named_things(of.scenario) if each.kind in _TITLED]
        found |= {each.name: each.title for each in sorted(things, key=lambda each: _TITLED.index(each.kind))}
    return {name: says.in_(language).rstrip(".。") for name, says in found.items()}


def _says(things: Mapping[str, FactDeclared | Term | Commitment]) -> dict[str, Text]:
    return {name: each.says for name, each in things.items()}
