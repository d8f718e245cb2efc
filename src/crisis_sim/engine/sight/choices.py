"""What a team may choose among: moves that can't be made now, and what its advisers say of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_sim.engine.acts.options import Waiting, answering_moves, blocked
from crisis_sim.engine.advice import by_move, untaken
from crisis_sim.engine.facts import moment
from crisis_sim.engine.sight.remembering import unless_changed
from crisis_sim.engine.sight.views import AdviceFacts, BlockedMove
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.rules.names import Side


def blocked_moves(state: State, table: Table, asked: Iterable[Waiting]) -> tuple[BlockedMove, ...]:
    """Moves of the catalogue that can't be made now, each with why; `asked` is what waits for the team's answer."""
    answering = answering_moves(state, table, asked)
    name = f"blocked/{' '.join(sorted(answering))}"  # most turns ask what turns before them asked
    return unless_changed(table, name, (state.suspended,), lambda: _blocked(state, table, answering))


def _blocked(state: State, table: Table, answering: frozenset[str]) -> tuple[BlockedMove, ...]:
    found = ((move, blocked(state, table, move, answering)) for move in table.moves)
    return tuple([BlockedMove(move=move, why=why[0], channel=why[1]) for move, why in found if why is not None])


def advice_facts(state: State, table: Table, side: Side) -> tuple[AdviceFacts, ...]:
    """What advisers say of moves now: what we left out first, then what we have promised."""
    pieces = (state.record, state.turn, state.hour, state.promises, state.team(side).drafts)
    return unless_changed(
        table,
        f"advice/{side}",
        pieces,
        lambda: (*_left_out(state, table, side), *_promised(state, table, side)),
    )


def _left_out(state: State, table: Table, side: Side) -> Iterator[AdviceFacts]:
    listed = frozenset([draft.move for draft in state.team(side).drafts])
    pieces = (state.record, state.turn, state.hour)
    left = unless_changed(table, f"untaken/{side}", pieces, lambda: untaken(table.advice, moment(state, table, side)))
    for move, items in by_move(left, listed).items():
        for item in items:
            yield AdviceFacts(move=move, rule=item.rule.says.words, term=item.term)


def _promised(state: State, table: Table, side: Side) -> Iterator[AdviceFacts]:
    for promise in state.promises:
        if promise.side == side and not promise.broken:
            for move in table.breaking[promise.commitment]:
                yield AdviceFacts(move=move, promised=promise.commitment)
