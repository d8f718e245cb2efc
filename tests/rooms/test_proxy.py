"""A host behind a real nginx, with the configuration that is shipped: terminals ask the system's authorities."""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.rooms.authority import issued
from tests.rooms.house import House, begun
from tests.rooms.test_host_killed import free_port
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from crisis_sim.engine import actions as a
from crisis_sim.errors import UnreadableInput
from crisis_sim.rooms.address import RoomAddress, public_address, room_address
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.not_admitted import NotAdmitted
from crisis_sim.rooms.page_server import PageServer
from crisis_sim.rooms.remote import Remote

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
PAGES = (("", b"app.js"), ("/", b"app.js"), ("/app.js", b"import"), ("/words-zh.json", b"{"))
needs_nginx = pytest.mark.skipif(NGINX is None, reason="there is no nginx here; CI installs Debian's nginx-light")


def fetched(address: str) -> bytes:
    with urlopen(address) as answered:
        return bytes(answered.read())


@asynccontextmanager
async def proxied(place: Path, port: int, pages: int = 1) -> AsyncIterator[RoomAddress]:
    """An nginx before a host at `port`, by the shipped configuration; the address that terminals join."""
    public = free_port()
    issued(place)
    settings = SHIPPED.read_text("utf-8")
    for shipped, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{public} ssl"),
        ("/etc/ssl/crisis.example.org.pem", str(place / "site.pem")),
        ("/etc/ssl/crisis.example.org.key", str(place / "site.key")),
        ("127.0.0.1:7410", f"127.0.0.1:{port}"),
        ("127.0.0.1:7411", f"127.0.0.1:{pages}"),
        ("server_name crisis.example.org", "server_name localhost"),
    ):
        assert shipped in settings
        settings = settings.replace(shipped, here)
    (place / "nginx.conf").write_text(
        f"daemon off; pid {place}/nginx.pid; error_log {place}/error.log info; events {{}}\n"
        f"http {{ access_log {place}/access.log combined; client_body_temp_path {place}/body;\n{settings} }}",
        "utf-8",
    )
    process = subprocess.Popen(  # noqa: ASYNC220 - it goes on beside
        [str(NGINX), "-p", str(place), "-c", str(place / "nginx.conf"), "-e", str(place / "error.log")]
    )
    try:
        async with asyncio.timeout(20):
            while True:
                assert process.poll() is None, (place / "error.log").read_text()
                try:
                    socket.create_connection(("127.0.0.1", public)).close()
                    break
                except OSError:
                    await asyncio.sleep(0.05)
        yield room_address(f"https://localhost:{public}/tuesday")
    finally:
        process.terminate()
        process.wait()


@needs_nginx
async def test_terminals_play_through_a_proxy_and_nothing_secret_stands_in_its_logs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whom an authority vouches for is believed, and nobody else; a code or token is in no address."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house, proxied(tmp_path, house.port) as address:
            _guest, code = house.hub.guests.invite("us")
            remote = Remote(address, SeatMirror(code=code))
            with pytest.raises(NotAdmitted) as refused:
                async with remote:
                    pass
            assert refused.value.code == "room/untrusted" and house.hub.guests.all[0].code, (
                "the code was told to nobody"
            )
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
            async with Remote(address, SeatMirror(code=code)) as seat:
                await seat.submit(a.TakeNote(text="through the proxy"))
                assert [note.text for note in seat.view().notes] == ["through the proxy"]  # type: ignore[union-attr]  # a team's
                token = seat.mirror.token
            async with Remote(address, SeatMirror(token=token)) as seat:
                assert seat.mirror.label == "us-1"
    logged = "".join((tmp_path / name).read_text("utf-8") for name in ("access.log", "error.log"))
    assert "terminals" in logged and token and token not in logged
    assert code not in logged and code.replace("-", "") not in logged


@needs_nginx
async def test_the_page_and_its_line_come_through_the_proxy_under_a_name_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the address of the exercise, so that several share one machine; a page of another site opens no line."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            port, address = free_port(), ""
            async with proxied(tmp_path, house.port, port) as found:
                address, site = found.public, "/".join(found.public.split("/")[:3])
                page = PageServer(house.server, {"localhost"}, {site})
                monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
                async with page.listening("127.0.0.1", port):
                    for path, told in PAGES:
                        assert told in await asyncio.to_thread(fetched, f"{address}{path}")
                    there = f"wss{address.removeprefix('https')}/line"
                    async with connect(there, origin=site, proxy=None) as line:  # type: ignore[arg-type]  # a string
                        await line.send("{}")
                        assert "malformed" in str(await line.recv())
                    with pytest.raises(InvalidStatus):
                        async with connect(there, origin="https://example.org", proxy=None):  # type: ignore[arg-type]  # a string
                            pass


@pytest.mark.parametrize(("behind_proxy", "came_from"), [(True, "192.0.2.7"), (False, "127.0.0.1")])
async def test_wrong_codes_are_counted_by_where_they_come_from_and_not_by_the_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, behind_proxy: bool, came_from: str
) -> None:
    """By what the proxy adds last; without one, what a client says of its own address is not believed."""
    with begun(tmp_path) as session:
        async with House(tmp_path, session).open() as house:
            house.server.behind_proxy = behind_proxy
            seen = asyncio.get_running_loop().create_future()
            monkeypatch.setattr(house.hub, "connect", lambda _who, address: seen.set_result(address))
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            said = {"X-Forwarded-For": "10.0.0.1, 192.0.2.7"}
            async with connect(f"wss://127.0.0.1:{house.port}/", ssl=context, additional_headers=said):
                async with asyncio.timeout(5):
                    assert await seen == came_from


async def test_at_another_address_of_the_same_authority_nobody_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name in the certificate is the one that was typed, or the line is closed before anything is told."""
    issued(tmp_path, name="elsewhere.example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "site.pem", tmp_path / "site.key")
    with begun(tmp_path) as session:
        house = House(tmp_path, session)
        async with house.server.listening("127.0.0.1", 0, context) as port:
            with pytest.raises(NotAdmitted) as refused:
                async with Remote(public_address(f"https://localhost:{port}"), SeatMirror(code="AAAA-AAAA")):
                    pass
            assert refused.value.code == "room/untrusted"


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("https://crisis.example.org", "wss://crisis.example.org/terminals", "https://crisis.example.org"),
        (
            "https://Crisis.example.org:8443/a/",
            "wss://crisis.example.org:8443/a/terminals",
            "https://crisis.example.org:8443/a",
        ),
        ("HTTPS://[::1]/x", "wss://[::1]/x/terminals", "https://[::1]/x"),
    ],
)
def test_a_public_address_is_read_and_told_without_a_fingerprint(text: str, line: str, told: str) -> None:
    address = room_address(text)
    assert (address.line, str(address), address.place, address.fingerprint) == (line, told, told, "")
    assert room_address(str(address)) == address


@pytest.mark.parametrize(
    "text", ["https://", "https://a@b", "https://a/?code=x", "https://a/#x", "https://a b", "https://a:99999"]
)
def test_what_is_no_public_address_is_said(text: str) -> None:
    with pytest.raises(UnreadableInput):
        room_address(text)
