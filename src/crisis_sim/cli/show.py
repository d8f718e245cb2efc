"""`crisis-sim show`: scenarios, rule packs, moves and sessions as text; what is a spoiler comes only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from crisis_sim.cli.answer import answer, prose, table
from crisis_sim.cli.exemplary import PREFIX
from crisis_sim.cli.explanation import asked_rows, scenarios_with, told_in, told_in_packs
from crisis_sim.cli.language import language, say
from crisis_sim.cli.prose_lines import prose as markdown
from crisis_sim.cli.salami_paths import path_rows
from crisis_sim.cli.verbs import as_started
from crisis_sim.content.listings import list_packs, list_scenarios
from crisis_sim.engine.inject_times import inject_plan
from crisis_sim.errors import Sentence, UnreadableInput
from crisis_sim.numbers import points_text
from crisis_sim.pages.briefing_blocks import assumed_text
from crisis_sim.pages.plan_blocks import after_words, again_words
from crisis_sim.problems import Problems, nearest
from crisis_sim.rules.keys import CONTEXT
from crisis_sim.text import braces_filled
from crisis_sim.wording.labels import DIFFICULTIES, FAMILIES

if TYPE_CHECKING:
    from crisis_sim.content.material import Material
    from crisis_sim.content.scenario import Inject, Team
    from crisis_sim.rules.authored import Text
    from crisis_sim.rules.move import Move
    from crisis_sim.rules.pack import Pack, Rule


def show(
    names: Annotated[
        list[str], Argument(metavar="NAME...", help="Scenarios, rule packs, moves, words or logs, by name or by path.")
    ],
    within: Annotated[
        str | None,
        Option(
            "--in",
            metavar="SCENARIO",
            help="Say of each NAME in this scenario and its packs, or in this pack, what sets it, who reads it and what"
            " ends it.",
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
) -> int:
    """Read about scenarios, rule packs, moves, words of the rules, bots or sessions.

    What one team must not know of the other is left out, unless you ask for it with --spoilers, --paths or --in.
    """
    for place, name in enumerate(names):
        rows = _asked_rows(within, name) if within else path_rows(name) if paths else _shown(name)(spoilers)
        answer(("\n" if place else "") + "\n".join(rows))
    return 0


def _shown(name: str) -> Callable[[bool], Iterator[str]]:
    """What shows the thing of this name. Raises UnreadableInput."""
    from crisis_sim.cli import lexicon
    from crisis_sim.cli.logs import log_named
    from crisis_sim.cli.session_words import log_rows
    from crisis_sim.content.finding import scenario_file

    if name.endswith(".jsonl"):
        return partial(log_rows, log_named(name))
    packs = [pack.id for pack in list_packs()]
    if name in packs:
        return partial(_pack_rows, name)
    if name in _catalogue():
        return partial(_with_readers, name, _move_rows)
    if _is_pack_file(name):
        return partial(_pack_file_rows, Path(name))
    try:
        return partial(_scenario_rows, scenario_file(name))
    except UnreadableInput:
        pass
    try:
        return partial(log_rows, log_named(name))
    except UnreadableInput:
        words = lexicon.names()
        if name in words:
            return partial(_with_readers, name, lexicon.word_rows)
        if around := scenarios_with(name):
            return partial(_elsewhere_rows, name, around)
        titled = {listing.title.en: listing.id for listing in (*list_packs(), *list_scenarios())}
        titled |= {move.label.en: id for id, move in _catalogue().items()}
        known = {**titled, **{id: id for id in (*titled.values(), *sorted(words))}}
        near = nearest(name, known)
        hint = (
            Sentence("did you mean {known}?", known=known[near])
            if near
            else Sentence("`crisis-sim list` shows what there is")
        )
        what = Sentence("nothing is called '{name}': no scenario, pack, move, word or log", name=name[:60])
        raise UnreadableInput("usage/name", what, hint=hint) from None


def _asked_rows(within: str, name: str) -> Iterator[str]:
    """What a scenario and its packs, or a pack, say of a name, with spoilers. Raises UnreadableInput, ProblemsFound."""
    from crisis_sim.authoring.schema import pack_with_base
    from crisis_sim.content.finding import scenario_file
    from crisis_sim.content.load import load_material

    shipped = {pack.id: pack.path for pack in list_packs()}
    pack = shipped.get(within) or (Path(within) if _is_pack_file(within) else None)
    material = load_material(scenario_file(within)) if pack is None else pack_with_base(pack)
    if rules := [rule for rule in material.rules if rule.id == name]:
        yield from _rules(rules, _names(material))
        return
    for told in told_in(material, name, scenario=pack is None):
        yield from asked_rows(told)


def _is_pack_file(name: str) -> bool:
    """A file of YAML that is no scenario."""
    from crisis_sim.content.load import is_scenario
    from crisis_sim.content.source_reader import SourceReader

    is_file = name.endswith((".yaml", ".yml")) and Path(name).is_file()
    return is_file and not is_scenario(Path(name), SourceReader(Problems()))


def _with_readers(name: str, rows: Callable[[str, bool], Iterator[str]], spoilers: bool) -> Iterator[str]:
    """A move or a word, and what the packs say of who reads it."""
    yield from rows(name, spoilers)
    for told in told_in_packs(_materials(), name):
        yield from ("", *asked_rows(told))
    yield from _elsewhere_rows(name, scenarios_with(name), spoilers)


def _elsewhere_rows(name: str, scenarios: list[str], spoilers: bool) -> Iterator[str]:
    """Where more is to be had."""
    if scenarios:
        words = {"name": name, "scenarios": say(", ").join(scenarios)}
        yield prose(say("{name} stands in these scenarios, of which --in tells more: {scenarios}", **words))


def _in(text: Text) -> str:
    """A text in the reader's language."""
    return text.in_(language())


