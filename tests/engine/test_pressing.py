"""Pressure on pink lines: what an act adds, what a turn adds, what time takes, and where it stops. Sums by head."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engine.asking import draft, go_on
from tests.engine.lining import FACE, HELP, LOOM, NOTICE, PLEDGE, lined, pressings, relined, rule, set_pressure, turn
from tests.engine.play import Play, without_assets
from tests.engine.test_options import offered
from tests.rules.weighing import BASE
from tests.thinning import examples

from crisis_sim.engine import actions as a
from crisis_sim.rules.names import SIDES

HOSTILE = frozenset(
    {"tied", "exclusive", "without-consent", "near-crewed", "dual-use", "on-rescue-unit", "names-actor"}
)
"""Terms of the core pack that make no act friendlier."""


def test_an_act_presses_a_line_once_by_the_heaviest_of_its_reasons() -> None:
    """Two rules, and the reader who says that it is touched: one pressing, by the rule that presses most."""
    twice = rule("twice", "pink", {"move": "criticise"}, {"press": {"line": "face", "by": "0.5"}})
    play = lined(relined(twice))
    turn(play, NOTICE, hostility=3, touches="public-blame")
    assert pressings(play) == [("reading", 300)], "the reader's word of 1.5, twice, and not 1.5 + 1 + 0.5, twice"
    play = lined(relined(twice))
    turn(play, NOTICE, hostility=0, touches="public-blame")
    assert pressings(play) == [("blamed", 100)]


def test_a_breach_and_the_act_that_broke_the_word_are_one_reason_each_for_one_pressing() -> None:
    """What follows from a breach presses as the act that it was."""
    breach = rule("breach", "pink", {"always": True}, {"press": {"line": "face", "by": 2}}, on="breach")
    play = lined(relined(breach))
    turn(play, replace(HELP, promise="quiet-words"))
    play.open_moves()
    play.submit("china", a.SealMove(draft=draft("accept-help", "embassy", answers=1, how="accept")))
    go_on(play, "results")
    play.turn(us=(NOTICE,))
    assert pressings(play) == [("breach", 200)]


@pytest.mark.parametrize("order", permutations((NOTICE, LOOM, NOTICE)))
def test_of_a_turns_acts_the_heaviest_counts_whole_and_the_others_less(order: tuple[a.Draft, ...]) -> None:
    """2 and twice 0.75 × 1, in whatever order they were made: stopped at the limit of 3."""
    play = lined()
    turn(play, *order)
    assert play.state.pressure[FACE] == 300
    assert pressings(play) == [("loomed", 200), ("blamed", 75), ("blamed", 25)]


def test_several_acts_of_a_turn_are_one_slice() -> None:
    """What grows is how many of the last two turns the same side pressed in, and not how often."""
    slow, fast = lined(relined(lines={"decay": 0})), lined(relined(lines={"decay": 0}))
    for play, first in ((slow, (NOTICE,)), (fast, (NOTICE, NOTICE, NOTICE))):
        turn(play, *first)
        set_pressure(play, 0)
        turn(play, NOTICE)
        set_pressure(play, 0)
        turn(play, NOTICE)
        set_pressure(play, 0)
        turn(play)
        turn(play)
        turn(play, NOTICE)
    assert [by for _, by in pressings(slow)] == [100, 150, 200, 100]
    assert [by for _, by in pressings(fast)] == [100, 75, 75, 150, 200, 100]


def test_pressure_stops_at_the_limit_and_goes_on_being_pressed() -> None:
    """A full line is pressed still, so that the slices of the turns before are not forgotten."""
    play = lined()
    for _ in range(4):
        turn(play, LOOM, NOTICE)
        assert play.state.pressure[FACE] <= 300
    assert play.state.pressure[FACE] == 300
    assert len(play.state.presses) == 8


def test_what_a_hand_has_set_above_the_limit_stays_there() -> None:
    """The facilitator may set what no act can; an act takes nothing of it."""
    play = lined()
    go_on(play, "situation")
    set_pressure(play, 900)
    turn(play, NOTICE)
    assert play.state.pressure[FACE] == 900


@pytest.mark.parametrize(("length", "when", "of"), [(45, 3, 4), (90, 3, 6), (150, 5, 8)])
def test_one_plain_slice_a_turn_fills_a_line_when_the_core_rules_say(length: int, when: int, of: int) -> None:
    """Under the limits and the decay of the core pack: in turn 3 of 4, 3 of 6 and 5 of 8."""
    limits = {minutes: f"{limit / 100}" for minutes, limit in BASE.lines.limit.items()}
    decay, keeps = f"{BASE.lines.decay / 100}", BASE.lines.keeps
    play = lined(relined(limit=limits, lines={"decay": decay, "keeps": keeps}), length)
    assert play.table.turns == of
    filled = [turn(play, NOTICE).pressure[FACE] == BASE.lines.limit[length] for _ in range(of)]  # type: ignore[index]  # one of the lengths
    assert filled.index(True) + 1 == play.state.concluded[FACE].turn == when


def test_time_takes_no_more_than_half_of_what_a_line_came_to() -> None:
    """A half a turn, down to half of the peak, and there it stays; a higher peak keeps more."""
    play = lined()
    turn(play, LOOM)
    assert [turn(play).pressure[FACE] for _ in range(4)] == [150, 100, 100, 100]
    turn(play, NOTICE, NOTICE)
    assert play.state.pressure[FACE] == 275
    assert [turn(play).pressure[FACE] for _ in range(2)] == [225, 175]


def test_under_half_of_its_peak_only_acts_relieve_a_line() -> None:
    """What an act has relieved stays relieved, and time takes nothing of what is left."""
    play = lined()
    turn(play, LOOM, NOTICE)
    turn(play, HELP, hostility=0)
    assert [turn(play).pressure[FACE] for _ in range(2)] == [125, 125]
    turn(play, PLEDGE)
    assert play.state.pressure[FACE] == 25


def test_a_hand_says_where_a_line_stands_and_what_it_came_to() -> None:
    """A slip of the facilitator's that is set right leaves no belief behind."""
    play = lined()
    go_on(play, "situation")
    set_pressure(play, 9_000)
    set_pressure(play, 100)
    assert [turn(play).pressure[FACE] for _ in range(3)] == [100, 50, 50]


