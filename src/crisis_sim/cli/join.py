"""`crisis-sim join`: take a seat at an exercise that is hosted at another terminal or machine."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

from typer import Argument

from crisis_sim.cli.ending import stopping, tell
from crisis_sim.cli.language import language, say
from crisis_sim.errors import UnreadableInput
from crisis_sim.pages.reader import SeatReader
from crisis_sim.rooms.address import RoomAddress, room_address
from crisis_sim.rooms.known_hosts import KnownHosts, default_place
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.remote import NotAdmitted, Remote

TRIES = 3
"""How often a code is asked for."""


def join(
    host: Annotated[str, Argument(metavar="HOST", help="The host, as its screen shows it: 192.168.1.20:7410#…")],
) -> int:
    """Take your seat at the exercise that HOST runs, with the code from your card; the first time it is asked for.

    After that the seat is yours from this machine: join again after a break, and nothing is lost.
    """
    address, hosts = room_address(host), KnownHosts(default_place())
    _needs_screen()
    known = hosts.of(address.place)
    if known is not None and address.fingerprint in ("", known.fingerprint):
        address = RoomAddress(address.host, address.port, known.fingerprint)
        remote = _admitted(address, known.seats)
    else:
        remote = _admitted(address, {})
    mirror = remote.mirror
    hosts.remember(address.place, remote.fingerprint, mirror.label, mirror.token)
    return _play(remote)


def _needs_screen() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UnreadableInput(
            "usage/screen", "an exercise is joined at a terminal, and this is none", hint="join from a terminal window"
        )


def _admitted(address: RoomAddress, seats: dict[str, str]) -> Remote:
    """A seat that the host has let us in to; `seats` are those taken from here before. Raises NotAdmitted."""
    for left in reversed(range(TRIES)):
        typed = _asked(_question(seats))
        token = seats.get(typed.lower() or next(reversed(seats), ""), "")
        try:
            return _met(address, SeatMirror(token=token) if token else SeatMirror(code=typed))
        except NotAdmitted as refused:
            if refused.code != "room/credentials" or not left:
                raise
            tell(
                say("The host no longer knows this seat from here. Type the new code that you were given.")
                if token
                else say("The host does not know this code. Type it as it is on the card.")
            )
    raise AssertionError("the last try raises")


def _question(seats: dict[str, str]) -> str:
    if not seats:
        return say("The code from your card: ")
    last = next(reversed(seats))
    if len(seats) == 1:
        return say("The code from your card, or Enter to sit at {seat} again: ", seat=last)
    return say("The code from your card, one of {seats}, or Enter for {seat}: ", seats=", ".join(seats), seat=last)


def _asked(question: str) -> str:
    sys.stderr.write(question)
    sys.stderr.flush()
    typed = sys.stdin.readline()
    if not typed:
        raise KeyboardInterrupt
    return typed.strip()[:60]


def _met(address: RoomAddress, mirror: SeatMirror) -> Remote:
    """The seat once its first view is here; the line is closed again until the screens open it."""

    async def meet() -> Remote:
        async with Remote(address, mirror).joined() as remote:
            return remote

    remote = asyncio.run(meet())
    mirror.cut()
    return Remote(RoomAddress(address.host, address.port, remote.fingerprint), mirror)


def _play(remote: Remote) -> int:
    from crisis_sim.cli.settings import settings
    from crisis_sim.tui.app import run_at
    from crisis_sim.tui.screen_table import ScreenTable

    again = f"crisis-sim join {remote.address.place}"
    table = ScreenTable(
        {remote.name: SeatReader(remote, language())}, (remote.name,), companions=[remote.run], resume=again
    )
    try:
        with stopping():
            return run_at(table, theme=settings().theme)
    finally:
        tell(say("You have left the exercise. Come back with: {command}", command=again))
