"""Public words that a team is held to at home: what binds it, what settles that, and what it costs or wins."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.engine.play import Play, bots, shipped, unasked, varied
from tests.engine.test_at_home import shifts

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.names import Side


def public(move: str, **rest: object) -> a.Draft:
    """A move before the press."""
    return a.Draft(move=move, channel="press", visibility="public", **rest)  # type: ignore[arg-type]  # of a draft


def private(move: str, **rest: object) -> a.Draft:
    """A move between embassies."""
    return a.Draft(move=move, channel="embassies", visibility="private", **rest)  # type: ignore[arg-type]  # as above


DEMAND, WARN, ULTIMATUM = public("public-demand"), public("warn"), public("ultimatum")
CANCEL, STEP_BACK = public("cancel-event"), a.Draft(move="stand-down", channel="bridge-to-bridge", visibility="public")


def played(length: int = 150) -> Play:
    """A shipped scenario under the core rules."""
    return Play(unasked(), length=length)


def held(play: Play, side: Side) -> list[tuple[str, int, str | None]]:
    """A team's pledges: kind, stake, and what became of each."""
    return [(kept.pledge, kept.stake, kept.how) for kept in play.state.pledges if kept.side == side]


@pytest.mark.parametrize(
    ("draft", "kind", "stake"), [(DEMAND, "demand", 100), (WARN, "threat", 150), (ULTIMATUM, "demand", 200)]
)
def test_a_public_word_binds_its_sender_at_home(draft: a.Draft, kind: str, stake: int) -> None:
    """By a stake of its kind; the same word in private binds nobody."""
    play = played()
    play.turn(us=(draft,), china=(private("warn"),))
    assert held(play, "us") == [(kind, stake, None)]
    assert held(play, "china") == []


def test_a_public_promise_binds_and_is_kept_or_dropped() -> None:
    """Kept until its time has run it wins half a point, once; broken it costs its stake."""
    promise = public("fact-statement", promise="findings-first")
    kept, broken = played(), played()
    for play in (kept, broken):
        play.turn(us=(promise,))
    for _ in range(2):
        kept.turn()
    assert held(kept, "us") == [("promise", 150, "met")]
    assert shifts(kept.events, "us", "promise-kept-at-home") == [50]
    broken.turn(us=(public("accuse"),))
    assert held(broken, "us") == [("promise", 150, "dropped")]
    assert shifts(broken.events, "us", "promise-dropped-at-home") == [-150]


@pytest.mark.parametrize(("to", "late", "how"), [("us", 0, "excused"), ("both", 1, "excused"), ("china", 0, "dropped")])
def test_an_inject_can_give_something_to_point_to(to: str, late: int, how: str) -> None:
    """To whoever hears of it, in its turn and the two after it: what is dropped then costs half."""

    def change(tree: dict[str, Any]) -> None:
        for each in tree["msel"]:
            each["excuses"] = False
        text = {"text": "New facts.", "reads_as": {"us": "So.", "china": "Or so."}, "title": "Facts", "note": "Watch."}
        tree["msel"].append({"id": "facts", "at": f"{tree['turns'][late]}", "to": to, "excuses": True, **text})

    play = Play(varied("bottomed-submarine", change), length=150)
    play.turn(us=(DEMAND,))
    play.turn()
    play.turn(us=(STEP_BACK,) if late else ())
    assert held(play, "us") == [("demand", 100, how)]
    rule = {"excused": ("retreat-with-reason" if late else "words-excused"), "dropped": "words-let-drop"}[how]
    assert shifts(play.events, "us", rule) == [-50 if how == "excused" else -100]


def test_said_again_it_binds_more_up_to_three() -> None:
    """One pledge, half a point more each time, and a new time."""
    play = played()
    stakes = []
    for _ in range(5):
        play.turn(us=(DEMAND,))
        stakes.append(held(play, "us"))
    assert [stake for ((_, stake, _),) in stakes] == [100, 150, 200, 250, 300]
    play = played()
    play.turn(us=(ULTIMATUM, ULTIMATUM, ULTIMATUM))
    assert held(play, "us") == [("demand", 300, None)]


@pytest.mark.parametrize(
    ("then", "how", "why", "costs"),
    [((), "dropped", "words-let-drop", -100), ((public("back-un-lead"),), "excused", "words-excused", -50)],
)
def test_what_comes_to_nothing_costs_its_stake_and_half_where_facts_are_new(
    then: tuple[a.Draft, ...], how: str, why: str, costs: int
) -> None:
    """At the end of the second turn after it, and not before; shared data, or the UN, is something to point to."""
    play = played()
    play.turn(us=(DEMAND,))
    play.turn(us=then)
    assert held(play, "us") == [("demand", 100, None)]
    play.turn()
    assert held(play, "us") == [("demand", 100, how)]
    assert shifts(play.events, "us", why) == [costs]


def test_a_demand_that_is_met_wins_once_and_not_above_six() -> None:
    """The second time it is settled all the same, and wins nothing."""
    play = played()
    play.submit("facilitator", a.Override(meter="standing", of="us", to=580, reason="a test"))
    won = []
    for _ in range(2):
        play.turn(us=(DEMAND,))
        play.turn(china=(STEP_BACK,))
        won.append(shifts(play.events, "us", "demand-met"))
    assert held(play, "us") == [("demand", 100, "met"), ("demand", 100, "met")]
    assert [len(each) for each in won] == [1, 1]
    assert play.state.standing["us"] <= 600


