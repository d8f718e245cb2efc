"""What is told of a host's disk that takes no acts: to whoever runs the exercise why and what to do, to others that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from msgspec import UNSET, UnsetType

from crisis_sim.engine.actions import SeatName
from crisis_sim.errors import ActionRefused, Sentence, StorageFailed
from crisis_sim.pages.refusals import REFUSALS
from crisis_sim.rooms.wire import Refused


def storage_refusal(failed: StorageFailed, seat: SeatName) -> ActionRefused:
    """Why an act that could not be kept does not count, as its seat may know it."""
    if seat != "facilitator":
        return ActionRefused("room/storage")
    parts = dict(_plain_parts(failed.message))
    name = PurePath(parts.get("name") or parts.get("path", "")).name
    if failed.code == "storage/full":
        return ActionRefused("room/full", name=name)
    if failed.code == "storage/displaced":
        return ActionRefused("room/displaced", name=name, copy=parts.get("copy", ""))
    reason = parts.get("reason") or parts.get("why", "")
    if failed.is_final:
        return ActionRefused("room/stopped", name=name, reason=reason)
    return ActionRefused("room/disk", name=name, reason=reason)


def storage_told(failed: StorageFailed | None) -> Refused | UnsetType:
    """The same to a facilitator who has asked for nothing; unset while all can be kept."""
    if failed is None:
        return UNSET
    why = storage_refusal(failed, "facilitator")
    return Refused("", why.code, why.parts)


def _plain_parts(said: Sentence) -> Iterator[tuple[str, str]]:
    """The parts of a sentence, and of the sentences among these."""
    for name, part in said.parts.items():
        if isinstance(part, Sentence) and part.parts:
            yield from _plain_parts(part)
        else:
            yield name, str(part)


def storage_notice(refused: ActionRefused) -> Sentence:
    """The same as one sentence, which stays while it is so."""
    why, way_out = (Sentence(each, **refused.parts) for each in REFUSALS.get(refused.code, REFUSALS["room/storage"]))
    return Sentence("Play stands still: {why}; {way_out}.", why=why, way_out=way_out)
