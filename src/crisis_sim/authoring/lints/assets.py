"""Things of the teams that nobody can use, that are never seen as said, or of which something is said in vain."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.content.authored_assets import Asset
from crisis_sim.errors import Sentence, commas
from crisis_sim.rules.keys import Loc
from crisis_sim.rules.names import SIDES


def _assets(found: LintRun) -> Iterator[tuple[Loc, str, Asset]]:
    for side in SIDES:
        for name, asset in found.scenario.teams.of(side).assets.items():
            yield ("teams", side, "assets", name), name, asset


def _used_in(found: LintRun, asset: Asset) -> list[str]:
    """Moves that an asset can be used in, and that can be sent here."""
    moves = found.material.moves
    able = [name for name, move in moves.items() if move.uses == "asset" and found.ways[name]]
    return [name for name in able if not asset.used_in or name in asset.used_in]


def assets_are_used(found: LintRun) -> None:
    """Some move that can be sent here can be made with each thing."""
    for loc, name, asset in _assets(found):
        if not _used_in(found, asset):
            said = Sentence("no move that can be sent here is made with '{asset}'", asset=name)
            hint = Sentence("look at its `used_in`, and at the channels of those moves")
            found.warn(found.source.key_spot(*loc), said, "asset-idle", hint)


def looks_can_hold(found: LintRun) -> None:
    """A thing is at some time seen as it is said to be seen, and then otherwise than it is."""
    for loc, name, asset in _assets(found):
        if asset.seen_as is None:
            continue
        when, spot = asset.seen_as.when, found.source.key_spot(*loc, "seen_as")
        if not any(world.may(when, half) for world in found.worlds.values() for _, half in world.moments(acts=True)):
            said = Sentence("'{asset}' is never seen so, since the condition can never hold", asset=name)
            found.warn(spot, said, "seen-never", "look at what it asks for: each part must be able to happen")
        elif all(term in asset.is_ if seen else term not in asset.is_ for term, seen in asset.seen_as.is_.items()):
            said = Sentence("'{asset}' is seen as what it is, so nothing comes of it", asset=name)
            found.warn(spot, said, "seen-never", "say something that is not so, or leave it out")


def properties_are_read(found: LintRun) -> None:
    """Some move that a thing is used in can bear what is said of the thing, and some condition asks for it."""
    things, moves = list(_assets(found)), found.material.moves
    for loc, name, asset in things:
        used = _used_in(found, asset)
        told = dict.fromkeys((*asset.is_, *(() if asset.seen_as is None else asset.seen_as.is_)))
        for term in told if used else ():
            at = (*loc, "is", term) if term in asset.is_ else (*loc, "seen_as", "is", term)
            if not any(term in moves[move].terms for move in used):
                words = {"term": term, "asset": name, "moves": commas(used)}
                said = Sentence("'{term}' changes nothing about what '{asset}' is used in: {moves}", **words)
                found.warn(found.source.key_spot(*at), said, "property-idle", "leave it out, or use it in other moves")
            elif term not in found.terms_asked:
                said = Sentence("no rule and no line asks whether a thing is '{term}'", term=term)
                found.warn(found.source.key_spot(*at), said, "property-idle", "have a line or a rule ask for it")
