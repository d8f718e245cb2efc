"""Sessions to report on."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.report.golden import bots_session

from crisis_sim.session.replay import Replay


@pytest.fixture(autouse=True)
def always_drawn_here(drawn_here: None) -> None:
    """No report here is drawn by a process of its own."""


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the logs of sessions lie."""
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session")
def submarine(logs: Path) -> Replay:
    """A session of the submarine."""
    return bots_session("bottomed-submarine", logs)


@pytest.fixture(scope="session")
def virus(logs: Path) -> Replay:
    """A session of the outbreak."""
    return bots_session("new-virus", logs)
