"""What happened as blocks: an hour, who or what, the words, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from crisis_sim.pages.blocks import Block, Paragraph, Quote, Span, Tone, line
from crisis_sim.pages.seat_parts import FeedItem, FeedSort
from crisis_sim.wording import Say, _

WHOSE: Final[Mapping[FeedSort, str]] = {"situation": _("News"), "ours": _("From us")}
"""Those whose head alone does not tell what they are."""
QUOTED: Final = ("theirs", "ours", "answer")
TONES: Final[Mapping[FeedSort, Tone]] = {"silence": "bad", "line": "bad", "channel": "quiet", "track": "quiet"}


def feed_blocks(feed: Iterable[FeedItem], say: Say, *, marked: bool = True) -> Iterator[Block]:
    """Each thing in the order given; `marked` tells what is of this turn."""
    empty = True
    for item in feed:
        empty = False
        yield from _item(item, say, marked=marked)
    if empty:
        yield Paragraph(line(Span(say("Nothing has happened yet."), "quiet")))


def _item(item: FeedItem, say: Say, *, marked: bool) -> Iterator[Block]:
    is_new = marked and item.is_new
    tone: Tone = "strong" if is_new else TONES.get(item.sort, "")
    whose = say("{head}: {text}", head=say(WHOSE[item.sort]), text="") if item.sort in WHOSE else ""
    new = (Span(say("NEW") + " ", "new"),) if is_new else ()
    hour = line(Span(f"T+{item.hour}", "quiet"))
    yield Paragraph((*new, Span(whose, "quiet"), Span(item.head, tone)), lead=hour)
    if item.text and item.sort in QUOTED:
        yield Quote(item.text, depth=1)
    elif item.text:
        yield Paragraph(line(item.text), depth=1)
    if item.tail:
        yield Paragraph(line(Span(item.tail, "quiet")), depth=1)
