"""Logs to replay: bots' sessions on disk, the same with other secrets of one team, and ones that somebody forged."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
from msgspec.structs import replace
from tests.engine.play import Play, bots
from tests.session.play import HandClock
from tests.small import small_material
from tests.tui.fake import HOSTILE

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.rules.names import Side
from crisis_sim.session.log import read_log
from crisis_sim.session.record import Entry
from crisis_sim.session.session import Session
from crisis_sim.session.writer import create_log

Acts = Iterable[tuple[a.SeatName, a.AnyAction]]
TOLD = ("text", "text_china", "says", "reason", "label", "note")
"""Fields of entries that hold what people wrote."""


def recorded(path: Path, acts: Acts, material: Material | None = None, *, length: int = 90, seed: str = "1") -> Path:
    """A session in which just this was done."""
    with (
        mock.patch.object(os, "fdatasync"),
        Session.start(
            path, material or small_material(), seed=seed, length=length, session="test", clock=HandClock()
        ) as session,
    ):
        for seat, action in acts:
            session.submit(seat, action)
    return path


def played(us: str = "mirror", china: str = "salami", seed: str = "1") -> Play:
    """A whole session of two bots on the small scenario."""
    return bots(small_material(), us, china, seed=seed)


def opened(folder: Path, **more: Any) -> Replayed:
    """A bots' session, open for replaying."""
    return Replayed.opened(recorded(folder / "log.jsonl", played().actions, **more))


def with_other_secrets(acts: Acts, side: Side) -> Iterator[tuple[a.SeatName, a.AnyAction]]:
    """The acts of a session, with other things sealed, written and noted by one team for itself alone."""
    listed = 0
    for seat, action in acts:
        if seat != side:
            yield seat, action
            continue
        listed = 0 if isinstance(action, a.CommitMoves) else listed + isinstance(action, a.SealMove)
        if isinstance(action, a.SealLines):
            yield seat, a.TakeNote(text="for us alone")
        if isinstance(action, a.SealMove):
            yield seat, action
            yield seat, a.WithdrawMove(number=listed)
        yield seat, _other(action)


def _other(action: a.AnyAction) -> a.AnyAction:
    match action:
        case a.SealMove(draft=draft):
            return replace(action, draft=replace(draft, intent=3 if (draft.intent or 0) <= 0 else -3))
        case a.SealReading(confidence=confidence):
            return replace(action, hostility=-3, confidence=5 - confidence)
        case a.SealForecast(chance=chance):
            return replace(action, chance=100 - chance)
        case _:
            return action


def forged(path: Path, source: Path) -> Path:
    """A sound log whose every text of a player is hostile: nobody wrote it through a session."""
    log = read_log(source)
    entries = [msgspec.convert(_poisoned(msgspec.to_builtins(entry)), Entry) for entry in log.entries]
    with mock.patch.object(os, "fdatasync"):
        _, writer = create_log(path, replace(log.header, hash=""))
        for entry in entries:
            writer.append(time=entry.time, away=0, seat=entry.seat, action=entry.action, events=entry.events)
        writer.close()
    return path


def _poisoned(value: Any, name: str = "") -> Any:  # Any: whatever an entry is made of
    if isinstance(value, str):
        return f"{value[:8]}{HOSTILE}" if name in TOLD else value
    if isinstance(value, list | tuple):
        return [_poisoned(each, name) for each in value]
    if isinstance(value, dict):
        return {key: _poisoned(each, key) for key, each in value.items()}
    return value
