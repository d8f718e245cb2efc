"""What people call the things of a scenario and its packs, by id. Decides nothing; an id without a name stays an id."""

from __future__ import annotations

from crisis_sim.content.material import Material
from crisis_sim.rules.names import SIDES, Language


def titles(material: Material, language: Language) -> dict[str, str]:
    """Names by id of moves, channels, tracks, injects and forecasts, in `language` or else in English.

    Lines, facts, terms and promises have sentences rather than names; those are `sentences`.
    """
    scenario = material.scenario
    found = {name: move.label.in_(language) for name, move in material.moves.items()}
    found |= {name: channel.name.in_(language) for name, channel in scenario.channels.items()}
    found |= {name: track.name.in_(language) for name, track in scenario.tracks.items()}
    return found | {inject.id: inject.title.in_(language) for inject in scenario.msel}


def sentences(material: Material, language: Language) -> dict[str, str]:
    """What each line, fact, promise and forecast says, by `kind/id` (`line/face`, `fact/host-unable`)."""
    scenario = material.scenario
    found: dict[str, str] = {}
    for side in SIDES:
        found |= {f"line/{line.id}": line.says.in_(language) for line in scenario.teams.of(side).lines}
    found |= {f"fact/{name}": fact.says.in_(language) for name, fact in material.facts.items()}
    found |= {f"fact/{name}": fact.says.in_(language) for name, fact in scenario.facts.items()}
    found |= {f"commitment/{name}": promise.says.in_(language) for name, promise in material.commitments.items()}
    return found | {f"forecast/{forecast.id}": forecast.ask.in_(language) for forecast in scenario.forecasts}
