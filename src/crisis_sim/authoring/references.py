"""What a condition asks about, one thing after the other; nothing is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.keys import given, names_in
from crisis_sim.rules.names import Who
from crisis_sim.rules.properties import Made, MoveIs

ReferenceKind: TypeAlias = Literal[
    "act", "inject", "fact", "line", "track", "commitment", "channel", "asset", "private-fact"
]
"""What sort of thing is asked about."""


_ASKED: Final[Mapping[str, ReferenceKind]] = {kind.replace("-", " "): kind for kind in get_args(ReferenceKind)}


class Reference(NamedTuple):
    """One thing that a condition asks about."""

    kind: ReferenceKind
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


def references(condition: Condition, act: Callable[[MoveIs], str], denied: bool = False) -> Iterator[Reference]:
    """Everything that `condition` asks about, in the order in which it is written."""
    for name, key, value in given(condition):
        if isinstance(value, MoveIs):
            yield Reference("act", act(value), denied, "now", "either", value)
        elif isinstance(value, Made):
            if key.heeds is None:
                yield Reference("act", act(value.move), denied, "before", value.by, value.move)
        elif name not in ("all", "any", "not_"):
            for _, ident, (kind, *_) in names_in(key, value):
                if kind in _ASKED:
                    yield Reference(_ASKED[kind], ident, denied)
    for part in (*(condition.all or ()), *(condition.any or ())):
        yield from references(part, act, denied)
    if condition.not_ is not None:
        yield from references(condition.not_, act, not denied)
