"""A model that plays a team's seat: one form after another until its part of a phase is over.

What it is asked is made of the seat's view alone, anew for each question; it remembers nothing else. Where it fails,
refuses or has used up its time or its tokens, the seat holds: the least is done that keeps play going, and marked as
not the model's. A model that gives nothing that can be used to three questions in a row is given up.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

from msgspec.structs import replace

from crisis_sim.agents.endpoint import Endpoint
from crisis_sim.agents.form_answers import minimal_answer, open_fields
from crisis_sim.agents.questions import Questioner, Usage
from crisis_sim.agents.transcript import Transcript
from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import ExchangeFacts, TeamView, View
from crisis_sim.errors import ActionRefused, CrisisSimError
from crisis_sim.pages.closer_words import KEY
from crisis_sim.pages.form import Form, FormAnswer, FormField, FormLink, FormOption
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.refusals import names_from, refusal
from crisis_sim.pages.seat_page import seat_form, seat_page
from crisis_sim.pages.talk_blocks import IN_TURN, is_written, talks_due, to_note
from crisis_sim.pages.team_forms import NOTE, NOTED, SEAL, unanswered
from crisis_sim.pages.turn_forms import COMMIT

QUIET: Final = ("no-comment", "fact-statement")
"""Moves with which a turn passes, where one has to be made."""
ENDS: Final = (None, COMMIT, SEAL)
"""What ends a team's part of a phase."""
OFTEN: Final = 3
"""How often one thing is done in a phase."""


