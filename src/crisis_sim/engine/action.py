"""What every action is: a plain struct with its kind as the tag."""

from __future__ import annotations

from msgspec import Struct


class Action(Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True, gc=False):
    """What a seat asks for."""
