"""Alert: how a team stands that has drawn a conclusion on a pink line of its own and has not been drawn back.

What a conclusion did to a number, and nothing has undone since, stands over floors and rests and within the scale: so
to be drawn back never gives more than the conclusion has cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from crisis_sim.engine.state import Concluded, State
from crisis_sim.engine.table import GameTable
from crisis_sim.rules.names import SIDES, Side

Moved: TypeAlias = Literal["felt", "trust"]
"""A meter that a conclusion moves."""
NOTHING: Final[Mapping[str, int]] = dict.fromkeys(SIDES, 0)
"""What is left where nobody has drawn a conclusion."""
MOVED: Final[tuple[Moved, Moved]] = ("felt", "trust")


def is_on_alert(state: State, owner: Side, line: str) -> bool:
    """The owner of a line has drawn a conclusion on it and has not been drawn back."""
    kept = state.concluded.get(f"{owner}/{line}")
    return kept is not None and kept.on_alert


def still_there(state: State, table: GameTable, meter: Moved) -> Mapping[str, int]:
    """What conclusions did to each team's number, and what may yet be given back of it; hundredths."""
    if not state.concluded:
        return NOTHING
    left: dict[str, int] = dict.fromkeys(SIDES, 0)
    for name, kept in state.concluded.items():
        if kept.on_alert:
            left[name.partition("/")[0]] += left_of(state, table, meter, kept)
    return left


def left_of(state: State, table: GameTable, meter: Moved, kept: Concluded) -> int:
    """What of one conclusion time has not undone; nothing, if something has been given back on its line before."""
    if kept.credited or table.base.lines.further_from is None:
        return 0
    moved, of = (kept.felt, table.base.tension) if meter == "felt" else (kept.trust, table.base.trust)
    return max(0, moved - (state.turn - kept.turn) * of.decay)
