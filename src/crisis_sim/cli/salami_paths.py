"""Small acts that lead to a red line, as `show --paths` tells them."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.authoring.salami import SalamiPath, salami_path
from crisis_sim.cli.answer import prose, table
from crisis_sim.cli.language import language, say
from crisis_sim.content.finding import scenario_file
from crisis_sim.content.load import load_material
from crisis_sim.content.material import Material
from crisis_sim.numbers import points_text
from crisis_sim.rules.authored import Text
from crisis_sim.rules.names import SIDES, other


def path_rows(name: str) -> Iterator[str]:
    """For each red line of a scenario, small acts that lead to it. Raises UnreadableInput for no scenario."""
    material = load_material(scenario_file(name))
    yield say("{name} ({id})", name=_in(material.scenario.title), id=material.scenario.id)
    yield prose(
        say(
            "Small acts that together fill a pink line, so that its owner concludes that the other side is coming for"
            " the red line behind it: none is forceful, none crosses a line. Nobody reads them, and nothing else is"
            " done. Such paths are what pink lines are for; this is how far apart the two sides stand."
        )
    )
    for side in SIDES:
        team = material.scenario.teams.of(side)
        for line in team.lines:
            if line.kind == "red":
                says = say("{team}: {says} ({id})", team=_in(team.name), says=_in(line.says), id=line.id)
                yield from ("", prose(says))
                path = salami_path(material, side, line.id)
                yield from _path(material, path) if path is not None else ["  " + say("no such path was found")]


def _path(material: Material, path: SalamiPath) -> Iterator[str]:
    yield "  " + say(
        "through {line}, in turn {turn} of a session of {length} minutes:",
        line=path.through,
        turn=path.turn,
        length=path.length,
    )
    rows, things = [], material.scenario.teams.of(other(path.owner)).assets
    for step in path.steps:
        thing = f" – {_in(things[step.asset].name)}" if step.asset else ""
        terms = "".join(f" – {_in(material.terms[term].says)}" for term in step.terms)
        before, after, limit = map(points_text, (step.before, step.after, path.limit))
        when = say("turn {turn}, T+{hour}h", turn=step.turn, hour=step.hour)
        pressure = say("{before} → {after} of {limit}", before=before, after=after, limit=limit)
        rows.append((when, pressure, f"{_in(material.moves[step.move].label)}{thing}{terms}"))
    yield table(rows, 2)


def _in(text: Text) -> str:
    return text.in_(language())
