"""The logs of many sessions: gathered in batches, brought back, and given names that say nothing of anybody.

Sessions with a bot at a team's seat, and those that are sealed still, are left out unless they are asked for. A log
that cannot be used is passed over and named, so that one bad file does not keep a thousand good ones from being read.

A session's id stands in every log and on many a page, so that a name which could be reckoned from the id alone would
lead back to it. A made-up name hangs on a secret key too. Each export has a key of its own, which is thrown away,
unless a file keeps it; a key never lies among the tables.

What comes out hangs on the logs and on what is wanted alone, not on how many read them. Only so many batches are under
way as keep everybody busy, so that memory does not grow with the number of logs. A session becomes lines of
every table, and is taken once.
"""

from __future__ import annotations

import re
import secrets
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from os import O_CREAT, O_EXCL, O_WRONLY, fdopen, open
from pathlib import Path
from typing import Final, NamedTuple

from crisis_sim.errors import CrisisSimError, Sentence, UnreadableInput, why_not
from crisis_sim.research.columns import lines_of
from crisis_sim.research.export_rows import ExportedSession, has_bot, rows_of
from crisis_sim.research.people_rows import pseudonym
from crisis_sim.session.log import read_log
from crisis_sim.session.notices import notices_of
from crisis_sim.session.replay import FOLDING_ERRORS, TableCache, replay_on
from crisis_sim.text import clean

SHORTEST: Final = 16
"""Characters of a key: a shorter one could be found by trying."""
LONGEST: Final = 4096


def new_key() -> bytes:
    """A key that nobody knows."""
    return secrets.token_hex(32).encode()


def key_in(path: Path) -> bytes:
    """The key that a file keeps; a file that is not there is made, with a key of its own, for its owner's eyes alone.

    Raises UnreadableInput where it is no key, or cannot be read or made.
    """
    shown = clean(str(path), lines=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), fdopen(open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600), "wb") as file:
            file.write(new_key() + b"\n")
        key = path.read_bytes().strip() if path.is_file() and path.stat().st_size <= LONGEST else b""
    except (OSError, ValueError) as error:
        sentence = Sentence("the key {shown} cannot be read or made: {reason}", shown=shown, reason=why_not(error))
        raise UnreadableInput("key/unreadable", sentence, hint="name another file with --key") from None
    if len(key) < SHORTEST:
        sentence = Sentence(
            "{shown} holds no key: {least} to {most:,} characters that nobody can guess",
            shown=shown,
            least=SHORTEST,
            most=LONGEST,
        )
        raise UnreadableInput("key/short", sentence, hint="name a file that is not there, and one is made")
    return key


class WantedSessions(NamedTuple):
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


UNFIT: Final = Sentence("it holds what no session of crisis-sim would have written")
"""Why a log is passed over."""


class Opener:
    """Opens one log after another; the rules of many sessions of one scenario are compiled once."""

    def __init__(self, wanted: WantedSessions) -> None:
        self._wanted = wanted
        self._tables = TableCache()

    def opened(self, path: Path) -> ExportedSession | Passed:
        """The session in `path`, or why it is left out."""
        try:
            log = read_log(path)
            material = sha256(log.header.material).hexdigest()
            replay = replay_on(log, self._tables.table_for(log.header, log.path))
        except CrisisSimError as wrong:
            return Passed(path, wrong.message, is_damaged=True)
        if not self._wanted.bots and has_bot(log):
            return Passed(path, Sentence("a bot plays a team in it"))
        if not (self._wanted.unended or replay.is_open):
            return Passed(path, Sentence("it has not come to its hotwash"))
        parent = log.header.parent
        return ExportedSession(
            path=path,
            name=self._name(log.header.session),
            parent=self._name(parent.session) if parent else "",
            replay=replay,
            material=material,
            has_dates=self._wanted.dates,
            key=self._wanted.key,
        )

    def _name(self, session: str) -> str:
        """A session's own id, or a name made from it that does not lead back to it."""
        return session if self._wanted.key is None else pseudonym("s", session, self._wanted.key)


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
            match = _SESSION.search(file.read(512))
    except (OSError, ValueError):
        return ""
    if match is None:
        return ""
    session = match[1].decode(errors="replace")
    return session if key is None else pseudonym("s", session, key)


class SessionLines(NamedTuple):
    """One session, in the lines of each table."""

    path: Path
    session: str
    """Its own id, by which a second log of it is known."""
    lines: dict[str, str]
    rows: dict[str, int]
    noticed: tuple[str, ...]
    """What happened at the end of its log, such as that it was torn off."""


BATCH: Final = 16
"""Logs that are handed over at once."""


class Batch(NamedTuple):
    """Some logs for one reader."""

    paths: tuple[Path, ...]
    wanted: WantedSessions


def gathered(
    paths: Sequence[Path],
    wanted: WantedSessions,
    hand: Callable[[Batch], Future[tuple[SessionLines | Passed, ...]]],
    ahead: int,
) -> Iterator[SessionLines | Passed]:
    """The lines of each log, in their order.

    `hand` gives a batch to somebody who will `read` it; `ahead` batches are under way at a time.
    """
    starts = range(0, len(paths), BATCH)
    batches = (Batch(tuple(paths[start : start + BATCH]), wanted) for start in starts)
    waiting = deque(hand(batch) for batch in islice(batches, ahead))
    while waiting:
        yield from waiting.popleft().result()
        waiting.extend(hand(batch) for batch in islice(batches, 1))


def read(batch: Batch) -> tuple[SessionLines | Passed, ...]:
    """The lines of each log of a batch. Never raises for what is in a log."""
    opener = _opener(batch.wanted)
    return tuple(_lines_in(path, opener) for path in batch.paths)


def _lines_in(path: Path, opener: Opener) -> SessionLines | Passed:
    source = opener.opened(path)
    if isinstance(source, Passed):
        return source
    try:
        rows = rows_of(source)
        lines = {name: lines_of(table_rows) for name, table_rows in rows.items()}
    except FOLDING_ERRORS:
        return Passed(path, UNFIT, is_damaged=True)
    return SessionLines(
        path=source.path,
        session=source.log.header.session,
        lines=lines,
        rows={name: len(table_rows) for name, table_rows in rows.items()},
        noticed=tuple(notice.sentence for notice in notices_of(source.log)),
    )


_openers: dict[WantedSessions, Opener] = {}


def _opener(wanted: WantedSessions) -> Opener:
    """The one that has read the batches before, with the rules that it has compiled."""
    if wanted not in _openers:
        _openers.clear()
        _openers[wanted] = Opener(wanted)
    return _openers[wanted]


class UniqueSessions:
    """Takes parts as they come, and hands on the first of each session."""

    def __init__(self, add: Callable[[SessionLines], None]) -> None:
        """`add` is handed each of them."""
        self.passed: list[Passed] = []
        """Logs that were left out."""
        self.noticed: list[tuple[Path, str]] = []
        """What happened at the end of logs that are in."""
        self._add = add
        self._seen: set[str] = set()

    def take(self, part: SessionLines | Passed) -> None:
        """Hand a part on, or keep why it is left out."""
        if isinstance(part, Passed):
            self.passed.append(part)
        elif part.session in self._seen:
            self.passed.append(Passed(part.path, Sentence("its session is in already")))
        else:
            self._seen.add(part.session)
            self.noticed += ((part.path, sentence) for sentence in part.noticed)
            self._add(part)
