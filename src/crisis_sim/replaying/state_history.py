"""A session's states after any entry, however long the log: what moved a number, and moments worth going to.

A state is kept every so many entries, and what lies between is folded again when it is asked for: keeping all of them
would cost memory that grows with the square of a turn's length. Nothing is judged and nothing is written.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal, NamedTuple

from crisis_sim.engine import events as e
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.views.act_views import words_of_line
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.hotwash_facts import PairFacts
from crisis_sim.engine.views.hotwash_view import pair_facts
from crisis_sim.engine.views.seats import trace_facts
from crisis_sim.measures.meanings import Meaning, meanings, widest
from crisis_sim.measures.tension import TurningPoint, turning_points
from crisis_sim.numbers import points_printed
from crisis_sim.pages.forecast_blocks import chance_says
from crisis_sim.pages.traces import describe_trace
from crisis_sim.pages.translator import Translator, head_for, in_language, words_for
from crisis_sim.replaying.moment_words import SEAT_NAMES
from crisis_sim.rules.names import HERE_FOR_MORE, Language, owner_of
from crisis_sim.session.course import trace_course
from crisis_sim.session.log import Log, read_log
from crisis_sim.session.record import Entry
from crisis_sim.session.replay import fold, table_of
from crisis_sim.wording import _, speaker

HIGHEST: Final = 10_000
"""The top of tension, in hundredths."""
EVERY: Final = 64
"""Entries from one kept state to the next."""
BLOCKS: Final = 4
"""Runs of states kept whole, of those asked for last: a step back finds its neighbours there."""


class StateChange(NamedTuple):
    """An entry after which some number on somebody's screen is another one."""

    seq: int
    state: State


class StateHistory:
    """A log, its table, and the state after each of its entries."""

    def __init__(self, log: Log) -> None:
        """Fold the whole log once. Raises UnreadableInput or LogDamaged."""
        self.log = log
        self.table = table_of(log.header, log.path)
        self._kept: list[State] = []
        self._blocks: OrderedDict[int, list[State]] = OrderedDict()
        self.changes: list[StateChange] = []
        """The opening, and every entry that changed a number."""
        self.turns: list[int] = []
        """The seq of the entry that opened each turn, from turn 1."""
        self.ends: list[State] = []
        """The last state of each turn, from turn 0."""
        self._run()

    @classmethod
    def opened(cls, path: Path) -> StateHistory:
        """The log in `path`. Raises UnreadableInput or LogDamaged."""
        return cls(read_log(path))

    def _run(self) -> None:
        state = opening_state(self.table)
        self._kept.append(state)
        self.changes.append(StateChange(0, state))
        numbers = _numbers(state)
        for entry in self.log.entries:
            previous, state = state, fold(state, entry, self.log.path)
            if entry.seq % EVERY == 0:
                self._kept.append(state)
            if state.turn != previous.turn:
                self.turns.append(entry.seq)
                self.ends.append(previous)
            if (now := _numbers(state)) != numbers:
                numbers = now
                self.changes.append(StateChange(entry.seq, state))
        self.ends.append(state)

    @property
    def last(self) -> int:
        """The seq of the last entry; 0 if there is none."""
        return len(self.log.entries)

    @property
    def end(self) -> State:
        """The state after the last entry."""
        return self.ends[-1]

    def entry(self, seq: int) -> Entry | None:
        """The entry of that number; None for 0, the opening."""
        return self.log.entries[seq - 1] if seq else None

    def state(self, seq: int) -> State:
        """The state after the entry `seq`, 0 … `last`."""
        block, place = divmod(seq, EVERY)
        if block not in self._blocks:
            state = self._kept[block]
            states = [state]
            for entry in self.log.entries[block * EVERY : (block + 1) * EVERY - 1]:
                state = fold(state, entry, self.log.path)
                states.append(state)
            self._blocks[block] = states
            while len(self._blocks) > BLOCKS:
                self._blocks.popitem(last=False)
        return self._blocks[block][place]


def _numbers(state: State) -> tuple[object, ...]:
    """Everything that is a number on a screen; what has not changed is the same object, so comparing is cheap."""
    us, china = state.us, state.china
    return (
        *(state.tension, state.felt, state.trust, state.standing, state.pressure, state.readiness, state.tracks),
        *(state.expectation, us.believed, china.believed),
        *(state.phase, state.suspended, us.own_lines, china.own_lines, us.adopted, china.adopted),
    )


class Reason(NamedTuple):
    """One step of a number."""

    seq: int
    turn: int
    sentence: str
    place: str
    """file:line of its rule or number."""


class Reasons:
    """What moved which number, found once."""

    def __init__(self, history: StateHistory) -> None:
        self._history = history
        self._moved: dict[str, list[tuple[int, e.AnyEvent]]] = defaultdict(list)
        for entry in history.log.entries:
            for event in entry.events:
                for key in _moves(event):
                    self._moved[key].append((entry.seq, event))

    def reasons_for(self, key: str, until: int, language: Language) -> tuple[Reason, ...]:
        """Why the number `meter:of` is what it is after the entry `until`, newest first."""
        return tuple(self._find_reasons(key, until, language))

    def _find_reasons(self, key: str, until: int, language: Language) -> Iterator[Reason]:
        say = Translator(dossier_for(self._history.table, "facilitator"), language)
        for seq, event in reversed(self._moved.get(key, [])):
            if seq > until:
                continue
            state = self._history.state(seq)
            if isinstance(event, e.ForecastSealed):
                yield Reason(seq, state.turn, _believed(state, event, say), "")
                continue
            facts = trace_facts(state, self._history.table, state.turn, event)
            if facts is not None and (explanation := describe_trace(facts, say)) is not None:
                yield Reason(seq, state.turn, explanation.sentence, explanation.place)


