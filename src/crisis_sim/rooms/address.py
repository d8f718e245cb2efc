"""Where a host is, as its join line says it: `192.168.1.20:7410#k7qa-m2xd-9v3t-hw4e`, or `https://…` behind a proxy."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from crisis_sim.errors import UnreadableInput

PORT: Final = 7410
"""Where a host listens unless told otherwise."""
HERE: Final = "127.0.0.1"
"""The address that only this machine reaches."""
TERMINALS: Final = "terminals"
"""What a public address ends with where terminals are let in; a browser opens it without."""
_FORM: Final = re.compile(
    r"(?:(?P<name>[A-Za-z0-9._-]{1,253})|\[(?P<six>[0-9A-Fa-f:.]{2,45})\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?:#(?P<print>[a-z2-7]{4}(?:-[a-z2-7]{4}){3}))?"
)
_PATH: Final = re.compile(r"[A-Za-z0-9._~/-]{0,200}")


class RoomAddress(Struct, frozen=True):
    """A host's address."""

    host: str
    port: int = PORT
    fingerprint: str = ""
    """Of the host's certificate; empty where it was not said, or the authorities that the system trusts are asked."""
    public: str = ""
    """The address that a proxy answers at, `https://…` without a slash at its end; empty where the host itself does."""

    def __str__(self) -> str:
        if self.public:
            return self.public
        return f"{_bracketed(self.host)}:{self.port}" + (f"#{self.fingerprint}" if self.fingerprint else "")

    @property
    def place(self) -> str:
        """Without the fingerprint: what it is known again by."""
        return self.public or str(RoomAddress(self.host, self.port))

    @property
    def line(self) -> str:
        """Where a line is opened."""
        if self.public:
            return f"wss{self.public.removeprefix('https')}/{TERMINALS}"
        return f"wss://{_bracketed(self.host)}:{self.port}/"


def room_address(text: str) -> RoomAddress:
    """The address in `text`. Raises UnreadableInput."""
    if text.strip().lower().startswith("https://"):
        return public_address(text)
    found = _FORM.fullmatch(text.strip())
    port = int(found["port"] or PORT) if found else 0
    if found is None or not 0 < port < 65536:
        raise _no_address(text)
    return RoomAddress(found["name"] or found["six"], port, found["print"] or "")


def public_address(text: str) -> RoomAddress:
    """The address of a proxy, as `https://…`. Raises UnreadableInput."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        raise _no_address(text) from None
    named = _FORM.fullmatch(_bracketed(host))
    path = parts.path.rstrip("/")
    spoilt = parts.username is not None or parts.query or parts.fragment or not _PATH.fullmatch(path)
    if parts.scheme != "https" or named is None or spoilt:
        raise _no_address(text)
    there = _bracketed(host) + ("" if port == 443 else f":{port}")
    return RoomAddress(host, port, public=f"https://{there}{path}")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _no_address(text: str) -> UnreadableInput:
    return UnreadableInput(
        "room/address",
        "'{text}' is no address of a host",
        hint="write it as the host shows it: crisis-sim join 192.168.1.20:7410#abcd-efgh-ijkl-mnop",
        text=text[:200],
    )
