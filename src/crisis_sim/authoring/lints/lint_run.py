"""What the checks of the linter share, and warnings that an author has silenced in place, with a reason.

`# lint: allow red-alone – because …` silences that warning on its own line, or on the next line where it has a line for
itself. A silence that gives no reason, names no warning or silences nothing is itself warned of; one in a rule pack may
be meant for another scenario, so there none is said to silence nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from crisis_sim.authoring.lints.ways import HasEffects, SendingWay, effects_of, find_models, fitting, ways_of
from crisis_sim.authoring.lints.world import World
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Files, Scenario
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence
from crisis_sim.problems import Problem, Problems, Spot, did_you_mean, write
from crisis_sim.rules.authored import Length, Text
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import ASKED_CONCERNS, Effects
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.pack import Pack, Rule
from crisis_sim.rules.properties import MoveIs


class LintRun:
    """One scenario's material, and the warnings about it so far."""

    def __init__(self, material: Material, problems: Problems) -> None:
        self.material = material
        self.scenario = material.scenario
        self.source = material.sources[0]
        self._problems = problems

    def warn(self, spot: Spot, message: str, code: str, hint: str) -> None:
        """Warn of something, with what to write instead."""
        self._problems.warning(spot, message, code=f"lint/{code}", hint=hint)

    @cached_property
    def worlds(self) -> dict[Length, World]:
        """What can come of each length that the scenario has."""
        return {length: self.world(length) for length in sorted(self.scenario.lengths)}

    def world(self, length: Length) -> World:
        """What can come of one length."""
        return World(self.material, length, self.ways, self.fitting, self.effects)

    @property
    def own_packs(self) -> Iterator[tuple[Pack, Source]]:
        """The packs besides the base, which an author may have written for this very scenario, with their files."""
        packs = zip(self.material.packs, self.material.sources[1:], strict=True)
        return ((pack, source) for pack, source in packs if pack.base is None)

    @property
    def longest(self) -> Length:
        """Minutes of the longest session that the scenario has."""
        return max(self.scenario.lengths)

    @cached_property
    def ways(self) -> Mapping[str, tuple[SendingWay, ...]]:
        """How each move can be sent here."""
        return ways_of(self.material, self.reopened)

    @cached_property
    def effects(self) -> Sequence[tuple[HasEffects, str, Effects]]:
        """Every effect that anything may have, with what has it."""
        return list(effects_of(self.material))

    @cached_property
    def reopened(self) -> frozenset[str]:
        """The channels that any rule, crossing, inject or mark could open again if they are closed."""
        names = {effects.reopen.channel for _, _, effects in self.effects if effects.reopen is not None}
        channels = frozenset(self.scenario.channels)
        return channels if {"all", "about"} & names else channels & names

    @cached_property
    def growing(self) -> Sequence[Rule]:
        """Rules that let a pressing grow."""
        return [rule for rule in self.material.rules if rule.on == "press" and rule.then.grow]

    @cached_property
    def pressed(self) -> frozenset[str]:
        """The lines, by id or concern, that any effect presses."""
        names = frozenset(item.line for _, _, effects in self.effects for item in effects.press)
        return names | self.asked_about if ASKED_CONCERNS in names else names

    @cached_property
    def asked_about(self) -> frozenset[str]:
        """Concerns of moves that ask for something here; an effect on what was asked presses lines of these."""
        moves = (self.material.moves[name] for name, ways in self.ways.items() if ways)
        return frozenset(concern for move in moves if move.asks is not None for concern in move.concerns)

    @cached_property
    def pressing_once(self) -> Sequence[Effects]:
        """Effects that press a line and come once: those of crossings, injects and marks."""
        return [effects for cause, _, effects in self.effects if cause != "rule" and effects.press]

    @cached_property
    def pressing_rules(self) -> Sequence[Rule]:
        """Rules that press a line."""
        return [rule for rule in self.material.rules if rule.then.press]

    @cached_property
    def texts(self) -> Sequence[tuple[Source, Sequence[tuple[Loc, Text | Files]]]]:
        """For the scenario's file and each pack's, all texts with the way to each."""
        return [(source, list(find_models(model, (), Text, Files))) for model, source in self._files]

    @cached_property
    def described(self) -> Sequence[tuple[Source, Sequence[tuple[Loc, MoveIs]]]]:
        """The same for descriptions of moves, but for those of a pack that fit a move of its own: they always do."""
        return [
            (
                source,
                [
                    (loc, move_test)
                    for loc, move_test in find_models(model, (), MoveIs)
                    if not self._is_own(move_test, model)
                ],
            )
            for model, source in self._files
        ]

    @cached_property
    def terms_asked(self) -> frozenset[str]:
        """Terms that a condition of the scenario or its packs asks of a move."""
        return frozenset(
            term
            for model, _ in self._files
            for _, move_test in find_models(model, (), MoveIs)
            for term in move_test.term or ()
        )

    @property
    def _files(self) -> Iterator[tuple[Scenario | Pack, Source]]:
        """The scenario and its packs, each with its file."""
        return zip((self.scenario, *self.material.packs), self.material.sources, strict=True)

    def _is_own(self, move_test: MoveIs, model: Scenario | Pack) -> bool:
        return model is not self.scenario and not self.fitting(move_test, here=False).isdisjoint(model.moves)

    def fitting(self, move_test: MoveIs, *, here: bool = True) -> frozenset[str]:
        """Moves that could be what a condition asks for, sent in some way that this scenario has, or in any way."""
        return fitting(move_test, self.material, self.ways if here else None)

    def asks_in_vain(self, condition: Condition) -> bool:
        """Whether a condition describes a move that nobody can make here, which is warned of where it stands."""
        return any(not self.fitting(move_test) for _, move_test in find_models(condition, (), MoveIs))

    def spot(self, *loc: str | int) -> Spot:
        """The place of something with a name that a pack or the scenario has."""
        part, name = loc[0], loc[1]
        return next(
            (source.spot(*loc) for source in self.material.sources if _has(source, part, name)), Spot(str(part))
        )


