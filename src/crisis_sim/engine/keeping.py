"""Parts of views, kept as long as nothing that they are made of has changed.

A view is asked for after every act, and an act changes little. So a part says which fields of the state it reads; what
it was made from last stays beside it, on its table, under everything else that it was asked for (seat, side,
language), and it is made again when one of those fields holds another value. States are frozen, and what an event does
not change is the same object in the state after it, which makes comparing cheap. A kept part is what would have been
made anew: nothing here knows what may be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Concatenate, Final, Generic, ParamSpec, TypeVar

from crisis_sim.rules.names import SIDES

if TYPE_CHECKING:
    from crisis_sim.engine.state import State
    from crisis_sim.engine.table import Table

T = TypeVar("T")
Piece = TypeVar("Piece")
Names = ParamSpec("Names")
"""What a part is asked for beside the state and the table: seat, side, language."""

STRETCH: Final = 32
"""Pieces that are compared at once."""


class Fixed(Generic[Names, T]):
    """A part that hangs on the table alone; made once for each set of names."""

    __slots__ = ("build",)

    def __init__(self, build: Callable[Concatenate[Table, Names], T]) -> None:
        self.build = build

    def __call__(self, table: Table, *names: Names.args, **more: Names.kwargs) -> T:
        """The part, made or kept."""
        name = (self, *names, *more.values())
        try:
            return table.fixed[name]  # type: ignore[return-value]  # what this same part has put there
        except KeyError:
            return table.fixed.setdefault(name, self.build(table, *names, **more))  # type: ignore[return-value]  # as above


class Kept(Generic[Names, T]):
    """A part that hangs on some fields of the state."""

    __slots__ = ("build", "own", "reads", "_pieces", "_pieces_of")

    def __init__(
        self, build: Callable[Concatenate[State, Table, Names], T], reads: tuple[str, ...], own: tuple[str, ...]
    ) -> None:
        self.build = build
        self.reads = reads
        """Fields of the state that it reads, `us.drafts` for one of a team."""
        self.own = own
        """Fields that it reads of the team that is its first name."""
        self._pieces: Callable[[State], object] = attrgetter(*reads) if reads else _nothing
        self._pieces_of = {
            side: attrgetter(*reads, *(f"{side}.{field}" for field in own)) for side in SIDES if own
        }  # empty where it reads no team's own

    def __call__(self, state: State, table: Table, *names: Names.args, **more: Names.kwargs) -> T:
        """The part, made or kept."""
        read = self._pieces_of[names[0]] if self.own else self._pieces  # type: ignore[index]  # a side
        name, pieces = (self, *names, *more.values()), read(state)
        held = table.kept.get(name)
        if held is not None and held[0] == pieces:
            return held[1]  # type: ignore[return-value]  # what this same part has put there
        made = self.build(state, table, *names, **more)
        table.kept[name] = (pieces, made)
        return made


def fixed(build: Callable[Concatenate[Table, Names], T]) -> Fixed[Names, T]:
    """Keep a part that hangs on the table alone."""
    return Fixed(build)


def kept(
    *reads: str, own: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[State, Table, Names], T]], Kept[Names, T]]:
    """Keep a part until one of the fields that it reads has changed; `own` are those of the team it is asked for."""
    return lambda build: Kept(build, reads, own)


def unless_changed(table: Table, name: object, pieces: object, build: Callable[[], T]) -> T:
    """What was made under this name from these pieces, or what is made now; for parts of less than whole fields."""
    held = table.kept.get(name)
    if held is not None and held[0] == pieces:
        return held[1]  # type: ignore[return-value]  # what was made under this same name
    made = build()
    table.kept[name] = (pieces, made)
    return made


def each_unless_changed(table: Table, name: object, pieces: Sequence[Piece], build: Callable[[Piece], T]) -> list[T]:
    """What was made under this name from each of these pieces, or what is made now of those that have changed.

    They are compared in stretches, so that a long list of which little changes is not gone through one by one.
    """
    found: list[T] = []
    for start in range(0, len(pieces), STRETCH):
        stretch = pieces[start : start + STRETCH]
        found += unless_changed(
            table, (name, "from", start), stretch, partial(_each, table, name, start, stretch, build)
        )
    return found


def _each(table: Table, name: object, start: int, stretch: Sequence[Piece], build: Callable[[Piece], T]) -> list[T]:
    """What is made of each piece of a stretch that begins at this place."""
    return [
        unless_changed(table, (name, place), piece, partial(build, piece)) for place, piece in enumerate(stretch, start)
    ]


def _nothing(state: State) -> None:
    """The pieces of a part that reads no field."""
