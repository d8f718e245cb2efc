"""What one person says at the table: how he takes what reached the team, and that he agrees to the card.

The one is said alone and before the team seals its reading, the other before the first act. Neither moves a number, and
nobody's name is kept.
"""

from __future__ import annotations

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.text import clean

LONGEST_LABEL = 20
"""Characters in what a person is called at the table."""


def press(state: State, table: GameTable, side: Side, action: a.PressReading) -> e.AnyEvent:
    """Say how one person takes an act; until the team has sealed its reading the person can say it again."""
    by = clean(action.by, lines=False).strip()
    if not 0 < len(by) <= LONGEST_LABEL:
        raise ActionRefused("reading/nobody")
    readable(state, side, action.item, action.hostility)
    item = state.team(side).inbox[action.item - 1]
    if item.hostility is not None:
        raise ActionRefused("reading/sealed")
    return e.ReadingPressed(side, item.act, action.hostility, by, visible=side)


def readable(state: State, side: Side, item: int, hostility: int) -> None:
    """Raise ActionRefused unless something came to that place of the inbox this turn, and the scale has the point."""
    inbox = state.team(side).inbox
    if not 1 <= item <= len(inbox) or inbox[item - 1].turn != state.turn:
        raise ActionRefused("reading/unknown")
    if not -3 <= hostility <= 3:
        raise ActionRefused("reading/hostility")


def agree(recorder: EventRecorder, seat: a.SeatName, action: a.AgreeToCard) -> None:
    """Put on record that somebody at a seat agrees; each who sits there says it for himself. Raises ActionRefused."""
    if seat == "facilitator":
        raise ActionRefused("consent/facilitator")
    by = clean(action.by, lines=False).strip()[:LONGEST_LABEL]
    side = next((each for each in SIDES if each == seat), None)
    recorder.tell(e.CardAgreed(seat, by, visible=side or "facilitator"))
