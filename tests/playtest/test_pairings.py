"""Who plays is what was asked for, hangs on nothing but seed and run, and a slip gets a sentence."""

from __future__ import annotations

from collections import Counter

import pytest

from crisis_sim.errors import UnreadableInput
from crisis_sim.playtest.game import pairings
from crisis_sim.playtest.policies import POLICIES

EIGHT = len(POLICIES)


def test_a_fixed_pair_is_the_same_in_every_run() -> None:
    """us=…,china=… in either order."""
    chosen = pairings(" china=salami , us=cautious ")
    assert {chosen.of("1", run) for run in range(1, 50)} == {("cautious", "salami")}


def test_all_pairs_come_in_turn() -> None:
    """As many runs as there are pairs play each of them once."""
    every = [pairings("pairs").of("1", run) for run in range(1, EIGHT**2 + 1)]
    assert set(Counter(every).values()) == {1}
    assert pairings("pairs").of("1", EIGHT**2 + 1) == every[0]


def test_the_same_bot_can_sit_on_both_sides() -> None:
    """`same` takes each in turn; a name alone, or both=…, only that one."""
    assert [pairings("same").of("1", run) for run in range(1, EIGHT + 1)] == [(name, name) for name in POLICIES]
    assert pairings("firm").of("1", 5) == pairings("both=firm").of("2", 9) == ("firm", "firm")
    assert [pairings("both=firm+mirror").of("1", run)[0] for run in (1, 2, 3)] == ["firm", "mirror", "firm"]


def test_a_mix_draws_each_side_evenly_and_apart() -> None:
    """Over many runs every pair comes about as often as any other."""
    drawn = Counter(pairings("mix").of("seed", run) for run in range(1, 6401))
    assert len(drawn) == EIGHT**2
    assert all(60 <= count <= 145 for count in drawn.values())


def test_a_draw_hangs_on_seed_and_run_alone() -> None:
    """Another choice for one side leaves the other side's draws as they were; another seed does not."""
    whole, part = pairings("mix"), pairings("us=silent," + "china=" + "+".join(POLICIES))
    assert [whole.of("1", run)[1] for run in range(1, 60)] == [part.of("1", run)[1] for run in range(1, 60)]
    assert [whole.of("1", run) for run in range(1, 60)] != [whole.of("2", run) for run in range(1, 60)]


@pytest.mark.parametrize(
    ("text", "sentence", "hint"),
    [
        ("us=cautios,china=firm", "there is no bot called 'cautios'", "did you mean 'cautious'?"),
        ("mxi", "there is no bot called 'mxi'", "did you mean 'mix'?"),
        ("us=firm", "nothing says who plays China", None),
        ("china=firm", "nothing says who plays the US", None),
        ("usa=firm,china=firm", "'usa=firm' does not say who plays", None),
        ("us=firm,us=firm", "'us=firm' does not say who plays", None),
        ("us=,china=firm", "'us=' does not say who plays", None),
        ("both=firm,us=firm", "'both' leaves no side over for another bot", None),
        ("us=firm,firm", "'firm' does not say who plays", None),
        ("", "nothing says who plays the US", None),
    ],
)
def test_a_slip_gets_a_sentence(text: str, sentence: str, hint: str | None) -> None:
    """What is wrong, and how it is written."""
    with pytest.raises(UnreadableInput) as caught:
        pairings(text)
    assert str(caught.value) == sentence
    form = "write us=cautious,china=salami, or mix, pairs or same; several for one side as us=firm+salami"
    assert caught.value.hint == (hint or form)
