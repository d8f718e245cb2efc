"""How well a side foresaw the other, and knew what it wanted: Brier's score, its parts, its skill, and the logarithmic
score of forecasts; of purposes of calls, the share of guesses that were right.

Brier 1950, "Verification of forecasts expressed in terms of probability"; Murphy 1973, "A new vector partition of the
probability score", for the parts; Good 1952 for the logarithmic score. Small numbers of forecasts say little: the count
stands beside every score. Ickes 1993, "Empathic accuracy", for a guess of what the other has in mind, scored by whether
it fits; there are four purposes, so that one guess in four is right by chance alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from crisis_sim.engine.state import State
from crisis_sim.engine.table import GameTable
from crisis_sim.engine.views.record_opened import brier, brier_of, call_facts
from crisis_sim.engine.views.shared_facts import BeliefFacts
from crisis_sim.measures.sums import error_of_mean, natural_log
from crisis_sim.rules.names import SIDES, Side, other


class DueForecast(NamedTuple):
    """One forecast that has come due."""

    id: str
    turn: int
    """The turn that it was for."""
    chance: int
    """0–100."""
    happened: bool


ENOUGH: Final = 10
"""Forecasts of a side below which nothing is said of them as a whole."""
MARGIN: Final = 2
"""Standard errors within which a difference may be noise."""


class Foresight(NamedTuple):
    """A side's forecasts, scored."""

    side: Side
    forecasts: tuple[DueForecast, ...]
    brier: Fraction | None
    """(1/N) Σ(f − o)²: 0 is perfect, 0.25 is what always saying 50 gets, 1 is always certain and wrong."""
    reliability: Fraction | None
    """(1/N) Σₖ nₖ(fₖ − ōₖ)²: how far chances lie from what followed on them; 0 is best."""
    resolution: Fraction | None
    """(1/N) Σₖ nₖ(ōₖ − ō)²: how far what followed on different chances lies apart; more is better."""
    uncertainty: Fraction | None
    """ō(1 − ō): how hard it was. Brier is reliability − resolution + uncertainty."""
    skill: Fraction | None
    """1 − Brier / 0.25: above 0, better than always saying 50."""
    skill_error: Fraction | None
    """Standard error of the skill, from what each forecast gained or lost on saying 50; None for fewer than two."""
    log_score: Fraction | None
    """−(1/N) Σ ln f(what happened), f within 0.01 and 0.99; less is better."""

    @property
    def beats_even_odds(self) -> bool | None:
        """It did better or worse than always saying 50; None where that may be noise, or there are too few."""
        if self.skill is None or self.skill_error is None or len(self.forecasts) < ENOUGH:
            return None
        return self.skill > 0 if abs(self.skill) > MARGIN * self.skill_error else None


def brier_by(beliefs: Sequence[BeliefFacts], side: Side) -> Fraction | None:
    """The score of a side's belief; None where it said nothing."""
    return next((brier_of(belief) for belief in beliefs if belief.side == side), None)


def foresight(state: State, side: Side) -> Foresight:
    """The forecasts of `side`."""
    forecasts = tuple(DueForecast(*fields) for fields in state.team(side).scored)
    score = brier([(forecast.chance, forecast.happened) for forecast in forecasts])
    if score is None:
        return Foresight(side, (), None, None, None, None, None, None, None)
    squares = [(forecast.chance - 100 * forecast.happened) ** 2 for forecast in forecasts]
    total = sum(forecast.happened for forecast in forecasts)
    rate = Fraction(total, len(forecasts))
    groups: dict[int, list[DueForecast]] = {}
    for forecast in forecasts:
        groups.setdefault(forecast.chance, []).append(forecast)
    reliability = resolution = Fraction(0)
    for chance, group in groups.items():
        followed = sum(forecast.happened for forecast in group)
        reliability += Fraction((len(group) * chance - 100 * followed) ** 2, 100**2 * len(group))
        resolution += Fraction((followed * len(forecasts) - total * len(group)) ** 2, len(group) * len(forecasts) ** 2)
    return Foresight(
        side=side,
        forecasts=forecasts,
        brier=score,
        reliability=reliability / len(forecasts),
        resolution=resolution / len(forecasts),
        uncertainty=rate * (1 - rate),
        skill=1 - score / Fraction(1, 4),
        skill_error=None if (spread := error_of_mean(squares)) is None else spread / (100**2 * Fraction(1, 4)),
        log_score=-Fraction(sum(_log(_of_what_happened(forecast)) for forecast in forecasts), _FINE * len(forecasts)),
    )


def _of_what_happened(forecast: DueForecast) -> int:
    """The chance that was given to what came, in percent, within 1 and 99."""
    return min(max(forecast.chance if forecast.happened else 100 - forecast.chance, 1), 99)


_FINE: Final = 10**9


@cache
def _log(percent: int) -> int:
    """ln of a chance of 1 to 99 percent, in billionths."""
    return int(natural_log(Fraction(percent, 100)) * _FINE)


class PurposesGuessed(NamedTuple):
    """A side's guesses of what the other wanted of calls."""

    side: Side
    """Who guessed."""
    calls: int
    """Calls of which it guessed, and the other said what it wanted."""
    right: int

    @property
    def share(self) -> Fraction | None:
        """Right ones of all; None without a call."""
        return Fraction(self.right, self.calls) if self.calls else None


def purposes_guessed(state: State, table: GameTable) -> tuple[PurposesGuessed, ...]:
    """Both sides; nobody where nobody was asked."""
    if table.calls is None:
        return ()
    measures = []
    for side in SIDES:
        pairs = [(call.guesses[side], call.purposes[other(side)]) for call in call_facts(state, table)]
        full_pairs = [(guess, wanted) for guess, wanted in pairs if guess is not None and wanted is not None]
        measures.append(PurposesGuessed(side, len(full_pairs), sum(guess == wanted for guess, wanted in full_pairs)))
    return tuple(measures)
