"""A hosted exercise put together: session, hub, sockets, bots, and the facilitator's screens where he sits here."""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import sys
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Final
from weakref import WeakSet

from msgspec.structs import replace

from crisis_sim.cli.answer import answer, table, write_new
from crisis_sim.cli.debrief import debrief
from crisis_sim.cli.ending import at_fault, run_loop, stopping, tell, words_of
from crisis_sim.cli.host_ways import EVERYWHERE, HostWays, reached_at
from crisis_sim.cli.join import connect_seat, play_by_lines
from crisis_sim.cli.language import say
from crisis_sim.cli.playing import CurrentSession, needs_terminal, print_exit_hint
from crisis_sim.cli.rehearsal import Rehearsal, check_unbegun, rehearsed
from crisis_sim.cli.seating import Seated, seat_players
from crisis_sim.cli.settings import settings
from crisis_sim.cli.stand_ins import StandIns
from crisis_sim.cli.verbs import typed
from crisis_sim.engine.actions import Advance, SeatName
from crisis_sim.errors import ActionRefused, Sentence, StorageFailed
from crisis_sim.pages.company_words import STORAGE_WELL, company_sentences
from crisis_sim.pages.duty import REHEARSED
from crisis_sim.pages.places_forms import reach_note, wall_of, ways_in
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.rooms.address import HERE, RoomAddress
from crisis_sim.rooms.code_cards import SeatCard, WaysIn, card_sheet, qr_rows
from crisis_sim.rooms.hosted_exercise import IdleWatch
from crisis_sim.rooms.hosted_places import HostedPlaces
from crisis_sim.rooms.hub import Hub
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.page_server import PageServer
from crisis_sim.rooms.room_folder import Ports, RoomFolder
from crisis_sim.rooms.server import RoomServer
from crisis_sim.rules.names import SIDES
from crisis_sim.session.clock import Heartbeat
from crisis_sim.session.disk import done_or_failed, make_folder
from crisis_sim.session.folder import new_session_id, record_folder
from crisis_sim.session.local import Changes
from crisis_sim.session.places import Invited, Occupant, Reach
from crisis_sim.session.session import Session

CARDS = "cards.html"
"""The sheet of cards in the folder of an exercise's rooms."""
LOOKS: Final = 1.0
"""Seconds between two looks whether anybody is left."""
OPEN_LOOKS: Final = 0.2
"""Seconds between two looks whether the host could not open at all."""


