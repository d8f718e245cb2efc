"""Scenarios, rule packs, moves and sessions as rows of text; what is a spoiler comes only when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from crisis_sim.cli.answer import prose, table
from crisis_sim.content.listings import list_packs, list_scenarios
from crisis_sim.content.material import Material
from crisis_sim.content.reader import Reader
from crisis_sim.content.ready import ready_material
from crisis_sim.content.scenario import Inject, Team
from crisis_sim.numbers import shown
from crisis_sim.plain.prose import prose as markdown
from crisis_sim.problems import Problems
from crisis_sim.rules.names import SIDES
from crisis_sim.rules.pack import Move, Pack
from crisis_sim.wording.explain import explain

if TYPE_CHECKING:
    from crisis_sim.authoring.salami import Salami


@cache
def _materials() -> tuple[Material, ...]:
    """The first shipped scenario under every shipped pack that is no base, so that each pack is in one of them."""
    first = ready_material(list_scenarios()[0].path)
    base = next(pack.id for pack in first.packs if pack.base is not None)
    others = [pack.id for pack in list_packs() if pack.id != base]
    return tuple(ready_material(list_scenarios()[0].path, [base, other]) for other in others) or (first,)


def catalogue() -> Mapping[str, Move]:
    """The moves of every shipped pack and of the first scenario, by id."""
    return {name: move for material in _materials() for name, move in material.moves.items()}


def move_rows(name: str, spoilers: bool) -> Iterator[str]:
    """A move of the catalogue."""
    move = catalogue()[name]
    yield f"{move.label.en} ({name})"
    yield prose(move.does.en)
    yield f"  family {move.family}, severity {move.severity} of 5, {' or '.join(move.visibility)}"
    yield f"  weight {shown(move.weight, signed=True)}, standing {shown(move.standing, signed=True)} when public"
    signal = (
        f"costliness {shown(move.costliness)}, face threat {move.face_threat} of 3, ambiguity {shown(move.ambiguity)}"
    )
    yield f"  {signal}, {move.illocution}"
    yield prose(f"goes over {', '.join(move.over)}", 2)
    if move.asks is not None:
        yield f"  asks for an answer: {move.asks.accept} accepts, {move.asks.decline} declines"
    if move.only_as_answer:
        yield "  only answers what was asked"
    if move.terms:
        yield prose(f"can be put so: {', '.join(move.terms)}", 2)
    yield prose(f"why this weight: {move.source}", 2)


def pack_rows(name: str, spoilers: bool) -> Iterator[str]:
    """A rule pack: what it holds, its rules with their conditions in words, and its guardrails."""
    yield from _pack(next(pack for material in _materials() for pack in material.packs if pack.id == name))


def pack_file_rows(file: Path, spoilers: bool) -> Iterator[str]:
    """The same of a pack in a file. Raises ProblemsFound."""
    problems = Problems()
    pack = Reader(problems).pack(file)
    problems.raise_errors()
    assert pack is not None
    yield from _pack(pack.model)


def _pack(pack: Pack) -> Iterator[str]:
    yield f"{pack.title.en} ({pack.id})"
    yield prose(pack.says.en)
    yield prose(f"Source: {pack.source}")
    if pack.moves:
        yield f"{len(pack.moves)} moves; `crisis-sim show MOVE` tells about one"
        yield table(
            [(move_id, shown(move.weight, signed=True), move.label.en) for move_id, move in pack.moves.items()], 2
        )
    if pack.without:
        yield f"leaves out: {', '.join(pack.without)}"
    yield f"{len(pack.rules)} rules:"
    yield from _rules(pack)
    if pack.guardrails:
        yield "Guardrails:"
        yield from (prose(f"- {guardrail.en}", 2) for guardrail in pack.guardrails)


def _rules(pack: Pack) -> Iterator[str]:
    for rule in pack.rules:
        yield prose(f"{rule.id} ({rule.kind}): {rule.says.en}", 2)
        yield prose(f"when {explain(rule.when)}", 6)


def scenario_rows(file: Path, spoilers: bool) -> Iterator[str]:
    """A scenario: what anybody may know; with `spoilers` what the facilitator knows."""
    material = ready_material(file)
    scenario = material.scenario
    lengths = ", ".join(
        f"{length} minutes ({len(scenario.turns) if turns == 'all' else len(turns)} turns)"
        for length, turns in sorted(scenario.lengths.items())
    )
    yield f"{scenario.title.en} ({scenario.id})"
    yield prose(scenario.says.en)
    yield from ("", scenario.handling.en, f"Lengths: {lengths}", f"Languages: {', '.join(scenario.languages)}")
    yield f"Rules: {', '.join(pack.id for pack in material.packs)}"
    for side in ("us", "china"):
        team = scenario.teams.us if side == "us" else scenario.teams.china
        yield from ("", team.name.en, prose(team.part.en, 2))
        yield from (prose(f"- {aim.en}", 2) for aim in team.aims) if spoilers else ()
    yield from ("", "Channels:")
    yield table([(of.name.en, f"{of.readiness}%", of.says.en) for of in scenario.channels.values()], 2)
    yield from ("", "At stake:")
    yield table([(of.name.en, f"{shown(of.start)} {of.unit.en}", of.says.en) for of in scenario.tracks.values()], 2)
    yield from ("", "Public brief:", prose(markdown(material.text(scenario.brief, "en"))))
    if spoilers:
        yield from _spoilers(material)
    else:
        yield from ("", f"{len(scenario.msel)} injects, private briefs and lines: --spoilers shows them")


def _spoilers(material: Material) -> Iterator[str]:
    scenario = material.scenario
    yield from ("", "Facilitator's guide:", prose(markdown(material.text(scenario.guide, "en"))))
    for team in (scenario.teams.us, scenario.teams.china):
        yield from ("", f"{team.name.en}, private brief:", prose(markdown(material.text(team.brief, "en"))))
        yield from ("", f"{team.name.en}, lines:", *_lines(team))
    yield from ("", "Injects:")
    for inject in scenario.msel:
        yield from _inject(inject)
    yield from ("", "For the hotwash:")
    yield from (prose(f"- {question.ask.en}", 2) for question in scenario.hotwash)


def _lines(team: Team) -> Iterator[str]:
    for line in team.lines:
        leads = f" (leads to {line.leads_to})" if line.leads_to else ""
        yield prose(f"- {line.kind}, {line.concern}: {line.says.en}{leads}", 2)


def path_rows(file: Path) -> Iterator[str]:
    """For each red line of a scenario, small acts that together cross it."""
    from crisis_sim.authoring.salami import salami_path

    material = ready_material(file)
    yield f"{material.scenario.title.en} ({material.scenario.id})"
    yield prose(
        "Small acts that together cross a red line: none is forceful, none crosses a line alone. Nobody reads them, and"
        " nothing else is done. Such paths are what pink lines are for; this is how far apart the two sides stand."
    )
    for side in SIDES:
        team = material.scenario.teams.of(side)
        for line in team.lines:
            if line.kind == "red":
                yield from ("", prose(f"{team.name.en}: {line.says.en} ({line.id})"))
                path = salami_path(material, side, line.id)
                yield from _path(material, path) if path is not None else ["  no such path was found"]


def _path(material: Material, path: Salami) -> Iterator[str]:
    yield f"  through {path.through}, in turn {path.turn} of a session of {path.length} minutes:"
    rows = []
    for step in path.steps:
        terms = "".join(f" – {material.terms[term].says.en}" for term in step.terms)
        pressure = f"{shown(step.before)} → {shown(step.after)} of {shown(path.limit)}"
        rows.append((f"turn {step.turn}, T+{step.hour}h", pressure, f"{material.moves[step.move].label.en}{terms}"))
    yield table(rows, 2)


def _inject(inject: Inject) -> Iterator[str]:
    how = " by hand" if inject.by_hand else ""
    yield prose(f"T+{inject.at}h{how}. {inject.title.en} ({inject.id}), to {inject.to}", 2)
    same = inject.text.us.en == inject.text.china.en
    texts = [("", inject.text.us.en)] if same else [("US: ", inject.text.us.en), ("China: ", inject.text.china.en)]
    yield from (prose(f"{who}{text}", 6) for who, text in texts)
    if inject.when is not None:
        yield prose(f"only if: {explain(inject.when)}", 6)
    yield prose(f"the US may read it so: {inject.reads_as.us.en}", 6)
    yield prose(f"China may read it so: {inject.reads_as.china.en}", 6)
    yield prose(f"for you: {inject.note.en}", 6)


def log_rows(log: Path, spoilers: bool) -> Iterator[str]:
    """A session: what it was begun with, who plays it and how far it got."""
    from crisis_sim.cli.sessions import local_time
    from crisis_sim.cli.summary import hotwash_lines, players
    from crisis_sim.engine.sight.dossiers import dossier_for
    from crisis_sim.engine.sight.seats import view_for
    from crisis_sim.pages import page_for
    from crisis_sim.session.replay import replay

    played = replay(log)
    header, state = played.log.header, played.state
    table = played.table
    view = page_for(view_for(state, table, "facilitator"), dossier_for(table, "facilitator"))
    yield f"{view.title}: {header.length} minutes, seed {header.seed}, session {header.session}"
    yield f"begun {local_time(header.started)} with crisis-sim {header.app}; teams see {header.show}"
    if header.parent is not None:
        yield f"a branch of session {header.parent.session}, from entry {header.parent.seq}"
    yield "; ".join(f"{name} {who}" for name, who in players(state))
    yield f"{len(played.log.entries)} entries; turn {view.turn} of {view.turns}, {view.phase}"
    yield from (f"note: {notice.sentence}" for notice in played.log.notices())
    if view.hotwash is not None:
        yield from ("", *hotwash_lines(view.hotwash))
    elif spoilers and view.score is not None:
        yield f"tension {shown(view.score.tension)}, {view.score.rung}"
