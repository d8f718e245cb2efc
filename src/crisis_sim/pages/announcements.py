"""The telling: what a team reads when a turn begins, oldest first and one thing at a time, and how it ended.

It begins with what came of the turn before, goes on with what has happened since, and ends with what is left and what
is asked. After the last turn it tells what became of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Final, TypeAlias

from crisis_sim.engine.views.feed_items import (
    ActItem,
    AnyFeedItem,
    DecisionItem,
    MarkItem,
    OwnActItem,
    SituationItem,
    TrackItem,
)
from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Quote, Span, capital, line, prose
from crisis_sim.pages.closer_words import closer_blocks
from crisis_sim.pages.cost_opened import cost_blocks
from crisis_sim.pages.decision_blocks import decision_blocks
from crisis_sim.pages.feed_order import by_hour
from crisis_sim.pages.feed_words import QUOTED, FeedWords, item_words
from crisis_sim.pages.pending_blocks import request_blocks
from crisis_sim.pages.standing_blocks import track_blocks
from crisis_sim.pages.translator import Translator, describe_fate
from crisis_sim.wording import _

TellingPage: TypeAlias = tuple[Block, ...]
"""One thing that is told, or the last page."""

TOGETHER: Final = 5
"""Things in a line each that one page takes, where they came of the same hour."""


def due_announcement(view: View) -> int:
    """Up to which telling a team is to have read, by its turn, the one after the last turn too; 0 where none is due."""
    if not isinstance(view, TeamView) or not view.turn or view.committed:
        return 0
    if view.phase == "closing":
        return view.turns + 1
    return view.turn if view.phase in ("situation", "moves") else 0


def announcement_pages(view: TeamView, say: Translator, *, is_read_aloud: bool = False) -> tuple[TellingPage, ...]:
    """The pages of the turn at hand, or of the end; the last tells how it stands.

    With `is_read_aloud` they leave out words that were read when they came, the channels of what we sent, and how
    far scales go after the first time.
    """
    is_over = view.phase == "closing"
    past = view.turn if is_over else view.turn - 1
    last_page = tuple(_ended(view, say) if is_over else _stands(view, say, is_read_aloud=is_read_aloud))
    return (
        *_of_past(view, past, say, is_read_aloud=is_read_aloud),
        *(() if is_over else _of_now(view, say)),
        last_page,
    )


def _of_past(view: TeamView, turn: int, say: Translator, *, is_read_aloud: bool) -> Iterator[TellingPage]:
    """What became of what we did in a turn, what conduct has brought about, and what else came of it.

    A mark that a track had come to when the turn began was told then.
    """
    feed = [item for item in by_hour(view.feed) if item.turn == turn and turn]
    if sent := [item for item in feed if isinstance(item, OwnActItem)]:
        yield tuple(_sent(sent, view, say, is_read_aloud=is_read_aloud))
    brought = [item for item in feed if isinstance(item, TrackItem | MarkItem) and not _by_clock(item)]
    if brought:
        yield tuple(_brought_about(brought, say))
    told_elsewhere = (OwnActItem, ActItem, SituationItem, TrackItem, MarkItem)
    rest = [item for item in feed if not isinstance(item, told_elsewhere)]
    yield from _item_pages(_drop_repeats(rest), say("Since then"), say)
    yield from _hourly([item for item in feed if isinstance(item, MarkItem) and item.by == "end"], say)


def _by_clock(item: AnyFeedItem) -> bool:
    return isinstance(item, MarkItem) and item.by != "conduct"


def _drop_repeats(items: Sequence[AnyFeedItem]) -> list[AnyFeedItem]:
    """What a voice said because of us is told so, and not once more as what everybody heard."""
    ours = [item.words for item in items if isinstance(item, DecisionItem) and item.side is not None]
    return [item for item in items if not isinstance(item, DecisionItem) or item.side or item.words not in ours]


def _sent(acts: Iterable[OwnActItem], view: TeamView, say: Translator, *, is_read_aloud: bool) -> Iterator[Block]:
    """Our own acts, with how they fared as far as we can know."""
    yield Heading(say("What became of what we did"))
    for item in acts:
        head = say.move(item.act.move) if is_read_aloud else item_words(item, say).head
        yield Paragraph(line(Span(head, "strong")))
        fate = describe_fate(item, say, view.hour, is_over=view.phase == "closing")
        yield prose(say("{sentence}.", sentence=capital(fate)), depth=1)


def _brought_about(items: Iterable[TrackItem | MarkItem], say: Translator) -> Iterator[Block]:
    """What moved what is at stake, in its author's words, and by how much each way; what said the same is told once."""
    yield Heading(say("What both sides have brought about"))
    by_track: dict[str, list[TrackItem | MarkItem]] = {}
    for item in items:
        by_track.setdefault(item.track, []).append(item)
    for track, track_items in by_track.items():
        for run in _one_way(track_items):
            for text in dict.fromkeys(say.localize(item.says) for item in run):
                yield Paragraph(line(text))
            if moves := [item for item in run if isinstance(item, TrackItem)]:
                change_text = say.moved(track, moves[0].before, moves[-1].after)
                yield Paragraph(line(Span(change_text, "strong")), depth=1)


