"""Chinese for what screens say themselves."""

from __future__ import annotations

CHINESE: dict[str, str] = {}
"""From the English in the screens."""
