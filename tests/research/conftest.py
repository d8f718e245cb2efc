"""What the tests of tables share."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.research.made import played


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two sessions of people."""
    folder = tmp_path_factory.mktemp("logs")
    return [played(folder / f"{name}.jsonl", seated=False) for name in ("spring", "summer")]


@pytest.fixture(scope="session")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session of people in which teams are asked to decide, as none is at 45 minutes."""
    return played(tmp_path_factory.mktemp("longer") / "autumn.jsonl", seated=False, length=90)