@cache
def _materials() -> tuple[Material, ...]:
    """The first shipped scenario under every shipped pack that is no base, so that each pack is in one of them."""
    from crisis_sim.content.load import load_material

    first = load_material(list_scenarios()[0].path)
    base = next(pack.id for pack in first.packs if pack.base is not None)
    others = [pack.id for pack in list_packs() if pack.id != base]
    return tuple(load_material(list_scenarios()[0].path, [base, other]) for other in others) or (first,)


def _names(of: Material | Pack) -> Mapping[str, str]:
    """What ids stand for in the reader's language; of a pack, also those of the packs that it may be used with."""
    from crisis_sim.content.material import Material, named

    found: dict[str, str] = {}
    if not isinstance(of, Material):
        for pack in (pack for material in _materials() for pack in material.packs):
            found |= named(pack, language())
    return found | named(of, language())


def _catalogue() -> Mapping[str, Move]:
    """The moves of every shipped pack and of the first scenario, by id."""
    return {name: move for material in _materials() for name, move in material.moves.items()}


def _move_rows(name: str, spoilers: bool) -> Iterator[str]:
    """A move of the catalogue."""
    move, names = _catalogue()[name], _names(_materials()[0])

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


def _pack_rows(name: str, spoilers: bool) -> Iterator[str]:
    """A rule pack: what it holds, its rules with their conditions in words, and its guardrails."""
    yield from _pack(next(pack for material in _materials() for pack in material.packs if pack.id == name))


def _pack_file_rows(file: Path, spoilers: bool) -> Iterator[str]:
    """The same of a pack in a file. Raises ProblemsFound."""
    from crisis_sim.content.source_reader import SourceReader

    problems = Problems()
    pack = SourceReader(problems).pack(file)
    problems.raise_errors()
    assert pack is not None
    yield from _pack(pack.model)


def _pack(pack: Pack) -> Iterator[str]:
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
    yield from _rules(pack.rules, _names(pack))
    if pack.guardrails:
        yield say("Guardrails:")
        yield from (prose(f"- {_in(guardrail)}", 2) for guardrail in pack.guardrails)


