"""How the two dealt with each other: what was asked and answered, what went over each channel, what stayed unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.sight.hotwash_facts import ChannelUse, Contact, HotwashFacts
from crisis_sim.pages.blocks import Block, Column, Heading, Row, Span, Table, Tone, capital, line, listed, prose
from crisis_sim.pages.calls_opened import call_blocks, noted_blocks
from crisis_sim.pages.channel_blocks import shape_word
from crisis_sim.pages.opening import Dealing, Opening, dealings
from crisis_sim.pages.record_words import record_sections
from crisis_sim.pages.teller import Teller
from crisis_sim.wording import join_parts

TONES: tuple[Tone, ...] = ("us", "china", "bad", "bad", "bad", "bad")
"""Of the counts of a channel."""
TOLD: Final = (*("silences", "readouts", "decisions", "citations", "home", "assets", "facts", "closer", "flags"),)
"""Kinds of dealings in their order."""
EVER_TOLD: Final = ("silences", "readouts", "flags")
"""Those of which it is said that there were none."""


def dealing_blocks(view: HotwashFacts, opening: Opening, say: Teller) -> Iterator[Block]:
    """What each side asked and what became of it; each channel; then silences, readouts, flags."""
    places = dealings(view)
    for place in places if opening.everything else places[opening.place : opening.place + 1]:
        yield from PARTS[place](view, say)


def _contacts(view: HotwashFacts, say: Teller) -> Iterator[Block]:
    """What each side asked and what became of it, and how it sought contact."""
    if not view.contacts:
        return
    us, china = view.contacts
    yield Heading(say("What each side asked, and what came of it"))
    told = zip(_counts(us, china, say), _counts(china, us, say), strict=True)
    yield both_sides(((name, ours, theirs) for (name, ours), (_same, theirs) in told), say)


def _counts(of: Contact, beside: Contact, say: Teller) -> Iterator[tuple[str, str]]:
    """One side's counts by name; what happened to neither is not told, where silence was nobody's."""
    yield say("asked for something"), str(of.asked)
    yield say("of that, taken"), str(of.taken)
    if of.stood or beside.stood:
        yield say("of these, stood with nobody asked"), str(of.stood)
    yield say("refused"), str(of.refused)
    yield say("met with a counter-proposal"), str(of.countered)
    yield say("unanswered in time"), str(of.unanswered)
    if of.unheard or beside.unheard:
        yield say("request or answer did not arrive in time"), str(of.unheard)
    if of.answered_late or beside.answered_late:
        yield say("answered after that, and counted twice"), str(of.answered_late)
    yield say("still open at the end"), str(of.still_open)
    yield say("said in public"), str(of.public)
    yield say("said in private"), str(of.private)
    yield say("in private before the first public word"), str(of.private_before_public)
    first = say("never") if of.first_contact is None else say("T+{hour}", hour=of.first_contact)
    yield say("first private word that arrived"), first


def _channels(view: HotwashFacts, say: Teller) -> Iterator[Block]:
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


def _channel(of: ChannelUse, suspended: bool, say: Teller) -> Row:
    """One channel: what went over it, how it served, how its shape changed."""
    name, end_word = say.channel(of.id), say("suspended") if suspended else shape_word(of.id, of.end, say)
    used: Tone = "" if of.us or of.china else "quiet"
    counts = (of.us, of.china, of.late, of.lost, of.too_low, of.leaked)
    cells = (Span(str(n), tone) if n else Span("·", "quiet") for n, tone in zip(counts, TONES, strict=True))
    start, end = f"{shape_word(of.id, of.start, say)} {of.start}", f"{end_word} {of.end}"
    says = say(
        "{name}: {served}. At first {start}, then {end}.", name=name, served=_served(of, say), start=start, end=end
    )
    return Row((Span(name, used), *cells), says, notes=(line(Span(f"{start} → {end}", "quiet")),))


def _served(of: ChannelUse, say: Teller) -> str:
    """How it was used, and what went wrong, in words."""
    counts = (
        (of.late, say("{n} late", n=of.late)),
        (of.lost, say("{n} not taken up", n=of.lost)),
        (of.too_low, say("{n} taken too low", n=of.too_low)),
        (of.leaked, say("{n} leaked", n=of.leaked)),
    )
    sent = say("US {us}, China {china}", us=of.us, china=of.china) if of.us or of.china else say("not used")
    return join_parts([sent, *(words for count, words in counts if count)], say)


def _told(view: HotwashFacts, say: Teller) -> Iterator[Block]:
    """Silences, readouts, what bound teams at home, things that were used, flags."""
    for kind, (head, told) in zip(TOLD, record_sections(view, TOLD, say), strict=True):
        if told or kind in EVER_TOLD:
            yield Heading(head)
            yield listed(told) if told else prose(say("none"), "quiet")


def _calls(view: HotwashFacts, say: Teller) -> Iterator[Block]:
    """What each side wanted of each call."""
    yield Heading(say("Calls, and what each side wanted of them"))
    yield from call_blocks(view.calls, say)


def _talks(view: HotwashFacts, say: Teller) -> Iterator[Block]:
    """What each side noted of each talk."""
    yield Heading(say("Talks, as each side noted them"))
    yield from noted_blocks(view.talks, say)


PARTS: Final[Mapping[Dealing, Callable[[HotwashFacts, Teller], Iterator[Block]]]] = {
    "contacts": _contacts,
    "calls": _calls,
    "talks": _talks,
    "channels": _channels,
    "told": _told,
}


def both_sides(counts: Iterable[tuple[str, str, str]], say: Teller) -> Table:
    """A row for each thing: its name, how it was with the US, and with China."""
    columns = (
        Column("", is_wide=True),
        Column(say("US"), is_number=True, tone="us"),
        Column(say("China"), is_number=True, tone="china"),
    )
    rows = []
    for name, us, china in counts:
        says = say("{name}: US {n}, China {m}", name=capital(name), n=us, m=china)
        rows.append(Row((Span(capital(name)), Span(us, "us"), Span(china, "china")), says))
    return Table(columns, tuple(rows))
