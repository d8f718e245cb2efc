"""Salami paths: a short list of acts, each harmless alone, that together lead to a conclusion about a red line.

That small steps add up is what pink lines are for, so a path is no mistake by itself. It shows an author how far apart
the two sides of a line stand. The path is looked for among acts that press the line most, and played by the engine
itself: unread, so that each weighs what the catalogue says, and over channels that are certain where there are some. It
is bounded and the same each time. No path found is no proof that there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple, TypeAlias

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from crisis_sim.content.known_names import MILD
from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.decide import decide
from crisis_sim.engine.acts.delivery import is_certain
from crisis_sim.engine.acts.options import lacks_consent, open_channels
from crisis_sim.engine.apply import apply
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import build_table
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import Audience, Side, Visibility, other

FORCEFUL: Final = frozenset({"coerce", "force"})
"""Families that nobody would call a small step."""
SEVEREST: Final = 2
"""The highest class of provocation of a small step: words in public."""
LONGEST: Final = 9
"""The most acts of a path."""
MAX_CANDIDATES: Final = 3
"""How many of the most pressing acts of a turn are tried."""

PathEvents: TypeAlias = Sequence[e.AnyEvent]


class SalamiStep(NamedTuple):
    """One act of a path, and the pressure on the line before and after it, in hundredths."""

    turn: int
    hour: int
    move: str
    channel: str
    visibility: Visibility
    terms: tuple[str, ...]
    asset: str | UnsetType
    start: int
    end: int


class SalamiPath(NamedTuple):
    """A path to a conclusion about a red line."""

    owner: Side
    line: str
    through: str
    """The pink line that was full."""
    limit: int
    length: int
    """Minutes of the session in which it was found."""
    turn: int
    """The turn of the conclusion; the one after the last step where an inject did the rest."""
    steps: tuple[SalamiStep, ...]


class Slice(NamedTuple):
    """An act, with what it does by itself in one turn."""

    draft: a.Draft
    gains: Mapping[str, int]
    """The most pressure that one pressing of it adds to each line."""
    is_whole: bool
    """It crosses some line, or leads to a conclusion, alone."""


class SmallSteps:
    """The longest session of a scenario in which nobody does anything, and what each small act would do in it."""

    def __init__(self, material: Material, owner: Side) -> None:
        """Of acts of the other team that bear on lines of `owner`."""
        length = max(material.scenario.lengths)
        table = build_table(material, seed="salami", length=length, session="salami", show="own")
        self._owner = owner
        self._table = replace(table, calls=None)  # what a call is for moves nothing, and no step says it
        self._opened = dict(self._openings())

    def path(self, line: str) -> SalamiPath | None:
        """A shortest path found to a conclusion about a red line.

        None of its acts is forceful, and none crosses a line or leads to a conclusion alone.
        """
        slices = {
            turn: [candidate for candidate in candidates if not candidate.is_whole]
            for turn, candidates in self.slices.items()
        }
        return self.shortest(line, slices, range(2, LONGEST + 1))

    def mild_path(self, line: str) -> SalamiPath | None:
        """A path within a single turn, made of well-meant acts without terms; one act alone may be enough."""
        return self.shortest(line, self.mild, range(1, self._table.workload.moves + 1), at_once=True)

    @cached_property
    def slices(self) -> Mapping[int, Sequence[Slice]]:
        """What each small act does by itself, by turns."""
        return {turn: list(self._measured(state, self._drafts(state))) for turn, state in self._opened.items()}

    @cached_property
    def mild(self) -> Mapping[int, Sequence[Slice]]:
        """The same of those alone that are well meant, with nothing put on them."""
        return {turn: list(self._measured(state, self._mild(state))) for turn, state in self._opened.items()}

    def _mild(self, state: State) -> Iterator[a.Draft]:
        for draft in self._drafts(state):
            if not draft.terms and self._table.moves[draft.move].family in MILD:
                yield draft

    def shortest(
        self, line: str, slices: Mapping[int, Sequence[Slice]], counts: range, *, at_once: bool = False
    ) -> SalamiPath | None:
        """The first path to a conclusion about a red line with the fewest acts, made of these slices.

        With `at_once` it is drawn in the turn of its last act.
        """
        lines = self._table.scenario.teams.team_of(self._owner).lines
        pinks = [pink.id for pink in lines if pink.leads_to == line]
        best = {turn: self._most_pressing(candidates, pinks) for turn, candidates in slices.items()}
        for count in counts:
            for turn in self._opened:
                for path in self._paths(best, turn, count):
                    result = self._played(line, path, at_once)
                    if result is not None:
                        return result
        return None

    def _openings(self) -> Iterator[tuple[int, State]]:
        """The state in which each turn's moves are made."""
        state = opening_state(self._table)
        while state.phase != "closing":
            if state.phase == "moves":
                yield state.turn, state
            state, _ = self._step(state, "facilitator", a.Advance())

    def _step(self, state: State, seat: a.SeatName, action: a.AnyAction) -> tuple[State, PathEvents]:
        events = decide(state, seat, action, self._table)
        for event in events:
            state = apply(state, event)
        return state, events

    def _measured(self, state: State, drafts: Iterator[a.Draft]) -> Iterator[Slice]:
        """What each of these acts does by itself in a turn."""
        for draft in drafts:
            _, events = self._turn(state, [draft])
            gains: dict[str, int] = {}
            for event in self._pressings(events):
                gain = event.trace.after - event.trace.before
                gains[event.line] = max(gain, gains.get(event.line, 0))
            if gains:
                yield Slice(draft, gains, any(isinstance(event, e.LineCrossed | e.ConclusionDrawn) for event in events))

    def _most_pressing(self, slices: Sequence[Slice], pinks: Sequence[str]) -> list[a.Draft]:
        """The acts that press these lines most, the mildest of equals first."""
        ranked = []
        for candidate in slices:
            gain = max((candidate.gains.get(pink, 0) for pink in pinks), default=0)
            if gain > 0:
                severity = self._table.moves[candidate.draft.move].severity
                ranked.append(((-gain, severity, len(candidate.draft.terms)), candidate.draft))
        ranked.sort(key=lambda pair: pair[0])
        return [draft for _, draft in ranked[:MAX_CANDIDATES]]

    def _paths(
        self, best: Mapping[int, Sequence[a.Draft]], turn: int, count: int
    ) -> Iterator[dict[int, list[a.Draft]]]:
        """Ways to make `count` acts from this turn on, as close together as they can be, by turns."""
        max_moves = self._table.workload.moves
        for choice in range(len(best[turn])):
            path: dict[int, list[a.Draft]] = {}
            remaining, number = count, turn
            while remaining and best.get(number):
                act_count = min(max_moves, remaining)
                path[number] = [best[number][min(choice, len(best[number]) - 1)]] * act_count
                remaining, number = remaining - act_count, number + 1
            if not remaining:
                yield path

    def _played(self, line: str, path: Mapping[int, Sequence[a.Draft]], at_once: bool) -> SalamiPath | None:
        """The path, if the engine says that a conclusion is drawn, at its end or a turn later."""
        first, last = min(path), max(path)
        state = self._opened[first]
        played_turns: list[tuple[State, Sequence[a.Draft], PathEvents]] = []
        for turn in range(first, min(last + (not at_once), self._table.turns) + 1):
            while state.turn < turn or state.phase != "moves":
                state, _ = self._step(state, "facilitator", a.Advance())
            drafts = path.get(turn, ())
            state, events = self._turn(state, drafts)
            played_turns.append((state, drafts, events))
            for event in events:
                if isinstance(event, e.ConclusionDrawn) and (event.side, event.leads_to) == (self._owner, line):
                    return self._salami(line, event.line, turn, played_turns) if turn >= last else None
        return None

    def _salami(
        self, line: str, through: str, turn: int, played_turns: Sequence[tuple[State, Sequence[a.Draft], PathEvents]]
    ) -> SalamiPath:
        limit = self._table.pink_of(f"{self._owner}/{through}").limit
        steps = tuple(step for turn in played_turns for step in self._steps(through, *turn))
        return SalamiPath(self._owner, line, through, limit, self._table.length, turn, steps)

    def _steps(self, through: str, state: State, drafts: Sequence[a.Draft], events: PathEvents) -> Iterator[SalamiStep]:
        """What each act of a turn did to the pressure on the pink line."""
        traces = [event.trace for event in self._pressings(events) if event.line == through]
        sent = [event.act for event in events if isinstance(event, e.ActSent)]
        pressure = traces[0].before if traces else 0
        for order, draft in enumerate(drafts):
            later_pressures = [trace.after for trace in traces if trace.act == sent[order].key]
            rises = pressure, later_pressures[-1] if later_pressures else pressure
            draft_fields = draft.move, draft.channel, draft.visibility, draft.terms, draft.asset
            yield SalamiStep(state.turn, state.hour, *draft_fields, *rises)
            pressure = rises[1]

    def _pressings(self, events: PathEvents) -> list[e.LinePressed]:
        return [event for event in events if isinstance(event, e.LinePressed) and event.side == self._owner]

    def _turn(self, state: State, drafts: Sequence[a.Draft]) -> tuple[State, PathEvents]:
        """Make these acts and judge the turn, everything unread."""
        events: list[e.AnyEvent] = []
        for draft in drafts:
            state, _ = self._step(state, other(self._owner), a.SealMove(draft=draft))
        while state.phase not in ("results", "closing"):
            state, more = self._step(state, "facilitator", a.Advance())
            events += more
        return state, events

    def _drafts(self, state: State) -> Iterator[a.Draft]:
        """Small steps that can be taken now: for each move, visibility and term, over the surest channel."""
        for name, move in self._table.moves.items():
            if (
                name in self._table.left_out
                or move.only_as_answer
                or move.family in FORCEFUL
                or move.severity > SEVEREST
            ):
                continue
            line = next(iter(state.team(other(self._owner)).adopted), UNSET) if move.tells else UNSET
            if move.tells and line is UNSET:
                continue
            about = next(iter(self._table.scenario.channels)) if move.about_channel else None
            for visibility in move.visibility:
                channel = self._surest(state, name, move, visibility)
                if channel is None:
                    continue
                audience: Audience | UnsetType = "them" if visibility == "public" else UNSET
                for terms in ((), *((term,) for term in self._marks(name, visibility))):
                    if move.needs_consent_or not in terms and lacks_consent(state, self._table, move):
                        continue
                    for asset in self._table.usable(other(self._owner), name) or (UNSET,):
                        yield a.Draft(
                            move=name,
                            channel=channel,
                            visibility=visibility,
                            terms=terms,
                            about=about,
                            asset=asset,
                            expected=0,
                            audience=audience,
                            line=line,
                        )

    def _marks(self, name: str, visibility: Visibility) -> Iterator[str]:
        """Terms that a move can bear where it is heard so."""
        terms = self._table.material.terms
        for term in self._table.terms[name]:
            if terms[term].heard in (None, visibility):
                yield term

    def _surest(self, state: State, name: str, move: Move, visibility: Visibility) -> str | None:
        channels = self._table.scenario.channels
        fits = [
            channel for channel in open_channels(state, self._table, name) if visibility in channels[channel].visibility
        ]
        sure = (channel for channel in fits if is_certain(self._table, channel, visibility))
        ready = sorted(fits, key=lambda channel: -state.readiness[channel])
        return next(sure, ready[0] if ready else None)
