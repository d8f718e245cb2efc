"""Agreeing to the card on what is recorded and who may see it; it moves no number, and nobody's name is kept."""

from __future__ import annotations

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.own_readings import LONGEST_LABEL
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import SIDES
from crisis_sim.text import clean


def agree(recorder: EventRecorder, seat: a.SeatName, action: a.AgreeToCard) -> None:
    """Put on record that somebody at a seat agrees; each who sits there says it for himself. Raises ActionRefused."""
    if seat == "facilitator":
        raise ActionRefused("consent/facilitator")
    by = clean(action.by, lines=False).strip()[:LONGEST_LABEL]
    side = next((each for each in SIDES if each == seat), None)
    recorder.tell(e.CardAgreed(seat, by, visible=side or "facilitator"))
