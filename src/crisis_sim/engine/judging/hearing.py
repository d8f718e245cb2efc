"""Hearing by one's own order: an act that a team takes more gravely than others weighs more in what it feels.

An order of offences is sealed. It moves what its owner feels and the pressure on its own lines, and nothing else: what
an act weighs in tension is the packs' to say, and the other side's view holds nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from crisis_sim.engine.events import ActKey
from crisis_sim.engine.judging.event_recorder import Cause, EventRecorder
from crisis_sim.numbers import scale
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import Side, other

OFFENCE: Final = "offence "
"""What a trace calls an offence begins so; its id follows."""


class OffenceHeard(NamedTuple):
    """What the act at hand is to a team that hears it by its own order."""

    owner: Side
    offence: str
    factor: int
    """So many times as much, hundredths."""


def offence_heard(
    recorder: EventRecorder, owner: Side, found: Callable[[Facts], Sequence[str]], facts: Facts
) -> OffenceHeard | None:
    """The gravest offence, to `owner`, of what `found` finds; None where there is none or the team has no order."""
    card, order = recorder.table.card, recorder.frame.team(owner).order
    gravest = card.gravest(order, found(facts)) if card is not None and order else None
    return None if gravest is None else OffenceHeard(owner, *gravest)


def feel(recorder: EventRecorder, heard: OffenceHeard, felt: int, act: ActKey | None) -> None:
    """Add to what the owner feels what its order makes of a felt weight.

    Of a calming act that offends, a grave place takes some of the calm, and a light one gives some back.
    """
    owner, offence, factor = heard
    card, by = recorder.table.card, scale(abs(felt), factor) - abs(felt)
    if card is not None and by:
        cause = Cause(f"{OFFENCE}{offence}", card.places[offence], other(owner), act)
        recorder.shift("felt", owner, by, cause)
