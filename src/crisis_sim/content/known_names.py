"""Everything that a file may name, by kind, and what is said of a name that nothing has.

A suggestion is always of the kind that is meant; a name that exists as something else is said to be that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from crisis_sim.content.authored_stakes import Line
from crisis_sim.content.material import own_facts
from crisis_sim.content.mistake_sentences import id_meant
from crisis_sim.content.named_things import LISTED, NAMED_PARTS, PARTS, named_things
from crisis_sim.content.related_files import IN_PACKS, IN_SCENARIOS, RelatedFiles
from crisis_sim.content.remaining_checks import KEY
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.secrets import hidden_injects
from crisis_sim.content.sources import Located, Source
from crisis_sim.errors import Sentence, commas, either
from crisis_sim.problems import Problems, did_you_mean, nearest
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.rules.pack import FactDeclared, Pack

FAMILIES: Final = ("contact", "reassure", "cooperate", "restrain", "inform", "protest", "coerce", "force")
MILD: Final = frozenset({"contact", "reassure", "cooperate", "restrain", "inform"})
"""Families of acts that mean no harm."""

_CALLED: Final = {
    "family": (Sentence("a family"), Sentence("family")),
    "term": (Sentence("a term"), Sentence("term")),
    "concern": (Sentence("a concern"), Sentence("concern")),
    "fact": (Sentence("a fact"), Sentence("fact")),
    "channel kind": (Sentence("a channel kind"), Sentence("channel kind")),
    "move": (Sentence("a move"), Sentence("move")),
    "line": (Sentence("a line"), Sentence("line")),
    "commitment": (Sentence("a commitment"), Sentence("commitment")),
    "hearing profile": (Sentence("a hearing profile"), Sentence("hearing profile")),
    "channel": (Sentence("a channel"), Sentence("channel")),
    "track": (Sentence("a track"), Sentence("track")),
    "inject": (Sentence("an inject"), Sentence("inject")),
    "asset": (Sentence("an asset"), Sentence("asset")),
    "voice": (Sentence("a voice"), Sentence("voice")),
    "decision": (Sentence("a decision"), Sentence("decision")),
    "decision answer": (Sentence("an answer to a decision"), Sentence("answer to a decision")),
    "private fact": (Sentence("a private fact"), Sentence("private fact")),
    "instrument": (Sentence("an instrument"), Sentence("instrument")),
    "instruction": (Sentence("an instruction card"), Sentence("instruction card")),
}
A: Final[Mapping[str, Sentence]] = {kind: one for kind, (one, _bare) in _CALLED.items()}
"""One of each kind of name, in a sentence."""
_BARE: Final[Mapping[str, Sentence]] = {kind: bare for kind, (_one, bare) in _CALLED.items()}
"""The same after a word such as `unknown`."""

_KINDS: Final = (
    *("family", "term", "concern", "fact", "channel kind", "move", "line", "commitment", "channel", "track", "inject"),
    *("voice", "decision", "decision answer", "asset", "private fact", "instrument"),
)
"""Kinds of name that something can ask for, in the order in which a name that is of another kind is told."""
HINTED: Final = 200
"""Up to how many errors a suggestion is looked for; it takes its time."""

SCENARIOS: Final = frozenset(IN_SCENARIOS)
"""Kinds of name that only a scenario gives."""

OF_PACKS: Final = frozenset(IN_PACKS) | {"channel kind"}
"""Kinds of name that packs give."""


SourceLoc: TypeAlias = tuple[Source, Loc]
"""A place in a file, looked up only when there is something to say of it."""


class KnownNames:
    """The names of one scenario and its packs; of packs alone where there is no scenario."""

    def __init__(
        self,
        packs: Sequence[Located[Pack]],
        situation: Located[Scenario] | None,
        problems: Problems,
        *,
        whole: bool,
        around: RelatedFiles | None = None,
        shut: bool = False,
    ) -> None:
        """What is unknown is said in `problems`.

        A name that is given in a part that cannot be read is known; so is every name of a kind if one cannot be read.
        Unless the packs are the `whole` of them, no name of theirs is unknown. Without a scenario a name is known if
        a scenario or pack `around` has it, and every name of a scenario is if nothing is known of those; no name of a
        scenario is if packs are to stand `shut`, by themselves.
        """
        self._problems = problems
        self._around = around
        self._alone = situation is None
        models = [pack.model for pack in packs]
        scenario = situation.model if situation is not None else None
        self._packs = [pack.id for pack in models]
        self._based = any(pack.base is not None for pack in models)
        self.whole = whole
        """All packs are here."""
        self.in_packs: Mapping[str, Collection[str]] = {
            part: {name: None for pack in models for name in getattr(pack, part)} for part in PARTS
        }
        """For each part of a pack, the names that any pack has in it."""
        self.moves: Mapping[str, Move] = {name: move for pack in models for name, move in pack.moves.items()}
        self.things = frozenset(name for pack in models for name, term in pack.terms.items() if term.of == "thing")
        """Terms that belong to things."""
        self.facts: Mapping[str, FactDeclared] = {
            name: fact for pack, own in packs for name, fact in pack.facts.items() if own.complete("facts", name, "per")
        }
        """Those of which is known whose they are."""
        self.lines: Mapping[str, Line] = {}
        """Those of which is known whether they are red or pink."""
        self.owners: dict[str, Sequence[Side]] = {}
        """Whose a line is, for those of a scenario, and of `inject/` and an id which team it asks to decide."""
        self.answers: Mapping[str, Sequence[str]] = {}
        """What can have become of each decision of a scenario."""
        self.hidden: Mapping[str, Side] = hidden_injects(scenario) if scenario is not None else {}
        """Injects that come because of what their receiver keeps sealed."""
        if situation is not None:
            self.moves = {**self.moves, **situation.model.moves}
            self.facts = {**self.facts, **own_facts(situation.model, models)}
            self.lines = dict(_sure_lines(situation))
            self.owners = {name: [side for side in SIDES if _has_line(situation, side, name)] for name in self.lines}
            asking = {inject.id: inject for inject in situation.model.msel if inject.decide}
            self.owners |= {f"inject/{name}": [inject.to] for name, inject in asking.items() if inject.to != "both"}
            self.answers = {name: (*inject.decide, "speak", "pass") for name, inject in asking.items()}
        self._kinds = self._known_by_kind(models if scenario is None else [*models, scenario])
        self._open = (SCENARIOS if scenario is None and not shut else set()) | (OF_PACKS if not whole else set())
        self._lost: dict[str, set[str]] = {}
        self._unsure = set[str]()
        for source in (*(pack.source for pack in packs), *([situation.source] if situation is not None else [])):
            self._lose(source)

    def _known_by_kind(self, files: Sequence[Pack | Scenario]) -> dict[str, Collection[str]]:
        """The names of each kind; the first that a name is one of is what it is said to be."""
        names_by_kind: dict[str, dict[str, None]] = {kind: {} for kind in _KINDS}
        for item in (item for file in files for item in named_things(file)):
            if item.kind in names_by_kind and item.name:
                names_by_kind[item.kind][item.name] = None
        answers = [name for names in self.answers.values() for name in names]
        names_by_kind |= {"decision": dict.fromkeys(self.answers), "decision answer": dict.fromkeys(answers)}
        return {**names_by_kind, "family": FAMILIES}

    def all_of(self, kind: str) -> Collection[str]:
        """The names of a kind."""
        return self._kinds[kind]

    def _lose(self, source: Source) -> None:
        """Count as known what a file gives in parts that cannot be read."""
        for kind, names in lost_names(source):
            if names is None:
                self._unsure.add(kind)
            else:
                self._lost.setdefault(kind, set()).update(names)

    def check_name(self, name: str, place: SourceLoc, *kinds: str, among: Collection[str] | None = None) -> bool:
        """Whether `name` is one of `kinds`; if not, that has been said at its place, unless something stands in there.

        `among` narrows the names down for the suggestion.
        """
        source, loc = place
        if not source.is_given(*loc, *([KEY] if loc[-1] == name else [])):
            return False
        if any(name in self._kinds[kind] or name in self._lost.get(kind, ()) for kind in kinds):
            return True
        if not self._unsure.isdisjoint(kinds) or self._may_be(name, kinds):
            return True
        choices = among if among is not None else self._choices(kinds)
        other_kind = next((kind for kind, names in self._kinds.items() if name in names), None)
        wanted = [_BARE[kind] for kind in kinds]
        message = Sentence("unknown {kind} '{name}'", kind=_join_kinds(wanted), name=name)
        if other_kind is not None:
            one = _join_kinds([A[kinds[0]], *wanted[1:]])
            message = Sentence("'{name}' is {kind}, not {wanted}", name=name, kind=A[other_kind], wanted=one)
        hint = self._hint(name, kinds, choices) if self._problems.errors < HINTED else ""
        spot = source.key_spot(*loc) if loc[-1] == name else source.spot(*loc)
        self._problems.error(spot, message, code=f"link/unknown-{kinds[0].replace(' ', '-')}", hint=hint)
        return False

    def left_out(self, name: str) -> bool:
        """Whether a rule of this name, which no pack before has, is one of a pack that could come before."""
        return (
            not self.whole
            or "rule" in self._unsure
            or name in self._lost.get("rule", ())
            or (
                self._alone and self._around is not None and self._around.pack_with("rule", name, base=True) is not None
            )
        )

    def rule_hint(self, name: str, rules: Collection[str]) -> str:
        """What to do about the name of a rule that no pack before has."""
        if self._around is None or not self._alone:
            return self._owner(name, ("rule",), is_earlier=True) or did_you_mean(name, rules)
        return did_you_mean(name, [*rules, *self._around.names("rule")])

    def _may_be(self, name: str, kinds: Sequence[str]) -> bool:
        """Whether a name that nothing in use has may be right: what would give it is not here.

        After very many errors every such name may be: looking around takes its time.
        """
        if self._alone and self._problems.errors >= HINTED:
            return True
        if self._open.isdisjoint(kinds):
            return self._alone and self._in_pack_around(name, kinds)
        if not self.whole or self._around is None:
            return True
        around = self._around
        return any(around.scenario_with(kind, name) is not None for kind in kinds) or self._in_pack_around(name, kinds)

    def _in_pack_around(self, name: str, kinds: Sequence[str]) -> bool:
        around = self._around
        return around is not None and any(around.pack_with(kind, name, base=not self._based) for kind in kinds)

    def _choices(self, kinds: Sequence[str]) -> list[str]:
        """The names that could be meant; for packs alone, those of the scenarios around."""
        choices = [choice for kind in kinds for choice in self._kinds[kind]]
        if self._alone and self._around is not None and self._problems.errors < HINTED:
            choices += [choice for kind in kinds if kind in SCENARIOS for choice in self._around.names(kind)]
        return choices

    def _hint(self, name: str, kinds: Sequence[str], choices: Collection[str]) -> str:
        if owner := self._owner(name, kinds):
            return owner
        if not choices:
            wanted = _join_kinds([_BARE[kind] for kind in kinds])
            return Sentence("there is no {kind} that could be named here", kind=wanted)
        near = did_you_mean(name, choices)
        if kinds == ("fact",) and nearest(name, choices) is None:
            return Sentence("declare it under `facts`, in the scenario or in a rule pack, before it is named")
        if near or kinds != ("move",) or not self._packs:
            return near
        return Sentence("crisis-sim show {pack} lists the moves", pack=self._packs[0])

    def _owner(self, name: str, kinds: Sequence[str], *, is_earlier: bool = False) -> str:
        """A hint if something that is not in use has this very name."""
        around = self._around
        for kind in kinds if around is not None and not self._alone else ():
            assert around is not None
            if kind in IN_PACKS and (pack := around.pack_with(kind, name, base=not self._based)):
                listed = ", ".join([pack, *self._packs] if is_earlier else [*self._packs, pack])
                return Sentence(
                    "the rule pack '{pack}' has it; list it before this one: rules: [{listed}]"
                    if is_earlier
                    else "the rule pack '{pack}' has it; add it: rules: [{listed}]",
                    pack=pack,
                    listed=listed,
                )
            if kind in SCENARIOS and (other := around.scenario_with(kind, name)):
                return Sentence(
                    "the scenario '{other}' has it; this one needs {kind} of its own", other=other, kind=A[kind]
                )
        return ""


def _has_line(situation: Located[Scenario], side: Side, name: str) -> bool:
    return any(line.id == name for line in situation.model.teams.team_of(side).lines)


def _sure_lines(situation: Located[Scenario]) -> Iterator[tuple[str, Line]]:
    """The lines of which is known what kind they are."""
    for side, place, line in situation.model.teams.lines:
        if situation.source.is_given("teams", side, "lines", place, "kind"):
            yield line.id, line


def lost_names(source: Source) -> Iterator[tuple[str, Collection[str] | None]]:
    """For kinds of name, those that a file gives where it cannot be read; None if nobody can tell which."""
    if not source.absent:
        return
    for part_loc, kind in NAMED_PARTS.items():
        if not source.is_given(*part_loc):
            yield kind, None
        for loc, value in source.absent.items():
            rest = loc[len(part_loc) :] if loc[: len(part_loc)] == part_loc else ()
            if part_loc[-1] not in LISTED and (len(rest) == 1 or rest[1:] == (KEY,)):
                yield kind, {str(rest[0]), id_meant(str(rest[0]))}
            elif part_loc[-1] in LISTED and (len(rest) == 1 or rest[1:] == ("id",)):
                meant = id_meant(value) if isinstance(value, str) and len(rest) == 2 else ""
                yield kind, {str(value), meant} if meant else None


def _join_kinds(kinds: Sequence[str]) -> str:
    """Some kinds, of which any will do."""
    *head, last = kinds
    return either([commas(head), last]) if head else last
