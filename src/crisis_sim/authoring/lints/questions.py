"""Questions that have nothing to hold on to: forecasts whose answer is known beforehand, and those of the hotwash."""

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


def questions_are_moored(found: Found) -> None:
    """What each question is about can be on record, and some question recalls an inject."""
    scenario, moves = found.scenario, found.material.moves
    sent = {name for name, ways in found.ways.items() if ways}
    possible = {
        "readouts": any(moves[name].exchange for name in sent),
        "silence": any(moves[name].asks for name in sent),
        "commitments": any(sent.intersection(promise.with_moves) for promise in found.material.commitments.values()),
    }
    reason = {
        "readouts": "no move that can be sent here makes an exchange",
        "silence": "no move that can be sent here asks for an answer",
        "commitments": "no promise can be made here",
    }
    for place, question in enumerate(scenario.hotwash):
        if not possible.get(question.about, True):
            said = (
                f"this question is about {question.about}, and there will be none on record: {reason[question.about]}"
            )
            spot = found.source.spot("hotwash", place, "about")
            found.warn(spot, said, "question-empty", "ask about something else that is on record")
    injects = {inject.id for inject in scenario.msel}
    if not any(injects.intersection(question.recalls) for question in scenario.hotwash):
        said = "no question of the hotwash recalls an inject, so nothing leads the talk back to what happened"
        hint = "give a question the injects that it is about: recalls: [inject-id]"
        found.warn(found.source.key_spot("hotwash"), said, "question-unmoored", hint)
