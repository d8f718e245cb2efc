"""A client's part of the wire, without a socket: a seat's view kept as the host tells it, and what waits to be sent.

What was asked for and not answered is sent again under its name when the line is back, so that it counts once. Until
it was first sent it can be taken back.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Literal, TypeAlias

import msgspec
from msgspec import Raw, Struct, UnsetType
from msgspec.structs import replace

from crisis_sim.engine.actions import AgreeToCard, AnyAction, SeatName
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import ActionRefused
from crisis_sim.rooms import wire
from crisis_sim.rooms.seat_versions import SeatVersions, together
from crisis_sim.session.places import AnyHostAct

LineState: TypeAlias = Literal["joining", "live", "lost", "over"]

_views = msgspec.json.Decoder(View)
_dossiers = msgspec.json.Decoder(Dossier)
_fields = msgspec.json.Decoder(dict[str, Raw])
_items = msgspec.json.Decoder(tuple[Raw, ...])


class Answered(Struct, frozen=True):
    """What became of a submit."""

    ref: str
    refused: ActionRefused | None = None


class OutOfStep(Exception):
    """The host tells of a change of a view that is not here: the line is to be opened anew."""


class SeatMirror:
    """One seat as this client knows it."""

    def __init__(self, *, code: str = "", token: str = "") -> None:
        """With a code that was not used, or the token that one was exchanged for."""
        self.state: LineState = "joining"
        self.token = token
        self.why: str = ""
        """Why it is over."""
        self.is_stopped = False
        """The host has said that it stops, and has not been there since."""
        self.refusal: ActionRefused | None = None
        """Why the host did not take this client in."""
        self.seat: SeatName | None = None
        self.label = ""
        """What the place is called at the table."""
        self.dossier: Dossier | None = None
        self._told: Dossier | None = None
        self.view: View | None = None
        self.left: int | None = None
        self.people: wire.People | None = None
        self.agreed = True
        """Whoever sits here has agreed to the card on what is recorded, or is not asked."""
        self._code = code
        self._life = ""
        self._n = 0
        self._outlived: tuple[int, View] | None = None
        """The last view, with its number, of an earlier life of the host, until the first of this one is here."""
        self._fields: dict[str, bytes] = {}
        self._feed: tuple[bytes, ...] = ()
        self._waiting: OrderedDict[str, wire.Submission | wire.HostAsk] = OrderedDict()
        self._sent: set[str] = set()

    @property
    def waits(self) -> bool:
        """Something was asked for and has no answer."""
        return bool(self._waiting)

    # what goes out

    def hello(self, *, admits_only: bool = False) -> wire.Hello:
        """The first message on a new line; with `admits_only` on one that is closed once the host lets us in."""
        self._sent.clear()
        code = "" if self.token else self._code
        return wire.Hello(
            v=wire.VERSION, code=code, token=self.token, life=self._life, at=self._n, admits_only=admits_only
        )

    def ask(self, ref: str, action: AnyAction) -> None:
        """Ask for `action` when there is a line."""
        self._waiting[ref] = wire.Submission(ref=ref, seen=self._n, action=action)

    def ask_host(self, ref: str, act: AnyHostAct) -> None:
        """Likewise for something that is no act of play."""
        self._waiting[ref] = wire.HostAsk(ref=ref, action=act)

    def take_back(self, ref: str) -> bool:
        """Ask no more for it; False where it has been sent and may have been done."""
        if ref in self._sent or ref not in self._waiting:
            return False
        del self._waiting[ref]
        return True

    def unsent(self) -> list[wire.Submission | wire.HostAsk]:
        """What is to be sent on this line."""
        if self.state != "live":
            return []
        ready = [do for ref, do in self._waiting.items() if ref not in self._sent]
        self._sent.update(do.ref for do in ready)
        return ready

    # what comes in

    def disconnect(self) -> None:
        """The line is lost; what was seen stays."""
        if self.state in ("live", "joining"):
            self.state = "lost" if self.view is not None else "joining"

    def take(self, message: wire.AnyFromHost) -> Answered | None:
        """Take a message; what it answers. Raises OutOfStep."""
        match message:
            case wire.Welcome():
                self._welcomed(message)
            case wire.Whole():
                raw = _fields.decode(message.facts)
                self._feed = tuple(bytes(item) for item in _items.decode(raw.pop("feed")))
                self._fields = {name: bytes(value) for name, value in raw.items()}
                self._acknowledge(message.n)
            case wire.Diff():
                self._differs(message)
            case wire.Acknowledged(ref=ref, n=n):
                if self._n < n:
                    raise OutOfStep
                return self._answered(Answered(ref))
            case wire.Refused(ref=ref):
                if not ref:
                    self.refusal = message.as_error()
                    return None
                return self._answered(Answered(ref, message.as_error()))
            case wire.Tick(seconds_left=left):
                self.left = left
            case wire.People():
                self.people = message
                self.agreed = all(of.agreed for of in message.people if of.label == message.you)
            case wire.Farewell(why=why):
                self.state, self.why = "over", why
            case wire.Stopped():
                self.is_stopped = True
                self.disconnect()
            case wire.PageUpdate() | wire.FormUpdate() | wire.PeopleUpdate():
                pass  # for who reads pages
        return None

    def _welcomed(self, message: wire.Welcome) -> None:
        self.is_stopped = False
        if not isinstance(message.token, UnsetType):
            self.token, self._code = message.token, ""
        if not isinstance(message.dossier, UnsetType):
            self._told = _dossiers.decode(message.dossier)
        if message.life != self._life:
            if self.view is not None:
                self._outlived = self._outlived or (self._n, self.view)
            self._life, self._n = message.life, 0
        self.seat, self.label, self.agreed = message.seat, message.label, message.agreed

    def _differs(self, message: wire.Diff) -> None:
        if message.base != self._n:
            raise OutOfStep
        changed = {name: bytes(raw) for name, raw in message.set.items()}
        if "feed" in changed:
            self._feed = tuple(bytes(item) for item in _items.decode(changed.pop("feed")))
        else:
            self._feed += tuple(map(bytes, message.more))
        for name in message.unset:
            self._fields.pop(name, None)
        self._fields |= changed
        self._acknowledge(message.n)

    def _acknowledge(self, n: int) -> None:
        if self._told is not None:  # with the first view that it belongs to
            self.dossier, self._told = self._told, None
        self.view, self._n = _views.decode(together(self._fields, self._feed)), n
        self.state = "live"
        if self._outlived is not None:
            self._outlive(*self._outlived, self.view)
            self._outlived = None

    def _outlive(self, had: int, last: View, now: View) -> None:
        """What waits was chosen from the view that is here where nothing of what it is about differs, else from none.

        Numbers of an earlier life would name other views in this one.
        """
        versions = SeatVersions(last)
        versions.look(now)
        for ref, do in self._waiting.items():
            if isinstance(do, wire.HostAsk):
                continue
            holds = do.seen == had and not versions.has_moved(do.action, 1)
            self._waiting[ref] = replace(do, seen=self._n if holds else 0)

    def _answered(self, answered: Answered) -> Answered | None:
        asked = self._waiting.pop(answered.ref, None)
        if asked is not None and isinstance(asked.action, AgreeToCard) and answered.refused is None:
            self.agreed = True
        return None if asked is None else answered
