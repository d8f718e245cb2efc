"""A log as it can be looked at: moments, views, curves, gaps, reasons and remarks, as plain values.

Screens and lines of text hold one of these and nothing behind it. What a seat saw is the view of that seat
(`crisis_sim.engine.views`) at the state after an entry. Gaps, turning points and reasons open what was sealed, so only
the whole has them, until the session has come to its hotwash.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final, Literal, NamedTuple

import msgspec

from crisis_sim.engine.actions import SeatName
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.hotwash_facts import PairFacts
from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.engine.views.seats import trace_facts, view_for
from crisis_sim.errors import ActionRefused, LogDamaged, UnreadableInput
from crisis_sim.pages.duty import duty
from crisis_sim.pages.traces import describe_traces
from crisis_sim.pages.translator import Translator
from crisis_sim.replaying.lens import SEATS, Lens, LensCurve, LensNumber, build_number_steps, numbers_of
from crisis_sim.replaying.moment_words import (
    SEAT_NAMES,
    both_sides_lines,
    describe_entry,
    is_written_down,
    news,
    noted,
    run_on,
)
from crisis_sim.replaying.remarks import Remark, add_remark, read_remarks, remarks_path
from crisis_sim.replaying.state_history import Jump, Reason, Reasons, StateHistory, gaps_of, taken_at, turning_of
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.session.notices import notices_of
from crisis_sim.session.replay import FOLDING_ERRORS
from crisis_sim.wording import _, failure, in_words

RECENT: Final = 32
"""Views kept of those asked for last; they share what they have in common."""
OPEN: Final = ("hotwash", "closed")


class Moment(NamedTuple):
    """Where a replay stands, as its lens may know it."""

    number: int
    """Place among the moments of the lens; 0 is the opening. In the whole, the number of the entry."""
    total: int
    turn: int
    turns: int
    hour: int
    phase: str
    sentences: tuple[str, ...]
    """What happened, in sentences."""


class Replayed:
    """One log, open."""

    def __init__(self, history: StateHistory, language: Language = "en") -> None:
        """With everything that is found once; nothing of the disk is held."""
        self._history = history
        self.language: Language = language
        self._tellers = cache(lambda seat: Translator(dossier_for(history.table, seat), language))
        self.say = self.seat_formatter("facilitator")
        self.remarks: list[Remark] = []
        self._notices = [in_words(notice.sentence, self.language) for notice in notices_of(history.log)]
        self._read_remarks()
        self._views: OrderedDict[tuple[SeatName, int], View] = OrderedDict()
        self._moments: dict[Lens, list[int]] = {}
        self._gaps = cache(lambda: gaps_of(history, language))
        self._turning = cache(lambda: turning_of(history, language))
        self._reasons = cache(lambda: Reasons(history))
        self._words = cache(self._find_words)
        self._numbers = cache(lambda seat, seq: numbers_of(self.view(seat, seq), self.seat_formatter(seat)))
        self._went = cache(self._find_went)
        self._drawn = cache(self._find_shown)

    @classmethod
    def opened(cls, path: Path, language: Language = "en") -> Replayed:
        """The log in `path`. Raises UnreadableInput or LogDamaged."""
        return cls(StateHistory.opened(path), language)

    @property
    def title(self) -> str:
        """The scenario's title."""
        return self._history.table.scenario.title.in_(self.language)

    @property
    def name(self) -> str:
        """The log's file."""
        return self._history.log.path.name

    @property
    def notes_name(self) -> str:
        """The file beside the log that holds bookmarks and notes."""
        return remarks_path(self._history.log.path).name

    @property
    def last(self) -> int:
        """The number of entries."""
        return self._history.last

    @property
    def is_over(self) -> bool:
        """It came to its hotwash, with which all that was sealed was opened."""
        return self._history.end.phase in OPEN

    @property
    def notices(self) -> tuple[str, ...]:
        """What people should hear about the log and the notes beside it."""
        return tuple(self._notices)

    def _read_remarks(self) -> None:
        """Take up what lies beside the log; a log can be replayed whatever that is."""
        try:
            loaded = read_remarks(self._history.log)
        except UnreadableInput as unreadable:
            why, _ = failure(unreadable, self.language)
            self._notices.append(self.say("there are no notes to be seen: {why}", why=why))
            return
        self.remarks.extend(loaded.remarks)
        if loaded.foreign:
            notice = self.say(
                "{n} line in {name} passed over: broken, or not about this log",
                plural="{n} lines in {name} passed over: broken, or not about this log",
                n=loaded.foreign,
                name=self.notes_name,
            )
            self._notices.append(notice)

    # moments

    def seat_formatter(self, seat: SeatName) -> Translator:
        """What tells the view of a seat."""
        return self._tellers(seat)

    def view(self, seat: SeatName, seq: int) -> View:
        """What `seat` saw after the entry `seq`. Raises LogDamaged for a log that no session wrote."""
        if (cached := self._views.get((seat, seq))) is not None:
            return cached
        state = self._history.state(seq)
        try:
            view = self._views[seat, seq] = view_for(state, self._history.table, seat)
        except FOLDING_ERRORS as error:
            raise LogDamaged(
                "log/misfit",
                _("line {number} of {name} holds events that cannot be shown"),
                line=seq + 1,
                last_good=max(seq - 1, 0),
                hint=_("`crisis-sim verify {name}` says what is wrong"),
                number=seq + 1,
                name=self.name,
            ) from error
        while len(self._views) > RECENT:
            self._views.popitem(last=False)
        return view

    def moments(self, lens: Lens) -> list[int]:
        """The entries at which the lens shows something else than before, the opening first."""
        if lens not in self._moments:
            self._moments[lens] = self._find_moments(lens)
        return self._moments[lens]

    def _find_moments(self, lens: Lens) -> list[int]:
        if lens == "whole":
            return list(range(self.last + 1))
        if lens == "dual":
            return sorted({*self.moments("us"), *self.moments("china")})
        if lens == "story":
            return sorted({remark.seq for remark in self.remarks_in("story")}) or [0]
        return list(chain.from_iterable(self._team_moments(lens)))

    def look_ahead(self) -> Iterator[None]:
        """Find the moments and numbers of both teams, a view at a time; what cannot be shown waits for who asks."""
        for seat in SIDES:
            moments: list[int] = []
            with suppress(LogDamaged):
                for seqs in self._team_moments(seat):
                    moments += seqs
                    yield
                self._moments[seat] = moments
                for change in self._history.changes:
                    self._numbers(seat, change.seq)
                    yield

    def _team_moments(self, seat: SeatName) -> Iterator[tuple[int, ...]]:
        """Each entry after which a team's view is another; that it was only noted down is known without making it."""
        redrawn, previous_view = set(self._drawn()), None
        for seq in range(self.last + 1):
            entry = self._history.entry(seq)
            if seq in redrawn:
                view = _without_notes(self.view(seat, seq))
                yield (seq,) if view != previous_view else ()
                previous_view = view
            elif entry is not None and any(event.visible == seat for event in entry.events):
                yield (seq,)

    def _find_shown(self) -> tuple[int, ...]:
        """The opening, and the entries after which a team's screen may tell something else than before."""
        return (0, *(entry.seq for entry in self._history.log.entries if not is_written_down(entry.events)))

    def _screen(self, seat: SeatName, seq: int) -> View:
        """A view that tells what `seat` was told at the entry `seq`; its notes may be those of before."""
        redrawn = self._drawn()
        return self.view(seat, redrawn[bisect_right(redrawn, seq) - 1])

    def place(self, lens: Lens, seq: int) -> int:
        """The place of the moment that the lens shows after the entry `seq`."""
        return max(bisect_right(self.moments(lens), seq) - 1, 0)

    def step(self, lens: Lens, seq: int, offset: int) -> int:
        """The entry some moments further, or back; the ends hold."""
        moments = self.moments(lens)
        return moments[max(0, min(self.place(lens, seq) + offset, len(moments) - 1))]

    def turn(self, lens: Lens, seq: int, way: int) -> int:
        """The entry with which the next turn begins; back, this one or, from its first moment, the one before."""
        here = self.moments(lens)[self.place(lens, seq)]
        starts = [0, *self._history.turns]
        later_starts = [start for start in starts if start > here]
        earlier_starts = [start for start in starts if start < here]
        if way > 0:
            return later_starts[0] if later_starts else self.last
        return earlier_starts[-1] if earlier_starts else 0

    def part(self, lens: Lens, percent: int) -> int:
        """The entry after so many percent of the moments."""
        moments = self.moments(lens)
        return moments[max(0, min(percent, 100)) * (len(moments) - 1) // 100]

    def numbered(self, lens: Lens, number: int) -> int:
        """The entry of a moment by its number."""
        moments = self.moments(lens)
        return moments[max(0, min(number, len(moments) - 1))]

    def moment(self, lens: Lens, seq: int, *, brief: bool = False) -> Moment:
        """Where the lens stands after the entry `seq`; `brief` where the texts of what arrived are read beside it."""
        moments = self.moments(lens)
        number = self.place(lens, seq)
        state, turns = self._history.state(seq), self._history.table.turns
        sentences = tuple(self._describe(lens, moments[number], number, brief=brief or lens == "dual"))
        return Moment(number, len(moments) - 1, state.turn, turns, state.hour, state.phase, sentences)

    def _describe(self, lens: Lens, seq: int, number: int, *, brief: bool = False) -> Iterator[str]:
        """What happened, in sentences; `brief` without the texts of what arrived."""
        if lens == "whole":
            yield describe_entry(self._history.entry(seq), self._history.state(seq), self._history.table, self.language)
            return
        if lens == "story":
            texts = [remark.text for remark in self.remarks_in("story") if remark.seq == seq]
            yield from texts or [self.say("Nobody tells this session; the other lenses show it.")]
            return
        previous_moment = None if number == 0 else self.moments(lens)[number - 1]
        news_by_seat = {seat: self._news_since(seat, seq, previous_moment, brief=brief) for seat in SEATS[lens]}
        if lens == "dual":
            yield from both_sides_lines(news_by_seat["us"], news_by_seat["china"], self.language)
            return
        ((seat, own),) = news_by_seat.items()
        if not own:
            yield duty(self._screen(seat, seq), self.seat_formatter(seat))
        yield from (run_on(own, self.language),) if own and brief else own

    def _news_since(self, seat: SeatName, seq: int, previous_moment: int | None, *, brief: bool) -> tuple[str, ...]:
        """What is new at a seat since the moment `previous_moment`, in sentences."""
        earlier = None if previous_moment is None else self._screen(seat, previous_moment)
        entry = self._history.entry(seq)
        own = noted(entry, seat, self.language) if entry is not None else ()
        return news(earlier, self._screen(seat, seq), self.seat_formatter(seat), brief=brief) + own

    # what only the whole knows

    def is_open(self, lens: Lens, seq: int) -> bool:
        """Whether the lens shows what was sealed."""
        return lens in ("whole", "story") or self._history.state(seq).phase in OPEN

    def _must_be_open(self, lens: Lens, seq: int) -> None:
        if not self.is_open(lens, seq):
            raise ActionRefused("replay/sealed")

    def gaps(self, lens: Lens, seq: int, max_gaps: int = 9) -> tuple[Jump, ...]:
        """The acts with the largest gaps between intent and reading, at the entry that read them. ActionRefused."""
        self._must_be_open(lens, seq)
        return self._gaps()[:max_gaps]

    def turning(self, lens: Lens, seq: int) -> tuple[Jump, ...]:
        """The turns that moved the session, in their order, at the entry that moved them. Raises ActionRefused."""
        self._must_be_open(lens, seq)
        return self._turning()

    def why(self, lens: Lens, seq: int, number: LensNumber) -> tuple[Reason, ...]:
        """Every step of a number up to the entry `seq`, newest first. Raises ActionRefused."""
        self._must_be_open(lens, seq)
        return self._reasons().reasons_for(number.key, seq, self.language)

    def traces(self, lens: Lens, seq: int) -> tuple[str, ...]:
        """Why numbers moved in one entry, in sentences; none for a team's lens."""
        entry = self._history.entry(seq)
        if lens != "whole" or entry is None:
            return ()
        state = self._history.state(seq)
        facts = (trace_facts(state, self._history.table, state.turn, event) for event in entry.events)
        trace_lines = describe_traces(filter(None, facts), self.say)
        return tuple(trace.sentence for trace in trace_lines)

    @property
    def has_story(self) -> bool:
        """Whether remarks tell the session as a story."""
        return bool(self.remarks_in("story"))

    def pairs_at(self, seq: int) -> tuple[PairFacts, ...]:
        """The acts that were read with the entry `seq`, opened."""
        return taken_at(self._history, seq)

    # curves

    def curves(self, lens: Lens, seq: int) -> tuple[LensCurve, ...]:
        """How each number that the lens shows after the entry `seq` went; the dual lens has those of both teams.

        The whole knows what comes after. A team does not.
        """
        place = self.place(lens, seq)
        until = len(self.moments(lens)) - 1 if lens == "whole" else place
        curves = []
        for went in self._went(lens):
            known_steps = [(moment, number) for moment, number in went if moment <= until]
            if known_steps:
                here = [number for moment, number in known_steps if moment <= place]
                steps = tuple((moment, number.value) for moment, number in known_steps)
                curves.append(LensCurve(here[-1] if here else known_steps[0][1], steps, until))
        return tuple(curves)

    def _find_went(self, lens: Lens) -> tuple[tuple[tuple[int, LensNumber], ...], ...]:
        numbers = (
            (self.place(lens, change.seq), number if lens != "dual" else number.among_both(self.say, SEAT_NAMES[seat]))
            for change in self._history.changes
            for seat in SEATS[lens]
            for number in self._numbers(seat, change.seq)
        )
        return build_number_steps(numbers)

    def turn_places(self, lens: Lens) -> tuple[int, ...]:
        """The place at which each turn begins, from turn 1."""
        return tuple(self.place(lens, seq) for seq in self._history.turns)

    # searching

    def find(self, lens: Lens, text: str) -> tuple[int, ...]:
        """The entries at which `text` comes up, in words, moves and ids.

        A team's lens looks at what it showed, and not at what the hotwash opened.
        """
        wanted = text.casefold().strip()
        return tuple(seq for seq, words in self._words(lens) if wanted in words) if wanted else ()

    def _find_words(self, lens: Lens) -> tuple[tuple[int, str], ...]:
        texts = []
        for number, seq in enumerate(self.moments(lens)):
            if lens != "whole" and self.is_open(lens, seq):
                break
            words = list(self._describe(lens, seq, number)) if lens != "whole" or number else []
            entry = self._history.entry(seq)
            if lens == "whole" and entry is not None:
                words += _strings(msgspec.to_builtins((entry.action, entry.events)))
            texts.append((seq, "\n".join(words).casefold()))
        return tuple(texts)

    # remarks

    def remarks_in(self, lens: Lens) -> tuple[Remark, ...]:
        """The bookmarks and notes made in this lens, by place; the whole has all."""
        visible = [remark for remark in self.remarks if lens in ("whole", remark.lens)]
        return tuple(sorted(visible, key=lambda remark: remark.seq))

    def remark(self, lens: Lens, seq: int, kind: Literal["bookmark", "note"], text: str) -> Remark:
        """A remark about the moment that the lens shows after `seq`, once the disk has it.

        Raises StorageFailed, SessionLocked or UnreadableInput.
        """
        seq = self.step(lens, seq, 0)
        new_remark = add_remark(self._history.log, seq=seq, kind=kind, lens=lens, text=text)
        self.remarks.append(new_remark)
        return new_remark


def _without_notes(view: View) -> View:
    return msgspec.structs.replace(view, notes=()) if isinstance(view, TeamView) else view


def _strings(value: object) -> Iterator[str]:
    """Every text inside plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inside in value.values():
            yield from _strings(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _strings(inside)
