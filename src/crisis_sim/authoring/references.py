"""What a condition asks about: acts, injects, facts, lines, tracks, promises, channels; and whether it wants them not.

Reads conditions and tries none. A `not` is taken down to the single things, as `crisis_sim.rules.explain` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from crisis_sim.rules.conditions import Condition, MoveIs, Who
from crisis_sim.rules.phrases import Phrases

Asked: TypeAlias = Literal["act", "inject", "fact", "line", "track", "commitment", "channel"]
"""What sort of thing is asked about."""


class Reference(NamedTuple):
    """One thing that a condition asks about."""

    kind: Asked
    name: str
    """Its id; of an act, its description in words."""
    denied: bool
    """The condition wants it not to be so."""
    when: str = ""
    """Of an act: `now` for the act at hand, `before` for one of the record."""
    by: Who = "either"
    """Of an act of the record: whose."""
    move: MoveIs | None = None
    """Of an act: what is meant."""


def references(condition: Condition, phrases: Phrases, denied: bool = False) -> Iterator[Reference]:
    """Everything that `condition` asks about, in the order in which it is written."""
    for move in (condition.move, condition.answers):
        if move is not None:
            yield Reference("act", phrases.act(move), denied, "now", "either", move)
    for made in (condition.earlier, condition.same_turn, condition.ever):
        if made is not None:
            yield Reference("act", phrases.act(made.move), denied, "before", made.by, made.move)
    for name in condition.inject or ():
        yield Reference("inject", name, denied)
    singles: tuple[tuple[Asked, str | None], ...] = (
        ("fact", None if condition.fact is None else condition.fact.id),
        ("line", None if condition.line is None else condition.line.id),
        ("track", None if condition.track is None else condition.track.id),
        ("commitment", None if condition.commitment is None else condition.commitment.id),
        ("channel", None if condition.readiness is None else condition.readiness.id),
    )
    yield from (Reference(kind, name, denied) for kind, name in singles if name)
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from references(part, phrases, denied)
    if condition.not_ is not None:
        yield from references(condition.not_, phrases, not denied)
