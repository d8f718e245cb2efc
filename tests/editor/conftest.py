"""The editor's tests need node, so only `scripts/editor` runs them; `scripts/test` never looks at them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.editor.language_server import LanguageServer

if "CRISIS_SIM_EDITOR" not in os.environ:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def server() -> Iterator[LanguageServer]:
    """One running server for all tests, as an editor has one for all files."""
    program = Path(__file__).parent / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    with LanguageServer(["node", str(program), "--stdio"]) as running:
        yield running
