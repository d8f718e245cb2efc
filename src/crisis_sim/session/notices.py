"""What happened to the end of a log, in sentences; what it has lost, before play goes on in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from crisis_sim.engine.actions import ShortenLog
from crisis_sim.errors import AcknowledgedLost, Sentence, StorageFailed
from crisis_sim.session.disk import write_new
from crisis_sim.session.log import Log
from crisis_sim.session.tip_file import Tip, kept_tip_path, tip_line
from crisis_sim.text import clean

SHORTENED: Final = "log/shortened"
"""Code of a loss that was accepted."""


class Notice(NamedTuple):
    """Something about a log that is no damage and that people should hear."""

    code: str
    sentence: str
    seq: int
    """The last sound entry before it."""


def notices_of(log: Log) -> tuple[Notice, ...]:
    """Everything that is to be known of the end of `log`, and of the ends that it had before."""
    return *(_on_record(seq, loss) for seq, loss in _losses(log)), *found_at_end(log)


def _losses(log: Log) -> Iterator[tuple[int, ShortenLog]]:
    """The entries in which `log` says itself what it has lost."""
    return ((entry.seq, entry.action) for entry in log.entries if isinstance(entry.action, ShortenLog))


def found_at_end(log: Log) -> Iterator[Notice]:
    """What is to be known of the end that `log` has."""
    last, name = len(log.entries), log.path.name
    if log.unended:
        yield Notice(
            "log/unended",
            Sentence("the last line of {name} lacked its end; it is complete and is kept", name=name),
            last,
        )
    elif log.torn:
        why = Sentence(
            "the last {torn:,} bytes of {name} are an act that was never completely written; they are left out",
            torn=log.torn,
            name=name,
        )
        yield Notice("log/torn", why, last)
    if log.no_tip:
        yield Notice(
            "log/no-tip",
            Sentence(
                "whether {name} ends where it should is not to be seen: {name}.tip cannot be read: {reason}; move it "
                "away",
                name=name,
                reason=log.no_tip,
            ),
            last,
        )
    lost = lost_end(log)
    if lost is not None:
        yield Notice(*lost_in_words(lost, last, name), last)


def lost_end(log: Log) -> Tip | None:
    """What was acknowledged last, where `log` does not have that entry; None while nothing shows that it is lost."""
    tip = log.tip
    if tip is None:
        return None
    if tip.seq <= len(log.entries) and tip.hash == log.hash_at(tip.seq):
        return None
    return None if any(loss.hash == tip.hash for _, loss in _losses(log)) else tip


def misses_acts(log: Log) -> bool:
    """Acts that were acknowledged are known to be missing from `log`, whether or not somebody accepted that."""
    return lost_end(log) is not None or any(loss.hash is not None for _, loss in _losses(log))


def lost_in_words(tip: Tip, last: int, name: str) -> tuple[str, Sentence]:
    """Code and sentence of a loss that nobody has accepted."""
    if tip.seq > last:
        entries = _entries(last + 1, tip.seq)
        return "log/end-lost", Sentence(
            "{entries} acknowledged, and {name} ends before that", entries=entries, name=name
        )
    return "log/rewritten", Sentence(
        "entry {seq} of {name} is not the one that was acknowledged", seq=tip.seq, name=name
    )


def _on_record(seq: int, loss: ShortenLog) -> Notice:
    """What a log says itself, in its entry `seq`, of an end that it once had."""
    if loss.hash is None:
        message = Sentence(
            "{torn:,} bytes of an act that was never completely written were cut off before entry {seq}",
            torn=loss.torn,
            seq=seq,
        )
        return Notice("log/cut", message, seq - 1)
    words: dict[str, object] = {"hash": clean(loss.hash, lines=False)[:12], "seq": seq}
    if loss.had > loss.has:
        message = Sentence(
            "{entries} acknowledged, the last with the hash {hash}…, and lost; entry {seq} accepts that and goes on",
            entries=_entries(loss.has + 1, loss.had),
            **words,
        )
    else:
        message = Sentence(
            "entry {had} was acknowledged with the hash {hash}…, and another stands in its place; entry {seq} accepts "
            "that and goes on",
            had=loss.had,
            **words,
        )
    return Notice(SHORTENED, message, seq - 1)


def _entries(first: int, last: int) -> Sentence:
    if first == last:
        return Sentence("entry {last} was", last=last)
    return Sentence("entries {first}–{last} were", first=first, last=last)


def shortened(log: Log, *, accepted: bool) -> ShortenLog | None:
    """What goes on record before play goes on in `log`, which is locked; None where nothing was cut off.

    A piece of an act that never counted is cut without a question. Raises AcknowledgedLost where acknowledged acts are
    missing, unless that is `accepted`; then the tip that names them is kept beside the log.
    """
    last, lost = len(log.entries), lost_end(log)
    if lost is None:
        shortening = ShortenLog(had=last, has=last, had_bytes=log.end, has_bytes=log.end, torn=log.torn, hash=None)
        return shortening if log.torn and not log.unended else None
    if not accepted:
        _, sentence = lost_in_words(lost, last, log.path.name)
        raise AcknowledgedLost(
            "log/loss",
            sentence,
            hint="look for the whole log, in a backup or where folders are synced; `resume --accept-loss` goes on "
            "without those acts, and the log says so from then on",
        )
    _keep(log, lost)
    return ShortenLog(had=lost.seq, has=last, had_bytes=lost.size, has_bytes=log.end, torn=log.torn, hash=lost.hash)


def _keep(log: Log, lost: Tip) -> None:
    """A copy of the tip beside the log; the log's own entry says the same, so one that cannot be made is no matter."""
    place = kept_tip_path(log.path, lost)
    if not os.path.lexists(place):
        with suppress(StorageFailed):
            write_new(place, tip_line(lost))
