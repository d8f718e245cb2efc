"""Cover: leaving it to the other side to announce what was offered or agreed to, and what that moves at home."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.asking import draft, refused, told
from tests.engine.play import Play
from tests.engine.play import in_time as play

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.feed_items import PromiseItem
from crisis_sim.pages.pending_blocks import account_warnings
from crisis_sim.rules.names import SIDES, Side, other

COVER = ("you-announce",)
LAP = "no-victory-lap"


def offer(*terms: str) -> a.Draft:
    """Help that is offered in private."""
    return draft("offer-help", "embassies", intent=-2, terms=terms)


def yes(aloud: bool, *terms: str, **rest: Any) -> a.Draft:  # Any: fields of a draft
    """Help that is accepted, in public or in private."""
    way = ("press", "public") if aloud else ("embassies", "private")
    return draft("accept-help", *way, answers=1, how="accept", terms=terms, **rest)  # type: ignore[arg-type]  # a visibility


def at_home(of: Play, turn: int, side: Side) -> dict[str, int]:
    """What moved a team's standing in a turn, by the rule that did."""
    return {
        event.trace.rule: event.trace.after - event.trace.before
        for event in told(of.events, e.NumberMoved)
        if (event.meter, event.of) == ("standing", side) and event.trace.act and event.trace.act[1] == turn
    }


def agreed(side: Side, first: a.Draft, then: a.Draft) -> Play:
    """One side offered something, and the other said yes."""
    of = play()
    of.turn(**{side: (first,)})
    of.turn(**{other(side): (then,)})
    return of


@pytest.mark.parametrize("side", SIDES)
def test_what_was_left_to_the_other_side_to_announce_costs_it_nothing_at_home(side: Side) -> None:
    """A public yes costs a quarter without cover; with it that quarter is its author's."""
    bare = agreed(side, offer(), yes(aloud=True))
    assert at_home(bare, 2, other(side)) == {"catalogue": -25} and not at_home(bare, 2, side)
    covered = agreed(side, offer(*COVER), yes(aloud=True))
    assert not at_home(covered, 2, other(side)) and at_home(covered, 2, side) == {"announced-as-theirs": -25}


def test_nobody_pays_at_home_for_what_home_does_not_hear_of() -> None:
    """A private yes to a covered offer moves nothing there."""
    of = agreed("us", offer(*COVER), yes(aloud=False))
    assert not at_home(of, 2, "us") and not at_home(of, 2, "china")


@pytest.mark.parametrize("side", SIDES)
def test_whoever_says_yes_in_private_can_leave_the_announcement_to_the_other_side(side: Side) -> None:
    """What one loses at home by that the other wins."""
    of = agreed(side, offer(), yes(False, *COVER))
    assert at_home(of, 2, other(side)) == {"announcement-left": -25}
    assert at_home(of, 2, side) == {"announcement-left": 25}


def test_cover_goes_with_private_words_and_not_at_45_minutes() -> None:
    """Each refusal has its way out, and a term that nobody can choose is offered to nobody."""
    of = play()
    of.open_moves()
    aloud = draft("offer-help", "press", "public", terms=COVER)
    assert refused(of, "us", a.SealMove(draft=aloud)) == "move/term-heard"
    assert COVER[0] in of.say("us").dossier.moves["offer-help"].terms
    short = play(length=45)
    short.open_moves()
    assert COVER[0] not in short.say("us").dossier.moves["offer-help"].terms
    assert refused(short, "us", a.SealMove(draft=offer(*COVER))) == "move/term"


def test_cover_is_said_openly_and_the_other_side_sees_it_with_the_offer() -> None:
    """It stands among the terms of what arrives, and in what is asked."""
    of = play()
    of.turn(us=(offer(*COVER),))
    of.open_moves()
    assert of.team("china").requests[0].act.terms == COVER


def quiet(move: str, channel: str, **rest: Any) -> a.Draft:  # Any: fields of a draft
    """An offer, or a yes, with the word that it will not be held up."""
    return draft(move, channel, intent=-2, promise=LAP, **rest)