def _one_way(items: Iterable[TrackItem | MarkItem]) -> Iterator[list[TrackItem | MarkItem]]:
    """What moved a track, in runs that moved it one way; a mark goes with what brought it to that."""
    run: list[TrackItem | MarkItem] = []
    rises: bool | None = None
    for item in items:
        way = item.after > item.before if isinstance(item, TrackItem) else rises
        if run and way is not None and rises not in (None, way):
            yield run
            run = []
        run.append(item)
        rises = way
    yield run


def _of_now(view: TeamView, say: Translator) -> Iterator[TellingPage]:
    """What has happened since the turn before began, each at its hour."""
    new = [item for item in by_hour(view.feed) if item.turn == view.turn and not isinstance(item, OwnActItem)]
    yield from _hourly(new, say)


def _hourly(items: Iterable[AnyFeedItem], say: Translator) -> Iterator[TellingPage]:
    for hour, run in groupby(items, key=lambda item: item.hour):
        yield from _item_pages(run, say("Hour {hour}", hour=hour), say)


def _item_pages(items: Iterable[AnyFeedItem], head: str, say: Translator) -> Iterator[TellingPage]:
    """A page for each thing that has words of its own; those in a line each stand together."""
    entries = [item_words(item, say) for item in items]
    for is_short, run in groupby(entries, key=_is_short):
        group = list(run)
        size = TOGETHER if is_short else 1
        for start in range(0, len(group), size):
            yield (Heading(head), *chain.from_iterable(_entry_blocks(entry) for entry in group[start : start + size]))


def _is_short(entry: FeedWords) -> bool:
    return not entry.text and entry.sort not in ("situation", "line")


def _entry_blocks(entry: FeedWords) -> Iterator[Block]:
    yield Paragraph(line(Span(entry.head, "bad" if entry.sort in ("silence", "line") else "strong")))
    if entry.text:
        yield Quote(entry.text) if entry.sort in QUOTED else prose(entry.text)
    if entry.tail:
        yield prose(entry.tail, "quiet")


def _stands(view: TeamView, say: Translator, *, is_read_aloud: bool) -> Iterator[Block]:
    """What is left, how far the clock will go on, and what is asked of us."""
    yield Heading(say("What is left"))
    scaled = not is_read_aloud or view.turn == 1
    yield from (bar if scaled else bar._replace(scale="") for bar in track_blocks(view.tracks, say))
    yield prose(_leap(view, say), "quiet")
    asks = [
        *request_blocks(view.requests, view, say, detailed=not is_read_aloud),
        *closer_blocks(view, say),
        *decision_blocks(view.decisions, say),
    ]
    yield Heading(say("What is asked of us"))
    yield from asks or [prose(say("Nobody waits for an answer of ours. What we do is ours to choose."))]


def _leap(view: TeamView, say: Translator) -> str:
    """How far the clock goes on when the turn is over."""
    hours = {"n": view.next_hour - view.hour, "hour": view.next_hour}
    if view.turn < view.turns:
        return say(
            "The next turn begins at hour {hour}, {n} hour on.",
            plural="The next turn begins at hour {hour}, {n} hours on.",
            **hours,
        )
    return say(
        "This is the last turn. When it is over, {n} hour goes by, to hour {hour}.",
        plural="This is the last turn. When it is over, {n} hours go by, to hour {hour}.",
        **hours,
    )


def _ended(view: TeamView, say: Translator) -> Iterator[Block]:
    """What became of them."""
    yield Heading(say("What became of them"))
    yield from cost_blocks(view.courses, say)


NOW: Final = _("What has happened: {n} of {of}. Space goes on, left goes back.")
LAST: Final = _("This is how it stands. Space opens our table; left goes back.")
END_HINT: Final = _("This is how it ended. Space goes on to our last guesses; left goes back.")


def current_announcement(view: View, place: int, pages: int, say: Translator) -> str:
    """What a reader of the telling does, at a place from 0."""
    if place < pages - 1:
        return say(NOW, n=place + 1, of=pages)
    return say(END_HINT if view.phase == "closing" else LAST)
