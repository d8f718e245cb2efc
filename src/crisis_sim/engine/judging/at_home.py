"""Footing at home: what voices there ask, what public words bind to, what is expected of calls, and how all that ends.

A team that stands low must answer a hard voice, and one that stands high may give way once; what a voice asks is told
to its team alone, and whether it was let speak or asked to wait is known abroad, of both sides in the same words. Rules
say what binds a pledge and what settles it; that is carried out once a turn and not act by act, so that the order in
which acts are judged changes no standing. What a side wanted of a call is sealed and moves nothing: home hears of a
call that was announced or of which an account was published, and looks at what came of it by the end of the next turn.
When all is over, what became of the people at risk is held for and against both teams.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.moment_facts import arrived_in
from crisis_sim.engine.outcomes import outcome_of
from crisis_sim.engine.state import Exchange, Pledge, Sent, State
from crisis_sim.engine.table import GameTable
from crisis_sim.numbers import ONE, scale
from crisis_sim.rules.effects import PLEDGE_ENDS, Settle
from crisis_sim.rules.names import SIDES, AnswerKind, Side, other

VOICE: Final = "voice "
"""What a trace calls the end of a hard voice begins so."""


def raise_voices(recorder: EventRecorder) -> None:
    """At the opening of a turn: whoever stands low has a voice to answer in it."""
    settings = recorder.table.base.standing.voice if recorder.table.voice else None
    if settings is None:
        return
    for side in SIDES:
        if recorder.numbers("standing")[side] < settings.under:
            recorder.tell(e.VoiceRaised(side, visible=side))


def asks(state: State, side: Side) -> bool:
    """A hard voice waits for a team's answer."""
    for voice in reversed(state.voices):
        if voice.turn < state.turn:
            break
        if voice.side == side and voice.answer is None and not voice.inject and voice.turn == state.turn:
            return True
    return False


def answer_voice(recorder: EventRecorder, side: Side) -> None:
    """What a team does with its hard voice is final: as it said, or met by what it does in public, or nothing."""
    frame = recorder.state
    if asks(frame, side):
        meets = recorder.table.voice["meet"]
        is_met = any(draft.visibility == "public" and draft.move in meets for draft in frame.team(side).drafts)
        answer = frame.answered.get(f"{side}/")
        if answer == "speak" or answer == "wait":
            recorder.tell(e.VoiceAnswered(side, answer, True, visible="everyone"))
        elif is_met:
            recorder.tell(e.VoiceAnswered(side, "meet", True, visible=side))
        else:
            recorder.tell(e.VoiceAnswered(side, "speak", False, visible="everyone"))


def end_voice(recorder: EventRecorder, event: e.VoiceAnswered | e.AnswerDelayed, name: str) -> None:
    """Carry out what a voice that was met, that spoke, that waits or was let wait does at home and abroad."""
    settings = recorder.table.base.standing.voice
    assert settings is not None, "without it no voice is raised"
    ends = {
        "meet": settings.met,
        "speak": settings.speaks,
        "wait": settings.waits,
        "unanswered": settings.unanswered,
        "delayed": settings.delayed,
    }
    end = ends[name]
    cause = Cause(f"{VOICE}{name}", recorder.table.place("base/standing"), event.side)
    recorder.move_standing(event.side, end.standing, cause)
    recorder.raise_tension(end.tension, cause)


def is_spared(recorder: EventRecorder, side: Side, act: e.ActKey | None) -> bool:
    """What an act of its own would cost a team at home is spared, where it stood high as the turn was judged.

    Once a session; of that act then all that it costs.
    """
    settings, spared, facts = recorder.table.base.standing.concession, recorder.state.spared, recorder.trial_facts
    if settings is None or facts is None or act is None or act[0] != side:
        return False
    if any(key[0] == side for key in spared):
        return act in spared
    if facts.state.standing[side] <= settings.over:
        return False
    recorder.tell(e.ConcessionSpared(side, act, recorder.table.place("base/standing"), visible=side))
    return True


def judge_outcome(recorder: EventRecorder) -> None:
    """Move standing by what became of the people whom tracks count, then keep it under where a loss lets it end."""
    table, limit = recorder.table, None
    settings = table.base.standing.outcome
    for track in table.scenario.tracks if settings is not None else ():
        came = outcome_of(recorder.state, table, track)
        if came is None or settings is None:
            continue
        place = table.place(f"track/{track}")
        for side in SIDES:
            recorder.move_standing(side, came.lost * settings.lost, Cause("people lost", place))
            if side in came.withheld:
                recorder.move_standing(side, came.lost * settings.withheld, Cause("help withheld", place))
            if side in came.seen:
                recorder.move_standing(side, came.saved * settings.saved, Cause("people saved", place))
        if came.is_loss:
            top = settings.after_half if came.is_half else settings.after_loss
            limit = top if limit is None else min(limit, top)
    if limit is not None:
        for side in SIDES:
            excess = recorder.numbers("standing")[side] - limit
            if excess > 0:
                recorder.move_standing(side, -excess, Cause("after a loss", table.place("base/standing")))


