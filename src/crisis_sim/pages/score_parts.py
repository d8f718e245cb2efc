"""Numbers with their words: tracks, tension, forecasts that came due."""

from __future__ import annotations

from collections.abc import Iterable

from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.engine.sight.parts import ForecastScoreFacts, ScoreFacts, TrackFacts
from crisis_sim.pages.phrases import clock_word
from crisis_sim.pages.seat_parts import ForecastScore, ScoreView, TrackView
from crisis_sim.pages.telling import in_language
from crisis_sim.rules.names import Language


def track_views(tracks: Iterable[TrackFacts], dossier: Dossier, language: Language) -> tuple[TrackView, ...]:
    """What is at stake."""
    return tuple(_track(track, dossier, language) for track in tracks)


def _track(track: TrackFacts, dossier: Dossier, language: Language) -> TrackView:
    of = dossier.tracks[track.id]
    return TrackView(
        id=track.id,
        name=in_language(of.name, language),
        unit=in_language(of.unit, language),
        value=track.value,
        least=of.least,
        most=of.most,
        good=of.good,
        runs_out=of.runs_out,
        change=track.change,
        word=track_word(dossier, track.id, track.value, language),
    )


def track_word(dossier: Dossier, track: str, value: int, language: Language) -> str:
    """What is left of a clock; empty for a track that is none."""
    of = dossier.tracks[track]
    return clock_word(language, value - of.least, of.most - of.least) if of.runs_out else ""


def score_view(score: ScoreFacts, dossier: Dossier, language: Language) -> ScoreView:
    """The scores, with the word for the stretch of tension that they are in."""
    rungs = [rung for rung in dossier.rungs if rung.at <= score.tension] or dossier.rungs[:1]
    return ScoreView(
        tension=score.tension,
        rung=in_language(rungs[-1].name, language),
        curve=score.curve,
        sides=score.sides,
    )


def forecast_scores(
    scores: Iterable[ForecastScoreFacts], dossier: Dossier, language: Language
) -> tuple[ForecastScore, ...]:
    """Forecasts that have come due."""
    return tuple(
        ForecastScore(
            ask=in_language(dossier.forecasts[score.id], language),
            turn=score.turn,
            chance=score.chance,
            happened=score.happened,
        )
        for score in scores
    )
