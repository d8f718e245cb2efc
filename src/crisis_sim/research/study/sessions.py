"""The sessions of a study: read by as many workers as there are, each counted once.

Which sessions belong is what exports say: people only unless bots are asked for, ended unless unended ones are, and a
log that cannot be used is named and passed over. Of a session and its branches one counts, since they share turns. The
result does not hang on how many work on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from crisis_sim.engine.telling import head_for, words_for
from crisis_sim.measures.whole import measured
from crisis_sim.research.rows import Source
from crisis_sim.research.sources import UNFIT, Opener, Passed, Wanted, has_bot
from crisis_sim.research.study.values import values_of
from crisis_sim.rules.names import SIDES, Language, Side
from crisis_sim.session.replay import MISFITS

Read: TypeAlias = "list[Played | Passed]"
Submit: TypeAlias = "Callable[[Callable[[Stretch], Read], Stretch], Future[Read]]"
"""Hands a stretch of work to whoever does it."""
Told: TypeAlias = Callable[[int], None]
"""Is told how many more logs are read."""

_SHARES: Final = 4
"""Stretches for each worker, so that all finish at about the same time."""
_LONGEST: Final = 100
"""Logs in a stretch, at most."""
AGAIN: Final = "its session is in the study already"


class Act(NamedTuple):
    """An act, with both of its sealed meanings."""

    side: Side
    turn: int
    order: int
    move: str
    head: str
    words: str
    intent: int
    reading: int | None


class Played(NamedTuple):
    """A session as the study has it."""

    path: Path
    name: str
    """The name that it goes by in exports."""
    session: str
    """Its own id."""
    parent: str
    """The id of the session that it is a branch of; empty if it is none."""
    started: int
    scenario: str
    packs: str
    length: int
    has_bot: bool
    values: tuple[float | None, ...]
    acts: tuple[Act, ...]


class Stretch(NamedTuple):
    """Logs that are read in one go."""

    paths: tuple[Path, ...]
    wanted: Wanted
    acts: Language | None
    """The acts too, told in this language."""


class Sessions(NamedTuple):
    """What a study is of."""

    played: tuple[Played, ...]
    passed: tuple[Passed, ...]
    """Logs that are not in it, and why."""

    @property
    def is_damaged(self) -> bool:
        """A log could not be used."""
        return any(passed.is_damaged for passed in self.passed)


def gathered(
    paths: Sequence[Path], wanted: Wanted, acts: Language | None, submit: Submit, workers: int, told: Told
) -> Sessions:
    """The sessions of these logs, in their order; with their acts, if `acts` says in which language."""
    size = max(1, min(_LONGEST, -(-len(paths) // (workers * _SHARES))))
    stretches = [Stretch(tuple(paths[at : at + size]), wanted, acts) for at in range(0, len(paths), size)]
    found: Read = []
    for stretch, future in [(stretch, submit(read, stretch)) for stretch in stretches]:
        found += future.result()
        told(len(stretch.paths))
    return _once(found)


def read(stretch: Stretch) -> Read:
    """What a worker does: the sessions of a stretch, or why a log is passed over. Never raises for what is in a log."""
    opener = Opener(stretch.wanted)
    return [_found(path, opener, stretch.acts) for path in stretch.paths]


def _found(path: Path, opener: Opener, acts: Language | None) -> Played | Passed:
    source = opener.opened(path)
    if isinstance(source, Passed):
        return source
    try:
        return _played(path, source, acts)
    except MISFITS:
        return Passed(path, UNFIT, is_damaged=True)


def _played(path: Path, source: Source, acts: Language | None) -> Played:
    header, found = source.log.header, measured(source.replay)
    return Played(
        path=path,
        name=source.name,
        session=header.session,
        parent=header.parent.session if header.parent else "",
        started=header.started,
        scenario=source.replay.table.scenario.id,
        packs=" ".join(found.course.packs),
        length=header.length,
        has_bot=has_bot(source.replay.state),
        values=values_of(found),
        acts=tuple(_acts(source, acts)) if acts else (),
    )


def _acts(source: Source, language: Language) -> Iterator[Act]:
    state, table = source.replay.state, source.replay.table
    readings = {item.act: item.hostility for side in SIDES for item in state.team(side).inbox}
    for (side, turn, order), sent in state.acts.items():
        head, words = head_for(table, sent, None, language), words_for(table, sent, None, language)
        yield Act(side, turn, order, sent.act.move, head, words, sent.act.intent, readings.get((side, turn, order)))


def _once(found: Read) -> Sessions:
    """Each session once, and one of each family of branches: its root, or the branch that was begun first."""
    first: dict[str, Played] = {}
    for each in found:
        if isinstance(each, Played):
            first.setdefault(each.session, each)
    heads = _heads(first.values())
    played, passed = list[Played](), list[Passed]()
    for each in found:
        if isinstance(each, Passed):
            passed.append(each)
        elif first[each.session] is not each:
            passed.append(Passed(each.path, AGAIN))
        elif heads[each.session] != each.session:
            other = first[heads[each.session]].path.name
            passed.append(Passed(each.path, f"it shares turns with {other}, which is in"))
        else:
            played.append(each)
    return Sessions(tuple(played), tuple(passed))


def _heads(sessions: Iterable[Played]) -> dict[str, str]:
    """For each session the one that counts of its family."""
    roots: dict[str, str] = {}

    def root(session: str) -> str:
        while (above := roots.get(session, session)) != session:
            session = above
        return session

    ordered = sorted(sessions, key=lambda each: (bool(each.parent), each.started, each.session))
    for each in ordered:
        roots.setdefault(each.session, each.session)
        if each.parent:
            roots[root(each.session)] = root(each.parent)
    heads: dict[str, str] = {}
    for each in ordered:
        heads.setdefault(root(each.session), each.session)
    return {each.session: heads[root(each.session)] for each in ordered}
