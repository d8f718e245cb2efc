"""Conditions and effects in their place: what they name exists, and what they ask or do means something there.

What a place allows stands in `crisis_sim.content.where`, as a table. Nothing here knows a scenario's own shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from crisis_sim.content.names import Names
from crisis_sim.content.sources import Source
from crisis_sim.content.where import ACT, COUNTRIES, RULES, Where
from crisis_sim.problems import Problems
from crisis_sim.rules.conditions import Condition, FactIs, LineIs, Made, MoveIs
from crisis_sim.rules.effects import Cross, Effects, Latency, Meter, Odds, Press, Readiness, SetFact, Whose
from crisis_sim.rules.names import Side

Loc: TypeAlias = tuple[str | int, ...]

_MADE = ("earlier", "same_turn", "ever", "pressed")


class Uses:
    """Checks the conditions and effects of one file."""

    def __init__(self, names: Names, source: Source, problems: Problems) -> None:
        """What is wrong goes to `problems`, at places in `source`."""
        self._names = names
        self._source = source
        self._problems = problems

    def condition(self, condition: Condition, loc: Loc, where: Where) -> None:
        """Check a condition that stands at `loc`."""
        for key in sorted(condition.model_fields_set):
            name = "not" if key == "not_" else key
            if key not in where.asks:
                self._misplaced(key, (*loc, name), where)
        for place, part in enumerate(condition.all or ()):
            self.condition(part, (*loc, "all", place), where)
        for place, part in enumerate(condition.any or ()):
            self.condition(part, (*loc, "any", place), where)
        if condition.not_ is not None:
            self.condition(condition.not_, (*loc, "not"), where)
        self._acts(condition, loc, where)
        self._moment(condition, loc, where)

    def _acts(self, condition: Condition, loc: Loc, where: Where) -> None:
        """Acts that a condition asks for."""
        for key, asked in (("move", condition.move), ("answers", condition.answers)):
            if asked is not None:
                self.move(asked, (*loc, key))
        for key in _MADE:
            made: Made | None = getattr(condition, key)
            if made is None:
                continue
            self.move(made.move, (*loc, key, "move"))
            self._who(made.by, (*loc, key, "by"), where, {"either"})
            if made.about is not None and not where.act:
                self._no_act((*loc, key, "about"), where)

    def _moment(self, condition: Condition, loc: Loc, where: Where) -> None:
        """Everything else that a condition names."""
        if condition.fact is not None:
            self._fact(condition.fact, (*loc, "fact"), where)
        if condition.commitment is not None:
            self._known(condition.commitment.id, (*loc, "commitment", "id"), "commitment")
            self._who(condition.commitment.by, (*loc, "commitment", "by"), where, {"either"})
        if condition.line is not None:
            self._line(condition.line, (*loc, "line"))
        if condition.track is not None:
            self._known(condition.track.id, (*loc, "track", "id"), "track")
        if condition.readiness is not None:
            self._known(condition.readiness.id, (*loc, "readiness", "id"), "channel")
        for key, meter in (("trust", condition.trust), ("standing", condition.standing)):
            if meter is not None:
                self._who(meter.of, (*loc, key, "of"), where, {"either"})
        self._all_known(condition.inject, (*loc, "inject"), "inject")

    def move(self, move: MoveIs, loc: Loc) -> None:
        """Check what a condition asks of a move."""
        self._all_known(move.id, (*loc, "id"), "move")
        self._all_known(move.family, (*loc, "family"), "family")
        self._all_known(move.channel, (*loc, "channel"), "channel", "channel kind")
        self._all_known(move.term, (*loc, "term"), "term")
        self._all_known(move.promise, (*loc, "promise"), "commitment")

    def effects(self, effects: Effects, loc: Loc, where: Where, *, receiver: Side | None = None) -> None:
        """Check effects that stand at `loc`; `receiver` is the team that it is, where that is known."""
        for key in sorted(effects.model_fields_set - where.does):
            self._misplaced(key, (*loc, key), where)
        pressed: dict[str, Sequence[Press | Cross]] = {
            "press": effects.press,
            "relieve": effects.relieve,
            "cross": effects.cross,
        }
        for key, items in pressed.items():
            for place, item in enumerate(items):
                self._pressed(item, (*loc, key, place), where, receiver)
        for key, meter in (("trust", effects.trust), ("standing", effects.standing)):
            if meter is not None:
                self._meter(meter, (*loc, key), where)
        for place, fact in enumerate(effects.set):
            self._set(fact, (*loc, "set", place), where)
        self._channels(effects, loc, where)
        if effects.release is not None:
            self._known(effects.release, (*loc, "release"), "inject")

    def _channels(self, effects: Effects, loc: Loc, where: Where) -> None:
        many: dict[str, Sequence[Readiness | Latency | Odds]] = {
            "readiness": effects.readiness,
            "latency": effects.latency,
            "odds": effects.odds,
        }
        for key, items in many.items():
            for place, item in enumerate(items):
                self._channel(item.channel, (*loc, key, place, "channel"), where)
        for place, odds in enumerate(effects.odds):
            self._who(odds.of, (*loc, "odds", place, "of"), where, {"both"})
        for key, one in (("reopen", effects.reopen), ("mandate", effects.mandate)):
            if one is not None:
                self._channel(one.channel, (*loc, key, "channel"), where)
        if effects.suspend is not None:
            self._channel(effects.suspend, (*loc, "suspend"), where)

    def _channel(self, name: str, loc: Loc, where: Where) -> None:
        if name in ("used", "about"):
            if not where.act:
                self._no_act(loc, where, f"'{name}' names the channel of an act, and")
        elif name != "all":
            self._known(name, loc, "channel")

    def _pressed(self, item: Press | Cross, loc: Loc, where: Where, receiver: Side | None) -> None:
        self._who(item.whose, (*loc, "whose"), where, {"both"})
        if not self._known(item.line, (*loc, "line"), "concern", "line"):
            return
        line, kind = self._names.lines.get(item.line), "red" if isinstance(item, Cross) else "pink"
        if line is not None and line.kind != kind:
            said = f"'{item.line}' is a {line.kind} line; only {kind} lines are {_DONE[kind]}"
            self._error((*loc, "line"), said, "link/line-kind")
        owners = self._names.owners.get(item.line, ())
        whose = _team(item.whose, receiver)
        if whose is not None and len(owners) == 1 and whose not in owners:
            owner = owners[0]
            said = f"the line '{item.line}' is not one of {_NAMES[whose]}, so nothing would follow"
            hint = f"{item.line} is {_NAMES[owner]}'s line: whose: {owner}"
            at = (*loc, "whose" if "whose" in item.model_fields_set else "line")
            if item.whose in COUNTRIES:
                self._error(at, said, "link/line-of", hint)
            elif self._source.given(*at):
                # A warning, since logs hold scenarios in which this was let pass, and have to load for ever.
                self._problems.warning(self._source.spot(*at), said, code="link/line-of", hint=hint)

    def _line(self, line: LineIs, loc: Loc) -> None:
        if not self._known(line.id, (*loc, "id"), "line"):
            return
        known = self._names.lines.get(line.id)
        for key, wanted in (("crossed", "red"), ("pressure", "pink")):
            if known is not None and key in line.model_fields_set and known.kind != wanted:
                said = f"'{line.id}' is a {known.kind} line; only {wanted} lines are {_DONE[wanted]}"
                self._error((*loc, key), said, "link/line-kind")

    def _meter(self, meter: Meter, loc: Loc, where: Where) -> None:
        for key in sorted(meter.model_fields_set - where.who):
            self._not_here(key, (*loc, key), where, set(), key=True)

    def _fact(self, fact: FactIs, loc: Loc, where: Where) -> None:
        self._whose_fact(fact.id, fact.of, loc, "id")
        if fact.of is not None:
            self._who(fact.of, (*loc, "of"), where, {"either"})

    def _set(self, fact: SetFact, loc: Loc, where: Where) -> None:
        self._whose_fact(fact.fact, fact.of, loc, "fact")
        if fact.of is not None:
            self._who(fact.of, (*loc, "of"), where, set())

    def _whose_fact(self, name: str, of: str | None, loc: Loc, key: str) -> None:
        """A team's fact says whose; the session's does not."""
        if not self._known(name, (*loc, key), "fact"):
            return
        fact = self._names.facts.get(name)
        per_team = fact is not None and fact.per == "team"
        if per_team and of is None:
            self._error((*loc, key), f"the fact '{name}' is each team's own", "link/fact-of", "say whose: of: …")
        elif fact is not None and of is not None and not per_team:
            said = f"the fact '{name}' belongs to no team"
            self._error((*loc, "of"), said, "link/fact-of", "leave `of` out")

    def _all_known(self, names: Iterable[str] | None, loc: Loc, *kinds: str) -> None:
        for place, name in enumerate(names or ()):
            self._known(name, (*loc, place), *kinds)

    def _known(self, name: str, loc: Loc, *kinds: str) -> bool:
        return self._names.known(name, (self._source, loc), *kinds)

    def _who(self, who: str, loc: Loc, where: Where, also: set[str]) -> None:
        if who not in where.who | also:
            self._not_here(who, loc, where, also)

    def _not_here(self, who: str, loc: Loc, where: Where, also: set[str], *, key: bool = False) -> None:
        if who in COUNTRIES:
            said, code = f"{where.called} may not name a country", "link/country"
        else:
            said, code = f"'{who}' means nobody in {where.called}", "link/who"
        choices = sorted(where.who | also)
        self._error(loc, said, code, f"one of: {', '.join(choices)}" if choices else "", key=key)

    def _misplaced(self, key: str, loc: Loc, where: Where) -> None:
        if key in ACT and not where.act:
            self._no_act(loc, where, f"'{key}' asks for the act at hand, and")
            return
        named = "not" if key == "not_" else key
        moments = [moment for moment, here in RULES.items() if key in here.asks | here.does]
        hint = f"it belongs in a rule with on: {' or '.join(moments)}" if 0 < len(moments) <= 2 else ""
        self._error(loc, f"'{named}' does nothing in {where.called}", "link/misplaced", hint, key=True)

    def _no_act(self, loc: Loc, where: Where, lead: str = "") -> None:
        hint = "ask for acts made before with same_turn, earlier or ever" if loc[-1] in ACT else ""
        said = f"{lead} {where.called} has none".strip()
        self._error(loc, said if lead else f"{where.called} has no act at hand", "link/no-act", hint, key=True)

    def _error(self, loc: Loc, said: str, code: str, hint: str = "", *, key: bool = False) -> None:
        if not self._source.given(*loc):
            return
        spot = self._source.key_spot(*loc) if key else self._source.spot(*loc)
        self._problems.error(spot, said, code=code, hint=hint)


def _team(whose: Whose, receiver: Side | None) -> Side | None:
    """The team that a word for a side means, where that is known."""
    if whose == "us" or whose == "china":
        return whose
    if receiver is None or whose == "both":
        return None
    return receiver if whose == "receiver" else ("china" if receiver == "us" else "us")


_NAMES = {"us": "the US", "china": "China"}
_DONE = {"red": "crossed", "pink": "pressed"}
