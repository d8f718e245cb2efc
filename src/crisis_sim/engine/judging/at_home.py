"""Footing at home: a team that stands low there must answer a hard voice, and one that stands high may give way once.

What a voice asks is told to its team alone; whether it was let speak or asked to wait is known abroad, of both sides in
the same words.
"""

from __future__ import annotations

from typing import Final

from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.engine.state import State
from crisis_sim.rules.names import SIDES, Side

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
    for of in reversed(state.voices):
        if of.turn < state.turn:
            break
        if of.side == side and of.answer is None and not of.inject and of.turn == state.turn:
            return True
    return False


def answer_voice(recorder: EventRecorder, side: Side) -> None:
    """What a team does with its hard voice is final: as it said, or met by what it does in public, or nothing."""
    frame = recorder.frame
    if asks(frame, side):
        meets = recorder.table.voice["meet"]
        is_met = any(each.visibility == "public" and each.move in meets for each in frame.team(side).drafts)
        said = frame.answered.get(f"{side}/")
        if said == "speak" or said == "wait":
            recorder.tell(e.VoiceAnswered(side, said, True, visible="everyone"))
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
    recorder.stand(event.side, end.standing, cause)
    recorder.heat(end.tension, cause)


def is_spared(recorder: EventRecorder, side: Side, act: e.ActKey | None) -> bool:
    """What an act of its own would cost a team at home is spared, where it stood high as the turn was judged.

    Once a session; of that act then all that it costs.
    """
    settings, spared, tried = recorder.table.base.standing.concession, recorder.frame.spared, recorder.tried
    if settings is None or tried is None or act is None or act[0] != side:
        return False
    if any(key[0] == side for key in spared):
        return act in spared
    if tried.state.standing[side] <= settings.over:
        return False
    recorder.tell(e.ConcessionSpared(side, act, recorder.table.place("base/standing"), visible=side))
    return True
