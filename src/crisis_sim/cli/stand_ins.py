"""Bots at the seats of a hosted exercise: those that it began with, and those that are handed a seat meanwhile.

Who sits where is in the log, so acts of a bot can be told from those of people. While one plays, the people of that
team look on and take notes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from crisis_sim.cli.seating import Seated, seat_players
from crisis_sim.engine.actions import AGENT, AgreeToCard, AnyAction, ReportModel, SeatName, TakeNote, TakeSeat
from crisis_sim.errors import ActionRefused, ModelGaveUp, Sentence, StorageFailed
from crisis_sim.playtest.bots import sit
from crisis_sim.rooms.hosted_exercise import SessionHosted
from crisis_sim.rules.names import SIDES
from crisis_sim.session.session import Session
from crisis_sim.wording.labels import SEATS

_OWN: Final = (TakeNote, AgreeToCard)
"""What people of a team that a bot plays may do."""
FAREWELL_SECONDS: Final = 1.0
"""How long a host stays after a model that joined is given up, so that it hears that this is on record."""
STORAGE_RETRY_SECONDS: Final = 5.0


class StandIns(SessionHosted):
    """The exercise as those who have joined reach it, with the bots that play for a team."""

    def __init__(self, table: Seated, on_fault: Callable[[Exception], None]) -> None:
        """`on_fault` is told why a bot has stopped."""
        super().__init__(table.session)
        self._models = table.models
        self._on_fault = on_fault
        self._plays = False
        self._gave_up: asyncio.Future[None] | None = None
        """Fails with why a model has been given up."""
        self._playing: dict[SeatName, tuple[Session, str, asyncio.Future[None]]] = {}

    def submit(self, seat: SeatName, action: AnyAction, ref: str | None = None) -> object:
        """Do what somebody at `seat` asks for. Raises ActionRefused, where a bot plays there too; or StorageFailed."""
        is_done = ref is not None and self.session.has_done(seat, action, ref)
        if self.played.get(seat, AGENT) != AGENT and not is_done and not isinstance(action, _OWN):
            raise ActionRefused("room/bot")
        result = self.session.submit(seat, action, ref)
        if isinstance(action, ReportModel) and action.report.gave_up and not is_done:
            self._joined_gave_up(seat)
        return result

    def _joined_gave_up(self, seat: SeatName) -> None:
        """A model that joined is given up: where nobody runs the exercise, nobody can seat another, and it ends."""
        if self.session.state.seats.get("facilitator", ("person", None))[0] == "bot":
            error = ModelGaveUp(
                "agent/nobody-left",
                "{seat}: its model is given up, and nobody runs this exercise who could seat another",
                hint="host the log again, and let another model join",
                seat=Sentence(SEATS[seat]),
            )
            asyncio.get_running_loop().call_later(FAREWELL_SECONDS, self._end, error)

    def _end(self, error: ModelGaveUp) -> None:
        if self._gave_up is not None and not self._gave_up.done():
            self._gave_up.set_exception(error)

    # the bots

    @property
    def played(self) -> dict[SeatName, str]:
        """Teams that a bot plays, each with the bot's name."""
        seats = self.session.state.seats.items()
        return {seat: policy or "" for seat, (occupant, policy) in seats if occupant == "bot" and seat in SIDES}

    def hand_to_bot(self, seat: SeatName, policy: str) -> None:
        """Let a bot play for a team from here on. Raises ActionRefused or StorageFailed."""
        self.session.submit(seat, TakeSeat(occupant="bot", policy=policy))
        self._settle()

    def hand_back(self, seat: SeatName) -> None:
        """Let its people play for a team again. Raises ActionRefused or StorageFailed."""
        self.session.submit(seat, TakeSeat(occupant="person"))
        self._settle()

    def moved_to(self, session: Session) -> None:
        """Play goes on in another session, a branch of this one."""
        self.session = session
        self._settle()

    async def play(self) -> None:
        """Let bots play, as the log has them, until this is cancelled. Raises ModelGaveUp."""
        self._plays, self._gave_up = True, asyncio.get_running_loop().create_future()
        self._settle()
        try:
            await self._gave_up
        finally:
            self._plays = False
            self._settle()

    def _settle(self) -> None:
        """Stop bots that no longer sit there, at once, before one of them acts again; and let those begin that do."""
        played = self.played if self._plays else {}
        for seat, (session, policy, task) in tuple(self._playing.items()):
            if session is not self.session or played.get(seat) != policy:
                task.cancel()
                self._playing.pop(seat, None)
        table = seat_players(self.session, self._models)
        play: dict[SeatName, Callable[[], Awaitable[None]]] = {
            bot.seat: partial(sit, bot, self.session.seat(bot.seat)) for bot in table.bots
        }
        play |= {side: player.play for side, player in table.players().items()}
        for seat in [seat for seat in play if seat in played and seat not in self._playing]:
            task = asyncio.ensure_future(play[seat]())
            task.add_done_callback(partial(self._stopped, seat))
            self._playing[seat] = self.session, played[seat], task

    def _stopped(self, seat: SeatName, task: asyncio.Future[None]) -> None:
        """Hand a fault on; a bot whose act could not be kept plays on when there may be room again."""
        fault = None if task.cancelled() else task.exception()
        if isinstance(fault, StorageFailed):
            del self._playing[seat]
            if not fault.is_final:
                asyncio.get_running_loop().call_later(STORAGE_RETRY_SECONDS, self._settle)
        elif isinstance(fault, ModelGaveUp):
            self._end(fault)
        elif isinstance(fault, Exception):
            self._on_fault(fault)
