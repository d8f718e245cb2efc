"""What there is to reach in a scenario and its rules: each thing with its words and the place where it stands.

The keys are those that `crisis_sim.playtest.game` counts by. What this scenario cannot reach whoever plays, such as
a move that no channel of it carries, is not in the list; the linter speaks of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, get_args

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.lints.world import World
from crisis_sim.content.authored_stakes import Change, Mark
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Inject
from crisis_sim.engine.workload import workload_of
from crisis_sim.errors import Sentence
from crisis_sim.problems import Problems
from crisis_sim.rules.authored import Text
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.names import SIDES, AnswerKind, Outcome
from crisis_sim.wording import _
from crisis_sim.wording.labels import SIDES as NAMES


class Reachable(NamedTuple):
    """Something that a session may reach."""

    key: str
    part: str
    sentence: Sentence
    """What is missing where nothing reaches it: 'the move accuse is never made' has 'move accuse made' here."""
    place: str
    """file:line; empty where it stands in no file."""
    keys: tuple[str, ...] = ()
    """For an effect: the keys of what carries it out, which are counted in its place."""


class _Target(NamedTuple):
    """A thing of a part; without `at`, it stands where what its key names does."""

    key: str
    sentence: Sentence
    place: str | None = None
    keys: tuple[str, ...] = ()


def all_reachable(material: Material, length: int) -> tuple[Reachable, ...]:
    """Everything that a session of `length` minutes may reach, part by part."""
    return tuple(
        Reachable(
            target.key,
            part,
            target.sentence,
            _place(material, target.key) if target.place is None else target.place,
            target.keys,
        )
        for part, listed in _LISTED.items()
        for target in listed(material, length)
    )


def _state(subject: str, state: str) -> Sentence:
    """What may become of a thing."""
    return Sentence("{thing}, {state}", thing=subject, state=Sentence(state))


def _called(name: Text, ident: str) -> Sentence:
    """A thing by its title or by what it says, and by its id for who edits its file."""
    return Sentence("{name} ({id})", name=_unstopped(name), id=ident)


def _unstopped(text: Text) -> Text:
    """A text that goes into a sentence."""
    return text.model_copy(update={"en": text.en.rstrip("."), "zh": text.zh and text.zh.rstrip("。")})


def _place(material: Material, key: str) -> str:
    """Where the thing stands of which a key says something: a line belongs to a side, others stand for themselves."""
    parts = key.split("/")
    return material.places.get("/".join(parts[: 3 if parts[0] == "line" else 2]), "")


def _carried(material: Material) -> Sequence[str]:
    """Moves that some channel of the scenario carries."""
    channels = material.scenario.channels.values()
    return [
        name
        for name, move in material.moves.items()
        if any(channel.kind in move.over and set(channel.visibility) & set(move.visibility) for channel in channels)
    ]


def _moves(material: Material, _length: int) -> Iterator[_Target]:
    return (_Target(f"move/{name}", _state(_move(material, name), _("made"))) for name in _carried(material))


def _move(material: Material, name: str) -> Sentence:
    return _called(material.moves[name].label, name)


def _answers(material: Material, _length: int) -> Iterator[_Target]:
    for name in _carried(material):
        if material.moves[name].asks is not None:
            location = _place(material, f"move/{name}")
            yield from (
                _Target(f"answer/{name}/{answer}", _state(_move(material, name), label), location)
                for answer, label in _ANSWER_LABELS.items()
            )


_ANSWER_LABELS: Final[Mapping[str, str]] = {
    "accept": _("accepted"),
    "decline": _("declined"),
    "counter": _("countered"),
    "holding": _("held off with a note"),
    "silence": _("left unanswered"),
}
assert set(get_args(AnswerKind)) < set(_ANSWER_LABELS)


def _terms(material: Material, length: int) -> Iterator[_Target]:
    used = {term for name in _carried(material) for term in material.moves[name].terms}
    on = workload_of(material, length).terms
    for name, term in material.terms.items():
        if name in used and name in on:
            yield _Target(f"term/{name}", _state(_called(term.says, name), _("put on a move")))


def _commitments(material: Material, length: int) -> Iterator[_Target]:
    carried, on = _carried(material), workload_of(material, length).promises
    for name, commitment in material.commitments.items():
        if name in on and not set(commitment.with_moves).isdisjoint(carried):
            called = _called(commitment.says, name)
            ends = {_("made"): True, _("broken"): True, _("void"): commitment.void_by, _("kept"): commitment.turns}
            yield from (_Target(f"commitment/{name}/{end}", _state(called, end)) for end, can in ends.items() if can)


def _channels(material: Material, _length: int) -> Iterator[_Target]:
    for name, channel in material.scenario.channels.items():
        yield _Target(f"channel/{name}", _state(_called(channel.name, name), _("used")))


def _deliveries(_material: Material, _length: int) -> Iterator[_Target]:
    return (_Target(f"delivery/{outcome}", Sentence(outcome)) for outcome in get_args(Outcome))


def _injects(material: Material, length: int) -> Iterator[_Target]:
    world = world_of(material, length)
    for inject in material.scenario.msel:
        for branch, label in _branches(inject, world):
            yield _Target(f"inject/{inject.id}/{branch}", _state(_called(inject.title, inject.id), label))


def world_of(material: Material, length: int) -> World:
    """What can come of sessions of `length` minutes, as far as it can be known beforehand."""
    return LintRun(material, Problems()).world(length)  # type: ignore[arg-type]  # one of the scenario's lengths


def _branches(inject: Inject, world: World) -> Iterator[tuple[str, str]]:
    """The ways in which an inject can come, or stay away."""
    if inject.id not in world.plans:
        return
    if inject.by_hand:
        yield "by-hand", _("released by hand")
        if inject.id in world.due:
            yield "came", _("brought by what the teams did")
        return
    if inject.id in world.injects:
        yield "came", _("delivered")
    if inject.when is not None and not world.never_due(inject) and not world.never_after(inject):
        yield "stayed-away", _("kept away, since its condition never held")


def _assets(material: Material, _length: int) -> Iterator[_Target]:
    """Things that are used, and what may come of those that are not always seen as they are."""
    for side in SIDES:
        for name, asset in material.scenario.teams.team_of(side).assets.items():
            # Translators: a side, and what is said of it
            called = Sentence("{side}: {text}", side=Sentence(NAMES[side]), text=_called(asset.name, name))
            looks = () if asset.seen_as is None else asset.seen_as.is_.values()
            states = {"used": _("used")}
            if not all(looks):
                states["concealed"] = _("used as less than it is")
            if not all(looks) and material.base.assets is not None:
                states["found-out"] = _("found out to be more than was seen")
            if any(looks):
                states["cleared-up"] = _("seen at last to be less than it was taken for")
            yield from (_Target(f"asset/{name}/{state}", _state(called, label)) for state, label in states.items())


def _private_facts(material: Material, length: int) -> Iterator[_Target]:
    """What one team alone knows: that it is told, and that it comes out where it was not told whole."""
    for side in SIDES if "disclosure" in workload_of(material, length).on else ():
        for name, fact in material.scenario.teams.team_of(side).private_facts.items():
            called = Sentence("{side}: {text}", side=Sentence(NAMES[side]), text=_called(fact.name, name))
            yield _Target(f"private-fact/{name}/told", _state(called, _("told")))
            if fact.part is not None or fact.untrue is not None:
                yield _Target(
                    f"private-fact/{name}/came-out", _state(called, _("found out not to have been told whole"))
                )


def _lines(material: Material, _length: int) -> Iterator[_Target]:
    for side, place, line in material.scenario.teams.lines:
        key, called = (
            f"line/{side}/{line.id}",
            Sentence("{side}: {text}", side=Sentence(NAMES[side]), text=_called(line.says, line.id)),
        )
        if line.kind == "red":
            yield _Target(f"{key}/crossed", _state(called, _("crossed")))
            continue
        states = (
            ("pressed", _("pressed")),
            ("near", _("near its limit")),
            ("concluded", _("full, and a conclusion drawn")),
            ("further-from", _("drawn back from a conclusion")),
        )
        yield from (_Target(f"{key}/{state}", _state(called, label)) for state, label in states)
        for number, watch in enumerate(line.pressed_by):
            location = material.sources[0].line("teams", side, "lines", place, "pressed_by", number)
            sentence = Sentence("{line}, pressed because: {why}", line=called, why=_unstopped(watch.says))
            yield _Target(f"{key}/watch/{number}", sentence, location)


def _tracks(material: Material, _length: int) -> Iterator[_Target]:
    source = material.sources[0]
    for name, track in material.scenario.tracks.items():
        groups: dict[tuple[str, str], Sequence[Change | Mark]] = {
            ("change", _("{track}, moved: {why}")): track.changes,
            ("mark", _("{track}, mark: {why}")): track.marks,
        }
        for (sort, template), items in groups.items():
            for number, item in enumerate(items):
                location = source.line("tracks", name, f"{sort}s", number)
                sentence = Sentence(template, track=_called(track.name, name), why=_unstopped(item.says))
                yield _Target(f"track/{name}/{sort}/{number}", sentence, location)


def _forecasts(material: Material, _length: int) -> Iterator[_Target]:
    for forecast in material.scenario.forecasts:
        called = _called(forecast.ask, forecast.id)
        yield _Target(f"forecast/{forecast.id}/yes", _state(called, _("came true")))
        yield _Target(f"forecast/{forecast.id}/no", _state(called, _("did not come true")))


def _instructions(material: Material, length: int) -> Iterator[_Target]:
    deck = material.scenario.instructions
    dealt = "instructions" in workload_of(material, length).on
    for name, card in deck.cards.items() if deck is not None and dealt else ():
        called = _called(card.says.us, name)
        yield _Target(f"instruction/{name}/met", _state(called, _("dealt, and met at the close")))
        yield _Target(f"instruction/{name}/unmet", _state(called, _("dealt, and not met at the close")))


def _rules(material: Material, _length: int) -> Iterator[_Target]:
    for rule in material.rules:
        sentence = Sentence("{rule}, applied: {why}", rule=rule.id, why=_unstopped(rule.says))
        yield _Target(f"rule/{rule.id}", sentence)


def _effects(material: Material, _length: int) -> Iterator[_Target]:
    """Each kind of effect that something here has, with everything that carries it out."""
    sources_by_name: dict[str, list[tuple[str, str]]] = {}
    for key, effects, location in _with_effects(material):
        for name in effects.effect_names:
            sources_by_name.setdefault(name, []).append((key, location))
    for name, sources in sources_by_name.items():
        yield _Target(f"effect/{name}", _state(name, _("carried out")), sources[0][1], tuple(key for key, _ in sources))


def _facts(material: Material, _length: int) -> Iterator[_Target]:
    """Facts that something here makes true or false."""
    locations: dict[str, str] = {}
    for _key, effects, location in _with_effects(material):
        for item in effects.set:
            locations.setdefault(f"fact/{item.fact}/{'true' if item.to else 'false'}", location)
    for key, location in sorted(locations.items()):
        _fact, fact, to = key.split("/")
        entry = material.scenario.facts.get(fact) or material.facts[fact]
        yield _Target(
            key, _state(_called(entry.says, fact), _("made true") if to == "true" else _("made false")), location
        )


def _with_effects(material: Material) -> Iterator[tuple[str, Effects, str]]:
    """Keys of what has effects, with these and their place."""
    scenario = material.scenario
    pairs = [(f"rule/{rule.id}", rule.then) for rule in material.rules]
    pairs += [(f"inject/{inject.id}/{way}", inject.then) for inject in scenario.msel if inject.then for way in _CAME]
    pairs += [
        (f"inject/{inject.id}/{way}", effects)
        for inject in scenario.msel
        for effects in scenario.decided(inject)
        for way in _CAME
    ]
    pairs += [
        (f"line/{side}/{line.id}/crossed", line.crossing)
        for side, _place, line in scenario.teams.lines
        if line.crossing is not None
    ]
    yield from ((key, effects, _place(material, key)) for key, effects in pairs)
    for name, track in scenario.tracks.items():
        for number, mark in enumerate(track.marks):
            if mark.then is not None:
                location = material.sources[0].line("tracks", name, "marks", number)
                yield f"track/{name}/mark/{number}", mark.then, location


def carriers(material: Material, does: Callable[[Effects], bool]) -> tuple[str, ...]:
    """The keys of everything whose effects do something."""
    return tuple(key for key, effects, _location in _with_effects(material) if does(effects))


_CAME: Final = ("came", "by-hand")

_LISTED: Final[Mapping[str, Callable[[Material, int], Iterator[_Target]]]] = {
    _("moves", "what is reached"): _moves,
    _("answers", "what is reached"): _answers,
    _("terms", "what is reached"): _terms,
    _("commitments", "what is reached"): _commitments,
    _("channels", "what is reached"): _channels,
    _("deliveries", "what is reached"): _deliveries,
    _("injects", "what is reached"): _injects,
    _("assets", "what is reached"): _assets,
    _("private facts", "what is reached"): _private_facts,
    _("lines", "what is reached"): _lines,
    _("tracks", "what is reached"): _tracks,
    _("forecasts", "what is reached"): _forecasts,
    _("instruction cards", "what is reached"): _instructions,
    _("rules", "what is reached"): _rules,
    _("effects", "what is reached"): _effects,
    _("facts", "what is reached"): _facts,
}
PARTS: Final = tuple(_LISTED)
"""The parts of the list, in the order of the tables."""
