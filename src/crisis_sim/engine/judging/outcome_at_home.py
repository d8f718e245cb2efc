"""The outcome at home: what became of the people at risk is held for and against both teams when all is over."""

from __future__ import annotations

from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.outcomes import outcome_of
from crisis_sim.rules.names import SIDES


def judge_outcome(recorder: EventRecorder) -> None:
    """Move standing by what became of the people whom tracks count, then keep it under where a loss lets it end."""
    table, most = recorder.table, None
    settings = table.base.standing.outcome
    for track in table.scenario.tracks if settings is not None else ():
        came = outcome_of(recorder.state, table, track)
        if came is None or settings is None:
            continue
        at = table.place(f"track/{track}")
        for side in SIDES:
            recorder.stand(side, came.lost * settings.lost, Cause("people lost", at))
            if side in came.withheld:
                recorder.stand(side, came.lost * settings.withheld, Cause("help withheld", at))
            if side in came.seen:
                recorder.stand(side, came.saved * settings.saved, Cause("people saved", at))
        if came.is_loss:
            top = settings.after_half if came.is_half else settings.after_loss
            most = top if most is None else min(most, top)
    if most is not None:
        for side in SIDES:
            over = recorder.numbers("standing")[side] - most
            if over > 0:
                recorder.stand(side, -over, Cause("after a loss", table.place("base/standing")))
