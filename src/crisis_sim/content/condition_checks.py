"""Conditions and effects in their place: what they name exists, and what they ask or do means something there.

What a place allows stands in `crisis_sim.content.where`, and what a key names in its record. Nothing here knows a
scenario's own shape.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from crisis_sim.content.known_names import KnownNames
from crisis_sim.content.secrets import secrets_in
from crisis_sim.content.sources import Source
from crisis_sim.content.where import ACT, ANY, COUNTRIES, RULES, Where
from crisis_sim.errors import Sentence, either
from crisis_sim.problems import Problems, one_of
from crisis_sim.rules.authored import Authored, field_types
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import ASKED_CONCERNS, Cross, Effects, Meter, Press, SetFact
from crisis_sim.rules.keys import Key, Loc, names_in, used_keys
from crisis_sim.rules.moment import DecidedIs, FactIs, LineIs
from crisis_sim.rules.names import OwnerWord, Side
from crisis_sim.rules.properties import Made, MoveIs
from crisis_sim.rules.vocabulary import choices
from crisis_sim.wording import _

ASKS: Final[Mapping[str, Collection[str]]] = {moment: here.asks for moment, here in RULES.items()}
DOES: Final[Mapping[str, Collection[str]]] = {moment: here.does for moment, here in RULES.items()}
"""By the moment of a rule, the keys of conditions and of effects that mean something there."""
OWN_ALONE: Final = Sentence("only the same team's trust, lines and felt tension may hang on it")
"""Why something else may not hang on what a team keeps sealed."""


class ConditionChecks:
    """Checks the conditions and effects of one file."""

    def __init__(self, names: KnownNames, source: Source, problems: Problems) -> None:
        """What is wrong goes to `problems`, at places in `source`."""
        self._names = names
        self._source = source
        self._problems = problems

    def condition(self, condition: Condition, loc: Loc, context: Where) -> None:
        """Check a condition that stands at `loc`."""
        if not context.sealed:
            self.unsealed(condition, loc, Sentence("{place} may not hang on it", place=context.called))
        self._condition(condition, loc, context)

    def unsealed(self, condition: Condition, loc: Loc, why: Sentence, but_of: Collection[str] = ()) -> None:
        """Say where a condition reads what a team keeps to itself, and why it may not; what is of these is let pass."""
        for way, owners in secrets_in(condition, self._names.owners, self._names.hidden):
            if not set(owners) & set(but_of):
                message = Sentence("'{key}' reads what a team keeps sealed; {why}", key=str(way[-1]), why=why)
                hint = Sentence("ask for an act, a fact or a crossing, which both sides can come to know")
                self.error((*loc, *way), message, "link/sealed", hint, key=True)

    def own_alone(self, condition: Condition, loc: Loc, moved: Collection[str]) -> None:
        """Say where a condition reads what a team keeps to itself, and anything of anybody else's hangs on it."""
        if moved:
            self.unsealed(condition, loc, OWN_ALONE, moved if len(moved) == 1 else ())

    def _condition(self, condition: Condition, loc: Loc, context: Where) -> None:
        for field in sorted(condition.model_fields_set - context.asks):
            self._misplaced(field, (*loc, "not" if field == "not_" else field), context, ASKS)
        for place, part in enumerate(condition.all or ()):
            self._condition(part, (*loc, "all", place), context)
        for place, part in enumerate(condition.any or ()):
            self._condition(part, (*loc, "any", place), context)
        if condition.not_ is not None:
            self._condition(condition.not_, (*loc, "not"), context)
        for name, key, value in used_keys(condition):
            if name not in ("all", "any", "not_"):
                self._value(key, value, (*loc, name), context)

    def move(self, move: MoveIs, loc: Loc) -> None:
        """Check what is asked of a move."""
        for name, key, value in used_keys(move):
            self.check_named_value(key, value, (*loc, name), ANY)

    def _value(self, key: Key, value: object, loc: Loc, context: Where) -> None:
        """Check what stands under one key."""
        self.check_named_value(key, value, loc, context)
        for way, item in _items(value):
            self._sides(item, (*loc, *way), context)
            if isinstance(item, Made) and item.about is not None and not context.act:
                message = Sentence("{place} has no act at hand", place=context.called)
                self._no_act((*loc, *way, "about"), message)
            if isinstance(item, LineIs):
                self._line(item, (*loc, *way))
            if isinstance(item, DecidedIs):
                self._answers(item, (*loc, *way))
            if isinstance(item, FactIs):
                self._whose_fact(item.id, item.of, (*loc, *way), "id")
            if isinstance(item, SetFact):
                self._whose_fact(item.fact, item.of, (*loc, *way), "fact")

    def check_named_value(self, key: Key, value: object, loc: Loc, context: Where) -> None:
        """Whatever is named exists; what is pressed or crossed is checked with whose it is."""
        for way, name, kinds in names_in(key, value):
            if "channel word" in kinds:
                self._channel(name, (*loc, *way), context)
            elif "concern" not in kinds:
                self._known(name, (*loc, *way), *kinds)

    def _sides(self, item: Authored, loc: Loc, context: Where) -> None:
        """Whom it names means somebody here."""
        for name, extra_sides in _side_fields(type(item)):
            value = getattr(item, name)
            if value is not None and name not in item.model_fields_set and value not in context.roles | extra_sides:
                choices = [f"{name}: {side}" for side in sorted(context.roles | extra_sides)]
                message = Sentence(
                    "this does not say whose it is, and {place} has no {who}", place=context.called, who=value
                )
                self.error(loc, message, "link/who", Sentence("write {choices}", choices=either(choices)))
            elif value is not None:
                self._who(value, (*loc, name), context, extra_sides)

    def effects(self, effects: Effects, loc: Loc, context: Where, *, receiver: Side | None = None) -> None:
        """Check effects that stand at `loc`; `receiver` is the team that it is, where that is known."""
        for field in sorted(effects.model_fields_set - context.does):
            self._misplaced(field, (*loc, field), context, DOES)
        pressed: dict[str, Sequence[Press | Cross]] = {
            "press": effects.press,
            "relieve": effects.relieve,
            "cross": effects.cross,
        }
        for key, items in pressed.items():
            for place, item in enumerate(items):
                self._pressed(item, (*loc, key, place), context, receiver)
        for key, meter in (("trust", effects.trust), ("standing", effects.standing)):
            if meter is not None:
                self._meter(meter, (*loc, key), context)
        for name, effect, value in used_keys(effects):
            self._value(effect, value, (*loc, name), context)

    def _channel(self, name: str, loc: Loc, context: Where) -> None:
        if name in ("used", "about"):
            if not context.act:
                message = Sentence(
                    "'{key}' names the channel of an act, and {place} has none", key=name, place=context.called
                )
                self._no_act(loc, message)
        elif name != "all":
            self._known(name, loc, "channel")

    def _pressed(self, item: Press | Cross, loc: Loc, context: Where, receiver: Side | None) -> None:
        if item.line == ASKED_CONCERNS and not isinstance(item, Cross):
            if not context.act:
                message = Sentence(
                    "'{key}' stands for what an act asked for, and {place} has none",
                    key=ASKED_CONCERNS,
                    place=context.called,
                )
                self._no_act((*loc, "line"), message)
            return
        if not self._known(item.line, (*loc, "line"), "concern", "line"):
            return
        line, kind = self._names.lines.get(item.line), "red" if isinstance(item, Cross) else "pink"
        if line is not None and line.kind != kind:
            message = Sentence(_WRONG_LINE_KIND[kind], line=item.line)
            self.error((*loc, "line"), message, "link/line-kind")
        owners = self._names.owners.get(item.line, ())
        side = _team(item.whose, receiver)
        if side is not None and len(owners) == 1 and side not in owners:
            owner = owners[0]
            message = Sentence(
                "the line '{line}' is not one of {team}, so nothing would follow", line=item.line, team=TEAMS[side]
            )
            hint = Sentence("{line} is {team}'s line: whose: {side}", line=item.line, team=TEAMS[owner], side=owner)
            item_loc = (*loc, "whose" if "whose" in item.model_fields_set else "line")
            if item.whose in COUNTRIES:
                self.error(item_loc, message, "link/line-of", hint)
            elif self._source.is_given(*item_loc):
                # A warning, since logs hold scenarios in which this was let pass, and have to load for ever.
                self._problems.warning(self._source.spot(*item_loc), message, code="link/line-of", hint=hint)

    def _line(self, line: LineIs, loc: Loc) -> None:
        known_line = self._names.lines.get(line.id)
        for key, wanted in (("crossed", "red"), ("pressure", "pink"), ("concluded", "pink")):
            if known_line is not None and key in line.model_fields_set and known_line.kind != wanted:
                message = Sentence(_WRONG_LINE_KIND[wanted], line=line.id)
                self.error((*loc, key), message, "link/line-kind")

    def _answers(self, decision: DecidedIs, loc: Loc) -> None:
        """The decision can fall so."""
        answers = self._names.answers.get(decision.id, ())
        for place, name in enumerate(decision.answer if answers else ()):
            if name not in answers and name in self._names.all_of("decision answer"):
                message = Sentence("the decision has no answer '{name}'", name=name)
                self.error((*loc, "answer", place), message, "link/decision", one_of(list(answers)))

    def _meter(self, meter: Meter, loc: Loc, context: Where) -> None:
        for key in sorted(meter.model_fields_set & Meter.model_fields.keys() - context.roles):
            self._not_here(key, (*loc, key), context, frozenset(), key=True)

    def _whose_fact(self, name: str, owner: str | None, loc: Loc, key: str) -> None:
        """A team's fact says whose; the session's does not."""
        fact = self._names.facts.get(name)
        per_team = fact is not None and fact.per == "team"
        if per_team and owner is None:
            self.error((*loc, key), Sentence(EACH_TEAMS, fact=name), "link/fact-of", _("say whose: of: …"))
        elif fact is not None and owner is not None and not per_team:
            message = Sentence(NO_TEAMS, fact=name)
            self.error((*loc, "of"), message, "link/fact-of", _("leave `of` out"))

    def _known(self, name: str, loc: Loc, *kinds: str) -> bool:
        return self._names.check_name(name, (self._source, loc), *kinds)

    def _who(self, side: str, loc: Loc, context: Where, extra_sides: frozenset[str]) -> None:
        if side not in context.roles | extra_sides:
            self._not_here(side, loc, context, extra_sides)

    def _not_here(self, side: str, loc: Loc, context: Where, extra_sides: frozenset[str], *, key: bool = False) -> None:
        if side in COUNTRIES:
            message, code = Sentence("{place} may not name a country", place=context.called), "link/country"
        else:
            message, code = Sentence("'{who}' means nobody in {place}", who=side, place=context.called), "link/who"
        choices = sorted(context.roles | extra_sides)
        self.error(loc, message, code, one_of(choices) if choices else "", key=key)

    def _misplaced(self, key: str, loc: Loc, context: Where, homes: Mapping[str, Collection[str]]) -> None:
        if key in ACT and not context.act:
            message = Sentence("'{key}' asks for the act at hand, and {place} has none", key=key, place=context.called)
            self._no_act(loc, message)
            return
        shown_key = "not" if key == "not_" else key
        moments = [moment for moment, here in homes.items() if key in here]
        hint = (
            Sentence("it belongs in a rule with on: {moments}", moments=either(moments))
            if 0 < len(moments) <= 2
            else Sentence("it may stand in a rule with on: {moments}", moments=either(moments))
            if moments
            else ""
        )
        self.error(
            loc,
            Sentence("'{key}' does nothing in {place}", key=shown_key, place=context.called),
            "link/misplaced",
            hint,
            key=True,
        )

    def _no_act(self, loc: Loc, message: Sentence) -> None:
        hint = Sentence("ask for acts made before with same_turn, earlier or ever") if loc[-1] in ACT else ""
        self.error(loc, message, "link/no-act", hint, key=True)

    def error(self, loc: Loc, message: str, code: str, hint: str = "", *, key: bool = False) -> None:
        """Say what is wrong at `loc`, or at its key; nothing where nobody wrote that."""
        if not self._source.is_given(*loc):
            return
        spot = self._source.key_spot(*loc) if key else self._source.spot(*loc)
        self._problems.error(spot, message, code=code, hint=hint)


