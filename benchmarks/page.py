"""The page in a Chromium beside a bare page on a bare relay: first draw, submit to the other room, keys (A9).

The peer is a page of one line of text over a relay that writes each message to a file, waits for the disk, and sends it
to all. What is timed at either is the same, by the browser's own clock: from what asks in one window to the change of
the document in another; and from a key to the frame that shows it, while the host, or the relay, is stopped.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.rooms import HostProcess, p99
from benchmarks.table import Row, show
from tests.rooms.browsed import joined
from tests.rooms.browser import CHROMIUM, Tab, browser

ACTS, DRAWS, STOPPED, PAUSE = 60, 7, 30.0, 0.1
"""Acts, first draws, seconds for which a host is stopped, seconds between two keys."""
APART = 0.3
"""Seconds between two acts: a page asks for its forms too, and a line takes 20 messages a second."""
CLOCK = "performance.timeOrigin + performance.now()"
FIRST = """new MutationObserver(() => {
  if (!window.drawn && document.querySelector("#stage > *")) window.drawn = performance.now();
}).observe(document, {childList: true, subtree: true});"""
WATCH = f"""window.changed = []; window.had = {{place}}.innerText; new MutationObserver(() => {{{{
  const now = {{place}}.innerText;
  if (now !== window.had) window.changed.push({CLOCK});
  window.had = now;
}}}}).observe({{place}}, {{{{childList: true, subtree: true, characterData: true}}}});"""
KEYS = """window.waits = []; addEventListener("keydown", (event) => {
  requestAnimationFrame(() => { const of = new MessageChannel();
    of.port1.onmessage = () => window.waits.push(performance.now() - event.timeStamp); of.port2.postMessage(0); });
}, true);"""
NOW = "document.querySelector('#duty')"


async def changed_at(tab: Tab, number: int) -> float:
    """When the document has changed so often."""
    await tab.until(f"window.changed.length >= {number}")
    return float(await tab.run(f"window.changed[{number - 1}]"))


async def between(asks: Tab, ask: str, shows: Tab, number: int) -> float:
    """Milliseconds from what is done at one window to the change at the other."""
    began = float(await asks.run(f"window.at = {CLOCK}; {ask}; window.at"))
    return await changed_at(shows, number) - began


async def typed(tab: Tab, process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> list[float]:
    """Milliseconds from each key to its frame, while a process is stopped."""
    await tab.call("Page.bringToFront")
    await tab.run(KEYS)
    process.send_signal(signal.SIGSTOP)
    try:
        for number in range(round(STOPPED / PAUSE)):
            await tab.press("abcdefghij"[number % 10])
            await asyncio.sleep(PAUSE)
        return [float(wait) for wait in await tab.run("window.waits")]
    finally:
        process.send_signal(signal.SIGCONT)


async def ours(opened: Callable[[str], object], folder: Path) -> tuple[list[float], list[float], list[float]]:
    """First draws, submits to the other room, and keys."""
    host = HostProcess(folder, "us=1,china=1")
    try:
        white, us, china = [await opened(host.page) for _ in range(3)]  # type: ignore[misc]  # tabs
        for tab, label in ((white, "facilitator-1"), (us, "us-1"), (china, "china-1")):
            await joined(tab, host.codes[label])
            if tab is not white:  # the card comes first
                await tab.until("document.querySelector('[data-key=submit]')")
                await tab.run("document.querySelector('[data-key=submit]').click()")
                await tab.until("document.querySelector('.doors')")
        draws = []
        await us.call("Page.addScriptToEvaluateOnNewDocument", source=FIRST)
        for _ in range(DRAWS):
            await us.call("Page.reload")
            await us.until("window.drawn")
            draws.append(float(await us.run("window.drawn")))
        await china.run(WATCH.format(place=NOW))
        acts = []
        for number in range(ACTS):
            door = f"document.querySelector('[data-key=\"door {'unpause' if number % 2 else 'pause'}\"]')"
            await white.until(door)
            await white.run(f"{door}.click()")
            await white.until("document.querySelector('[data-key=submit]')")
            acts.append(await between(white, "document.querySelector('[data-key=submit]').click()", china, number + 1))
            await white.until("!document.querySelector('#form-title')")
            await asyncio.sleep(APART)
        await us.until("document.querySelector('[data-key=\"door note\"]')")
        await us.run("document.querySelector('[data-key=\"door note\"]').click()")
        await us.until("document.activeElement?.id === 'text'")
        return draws, acts, await typed(us, host.process)
    finally:
        host.process.send_signal(signal.SIGCONT)
        host.end()


async def bare(opened: Callable[[str], object], folder: Path) -> tuple[list[float], list[float]]:
    """The same of a page that says what a relay sends."""
    ready = folder / "port"
    relay = subprocess.Popen([sys.executable, "-m", "benchmarks.rooms", "relay", str(folder), "paged"])  # noqa: ASYNC220 - it goes on beside
    try:
        while not ready.exists() or not ready.read_text("utf-8"):  # noqa: ASYNC110 - another process makes it
            await asyncio.sleep(0.05)
        address = f"http://127.0.0.1:{ready.read_text('utf-8')}/"
        tabs = [await opened(address) for _ in range(3)]  # type: ignore[misc]  # tabs
        for tab in tabs:
            await tab.until("window.line?.readyState === 1")
        await tabs[1].run(WATCH.format(place="document.querySelector('p')"))
        acts = []
        for number in range(ACTS):
            acts.append(await between(tabs[0], f"line.send('{number} '.padEnd(160, 'x'))", tabs[1], number + 1))
            await asyncio.sleep(APART)
        await tabs[2].run("document.querySelector('textarea').focus()")
        return acts, await typed(tabs[2], relay)
    finally:
        with suppress(OSError):
            os.kill(relay.pid, signal.SIGCONT)
        relay.kill()
        relay.wait()


async def measured() -> None:
    with TemporaryDirectory() as kept:
        places = [Path(kept) / name for name in ("ours", "bare")]
        for place in places:
            place.mkdir()
        async with browser() as opened:
            draws, acts, keys = await ours(opened, places[0])
            peer, beside = await bare(opened, places[1])
    show(
        f"the page in Chromium: {ACTS} submits to the other room, {len(keys)} keys in {STOPPED:.0f} s without a host",
        [
            Row(f"{what}, {name}", f"{of(took):.1f} ms, {of(other):.1f} ms", of(took) - of(other))
            for what, took, other in (("submit to the other room", acts, peer), ("key to frame", keys, beside))
            for name, of in (("p50", median), ("p99", p99), ("most", max))
        ],
        "ms above bare",
        f"first draw: {median(draws):.0f} ms, at most {max(draws):.0f}",
    )


def main() -> None:
    """Print the table."""
    if not CHROMIUM:
        print("no Chromium is installed here: apt-get install chromium")
        return
    asyncio.run(measured())


if __name__ == "__main__":
    main()
