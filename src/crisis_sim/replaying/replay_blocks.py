"""A replay as blocks: where it stands, why a number stands where it does, the largest gaps, and a narrator's story.

What is told lies beside the log, as remarks in the lens of the story. Acts are opened here, so only a session that is
over has a story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crisis_sim.pages.acts_opened import FAR, describe_gap, taken_blocks
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Quote, Span, line, prose, words
from crisis_sim.replaying.lens import Lens, LensNumber
from crisis_sim.replaying.replayed import Moment, Replayed
from crisis_sim.replaying.state_history import Jump, Reason
from crisis_sim.text import cells
from crisis_sim.wording import Say, _


def format_place(moment: Moment, lens: Lens, say: Say, *, for_speech: bool = False) -> str:
    """Turn, hour and phase, and which moment of how many it is; `for_speech` leaves out the sign between the two."""
    when = say(moment.phase)
    if moment.turn:
        words = {"turn": moment.turn, "turns": moment.turns, "hour": moment.hour, "phase": when}
        when = say("turn {turn} of {turns}, T+{hour} h, {phase}", **words)
    counted = {"n": moment.number, "m": moment.total}
    place = say("moment {n} of {m}", "heard", **counted) if for_speech else say("moment {n} of {m}", **counted)
    if lens == "whole":
        return say("{at}, entry {n}, {when}", at=place, when=when, n=moment.number)
    return say("{at}, {when}", at=place, when=when)


def reason_blocks(number: LensNumber, value: int | None, reasons: Sequence[Reason], say: Say) -> Iterator[Block]:
    """Every step of a number, newest first; picking one goes there."""
    yield Heading(say("Why {name} stands at {value}", name=number.name, value=number.format_value(value)), 3)
    for reason in reasons:
        lead = line(Span(say("turn {turn}", turn=reason.turn), "quiet"))
        yield Paragraph(line(reason.sentence), key=f"seq:{reason.seq}", lead=lead)
        place = (
            say("entry {n}; {at}", n=reason.seq, at=reason.place) if reason.place else say("entry {n}", n=reason.seq)
        )
        yield prose(place, "quiet", depth=1)
    if number.meter == "belief":
        yield prose(say("The team says it after each turn; no rule moves it."), "quiet")
    elif not reasons:
        yield prose(say("It has not moved so far."), "quiet")


def gap_blocks(gaps: Iterable[tuple[int, Jump]], say: Say) -> Iterator[Block]:
    """Acts that were read, by the number of their gap: what was said, meant, and read; picking one goes there."""
    for number, jump in gaps:
        lead = line(Span(str(number), "quiet"))
        yield Paragraph(line(Span(jump.sentence, "strong")), key=f"seq:{jump.seq}", lead=lead)
        if jump.text:
            yield Quote(jump.text, depth=1)
        if (act := jump.meaning) is not None and act.reading is not None:
            sentence = describe_gap(act.key[1], act.intent, act.expected, act.reading, say)
            yield prose(sentence, "bad" if abs(act.surprise) >= FAR else "quiet", depth=1)


A_SECOND = 18
"""Cells of text that are read in a second."""
SHORTEST = 4
"""Seconds that a stop is left standing at least."""
KEYS = _("Read it, then → for what comes next; space lets it go on by itself, u and c show what each side saw.")
ENDS = _("That was the whole story: ← goes back, u and c show what each side saw, ctrl+q leaves.")
"""The same at its last moment."""
LEADS_ON = _("That was the whole story. Enter plays a session alone, 45 minutes; ← goes back, ctrl+q leaves.")
"""The same where a session can be begun from there."""


def story_blocks(replayed: Replayed, seq: int) -> Iterator[Block]:
    """Where the story stands at the entry `seq`: the hour, what is told, and the act that was read with it."""
    say, moment = replayed.say, replayed.moment("story", seq)
    if moment.turn:
        when = {"turn": moment.turn, "turns": moment.turns, "hour": moment.hour}
        yield Heading(say("Turn {turn} of {turns}, hour {hour}", **when))
    else:
        yield Heading(replayed.title)
    paragraphs = [Paragraph(line(Span(sentence, "strong"))) for sentence in moment.sentences]
    read = replayed.pairs_at(replayed.numbered("story", moment.number))
    for pair in read:
        yield from taken_blocks(pair, paragraphs, say)
    yield from () if read else paragraphs


def seconds_to_read(page: Iterable[Block]) -> float:
    """How long a page of the story stands where it goes on by itself."""
    texts = (words(block.line) if isinstance(block, Paragraph) else getattr(block, "text", "") for block in page)
    return max(SHORTEST, sum(map(cells, texts)) / A_SECOND)
