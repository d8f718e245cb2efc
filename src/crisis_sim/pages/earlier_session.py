"""What an earlier session left, as blocks: what is on the public record between the two sides."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.sight.dossier import PublicRecord
from crisis_sim.pages.blocks import Block, Heading, Items, Paragraph, Quote, Span, line, listed, prose
from crisis_sim.pages.teller import Teller
from crisis_sim.wording.labels import SIDES


def earlier_blocks(say: Teller) -> Iterator[Block]:
    """The record of the session that this one begins with; nothing where it begins afresh."""
    of = say.dossier.record
    if of is None:
        return
    yield from earlier_head(say)
    if of.principles:
        yield Heading(say("Principles that both sides accepted"), 3)
        yield listed(of.principles)
    if of.promises:
        yield Heading(say("Promises"), 3)
        yield Items(tuple(line(promise) for promise in promises_told(of, say)))
    if of.acts:
        yield Heading(say("Said and done in public"), 3)
    for act in of.acts:
        head = say("Hour {hour}. {side}: {move}", hour=act.hour, side=say(SIDES[act.side]), move=say.of(act.move))
        yield Paragraph(line(Span(head, act.side)))
        if act.text:
            yield Quote(act.text, 1)


def earlier_head(say: Teller) -> Iterator[Block]:
    """Which session it was, and what of it counts here; nothing where this one begins afresh."""
    if say.dossier.record is not None:
        yield Heading(say("What is on the public record"))
        yield prose(began_with(say.dossier.record, say))


def began_with(of: PublicRecord, say: Teller) -> str:
    """Which session it was, and what of it counts here."""
    told = say(
        "This session begins where “{title}” ended (session {session}): each side's trust is what it was then, and "
        "promises bind or stay broken.",
        title=say.of(of.title),
        session=of.session,
    )
    if not of.keeps:
        return say("{one} {two}", one=told, two=say("Channels are as this scenario has them."))
    worn = say("Of what practice had made or lost of the channels, {n} % is left.", n=of.keeps)
    return say("{one} {two}", one=told, two=worn)


def promises_told(of: PublicRecord, say: Teller) -> Iterator[str]:
    """Each promise, whom it binds, and whether that side broke it."""
    for each in of.promises:
        how = say("broken") if each.broken else say("kept")
        yield say("{side}: {promise} ({how})", side=say(SIDES[each.side]), promise=say.of(each.says), how=how)
