"""What a team may do now: which moves, over which channels, with which terms, and why not.

`decide` refuses by these answers and `sight` shows them, so that a screen never offers what would be refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from crisis_sim.engine.actions import LONGEST_TEXT, Draft
from crisis_sim.engine.state import Received, Request, State
from crisis_sim.engine.table import Table
from crisis_sim.errors import ActionRefused
from crisis_sim.problems import nearest
from crisis_sim.rules.names import Side
from crisis_sim.rules.pack import Move

Waiting: TypeAlias = tuple[int, Received, Request]
"""A request that can still be answered, with its number in its receiver's inbox."""
Hindrance: TypeAlias = tuple[Literal["answer", "suspended", "nowhere"], str]
"""A move only answers, or what carries it is suspended, or nothing carries it; and the suspended channel."""
LONGEST_NAME = 60
"""Characters of an unknown name that a refusal repeats."""


def open_channels(state: State, table: Table, move_id: str) -> tuple[str, ...]:
    """Channels that can carry a move now, by the move's own order of kinds; at least one visibility fits."""
    able = table.carriers[move_id]
    return tuple([channel for channel in able if channel not in state.suspended]) if state.suspended else able


def blocked(state: State, table: Table, move_id: str, answering: frozenset[str]) -> Hindrance | None:
    """Why a team could not make this move now, and the channel that is missing; `answering` is what it is asked for."""
    if move_id not in answering and table.moves[move_id].only_as_answer:
        return "answer", ""
    if open_channels(state, table, move_id):
        return None
    kinds = table.moves[move_id].over
    channels = table.scenario.channels.items()
    suspended = [channel for channel, of in channels if of.kind in kinds and channel in state.suspended]
    return ("suspended", suspended[0]) if suspended else ("nowhere", "")


def answering_moves(state: State, table: Table, asked: Iterable[Waiting]) -> frozenset[str]:
    """Moves that accept, decline or hold something that was asked of a team and waits."""
    found: set[str] = set()
    for _, item, _ in asked:
        asks = table.moves[state.sent(item.act).act.move].asks
        if asks is not None:
            found |= {asks.accept, asks.decline, table.base.holding}
    return frozenset(found)


def counted(state: State, side: Side) -> int:
    """Moves on a team's list that count towards its limit; holding notes do not."""
    return sum(1 for draft in state.team(side).drafts if draft.how != "holding")


def open_requests(state: State, side: Side) -> tuple[Waiting, ...]:
    """Requests in a team's inbox that can still be answered, with their numbers; a late answer is still an answer."""
    asked = {request.act: request for request in state.requests if request.status != "answered"}
    return tuple(
        [
            (number, item, asked[item.act])
            for number, item in enumerate(state.team(side).inbox if asked else (), 1)
            if item.act in asked and item.turn < max(state.turn, 1)
        ]
    )


def check_draft(state: State, table: Table, side: Side, draft: Draft, replacing: int | None = None) -> None:
    """Refuse a draft that can't be made, with a code, a sentence and a way out."""
    move = table.moves.get(draft.move)
    if move is None:
        near = nearest(draft.move, table.moves)
        raise ActionRefused(
            "move/unknown",
            "there is no move called {move!r}",
            hint="did you mean {near}?" if near else "pick a move from the list",
            move=draft.move[:LONGEST_NAME],
            near=near,
        )
    if not -3 <= draft.intent <= 3:
        raise ActionRefused("move/intent", "an intent lies between -3 and +3", hint="-3 is friendly, +3 hostile")
    if len(draft.text) > LONGEST_TEXT:
        raise ActionRefused(
            "move/text", "the text is longer than {most} characters", hint="shorten it", most=LONGEST_TEXT
        )
    _check_channel(state, table, draft, move)
    _check_trimmings(table, draft, move)
    _check_answer(state, table, side, draft, move, replacing)


