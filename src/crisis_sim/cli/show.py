"""`crisis-sim show`: scenarios, rule packs, moves and sessions as text; what is a spoiler comes only when asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Final, Literal

from typer import Argument, Option

from crisis_sim.authoring.graph import graph_of
from crisis_sim.authoring.graph_text import dot, mermaid
from crisis_sim.authoring.preview import Preview
from crisis_sim.authoring.salami import SalamiPath, SmallSteps
from crisis_sim.authoring.schema import pack_with_base
from crisis_sim.authoring.stats import Reading, SessionLength, Stats, stats_of
from crisis_sim.cli.answer import answer, markdown_prose, prose, table
from crisis_sim.cli.exemplary import PREFIX
from crisis_sim.cli.explanation import (
    explain_in_packs,
    explain_name,
    explanation_rows,
    names_in_packs,
    scenarios_with,
    shipped_materials,
)
from crisis_sim.cli.language import language, say
from crisis_sim.cli.language import language as spoken
from crisis_sim.cli.logs import find_log
from crisis_sim.cli.preview import inject_rows
from crisis_sim.cli.session_words import log_rows
from crisis_sim.cli.shared_options import complete_scenarios_and_logs, complete_scenarios_and_packs
from crisis_sim.cli.verbs import as_started
from crisis_sim.content.finding import scenario_file
from crisis_sim.content.listings import list_packs, list_scenarios
from crisis_sim.content.load import is_scenario, load_material
from crisis_sim.content.material import Material, titles_by_id
from crisis_sim.content.scenario import Team
from crisis_sim.content.source_reader import SourceReader
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.numbers import points_text
from crisis_sim.pages.briefing_blocks import assumed_text
from crisis_sim.playtest.efforts import TurnEffort, turn_efforts
from crisis_sim.playtest.policies import POLICIES
from crisis_sim.problems import Problems, nearest
from crisis_sim.rules.authored import Text
from crisis_sim.rules.keys import CONTEXT
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import SIDES as BOTH
from crisis_sim.rules.names import Language, other
from crisis_sim.rules.pack import Pack, Rule
from crisis_sim.wording import _
from crisis_sim.wording.explain import explain, outcomes
from crisis_sim.wording.labels import DIFFICULTIES, FAMILIES, SIDES


def show(
    names: Annotated[
        list[str],
        Argument(
            metavar="NAME",
            help="Scenarios, rule packs, moves, words or logs, by name or by path.",
            autocompletion=complete_scenarios_and_logs,
        ),
    ],
    within: Annotated[
        str | None,
        Option(
            "--in",
            metavar="SCENARIO",
            help="Say of each NAME in this scenario and its packs, or in this pack, what sets it, who reads it and what"
            " ends it.",
            autocompletion=complete_scenarios_and_packs,
        ),
    ] = None,
    spoilers: Annotated[
        bool, Option("--spoilers", help="Also what only the facilitator may know: private briefs, lines, injects.")
    ] = False,
    paths: Annotated[
        bool,
        Option(
            "--paths", help="For a scenario: small acts that fill a pink line before a red one. Takes a few seconds."
        ),
    ] = False,
    stats: Annotated[
        Literal["text", "json"] | None,
        Option(
            help="For a scenario: its numbers, for people or for programs. What there is to read, what comes when, how"
            " long a session takes, what is in play."
        ),
    ] = None,
    graph: Annotated[
        Literal["plan", "lines"] | None,
        Option(
            help="For a scenario: its injects in time and what they wait for, or what presses and crosses its lines,"
            " for a program that draws."
        ),
    ] = None,
    form: Annotated[
        Literal["mermaid", "dot"],
        Option("--format", help="Of a graph: text for Mermaid, which can stand in Markdown pages, or for Graphviz."),
    ] = "mermaid",
) -> int:
    """Read about scenarios, rule packs, moves, words of the rules, bots or sessions.

    What one team must not know of the other is left out, unless you ask for it with --spoilers, --paths, --stats,
    --graph or --in.

    Times in --stats are estimates. Who reads alone reads 238 English words or 300 Chinese characters a minute, a team
    together 180 or 300. A session takes what the plan in the facilitator's handbook says and what its turns bring, and
    three minutes more for each talk that is held. What a turn asks of a team is counted over sessions of bots; letters,
    arrows and the curtain come on top.
    """
    for place, name in enumerate(names):
        if within:
            rows = _asked_rows(within, name)
        elif stats:
            rows = stats_rows(name, stats)
        elif graph:
            rows = iter([_graph(name, graph, form)])
        else:
            rows = path_rows(name) if paths else _shown(name)(spoilers)
        answer(("\n" if place else "") + "\n".join(rows))
    return 0


def _graph(scenario: str, subject: Literal["plan", "lines"], form: Literal["mermaid", "dot"]) -> str:
    """A scenario as text that another program draws. Raises UnreadableInput, ProblemsFound."""
    whole = graph_of(load_material(scenario), language())
    return (mermaid if form == "mermaid" else dot)(whole.plan() if subject == "plan" else whole.lines()).rstrip("\n")


def _shown(name: str) -> Callable[[bool], Iterator[str]]:
    """What shows the thing of this name. Raises UnreadableInput."""
    if name.endswith(".jsonl"):
        return partial(log_rows, find_log(name))
    pack = _pack_file(name)
    if pack is not None:
        return partial(_pack_rows, pack)
    try:
        return partial(_scenario_rows, scenario_file(name))
    except UnreadableInput:
        if name in _catalogue():
            return partial(_move_rows, name)
    try:
        return partial(log_rows, find_log(name))
    except UnreadableInput:
        words = {*POLICIES, *(word for material in shipped_materials() for word in names_in_packs(material))}
        words |= {rule.id for rule in _shipped_rules()}
        if name in words:
            return partial(_word_rows, name)
        if around := scenarios_with(name):
            return partial(_elsewhere_rows, name, around)
        titled = {listing.title.en: listing.id for listing in (*list_packs(), *list_scenarios())}
        titled |= {move.label.en: id for id, move in _catalogue().items()}
        suggestions = {**titled, **{id: id for id in (*titled.values(), *sorted(words))}}
        near = nearest(name, suggestions)
        hint = (
            Sentence("did you mean {known}?", known=suggestions[near])
            if near
            else Sentence("`crisis-sim list` shows what there is")
        )
        sentence = Sentence("nothing is called '{name}': no scenario, pack, move, word or log", name=name[:60])
        raise UnreadableInput("usage/name", sentence, hint=hint) from None


def _asked_rows(within: str, name: str) -> Iterator[str]:
    """What a scenario and its packs, or a pack, say of a name, with spoilers. Raises UnreadableInput, ProblemsFound."""
    pack = _pack_file(within)
    material = load_material(scenario_file(within)) if pack is None else pack_with_base(pack)
    if rules := [rule for rule in material.rules if rule.id == name]:
        yield from _rules(rules, _names(material))
        return
    for explanation in explain_name(material, name, scenario=pack is None):
        yield from explanation_rows(explanation)


def _pack_file(name: str) -> Path | None:
    """The file of a shipped pack, by its id, or a file of YAML that is no scenario."""
    shipped = {pack.id: pack.path for pack in list_packs()}
    if name in shipped:
        return shipped[name]
    is_file = name.endswith((".yaml", ".yml")) and Path(name).is_file()
    return Path(name) if is_file and not is_scenario(Path(name), SourceReader(Problems())) else None


def _word_rows(name: str, spoilers: bool) -> Iterator[str]:
    """A word: which bot it is, and what the packs say of it, or of who reads it."""
    if name in POLICIES:
        yield prose(say("{name} is a bot: {says}", name=name, says=say(POLICIES[name].summary)))
    yield from _rules([rule for rule in _shipped_rules() if rule.id == name], _names(shipped_materials()[0]))
    for explanation in explain_in_packs(shipped_materials(), name):
        yield from explanation_rows(explanation)
    yield from _elsewhere_rows(name, scenarios_with(name), spoilers)


def _shipped_rules() -> Iterable[Rule]:
    return {rule.id: rule for material in shipped_materials() for rule in material.rules}.values()


def _elsewhere_rows(name: str, scenarios: list[str], spoilers: bool) -> Iterator[str]:
    """Where more is to be had."""
    if scenarios:
        words = {"name": name, "scenarios": say(", ").join(scenarios)}
        yield prose(say("{name} stands in these scenarios, of which --in tells more: {scenarios}", **words))


def _in(text: Text) -> str:
    """A text in the reader's language."""
    return text.in_(language())


