"""A session as its narrator tells it: what is said where the story stops, and the act that was read there.

What is told lies beside the log, as remarks in the lens of the story. Acts are opened here, so only a session that is
over has a story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_sim.pages.acts_opened import taken_blocks
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Span, line, words
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.text import cells
from crisis_sim.wording import _

A_SECOND = 18
"""Cells of text that are read in a second."""
SHORTEST = 4
"""Seconds that a stop is left standing at least."""
KEYS = _("Read it, then → for what comes next; space lets it go on by itself, u and c show what each side saw.")


def story_blocks(replayed: Replayed, seq: int) -> Iterator[Block]:
    """Where the story stands at the entry `seq`: the hour, what is told, and the act that was read with it."""
    say, moment = replayed.say, replayed.moment("story", seq)
    if moment.turn:
        when = {"turn": moment.turn, "turns": moment.turns, "hour": moment.hour}
        yield Heading(say("Turn {turn} of {turns}, hour {hour}", **when))
    else:
        yield Heading(replayed.title)
    told = [Paragraph(line(Span(said, "strong"))) for said in moment.told]
    read = replayed.taken(replayed.numbered("story", moment.number))
    for pair in read:
        yield from taken_blocks(pair, told, say)
    yield from () if read else told


def seconds_to_read(page: Iterable[Block]) -> float:
    """How long a page of the story stands where it goes on by itself."""
    texts = (words(block.line) if isinstance(block, Paragraph) else getattr(block, "text", "") for block in page)
    return max(SHORTEST, sum(map(cells, texts)) / A_SECOND)
