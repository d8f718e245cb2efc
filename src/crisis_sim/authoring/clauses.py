"""Every condition and effect of a scenario and its packs, each with what holds it, what it asks about, and its place.

What a line or a track watches for stands here with what follows of it as an effect, so that a watch, a rule and an
inject are asked back alike. Nothing is tried and nothing is played.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from crisis_sim.content.authored_stakes import Line
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Inject
from crisis_sim.numbers import points_text
from crisis_sim.rules.authored import Text
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Cross, Effects, MoveTrack, Press
from crisis_sim.rules.keys import Loc, names_in, used_keys
from crisis_sim.rules.names import SIDES, Language, Side, SideWord
from crisis_sim.rules.pack import Commitment
from crisis_sim.rules.properties import Made, MoveIs
from crisis_sim.wording import _, speaker
from crisis_sim.wording.labels import SIDES as NAMES

_RULE_KINDS: Final = {"red": _("red"), "pink": _("pink"), "credit": _("credit")}
"""What a rule is called by its kind."""
ClauseKind: TypeAlias = Literal[
    "rule",
    "watch",
    "crossing",
    "inject",
    "change",
    "mark",
    "stop",
    "breach",
    "forecast",
    "asset",
    "instrument",
    "instruction",
    "answer",
    "voice",
]
"""What holds a condition or effects: a rule; a line that watches acts, or its crossing; an inject; a track that
changes, comes to a mark or stops; a promise that an act breaks; a forecast; a thing of a team's; what goes against an
instrument; what meets an instruction card; an answer to a decision, or none; a voice that acts."""


class Clause(NamedTuple):
    """A condition, what follows of it, and what holds the two."""

    kind: ClauseKind
    name: str
    """The id of what holds it."""
    title: str
    """What holds it, in words."""
    place: str
    """file:line."""
    when: Condition | None = None
    effects: Effects | None = None


def clauses_of(material: Material, language: Language, *, scenario: bool = True) -> Iterator[Clause]:
    """All of them in the order of the files, the scenario's own first; without `scenario`, those of the packs."""
    builder = _ClauseCollector(material, language)
    if scenario:
        yield from builder.scenario()
    of_packs = {name: promise for pack in material.packs for name, promise in pack.commitments.items()}
    yield from builder.packs(material.commitments if scenario else of_packs)


