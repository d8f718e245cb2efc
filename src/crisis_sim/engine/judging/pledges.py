"""Pledges: public words that a team is held to at home, what settles them, and what that costs or wins there.

Rules say what binds and what settles; here it is carried out, once a turn and not act by act, so that the order in
which acts are judged changes no standing. What is settled was given in an earlier turn, or its time has run.
"""

from __future__ import annotations

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.at_home import is_spared
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.state import Pledge, State
from crisis_sim.numbers import scale
from crisis_sim.rules.effects import PLEDGE_ENDS, Settle


def settle_pledges(recorder: EventRecorder, only: Pledge | None = None) -> None:
    """Settle what rules have said of pledges; of several ways to settle one, the first that counts."""
    settling, recorder.settling = recorder.settling, []
    ranks = list(PLEDGE_ENDS)
    settling.sort(key=lambda said: ranks.index(said[0].how))
    for item, cause in settling:
        for side in cause.sides(item.whose):
            for kept in recorder.frame.pledges:
                if kept.side == side and kept.how is None and kept.pledge in item.pledge and only in (None, kept):
                    _settle(recorder, kept, item, cause)


def give_words(recorder: EventRecorder) -> None:
    """Bind teams at home to what they have said in public this turn."""
    given, recorder.words_given = recorder.words_given, []
    for item, cause in given:
        assert cause.sender is not None and cause.act is not None
        kept = next((each for each in recorder.frame.pledges if each.binds(cause.sender, item.pledge)), None)
        stake = item.stake if kept is None else max(item.stake, kept.stake) + item.again
        bound = e.PledgeBound(
            visible="everyone",
            side=cause.sender,
            pledge=item.pledge,
            act=cause.act,
            stake=min(item.most, stake),
            due=recorder.frame.turn + item.turns,
            rule=cause.rule,
            at=cause.at,
        )
        recorder.tell(bound)


def due_pledges(state: State, last: int) -> list[Pledge]:
    """Pledges whose time has run; at the close, all that still bind."""
    return [kept for kept in state.pledges if kept.how is None and (kept.due <= state.turn or state.turn == last)]


def _settle(recorder: EventRecorder, kept: Pledge, item: Settle, cause: Cause) -> None:
    is_first = not any(
        (each.side, each.pledge, each.how) == (kept.side, kept.pledge, item.how) for each in recorder.frame.pledges
    )
    settled = e.PledgeSettled(
        visible="everyone",
        side=kept.side,
        pledge=kept.pledge,
        given=kept.act,
        how=item.how,
        rule=cause.rule,
        at=cause.at,
        act=cause.act,
    )
    recorder.tell(settled)
    if item.costs and not is_spared(recorder, kept.side, cause.act):
        recorder.stand(kept.side, -scale(kept.stake, item.costs), cause)
    if item.wins and is_first:
        recorder.stand(kept.side, item.wins, cause, item.most)
