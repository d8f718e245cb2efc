"""What parts of a scenario say of each other: assets, private facts, voices, decisions, hours, and numbers in texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from crisis_sim.content import where
from crisis_sim.content.authored_assets import Asset
from crisis_sim.content.authored_bonds import SOMEBODYS, ScenarioVoice
from crisis_sim.content.authored_stakes import TrackOf
from crisis_sim.content.condition_checks import TEAMS, ConditionChecks
from crisis_sim.content.known_names import KnownNames
from crisis_sim.content.scenario import Inject, Scenario
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence, commas
from crisis_sim.problems import Problems, did_you_mean, write
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.text import in_braces


def link_assets(
    scenario: Scenario, source: Source, names: KnownNames, uses: ConditionChecks, problems: Problems
) -> None:
    """Say what does not fit together in the teams' assets, and in what tells that the host has accepted help."""
    ours = scenario.teams.us.assets
    for side in SIDES:
        for name, asset in scenario.teams.team_of(side).assets.items():
            loc: Loc = ("teams", side, "assets", name)
            if side == "china" and name in ours and source.is_given(*loc):
                message = Sentence(
                    "both teams have an asset '{name}', so conditions could not tell them apart", name=name
                )
                problems.error(source.key_spot(*loc), message, code="link/duplicate", hint="rename one")
            _asset(asset, loc, source, names, uses, problems)
        for name, fact in scenario.teams.team_of(side).private_facts.items():
            loc = ("teams", side, "private_facts", name)
            if side == "china" and name in scenario.teams.us.private_facts and source.is_given(*loc):
                message = Sentence("both teams know '{name}', so conditions could not tell them apart", name=name)
                problems.error(source.key_spot(*loc), message, code="link/duplicate", hint="rename one")
            for place, concern in enumerate(fact.concerns):
                names.check_name(concern, (source, (*loc, "concerns", place)), "concern")
    if scenario.consent is not None:
        _consent(scenario, source, names, problems)


def _asset(
    asset: Asset, loc: Loc, source: Source, names: KnownNames, uses: ConditionChecks, problems: Problems
) -> None:
    for place, move in enumerate(asset.used_in):
        move_loc = (*loc, "used_in", place)
        if (
            names.check_name(move, (source, move_loc), "move")
            and move in names.moves
            and names.moves[move].uses is None
        ):
            using = commas([name for name, candidate in names.moves.items() if candidate.uses is not None])
            message = Sentence("'{move}' is made without an asset", move=move)
            problems.error(
                source.spot(*move_loc),
                message,
                code="link/asset-move",
                hint=Sentence("these use one: {moves}", moves=using),
            )
    for term, when in asset.is_.items():
        _property(term, (*loc, "is", term), source, names, problems)
        if when is not True:
            uses.condition(when, (*loc, "is", term), where.ASSET)
    if asset.seen_as is not None:
        for term in asset.seen_as.is_:
            _property(term, (*loc, "seen_as", "is", term), source, names, problems)
        uses.condition(asset.seen_as.when, (*loc, "seen_as", "when"), where.ASSET)


def _property(term: str, loc: Loc, source: Source, names: KnownNames, problems: Problems) -> None:
    """It is a term that belongs to things."""
    if names.check_name(term, (source, loc), "term", among=names.things) and names.whole and term not in names.things:
        message = Sentence("'{term}' is for the sender to choose, and nothing that is true of a thing", term=term)
        hint = did_you_mean(term, names.things) or Sentence("these are: {terms}", terms=commas(sorted(names.things)))
        problems.error(source.key_spot(*loc), message, code="link/asset-term", hint=hint)


def _consent(scenario: Scenario, source: Source, names: KnownNames, problems: Problems) -> None:
    """The fact belongs to no team, and the move by which it is asked for exists."""
    consent = scenario.consent
    assert consent is not None
    names.check_name(consent.ask, (source, ("consent", "ask")), "move")
    names.check_name(consent.fact, (source, ("consent", "fact")), "fact")
    if consent.fact in names.facts and names.facts[consent.fact].per == "team":
        message = Sentence("the fact '{fact}' is each team's own; the host gives its word to both", fact=consent.fact)
        problems.error(source.spot("consent", "fact"), message, code="link/fact-of", hint="name a fact of the session")


TO_A_VOICE: Final = ("speak", "wait", "pass", "delayed")
"""What else can become of a decision: the voice was let speak, asked to wait, nobody answered it, or only late."""


