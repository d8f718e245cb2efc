"""What a scenario says of its teams' things, and of what they alone know: names that exist, properties, places."""

from __future__ import annotations

from crisis_sim.content import where
from crisis_sim.content.authored_assets import Asset
from crisis_sim.content.condition_checks import ConditionChecks
from crisis_sim.content.known_names import KnownNames
from crisis_sim.content.scenario import Scenario
from crisis_sim.content.sources import Source
from crisis_sim.errors import Sentence, commas
from crisis_sim.problems import Problems, did_you_mean
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES


def link_assets(
    scenario: Scenario, source: Source, names: KnownNames, uses: ConditionChecks, problems: Problems
) -> None:
    """Say what does not fit together in the teams' assets, and in what tells that the host has accepted help."""
    ours = scenario.teams.us.assets
    for side in SIDES:
        for name, asset in scenario.teams.of(side).assets.items():
            loc: Loc = ("teams", side, "assets", name)
            if side == "china" and name in ours and source.given(*loc):
                said = Sentence("both teams have an asset '{name}', so conditions could not tell them apart", name=name)
                problems.error(source.key_spot(*loc), said, code="link/duplicate", hint="rename one")
            _asset(asset, loc, source, names, uses, problems)
        for name, fact in scenario.teams.of(side).private_facts.items():
            loc = ("teams", side, "private_facts", name)
            if side == "china" and name in scenario.teams.us.private_facts and source.given(*loc):
                said = Sentence("both teams know '{name}', so conditions could not tell them apart", name=name)
                problems.error(source.key_spot(*loc), said, code="link/duplicate", hint="rename one")
            for place, concern in enumerate(fact.concerns):
                names.known(concern, (source, (*loc, "concerns", place)), "concern")
    if scenario.consent is not None:
        _consent(scenario, source, names, problems)


def _asset(
    asset: Asset, loc: Loc, source: Source, names: KnownNames, uses: ConditionChecks, problems: Problems
) -> None:
    for place, move in enumerate(asset.used_in):
        at = (*loc, "used_in", place)
        if names.known(move, (source, at), "move") and move in names.moves and names.moves[move].uses is None:
            using = commas([each for each, of in names.moves.items() if of.uses is not None])
            said = Sentence("'{move}' is made without an asset", move=move)
            problems.error(
                source.spot(*at), said, code="link/asset-move", hint=Sentence("these use one: {moves}", moves=using)
            )
    for term, when in asset.is_.items():
        _property(term, (*loc, "is", term), source, names, problems)
        if when is not True:
            uses.condition(when, (*loc, "is", term), where.ASSET)
    if asset.seen_as is not None:
        for term in asset.seen_as.is_:
            _property(term, (*loc, "seen_as", "is", term), source, names, problems)
        uses.condition(asset.seen_as.when, (*loc, "seen_as", "when"), where.ASSET)


def _property(term: str, loc: Loc, source: Source, names: KnownNames, problems: Problems) -> None:
    """It is a term that belongs to things."""
    if names.known(term, (source, loc), "term", among=names.things) and names.whole and term not in names.things:
        said = Sentence("'{term}' is for the sender to choose, and nothing that is true of a thing", term=term)
        hint = did_you_mean(term, names.things) or Sentence("these are: {terms}", terms=commas(sorted(names.things)))
        problems.error(source.key_spot(*loc), said, code="link/asset-term", hint=hint)


def _consent(scenario: Scenario, source: Source, names: KnownNames, problems: Problems) -> None:
    """The fact belongs to no team, and the move by which it is asked for exists."""
    consent = scenario.consent
    assert consent is not None
    names.known(consent.ask, (source, ("consent", "ask")), "move")
    names.known(consent.fact, (source, ("consent", "fact")), "fact")
    if consent.fact in names.facts and names.facts[consent.fact].per == "team":
        said = Sentence("the fact '{fact}' is each team's own; the host gives its word to both", fact=consent.fact)
        problems.error(source.spot("consent", "fact"), said, code="link/fact-of", hint="name a fact of the session")
