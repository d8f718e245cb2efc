"""Which moves of the catalogue answer what has just happened, so that they stand first where a move is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Final

from crisis_sim.engine.views.dossier import MoveEntry
from crisis_sim.engine.views.feed_items import ActItem
from crisis_sim.engine.views.seat_views import TeamView
from crisis_sim.pages.decision_blocks import answers_to, open_moves
from crisis_sim.pages.move_blocks import why_not
from crisis_sim.pages.pending_blocks import has_answer
from crisis_sim.pages.translator import Translator

MAX_TIMELY_MOVES: Final = 6
REPLIES: Final[Mapping[str, tuple[str, ...]]] = {
    "contact": ("contact", "reassure", "inform"),
    "reassure": ("reassure", "contact", "restrain"),
    "cooperate": ("cooperate", "contact", "reassure"),
    "restrain": ("restrain", "reassure", "contact"),
    "inform": ("contact", "inform", "reassure"),
    "protest": ("contact", "reassure", "protest"),
    "coerce": ("contact", "restrain", "protest"),
    "force": ("contact", "restrain", "protest"),
}
"""Families of moves that reply to an act, by the family of that act."""
OPENING: Final = ("contact", "cooperate", "inform")
"""Families of moves that reply to what no team has done."""


def timely_moves(view: TeamView, say: Translator) -> tuple[str, ...]:
    """The moves that answer what has just happened: six at most, all of which can be made now, the most direct first.

    First what accepts or declines a request that waits and what a decision asks for, then moves of the families that
    reply to what the other side has asked, offered or pressed since our last moves. A move on our list is left out.
    """
    listed = {entry.draft.move for entry in view.drafts}
    able = [
        move
        for move in say.dossier.moves.values()
        if not move.only_as_answer and move.id not in listed and not why_not(move.id, view, say)
    ]
    able_names = {move.id for move in able}
    moves = dict.fromkeys(chain(_asked_moves(view, say), _replies(view, able, say)))
    return tuple(move for move in moves if move in able_names)[:MAX_TIMELY_MOVES]


def _asked_moves(view: TeamView, say: Translator) -> Iterator[str]:
    """The moves by which a request or a decision that waits is answered."""
    for request in view.requests:
        if not has_answer(request):
            yield from (request.accept, request.decline)
    for decision in view.decisions:
        for answer in answers_to(decision, say) if decision.answer is None else ():
            yield from open_moves(decision, answer, view.blocked, say)


def _replies(view: TeamView, able: Sequence[MoveEntry], say: Translator) -> Iterator[str]:
    """Moves of the families that reply to the latest acts of the other side, one of each family at a time."""
    acts = [request.act for request in view.requests if not has_answer(request)]
    acts += [
        item.act
        for item in reversed(view.feed)
        if type(item) is ActItem and item.act.side != view.side and item.turn >= view.turn - 1
    ]
    replies = [
        REPLIES.get(say.dossier.moves[act.move].family, OPENING) for act in acts if act.move in say.dossier.moves
    ]
    families = dict.fromkeys(chain(*replies, OPENING))
    by_family = [[move.id for move in able if move.family == family] for family in families]
    return (move for row in zip_longest(*by_family) for move in row if move is not None)
