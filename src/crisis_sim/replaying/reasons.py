"""Why a number stands where it does: every event of the log that moved it, in its sentence. For the whole alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from crisis_sim.engine import events as e
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.engine.sight.white import trace_facts
from crisis_sim.pages.traces import trace_view
from crisis_sim.replaying.reel import Reel
from crisis_sim.rules.names import Language


class Reason(NamedTuple):
    """One step of a number."""

    seq: int
    turn: int
    sentence: str
    at: str
    """file:line of its rule or number."""


class Reasons:
    """What moved which number, found once."""

    def __init__(self, reel: Reel) -> None:
        """Go through the whole log."""
        self._reel = reel
        self._moved: dict[str, list[tuple[int, e.AnyEvent]]] = defaultdict(list)
        for entry in reel.log.entries:
            for event in entry.events:
                for key in _moves(event):
                    self._moved[key].append((entry.seq, event))

    def of(self, key: str, until: int, language: Language) -> tuple[Reason, ...]:
        """Why the number `meter:of` is what it is after the entry `until`, newest first."""
        return tuple(self._of(key, until, language))

    def _of(self, key: str, until: int, language: Language) -> Iterator[Reason]:
        dossier = dossier_for(self._reel.table, "facilitator")
        for seq, event in reversed(self._moved.get(key, [])):
            if seq > until:
                continue
            state = self._reel.state(seq)
            facts = trace_facts(state, self._reel.table, state.turn, event)
            if facts is not None and (told := trace_view(facts, dossier, language)) is not None:
                yield Reason(seq, state.turn, told.sentence, told.at)


def _moves(event: e.AnyEvent) -> Iterator[str]:
    """The numbers that an event moves."""
    match event:
        case e.ActWeighed():
            yield from ("tension:", "felt:us", "felt:china")
        case e.NumberMoved(meter=meter, of=of) | e.Overridden(meter=meter, of=of):
            yield f"{meter}:{of}"
        case e.LinePressed(side=side, line=line):
            yield f"pressure:{side}/{line}"
        case e.LineCrossed(side=side, line=line, through=through):
            yield f"pressure:{side}/{through or line}"
