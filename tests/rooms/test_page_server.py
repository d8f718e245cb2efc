"""The port for browsers: what it serves, under which guards, and from where a line is taken."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from tests.engine.play import small
from tests.rooms.authority import issued
from tests.rooms.hosted import opened
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from crisis_sim.cli.host_ways import HostWays
from crisis_sim.rooms import server, wire
from crisis_sim.rooms.connection_gate import ConnectionLimits
from crisis_sim.rooms.page_server import GUARDED, PageServer, page_files
from crisis_sim.rooms.page_words import WORDS, page_words
from crisis_sim.rooms.room_folder import Ports
from crisis_sim.rooms.server import RoomServer


@asynccontextmanager
async def served(**more: set[str]) -> AsyncIterator[int]:
    hub, _ = opened(small())
    async with PageServer(RoomServer(hub), **more).listening("127.0.0.1", 0) as port:
        yield port


async def got(
    port: int, path: str, host: str = "", *extra: str, method: str = "GET", tls: ssl.SSLContext | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=tls)
    heads = (f"Host: {host or f'127.0.0.1:{port}'}", *extra)
    writer.write("\r\n".join([f"{method} {path} HTTP/1.1", *heads, "", ""]).encode())
    head, _blank, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    status, *lines = head.decode().split("\r\n")
    return int(status.split()[1]), dict(line.split(": ", 1) for line in lines), body


async def test_each_file_is_served_as_what_it_is_under_every_guard() -> None:
    """The page, its script and style, the words; nothing is kept by anybody on the way."""
    async with served() as port:
        for path, file in page_files().items():
            status, headers, body = await got(port, path)
            assert (status, headers["Content-Type"], body) == (200, file.kind, file.data)
            assert GUARDED.items() <= headers.items()
        status, headers, body = await got(port, "/words-en.json")
        assert status == 200 and GUARDED.items() <= headers.items()
        assert msgspec.json.decode(body)["exercise"] == "A small test", "who opens the page sees what is joined there"
    assert "default-src 'none'" in GUARDED["Content-Security-Policy"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "FOO"])
async def test_the_page_is_read_and_nothing_else_is_asked_of_it(method: str) -> None:
    """Any other method is refused with those that there are; no answer names a version of what gives it."""
    async with served() as port:
        for path in ("/", "/app.js", "/line", "/nothing"):
            status, headers, _body = await got(port, path, method=method)
            assert (status, headers["Allow"]) == (405, "GET, HEAD") and GUARDED.items() <= headers.items()
            assert "Server" not in headers
        status, headers, body = await got(port, "/", method="HEAD")
        assert (status, headers["Content-Length"], body) == (200, str(len(page_files()["/"].data)), b"")
        assert "Server" not in headers and "Strict-Transport-Security" not in headers


async def test_behind_a_certificate_a_browser_is_told_to_come_encrypted_alone(tmp_path: Path) -> None:
    """With every answer; in the open, where it would keep people out of what else this machine serves, with none."""
    issued(tmp_path)
    here, there = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    here.load_cert_chain(tmp_path / "site.pem", tmp_path / "site.key")
    there.check_hostname, there.verify_mode = False, ssl.CERT_NONE
    hub, _ = opened(small())
    async with PageServer(RoomServer(hub)).listening("127.0.0.1", 0, here) as port:
        for path in ("/", "/nothing"):
            _status, headers, _body = await got(port, path, tls=there)
            assert headers["Strict-Transport-Security"] == "max-age=86400"


async def test_a_certificate_of_ones_own_is_typed_by_its_name_and_answered_under_it(tmp_path: Path) -> None:
    """The address that the host shows is one that a browser trusts; a number, or another name, would be none."""
    issued(tmp_path, "rooms.example.org")
    ways = HostWays("0.0.0.0", Ports(7410, 7411), str(tmp_path / "site.pem"))
    assert ways.address == "https://rooms.example.org:7411/"
    async with served(names=set(ways.names)) as port:
        for host, status in (("rooms.example.org:7411", 200), ("other.example.org:7411", 421)):
            assert (await got(port, "/", host))[0] == status


async def test_a_line_that_has_shown_no_code_is_told_nothing_of_the_exercise(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it stands there; signs of life, with the time that is left, are for those who have come."""
    monkeypatch.setattr(server, "TICK", 0.02)
    hub, hosted = opened(small())
    hosted.left = 417
    rooms = RoomServer(hub, ConnectionLimits(hello=0.3))
    async with PageServer(rooms).listening("127.0.0.1", 0) as port:
        origin = Origin(f"http://127.0.0.1:{port}")
        for code in ("", hub.guests.invite("us")[1]):
            heard: list[str | bytes] = []
            async with connect(f"ws://127.0.0.1:{port}/line", origin=origin, proxy=None, ping_interval=None) as line:
                if code:
                    await line.send(wire.encoded(wire.Hello(wire.VERSION, code=code)), text=True)
                with suppress(ConnectionClosed):
                    while len(heard) < 9:
                        heard.append(await line.recv())
            assert [b"417" in each for each in map(_bytes, heard)].count(True) >= 3 if code else heard == []


