"""Translations of what people wrote, which the facilitator attaches where the two rooms read different languages.

They stand beneath the words and never in their place: otherwise the gap that is measured would be the language's.
"""

from __future__ import annotations

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.judging.event_recorder import EventRecorder
from crisis_sim.engine.state import Sent
from crisis_sim.errors import ActionRefused
from crisis_sim.text import clean


def translate(recorder: EventRecorder, action: a.TranslateAct | a.TranslateLine) -> None:
    """Attach a translation to an act's words or a line of a call, in the place of one that is there, or take it off."""
    text = clean(action.text, lines=True).strip()
    if len(text) > a.LONGEST_TEXT:
        raise ActionRefused("translation/length", most=a.LONGEST_TEXT)
    if isinstance(action, a.TranslateAct):
        sent = recorder.state.acts.get((action.side, action.turn, action.order))
        if sent is None or not sent.text:
            raise ActionRefused("translation/unknown")
        _check(text, sent.translation)
        recorder.tell(e.ActTranslated(sent.act.key, text, visible=_who_may_see(sent)))
        return
    exchanges = recorder.state.exchanges
    said = exchanges[action.exchange - 1].said if 0 < action.exchange <= len(exchanges) else ()
    if not 0 < action.line <= len(said):
        raise ActionRefused("translation/unknown")
    _check(text, said[action.line - 1].translation)
    recorder.tell(e.LineTranslated(action.exchange, action.line, text, visible="teams"))


def _check(text: str, before: str) -> None:
    """Refuse what changes nothing."""
    if text != before:
        return
    if text:
        raise ActionRefused("translation/same")
    raise ActionRefused("translation/none")


def _who_may_see(sent: Sent) -> e.Visible:
    """Who may see what an act says; where its receiver cannot make it out, its sender alone."""
    if sent.unclear is not None:
        return sent.act.side
    return "everyone" if sent.act.visibility == "public" else "teams"
