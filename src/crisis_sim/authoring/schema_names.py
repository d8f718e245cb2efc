"""The names that a schema offers: ids of each kind with what they are called, and which keys take which kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from pydantic import BaseModel

from crisis_sim.authoring.schema_words import word_meanings
from crisis_sim.content.names import FAMILIES
from crisis_sim.content.scenario import Channel, Line, Question, Scenario
from crisis_sim.rules.keys import keys_of
from crisis_sim.rules.names import SIDES
from crisis_sim.rules.pack import Ask, Base, Commitment, Move, Pack
from crisis_sim.rules.vocabulary import VOCABULARY

Titles: TypeAlias = Mapping[str, str]
"""What each id is called, in English."""

Key: TypeAlias = tuple[type[BaseModel], str]
"""A key of a model, as files write it."""

CHANNEL_WORDS: Final[Titles] = {
    "used": "The channel that the act goes over",
    "about": "The channel that the act is about",
    "all": "Every channel",
}
"""Words that stand for channels in effects."""

TAKES: Final[Mapping[Key, tuple[str, ...]]] = {
    (Scenario, "rules"): ("pack",),
    (Line, "concern"): ("concern",),
    (Line, "leads_to"): ("red line",),
    (Channel, "kind"): ("channel kind",),
    (Question, "recalls"): ("inject", "line", "channel", "track", "move", "commitment"),
    (Move, "over"): ("channel kind",),
    (Move, "terms"): ("term",),
    (Ask, "accept"): ("move",),
    (Ask, "decline"): ("move",),
    (Commitment, "with_moves"): ("move",),
    (Base, "holding"): ("move",),
    (Pack, "without"): ("rule",),
    **{(model, name): kinds for model in VOCABULARY for name, key in keys_of(model).items() if (kinds := key.names)},
}
"""Keys whose values name something, and the kinds of thing they may name."""

GIVES: Final[Mapping[Key, str]] = {(Scenario, "facts"): "fact"}
"""Keys under which ids stand that something else has given; all other mappings give ids of their own."""


@dataclass(frozen=True)
class Offered:
    """The names of each kind that a schema offers."""

    titles: Mapping[str, Titles]
    closed: frozenset[str] = field(default=frozenset({"family"}))
    """Kinds of which nothing can exist but what is offered."""

    def of(self, kinds: Iterable[str]) -> Titles:
        """Everything of these kinds, in their order; the first kind's words win."""
        found: dict[str, str] = {}
        for kind in kinds:
            found = {**self.titles.get(kind, {}), **found} if found else dict(self.titles.get(kind, {}))
        return found


def offered(packs: Sequence[Pack], listed: Titles, scenario: Scenario | None = None) -> Offered:
    """The names of `packs` and of a scenario; without one, of packs alone, and then there may be others.

    `listed` are the packs that a scenario can list.
    """
    titles: dict[str, dict[str, str]] = {
        "family": dict(zip(FAMILIES, word_meanings(FAMILIES) or (), strict=True)),
        "channel word": dict(CHANNEL_WORDS),
        "pack": dict(listed),
        "move": {name: move.label.en for pack in packs for name, move in pack.moves.items()},
        "term": {name: term.says.en for pack in packs for name, term in pack.terms.items()},
        "concern": {name: text.en for pack in packs for name, text in pack.concerns.items()},
        "fact": {name: fact.says.en for pack in packs for name, fact in pack.facts.items()},
        "commitment": {name: promise.says.en for pack in packs for name, promise in pack.commitments.items()},
        "rule": {rule.id: rule.says.en for pack in packs for rule in pack.rules},
        "channel kind": {
            name: text.en for pack in packs if pack.base for name, text in pack.base.channels.kinds.items()
        },
    }
    if scenario is None:
        return Offered(titles)
    titles["move"] |= {name: move.label.en for name, move in scenario.moves.items()}
    titles["commitment"] |= {name: promise.says.en for name, promise in scenario.commitments.items()}
    titles["fact"] |= {name: fact.says.en for name, fact in scenario.facts.items()}
    titles["channel"] = {name: channel.name.en for name, channel in scenario.channels.items()}
    titles["track"] = {name: track.name.en for name, track in scenario.tracks.items()}
    titles["inject"] = {inject.id: inject.title.en for inject in scenario.msel}
    for side in SIDES:
        for line in scenario.teams.of(side).lines:
            said = f"{line.says.en} ({scenario.teams.of(side).name.en}, {line.kind})"
            titles.setdefault(f"{line.kind} line", {})[line.id] = said
            titles.setdefault("line", {})[line.id] = said
    return Offered(titles, frozenset({"family", "concern", "term", "fact", "channel kind", "move", "commitment"}))
