"""What an earlier session left, for one that begins with it, and no more of that than was public or is a plain number.

Trust as it ended, what shape channels were in, promises with who broke which, principles that both sides accept, and
public acts as anybody could read them. Nothing that was sealed: the session that begins opens none of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from crisis_sim.rules.names import Side, Words

MOST_TRUST = 1_000
"""The end of the scale of trust, hundredths."""


class InheritedPromise(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A promise that was given in the earlier session."""

    commitment: str
    words: Words
    side: Side
    """Whom it binds."""
    by: Side
    """Whose act put it on record."""
    broken: bool


class PublicAct(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that was said or done in public."""

    hour: int
    side: Side
    move: Words
    """What it was."""
    text: str
    """Its words, shortened."""


class Inheritance(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an earlier session leaves to one that begins with it."""

    session: str
    hash: str
    """Of the last line of its log, as it was then."""
    title: Words
    """Title of its scenario."""
    trust: Mapping[Side, int]
    """As it ended, hundredths."""
    readiness: Mapping[str, int]
    """Of its channels as it ended, 0–100."""
    promises: tuple[InheritedPromise, ...]
    principles: tuple[str, ...]
    acts: tuple[PublicAct, ...]
    """Oldest first."""


def inherited_trust(inherits: Inheritance | None, side: Side, otherwise: int) -> int:
    """Where trust of a team begins."""
    if inherits is None:
        return otherwise
    return min(max(inherits.trust.get(side, otherwise), 0), MOST_TRUST)


def inherited_readiness(inherits: Inheritance | None, channel: str, otherwise: int, keeps: int) -> int:
    """Where a channel's readiness begins: what practice had made or lost of it has worn off in part since.

    Of the difference to what the scenario says so many percent are left; 0 where the pack says nothing of it.
    """
    if inherits is None or not keeps or channel not in inherits.readiness:
        return otherwise
    ended = min(max(inherits.readiness[channel], 0), 100)
    return otherwise + (ended - otherwise) * keeps // 100
