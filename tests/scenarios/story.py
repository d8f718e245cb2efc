"""What every scenario's tests ask of a session that was played, and say of what the teams send in it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.engine.play import Play

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.rules.conditions import Condition, Made
from crisis_sim.rules.names import SIDES, Side


def public(move: str, channel: str, *terms: str) -> a.Draft:
    """A public act, which nothing can delay."""
    return a.Draft(move=move, channel=channel, visibility="public", terms=terms)


def both(*drafts: a.Draft) -> dict[Side, tuple[a.Draft, ...]]:
    """The same acts by both teams."""
    return dict.fromkeys(SIDES, drafts)


def came(play: Play) -> list[str]:
    """Injects that came, in order."""
    return [event.inject for event in play.events if isinstance(event, e.InjectDelivered)]


def crossed(play: Play) -> set[tuple[Side, str]]:
    """Red lines that were crossed, each with its owner."""
    return {(event.side, event.line) for event in play.events if isinstance(event, e.LineCrossed)}


def pressed(play: Play) -> set[tuple[Side, str]]:
    """Pink lines that anything pressed, each with its owner."""
    return {(event.side, event.line) for event in play.events if isinstance(event, e.LinePressed)}


def asked(condition: Condition | None) -> Iterator[Made]:
    """Acts of the teams that a condition looks back on."""
    if condition is None:
        return
    yield from (made for made in (condition.ever, condition.earlier, condition.same_turn) if made is not None)
    for part in (*(condition.all or ()), *(condition.any or ()), condition.not_):
        yield from asked(part)
