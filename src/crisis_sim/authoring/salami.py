"""Salami paths: a short list of acts, each harmless alone, that together cross a red line.

That small steps add up is what pink lines are for, so a path is no mistake by itself. It shows an author how far apart
the two sides of a line stand. The path is looked for among acts that press the line most, and played by the engine
itself: unread, so that each weighs what the catalogue says, and over channels that are certain where there are some. It
is bounded and the same each time. No path found is no proof that there is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.apply import apply
from crisis_sim.engine.decide import decide
from crisis_sim.engine.delivery import is_certain
from crisis_sim.engine.options import open_channels
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import build_table
from crisis_sim.rules.names import Side, Visibility, other
from crisis_sim.rules.pack import Move

FORCEFUL: Final = frozenset({"coerce", "force"})
"""Families that nobody would call a small step."""
SEVEREST: Final = 2
"""The highest class of provocation of a small step: words in public."""
MILD: Final = frozenset({"contact", "reassure", "cooperate", "restrain", "inform"})
"""Families of acts that mean no harm."""
LONGEST: Final = 9
"""The most acts of a path."""
TRIED: Final = 3
"""How many of the most pressing acts of a turn are tried."""


class Step(NamedTuple):
    """One act of a path, and the pressure on the line before and after it, in hundredths."""

    turn: int
    hour: int
    move: str
    channel: str
    visibility: Visibility
    terms: tuple[str, ...]
    before: int
    after: int


class Salami(NamedTuple):
    """A path across a red line."""

    owner: Side
    line: str
    through: str
    """The pink line that came to its limit."""
    limit: int
    length: int
    """Minutes of the session in which it was found."""
    steps: tuple[Step, ...]


class _Slice(NamedTuple):
    """A draft, with how much pressure it adds in a turn by itself."""

    draft: a.Draft
    gain: int


Path: TypeAlias = Sequence[tuple[int, a.Draft]]
"""Acts with the turns in which they are made."""


@lru_cache(maxsize=64)
def salami_path(material: Material, owner: Side, line: str) -> Salami | None:
    """A shortest path found across a red line of `owner`, by acts of the other team, in the longest session."""
    search = _Search(material, owner, line, plain=False)
    return search.shortest(range(1, search.turns + 1), LONGEST)


@lru_cache(maxsize=64)
def mild_path(material: Material, owner: Side, line: str) -> Salami | None:
    """A path within a single turn, made of well-meant acts without terms; one act alone may be enough."""
    search = _Search(material, owner, line, plain=True)
    return search.shortest(range(1, search.turns + 1), material.scenario.moves_a_turn.most, alone=True)


class _Search:
    """One red line of one scenario."""

    def __init__(self, material: Material, owner: Side, line: str, *, plain: bool) -> None:
        self._owner = owner
        self._line = line
        self._plain = plain
        self._length = max(material.scenario.lengths)
        self._table = build_table(material, seed="salami", length=self._length, session="salami", show="own")
        self._most = material.scenario.moves_a_turn.most
        self._pinks = {each.id for each in material.scenario.teams.of(owner).lines if each.leads_to == line}
        self.turns = self._table.turns

    def shortest(self, turns: Collection[int], longest: int, *, alone: bool = False) -> Salami | None:
        """The first path with the fewest acts, if there is one of at most `longest`."""
        if not self._pinks:
            return None
        opened = dict(self._openings())
        slices = {turn: self._slices(opened[turn], alone=alone) for turn in turns if turn in opened}
        for count in range(1 if alone else 2, longest + 1):
            for turn, state in opened.items():
                for path in self._paths(slices, turn, count):
                    found = self._played(state, path)
                    if found is not None:
                        return found
        return None

    def _openings(self) -> Iterator[tuple[int, State]]:
        """The state in which each turn's moves are made when nobody has done anything."""
        state = opening_state(self._table)
        while state.phase != "closing":
            if state.phase == "moves":
                yield state.turn, state
            state, _ = self._step(state, "facilitator", a.Advance())

    def _step(self, state: State, seat: a.Seat, action: a.AnyAction) -> tuple[State, Sequence[e.AnyEvent]]:
        told = decide(state, seat, action, self._table)
        for event in told:
            state = apply(state, event)
        return state, told

    def _slices(self, state: State, *, alone: bool) -> list[_Slice]:
        """The acts that press the line most in this turn and do not cross it alone; the mildest of equals first."""
        found = []
        for draft in self._drafts(state):
            _, told = self._turn(state, [draft])
            if alone or not any(isinstance(event, e.LineCrossed) for event in told):
                gain = max((event.trace.after - event.trace.before for event in self._pressings(told)), default=0)
                if gain > 0:
                    found.append(_Slice(draft, gain))
        moves = self._table.moves
        found.sort(key=lambda each: (-each.gain, moves[each.draft.move].severity, len(each.draft.terms)))
        return found[:TRIED]

    def _paths(self, slices: dict[int, list[_Slice]], turn: int, count: int) -> Iterator[Path]:
        """Ways to make `count` acts from this turn on, as close together as they can be."""
        for choice in range(TRIED):
            path: list[tuple[int, a.Draft]] = []
            number = turn
            while len(path) < count and slices.get(number):
                best = slices[number][min(choice, len(slices[number]) - 1)]
                path += [(number, best.draft)] * min(self._most, count - len(path))
                number += 1
            if len(path) == count and choice < len(slices[turn]):
                yield path

    def _played(self, state: State, path: Path) -> Salami | None:
        """The path, if the engine says that it crosses the line through a pink one."""
        made: list[tuple[State, Sequence[a.Draft], Sequence[e.AnyEvent]]] = []
        for turn in dict.fromkeys(turn for turn, _ in path):
            while state.phase != "moves" or state.turn < turn:
                state, _ = self._step(state, "facilitator", a.Advance())
            drafts = [draft for number, draft in path if number == turn]
            state, told = self._turn(state, drafts)
            made.append((state, drafts, told))
            for event in told:
                if isinstance(event, e.LineCrossed) and (event.side, event.line) == (self._owner, self._line):
                    ends = event.through is not None and turn == path[-1][0]
                    return self._salami(event.through or "", made) if ends else None
        return None

    def _salami(self, through: str, made: Sequence[tuple[State, Sequence[a.Draft], Sequence[e.AnyEvent]]]) -> Salami:
        limit = self._table.lines[f"{self._owner}/{through}"].limit
        limit = self._table.base.lines.limit if limit is None else limit
        steps = tuple(step for turn in made for step in self._steps(through, *turn))
        return Salami(self._owner, self._line, through, limit, self._length, steps)

    def _steps(
        self, through: str, state: State, drafts: Sequence[a.Draft], told: Sequence[e.AnyEvent]
    ) -> Iterator[Step]:
        """What each act of a turn did to the pressure on the pink line."""
        traces = [event.trace for event in self._pressings(told) if event.line == through]
        sent = [event.act for event in told if isinstance(event, e.ActSent)]
        before = traces[0].before if traces else 0
        for order, draft in enumerate(drafts):
            after = [trace.after for trace in traces if trace.act == sent[order].key]
            rises = before, after[-1] if after else before
            yield Step(state.turn, state.hour, draft.move, draft.channel, draft.visibility, draft.terms, *rises)
            before = rises[1]

    def _pressings(self, told: Sequence[e.AnyEvent]) -> list[e.LinePressed]:
        return [
            event
            for event in told
            if isinstance(event, e.LinePressed) and event.side == self._owner and event.line in self._pinks
        ]

    def _turn(self, state: State, drafts: Sequence[a.Draft]) -> tuple[State, Sequence[e.AnyEvent]]:
        """Make these acts and judge the turn, everything unread."""
        told: list[e.AnyEvent] = []
        for draft in drafts:
            state, _ = self._step(state, other(self._owner), a.SealMove(draft=draft))
        while state.phase not in ("results", "closing"):
            state, more = self._step(state, "facilitator", a.Advance())
            told += more
        return state, told

    def _drafts(self, state: State) -> Iterator[a.Draft]:
        """Small steps that can be taken now, one for each move, visibility and term, over the surest channel."""
        for name, move in self._table.moves.items():
            if move.only_as_answer or move.family in FORCEFUL or move.severity > SEVEREST:
                continue
            if self._plain and move.family not in MILD:
                continue
            for visibility in move.visibility:
                channel = self._surest(state, name, move, visibility)
                about = next(iter(self._table.scenario.channels)) if move.about_channel else None
                for terms in ((), *(() if self._plain else ((term,) for term in move.terms))):
                    if channel is not None:
                        yield a.Draft(
                            move=name, channel=channel, visibility=visibility, terms=terms, about=about, intent=0
                        )

    def _surest(self, state: State, name: str, move: Move, visibility: Visibility) -> str | None:
        channels = self._table.scenario.channels
        fits = [each for each in open_channels(state, self._table, name) if visibility in channels[each].visibility]
        sure = (each for each in fits if is_certain(self._table, each, visibility))
        ready = sorted(fits, key=lambda each: -state.readiness[each])
        return next(sure, ready[0] if ready else None)
