"""Where a host is, as its join line says it: `192.168.1.20:7410#k7qa-m2xd-9v3t-hw4e`."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from crisis_sim.errors import UnreadableInput

PORT: Final = 7410
"""Where a host listens unless told otherwise."""
HERE: Final = "127.0.0.1"
"""The address that only this machine reaches."""
_FORM: Final = re.compile(
    r"(?:(?P<name>[A-Za-z0-9._-]{1,253})|\[(?P<six>[0-9A-Fa-f:.]{2,45})\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?:#(?P<print>[a-z2-7]{4}(?:-[a-z2-7]{4}){3}))?"
)


class RoomAddress(Struct, frozen=True):
    """A host's address."""

    host: str
    port: int = PORT
    fingerprint: str = ""
    """Of the host's certificate; empty where it was not said."""

    def __str__(self) -> str:
        """As the join line has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}" + (f"#{self.fingerprint}" if self.fingerprint else "")

    @property
    def place(self) -> str:
        """Without the fingerprint: what it is known again by."""
        return str(RoomAddress(self.host, self.port))


def room_address(text: str) -> RoomAddress:
    """The address in `text`. Raises UnreadableInput."""
    found = _FORM.fullmatch(text.strip())
    port = int(found["port"] or PORT) if found else 0
    if found is None or not 0 < port < 65536:
        raise UnreadableInput(
            "room/address",
            "'{text}' is no address of a host",
            hint="write it as the host shows it: crisis-sim join 192.168.1.20:7410#abcd-efgh-ijkl-mnop",
            text=text[:200],
        )
    return RoomAddress(found["name"] or found["six"], port, found["print"] or "")
