"""Crews: this process, and processes of this machine."""

from __future__ import annotations

import pytest

from crisis_sim.playtest.workers import InThisProcess, cores, local_pool


def test_work_here_is_done_as_it_is_handed_in() -> None:
    """A result or an error, as from any executor."""
    assert InThisProcess().submit(lambda: 7).result() == 7
    with pytest.raises(ZeroDivisionError):
        InThisProcess().submit(lambda: 1 // 0).result()


def test_no_process_is_left_behind() -> None:
    """When a pool is stopped in the middle of its work, its processes end."""
    import time
    from multiprocessing import active_children

    before = set(active_children())
    with local_pool(2) as pool:
        for _ in range(4):
            pool.executor.submit(time.sleep, 60)
        assert set(active_children()) - before
        pool.stop()
    patience = time.monotonic() + 60
    while (left := set(active_children()) - before) and time.monotonic() < patience:
        time.sleep(0.02)  # the executor's own thread may be the one that hears of an end
    assert left == set()


def test_there_is_a_core() -> None:
    """However few the process may use."""
    assert cores() >= 1
