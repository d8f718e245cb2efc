"""What host and clients say to each other: JSON text, one message a frame, one number for the version of it all.

No number here counts what another seat does. A client that sends a field which is not here is refused; a client
ignores what it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType, field

from crisis_sim.engine.actions import AnyAction, SeatName
from crisis_sim.errors import ActionRefused, SentencePart
from crisis_sim.rules.names import Language
from crisis_sim.session.places import AnyHostAct, Occupant, Places

VERSION: Final = 1
LARGEST: Final = 64 * 1024
"""Bytes in one message of a client."""
RATE: Final = 20
"""Messages that a client may send in a second."""
TICK: Final = 3.0
"""Seconds between two signs of life of a host."""
SILENT: Final = 8.0
"""Seconds without one after which a line is lost, at either end."""
_TICK_BYTES: Final = 40
"""Bytes of each tick, whatever it says."""


class FromClient(Struct, frozen=True, tag_field="say", forbid_unknown_fields=True):
    """A message of a client."""


class Hello(FromClient, frozen=True, tag="hello"):
    """The first message: who comes, and what it has already."""

    v: int
    code: str = ""
    """A code that has not been used; then the welcome holds a token."""
    token: str = ""
    life: str = ""
    """Life of the host that `at` counts in; empty for a client that has nothing."""
    at: int = 0
    """Number of the view that it has."""
    wants: Literal["facts", "page"] = field(default="facts", name="as")
    """Facts, of which a client makes words, or pages of blocks."""
    language: Language = "en"
    """In which pages are told."""
    admits_only: bool = False
    """The line is closed once its client is let in: whoever comes is here when the next one is open."""


class Fill(FromClient, frozen=True, tag="fill"):
    """Ask for a form as it is for a half-written sheet; nothing of that is kept."""

    form: str
    answers: Mapping[str, str | tuple[str, ...]] = {}


class Submission(FromClient, frozen=True, tag="do"):
    """Ask for an action."""

    ref: str
    """Names this submit for ever: the same one again is answered and not done again."""
    seen: int
    """Number of the view that it was chosen from."""
    action: AnyAction


class HostAsk(FromClient, frozen=True, tag="ask"):
    """Ask the host for something that is no act of play: who may come, and which turn play goes on from."""

    ref: str
    action: AnyHostAct


class TakePen(FromClient, frozen=True, tag="take-pen"):
    """Hold what commits and seals for the team."""


class Still(FromClient, frozen=True, tag="still"):
    """Ask whether the line holds: a sign of life answers."""


class Bye(FromClient, frozen=True, tag="bye"):
    """Leave, and come back by the token."""


class FromHost(Struct, frozen=True, tag_field="say"):
    """A message of the host."""


class Welcome(FromHost, frozen=True, tag="welcome"):
    """Who one is from here on."""

    seat: SeatName
    label: str
    life: str
    token: str | UnsetType = UNSET
    """Once, in exchange for a code."""
    dossier: Raw | UnsetType = UNSET
    """Unless the client has it of this life."""
    agreed: bool = True
    """Whoever sits here has agreed to the card on what is recorded, or is not asked."""


class Whole(FromHost, frozen=True, tag="view"):
    """A seat's view."""

    n: int
    """Counts this seat's views in this life of the host."""
    facts: Raw


class Diff(FromHost, frozen=True, tag="diff"):
    """What differs in a seat's view from the one numbered `base`."""

    base: int
    n: int
    set: Mapping[str, Raw] = {}
    unset: tuple[str, ...] = ()
    """Fields that have their default again."""
    more: tuple[Raw, ...] = ()
    """What has joined the end of the feed."""


class Acknowledged(FromHost, frozen=True, tag="done"):
    """An action is on disk, and in the view `n`, which has been sent before."""

    ref: str
    n: int


class Refused(FromHost, frozen=True, tag="refused"):
    """An action changed nothing, and why; an empty `ref` says it of the client itself."""

    ref: str
    code: str
    parts: Mapping[str, SentencePart] = {}
    blocks: Raw | UnsetType = UNSET
    """The same as blocks, for who reads pages."""

    def as_error(self) -> ActionRefused:
        """What the seat raises for it."""
        return ActionRefused.heard(self.code, self.parts)


class Tick(FromHost, frozen=True, tag="tick"):
    """A sign of life, with the real seconds left for this turn; None where nothing is timed."""

    seconds_left: int | None


class People(FromHost, frozen=True, tag="people"):
    """Who is there: the own team, and everybody for the facilitator."""

    you: str
    people: tuple[Occupant, ...]
    places: Places | UnsetType = UNSET
    """Who may come, for the facilitator."""
    storage: Refused | UnsetType = UNSET
    """Why acts cannot be kept at present, for the facilitator."""


class PageUpdate(FromHost, frozen=True, tag="page"):
    """A seat's page, or the parts of it that differ from the one numbered `base`; 0 for the whole."""

    n: int
    base: int
    set: Mapping[str, Raw] = {}


class FormUpdate(FromHost, frozen=True, tag="form"):
    """A form as it is for a sheet that was sent; unset where it is not to be had."""

    name: str
    n: int
    form: Raw | UnsetType = UNSET


class PeopleUpdate(FromHost, frozen=True, tag="crew"):
    """Who is there of the own team, as blocks, and what is asked of who does something without the pen."""

    you: str
    blocks: Raw
    takes: str = ""
    """Empty for who holds it."""
    agreed: bool = True
    """Whoever sits here has agreed to the card, or is not asked."""
    places: Raw | UnsetType = UNSET
    """Who may come, what can be asked about that and the names of its forms, for who runs the exercise."""
    few: bool = False
    """More than one person sits at this seat, and each can say first alone how it takes what has come."""


class Farewell(FromHost, frozen=True, tag="gone"):
    """The host has done with this client."""

    why: Literal[
        "left",
        "over",
        "removed",
        "elsewhere",
        "version",
        "credentials",
        "used",
        "slow",
        "malformed",
        "flood",
        "locked",
        "full",
        "fault",
        "storage",
    ]


class Stopped(FromHost, frozen=True, tag="stopped"):
    """The host stops before the exercise is over, and its clock with it; a client opens its line again by itself."""


AnyFromClient: TypeAlias = Hello | Submission | HostAsk | Fill | TakePen | Still | Bye
AnyFromHost: TypeAlias = (
    Welcome
    | Whole
    | Diff
    | PageUpdate
    | FormUpdate
    | Acknowledged
    | Refused
    | Tick
    | People
    | PeopleUpdate
    | Farewell
    | Stopped
)

_encoder = msgspec.json.Encoder()
_client = msgspec.json.Decoder(AnyFromClient)
_host = msgspec.json.Decoder(AnyFromHost)


class Malformed(Exception):
    """A message that is none."""


def encoded(message: AnyFromHost | AnyFromClient) -> bytes:
    """A message as it goes over the wire; every tick has one length."""
    said = _encoder.encode(message)
    return said.ljust(_TICK_BYTES) if isinstance(message, Tick) else said


def from_client(said: bytes | str) -> AnyFromClient:
    """A client's message. Raises Malformed, for one that is too long as well."""
    if len(said) > LARGEST:
        raise Malformed
    message: AnyFromClient = _decoded(_client, said)
    return message


def from_host(said: bytes | str) -> AnyFromHost:
    """The host's message. Raises Malformed."""
    message: AnyFromHost = _decoded(_host, said)
    return message


def _decoded(decoder: msgspec.json.Decoder[Any], said: bytes | str) -> Any:
    try:
        return decoder.decode(said)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
        raise Malformed from None