def _bytes(said: str | bytes) -> bytes:
    return said.encode() if isinstance(said, str) else said


@pytest.mark.parametrize("path", ["/page", "/../pyproject.toml", "/%2e%2e/hub.py", "/app.js/", "//app.js", "/hub.py"])
async def test_nothing_else_is_served(path: str) -> None:
    """There is no folder behind it, only the list of files."""
    async with served() as port:
        status, headers, _body = await got(port, path)
        assert status == 404 and GUARDED.items() <= headers.items()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *(("127.0.0.1", 200), ("localhost:80", 200), ("LOCALHOST", 200), ("[::1]:7411", 200), ("ours.example:1", 200)),
        *(("evil.example", 421), ("127.0.0.1.evil.example", 421), ("evil.example:7411", 421)),
    ],
)
async def test_a_browser_has_to_mean_this_host(host: str, status: int) -> None:
    """Whoever points a name of his own here is not answered."""
    async with served(names={"ours.example"}) as port:
        assert (await got(port, "/", host))[0] == status


async def test_two_hosts_in_one_request_are_none() -> None:
    """Which one is meant is not guessed."""
    async with served() as port:
        assert (await got(port, "/", "127.0.0.1", "Host: evil.example"))[0] == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1", "http://127.0.0.1:1", None])
async def test_a_line_is_taken_from_this_page_alone(origin: str | None) -> None:
    """A page of some other place may not speak to the host through somebody's browser."""
    async with served() as port:
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://127.0.0.1:{port}/line", origin=origin, proxy=None)  # type: ignore[arg-type]  # any text can come
        assert refused.value.response.status_code == 403
        async with connect(f"ws://127.0.0.1:{port}/line", origin=f"http://127.0.0.1:{port}", proxy=None):  # type: ignore[arg-type]  # an origin is text
            pass


async def test_a_proxys_own_address_can_be_named() -> None:
    """It asks for the host by its inner name."""
    origin = "https://exercise.example"
    async with served(origins={origin}) as port:
        line = await connect(f"ws://127.0.0.1:{port}/line", origin=origin, proxy=None)  # type: ignore[arg-type]  # text
        await line.close()


class Scripts(HTMLParser):
    """What a page runs and loads."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("src", "href"):
                self.loads.append(value or "")
            if name.startswith("on") or name == "style":
                self.inline.append(name)

    def handle_data(self, data: str) -> None:
        if self.lasttag in ("script", "style") and data.strip():
            self.inline.append(data)


def test_the_page_loads_its_own_files_and_runs_nothing_inline() -> None:
    """All that it names is served."""
    page, files = Scripts(), page_files()
    page.feed(files["/"].data.decode())
    assert page.inline == [] and {f"/{each}" for each in page.loads} <= files.keys()


@pytest.mark.parametrize("path", sorted(path for path in page_files() if path.endswith(".js")))
def test_the_script_makes_no_markup_and_no_sentence(path: str) -> None:
    """Foreign words become text alone, and every word comes from the host."""
    script = page_files()[path].data.decode()
    assert script.isascii() or set(filter(lambda each: not each.isascii(), script)) <= set("☑☐↑↓·–●▸▾")
    for risky in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "DOMParser"):
        assert risky not in script


def test_the_script_has_every_word_it_asks_for() -> None:
    """And asks for every word that it has."""
    scripts = "".join(file.data.decode() for path, file in page_files().items() if path.endswith(".js"))
    for name in (*WORDS, "exercise", "cut", "overtaken", "languages", "over"):
        assert f"words.{name}" in scripts, name
    for language in ("en", "zh"):
        words = page_words(language)
        assert all(words.values()) and msgspec.json.encode(words)
        assert "{clock}" in words["left"] and "{clock}" in words["over_time"], "where a language puts it"
