"""What is told before play: the facilitator's guide, what an earlier session left, and instruction cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisis_sim.engine.sight.dossier import PublicRecord, TeamEntry
from crisis_sim.pages.blocks import Block, Heading, Items, Paragraph, Quote, Span, line, listed, prose
from crisis_sim.pages.teller import Teller
from crisis_sim.rules.names import Words
from crisis_sim.wording import Say
from crisis_sim.wording.labels import SIDES


def guide_text(say: Teller) -> str:
    """The guide in Markdown, behind what is assumed."""
    white = say.white
    assumed = assumed_text(white.assumed_of, [say.of(each) for each in white.assumed], say)
    return "\n\n".join(filter(None, (assumed, say.of(white.guide))))


def sounds_text(say: Teller) -> str:
    """The guide's second page in Markdown: how each team may sound to the other; empty where nobody wrote it."""
    heads, sounds = {"us": say("Told to US"), "china": say("Told to China")}, say.white.sounds
    return "\n\n".join(f"# {heads[side]}\n\n{say.of(told)}" for side, told in sounds.items())


def assumed_text(as_of: str, says: Sequence[str], say: Say) -> str:
    """What a scenario takes to be so, in Markdown, with its date; empty where it assumes nothing."""
    if not says:
        return ""
    head = say("This scenario takes it that, as of {date}:", date=as_of)
    return "\n".join((head, "", *(f"- {each}" for each in says)))


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


def instruction_blocks(team: TeamEntry | None, say: Teller) -> Iterator[Block]:
    """A team's card, for itself; nothing where no cards are dealt."""
    if team is None or team.instruction is None:
        return
    yield Heading(say("Our instruction card"))
    yield prose(instruction_says(team.instruction.says, say), "strong")
    yield prose(
        say(
            "Either team has a card or comes for the common task alone; until the hotwash only we and the facilitator "
            "know."
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
    return say.of(says) if says else say("The common task and nothing else.")
