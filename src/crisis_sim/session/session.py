"""The one shell around the pure engine: an action comes in, is judged, is on disk, is folded, is told.

A session has one writer, this object. Everything it shows goes through a seat's view; everything it knows of time is
its clock's. It decides nothing about the game.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Literal
from weakref import WeakSet

from msgspec import UNSET, Raw
from msgspec.structs import replace

from crisis_sim import __version__
from crisis_sim.content.material import Material
from crisis_sim.engine.actions import AnyAction, RollBack, SeatName, ShortenLog, TakeSeat
from crisis_sim.engine.acts.decide import decide_with_state
from crisis_sim.engine.events import AnyEvent, Phase
from crisis_sim.engine.inheritance import Inheritance
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.dossier import Dossier
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.seat_views import View
from crisis_sim.engine.views.seats import view_for
from crisis_sim.errors import Sentence, StorageFailed, UnreadableInput, commas
from crisis_sim.session.admission import (
    REFUSED,
    WARNED,
    BotSeats,
    Submits,
    admitted,
    check_act,
    check_agreed,
    check_seat,
    consent_of,
    fullness,
)
from crisis_sim.session.branch import begins_again, branch
from crisis_sim.session.clock import Clock, TurnClock, time_away, wall_clock
from crisis_sim.session.folder import new_session_id, stem_for
from crisis_sim.session.local import Changes, LocalSeat
from crisis_sim.session.log import Log
from crisis_sim.session.notices import Notice, found_at_end, shortened
from crisis_sim.session.record import Entry, Header, short
from crisis_sim.session.replay import TableOf, replayed, table_of
from crisis_sim.session.writer import LogWriter, claim_log, create_log, create_named

TIMED: frozenset[Phase] = frozenset({"situation", "moves", "readings", "results", "forecasts"})
"""Phases that count against a turn's minutes."""


