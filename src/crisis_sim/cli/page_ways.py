"""How a hosted exercise is reached: by browsers, over which certificate, through a proxy; who could read along."""

from __future__ import annotations

import shlex
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.rooms.address import HERE, room_address
from crisis_sim.rooms.certificate import fingerprint_of_pem, names_of_pem
from crisis_sim.session.disk import read_whole
from crisis_sim.session.places import Reach

Read = TypeVar("Read")

EVERYWHERE = frozenset({"0.0.0.0", "::"})
"""Addresses that mean every one that this machine has."""


class PageWays(Struct, frozen=True):
    """What is chosen for browsers."""

    bind: str = HERE
    """Where terminals reach the host; browsers too, where what is said is encrypted or was asked for in the open."""
    port: int = 0
    lan_plain: bool = False
    """In the open on the network."""
    certificate: Path | None = None
    """For terminals too; without it they are shown one that the host has made."""
    key: Path | None = None
    public: str = ""
    """Where a proxy answers that encrypts, as `https://…`; then nobody reaches the host itself from elsewhere."""

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

    def _read(self, what: Callable[[bytes], Read]) -> Read:
        assert self.certificate is not None
        try:
            return what(read_whole(self.certificate))
        except ValueError as error:
            raise _unusable(self.certificate, str(error)) from None

    @property
    def at(self) -> str:
        """The address that is listened at."""
        return self.bind if self.lan_plain or self.certificate is not None or self.public else HERE

    @property
    def reach(self) -> Reach:
        """From where browsers reach the host."""
        if self.public:
            return "anywhere"
        if is_machine_alone(self.at):
            return "machine"
        return "network" if self.certificate is not None else "open"

    @property
    def address(self) -> str:
        """What is typed in a browser."""
        if self.public:
            return f"{self.public}/"
        host = next(iter(self._certified), "") if self.at in EVERYWHERE else ""  # a browser trusts no other
        host = host or reached_at(self.at)
        host = f"[{host}]" if ":" in host else host
        return f"{'http' if self.certificate is None else 'https'}://{host}:{self.port}/"

    def context(self) -> ssl.SSLContext | None:
        """How it is encrypted. Raises UnreadableInput where the certificate cannot be used."""
        if self.certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(self.certificate, self.key)
        except (OSError, ssl.SSLError) as error:
            raise _unusable(
                self.certificate, getattr(error, "reason", None) or error.strerror or type(error).__name__
            ) from None
        return context

    @property
    def options(self) -> str:
        """The same as options of the command line; its log knows its ports."""
        said = " --lan-plain" if self.lan_plain else ""
        for option, path in (("--cert", self.certificate), ("--key", self.key)):
            said += f" {option} {shlex.quote(str(path))}" if path is not None else ""
        return said + (f" --public-url {self.public}" if self.public else "")


def _unusable(path: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        "room/certificate",
        "{path} is no certificate that can be used: {why}",
        hint=Sentence("name a certificate with --cert and its key with --key, both in PEM"),
        path=path,
        why=why,
    )


def is_machine_alone(bind: str) -> bool:
    """Whether who listens at `bind` is reached from this machine and no other."""
    try:
        return ip_address(bind).is_loopback
    except ValueError:
        return bind == "localhost"


def reached_at(bind: str) -> str:
    """The address at which others reach who listens at `bind`."""
    return own_address() if bind in EVERYWHERE else bind


def own_address() -> str:
    """This machine's address in its network; nothing is sent to find it."""
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))
            return str(probe.getsockname()[0])
    return socket.gethostname()
