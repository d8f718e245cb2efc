"""Rules and effects with a reach that is easily missed: floors that stay, rules that replace, credits that return,
pressure and conditions that fall on one team alone, facts that nobody asks for, help that waits for no host.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.lints.ways import find_models
from crisis_sim.content.condition_checks import TEAMS
from crisis_sim.content.scenario import Inject
from crisis_sim.errors import Sentence
from crisis_sim.problems import Spot, write
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects, SetFact
from crisis_sim.rules.keys import Loc, keys_of, keys_within
from crisis_sim.rules.moment import FactIs
from crisis_sim.rules.names import SIDES, Side
from crisis_sim.rules.pack import Rule
from crisis_sim.rules.properties import Made, MoveIs


def floors_end(run: LintRun) -> None:
    """A fact that keeps tension up, and that an inject or the start makes true, is not left to an act uncalled for."""
    scenario = run.scenario
    floors = {fact: rule for rule in run.material.rules if rule.then.floor for fact in _facts(rule.when)}
    ended = {
        item.fact for cause, _, effects in run.effects if cause != "rule" for item in _fact_changes(effects, False)
    }
    lasting_floors = {fact: rule for fact, rule in floors.items() if fact not in ended}
    begun: list[tuple[str, Spot]] = []
    for name, start in scenario.facts.items():
        if start.start or start.us or start.china:
            begun.append((name, run.source.key_spot("facts", name)))
    ending = [(rule, {item.fact for item in _fact_changes(rule.then, False)}) for rule in run.material.rules]
    ways_out = [(_moves(rule.when), facts) for rule, facts in ending if facts]
    for place, inject in enumerate(scenario.msel):
        spot = run.source.key_spot("msel", place, "then")
        ended_facts = {fact for moves, facts in ways_out if not moves.isdisjoint(inject.calls_for) for fact in facts}
        begun += [(item.fact, spot) for item in _fact_changes(inject.then, True) if item.fact not in ended_facts]
    for fact, spot in begun:
        if fact in lasting_floors:
            message = Sentence(
                "the fact '{fact}' keeps tension up by the rule '{rule}', and only an act, if any, can end it: where"
                " nobody makes it, tension stays up to the end",
                fact=fact,
                rule=lasting_floors[fact].id,
            )
            hint = Sentence("let an inject or a mark end it too: set: {{fact: {fact}, to: false}}", fact=fact)
            run.warn(spot, message, "floor-held", hint)


def _facts(condition: Condition) -> Iterator[str]:
    """Facts that a condition asks to be true."""
    for way, _key, value, _within in keys_within(condition):
        if isinstance(value, FactIs) and "not" not in way:
            yield value.id


def _moves(condition: Condition) -> set[str]:
    """Moves that a condition asks for by name."""
    condition_values = (value for way, _key, value, _within in keys_within(condition) if "not" not in way)
    return {name for value in condition_values if isinstance(value, MoveIs) for name in value.id or ()}


def _fact_changes(effects: Effects | None, to: bool) -> Iterator[SetFact]:
    yield from (item for item in (() if effects is None else effects.set) if item.to == to)


def rules_are_not_replaced_unawares(run: LintRun) -> None:
    """A rule with the id of one in a pack before it takes its place."""
    earlier_rules: dict[str, str] = {}
    for pack, source in zip(run.material.packs, run.material.sources[1:], strict=True):
        for place, rule in enumerate(pack.rules):
            if rule.id in earlier_rules:
                message = Sentence(
                    "the rule '{rule}' takes the place of the one of the pack '{pack}' of the same id",
                    rule=rule.id,
                    pack=earlier_rules[rule.id],
                )
                hint = Sentence("give it an id of its own, or say that you mean it")
                run.warn(source.spot("rules", place, "id"), message, "rule-replaced", hint)
        earlier_rules |= {rule.id: pack.id for rule in pack.rules}


def credits_are_earned(run: LintRun) -> None:
    """A credit comes once, or for something that was done of late, or ends what it comes for."""
    for pack, source in zip(run.material.packs, run.material.sources[1:], strict=True):
        for place, rule in enumerate(pack.rules):
            if rule.kind == "credit" and rule.on in ("side", "turn") and not rule.once and not _is_earned(rule):
                message = Sentence(
                    "the credit '{rule}' is given again at the end of every turn in which its condition still holds,"
                    " with nothing new done",
                    rule=rule.id,
                )
                hint = Sentence("write once: session or once: side, or ask for an act of the same_turn")
                run.warn(source.spot("rules", place, "id"), message, "credit-again", hint)

    for pack, source in run.own_packs:
        for place, rule in enumerate(pack.rules):
            condition_keys = {key for _way, key, _value, _within in keys_within(rule.when)}
            gives = rule.then.trust is not None or rule.then.standing is not None
            if (
                rule.kind == "credit"
                and rule.on == "act"
                and not rule.once
                and gives
                and condition_keys.isdisjoint(_LIMITED)
            ):
                message = Sentence(
                    "the credit '{rule}' is given for each such act, so a team earns it by making the same act again",
                    rule=rule.id,
                )
                hint = Sentence("write once: session or once: side, or ask for what cannot be done at will")
                run.warn(source.spot("rules", place, "id"), message, "credit-again", hint)


_LIMITED: Final = frozenset(
    keys_of(Condition)[name]
    for name in ("first_on_channel", "first_of_turn", "mends", "called_for", "answers", "agreed")
)
"""Keys of a condition that hold for few acts of a kind."""


def _is_earned(rule: Rule) -> bool:
    """Its condition asks for an act of late, or its effects end a fact that it asks for."""
    for way, _key, value, _within in keys_within(rule.when):
        if isinstance(value, Made) and "not" not in way and (way[-1] == "same_turn" or value.turns or value.within):
            return True
    return bool({item.fact for item in _fact_changes(rule.then, False)} & set(_facts(rule.when)))


def pressure_finds_a_line(run: LintRun) -> None:
    """What a pack besides the base presses of a concern, or an inject on a team, finds a pink line there."""
    concerns = {
        side: {line.concern for line in run.scenario.teams.team_of(side).lines if line.kind == "pink"} for side in SIDES
    }
    for pack, source in run.own_packs:
        for place, rule in enumerate(pack.rules):
            for item in rule.then.press:
                owners = [side for side in SIDES if item.line in concerns[side]]
                if len(owners) == 1:
                    message = Sentence(
                        "the rule '{rule}' presses the concern '{concern}', of which only {team} has a pink line here:"
                        " it works against one team alone",
                        rule=rule.id,
                        concern=item.line,
                        team=TEAMS[owners[0]],
                    )
                    hint = Sentence("give the other team a pink line of that concern, or press one that both have")
                    run.warn(source.spot("rules", place, "id"), message, "press-one", hint)
    for number, inject in enumerate(run.scenario.msel):
        for item in () if inject.then is None else inject.then.press:
            missing = [side for side in SIDES if item.whose in (side, "both") and item.line not in concerns[side]]
            if item.line in run.material.concerns and missing:
                message = Sentence(
                    "this presses the concern '{concern}', and {team} has no pink line of it: nothing follows there",
                    concern=item.line,
                    team=TEAMS[missing[0]],
                )
                hint = Sentence("name a line or a concern that the team has, or give it such a line")
                run.warn(run.source.key_spot("msel", number, "then"), message, "press-one", hint)


def acts_say_whose(run: LintRun) -> None:
    """Where an inject falls to one team alone, the acts that bring it are somebody's."""
    for place, inject in enumerate(run.scenario.msel):
        if inject.when is None or (team := _team(inject)) is None:
            continue
        for way, _key, value, _within in keys_within(inject.when):
            if isinstance(value, Made) and "not" not in way and value.by == "either" and value.move.by is None:
                message = Sentence(
                    "what follows is for {team} alone, and an act of either team brings it about: '{key}' has no `by`",
                    team=TEAMS[team],
                    key=str(way[-1]),
                )
                hint = Sentence("say whose act it has to be: by: us or by: china")
                loc: Loc = ("msel", place, "when", *way)
                run.warn(run.source.key_spot(*loc), message, "ever-either", hint)


