"""A seat's views as they go over the wire: from any of them that a reader has, what it is told makes the newest."""

from __future__ import annotations

from random import Random

import msgspec
import pytest
from msgspec.structs import replace
from tests.engine.asking import CALL
from tests.engine.play import Play, small
from tests.thinning import examples

from crisis_sim.engine import actions as a
from crisis_sim.errors import ActionRefused
from crisis_sim.rooms.mirror import SeatMirror
from crisis_sim.rooms.seat_versions import SeatVersions, grounds_of
from crisis_sim.rooms.wire import Diff, Whole, from_host

ACTS: tuple[a.AnyAction, ...] = (
    a.ReviseMove(number=1, draft=CALL),
    a.WithdrawMove(number=1),
    a.SealMove(draft=CALL),
    a.TakeNote(text="one"),
    a.CommitMoves(),
    a.SealReading(item=1, hostility=1, confidence=2),
    a.CommitReadings(),
    a.CommitForecasts(),
)
RUNS: tuple[a.AnyAction, ...] = (a.Advance(), a.Bookmark(label="here"))


def plays(play: Play, luck: Random) -> None:
    """Something that anybody may do now, if it may be done."""
    by: a.SeatName = luck.choice(["us", "china", "facilitator"])
    action = luck.choice(RUNS if by == "facilitator" else ACTS)
    try:
        play.submit(by, action)
    except ActionRefused:
        return


def test_whoever_has_any_view_of_a_seat_is_told_what_makes_the_newest_of_it() -> None:
    """However long ago it was; and a reader who has none of them is told the whole."""
    grown = 0
    for seed in range(examples(20, 400)):
        luck, play = Random(seed), small(str(seed % 7 + 1))
        play.open_moves()
        versions = SeatVersions(play.look("us"))
        had: dict[int, SeatMirror] = {}
        for _ in range(40):
            mirror = SeatMirror()
            mirror.take(from_host(versions.since(0)))
            had[versions.newest.n] = mirror
            plays(play, luck)
            versions.look(play.look("us"))
        for n, mirror in had.items():
            told = from_host(versions.since(n))
            assert isinstance(told, Diff)
            grown += bool(told.more)
            mirror.take(told)
            assert mirror.view == versions.newest.view
        assert isinstance(from_host(versions.since(versions.newest.n + 1)), Whole)
    assert grown, "no feed has grown"


def test_a_view_that_has_passed_leaves_nothing_behind_but_numbers() -> None:
    """A host's memory does not grow by how much its people do, but by what there is to see."""
    play = small()
    play.open_moves()
    versions = SeatVersions(play.look("us"))
    sizes = []
    for _ in range(4):
        for number in range(50):
            play.submit("facilitator", a.Unpause() if number % 2 else a.Pause())
            versions.look(play.look("us"))
        sizes.append(len(msgspec.msgpack.encode(vars(versions))))
    assert versions.newest.n == 201 and sizes[-1] <= sizes[0] + 20


def test_an_act_is_about_what_may_have_changed_since_it_was_chosen() -> None:
    """A draft that another has revised, also where it reads as before by now; and a view that nobody has been told."""
    play = small()
    play.open_moves()
    play.submit("us", a.SealMove(draft=CALL))
    versions = SeatVersions(play.look("us"))
    revises, commits, notes = a.WithdrawMove(number=1), a.CommitMoves(), a.TakeNote(text="one")
    assert not versions.has_moved(revises, 1) and not versions.has_moved(commits, 1)
    play.submit("us", a.TakeNote(text="one"))
    versions.look(play.look("us"))
    assert not versions.has_moved(revises, 1) and not versions.has_moved(commits, 1)
    play.submit("us", a.SealMove(draft=CALL))
    versions.look(play.look("us"))
    assert versions.has_moved(commits, 2) and not versions.has_moved(revises, 2), "another one was added"
    for draft in (replace(CALL, intent=-1), CALL):
        play.submit("us", a.ReviseMove(number=1, draft=draft))
        versions.look(play.look("us"))
    assert versions.has_moved(revises, 3) and not versions.has_moved(a.WithdrawMove(number=2), 3)
    assert versions.has_moved(revises, 0) and versions.has_moved(revises, 6) and not versions.has_moved(notes, 0)


GUESS = a.GuessLine(line="red", concern="safety", says="No ship of ours tows.", weight=5)


@pytest.mark.parametrize(
    "act", [GUESS, a.AdoptLines(lines=()), a.DropGuess(number=1)], ids=lambda act: type(act).__name__
)
def test_no_line_is_sealed_and_no_guess_taken_back_that_another_of_the_team_has_changed_since(act: a.AnyAction) -> None:
    """Sealing is final, and a guess is named by its place; the other team's work is nothing to either."""
    play = small()
    play.submit("us", GUESS)
    play.submit("us", GUESS)
    versions = SeatVersions(play.look("us"))
    play.submit("china", GUESS)
    versions.look(play.look("us"))
    drops = a.DropGuess(number=1)
    assert not versions.has_moved(a.SealLines(), 1) and not versions.has_moved(drops, 1)
    play.submit("us", act)
    versions.look(play.look("us"))
    assert versions.has_moved(a.SealLines(), 1) and versions.has_moved(drops, 1) is not isinstance(act, a.AdoptLines)
    assert not versions.has_moved(a.SealLines(), versions.newest.n)


def test_a_principle_is_accepted_or_rewritten_as_it_was_read() -> None:
    """The list is both sides': what stands at a place may be another by now; one more hits none."""
    for act in (a.AcceptPrinciple(number=1), a.PutPrinciple(says="Words.", number=1), a.PutPrinciple(says="Words.")):
        assert grounds_of(act).fields == (() if act == a.PutPrinciple(says="Words.") else ("principles",))
