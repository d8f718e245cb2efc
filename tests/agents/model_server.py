"""A small server that speaks the protocol of chat completions and answers by a script."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from threading import Thread
from types import MappingProxyType
from typing import Any

Answer = tuple[int, bytes]
Script = Callable[[int, dict[str, Any]], Answer]


def said(text: str) -> Answer:
    """A good envelope round any text."""
    return 200, json.dumps({"choices": [{"message": {"content": text}}], "usage": {"total_tokens": 100}}).encode()


def fitting(number: int, asked: dict[str, Any], values: Mapping[str, Any] = MappingProxyType({})) -> Answer:
    """An answer that fits what is asked, now the first option, now the last; `values` are given to fields by name."""
    form = asked["response_format"]["json_schema"]["schema"]["properties"]
    return said("Here it is: " + json.dumps({name: _value(number, of) for name, of in form.items()} | dict(values)))


def _value(number: int, of: dict[str, Any]) -> Any:
    if "enum" in of:
        return of["enum"][-1 if number % 2 else int(of["enum"][0] == 0)]
    if of["type"] == "integer":
        return of["maximum"] if number % 2 else max(of["minimum"], 1)
    if of["type"] == "array":
        return of["items"]["enum"][::-1]
    return "We ask you to share what you know."


class ModelServer:
    """What was asked, and where."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: list[dict[str, Any]] = []
        self.heads: list[str] = []
        self.url = ""

    @property
    def prompts(self) -> str:
        return "\n".join(each["content"] for asked in self.asked for each in asked["messages"])

    @asynccontextmanager
    async def open(self, context: ssl.SSLContext | None = None) -> AsyncIterator[ModelServer]:
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0, ssl=context)
        scheme = "http" if context is None else "https"
        self.url = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        try:
            yield self
        finally:
            server.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next(line for line in head.lower().splitlines() if line.startswith("content-length:"))
        asked = json.loads(await reader.readexactly(int(length.split(":")[1])))
        self.heads.append(head)
        self.asked.append(asked)
        status, body = self.script(len(self.asked), asked)
        if status == -1:  # never
            await asyncio.sleep(30)
        if status > 0:
            writer.write(
                f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
            )
            await writer.drain()
        writer.close()


@contextmanager
def serving(script: Script) -> Iterator[ModelServer]:
    """Such a server in a thread of its own, for commands."""
    server, loop = ModelServer(script), asyncio.new_event_loop()

    async def serve() -> None:
        async with server.open():
            is_up.set_result(None)
            await over

    is_up, over = Future[None](), loop.create_future()
    thread = Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    is_up.result(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(over.set_result, None)
        thread.join(10)
        loop.close()
