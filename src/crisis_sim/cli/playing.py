"""Which door a session is played through: screens where there is a terminal, plain lines elsewhere or when asked.

A session of bots alone has no door; it is played to its end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from crisis_sim.cli.answer import answer
from crisis_sim.cli.ending import SessionOver, note, run_loop, run_reading_loop, stopping, tell
from crisis_sim.cli.language import say
from crisis_sim.cli.played_again import command, commands_after
from crisis_sim.cli.seating import Seated, resume_session, seat_players
from crisis_sim.cli.session_words import summary
from crisis_sim.cli.settings import settings
from crisis_sim.cli.verbs import typed
from crisis_sim.engine.actions import RollBack, TakeSeat
from crisis_sim.errors import ModelGaveUp, StorageFailed, UnreadableInput
from crisis_sim.pages.seat_table import PlaceManager, SeatTable, no_companion
from crisis_sim.plain.console import Console
from crisis_sim.plain.line_session import play
from crisis_sim.session.admission import WARNED
from crisis_sim.session.clock import Heartbeat
from crisis_sim.session.draft_file import HalfWritten, half_written_file
from crisis_sim.session.folder import log_of, new_session_id, record_folder
from crisis_sim.session.session import Session
from crisis_sim.wording import _


def play_at(table: Seated, *, plain: bool) -> int:
    """Play a session to where its people leave it; returns the exit code. Raises SessionOver after screens."""
    for notice in table.session.notices:
        note(notice.sentence)
    for seat, policy in table.strangers:
        tell(
            say(
                "note: the log seats a bot '{policy}' at {seat}, and there is none of that name; a person sits there",
                policy=policy,
                seat=say(seat),
            )
        )
    try:
        if not table.people:
            return _play_out(table)
        with stopping():
            return _by_lines(table) if plain or not has_screen() else _on_screens(table)
    finally:
        table.session.close()


def has_screen() -> bool:
    """Whether screens can be shown and keys pressed here."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def needs_terminal() -> None:
    """Raise UnreadableInput where nobody could run an exercise."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UnreadableInput(
            "usage/console",
            "nobody can run the exercise here: this is no terminal",
            hint="open one, run it by lines (--plain), or name who does: --facilitator joined, or --facilitator auto",
        )


def _play_out(table: Seated) -> int:
    try:
        if table.models:
            with stopping():
                run_loop(table.play_others()())
        else:  # an interrupt ends it at once
            table.play_bots()
    except ModelGaveUp:
        print_exit_hint(table, table.resume)
        raise
    answer("\n".join(summary(table.session)))
    _print_last_hash(table.session)
    return 0


def _by_lines(table: Seated) -> int:
    current = CurrentSession(table)
    try:
        with Heartbeat(current.note_open):
            return run_reading_loop(
                play(current.table(plain=True), Console.here(table.language), partial(current.rolled_back, plain=True))
            )
    except ModelGaveUp:
        print_exit_hint(current.now, f"{current.resume} --plain")
        raise
    finally:
        current.now.session.close()


def _print_last_hash(session: Session) -> None:
    if session.state.phase == "closed":
        tell(say("The last hash of the log, to be noted: {hash}", hash=session.last_hash))


def _on_screens(table: Seated) -> int:
    from crisis_sim.tui.app import run_at

    current = CurrentSession(table)
    try:
        with Heartbeat(current.note_open):
            code = run_at(
                current.table(plain=False),
                theme=settings().theme,
                on_roll_back=partial(current.rolled_back, plain=False),
            )
    finally:
        print_exit_hint(current.now, current.resume)
        current.now.session.close()
    if code or current.now.session.state.phase not in OPEN_PHASES:
        return code
    raise SessionOver(current.now)


OPEN_PHASES: Final = ("hotwash", "closed")
"""Phases in which all is open."""
NEXT_COMMAND_LABELS: Final = (_("It is replayed with:"), _("It is played again, the sides exchanged, with:"))
"""What stands before the commands that come after a closed session."""


def print_exit_hint(table: Seated, resume: str) -> None:
    """Say where the session is, and what comes next."""
    path = table.session.path
    if table.session.state.phase in OPEN_PHASES:
        tell(say("The session is over; its log is {path}.", path=path))
        for sentence, command in commands_after(table):
            tell(f"  {sentence} {command}")
    else:
        tell(say("The session is in {path}. Go on with: {command}", path=path, command=resume))
    _print_last_hash(table.session)


class CurrentSession:
    """The session that is played at present: rolling back puts a branch in its place."""

    def __init__(self, table: Seated) -> None:
        self.now = table

    rooms: PlaceManager | None = None
    """Who comes to which seat, where others join from elsewhere."""

    @property
    def resume(self) -> str:
        """The command that goes on from here."""
        return self.now.resume

    def companions(self) -> list[Callable[[], Awaitable[None]]]:
        """What runs beside the screens: bots."""
        return self.now.companions()

    def branched(self, session: Session) -> Seated:
        """Who plays a branch."""
        return seat_players(session, self.now.models)

    def note_open(self) -> None:
        """The session that is played is open."""
        self.now.session.note_open()

    def table(self, *, plain: bool) -> SeatTable:
        """The table as lines of text play it, or screens."""
        now, session = self.now, self.now.session
        return SeatTable(
            now.seats,
            now.people,
            () if plain else self.companions(),
            now.play_others() if plain else no_companion,
            log=str(session.path),
            resume=f"{now.resume} --plain" if plain else self.resume,
            debrief=now.debrief,
            record="" if self.rooms is None else str(record_folder(session.path)),
            next_commands=self._next_commands() if plain else (),
            filling=lambda: session.fullness if session.fullness >= WARNED else 0,
            last_hash=lambda: session.last_hash,
            rooms=self.rooms,
            again={"us", "china"} <= set(now.people) and "again_of" in session.header.options,
            half=HalfWritten(half_written_file(session.path)),
        )

    def _next_commands(self) -> tuple[tuple[str, str], ...]:
        """What else comes after a closed session, each with its command."""
        replayed = typed("replay", self.now.session.path, "--plain")
        return ((NEXT_COMMAND_LABELS[0], replayed), (NEXT_COMMAND_LABELS[1], f"{command(self.now)} --plain"))

    async def rolled_back(self, turn: int, *, plain: bool) -> SeatTable:
        """The table of a branch that begins at `turn`."""
        self.go_back(turn)
        return self.table(plain=plain)

    def go_back(self, turn: int) -> None:
        """Put the branch that begins at `turn` in place of the session, which stays in its log."""
        old_session = self.now.session
        child = new_session_id()
        old_session.submit("facilitator", RollBack(turn=turn, child=child))
        log = log_of(child, old_session.path.parent)
        if log is None:
            raise StorageFailed("storage/branch", "the branch was made and cannot be found", hint="resume the session")
        old_session.close()
        session = resume_session(log)
        for seat, sits in old_session.state.seats.items():
            if session.state.seats.get(seat) != sits:  # whoever sat down since goes on from the earlier turn
                policy = sits[1]
                session.submit(seat, TakeSeat(occupant="person" if policy is None else "bot", policy=policy))
        self.now = self.branched(session)
