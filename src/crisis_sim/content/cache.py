"""A folder of one's own for what can be made again: entries of bytes, each under a key that says what it was made of.

The folder and what is in it count only where they are this account's alone and as they were written. Whatever else is
found, or cannot be written, is as if there were nothing; no word is ever said of it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from platformdirs import user_cache_path

from crisis_sim import __version__

Thing = TypeVar("Thing")

MOST_BYTES: Final = 32 * 1024 * 1024
"""The most that all entries hold together; the oldest go first."""

LARGEST: Final = 8 * 1024 * 1024
"""The most bytes of one entry."""

SWITCH: Final = "CRISIS_SIM_CACHE"
"""The variable of the environment that switches the cache off when it says `off`."""

_SEAL: Final = 32
_CODE: Final = ("", "content", "rules")
"""Folders of the package whose code decides what is made of a file."""


def cache_folder() -> Path:
    """Where entries lie."""
    return user_cache_path("crisis-sim", appauthor=False) / "material"


def key(*parts: str | bytes) -> str:
    """The name of what was made of `parts` by this version of crisis-sim under this Python."""
    return digest(maker(), *parts).hex()


def digest(*parts: str | bytes) -> bytes:
    """A hash over all of `parts`, and of where each ends."""
    made = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode(errors="surrogateescape")
        made.update(len(data).to_bytes(8, "big") + data)
    return made.digest()


def kept_as(kind: type[Thing], name: str) -> Thing | None:
    """What was kept under `name` as msgpack of this kind; None where there is nothing of it."""
    data = read_cached(name)
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=kind)
    except msgspec.MsgspecError:
        return None


def read_cached(name: str) -> bytes | None:
    """What was kept under `name`; None where there is nothing that can be trusted."""
    with suppress(OSError), _folder(make=False) as folder:
        data = _read(name, folder)
        if hashlib.sha256(data[_SEAL:]).digest() == data[:_SEAL]:
            return data[_SEAL:]
    return None


def write_cached(name: str, data: bytes) -> None:
    """Keep `data` under `name`, if that can be done; half an entry is never there to be read."""
    if len(data) > LARGEST - _SEAL:
        return
    with suppress(OSError), _folder(make=True) as folder:
        _write(name, hashlib.sha256(data).digest() + data, folder)
        _bound(folder)


@cache
def maker() -> bytes:
    """What tells this crisis-sim and this Python from others, a checkout that was edited too."""
    package = Path(__file__).parents[1]
    files = [entry for part in _CODE for entry in os.scandir(package / part) if entry.name.endswith(".py")]
    code = sorted((entry.path, entry.stat().st_size, entry.stat().st_mtime_ns) for entry in files)
    return repr((__version__, sys.version, code)).encode(errors="surrogateescape")


@contextmanager
def _folder(*, make: bool) -> Iterator[int]:
    """The folder, open; OSError where there is none to be used."""
    if os.environ.get(SWITCH, "").lower() == "off" or os.open not in os.supports_dir_fd:
        raise FileNotFoundError
    path = cache_folder()
    if make:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        _refuse_foreign(os.fstat(folder))
        yield folder
    finally:
        os.close(folder)


def _refuse_foreign(status: os.stat_result) -> None:
    """Raise PermissionError for what is another account's, or open to one."""
    if status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) & 0o077:
        raise PermissionError


def _read(name: str, folder: int) -> bytes:
    file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(file, "rb") as opened:
        status = os.fstat(file)
        _refuse_foreign(status)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            raise PermissionError
        return opened.read(LARGEST)


def _write(name: str, data: bytes, folder: int) -> None:
    """Write beside and put in place at once, so that two processes never mix."""
    beside = f"{name}.{os.urandom(8).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with os.fdopen(os.open(beside, flags, 0o600, dir_fd=folder), "wb") as file:
            file.write(data)
        os.rename(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with suppress(OSError):
            os.unlink(beside, dir_fd=folder)
        raise


def _bound(folder: int) -> None:
    """Drop the oldest entries until the rest is small enough."""
    found = []
    for name in os.listdir(folder):
        with suppress(OSError):
            status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            found.append((status.st_mtime_ns, name, status.st_size))
    total = sum(size for _, _, size in found)
    for _, name, size in sorted(found):
        if total <= MOST_BYTES:
            return
        with suppress(OSError):
            os.unlink(name, dir_fd=folder)
            total -= size
