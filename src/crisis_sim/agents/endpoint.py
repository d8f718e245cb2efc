"""An endpoint that speaks the protocol of OpenAI's chat completions: one question, one answer in JSON.

Says in a sentence what goes wrong. The key is read by whoever makes this, from the environment; it goes into a header
and nowhere else.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any, Final

import httpx
from msgspec import Struct

from crisis_sim.agents.agent_line import AgentLine
from crisis_sim.errors import CrisisSimError

LARGEST: Final = 1_000_000
"""Bytes of an answer."""
LONGEST_NAME: Final = 100
"""Characters kept of what an endpoint calls a model."""
CONNECT_SECONDS: Final = 3.0
"""How long a connection is waited for."""
CONNECT_TRIES: Final = 2
"""How often one question is sent to an endpoint that cannot be reached: a dead one is known soon."""


class ModelFailed(CrisisSimError):
    """No answer came from the model that can be used."""


class ModelRefused(ModelFailed):
    """None will come: the endpoint does not know the key, the address or the model."""


class Completion(Struct, frozen=True):
    """What a model said, and what its endpoint says of that; empty or 0 where it says nothing."""

    text: str
    tokens: int
    """Those of question and answer."""
    tokens_in: int = 0
    tokens_out: int = 0
    model: str = ""
    """What the endpoint calls the model that answered."""
    fingerprint: str = ""
    """What it calls the system that the model runs on."""


class Endpoint:
    """A model at an address, which ends before `/chat/completions`."""

    def __init__(self, line: AgentLine, key: str = "", *, wait: float = 1.0) -> None:
        """`wait` is how many seconds the first new try waits."""
        self.line = line
        self._key, self._wait = key, wait
        self._structured = True
        self.tries = 0
        """How often a question has been sent."""

    async def ask(self, messages: list[dict[str, str]], schema: dict[str, Any], seconds: float) -> Completion:
        """The answer to `messages`, within so many seconds, new tries and all. Raises ModelFailed."""
        try:
            async with asyncio.timeout(seconds):
                return await self._ask_with_retries(messages, schema)
        except TimeoutError:
            raise _slow() from None

    async def _ask_with_retries(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Completion:
        failed, max_tries = _slow(), self.line.limits.tries
        for number in range(1, max_tries + 1):
            self.tries += 1
            try:
                async with asyncio.timeout(self.line.limits.answer):
                    return self._read(*await self._sent(messages, schema))
            except ModelRefused:
                raise
            except TimeoutError:
                failed = _slow()
            except ModelFailed as wrong:
                failed = wrong
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as wrong:
                failed = _unreachable(wrong)
                max_tries = min(max_tries, CONNECT_TRIES)
            if number >= max_tries:
                break
            await asyncio.sleep(self._wait * number)
        raise failed

    def _read(self, status: int, body: bytes) -> Completion:
        """What an answer says. Raises ModelFailed."""
        if status == 200:
            return _parse_answer(body)
        if status in (401, 403, 404):
            raise ModelRefused("agent/refused", "the endpoint of the model refuses: HTTP {status}", status=status)
        if status in (400, 422):
            self._structured = False  # an endpoint without structured output: JSON is asked for in words alone
        raise ModelFailed("agent/http", "the endpoint of the model answers with an error: HTTP {status}", status=status)

    async def _sent(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> tuple[int, bytes]:
        request: dict[str, Any] = {
            "model": self.line.model,
            "temperature": self.line.temperature,
            "messages": messages,
            **dict(self.line.sent),
        }
        if self._structured:
            request["response_format"] = {"type": "json_schema", "json_schema": {"name": "answers", "schema": schema}}
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        async with (
            httpx.AsyncClient(timeout=httpx.Timeout(None, connect=CONNECT_SECONDS), trust_env=False) as client,
            client.stream(
                "POST", f"{self.line.url.rstrip('/')}/chat/completions", json=request, headers=headers
            ) as answer,
        ):
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > LARGEST:
                    raise ModelFailed("agent/answer", "the endpoint of the model answers with something else")
            return answer.status_code, body


def _slow() -> ModelFailed:
    return ModelFailed("agent/slow", "the model has not answered in time")


def _unreachable(wrong: BaseException) -> ModelFailed:
    """Why nothing came, as far as it can be said: who the endpoint is could not be believed, or it is not there."""
    cause: BaseException | None = wrong
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        return ModelFailed("agent/certificate", "the certificate of the model's endpoint is not to be trusted")
    return ModelFailed("agent/unreachable", "the endpoint of the model cannot be reached")


def _parse_answer(body: bytes) -> Completion:
    import json

    try:
        reply = json.loads(body)
        usage = reply.get("usage") or {}
        spent = [usage.get(f"{kind}_tokens") for kind in ("prompt", "completion", "total")]
        read, tokens_out, total = (max(0, number) if type(number) is int else 0 for number in spent)
        names = [str(reply.get(name) or "")[:LONGEST_NAME] for name in ("model", "system_fingerprint")]
        return Completion(
            str(reply["choices"][0]["message"]["content"] or ""), total or read + tokens_out, read, tokens_out, *names
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ModelFailed("agent/answer", "the endpoint of the model answers with something else") from None
