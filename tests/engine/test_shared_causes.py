"""Moves for what both sides suffer from: a false story, what alarms, people kept apart, what home hopes of a call."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tests.engine.asking import draft, refused
from tests.engine.play import Play, shipped, varied

from crisis_sim.engine import actions as a

MOVES = (
    "manage-expectations",
    "correct-together",
    "propose-to-remove-the-cause",
    "people-to-people",
    "propose-principles",
)
CORRECT, LESSEN, PEOPLE = MOVES[1:4]


def relieved(how: str | None, move: str, scenario: str) -> dict[str, int]:
    """By how much each side's lines were eased in the turn of an answer, apart from what time does."""
    play = Play(shipped(scenario, ("core",)), length=90)
    lines = {name: line for name, line in play.table.lines.items() if line.kind == "pink"}
    play.turn(us=(draft(move, _over(play, move), intent=-2),))
    play.state = replace(play.state, pressure=play.state.pressure | dict.fromkeys(lines, 250))
    if how is not None:
        play.open_moves()
        answer = {"accept": "accept-help", "decline": "reject-offer"}[how]
        fields: dict[str, Any] = {"answers": 1, "how": how}  # Any: fields of a draft
        play.submit("china", a.SealMove(draft=draft(answer, _over(play, answer), **fields)))
    play.turn()
    return {name: 250 - play.state.pressure[name] for name in lines}


def _over(play: Play, move: str) -> str:
    """A channel that carries it in private."""
    channels = play.table.scenario.channels
    return next(name for name in play.table.carriers[move] if "private" in channels[name].visibility)


@pytest.mark.parametrize(
    ("move", "scenario", "by"),
    [
        (CORRECT, "bottomed-submarine", {"us/collision-story": 150, "china/blame-hint": 150}),
        (LESSEN, "cable-quake", {"us/unseen-ship": 50, "china/crowded-ship": 100}),
        (PEOPLE, "new-virus", {"us/voices-silenced": 100}),
    ],
)
def test_what_both_agree_on_eases_the_lines_of_both_and_what_is_turned_down_none(
    move: str, scenario: str, by: dict[str, int]
) -> None:
    """A proposal alone eases nothing of this; the answer does, for the asker as for the asked."""
    alone, no, yes = (relieved(how, move, scenario) for how in (None, "decline", "accept"))
    for name, least in by.items():
        assert yes[name] >= alone[name] + least, name
        assert no[name] <= alone[name], name


def test_to_remove_the_cause_is_neither_a_protest_nor_a_bargain() -> None:
    """It calms, shames nobody and cannot be tied to anything."""
    move = shipped("cable-quake", ("core",)).moves[LESSEN]
    assert move.weight < 0 and move.face_threat == 0 and "tied" not in move.terms


def test_a_case_of_people_is_tied_to_nothing_costs_nothing_at_home_and_stings_when_it_is_turned_down() -> None:
    """A public yes costs standing for other things; a no presses lines about people."""
    assert "tied" not in shipped("cable-quake", ("core",)).moves[PEOPLE].terms
    standing = {}
    for move in (PEOPLE, "offer-help"):
        play = Play(shipped("bottomed-submarine", ("core",)), length=90)
        play.turn(us=(draft(move, _over(play, move), intent=-2),))
        play.turn(china=(draft("accept-help", "press", "public", answers=1, how="accept"),))
        standing[move] = play.state.standing["china"]
    assert standing[PEOPLE] == standing["offer-help"] + 25


def test_home_is_told_to_expect_little_of_a_call() -> None:
    """What home expects falls to nothing; said again it falls no further, and it moves nothing abroad."""
    play = Play(shipped("bottomed-submarine", ("core",)), length=90)
    play.turn(us=(draft("manage-expectations", "press", "public"),))
    assert play.state.expectation == {"us": 0, "china": 30}
    plain = Play(shipped("bottomed-submarine", ("core",)), length=90)
    plain.turn()
    assert (play.state.tension, play.state.trust) == (plain.state.tension, plain.state.trust)
    play.turn(us=(draft("manage-expectations", "press", "public"),))
    assert play.state.expectation["us"] == 0


@pytest.mark.parametrize(("length", "purposes", "there"), [(45, True, ()), (90, True, MOVES), (90, False, MOVES[1:])])
def test_a_session_has_the_moves_of_its_length_and_of_what_it_asks(
    length: int, purposes: bool, there: tuple[str, ...]
) -> None:
    """At 45 minutes there is none of them; where nobody says what a call is for, home is not told what to expect."""
    material = shipped("bottomed-submarine", ("core",))
    if not purposes:
        material = varied(material, lambda tree: tree.pop("call_purposes"))
    play = Play(material, length=length)
    play.open_moves()
    listed = play.say("us").dossier.moves
    assert [move for move in MOVES if move in listed] == list(there)
    for move in set(MOVES) - set(there):
        asked = draft(move, next(iter(play.table.carriers[move])), play.table.moves[move].visibility[0])
        assert refused(play, "us", a.SealMove(draft=asked)) == "move/left-out"