@cache
def _side_fields(model: type[Authored]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Fields that name a side, and what they may name besides. A fact is made true for one side at a time."""
    words = {name: choices(hint) for name, hint in field_types(model).items()}
    several = frozenset() if model is SetFact else frozenset({"either", "both"})
    return tuple((name, several.intersection(sides)) for name, sides in words.items() if "sender" in sides)


def _items(value: object) -> Iterator[tuple[Loc, Authored]]:
    """Each thing under a key, and the way to it."""
    if isinstance(value, Authored):
        yield (), value
    elif isinstance(value, tuple):
        yield from (((place,), item) for place, item in enumerate(value) if isinstance(item, Authored))


def _team(word: OwnerWord, receiver: Side | None) -> Side | None:
    """The team that a word for a side means, where that is known."""
    if word == "us" or word == "china":
        return word
    if receiver is None or word == "both":
        return None
    return receiver if word == "receiver" else ("china" if receiver == "us" else "us")


TEAMS: Final = {"us": Sentence("the US"), "china": Sentence("China")}
_WRONG_LINE_KIND: Final = {
    "red": _("'{line}' is a pink line; only red lines are crossed"),
    "pink": _("'{line}' is a red line; only pink lines are pressed"),
}
"""What is said of a line of the other kind than is wanted."""
EACH_TEAMS: Final = _("the fact '{fact}' is each team's own")
NO_TEAMS: Final = _("the fact '{fact}' belongs to no team")
