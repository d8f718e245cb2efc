"""Pages of a replay as blocks: the table as a seat saw it, its numbers with how they went, jumps, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from crisis_sim.engine.views.seat_views import FacilitatorView, TeamView, View
from crisis_sim.errors import CrisisSimError
from crisis_sim.pages import blocks as b
from crisis_sim.pages.acts_opened import acts_blocks
from crisis_sim.pages.channel_blocks import channel_blocks
from crisis_sim.pages.console_blocks import room_blocks, trace_blocks
from crisis_sim.pages.duty import duty
from crisis_sim.pages.feed_order import newest_first
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.pages.forecast_blocks import forecast_blocks
from crisis_sim.pages.line_blocks import line_blocks
from crisis_sim.pages.opening import Opening
from crisis_sim.pages.pending_blocks import draft_blocks, exchange_blocks, request_blocks
from crisis_sim.pages.reading_blocks import cards_taken
from crisis_sim.pages.refusals import NAMELESS, refusal
from crisis_sim.pages.standing_blocks import home_blocks
from crisis_sim.pages.traces import describe_traces
from crisis_sim.pages.translator import Translator
from crisis_sim.replaying.lens import SEATS, Lens, LensCurve, LensNumber
from crisis_sim.replaying.remarks import Remark
from crisis_sim.replaying.replay_blocks import gap_blocks, reason_blocks
from crisis_sim.replaying.replayed import Replayed
from crisis_sim.text import clipped
from crisis_sim.wording import Say, _

SEALED: Final = _("Before the hotwash no team knows that. w shows the whole, with what was sealed.")
HEADS: Final = {
    "tension": _("TENSION"),
    "standing": _("AT HOME"),
    "belief": _("WHAT WAS BELIEVED"),
    "pressure": _("PRESSURE ON LINES"),
    "readiness": _("READINESS OF CHANNELS"),
    "track": _("AT STAKE"),
}
"""Headings by the meter that opens each group."""
GROUPS: Final = {"felt": "tension", "trust": "standing", "expectation": "standing"}
STEPS: Final = "▁▂▃▄▅▆▇█"
COLUMNS: Final = 36
"""Cells of a curve."""
MAX_HITS: Final = 200


def table_blocks(view: View, say: Translator) -> Iterator[b.Block]:
    """The table as one seat saw it."""
    if isinstance(view, FacilitatorView):
        yield from room_blocks(view, say)
    if not isinstance(view, TeamView):
        return
    yield b.prose(duty(view, say), "strong")
    if view.hotwash is not None:
        yield from acts_blocks(view.hotwash, Opening(all_open=True), say)
    requests = (*request_blocks(view.requests, view, say), *exchange_blocks(view.exchanges, say))
    has_list = view.phase == "moves" or view.requests
    parts: tuple[tuple[str, Iterable[b.Block]], ...] = (
        (
            say("ON THE DESK"),
            (
                *((*requests, *draft_blocks(view.drafts, say, final=view.committed)) if has_list else ()),
                *cards_taken(view.to_read, say),
                *forecast_blocks(view.asked_now, say),
            ),
        ),
        (say("OUR LINES"), line_blocks(view.lines, say)),
        (say("WHAT HAPPENED, NEWEST FIRST"), feed_blocks(newest_first(view.feed), say, turn=view.turn)),
        (say("AT HOME, AT STAKE"), home_blocks(view, say)),
        (say("CHANNELS"), channel_blocks(view, say)),
    )
    for head, blocks in parts:
        if page := tuple(blocks):
            yield b.Heading(head, tone=view.side)
            yield from page


def curve_blocks(curves: Sequence[LensCurve], place: int, places: int, say: Say) -> Iterator[b.Block]:
    """Every number with its value at a place and how it went up to there; each can be picked."""
    for group, members in groupby(curves, key=_group):
        yield b.Heading(say(HEADS[group]), 3)
        for curve in members:
            number, value = curve.number, curve.value_at(place)
            tone: b.Tone = "us" if number.subject == "us" else "china" if number.subject == "china" else ""
            yield b.Paragraph(
                b.line(
                    b.Span(f"{number.name}  ", tone), b.Span(number.format_value(value), "strong"),
                    b.Span(f"\n{sparkline(curve, place, places)}", tone or "quiet"),
                ),
                key=number.key,
            )  # fmt: skip


def _group(curve: LensCurve) -> str:
    return GROUPS.get(curve.number.meter, curve.number.meter)


def sparkline(curve: LensCurve, place: int, places: int) -> str:
    """How a number went, from the start to a place; its range is that of what is shown."""
    shown = [curve.value_at(((column + 1) * places - 1) // COLUMNS) for column in range(place * COLUMNS // places + 1)]
    known_values = [value for value in shown if value is not None]
    if not known_values:
        return ""
    lowest, span = min(known_values), max(max(known_values) - min(known_values), 1)
    return "".join(" " if value is None else STEPS[(value - lowest) * (len(STEPS) - 1) // span] for value in shown)


def jump_blocks(
    replayed: Replayed, lens: Lens, seq: int, query: str, hits: Sequence[int], say: Say
) -> Iterator[b.Block]:
    """Turning points, the largest gaps and what a search found; picking one goes there."""
    if query:
        yield b.Heading(say("FOUND “{text}”: {count}", text=clipped(query, 40), count=len(hits)))
        for hit in hits[:MAX_HITS]:
            moment = replayed.moment(lens, hit, brief=True)
            lead = b.line(b.Span(str(moment.number), "quiet"))
            yield b.Paragraph(b.line(" ".join(moment.sentences)), key=f"seq:{hit}", lead=lead)
    if not replayed.is_open(lens, seq):
        yield b.prose(say(SEALED), "quiet")
        return
    yield b.Heading(say("TURNING POINTS"))
    turning = replayed.turning(lens, seq)
    yield from (b.Paragraph(b.line(jump.sentence), key=f"seq:{jump.seq}", lead=b.line("•")) for jump in turning)
    if not turning:
        yield b.prose(say("Tension did not move."), "quiet")
    gaps = replayed.gaps(lens, seq)
    yield b.Heading(say("LARGEST GAPS, BY THEIR NUMBER"))
    yield from gap_blocks(enumerate(gaps, 1), say)
    if not gaps:
        yield b.prose(say("Everything was read as it was meant, or nothing was read."), "quiet")


def remark_blocks(remarks: Iterable[tuple[int, Remark]], file: str, say: Say) -> Iterator[b.Block]:
    """Bookmarks and notes with the moment that they are about; picking one goes there."""
    yield b.prose(say("b marks this moment, a notes something about it; both are kept in {file}.", file=file), "quiet")
    for place, remark in remarks:
        mark = b.Span(f"{place} {'◆' if remark.kind == 'bookmark' else '✎'}", "new")
        yield b.Paragraph(b.line(remark.text), key=f"seq:{remark.seq}", lead=b.line(mark))


def why_blocks(
    replayed: Replayed, lens: Lens, seq: int, number: LensNumber | None, say: Translator
) -> Iterator[b.Block]:
    """Every step of a number; without one, the latest reasons of the whole."""
    if number is not None:
        place = replayed.moment(lens, seq).number
        curve = next(
            (candidate for candidate in replayed.curves(lens, seq) if candidate.number.key == number.key), None
        )
        value = None if curve is None else curve.value_at(place)
        yield from reason_blocks(number, value, replayed.why(lens, seq, number), say)
        return
    yield b.prose(say("Pick a number on the page of curves (enter or y) to see every step of it."), "quiet")
    view = replayed.view(SEATS[lens][0], seq)
    if isinstance(view, FacilitatorView):
        yield from trace_blocks(reversed(describe_traces(view.traces, replayed.seat_formatter("facilitator"))), say)
    else:
        yield b.prose(say(SEALED), "quiet")


def refused_block(refused: CrisisSimError, replayed: Replayed) -> b.Block:
    """Why a page can't be shown through this lens."""
    if refused.code == "replay/sealed":
        return b.prose(replayed.say(SEALED), "quiet")
    return b.prose(" ".join(refusal(refused, replayed.language, NAMELESS)), "quiet")
