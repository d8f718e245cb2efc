"""The parts of a view that every seat has: where the session stands, what is at stake, what happened, what to do."""

from __future__ import annotations

from typing import Any

from crisis_sim.content.scenario import Files
from crisis_sim.engine.actions import Seat
from crisis_sim.engine.feed import feed_for
from crisis_sim.engine.keeping import fixed, kept
from crisis_sim.engine.phases import waiting_for
from crisis_sim.engine.phrases import now_phrase, say, sides
from crisis_sim.engine.sight_hotwash import hotwash_view, score_view, track_views
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.view_parts import ScoreView
from crisis_sim.rules.names import Language


def common_parts(state: State, table: Table, seat: Seat, language: Language) -> dict[str, Any]:  # Any: fields of a view
    """The fields of `Common` by name."""
    open_meanings = state.phase in {"hotwash", "closed"}
    return {
        **_told_beforehand(table, language),
        "seat": seat,
        "language": language,
        "session": table.session,
        "phase": state.phase,
        "turn": state.turn,
        "turns": table.turns,
        "hour": state.hour,
        "next_hour": state.ends,
        "paused": state.paused,
        "waiting_for": waiting_for(state),
        "bots": tuple([name for name, (occupant, _) in state.seats.items() if occupant == "bot"]),
        "minutes": table.minutes + state.extra_minutes,
        "now": _now(state, table, seat, language),
        "tracks": track_views(state, table, language),
        "feed": feed_for(state, table, seat, language),
        "score": _score(state, table, seat, language, open_meanings),
        "hotwash": hotwash_view(state, table, language) if open_meanings else None,
    }


def _score(state: State, table: Table, seat: Seat, language: Language, open_meanings: bool) -> ScoreView | None:
    """The scores that a seat may know: what sealed readings have moved is its side's own until the hotwash."""
    if seat == "facilitator" or open_meanings:
        return score_view(state, table, language)
    if table.show == "own":
        return None
    return score_view(state, table, language, (seat,) if seat in ("us", "china") else ())


@fixed
def _told_beforehand(table: Table, language: Language) -> dict[str, str]:
    """What everybody is told before play and does not change."""
    scenario = table.scenario
    return {
        "title": scenario.title.in_(language),
        "handling": scenario.handling.in_(language),
        "public_brief": file_text(table, scenario.brief, language),
    }


def file_text(table: Table, files: Files, language: Language) -> str:
    """A long text in a language, or in English where it has not been written."""
    name = (files.zh or files.en) if language == "zh" else files.en
    return table.material.texts[name]


@kept("phase", "paused", "us.committed", "china.committed")
def _now(state: State, table: Table, seat: Seat, language: Language) -> str:
    """What a seat does now, in a sentence."""
    waiting = waiting_for(state)
    names = sides(language, waiting)
    if state.phase == "closed":
        return say(language, "now-closed")
    if state.paused:
        return say(language, "now-paused")
    if seat == "observer":
        return say(language, "watching")
    if seat == "facilitator":
        if waiting != ("facilitator",):
            return say(language, "white-waiting", waiting=names)
        phase = state.phase if state.phase in {"briefing", "situation", "results", "closing", "hotwash"} else "results"
        return say(language, f"white-{phase}")
    limits = table.scenario.moves_a_turn
    phrase = now_phrase(state.phase, state.team(seat).committed)
    if table.second_order and phrase in {"now-briefing", "now-closing"}:
        phrase += "-second"
    return say(language, phrase, least=limits.least, most=limits.most, waiting=names)
