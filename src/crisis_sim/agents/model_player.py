"""A model that plays a team's seat: one form after another until its part of a phase is over.

What it is asked is made of the seat's view alone, anew for each question; it remembers nothing else. Where it fails,
refuses or has used up its time or its tokens, the least is done that keeps play going.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from crisis_sim.agents.endpoint import Endpoint, ModelFailed, ModelRefused
from crisis_sim.agents.form_answers import Unusable, answers, asked, least, open_fields, schema
from crisis_sim.agents.transcript import Transcript
from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.errors import ActionRefused, CrisisSimError
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.form import Form, FormAnswer, FormDoor, FormField, FormOption
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.refusals import names_from, refusal
from crisis_sim.pages.seat_page import SeatPage, seat_form, seat_page
from crisis_sim.pages.talk_blocks import to_note
from crisis_sim.pages.team_forms import NOTE, NOTED, SEAL
from crisis_sim.pages.turn_forms import COMMIT

QUIET: Final = ("no-comment", "fact-statement")
"""Moves with which a turn passes, where one has to be made."""
OFTEN: Final = 3
"""How often one thing is done in a phase."""
STEPS: Final = 40
"""Questions in one phase."""


class AgentLimits(Struct, frozen=True):
    """How much a model may use."""

    tries: int = 3
    """Answers to one form."""
    seconds: float = 240.0
    """For one phase."""
    tokens: int = 200_000
    """For one phase."""


class ModelPlayer:
    """A model at a seat."""

    def __init__(
        self,
        seat: Reader,
        endpoint: Endpoint,
        transcript: Transcript,
        on_trouble: Callable[[CrisisSimError], None],
        limits: AgentLimits = AgentLimits(),  # noqa: B008 - frozen
    ) -> None:
        """`on_trouble` is told what went wrong with the model; play goes on."""
        self.seat, self.endpoint, self.transcript, self.limits = seat, endpoint, transcript, limits
        self._on_trouble = on_trouble
        self._until, self._tokens, self._steps = 0.0, 0, 0
        self._times: Counter[str] = Counter()
        self._is_noted = False

    async def play(self) -> None:
        """Play until the session is over or the seat is no longer a bot's. Raises ModelRefused."""
        changes = self.seat.changes()
        while True:
            view = self.seat.view()
            if view.phase in ("hotwash", "closed") or not isinstance(view, TeamView) or view.side not in view.bots:
                return
            if self.seat.name in view.waiting_for and not view.paused:
                await self._phase(view)
            else:
                await anext(changes)

    async def _phase(self, view: TeamView) -> None:
        """All that is done in one phase, to the commit."""
        self._until, self._tokens, self._steps = time.monotonic() + self.limits.seconds, 0, 0
        self._times, self._is_noted = Counter(), False
        at = view.phase, view.turn
        while (view.phase, view.turn) == at and self.seat.name in view.waiting_for and not view.paused:
            name = await self._next(view)
            if name in (None, COMMIT, SEAL):
                await self._note(*at)
            if name is None:
                await self._way_out(view)
            elif await self._done(name):
                self._times[name] += 1
            elif name in (COMMIT, SEAL):
                await self._way_out(self._team())
            else:
                self._times[name] = OFTEN
            view = self._team()

    def _team(self) -> TeamView:
        view = self.seat.view()
        assert isinstance(view, TeamView)
        return view

    @property
    def _is_spent(self) -> bool:
        return self._steps >= STEPS or self._tokens >= self.limits.tokens or time.monotonic() >= self._until

    # what is done next

    async def _next(self, view: TeamView) -> str | None:
        """The form that is filled in next; None where nothing is left but to end the phase."""
        if self._is_spent:
            return None
        for name in due(view):
            if self._times[name] < OFTEN:
                return name
        page = seat_page(view, self.seat.say)
        doors = [door for door in page.doors if door.name != NOTE and self._times[door.name] < OFTEN]
        if view.phase in ("readings", "forecasts") or len(doors) < 2:
            return COMMIT if view.phase in ("moves", "readings", "forecasts") else SEAL
        return await self._chosen(doors)

    async def _chosen(self, doors: list[FormDoor]) -> str | None:
        say = self.seat.say
        options = tuple(FormOption(door.name, door.label) for door in doors)
        field = FormField("next", "one", say("What do we do next?"), options=options)
        said = await self._answered(say("What do we do next?"), (), [field])
        return None if said is None else str(said["next"])

    async def _done(self, name: str) -> bool:
        """Fill in a form and do what it makes; False where nothing came of it."""
        why = ""
        for _try in range(self.limits.tries):
            if (form := await self._filled(name, why)) is None or form.action is None:
                return False
            try:
                await self.seat.submit(form.action)
            except ActionRefused as refused:
                why = " ".join(refusal(refused, self.seat.say.language, names_from(self.seat.say)))
                self.transcript.add(refused=refused.code, says=why)
                if not form.fields:
                    return False
            else:
                return True
        return False

    async def _filled(self, name: str, wrong: str) -> Form | None:
        """The form with its questions answered, one layer after the other; `wrong` is why it was refused before."""
        sheet: dict[str, FormAnswer] = {}
        while (form := seat_form(name, self._team(), sheet, self.seat.say)) is not None:
            fields = open_fields(form)
            if not fields:
                return form
            if (said := await self._answered(form.title, (*form.before, *form.after), fields, wrong)) is None:
                return None
            sheet |= said
        return None

    # asking

    async def _answered(
        self, title: str, before: Iterable[Block], fields: list[FormField], wrong: str = ""
    ) -> Mapping[str, FormAnswer] | None:
        """What the model says to some questions; None where it has not, or cannot any more."""
        say = self.seat.say
        for _try in range(self.limits.tries):
            if self._is_spent:
                return None
            self._steps += 1
            messages = self._messages(title, before, fields, wrong)
            try:
                told = await self.endpoint.ask(messages, schema(fields), self._until - time.monotonic())
            except ModelRefused:
                raise
            except ModelFailed as failed:
                self.transcript.add(model=self.endpoint.model, failed=failed.code)
                self._on_trouble(failed)
                return None
            self._tokens += told.tokens
            self.transcript.add(
                model=self.endpoint.model,
                temperature=self.endpoint.temperature,
                asked=messages,
                said=told.text[: a.LONGEST_TEXT * 4],
                tokens=told.tokens,
            )
            try:
                return answers(told.text, fields, say)
            except Unusable as unusable:
                wrong = str(unusable)
        return None

    def _messages(
        self, title: str, before: Iterable[Block], fields: list[FormField], wrong: str
    ) -> list[dict[str, str]]:
        say, page = self.seat.say, seat_page(self._team(), self.seat.say)
        system = [
            say(
                "You sit at a seat of an exercise in crisis communication and play for its team. Nothing here is real."
            ),
            say("Answer with one JSON object: its keys are the words in square brackets, its values your answers."),
            say("Where options have numbers, answer with the number."),
        ]
        user = [*self._page(page), "", title, *lines_of(before, say), *asked(fields, say)]
        if wrong:
            user += ["", wrong]
        return [{"role": "system", "content": "\n".join(system)}, {"role": "user", "content": "\n".join(user)}]

    def _page(self, page: SeatPage) -> Iterator[str]:
        """All that the seat is shown."""
        say = self.seat.say
        yield from lines_of(page.head, say)
        yield from lines_of(page.now, say)
        for region in (*page.main, *page.sides):
            yield ""
            yield f"# {region.title}"
            yield from lines_of(region.blocks, say)

    # the least that keeps play going

    async def _way_out(self, view: TeamView) -> None:
        """End the phase with what is there."""
        ends: dict[str, a.AnyAction] = {
            "moves": a.CommitMoves(),
            "readings": a.CommitReadings(),
            "forecasts": a.CommitForecasts(),
        }
        try:
            await self.seat.submit(ends.get(view.phase, a.SealLines()))
        except ActionRefused as refused:
            self.transcript.add(refused=refused.code)
            if view.phase != "moves" or not await self._passed(view):
                await asyncio.sleep(1)

    async def _passed(self, view: TeamView) -> bool:
        """Make a move that says as little as can be."""
        for move in dict.fromkeys((*QUIET, *self.seat.say.dossier.moves)):
            name, sheet = f"move:{move}", dict[str, FormAnswer]()
            form = seat_form(name, view, sheet, self.seat.say)
            while form is not None and (fields := open_fields(form)):
                sheet |= {field.name: least(field) for field in fields}
                form = seat_form(name, view, sheet, self.seat.say)
                if form is not None and open_fields(form) == fields:
                    break
            if form is None or form.action is None:
                continue
            try:
                await self.seat.submit(form.action)
            except ActionRefused:
                continue
            return True
        return False

    async def _note(self, phase: str, turn: int) -> None:
        """Put on record, once a phase, which model answers, how, and the hash of all that was asked and said."""
        if self._is_noted:
            return
        self._is_noted = True
        of = f"{self.endpoint.model}; temperature {self.endpoint.temperature}; {phase} {turn}"
        try:
            await self.seat.submit(a.TakeNote(text=f"agent: {of}; sha256 {self.transcript.hash}"))
        except ActionRefused as refused:
            self.transcript.add(refused=refused.code)


def due(view: View) -> Iterator[str]:
    """The forms that wait for an answer, first."""
    assert isinstance(view, TeamView)
    if view.phase in ("moves", "readings", "forecasts") and (talk := to_note(view)) is not None:
        yield f"{NOTED}:{talk.number}"
    match view.phase:
        case "moves":
            yield from (f"decision:{each.asked}" for each in view.decisions if each.answer is None)
            yield from (f"exchange:{each.number}" for each in view.exchanges if each.open and each.ours is None)
            yield from (f"request:{each.number}" for each in view.requests if not (each.drafted or each.held))
            if view.closer is not None and not view.closer.said:
                yield "closer"
        case "readings":
            yield from (str(card.number) for card in view.to_read if card.hostility is None)
            yield from (each.id for each in view.asked_now if each.chance is None)
        case "forecasts":
            yield from (each.id for each in view.asked_now if each.chance is None)
        case _:
            return
