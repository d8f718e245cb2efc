"""Whether a log is what was written, and whether its acts, judged again, lead to what it says.

Says everything in sentences, and names the first difference by entry, line, event and field. Changes nothing and takes
no lock. Where telling a log fails, it says whether somebody wrote that log by hand, or the fault is ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from msgspec import UnsetType, to_builtins
from msgspec.structs import replace

from crisis_sim import __version__
from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.acts.decide import decide_with_state
from crisis_sim.engine.events import AnyEvent
from crisis_sim.engine.state import opening_state
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused, LogDamaged, Sentence
from crisis_sim.session.log import Log, read_log, read_sound_part
from crisis_sim.session.notices import SHORTENED, notices_of
from crisis_sim.session.record import Entry, Header, own_parts
from crisis_sim.session.replay import FOLDING_ERRORS, TableOf, table_of
from crisis_sim.text import clipped, inert

WIDEST: Final = 60
"""Cells of a value that a finding quotes."""


class LogFinding(NamedTuple):
    """Something about a log."""

    code: str
    sentence: str
    grave: bool
    """The log is not, or not all of, what was acknowledged; otherwise it is good to know and no more."""
    line: int | None = None
    seq: int | None = None
    hint: str = ""
    refused: ActionRefused | None = None
    """Why the act is refused when it is judged again; no part of the sentence, for want of a language."""


class LogFindings(NamedTuple):
    """What verifying found."""

    path: Path
    session: str
    entries: int
    """Sound entries."""
    head: str
    """Hash of the last sound line."""
    findings: tuple[LogFinding, ...]
    table: GameTable | None = None
    """What the log is played from, where that could be read."""

    @property
    def is_sound(self) -> bool:
        """Nothing grave was found."""
        return not any(finding.grave for finding in self.findings)

    @property
    def is_whole(self) -> bool:
        """It is sound, and nothing that was acknowledged is missing, not even with somebody's consent."""
        return self.is_sound and not any(finding.code == SHORTENED for finding in self.findings)


def verify(
    path: Path, *, parent: Path | None = None, head: str | None = None, table_of: TableOf = table_of
) -> LogFindings:
    """Check the log in `path` and judge all its acts again; with `parent`, also that it is a branch of that log.

    With `head`, also that its last hash begins with these hex digits, which somebody noted. `table_of` makes the table.

    Raises UnreadableInput where `path` is no log, and LogDamaged where its header is not sound.
    """
    log, damage = read_sound_part(path, closely=True)
    if damage is not None:
        findings = [_damage_finding(damage)]
    else:
        findings = [LogFinding(code, sentence, code in _GRAVE, seq=seq) for code, sentence, seq in notices_of(log)]
    findings += [*_parts(log.header), *_times(log), *_repeated_refs(log)]
    if head is not None and not log.last_hash.startswith(head):
        findings.append(
            LogFinding(
                "log/other-head", Sentence("its last hash is {hash}, not the one noted", hash=log.short_hash), True
            )
        )
    if parent is not None:
        findings += _parentage(log, read_log(parent))
    table = table_of(log.header, log.path)
    first = rejudged(log, table)
    if first is not None:
        findings.append(first)
        if log.header.app != __version__:
            sentence = Sentence(
                "the log was begun with crisis-sim {begun} and judged again with {here}",
                begun=log.header.app,
                here=__version__,
            )
            findings.append(LogFinding("log/version", sentence, grave=False))
    return LogFindings(log.path, log.header.session, len(log.entries), log.last_hash, tuple(findings), table)


_GRAVE: Final = frozenset({"log/end-lost", "log/rewritten"})


def _damage_finding(damage: LogDamaged) -> LogFinding:
    message, hint = damage.message, damage.hint
    return LogFinding(damage.code, message, grave=True, line=damage.line, seq=damage.last_good, hint=hint)


def _times(log: Log) -> Iterator[LogFinding]:
    previous_time = 0 if log.header.parent else log.header.started  # a branch keeps the times of its parent
    for entry in log.entries:
        if entry.time < previous_time or not 0 <= entry.away <= entry.time - previous_time:
            yield _entry_finding(entry, "log/time", Sentence("has a time that does not follow the one before"))
            return
        previous_time = entry.time


def _parts(header: Header) -> Iterator[LogFinding]:
    if header.parts != own_parts(header):
        yield LogFinding(
            "log/parts", Sentence("the parts that line 1 lists are not those that it holds"), grave=True, line=1
        )


def _repeated_refs(log: Log) -> Iterator[LogFinding]:
    seen_refs = set[tuple[SeatName, str]]()
    for entry in log.entries:
        if not isinstance(entry.ref, UnsetType):
            if (entry.seat, entry.ref) in seen_refs:
                yield _entry_finding(
                    entry, "log/ref-doubled", Sentence("bears a name that an earlier submit of its seat has")
                )
                return
            seen_refs.add((entry.seat, entry.ref))