class _ClauseCollector:
    def __init__(self, material: Material, language: Language) -> None:
        self._material = material
        self._language = language
        self._say = speaker(language)

    def scenario(self) -> Iterator[Clause]:
        """What the scenario says itself."""
        scenario = self._material.scenario
        for inject in scenario.msel:
            title = self._say(
                "T+{hour}h: the inject “{title}” ({id})", hour=inject.at, **self._called(inject.title, inject.id)
            )
            yield Clause("inject", inject.id, title, self._file_line("inject", inject.id), inject.when, inject.then)
            yield from self._answers(inject)
        for name, voice in scenario.voices.items():
            if voice.acts is not None:
                called = {**self._called(voice.says, name), "acts": self._text(voice.acts.says)}
                title = self._say("{title} ({id}) acts: “{acts}”", **called)
                yield Clause("voice", name, title, self._file_line("voice", name), None, voice.acts.then)
        for side, place, line in scenario.teams.lines:
            yield from self._line(side, line, ("teams", side, "lines", place))
        yield from self._tracks()
        yield from self._assets()
        for name, instrument in scenario.instruments.items():
            title = self._say("what goes against “{title}” ({id})", **self._called(instrument.title, name))
            yield Clause("instrument", name, title, self._file_line("instrument", name), instrument.broken_by)
        for name, card in scenario.instructions.cards.items() if scenario.instructions is not None else ():
            title = self._say("the close, at which the instruction card {id} is met or not", id=name)
            yield Clause("instruction", name, title, self._file_line("instruction", name), card.met_when)
        for forecast in scenario.forecasts:
            title = self._say("the forecast “{title}” ({id})", **self._called(forecast.ask, forecast.id))
            yield Clause("forecast", forecast.id, title, self._file_line("forecast", forecast.id), forecast.happens)

    def _answers(self, inject: Inject) -> Iterator[Clause]:
        """What follows of each answer to a decision, and of none."""
        file_line, called = self._file_line("inject", inject.id), self._called(inject.title, inject.id)
        for answer in inject.decide.values():
            title = self._say("“{title}” ({id}), answered: “{answer}”", answer=self._text(answer.says), **called)
            yield Clause("answer", inject.id, title, file_line, None, answer.then)
        if (fallback := inject.otherwise) is not None:
            words = inject.decide[fallback.answer].says if fallback.answer is not None else fallback.says
            fallback_text = "" if words is None else self._text(words)
            title = self._say("“{title}” ({id}), not answered: “{what}”", what=fallback_text, **called)
            yield Clause("answer", inject.id, title, file_line, None, fallback.then)

    def packs(self, promises: Mapping[str, Commitment]) -> Iterator[Clause]:
        """What the packs say, and what breaks these promises or makes them void."""
        for rule in self._material.rules:
            kind = self._say(_RULE_KINDS[rule.kind])
            title = self._say("the {kind} rule “{title}” ({id})", kind=kind, **self._called(rule.says, rule.id))
            yield Clause("rule", rule.id, title, self._file_line("rule", rule.id), rule.when, rule.then)
        for name, promise in promises.items():
            called, file_line = self._called(promise.says, name), self._file_line("commitment", name)
            title = self._say("the promise “{title}” ({id}), and what breaks it", **called)
            yield Clause("breach", name, title, file_line, promise.broken_by)
            if promise.void_by is not None:
                title = self._say("the promise “{title}” ({id}), and what makes it void", **called)
                yield Clause("breach", name, title, file_line, promise.void_by)
        title = self._say("the crossing of any red line that says nothing else")
        yield Clause("crossing", "", title, self._file_line("base", "lines"), None, self._material.base.lines.crossing)

    def _line(self, side: Side, line: Line, loc: Loc) -> Iterator[Clause]:
        title_words = {"side": self._say(NAMES[side]), **self._called(line.says, line.id)}
        file_line = self._file_line("line", f"{side}/{line.id}")
        title = self._say("a {kind} line of {side}, “{title}” ({id})", kind=self._say(line.kind), **title_words)
        key = "pressed_by" if line.kind == "pink" else "crossed_by"
        for place, watch in enumerate((*line.pressed_by, *line.crossed_by)):
            press = Press.model_construct(line=line.id, by=watch.by, whose=side)
            cross = Cross.model_construct(line=line.id, whose=side)
            effects = (
                Effects.model_construct(press=(press,))
                if line.kind == "pink"
                else Effects.model_construct(cross=(cross,))
            )
            yield Clause(
                "watch",
                line.id,
                self._say("{line}: {says}", line=title, says=self._text(watch.says)),
                self._spot(file_line, *loc, key, place),
                watch.when,
                effects,
            )
        if line.crossing is not None:
            crossing_title = self._say("the crossing of the red line of {side}, “{title}” ({id})", **title_words)
            yield Clause("crossing", line.id, crossing_title, file_line, None, line.crossing)

    def _tracks(self) -> Iterator[Clause]:
        for name, track in self._material.scenario.tracks.items():
            file_line, called = self._file_line("track", name), self._called(track.name, name)
            for place, change in enumerate(track.changes):
                title = self._say("the track “{title}” ({id}): {says}", says=self._text(change.says), **called)
                moved = MoveTrack.model_construct(id=name, by=change.by)
                yield Clause(
                    "change",
                    name,
                    title,
                    self._spot(file_line, "tracks", name, "changes", place),
                    change.when,
                    Effects.model_construct(track=(moved,)),
                )
            for place, mark in enumerate(track.marks):
                level = points_text(mark.at_least if mark.at_least is not None else mark.at_most or 0)
                title = self._say(
                    "the track “{title}” ({id}) at {level}: {says}", level=level, says=self._text(mark.says), **called
                )
                yield Clause(
                    "mark", name, title, self._spot(file_line, "tracks", name, "marks", place), None, mark.then
                )
            if track.stops_when is not None:
                title = self._say("the track “{title}” ({id}), which then moves by the hour no longer", **called)
                yield Clause("stop", name, title, file_line, track.stops_when)

    def _assets(self) -> Iterator[Clause]:
        """When something is true of a thing, and when it is seen as something else."""
        say = self._say
        for side in SIDES:
            for name, asset in self._material.scenario.teams.team_of(side).assets.items():
                file_line, title_words = (
                    self._file_line("asset", name),
                    {"side": say(NAMES[side]), **self._called(asset.name, name)},
                )
                for term, when in asset.is_.items():
                    if when is not True:
                        title = say("{side}'s “{title}” ({id}) is so: {term}", term=self._term(term), **title_words)
                        yield Clause("asset", name, title, file_line, when)
                if asset.seen_as is not None:
                    for term, is_seen in asset.seen_as.is_.items():
                        template = (
                            _("{side}'s “{title}” ({id}) is seen to be so: {term}")
                            if is_seen
                            else _("{side}'s “{title}” ({id}) is not seen to be so: {term}")
                        )
                        yield Clause(
                            "asset",
                            name,
                            say(template, term=self._term(term), **title_words),
                            file_line,
                            asset.seen_as.when,
                        )

    def _term(self, term: str) -> str:
        return self._text(self._material.terms[term].says)

    def _called(self, text: Text, ident: str) -> dict[str, str]:
        return {"title": self._text(text), "id": ident}

    def _text(self, text: Text) -> str:
        return text.in_(self._language).rstrip(".。")

    def _file_line(self, kind: str, name: str) -> str:
        return self._material.places.get(f"{kind}/{name}", "")

    def _spot(self, around: str, *loc: str | int) -> str:
        """A place within a thing, or that of the thing where no lines are known."""
        file_line = self._material.sources[0].line(*loc)
        return file_line if ":" in file_line else around


