"""Where very much is made at once that is kept, nobody looks through it for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from crisis_sim.garbage import unsearched


@pytest.fixture
def searches() -> Iterator[list[object]]:
    """The searches that begin, in a process that keeps nothing out of them."""
    gc.unfreeze()
    gc.collect()
    begun: list[object] = []
    gc.callbacks.append(note := lambda phase, info: begun.append(info) if phase == "start" else None)
    yield begun
    gc.callbacks.remove(note)


def test_nobody_looks_through_what_was_made_then_nor_afterwards(searches: list[object]) -> None:
    few = gc.get_threshold()[0] // 10
    with unsearched():
        made = [[] for _ in range(100 * few)]  # type: list[list[object]]
    made += [[] for _ in range(few)]
    assert gc.isenabled() and searches == []


def test_garbage_in_a_circle_goes_all_the_same_when_all_is_looked_at(searches: list[object]) -> None:
    with unsearched():
        circle: list[object] = []
        circle.append(circle)
    del circle
    assert gc.collect() >= 1


def test_what_is_kept_out_of_all_searches_stays_out(searches: list[object]) -> None:
    gc.freeze()
    kept = gc.get_freeze_count()
    with unsearched():
        pass
    assert gc.get_freeze_count() == kept
    gc.unfreeze()
