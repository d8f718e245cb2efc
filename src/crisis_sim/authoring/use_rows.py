"""What a thing that is asked about says of itself: how it begins, who lists it, what comes of it, how it ends.

Everything here stands in the thing's own lines of a file, or in a list that names it, and hangs on no condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from crisis_sim.content.authored_assets import Asset, PrivateFact
from crisis_sim.content.authored_stakes import Line
from crisis_sim.content.material import Material, titles_by_id
from crisis_sim.content.named_things import named_things
from crisis_sim.content.scenario import Inject
from crisis_sim.engine.inject_times import InjectTimes, inject_plan, schedule_of
from crisis_sim.engine.table_parts import hours_played
from crisis_sim.numbers import points_text, scale
from crisis_sim.pages.plan_blocks import after_words, again_words
from crisis_sim.rules.names import SIDES, Language, Side
from crisis_sim.rules.pack import Pack
from crisis_sim.wording import _, speaker
from crisis_sim.wording.explain import Explainer
from crisis_sim.wording.labels import BOTH_SIDES, SPOKEN_FOR
from crisis_sim.wording.labels import SIDES as NAMES

AskedKind: TypeAlias = Literal[
    "fact", "concern", "term", "move", "line", "inject", "track", "commitment", "channel", "asset",
    "instrument", "instruction", "voice", "private fact",
]  # fmt: skip
"""Kinds of thing of which can be asked back."""


_OF_SCENARIOS: Final[tuple[AskedKind, ...]] = (
    *("line", "inject", "track", "channel", "asset", "instrument", "instruction", "voice", "private fact"),
)
"""Kinds that only a scenario has."""


class UseRow(NamedTuple):
    """One thing that sets, reads, follows or ends."""

    sentence: str
    place: str = ""
    """file:line."""
    details: tuple[str, ...] = ()
    """When, and what then follows."""


class NamedUses:
    """The things of a material that have a name; without `scenario` only those of its packs."""

    def __init__(self, material: Material, language: Language, *, scenario: bool) -> None:
        """Everything is told in `language` where it has been written in it."""
        self._material = material
        self._scenario = material.scenario if scenario else None
        self._language = language
        self._say = speaker(language)
        self.titles: Mapping[str, str] = (
            titles_by_id(material, language)
            if scenario
            else {name: title for pack in material.packs for name, title in titles_by_id(pack, language).items()}
        )
        """What each id stands for."""
        self.explainer = Explainer(self.titles, language)
        if scenario:
            voices = material.scenario.voices.items()
            self.titles = {**{name: voice.says.in_(language).rstrip(".。") for name, voice in voices}, **self.titles}
        self.lines: Mapping[str, tuple[Side, Line]] = (
            {} if not scenario else {line.id: (side, line) for side, _place, line in material.scenario.teams.lines}
        )
        """Lines by id, with whose they are."""
        self.assets: Mapping[str, tuple[Side, Asset]] = {
            name: (side, asset)
            for side in SIDES
            for name, asset in (material.scenario.teams.team_of(side).assets.items() if scenario else ())
        }
        """Things of the teams by id, with whose they are."""
        self._known: Mapping[str, tuple[Side, PrivateFact]] = {
            name: (side, fact)
            for side in SIDES
            for name, fact in (material.scenario.teams.team_of(side).private_facts.items() if scenario else ())
        }
        self._injects: Mapping[str, Inject] = (
            {} if not scenario else {inject.id: inject for inject in material.scenario.msel}
        )

    def names(self) -> Mapping[AskedKind, Sequence[str]]:
        """All that can be asked about, by its kind."""
        material, scenario = self._material, self._scenario
        names_by_kind: dict[AskedKind, Sequence[str]] = dict.fromkeys(get_args(AskedKind), ())
        names_by_kind["concern"], names_by_kind["term"] = tuple(material.concerns), tuple(material.terms)
        packs = material.packs
        parts: Mapping[AskedKind, Callable[[Material | Pack], Iterable[str]]] = {
            "fact": lambda source: source.facts,
            "move": lambda source: source.moves,
            "commitment": lambda source: source.commitments,
        }
        for kind, part in parts.items():
            names_by_kind[kind] = tuple(part(material) if scenario else [name for pack in packs for name in part(pack)])
        if scenario is not None:
            named_items = list(named_things(scenario))
            names_by_kind |= {
                kind: tuple(item.name for item in named_items if item.kind == kind) for kind in _OF_SCENARIOS
            }
        return names_by_kind

    def place_of(self, kind: str, name: str) -> str:
        """The file and line of a thing."""
        if kind == "line":
            name = f"{self.lines[name][0]}/{name}"
        return self._material.places.get(f"{kind.replace(' ', '-')}/{name}", "")

    def start_rows(self, kind: AskedKind, name: str) -> Iterator[UseRow]:
        """How it stands at the start, or how it comes about."""
        material, scenario = self._material, self._scenario
        match kind:
            case "term":
                bears = self._moves(move for move, definition in material.moves.items() if name in definition.terms)
                if self.assets and material.terms[name].of == "thing":
                    yield from self._true_of(name)
                    return
                yield UseRow(self._say("whoever makes one of these moves may put it so: {moves}", moves=bears))
            case "commitment":
                promise = material.commitments[name]
                template = (
                    _("these moves offer it, and it binds both once it is accepted: {moves}")
                    if promise.binds == "both"
                    else _("these moves make it, and it binds whoever makes it at once: {moves}")
                )
                yield UseRow(self._say(template, moves=self._moves(promise.with_moves)), self.place_of(kind, name))
            case "move":
                yield from self._making_rows(name)
            case _ if scenario is not None:
                file_line = (
                    self._material.sources[0].line("facts", name) if kind == "fact" else self.place_of(kind, name)
                )
                yield from (UseRow(sentence, file_line) for sentence in self._starts(kind, name))
            case _:
                return

    def _true_of(self, term: str) -> Iterator[UseRow]:
        """The things of which a term is true."""
        for name, (_side, asset) in self.assets.items():
            if asset.is_.get(term) is True:
                sentence = self._say("always true of “{title}” ({id})", title=self.titles[name], id=name)
                yield UseRow(sentence, self.place_of("asset", name))

    def _starts(self, kind: AskedKind, name: str) -> Iterator[str]:
        """How a thing of the scenario stands at the start."""
        say, scenario = self._say, self._material.scenario
        match kind:
            case "fact" if name in scenario.facts:
                start = scenario.facts[name]
                true = [say(NAMES[side]) for side in SIDES if getattr(start, side)]
                so = (
                    say("true of {sides}", sides=self._listed(true))
                    if true
                    else say("true" if start.start else "false", "rules")
                )
                yield say("at the start, in this scenario: {so}", so=so)
            case "track":
                track = scenario.tracks[name]
                yield say(
                    "it starts at {start} {unit}", start=points_text(track.start), unit=track.unit.in_(self._language)
                )
                if track.per_hour:
                    yield say("each game hour moves it by {by}", by=points_text(track.per_hour, signed=True))
            case "asset":
                side, asset = self.assets[name]
                yield say("a thing of {side}: {says}", side=say(NAMES[side]), says=asset.says.in_(self._language))
                always = [self.titles[term] for term, when in asset.is_.items() if when is True]
                if always:
                    yield say("always true of it: {terms}", terms=self._listed(always))
            case "instrument":
                instrument = scenario.instruments[name]
                acceptors = [say(NAMES[side]) for side in SIDES if side in instrument.accepted_by]
                acceptors += [say("the host")] if "host" in instrument.accepted_by else []
                acceptor_list = self._listed(acceptors) if acceptors else say("nobody")
                yield say("agreed in {year}, accepted by: {names}", year=instrument.year, names=acceptor_list)
                yield say("it asks: {says}", says=instrument.says.in_(self._language))
            case "instruction" if (deck := scenario.instructions) is not None:
                card_text = deck.cards[name].says
                for side, text in ("us", card_text.us), ("china", card_text.china):
                    yield say("it tells {side}: {says}", side=say(NAMES[side]), says=text.in_(self._language))
                words = {"n": deck.one_in, "m": len(deck.cards), "lengths": self._listed(list(map(str, deck.lengths)))}
                yield say(
                    "one team in {n} is dealt one of {m} cards, by luck, in sessions of {lengths} minutes", **words
                )
            case "voice":
                voice = scenario.voices[name]
                yield say(
                    "it speaks for {whom}, to {side}",
                    whom=say(SPOKEN_FOR[voice.of]),
                    side=say(NAMES.get(voice.home or "", BOTH_SIDES)),
                )
            case "private fact":
                side, fact = self._known[name]
                yield say("{side} alone knows it: {says}", side=say(NAMES[side]), says=fact.says.in_(self._language))
                yield say("it clears {side}", side=say(NAMES.get(fact.clears, BOTH_SIDES)))
            case "channel":
                channel = scenario.channels[name]
                yield say("at the start its readiness is {percent} of 100", percent=channel.readiness)
                if channel.suspended:
                    yield say("at the start it is closed")
            case "inject":
                inject = self._injects[name]
                if inject.decide:
                    yield say(
                        "{voice} asks {side} to decide",
                        voice=self.titles[inject.from_ or ""],
                        side=say(NAMES[inject.to]),
                    )
                yield (
                    say("the facilitator releases it by hand, from T+{hour}h on", hour=inject.at)
                    if inject.by_hand
                    else say("it is due from T+{hour}h on", hour=inject.at)
                )
                if inject.when is not None:
                    yield say("only if: {condition}", condition=self.explainer.condition(inject.when))
                if (predecessor := inject_plan(inject, ()).follows) is not None:
                    yield after_words(predecessor, self.titles[predecessor[0]], say)
                if not inject.by_hand:
                    yield from self._comes(name)
            case _:
                return

    def _comes(self, inject: str) -> Iterator[str]:
        """The turns in which an inject comes at the earliest, in sessions of each length."""
        say, scenario = self._say, self._material.scenario
        lengths: dict[tuple[int, ...], list[str]] = {}
        for length, schedule in self._schedules.items():
            hours = hours_played(scenario, length)
            if inject in schedule:
                turns = tuple(hours[turn - 1] for turn in schedule[inject].turns)
                lengths.setdefault(turns, []).append(str(length))
        for turns, minutes in lengths.items():
            words = {"minutes": self._listed(minutes), "hours": self._listed([say("T+{hour}h", hour=h) for h in turns])}
            if turns:
                yield say("in sessions of {minutes} minutes it comes at {hours} at the earliest", **words)
            else:
                yield say("in sessions of {minutes} minutes it never comes: no turn begins in its time", **words)

    @cached_property
    def _schedules(self) -> Mapping[int, Mapping[str, InjectTimes]]:
        return {length: schedule_of(self._material, length) for length in sorted(self._material.scenario.lengths)}

    def _making_rows(self, name: str) -> Iterator[UseRow]:
        """How a move can be made."""
        move, kinds = self._material.moves[name], self._material.base.channels.kinds
        channels = self._listed([kinds[kind].in_(self._language) if kind in kinds else kind for kind in move.over])
        if not move.only_as_answer:
            yield UseRow(self._say("a team sends it over: {channels}", channels=channels), self.place_of("move", name))
        for asking, definition in self._material.moves.items():
            if definition.asks is not None and name in (definition.asks.accept, definition.asks.decline):
                sentence = self._say("it answers “{title}”", title=self.titles[asking])
                yield UseRow(sentence, self.place_of("move", asking))

    def listed(self, kind: AskedKind, name: str) -> Iterator[UseRow]:
        """Who names it outside of any condition."""
        say, scenario, move_items = self._say, self._scenario, self._material.moves.items()
        for ident, (_side, line) in self.lines.items():
            if kind == "concern" and line.concern == name:
                yield UseRow(say("{line} is about it", line=self._line(ident)), self.place_of("line", ident))
            if kind == "line" and line.leads_to == name:
                yield UseRow(say("{line} leads to it", line=self._line(ident)), self.place_of("line", ident))
        called = {name} if kind in ("move", "private fact") else set()
        called |= {self._material.moves[name].family} if kind == "move" else set()
        for ident, inject in self._injects.items():
            if kind == "inject" and inject.after is not None and inject.after.inject == name:
                yield UseRow(
                    say("the inject “{title}” follows it", title=self.titles[ident]), self.place_of("inject", ident)
                )
            if kind == "voice" and inject.from_ == name:
                template = _("it asks {side}: “{title}”") if inject.decide else _("it speaks to {side}: “{title}”")
                words = {"side": say(NAMES.get(inject.to, BOTH_SIDES)), "title": self.titles[ident]}
                yield UseRow(say(template, **words), self.place_of("inject", ident))
            if called.intersection(inject.calls_for):
                yield UseRow(
                    say("the inject “{title}” calls for it", title=self.titles[ident]), self.place_of("inject", ident)
                )
        if kind == "asset":
            moves = self._moves(
                self.assets[name][1].used_in or [move for move, definition in move_items if definition.uses == "asset"]
            )
            yield UseRow(say("these moves can be made with it: {moves}", moves=moves), self.place_of(kind, name))
        if kind == "private fact":
            moves = self._moves(move for move, definition in move_items if definition.discloses)
            yield UseRow(say("these moves can tell it: {moves}", moves=moves), self.place_of(kind, name))
        if kind == "instrument" and (citing := self._material.base.citing) is not None:
            words = {"moves": self._moves(citing.with_moves)}
            yield UseRow(say("these moves can cite it: {moves}", **words), self.place_of(kind, name))
        if kind == "fact" and (bare := [move for move, definition in move_items if definition.stands_under == name]):
            yield UseRow(say("these moves ask nobody while it holds: {moves}", moves=self._moves(bare)))
        if kind == "channel" and scenario is not None:
            moves = self._moves(
                move for move, definition in move_items if scenario.channels[name].kind in definition.over
            )
            yield UseRow(say("these moves can go over it: {moves}", moves=moves))

    def follows(self, kind: AskedKind, name: str) -> Iterator[UseRow]:
        """What comes of the thing itself."""
        say, material, file_line = self._say, self._material, self.place_of(kind, name)
        if kind == "move":
            move = material.moves[name]
            yield UseRow(
                say("by itself it moves tension by {weight}", weight=points_text(move.weight, signed=True)), file_line
            )
            if move.concerns:
                concerns = self._listed([self.titles.get(concern, concern) for concern in move.concerns])
                yield UseRow(say("it speaks to: {concerns}", concerns=concerns), file_line)
        if kind == "instrument" and (citing := material.base.citing) is not None:
            instrument, place = material.scenario.instruments[name], material.places.get("base/citing", "")
            concerns = self._listed([self.titles.get(concern, concern) for concern in instrument.concerns])
            words = {"by": points_text(citing.relieve), "concerns": concerns}
            eased = say(
                "where both have accepted it, it takes {by} off lines of the other side’s on: {concerns}", **words
            )
            yield UseRow(eased, place)
            words = {"by": points_text(citing.press), "concern": self.titles.get(citing.concern, citing.concern)}
            pressed = say("whoever never accepted it is pressed by {by} on: {concern}", **words)
            yield UseRow(pressed, place)
        if kind == "private fact":
            yield from self._disclosure_rows(self._known[name][1])
        if kind == "inject" and self._injects[name].excuses:
            yield UseRow(say("who hears of it has something to point to at home for two turns"), file_line)
        if kind == "inject" and (effects := self._injects[name].then) is not None:
            yield from (UseRow(sentence, file_line) for sentence in self.explainer.effects(effects))
        if kind == "line" and (red := self.lines[name][1].leads_to) is not None:
            limit = self.lines[name][1].limit or material.base.lines.limit
            limit_texts = [
                say("{limit} at {length} minutes", limit=points_text(limit[length]), length=length)
                for length in (45, 90, 150)
            ]
            words = {"limits": self._listed(limit_texts), "line": self.titles[red]}
            yield UseRow(say("its owner draws a conclusion about the red line “{line}” ({limits})", **words), file_line)

    def _disclosure_rows(self, fact: PrivateFact) -> Iterator[UseRow]:
        """What comes of telling a private fact."""
        say, disclosure, file_line = (
            self._say,
            self._material.base.disclosure,
            self._material.places.get("base/disclosure", ""),
        )
        if disclosure is None:
            return
        concerns = self._listed([self.titles.get(concern, concern) for concern in fact.concerns])
        words = {"by": points_text(scale(disclosure.relief, fact.worth)), "concerns": concerns}
        template = _("told whole with its source, it takes {by} off lines of the other side’s on: {concerns}")
        yield UseRow(say(template, **words), file_line)
        if fact.costs == "capability":
            points = points_text(disclosure.capability.felt)
            yield UseRow(
                say("to show its source adds {by} to the tension that its own team feels", by=points), file_line
            )
        elif fact.costs == "standing":
            standing_points = {
                "public": points_text(disclosure.standing.public),
                "private": points_text(disclosure.standing.private),
            }
            yield UseRow(
                say("its team’s standing moves by {public} in public, {private} in private", **standing_points),
                file_line,
            )
        if fact.part is not None or fact.untrue is not None:
            template = _("told in part or falsely, it comes out {percent} times in 100, in one of {n} turns")
            yield UseRow(say(template, percent=disclosure.found, n=disclosure.within), file_line)

    def ends(self, kind: AskedKind, name: str) -> Iterator[UseRow]:
        """How it ends by itself."""
        say, material, file_line = self._say, self._material, self.place_of(kind, name)
        match kind:
            case "concern":
                calming = self._moves(
                    move
                    for move, definition in material.moves.items()
                    if name in definition.concerns and definition.weight < 0
                )
                if calming:
                    yield UseRow(say("calming acts that speak to it: {moves}", moves=calming))
            case "line" if self.lines[name][1].kind == "pink":
                decay, base = self.lines[name][1].decay, material.base.lines
                words = {"by": points_text(base.decay if decay is None else decay), "percent": base.keeps}
                yield UseRow(
                    say("time takes {by} a turn, and never more than down to {percent} % of its peak", **words),
                    file_line,
                )
            case "inject":
                inject = self._injects[name]
                if inject.until is not None:
                    yield UseRow(say("it is tried until T+{hour}h", hour=inject.until), file_line)
                if (turns := inject.until_turns) is not None:
                    yield UseRow(say("it is tried in {n} turn", plural="it is tried in {n} turns", n=turns), file_line)
                if (again := inject_plan(inject, ()).again) is not None:
                    yield UseRow(again_words(again, say), file_line)
            case "move" if (asks := material.moves[name].asks) is not None:
                words = {"yes": self.titles[asks.accept], "no": self.titles[asks.decline]}
                yield UseRow(say("“{yes}” or “{no}” answers it", **words), file_line)
            case _:
                return

    def _line(self, name: str) -> str:
        side, line = self.lines[name]
        words = {"kind": self._say(line.kind), "side": self._say(NAMES[side]), "title": self.titles[name], "id": name}
        return self._say("a {kind} line of {side}, “{title}” ({id})", **words)

    def _moves(self, names: Iterable[str]) -> str:
        return self._listed([self.titles.get(name, name) for name in names])

    def _listed(self, words: Sequence[str]) -> str:
        return self._say(", ").join(words)
