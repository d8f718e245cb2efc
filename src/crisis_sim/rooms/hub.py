"""The host's part of the wire, without a socket: who is connected, what each is told, and what is done for whom.

A connection has a mailbox of one, the newest view of its seat, and it is told nothing that its seat's view does not
say: no number, size or answer here counts what others do. The seat of a connection comes from its token alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from crisis_sim.engine.actions import AgreeToCard, SeatName
from crisis_sim.engine.views.seat_views import FacilitatorView
from crisis_sim.errors import ActionRefused, StorageFailed
from crisis_sim.rooms import wire
from crisis_sim.rooms.connection import Connection
from crisis_sim.rooms.guests import Guest, Guests
from crisis_sim.rooms.hosted_exercise import HostedExercise, PlacesRequest
from crisis_sim.rooms.page_builders import PageBuilders
from crisis_sim.rooms.seat_versions import SeatVersions
from crisis_sim.rooms.storage_words import storage_refusal, storage_told
from crisis_sim.rooms.submit_checks import check_asker, check_seen, signed
from crisis_sim.session.places import Occupant, Places

MOST: Final = 200
"""Connections at once."""


class Hub:
    """One exercise and whoever is connected to it."""

    def __init__(self, exercise: HostedExercise, guests: Guests, life: str) -> None:
        """`life` names this life of the host; numbers of views count in it."""
        self.exercise = exercise
        self.guests = guests
        self._life = life
        self._seats: dict[SeatName, SeatVersions] = {}
        self._connections: dict[int, Connection] = {}
        self._pages = PageBuilders(exercise)
        self.on_people: Callable[[tuple[Occupant, ...]], None] = _nobody_asks
        """Called whenever somebody comes, goes, or takes a pen."""
        self.desk: PlacesRequest | None = None
        """What whoever runs the exercise asks about places; None where nobody can."""
        self.on_fault: Callable[[Exception], None] = _nobody_asks
        """Called with what went wrong at a line."""
        self.on_storage: Callable[[StorageFailed | None], None] = _nobody_asks
        """Called when acts, or who has come, can no longer be kept; and with None when they can again."""
        self.storage_failure: StorageFailed | None = None
        """Why acts, or who has come, cannot be kept at present."""
        self._last_failure: StorageFailed | None = None
        self._ending: wire.Farewell | wire.Stopped | None = None
        """The last message to every line, once the host ends."""

    # lines

    def open(self) -> None:
        """Take lines, also where the host had ended."""
        self._ending = None

    def connect(self, who: int, address: str) -> None:
        """A line is open; where there are too many it is over already."""
        is_full = len(self._connections) >= MOST
        self._connections[who] = Connection(address, farewell=wire.Farewell("full") if is_full else self._ending)

    def leave(self, who: int) -> None:
        """A line is closed; whoever was at its end can come back."""
        connection = self._connections.pop(who, None)
        if connection is None or connection.guest is None or connection.admits_only or self._ending is not None:
            return  # nobody was here, or it is the host that goes
        self._people_changed(connection.guest.seat)

    def handle(self, who: int, said: bytes | str, now: float) -> None:
        """Take a message; what follows for anybody is found by `due`. A fault of ours ends this line alone."""
        connection = self._connections[who]
        if connection.farewell is not None:
            return
        try:
            self._handle(who, connection, said, now)
        except StorageFailed as failed:  # that somebody has come could not be kept
            connection.farewell = wire.Farewell("storage")
            self._note_storage(failed)
        except Exception as fault:  # noqa: BLE001 - whatever one line leads to, the others and the console go on
            connection.farewell = wire.Farewell("fault")
            self.on_fault(fault)

    def _handle(self, who: int, connection: Connection, said: bytes | str, now: float) -> None:
        times = connection.times
        if len(times) == wire.RATE and now - times[0] < 1:
            connection.farewell = wire.Farewell("flood")
            return
        times.append(now)
        try:
            message = wire.from_client(said)
        except wire.Malformed:
            connection.farewell = wire.Farewell("malformed")
            return
        if isinstance(message, wire.Hello):
            self._hello(who, connection, message, now)
            return
        if (guest := connection.guest) is None:
            connection.farewell = wire.Farewell("credentials")
            return
        self.guests.met(guest.label)
        match message:
            case wire.Fill():
                self._fill(connection, guest, message)
            case wire.Submission():
                self._do(connection, guest, message)
            case wire.HostAsk():
                self._ask(connection, guest, message)
            case wire.TakePen():
                self.give_pen(guest.label)
            case wire.Still():
                connection.answers.append((0, wire.encoded(self.tick())))
            case wire.Bye():
                connection.farewell = wire.Farewell("left")

    def _hello(self, who: int, connection: Connection, hello: wire.Hello, now: float) -> None:
        if hello.v != wire.VERSION:
            connection.farewell = wire.Farewell("version")
            return
        admitted, tried = None, sum(of.used for of in self.guests.all)
        if connection.guest is None:
            here = [of.guest.label for of in self._open_connections() if of.guest is not None]
            admitted = self.guests.admit(hello.code, hello.token, connection.address, now, here)
        if admitted is None:
            is_used = sum(of.used for of in self.guests.all) > tried
            why = "used" if is_used else self.guests.why(hello.token, connection.address, now)
            connection.farewell = wire.Farewell(why)
            if why in ("used", "slow"):
                self._people_changed("facilitator")
            return
        guest, token = admitted
        for other, at in self._connections.items():
            if other != who and at.guest is not None and at.guest.label == guest.label:
                at.farewell = wire.Farewell("elsewhere")  # a line that is half dead would hold the place otherwise
        if token:
            self._note_storage(self.exercise.storage_failure)  # the list of guests has been written
        connection.guest, connection.admits_only = guest, hello.admits_only
        connection.pages = self._pages.pages_for(guest.seat, hello.language) if hello.wants == "page" else None
        known = hello.life == self._life
        versions = self._versions(guest.seat)
        connection.sent = hello.at if known and versions.knows(hello.at) else 0
        connection.answers.append((0, self._welcome(connection, guest, token, known=known)))
        connection.answers.append((0, connection.since(versions)))
        connection.sent = versions.newest.n
        connection.answers.append((0, wire.encoded(self.tick())))
        if not hello.admits_only:
            self._people_changed(guest.seat)

    def _welcome(self, connection: Connection, guest: Guest, token: str, *, known: bool) -> bytes:
        """Who somebody is from here on."""
        dossier = UNSET if known or connection.pages is not None else self._pages.dossier(guest.seat)[0]
        agreed, life, token_ = self._has_agreed(guest), self._life, token or UNSET
        return wire.encoded(wire.Welcome(guest.seat, guest.label, life, token=token_, dossier=dossier, agreed=agreed))

    # what is asked

    def _do(self, connection: Connection, guest: Guest, do: wire.Submission) -> None:
        do = signed(do, guest)
        with self._refusing(guest) as refused:
            self._check(guest, do)
            self.exercise.submit(guest.seat, do.action, do.ref)
            if isinstance(do.action, AgreeToCard):
                self._agreed(connection, guest)
        self._answer(connection, guest, do.ref, refused)

    def _answer(self, connection: Connection, guest: Guest, ref: str, refused: Sequence[ActionRefused]) -> None:
        """Say that it is done, or why not, once the view and the people that it belongs to have been told."""
        self.look()
        n = self._versions(guest.seat).newest.n
        connection.answers += [(n, said) for said in self._company(connection, guest)]
        connection.answer(n, ref, next(iter(refused), None))

    def _ask(self, connection: Connection, guest: Guest, ask: wire.HostAsk) -> None:
        """What a facilitator asks of the host itself; all facilitators are told how it is then."""
        with self._refusing(guest) as refused:
            if guest.seat != "facilitator" or self.desk is None:
                raise ActionRefused("room/own")
            self.desk.does(ask.action)
        self._people_changed("facilitator")
        self._answer(connection, guest, ask.ref, refused)

    def _places(self, guest: Guest) -> Places | None:
        return self.desk.places() if self.desk is not None and self._is_near(guest.seat) else None

    def _is_near(self, seat: SeatName) -> bool:
        """Who is told of places: whoever runs the exercise, and a wall until the first turn."""
        return seat == "facilitator" or (seat == "observer" and self.exercise.view(seat).phase == "briefing")

    def _fill(self, connection: Connection, guest: Guest, fill: wire.Fill) -> None:
        """Answer with the form as it is for what has been written so far; who reads facts has no forms."""
        if connection.pages is None:
            connection.farewell = wire.Farewell("malformed")
            return
        newest = self._versions(guest.seat).newest
        connection.answers.append(
            (newest.n, connection.pages.form(newest, fill.form, fill.answers, self._places(guest)))
        )

    def _check(self, guest: Guest, do: wire.Submission) -> None:
        """Refuse what may not be asked for from this place now, unless it has been done. Raises ActionRefused."""
        if self.exercise.has_done(guest.seat, do.action, do.ref):
            return
        holds_pen = self.guests.holder(guest.seat) in ("", guest.label)
        check_asker(do, holds_pen=holds_pen, has_agreed=self._has_agreed(guest))
        check_seen(do, self._versions(guest.seat))

    def _has_agreed(self, guest: Guest) -> bool:
        """Whoever sits there has agreed to the card, or is not asked: nobody is where a program or a bot plays."""
        if guest.agreed or guest.seat == "facilitator" or not self._pages.dossier(guest.seat)[1]:
            return True
        return guest.seat in self.exercise.view(guest.seat).bots

    def _agreed(self, connection: Connection, guest: Guest) -> None:
        """It is in the log; keep whose agreement it was, and tell his company."""
        self.guests.agree(guest.label)
        connection.guest = replace(guest, agreed=True)
        self._people_changed(guest.seat)

    @contextmanager
    def _refusing(self, guest: Guest) -> Iterator[list[ActionRefused]]:
        """Why what is done meanwhile is refused, where it is."""
        refused: list[ActionRefused] = []
        try:
            yield refused
            self._note_storage(self.exercise.storage_failure)
        except ActionRefused as why:
            refused.append(why)
        except StorageFailed as failed:
            refused.append(storage_refusal(failed, guest.seat))
            self._note_storage(failed)

    def _note_storage(self, failure: StorageFailed | None) -> None:
        """Tell whoever runs the exercise, here or from elsewhere, where it is another failure than before."""
        before, self.storage_failure, self._last_failure = self.storage_failure, failure, self.exercise.storage_failure
        if str(before) != str(failure):
            self.on_storage(failure)
            self._people_changed("facilitator")

    def look(self) -> None:
        """Take every seat's view as it is now; whoever acted, those whose view is another one are due."""
        if self.exercise.storage_failure is not self._last_failure:  # of an act at the host's own console, or a bot's
            self._note_storage(self.exercise.storage_failure)
        for seat, versions in self._seats.items():
            versions.look(self.exercise.view(seat))

    def _versions(self, seat: SeatName) -> SeatVersions:
        versions = self._seats.get(seat)
        if versions is None:
            versions = self._seats[seat] = SeatVersions(self.exercise.view(seat))
        return versions

    # what is told

    def due_messages(self, who: int) -> list[bytes]:
        """What is to be sent to a connection now: answers after the view that they belong to."""
        connection = self._connections.get(who)
        if connection is None:
            return []
        said: list[bytes] = []
        if connection.guest is not None:
            while connection.answers and connection.answers[0][0] <= connection.sent:
                said.append(connection.answers.popleft()[1])
            versions = self._versions(connection.guest.seat)
            if connection.is_behind(versions):
                said.append(connection.since(versions))
                if versions.has_changed("phase", connection.sent):
                    said.append(wire.encoded(self.tick()))  # what was left of the turn before is not of this one
                    connection.tells_people |= connection.guest.seat in ("facilitator", "observer")  # of places
                connection.sent = versions.newest.n
            said += [message for _, message in connection.answers]
            connection.answers.clear()
            said += self._company(connection, connection.guest)
        if connection.farewell is not None:
            if connection.guest is not None and isinstance(connection.farewell, wire.Stopped):
                said.append(wire.encoded(self.tick()))  # the clock stands as it is now
            said.append(wire.encoded(connection.farewell))
        return said

    def is_over(self, who: int) -> bool:
        """Whether the line is to be closed when what is due has been sent."""
        connection = self._connections.get(who)
        return connection is None or connection.farewell is not None

    def has_come(self, who: int) -> bool:
        """Whether a code or a token has been shown on a line."""
        connection = self._connections.get(who)
        return connection is not None and connection.guest is not None

    def tick(self) -> wire.Tick:
        """A sign of life."""
        return wire.Tick(self.exercise.seconds_left())

    def stirred(self) -> list[int]:
        """Connections for which something is due."""
        return [
            who
            for who, of in self._connections.items()
            if of.farewell is not None
            or of.answers
            or of.tells_people
            or (of.guest is not None and of.is_behind(self._versions(of.guest.seat)))
        ]

    # who is there

    def _open_connections(self) -> list[Connection]:
        return [connection for connection in self._connections.values() if connection.farewell is None]

    def people(self) -> tuple[Occupant, ...]:
        """Everybody who has been invited, and how each is there."""
        here = {of.guest.label for of in self._open_connections() if of.guest is not None and not of.admits_only}
        return tuple(
            Occupant(
                label=of.label,
                seat=of.seat,
                presence="here" if of.label in here else "away",
                pen=of.pen,
                attempts=of.used,
                agreed=self._has_agreed(of),
            )
            for of in self.guests.all
        )

    def remove(self, label: str) -> None:
        """Send somebody away; the place is gone with its code and token."""
        self.guests.remove(label)
        self._send_away(label, wire.Farewell("removed"))

    def again(self, label: str) -> str:
        """A new code for a place, for somebody else or another machine."""
        code = self.guests.again(label)
        self._send_away(label, wire.Farewell("removed"))
        return code

    def give_pen(self, label: str) -> None:
        """Let this one hold the team's pen."""
        self.guests.give_pen(label)
        for seat in {of.seat for of in self.guests.all if of.label == label}:
            self._people_changed(seat)

    def moved_to(self, exercise: HostedExercise) -> None:
        """Play goes on in another session, a branch of this one: every seat has another view."""
        self.exercise = exercise
        self._pages = PageBuilders(exercise)
        for connection in self._connections.values():
            if (here := connection.guest) is not None:
                if connection.pages is not None:
                    connection.pages = self._pages.pages_for(here.seat, connection.pages.say.language)
                else:
                    connection.answers.append((0, self._welcome(connection, here, "", known=False)))
        for guest in self.guests.all:  # what was agreed to after the turn that play goes on from holds as well
            view = exercise.view("facilitator")
            if guest.agreed and isinstance(view, FacilitatorView) and guest.seat not in view.agreed:
                exercise.submit(guest.seat, AgreeToCard(by=guest.label))
        self.look()

    def renewed(self, exercise: HostedExercise, life: str) -> None:
        """Another session altogether: everybody who is here is told from the start what its seat may know and see."""
        self.exercise, self._life = exercise, life
        self._seats.clear()
        self._pages = PageBuilders(exercise)
        for connection in self._connections.values():
            if (guest := connection.guest) is not None:
                if connection.pages is not None:
                    connection.pages = self._pages.pages_for(guest.seat, connection.pages.say.language)
                connection.sent, connection.tells_people = 0, True
                connection.answers.append((0, self._welcome(connection, guest, "", known=False)))

    def close(self) -> None:
        """Tell everybody that the host stops, or that the exercise is over; who comes later is told so too."""
        is_over = self.exercise.view("observer").phase == "closed"
        self._ending = wire.Farewell("over") if is_over else wire.Stopped()
        for connection in self._connections.values():
            connection.farewell = connection.farewell or self._ending

    def _send_away(self, label: str, gone: wire.Farewell) -> None:
        for connection in self._connections.values():
            if connection.guest is not None and connection.guest.label == label:
                connection.farewell = gone
                self._people_changed(connection.guest.seat)

    def _people_changed(self, seat: SeatName) -> None:
        self.on_people(self.people())
        for connection in self._connections.values():
            if (guest := connection.guest) is not None and (guest.seat == seat or self._is_near(guest.seat)):
                connection.tells_people = True

    def _company(self, connection: Connection, guest: Guest) -> list[bytes]:
        if not connection.tells_people:
            return []
        connection.tells_people, places = False, self._places(guest)
        return connection.company(self._people_for(guest, places), self._versions(guest.seat), places)

    def _people_for(self, guest: Guest, places: Places | None) -> wire.People:
        if guest.seat == "facilitator":
            return wire.People(guest.label, self.people(), places or UNSET, storage_told(self.storage_failure))
        alone = guest.seat == "observer"
        own = [of for of in self.people() if (of.label == guest.label if alone else of.seat == guest.seat)]
        return wire.People(guest.label, tuple(replace(of, attempts=0) for of in own))


def _nobody_asks(_: object) -> None:
    return None
