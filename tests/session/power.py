"""What a power cut leaves on a disk that keeps nothing but what it was made to keep.

The harshest disk that may exist: bytes are gone unless the file was synced after they were written, a name is as it was
unless its folder was synced after it was made or changed. A test that only kills a process never sees a missing sync.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Disk:
    """Watches calls that have succeeded; `cut` undoes what was not synced."""

    def __init__(self, kept: dict[Path, int]) -> None:
        """`kept` says how much of a file was synced by whoever wrote it before."""
        self.files: dict[int, Path] = {}
        """Open descriptors."""
        self.kept = kept
        """Synced size of each file that was opened for writing."""
        self.names: list[tuple[Path, Callable[[], object]]] = []
        """Names that were made and whose folder was not synced, and how to undo each."""

    def before(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Note what is about to be made."""
        if name == "mkdir" and not Path(arguments[0]).exists():
            made = Path(arguments[0]).absolute()
            self.names.append((made, lambda: shutil.rmtree(made, ignore_errors=True)))
        if name == "open" and arguments[1] & (os.O_WRONLY | os.O_RDWR):
            path = Path(arguments[0]).absolute()
            if not path.exists():
                self.names.append((path, lambda: path.unlink(missing_ok=True)))
            self.kept.setdefault(path, path.stat().st_size if path.exists() else 0)

    def after(self, name: str, arguments: tuple[Any, ...], result: Any) -> None:
        """Note what has been done."""
        match name:
            case "open":
                self.files[result] = Path(arguments[0]).absolute()
            case "fsync" | "fdatasync":
                self.synced(self.files[arguments[0]])
            case "rename":
                was, now = (Path(path).absolute() for path in arguments)
                self.kept[now] = self.kept.pop(was)
                self.files = {number: now if path == was else path for number, path in self.files.items()}
                self.names = [(name, undo) for name, undo in self.names if name != was]
                self.names.append((now, lambda: now.unlink(missing_ok=True)))

    def synced(self, path: Path) -> None:
        """A file keeps its bytes, a folder its names."""
        if path.is_dir():
            self.names = [(name, undo) for name, undo in self.names if name.parent != path]
        else:
            self.kept[path] = path.stat().st_size

    def cut(self) -> None:
        """The power goes."""
        for path, size in self.kept.items():
            if path.exists():
                os.truncate(path, min(size, path.stat().st_size))
        for _, undo in reversed(self.names):
            undo()
