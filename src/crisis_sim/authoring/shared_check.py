"""Many files looked through by as many processes as there are cores.

What another process finds sound need not be looked at here; whatever it finds otherwise, or does not come to say, is
looked at here all the same. So no mistake has to travel, and what is said is what one process says.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

FEWEST: Final = 2
"""Files for which a process is worth its start."""

SoundPacks: TypeAlias = Callable[[Path], Collection[Path] | None]
"""Looks through a file: the packs that it has used, or None where something is wrong."""


class HelpingProcess(NamedTuple):
    """A process that looks through some of the files."""

    number: int
    answer: int
    """The end of a pipe from which its answer is read."""

    def sound(self) -> Mapping[Path, frozenset[Path]]:
        """The files in which it has found nothing, each with the packs that it has used; waits for it."""
        with os.fdopen(self.answer, "rb") as pipe:
            said = pipe.read()
        os.waitpid(self.number, 0)
        try:
            found = json.loads(said)
        except ValueError:  # it came to its end before it could answer
            return {}
        return {Path(file): frozenset(map(Path, packs)) for file, packs in found.items()}


def helpers(files: Sequence[Path], look: SoundPacks) -> list[HelpingProcess]:
    """Processes that have begun with some of the `files`; none where the files are few, or this system lends none."""
    if not hasattr(os, "sched_getaffinity") or threading.active_count() > 1:
        return []
    shares = min(len(os.sched_getaffinity(0)), len(files) // FEWEST)
    return [_begun(files[share::shares], look) for share in range(1, shares)]


def _begun(files: Sequence[Path], look: SoundPacks) -> HelpingProcess:
    answer, told = os.pipe()
    number = os.fork()
    if number:
        os.close(told)
        return HelpingProcess(number, answer)
    try:
        found = {str(file): [*map(str, packs)] for file in files if (packs := look(file)) is not None}
        with os.fdopen(told, "wb") as pipe:
            pipe.write(json.dumps(found).encode())
    finally:
        os._exit(0)  # what this process had begun is the other one's to end