@pytest.mark.parametrize("late", [0, 1, 2])
@pytest.mark.parametrize("side", SIDES)
def test_a_victory_lap_breaks_a_promise_for_two_turns(side: Side, late: int) -> None:
    """It costs a point of the other's trust; after two turns it has been kept, and both sides are told so."""
    of = play()
    of.turn(**{side: (quiet("offer-help", "embassies"),)})
    for _ in range(late):
        of.turn()
    of.turn(**{side: (draft("criticise", "press", "public", intent=1),)})
    broken = [event.act for event in told(of.events, e.CommitmentBroken)]
    ended = [(event.side, event.how) for event in told(of.events, e.CommitmentEnded)]
    facts = next(each for each in of.team(other(side)).commitments if each.id == LAP)
    if late < 2:
        assert broken == [(side, 2 + late, 1)] and not ended and facts.broken_by == (side,)
    else:
        assert not broken and ended == [(side, "kept")] and facts.kept_by == (side,)
        for seat in SIDES:
            items = [item for item in of.team(seat).feed if isinstance(item, PromiseItem)]
            assert [(item.sides, item.ended) for item in items] == [((side,), None), ((side,), "kept")]
    lost = [event for event in told(of.events, e.NumberMoved) if event.trace.rule == "promise-broken"]
    assert [event.trace.after - event.trace.before for event in lost if event.meter == "trust"] == (
        [-100] if late < 2 else []
    )


def test_what_was_kept_for_its_time_can_be_promised_again_and_binds_no_later_session() -> None:
    """A word for two turns was a word for that crisis; a broken one is remembered."""
    of = play()
    of.turn(us=(quiet("offer-help", "embassies"),))
    of.turn()
    of.turn()
    of.turn(us=(quiet("offer-help", "embassies"),))
    assert [event.act[1] for event in told(of.events, e.CommitmentMade)] == [1, 4]
    of.turn(us=(draft("criticise", "press", "public", intent=1),))
    assert [kept.broken for kept in of.state.promises] == [False, True]
    assert [kept.ended for kept in of.state.promises] == ["kept", None]


def talked(side: Side, accounts: tuple[Side, ...], *, promise: bool = True) -> Play:
    """Help was offered with the word that it will not be held up, then both talk, and these sides give an account."""
    of = play()
    of.turn(**{side: (quiet("offer-help", "embassies") if promise else offer(), draft("request-call", "embassies"))})
    number = next(each.number for each in of.state.requests if of.state.sent(each.act).act.move == "request-call")
    of.turn(**{other(side): (draft("take-call", "embassies", answers=number, how="accept", taker="deputy"),)})
    for each in accounts:
        of.submit(each, a.SealReadout(exchange=1, outcome="agreed", tone=-1, text="A success."))
    of.turn()
    return of


def trust_lost(of: Play, side: Side) -> dict[str, int]:
    """What a team's trust lost, by the rule that took it."""
    moved = [event for event in told(of.events, e.NumberMoved) if (event.meter, event.of) == ("trust", side)]
    return {event.trace.rule: event.trace.after - event.trace.before for event in moved if event.trace.rule != "decay"}


@pytest.mark.parametrize("side", SIDES)
def test_an_account_that_only_the_maker_publishes_breaks_that_word_once(side: Side) -> None:
    """It stands as broken on every page, as by any other breach; one that both publish, or the other alone, is none."""
    lap = talked(side, (side,))
    broken = told(lap.events, e.CommitmentBroken)
    assert [(event.commitment, event.side, event.act[0]) for event in broken] == [(LAP, side, side)]
    assert trust_lost(lap, other(side))["promise-broken"] == -100
    facts = next(each for each in lap.team(other(side)).commitments if each.id == LAP)
    assert facts.broken_by == (side,)
    for accounts in (SIDES, (other(side),), ()):
        assert not told(talked(side, accounts).events, e.CommitmentBroken), accounts
    assert not told(talked(side, (side,), promise=False).events, e.CommitmentBroken)


def test_whoever_seals_an_account_is_reminded_of_that_word_while_it_binds() -> None:
    of = play()
    of.turn(us=(quiet("offer-help", "embassies"),))
    (warning,) = account_warnings(of.team("us"), of.say("us"))
    assert warning.endswith("If we publish an account and they do not, that breaks it.")
    assert not account_warnings(of.team("china"), of.say("china"))
    of.turn()
    of.turn()
    assert not account_warnings(of.team("us"), of.say("us")), "its time has run"
