"""Crews: this process, processes of this machine, and a real Dask cluster on it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.playtest.experiments import outcome, plan, played
from tests.playtest.test_runs import told

from crisis_sim.errors import UnreadableInput
from crisis_sim.playtest.workers import InThisProcess, cluster_pool, cores, local_pool


def test_a_dask_cluster_gives_the_same() -> None:
    """A scheduler and two worker processes on this machine: every value and count is that of this process."""
    from distributed import LocalCluster

    with (
        LocalCluster(  # type: ignore[no-untyped-call]  # Dask has no types
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
        ) as cluster,
        cluster_pool(cluster.scheduler_address) as pool,
    ):
        assert pool.workers == 2
        assert told(played(plan(24), pool)) == told(outcome(24))


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nonsense://x", "nonsense://x is no address of a Dask scheduler"),
        ("", "'' is no address of a Dask scheduler"),
        ("tcp://\x1b[31m:1", "tcp://[31m:1 is no address of a Dask scheduler"),
    ],
)
def test_a_wrong_address_gets_a_sentence(address: str, sentence: str) -> None:
    """Before anything is sent anywhere."""
    with pytest.raises(UnreadableInput) as caught, cluster_pool(address):
        pass
    assert str(caught.value) == sentence


def test_no_dask_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UnreadableInput) as caught, cluster_pool("tcp://127.0.0.1:8786"):
        pass
    assert str(caught.value) == "Dask is not installed here"
    assert caught.value.hint == "install crisis-sim with its cluster extra: crisis-sim[cluster]"


def test_dask_is_not_loaded_unless_it_is_asked_for() -> None:
    """Nor is multiprocessing's machinery paid for by other verbs."""
    code = "import sys, crisis_sim.playtest.experiment; sys.exit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


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
