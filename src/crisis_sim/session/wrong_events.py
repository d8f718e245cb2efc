"""When telling a log fails: whether somebody wrote that log by hand, or the fault is ours.

Every hash of a log may be right and its events such as no engine tells. Whoever shows it trusts them, as everything
does; so it is asked only after something went wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crisis_sim.errors import LogDamaged
from crisis_sim.session.log import read_log
from crisis_sim.session.replay import MISFITS, table_of
from crisis_sim.session.verify import rejudged


@contextmanager
def told_from(*paths: Path) -> Iterator[None]:
    """Raises LogDamaged for what went wrong, where a log in `paths`, judged again, is not what was played.

    Where all of them are, it is a fault of ours and goes on its way.
    """
    try:
        yield
    except MISFITS as error:
        for path in paths:
            log = read_log(path)
            found = rejudged(log, table_of(log.header, log.path))
            if found is not None:
                raise LogDamaged(
                    found.code,
                    "{name} cannot be told: {sentence}",
                    line=found.line or 1,
                    last_good=(found.seq or 1) - 1,
                    hint="`crisis-sim verify {name}` checks all of it",
                    name=log.path.name,
                    sentence=found.sentence,
                ) from error
        raise
