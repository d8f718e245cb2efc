"""Promises on the record: made, kept, broken."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace
from tests.engine.asking import BLAME, FORCE, answer, draft, told
from tests.engine.play import Play, small

from crisis_sim.engine import events as e
from crisis_sim.engine.views.feed_items import ExchangeItem, PromiseItem
from crisis_sim.pages.move_blocks import advice
from crisis_sim.pages.partial_move import PartialMove
from crisis_sim.pages.translator import Translator

OFFER = draft("offer-help", "embassy", promise="no-forces")
QUIET = draft("request-call", "embassy", promise="quiet-words")


def made(play: Play) -> list[tuple[str, str]]:
    """Commitments made, with the side that each binds."""
    return [(event.commitment, event.side) for event in told(play.events, e.CommitmentMade)]


def broken(play: Play) -> list[tuple[str, str]]:
    """Commitments broken, with the side that broke each."""
    return [(event.commitment, event.side) for event in told(play.events, e.CommitmentBroken)]


def test_a_promise_of_the_maker_binds_it_when_it_arrives() -> None:
    """No answer is needed, and the other side is not bound."""
    play = small()
    play.turn(us=(OFFER,))
    assert made(play) == [("no-forces", "us")]
    view = play.team("china").commitments[0]
    assert (view.id, view.by, view.bound, view.broken_by) == ("no-forces", ("us",), ("us",), ())


def test_a_promise_of_both_binds_both_when_it_is_accepted() -> None:
    """Not when it is asked, and not when it is declined."""
    play = small(length=150)
    play.turn(us=(QUIET,))
    assert made(play) == []
    declined = small(length=150)
    declined.turn(us=(QUIET,))
    declined.turn(china=(answer("refuse-contact", 1, "decline"),))
    assert made(declined) == []
    play.turn(china=(answer("take-call", 1, "accept"),))
    assert made(play) == [("quiet-words", "us"), ("quiet-words", "china")]
    came = play.state.team("us").inbox[-1].hour
    assert came > play.state.hour
    hours = {item.hour for item in play.team("us").feed if isinstance(item, PromiseItem | ExchangeItem)}
    assert hours == {came}, "both stand at the hour at which it was accepted, and not at the turn's first"
    view = play.team("china").commitments[0]
    assert (view.by, view.bound) == (("us",), ("us", "china"))
    heads = [item.head for item in play.told("us") if item.sort == "commitment"]
    assert heads == ["United States and China now bound: “Neither side publishes what was said in private.”"]


def test_whoever_accepts_is_told_what_it_binds_to() -> None:
    """As the answer is composed; not who declines, nor who has a desk take it that binds nobody."""
    play = small(length=150)
    play.turn(us=(QUIET,))
    play.open_moves()
    view, say = play.team("china"), play.say("china")
    number, moves = view.requests[0].number, say.dossier.moves
    binds = "Accepting this binds us too: “Neither side publishes what was said in private”."
    for move, how, taker, is_said in (
        ("take-call", "accept", UNSET, True),
        ("take-call", "accept", "deputy", True),
        ("take-call", "accept", "desk", False),
        ("refuse-contact", "decline", UNSET, False),
    ):
        sheet = PartialMove(move=move, channel="embassy", answers=number, how=how, taker=taker)  # type: ignore[arg-type]  # as they are called
        taken = Translator(replace(say.dossier, takers={"desk": False, "deputy": True}), "en")
        assert (binds in advice(moves[move], view, None, sheet, taken)) is is_said, (how, taker)


def test_a_deed_breaks_a_promise_and_breach_is_judged() -> None:
    """Tension rises by three and the other's trust falls by one, with the rule's line and the act that did it."""
    play = small(length=150)
    play.turn(us=(OFFER,))
    play.turn(us=(FORCE,))
    assert broken(play) == [("no-forces", "us")]
    traces = [event.trace for event in told(play.events, e.NumberMoved) if event.trace.rule == "broken-word"]
    assert [trace.after - trace.before for trace in traces] == [300, 300, 300, -100]
    assert {trace.act for trace in traces} == {("us", 2, 1)}
    assert all(trace.at.startswith("rules/small.yaml:") for trace in traces)
    assert play.team("china").commitments[0].broken_by == ("us",)
    play.turn(us=(FORCE,))
    assert len(broken(play)) == 1, "what is broken cannot be broken again"


def test_what_was_done_before_or_beside_a_promise_does_not_break_it() -> None:
    """The deed of the same turn left before the word arrived; the other side's deeds break nothing of ours."""
    play = small(length=150)
    play.turn(us=(FORCE, OFFER))
    play.turn(china=(FORCE,))
    assert broken(play) == []


def test_a_promise_in_force_is_not_made_twice_but_a_broken_one_can_be_given_again() -> None:
    """And then broken again."""
    play = small(length=150)
    play.turn(us=(OFFER,))
    play.turn(us=(OFFER, FORCE))
    assert made(play) == [("no-forces", "us")]
    play.turn(us=(OFFER,))
    assert made(play) == [("no-forces", "us")] * 2
    play.turn(us=(FORCE,))
    assert broken(play) == [("no-forces", "us")] * 2
    view = play.team("us").commitments[0]
    assert (view.by, view.bound, view.broken_by) == (("us",), ("us",), ("us",)), "each side is named once"


def test_a_kept_promise_is_noticed_after_a_whole_turn() -> None:
    """The rule that rewards it fires once for each side, and not in the turn in which it was made."""
    play = small(length=150)
    play.turn(us=(QUIET,))
    play.turn(china=(answer("take-call", 1, "accept"),))
    assert not [event for event in told(play.events, e.RuleFired) if event.rule == "quiet-turn"]
    play.turn()
    play.turn()
    fired = [event.sender for event in told(play.events, e.RuleFired) if event.rule == "quiet-turn"]
    assert fired == ["us", "china"]


def test_blame_in_public_breaks_the_quiet_that_was_agreed() -> None:
    """For the side that blames alone."""
    play = small(length=150)
    play.turn(us=(QUIET,))
    play.turn(china=(answer("take-call", 1, "accept"),))
    play.turn(china=(BLAME,))
    assert broken(play) == [("quiet-words", "china")]
