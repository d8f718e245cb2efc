"""The words of crisis-sim's own that are neither scenario, pack nor move, by kind, and what each of them means.

What a word means stands where it is defined, in packs, models and bots; nothing is said of it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from crisis_sim.authoring.word_meanings import word_meanings
from crisis_sim.cli.answer import prose, table
from crisis_sim.cli.language import language, say
from crisis_sim.content.listings import list_scenarios
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Team
from crisis_sim.engine.actions import SeatName
from crisis_sim.numbers import points_text
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.rules.authored import field_types
from crisis_sim.rules.move import Move, Term
from crisis_sim.rules.names import Diplomacy, How, Illocution, Language, Level, Outcome, Visibility
from crisis_sim.rules.pack import Rule, RuleKind, RuleMoment
from crisis_sim.wording import _
from crisis_sim.wording.explain import explain, outcomes

WordKind: TypeAlias = Literal[
    "policies",
    "moves",
    "families",
    "concerns",
    "terms",
    "facts",
    "commitments",
    "rules",
    "rungs",
    "channels",
    "levels",
    "visibility",
    "outcomes",
    "answers",
    "diplomacy",
    "illocutions",
    "kinds",
    "moments",
    "openings",
    "seats",
]
"""Kinds of words."""

READ: Final[Mapping[WordKind, str]] = {
    "policies": _("a bot, for --us and --china; docs/playtest.md"),
    "moves": _("a move; docs/reference/moves.md"),
    "families": _("a family of moves; docs/reference/moves.md"),
    "concerns": _("a concern, which is what a line is about; docs/write-scenarios.md"),
    "terms": _("a term, which is put on a move; docs/reference/moves.md"),
    "facts": _("a fact that rules and injects ask for and set; docs/write-rules.md"),
    "commitments": _("a commitment, which moves can make; docs/glossary.md"),
    "rules": _("a rule; docs/write-rules.md"),
    "rungs": _("a rung of the tension score; docs/glossary.md"),
    "channels": _("a word of channels; docs/glossary.md"),
    "levels": _("how high a channel reaches; docs/glossary.md"),
    "visibility": _("who hears a move; docs/glossary.md"),
    "outcomes": _("what a channel did with an act; docs/glossary.md"),
    "answers": _("how a request is answered; docs/glossary.md"),
    "diplomacy": _("who speaks over a channel; docs/glossary.md"),
    "illocutions": _("what a move does by being said; docs/reference/moves.md"),
    "kinds": _("a kind of line or rule; docs/write-rules.md"),
    "moments": _("when a rule is tried, its `on`; docs/write-rules.md"),
    "openings": _("how a team opens; docs/write-scenarios.md"),
    "seats": _("a seat at the table; docs/glossary.md"),
}
"""What a word of each kind is, and the page that says more."""


class Word(NamedTuple):
    """A word and what it means."""

    name: str
    says: str


def words(kind: WordKind) -> tuple[Word, ...]:
    """All words of a kind, in the order in which they are defined."""
    return _words(kind, language())


@cache
def _words(kind: WordKind, spoken: Language) -> tuple[Word, ...]:
    if kind == "policies":
        return tuple(Word(policy.id, say(policy.says)) for policy in POLICIES.values())
    chosen = _CHOICES.get(kind)
    return tuple(_chosen(chosen) if chosen is not None else _authored(kind, _material(), spoken))


def kinds_of(name: str) -> Iterator[tuple[WordKind, Word]]:
    """Every meaning of a word."""
    for kind in READ:
        yield from ((kind, word) for word in words(kind) if word.name == name)


def names() -> set[str]:
    """All words, and the names of their kinds."""
    return {*READ, *(word.name for kind in READ for word in words(kind))}


def word_rows(name: str, spoilers: bool) -> Iterator[str]:
    """A word in each of its meanings, or all words of a kind."""
    for kind in READ:
        if kind == name:
            yield from (say("{name}: each is {what}", name=name, what=say(READ[kind])), listed_words(kind, 2))
    for kind, word in kinds_of(name):
        yield from (say("{name} is {what}", name=name, what=say(READ[kind])), prose(word.says, 2))


def listed_words(kind: WordKind, indent: int) -> str:
    """The words of a kind as a table."""
    return table([tuple(word) for word in words(kind)], indent)


@cache
def _material() -> Material:
    return load_material(list_scenarios()[0].path)


_CHOICES: Final[Mapping[WordKind, object]] = {
    "families": field_types(Move)["family"],
    "levels": Level,
    "visibility": Visibility,
    "outcomes": Outcome,
    "answers": How,
    "diplomacy": Diplomacy,
    "illocutions": Illocution,
    "kinds": RuleKind,
    "moments": RuleMoment,
    "openings": field_types(Team)["opening"],
    "seats": SeatName,
}
"""Kinds whose words are a closed choice."""


def _chosen(choice: object) -> Iterable[Word]:
    said = get_args(choice)
    return map(Word, said, word_meanings(said) or ())


def _authored(kind: WordKind, material: Material, spoken: Language) -> Iterator[Word]:
    """Words that the shipped rules define."""
    match kind:
        case "moves":
            yield from (Word(name, move.label.in_(spoken)) for name, move in material.moves.items())
        case "concerns":
            yield from (Word(name, text.in_(spoken)) for name, text in material.concerns.items())
        case "terms":
            yield from (Word(name, _termed(term, spoken)) for name, term in material.terms.items())
        case "facts":
            yield from (
                Word(name, fact.says.in_(spoken)) for pack in material.packs for name, fact in pack.facts.items()
            )
        case "commitments":
            promises = (promise for pack in material.packs for promise in pack.commitments.items())
            yield from (Word(name, commitment.says.in_(spoken)) for name, commitment in promises)
        case "rules":
            yield from (Word(rule.id, _ruled(rule, spoken)) for rule in material.rules)
        case "rungs":
            yield from (
                Word(rung.name.in_(spoken), say("Tension from {points}", points=points_text(rung.at)))
                for rung in material.base.tension.rungs
            )
        case "channels":
            kinds = material.base.channels.kinds.items()
            yield from (Word(name, say("A kind of channel: {says}", says=text.in_(spoken))) for name, text in kinds)
            for state in material.base.channels.states:
                yield Word(
                    state.name.in_(spoken), say("A channel whose readiness is {percent} % or more", percent=state.at)
                )


def _termed(term: Term, spoken: Language) -> str:
    if term.note is None:
        return say("{sentence}.", sentence=term.says.in_(spoken))
    return say("{title}. {says}", title=term.says.in_(spoken), says=term.note.in_(spoken))


def _ruled(rule: Rule, spoken: Language) -> str:
    effects = say(", ").join(outcomes(rule.then, language=spoken))
    words = {"says": rule.says.in_(spoken), "kind": say(rule.kind), "when": explain(rule.when, language=spoken)}
    return say("{says} ({kind}); when {when}; then {effects}", effects=effects, **words)
