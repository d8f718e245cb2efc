"""A rehearsal of rooms: bots play a few minutes of another scenario, and whoever has come sees it on the real screens.

People press readings and look around; the rest is the bots'. Nothing of it is kept: its log lies in a folder of its own
that goes with it. It is another scenario than the exercise's, so that nobody has seen what is to come.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from crisis_sim.cli.exemplary import REHEARSED
from crisis_sim.content.load import load_material
from crisis_sim.engine.actions import (
    AnyAction,
    CommitReadings,
    PressReading,
    SealReading,
    SeatName,
    TakeSeat,
)
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.errors import ActionRefused, UnreadableInput
from crisis_sim.playtest.bots import AUTO, SEATED, AutoFacilitator, Player, bot_for
from crisis_sim.rooms.hosted_exercise import SessionHosted
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.session.session import Session

LASTS: Final = 300.0
"""Seconds that a rehearsal lasts."""
STAYS: Final = {"briefing": 60.0, "situation": 20.0, "moves": 30.0, "readings": 110.0}
"""Seconds for which a phase stays as it is, so that people can look and press."""
OTHERS_STAY: Final = 15.0
"""Seconds for which any other does."""
PLAYS: Final = "attentive"
"""How its bots play."""
_MAY: Final = (SealReading, PressReading, CommitReadings)
"""What people do in it."""


class Rehearsal(SessionHosted):
    """The session that is rehearsed on, as those who have joined reach it."""

    def __init__(self, session: Session, language: Language) -> None:
        super().__init__(session)
        self._bots: list[Player] = [
            bot_for(side, PLAYS, session.header.seed, session.dossier(side), language) for side in SIDES
        ]
        self._white = AutoFacilitator()
        self.ends = time.monotonic() + LASTS
        self._over = asyncio.Event()

    def dossier(self, seat: SeatName) -> Dossier:
        """What `seat` may know from the start, and that it is a rehearsal."""
        return replace(self.session.dossier(seat), rehearses=True)

    def submit(self, seat: SeatName, action: AnyAction, ref: str | None = None) -> object:
        """Take a reading that somebody presses; the rest is the bots'. Raises ActionRefused."""
        if seat not in SIDES or not isinstance(action, _MAY):
            raise ActionRefused("room/rehearsal")
        return self.session.submit(seat, action, ref)

    def seconds_left(self) -> int | None:
        """Real seconds left of the rehearsal."""
        return max(0, round(self.ends - time.monotonic()))

    # its course

    def end(self) -> None:
        """Have done with it."""
        self._over.set()

    async def played_until_begun(self, exercise: Session, on_step: Callable[[], None]) -> None:
        """Let the bots play until its time is over, it is ended, or the exercise itself is begun."""
        watching = asyncio.create_task(self._watch(exercise))
        try:
            await self.play(on_step)
        finally:
            watching.cancel()

    async def _watch(self, exercise: Session) -> None:
        async for _ in exercise.seat("observer").changes():
            if exercise.state.phase != "briefing":
                self.end()

    async def play(
        self,
        on_step: Callable[[], None],
        stays: Callable[[str], float] = lambda phase: STAYS.get(phase, OTHERS_STAY),
    ) -> None:
        """Let the bots play, a phase after the other, and say so each time, until its time is over or it is ended."""
        with_time = asyncio.get_running_loop().call_later(max(0.0, self.ends - time.monotonic()), self._over.set)
        try:
            while not self._over.is_set() and self.session.state.phase not in ("closing", "hotwash"):
                if not await self._waited(stays(self.session.state.phase)):
                    self._step()
                    on_step()
            await self._over.wait()
        finally:
            with_time.cancel()

    async def _waited(self, seconds: float) -> bool:
        """Whether it was ended meanwhile."""
        try:
            async with asyncio.timeout(seconds):
                await self._over.wait()
        except TimeoutError:
            return False
        return True

    def _step(self) -> None:
        """Everything of the phase at hand, and the next phase."""
        here = self.session.state.phase
        for player in (*self._bots, self._white):
            view = self.session.view(player.seat)
            for action in player.actions(view):
                if self.session.state.phase != here:
                    return
                try:
                    self.session.submit(player.seat, action)
                except ActionRefused:
                    self.session.submit(player.seat, player.way_out(view))
                    break


@contextmanager
def rehearsed(parent: Path, played: str, language: Language) -> Iterator[Rehearsal]:
    """A rehearsal in a folder of its own in the folder `parent`, on another scenario than `played`; gone with it."""
    scenario = next(candidate for candidate in REHEARSED if candidate != played)
    with tempfile.TemporaryDirectory(dir=parent, prefix="rehearsal-") as folder:
        material = load_material(scenario)
        spoken = language if language in material.scenario.languages else material.scenario.languages[0]
        with Session.start(
            Path(folder),
            material,
            seed="rehearsal",
            length=min(material.scenario.lengths),
            options={"language": spoken},
            bots=SEATED,
            waits=False,
        ) as session:
            for side in SIDES:
                session.submit(side, TakeSeat(occupant="bot", policy=PLAYS))
            session.submit("facilitator", TakeSeat(occupant="bot", policy=AUTO))
            yield Rehearsal(session, spoken)


def check_unbegun(session: Session) -> None:
    """Raise UnreadableInput where the exercise has begun already."""
    if session.state.phase != "briefing":
        raise UnreadableInput(
            "usage/rehearse",
            "this exercise has begun, and its rooms are not rehearsed any more",
            hint="leave --rehearse out, and everybody goes on",
        )