def _check_channel(state: State, table: Table, draft: Draft, move: Move) -> None:
    """The channel exists, is open, and carries this move in this way."""
    channel = table.scenario.channels.get(draft.channel)
    if channel is None:
        near = nearest(draft.channel, table.scenario.channels)
        raise ActionRefused(
            "channel/unknown",
            "there is no channel called {channel!r}",
            hint="did you mean {near}?" if near else "pick a channel from the board",
            channel=draft.channel[:LONGEST_NAME],
            near=near,
        )
    name = channel.name
    if draft.channel in state.suspended:
        raise ActionRefused(
            "channel/suspended",
            "{channel} is suspended",
            hint="send it another way, or ask through the embassy to reopen it",
            channel=name,
        )
    if channel.kind not in move.over:
        open_now = open_channels(state, table, draft.move)
        instead = table.scenario.channels[open_now[0]].name if open_now else ""
        raise ActionRefused(
            "channel/unfit",
            "{channel} does not carry this move",
            hint="{instead} does" if instead else "choose another move",
            channel=name,
            instead=instead,
        )
    if draft.visibility not in move.visibility:
        raise ActionRefused(
            "move/visibility",
            "this move is always {visibility}",
            hint="send it as {visibility}",
            visibility=move.visibility[0],
        )
    if draft.visibility not in channel.visibility:
        raise ActionRefused(
            "channel/visibility",
            "{channel} carries only what is {visibility}",
            hint="choose another channel or visibility",
            channel=name,
            visibility=channel.visibility[0],
        )


def _check_trimmings(table: Table, draft: Draft, move: Move) -> None:
    """Terms, promise and the channel it is about fit the move."""
    for term in draft.terms:
        if term not in move.terms:
            raise ActionRefused(
                "move/term",
                "this move can't be made {term!r}",
                hint="leave the term out",
                term=term[:LONGEST_NAME],
            )
    if len(set(draft.terms)) != len(draft.terms):
        raise ActionRefused("move/term", "a term is given twice", hint="give each term once")
    if draft.promise is not None:
        commitment = table.commitments.get(draft.promise)
        if commitment is None or draft.move not in commitment.with_moves:
            raise ActionRefused("move/promise", "this move can't carry that promise", hint="leave the promise out")
    if move.about_channel and draft.about not in table.scenario.channels:
        raise ActionRefused("move/about", "say which channel this is about", hint="name a channel of the board")
    if draft.about is not None and draft.about not in table.scenario.channels:
        raise ActionRefused("move/about", "there is no such channel to be about", hint="name a channel of the board")


def _check_answer(state: State, table: Table, side: Side, draft: Draft, move: Move, replacing: int | None) -> None:
    """An answer answers something open, and in a way that the request allows."""
    if draft.answers is None:
        if move.only_as_answer or draft.how is not None:
            raise ActionRefused(
                "answer/nothing", "this only answers something that was asked", hint="choose the request it answers"
            )
        return
    request = next((asked for number, _, asked in open_requests(state, side) if number == draft.answers), None)
    if request is None:
        raise ActionRefused("answer/closed", "there is no open request of that number", hint="look at the inbox again")
    for place, other_draft in enumerate(state.team(side).drafts, 1):
        if other_draft.answers == draft.answers and place != replacing:
            raise ActionRefused(
                "answer/twice", "an answer to that is on the list", hint="revise it or withdraw it first"
            )
    asks = table.moves[state.sent(request.act).act.move].asks
    assert asks is not None
    wanted = {"accept": asks.accept, "decline": asks.decline, "holding": table.base.holding}
    if draft.how is None:
        raise ActionRefused("answer/how", "say how it answers", hint="accept, decline, counter or holding")
    if draft.how in wanted and draft.move != wanted[draft.how]:
        label = table.moves[wanted[draft.how]].label
        raise ActionRefused(
            "answer/move",
            "to {how} here means: {label}",
            hint="make the move {move}",
            how=draft.how,
            label=label,
            move=wanted[draft.how],
        )
    if draft.how == "counter" and move.only_as_answer:
        raise ActionRefused(
            "answer/counter", "a counter is a move of its own", hint="choose a move that offers or asks"
        )