def _rules(rules: Iterable[Rule], names: Mapping[str, str]) -> Iterator[str]:
    """Each rule with its condition and its effects in words."""
    from crisis_sim.wording.explain import explain, outcomes

    for rule in rules:
        yield prose(say("{id} ({kind}): {says}", id=rule.id, kind=say(rule.kind), says=_in(rule.says)), 2)
        yield prose(say("when {condition}", condition=explain(rule.when, names, language())), 6)
        yield prose(say("then {effects}", effects=say(", ").join(outcomes(rule.then, names, language()))), 6)


def _scenario_rows(file: Path, spoilers: bool) -> Iterator[str]:
    """A scenario: what anybody may know; with `spoilers` what the facilitator knows."""
    from crisis_sim.content.load import load_material

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
    yield table([(_in(of.name), f"{of.readiness}%", _in(of.says)) for of in scenario.channels.values()], 2)
    yield from ("", say("At stake:"))
    yield table(
        [
            (_in(of.name), say("{value} {unit}", value=points_text(of.start), unit=_in(of.unit)), _in(of.says))
            for of in scenario.tracks.values()
            if spoilers or of.of is None
        ],
        2,
    )
    if scenario.assumes is not None:
        assumed = assumed_text(scenario.assumes.as_of, [_in(each) for each in scenario.assumes.says], say)
        yield from ("", prose(markdown(assumed)))
    yield from ("", say("Public brief:"), prose(markdown(material.text(scenario.brief, language()))))
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
    yield from ("", say("Facilitator's guide:"), prose(markdown(material.text(scenario.guide, language()))))
    names = _names(material)
    for team in (scenario.teams.us, scenario.teams.china):
        name = _in(team.name)
        yield from (
            "",
            say("{team}, private brief:", team=name),
            prose(markdown(material.text(team.brief, language()))),
            *([prose(markdown(material.text(team.sounds, language())))] if team.sounds is not None else []),
        )
        yield from ("", say("{team}, lines:", team=name), *_lines(team, names))
    yield from ("", say("Injects:"))
    tracks = scenario.tracks
    for inject in sorted(scenario.msel, key=lambda each: each.at):
        yield from _inject(inject, names, {track: say("[{track}]", track=_in(of.name)) for track, of in tracks.items()})
    yield from ("", say("For the hotwash:"))
    yield from (prose(f"- {_in(question.ask)}", 2) for question in scenario.hotwash)


def _lines(team: Team, names: Mapping[str, str]) -> Iterator[str]:
    for line in team.lines:
        told = say("{kind}, {concern}: {says}", kind=say(line.kind), concern=names[line.concern], says=_in(line.says))
        if line.leads_to:
            told = say("{line} (leads to {other})", line=told, other=names[line.leads_to])
        yield prose(f"- {told}", 2)


def _inject(inject: Inject, names: Mapping[str, str], tracks: Mapping[str, str]) -> Iterator[str]:
    from crisis_sim.wording.explain import explain

    words = {"hour": inject.at, "title": _in(inject.title), "id": inject.id, "to": say(inject.to)}
    if inject.by_hand:
        yield prose(say("T+{hour}h by hand. {title} ({id}), to {to}", **words), 2)
    else:
        yield prose(say("T+{hour}h. {title} ({id}), to {to}", **words), 2)
    us, china = (braces_filled(_in(text), tracks) for text in (inject.text.us, inject.text.china))
    if us == china:
        yield prose(us, 6)
    else:
        yield prose(say("US: {text}", text=us), 6)
        yield prose(say("China: {text}", text=china), 6)
    plan = inject_plan(inject, ())
    if plan.after is not None:
        yield prose(after_words(plan.after, names[plan.after[0]], say), 6)
    if inject.when is not None:
        yield prose(say("only if: {condition}", condition=explain(inject.when, names, language())), 6)
    if plan.again is not None:
        yield prose(again_words(plan.again, say), 6)
    yield prose(say("the US may read it so: {text}", text=_in(inject.reads_as.us)), 6)
    yield prose(say("China may read it so: {text}", text=_in(inject.reads_as.china)), 6)
    yield prose(say("for you: {text}", text=_in(inject.note)), 6)
