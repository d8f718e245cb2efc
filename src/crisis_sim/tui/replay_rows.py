"""What the pages of a replay say, as rows: the table as a lens shows it, why, jumps, bookmarks and notes."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence

from crisis_sim.engine.sight.views import FacilitatorView, TeamView, View
from crisis_sim.pages.acts_opened import acts_blocks
from crisis_sim.pages.channel_blocks import channel_blocks
from crisis_sim.pages.console_blocks import room_blocks
from crisis_sim.pages.desk_blocks import draft_blocks, exchange_blocks, request_blocks
from crisis_sim.pages.duty import duty
from crisis_sim.pages.feed_order import newest_first
from crisis_sim.pages.feed_words import feed_blocks
from crisis_sim.pages.forecast_blocks import forecast_blocks
from crisis_sim.pages.line_blocks import line_blocks
from crisis_sim.pages.opening import Opening
from crisis_sim.pages.reading_blocks import cards_taken
from crisis_sim.pages.standing_blocks import home_blocks
from crisis_sim.pages.teller import Teller
from crisis_sim.replaying.lens import Lens, lens_name
from crisis_sim.replaying.remarks import Remark
from crisis_sim.replaying.replay_blocks import gap_blocks, place_told
from crisis_sim.replaying.replayed import Moment
from crisis_sim.replaying.state_history import Jump
from crisis_sim.text import cells, clipped, wrapped
from crisis_sim.tui.block_rows import inert, laid_out
from crisis_sim.tui.now_bar import now_rows
from crisis_sim.tui.pane_rows import (
    BLANK,
    READING,
    PaneBlock,
    PaneRow,
    PaneTone,
    Piece,
    block,
    fit,
    para,
    row,
    spread,
    width_of,
)
from crisis_sim.tui.screen_words import Say
from crisis_sim.wording import _

TONES: dict[Lens, PaneTone] = {"us": "us", "china": "china", "whole": "bad", "dual": "head", "story": "head"}
"""In which the words of a lens stand on every screen."""
TITLE = 12
"""Cells without which a title is left out rather than cut."""
SEALED = _("Before the hotwash no team knows that. w shows the whole, with what was sealed.")


def head_rows(title: str, lens: Lens, moment: Moment, playing: str, width: int, most: int, say: Say) -> list[PaneRow]:
    """Where we are and through whose eyes, then what happened, in up to `most` rows.

    Where there is no room for both, the row of pages alone says through whose eyes.
    """
    right = row((playing, "now"), f"  {place_told(moment, lens, say)} ")
    whose = row(" ", (lens_name(lens, say).upper(), TONES[lens]))
    named = (*whose, *row("  ", (title, "strong")))
    left = named if width_of(whose) + TITLE + width_of(right) < width else whose
    first = spread(left, right, width) if width_of(whose) + width_of(right) < width else fit(right, width)
    told = _fitted(moment.told, width - cells(say("NOW")) - 6, most - 1)
    return [first, *now_rows(told, width, say)]


def _fitted(told: Sequence[str], width: int, most: int) -> str:
    """All that was told, one beside the other; where it has no room the longest is cut, and nobody's left out."""

    def joined(longest: int) -> str:
        return "  ".join(clipped(each, longest) for each in told)

    sizes = range(max(map(cells, told), default=0) + 1)
    return joined(bisect(sizes, 0, key=lambda size: int(len(wrapped(joined(size), width)) > most)) - 1)


def page_row(pages: Sequence[str], page: int, lens: Lens, width: int, say: Say, *, told: bool = False) -> PaneRow:
    """The names of the pages, and the key of each lens."""
    names: list[Piece] = []
    for place, name in enumerate(map(say, pages)):
        names.append((f"[{name}]" if place == page else f" {name} ", "chosen" if place == page else "dim"))
    keys: list[Piece] = []
    for name, key, label in (
        ("us", "u", say("US")),
        ("china", "c", say("China")),
        ("whole", "w", say("whole")),
        ("dual", "d", say("both")),
        *([("story", "s", say("story"))] if told else []),
    ):
        keys += [(f" {key} ", "key"), (f"[{label}]" if name == lens else label, "chosen" if name == lens else "dim")]
    return spread(row(" ", *names), row(*keys, " "), width)


# the table


