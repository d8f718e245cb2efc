"""Cards, voices, things and private facts that nobody can meet, use or tell, or that say nothing; and what is asked in
lengths in which the packs leave no time for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.content.authored_assets import Asset, PrivateFact
from crisis_sim.errors import Sentence, commas
from crisis_sim.problems import write
from crisis_sim.rules.authored import LENGTHS, Lengths, Text
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES, Language
from crisis_sim.rules.workload_settings import WorkloadThing


def _assets(run: LintRun) -> Iterator[tuple[Loc, str, Asset]]:
    for side in SIDES:
        for name, asset in run.scenario.teams.team_of(side).assets.items():
            yield ("teams", side, "assets", name), name, asset


def _used_in(run: LintRun, asset: Asset) -> list[str]:
    """Moves that an asset can be used in, and that can be sent here."""
    moves = run.material.moves
    able = [name for name, move in moves.items() if move.uses == "asset" and run.ways[name]]
    return [name for name in able if not asset.used_in or name in asset.used_in]


def assets_are_used(run: LintRun) -> None:
    """Some move that can be sent here can be made with each thing."""
    for loc, name, asset in _assets(run):
        if not _used_in(run, asset):
            message = Sentence("no move that can be sent here is made with '{asset}'", asset=name)
            hint = Sentence("look at its `used_in`, and at the channels of those moves")
            run.warn(run.source.key_spot(*loc), message, "asset-idle", hint)


def looks_can_hold(run: LintRun) -> None:
    """A thing is at some time seen as it is said to be seen, and then otherwise than it is."""
    for loc, name, asset in _assets(run):
        if asset.seen_as is None:
            continue
        when, spot = asset.seen_as.when, run.source.key_spot(*loc, "seen_as")
        if not any(world.may(when, half) for world in run.worlds.values() for _, half in world.moments(acts=True)):
            message = Sentence("'{asset}' is never seen so, since the condition can never hold", asset=name)
            run.warn(spot, message, "seen-never", "look at what it asks for: each part must be able to happen")
        elif all(
            term in asset.is_ if is_seen else term not in asset.is_ for term, is_seen in asset.seen_as.is_.items()
        ):
            message = Sentence("'{asset}' is seen as what it is, so nothing comes of it", asset=name)
            run.warn(spot, message, "seen-never", "say something that is not so, or leave it out")


def properties_are_read(run: LintRun) -> None:
    """Some move that a thing is used in can bear what is said of the thing, and some condition asks for it."""
    assets, moves = list(_assets(run)), run.material.moves
    for loc, name, asset in assets:
        used = _used_in(run, asset)
        terms = dict.fromkeys((*asset.is_, *(() if asset.seen_as is None else asset.seen_as.is_)))
        for term in terms if used else ():
            term_loc = (*loc, "is", term) if term in asset.is_ else (*loc, "seen_as", "is", term)
            if not any(term in moves[move].terms for move in used):
                words = {"term": term, "asset": name, "moves": commas(used)}
                message = Sentence("'{term}' changes nothing about what '{asset}' is used in: {moves}", **words)
                run.warn(
                    run.source.key_spot(*term_loc), message, "property-idle", "leave it out, or use it in other moves"
                )
            elif term not in run.terms_asked:
                message = Sentence("no rule and no line asks whether a thing is '{term}'", term=term)
                run.warn(run.source.key_spot(*term_loc), message, "property-idle", "have a line or a rule ask for it")


def cards_are_open(run: LintRun) -> None:
    """What a card asks may have come by the close, and may not have; `may` and `must` look at the last turn."""
    deck = run.scenario.instructions
    for name, card in ({} if deck is None else deck.cards).items():
        worlds = [(world, list(world.moments(acts=True))[-1][1]) for world in run.worlds.values()]
        spot = run.source.key_spot("instructions", "cards", name, "met_when")
        if not any(world.may(card.met_when, end) for world, end in worlds) and not run.asks_in_vain(card.met_when):
            message = Sentence("the instruction card '{card}' can never be met, in no length", card=name)
            run.warn(spot, message, "card-never", Sentence("ask for something that the team which holds it can do"))
        if worlds and all(world.must(card.met_when, end) for world, end in worlds):
            message = Sentence("the instruction card '{card}' is met by everybody, whatever is done", card=name)
            run.warn(spot, message, "card-always", Sentence("ask for something that a team may leave undone"))


def voices_speak(run: LintRun) -> None:
    """Every voice is one from which an inject comes."""
    speaking = {inject.from_ for inject in run.scenario.msel}
    for name in run.scenario.voices:
        if name not in speaking:
            message = Sentence("the voice '{voice}' never speaks: no inject comes from it", voice=name)
            hint = Sentence("let an inject come from it (from: {voice}), or leave it out", voice=name)
            run.warn(run.source.key_spot("voices", name), message, "voice-idle", hint)


def decisions_are_asked_for(run: LintRun) -> None:
    """Every decision comes in some length in which the packs leave time for decisions."""
    workload = run.material.base.workload
    decision_lengths = [length for length in LENGTHS if workload.is_on("decisions", length, one_table=False)]
    for place, inject in enumerate(run.scenario.msel):
        if inject.decide and set(inject.lengths).isdisjoint(decision_lengths):
            message = Sentence("nobody is asked for this decision: it comes only where the packs leave no time for any")
            hint = write(f"lengths: [{', '.join(map(str, decision_lengths))}]")
            run.warn(run.source.key_spot("msel", place, "decide"), message, "decision-never", hint)


_BY_LENGTH: Final[Mapping[Loc, WorkloadThing]] = {
    ("call_purposes",): "call_purposes",
    ("instructions", "lengths"): "instructions",
    ("closing", "principles"): "principles",
}
"""Keys of a scenario that say in which lengths something is asked, and what the packs call it; without those of which
somebody may choose otherwise at the start of any session.
"""


def lengths_leave_time(run: LintRun) -> None:
    """What a scenario asks in a length, its packs leave time for there."""
    workload, scenario = run.material.base.workload, run.scenario
    deck = scenario.instructions
    feature_lengths: Mapping[WorkloadThing, Lengths] = {
        "call_purposes": scenario.call_purposes,
        "instructions": () if deck is None else deck.lengths,
        "principles": scenario.closing.principles,
    }
    for loc, feature in _BY_LENGTH.items():
        idle = [length for length in feature_lengths[feature] if not workload.is_on(feature, length, one_table=False)]
        if not idle or not run.source.is_given(*loc):
            continue
        remaining = [str(length) for length in feature_lengths[feature] if length not in idle]
        message = Sentence(
            "nobody is asked for this in {lengths} minutes: the packs leave no time for it there",
            lengths=commas([str(length) for length in idle]),
        )
        hint = write(f"{loc[-1]}: [{', '.join(remaining)}]") if remaining else Sentence("leave it out")
        run.warn(run.source.key_spot(*loc), message, "length-idle", hint)


_SENTENCE: Final = re.compile(r"[^.!?。！？]{12,}")
"""Words of a sentence that are long enough to be no accident."""


def _facts(run: LintRun) -> Iterator[tuple[Loc, str, PrivateFact]]:
    for side in SIDES:
        for name, fact in run.scenario.teams.team_of(side).private_facts.items():
            yield ("teams", side, "private_facts", name), name, fact


def facts_can_be_told(run: LintRun) -> None:
    """Some move that can be sent here carries a private fact, in some length of the scenario."""
    is_disclosable = any("disclosure" in world.workload.on for world in run.worlds.values())
    carried = any(move.discloses and run.ways[name] for name, move in run.material.moves.items())
    if is_disclosable and carried:
        return
    for loc, name, _fact in _facts(run):
        message = Sentence("no move that can be sent here can tell '{fact}'", fact=name)
        hint = Sentence("list a pack with `disclosure` and with moves that disclose, or leave it out")
        run.warn(run.source.key_spot(*loc), message, "fact-untold", hint)


def facts_cost_something(run: LintRun) -> None:
    """Telling each costs its team something, or there is nothing to decide."""
    for loc, name, fact in _facts(run):
        if fact.costs is None:
            message = Sentence("to tell '{fact}' costs its team nothing, so there is nothing to decide", fact=name)
            run.warn(run.source.key_spot(*loc), message, "fact-free", write("costs: capability, or costs: standing"))


def facts_are_private(run: LintRun) -> None:
    """No sentence of what one team alone knows stands in what both teams read first."""
    scenario = run.scenario
    for language in scenario.languages:
        public = _plain(" ".join((run.material.text(scenario.brief, language), scenario.host.in_(language))))
        for loc, name, fact in _facts(run):
            if any(sentence in public for sentence in _sentences(fact.says, language)):
                message = Sentence("both teams read a sentence of '{fact}' in the public brief", fact=name)
                hint = Sentence("tell it in the private brief alone, or leave the fact out")
                run.warn(run.source.key_spot(*loc, "says"), message, "fact-public", hint)


def _sentences(text: Text, language: Language) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.findall(_plain(text.in_(language)))]


def _plain(text: str) -> str:
    """Without regard to lines and capitals."""
    return " ".join(text.split()).casefold()
