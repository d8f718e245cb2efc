"""What home makes of words and deeds, turn by turn, and of how the crisis went for people."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from tests.engine.play import Play, bots, shipped, unasked, varied

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.events import AnyEvent

OFFER = a.Draft(move="offer-help", channel="embassies", visibility="private")
PUBLIC_OFFER = a.Draft(move="offer-help", channel="press", visibility="public")


def closed(
    out: int,
    *,
    us: tuple[a.Draft, ...] = (),
    no: bool = False,
    standing: int = 500,
    change: Callable[[dict[str, Any]], object] = lambda tree: None,
) -> Play:
    """A session that ended with so many of 44 brought out, after an offer of the US that China may have refused."""
    play = Play(varied("bottomed-submarine", change), length=90)
    play.turn(us=us)
    play.open_moves()
    if no:
        number = play.team("china").requests[0].number
        refusal = a.Draft(move="reject-offer", channel="embassies", visibility="private", answers=number, how="decline")
        play.turn(china=(refusal,))
    while (play.state.turn, play.state.phase) != (play.table.turns, "results"):
        play.submit("facilitator", a.Advance())
    play.submit("facilitator", a.Override(meter="track", of="crew-out", to=out * 100, reason="a test"))
    for side in ("us", "china"):
        play.submit("facilitator", a.Override(meter="standing", of=side, to=standing, reason="a test"))
    play.submit("facilitator", a.Advance())
    assert play.state.phase == "closing"
    return play


@pytest.mark.parametrize(("out", "lost"), [(44, []), (22, [-150]), (0, [-300])])
def test_each_tenth_that_is_lost_costs_both(out: int, lost: list[int]) -> None:
    """Three tenths of a point for each, whatever anybody had said of it."""
    play = closed(out)
    assert shifts(play.events, "us", "people lost") == shifts(play.events, "china", "people lost") == lost


def test_whoever_refused_help_answers_for_it() -> None:
    """A fifth of a point more for each tenth, and not for the other side."""
    play = closed(22, us=(OFFER,), no=True)
    assert shifts(play.events, "china", "help withheld") == [-100]
    assert shifts(play.events, "us", "help withheld") == []


def test_help_that_was_seen_is_remembered() -> None:
    """A tenth of a point for each tenth saved; help in private wins nothing at home."""
    assert shifts(closed(44, us=(PUBLIC_OFFER,)).events, "us", "people saved") == [100]
    assert shifts(closed(44, us=(OFFER,)).events, "us", "people saved") == []


@pytest.mark.parametrize(("out", "most"), [(44, 1000), (43, 600), (20, 400)])
def test_standing_ends_no_higher_than_a_loss_lets_it(out: int, most: int) -> None:
    """At 6 after any loss, at 4 after more than half."""
    assert closed(out, standing=1000).state.standing["us"] == most


@pytest.mark.parametrize("is_last", [True, False])
def test_of_two_losses_the_heavier_bounds_standing(is_last: bool) -> None:
    """Where a scenario counts two groups of people, who lost most of one and few of the other ends at 4."""
    divers = {
        "name": "Divers hurt",
        "unit": "of 10",
        "says": "Divers.",
        "start": 0,
        "most": 10,
        "good": "down",
        "counts": "people",
        "helped_by": ["offer-help"],
        "changes": [{"on": "turn", "when": {"always": True}, "by": 1, "once": True, "says": "A diver is hurt."}],
    }

    def add(tree: dict[str, Any]) -> None:
        before, after = ({}, {"divers": divers}) if is_last else ({"divers": divers}, {})
        tree["tracks"] = {**before, **tree["tracks"], **after}

    play = closed(20, standing=1000, change=add)
    assert shifts(play.events, "us", "people lost") == ([-150, -30] if is_last else [-30, -150])
    assert play.state.standing["us"] == 400


def test_a_scenario_that_counts_nobody_is_left_alone() -> None:
    """Without `counts` nothing moves at the close."""

    def change(tree: dict[str, Any]) -> None:
        del tree["tracks"]["crew-out"]["counts"], tree["tracks"]["crew-out"]["helped_by"]

    play = bots(varied("bottomed-submarine", change), "reckless", "reckless")
    assert shifts(play.events, "us", "people lost") == []


def test_the_hotwash_says_what_became_of_them() -> None:
    """In tenths, and who had withheld help."""
    play = closed(22, us=(OFFER,), no=True)
    while play.state.phase != "hotwash":
        play.submit("facilitator", a.Advance())
    hotwash = play.white().hotwash
    assert hotwash is not None
    outcome = next(each.outcome for each in hotwash.courses if each.id == "crew-out")
    assert outcome is not None
    assert (outcome.lost, outcome.withheld) == (5, ("china",))


ACCUSE = a.Draft(move="accuse", channel="press", visibility="public")
CRITICISE = a.Draft(move="criticise", channel="press", visibility="public")
WARN = a.Draft(move="warn", channel="press", visibility="public")
STEP = a.Draft(move="grit-step", channel="press", visibility="public", terms=("with-proof",))
PROTEST = a.Draft(move="private-protest", channel="embassies", visibility="private")


def played(*, length: int = 150) -> Play:
    """A shipped scenario under the core rules."""
    return Play(unasked(), length=length)


def shifts(events: list[AnyEvent], side: str, rule: str) -> list[int]:
    """How far a rule moved a team's standing, each time."""
    return [
        event.trace.after - event.trace.before
        for event in events
        if isinstance(event, e.NumberMoved) and (event.meter, event.of, event.trace.rule) == ("standing", side, rule)
    ]