def settle_pledges(recorder: EventRecorder, only: Pledge | None = None) -> None:
    """Settle what rules have said of pledges; of several ways to settle one, the first that counts."""
    settling, recorder.settling = recorder.settling, []
    ranks = list(PLEDGE_ENDS)
    settling.sort(key=lambda entry: ranks.index(entry[0].how))
    for item, cause in settling:
        for side in cause.sides(item.whose):
            for pledge in recorder.state.pledges:
                if (
                    pledge.side == side
                    and pledge.how is None
                    and pledge.pledge in item.pledge
                    and only in (None, pledge)
                ):
                    _settle(recorder, pledge, item, cause)


def bind_pledges(recorder: EventRecorder) -> None:
    """Bind teams at home to what they have said in public this turn."""
    words_given, recorder.words_given = recorder.words_given, []
    for item, cause in words_given:
        assert cause.sender is not None and cause.act is not None
        pledge = next((pledge for pledge in recorder.state.pledges if pledge.binds(cause.sender, item.pledge)), None)
        stake = item.stake if pledge is None else max(item.stake, pledge.stake) + item.again
        bound = e.PledgeBound(
            visible="everyone",
            side=cause.sender,
            pledge=item.pledge,
            act=cause.act,
            stake=min(item.most, stake),
            due=recorder.state.turn + item.turns,
            rule=cause.rule,
            at=cause.place,
        )
        recorder.tell(bound)


def due_pledges(state: State, last: int) -> list[Pledge]:
    """Pledges whose time has run; at the close, all that still bind."""
    return [
        pledge for pledge in state.pledges if pledge.how is None and (pledge.due <= state.turn or state.turn == last)
    ]


def _settle(recorder: EventRecorder, pledge: Pledge, item: Settle, cause: Cause) -> None:
    is_first = not any(
        (other_pledge.side, other_pledge.pledge, other_pledge.how) == (pledge.side, pledge.pledge, item.how)
        for other_pledge in recorder.state.pledges
    )
    settled = e.PledgeSettled(
        visible="everyone",
        side=pledge.side,
        pledge=pledge.pledge,
        given=pledge.act,
        how=item.how,
        rule=cause.rule,
        at=cause.place,
        act=cause.act,
    )
    recorder.tell(settled)
    if item.costs and not is_spared(recorder, pledge.side, cause.act):
        recorder.move_standing(pledge.side, -scale(pledge.stake, item.costs), cause)
    if item.wins and is_first:
        recorder.move_standing(pledge.side, item.wins, cause, item.most)


class CallResult(Struct, frozen=True):
    """What came of a call by the end of the next turn."""

    requests: tuple[e.ActKey, ...]
    """What was asked and is now accepted; another call is none of it."""
    promises: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.requests or self.promises)


def call_result(state: State, table: GameTable, exchange: Exchange) -> CallResult:
    """What came of an exchange in the turn after it, or was promised in the call itself."""
    due_turn = exchange.turn + 1
    agreed = [
        request.act
        for request in state.requests
        if request.how == "accept"
        and state.sent(request.answer or request.act).arrived == due_turn
        and not table.moves[state.sent(request.act).act.move].exchange
    ]
    promised = [
        promise.commitment
        for promise in state.promises
        if promise.turn == due_turn or promise.act in (exchange.request, exchange.answer)
    ]
    return CallResult(tuple(agreed), tuple(dict.fromkeys(promised)))


def is_public_at_home(state: State, exchange: Exchange) -> bool:
    """Home has heard of an exchange: asked for or agreed to in public, or an account was published."""
    return exchange.result is not None or any(state.sent(key).act.visibility == "public" for key in exchange.acts)


def is_call(table: GameTable, move: str, answer: AnswerKind | None, asked_move: str | None) -> bool:
    """A move asks for a call or meeting, or agrees to the one that was asked for."""
    if answer == "accept":
        return asked_move is not None and table.moves[asked_move].exchange
    return table.moves[move].exchange and answer != "decline" and answer != "holding"


def judge_calls(recorder: EventRecorder, state: State) -> None:
    """Look at the calls whose time has run, at the close at all; then hear what was announced in this turn.

    What is said in the turn in which home looks, before which `state` stood, moves nothing of what it expected.
    """
    table, settings = recorder.table, recorder.table.calls
    assert settings is not None
    place, expected = table.place("base/channels"), state.expectation
    for number, exchange in enumerate(state.exchanges, 1):
        is_due = exchange.turn == state.turn - 1 or exchange.turn == state.turn == table.turns
        if not is_due or not is_public_at_home(state, exchange):
            continue
        came = bool(call_result(state, table, exchange))
        recorder.tell(e.CallJudged(number, came, visible="everyone"))
        for side in SIDES:
            difference = (ONE if came else 0) - expected[side]
            recorder.move_standing(side, scale(settings.standing, difference), Cause("a call", place))
            now = recorder.numbers("expectation")[side]
            recorder.shift("expectation", side, settings.expects - now, Cause("a call", place))
    for side in SIDES:
        for read in arrived_in(state, other(side)):
            if _announces(state, table, state.acts[read.act]):
                recorder.expect(side, settings.announced, Cause("a call announced", place, side, read.act))


def _announces(state: State, table: GameTable, sent: Sent) -> bool:
    """An act asks for a call in public, or agrees to one so."""
    act = sent.act
    if act.visibility != "public":
        return False
    asked_move = None if act.answers is None else state.sent(act.answers).act.move
    return is_call(table, act.move, act.answer, asked_move)