def link_decisions(
    scenario: Scenario, source: Source, names: KnownNames, uses: ConditionChecks, problems: Problems
) -> None:
    """Say what does not fit together in voices, and in what they ask."""
    checks = _DecisionChecks(scenario, source, names, uses, problems)
    for name, voice in scenario.voices.items():
        checks.voice(voice, ("voices", name))
    for place, inject in enumerate(scenario.msel):
        if inject.from_ is not None:
            names.check_name(inject.from_, (source, ("msel", place, "from")), "voice")
        if inject.decide or "decide" in inject.model_fields_set:
            checks.decision(inject, ("msel", place))
        elif inject.otherwise is not None:
            message = Sentence("'{key}' is what comes of no answer, and nobody is asked here", key="otherwise")
            checks.error((*("msel", place), "otherwise"), message, write("decide: {…}"), key=True)


class _DecisionChecks:
    def __init__(
        self, scenario: Scenario, source: Source, names: KnownNames, uses: ConditionChecks, problems: Problems
    ) -> None:
        self._scenario, self._source, self._names, self._uses, self._problems = scenario, source, names, uses, problems

    def voice(self, voice: ScenarioVoice, loc: Loc) -> None:
        """It is known whose voice it is, and what it does means something."""
        if voice.of in SOMEBODYS and voice.side is None:
            message = Sentence("'{of}' belongs to one team, and this does not say to which", of=voice.of)
            self.error((*loc, "of"), message, write("side: us"), code="link/voice-side")
        elif voice.side is not None and voice.of in (*TEAMS, "host"):
            message = Sentence("'{of}' says whose voice it is already", of=voice.of)
            self.error((*loc, "side"), message, Sentence("leave `side` out"), code="link/voice-side", key=True)
        if voice.acts is not None:
            self._check_effects(voice.acts.then, (*loc, "acts", "then"))

    def decision(self, inject: Inject, loc: Loc) -> None:
        """One team is asked by somebody who may ask it, can choose, and something follows if it does not."""
        if len(inject.decide) < 2:
            message = Sentence("a decision needs two answers at least")
            self.error((*loc, "decide"), message, Sentence("give it another answer that can be argued for"), key=True)
        if inject.from_ is None:
            message = Sentence("a decision is asked by somebody, and this does not say by whom")
            self.error((*loc, "decide"), message, write("from: VOICE"), code="link/voice-side", key=True)
        if inject.to == "both":
            message = Sentence("a decision is one team's, and this inject goes to both")
            field = "to" if "to" in inject.model_fields_set else "decide"
            self.error((*loc, field), message, write("to: us"), key=field == "decide")
        elif not self._may_ask(inject):
            message = Sentence("'{voice}' is a voice of the other team", voice=inject.from_ or "")
            hint = Sentence("let it ask its own team, or let a third party ask")
            self.error((*loc, "from"), message, hint, code="link/voice-side")
        if inject.again is not None:
            message = Sentence("a decision asks once; unanswered it asks again by itself")
            self.error((*loc, "again"), message, Sentence("leave it out"), key=True)
        for name, answer in inject.decide.items():
            if name in TO_A_VOICE:
                message = Sentence("'{name}' is what can become of any voice, and no answer of its own", name=name)
                self.error((*loc, "decide", name), message, Sentence("give the answer another id"), key=True)
            self._check_effects(answer.then, (*loc, "decide", name, "then"))
        self._otherwise(inject, loc)

    def _may_ask(self, inject: Inject) -> bool:
        """Whoever asks is no voice of the other team."""
        voice = self._scenario.voices.get(inject.from_ or "")
        return voice is None or voice.home in (None, inject.to)

    def _otherwise(self, inject: Inject, loc: Loc) -> None:
        """What comes of no answer: one that there is, or something that is said."""
        otherwise, answers = inject.otherwise, commas(list(inject.decide))
        if otherwise is None:
            message = Sentence("a decision says what comes of it where nobody answers")
            hint = Sentence("name one of its answers ({answers}), or say what happens: otherwise: …", answers=answers)
            self.error((*loc, "decide"), message, hint, code="link/otherwise", key=True)
        elif otherwise.answer is not None and (otherwise.says is not None or otherwise.then is not None):
            message = Sentence("what follows of an answer stands beside the answer")
            self.error((*loc, "otherwise"), message, Sentence("keep `answer` alone"), code="link/otherwise", key=True)
        elif otherwise.answer is not None and otherwise.answer not in inject.decide:
            message = Sentence("the decision has no answer '{name}'", name=otherwise.answer)
            near = did_you_mean(otherwise.answer, inject.decide) or Sentence("its answers: {answers}", answers=answers)
            answer_loc = (
                ("otherwise", "answer") if self._source.is_given(*loc, "otherwise", "answer") else ("otherwise",)
            )
            self.error((*loc, *answer_loc), message, near, code="link/otherwise")
        elif otherwise.answer is None and otherwise.says is None:
            message = Sentence("this does not say what happens where nobody answers")
            self.error((*loc, "otherwise"), message, write("says: …"), code="link/otherwise", key=True)
        else:
            self._check_effects(otherwise.then, (*loc, "otherwise", "then"))

    def _check_effects(self, effects: Effects | None, loc: Loc) -> None:
        if effects is not None:
            self._uses.effects(effects, loc, where.DECISION)

    def error(
        self,
        loc: Loc,
        message: str,
        hint: str,
        *,
        code: Literal["link/decision", "link/otherwise", "link/voice-side"] = "link/decision",
        key: bool = False,
    ) -> None:
        """Say what is wrong at a place, if anything stands there."""
        if self._source.is_given(*loc):
            spot = self._source.key_spot(*loc) if key else self._source.spot(*loc)
            self._problems.error(spot, message, code=code, hint=hint)


