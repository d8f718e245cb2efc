"""Acts that stand as data: what each seat does, turn by turn, played by the rules as they are.

A line is `SEAT: {…}`: a draft as `actions.Draft` has it, which goes on the team's list, or with `kind` any other
action: of a team while it makes its moves, of the facilitator at once. `next` plays the turn out;
`next: {SEAT: [HOSTILITY SURENESS AUDIENCE LINE, …]}` says how a team takes what reached it in this turn, card by card,
and with `forecasts: {SEAT: {FORECAST: PERCENT}}` what it seals when the turn is over. `guesses: {SEAT: […]}` guesses
lines of the other side, before the first turn or after the last. `tell` says something about the act before it, and
does nothing. Where nothing is said of it, an act is
expected to be taken as it is meant, public words are for the other side and heard so, and the words are those that a
bot has for the move.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import UNSET

from crisis_sim.content.example import Example, ExampleWord
from crisis_sim.content.sources import Located
from crisis_sim.engine import actions as a
from crisis_sim.engine.events import Phase
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.errors import ActionRefused, Sentence
from crisis_sim.pages.refusals import refusal
from crisis_sim.playtest.bot_words import words_for
from crisis_sim.problems import Problems, did_you_mean
from crisis_sim.rules.names import AUDIENCES, SIDES, Language
from crisis_sim.session.session import Session

KEYS: Final = tuple(field.name for field in msgspec.structs.fields(a.Draft))
WHEN: Final[Mapping[str, Phase | str]] = {"seal-reading": "readings", "take-note": ""}
"""The phase that a team's action waits for, if it is not the moves; a note is written at any moment."""


class Acts:
    """A session that is played by lines of acts."""

    def __init__(self, session: Session, language: Language, *, worded: bool = True) -> None:
        """Before the first turn; not `worded` leaves acts without words of their own as they are."""
        self.session = session
        self.language: Language = language
        self._worded = worded
        self._chances: Mapping[a.SeatName, Mapping[str, int]] = {}
        self._last = 0
        self.told: list[tuple[int, str]] = []
        """What is told, each with the number of the entry that it is about."""

    def play(self, line: Mapping[ExampleWord, Any]) -> None:
        """Do what a line says. Raises ActionRefused, and ValueError for what is no act."""
        ((word, content),) = line.items()
        if word == "next":
            readings = dict(content or {})
            self._chances = readings.pop("forecasts", {})
            self.read(readings)
            self.turn_out()
            return
        if word == "guesses":
            self._guess(content)
            return
        if word == "tell":
            self.told.append((self._last, self._sentence(content)))
            return
        phase: Phase | str = "situation" if self.session.state.phase == "briefing" else ""
        kind = content["kind"] if "kind" in content else ""  # noqa: SIM401 - what is no mapping is told as such
        self.to(WHEN.get(kind, "moves") if word in SIDES else phase)
        action = {**content, "text": self._sentence(content["text"])} if "text" in content else content
        self.submit(word, msgspec.convert(action if kind else self._sealed(word, content), a.AnyAction))

    def read(self, readings: Mapping[str, list[str]]) -> None:
        """How teams take what reached them."""
        for name, team_readings in readings.items():
            side = next((team for team in SIDES if team == name), None)
            if side is None:
                raise ValueError(Sentence("no team is called '{name}'", name=name))
            self.to("readings")
            view = self.session.seat(side).view()
            assert isinstance(view, TeamView)
            for card, reading in zip(view.to_read, team_readings, strict=True):
                hostility, sure, *more = str(reading).split()
                audience = next(
                    (word for word in more if word in AUDIENCES), "them" if card.act.visibility == "public" else UNSET
                )
                touches = next((word for word in more if word not in AUDIENCES), None)
                seal = a.SealReading(
                    item=card.number, hostility=int(hostility), confidence=int(sure), touches=touches, audience=audience
                )
                self.submit(side, seal)

    def turn_out(self) -> None:
        """Play on to the next turn, or after the last to the closing."""
        turn, is_early = self.session.state.turn, self.session.table.workload.with_readings
        if is_early:
            self._forecast("readings")
        self.to("results")
        if not is_early:
            self._forecast("forecasts")
        self.to("situation" if turn < self.session.table.turns else "closing")

    def _forecast(self, phase: Phase) -> None:
        """What teams forecast after a turn but the last, in the phase in which they are asked."""
        if self.session.state.turn == self.session.table.turns or not self._chances:
            return
        self.to(phase)
        for seat, chances in self._chances.items():
            for name, chance in chances.items():
                self.submit(seat, a.SealForecast(forecast=name, chance=chance))

    def _guess(self, guesses: Mapping[a.SeatName, list[Mapping[str, Any]]]) -> None:
        """What each team guesses of the other's lines."""
        if self.session.state.phase != "briefing":
            self.to("closing")
        for seat, lines in guesses.items():
            for line in lines:
                self.submit(seat, msgspec.convert({**line, "says": self._sentence(line.get("says", ""))}, a.GuessLine))

    def _sentence(self, text: Any) -> str:
        """A text that may stand in several languages, in that of the session."""
        return str(text.get(self.language, text.get("en", "")) if isinstance(text, dict) else text)

    def to(self, phase: Phase | str) -> None:
        """Play on until this phase."""
        while phase and self.session.state.phase != phase:
            self.submit("facilitator", a.Advance())

    def submit(self, seat: a.SeatName, action: a.AnyAction) -> None:
        """Let a seat act."""
        self._last = self.session.submit(seat, action).seq

    def _sealed(self, seat: a.SeatName, content: Mapping[str, Any]) -> Mapping[str, Any]:
        """A move sealed, with all that goes without saying."""
        wrong = next((key for key in content if key not in KEYS), None)
        if wrong is not None:
            raise ValueError(Sentence("an act has no '{key}'", key=str(wrong)), did_you_mean(str(wrong), KEYS))
        draft = {"expected": content.get("intent", 0), **content}
        if draft.get("visibility") == "public":
            draft.setdefault("audience", "them")
        text, move = draft.get("text", ""), self.session.seat(seat).dossier.moves.get(draft.get("move", ""))
        if isinstance(text, dict):
            draft["text"] = self._sentence(text)
        elif not text and self._worded and move is not None:
            draft["text"] = words_for(move, self.language)
        return {"kind": "seal-move", "draft": draft}


def play_example(
    example: Located[Example], session: Session, language: Language, reader: Language
) -> list[tuple[int, str]]:
    """Play an exemplary session in `language` from its briefing to its end; what is told of it, by entry.

    Raises ProblemsFound, in the language of the `reader`, where an act cannot be done as the rules stand.
    """
    acts = Acts(session, language)
    for place, line in enumerate(example.model.acts):
        try:
            acts.play(line)
        except (ActionRefused, ValueError, TypeError) as error:
            why, hint = refusal(error, reader) if isinstance(error, ActionRefused) else _no_act(error)
            problems = Problems()
            sentence = Sentence("this act cannot be done: {why}", why=why)
            problems.error(example.source.key_spot("acts", place), sentence, code="example/act", hint=hint)
            problems.raise_errors()
    acts.to("closed")
    return acts.told


def _no_act(error: Exception) -> tuple[str, str]:
    why, *hints = error.args or ("",)
    return str(why), str(hints[0]) if hints else Sentence("docs/write-scenarios.md says how acts are written")