ReferenceKind: TypeAlias = Literal[
    "act", "inject", "fact", "line", "track", "commitment", "channel", "asset", "private-fact"
]
"""What sort of thing is asked about."""


_REFERENCE_KINDS: Final[Mapping[str, ReferenceKind]] = {
    kind.replace("-", " "): kind for kind in get_args(ReferenceKind)
}


class Reference(NamedTuple):
    """One thing that a condition asks about."""

    kind: ReferenceKind
    name: str
    """Its id; of an act, its description in words."""
    denied: bool
    """The condition wants it not to be so."""
    when: str = ""
    """Of an act: `now` for the act at hand, `before` for one of the record."""
    side: SideWord = "either"
    """Of an act of the record: whose."""
    move: MoveIs | None = None
    """Of an act: what is meant."""


def references(condition: Condition, act: Callable[[MoveIs], str], denied: bool = False) -> Iterator[Reference]:
    """Everything that `condition` asks about, in the order in which it is written."""
    for name, key, value in used_keys(condition):
        if isinstance(value, MoveIs):
            yield Reference("act", act(value), denied, "now", "either", value)
        elif isinstance(value, Made):
            if key.heeds is None:
                yield Reference("act", act(value.move), denied, "before", value.by, value.move)
        elif name not in ("all", "any", "not_"):
            for _, ident, (kind, *_) in names_in(key, value):
                if kind in _REFERENCE_KINDS:
                    yield Reference(_REFERENCE_KINDS[kind], ident, denied)
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from references(part, act, denied)
    if condition.not_ is not None:
        yield from references(condition.not_, act, not denied)
