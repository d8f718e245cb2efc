"""Who played a session: people or bots, by team, as its log says."""

from __future__ import annotations

from crisis_sim.engine.events import SeatTaken
from crisis_sim.rules.names import Side
from crisis_sim.session.log import Log


def players(log: Log) -> dict[Side, tuple[str, ...]]:
    """Who played each team, in their order: person, or a bot's policy; more than one where the seat changed hands."""
    found: dict[Side, tuple[str, ...]] = {"us": (), "china": ()}
    for entry in log.entries:
        for event in entry.events:
            if isinstance(event, SeatTaken) and (event.seat == "us" or event.seat == "china"):
                who = "person" if event.occupant == "person" else event.policy or "bot"
                if found[event.seat][-1:] != (who,):
                    found[event.seat] = (*found[event.seat], who)
    return found


def has_bot(log: Log) -> bool:
    """Whether a bot ever sat at a team's seat."""
    return any(who != "person" for played in players(log).values() for who in played)
