"""A session brought back from its log: the table it was played on, and its state after any entry.

Folding events needs no rules and cannot differ from what was played; judging the acts anew is `verify`'s business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import msgspec
from msgspec import UNSET

from crisis_sim.content.joining import packed_material
from crisis_sim.content.material import Material
from crisis_sim.engine.apply import fold as folded
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import GameTable, build_table
from crisis_sim.errors import LogDamaged
from crisis_sim.rules.names import CardSize
from crisis_sim.session.log import Log, read_log
from crisis_sim.session.record import Entry, Header

TableOf: TypeAlias = Callable[[Header, Path], GameTable]
"""Makes the table that the log in a path with this header is played on."""

MOST_TABLES: Final = 16
"""Materials whose rules are kept compiled."""
FOLDING_ERRORS: Final = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
)
"""What an engine that trusts its own events raises for a log that it did not write."""


class Replay(NamedTuple):
    """A log, the table it was played on, and the state at its end."""

    log: Log
    table: GameTable
    state: State
    ends: tuple[State, ...]
    """The state as each turn ended, from turn 0, the start, to where the log ends."""

    @property
    def is_open(self) -> bool:
        """It came to its hotwash, with which all that was sealed is opened."""
        return self.state.phase in ("hotwash", "closed")


def replay(path: Path) -> Replay:
    """The session in `path` as it stood at its end. Raises UnreadableInput or LogDamaged."""
    log = read_log(path)
    return replayed(log)


def replayed(log: Log) -> Replay:
    """The session in `log` as it stood at its end. Raises UnreadableInput or LogDamaged."""
    return replay_on(log, table_of(log.header, log.path))


def replay_on(log: Log, table: GameTable) -> Replay:
    """The session in `log`, which was played on `table`, as it stood at its end. Raises LogDamaged."""
    state = opening_state(table)
    ends = {state.turn: state}
    for entry in log.entries:
        state = fold(state, entry, log.path)
        ends[state.turn] = state
    return Replay(log, table, state, tuple(ends.values()))


def states(log: Log, table: GameTable) -> Iterator[tuple[Entry | None, State]]:
    """The opening state, with no entry, and then each entry with the state after it. Raises LogDamaged."""
    state = opening_state(table)
    yield None, state
    for entry in log.entries:
        state = fold(state, entry, log.path)
        yield entry, state


def table_of(header: Header, path: Path) -> GameTable:
    """The table that the log in `path` with this header is played on. Raises UnreadableInput or LogDamaged."""
    try:
        return table_under(header, packed_material(bytes(header.material)))
    except FOLDING_ERRORS as error:
        raise LogDamaged(
            "log/header",
            "line 1 of {name} holds no scenario that can be played ({kind})",
            line=1,
            last_good=0,
            hint="take a copy of the log, if there is one",
            name=path.name,
            kind=type(error).__name__,
        ) from error


def table_under(header: Header, material: Material) -> GameTable:
    """The table that a log's acts are judged on under `material`, the log's own or another."""
    return with_card(header, material, header.card)


def with_card(header: Header, material: Material, card: CardSize | None) -> GameTable:
    """The same with this card of offences, whatever was chosen."""
    return build_table(
        material,
        seed=header.seed,
        length=header.length,
        show=header.show,
        explained=header.explained,
        card=card,
        instructions=header.cards,
        session=header.session,
        inherits=header.inherited,
        one_table=header.one_table,
    )


def reuse_table(table: GameTable) -> TableOf:
    """Deals `table` again to each log that holds its very material and chooses nothing else; others have their own."""
    packed = table.material.packed

    def deal_table(header: Header, path: Path) -> GameTable:
        is_plain = not header.options and header.inherits is UNSET
        if is_plain and (header.length, header.show) == (table.length, table.show) and bytes(header.material) == packed:
            return table.seeded(header.seed, header.session)
        return table_of(header, path)

    return deal_table


class TableCache:
    """The tables of many logs: those of one material that are played alike are built once."""

    def __init__(self) -> None:
        self._built: dict[tuple[object, ...], GameTable] = {}

    def table_for(self, header: Header, path: Path) -> GameTable:
        """As `table_of`; what is kept is known by the bytes of the material, whoever wrote them."""
        chosen = (header.show, header.card, header.cards, header.explained, header.one_table)
        key = (bytes(header.material), header.length, *chosen, msgspec.json.encode(header.inherited))
        if key not in self._built:
            if len(self._built) >= MOST_TABLES:
                self._built.clear()
            self._built[key] = table_of(header, path)
        return self._built[key].seeded(header.seed, header.session)


def fold(state: State, entry: Entry, path: Path) -> State:
    """The state after `entry`. Raises LogDamaged where its events cannot follow, as in a log written by hand."""
    try:
        return folded(state, entry.events)
    except FOLDING_ERRORS as error:
        raise LogDamaged(
            "log/misfit",
            "line {seq} of {name} holds events that cannot follow what came before",
            line=entry.seq + 1,
            last_good=entry.seq - 1,
            hint="`crisis-sim branch {name} --at {before}` plays on from before it",
            seq=entry.seq + 1,
            name=path.name,
            before=entry.seq - 1,
        ) from error
