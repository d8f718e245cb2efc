"""Asked back: of whatever an author names, what sets it, who reads it and what then follows, and what ends it.

Said of facts, concerns, terms, moves, lines, injects, tracks, commitments, channels, voices, cards,
private facts and things of a loaded material, through its packs too, each with its file and line; of a decision as of
the inject that it is. Conditions and effects are told by `crisis_sim.wording.explain`, here as everywhere. Nothing is
played, and no door is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.authoring.clauses import Clause, ClauseKind, clauses_of
from crisis_sim.authoring.lints.ways import fitting
from crisis_sim.authoring.use_rows import AskedKind, NamedUses, UseRow
from crisis_sim.content.material import Material
from crisis_sim.rules.authored import Authored
from crisis_sim.rules.effects import CHANNELS, SetFact
from crisis_sim.rules.keys import keys_within, names_in, used_keys
from crisis_sim.rules.names import Language
from crisis_sim.rules.properties import MoveIs
from crisis_sim.wording import _, join_parts, speaker

AnswerPart: TypeAlias = Literal["sets", "reads", "follows", "ends"]
"""The parts of an answer."""

HEADS: Final[Mapping[AnswerPart, str]] = {
    "sets": _("What sets it"),
    "reads": _("Who reads it"),
    "follows": _("What follows"),
    "ends": _("What ends it"),
}
"""What each part is called, in the order in which they are told."""
_EMPTY_TEXTS: Final[Mapping[AnswerPart, str]] = {"sets": _("nothing"), "reads": _("nobody"), "ends": _("nothing")}
_LASTING: Final[frozenset[AskedKind]] = frozenset({"fact", "concern", "line", "track", "commitment", "channel"})
"""Kinds of which it has to be said if nothing ends them."""

_ENDS: Final = frozenset({"relieve", "suspend"})
"""Effects that take away what they name."""


class NameUses(NamedTuple):
    """Everything about one thing that has a name."""

    kind: AskedKind
    name: str
    title: str
    place: str
    """file:line."""
    parts: Mapping[AnswerPart, tuple[UseRow, ...]]

    def empty(self, part: AnswerPart) -> str:
        """What is said of a part that has no rows; of one that goes without saying, nothing."""
        return "" if part == "ends" and self.kind not in _LASTING else _EMPTY_TEXTS.get(part, "")


KindAndName: TypeAlias = tuple[AskedKind, str]
"""A kind and a name."""


class Asker:
    """Answers for one material, in one language."""

    def __init__(self, material: Material, language: Language = "en", *, scenario: bool = True) -> None:
        """Without `scenario` only of the packs, as if no scenario were known."""
        self._material = material
        self._say = speaker(language)
        self._things = NamedUses(material, language, scenario=scenario)
        self._clauses = list(clauses_of(material, language, scenario=scenario))
        self._rows: dict[int, UseRow] = {}
        self.names: Final = self._things.names()
        """All that can be asked about, by its kind."""

    def kinds_of(self, name: str) -> list[AskedKind]:
        """What a name stands for; several where it is ambiguous."""
        return [kind for kind, names in self.names.items() if name in names]

    def answers(self, name: str) -> Iterator[NameUses]:
        """What there is to say of a name, in each of its meanings."""
        yield from (self.answer(kind, name) for kind in self.kinds_of(name))

    def answer(self, kind: AskedKind, name: str) -> NameUses:
        """What there is to say of one thing."""
        subjects = self._things
        parts: Mapping[AnswerPart, Iterable[UseRow]] = {
            "sets": (*subjects.start_rows(kind, name), *self._effect_rows(kind, name, ends=False)),
            "reads": (*subjects.listed(kind, name), *self._asking_rows(kind, name)),
            "follows": (*subjects.follows(kind, name), *self._own_rows(_FOLLOWS.get(kind), self._follower(kind, name))),
            "ends": (
                *self._effect_rows(kind, name, ends=True),
                *self._own_rows(_STOPS.get(kind), name),
                *subjects.ends(kind, name),
            ),
        }
        unique_rows = {part: tuple(dict.fromkeys(rows)) for part, rows in parts.items()}
        return NameUses(kind, name, subjects.titles.get(name, name), subjects.place_of(kind, name), unique_rows)

    def _follower(self, kind: AskedKind, name: str) -> str | None:
        """What holds what follows: of a red line without a crossing of its own, what every line has."""
        if kind != "line":
            return name
        line = self._things.lines[name][1]
        return None if line.kind == "pink" else name if line.crossing is not None else ""

    def _own_rows(self, of_kind: ClauseKind | None, name: str | None) -> Iterator[UseRow]:
        """Clauses of a kind that the thing itself holds."""
        yield from (self._row(clause) for clause in self._clauses if clause.kind == of_kind and clause.name == name)

    def _asking_rows(self, kind: AskedKind, name: str) -> Iterator[UseRow]:
        """Whose condition asks for it; of a move, also for acts of its sort."""
        for clause in self._clauses:
            fits = kind == "move" and name in self._sorts[id(clause)]
            if fits or (kind, name) in self._questions[id(clause)]:
                yield self._row(clause)

    def _effect_rows(self, kind: AskedKind, name: str, *, ends: bool) -> Iterator[UseRow]:
        """What effects do to it, to set or to end it; of a line, also what they do to its concern."""
        wanted: set[KindAndName] = {(kind, name)}
        if kind == "line":
            wanted.add(("concern", self._things.lines[name][1].concern))
        for clause in self._clauses:
            if any(subject in wanted and is_ended == ends for subject, is_ended in self._doings[id(clause)]):
                yield self._row(clause)

    @cached_property
    def _questions(self) -> Mapping[int, frozenset[KindAndName]]:
        """What the condition of each clause names."""
        return {
            id(clause): frozenset(() if clause.when is None else self._named_subjects(clause.when))
            for clause in self._clauses
        }

    @cached_property
    def _doings(self) -> Mapping[int, Sequence[tuple[KindAndName, bool]]]:
        """What the effects of each clause name, and whether they take it away."""
        return {id(clause): tuple(self._done_by(clause)) for clause in self._clauses}

    @cached_property
    def _sorts(self) -> Mapping[int, frozenset[str]]:
        """The moves of which each clause asks by what they are, and not by id; nothing where any move would do."""
        moves_by_clause = {}
        for clause in self._clauses:
            keys = () if clause.when is None else keys_within(clause.when)
            move_tests = [
                value for _way, _key, value, _within in keys if isinstance(value, MoveIs) and value.id is None
            ]
            fits = (fitting(move, self._material, None) for move in move_tests)
            moves_by_clause[id(clause)] = frozenset[str]().union(
                *(fit for fit in fits if len(fit) < len(self._material.moves))
            )
        return moves_by_clause

    def _named_subjects(self, model: Authored) -> Iterator[KindAndName]:
        for _way, key, value, _within in keys_within(model):
            for _place, name, kinds in names_in(key, value):
                yield from self._subjects_named(name, kinds)

    def _done_by(self, clause: Clause) -> Iterator[tuple[KindAndName, bool]]:
        for effect, key, value in () if clause.effects is None else used_keys(clause.effects):
            for item in value if isinstance(value, tuple) else (value,):
                ends = effect in _ENDS or (isinstance(item, SetFact) and not item.to)
                for _place, name, kinds in names_in(key, item):
                    yield from ((subject, ends) for subject in self._subjects_named(name, kinds))

    def _subjects_named(self, name: str, kinds: Sequence[str]) -> Iterator[KindAndName]:
        """What a name may stand for where one of these kinds is named; words such as `all` stand for every channel."""
        if "channel word" in kinds and name in CHANNELS:
            yield from (("channel", channel) for channel in self.names["channel"])
        wanted = {"line" if word.endswith("line") else "inject" if word == "decision" else word for word in kinds}
        yield from ((kind, name) for kind, names in self.names.items() if kind in wanted and name in names)

    def _row(self, clause: Clause) -> UseRow:
        """A clause in words: what holds it, when, and what then follows."""
        row = self._rows.get(id(clause))
        if row is None:
            say, explainer, details = self._say, self._things.explainer, list[str]()
            if clause.when is not None:
                details.append(say("when {condition}", condition=explainer.condition(clause.when)))
            if clause.effects is not None and (effects := explainer.effects(clause.effects)):
                details.append(say("then {effects}", effects=join_parts(effects, say)))
            row = self._rows[id(clause)] = UseRow(clause.title, clause.place, tuple(details))
        return row


_FOLLOWS: Final[Mapping[AskedKind, ClauseKind]] = {
    "line": "crossing",
    "track": "mark",
    "asset": "asset",
    "instruction": "instruction",
    "inject": "answer",
    "voice": "voice",
}
_STOPS: Final[Mapping[AskedKind, ClauseKind]] = {
    "commitment": "breach",
    "track": "stop",
    "instrument": "instrument",
}
"""Clauses of its own in which a thing says what follows, and what ends it."""


def merge_answers(answers: Sequence[NameUses]) -> NameUses:
    """What several materials say of one thing, each row once."""
    first = answers[0]
    parts = {
        part: tuple(dict.fromkeys(row for answer in answers for row in answer.parts[part])) for part in first.parts
    }
    return first._replace(parts=parts)