def _parentage(log: Log, parent: Log) -> Iterator[LogFinding]:
    branch_point = log.header.parent
    if branch_point is None or branch_point.session != parent.header.session:
        yield LogFinding(
            "log/parent",
            Sentence("{name} is no branch of {parent}", name=log.path.name, parent=parent.path.name),
            grave=True,
            line=1,
        )
        return
    lines = [parent.header.hash, *(entry.hash for entry in parent.entries)]
    if branch_point.seq >= len(lines) or lines[branch_point.seq] != branch_point.hash:
        message = Sentence(
            "entry {seq} of {parent} is not the one branched from", seq=branch_point.seq, parent=parent.path.name
        )
        yield LogFinding("log/parent", message, grave=True, line=1)
        return
    for ours, theirs in zip(log.entries[: branch_point.seq], parent.entries, strict=False):
        if replace(ours, prev="", hash="") != replace(theirs, prev="", hash=""):
            message = Sentence("differs from the same entry of {parent}", parent=parent.path.name)
            yield _entry_finding(ours, "log/parent", message)
            return


def rejudged(log: Log, table: GameTable) -> LogFinding | None:
    """The first entry of `log` whose act, judged again on `table`, leads to something else; None if there is none."""
    state = opening_state(table)
    for entry in log.entries:
        try:
            again, state = decide_with_state(state, entry.seat, entry.action, table)
        except ActionRefused as refused:
            finding = _entry_finding(
                entry, "log/refused", Sentence("holds an act that is refused when it is judged again")
            )
            return finding._replace(refused=refused)
        except FOLDING_ERRORS as error:
            message = Sentence("holds an act that cannot be judged again ({kind})", kind=type(error).__name__)
            return _entry_finding(entry, "log/misfit", message)
        if again != entry.events:
            return _entry_finding(entry, "log/judged-otherwise", _difference(entry.events, again))
    return None


def _entry_finding(entry: Entry, code: str, rest: Sentence) -> LogFinding:
    message = Sentence("entry {seq} (line {line}) {rest}", seq=entry.seq, line=entry.seq + 1, rest=rest)
    return LogFinding(code, message, True, line=entry.seq + 1, seq=entry.seq)


def _difference(logged: tuple[AnyEvent, ...], again: tuple[AnyEvent, ...]) -> Sentence:
    """Where two lists of events first differ; `logged` is not `again`."""
    for place, (was, now) in enumerate(zip(logged, again, strict=False), 1):
        if was != now:
            logged_fields, judged_fields = to_builtins(was), to_builtins(now)
            if logged_fields["kind"] != judged_fields["kind"]:
                return Sentence(
                    "has {before} as event {place}, and judging again gives {after}",
                    before=logged_fields["kind"],
                    place=place,
                    after=judged_fields["kind"],
                )
            field, ours, theirs = _first_field(logged_fields, judged_fields, "")
            return Sentence(
                "says {field} = {ours} in event {place} ({kind}), and judging again gives {theirs}",
                field=field,
                ours=_quoted(ours),
                place=place,
                kind=logged_fields["kind"],
                theirs=_quoted(theirs),
            )
    place = min(len(logged), len(again))
    more = to_builtins((*logged, *again)[place] if len(logged) > place else again[place])["kind"]
    words = {"place": place + 1, "kind": more, "again": len(again), "logged": len(logged)}
    if len(logged) > place:
        return Sentence("has event {place} ({kind}), and judging again gives {again} events, not {logged}", **words)
    return Sentence("lacks event {place} ({kind}), and judging again gives {again} events, not {logged}", **words)


def _first_field(was: Any, now: Any, name: str) -> tuple[str, Any, Any]:
    """The innermost field in which two unequal values differ first, and both values."""
    if isinstance(was, dict) and isinstance(now, dict) and was.keys() == now.keys():
        for key in was:
            if was[key] != now[key]:
                return _first_field(was[key], now[key], f"{name}.{key}" if name else str(key))
    if isinstance(was, list | tuple) and isinstance(now, list | tuple) and len(was) == len(now):
        for place, (left_item, right) in enumerate(zip(was, now, strict=True), 1):
            if left_item != right:
                return _first_field(left_item, right, f"{name}[{place}]")
    return name, was, now


def _quoted(value: Any) -> str:
    return clipped(inert(repr(value)), WIDEST)


@contextmanager
def wrong_events_named(*paths: Path) -> Iterator[None]:
    """Raises LogDamaged for what went wrong, where a log in `paths`, judged again, is not what was played.

    Where all of them are, it is a fault of ours and goes on its way.
    """
    try:
        yield
    except FOLDING_ERRORS as error:
        for path in paths:
            log = read_log(path)
            finding = rejudged(log, table_of(log.header, log.path))
            if finding is not None:
                raise LogDamaged(
                    finding.code,
                    "{name} cannot be told: {sentence}",
                    line=finding.line or 1,
                    last_good=(finding.seq or 1) - 1,
                    hint="`crisis-sim verify {name}` checks all of it",
                    name=log.path.name,
                    sentence=finding.sentence,
                ) from error
        raise