class ModelPlayer:
    """A model at a seat."""

    def __init__(
        self,
        seat: Reader,
        endpoint: Endpoint,
        transcript: Transcript,
        on_trouble: Callable[[CrisisSimError], None] = lambda failed: None,
    ) -> None:
        """`on_trouble` is told what went wrong with the model, which is on record too."""
        self.seat, self.limits = seat, endpoint.line.limits
        self._model = Questioner(seat, endpoint, transcript, on_trouble)
        self._times: Counter[str] = Counter()
        self._heard: dict[tuple[str, int], int] = {}
        """How many lines of a call it has read, by session and call: a rollback takes lines back."""
        self._waits = False
        self._refused = ""
        """Why the last thing could not be done."""

    async def play(self) -> None:
        """Play until the session is over or the seat is no longer a bot's. Raises ModelGaveUp."""
        changes, self._waits = self.seat.changes(), True
        while self._plays(self.seat.view()):
            if not await self.act():
                try:
                    await anext(changes)
                except StopAsyncIteration:
                    return

    async def act(self) -> bool:
        """Do what is asked of the seat now, or say something in a call; false where there is nothing to do.

        Raises ModelGaveUp.
        """
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
        self._model.spent, self._times, self._refused = Usage(self.limits, self.limits.seconds), Counter(), ""
        moment = view.session, view.turn, view.phase
        while (
            (view.session, view.turn, view.phase) == moment and self.seat.name in view.waiting_for and not view.paused
        ):
            if await self._spoke(view):
                view = self._team()
                continue
            name = await self._next(view)
            if name in ENDS and await self._waited(view):
                view = self._team()
                continue
            if name == COMMIT and (last := self._unnoted(view)):
                name = last
            if name is None:
                await self._hold()
            elif await self._fill_and_submit(name) or (name == COMMIT and view.phase == "moves"):
                self._times[name] += 1  # a list that cannot be committed is told why, and made again
            elif name in (COMMIT, SEAL):
                await self._hold()
            else:
                self._times[name] = OFTEN
            view = self._team()
        await self._model.report()

    def _team(self) -> TeamView:
        view = self.seat.view()
        assert isinstance(view, TeamView)
        return view

    # a written call

    async def _spoke(self, view: TeamView) -> bool:
        """Answer in a call what they have said since, or open it where we asked for it; false where nothing is due."""
        for talk in _open_calls(view):
            ours = [place for place, (side, *_words) in enumerate(talk.said, 1) if side == view.side]
            key = view.session, talk.number
            lines_read = self._heard.get(key, ours[-1] if ours else 0)
            opens = not talk.said and talk.act.side == view.side and key not in self._heard
            if self.limits.lines and (opens or any(side != view.side for side, *_words in talk.said[lines_read:])):
                self._heard[key] = len(talk.said)
                if len(ours) < self.limits.lines:
                    await self._say(talk)
                else:
                    await self._model.submit(a.EndCall(exchange=talk.number, made_by="harness"))
                return True
        return False

    async def _say(self, talk: ExchangeFacts) -> None:
        """One line in a call, or none."""
        say, phase = self.seat.say, self._model.spent
        form = seat_form(f"say:{talk.number}", self._team(), {}, say)
        if form is None:
            return
        self._model.spent = Usage(self.limits, self.limits.answer * self.limits.tries)
        fields = [form.fields[0]._replace(skip_label=say("we say nothing to this"))]
        reply = await self._model.answered(form.title, (), fields)
        self._model.spent = phase
        if reply is not None and (text := str(reply["text"]).strip()):
            await self._model.submit(a.SayInCall(exchange=talk.number, text=text))

    async def _waited(self, view: TeamView) -> bool:
        """Before a phase of a call ends for us: whether they have answered what we said last, or ended it."""
        live = [talk for talk in _open_calls(view) if talk.said and talk.said[-1][0] == view.side]
        if not (live and self._waits) or view.phase not in IN_TURN or view.other_committed:
            return False
        changes, line_count = self.seat.changes(), len(live[0].said)
        with suppress(TimeoutError):
            async with asyncio.timeout(min(self.limits.answer, self._model.spent.remaining)):
                while (now := self._team()).phase == view.phase and not (now.other_committed or now.paused):
                    talk = now.exchanges[live[0].number - 1]
                    if talk.ended is not None or len(talk.said) > line_count:
                        return True
                    await anext(changes)
        return False

    def _unnoted(self, view: TeamView) -> str:
        """In the last turn, after which nothing of it can be noted: the form for a call that still goes on."""
        talk = to_note(view) if view.turn == view.turns and view.phase in IN_TURN else None
        name = "" if talk is None else f"{NOTED}:{talk.number}"
        return name if self._times[name] < OFTEN else ""

    # what is done next

    async def _next(self, view: TeamView) -> str | None:
        """The form that is filled in next; None where nothing is left but to end the phase."""
        if not self._model.spent.remaining or self._times[COMMIT] >= OFTEN:
            return None
        for name in due_forms(view):
            if self._times[name] < OFTEN:
                return name
        page = seat_page(view, self.seat.say)
        links = [
            link for link in page.links if link.name != NOTE and not link.closed and self._times[link.name] < OFTEN
        ]
        if view.phase in ("readings", "forecasts"):
            return None if any(due_forms(view)) else COMMIT
        if len(links) < 2:
            return COMMIT if view.phase == "moves" else SEAL
        return await self._chosen(links)

    async def _chosen(self, links: list[FormLink]) -> str | None:
        say = self.seat.say
        options = tuple(FormOption(link.name, link.label) for link in links)
        field = FormField("next", "one", say("What do we do next?"), options=options)
        reply = await self._model.answered(say("What do we do next?"), (), [field], self._refused)
        return None if reply is None else str(reply["next"])

    async def _fill_and_submit(self, name: str) -> bool:
        """Fill in a form and do what it makes; False where nothing came of it."""
        self._refused = ""
        for _try in range(self.limits.tries):
            if (form := await self._filled(name, self._refused)) is None:
                return False
            self._refused = form.lacks
            try:
                if form.action is not None:
                    await self.seat.submit(form.action)
                    return True
            except ActionRefused as refused:
                self._refused = " ".join(refusal(refused, self.seat.say.language, names_from(self.seat.say)))
                self._model.transcript.add(refused=refused.code, says=self._refused)
            if not (form.fields and self._refused):
                return False
        return False

    async def _filled(self, name: str, wrong: str) -> Form | None:
        """The form with its questions answered, one layer after the other; `wrong` is why it was refused before."""
        answers: dict[str, FormAnswer] = {}
        while (form := seat_form(name, self._team(), answers, self.seat.say)) is not None:
            fields = open_fields(form)
            if not fields:
                return form
            if (reply := await self._model.answered(form.title, (*form.intro, *form.notes), fields, wrong)) is None:
                return None
            answers |= reply
        return None

    # the least that keeps play going

    async def _hold(self) -> None:
        """End the phase in the model's place, with what is there; a list that is too short gets the least moves."""
        phase = self._team().phase
        ends = {"moves": a.CommitMoves, "readings": a.CommitReadings, "forecasts": a.CommitForecasts}
        for _more in range(OFTEN):
            try:
                await self.seat.submit(ends.get(phase, a.SealLines)(made_by="harness"))
            except ActionRefused as refused:
                self._model.transcript.add(refused=refused.code)
                if phase != "moves" or not await self._passed(self._team()):
                    break
            else:
                return
        await asyncio.sleep(1)

    async def _passed(self, view: TeamView) -> bool:
        """Make a move that says as little as can be."""
        for move in dict.fromkeys((*QUIET, *self.seat.say.dossier.moves)):
            name, answers = f"move:{move}", dict[str, FormAnswer]()
            form = seat_form(name, view, answers, self.seat.say)
            while form is not None and (fields := open_fields(form)):
                answers |= {field.name: minimal_answer(field) for field in fields}
                form = seat_form(name, view, answers, self.seat.say)
                if form is not None and open_fields(form) == fields:
                    break
            if form is None or form.action is None:
                continue
            try:
                await self.seat.submit(replace(form.action, made_by="harness"))
            except ActionRefused:
                continue
            return True
        return False


def _open_calls(view: TeamView) -> list[ExchangeFacts]:
    """The calls in which both sides write at the moment."""
    if not is_written(view, in_rooms=True):
        return []
    return [talk for talk in talks_due(view) if talk.answer is not None and talk.ended is None]


def due_forms(view: View) -> Iterator[str]:
    """The forms that wait for an answer, first; what was said in a call is noted once nothing more can be."""
    assert isinstance(view, TeamView)
    talk = to_note(view) if view.phase in ("moves", "readings", "forecasts") else None
    if talk is not None and (view.phase == "moves" or talk not in _open_calls(view)):
        yield f"{NOTED}:{talk.number}"
    match view.phase:
        case "moves":
            yield from unanswered(view)
            yield from (
                f"exchange:{exchange.number}" for exchange in view.exchanges if exchange.open and exchange.ours is None
            )
            if view.closer is not None and not view.closer.said:
                yield KEY
        case "readings":
            yield from (str(card.number) for card in view.to_read if card.hostility is None)
            yield from (question.id for question in view.asked_now if question.chance is None)
        case "forecasts":
            yield from (question.id for question in view.asked_now if question.chance is None)
        case _:
            return
