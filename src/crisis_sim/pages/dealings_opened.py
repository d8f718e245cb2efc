"""How the two dealt with each other: what was asked and answered, what went over each channel, what stayed unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.views.hotwash_facts import ChannelUse, Contact, HotwashFacts
from crisis_sim.pages.blocks import Block, Column, Heading, Row, Span, Table, Tone, capital, line, listed, prose
from crisis_sim.pages.calls_opened import call_blocks, noted_blocks
from crisis_sim.pages.channel_blocks import shape_word
from crisis_sim.pages.opening import Dealing, Opening, dealings
from crisis_sim.pages.record_words import record_sections
from crisis_sim.pages.translator import Translator
from crisis_sim.wording import join_parts

TONES: tuple[Tone, ...] = ("us", "china", "bad", "bad", "bad", "bad")
"""Of the counts of a channel."""
KINDS: Final = (*("silences", "readouts", "decisions", "citations", "home", "assets", "facts", "closer", "flags"),)
"""Kinds of dealings in their order."""
EVER_TOLD: Final = ("silences", "readouts", "flags")
"""Those of which it is said that there were none."""


def dealing_blocks(view: HotwashFacts, opening: Opening, say: Translator) -> Iterator[Block]:
    """What each side asked and what became of it; each channel; then silences, readouts, flags."""
    places = dealings(view)
    for place in places if opening.all_open else places[opening.place : opening.place + 1]:
        yield from PARTS[place](view, say)


def _contacts(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """What each side asked and what became of it, and how it sought contact."""
    if not view.contacts:
        return
    us, china = view.contacts
    yield Heading(say("What each side asked, and what came of it"))
    counts = zip(_counts(us, china, say), _counts(china, us, say), strict=True)
    yield both_sides(((name, ours, theirs) for (name, ours), (_name, theirs) in counts), say)


def _counts(contact: Contact, counterpart: Contact, say: Translator) -> Iterator[tuple[str, str]]:
    """One side's counts by name; what happened to neither is not told, where silence was nobody's."""
    yield say("asked for something"), str(contact.asked)
    yield say("of that, taken"), str(contact.taken)
    if contact.stood or counterpart.stood:
        yield say("of these, stood with nobody asked"), str(contact.stood)
    yield say("refused"), str(contact.refused)
    yield say("met with a counter-proposal"), str(contact.countered)
    yield say("unanswered in time"), str(contact.unanswered)
    if contact.unheard or counterpart.unheard:
        yield say("request or answer did not arrive in time"), str(contact.unheard)
    if contact.answered_late or counterpart.answered_late:
        yield say("answered after that, and counted twice"), str(contact.answered_late)
    yield say("still open at the end"), str(contact.still_open)
    yield say("said in public"), str(contact.public)
    yield say("said in private"), str(contact.private)
    yield say("in private before the first public word"), str(contact.private_before_public)
    first = say("never") if contact.first_contact is None else say("T+{hour}", hour=contact.first_contact)
    yield say("first private word that arrived"), first


def _channels(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """What went over each channel; nought is a dot, so that what happened stands out."""
    yield Heading(say("What went over each channel"))
    heads = (say("US"), say("China"), say("late"), say("lost"), say("low"), say("leak"))
    columns = (Column("", is_wide=True), *(Column(head, is_number=True) for head in heads))
    legend = say(
        "Acts sent; late: in a later turn; lost: not taken up; low: taken by somebody without authority; leak: the "
        "press had it."
    )
    rows = tuple(_channel(channel, channel.id in view.suspended, say) for channel in view.channels)
    yield Table(columns, rows, line(Span(legend, "quiet")))


def _channel(use: ChannelUse, suspended: bool, say: Translator) -> Row:
    """One channel: what went over it, how it served, how its shape changed."""
    name, end_word = say.channel(use.id), say("suspended") if suspended else shape_word(use.id, use.end, say)
    used: Tone = "" if use.us or use.china else "quiet"
    counts = (use.us, use.china, use.late, use.lost, use.too_low, use.leaked)
    cells = (Span(str(n), tone) if n else Span("·", "quiet") for n, tone in zip(counts, TONES, strict=True))
    start, end = f"{shape_word(use.id, use.start, say)} {use.start}", f"{end_word} {use.end}"
    sentence = say(
        "{name}: {served}. At first {start}, then {end}.", name=name, served=_served(use, say), start=start, end=end
    )
    return Row((Span(name, used), *cells), sentence, notes=(line(Span(f"{start} → {end}", "quiet")),))


def _served(use: ChannelUse, say: Translator) -> str:
    """How it was used, and what went wrong, in words."""
    counts = (
        (use.late, say("{n} late", n=use.late)),
        (use.lost, say("{n} not taken up", n=use.lost)),
        (use.too_low, say("{n} taken too low", n=use.too_low)),
        (use.leaked, say("{n} leaked", n=use.leaked)),
    )
    sent = say("US {us}, China {china}", us=use.us, china=use.china) if use.us or use.china else say("not used")
    return join_parts([sent, *(words for count, words in counts if count)], say)


def _record_blocks(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """Silences, readouts, what bound teams at home, things that were used, flags."""
    for kind, (head, sentences) in zip(KINDS, record_sections(view, KINDS, say), strict=True):
        if sentences or kind in EVER_TOLD:
            yield Heading(head)
            yield listed(sentences) if sentences else prose(say("none"), "quiet")


def _calls(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """What each side wanted of each call."""
    yield Heading(say("Calls, and what each side wanted of them"))
    yield from call_blocks(view.calls, say)


def _talks(view: HotwashFacts, say: Translator) -> Iterator[Block]:
    """What each side noted of each talk."""
    yield Heading(say("Talks, as each side noted them"))
    yield from noted_blocks(view.talks, say)


PARTS: Final[Mapping[Dealing, Callable[[HotwashFacts, Translator], Iterator[Block]]]] = {
    "contacts": _contacts,
    "calls": _calls,
    "talks": _talks,
    "channels": _channels,
    "told": _record_blocks,
}


def both_sides(counts: Iterable[tuple[str, str, str]], say: Translator) -> Table:
    """A row for each thing: its name, how it was with the US, and with China."""
    columns = (
        Column("", is_wide=True),
        Column(say("US"), is_number=True, tone="us"),
        Column(say("China"), is_number=True, tone="china"),
    )
    rows = []
    for name, us, china in counts:
        sentence = say("{name}: US {n}, China {m}", name=capital(name), n=us, m=china)
        rows.append(Row((Span(capital(name)), Span(us, "us"), Span(china, "china")), sentence))
    return Table(columns, tuple(rows))