class HostRooms(HostedPlaces):
    """One exercise that others join."""

    def __init__(
        self,
        seated_: Seated,
        ways: HostWays,
        *,
        is_here: bool,
        by_lines: bool = False,
        cards_path: Path | None = None,
        rehearses: bool = False,
    ) -> None:
        """`is_here`: somebody runs it at this terminal, on screens or `by_lines`; `cards_path`: the file for the cards.

        Raises StorageFailed.

        With `rehearses` a rehearsal comes first; raises UnreadableInput where the exercise has begun.
        """
        if rehearses:
            check_unbegun(seated_.session)
        self._is_here = is_here and not by_lines
        """It is run at this terminal's screens."""
        self._by_lines = is_here and by_lines
        self._held = _CurrentHost(replace(seated_, people=("facilitator",) if self._is_here else ()), self)
        self._is_joined = not self._is_here and "facilitator" in seated_.people
        self._is_open = Event()
        self._ways = ways
        self._sheet = cards_path
        self._folder = RoomFolder(seated_.session)
        self._faults: deque[Exception] = deque(maxlen=3)
        self._stand_ins = StandIns(seated_, self._faults.append)
        hub = Hub(self._stand_ins, self._folder.guests(), new_session_id())
        self._server = RoomServer(hub)
        super().__init__(hub, self._server.stir)
        if not self.hub.guests.all:  # begun anew: what was printed for an earlier session lets nobody in
            (self._folder.path / CARDS).unlink(missing_ok=True)
        self.hub.on_fault = self._faults.append
        self.hub.on_people = self._people_changed
        self.hub.on_storage = self._storage_changed
        self._met: tuple[Occupant, ...] = ()
        self._news: WeakSet[Changes] = WeakSet()
        self._serving: asyncio.Task[None] | None = None
        self._moves = False
        self._rehearses = rehearses
        self._rehearsal: Rehearsal | None = None

    @property
    def policies(self) -> tuple[tuple[str, str], ...]:
        """Bots that a team can be handed to: the id of each, and what it does."""
        return tuple((policy.id, say(policy.summary)) for policy in POLICIES.values())

    @property
    def played(self) -> Mapping[SeatName, str]:
        """Teams that a bot plays, each with the bot's name."""
        return self._stand_ins.played

    def hand_to_bot(self, seat: SeatName, policy: str) -> None:
        """Let a bot play for a team."""
        self._stand_ins.hand_to_bot(seat, policy)

    def hand_back(self, seat: SeatName) -> None:
        """Let its people play for a team again."""
        self._stand_ins.hand_back(seat)

    @property
    def join(self) -> str:
        """What is typed in another terminal."""
        joins = typed("join", elsewhere=True)
        if self._ways.public:
            return f"{joins} {self._ways.public}"
        host, port = reached_at(self._ways.bind), self._ways.ports.terminals
        return f"{joins} {RoomAddress(host, port, self._own.fingerprint)}"

    @property
    def _own(self) -> HostWays | RoomFolder:
        """What has the certificate that terminals see."""
        return self._folder if self._ways.certificate is None else self._ways

    @property
    def page(self) -> str:
        """The address that is typed in a browser."""
        return self._ways.address

    @property
    def terminals(self) -> Reach:
        """From where terminals reach the host."""
        return self._ways.terminals_reach

    @property
    def browsers(self) -> Reach:
        """From where browsers do."""
        return self._ways.browsers_reach

    @property
    def ways(self) -> str:
        """What hosts it again where it can be reached now, as options."""
        role_option = " --plain" if self._by_lines else " --facilitator joined" if self._is_joined else ""
        return self._ways.options + role_option

    @property
    def picture(self) -> list[str]:
        """The address for browsers as a telephone reads it."""
        return qr_rows(self.page)

    def print_cards(self) -> str:
        """Write the sheet of cards; where it lies."""
        page = self._sheet or self._folder.path / CARDS
        write_new(
            page,
            cards_page(self._held.now.session, self.invited(), WaysIn(self.join, self.page, wall_of(self.page))),
            force=True,
        )
        return str(page)

    @property
    def rehearsal(self) -> int | None:
        """Seconds left of a rehearsal that runs; None where none does."""
        return None if self._rehearsal is None else self._rehearsal.seconds_left()

    def end_rehearsal(self) -> None:
        """Have done with it; the exercise begins."""
        if self._rehearsal is not None:
            self._rehearsal.end()

    async def _rehearse(self) -> None:
        """Let whoever comes see a few minutes that bots play, where that was asked for; then the exercise."""
        if not self._rehearses:
            return
        self._rehearses, now = False, self._held.now
        with rehearsed(self._folder.path, now.session.table.scenario.id, now.language) as self._rehearsal:
            self.hub.renewed(self._rehearsal, new_session_id())
            try:
                await self._rehearsal.played_until_begun(now.session, self._refresh_views)
            finally:
                self._rehearsal = None
        self.hub.renewed(self._stand_ins, new_session_id())
        self._server.stir()
        tell(say(REHEARSED))

    def _refresh_views(self) -> None:
        """Every seat's view may be another one."""
        self.hub.look()
        self._server.stir()

    @property
    def storage_failure(self) -> StorageFailed | None:
        """Why acts, or who has come, cannot be kept at present."""
        return self.hub.storage_failure

    def people(self) -> tuple[Occupant, ...]:
        """Everybody who was invited, and how each is there."""
        return self.hub.people()

    def changes(self) -> Changes:
        """One item each time somebody comes or goes, or a code is tried again."""
        news = Changes()
        self._news.add(news)
        return news

    def _people_changed(self, people: tuple[Occupant, ...]) -> None:
        previous_people, self._met = self._met, people
        for news in tuple(self._news):
            news.tell()
        if not self._is_here and self._held.now.session.state.phase != "closed":  # where nobody has a console
            for sentence in company_sentences(previous_people, people, "", say):
                tell(sentence)

    def _storage_changed(self, failure: StorageFailed | None) -> None:
        """Say that acts cannot be kept, or can again: at the console here, or on standard error where there is none."""
        for news in tuple(self._news):
            news.tell()
        if not (self._is_here or self._by_lines):
            tell(*((say(STORAGE_WELL),) if failure is None else words_of(failure)))

    # running it

    def run(self) -> int:
        """Host until the exercise is left; returns the exit code."""
        self._met = self.hub.people()
        try:
            with stopping(), Heartbeat(self._held.note_open):
                code = self._on_screens() if self._is_here else self._at_lines() if self._by_lines else self._alone()
        finally:
            print_exit_hint(self._held.now, self._held.resume)
            for fault in self._faults:
                at_fault(fault)
            self._held.now.session.close()
        if self._held.now.session.state.phase == "closed":
            (self._folder.path / CARDS).unlink(missing_ok=True)
            collect_record(self._held.now.session, self.invited())
        return code

    def _on_screens(self) -> int:
        from crisis_sim.tui.app import run_at

        needs_terminal()
        return run_at(
            self._held.table(plain=False),
            theme=settings().theme,
            on_roll_back=partial(self._held.rolled_back, plain=False),
        )

    def _alone(self) -> int:
        run_loop(self._until_closed())
        return 0

    @property
    def _own_label(self) -> str:
        """The place of whoever runs it by lines here; empty where nobody does."""
        return next(
            (guest.label for guest in self.hub.guests.all if self._by_lines and guest.seat == "facilitator"), ""
        )

    def _at_lines(self) -> int:
        """Host beside a console of lines that has joined, until that is left or the exercise is over.

        So whoever types never holds up those who have joined, and nothing of the session is reached from two threads.
        """
        label = self._own_label
        if label not in self._codes:  # he sat there in an earlier life of the host
            self.again(label)
        code, host_thread = self._codes[label], _HostThread(self._until_closed)
        host_thread.start()
        try:
            while host_thread.is_alive() and not self._is_open.wait(OPEN_LOOKS):
                pass
            if not self._is_open.is_set():
                return 0
            host = HERE if self._ways.bind in EVERYWHERE else self._ways.bind
            address = RoomAddress(host, self._ways.ports.terminals, self._own.fingerprint)
            return play_by_lines(connect_seat(address, SeatMirror(code=code)), has_ended=host_thread.has_ended.is_set)
        finally:
            host_thread.end()

    async def _until_closed(self) -> None:
        serving = asyncio.create_task(self.serve())
        bots = [asyncio.ensure_future(companion()) for companion in self._held.now.companions()]
        bots += [] if self._is_joined else [asyncio.ensure_future(self._closed_when_left())]
        session = self._held.now.session
        changes = session.seat("observer").changes()
        try:
            while not serving.done() and self._held.now.session.state.phase != "closed":
                if session is not self._held.now.session:  # play has gone back, and what followed the other has ended
                    session = self._held.now.session
                    changes = session.seat("observer").changes()
                await asyncio.wait(
                    [serving, asyncio.ensure_future(anext(changes, None))], return_when="FIRST_COMPLETED"
                )
            if serving.done():
                serving.result()
        finally:
            for task in (*bots, serving):
                task.cancel()
            await asyncio.gather(*bots, serving, return_exceptions=True)

    async def _closed_when_left(self) -> None:
        """Close a session that nobody runs when all have looked at what was opened, and gone."""
        idle_timer, session = IdleWatch(), self._held.now.session
        while True:
            is_anybody_here = any(occupant.presence == "here" for occupant in self.hub.people())
            if idle_timer.is_over(session.state.phase, anybody=is_anybody_here, now=time.monotonic()):
                session.submit("facilitator", Advance())
                return
            await asyncio.sleep(LOOKS)

    async def serve(self) -> None:
        """Let others join until this is cancelled, but by a move to a branch. Raises UnreadableInput."""
        self._moves = False
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._listen())
        try:
            await asyncio.shield(self._serving)
        finally:
            if not self._moves:
                self._serving.cancel()
                await asyncio.wait({self._serving})

    async def _listen(self) -> None:
        ways = self._ways
        pages = PageServer(self._server, {socket.gethostname(), *ways.names}, ways.origins)
        self._server.behind_proxy = bool(ways.public)
        async with (
            self._server.listening(ways.bind, ways.ports.terminals, self._context()) as port,
            pages.listening(ways.page_bind, ways.ports.browsers, ways.context()) as page_port,
        ):
            self._ways = replace(ways, ports=Ports(port, page_port))
            self._folder.keep_ports(self._ways.ports)
            if self._sheet is not None:
                self.print_cards()
            if not self._is_here:
                answer(self.code_sheet())
                sys.stdout.flush()
            self._is_open.set()
            await asyncio.gather(
                self._stand_ins.play(), self._server.follow(lambda: self._held.now.session), self._rehearse()
            )

    def _context(self) -> ssl.SSLContext:
        if (own_context := self._ways.context()) is not None:
            return own_context
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder.certificate, self._folder.key)
        return context

    def code_sheet(self) -> str:
        """How each who is expected joins."""
        places, lines = self.places(), list[str]()
        for head, way in ways_in(places, say):
            lines += [head, f"    {way}"]
        lines += filter(None, [reach_note(places, say)])
        rows = [
            (guest.person.label, guest.code)
            for guest in places.invited
            if guest.code and guest.person.label != self._own_label
        ]
        if rows:
            lines += [say("The codes, each for one person and once:"), table(rows, 4)]
        return "\n".join(lines)

    @property
    def goes_back(self) -> bool:
        """Whoever runs it has joined, and takes play back from there."""
        return self._is_joined and self._rehearsal is None

    def go_back(self, session: str, turn: int) -> None:
        """Go on from the start of `turn`, unless play has left that session. Raises ActionRefused or StorageFailed."""
        now = self._held.now.session
        if session != now.header.session:
            return
        if not self.goes_back or not 1 <= turn <= now.state.turn:
            raise ActionRefused("room/own")
        self._held.go_back(turn)
        self._moves = False  # the same goes on serving
        log = self._held.now.session.path
        tell(say("Play goes on from the start of turn {turn}. Its log from here on: {log}", turn=turn, log=log))

    def moved_to(self, session: Session) -> None:
        """Play goes on in a branch; whoever has joined stays on the line."""
        self._folder = self._folder.taken_over(session)
        self.hub.guests.kept_by(self._folder.keep)
        self._moves = True
        self._stand_ins.moved_to(session)
        self.hub.moved_to(self._stand_ins)
        self._server.stir()


