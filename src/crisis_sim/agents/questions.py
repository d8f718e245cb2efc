"""Asking a model: its questions as prompts, its answers, what it may use, and when it is given up.

A prompt is made of the seat's view alone, the same whichever model is asked; what the harness puts on record of a model
stands in none of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final

from crisis_sim.agents.agent_line import KEY, AgentLimits
from crisis_sim.agents.endpoint import Completion, Endpoint, ModelFailed, ModelRefused
from crisis_sim.agents.form_answers import Unusable, parse_answers, question_lines, schema
from crisis_sim.agents.transcript import Transcript
from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused, CrisisSimError, ModelGaveUp, Sentence
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.form import FormAnswer, FormField
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.seat_page import SeatPage, seat_page
from crisis_sim.text import clean, clipped
from crisis_sim.wording.labels import SEATS

MOST_FRUITLESS: Final = 3
"""Questions in a row without an answer that can be used, after which a model is given up."""
LONGEST_QUOTED: Final = 200
"""Characters of an answer that cannot be used, as it is told."""


class Usage:
    """What a model has used of what it may use."""

    def __init__(self, limits: AgentLimits, seconds: float) -> None:
        self._most, self._until = limits, time.monotonic() + seconds
        self.requests = self.tokens = 0

    @property
    def remaining(self) -> float:
        """Seconds; 0 where anything is used up."""
        if self.requests >= self._most.requests or self.tokens >= self._most.tokens:
            return 0.0
        return max(0.0, self._until - time.monotonic())

    def end(self) -> None:
        """All of it."""
        self._until = 0.0


class AnswerCounts:
    """How asking a model has gone since it was last put on record."""

    def __init__(self) -> None:
        self.questions = self.tries = self.unusable = self.tokens_in = self.tokens_out = 0
        self.models, self.fingerprints = dict[str, None](), dict[str, None]()
        """What the endpoint has called the model and its system, in order."""
        self.trouble: ModelFailed | None = None
        """What went wrong first."""

    def add(self, reply: Completion) -> None:
        """Count an answer."""
        self.tokens_in += reply.tokens_in
        self.tokens_out += reply.tokens_out
        self.models |= dict.fromkeys(filter(None, [reply.model]))
        self.fingerprints |= dict.fromkeys(filter(None, [reply.fingerprint]))


class Questioner:
    """Puts questions to a model and counts how that goes."""

    def __init__(
        self,
        seat: Reader,
        endpoint: Endpoint,
        transcript: Transcript,
        on_trouble: Callable[[CrisisSimError], None] = lambda failed: None,
    ) -> None:
        """`on_trouble` is told what went wrong with the model, which is on record too."""
        self.seat, self.endpoint, self.transcript, self.limits = seat, endpoint, transcript, endpoint.line.limits
        self.spent = Usage(self.limits, 0)
        """What may still be used."""
        self._on_trouble = on_trouble
        self._fruitless = 0
        """Questions without an answer that can be used, since the last that had one."""
        self._counts = AnswerCounts()

    async def answered(
        self, title: str, blocks: Iterable[Block], fields: list[FormField], wrong: str = ""
    ) -> Mapping[str, FormAnswer] | None:
        """What the model says to some questions; None where it has not, or cannot any more."""
        line, reply = self.endpoint.line, None
        for number in range(self.limits.tries):
            if not (seconds := self.spent.remaining):
                break
            self._counts.questions += number == 0
            self.spent.requests += 1
            messages, before_tries = self._messages(title, blocks, fields, wrong), self.endpoint.tries
            try:
                reply = await self.endpoint.ask(messages, schema(fields), seconds)
            except ModelFailed as failed:
                self.transcript.add(model=line.model, failed=failed.code)
                self.spent.end()
                await self._came_to_nothing(failed)
                return None
            finally:
                self._counts.tries += self.endpoint.tries - before_tries
            self.spent.tokens += reply.tokens
            self._counts.add(reply)
            self.transcript.add(
                model=line.model,
                settings=line.settings,
                asked=messages,
                said=reply.text[: a.LONGEST_TEXT * 4],
                tokens=reply.tokens,
                answered_as=reply.model,
                fingerprint=reply.fingerprint,
            )
            try:
                parsed = parse_answers(reply.text, fields, self.seat.say)
            except Unusable as unusable:
                wrong = str(unusable)
            else:
                self._fruitless = 0
                return parsed
        if reply is None:  # what may be used was used up before
            return None
        answer = " ".join(clean(reply.text[: LONGEST_QUOTED * 4], lines=False).split())
        await self._came_to_nothing(
            ModelFailed(
                "agent/unusable",
                "the model answers with nothing that can be used: “{answer}”",
                answer=clipped(answer, LONGEST_QUOTED),
            )
        )
        return None

    async def _came_to_nothing(self, failed: ModelFailed) -> None:
        """A question has no answer that can be used. Raises ModelGaveUp where it is no use to go on."""
        self._fruitless += 1
        self._counts.unusable += 1
        self._counts.trouble = self._counts.trouble or failed
        self._on_trouble(failed)
        cannot_be_asked = isinstance(failed, ModelRefused)
        if not cannot_be_asked and self._fruitless < MOST_FRUITLESS:
            return
        await self.report(gave_up=True)
        seat = Sentence(SEATS[self.seat.name])
        if cannot_be_asked:
            raise ModelGaveUp(
                "agent/not-asked",
                "{seat}: {why}",
                hint="look at the address, the model's name, and the key in {key}",
                seat=seat,
                why=failed.message,
                key=KEY,
            )
        raise ModelGaveUp(
            "agent/gave-up",
            "{seat}: {n} questions in a row have no answer that can be used, and its model is given up: {why}",
            hint="the log is sound, and marks what the harness did; seat another model or a bot, and go on",
            seat=seat,
            n=self._fruitless,
            why=failed.message,
        )

    def _messages(
        self, title: str, blocks: Iterable[Block], fields: list[FormField], wrong: str
    ) -> list[dict[str, str]]:
        say, page = self.seat.say, seat_page(self.seat.view(), self.seat.say)
        user = [*self._page(page), "", title, *lines_of(blocks, say), *question_lines(fields, say)]
        if wrong:
            user += ["", wrong]
        return [{"role": "system", "content": self._instructions()}, {"role": "user", "content": "\n".join(user)}]

    def _instructions(self) -> str:
        """What each question begins with."""
        say = self.seat.say
        return "\n".join(
            (
                say(
                    "You sit at a seat of an exercise in crisis communication and play for its team. "
                    "Nothing here is real."
                ),
                say("Answer with one JSON object: its keys are the words in square brackets, its values your answers."),
                say(
                    "Where options have numbers, answer with the number; it stands before the colon, and has no plus "
                    "sign."
                ),
            )
        )

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

    async def report(self, *, gave_up: bool = False) -> None:
        """Put on record, once a phase, which model answers and how it went."""
        counts, line, self._counts = self._counts, self.endpoint.line, AnswerCounts()
        parts = {} if counts.trouble is None else counts.trouble.message.parts
        report = a.ModelReport(
            model=line.model,
            settings=line.settings,
            prompt=sha256(self._instructions().encode()).hexdigest(),
            transcript=self.transcript.hash,
            answered_as=" ".join(counts.models),
            fingerprint=" ".join(counts.fingerprints),
            questions=counts.questions,
            tries=counts.tries,
            unusable=counts.unusable,
            tokens_in=counts.tokens_in,
            tokens_out=counts.tokens_out,
            trouble="" if counts.trouble is None else counts.trouble.code,
            status=int(str(parts.get("status", 0))),
            answer=str(parts.get("answer", "")),
            gave_up=gave_up,
        )
        await self.submit(a.ReportModel(report=report))

    async def submit(self, action: a.AnyAction) -> None:
        """Do something at the seat; a refusal is kept in the transcript."""
        try:
            await self.seat.submit(action)
        except ActionRefused as refused:
            self.transcript.add(refused=refused.code)
