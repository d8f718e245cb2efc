"""A move of the catalogue as blocks: what it does and costs, why it cannot be made, what our advisers say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisis_sim.pages.blocks import Block, Paragraph, Span, line
from crisis_sim.pages.channel_blocks import RUSTY
from crisis_sim.pages.seat_parts import ChannelView, MoveOption
from crisis_sim.wording import Say


def move_blocks(move: MoveOption, say: Say, *, named: bool = False) -> Iterator[Block]:
    """All that is known of a move before it is made; with its name where that does not stand beside it."""
    yield Paragraph(line(move.does), lead=line(move.label) if named else ())
    if move.blocked:
        yield Paragraph(line(Span(say("Not now: ") + move.blocked, "bad")))
    for warning in move.warnings:
        yield Paragraph(line(Span(say("Our advisers: {warning}", warning=warning), "strong")))


def advice(move: MoveOption, channel: ChannelView | None, visibility: str, terms: Sequence[str], say: Say) -> list[str]:
    """What our own advisers warn of as a move is composed, knowing what our side knows."""
    warnings = [*move.warnings, *(term.note for term in move.terms if term.id in terms and term.note)]
    if channel is not None and channel.readiness < RUSTY and "public" not in channel.visibilities:
        rusty = {"name": channel.name, "word": channel.word, "odds": channel.odds}
        warnings.append(say("{name} is {word}: a message {odds}.", **rusty))
    if visibility == "public":
        warnings.append(say("The press and both home audiences will hear this."))
    return warnings
