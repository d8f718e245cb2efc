"""Luck is a pure function, pinned: the same on every Python, machine and locale."""

from __future__ import annotations

from collections import Counter

from crisis_sim.engine.moment_facts import roll


def test_rolls_are_what_they_always_were() -> None:
    """Logs are judged again by these; a change here would part every log from its session."""
    assert [roll("1", "channel", "us", 1, order) for order in range(1, 9)] == [46, 52, 47, 38, 13, 23, 57, 85]
    assert [roll("seed", "leak", "china", turn, 1) for turn in range(1, 9)] == [6, 40, 51, 49, 31, 37, 17, 39]
    assert roll("", "", "", 0, 0) == 53
    assert roll("种子", "rule/x", "us", 3, 2) == 91


def test_every_part_of_what_is_rolled_for_counts() -> None:
    """Seed, purpose, side, turn and order each change the luck; none runs into the next."""
    plain = ("seed", "purpose", "us", 1, 2)
    others = [
        ("seed2", "purpose", "us", 1, 2),
        ("seed", "purpose2", "us", 1, 2),
        ("seed", "purpose", "china", 1, 2),
        ("seed", "purpose", "us", 12, 2),
        ("seed", "purpose", "us", 1, 12),
    ]
    for other in others:
        rolled = [(roll(f"{n}{plain[0]}", *plain[1:]), roll(f"{n}{other[0]}", *other[1:])) for n in range(30)]
        assert any(one != two for one, two in rolled)
    assert any(roll(f"{n}", "a", "b", 1, 1) != roll(f"{n}", "ab", "", 1, 1) for n in range(30))


def test_rolls_are_even() -> None:
    """Each of a hundred values about as often as the others."""
    counted = Counter(roll("even", "x", "us", turn, order) for turn in range(100) for order in range(100))
    assert set(counted) == set(range(100))
    assert 55 <= min(counted.values()) <= max(counted.values()) <= 150
