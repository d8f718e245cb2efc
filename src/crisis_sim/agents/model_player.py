"""A model that plays a team's seat: one form after another until its part of a phase is over.

What it is asked is made of the seat's view alone, anew for each question; it remembers nothing else. Where it fails,
refuses or has used up its time or its tokens, the seat holds: the least is done that keeps play going.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Final

from crisis_sim.agents.agent_line import AgentLimits
from crisis_sim.agents.endpoint import Endpoint, ModelFailed
from crisis_sim.agents.form_answers import Unusable, answers, asked, least, open_fields, schema
from crisis_sim.agents.transcript import Transcript
from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import ExchangeFacts, TeamView, View
from crisis_sim.errors import ActionRefused, CrisisSimError
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.closer_words import KEY
from crisis_sim.pages.form import Form, FormAnswer, FormDoor, FormField, FormOption
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.refusals import names_from, refusal
from crisis_sim.pages.seat_page import SeatPage, seat_form, seat_page
from crisis_sim.pages.talk_blocks import IN_TURN, is_written, talks_due, to_note
from crisis_sim.pages.team_forms import NOTE, NOTED, SEAL, unanswered
from crisis_sim.pages.turn_forms import COMMIT

QUIET: Final = ("no-comment", "fact-statement")
"""Moves with which a turn passes, where one has to be made."""
ENDS: Final = (None, COMMIT, SEAL)
"""What ends a team's part of a phase."""
OFTEN: Final = 3
"""How often one thing is done in a phase."""


class Spent:
    """What a model has used of what it may use."""

    def __init__(self, limits: AgentLimits, seconds: float) -> None:
        self._most, self._until = limits, time.monotonic() + seconds
        self.requests = self.tokens = 0

    @property
    def left(self) -> float:
        """Seconds; 0 where anything is used up."""
        if self.requests >= self._most.requests or self.tokens >= self._most.tokens:
            return 0.0
        return max(0.0, self._until - time.monotonic())

    def end(self) -> None:
        """All of it."""
        self._until = 0.0