def _names(material: Material) -> Mapping[str, str]:
    """What ids stand for in the reader's language."""
    return titles_by_id(material, language())


def _catalogue() -> Mapping[str, Move]:
    """The moves of every shipped pack and of the first scenario, by id."""
    return {name: move for material in shipped_materials() for name, move in material.moves.items()}


def _move_rows(name: str, spoilers: bool) -> Iterator[str]:
    """A move of the catalogue."""
    move, names = _catalogue()[name], _names(shipped_materials()[0])

    def listed(idents: Iterable[str]) -> str:
        return say(", ").join(say("{name} ({id})", name=names[ident], id=ident) for ident in idents)

    yield say("{name} ({id})", name=_in(move.label), id=name)
    yield prose(_in(move.does))
    yield prose(
        say(
            "family {family}, severity {severity} of 5, {visibility}",
            family=say(FAMILIES[move.family]),
            severity=move.severity,
            visibility=say(" or ").join(map(say, move.visibility)),
        ),
        2,
    )
    weight, standing = points_text(move.weight, signed=True), points_text(move.standing, signed=True)
    yield prose(say("weight {weight}, standing {standing} when public", weight=weight, standing=standing), 2)
    yield prose(
        say(
            "costliness {costliness}, face threat {face} of 3, ambiguity {ambiguity}, {illocution}",
            costliness=points_text(move.costliness),
            face=move.face_threat,
            ambiguity=points_text(move.ambiguity),
            illocution=say(move.illocution, CONTEXT),
        ),
        2,
    )
    yield prose(say("goes over {channels}", channels=listed(move.over)), 2)
    if move.asks is not None:
        asks = move.asks
        yes, no = listed([asks.accept]), listed([asks.decline])
        yield prose(say("asks for an answer: {yes} accepts, {no} declines", yes=yes, no=no), 2)
        if asks.stands is not None:
            yield prose(say("asks for none while {fact} holds", fact=listed([asks.stands.under])), 2)
    if move.only_as_answer:
        yield prose(say("only answers what was asked"), 2)
    if move.terms:
        yield prose(say("can be put so: {terms}", terms=listed(move.terms)), 2)
    yield prose(say("why this weight: {source}", source=move.source.in_(language())), 2)
    yield from ("", *_word_rows(name, spoilers))