def table_of(view: View, say: Teller, width: int) -> list[PaneBlock]:
    """The table as one seat saw it."""
    if isinstance(view, TeamView):
        return _team(view, say, width)
    return inert(laid_out(room_blocks(view, say), width)) if isinstance(view, FacilitatorView) else []


def _team(view: TeamView, say: Teller, width: int) -> list[PaneBlock]:
    drawn: list[PaneBlock] = [block(*para(duty(view, say), width, "strong"), BLANK)]
    if view.hotwash is not None:
        drawn += [*inert(laid_out(acts_blocks(view.hotwash, Opening(everything=True), say), width)), block(BLANK)]
    parts: tuple[tuple[str, Callable[[], list[PaneBlock]]], ...] = (
        (say("ON THE DESK"), lambda: [*_list(view, say, width), *_cards(view, say, width)]),
        (say("OUR LINES"), lambda: laid_out(line_blocks(view.lines, say), width)),
        (
            say("WHAT HAPPENED, NEWEST FIRST"),
            lambda: laid_out(feed_blocks(newest_first(view.feed), say, turn=view.turn), width),
        ),
        (say("AT HOME, AT STAKE"), lambda: laid_out(home_blocks(view, say), width)),
        (say("CHANNELS"), lambda: laid_out(channel_blocks(view, say), width)),
    )
    for head, made in parts:
        if rows := made():
            drawn += [block(row((head, view.side))), *inert(rows), block(BLANK)]
    return drawn


def _list(view: TeamView, say: Teller, width: int) -> list[PaneBlock]:
    """What is asked of the team, and its moves; nothing that invites to make one."""
    if view.phase != "moves" and not view.requests:
        return []
    page = [*request_blocks(view.requests, view, say), *exchange_blocks(view.exchanges, say)]
    return laid_out([*page, *draft_blocks(view.drafts, say, final=view.committed)], width)


def _cards(view: TeamView, say: Teller, width: int) -> list[PaneBlock]:
    """What reached the team in this turn, and how it took it; what it forecast."""
    return laid_out([*cards_taken(view.to_read, say), *forecast_blocks(view.asked_now, say)], width)


def sentences(*said: str, width: int, tone: PaneTone = "dim") -> list[PaneBlock]:
    """Sentences to read."""
    return [block(*para(each, min(width, READING), tone), BLANK) for each in said]


# jumps


def jump_blocks(
    gaps: Sequence[Jump],
    turning: Sequence[Jump],
    hits: Sequence[tuple[int, str]],
    query: str,
    width: int,
    say: Say,
    *,
    opened: bool,
) -> list[PaneBlock]:
    """Turning points, the largest gaps and what a search found; picking one goes there."""
    drawn: list[PaneBlock] = []
    if query:
        drawn.append(block(row((say("FOUND “{text}”: {count}", text=clipped(query, 40), count=len(hits)), "head"))))
        for seq, told in hits[:200]:
            drawn.append(PaneBlock((fit(row((f"{told}", "")), width),), f"seq:{seq}"))
        drawn.append(block(BLANK))
    if not opened:
        return drawn + sentences(say(SEALED), width=width)
    drawn.append(block(row((say("TURNING POINTS"), "head"))))
    for each in turning:
        drawn.append(PaneBlock(tuple(para(each.says, width, indent=2, first=row(("• ", "key")))), f"seq:{each.seq}"))
    drawn += [] if turning else [block(row((say("Tension did not move."), "dim")))]
    drawn.append(block(BLANK, row((say("LARGEST GAPS, BY THEIR NUMBER"), "head"))))
    drawn += laid_out(gap_blocks(enumerate(gaps, 1), say), width)
    none = say("Everything was read as it was meant, or nothing was read.")
    drawn += [] if gaps else [block(*para(none, width, "dim"))]
    return drawn


# remarks


def remark_blocks(remarks: Sequence[tuple[int, Remark]], file: str, width: int, say: Say) -> list[PaneBlock]:
    """Bookmarks and notes with the moment that they are about; picking one goes there."""
    keys = say("b marks this moment, a notes something about it; both are kept in {file}.", file=file)
    drawn = [block(*para(keys, width, "dim"))]
    for place, remark in remarks:
        mark: Piece = ("◆ ", "new") if remark.kind == "bookmark" else ("✎ ", "head")
        lead = row((f"{place:>5} ", "dim"), mark)
        drawn.append(PaneBlock(tuple(para(remark.text, width, indent=8, first=lead)), f"seq:{remark.seq}"))
    return drawn
