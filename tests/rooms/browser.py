"""A Chromium without a window, driven by keys over its debugging protocol; what it asks and complains of is kept."""

from __future__ import annotations

import asyncio
import atexit
import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from functools import cache
from itertools import count
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
KEYS = {
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "Tab": (9, ""),
    "Backspace": (8, ""),
    "ArrowDown": (40, ""),
    "ArrowUp": (38, ""),
    "ArrowRight": (39, ""),
    " ": (32, " "),
}
PATIENCE = 20.0
"""Seconds after which what is waited for does not come."""


class Tab:
    """One page of it."""

    def __init__(self, line: ClientConnection, profile: str = "") -> None:
        self._line = line
        self.profile = profile
        """Names what its browser keeps: tabs of one profile share that."""
        self._numbers = count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.complaints: list[str] = []
        """What its console has said."""
        self.asked: list[str] = []
        """Every address that it has asked for."""
        self._hearing = asyncio.create_task(self._hear_until_closed())

    async def _hear_until_closed(self) -> None:
        with suppress(ConnectionClosed):
            await self._hear()

    async def _hear(self) -> None:
        async for said in self._line:
            message = json.loads(said)
            if "id" in message:
                answer = self._answers.pop(message["id"], None)
                if answer is not None and not answer.done():
                    answer.set_result(message)
                continue
            told = message.get("params", {})
            match message["method"]:
                case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded":
                    self.complaints.append(json.dumps(told)[:600])
                case "Network.requestWillBeSent":
                    self.asked.append(told["request"]["url"])
                case "Network.webSocketCreated":
                    self.asked.append(told["url"])

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """A command of the protocol."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._line.send(json.dumps({"id": number, "method": method, "params": params}))
        told = await asyncio.wait_for(answer, PATIENCE)
        assert "error" not in told, told
        result: dict[str, Any] = told["result"]
        return result

    async def run(self, script: str) -> Any:
        """What a script comes to."""
        told = await self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    async def text(self, place: str = "body") -> str:
        """What can be read at a place."""
        return str(await self.run(f"document.querySelector({json.dumps(place)})?.innerText ?? ''"))

    async def until(self, script: str) -> None:
        """Wait until a script comes to something."""
        async with asyncio.timeout(PATIENCE):
            while not await self.run(f"!!({script})"):  # noqa: ASYNC110 - a browser is asked, and tells by itself nothing
                await asyncio.sleep(0.02)

    async def reads(self, words: str, place: str = "body") -> None:
        """Wait until words can be read at a place."""
        try:
            await self.until(
                f"(document.querySelector({json.dumps(place)})?.innerText ?? '').includes({json.dumps(words)})"
            )
        except TimeoutError:
            raise AssertionError(f"{words!r} is not in:\n{await self.text(place)}") from None

    async def press(self, key: str, *, ctrl: bool = False, early: bool = False) -> None:
        """Press a key, as somebody who has seen what is asked; or `early`, before that."""
        if not early:
            await self.until("!document.querySelector('[data-early]')")
        code, text = KEYS[key] if key in KEYS else (ord(key.upper()), key)
        event = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 2 if ctrl else 0}
        if text and not ctrl:
            event["text"] = text
        await self.call("Input.dispatchKeyEvent", type="keyDown", **event)
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    async def type(self, words: str) -> None:
        """Type words where the focus is."""
        await self.call("Input.insertText", text=words)

    async def close(self) -> None:
        """Close it, as somebody does who clicks on its cross."""
        await self._line.send(json.dumps({"id": next(self._numbers), "method": "Page.close"}))
        await self._hearing

    async def picture(self, width: int, height: int) -> bytes:
        """A picture of it at a size."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        await asyncio.sleep(0.2)
        told = await self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(told["data"])


class Opening(Protocol):
    """Opens a page in a profile of its own, or in one that another tab has."""

    def __call__(self, address: str, beside: Tab | None = None) -> Awaitable[Tab]: ...


@cache
def chromium() -> str:
    """The address of a Chromium that all tests of this process share; each has profiles of its own in it."""
    folder = tempfile.mkdtemp()
    process = subprocess.Popen(
        [
            *(CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0"),
            *(f"--user-data-dir={folder}", "about:blank"),
        ],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"LANG": "C.UTF-8"},
    )

    def end() -> None:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(rb"ws://\S+", line):
            return found[0].decode()
    raise AssertionError("Chromium has not started")


@asynccontextmanager
async def browser() -> AsyncIterator[Opening]:
    """What opens pages; they are closed in the end."""
    address = chromium()
    place = address.removeprefix("ws://").partition("/")[0]
    head = await connect(address, max_size=None, proxy=None)
    tabs, first, profiles = [head], Tab(head), list[str]()

    async def opened(address: str, beside: Tab | None = None) -> Tab:
        if beside is None:
            context: str = (await first.call("Target.createBrowserContext"))["browserContextId"]
            profiles.append(context)
        else:
            context = beside.profile
        made = await first.call("Target.createTarget", url="about:blank", browserContextId=context)
        line = await connect(f"ws://{place}/devtools/page/{made['targetId']}", max_size=None, proxy=None)
        tabs.append(line)
        tab = Tab(line, context)
        for domain in ("Page", "Runtime", "Network", "Log"):
            await tab.call(f"{domain}.enable")
        await tab.call("Page.navigate", url=address)
        return tab

    try:
        yield opened
    finally:
        for profile in profiles:
            await first.call("Target.disposeBrowserContext", browserContextId=profile)
        for line in tabs:
            await line.close()


__all__ = ["CHROMIUM", "Tab", "browser"]