class Session:
    """One play of a scenario, being played."""

    def __init__(
        self, log: Log, writer: LogWriter, table: GameTable, state: State, clock: Clock, bots: BotSeats
    ) -> None:
        """Use `start` or `resume`."""
        self.path = log.path
        self.header = log.header
        self.table = table
        self.state = state
        self._writer = writer
        self.notices: tuple[Notice, ...] = (*found_at_end(log), *self._fullness_noticed(len(log.entries)))
        """What was found at the end of the log when it was opened."""
        self._clock = clock
        self._bots = bots
        self._last = log.entries[-1].time if log.entries else log.header.started
        self._away = time_away(log, clock()) if log.entries else 0
        self._turn = TurnClock(log.header.started)
        for entry in log.entries:
            self._turn = self._turn.advance(entry)
        self._submits = Submits(log.entries, writer.entry)
        self.storage_failure: StorageFailed | None = None
        """Why the last act could not be kept; None once an act has been kept since."""
        self._consent = consent_of(log.header)
        self._again = begins_again(log)
        self._dossiers: dict[SeatName, Dossier] = {}
        self._views: dict[SeatName, View] = {}
        self._watches: WeakSet[_Watch] = WeakSet()

    @classmethod
    def start(
        cls,
        place: Path,
        material: Material,
        *,
        seed: str,
        length: int,
        show: Literal["own", "all"] | None = None,
        options: Mapping[str, str | bool | int] | None = None,
        session: str | None = None,
        inherits: Inheritance | None = None,
        clock: Clock = wall_clock,
        bots: BotSeats = MappingProxyType({}),
        waits: bool = True,
        table_of: TableOf = table_of,
    ) -> Session:
        """Begin a session of `length` minutes whose log is `place`, or lies in the folder `place` under a free name.

        `bots` are those that can be seated. Returns once the log's header is on disk; where nobody `waits` for the
        disk, it is waited for once, in `close`. Raises UnreadableInput for a length that the scenario does not have,
        StorageFailed or SessionLocked.
        """
        if length not in material.scenario.lengths:
            lengths = commas([str(minutes) for minutes in material.scenario.lengths])
            raise UnreadableInput(
                "session/length",
                "{title} has no length of {length} minutes",
                hint="choose one of these: {lengths}",
                title=material.scenario.title.en,
                length=length,
                lengths=lengths,
            )
        header = Header(
            app=__version__,
            session=session or new_session_id(),
            seed=seed,
            length=length,
            show=show or material.scenario.show,
            options=dict(options or {}),
            started=clock(),
            inherits=UNSET if inherits is None else inherits,
            material=Raw(material.packed),
        )
        table = table_of(header, place)  # from what is written, so that it can be played again
        if place.suffix == ".jsonl" and not place.is_dir():
            log, writer = create_log(place, header, waits=waits)
        else:
            log, writer = create_named(place, stem_for(material.scenario.id, header.started), header, waits=waits)
        return cls(log, writer, table, opening_state(table), clock, bots)

    @classmethod
    def resume(
        cls, path: Path, *, accept_loss: bool = False, clock: Clock = wall_clock, bots: BotSeats = MappingProxyType({})
    ) -> Session:
        """Go on with the session in `path` where its last acknowledged act left it; `notices` says what was found.

        `bots` are those that can be seated from here on. Raises AcknowledgedLost, unless `accept_loss`, where acts are
        missing that were acknowledged; UnreadableInput, LogDamaged, SessionLocked or StorageFailed. Then the log is as
        it was.
        """
        log, lock = claim_log(path)
        try:
            played = replayed(log)
            lost = shortened(log, accepted=accept_loss)
            session = cls(log, LogWriter(log, lock), played.table, played.state, clock, bots)
        except BaseException:
            lock.release()
            raise
        if lost is not None:
            session._put_on_record(lost)
        return session

    def _put_on_record(self, lost: ShortenLog) -> None:
        """Log what was lost before anything follows it. Raises StorageFailed."""
        try:
            self._keep("facilitator", lost, *decide_with_state(self.state, "facilitator", lost, self.table))
        except BaseException:
            self.close()
            raise

    @property
    def last_hash(self) -> str:
        """The hash that answers for the whole log as it stands, short, to be noted when the session ends."""
        return short(self._writer.last_hash)

    @property
    def fullness(self) -> int:
        """How full the log is, in percent of what can be read again."""
        return fullness(self._writer.size)

    def _fullness_noticed(self, last: int) -> Iterator[Notice]:
        if self.fullness >= WARNED:
            yield Notice(
                "log/filling",
                Sentence(
                    "{name} has {full} % of the length that can be read again; from {limit} % on it takes only what "
                    "leads to the close",
                    name=self.path.name,
                    full=self.fullness,
                    limit=REFUSED,
                ),
                last,
            )

    @property
    def trouble(self) -> StorageFailed | None:
        """Why the session takes no more acts until it is resumed; None while all is well."""
        return self._writer.trouble

    def submit(self, seat: SeatName, action: AnyAction, ref: str | None = None) -> Entry:
        """Do what `seat` asks for. Returns once it is on disk; then everybody who watches is told.

        `ref` names this submit among those of the seat: the same one again is answered with its entry and not done
        again. Raises ActionRefused, and StorageFailed when it could not be kept; either way nothing has changed.
        """
        action = admitted(action)
        if ref is not None and (entry := self._submits.find_entry(seat, ref, action)) is not None:
            return entry
        if self.trouble is not None:
            self._note_storage(self.trouble)
            raise self.trouble
        if isinstance(action, TakeSeat):
            check_seat(seat, action, self._bots)
        check_agreed(self._consent, self.state, seat, action)
        check_act(self._writer.size, self.state, seat, action)
        if isinstance(action, RollBack):
            action = replace(action, child=action.child or new_session_id())
        events, state = decide_with_state(self.state, seat, action, self.table)
        if isinstance(action, RollBack):
            branch(self.path, turn=action.turn, session=action.child, clock=self._clock)
        return self._keep(seat, action, events, state, ref)

    def has_done(self, seat: SeatName, action: AnyAction, ref: str) -> bool:
        """Whether this submit has been done already.

        Raises ActionRefused where its name is another act's, or none; StorageFailed where the log cannot be read.
        """
        return self._submits.find_entry(seat, ref, admitted(action)) is not None

    def dossier(self, seat: SeatName) -> Dossier:
        """What `seat` may know from the start."""
        dossier = dossier_for(self.table, seat)
        if (self._consent is not None or self._again) and seat not in self._dossiers:
            self._dossiers[seat] = replace(dossier, consent=self._consent, begins_again=self._again)
        return self._dossiers.get(seat, dossier)

    def view(self, seat: SeatName) -> View:
        """What `seat` may see now."""
        view = self._views.get(seat)
        if view is None:
            view = self._views[seat] = view_for(self.state, self.table, seat)
        return view

    def _keep(
        self, seat: SeatName, action: AnyAction, events: tuple[AnyEvent, ...], state: State, ref: str | None = None
    ) -> Entry:
        now = max(self._clock(), self._last)
        away = min(self._away, now - self._last)
        try:
            entry = self._writer.append(time=now, away=away, seat=seat, action=action, events=events, ref=ref)
        except StorageFailed as failed:
            self._note_storage(failed)
            raise
        self._note_storage(None)
        self._submits.keep(entry, ref)
        self.state = state
        self._turn = self._turn.advance(entry)
        self._last, self._away = now, 0
        self._views.clear()
        for watch in tuple(self._watches):
            watch.look(self.view(watch.seat))
        return entry

    def _note_storage(self, failure: StorageFailed | None) -> None:
        """Tell the facilitator, and nobody else, when acts can no longer be kept, and when they can again."""
        previous, self.storage_failure = self.storage_failure, failure
        if str(previous) != str(failure):
            for watch in self._watches:
                if watch.seat == "facilitator":
                    watch.tell()

    def _cut_off(self, seat: SeatName) -> Sentence | None:
        failure = self.storage_failure
        return None if failure is None or seat != "facilitator" else failure.notice

    def seat(self, name: SeatName) -> LocalSeat:
        """The seat `name`; it reaches nothing but its own view and dossier."""
        return LocalSeat(
            name,
            dossier=lambda: self.dossier(name),
            view=lambda: self.view(name),
            submit=lambda action, ref: self.submit(name, action, ref),
            changes=lambda: self._watch(name),
            cut_off=lambda: self._cut_off(name),
            seconds_left=lambda: self.seconds_left(),  # noqa: PLW0108 – a bound method would hand out the session
        )

    def seconds_left(self) -> int | None:
        """Real seconds left for this turn, not counting pauses; negative when over; None where nothing is timed."""
        if self.state.phase not in TIMED:
            return None
        minutes = self.table.minutes + self._turn.extra
        return minutes * 60 - self._turn.spent_at(self._clock() - self._away) // 1000

    def note_open(self) -> None:
        """Note beside the log that the session is open, so that after a crash the turn's clock stands where it stood.

        Tells nobody, changes nothing of the session, and may be called from any thread.
        """
        away = self._away
        self._writer.note_open(max(self._clock(), self._last), away)

    def close(self) -> None:
        """Let go of the log; seats that wait for changes wait no longer.

        Raises StorageFailed where the log is no longer in its place; what was played is safe in a copy then.
        """
        for watch in tuple(self._watches):
            watch.end()
        self.note_open()
        self._writer.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _watch(self, seat: SeatName) -> Changes:
        watch = _Watch(seat, self.view(seat))
        self._watches.add(watch)
        return watch


class _Watch(Changes):
    """Changes of one seat's view. That something happened which the seat may not see is not told either."""

    def __init__(self, seat: SeatName, view: View) -> None:
        super().__init__()
        self.seat = seat
        self._seen = view

    def look(self, view: View) -> None:
        """Tell, if the view is another one."""
        if view != self._seen:
            self._seen = view
            self.tell()
