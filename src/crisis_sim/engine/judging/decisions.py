"""Decisions: what voices ask teams, what teams answer, and what follows of an answer, of none, and of a second none.

An answer stays its team's alone; what follows of it is carried out with the results of the turn, as an inject's effects
are. A turn that passes without an answer carries out what the decision says of that, once, and counts as a delay; at
the second the voice acts by itself. Nobody is late who could not answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import UnsetType

from crisis_sim.engine import events as e
from crisis_sim.engine.dealing_plans import DECISION
from crisis_sim.engine.judging.applied_effects import take_steps
from crisis_sim.engine.judging.at_home import VOICE, end_voice
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.state import State, Voice
from crisis_sim.rules.names import Side

PUBLIC_ANSWERS: Final = frozenset({"speak", "wait"})
"""What can become of a voice that everybody hears."""


def ask_for_decision(recorder: EventRecorder, inject: str) -> None:
    """An inject that asks for a decision has come: from its team's next moves on it can be answered."""
    plan = recorder.table.decisions.get(inject)
    if plan is not None:
        recorder.tell(e.VoiceRaised(plan.side, inject, visible=plan.side))


def asked_decisions(state: State, side: Side) -> Iterator[Voice]:
    """The decisions that a team is asked for in this turn and has not made, in the order in which they were asked."""
    for decision in state.voices:
        if decision.inject and decision.answer is None and decision.side == side and decision.turn <= state.turn:
            yield decision


def answer_decisions(recorder: EventRecorder, side: Side) -> None:
    """What a team does with its decisions is final for the turn."""
    for decision in tuple(asked_decisions(recorder.state, side)):
        answer = recorder.state.answered.get(f"{side}/{DECISION}{decision.inject}")
        if answer is not None:
            visible: e.Visible = "everyone" if answer in PUBLIC_ANSWERS else side
            recorder.tell(e.VoiceAnswered(side, answer, True, decision.inject, visible=visible))
        elif not decision.delays:
            recorder.tell(e.AnswerDelayed(side, decision.inject, visible=side))
        elif recorder.table.decisions[decision.inject].acts:
            recorder.tell(e.VoiceAnswered(side, "speak", False, decision.inject, visible="everyone"))
        else:
            recorder.tell(e.VoiceAnswered(side, "pass", False, decision.inject, visible=side))


def carry_out(recorder: EventRecorder, event: e.VoiceAnswered | e.AnswerDelayed) -> None:
    """What follows of an answer, of a turn without one, or of a voice that acts."""
    if isinstance(event.inject, UnsetType):
        if isinstance(event, e.VoiceAnswered):
            end_voice(recorder, event, event.answer if event.said else "unanswered")
        return
    inject, plan = event.inject, recorder.table.decisions[event.inject]
    if isinstance(event, e.AnswerDelayed):
        _follow(recorder, f"decision/{inject}/{plan.otherwise}", inject)
        if plan.at_home:
            end_voice(recorder, event, "delayed")
    elif event.answer in PUBLIC_ANSWERS:
        if event.answer == "speak":
            _follow(recorder, f"voice/{plan.voice}", plan.voice, VOICE)
            if event.said and not _decision_of(recorder, inject).delays:
                _follow(recorder, f"decision/{inject}/{plan.otherwise}", inject)
        if plan.at_home:
            end_voice(recorder, event, event.answer if event.said else "unanswered")
    elif event.said and not (event.answer == plan.otherwise and _decision_of(recorder, inject).delays):
        _follow(recorder, f"decision/{inject}/{event.answer}", inject)


def close_decisions(recorder: EventRecorder, side: Side) -> None:
    """At the close, whoever was asked to wait in the last turn has waited for nothing: that is a delay."""
    for decision in tuple(asked_decisions(recorder.state, side)):
        if not decision.delays:
            event = e.AnswerDelayed(side, decision.inject, visible=side)
            recorder.tell(event)
            carry_out(recorder, event)


def _decision_of(recorder: EventRecorder, inject: str) -> Voice:
    return next(voice for voice in recorder.state.voices if voice.inject == inject)


def _follow(recorder: EventRecorder, name: str, called: str, kind: str = "decision ") -> None:
    """Carry out effects, if there are any; the cause names no answer."""
    steps = recorder.table.follows.get(name)
    if steps is not None:
        place = recorder.table.place(f"{'voice' if kind == VOICE else 'inject'}/{called}")
        take_steps(recorder, steps, Cause(f"{kind}{called}", place))