SPANS: Final[Sequence[tuple[tuple[str, ...], str, str]]] = (
    ((), "window", "window_turns"),
    ((), "until", "until_turns"),
    (("after",), "by", "turns"),
    (("again",), "every", "turns"),
)
"""The way to each, its key in hours and its key in turns."""


def one_way_of_counting(inject: Inject, loc: Loc, source: Source, problems: Problems) -> None:
    """Say where a time is given in both."""
    for way, hours, turns in SPANS:
        timing = getattr(inject, way[0]) if way else inject
        if timing is not None and timing.model_fields_set >= {hours, turns}:
            message = Sentence("a time is given in hours or in turns, and not in both")
            hint = Sentence("keep one of `{hours}` and `{turns}`", hours=hours, turns=turns)
            problems.error(source.key_spot(*loc, *way, turns), message, code="link/window", hint=hint)


def link_numbers(
    inject: Inject, tracks: Mapping[str, TrackOf], loc: Loc, source: Source, names: KnownNames, problems: Problems
) -> None:
    """Say what stands in the braces of an inject's text and is no track, or one that a reader does not see."""
    for text_loc, text, readers in _texts(inject, (*loc, "text"), source):
        for name in dict.fromkeys(in_braces(text)):
            if name is not None and name.strip():
                track = tracks.get(name) if names.check_name(name, (source, text_loc), "track") else None
                if track is not None and track.of is not None and {*readers} - {track.of}:
                    message = Sentence(
                        "only {team} sees '{track}', and {other} reads this", track=name, **_TEAM_WORDS[track.of]
                    )
                    hint = Sentence(
                        "tell it in words for {team} alone: `text: {so}`", so=_APART, **_TEAM_WORDS[track.of]
                    )
                    problems.error(source.spot(*text_loc), message, code="link/track-of", hint=hint)
            elif source.is_given(*text_loc):
                message = Sentence(
                    "a brace stands alone in this text; only a track's id stands in braces, as {so}", so=_SO
                )
                hint = Sentence("a brace itself is written twice: {left} or {right}", left="{{", right="}}")
                problems.error(source.spot(*text_loc), message, code="link/brace", hint=hint)


_SO = "{hours-of-air}"
_APART = "{us: …, china: …}"
_TEAM_WORDS: Mapping[Side, Mapping[str, Sentence]] = {
    "us": {"team": TEAMS["us"], "other": TEAMS["china"]},
    "china": {"team": TEAMS["china"], "other": TEAMS["us"]},
}


def _texts(inject: Inject, loc: Loc, source: Source) -> Iterator[tuple[Loc, str, Sequence[Side]]]:
    """The texts in which braces stand, each once, with the way to it in the file and the teams that read it."""
    plan = source.tree.get("msel") if isinstance(source.tree, dict) else None
    assert isinstance(plan, list)
    item: Any = plan[int(loc[1])]
    tree_text: Any = item.get("text") if isinstance(item, dict) else None
    sided = isinstance(tree_text, dict) and "en" not in tree_text
    sides = [side for side in SIDES if inject.to in ("both", side)]
    for side in SIDES if sided else SIDES[:1]:
        text = inject.text.us if side == "us" else inject.text.china
        side_text = tree_text.get(side) if sided else tree_text
        text_loc = (*loc, side) if sided else loc
        for language, words in text.words.items():
            if "{" in words or "}" in words:
                readers = [side] if sided else sides
                yield (*text_loc, language) if isinstance(side_text, dict) else text_loc, words, readers