def test_what_a_turn_relieves_is_taken_off_what_it_presses() -> None:
    """First what presses, up to the limit, then what relieves, whichever came first."""
    for acts in permutations((LOOM, NOTICE, HELP)):
        play = lined()
        turn(play, *acts)
        assert play.state.pressure[FACE] == 275 - 100


def test_nobody_reads_its_own_acts() -> None:
    """What an act does to its sender's own line hangs on no reading: nothing tells the sender how it was read."""
    both = rule("both", "pink", {"move": "show-of-force"}, {"press": {"line": "safety", "by": 1, "whose": "both"}})
    for hostility in (-3, 0, 3):
        play = lined(relined(both))
        turn(play, LOOM, hostility=hostility)
        assert play.state.pressure["us/hull-survey"] == 100


def test_what_an_inject_presses_is_a_reason_of_its_own_and_of_the_turn_it_came_in() -> None:
    """It is there before the acts of its turn, and is no second slice of the same turn to them."""
    material = relined(inject={"press": {"line": "face", "by": 1, "whose": "china"}})
    play = lined(material)
    turn(play)
    play.open_moves()
    assert pressings(play) == [("inject survey-ship", 100)]
    turn(play, NOTICE)
    turn(play, NOTICE)
    assert [by for _, by in pressings(play)] == [100, 100, 150]


def test_a_silence_and_a_readout_press_as_what_they_are() -> None:
    """A request unanswered presses the line of the one who asked, whatever else presses it."""
    silent = rule("unheard", "pink", {"always": True}, {"press": {"line": "face", "by": 1}}, on="silence")
    play = lined(relined(silent))
    play.open_moves()
    play.submit("china", a.SealMove(draft=draft("request-call", "embassy")))
    go_on(play, "results")
    turn(play, LOOM)
    assert pressings(play) == [("loomed", 200), ("unheard", 75)]


@settings(max_examples=examples(25, 250), deadline=None)
@given(luck=st.randoms(use_true_random=False), hostility=st.integers(-3, 3), length=st.sampled_from((45, 90, 150)))
def test_a_hostile_property_never_lowers_what_an_act_does(luck: Random, hostility: int, length: int) -> None:
    """Under the shipped rules, whatever it is read as and whatever came before: pressure, felt tension and tension."""
    with_it, without = (Play(without_assets(), length=length) for _ in range(2))
    with_it.open_moves()
    able = offered(with_it, with_it.team("us"))
    first, beside = luck.choice(able), luck.choice(able)
    draft = luck.choice([each for each in able if HOSTILE.intersection(each.terms)])
    added = luck.choice(sorted(HOSTILE.intersection(draft.terms)))
    some = tuple(luck.sample(draft.terms, luck.randint(0, len(draft.terms))))
    for play, terms in ((with_it, {*some, added}), (without, {*some} - {added})):
        turn(play, first, hostility=hostility)
        turn(play, replace(draft, terms=tuple(sorted(terms))), beside, hostility=hostility)
    more, less = with_it.state, without.state
    assert more.tension >= less.tension, (draft, added)
    for side in SIDES:
        assert more.felt[side] >= less.felt[side], (draft, added)
    for name in less.pressure:
        assert more.pressure[name] >= less.pressure[name], (draft, added)