def test_a_threat_that_is_carried_out_costs_nothing_at_home() -> None:
    """Its price was paid abroad."""
    play = played()
    play.turn(us=(WARN,))
    play.turn(us=(CANCEL,))
    assert held(play, "us") == [("threat", 150, "carried-out")]
    assert not [
        event for event in play.events if isinstance(event, e.NumberMoved) and event.trace.rule == "threat-carried-out"
    ]


@pytest.mark.parametrize(("they", "how"), [((), "lapsed"), ((public("cancel-event"),), "dropped")])
def test_a_warning_that_nobody_tests_is_forgotten(they: tuple[a.Draft, ...], how: str) -> None:
    """If the other side goes on and nothing follows, it is dropped."""
    play = played()
    play.turn(us=(WARN,))
    play.turn(china=they)
    play.turn()
    assert held(play, "us") == [("threat", 150, how)]


def test_a_text_for_both_costs_a_quarter() -> None:
    """Agreed while both are bound, it is the cheapest way down for both."""
    play = played()
    play.turn(us=(DEMAND, private("ambiguous-regret")), china=(WARN,))
    play.open_moves()
    number = next(each.number for each in play.team("china").requests if each.act.move == "ambiguous-regret")
    play.turn(china=(private("accept-help", answers=number, how="accept"),))
    assert (held(play, "us"), held(play, "china")) == ([("demand", 100, "shared")], [("threat", 150, "shared")])
    assert (shifts(play.events, "us", "text-for-both"), shifts(play.events, "china", "text-for-both")) == ([-25], [-38])


@pytest.mark.parametrize(("offered", "how", "by"), [(False, "yielded", -188), (True, "dropped", -150)])
def test_to_give_way_to_a_public_threat_is_the_dearest_way_down(offered: bool, how: str, by: int) -> None:
    """A quarter more than the stake; what had been offered before is no giving way."""
    play = played()
    before = (private("offer-help"),) if offered else ()
    play.turn(us=(ULTIMATUM,), china=(WARN, *before))
    play.open_moves()
    number = next(each.number for each in play.team("china").requests if each.act.move == "ultimatum")
    play.turn(china=(public("accept-help", answers=number, how="accept"),))
    assert held(play, "china") == [("threat", 150, how)]
    assert [
        each
        for rule in ("gave-way-to-threat", "retreat-from-public-words")
        for each in shifts(play.events, "china", rule)
    ] == [by]


def test_the_close_settles_what_still_binds() -> None:
    """A demand of the last turn is settled in that turn, as if its time had run."""
    play = played(45)
    for _ in range(play.table.turns - 1):
        play.turn()
    play.turn(us=(DEMAND,))
    assert held(play, "us") == [("demand", 100, "dropped")]


def test_both_see_the_pledge_and_its_owner_alone_the_stake() -> None:
    """What settles it is told to both; what hangs on it, and until when it may, to its owner."""
    play = played()
    play.turn(us=(DEMAND,))
    (ours,), (theirs,) = play.team("us").pledges, play.team("china").pledges
    assert (ours.stake, theirs.stake) == (100, None)
    assert [item.head for item in play.told("us") if item.sort == "commitment"] == [
        "We are bound at home by our public demand, “Demand an act in public”"
    ]
    assert not [item for item in play.told("china") if item.sort == "commitment"]
    play.turn(china=(STEP_BACK,))
    assert [item.head for item in play.told("china") if item.sort == "commitment"] == [
        "United States: public demand, “Demand an act in public”: met"
    ]


def test_what_became_of_public_words_quotes_them_and_tells_their_owner_why() -> None:
    """The words are everybody's; the reason is its own team's and the facilitator's."""
    play, why = played(), "Time ran out, with new facts or the UN to point to"
    play.turn(us=(msgspec.structs.replace(DEMAND, text="Say who was aboard."),))
    play.turn(us=(public("back-un-lead"),))
    play.turn()
    seats: dict[a.SeatName, str] = {"us": why, "china": "", "facilitator": why}
    for seat, reason in seats.items():
        told = [item for item in play.told(seat) if "dropped with good reason" in item.head]
        assert [(item.text, item.tail) for item in told] == [("“Say who was aboard.”", reason)]


@pytest.mark.parametrize(("us", "china"), [("random", "random"), ("reckless", "firm"), ("mirror", "salami")])
def test_words_and_what_they_bring_home_never_lift_standing_above_six(us: str, china: str) -> None:
    """Whatever is said in a whole session; and nothing binds anybody when it has ended."""
    play = bots(shipped("bottomed-submarine"), us, china, seed="7")
    words = {"catalogue", "hard-words-at-home", "demand-met", "promise-kept-at-home"}
    lifted = [
        event.trace.after
        for event in play.events
        if isinstance(event, e.NumberMoved)
        and event.meter == "standing"
        and event.trace.rule in words
        and event.trace.after > event.trace.before
    ]
    assert all(after <= 600 for after in lifted)
    assert all(kept.how is not None for kept in play.state.pledges)
