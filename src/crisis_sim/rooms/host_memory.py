"""What keeps a process small that does nothing for hours but serve lines."""

from __future__ import annotations

import gc


def settle_memory() -> None:
    """Look no more at all that has been loaded, and often at what has come since: a closed line leaves rings behind."""
    gc.collect()
    gc.freeze()
    gc.collect()  # counts what there is anew: else a quarter of what is frozen had to pile up before all is looked at
    gc.set_threshold(2_000, 3, 3)
