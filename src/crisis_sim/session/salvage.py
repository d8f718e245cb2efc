"""What is sound of a damaged log, copied into a new one. The damaged log stays as it is.

A first line that is damaged is put together again first, from other logs or from scenarios and rule packs: without it
nothing of a log can be played.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import json

from crisis_sim.content.finding import scenario_file
from crisis_sim.content.listings import list_scenarios
from crisis_sim.content.load import load_material
from crisis_sim.errors import CrisisSimError, LogDamaged, Sentence
from crisis_sim.session.disk import make_folder, read_whole, real_path
from crisis_sim.session.first_line import first_line, restore_first_line, split
from crisis_sim.session.folder import LONGEST_HEADER
from crisis_sim.session.lock import Lock
from crisis_sim.session.log import Log, sound_part, tip_beside
from crisis_sim.session.notices import misses_acts
from crisis_sim.session.tip_file import Tip, TipWriter

_PACK: Final = re.compile(rb'"file":"[^"]{0,200}?rules/([a-z0-9-]{1,60})\.ya?ml"')


class Salvaged(NamedTuple):
    """What was saved and what was not."""

    path: Path
    entries: int
    """Entries that were saved."""
    lost: int
    """Lines behind them that were not, a torn one included."""
    damage: LogDamaged | None
    """What is wrong with the first of these; None where the log is sound or only its end is torn."""
    mended: LogDamaged | None = None
    """What was wrong with the first line, which is as it was written again."""
    misses_acts: bool = False
    """Acts that were acknowledged are not in it; its tip knows of them."""


def salvage(path: Path, to: Path, elsewhere: Sequence[str | Path] = ()) -> Salvaged:
    """Write what is sound of the log in `path` to the new file `to`, byte for byte.

    A damaged first line is found again in `elsewhere`: other logs, or scenarios by folder or name. By default these are
    the logs in the same folder and the shipped scenarios. Raises UnreadableInput or LogDamaged where it is not found,
    and StorageFailed or SessionLocked. The new log has the tip of the old one: an end that is lost stays known.
    """
    path = real_path(path)
    tip, _ = tip_beside(path)  # before the log, as when it is read
    data, log, damage, was = _sound_or_mended(path, read_whole(path), tip, elsewhere)
    to = real_path(to)
    make_folder(to.parent)
    sound = data[: log.end] + (b"\n" if log.unended else b"")
    with Lock(to) as lock:
        lock.create(sound)
        writer = TipWriter(to)
        writer.note(tip or Tip(len(log.entries), log.last_hash, len(sound)))
        writer.close()
    rest = data[log.end :].strip(b"\n")
    return Salvaged(to, len(log.entries), rest.count(b"\n") + bool(rest), damage, was, misses_acts(log))


def _sound_or_mended(
    path: Path, data: bytes, tip: Tip | None, elsewhere: Sequence[str | Path]
) -> tuple[bytes, Log, LogDamaged | None, LogDamaged | None]:
    """The bytes of the log with a sound first line, what they hold, and what is and was damaged."""
    try:
        return data, *sound_part(path, data, tip), None
    except LogDamaged as damage:
        logs, scenarios = _places(path, elsewhere)
        materials = _materials(logs, scenarios, split(data)[0])
        whole = restore_first_line(data, materials, (head_line for log in logs if (head_line := _line_of(log))))
        if whole is None:
            raise _not_found(damage, elsewhere) from None
        return whole, *sound_part(path, whole, tip), damage


def _not_found(damage: LogDamaged, elsewhere: Sequence[str | Path]) -> LogDamaged:
    hint = Sentence(
        "what --from names did not have it; name a copy of the log, or the scenario as it was, after --from"
        if elsewhere
        else "the logs beside it and the shipped scenarios did not have it; name a copy of the log, or the scenario as "
        "it was, after --from"
    )
    return LogDamaged(damage.code, damage.message, line=1, last_good=0, hint=hint)


def _places(path: Path, elsewhere: Sequence[str | Path]) -> tuple[list[Path], list[str | Path]]:
    """The other logs and the scenarios in which to look. Raises UnreadableInput where there is no such scenario."""
    if not elsewhere:
        neighbour_logs = [log for log in sorted(path.parent.glob("*.jsonl")) if log != path]
        return neighbour_logs, [listed.id for listed in list_scenarios()]
    logs = [Path(place) for place in elsewhere if Path(place).suffix == ".jsonl"]
    return logs, [scenario_file(place) for place in elsewhere if Path(place).suffix != ".jsonl"]


def _line_of(log: Path) -> bytes:
    """The first line of a file; nothing where it cannot be read."""
    try:
        if not log.is_file():
            return b""
        with log.open("rb") as file:
            return file.readline(LONGEST_HEADER).removesuffix(b"\n")
    except OSError:
        return b""


def _materials(logs: Sequence[Path], scenarios: Sequence[str | Path], line: bytes) -> Iterator[bytes]:
    """The materials of all of these, those first that the damaged line speaks of."""
    for log in logs:
        if head_line := _line_of(log):
            yield first_line(head_line).material
    packs = tuple(dict.fromkeys(name.decode() for name in _PACK.findall(line)))
    for scenario in sorted(scenarios, key=lambda name: str(name).encode() not in line):
        yield from _loaded(scenario, packs)


def _loaded(scenario: str | Path, packs: Sequence[str]) -> Iterator[bytes]:
    """A scenario with the packs that the line names, and with its own; nothing where it cannot be loaded."""
    for pack_names in dict.fromkeys((tuple(packs), ())):
        try:
            yield json.encode(load_material(scenario, pack_names or None).bundle())
        except CrisisSimError:
            continue
