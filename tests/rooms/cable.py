"""A cable between a client and a host, for tests of lines that are lost without a word."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Cable:
    """A cable between a client and a host, which can be pulled out in the middle without either being told."""

    def __init__(self, port: int) -> None:
        self.port = port
        """Where it leads; 9, where nobody listens, is a network that is not back yet."""
        self.whole = asyncio.Event()
        self.whole.set()

    @asynccontextmanager
    async def laid(self) -> AsyncIterator[int]:
        served = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        try:
            yield int(served.sockets[0].getsockname()[1])
        finally:
            self.whole.set()  # or whoever ends in the middle of it waits for ever
            served.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.close()
            return
        ways = [asyncio.create_task(self._way(reader, back)), asyncio.create_task(self._way(there, writer))]
        await asyncio.wait(ways, return_when="FIRST_COMPLETED")
        await self.whole.wait()  # what ends at one side is told to the other only over a whole cable
        for each in (back, writer):
            each.close()

    async def _way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65536):
            await self.whole.wait()
            writer.write(said)
