"""A session in memory as a hub hosts it, and lines to it that can be lost."""

from __future__ import annotations

from tests.engine.play import Play

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import StorageFailed
from crisis_sim.rooms.guests import Guests
from crisis_sim.rooms.hub import Hub
from crisis_sim.rooms.mirror import Answered, OutOfStep, SeatMirror
from crisis_sim.rooms.wire import AnyFromClient, AnyFromHost, TakePen, encoded, from_host

LIFE = "life"


class Hosted:
    """The engine without a log, with names for submits as a session keeps them."""

    storage_failure: StorageFailed | None = None

    def __init__(self, play: Play) -> None:
        self.play = play
        self.left: int | None = None
        self.done: dict[tuple[a.SeatName, str], a.AnyAction] = {}

    def view(self, seat: a.SeatName) -> View:
        return self.play.look(seat)

    def dossier(self, seat: a.SeatName) -> Dossier:
        return dossier_for(self.play.table, seat)

    def submit(self, seat: a.SeatName, action: a.AnyAction, ref: str | None = None) -> object:
        if ref is None or (seat, ref) not in self.done:
            self.play.submit(seat, action)
        if ref is not None:
            self.done[seat, ref] = action
        return None

    def has_done(self, seat: a.SeatName, action: a.AnyAction, ref: str) -> bool:
        return (seat, ref) in self.done

    def seconds_left(self) -> int | None:
        return self.left


def opened(play: Play) -> tuple[Hub, Hosted]:
    """A hub that hosts it, with nobody invited."""
    hosted = Hosted(play)
    return Hub(hosted, Guests.fresh(lambda guests: None), LIFE), hosted


class HubLine:
    """A line to a hub, whoever is at its end; what is due comes when it is asked for."""

    address = ""
    """Where lines come from; each from one of its own where it is empty."""

    def __init__(self, hub: Hub, who: int, hello: AnyFromClient, now: float) -> None:
        self.hub, self.who, self.now = hub, who, now
        self.heard: list[AnyFromHost] = []
        hub.connect(who, self.address or f"address {who}")
        self.send(hello)

    def send(self, message: AnyFromClient) -> None:
        self.now += 1
        self.hub.handle(self.who, encoded(message), self.now)

    def due(self) -> list[bytes]:
        """What the hub sends now, taken in here."""
        said = self.hub.due_messages(self.who)
        for each in said:
            message = from_host(each)
            self.heard.append(message)
            self.take(message)
        return said

    def take(self, message: AnyFromHost) -> None:
        """What is made of it here."""
        raise NotImplementedError


class Line(HubLine):
    """A client and its line."""

    def __init__(self, hub: Hub, who: int, mirror: SeatMirror, now: float = 0.0, *, admits_only: bool = False) -> None:
        self.mirror = mirror
        self.answers: list[Answered] = []
        super().__init__(hub, who, mirror.hello(admits_only=admits_only), now)

    def take(self, message: AnyFromHost) -> None:
        if (answered := self.mirror.take(message)) is not None:
            self.answers.append(answered)

    def ask(self, action: a.AnyAction, ref: str) -> Answered:
        """Ask for it and hear the answer."""
        self.mirror.ask(ref, action)
        for do in self.mirror.unsent():
            self.send(do)
        self.due()
        return next(each for each in reversed(self.answers) if each.ref == ref)

    def take_pen(self) -> None:
        self.send(TakePen())

    def lose(self) -> None:
        self.hub.leave(self.who)
        self.mirror.disconnect()


def joined(hub: Hub, who: int, seat: a.SeatName) -> Line:
    """Somebody invited who has come and has the view."""
    _guest, code = hub.guests.invite(seat)
    line = Line(hub, who, SeatMirror(code=code))
    line.due()
    return line


__all__ = ["LIFE", "Hosted", "Line", "OutOfStep", "joined", "opened"]