def _pack_rows(file: Path, spoilers: bool) -> Iterator[str]:
    """A rule pack: what it holds, its rules in words, and its guardrails. Raises ProblemsFound."""
    material = pack_with_base(file)
    yield from _pack(material.packs[-1], _names(material))


def _pack(pack: Pack, names: Mapping[str, str]) -> Iterator[str]:
    yield say("{name} ({id})", name=_in(pack.title), id=pack.id)
    yield prose(_in(pack.says))
    yield prose(say("Source: {source}", source=_in(pack.source)))
    if pack.moves:
        yield say(
            "{n} move; `crisis-sim show MOVE` tells about one",
            plural="{n} moves; `crisis-sim show MOVE` tells about one",
            n=len(pack.moves),
        )
        yield table(
            [(move_id, points_text(move.weight, signed=True), _in(move.label)) for move_id, move in pack.moves.items()],
            2,
        )
    if pack.without:
        yield say("leaves out: {rules}", rules=say(", ").join(pack.without))
    yield say("{n} rule:", plural="{n} rules:", n=len(pack.rules))
    yield from _rules(pack.rules, names)
    if pack.guardrails:
        yield say("Guardrails:")
        yield from (prose(f"- {_in(guardrail)}", 2) for guardrail in pack.guardrails)


def _rules(rules: Iterable[Rule], names: Mapping[str, str]) -> Iterator[str]:
    """Each rule with its condition and its effects in words."""
    for rule in rules:
        yield prose(say("{id} ({kind}): {says}", id=rule.id, kind=say(rule.kind), says=_in(rule.says)), 2)
        yield prose(say("when {condition}", condition=explain(rule.when, names, language())), 6)
        yield prose(say("then {effects}", effects=say(", ").join(outcomes(rule.then, names, language()))), 6)