def _has(source: Source, part: str | int, name: str | int) -> bool:
    return isinstance(source.tree.get(part), dict) and name in source.tree[part]


_BEGINS: Final = re.compile(r"lint\s*:")
_ALLOW: Final = re.compile(r"lint: *allow +(?P<codes>[a-z/-]+(?: *, *[a-z/-]+)*)(?:\s*$|\s+(?P<rest>.*)$)")
_REASON: Final = re.compile(r"^[–—:-]*\s*(?:because\b)?[\s:,]*(?P<reason>.*)$", re.IGNORECASE)
_WORD: Final = re.compile(r"\w")
_ALLOW_FORM: Final = write("# lint: allow CODE – because …")


class SilencedWarning(NamedTuple):
    """One code that is allowed on one line."""

    code: str
    line: int
    spot: Spot


def apply_silences(problems: Problems, sources: Sequence[Source], codes: Collection[str]) -> None:
    """Take back what the sources' comments silence, and warn of silences that are not in order."""
    for place, source in enumerate(sources):
        path = source.spot().path
        silences = list(_silences(source, path, problems, codes))
        if not silences:
            continue
        silenced = {(silence.line, f"lint/{silence.code}") for silence in silences}
        dropped = [problem for problem in problems if _is_in(problem, path, silenced)]
        for problem in dropped:
            problems.drop(problem)
        used = {(problem.line, problem.code) for problem in dropped}
        for silence in silences:
            if place == 0 and (silence.line, f"lint/{silence.code}") not in used:
                message = Sentence("there is no warning '{code}' here to allow", code=silence.code)
                hint = Sentence("delete it, or move it to the line of the warning or the one above")
                problems.warning(silence.spot, message, code="lint/silence-idle", hint=hint)


def _is_in(problem: Problem, path: str, silenced: Collection[tuple[int, str]]) -> bool:
    return problem.path == path and problem.line is not None and (problem.line, problem.code) in silenced


def _silences(source: Source, path: str, problems: Problems, codes: Collection[str]) -> Iterator[SilencedWarning]:
    """The silences of a file that are in order; the others are warned of."""
    comments = source.comments("lint")
    alone = {comment.line for comment in comments if comment.alone}
    for comment in comments:
        if not _BEGINS.match(comment.text):
            continue
        spot = Spot(path, comment.line, comment.col, len(comment.text) + 2, comment.source)
        allowed = _ALLOW.match(comment.text)
        if allowed is None:
            message = Sentence("this comment begins like one that allows a warning, and is not")
            problems.warning(spot, message, code="lint/silence-form", hint=_ALLOW_FORM)
            continue
        reason = _REASON.match(allowed["rest"] or "")
        if reason is None or not _WORD.search(reason["reason"]):
            message = Sentence("a warning is allowed without a reason")
            problems.warning(spot, message, code="lint/silence-reason", hint="say why: – because …")
            continue
        line = comment.line
        while comment.alone and line in alone:
            line += 1
        for name in allowed["codes"].split(","):
            code = name.strip().removeprefix("lint/")
            if code in codes:
                yield SilencedWarning(code, line, spot)
            else:
                message = Sentence("there is no warning called '{code}'", code=code)
                problems.warning(spot, message, code="lint/silence-unknown", hint=did_you_mean(code, codes))
