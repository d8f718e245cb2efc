"""Where a session has so many calls at most, nobody asks for another, takes one, or is blamed for not taking it."""

from __future__ import annotations

import pytest
from tests.engine.asking import draft
from tests.engine.play import Play, shipped

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.options import calls_spent
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.move_blocks import move_blocks, why_not
from crisis_sim.pages.refusals import refusal
from crisis_sim.rules.names import SIDES, Language, other

CALL = draft("request-call", "embassies")
TAKEN = a.Draft(move="take-call", channel="embassies", answers=1, how="accept", taker="deputy")


def play(length: int = 45) -> Play:
    """A session under `core`, at its first turn."""
    return Play(shipped("bottomed-submarine"), length=length)


def held(length: int = 45) -> Play:
    """The turn after one in which the US side asked for a call and China took it."""
    of = play(length)
    of.turn(us=(CALL,))
    of.turn(china=(TAKEN,))
    assert len(of.state.exchanges) == 1
    of.open_moves()
    return of


def refused(of: Play, draft_: a.Draft) -> ActionRefused:
    """Why the US side can't make it."""
    with pytest.raises(ActionRefused) as error:
        of.submit("us", a.SealMove(draft=draft_))
    return error.value


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_second_call_is_refused_at_45_minutes_and_the_list_of_moves_says_so(language: Language) -> None:
    """Before the first the list says that there is one; after it, why there is no other; with a way out."""
    before, of = play(), held()
    before.open_moves()
    entry = before.say("us", language).dossier.moves["request-call"]
    told = " ".join(
        lines_of(move_blocks(entry, before.team("us"), before.say("us", language)), before.say("us", language))
    )
    assert ("1 call or meeting in all" in told) if language == "en" else ("1" in told and "通话" in told)
    assert not why_not("request-call", before.team("us"), before.say("us", language))
    assert why_not("request-call", of.team("us"), of.say("us")) == "this exercise has had its calls"
    assert why_not("take-call", of.team("us"), of.say("us")) == "this exercise has had its calls"
    error = refused(of, CALL)
    assert error.code == "call/spent" and all(refusal(error, language))


def test_longer_sessions_have_as_many_calls_as_they_like() -> None:
    """The limit is one of a length; nothing is said of it where there is none."""
    of = held(90)
    assert of.say("us").dossier.most_calls == 0 and not calls_spent(of.state, of.table)
    of.submit("us", a.SealMove(draft=CALL))


def test_two_calls_that_are_taken_in_one_turn_are_one() -> None:
    """Each side asked, and each took the other's."""
    of = play()
    of.turn(us=(CALL,), china=(CALL,))
    requests = {request.act[0]: request.number for request in of.state.requests}
    takes = {
        side: a.Draft(
            move="take-call", channel="embassies", answers=requests[other(side)], how="accept", taker="deputy"
        )
        for side in SIDES
    }
    of.turn(us=(takes["us"],), china=(takes["china"],))
    assert len(of.state.exchanges) == 1
    assert all(request.status == "answered" for request in of.state.requests)


def test_nobody_is_silent_about_a_call_that_could_not_be_taken() -> None:
    """A request that waits when the last call has been held can be declined or held off, and no silence is noted."""
    of = play()
    of.turn(us=(CALL,), china=(CALL,))
    theirs = next(request.number for request in of.state.requests if request.act[0] == "us")
    of.turn(china=(a.Draft(move="take-call", channel="embassies", answers=theirs, how="accept", taker="deputy"),))
    of.open_moves()
    ours = next(request.number for request in of.state.requests if request.act[0] == "china")
    taken = a.Draft(move="take-call", channel="embassies", answers=ours, how="accept", taker="deputy")
    assert refused(of, taken).code == "call/spent"
    of.turn()
    of.turn()
    assert not [event for event in of.events if isinstance(event, e.RequestUnanswered)]
