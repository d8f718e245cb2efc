"""What each capital holds to be grave weighs the same from either chair: silence, a closed door, public blame."""

from __future__ import annotations

import pytest
from tests.engine.play import Play, shipped

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import SIDES, Side, other

ASKS = {
    "openness": a.Draft(move="private-inquiry", channel="embassies", visibility="private"),
    "people": a.Draft(move="offer-help", channel="press", visibility="public"),
    "status": a.Draft(move="invite-inclusion", channel="press", visibility="public"),
}
"""Requests by a concern that they speak to."""


def pressed(play: Play, side: Side) -> set[tuple[str, str]]:
    """Concerns of a team that were pressed, with the rule that did it."""
    return {
        (play.table.lines[f"{side}/{event.line}"].concern, event.trace.rule)
        for event in play.events
        if isinstance(event, e.LinePressed) and event.side == side
    }


@pytest.mark.parametrize("concern", ASKS)
@pytest.mark.parametrize("side", SIDES)
def test_silence_presses_what_was_asked_about(side: Side, concern: str) -> None:
    """Whoever asks: a line about openness where facts were asked for, one about people where help was offered."""
    owned = {
        line.concern for line in shipped("bottomed-submarine").scenario.teams.of(side).lines if line.kind == "pink"
    }
    found: set[tuple[str, str]] = set()
    for seed in map(str, range(12)):
        play = Play(shipped("bottomed-submarine"), length=150, seed=seed)
        play.turn(**{side: (ASKS[concern],)})
        for _ in range(4):
            play.turn()
        found |= pressed(play, side)
    told = {pressed_concern for pressed_concern, rule in found if rule.startswith("silence")}
    spoken = set(shipped("bottomed-submarine").moves[ASKS[concern].move].concerns)
    assert told == spoken & owned


@pytest.mark.parametrize("side", SIDES)
def test_a_refusal_presses_what_was_asked_about(side: Side) -> None:
    """The door that is closed is the one that was knocked on: a question about blame, and not one about openness."""
    play = Play(shipped("bottomed-submarine"), length=150)
    asked = ASKS["openness"]
    play.turn(**{side: (asked,)})
    decline = play.table.moves[asked.move].asks
    assert decline is not None
    no = a.Draft(move=decline.decline, channel="embassies", visibility="private", answers=1, how="decline")
    play.turn(**{other(side): (no,)})
    assert pressed(play, side) == {("blame", "door-closed")}
