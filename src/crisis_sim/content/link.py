"""What a scenario says about its packs and about itself.

Every name leads to something, everything stands in a place where it means something, and what belongs together is
there. What one file says by itself is the models'; what is allowed and probably not meant is
`crisis_sim.authoring.lints`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from crisis_sim.content import where
from crisis_sim.content.authored_stakes import Line, TrackOf
from crisis_sim.content.condition_checks import EACH_TEAMS, NO_TEAMS, OWN_ALONE, ConditionChecks
from crisis_sim.content.guesses import nearly
from crisis_sim.content.known_names import A, KnownNames
from crisis_sim.content.packs import link_commitments, link_instruments, link_moves
from crisis_sim.content.scenario import Inject, Scenario
from crisis_sim.content.scenario_checks import link_assets, link_decisions, link_numbers, one_way_of_counting
from crisis_sim.content.secrets import sides_moved
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence, commas
from crisis_sim.numbers import points_text
from crisis_sim.problems import Problems, did_you_mean, write
from crisis_sim.rules.effects import OWNERS
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.wording import _

RESERVED = frozenset({"used", "about", "all"})
"""Words that stand for channels in effects."""


_NO_LINE: Final = {"red": Sentence("this team has no red line"), "pink": Sentence("this team has no pink line")}
_TWO: Final = {
    "line": _("there are two lines '{name}'"),
    "inject": _("there are two injects '{name}'"),
    "forecast": _("there are two forecasts '{name}'"),
}

RECALLED = ("inject", "line", "channel", "track", "move", "commitment")
"""Kinds of thing that a question of the hotwash may recall."""


def link_scenario(scenario: Scenario, source: Source, names: KnownNames, problems: Problems) -> None:
    """Say everything that does not fit together in a scenario, given the names that it may use."""
    _Linked(scenario, source, names, problems).check()


class _Linked:
    """The checks of one scenario."""

    def __init__(self, scenario: Scenario, source: Source, names: KnownNames, problems: Problems) -> None:
        self._scenario = scenario
        self._source = source
        self._names = names
        self._problems = problems
        self._uses = ConditionChecks(names, source, problems)
        self._error = self._uses.error

    def check(self) -> None:
        """Check every reference between scenario and packs."""
        self._packs_once()
        self._turns()
        self._lengths()
        self._starts()
        for side in SIDES:
            self._team(side)
        link_assets(self._scenario, self._source, self._names, self._uses, self._problems)
        self._channels()
        self._facts()
        for name, track in self._scenario.tracks.items():
            self._track(name, track)
        if self._complete("tracks") and all(track.of is not None for track in self._scenario.tracks.values()):
            message = Sentence("every track is one team's, so nothing is at stake for both")
            self._error(("tracks",), message, "link/track-of", "leave `of` out of one", key=True)
        self._unique([inject.id for inject in self._scenario.msel], "inject", ("msel",))
        for place, inject in enumerate(self._scenario.msel):
            self._inject(inject, ("msel", place))
        link_decisions(self._scenario, self._source, self._names, self._uses, self._problems)
        self._unique([forecast.id for forecast in self._scenario.forecasts], "forecast", ("forecasts",))
        for place, forecast in enumerate(self._scenario.forecasts):
            self._uses.condition(forecast.happens, ("forecasts", place, "happens"), where.FORECAST)
        cards = {} if self._scenario.instructions is None else self._scenario.instructions.cards
        for name, card in cards.items():
            self._uses.condition(card.met_when, ("instructions", "cards", name, "met_when"), where.INSTRUCTION)
        for name in self._scenario.bot_words:
            self._names.check_name(name, (self._source, ("bot_words", name)), "move", "family")
        self._questions()
        self._extras()

    def _packs_once(self) -> None:
        rules = self._scenario.rules
        for place, name in enumerate(rules):
            if name in rules[:place]:
                self._error(
                    ("rules", place), Sentence("the rule pack '{name}' is listed twice", name=name), "link/duplicate"
                )

    def _turns(self) -> None:
        turns = self._scenario.turns
        if not self._turns_are_known():
            return
        if turns[0] != 0:
            self._error(("turns", 0), "the first turn begins at 0h", "link/turns")
        for place, (previous_hour, hour) in enumerate(pairwise(turns), 1):
            if hour <= previous_hour:
                message = Sentence(
                    "turn {number} begins at {hour}h, not after turn {before} at {earlier}h",
                    number=place + 1,
                    hour=hour,
                    before=place,
                    earlier=previous_hour,
                )
                self._error(("turns", place), message, "link/turns", "list the hours in ascending order")
        if self._scenario.ends <= turns[-1]:
            self._error(
                ("ends",),
                Sentence("the last turn begins at {hour}h and must end after that", hour=turns[-1]),
                "link/turns",
            )

    def _lengths(self) -> None:
        count = len(self._scenario.turns)
        if not self._scenario.lengths and self._complete("lengths"):
            self._error(("lengths",), "no length can be played", "link/lengths", "for example 90: all", key=True)
        for minutes, played in self._scenario.lengths.items():
            loc: Loc = ("lengths", minutes)
            if isinstance(played, str) or not self._turns_are_known() or not self._complete(*loc):
                continue
            for place, number in enumerate(played):
                if not 1 <= number <= count:
                    self._error(
                        (*loc, place),
                        Sentence("there is no turn {number}; turns go from 1 to {count}", number=number, count=count),
                        "link/lengths",
                    )
                elif place and number <= played[place - 1]:
                    self._error((*loc, place), "list the turns in ascending order, each once", "link/lengths")
            if not played or played[0] != 1:
                self._error(loc, "every length begins with turn 1", "link/lengths", key=True)
        scenario = self._scenario
        length_lists: dict[Loc, tuple[int, ...]] = {("offence_card",): scenario.offence_card}
        length_lists[("call_purposes",)] = scenario.call_purposes
        length_lists[("closing", "principles")] = scenario.closing.principles
        for key, lengths in length_lists.items():
            for place, wanted in enumerate(lengths):
                if wanted not in scenario.lengths and self._complete("lengths"):
                    message = Sentence("the scenario has no length of {minutes}", minutes=wanted)
                    self._error((*key, place), message, "link/lengths")

    def _starts(self) -> None:
        """Numbers with which the teams and tension begin."""
        self._within(self._scenario.tension, 100, ("tension",))
        for side in SIDES:
            team = self._scenario.teams.team_of(side)
            self._within(team.standing, 10, ("teams", side, "standing"))
            self._within(team.trust, 10, ("teams", side, "trust"))

    def _team(self, side: Side) -> None:
        lines = self._scenario.teams.team_of(side).lines
        loc: Loc = ("teams", side, "lines")
        other_ids = [line.id for line in self._scenario.teams.china.lines] if side == "us" else []
        self._unique([line.id for line in lines], "line", loc, other_ids)
        for kind in ("red", "pink"):
            if not any(line.kind == kind for line in lines) and self._kinds_are_known(side):
                self._error(loc, _NO_LINE[kind], "link/lines", "give it at least one", key=True)
        for place, line in enumerate(lines):
            self._line(line, {other.id: other for other in lines}, side, (*loc, place))

    def _kinds_are_known(self, side: Side) -> bool:
        """Whether it is known of each line of a team if it is red or pink."""
        loc: Loc = ("teams", side, "lines")
        places = range(len(self._scenario.teams.team_of(side).lines))
        return self._source.is_given(*loc) and all(self._source.is_given(*loc, place, "kind") for place in places)

    def _line(self, line: Line, team: Mapping[str, Line], side: Side, loc: Loc) -> None:
        self._names.check_name(line.concern, (self._source, (*loc, "concern")), "concern")
        if line.id in self._names.all_of("concern"):
            message = Sentence("'{id}' is a concern too, so effects could not tell which is meant", id=line.id)
            self._error((*loc, "id"), message, "link/line-id", "give the line another id")
        if line.leads_to is not None:
            self._leads_to(line, team, (*loc, "leads_to"))
        for key, watches in (("pressed_by", line.pressed_by), ("crossed_by", line.crossed_by)):
            for place, watch in enumerate(watches):
                here = where.PRESSES if key == "pressed_by" else where.WATCH
                self._uses.condition(watch.when, (*loc, key, place, "when"), here)
                if here.sealed:
                    self._uses.unsealed(watch.when, (*loc, key, place, "when"), OWN_ALONE, ("receiver", side))
                if watch.by <= 0:
                    self._error((*loc, key, place, "by"), "pressure is a positive number", "link/number")
        if line.limit and min(line.limit.values()) <= 0:
            self._error((*loc, "limit"), "a limit is a positive number", "link/number")
        if line.decay is not None and line.decay < 0:
            self._error((*loc, "decay"), "a decay is not negative", "link/number")
        if line.crossing is not None:
            self._uses.effects(line.crossing, (*loc, "crossing"), where.CROSSING, receiver=side)

    def _leads_to(self, line: Line, team: Mapping[str, Line], loc: Loc) -> None:
        target = team.get(line.leads_to or "")
        reds = [other.id for other in team.values() if other.kind == "red"]
        hint = Sentence("this team's red lines: {reds}", reds=commas(reds)) if reds else ""
        if target is not None and target.kind != "red":
            self._error(
                loc,
                Sentence("'{id}' is a pink line; a pink line leads to a red one", id=target.id),
                "link/leads-to",
                hint,
            )
        elif target is None and line.leads_to in self._names.lines:
            message = Sentence("'{line}' is the other team's line", line=line.leads_to)
            self._error(loc, message, "link/leads-to", hint)
        elif target is None:
            self._names.check_name(line.leads_to or "", (self._source, loc), "line", among=tuple(team))

    def _channels(self) -> None:
        kinds = self._names.all_of("channel kind")
        for name, channel in self._scenario.channels.items():
            loc: Loc = ("channels", name)
            if name in RESERVED:
                self._error(
                    loc,
                    Sentence("'{name}' means something else in effects", name=name),
                    "link/channel-id",
                    "rename it",
                    key=True,
                )
            if name in kinds and channel.kind in kinds and name != channel.kind:
                message = Sentence("'{name}' is a kind of channel, and this one is of another kind", name=name)
                self._error(loc, message, "link/channel-id", "give the channel another id", key=True)
            self._names.check_name(channel.kind, (self._source, (*loc, "kind")), "channel kind")

    def _facts(self) -> None:
        packs_have = self._names.in_packs["facts"]
        for name, start in self._scenario.facts.items():
            fact, loc = self._names.facts.get(name), ("facts", name)
            if name in packs_have:
                if start.per is not None:
                    message = Sentence("a rule pack has the fact '{fact}', and says whose it is", fact=name)
                    self._error((*loc, "per"), message, "link/fact-of", "leave `per` out", key=True)
            elif self._source.complete(*loc) and (
                meant := [candidate for candidate in packs_have if nearly(name, candidate)]
            ):
                message = Sentence("no rule pack has the fact '{fact}', so it is one of the scenario's own", fact=name)
                spot = self._source.key_spot(*loc)
                self._problems.warning(spot, message, code="link/own-fact", hint=did_you_mean(name, meant))
            if fact is None:
                continue
            per_team = fact.per == "team"
            for key in sorted(start.model_fields_set & ({"start"} if per_team else {"us", "china"})):
                message = Sentence(EACH_TEAMS if per_team else NO_TEAMS, fact=name)
                hint = Sentence("write us: true or china: true") if per_team else write("start: true")
                self._error((*loc, key), message, "link/fact-of", hint, key=True)

    def _track(self, name: str, track: TrackOf) -> None:
        loc: Loc = ("tracks", name)
        ends_are_known = self._source.is_given(*loc, "least") and self._source.is_given(*loc, "most")
        if ends_are_known and not track.least <= track.start <= track.most:
            message = Sentence(
                "the track starts at {start}, outside {least} to {most}",
                start=points_text(track.start),
                least=points_text(track.least),
                most=points_text(track.most),
            )
            self._error((*loc, "start"), message, "link/number")
        if track.of is not None and track.runs_out:
            message = Sentence("a clock is both teams', since conditions on time_left watch it")
            self._error((*loc, "of"), message, "link/track-of", "leave out `of`, or `runs_out`", key=True)
        for place, name in enumerate(track.helped_by):
            self._names.check_name(name, (self._source, (*loc, "helped_by", place)), "move", "family")
        if track.stops_when is not None:
            self._uses.condition(track.stops_when, (*loc, "stops_when"), where.STOPS)
        for place, change in enumerate(track.changes):
            change_loc = (*loc, "changes", place)
            here = where.CHANGES[change.on] if self._source.is_given(*change_loc, "on") else where.ANY
            self._uses.condition(change.when, (*change_loc, "when"), here)
        for place, mark in enumerate(track.marks):
            key = "at_least" if mark.at_least is not None else "at_most"
            level = mark.at_least if mark.at_least is not None else mark.at_most or 0
            if ends_are_known and not track.least <= level <= track.most:
                message = Sentence(
                    "the track never comes to {level}: it goes from {least} to {most}",
                    level=points_text(level),
                    least=points_text(track.least),
                    most=points_text(track.most),
                )
                self._error((*loc, "marks", place, key), message, "link/number")
            if mark.then is not None:
                self._uses.effects(mark.then, (*loc, "marks", place, "then"), where.MARK)

    def _inject(self, inject: Inject, loc: Loc) -> None:
        hours_are_known = self._turns_are_known() and self._complete("ends") and self._source.is_given(*loc, "at")
        if hours_are_known and self._scenario.turns[-1] < self._scenario.ends <= inject.at:
            message = Sentence(
                "the session ends at {ends}h, so nothing is delivered at {at}h", ends=self._scenario.ends, at=inject.at
            )
            self._error((*loc, "at"), message, "link/inject-time")
        if inject.until is not None and inject.until < inject.at and self._source.is_given(*loc, "at"):
            self._error(
                (*loc, "until"),
                Sentence("this lies before {at}h, when it is first due", at=inject.at),
                "link/inject-time",
            )
        for place, minutes in enumerate(inject.lengths if "lengths" in inject.model_fields_set else ()):
            if minutes not in self._scenario.lengths and self._complete("lengths"):
                self._error(
                    (*loc, "lengths", place),
                    Sentence("the scenario has no length of {minutes}", minutes=minutes),
                    "link/lengths",
                )
        one_way_of_counting(inject, loc, self._source, self._problems)
        link_numbers(inject, self._scenario.tracks, loc, self._source, self._names, self._problems)
        if inject.after is not None:
            self._names.check_name(inject.after.inject, (self._source, (*loc, "after", "inject")), "inject")
        for place, name in enumerate(inject.calls_for):
            self._names.check_name(name, (self._source, (*loc, "calls_for", place)), "move", "family", "private fact")
        if inject.when is not None:
            self._uses.condition(inject.when, (*loc, "when"), where.INJECT)
        self._hidden(inject, loc)
        if inject.then is not None:
            self._uses.effects(inject.then, (*loc, "then"), where.INJECT)

    def _hidden(self, inject: Inject, loc: Loc) -> None:
        """What both learn of hangs on nothing that a team keeps sealed."""
        effects, hidden = inject.then, self._names.hidden
        is_open = inject.to == "both" or (effects is not None and not OWNERS.issuperset(effects.effect_names))
        own = () if is_open else (inject.to,)
        if is_open:
            why = Sentence("what both learn of may not hang on it")
        else:
            why = Sentence("what one team is told may hang on what it keeps sealed itself, and on no more")
        if inject.when is not None:
            self._uses.unsealed(inject.when, (*loc, "when"), why, own)
        follows = None if inject.after is None else hidden.get(inject.after.inject)
        if follows is not None and follows not in own:
            message = Sentence("what this follows comes because of what a team keeps sealed; {why}", why=why)
            self._error((*loc, "after"), message, "link/sealed", key=True)
        if not is_open and inject.id in hidden:
            other_sides = effects is not None and sides_moved(effects) - {inject.to}
            for key in ("window", "window_turns", "calls_for", "excuses", *(("then",) if other_sides else ())):
                if key in inject.model_fields_set:
                    message = Sentence(
                        "this comes because of what a team keeps sealed; nothing of the other's may hang on it"
                    )
                    self._error((*loc, key), message, "link/sealed", "leave it out", key=True)

    def _questions(self) -> None:
        """What the questions of the hotwash recall."""
        for place, question in enumerate(self._scenario.hotwash):
            for item, name in enumerate(question.recalls):
                self._names.check_name(name, (self._source, ("hotwash", place, "recalls", item)), *RECALLED)

    def _extras(self) -> None:
        """Moves, commitments and instruments that only this scenario has."""
        link_moves(self._scenario.moves, self._names, self._source, self._problems)
        link_commitments(self._scenario, self._names, self._source, self._uses, where.BREAKS_HERE)
        link_instruments(self._scenario, self._names, self._source, self._uses)
        for part in ("moves", "commitments"):
            for name in getattr(self._scenario, part):
                if name in self._names.in_packs[part]:
                    message = Sentence("the rule packs have {thing} '{name}' already", thing=A[part[:-1]], name=name)
                    self._error((part, name), message, "link/duplicate", "give this one another id", key=True)

    def _unique(self, ids: Sequence[str], kind: str, loc: Loc, other_ids: Sequence[str] = ()) -> None:
        for place, name in enumerate(ids):
            if name in ids[:place]:
                self._error((*loc, place, "id"), Sentence(_TWO[kind], name=name), "link/duplicate", "rename one")
            elif name in other_ids:
                message = Sentence(
                    "both teams have a line '{name}', so effects could not tell which is meant", name=name
                )
                self._error((*loc, place, "id"), message, "link/duplicate", "rename one")

    def _within(self, value: int | None, maximum: int, loc: Loc) -> None:
        if value is not None and not 0 <= value <= maximum * 100:
            self._error(
                loc, Sentence("{value} lies outside 0 to {most}", value=points_text(value), most=maximum), "link/number"
            )

    def _turns_are_known(self) -> bool:
        return self._complete("turns") and bool(self._scenario.turns)

    def _complete(self, *loc: str | int) -> bool:
        return self._source.complete(*loc)
