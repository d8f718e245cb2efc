"""Luck: a pure function of the session's seed, a purpose, and the act or turn at hand.

No generator is kept, so nothing one team does can shift the other's luck, and a replay rolls the same.
"""

from __future__ import annotations

from hashlib import blake2b


def roll(seed: str, purpose: str, who: str, turn: int, order: int) -> int:
    """0–99, evenly."""
    words = "\x1f".join((seed, purpose, who, str(turn), str(order)))
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big") % 100