def _scenario_rows(file: Path, spoilers: bool) -> Iterator[str]:
    """A scenario: what anybody may know; with `spoilers` what the facilitator knows."""
    material = load_material(file)
    scenario = material.scenario
    comma = say(", ")
    lengths = comma.join(
        say(
            "{length} minutes ({n} turn)",
            plural="{length} minutes ({n} turns)",
            length=length,
            n=len(scenario.turns) if turns == "all" else len(turns),
        )
        for length, turns in sorted(scenario.lengths.items())
    )
    yield say("{name} ({id})", name=_in(scenario.title), id=scenario.id)
    yield prose(_in(scenario.says))
    yield from ("", _in(scenario.handling), say("Lengths: {lengths}", lengths=lengths))
    if scenario.difficulty is not None:
        yield say("Difficulty: {difficulty}", difficulty=say(DIFFICULTIES[scenario.difficulty]))
    if scenario.example is not None:
        example = say("An exemplary session: `crisis-sim replay {log}`", log=f"{PREFIX}{file.parent.name}")
        yield as_started(example)
    yield say("Languages: {languages}", languages=comma.join(scenario.languages))
    yield say("Rules: {packs}", packs=comma.join(pack.id for pack in material.packs))
    for team in (scenario.teams.us, scenario.teams.china):
        yield from ("", _in(team.name), prose(_in(team.part), 2))
        yield from (prose(f"- {_in(aim)}", 2) for aim in team.aims) if spoilers else ()
    yield from ("", say("Channels:"))
    yield table(
        [(_in(channel.name), f"{channel.readiness}%", _in(channel.says)) for channel in scenario.channels.values()], 2
    )
    yield from ("", say("At stake:"))
    yield table(
        [
            (
                _in(track.name),
                say("{value} {unit}", value=points_text(track.start), unit=_in(track.unit)),
                _in(track.says),
            )
            for track in scenario.tracks.values()
            if spoilers or track.of is None
        ],
        2,
    )
    if scenario.assumes is not None:
        assumed = assumed_text(scenario.assumes.as_of, [_in(assumption) for assumption in scenario.assumes.says], say)
        yield from ("", prose(markdown_prose(assumed)))
    yield from ("", say("Public brief:"), prose(markdown_prose(material.text(scenario.brief, language()))))
    if spoilers:
        yield from _spoilers(material)
    else:
        yield ""
        yield say(
            "{n} inject, private briefs and lines: --spoilers shows them",
            plural="{n} injects, private briefs and lines: --spoilers shows them",
            n=len(scenario.msel),
        )


def _spoilers(material: Material) -> Iterator[str]:
    scenario = material.scenario
    yield from ("", say("Facilitator's guide:"), prose(markdown_prose(material.text(scenario.guide, language()))))
    names = _names(material)
    for team in (scenario.teams.us, scenario.teams.china):
        name = _in(team.name)
        yield from (
            "",
            say("{team}, private brief:", team=name),
            prose(markdown_prose(material.text(team.brief, language()))),
            *([prose(markdown_prose(material.text(team.sounds, language())))] if team.sounds is not None else []),
        )
        yield from ("", say("{team}, lines:", team=name), *_lines(team, names))
    preview = Preview(material, max(scenario.lengths), language())
    yield from ("", say("Injects:"))
    for inject in sorted(scenario.msel, key=lambda inject: inject.at):
        yield from ("", *inject_rows(preview.inject(inject.id)))
    yield from ("", say("For the hotwash:"))
    yield from (prose(f"- {_in(question.ask)}", 2) for question in scenario.hotwash)


def _lines(team: Team, names: Mapping[str, str]) -> Iterator[str]:
    for line in team.lines:
        sentence = say(
            "{kind}, {concern}: {says}", kind=say(line.kind), concern=names[line.concern], says=_in(line.says)
        )
        if line.leads_to:
            sentence = say("{line} (leads to {other})", line=sentence, other=names[line.leads_to])
        yield prose(f"- {sentence}", 2)


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
    for side in BOTH:
        team, steps = material.scenario.teams.team_of(side), SmallSteps(material, side)
        for line in team.lines:
            if line.kind == "red":
                heading = say("{team}: {says} ({id})", team=_in(team.name), says=_in(line.says), id=line.id)
                yield from ("", prose(heading))
                path = steps.path(line.id)
                yield from _path(material, path) if path is not None else ["  " + say("no such path was found")]


def _path(material: Material, path: SalamiPath) -> Iterator[str]:
    yield "  " + say(
        "through {line}, in turn {turn} of a session of {length} minutes:",
        line=path.through,
        turn=path.turn,
        length=path.length,
    )
    rows, assets = [], material.scenario.teams.team_of(other(path.owner)).assets
    for step in path.steps:
        asset = f" – {_in(assets[step.asset].name)}" if step.asset else ""
        terms = "".join(f" – {_in(material.terms[term].says)}" for term in step.terms)
        old_pressure, new_pressure, limit = map(points_text, (step.start, step.end, path.limit))
        when = say("turn {turn}, T+{hour}h", turn=step.turn, hour=step.hour)
        pressure = say("{before} → {after} of {limit}", before=old_pressure, after=new_pressure, limit=limit)
        rows.append((when, pressure, f"{_in(material.moves[step.move].label)}{asset}{terms}"))
    yield table(rows, 2)


