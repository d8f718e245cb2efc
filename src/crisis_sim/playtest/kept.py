"""Runs that are played once more at a real table, so that there is a log to replay.

A session of its own for each, written entry by entry as people's are, only that nobody waits for the disk before its
end; the bots are marked as such, and the same seed gives the same entries. Each log is verified before it is handed
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from msgspec import json

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.phases import waiting_for
from crisis_sim.errors import CrisisSimError, StorageFailed, UnreadableInput
from crisis_sim.playtest.bots import play_out
from crisis_sim.playtest.game import SEATED, Bots, players, seating
from crisis_sim.session.folder import names
from crisis_sim.session.replay import Tables
from crisis_sim.session.session import Session
from crisis_sim.session.verify import verify
from crisis_sim.text import clean, clipped


def prepare(folder: Path) -> None:
    """Make sure that logs can be written to `folder`, making it where it is not there. Raises UnreadableInput."""
    name = clipped(clean(str(folder), lines=False), 200)
    probe = folder / ".crisis-sim-probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        what = f"nothing can be written to the folder {name}: {why}"
        raise UnreadableInput("usage/keep", what, hint="name a folder of your own after --keep") from error


def keep(
    folder: Path, stem: str, material: Material, bots: Bots, *, seed: str, length: int, tables: Tables | None = None
) -> Path:
    """The log of a run, written to `folder` under `stem` or the next name that is free.

    `tables` are those that logs kept before were played on. Raises StorageFailed, and CrisisSimError where the log is
    not what was played.
    """
    place = free(folder, stem, "jsonl")
    called = _id(material, bots, seed, length)
    table_of = (tables or Tables()).of
    with Session.start(
        place, material, seed=seed, length=length, session=called, bots=SEATED, waits=False, table_of=table_of
    ) as session:
        for seat, policy in seating(bots).items():
            session.submit(seat, a.TakeSeat(occupant="bot", policy=policy))
        looks = {seat: session.seat(seat).view for seat in seating(bots)}
        play_out(
            players(bots, seed, session.table),
            lambda seat: looks[seat](),
            session.submit,
            waits_for=lambda: waiting_for(session.state),
        )
    found = verify(place, table_of=table_of)
    if not found.is_sound:
        wrong: Sequence[str] = [finding.sentence for finding in found.findings]
        raise CrisisSimError(
            "playtest/log", f"the log {place.name} is not sound: {wrong[0]}", hint="keep it and tell us"
        )
    return place


def _id(material: Material, bots: Bots, seed: str, length: int) -> str:
    """An id of its own for what is played, the same each time it is."""
    bundle = json.decode(material.packed)
    sources = [part["sha256"] for part in (bundle["scenario"], *bundle["packs"])]
    words = "\x1f".join((*sources, bots.us, bots.china, str(bots.release), seed, str(length)))
    return blake2b(words.encode(), digest_size=6).hexdigest()


def free(folder: Path, stem: str, ending: str) -> Path:
    """A file of the folder that is not there yet: `stem.ending`, `stem-2.ending` and so on. Raises StorageFailed."""
    for name in names(stem):
        place = (folder / name).with_suffix(f".{ending}")
        if not place.exists():
            return place
    raise StorageFailed("storage/names", f"every name like {stem} is taken in {folder}", hint="name another folder")


def write(place: Path, text: str) -> None:
    """A text as a file of its own. Raises StorageFailed."""
    try:
        place.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        what = f"{place.name} could not be written: {error.strerror or error}"
        raise StorageFailed("storage/write", what.lower(), hint="make room, or name another folder") from error