class ModelPlayer:
    """A model at a seat."""

    def __init__(
        self,
        seat: Reader,
        endpoint: Endpoint,
        transcript: Transcript,
        on_trouble: Callable[[CrisisSimError], None],
    ) -> None:
        """`on_trouble` is told what went wrong with the model; play goes on, unless it raises."""
        self.seat, self.endpoint, self.transcript, self.limits = seat, endpoint, transcript, endpoint.line.limits
        self._on_trouble = on_trouble
        self._spent = Spent(self.limits, 0)
        self._times: Counter[str] = Counter()
        self._heard: dict[tuple[str, int], int] = {}
        """How many lines of a call it has read, by session and call: a rollback takes lines back."""
        self._is_noted = self._waits = False

    async def play(self) -> None:
        """Play until the session is over or the seat is no longer a bot's."""
        changes, self._waits = self.seat.changes(), True
        while self._plays(self.seat.view()):
            if not await self.act():
                try:
                    await anext(changes)
                except StopAsyncIteration:
                    return

    async def act(self) -> bool:
        """Do what is asked of the seat now, or say something in a call; false where there is nothing to do."""
        view = self.seat.view()
        if not self._plays(view) or view.paused:
            return False
        assert isinstance(view, TeamView)
        if await self._spoke(view):
            return True
        if self.seat.name not in view.waiting_for:
            return False
        await self._phase(view)
        return True

    @staticmethod
    def _plays(view: View) -> bool:
        return isinstance(view, TeamView) and view.side in view.bots and view.phase not in ("hotwash", "closed")

    async def _phase(self, view: TeamView) -> None:
        """All that is done in one phase, to the commit."""
        self._spent, self._times, self._is_noted = Spent(self.limits, self.limits.seconds), Counter(), False
        at = view.session, view.turn, view.phase
        while (view.session, view.turn, view.phase) == at and self.seat.name in view.waiting_for and not view.paused:
            if await self._spoke(view):
                view = self._team()
                continue
            name = await self._next(view)
            if name in ENDS and await self._waited(view):
                view = self._team()
                continue
            if name == COMMIT and (last := self._unnoted(view)):
                name = last
            if name in ENDS:
                await self._note(view)
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

    # a written call

    async def _spoke(self, view: TeamView) -> bool:
        """Answer in a call what they have said since, or open it where we asked for it; false where nothing is due."""
        for talk in _written(view):
            ours = [place for place, (side, *_words) in enumerate(talk.said, 1) if side == view.side]
            key = view.session, talk.number
            heard = self._heard.get(key, ours[-1] if ours else 0)
            opens = not talk.said and talk.act.side == view.side and key not in self._heard
            if self.limits.lines and (opens or any(side != view.side for side, *_words in talk.said[heard:])):
                self._heard[key] = len(talk.said)
                if len(ours) < self.limits.lines:
                    await self._say(talk)
                else:
                    await self._submitted(a.EndCall(exchange=talk.number))
                return True
        return False

    async def _say(self, talk: ExchangeFacts) -> None:
        """One line in a call, or none."""
        say, phase = self.seat.say, self._spent
        form = seat_form(f"say:{talk.number}", self._team(), {}, say)
        if form is None:
            return
        self._spent = Spent(self.limits, self.limits.answer * self.limits.tries)
        fields = [form.fields[0]._replace(none=say("we say nothing to this"))]
        said = await self._answered(form.title, (), fields)
        self._spent = phase
        if said is not None and (text := str(said["text"]).strip()):
            await self._submitted(a.SayInCall(exchange=talk.number, text=text))

    async def _waited(self, view: TeamView) -> bool:
        """Before a phase of a call ends for us: whether they have answered what we said last, or ended it."""
        live = [talk for talk in _written(view) if talk.said and talk.said[-1][0] == view.side]
        if not (live and self._waits) or view.phase not in IN_TURN or view.other_committed:
            return False
        changes, before = self.seat.changes(), len(live[0].said)
        with suppress(TimeoutError):
            async with asyncio.timeout(min(self.limits.answer, self._spent.left)):
                while (now := self._team()).phase == view.phase and not (now.other_committed or now.paused):
                    talk = now.exchanges[live[0].number - 1]
                    if talk.ended is not None or len(talk.said) > before:
                        return True
                    await anext(changes)
        return False

    async def _submitted(self, action: a.AnyAction) -> None:
        try:
            await self.seat.submit(action)
        except ActionRefused as refused:
            self.transcript.add(refused=refused.code)

    def _unnoted(self, view: TeamView) -> str:
        """In the last turn, after which nothing of it can be noted: the form for a call that still goes on."""
        talk = to_note(view) if view.turn == view.turns and view.phase in IN_TURN else None
        name = "" if talk is None else f"{NOTED}:{talk.number}"
        return name if self._times[name] < OFTEN else ""

    # what is done next

    async def _next(self, view: TeamView) -> str | None:
        """The form that is filled in next; None where nothing is left but to end the phase."""
        if not self._spent.left:
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
        say, line = self.seat.say, self.endpoint.line
        for _try in range(self.limits.tries):
            if not (seconds := self._spent.left):
                return None
            self._spent.requests += 1
            messages = self._messages(title, before, fields, wrong)
            try:
                told = await self.endpoint.ask(messages, schema(fields), seconds)
            except ModelFailed as failed:
                self.transcript.add(model=line.model, failed=failed.code)
                self._spent.end()
                self._on_trouble(failed)
                return None
            self._spent.tokens += told.tokens
            self.transcript.add(
                model=line.model,
                temperature=line.temperature,
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
            say(
                "Where options have numbers, answer with the number; it stands before the colon, and has no plus sign."
            ),
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
        talks = (region for talk in page.talks for region in talk.stages if region.name != "after")
        for region in (*talks, *page.main, *page.sides):
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

    async def _note(self, view: TeamView) -> None:
        """Put on record, once a phase, which model answers, how, and the hash of all that was asked and said."""
        if self._is_noted:
            return
        self._is_noted = True
        of = f"{self.endpoint.line.model}; temperature {self.endpoint.line.temperature}; {view.phase} {view.turn}"
        await self._submitted(a.TakeNote(text=f"agent: {of}; sha256 {self.transcript.hash}"))


def _written(view: TeamView) -> list[ExchangeFacts]:
    """The calls in which both sides write at the moment."""
    if not is_written(view, in_rooms=True):
        return []
    return [talk for talk in talks_due(view) if talk.answer is not None and talk.ended is None]


def due(view: View) -> Iterator[str]:
    """The forms that wait for an answer, first; what was said in a call is noted once nothing more can be."""
    assert isinstance(view, TeamView)
    talk = to_note(view) if view.phase in ("moves", "readings", "forecasts") else None
    if talk is not None and (view.phase == "moves" or talk not in _written(view)):
        yield f"{NOTED}:{talk.number}"
    match view.phase:
        case "moves":
            yield from unanswered(view)
            yield from (f"exchange:{each.number}" for each in view.exchanges if each.open and each.ours is None)
            if view.closer is not None and not view.closer.said:
                yield KEY
        case "readings":
            yield from (str(card.number) for card in view.to_read if card.hostility is None)
            yield from (each.id for each in view.asked_now if each.chance is None)
        case "forecasts":
            yield from (each.id for each in view.asked_now if each.chance is None)
        case _:
            return
