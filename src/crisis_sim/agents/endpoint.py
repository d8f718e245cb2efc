"""An endpoint that speaks the protocol of OpenAI's chat completions: one question, one answer in JSON.

Says in a sentence what goes wrong. The key is read by whoever makes this, from the environment; it goes into a header
and nowhere else.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

import httpx
from msgspec import Struct

from crisis_sim.errors import CrisisSimError

TRIES: Final = 3
"""How often one question is sent where the endpoint is busy, cut off or broken."""
LARGEST: Final = 1_000_000
"""Bytes of an answer."""


class ModelFailed(CrisisSimError):
    """No answer came from the model."""


class ModelRefused(ModelFailed):
    """None will come: the endpoint does not know the key, the address or the model."""

    exit_code = 2


class Told(Struct, frozen=True):
    """What a model said."""

    text: str
    tokens: int
    """Those of question and answer; 0 where the endpoint does not say."""


class Endpoint:
    """A model at an address."""

    def __init__(self, url: str, model: str, temperature: float, key: str = "", *, wait: float = 1.0) -> None:
        """`url` ends before `/chat/completions`; `wait` is how many seconds the first new try waits."""
        self.url, self.model, self.temperature = url.rstrip("/"), model, temperature
        self._key, self._wait = key, wait
        self._structured = True

    async def ask(self, messages: list[dict[str, str]], schema: dict[str, Any], seconds: float) -> Told:
        """The answer to `messages`, within so many seconds. Raises ModelFailed."""
        try:
            async with asyncio.timeout(seconds):
                return await self._asked(messages, schema)
        except TimeoutError:
            raise ModelFailed("agent/slow", "the model has not answered in time") from None

    async def _asked(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> Told:
        status = 0
        for left in reversed(range(TRIES)):
            try:
                status, body = await self._sent(messages, schema)
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
                status, body = 0, b""
            if status == 200:
                return _read(body)
            if status in (400, 422) and self._structured:
                self._structured = False  # an endpoint without structured output: JSON is asked for in words alone
            elif status in (401, 403, 404):
                raise ModelRefused("agent/refused", "the endpoint of the model refuses: HTTP {status}", status=status)
            if left:
                await asyncio.sleep(self._wait * (TRIES - left))
        if status:
            raise ModelFailed(
                "agent/http", "the endpoint of the model answers with an error: HTTP {status}", status=status
            )
        raise ModelFailed("agent/unreachable", "the endpoint of the model cannot be reached")

    async def _sent(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> tuple[int, bytes]:
        asked: dict[str, Any] = {"model": self.model, "temperature": self.temperature, "messages": messages}
        if self._structured:
            asked["response_format"] = {"type": "json_schema", "json_schema": {"name": "answers", "schema": schema}}
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        async with (
            httpx.AsyncClient(timeout=None, trust_env=False) as client,
            client.stream("POST", f"{self.url}/chat/completions", json=asked, headers=headers) as answer,
        ):
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > LARGEST:
                    raise ModelFailed("agent/answer", "the endpoint of the model answers with something else")
            return answer.status_code, body


def _read(body: bytes) -> Told:
    import json

    try:
        said = json.loads(body)
        tokens = (said.get("usage") or {}).get("total_tokens", 0)
        return Told(str(said["choices"][0]["message"]["content"] or ""), tokens if isinstance(tokens, int) else 0)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ModelFailed("agent/answer", "the endpoint of the model answers with something else") from None
