"""What happened as blocks: an hour, who or what, the words, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.engine.sight.feed_items import FeedFacts
from crisis_sim.pages.blocks import Block, Paragraph, Quote, Span, Tone, line, prose
from crisis_sim.pages.feed import FeedSort, Told, told
from crisis_sim.pages.telling import Teller
from crisis_sim.wording import _

WHOSE: Final[Mapping[FeedSort, str]] = {"situation": _("News"), "ours": _("From us")}
"""Those whose head alone does not tell what they are."""
QUOTED: Final = ("theirs", "ours", "answer")
TONES: Final[Mapping[FeedSort, Tone]] = {"silence": "bad", "line": "bad", "channel": "quiet", "track": "quiet"}


def feed_blocks(feed: Iterable[FeedFacts], say: Teller, *, turn: int = 0) -> Iterator[Block]:
    """Each thing in the order given; what is of the turn `turn`, and not our own, is marked as new."""
    empty = True
    for item in feed:
        empty = False
        yield from _item(item, told(item, say), say, is_new=item.turn == turn)
    if empty:
        yield prose(say("Nothing has happened yet."), "quiet")


def _item(item: FeedFacts, told: Told, say: Teller, *, is_new: bool) -> Iterator[Block]:
    is_new = is_new and told.sort != "ours"
    tone: Tone = "strong" if is_new else TONES.get(told.sort, "")
    whose = say("{head}: {text}", head=say(WHOSE[told.sort]), text="") if told.sort in WHOSE else ""
    new = (Span(say("NEW") + " ", "new"),) if is_new else ()
    hour = line(Span(f"T+{item.hour}", "quiet"))
    yield Paragraph((*new, Span(whose, "quiet"), Span(told.head, tone)), lead=hour)
    if told.text and told.sort in QUOTED:
        yield Quote(told.text, depth=1)
    elif told.text:
        yield prose(told.text, depth=1)
    if told.tail:
        yield prose(told.tail, "quiet", depth=1)
