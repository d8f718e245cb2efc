"""What a team's advisers say of its moves, as things stand; of the other side they know what the team knows."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.acts.delivery import is_accepted_on_arrival, turns_longer
from crisis_sim.engine.acts.options import lacks_consent
from crisis_sim.engine.moment_facts import moment_facts, unreturned_turns
from crisis_sim.engine.move_advice import by_move, untaken
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.seat_views import AdviceFacts
from crisis_sim.rules.names import Side


def advice_facts(state: State, table: GameTable, side: Side) -> tuple[AdviceFacts, ...]:
    """What advisers say of moves now: what we left out first, then what we have promised, and cited."""
    pieces = (
        state.record,
        state.turn,
        state.hour,
        state.promises,
        state.team(side).drafts,
        state.truths,
        state.requests,
        state.citations,
    )
    return table.cache_by_identity(
        f"advice/{side}",
        pieces,
        lambda: (
            *_unasked(state, table),
            *_standing(state, table, side),
            *_in_return(state, table, side),
            *_left_out(state, table, side),
            *_later(state, table, side),
            *_promised(state, table, side),
            *_cited(state, table, side),
        ),
    )


def _unasked(state: State, table: GameTable) -> Iterator[AdviceFacts]:
    for name, move in table.moves.items() if table.scenario.consent is not None else ():
        if lacks_consent(state, table, move):
            yield AdviceFacts(move=name, unasked=move.needs_consent_or)


def _left_out(state: State, table: GameTable, side: Side) -> Iterator[AdviceFacts]:
    listed = frozenset([draft.move for draft in state.team(side).drafts])
    pieces = (state.record, state.turn, state.hour)
    advice_list = table.cache_by_identity(
        f"untaken/{side}", pieces, lambda: untaken(table.advice, moment_facts(state, table, side))
    )
    for move, items in by_move(advice_list, listed).items():
        for item in items:
            yield AdviceFacts(move=move, rule=item.rule.says.words, term=item.term, spared_by=item.spared_by)


def _standing(state: State, table: GameTable, side: Side) -> Iterator[AdviceFacts]:
    yield from [
        AdviceFacts(move=move, stands=True)
        for move in table.moves
        if is_accepted_on_arrival(state, state.acts, table, side, move)
    ]


def _in_return(state: State, table: GameTable, side: Side) -> Iterator[AdviceFacts]:
    """What may be asked in return, by what was silent before this turn."""
    turns = unreturned_turns(state, side, state.turn) if table.in_return else 0
    for advice in table.in_return:
        if turns >= advice.turns:
            yield from [AdviceFacts(move=move, term=advice.term, in_return=turns) for move in advice.moves]


def _promised(state: State, table: GameTable, side: Side) -> Iterator[AdviceFacts]:
    listed = {draft.move for draft in state.team(side).drafts}
    for name in [promise.commitment for promise in state.promises if promise.side == side and promise.binds]:
        breaks = table.breaking[name]
        if not breaks.steps & listed and not breaks.excused(moment_facts(state, table, side)):
            for move, term in breaks.acts:
                yield AdviceFacts(move=move, term=term, promised=name, spared_by=breaks.spared_by)


def _cited(state: State, table: GameTable, side: Side) -> Iterator[AdviceFacts]:
    """What would go against an instrument that a team has cited, as long as it has not."""
    for cited in state.citations:
        if cited.side == side and not cited.broken and cited.instrument in table.instruments:
            for move, term in table.instruments[cited.instrument].breaking:
                yield AdviceFacts(move=move, term=term, cited=cited.instrument)


def _later(state: State, table: GameTable, side: Side) -> Iterator[AdviceFacts]:
    """What rules on delivery would hold back, in public too, and the terms with which they would not."""
    if not any(rule.then.delay for rule in table.rules.values()):
        return
    facts = moment_facts(state, table, side)
    facts.begin_list(side)
    for name, move in table.moves.items():
        if turns := turns_longer(facts, name):
            spared = tuple([term for term in move.terms if not turns_longer(facts, name, (term,))])
            yield AdviceFacts(move=name, later=turns, spared_by=spared)
