"""Unofficial channels, Track 1.5 and 2: they ask and tell, cost nothing at home, bind nobody and weigh nothing."""

from __future__ import annotations

import pytest
from tests.engine.asking import draft, told
from tests.engine.play import Play, shipped

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.state import State
from crisis_sim.rules.names import SIDES, Side, other

SCHOLARS, EMBASSIES = "scholars-group", "embassies"


def session() -> Play:
    """A session whose scenario has a Track II group."""
    return Play(shipped("bottomed-submarine", ("core",)), length=150)


def play_turn(play: Play, side: Side, *drafts: a.Draft) -> None:
    """Play one turn in which the other side takes whatever reaches it as hostile, and as touching its first line."""
    play.open_moves()
    for move in drafts:
        play.submit(side, a.SealMove(draft=move))
    while play.state.phase not in ("readings", "results"):
        play.submit("facilitator", a.Advance())
    view = play.team(other(side))
    for card in view.to_read:
        reading = a.SealReading(item=card.number, hostility=3, confidence=4, touches=view.lines[0].id)
        play.submit(other(side), reading)
    if play.state.phase == "readings":
        play.submit("facilitator", a.Advance())


def numbers(state: State) -> tuple[object, ...]:
    """Everything that an act can move but the readiness of its channel."""
    return state.tension, state.felt, state.trust, state.standing, state.pressure, state.tracks, state.truths


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("move", ["joint-cell", "private-reassure", "propose-principles", "fact-statement"])
def test_what_is_said_unofficially_moves_no_number(side: Side, move: str) -> None:
    """However hostile it is taken to be, and whichever line its reader says that it touches."""
    talking, silent = session(), session()
    play_turn(talking, side, draft(move, SCHOLARS))
    play_turn(silent, side)
    while not talking.state.acts[side, 1, 1].arrived:
        play_turn(talking, side)
        play_turn(silent, side)
    assert talking.state.team(other(side)).inbox, "it reached them"
    assert numbers(talking.state) == numbers(silent.state)


@pytest.mark.parametrize(("channel", "bound"), [(SCHOLARS, False), (EMBASSIES, True)])
def test_what_is_promised_unofficially_binds_nobody(channel: str, bound: bool) -> None:
    """The same words over an official channel do."""
    play = session()
    promise = next(
        name
        for name, of in play.table.commitments.items()
        if of.binds == "maker" and "private-reassure" in of.with_moves
    )
    play_turn(play, "us", draft("private-reassure", channel, promise=promise))
    for _ in range(2):
        play_turn(play, "us")
    assert bool(told(play.events, e.CommitmentMade)) == bound


def test_what_is_asked_unofficially_and_not_answered_weighs_nothing() -> None:
    """It is noted as unanswered, and no rule on silence takes notice."""
    asking, silent = session(), session()
    play_turn(asking, "us", draft("working-group", SCHOLARS))
    play_turn(silent, "us")
    while not told(asking.events, e.RequestUnanswered):
        play_turn(asking, "us")
        play_turn(silent, "us")
    assert numbers(asking.state) == numbers(silent.state)
