"""Everything that a file may name, by kind, and what is said of a name that nothing has.

A suggestion is always of the kind that is meant; a name that exists as something else is said to be that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeAlias

from crisis_sim.content.scenario import Line, Scenario
from crisis_sim.content.sources import Loc, Source
from crisis_sim.problems import Problems, did_you_mean
from crisis_sim.rules.names import SIDES
from crisis_sim.rules.pack import Base, FactDeclared, Move, Pack

FAMILIES: Final = ("contact", "reassure", "cooperate", "restrain", "inform", "protest", "coerce", "force")

PARTS: Final = {
    "moves": "move",
    "terms": "term",
    "concerns": "concern",
    "facts": "fact",
    "commitments": "commitment",
}
"""Parts of a pack that go by id, and what one of each is called."""

HINTED: Final = 200
"""Up to how many errors a suggestion is looked for; it takes its time."""

SCENARIOS: Final = frozenset({"channel", "line", "track", "inject"})
"""Kinds of name that only a scenario gives."""


At: TypeAlias = tuple[Source, Loc]
"""A place in a file, looked up only when there is something to say of it."""


class Names:
    """The names of one scenario and its packs; of packs alone where there is no scenario."""

    def __init__(self, packs: Sequence[Pack], scenario: Scenario | None, problems: Problems, *, whole: bool) -> None:
        """What is unknown is said in `problems`.

        Unless the packs are the `whole` of them, no name of theirs is unknown; without a scenario, none of its names.
        """
        self._problems = problems
        self.whole = whole
        """All packs are here."""
        self.in_packs: Mapping[str, Collection[str]] = {
            part: {name: None for pack in packs for name in getattr(pack, part)} for part in PARTS
        }
        """For each part of a pack, the names that any pack has in it."""
        self.moves: Mapping[str, Move] = {name: move for pack in packs for name, move in pack.moves.items()}
        self.facts: Mapping[str, FactDeclared] = {name: fact for pack in packs for name, fact in pack.facts.items()}
        self.lines: Mapping[str, Line] = {}
        base: Base | None = next((pack.base for pack in packs if pack.base is not None), None)
        self._kinds: dict[str, Collection[str]] = {
            "family": FAMILIES,
            "term": self.in_packs["terms"],
            "concern": self.in_packs["concerns"],
            "fact": self.facts,
            "channel kind": base.channels.kinds if base is not None else (),
        }
        if scenario is not None:
            self.moves = {**self.moves, **scenario.moves}
            self.lines = {line.id: line for side in SIDES for line in scenario.teams.of(side).lines}
        self._kinds["move"] = self.moves
        self._kinds["line"] = self.lines
        self._kinds["commitment"] = [*self.in_packs["commitments"], *(scenario.commitments if scenario else ())]
        self._kinds["channel"] = scenario.channels if scenario else ()
        self._kinds["track"] = scenario.tracks if scenario else ()
        self._kinds["inject"] = {inject.id for inject in scenario.msel} if scenario else ()
        self._open = set(self._kinds) - {"family"} if not whole else SCENARIOS if scenario is None else set()

    def all_of(self, kind: str) -> Collection[str]:
        """The names of a kind."""
        return self._kinds[kind]

    def known(self, name: str, at: At, *kinds: str, among: Collection[str] | None = None) -> bool:
        """Whether `name` is one of `kinds`; if not, that has been said at its place.

        `among` narrows the names down for the suggestion.
        """
        if any(name in self._kinds[kind] for kind in kinds) or not self._open.isdisjoint(kinds):
            return True
        choices = among if among is not None else [choice for kind in kinds for choice in self._kinds[kind]]
        wanted = " or ".join((", ".join(kinds[:-1]), kinds[-1])) if kinds[1:] else kinds[0]
        found = next((kind for kind, names in self._kinds.items() if name in names), None)
        said = f"unknown {wanted} '{name}'" if found is None else f"'{name}' is {_a(found)}, not {_a(wanted)}"
        hint = f"there is no {wanted} that could be named here"
        if choices:
            hint = did_you_mean(name, choices) if self._problems.errors < HINTED else ""
        source, loc = at
        spot = source.key_spot(*loc) if loc[-1] == name else source.spot(*loc)
        self._problems.error(spot, said, code=f"link/unknown-{kinds[0].replace(' ', '-')}", hint=hint)
        return False


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
