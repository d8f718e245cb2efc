"""Forecasts whose answer is known beforehand."""

from __future__ import annotations

from crisis_sim.authoring.lints.found import Found
from crisis_sim.authoring.lints.walks import minutes


def forecasts_are_open(found: Found) -> None:
    """What is forecast may come true and may not; the first turn that is forecast is the second."""
    for place, forecast in enumerate(found.scenario.forecasts):
        spot = found.source.key_spot("forecasts", place, "happens")
        never = []
        always = True
        for length, world in found.worlds.items():
            halves = [half for turn, half in world.moments(acts=True) if turn > 1]
            if halves and not any(world.may(forecast.happens, half) for half in halves):
                never.append(length)
            always = always and bool(halves) and all(world.must(forecast.happens, half) for half in halves)
        if never and not found.asks_in_vain(forecast.happens):
            said = f"the forecast '{forecast.id}' can never come true in a session of {minutes(never)}"
            hint = "ask about something that the other team can do in one turn"
            found.warn(spot, said, "forecast-never", hint)
        if always:
            said = f"the forecast '{forecast.id}' always comes true, so no forecast of it says anything"
            found.warn(spot, said, "forecast-always", "ask about something that the other team may leave undone")
