"""What a scenario says of its voices and decisions: whose a voice is, whom it asks, what its answers lead to."""

from __future__ import annotations

from typing import Final, Literal

from crisis_sim.content import where
from crisis_sim.content.authored_voices import SOMEBODYS, ScenarioVoice
from crisis_sim.content.condition_checks import TEAMS, ConditionChecks
from crisis_sim.content.known_names import KnownNames
from crisis_sim.content.scenario import Inject, Scenario
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence, commas
from crisis_sim.problems import Problems, did_you_mean, write
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.keys import Loc

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
            names.known(inject.from_, (source, ("msel", place, "from")), "voice")
        if inject.decide or "decide" in inject.model_fields_set:
            checks.decision(inject, ("msel", place))
        elif inject.otherwise is not None:
            said = Sentence("'{key}' is what comes of no answer, and nobody is asked here", key="otherwise")
            checks.error((*("msel", place), "otherwise"), said, write("decide: {…}"), key=True)


class _DecisionChecks:
    def __init__(
        self, scenario: Scenario, source: Source, names: KnownNames, uses: ConditionChecks, problems: Problems
    ) -> None:
        self._scenario, self._source, self._names, self._uses, self._problems = scenario, source, names, uses, problems

    def voice(self, voice: ScenarioVoice, loc: Loc) -> None:
        """It is known whose voice it is, and what it does means something."""
        if voice.of in SOMEBODYS and voice.side is None:
            said = Sentence("'{of}' belongs to one team, and this does not say to which", of=voice.of)
            self.error((*loc, "of"), said, write("side: us"), code="link/voice-side")
        elif voice.side is not None and voice.of in (*TEAMS, "host"):
            said = Sentence("'{of}' says whose voice it is already", of=voice.of)
            self.error((*loc, "side"), said, Sentence("leave `side` out"), code="link/voice-side", key=True)
        if voice.acts is not None:
            self._then(voice.acts.then, (*loc, "acts", "then"))

    def decision(self, inject: Inject, loc: Loc) -> None:
        """One team is asked by somebody who may ask it, can choose, and something follows if it does not."""
        if len(inject.decide) < 2:
            said = Sentence("a decision needs two answers at least")
            self.error((*loc, "decide"), said, Sentence("give it another answer that can be argued for"), key=True)
        if inject.from_ is None:
            said = Sentence("a decision is asked by somebody, and this does not say by whom")
            self.error((*loc, "decide"), said, write("from: VOICE"), code="link/voice-side", key=True)
        if inject.to == "both":
            said = Sentence("a decision is one team's, and this inject goes to both")
            at = "to" if "to" in inject.model_fields_set else "decide"
            self.error((*loc, at), said, write("to: us"), key=at == "decide")
        elif not self._may_ask(inject):
            said = Sentence("'{voice}' is a voice of the other team", voice=inject.from_ or "")
            hint = Sentence("let it ask its own team, or let a third party ask")
            self.error((*loc, "from"), said, hint, code="link/voice-side")
        if inject.again is not None:
            said = Sentence("a decision asks once; unanswered it asks again by itself")
            self.error((*loc, "again"), said, Sentence("leave it out"), key=True)
        for name, answer in inject.decide.items():
            if name in TO_A_VOICE:
                said = Sentence("'{name}' is what can become of any voice, and no answer of its own", name=name)
                self.error((*loc, "decide", name), said, Sentence("give the answer another id"), key=True)
            self._then(answer.then, (*loc, "decide", name, "then"))
        self._otherwise(inject, loc)

    def _may_ask(self, inject: Inject) -> bool:
        """Whoever asks is no voice of the other team."""
        voice = self._scenario.voices.get(inject.from_ or "")
        return voice is None or voice.home in (None, inject.to)

    def _otherwise(self, inject: Inject, loc: Loc) -> None:
        """What comes of no answer: one that there is, or something that is said."""
        otherwise, answers = inject.otherwise, commas(list(inject.decide))
        if otherwise is None:
            said = Sentence("a decision says what comes of it where nobody answers")
            hint = Sentence("name one of its answers ({answers}), or say what happens: otherwise: …", answers=answers)
            self.error((*loc, "decide"), said, hint, code="link/otherwise", key=True)
        elif otherwise.answer is not None and (otherwise.says is not None or otherwise.then is not None):
            said = Sentence("what follows of an answer stands beside the answer")
            self.error((*loc, "otherwise"), said, Sentence("keep `answer` alone"), code="link/otherwise", key=True)
        elif otherwise.answer is not None and otherwise.answer not in inject.decide:
            said = Sentence("the decision has no answer '{name}'", name=otherwise.answer)
            near = did_you_mean(otherwise.answer, inject.decide) or Sentence("its answers: {answers}", answers=answers)
            at = ("otherwise", "answer") if self._source.given(*loc, "otherwise", "answer") else ("otherwise",)
            self.error((*loc, *at), said, near, code="link/otherwise")
        elif otherwise.answer is None and otherwise.says is None:
            said = Sentence("this does not say what happens where nobody answers")
            self.error((*loc, "otherwise"), said, write("says: …"), code="link/otherwise", key=True)
        else:
            self._then(otherwise.then, (*loc, "otherwise", "then"))

    def _then(self, then: Effects | None, loc: Loc) -> None:
        if then is not None:
            self._uses.effects(then, loc, where.DECISION)

    def error(
        self,
        loc: Loc,
        said: str,
        hint: str,
        *,
        code: Literal["link/decision", "link/otherwise", "link/voice-side"] = "link/decision",
        key: bool = False,
    ) -> None:
        """Say what is wrong at a place, if anything stands there."""
        if self._source.given(*loc):
            spot = self._source.key_spot(*loc) if key else self._source.spot(*loc)
            self._problems.error(spot, said, code=code, hint=hint)