_FAMILIES: Final = (
    *(_("contact"), _("reassure"), _("cooperate"), _("restrain")),
    *(_("inform"), _("protest"), _("coerce"), _("force")),
)
"""Families of moves, by their ids."""


def stats_rows(scenario: str, form: Literal["text", "json"]) -> Iterator[str]:
    """A scenario in numbers, as rows or as one JSON object. Raises UnreadableInput, ProblemsFound."""
    material = load_material(scenario)
    stats, efforts = stats_of(material, "en" if form == "json" else spoken()), turn_efforts(material)
    if form == "json":
        plain = {**stats._asdict(), "efforts": efforts}
        yield json.dumps({key: _plain(value) for key, value in plain.items()}, ensure_ascii=False, indent=2)
    else:
        yield from _stats_rows(stats, efforts)


def _plain(value: object) -> object:
    """Named tuples as objects, minutes with one decimal."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _plain(inner) for key, inner in value._asdict().items()}
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return round(value, 1) if isinstance(value, float) else value


def _stats_rows(stats: Stats, efforts: Sequence[TurnEffort]) -> Iterator[str]:
    comma = say(", ")
    yield from (stats.title, "", say("To read:"))
    rows = [
        (say(reading.text), say(reading.audience), *(_amount(reading, language) for language in reading.words))
        for reading in stats.readings
    ]
    yield table(rows, 2)
    for session in stats.sessions:
        yield from ("", *_session(session, [effort for effort in efforts if effort.length == session.length]))
    if stats.by_hand:
        yield from ("", prose(say("released by hand or by an effect: {injects}", injects=comma.join(stats.by_hand))))
    families = comma.join(say("{n} {what}", n=n, what=say(family)) for family, n in stats.families.items())
    yield from (
        "",
        say("In play: {moves} moves, {rules} rules", moves=stats.moves, rules=stats.rules),
        prose(families, 2),
    )
    if stats.stuck:
        yield prose(say("no channel can carry: {moves}", moves=comma.join(stats.stuck)), 2)
    yield from (
        "  " + say("{side}: {pink} pink and {red} red lines", side=say(SIDES[side]), pink=pink, red=red)
        for side, (pink, red) in stats.lines.items()
    )
    yield from ("", say("Channels:"))
    yield table(
        [
            (channel.id, f"{channel.readiness}%", say("{n} move", plural="{n} moves", n=channel.moves), channel.name)
            for channel in stats.channels
        ],
        2,
    )
    yield from ("", say("Languages:"))
    for coverage in stats.coverage:
        words = {"language": coverage.language, "written": coverage.written, "all": coverage.texts}
        yield "  " + say("{language}: {written} of {all} texts written", **words)


def _amount(reading: Reading, language: Language) -> str:
    if not reading.words[language]:
        return say("not written")
    return say(
        "{words:,} words, {minutes:.1f} min" if language == "en" else "{words:,} characters, {minutes:.1f} min",
        words=reading.words[language],
        minutes=reading.minutes[language],
    )


def _session(session: SessionLength, efforts: Sequence[TurnEffort]) -> Iterator[str]:
    comma = say(", ")
    yield say(
        "{length} minutes planned: {least:.0f} to {most:.0f} estimated, {briefs:.1f} of them for the briefs",
        length=session.length,
        least=session.minimum,
        most=session.maximum,
        briefs=session.briefs,
    )
    if session.explained:
        yield "  " + say("{minutes:.1f} more where the briefs are explained", minutes=session.explained)
    for effort in efforts:
        screens = say("both teams at one screen") if effort.one_table else say("each team at its own screen")
        yield "  " + say(
            "{where}, a team and turn: {keys:.0f} keys, {decisions:.0f} decisions, {minutes:.0f} minutes",
            where=screens,
            keys=effort.keys,
            decisions=effort.decisions,
            minutes=effort.minutes.get(spoken(), effort.minutes["en"]),
        )
    rows = []
    for turn in session.turns:
        comes = comma.join(turn.timed) or say("nothing new")
        if turn.contingent:
            comes = say("{injects}; may come: {others}", injects=comes, others=comma.join(turn.contingent))
        rows.append((say("turn {n}", n=turn.number), say("T+{hour}h", hour=turn.hour), comes))
    yield table(rows, 2)
