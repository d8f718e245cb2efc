"""The question which acts of the other side moved a team closer, and to what: put, answered, told. It moves nothing.

A team asks with its moves, over a channel for private words, or the facilitator asks both between turns. Whoever is
asked answers with its next moves, truly or not, or declines; saying nothing is declining, and no silence.
"""

from __future__ import annotations

from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import SIDES, Side, other

MOST_ACTS: Final = 2
"""Acts that an answer can name."""


def is_asked_here(table: GameTable) -> bool:
    """It can be asked in sessions in which lines are told."""
    return table.asks("telling")


def ways_to_ask(state: State, table: GameTable) -> tuple[str, ...]:
    """Channels over which a team can ask in its moves: those that take private words, and are not suspended."""
    if not is_asked_here(table) or state.phase != "moves" or state.turn >= table.turns:
        return ()
    channels = table.scenario.channels.items()
    return tuple(
        [name for name, settings in channels if "private" in settings.visibility and name not in state.suspended]
    )


def ask(state: State, table: GameTable, side: Side, action: a.AskCloser) -> e.AnyEvent:
    """Ask with our moves."""
    _can_be_asked(state, table)
    if action.channel and action.channel not in (ways := ways_to_ask(state, table)):
        raise ActionRefused("closer/channel", names=ways)
    return e.CloserAskSealed(side, action.channel, visible=side)


def answer(state: State, table: GameTable, side: Side, action: a.AnswerCloser) -> e.AnyEvent:
    """Say what moved us closer, or decline."""
    if state.question_to(side) is None:
        raise ActionRefused("closer/not-asked")
    inbox = state.team(side).inbox
    if len(action.acts) > MOST_ACTS or len(set(action.acts)) < len(action.acts):
        raise ActionRefused("closer/acts", most=MOST_ACTS)
    if not all(1 <= number <= len(inbox) for number in action.acts):
        raise ActionRefused("closer/act")
    if action.acts and action.concern not in table.material.concerns:
        raise ActionRefused("closer/concern")
    acts = tuple([inbox[number - 1].act for number in action.acts])
    return e.CloserAnswerSealed(side, acts, action.concern if acts else "", visible=side)


def put_to_both(recorder: EventRecorder) -> None:
    """The facilitator asks both, between two turns' moves."""
    for side in asked_by_hand(recorder.state, recorder.table):
        recorder.tell(e.CloserAsked(side, visible=side))


def asked_by_hand(state: State, table: GameTable) -> list[Side]:
    """Whom the facilitator's question goes to now. Raises ActionRefused where it cannot be put."""
    _can_be_asked(state, table)
    if state.phase not in ("situation", "results", "forecasts"):
        raise ActionRefused("closer/moves")
    if not (state.us.inbox and state.china.inbox):
        raise ActionRefused("closer/early")
    waiting = [side for side in SIDES if state.question_to(side) is None]
    if not waiting:
        raise ActionRefused("closer/open")
    return waiting


def can_be_put(state: State, table: GameTable) -> bool:
    """The facilitator can ask both now."""
    try:
        return bool(asked_by_hand(state, table))
    except ActionRefused:
        return False


def tell_closer(recorder: EventRecorder) -> None:
    """Moves are final: tell the other side what was answered, and then ask what was asked with them."""
    state = recorder.state
    for side in SIDES if state.closer else ():
        if (question := state.question_to(side)) is not None:
            recorder.tell(e.CloserAnswered(side, question.acts, question.concern, visible="everyone"))
    for side in SIDES:
        if channel := state.team(side).asks_closer:
            recorder.tell(e.CloserAsked(other(side), side, channel, visible=other(side)))


def _can_be_asked(state: State, table: GameTable) -> None:
    if not is_asked_here(table):
        raise ActionRefused("closer/off")
    if state.turn >= table.turns and state.phase != "situation":
        raise ActionRefused("closer/late")
