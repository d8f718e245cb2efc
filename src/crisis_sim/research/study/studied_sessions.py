"""The sessions of a study, each counted once, with the values that are laid beside those of others.

Which sessions belong is what exports say: people only unless bots are asked for, ended unless unended ones are, and a
log that cannot be used is named and passed over. Of a session and its branches one counts, since they share turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from crisis_sim.engine.sight.act_seen import act_for
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.errors import Sentence
from crisis_sim.measures.session_measures import measured
from crisis_sim.pages.teller import Teller, head_for, words_for
from crisis_sim.research.export_rows import ExportedSession, has_bot
from crisis_sim.research.log_sources import AGAIN, Passed
from crisis_sim.research.study.study_measures import values_of
from crisis_sim.rules.names import SIDES, Language, Side


class StudiedAct(NamedTuple):
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
    arm: str
    """Empty if none was named."""
    has_bot: bool
    values: tuple[float | None, ...]
    acts: tuple[StudiedAct, ...]


class Sessions(NamedTuple):
    """What a study is of."""

    played: tuple[Played, ...]
    passed: tuple[Passed, ...]
    """Logs that are not in it, and why."""

    @property
    def is_damaged(self) -> bool:
        """A log could not be used."""
        return any(passed.is_damaged for passed in self.passed)


def played(source: ExportedSession, acts: Language | None = None) -> Played:
    """A session, with its acts if `acts` says in which language."""
    header, found = source.log.header, measured(source.replay)
    return Played(
        path=source.path,
        name=source.name,
        session=header.session,
        parent=header.parent.session if header.parent else "",
        started=header.started,
        scenario=source.replay.table.scenario.id,
        packs=" ".join(found.course.packs),
        length=header.length,
        arm=header.arm,
        has_bot=has_bot(source.log),
        values=values_of(found),
        acts=tuple(_acts(source, acts)) if acts else (),
    )


def _acts(source: ExportedSession, language: Language) -> Iterator[StudiedAct]:
    state, table = source.replay.state, source.replay.table
    say = Teller(dossier_for(table, "facilitator"), language)
    readings = {item.act: item.hostility for side in SIDES for item in state.team(side).inbox}
    for (side, turn, order), sent in state.acts.items():
        act = act_for(table, sent, None)
        head, words = head_for(act, None, say), words_for(act, say)
        if (intent := sent.act.intent) is not None:  # by what the harness of a model made nobody meant anything
            yield StudiedAct(side, turn, order, sent.act.move, head, words, intent, readings.get((side, turn, order)))


def each_once(found: Sequence[Played | Passed]) -> Sessions:
    """Each session once, and one of each family of branches: its root, or the branch that was begun first."""
    first: dict[str, Played] = {}
    for each in found:
        if isinstance(each, Played):
            first.setdefault(each.session, each)
    heads = _heads(first.values())
    counted, passed = list[Played](), list[Passed]()
    for each in found:
        if isinstance(each, Passed):
            passed.append(each)
        elif first[each.session] is not each:
            passed.append(Passed(each.path, AGAIN))
        elif heads[each.session] != each.session:
            other = first[heads[each.session]].path.name
            passed.append(Passed(each.path, Sentence("it shares turns with {other}, which is in", other=other)))
        else:
            counted.append(each)
    return Sessions(tuple(counted), tuple(passed))


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
