"""What lies around the pairs of the hotwash, by lines: how acts came across, channels, the third party, the room."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine.sight.hotwash_facts import Contact
from crisis_sim.numbers import shown
from crisis_sim.pages.hotwash_page import ChannelStory, Course, HotwashPage, LineComparison, MeaningPair
from crisis_sim.pages.seat_parts import LineView
from crisis_sim.plain.telling import stopped
from crisis_sim.rules.names import other
from crisis_sim.wording import Say, _
from crisis_sim.wording.names import SEATS, SIDES, WAYS


def came_to(pair: MeaningPair, say: Say) -> Iterator[str]:
    """How an act came to the other side, what that side saw and felt, and what was answered."""
    hearer = say(SIDES[other(pair.side)])
    if pair.fared and pair.arrived:
        yield f"   {pair.fared}"
    if pair.seen is not None:
        saw = say("   {side} saw only: {head}. {what}", side=hearer, head=pair.seen.head, what=pair.seen.more)
        yield saw.rstrip()
    if pair.touched:
        yield say("   {side} felt its line touched: {line}", side=hearer, line=stopped(pair.touched, say))
    for reply in pair.replies:
        yield say("   Then: {head}", head=stopped(reply.head, say))
        if reply.text:
            yield f"      {reply.text}"


def hits(comparison: LineComparison, say: Say) -> str:
    """Whose lines, and how many of them the other side guessed."""
    side, guesser = say(SIDES[comparison.side]), say(SIDES[other(comparison.side)])
    told = _("{side} lines; {guesser} guessed {n} of {m} before play, {k} after:")
    held = sum(line.adopted for line in comparison.lines)
    before, after = len(comparison.matched_before), len(comparison.matched_after)
    return say(told, side=side, guesser=guesser, n=before, m=held, k=after)


def imagined(line: LineView, comparison: LineComparison, say: Say) -> str:
    """Whether the other side had guessed a line."""
    before, after = line.id in dict(comparison.matched_before), line.id in dict(comparison.matched_after)
    if before and after:
        return say("Guessed before and after.")
    if before or after:
        return say("Guessed before.") if before else say("Guessed after.")
    return say("{guesser} did not imagine it.", guesser=say(SIDES[other(comparison.side)]))


def dealings(view: HotwashPage, say: Say) -> Iterator[str]:
    """How each side sought contact, and what went over each channel."""
    for contact in view.contacts:
        yield from _contact(contact, say)
    for channel in view.channels:
        yield _channel(channel, say)


def _contact(contact: Contact, say: Say) -> Iterator[str]:
    side = say(SIDES[contact.side])
    answers = _(
        "{side} asked {asked}: {taken} taken, {refused} refused, {countered} countered, {silent} unanswered in time, "
        "{still} still open at the end."
    )
    yield say(
        answers,
        side=side,
        asked=contact.asked,
        taken=contact.taken,
        refused=contact.refused,
        countered=contact.countered,
        silent=contact.unanswered,
        still=contact.still_open,
    )
    if contact.unheard:
        unheard = _("{n} of those that {side} asked met with silence because request or answer did not arrive in time.")
        yield say(unheard, n=contact.unheard, side=side)
    if contact.answered_late:
        late = _(
            "{n} of those that {side} asked and had no answer to in time were answered later, and are counted twice."
        )
        yield say(late, n=contact.answered_late, side=side)
    acts = _(
        "{side}: {private} acts in private and {public} in public; {before} in private before its first public one."
    )
    before = contact.private_before_public
    yield say(acts, side=side, private=contact.private, public=contact.public, before=before)
    if contact.first_contact is None:
        yield say("{side}: no private word of its arrived.", side=side)
    else:
        yield say("{side}: its first private word arrived at hour {hour}.", side=side, hour=contact.first_contact)


def _channel(channel: ChannelStory, say: Say) -> str:
    """One channel: what went over it, how it served, how its shape changed."""
    counts = (
        (channel.late, say("{n} late", n=channel.late)),
        (channel.lost, say("{n} not taken up", n=channel.lost)),
        (channel.too_low, say("{n} taken too low", n=channel.too_low)),
        (channel.leaked, say("{n} leaked", n=channel.leaked)),
    )
    used = channel.us or channel.china
    sent = say("US {us}, China {china}", us=channel.us, china=channel.china) if used else say("not used")
    served = say("; ").join([sent, *(words for count, words in counts if count)])
    start, end = f"{channel.start_word} {channel.start}", f"{channel.end_word} {channel.end}"
    return say(
        "{name}: {served}. At first {start}, then {end}.", name=channel.name, served=served, start=start, end=end
    )


def costs(view: HotwashPage, say: Say) -> Iterator[str]:
    """What was at stake for the third party, from start to end, and what came to pass."""
    for course in view.courses:
        yield _course(course, say)
        for mark in course.marks:
            yield f"  {mark}"


def _course(course: Course, say: Say) -> str:
    told = _("{name}: from {start} to {end} {unit}: {way}.")
    way = say(WAYS[course.way])
    return say(told, name=course.name, start=shown(course.start), end=shown(course.end), unit=course.unit, way=way)


def room_says(view: HotwashPage, about: str, of: str, say: Say) -> list[str]:
    """What the room has said about one thing."""
    found = [note.text for note in view.notes if (note.about, note.of) == (about, of)]
    return [say("   The room: {text}", text=text) for text in found]


def changes(view: HotwashPage, say: Say) -> Iterator[str]:
    """What each person in the room would change, by seat; then what was said of the session as a whole."""
    for seat, name in SEATS.items():
        named = [note.text for note in view.notes if (note.about, note.of) == ("change", seat)]
        for text in named:
            yield say("{team} would change: {text}", team=say(name), text=text)
        if not named and seat != "observer":
            yield say("{team} has named nothing to change.", team=say(name))
    yield from room_says(view, "session", "", say)
