"""A host that is told to stop, while people close their windows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.thinning import examples

STOPS = examples(4, 200)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_host_that_is_told_to_stop_stops_whatever_closes_at_that_moment(tmp_path: Path) -> None:
    """It says how to go on and lets go of its log, however many lines are closed within 30 ms of the signal."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.rooms.stopped_hosts", str(tmp_path), str(STOPS)],
        capture_output=True,
        text=True,
        check=False,
    )
    ends = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(ends) == STOPS, run.stderr
    for end in ends:
        assert end["took"] is not None, "it hangs"
        assert end["code"] == 143 and end["sound"], end
        assert "Go on with: crisis-sim host" in end["says"] and "crisis-sim: told to stop\n" in end["says"], end
        assert "Traceback" not in end["says"] and "fault" not in end["says"], end
