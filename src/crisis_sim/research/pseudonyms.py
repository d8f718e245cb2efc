"""Made-up names of sessions, and the keys that they are made with.

A session's id stands in every log and on many a page, so that a name which could be reckoned from the id alone would
lead back to it. A name hangs on a secret key too. Each export has a key of its own, which is thrown away, unless a file
keeps it; a key never lies among the tables.
"""

from __future__ import annotations

import hmac
import secrets
from contextlib import suppress
from hashlib import sha256
from os import O_CREAT, O_EXCL, O_WRONLY, fdopen, open
from pathlib import Path
from typing import Final

from crisis_sim.errors import UnreadableInput
from crisis_sim.text import clean

SHORTEST: Final = 16
"""Characters of a key: a shorter one could be found by trying."""
LONGEST: Final = 4096


def new_key() -> bytes:
    """A key that nobody knows."""
    return secrets.token_hex(32).encode()


def made_up(session: str, key: bytes) -> str:
    """The name that a session goes by where it is not to be known."""
    return "s" + hmac.digest(key, session.encode(), sha256).hex()[:10]


def key_in(path: Path) -> bytes:
    """The key that a file keeps; a file that is not there is made, with a key of its own, for its owner's eyes alone.

    Raises UnreadableInput where it is no key, or cannot be read or made.
    """
    shown = clean(str(path), lines=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), fdopen(open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600), "wb") as file:
            file.write(new_key() + b"\n")
        key = path.read_bytes().strip() if path.is_file() and path.stat().st_size <= LONGEST else b""
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not valid"
        said = f"the key {shown} cannot be read or made: {reason.lower()}"
        raise UnreadableInput("key/unreadable", said, hint="name another file with --key") from None
    if len(key) < SHORTEST:
        said = f"{shown} holds no key: {SHORTEST} to {LONGEST:,} characters that nobody can guess"
        raise UnreadableInput("key/short", said, hint="name a file that is not there, and one is made")
    return key
