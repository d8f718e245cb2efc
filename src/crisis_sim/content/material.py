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

Item = TypeVar("Item")


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
    def from_parts(
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
        return {inject["id"]: plain(inject["when"]) for inject in plan if "when" in inject}

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
    rules: dict[str, Rule] = {}
    for pack in packs:
        for left_out in pack.without:
            rules.pop(left_out, None)
        rules.update((rule.id, rule) for rule in pack.rules)
    return tuple(rules.values())


def card_of(packs: Sequence[Pack]) -> OffenceCard | None:
    """The card of offences that applies when `packs` are used in this order."""
    return next((pack.offences for pack in reversed(packs) if pack.offences is not None), None)


def own_facts(scenario: Scenario, packs: Sequence[Pack]) -> dict[str, FactDeclared]:
    """Facts that a scenario declares, which none of its packs has."""
    pack_facts = {name for pack in packs for name in pack.facts}
    return {
        name: FactDeclared.model_construct(says=start.says, per=start.scope)
        for name, start in scenario.facts.items()
        if name not in pack_facts
    }


def _merged(packs: Sequence[Pack], part: Callable[[Pack], dict[str, Item]]) -> dict[str, Item]:
    merged: dict[str, Item] = {}
    for pack in packs:
        merged |= part(pack)
    return merged


def _places(material: Material) -> dict[str, str]:
    scenario, *packs = material.sources
    places: dict[str, str] = {}
    for pack, source in zip(material.packs, packs, strict=True):
        if pack.base is not None:
            places |= {f"base/{name}": source.line("base", name) for name in Base.model_fields}
        places |= _places_in(pack, source)
    return places | scenario_places(material.scenario, scenario)


def scenario_places(scenario: Scenario, source: Source) -> dict[str, str]:
    """`file:line` of all in a scenario's file that has a name."""
    return {"scenario": source.line("id"), **_places_in(scenario, source)}


def _places_in(file: Pack | Scenario, source: Source) -> dict[str, str]:
    """The same; of a fact, where a pack declares it, and not how it starts."""
    placed = (item for item in named_things(file) if item.kind != "channel kind")
    return {
        _trace_name(item): source.line(*item.place) for item in placed if item.kind != "fact" or isinstance(file, Pack)
    }


def _trace_name(item: NamedThing) -> str:
    """What a thing is called in traces and logs."""
    if item.kind == "line":
        return f"line/{item.place[1]}/{item.name}"
    return f"{'private-fact' if item.kind == 'private fact' else item.kind}/{item.name}"


_TITLED: Final = ("fact", "line", "channel", "track", "inject", "instrument", "asset", "private fact")
"""What of a scenario conditions and effects may name besides what packs have; of two with one id the later counts."""


def titles_by_id(content: Material | Pack, language: Language) -> dict[str, str]:
    """By id, what conditions and effects may name: a title or, where there is none, what the thing says."""
    texts: dict[str, Text] = {
        **content.concerns,
        **_texts_by_name(content.facts),
        **_texts_by_name(content.terms),
        **_texts_by_name(content.commitments),
    }
    texts |= {name: move.label for name, move in content.moves.items()}
    texts |= {} if content.base is None else content.base.channels.kinds
    if isinstance(content, Material):
        items = [item for item in named_things(content.scenario) if item.kind in _TITLED]
        texts |= {item.name: item.title for item in sorted(items, key=lambda item: _TITLED.index(item.kind))}
    return {name: text.in_(language).rstrip(".。") for name, text in texts.items()}


def _texts_by_name(items: Mapping[str, FactDeclared | Term | Commitment]) -> dict[str, Text]:
    return {name: item.says for name, item in items.items()}
