"""What a host keeps beside a log, for its owner alone: the certificate, and who may come. A branch takes it over.

The certificate is the host's; the guests are those of one session, and another of the same name lets none of them in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, NamedTuple, TypeAlias

import msgspec
from msgspec.structs import replace

from crisis_sim.errors import Sentence, StorageFailed
from crisis_sim.rooms.certificate import fingerprint_of_pem, new_certificate
from crisis_sim.rooms.guests import GuestList, Guests, kept_guests
from crisis_sim.session.disk import make_folder, read_whole, storage_failed, write_new, write_over
from crisis_sim.session.folder import rooms_folder
from crisis_sim.session.session import Session

_GUESTS: Final = "guests.json"
_CERTIFICATE: Final = "certificate.pem"
_KEY: Final = "key.pem"
_PORTS: Final = "ports.json"


PortNumber: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=65535)]


class Ports(NamedTuple):
    """Where an exercise listens on its machine."""

    terminals: PortNumber
    browsers: PortNumber


class RoomFolder:
    """The folder of one exercise's rooms."""

    def __init__(self, session: Session) -> None:
        """Beside the log of that session, made if it is not there. Raises StorageFailed."""
        self.path = rooms_folder(session.path)
        self._session = session.header.session
        parent = session.header.parent
        self._known = {self._session, *(() if parent is None else (parent.session,))}
        make_folder(self.path)
        if not self.certificate.exists() or not self.key.exists():
            self.certificate.unlink(missing_ok=True)
            self.key.unlink(missing_ok=True)
            certificate, key = new_certificate()
            write_new(self.key, key)
            write_new(self.certificate, certificate)

    @property
    def certificate(self) -> Path:
        """The host's certificate."""
        return self.path / _CERTIFICATE

    @property
    def key(self) -> Path:
        """The key to it."""
        return self.path / _KEY

    @property
    def fingerprint(self) -> str:
        """Of the certificate, as a join line has it."""
        return fingerprint_of_pem(read_whole(self.certificate))

    def guests(self) -> Guests:
        """Who may come, as this session or its parent left it, else nobody. Raises StorageFailed if damaged."""
        place = self.path / _GUESTS
        if not place.exists():
            return Guests.fresh(self.keep)
        try:
            kept = kept_guests(read_whole(place))
        except msgspec.MsgspecError:
            hint = Sentence("delete it and host again: everybody then gets a new code, and the log is as it was")
            raise StorageFailed("storage/rooms", "{path} is damaged", hint=hint, path=place) from None
        return Guests(kept, self.keep) if kept.session in self._known else Guests.fresh(self.keep)

    def keep(self, guests: GuestList) -> None:
        """Keep who may come to this session, durably. Raises StorageFailed."""
        self._keep(_GUESTS, msgspec.json.encode(replace(guests, session=self._session)))

    def keep_ports(self, ports: Ports) -> None:
        """Keep where it listens, so that whoever has come finds it there again. Raises StorageFailed."""
        self._keep(_PORTS, msgspec.json.encode(ports))

    def _keep(self, name: str, data: bytes) -> None:
        place = self.path / name
        try:
            write_over(place, data)
        except OSError as error:
            raise storage_failed("storage/rooms", Sentence("{path} cannot be written", path=place), error) from error

    def taken_over(self, branch: Session) -> RoomFolder:
        """The folder of a branch of this session, with all that is in this one. Raises StorageFailed."""
        try:
            self.path.rename(rooms_folder(branch.path))
        except OSError as error:
            raise storage_failed("storage/rooms", Sentence("{path} cannot be moved", path=self.path), error) from error
        folder = RoomFolder(branch)
        folder.guests().keep_all()
        return folder


def ports_kept(log: Path) -> Ports | None:
    """Where the exercise of that log listened last; None where that is not known."""
    try:
        return msgspec.json.decode((rooms_folder(log) / _PORTS).read_bytes(), type=Ports)
    except (OSError, msgspec.MsgspecError):
        return None
