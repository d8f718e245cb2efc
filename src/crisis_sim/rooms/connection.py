"""What a host knows of one line: who is at its end, what that was told last, and what is still to be answered."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from crisis_sim.errors import ActionRefused
from crisis_sim.rooms.guests import Guest
from crisis_sim.rooms.page_builders import SeatPages
from crisis_sim.rooms.seat_versions import SeatVersions
from crisis_sim.rooms.wire import RATE, Acknowledged, Farewell, People, Refused, Stopped, encoded
from crisis_sim.session.places import Places


@dataclass
class Connection:
    """One client at the end of a line."""

    address: str
    guest: Guest | None = None
    admits_only: bool = False
    """Its client comes by another line."""
    sent: int = 0
    """Number of the view that it was told last; 0 for none."""
    answers: deque[tuple[int, bytes]] = field(default_factory=deque)
    """What is to be told once the view of that number has been."""
    farewell: Farewell | Stopped | None = None
    """The last message; the line is closed behind it."""
    times: deque[float] = field(default_factory=lambda: deque(maxlen=RATE))
    tells_people: bool = False
    people_sent: bytes = b""
    """Who is there, as it was told last."""
    pages: SeatPages | None = None
    """What tells it, where it reads pages and makes no words itself."""

    def since(self, versions: SeatVersions) -> bytes:
        """What it is told of the newest view of its seat."""
        return versions.since(self.sent) if self.pages is None else self.pages.since(versions.newest, self.sent)

    def is_behind(self, versions: SeatVersions) -> bool:
        """Whether the newest view differs in what is shown here; what else differs is not worth a frame to anybody."""
        newest = versions.newest
        return self.sent != newest.n and (self.pages is None or self.pages.has_changed(newest, self.sent))

    def answer(self, n: int, ref: str, why: ActionRefused | None) -> None:
        """Say that what was asked for is done, or why not, once the view `n` has been told."""
        if why is None:
            said = encoded(Acknowledged(ref, n))
        else:
            said = encoded(Refused(ref, why.code, why.parts)) if self.pages is None else self.pages.refused(ref, why)
        self.answers.append((n, said))

    def company(self, told: People, versions: SeatVersions, places: Places | None) -> list[bytes]:
        """Who is there, with `places` who may come too; nothing where it was told so last: that is of others' lines."""
        pages = self.pages
        said = encoded(told) if pages is None else pages.people(told, versions.newest, places)
        same, self.people_sent = said == self.people_sent, said
        return [] if same else [said]
