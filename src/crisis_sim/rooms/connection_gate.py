"""Who may stand at the door: how many lines, and how many that have not said who they are.

A line that has been accepted holds its place until its socket is closed. One that has not been admitted in time is cut,
whatever it is doing: shaking hands, asking for a page, or saying nothing. Knows addresses and times, no message.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

from msgspec import Struct

from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.session.disk import reason_of


class ConnectionLimits(Struct, frozen=True):
    """How many lines are taken."""

    total: int = 240
    """At once, in all."""
    strangers: int = 96
    """Of those, that have not been admitted."""
    strangers_each: int = 32
    """Likewise of one address: a room, or several behind one router, may all come back in one second."""
    hello: float = 5.0
    """Seconds in which whoever comes is admitted, from the first byte of the line."""


LIMITS: Final = ConnectionLimits()
_AT_ONCE: Final = 64
"""Lines that are turned away in one go, so that a flood of them leaves time for what is inside."""
_LINGERS: Final = 0.5
"""Seconds in which what somebody says who is turned away is still taken: of a line that is closed over it a machine may
throw away the sentence that it was told."""
_LINGERING: Final = 32
"""Such lines at once; further ones are closed over what they say."""
_UNREAD: Final = 64 * 1024
"""Bytes of one that are taken at most."""


class ConnectionGate:
    """The lines of one host, over all its ports."""

    def __init__(self, later: Callable[[float, Callable[[], None]], object], limits: ConnectionLimits = LIMITS) -> None:
        """`later` calls back after some seconds."""
        self._later = later
        self._limits = limits
        self._strangers: dict[int, _Line] = {}
        self._admitted: dict[int, _Line] = {}
        self._lingering = 0

    @property
    def lines(self) -> int:
        """How many lines are open."""
        return len(self._strangers) + len(self._admitted)

    def takes(self, address: str) -> bool:
        """Whether a further line from there is taken."""
        waiting, limits = self._strangers, self._limits
        return (
            self.lines < limits.total
            and len(waiting) < limits.strangers
            and sum(each.address == address for each in waiting.values()) < limits.strangers_each
        )

    def came(self, line: _Line) -> None:
        """A line was taken; it is cut where it is not admitted in time."""
        self._strangers[line.fileno()] = line
        self._later(self._limits.hello, lambda: self._expire(line))

    def admitted(self, descriptor: int) -> None:
        """Whoever is at the end of the line of this number has shown who he is."""
        if (line := self._strangers.pop(descriptor, None)) is not None:
            self._admitted[descriptor] = line

    def release(self, descriptor: int) -> None:
        """The line of this number is closed."""
        self._strangers.pop(descriptor, None)
        self._admitted.pop(descriptor, None)

    def let_go(self, line: _Line) -> None:
        """Close a line that has been told why it is not taken, once what it says is read."""
        if self._lingering >= _LINGERING:
            line.close()
            return
        self._lingering += 1
        self._later(_LINGERS, lambda: self._close(line))

    def _close(self, line: _Line) -> None:
        self._lingering -= 1
        with suppress(OSError):  # nothing was said, or it has gone by itself
            line.recv(_UNREAD)
        line.close()

    def _expire(self, line: _Line) -> None:
        if self._strangers.get(line.fileno()) is line:
            with suppress(OSError):  # it may have gone by itself
                line.shutdown(socket.SHUT_RDWR)


class _Line(socket.socket):
    """An accepted socket, which tells the door when it is closed."""

    doorway: ConnectionGate | None = None
    address: str = ""

    def close(self) -> None:
        """Close it; the door hears of it once."""
        doorway, self.doorway = self.doorway, None
        if doorway is not None:
            doorway.release(self.fileno())
        super().close()


class LimitedSocket(socket.socket):
    """A socket that listens, and closes what the doorway does not take before a byte of it is read."""

    doorway: ConnectionGate
    refusal: bytes = b""
    """What is said to it first, where lines are not encrypted."""

    def accept(self) -> tuple[socket.socket, Any]:
        """The next line that is taken. Raises BlockingIOError where there is none for now."""
        for _ in range(_AT_ONCE):
            came, place = super().accept()
            line = _Line(self.family, self.type, self.proto, fileno=came.detach())
            line.address = str(place[0])
            if self.doorway.takes(line.address):
                line.doorway = self.doorway
                self.doorway.came(line)
                return line, place
            self._turn_away(line)
        raise BlockingIOError

    def _turn_away(self, line: _Line) -> None:
        if not self.refusal:
            line.close()
            return
        line.setblocking(False)
        with suppress(OSError):  # nobody waits for who may have gone by himself
            line.send(self.refusal)
            line.shutdown(socket.SHUT_WR)
        self.doorway.let_go(line)


def listening_at(host: str, port: int, door: ConnectionGate, refusal: bytes = b"") -> list[LimitedSocket]:
    """Sockets that listen at each of the addresses that `host` names, all at one port. Raises UnreadableInput.

    `refusal` is said to who is not taken.
    """
    sockets: list[LimitedSocket] = []
    try:
        for family, kind, place in _places(host, port):
            listens = LimitedSocket(family, kind)
            listens.doorway, listens.refusal = door, refusal
            sockets.append(listens)
            _prepare(listens)
            listens.bind((place[0], sockets[0].getsockname()[1], *place[2:]) if len(sockets) > 1 else place)
            listens.setblocking(False)
    except OSError as error:
        for listens in sockets:
            listens.close()
        raise _not_listened(host, port, error) from None
    return sockets


def check_free(host: str, port: int) -> None:
    """Raise UnreadableInput where nobody could listen: before a session is begun for nothing."""
    for listens in listening_at(host, port, ConnectionGate(lambda _, __: None)):
        listens.close()


def _places(host: str, port: int) -> Iterator[tuple[int, int, Any]]:
    told: set[Any] = set()
    for family, kind, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if place not in told:
            told.add(place)
            yield family, kind, place


def _prepare(listens: socket.socket) -> None:
    if os.name == "posix":  # elsewhere it would share a port that is in use
        listens.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if listens.family == socket.AF_INET6:
        listens.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)


def _not_listened(host: str, port: int, error: OSError) -> UnreadableInput:
    return UnreadableInput(
        "room/port",
        "nobody can be listened to at {place}: {why}",
        hint=Sentence("name another address or port, or 0 for any that is free: --bind ADDRESS:PORT"),
        place=f"{host}:{port}",
        why=reason_of(error),
    )
