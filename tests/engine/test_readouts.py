"""Each side's published account of a private exchange, sealed and then compared."""

from __future__ import annotations

from typing import Literal, TypeAlias

import pytest
from tests.engine.asking import CALL, answer, deliver, exchanged, go_on, refused, told
from tests.engine.play import Play, small

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e

Account: TypeAlias = tuple[Literal["agreed", "talked", "disagreed"], int]


def accounted(us: Account | None, china: Account | None) -> Play:
    """The exchange with these accounts, and the turn judged."""
    play = exchanged()
    for side, account in (("us", us), ("china", china)):
        if account is not None:
            readout = a.SealReadout(exchange=1, outcome=account[0], tone=account[1], text=f"XQZ {side}")
            play.submit(side, readout)  # type: ignore[arg-type]  # a team
    go_on(play, "results")
    return play


@pytest.mark.parametrize(
    ("us", "china", "result"),
    [
        (("agreed", -1), ("agreed", -2), "match"),
        (("agreed", -1), ("agreed", 1), "differ"),
        (("agreed", 0), ("talked", 0), "differ"),
        (("talked", 0), None, "one-sided"),
        (None, ("talked", 0), "one-sided"),
    ],
)
def test_accounts_are_compared(us: Account | None, china: Account | None, result: str) -> None:
    """They match when the outcome is the same and the tone no more than one apart."""
    play = accounted(us, china)
    compared = told(play.events, e.ReadoutsCompared)
    assert [event.result for event in compared] == [result]
    assert compared[0].by == (None if us and china else "us" if us else "china")
    assert [exchange.closed for exchange in play.state.exchanges] == [True]


def test_where_neither_side_speaks_nothing_is_compared_and_the_exchange_stays_open() -> None:
    """An account can still be given in a later turn."""
    play = accounted(None, None)
    assert not told(play.events, e.ReadoutsCompared)
    play.open_moves()
    play.submit("china", a.SealReadout(exchange=1, outcome="talked", tone=0))
    go_on(play, "results")
    assert [event.result for event in told(play.events, e.ReadoutsCompared)] == ["one-sided"]


def test_accounts_that_differ_cost_both_sides_and_the_same_story_calms() -> None:
    """The rules on readouts apply to each side that gave one, with their line in the pack."""
    tension = exchanged().state.tension
    differ, match = accounted(("agreed", 0), ("disagreed", 0)), accounted(("agreed", 0), ("agreed", 0))
    assert differ.state.tension == tension + 200
    assert match.state.tension == tension - 100
    trust = [
        (event.of, event.trace.after - event.trace.before)
        for event in told(differ.events, e.NumberMoved)
        if event.meter == "trust" and event.trace.rule == "readouts-differ"
    ]
    assert trust == [("us", -50), ("china", -50)]


def test_accounts_are_sealed_until_both_lists_are_final_and_then_published() -> None:
    """Neither side sees the other's beforehand; afterwards everybody reads both."""
    play = exchanged()
    play.submit("us", a.SealReadout(exchange=1, outcome="agreed", tone=0, text="XQZ"))
    for seat in ("china", "observer"):
        assert not any("XQZ" in item.text for item in play.told(seat))
    go_on(play, "results")
    for seat in ("us", "china", "observer", "facilitator"):
        item = next(item for item in play.told(seat) if item.sort == "readout")  # type: ignore[arg-type]  # seats
        alone = "One side alone gave an account of the exchange: United States"
        assert item.head == ("We alone gave an account of the exchange" if seat == "us" else alone)
        assert item.text == "United States: agreed, tone 0 neutral\n“XQZ”"


def test_an_account_can_be_sealed_as_soon_as_the_talk_is_over() -> None:
    """In the turn of the talk; until the next list is final it can be put otherwise, and only then it is out."""
    play = small(length=150)
    play.turn(us=(CALL,))
    play.open_moves()
    account = a.SealReadout(exchange=1, outcome="talked", tone=0, text="XQZ")
    assert refused(play, "us", account) == "readout/closed"
    deliver(play, china=(answer("take-call", 1, "accept"),))
    assert play.team("us").exchanges[0].open
    before = play.look("china")
    play.submit("us", account)
    assert play.look("china") == before
    go_on(play, "moves")
    play.submit("us", a.SealReadout(exchange=1, outcome="agreed", tone=0, text="XQZ"))
    assert not told(play.events, e.ReadoutsCompared)
    go_on(play, "results")
    assert [event.result for event in told(play.events, e.ReadoutsCompared)] == ["one-sided"]
    assert refused(play, "us", account) == "readout/closed"


def test_a_talk_of_the_last_turn_has_no_readout() -> None:
    """It would be published at the end of a turn that does not come."""
    play = small(length=150)
    while play.state.turn < play.table.turns - 1:
        play.turn(us=(CALL,) if play.state.turn == play.table.turns - 2 else ())
    play.open_moves()
    deliver(play, china=(answer("take-call", 1, "accept"),))
    assert not play.team("china").exchanges[0].open
    assert refused(play, "china", a.SealReadout(exchange=1, outcome="talked", tone=0)) == "readout/last"
