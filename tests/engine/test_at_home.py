"""Standing at home: what hard public words win there and where that ends, and what being accused does."""

from __future__ import annotations

from functools import cache

import pytest
from tests.engine.play import Play, bots, shipped, unasked

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.events import AnyEvent

ACCUSE = a.Draft(move="accuse", channel="press", visibility="public")
CRITICISE = a.Draft(move="criticise", channel="press", visibility="public")
WARN = a.Draft(move="warn", channel="press", visibility="public")
OFFER = a.Draft(move="offer-help", channel="press", visibility="public")
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
    play.turn(us=(CRITICISE, OFFER), china=(CRITICISE, OFFER))
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
