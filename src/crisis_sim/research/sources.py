"""The logs of many sessions: read, brought back, and given names that say nothing of anybody.

Sessions with a bot at a team's seat, and those that are sealed still, are left out unless they are asked for. A log
that cannot be used is passed over and named, so that one bad file does not keep a thousand good ones from being read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from crisis_sim.errors import CrisisSimError
from crisis_sim.research.players import has_bot
from crisis_sim.research.pseudonyms import made_up
from crisis_sim.research.rows import Source
from crisis_sim.session.log import read_log
from crisis_sim.session.replay import Tables, replay_on


class Wanted(NamedTuple):
    """Which sessions are wanted, and under which names."""

    key: bytes | None
    """What made-up names are made with; None: under their own ids."""
    bots: bool = False
    """Those in which a bot plays a team too."""
    unended: bool = False
    """Those that are sealed still too."""
    dates: bool = False
    """With the days on which they were played."""


class Passed(NamedTuple):
    """A log that is left out."""

    path: Path
    why: str
    is_damaged: bool = False
    """It could not be used; otherwise it does not belong here."""


AGAIN: Final = "its session is in already"
UNFIT: Final = "it holds what no session of crisis-sim would have written"
"""Why a log is passed over."""


class Opener:
    """Opens one log after another; the rules of many sessions of one scenario are compiled once."""

    def __init__(self, wanted: Wanted) -> None:
        """For sessions that are `wanted`."""
        self._wanted = wanted
        self._tables = Tables()

    def opened(self, path: Path) -> Source | Passed:
        """The session in `path`, or why it is left out."""
        try:
            log = read_log(path)
            material = sha256(log.header.material).hexdigest()
            replay = replay_on(log, self._tables.of(log.header, log.path))
        except CrisisSimError as wrong:
            return Passed(path, wrong.message, is_damaged=True)
        if not self._wanted.bots and has_bot(log):
            return Passed(path, "a bot plays a team in it")
        if not (self._wanted.unended or replay.is_open):
            return Passed(path, "it has not come to its hotwash")
        parent = log.header.parent
        return Source(
            path=path,
            name=self._name(log.header.session),
            parent=self._name(parent.session) if parent else "",
            replay=replay,
            material=material,
            has_dates=self._wanted.dates,
        )

    def _name(self, session: str) -> str:
        """A session's own id, or a name made from it that does not lead back to it."""
        return session if self._wanted.key is None else made_up(session, self._wanted.key)


_SESSION: Final = re.compile(rb'"session":"([^"\\]{1,64})"')


def strewn(paths: Sequence[Path], key: bytes | None) -> list[Path]:
    """Logs in the order of the names that their sessions go by: that of their files would tell when each was played.

    Only how each log begins is looked at; what is no log comes first.
    """
    return sorted(paths, key=lambda path: _place(path, key))


def _place(path: Path, key: bytes | None) -> str:
    """Its session's name; empty for what is no file of a log, such as a pipe, which is not waited for."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            said = _SESSION.search(file.read(512))
    except (OSError, ValueError):
        return ""
    if said is None:
        return ""
    session = said[1].decode(errors="replace")
    return session if key is None else made_up(session, key)
