"""What tests of rooms share."""

from __future__ import annotations

from functools import cache

import pytest

from crisis_sim.rooms import page_server
from crisis_sim.rooms.page_server import PageFile, page_files

FORMS = "/forms.js"
EARLY = b"const EARLY = 300;"


@cache
def impatient_files() -> dict[str, PageFile]:
    """The files of the page, whose questions take keys after 30 milliseconds instead of 300."""
    files = page_files()
    assert EARLY in files[FORMS].data
    return files | {FORMS: files[FORMS]._replace(data=files[FORMS].data.replace(EARLY, b"const EARLY = 30;"))}


@pytest.fixture
def quick_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test waits for no person: it presses on at once."""
    monkeypatch.setattr(page_server, "page_files", lambda: dict(impatient_files()))
