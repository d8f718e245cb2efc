"""Who may read what a command writes: what comes of sessions is the one account's that writes it.

One rule for every file and folder of a command, whatever library makes it. Files that exist keep what they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AUTHORING: Final = frozenset({"check", "graph", "import", "migrate", "new", "preview", "schema", "stats"})
"""Verbs whose files are authored; these have the permissions that the system gives to new files."""


@contextmanager
def files_of(verb: str) -> Iterator[None]:
    """While it lasts, new files can be read by their owner alone (0600, folders 0700), unless `verb` is for authors."""
    if verb in AUTHORING:
        yield
        return
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
