"""Instruction cards as blocks: what a team was told to come home with besides the rescue, and who may know it."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.sight.dossier import TeamEntry
from crisis_sim.pages.blocks import Block, Heading, prose
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Words


def instruction_blocks(team: TeamEntry | None, say: Teller) -> Iterator[Block]:
    """A team's card, for itself; nothing where no cards are dealt."""
    if team is None or team.instruction is None:
        return
    yield Heading(say("Our instruction card"))
    yield prose(instruction_says(team.instruction.says, say), "strong")
    yield prose(
        say(
            "Either team has a card or comes for the rescue alone; until the hotwash only we and the facilitator know."
        ),
        "quiet",
    )


def instruction_told(team: TeamEntry | None, say: Teller) -> list[str]:
    """A team's card in a line, for the last look before it seals; nothing where no cards are dealt."""
    if team is None or team.instruction is None:
        return []
    card = instruction_says(team.instruction.says, say)
    return [say("{head}: {text}", head=say("Our instruction card"), text=card)]


def instruction_says(says: Words, say: Teller) -> str:
    """What a card says."""
    return say.of(says) if says else say("The rescue and nothing else.")
