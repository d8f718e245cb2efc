"""The port for browsers: the page's files, and the lines that its script opens; what is said on them is not known here.

A browser is answered that asks for this host by an address or by a name that it has; its line is taken from this page
alone. The page runs its own script, asks nothing of any other host, and is kept nowhere.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from http import HTTPStatus
from importlib.resources import files
from ipaddress import ip_address
from typing import Final, NamedTuple

import msgspec
from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.errors import Sentence
from crisis_sim.pages.translator import Translator
from crisis_sim.rooms.page_words import LANGUAGES, page_words
from crisis_sim.rooms.server import RoomServer
from crisis_sim.rules.names import Language
from crisis_sim.wording import in_words

LINE: Final = "/line"
"""Where the script opens its line."""
WALL: Final = "/wall"
"""The same page, drawn large for a projector."""
NO_ROOM: Final = Sentence(
    "More are at the door of this exercise than it lets in at once. This page asks again every few seconds."
)
AGAIN: Final = "3"
"""Seconds after which a browser asks again that found no room."""
METHODS: Final = ("GET", "HEAD")
KINDS: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
GUARDED: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


HTTPS_ONLY: Final = {"Strict-Transport-Security": "max-age=86400"}
"""For a day, and where the host has a certificate: the laptop of a workshop serves other things afterwards."""


class PageFile(NamedTuple):
    """A file as it is served."""

    kind: str
    data: bytes


def page_files() -> dict[str, PageFile]:
    """All that is served whatever is played, by its path."""
    served: dict[str, PageFile] = {}
    for file in files(__package__).joinpath("page").iterdir():
        ending = file.name[file.name.rfind(".") :]
        if ending in KINDS:
            served[f"/{file.name}"] = PageFile(KINDS[ending], file.read_bytes())
    served["/"] = served[WALL] = served.pop("/index.html")
    return served


def words_file(language: Language, dossier: Dossier) -> PageFile:
    """The words of the page's script, and what the exercise is called that is joined there."""
    words = page_words(language) | {"exercise": Translator(dossier, language).title}
    return PageFile(KINDS[".json"], msgspec.json.encode(words))


class PageServer:
    """What listens for browsers."""

    def __init__(self, rooms: RoomServer, names: Collection[str] = (), origins: Collection[str] = ()) -> None:
        """`names` are this host's beside its addresses; `origins` those of a proxy before it."""
        self._rooms = rooms
        self._names = frozenset({"localhost", *(each.lower() for each in names)})
        self._origins = frozenset(origins)
        self._files = page_files()
        self._is_encrypted = False

    @asynccontextmanager
    async def listening(self, host: str, port: int, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
        """Take browsers until left; the port, which is a free one where `port` is 0. Raises UnreadableInput."""
        self._is_encrypted = context is not None
        async with self._rooms.open_at(host, port, context, self._answer, no_room()) as found:
            try:
                yield found
            finally:
                await self._rooms.farewell()

    def _answer(self, line: ServerConnection, request: Request) -> Response | None:
        """A file, or None for a line of this page."""
        response = self._response(request)
        if response is not None:
            response.headers.update(HTTPS_ONLY if self._is_encrypted else {})
            if method_of(request) == "HEAD":
                response.body = b""
        return response

    def _response(self, request: Request) -> Response | None:
        if method_of(request) not in METHODS:
            refusal = _said(HTTPStatus.METHOD_NOT_ALLOWED)
            refusal.headers["Allow"] = ", ".join(METHODS)
            return refusal
        named = request.headers.get_all("Host")
        if len(named) != 1 or not self._is_ours(named[0]):
            return _said(HTTPStatus.MISDIRECTED_REQUEST)
        path = request.path.partition("?")[0]
        if path == LINE:
            return None if self._is_from_here(request, named[0]) else _said(HTTPStatus.FORBIDDEN)
        file = self._words(path) or self._files.get(path)
        return _said(HTTPStatus.NOT_FOUND) if file is None else _said(HTTPStatus.OK, file)

    def _words(self, path: str) -> PageFile | None:
        language = next((each for each in LANGUAGES if path == f"/words-{each}.json"), None)
        return None if language is None else words_file(language, self._rooms.hub.exercise.dossier("observer"))

    def _is_ours(self, named: str) -> bool:
        """Whether a browser means this host: a name that anybody could point here is not enough."""
        host = named.rpartition(":")[0] if named.rpartition(":")[2].isdecimal() and not named.endswith("]") else named
        host = host.removeprefix("[").removesuffix("]").lower()
        try:
            ip_address(host)
        except ValueError:
            return host in self._names
        return True

    def _is_from_here(self, request: Request, named: str) -> bool:
        """Whether a line is opened by this page and not by another in somebody's browser."""
        origins = request.headers.get_all("Origin")
        if len(origins) != 1:
            return False
        scheme, _colon, place = origins[0].partition("://")
        return origins[0] in self._origins or (scheme in ("http", "https") and place.lower() == named.lower())


def method_of(request: Request) -> str:
    """How it asks; earlier versions of the library refuse by themselves what is no GET."""
    return str(getattr(request, "method", "GET"))


def no_room() -> bytes:
    """What a browser reads that finds no room at the door; it asks again by itself."""
    said = "".join(f'<p lang="{each}">{in_words(NO_ROOM, each)}</p>' for each in LANGUAGES)
    page = f'<!doctype html><meta name="viewport" content="width=device-width"><title>crisis-sim</title>{said}'
    response = _said(HTTPStatus.SERVICE_UNAVAILABLE, PageFile(KINDS[".html"], page.encode()))
    response.headers["Refresh"] = response.headers["Retry-After"] = AGAIN
    return response.serialize()


def _said(status: HTTPStatus, file: PageFile | None = None) -> Response:
    kind, data = file or PageFile("text/plain; charset=utf-8", f"{status.phrase}\n".encode())
    headers = Headers({**GUARDED, "Content-Type": kind, "Content-Length": str(len(data)), "Connection": "close"})
    return Response(status.value, status.phrase, headers, data)
