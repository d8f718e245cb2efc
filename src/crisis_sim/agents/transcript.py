"""What was asked of a model and what it said, a line each, beside the program that asks; the log holds their hash.

A line holds prompts, which are pages of one seat: the file is for whoever may read that seat's pages. No key is in it.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any


class Transcript:
    """A file of lines, each hashed onto those before it."""

    def __init__(self, path: Path | None) -> None:
        """Goes on with the file at `path`, which its owner alone can read; nothing is kept where there is none."""
        self.path = path
        self._hash = hashlib.sha256()
        if path is not None and path.exists():
            self._hash.update(path.read_bytes())

    @property
    def hash(self) -> str:
        """Of all lines up to now: the SHA-256 of the file."""
        return self._hash.hexdigest()

    def add(self, **line: Any) -> None:
        """Keep one line."""
        raw = json.dumps(line, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
        self._hash.update(raw)
        if self.path is None:
            return
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as file:
            file.write(raw)