def _team(inject: Inject) -> Side | None:
    """The team that alone receives an inject, or alone has what follows of it."""
    if inject.to != "both":
        return inject.to
    effects = inject.then
    if effects is None:
        return None
    receivers = {item.whose for item in (*effects.press, *effects.relieve)} | {item.whose for item in effects.cross}
    receivers |= {item.of for item in effects.set if item.of is not None}
    for meter in (effects.trust, effects.standing):
        receivers |= {side for side in SIDES if meter is not None and getattr(meter, side)}
    return next((side for side in SIDES if receivers == {side}), None)


def rules_can_apply(run: LintRun) -> None:
    """The condition of a rule can hold in some length; the base serves every scenario, so it is not asked."""
    for pack, source in run.own_packs:
        for place, rule in enumerate(pack.rules):
            if run.asks_in_vain(rule.when) or any(world.ever_may(rule.when) for world in run.worlds.values()):
                continue
            message = Sentence("the rule '{rule}' can never apply here, in no turn of any length", rule=rule.id)
            hint = Sentence("look at what it asks for: each part must be able to happen")
            run.warn(source.key_spot("rules", place, "when"), message, "rule-never", hint)


def rules_on_acts_ask_of_the_act(run: LintRun) -> None:
    """A rule that is tried for each act asks something of it."""
    for pack, source in zip(run.material.packs, run.material.sources[1:], strict=True):
        for place, rule in enumerate(pack.rules):
            if rule.on == "act" and not any(key.asks_of_act for _way, key, _value, _in in keys_within(rule.when)):
                message = Sentence(
                    "the rule '{rule}' is tried for each act and asks nothing of it: every act sets it off",
                    rule=rule.id,
                )
                hint = Sentence("ask for an act (move: …), or let it be tried once a turn (on: turn, or on: side)")
                run.warn(source.spot("rules", place, "id"), message, "rule-every-act", hint)