class _CurrentHost(CurrentSession):
    """The session that is hosted at present."""

    def __init__(self, first: Seated, rooms: HostRooms) -> None:
        super().__init__(first)
        self.rooms = self._rooms = rooms

    @property
    def resume(self) -> str:
        """The command that hosts it again."""
        return f"{typed('host', self.now.session.path)}{self.now.named_models}{self._rooms.ways}"

    def branched(self, session: Session) -> Seated:
        """A branch, at which the same sit as before."""
        self._rooms.moved_to(session)
        return replace(seat_players(session, self.now.models), people=self.now.people, language=self.now.language)

    def companions(self) -> list[Callable[[], Awaitable[None]]]:
        """Who goes on for a facilitator, and who joins; bots of teams play with those."""
        bots = [bot for bot in self.now.bots if bot.seat not in SIDES]
        return [*replace(self.now, bots=tuple(bots), models={}).companions(), self._rooms.serve]


def cards_page(session: Session, invited: Iterable[Invited], ways: WaysIn) -> bytes:
    """The sheet of cards; of whoever has come, a card that is struck out."""
    title = session.table.scenario.title
    cards = [SeatCard(guest.person.label, guest.person.seat, guest.code) for guest in invited]
    return card_sheet({"en": title.in_("en"), "zh": title.in_("zh")}, cards, ways).encode()