@cache
def reckless() -> tuple[dict[str, int], ...]:
    """Standing at the end of sessions of two reckless teams."""
    return tuple(
        bots(shipped("bottomed-submarine"), "reckless", "reckless", seed=f"{n}").state.standing for n in range(5)
    )


@pytest.mark.parametrize("drafts", [(CRITICISE,), (CRITICISE, WARN, ACCUSE)])
def test_hard_public_words_win_as_much_however_many_there_are(drafts: tuple[a.Draft, ...]) -> None:
    """A quarter of a point a turn; words in private win nothing."""
    play = played()
    play.turn(us=drafts, china=(PROTEST,))
    assert shifts(play.events, "us", "hard-words-at-home") == [25]
    assert shifts(play.events, "china", "hard-words-at-home") == []


def test_no_words_lift_standing_above_six() -> None:
    """Neither hard words nor a kind word of the catalogue; what stands higher already stays there."""
    play = played()
    for team, to in (("us", 590), ("china", 800)):
        play.submit("facilitator", a.Override(meter="standing", of=team, to=to, reason="a test"))
    play.turn(us=(CRITICISE, PUBLIC_OFFER), china=(CRITICISE, PUBLIC_OFFER))
    assert play.state.standing == {"us": 600, "china": 800}


def test_being_accused_rallies_once_and_for_two_turns() -> None:
    """Half a point, gone in two turns beside what else moves; the second accusation adds nothing."""
    play = played()
    stands = []
    for _ in range(3):
        play.turn(us=(ACCUSE,))
        stands.append(play.state.standing["china"])
    assert stands == [550, 525, 500]
    assert shifts(play.events, "china", "worn off") == [-25, -25]


def test_hard_words_cost_where_the_other_side_has_just_held_back() -> None:
    """After a step of restraint they are belligerence; in the turn of the step nobody knew of it."""
    play = played()
    play.turn(us=(CRITICISE,), china=(STEP,))
    play.turn(us=(CRITICISE,))
    assert shifts(play.events, "us", "hard-words-at-home") == [25]
    assert shifts(play.events, "us", "belligerence-at-home") == [-25]


def test_hard_words_cost_where_the_clock_has_nearly_run_out() -> None:
    """With less than a quarter of the tightest clock left, home wants people saved."""
    play = played()
    play.open_moves()
    track = next(iter(play.table.clocks))
    of = play.table.scenario.tracks[track]
    play.submit("facilitator", a.Override(meter="track", of=track, to=of.start // 5, reason="a test"))
    play.turn(us=(CRITICISE,))
    assert shifts(play.events, "us", "belligerence-at-home") == [-25]


@pytest.mark.parametrize("side", ["us", "china"])
def test_standing_does_not_pay_for_recklessness(side: str) -> None:
    """Two reckless teams end no better at home than they began."""
    assert all(ended[side] <= 500 for ended in reckless())
