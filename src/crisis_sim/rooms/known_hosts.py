"""Hosts that somebody has joined from here: by what certificate each is known again, and the token for its seat.

In a file that is its owner's alone. A token never stands in an argument, an address or a message to people.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec
from filelock import FileLock
from msgspec import Struct
from platformdirs import user_data_path

from crisis_sim.errors import Sentence
from crisis_sim.session.disk import PRIVATE, done_or_failed, make_folder, write_over

MOST = 50
"""Hosts that are remembered, the last ones joined."""
PATIENCE: Final = 5.0
"""Seconds that somebody waits who joins while another does."""


class KnownHost(Struct, frozen=True):
    """A host that was joined."""

    fingerprint: str
    seats: dict[str, str] = {}
    """The token for each place that was taken from here, by its label; the last one taken stands last."""


def default_place() -> Path:
    """Where they are remembered when nothing else is said."""
    return user_data_path("crisis-sim", appauthor=False) / "hosts.json"


class KnownHosts:
    """The hosts that are remembered."""

    def __init__(self, place: Path) -> None:
        """In that file; one that is missing or damaged remembers none."""
        self._place = place

    def _read(self) -> dict[str, KnownHost]:
        """As they stand now: another window may have joined since."""
        try:
            return msgspec.json.decode(self._place.read_bytes(), type=dict[str, KnownHost])
        except (OSError, msgspec.MsgspecError):
            return {}

    def host_at(self, place: str) -> KnownHost | None:
        """The host at an address."""
        return self._read().get(place)

    def remember(self, place: str, fingerprint: str, label: str, token: str) -> None:
        """Know a host again, and the place that was taken there. Raises StorageFailed.

        Whoever joins at the same moment from here waits, so that both are remembered.
        """
        make_folder(self._place.parent)
        lock = FileLock(self._place.with_suffix(".lock"), timeout=PATIENCE, mode=PRIVATE)
        with done_or_failed("storage/hosts", Sentence("{path} cannot be written", path=self._place)), lock:
            hosts = self._read()
            known = hosts.pop(place, None)
            seats = dict(known.seats) if known is not None and known.fingerprint == fingerprint else {}
            seats.pop(label, None)
            hosts[place] = KnownHost(fingerprint, {**seats, label: token})
            write_over(self._place, msgspec.json.encode(dict(list(hosts.items())[-MOST:])))
