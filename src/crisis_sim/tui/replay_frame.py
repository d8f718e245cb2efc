"""How a replay looks: header, the log as a line, the table through a lens, and a page beside it.

It is given a `Replayed` and shows what that says. What the lens of a team does not know, no page can tell: it asks for
it and is refused.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer

from crisis_sim.engine.actions import SeatName
from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.teller import Teller
from crisis_sim.replaying.lens import SEATS, Lens, LensNumber
from crisis_sim.replaying.replay_blocks import ENDS, KEYS, reason_blocks, story_blocks
from crisis_sim.replaying.replayed import Moment, Replayed
from crisis_sim.text import clean
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.foot import Foot
from crisis_sim.tui.key_bindings import EVERYWHERE, KeyBinding
from crisis_sim.tui.now_bar import or_too_small
from crisis_sim.tui.pane_rows import BLANK, READING, PaneBlock, PaneRow
from crisis_sim.tui.replay_pictures import bar_row, curve_blocks
from crisis_sim.tui.replay_rows import SEALED, head_rows, jump_blocks, page_row, remark_blocks, sentences, table_of
from crisis_sim.tui.screen_words import refusal
from crisis_sim.tui.sized_screen import SizedScreen
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import _

PAGES = (_("Table"), _("Curves"), _("Why"), _("Jumps"), _("Notes"))
TABLE, CURVES, WHY, JUMPS, NOTES = range(5)
SPEEDS = (1, 2, 4, 8, 16)
"""Moments a second."""
AIRY = 30
"""Rows of a window from which the parts of a story stand apart; in a lower one all of a stop is in sight."""
BESIDE = 8
"""Pictures that are kept for whoever goes to and fro between lenses."""
SETTLED, APART = 1.0, 0.002
"""Seconds until it is looked ahead at what a lens will ask for, and between two looks; a key waits for one."""
HEAD = 4
"""Rows of the header at most; it keeps those that it has had, so that little moves while a log is played."""


@dataclass(frozen=True)
class Start:
    """Where a replay begins."""

    lens: Lens = "whole"
    seq: int = 0


class ReplayFrame(SizedScreen):
    """One log, at one moment, through one lens; what can be done with it is a subclass's."""

    KEYS: ClassVar[tuple[KeyBinding, ...]] = ()
    SCOPED_CSS = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (112, "-wide")]
    DEFAULT_CSS = """
    ReplayFrame #head { background: $ink-bar; }
    ReplayFrame #panes { height: 1fr; layout: horizontal; }
    ReplayFrame #side { width: 1fr; }
    ReplayFrame #left, ReplayFrame #right { width: 1fr; }
    """

    def __init__(self, replayed: Replayed, start: Start) -> None:
        """At a moment, through a lens."""
        super().__init__()
        self._replayed = replayed
        self.say: Teller = replayed.say
        self._lens: Lens = start.lens
        self._seq = start.seq
        self._page = TABLE
        self._number: LensNumber | None = None
        self._query = ""
        self._hits: tuple[int, ...] = ()
        self._timer: Timer | None = None
        self._speed = 0
        self._kept: dict[str, str] = {}
        self._head_rows = ("", 0, 0)
        """Of a lens and a width, the rows that the header has had."""
        self._moment: Moment = replayed.moment(self._lens, self._seq, brief=True)
        self._table = lru_cache(BESIDE)(self._find_table)
        self._curves = lru_cache(BESIDE)(self._find_curves)

    def compose(self) -> ComposeResult:
        """Header, bar, pages, panes, footer."""
        yield FixedRows(id="head", most=HEAD)
        yield FixedRows(id="bar")
        yield FixedRows(id="pages")
        yield Container(Pane(id="left"), Pane(id="right"), Pane(id="side"), id="panes")
        yield Foot(lambda: (*self.KEYS, *EVERYWHERE))

    def on_mount(self) -> None:
        """Draw head, bar and pages."""
        self.query_one("#head", FixedRows).show(self._head)
        self.query_one("#bar", FixedRows).show(self._bar)
        self.query_one("#pages", FixedRows).show(
            lambda width: [page_row(PAGES, self._page, self._lens, width, self.say, told=self._replayed.has_story)]
        )
        self._arrange()
        for notice in self._replayed.notices:
            self._tell(notice)
        self.set_timer(SETTLED, self._look_ahead)

    @work
    async def _look_ahead(self) -> None:
        """Find what other lenses will ask for while nobody waits for it."""
        for _found in self._replayed.look_ahead():
            await asyncio.sleep(APART)

    def on_resize(self) -> None:
        """Another width may fold the panes."""
        self._arrange()

    # drawing

    @property
    def _is_wide(self) -> bool:
        return self.size.width >= 112

    def _pane(self, name: str) -> Pane:
        return self.query_one(f"#{name}", Pane)

    def _arrange(self) -> None:
        """Show the panes that this page and lens have, and give the keys to the right one."""
        dual, on_table = self._lens == "dual", self._page == TABLE
        left, side = self._is_wide or on_table, not on_table or (self._is_wide and not dual)
        shown = {"left": left, "right": left and dual, "side": side}
        for name, is_shown in shown.items():
            self._pane(name).display = is_shown
        self._pane("left" if on_table else "side").focus()
        self._redraw()

    def _head(self, width: int) -> list[PaneRow]:
        playing = f" {'‖' if self._timer is None else '▶'} {SPEEDS[self._speed]}× "
        is_over = self._moment.number == self._moment.of
        told = (self.say(ENDS if is_over else KEYS),) if self._lens == "story" else self._moment.told
        too_small = or_too_small(None, self.size, self.say)
        moment = self._moment._replace(told=told if too_small is None else (too_small,))
        rows = head_rows(self._replayed.title, self._lens, moment, playing, width, HEAD, self.say)
        before = self._head_rows if self._head_rows[:2] == (self._lens, width) else (self._lens, width, 0)
        self._head_rows = (*before[:2], max(before[2], len(rows)))
        return [*rows, *([BLANK] * (self._head_rows[2] - len(rows)))]

    def _bar(self, width: int) -> list[PaneRow]:
        lens, moment = self._lens, self._moment
        remarks = [self._replayed.place(lens, each.seq) for each in self._replayed.remarks_in(lens)]
        turns = self._replayed.turn_places(lens)
        return [((" ", ""), *bar_row(moment.number, moment.of + 1, turns, remarks, width - 2))]

    def _redraw(self) -> None:
        """Draw everything for the moment at hand."""
        for name in ("head", "bar", "pages"):
            self.query_one(f"#{name}", FixedRows).redraw()
        if self._lens == "story":
            self._pane("left").title(self.say("The story"))
            is_airy = self.size.height >= AIRY
            page = self._story() if is_airy else self._story()[1:]  # the head of the screen has turn and hour too
            self._pane("left").show(lambda width: laid_out(page, min(width, READING), air=int(is_airy)))
            self._draw_side()
            return
        names = {"us": self.say("US"), "china": self.say("China"), "facilitator": self.say("The room")}
        for pane, seat in zip(("left", "right"), SEATS[self._lens], strict=False):
            if self._pane(pane).display:
                self._pane(pane).title(names[seat])
                self._pane(pane).show(partial(self._table, seat, self._seq))
        self._draw_side()

    def _find_table(self, seat: SeatName, seq: int, width: int) -> list[PaneBlock]:
        return table_of(self._replayed.view(seat, seq), self._replayed.teller(seat), min(width, READING))

    def _find_curves(self, lens: Lens, seq: int, width: int) -> list[PaneBlock]:
        log, moment = self._replayed, self._replayed.moment(lens, seq)
        turns = log.turn_places(lens)
        return curve_blocks(log.curves(lens, seq), moment.number, moment.of + 1, turns, width, self.say)

    def _story(self) -> tuple[Block, ...]:
        """What the narrator says here, and what it is about."""
        return tuple(story_blocks(self._replayed, self._seq))

    def _draw_side(self) -> None:
        if self._pane("side").display:
            page = self._page or CURVES
            self._pane("side").title(self.say("Curves: enter says why" if page == CURVES else PAGES[page]))
            self._pane("side").show(partial(self._side, page))

    def _side(self, page: int, width: int) -> list[PaneBlock]:
        try:
            return self._side_blocks(page, width)
        except CrisisSimError as refused:
            sealed = refused.code == "replay/sealed"
            return sentences(self.say(SEALED) if sealed else self._why_not(refused), width=width)

    def _side_blocks(self, page: int, width: int) -> list[PaneBlock]:
        log, lens, seq = self._replayed, self._lens, self._seq
        match page:
            case 1:
                return self._curves(lens, seq, width)
            case 2:
                return self._why_blocks(width)
            case 3:
                hits = [(hit, self._hit_told(hit)) for hit in self._hits[:200]]
                gaps, turning = (log.gaps(lens, seq), log.turning(lens, seq)) if log.is_open(lens, seq) else ((), ())
                if not log.is_open(lens, seq) and not self._query:
                    return sentences(self.say(SEALED), width=width)
                return jump_blocks(gaps, turning, hits, self._query, width, self.say, opened=log.is_open(lens, seq))
            case _:
                placed = [(log.place(lens, each.seq), each) for each in log.remarks_in(lens)]
                return remark_blocks(placed, log.notes_name, width, self.say)

    def _hit_told(self, seq: int) -> str:
        moment = self._replayed.moment(self._lens, seq, brief=True)
        return f"{moment.number:>5}  {' '.join(moment.told)}"

    def _why_blocks(self, width: int) -> list[PaneBlock]:
        if self._number is None:
            hint = self.say("Pick a number on the page of curves (enter or y) to see every step of it.")
            return [*sentences(hint, width=width), *self._traces(width)]
        curve = next(
            (each for each in self._replayed.curves(self._lens, self._seq) if each.number.key == self._number.key), None
        )
        value = None if curve is None else curve.at(self._moment.number)
        reasons = self._replayed.why(self._lens, self._seq, self._number)
        return laid_out(reason_blocks(self._number, value, reasons, self.say), width)

    def _traces(self, width: int) -> list[PaneBlock]:
        from crisis_sim.engine.sight.views import FacilitatorView
        from crisis_sim.pages.console_blocks import trace_blocks
        from crisis_sim.pages.traces import traces_told

        view = self._replayed.view(SEATS[self._lens][0], self._seq)
        if isinstance(view, FacilitatorView):
            traces = traces_told(view.traces, self._replayed.teller("facilitator"))
            return laid_out(trace_blocks(reversed(traces), self.say), width)
        return sentences(self.say(SEALED), width=width)

    # saying

    def _tell(self, sentence: str, *, warning: bool = False) -> None:
        """A notice in the corner, as plain text."""
        self.app.clear_notifications()
        self.notify(clean(sentence, lines=False), severity="warning" if warning else "information", markup=False)

    def _why_not(self, refused: CrisisSimError) -> str:
        return refusal(refused, self._replayed.language)

    def _refused(self, refused: CrisisSimError) -> None:
        """Why something was refused, and what to do instead."""
        self._tell(self._why_not(refused), warning=True)
