"""What a log has lost, before play goes on in it: refused until somebody accepts it, and put on record then."""

from __future__ import annotations

import os
from contextlib import suppress

from crisis_sim.engine.actions import ShortenLog
from crisis_sim.errors import AcknowledgedLost, StorageFailed
from crisis_sim.session.disk import write_new
from crisis_sim.session.log import Log
from crisis_sim.session.notices import lost_end, lost_in_words
from crisis_sim.session.tip_file import Tip, kept_tip_path, tip_line


def shortened(log: Log, *, accepted: bool) -> ShortenLog | None:
    """What goes on record before play goes on in `log`, which is locked; None where nothing was cut off.

    A piece of an act that never counted is cut without a question. Raises AcknowledgedLost where acknowledged acts are
    missing, unless that is `accepted`; then the tip that names them is kept beside the log.
    """
    last, lost = len(log.entries), lost_end(log)
    if lost is None:
        cut = ShortenLog(had=last, has=last, had_bytes=log.end, has_bytes=log.end, torn=log.torn, hash=None)
        return cut if log.torn and not log.unended else None
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
