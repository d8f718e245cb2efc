"""The logs of an export: read, brought back, and given names that say nothing of anybody.

Sessions with a bot at a team's seat, and those that are sealed still, are left out unless they are asked for. A log
that cannot be used is passed over and named, so that one bad file does not keep a thousand good ones from being read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.errors import CrisisSimError
from crisis_sim.research.rows import Source
from crisis_sim.session.log import Log, read_log
from crisis_sim.session.replay import Replay, replay_on, table_of


class Passed(NamedTuple):
    """A log that is not in the export."""

    path: Path
    why: str
    is_damaged: bool = False
    """It could not be used; otherwise it does not belong here."""


class Reading:
    """Reads logs one after the other and keeps what was passed over."""

    def __init__(self, *, bots: bool, named: bool, unended: bool = False) -> None:
        """With `bots`, sessions of bots too; with `unended`, those still sealed; with `named`, under their own ids."""
        self._bots = bots
        self._named = named
        self._unended = unended
        self._tables: dict[tuple[str, int, str, bool | None], Table] = {}
        self._seen: set[str] = set()
        self.passed: list[Passed] = []

    @property
    def damaged(self) -> bool:
        """A log could not be used."""
        return any(passed.is_damaged for passed in self.passed)

    def sources(self, paths: Iterable[Path]) -> Iterator[Source]:
        """Every session that belongs in the export, each once."""
        for path in paths:
            try:
                log = read_log(path)
                replay = self._replay(log)
            except CrisisSimError as wrong:
                self.passed.append(Passed(path, wrong.message, is_damaged=True))
                continue
            if not self._bots and has_bot(replay.state):
                self.passed.append(Passed(path, "a bot plays a team in it"))
            elif not (self._unended or replay.is_open):
                self.passed.append(Passed(path, "it has not come to its hotwash"))
            elif log.header.session in self._seen:
                self.passed.append(Passed(path, "its session is in the export already"))
            else:
                self._seen.add(log.header.session)
                parent = log.header.parent
                yield Source(self._name(log.header.session), self._name(parent.session) if parent else "", replay)

    def _name(self, session: str) -> str:
        """A session's own id, or a name made from it that does not lead back to it."""
        return session if self._named else "s" + sha256(f"crisis-sim export {session}".encode()).hexdigest()[:10]

    def _replay(self, log: Log) -> Replay:
        """The session brought back; the rules of many sessions of one scenario are compiled once."""
        header = log.header
        key = (sha256(bytes(header.material)).hexdigest(), header.length, header.show, header.second_order)
        if key not in self._tables:
            self._tables[key] = table_of(header, log.path)
        table = self._tables[key].seeded(header.seed, header.session)
        return replay_on(log, table)


def has_bot(state: State) -> bool:
    """Whether a bot sits at a team's seat."""
    return any(who == "bot" for seat, (who, _) in state.seats.items() if seat in ("us", "china"))
