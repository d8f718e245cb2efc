"""What the checks of the linter share: the material at hand, what can come of it, and a way to warn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from pydantic import BaseModel

from crisis_sim.authoring.lints.ways import Way, each, effects_of, fitting, ways_of
from crisis_sim.authoring.lints.world import World
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Files, Length
from crisis_sim.content.sources import Loc, Source
from crisis_sim.problems import Problems, Spot
from crisis_sim.rules.authored import Text
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import Side
from crisis_sim.rules.pack import Rule
from crisis_sim.rules.properties import MoveIs


class Found:
    """One scenario's material, and the warnings about it so far."""

    def __init__(self, material: Material, problems: Problems) -> None:
        """Warnings go to `problems`."""
        self.material = material
        self.scenario = material.scenario
        self.source = material.sources[0]
        self._problems = problems
        self._fitting: dict[tuple[int, bool], frozenset[str]] = {}
        self.pressed_by: dict[tuple[Side, str], list[tuple[Condition, list[int]]]] = {}
        """By side and line: conditions on acts of the other team, each with what it presses the line by."""

    def warn(self, spot: Spot, said: str, code: str, hint: str) -> None:
        """Warn of something, with what to write instead."""
        self._problems.warning(spot, said, code=f"lint/{code}", hint=hint)

    @cached_property
    def worlds(self) -> dict[Length, World]:
        """What can come of each length that the scenario has."""
        return {
            length: World(self.material, length, self.ways, self.fitting) for length in sorted(self.scenario.lengths)
        }

    @cached_property
    def ways(self) -> Mapping[str, tuple[Way, ...]]:
        """How each move can be sent here."""
        return ways_of(self.material)

    @cached_property
    def effects(self) -> Sequence[Effects]:
        """Every effect that anything may have."""
        return tuple(effects for _, _, effects in effects_of(self.material))

    @cached_property
    def pressing_rules(self) -> Sequence[Rule]:
        """Rules that press a line."""
        return [rule for rule in self.material.rules if rule.then.press]

    @cached_property
    def pieces(self) -> Sequence[tuple[Source, Sequence[tuple[Loc, Text | Files | MoveIs]]]]:
        """For the scenario's file and each pack's, all texts and all descriptions of moves with the way to each."""
        models: tuple[BaseModel, ...] = (self.scenario, *self.material.packs)
        for model, source in zip(models, self.material.sources, strict=True):
            if "pieces" not in source.kept:
                source.kept["pieces"] = tuple(each(model, (), Text, Files, MoveIs))
        return [(source, source.kept["pieces"]) for source in self.material.sources]

    def fitting(self, asked: MoveIs, *, here: bool = True) -> frozenset[str]:
        """Moves that could be what a condition asks for, sent in some way that this scenario has, or in any way."""
        key = id(asked), here
        known = self._fitting.get(key)
        if known is None:
            known = self._fitting[key] = fitting(asked, self.material, self.ways if here else None)
        return known

    def asks_in_vain(self, condition: Condition) -> bool:
        """Whether a condition describes a move that nobody can make here, which is warned of where it stands."""
        return any(not self.fitting(asked) for _, asked in each(condition, (), MoveIs))

    def spot(self, *loc: str | int) -> Spot:
        """The place of something with a name that a pack or the scenario has."""
        part, name = loc[0], loc[1]
        return next((each.spot(*loc) for each in self.material.sources if _has(each, part, name)), Spot(str(part)))


def _has(source: Source, part: str | int, name: str | int) -> bool:
    return isinstance(source.tree.get(part), dict) and name in source.tree[part]