_CONSENT: Final = "host-consent"
"""What the shipped base calls the fact that the host has let outsiders in."""


def facts_are_read(run: LintRun) -> None:
    """Some condition, or some move, asks for each fact that the scenario or a pack of its own has."""
    scenario, moves = run.scenario, run.material.moves.values()
    read = {fact.id for model in (scenario, *run.material.packs) for _loc, fact in find_models(model, (), FactIs)}
    read |= {move.stands_under for move in moves if move.stands_under is not None}
    read |= {move.asks.stands.under for move in moves if move.asks is not None and move.asks.stands is not None}
    if scenario.consent is not None:
        read.add(scenario.consent.fact)
    declared_facts = [(run.source, name) for name in scenario.facts]
    declared_facts += [(source, name) for pack, source in run.own_packs for name in pack.facts]
    for source, name in declared_facts:
        if name not in read:
            message = Sentence("nothing asks whether the fact '{fact}' holds, so it changes nothing", fact=name)
            hint = Sentence("let a rule, an inject, a line or a track ask for it, or leave it out")
            run.warn(source.key_spot("facts", name), message, "fact-idle", hint)


def help_waits_for_the_host(run: LintRun) -> None:
    """Where the host has not let anybody in at the start, help waits until it has."""
    scenario, start = run.scenario, run.scenario.facts.get(_CONSENT)
    waits = any(move.needs_consent_or is not None for move in run.material.moves.values())
    if scenario.consent is None and start is not None and not start.start and waits:
        message = Sentence("the host has let nobody in, and help goes all the same: the scenario has no `consent`")
        hint = write(f"consent: {{fact: {_CONSENT}, ask: offer-help}}")
        run.warn(run.source.key_spot("facts", _CONSENT), message, "consent-idle", hint)
