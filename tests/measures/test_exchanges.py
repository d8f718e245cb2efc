"""The exchange that mattered most is chosen by a stated sum, whoever acted, and never of what did not arrive."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.measures.record import found_in, record, sent

from crisis_sim.engine.events import ConclusionDrawn
from crisis_sim.engine.state import Crossing, Request, Sent, State
from crisis_sim.measures.meanings import WeighedExchange, weighed
from crisis_sim.rules.names import SIDES, Side, other

Told = tuple[Sent, int | None]


def chosen(state: State) -> WeighedExchange | None:
    """The exchange of a record."""
    return weighed(state, found_in(state))


def flipped(act: Told) -> Told:
    """The same act by the other side."""
    of, reading = act
    return replace(of, act=replace(of.act, side=other(of.act.side))), reading


WIDE = sent("us", 1, "warn", reading=2)
ASKED = sent("us", 2, "request-call", reading=1)
ANSWER = sent("china", 3, "take-call", reading=1)
MILD = sent("china", 1, "warn", reading=1)


@pytest.mark.parametrize("turned", [False, True])
def test_the_sum_is_the_same_whoever_acted(turned: bool) -> None:
    """Two for a line, one for an answer, a step for a step; the sides changed about, the other side's is chosen."""
    acts = [WIDE, ASKED, ANSWER, MILD]
    us, china = SIDES if not turned else SIDES[::-1]
    acts = [flipped(act) if turned else act for act in acts]
    asked = (Request((us, 2, 1), 72, status="answered", how="accept", answer=(china, 3, 1)),)
    assert chosen(record(*acts)) == WeighedExchange((us, 1, 1), None, None, 2, 0, 2)
    of = record(*acts, requests=asked, crossings=(Crossing(china, "x", us, 2, (us, 2, 1)),))
    assert chosen(of) == WeighedExchange((us, 2, 1), None, (china, 3, 1), 1, 1, 4)


def test_what_was_taken_as_hostile_in_public_outweighs_a_kind_step_misread() -> None:
    """However well it was foreseen; the same words in private weigh by what was not expected alone."""
    kind = sent("china", 1, "share-data", reading=1, intent=-2, expected=-2)
    found = chosen(
        record(kind, sent("us", 2, "public-criticism", visibility="public", reading=3, intent=1, expected=2))
    )
    assert found == WeighedExchange(("us", 2, 1), None, None, 1, 0, 4, 3)
    found = chosen(record(kind, sent("us", 2, "public-criticism", reading=3, intent=1, expected=2)))
    assert found is not None and (found.key, found.aloud) == (("china", 1, 1), 0)


def test_a_conclusion_that_an_act_filled_counts_as_a_line_does() -> None:
    """And one that no act filled counts for none."""
    drawn = [
        ConclusionDrawn(side="us", line="a", leads_to="b", act=act, felt=0, trust=0, visible="us")
        for act in (("china", 1, 1), None)
    ]
    state = record(WIDE, MILD, turn_events=((), tuple(drawn)))
    assert chosen(state) == WeighedExchange(("china", 1, 1), None, None, 1, 1, 3)


def test_of_equal_sums_the_sides_take_turns_at_being_named_first() -> None:
    """The earlier turn before all; in one turn the one, in the next the other."""
    both: tuple[Side, ...] = SIDES
    first = [
        found.key[0]
        for turn in (1, 2, 3, 4)
        if (found := chosen(record(*(sent(side, turn, "warn", reading=1) for side in both)))) is not None
    ]
    assert sorted(first) == ["china", "china", "us", "us"] and first[0] != first[1]


@pytest.mark.parametrize("acts", [[], [sent("us", 1, "warn", arrived=0, intent=3)], [sent("us", 1, "warn", reading=0)]])
def test_what_never_arrived_or_weighs_nothing_is_no_exchange(acts: list[Told]) -> None:
    """Nobody is shown as having misread what it never had."""
    assert chosen(record(*acts)) is None