def collect_record(session: Session, invited: Iterable[Invited]) -> Path:
    """Lay a closed session's log, last hash, debrief and cards, all struck out, into one folder beside the log."""
    folder = record_folder(session.path)
    make_folder(folder)
    with done_or_failed("storage/copy", Sentence("{path} cannot be copied", path=session.path)):
        shutil.copyfile(session.path, folder / session.path.name)
    struck = [Invited(guest.person, "") for guest in invited]
    write_new(folder / "cards.html", cards_page(session, struck, WaysIn("")), force=True)
    hash_line = say("The last hash of the log, to be read aloud and noted: {hash}", hash=session.last_hash)
    checked = say("It is checked with: {command}", command=typed("verify", session.path.name, "--head"))
    write_new(folder / "last-hash.txt", f"{hash_line}\n{checked}\n".encode(), force=True)
    debrief(str(session.path), out=folder / "debrief.html", force=True)
    tell(say("All that belongs together lies in {folder}", folder=folder))
    return folder


class _HostThread(Thread):
    """What hosts, in a loop of its own."""

    def __init__(self, host: Callable[[], Awaitable[None]]) -> None:
        super().__init__(name="host", daemon=True)
        self._host = host
        self._fault: Exception | None = None
        self._loop = asyncio.new_event_loop()
        self._left = asyncio.Event()
        self.has_ended = Event()
        """Set before the lines are cut, so that a console that misses its line knows why."""

    def run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(self._until_left())
        except Exception as fault:  # noqa: BLE001 - raised where it is waited for
            self._fault = fault

    async def _until_left(self) -> None:
        hosting, leaving = asyncio.ensure_future(self._host()), asyncio.ensure_future(self._left.wait())
        await asyncio.wait({hosting, leaving}, return_when="FIRST_COMPLETED")
        self.has_ended.set()
        leaving.cancel()
        if hosting.done():
            hosting.result()
        else:
            hosting.cancel()
            await asyncio.wait({hosting})  # whoever has joined is told that the host stops

    def end(self) -> None:
        """Have done with it; raises what it ended by."""
        with suppress(RuntimeError):  # it has ended by itself
            self._loop.call_soon_threadsafe(self._left.set)
        self.join()
        if self._fault is not None:
            raise self._fault
