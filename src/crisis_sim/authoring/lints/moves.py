"""Moves that nobody can send or answer, channels that nobody can use, promises that nobody can make."""

from __future__ import annotations

from crisis_sim.authoring.lints.found import Found
from crisis_sim.authoring.lints.walks import listed
from crisis_sim.authoring.lints.ways import may_reopen
from crisis_sim.content.scenario import Channel
from crisis_sim.numbers import shown
from crisis_sim.rules.names import SIDES
from crisis_sim.rules.properties import MoveIs


def moves_can_be_sent(found: Found) -> None:
    """Every move of the catalogue goes over some channel of the scenario that is open, or can be opened."""
    stuck = [name for name, ways in found.ways.items() if not ways]
    if stuck:
        said = f"no channel of this scenario can carry {listed(stuck, 'moves')}"
        hint = "add a channel of their kind, open to what is public or private as they are"
        found.warn(found.source.key_spot("channels"), said, "move-stuck", hint)


def channels_are_used(found: Found) -> None:
    """Every channel can carry some move."""
    used = {way.name for ways in found.ways.values() for way in ways}
    for name, channel in found.scenario.channels.items():
        if name in used:
            continue
        if channel.suspended and not may_reopen(found.material, name):
            said = f"nobody can use the channel '{name}': it is suspended, and no rule or inject reopens it"
            hint = "let something reopen it, or leave it out and tell of it in the brief"
        else:
            said = f"no move goes over the channel '{name}': {_why(found, channel)}"
            hint = "give it another kind or visibility, or add a move that goes over it"
        found.warn(found.source.key_spot("channels", name), said, "channel-idle", hint)


def _why(found: Found, channel: Channel) -> str:
    if not any(channel.kind in move.over for move in found.material.moves.values()):
        return f"none is sent over its kind, '{channel.kind}'"
    return f"those of its kind are never {' or '.join(channel.visibility)}"


def moves_can_be_afforded(found: Found) -> None:
    """No move of the scenario's own costs more standing, when it is public, than a team begins with."""
    base, teams = found.material.base.standing.start, found.scenario.teams
    has = min(base if team.standing is None else team.standing for team in (teams.of(side) for side in SIDES))
    for name, move in found.material.moves.items():
        if "public" in move.visibility and -move.standing > has:
            said = (
                f"no team can afford '{name}' in public: it costs {shown(-move.standing)} points of standing, and a"
                f" team begins with {shown(has)}"
            )
            spot = found.spot("moves", name, "standing")
            found.warn(spot, said, "move-dear", "let it cost less, or let teams begin with more")


def answers_are_asked_for(found: Found) -> None:
    """A move that only answers is what some move asks for."""
    material = found.material
    asked = {name for move in material.moves.values() if move.asks for name in (move.asks.accept, move.asks.decline)}
    for name, move in material.moves.items():
        if move.only_as_answer and name not in asked and name != material.base.holding:
            spot = found.spot("moves", name, "only_as_answer")
            said = f"the move '{name}' only answers, and no move asks for it, so nobody can make it"
            found.warn(spot, said, "answer-idle", "name it in the `asks` of a move")


def promises_can_be_accepted(found: Found) -> None:
    """A promise that binds both is carried by moves that the other side can accept."""
    for name, commitment in found.material.commitments.items():
        for place, move in enumerate(commitment.with_moves):
            if commitment.binds == "both" and found.material.moves[move].asks is None:
                spot = found.spot("commitments", name, "with_moves", place)
                said = f"'{move}' asks for no answer, so nobody can accept the promise '{name}' that binds both"
                found.warn(spot, said, "promise-idle", "use a move that asks, or binds: maker")


def moves_asked_for_can_be_made(found: Found) -> None:
    """Every move that a condition describes is one that somebody could make; in the scenario's file, one made here."""
    for source, pieces in found.pieces:
        for loc, asked in pieces:
            here = source is found.source
            if not isinstance(asked, MoveIs) or (here and found.fitting(asked)):
                continue
            if not found.fitting(asked, here=False):
                said = "no move of the catalogue is like this, so the condition never holds"
                found.warn(source.spot(*loc), said, "move-never", "look at the keys together: each must hold")
            elif here:
                said = "no channel of this scenario carries such a move in this way, so the condition never holds"
                hint = "look at channel, level and visibility beside the move: they must fit together"
                found.warn(source.spot(*loc), said, "move-nowhere", hint)
