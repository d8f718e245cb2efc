"""How a hosted exercise is reached: at which address and ports, and how browsers are let in from other machines."""

from __future__ import annotations

import re
import shlex
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Final, TypeVar

from msgspec import Struct

from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.rooms.address import HERE, public_address, room_address
from crisis_sim.rooms.certificate import fingerprint_of_pem, names_of_pem
from crisis_sim.rooms.room_folder import Ports
from crisis_sim.session.disk import read_whole
from crisis_sim.session.places import Reach

Read = TypeVar("Read")

EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})
"""Addresses that mean every one that this machine has."""
OPEN: Final = "open"
"""What is said of browsers that are let in without encryption."""
_BOUND: Final = re.compile(r"(?P<name>[^:]+|\[[^\]]+\]):(?P<port>[0-9]{1,5})")


class HostWays(Struct, frozen=True):
    """Where a host listens, and how browsers of other machines are let in."""

    bind: str = HERE
    """Where terminals reach it; browsers too, where what is said is encrypted or was asked for in the open."""
    ports: Ports = Ports(0, 0)
    """0 for any that is free."""
    browsers: str = ""
    """`open`, the path of a certificate with its key, or the `https://…` of a proxy; empty: this machine's alone."""

    @property
    def public(self) -> str:
        """Where a proxy answers that encrypts; then nobody reaches the host itself from elsewhere. Raises likewise."""
        return public_address(self.browsers).public if "://" in self.browsers else ""

    @property
    def certificate(self) -> Path | None:
        """For terminals too; without it they are shown one that the host has made."""
        return Path(self.browsers) if self.browsers not in ("", OPEN) and "://" not in self.browsers else None

    @property
    def origins(self) -> frozenset[str]:
        """What a browser says that the page is from, where a proxy stands before it."""
        return frozenset({"/".join(self.public.split("/")[:3])} if self.public else ())

    @property
    def names(self) -> frozenset[str]:
        """Names under which a browser may ask for the page, beside this machine's."""
        public = {room_address(self.public).host} if self.public else set[str]()
        return frozenset({self.bind, *public, *self._certified})

    @property
    def _certified(self) -> tuple[str, ...]:
        """Names that the certificate is for. Raises UnreadableInput where there is none in the file."""
        return () if self.certificate is None else self._read(names_of_pem)

    @property
    def fingerprint(self) -> str:
        """Of the certificate that was named. Raises UnreadableInput where there is none in the file."""
        return self._read(fingerprint_of_pem)

    def _read(self, parse: Callable[[bytes], Read]) -> Read:
        assert self.certificate is not None
        try:
            return parse(read_whole(self.certificate))
        except ValueError as error:
            raise _unusable(self.certificate, str(error)) from None

    @property
    def page_bind(self) -> str:
        """The address at which browsers are listened for."""
        return self.bind if self.browsers else HERE

    @property
    def terminals_reach(self) -> Reach:
        """From where terminals reach the host."""
        return "anywhere" if self.public else "machine" if _is_machine_alone(self.bind) else "network"

    @property
    def browsers_reach(self) -> Reach:
        """From where browsers do."""
        if self.public:
            return "anywhere"
        if _is_machine_alone(self.page_bind):
            return "machine"
        return "open" if self.browsers == OPEN else "network"

    @property
    def address(self) -> str:
        """What is typed in a browser."""
        if self.public:
            return f"{self.public}/"
        host = next(iter(self._certified), "") if self.page_bind in EVERYWHERE else ""  # a browser trusts no other
        host = host or reached_at(self.page_bind)
        host = f"[{host}]" if ":" in host else host
        return f"{'http' if self.certificate is None else 'https'}://{host}:{self.ports.browsers}/"

    def context(self) -> ssl.SSLContext | None:
        """How it is encrypted. Raises UnreadableInput where the certificate cannot be used."""
        if self.certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(self.certificate)
        except (OSError, ssl.SSLError) as error:
            raise _unusable(
                self.certificate, getattr(error, "reason", None) or error.strerror or type(error).__name__
            ) from None
        return context

    @property
    def options(self) -> str:
        """The same as options of the command line; its log knows its ports."""
        bind = f" --bind {shlex.quote(self.bind)}" if self.bind != HERE else ""
        return bind + (f" --browsers {shlex.quote(self.browsers)}" if self.browsers else "")


def bound_at(text: str) -> tuple[str, int | None]:
    """The address and the port in `0.0.0.0:7420` or `[::]:7420`; None for a port that is not said.

    Raises UnreadableInput for a port that there cannot be.
    """
    match = _BOUND.fullmatch(text)
    if match is None:
        return text.strip("[]"), None
    if int(match["port"]) > 65535:
        raise UnreadableInput(
            "usage/port", "there is no port {port}", hint="it is 0 to 65535; 0 is any that is free", port=match["port"]
        )
    return match["name"].strip("[]"), int(match["port"])


def _unusable(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        "room/certificate",
        "{path} is no certificate that can be used: {why}",
        hint=Sentence("name a file that holds a certificate and its key, both in PEM: --browsers site.pem"),
        path=path,
        why=why,
    )


def _is_machine_alone(bind: str) -> bool:
    """Whether who listens at `bind` is reached from this machine and no other."""
    try:
        return ip_address(bind).is_loopback
    except ValueError:
        return bind == "localhost"


def reached_at(bind: str) -> str:
    """The address at which others reach who listens at `bind`."""
    return _own_address() if bind in EVERYWHERE else bind


def _own_address() -> str:
    """This machine's address in its network; nothing is sent to find it."""
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))
            return str(probe.getsockname()[0])
    return socket.gethostname()