def _believed(state: State, event: e.ForecastSealed, say: Translator) -> str:
    """What a team said that it believes, and what had come from the other side since it last had."""
    belief_turns = [turn for turn, _chance in state.team(event.side).believed]
    since = belief_turns[-2] if len(belief_turns) > 1 else 0
    acts = [
        say.move(sent.act.move)
        for (side, _turn, _order), sent in state.acts.items()
        if side != event.side and since < sent.arrived <= belief_turns[-1]
    ]
    came = say(", ").join(acts) if acts else say("nothing new")
    return say("{chance}; what had come: {acts}", chance=chance_says(event.chance, say), acts=came)


def _moves(event: e.AnyEvent) -> Iterator[str]:
    """The numbers that an event moves."""
    match event:
        case e.ActWeighed():
            yield from ("tension:", "felt:us", "felt:china")
        case e.NumberMoved(meter=meter, of=owner) | e.Overridden(meter=meter, of=owner):
            yield f"{meter}:{owner}"
        case e.ForecastSealed(side=side, forecast=forecast) if forecast == HERE_FOR_MORE:
            yield f"belief:{side}"
        case e.LinePressed(side=side, line=line):
            yield f"pressure:{side}/{line}"
        case e.ConclusionDrawn(side=side, line=line) | e.FurtherFrom(side=side, line=line):
            yield f"pressure:{side}/{line}"
        case e.PledgeBound(side=side) | e.PledgeSettled(side=side) | e.ConcessionSpared(side=side):
            yield f"standing:{side}"
        case (
            e.CrossingClaimed(side=side, line=line)
            | e.CrossingDeclared(side=side, line=line)
            | e.LineCrossed(side=side, line=line)
        ):
            yield f"pressure:{side}/{line}"


class Jump(NamedTuple):
    """A moment worth going to."""

    seq: int
    kind: Literal["gap", "turning"]
    sentence: str
    text: str = ""
    """The words of an act."""
    meaning: Meaning | None = None


def gaps_of(history: StateHistory, language: Language) -> tuple[Jump, ...]:
    """Every act that was read, the largest gap first, at the entry that read it."""
    read: dict[object, int] = {}
    for entry in history.log.entries:
        read |= {event.act: entry.seq for event in entry.events if isinstance(event, e.ReadingSealed)}
    all_meanings, say = (
        meanings(history.end, history.table),
        Translator(dossier_for(history.table, "facilitator"), language),
    )
    return tuple(
        _gap(read.get(meaning.key, 0), meaning, say)
        for meaning in widest(all_meanings, len(all_meanings))
        if meaning.key in read
    )


def taken_at(history: StateHistory, seq: int) -> tuple[PairFacts, ...]:
    """The acts whose reading was sealed with an entry."""
    entry = history.entry(seq)
    read = {event.act for event in entry.events if isinstance(event, e.ReadingSealed)} if entry is not None else ()
    pairs = pair_facts(history.end, history.table) if read else ()
    return tuple(pair for pair in pairs if (pair.side, pair.turn, pair.order) in read)


def _gap(seq: int, meaning: Meaning, say: Translator) -> Jump:
    head, text = head_for(meaning.act, None, say), words_for(meaning.act, say)
    return Jump(seq, "gap", head, text, meaning)


def turning_of(history: StateHistory, language: Language) -> tuple[Jump, ...]:
    """The turns that moved the session, at the entry that moved them."""
    return tuple(
        Jump(_find_turning_entry(history, point), "turning", _describe_turning(history, language, point))
        for point in turning_points(trace_course(history.table, history.ends))
    )


def _describe_turning(history: StateHistory, language: Language, point: TurningPoint) -> str:
    """A turning point in words."""
    say = speaker(language)
    text = say("turn {turn}: tension {moved}", turn=point.turn, moved=points_printed(point.moved, signed=True))
    for sentence, lines in (
        (_("{told}; {who} line crossed: {says}"), point.crossed),
        (_("{told}; {who} drew a conclusion on: {says}"), point.concluded),
        (_("{told}; {who} further from a conclusion on: {says}"), point.drawn_back),
    ):
        for line_name in lines:
            line_text = in_language(words_of_line(history.end, history.table, line_name), language).rstrip(".。")
            text = say(sentence, told=text, who=say(SEAT_NAMES[owner_of(line_name)]), says=line_text)
    return text


def _find_turning_entry(history: StateHistory, point: TurningPoint) -> int:
    """The entry of a turn that changed what became of lines, or else moved tension furthest; of equal ones the last."""
    best, seq = -1, history.turns[point.turn - 1]
    for earlier, later in pairwise(history.changes):
        moved = abs(later.state.tension - earlier.state.tension)
        if any(
            getattr(earlier.state, field_name) is not getattr(later.state, field_name)
            for field_name in ("crossings", "concluded")
        ):
            moved += HIGHEST
        if later.state.turn == point.turn and moved >= best:
            best, seq = moved, later.seq
    return seq
