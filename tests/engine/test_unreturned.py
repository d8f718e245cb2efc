"""Who has asked in three turns and met silence may ask for something else in return, and is told so beforehand."""

from __future__ import annotations

import pytest
from tests.engine.asking import draft
from tests.engine.play import Play, shipped

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.moment_facts import unreturned_turns
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.engine.views.seats import view_for
from crisis_sim.pages import move_blocks
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.translator import Translator

ASK = draft("private-inquiry", "embassies", intent=-1)
IN_RETURN = draft("invite-inclusion", "embassies", intent=-1, terms=("tied",))


def asked(*answered: int, times: int = 4) -> Play:
    """The United States asks, each turn but the last of `times`, and China answers some; moves are open."""
    play = Play(shipped("tests/playthroughs/weather-ship", ("core",)), length=150)
    for turn in range(1, times):
        china = (draft("no-comment", "embassies", answers=turn - 1, how="decline"),) if turn - 1 in answered else ()
        play.turn(us=(ASK,), china=china)
    play.turn()
    play.open_moves()
    return play


def advised(play: Play, side: str) -> list[str]:
    """Moves of which a team is told that they would ask in return."""
    view = view_for(play.state, play.table, side)  # type: ignore[arg-type]  # one of the two
    assert isinstance(view, TeamView)
    return [each.move for each in view.advice if each.in_return]


def fired(play: Play, *moves: a.Draft) -> set[str]:
    """Rules of linkage that fire when the United States makes these moves."""
    before = len(play.events)
    play.turn(us=moves)
    told = {event.rule for event in play.events[before:] if isinstance(event, e.RuleFired)}
    return told & {"linkage", "counter-ask"}


def test_after_three_turns_of_silence_an_ask_in_return_is_no_linkage() -> None:
    """The asker's advisers say so before it commits; the other side's say nothing."""
    play = asked()
    assert "invite-inclusion" in advised(play, "us") and advised(play, "china") == []
    view = view_for(play.state, play.table, "us")
    assert isinstance(view, TeamView)
    for language, says in (("en", "Asks of ours in 3 turns in a row met silence"), ("zh", "连续3轮")):
        teller = Translator(play.say("us").dossier, language)  # type: ignore[arg-type]  # one of the two
        told = move_blocks.advice(teller.dossier.moves["invite-inclusion"], view, None, PartialMove(), teller)
        assert any(says in line for line in told), told
    trust = play.state.trust["china"]
    assert fired(play, IN_RETURN) == {"counter-ask"}
    assert play.state.trust["china"] == trust


def test_help_that_asks_for_nothing_stays_linkage_when_it_is_tied() -> None:
    """What is given at a price is no ask, however long nobody answered."""
    data = draft("share-technical-data", "embassies", terms=("tied",))
    assert "share-technical-data" not in advised(play := asked(), "us")
    assert fired(play, data) == {"linkage"}


@pytest.mark.parametrize(("answered", "times"), [((2,), 4), ((), 3)])
def test_an_answer_in_between_or_too_few_turns_give_no_leave(answered: tuple[int, ...], times: int) -> None:
    """Any answer counts as one, a refusal too."""
    play = asked(*answered, times=times)
    assert advised(play, "us") == []
    assert fired(play, IN_RETURN) == {"linkage"}


def test_an_answer_that_crosses_the_ask_in_return_takes_nothing_back() -> None:
    """What the advisers said when it was sent holds when it is judged."""
    play = asked()
    play.submit("china", a.SealMove(draft=draft("no-comment", "embassies", answers=3, how="decline")))
    assert fired(play, IN_RETURN) == {"counter-ask"}
    assert (unreturned_turns(play.state, "us", 5), unreturned_turns(play.state, "us", 6)) == (3, 0)
