"""What is told before play: the facilitator's guide, what an earlier session left, and instruction cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crisis_sim.engine.views.dossier import PublicRecord, TeamEntry
from crisis_sim.pages.blocks import Block, Heading, Items, Paragraph, Quote, Span, line, listed, prose
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Words
from crisis_sim.wording import Say
from crisis_sim.wording.labels import SIDES


def guide_text(say: Translator) -> str:
    """The guide in Markdown, behind what is assumed."""
    white = say.white
    assumed = assumed_text(white.assumed_of, [say.localize(assumption) for assumption in white.assumed], say)
    return "\n\n".join(filter(None, (assumed, say.localize(white.guide))))


def sounds_text(say: Translator) -> str:
    """The guide's second page in Markdown: how each team may sound to the other; empty where nobody wrote it."""
    heads, sounds = {"us": say("Told to US"), "china": say("Told to China")}, say.white.sounds
    return "\n\n".join(f"# {heads[side]}\n\n{say.localize(sound)}" for side, sound in sounds.items())


def assumed_text(as_of: str, assumptions: Sequence[str], say: Say) -> str:
    """What a scenario takes to be so, in Markdown, with its date; empty where it assumes nothing."""
    if not assumptions:
        return ""
    head = say("This scenario takes it that, as of {date}:", date=as_of)
    return "\n".join((head, "", *(f"- {assumption}" for assumption in assumptions)))


def earlier_blocks(say: Translator) -> Iterator[Block]:
    """The record of the session that this one begins with; nothing where it begins afresh."""
    record = say.dossier.record
    if record is None:
        return
    yield from earlier_head(say)
    if record.principles:
        yield Heading(say("Principles that both sides accepted"), 3)
        yield listed(record.principles)
    if record.promises:
        yield Heading(say("Promises"), 3)
        yield Items(tuple(line(promise) for promise in promise_sentences(record, say)))
    if record.acts:
        yield Heading(say("Said and done in public"), 3)
    for act in record.acts:
        head = say("Hour {hour}. {side}: {move}", hour=act.hour, side=say(SIDES[act.side]), move=say.localize(act.move))
        yield Paragraph(line(Span(head, act.side)))
        if act.text:
            yield Quote(act.text, 1)


def earlier_head(say: Translator) -> Iterator[Block]:
    """Which session it was, and what of it counts here; nothing where this one begins afresh."""
    if say.dossier.record is not None:
        yield Heading(say("What is on the public record"))
        yield prose(began_with(say.dossier.record, say))


def began_with(record: PublicRecord, say: Translator) -> str:
    """Which session it was, and what of it counts here."""
    sentence = say(
        "This session begins where “{title}” ended (session {session}): each side's trust is what it was then, and "
        "promises bind or stay broken.",
        title=say.localize(record.title),
        session=record.session,
    )
    if not record.keeps:
        return say("{one} {two}", one=sentence, two=say("Channels are as this scenario has them."))
    worn = say("Of what practice had made or lost of the channels, {n} % is left.", n=record.keeps)
    return say("{one} {two}", one=sentence, two=worn)


def promise_sentences(record: PublicRecord, say: Translator) -> Iterator[str]:
    """Each promise, whom it binds, and whether that side broke it."""
    for promise in record.promises:
        status = say("broken") if promise.broken else say("kept")
        yield say(
            "{side}: {promise} ({how})", side=say(SIDES[promise.side]), promise=say.localize(promise.words), how=status
        )


def instruction_blocks(team: TeamEntry | None, say: Translator) -> Iterator[Block]:
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


def instruction_sentences(team: TeamEntry | None, say: Translator) -> list[str]:
    """A team's card in a line, for the last look before it seals; nothing where no cards are dealt."""
    if team is None or team.instruction is None:
        return []
    card = instruction_says(team.instruction.says, say)
    return [say("{head}: {text}", head=say("Our instruction card"), text=card)]


def instruction_says(words: Words, say: Translator) -> str:
    """What a card says."""
    return say.localize(words) if words else say("The common task and nothing else.")
