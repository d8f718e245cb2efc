"""`crisis-sim join`: take a seat at an exercise that is hosted at another terminal or machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import count
from typing import Annotated

from msgspec.structs import replace
from typer import Argument, Option

from crisis_sim.cli.agent_seat import named_agent, played_by_model
from crisis_sim.cli.ending import run_loop, run_reading_loop, stopping, tell
from crisis_sim.cli.language import language, say
from crisis_sim.cli.settings import settings
from crisis_sim.cli.verbs import typed
from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import UnreadableInput
from crisis_sim.pages.consent_card import is_asked
from crisis_sim.pages.duty import duty
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_table import SeatTable
from crisis_sim.plain.console import Console
from crisis_sim.plain.line_session import play
from crisis_sim.rooms.address import RoomAddress, room_address
from crisis_sim.rooms.known_hosts import KnownHosts, default_place
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.not_admitted import NotAdmitted, not_admitted
from crisis_sim.rooms.remote import Remote
from crisis_sim.rooms.threaded import kept_in_thread
from crisis_sim.session.draft_file import ENDING, HalfWritten
from crisis_sim.wording import in_words

TRIES = 3
"""How often a code is asked for."""
SETTLED = 3
"""How often a cut line is looked at again before it is spoken of: it opens once more when somebody has been let in."""


def join(
    host: Annotated[
        str, Argument(metavar="HOST", help="The host, as its screen shows it: 192.168.1.20:7410#…, or https://…")
    ],
    plain: Annotated[
        bool, Option("--plain", help="Play by plain lines of text instead of screens; good for screen readers.")
    ] = False,
    agent: Annotated[
        str,
        Option(
            metavar="URL#model=NAME",
            help="Let a language model play the seat: its endpoint and name, such as"
            " http://127.0.0.1:8000/v1#model=NAME&temperature=0.7; docs/agents.md has all that can stand there.",
        ),
    ] = "",
) -> int:
    """Take your seat at the exercise that HOST runs, with the code from your card; the first time it is asked for.

    After that the seat is yours from this machine: join again after a break, and nothing is lost.
    """
    address, hosts = room_address(host), KnownHosts(default_place())
    line = None
    if agent:
        line = named_agent(agent)
    elif not plain:
        _needs_screen()
    known_host = hosts.host_at(address.place)
    if known_host is not None and address.fingerprint in ("", known_host.fingerprint):
        address = replace(address, fingerprint=known_host.fingerprint)
        remote = _admitted(address, known_host.seats)
    else:
        remote = _admitted(address, {})
    mirror = remote.mirror
    hosts.remember(address.place, remote.fingerprint, mirror.label, mirror.token)
    if line is not None:
        return played_by_model(remote, line)
    if not plain:
        return _on_screens(remote)
    with stopping():
        return play_by_lines(remote, f"{typed('join')} {address.place} --plain")


def _needs_screen() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UnreadableInput(
            "usage/screen",
            "an exercise is joined at a terminal, and this is none",
            hint="join from a terminal window, or by lines of text: --plain",
        )


def _admitted(address: RoomAddress, seats: dict[str, str]) -> Remote:
    """A seat that the host has let us in to; `seats` are those taken from here before. Raises NotAdmitted."""
    for tries_left in reversed(range(TRIES)):
        typed = _ask_code(_question(seats))
        token = seats.get(typed.lower() or next(reversed(seats), ""), "")
        try:
            return connect_seat(address, SeatMirror(token=token) if token else SeatMirror(code=typed))
        except NotAdmitted as refused:
            if refused.code != "room/credentials" or not tries_left:
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


def _ask_code(question: str) -> str:
    sys.stderr.write(question)
    sys.stderr.flush()
    typed = sys.stdin.readline()
    if not typed:
        raise UnreadableInput("usage/code", "nobody has typed a code", hint="join where somebody can: in a terminal")
    return typed.strip()[:60]


def connect_seat(address: RoomAddress, mirror: SeatMirror) -> Remote:
    """The seat once its first view is here; the line is closed again until the screens open it."""

    async def meet() -> Remote:
        async with Remote(address, mirror, admits_only=True) as remote:
            return remote

    remote = run_loop(meet())
    mirror.disconnect()
    return Remote(replace(address, fingerprint=remote.fingerprint), mirror)


def _on_screens(remote: Remote) -> int:
    from crisis_sim.tui.app import run_at

    again = f"{typed('join')} {remote.address.place}"
    reader = SeatReader(remote, language())
    table = SeatTable({remote.name: reader}, (remote.name,), [remote.run], resume=again, half=_half(remote))
    try:
        with stopping():
            return run_at(table, theme=settings().theme)
    finally:
        if remote.view().phase != "closed":
            tell(say("You have left the exercise. Come back with: {command}", command=again))


def _half(remote: Remote) -> HalfWritten:
    """Where what is half written at this seat is kept, beside the codes of what was joined."""
    return HalfWritten(default_place().with_name(f"{remote.view().session}-{remote.mirror.label}{ENDING}"))


class HostEnded(Exception):
    """The host has ended before the exercise; it says itself by what."""


def play_by_lines(remote: Remote, again: str = "", has_ended: Callable[[], bool] = bool) -> int:
    """Play a seat by lines of text to where it is left; `again` is how one comes back.

    Where it is known that the host `has_ended` and no line will be there again, play is left too.
    """
    console = Console.here(language())
    waits_at_desk = sys.stdin.isatty() or remote.name == "facilitator"  # who runs it has something to do at any time
    with kept_in_thread(remote) as seat:
        console.stirs = seat.stirs
        reader = SeatReader(seat, language())

        async def wait_for_turn() -> None:
            """Wait until something is asked of this seat, and say once for what; at a terminal its desk waits."""
            sentences: list[str] = []
            for looked in count():
                view, cut_reason = seat.view(), seat.cut_off()
                if has_ended() and view.phase != "closed":
                    raise HostEnded
                if seat.is_over or asks(view) or is_asked(reader) or (waits_at_desk and cut_reason is None):
                    break
                sentence = duty(view, reader.say) if cut_reason is None else in_words(cut_reason, language())
                if sentence not in sentences and (cut_reason is None or looked > SETTLED):
                    sentences.append(sentence)
                    console.say(sentence)
                if cut_reason is not None and sentences and waits_at_desk:
                    break
                seat.wait()
            if seat.is_over and seat.view().phase != "closed":
                raise not_admitted(remote.mirror.why)

        table = SeatTable(
            {remote.name: reader}, (remote.name,), play_others=wait_for_turn, resume=again, half=_half(remote)
        )
        try:
            code = run_reading_loop(play(table, console))
        except HostEnded:
            console.tell("The exercise has ended: its host has stopped.")
            return 1
        is_closed = seat.view().phase == "closed"
    if again and not is_closed:
        tell(say("You have left the exercise. Come back with: {command}", command=again))
    return code


def asks(view: View) -> bool:
    """Something is asked of a seat, or there is something to be looked at by everybody."""
    return view.seat in view.waiting_for or view.phase in ("hotwash", "closed")
