"""When the interpreter looks for garbage, where very much is made at once that is kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsearched() -> Iterator[None]:
    """No search for garbage: what is made meanwhile is kept, and none of it is garbage in a circle.

    It is old at once, or the first search afterwards would go through all of it for nothing.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # else what somebody keeps out of all searches would come back into them
            gc.freeze()
            gc.unfreeze()
        gc.enable()
