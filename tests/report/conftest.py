"""Sessions to report on."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.report.golden import frozen

from crisis_sim.session.replay import Replay


@pytest.fixture(autouse=True)
def always_drawn_here(drawn_here: None) -> None:
    """No report here is drawn by a process of its own."""


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where frozen logs are unpacked."""
    return tmp_path_factory.mktemp("frozen")


@pytest.fixture(scope="session")
def submarine(logs: Path) -> Replay:
    """A session of the submarine."""
    return frozen("bottomed-submarine", logs)


@pytest.fixture(scope="session")
def virus(logs: Path) -> Replay:
    """A session of the outbreak."""
    return frozen("new-virus", logs)
