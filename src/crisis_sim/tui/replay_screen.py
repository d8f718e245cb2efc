"""A replay: the log as a line, the table through a lens, and a page of numbers, reasons, jumps or notes beside it.

What the lens of a team does not know no page can tell: it asks for it and is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from rich.table import Table as Grid
from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Static

from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.screen_words import refusal_text, too_small
from crisis_sim.replaying.lens import SEATS, Lens, LensNumber, lens_name
from crisis_sim.replaying.page_blocks import (
    curve_blocks,
    jump_blocks,
    refused_block,
    remark_blocks,
    table_blocks,
    why_blocks,
)
from crisis_sim.replaying.replay_blocks import ENDS, KEYS, LEADS_ON, format_place, seconds_to_read, story_blocks
from crisis_sim.replaying.replayed import Moment, Replayed
from crisis_sim.text import narrow
from crisis_sim.tui import themes
from crisis_sim.tui.base_app import CrisisApp
from crisis_sim.tui.dialogs import ConfirmScreen, WriteScreen
from crisis_sim.tui.drawing import Ink
from crisis_sim.tui.key_bindings import Foot, KeyBinding
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.terminal import at_terminal
from crisis_sim.wording import _

RemarkKind: TypeAlias = Literal["bookmark", "note"]
PAGES: Final = (_("Table"), _("Curves"), _("Why"), _("Jumps"), _("Notes"))
TABLE, CURVES, WHY, JUMPS, NOTES = range(5)
SPEEDS: Final = (1, 2, 4, 8, 16)
"""Moments a second."""
WIDE_COLUMNS: Final = 112
LENS_NAMES: Final = (
    ("us", "u", "US"),
    ("china", "c", "China"),
    ("whole", "w", _("whole")),
    ("dual", "d", _("both")),
    ("story", "s", _("story")),
)


@dataclass(frozen=True)
class Start:
    """Where a replay begins."""

    lens: Lens = "whole"
    seq: int = 0
    leads_on: bool = False
    """Its end leads on to a session that is played alone."""


class ReplayScreen(KeyScreen[None]):
    """Steps, plays and jumps through one log."""

    KEYS = (
        KeyBinding("enter", "play_alone", "play alone", "Play a session of your own, against a team that listens"),
        KeyBinding("right,l", "step(1)", "next", "The next moment"),
        KeyBinding("left,h", "step(-1)", "previous", "The moment before", foot=False),
        KeyBinding("right_square_bracket", "turn(1)", "next turn", "The next turn"),
        KeyBinding("left_square_bracket", "turn(-1)", "turn before", "Back to the start of a turn", foot=False),
        KeyBinding("t", "turning(1)", "turning point", "The next turning point", foot=False),
        KeyBinding("T", "turning(-1)", "turning point before", "The turning point before", foot=False),
        KeyBinding("space", "play", "play", "Play, or stop"),
        KeyBinding("plus,equals_sign", "faster(1)", "faster", "Play faster, up to 16 moments a second", foot=False),
        KeyBinding("minus", "faster(-1)", "slower", "Play slower", foot=False),
        KeyBinding("home", "edge(0)", "the start", "The start of the log", foot=False),
        KeyBinding("end", "edge(1)", "the end", "The end of the log", foot=False),
        KeyBinding("g", "go", "go to", "Go to a moment by its number, or by percent", foot=False),
        KeyBinding("slash", "search", "search", "Search texts, moves and ids"),
        KeyBinding("n", "hit(1)", "next found", "The next place that was found", foot=False),
        KeyBinding("N", "hit(-1)", "found before", "The place found before", foot=False),
        KeyBinding("u", "lens('us')", "as the US", "See it as the US saw it", foot=False),
        KeyBinding("c", "lens('china')", "as China", "See it as China saw it", foot=False),
        KeyBinding("w", "lens('whole')", "the whole", "See the whole, with what was sealed", foot=False),
        KeyBinding("d", "lens('dual')", "both sides", "See both sides beside each other", foot=False),
        KeyBinding("s", "lens('story')", "story", "See it as its narrator tells it", foot=False),
        KeyBinding("tab", "page(1)", "next page", "The next page"),
        KeyBinding("shift+tab", "page(-1)", "page before", "The page before", foot=False),
        *(KeyBinding(str(n), f"gap({n})", "gap", "Go to where this gap was read", foot=False) for n in range(1, 10)),
        KeyBinding("y", "why", "why", "Why the number under the cursor stands where it does", foot=False),
        KeyBinding("b", "remark('bookmark')", "bookmark", "Mark this moment, beside the log", foot=False),
        KeyBinding("a", "remark('note')", "note", "Note something about this moment, beside the log", foot=False),
        KeyBinding("escape", "back", "back", "Back to the table", foot=False),
    )
    DEFAULT_CSS = """
    ReplayScreen #head, ReplayScreen #now { height: auto; max-height: 3; background: $ink-bar; padding: 0 1; }
    ReplayScreen #now { color: $ink-strong; text-style: bold; }
    ReplayScreen #bar, ReplayScreen #pages { height: 1; padding: 0 1; }
    ReplayScreen #panes { height: 1fr; }
    ReplayScreen Pane { width: 1fr; }
    """

    def __init__(self, replayed: Replayed, start: Start) -> None:
        """At a moment, through a lens."""
        super().__init__()
        self._replayed, self._start, self.say = replayed, start, replayed.say
        self._lens: Lens = start.lens
        self._seq, self._page, self._speed = start.seq, TABLE, 0
        self._number: LensNumber | None = None
        self._query, self._hits = "", tuple[int, ...]()
        self._timer: Timer | None = None
        self._moment: Moment = replayed.moment(self._lens, self._seq, brief=True)
        self.half_written: dict[str, str] = {}
        """Words of a bookmark or a note that are not kept yet."""

    def compose(self) -> ComposeResult:
        """Head, what happened, the log, the pages, the panes, the keys."""
        for name in ("head", "now", "bar", "pages"):
            yield Static(id=name, markup=False)
        yield Horizontal(Pane(id="left"), Pane(id="right"), Pane(id="side"), id="panes")
        yield Foot()

    def on_mount(self) -> None:
        """Draw, and say what is wrong with the log."""
        self._arrange()
        for notice in self._replayed.notices:
            self.tell(notice)

    def on_resize(self) -> None:
        """Another width may fold the panes."""
        self._arrange()

    def about(self) -> Sequence[str]:
        """What a replay is."""
        return (self.say("A replay goes through the log once more, moment by moment; nothing here changes the log."),)

    def own_keys(self) -> Sequence[KeyBinding]:
        """At the end of what leads on, the key that plays; enter picks elsewhere."""
        return [key for key in self.KEYS if key.action != "play_alone" or self._leads_on]

    @property
    def _leads_on(self) -> bool:
        return self._start.leads_on and self._moment.number == self._moment.total

    # drawing

    def _pane(self, name: str) -> Pane:
        return self.query_one(f"#{name}", Pane)

    def _arrange(self) -> None:
        """Show the panes that this page and lens have, and give the keys to the right one."""
        is_dual, on_table, is_wide = self._lens == "dual", self._page == TABLE, self.app.size.width >= WIDE_COLUMNS
        is_left = is_wide or on_table
        # the story stands alone: numbers come when somebody asks for them
        is_side = not on_table or (is_wide and not is_dual and self._lens != "story")
        for name, is_shown in (("left", is_left), ("right", is_left and is_dual), ("side", is_side)):
            self._pane(name).display = is_shown
        self._pane("left" if on_table else "side").focus()
        self.redraw()

    def redraw(self) -> None:
        """Draw everything for the moment at hand."""
        say, ink, moment = self.say, Ink(self.app.theme), self._moment
        self._draw_frame(ink)
        names = {"us": say("US"), "china": say("China"), "facilitator": say("The room")}
        if self._lens == "story":
            self._pane("left").title = say("The story")
            self._pane("left").show(self._story(), air=True)
        else:
            for pane, seat in zip(("left", "right"), SEATS[self._lens], strict=False):
                if self._pane(pane).display:
                    self._pane(pane).title = names[seat]
                    self._pane(pane).show(
                        table_blocks(self._replayed.view(seat, self._seq), self._replayed.seat_formatter(seat))
                    )
        if self._pane("side").display:
            page = self._page or CURVES
            self._pane("side").title = say("Curves: enter says why") if page == CURVES else say(PAGES[page])
            blocks = self._side(page, moment)
            self._pane("side").show(blocks, [getattr(block, "key", "") for block in blocks])
        self.show_keys()

    def _draw_frame(self, ink: Ink) -> None:
        say, moment, log = self.say, self._moment, self._replayed
        grid = Grid.grid(padding=(0, 2), expand=True)
        for ratio in (None, 1, None, None):
            grid.add_column(ratio=ratio, no_wrap=True, overflow="ellipsis")
        playing = f"{'‖' if self._timer is None else '▶'} {SPEEDS[self._speed]}×"
        title = ink.text(log.title, "strong")
        title.overflow = "ellipsis"
        lens = ink.label(lens_name(self._lens, say).upper(), "head")
        grid.add_row(lens, title, ink.text(playing, "new"), ink.text(format_place(moment, self._lens, say)))
        self.query_one("#head", Static).update(grid)
        is_over = moment.number == moment.total
        sentence = "  ".join(moment.sentences)
        if self._lens == "story":
            sentence = say(LEADS_ON if self._leads_on else ENDS) if is_over else say(KEYS)
        sentence = too_small(*self.app.size, say) or sentence
        badge = Text(f" {say('NOW')} ", f"bold {ink.colours['now']} on {ink.colours['now-ground']}")
        self.query_one("#now", Static).update(badge + " " + ink.text(sentence, "strong"))
        self.query_one("#bar", Static).update(self._bar(ink))
        row = ink.text("")
        for place, name in enumerate(PAGES):
            label = say(name)
            row += ink.label(f"[{label}] ", "head") if place == self._page else ink.text(f" {label}  ", "quiet")
        row += ink.text("   ")
        for lens_id, key, name in LENS_NAMES:
            if lens_id != "story" or log.has_story:
                label = say(name)
                row += ink.label(f" {key} ", "key") + ink.text(f"[{label}]" if lens_id == self._lens else label)
        self.query_one("#pages", Static).update(row)

    @property
    def _bar_cells(self) -> int:
        return max(self.app.size.width - 2, 1)

    def _bar(self, ink: Ink) -> Text:
        """The whole log as a line: numbers where turns begin, where we are, where something was noted."""
        places, width = self._moment.total + 1, self._bar_cells
        here = self._moment.number * width // places
        marks = ["━" if column < here else "─" for column in range(width)]
        for remark in self._replayed.remarks_in(self._lens):
            marks[self._replayed.place(self._lens, remark.seq) * width // places] = "¶"
        for turn, place in enumerate(self._replayed.turn_places(self._lens), 1):
            marks[place * width // places] = str(turn)[-1]
        marks[here] = "●"
        return (
            ink.text("".join(marks[:here]), "strong")
            + ink.label("●", "head")
            + ink.text("".join(marks[here + 1 :]), "quiet")
        )

    def _story(self) -> tuple[Block, ...]:
        return tuple(story_blocks(self._replayed, self._seq))

    def _side(self, page: int, moment: Moment) -> list[Block]:
        log, lens, seq, say = self._replayed, self._lens, self._seq, self.say
        try:
            match page:
                case 1:
                    number = log.moment(lens, seq).number
                    return [*curve_blocks(log.curves(lens, seq), number, moment.total + 1, say)]
                case 2:
                    return [*why_blocks(log, lens, seq, self._number, log.say)]
                case 3:
                    return [*jump_blocks(log, lens, seq, self._query, self._hits, say)]
                case _:
                    placed = [(log.place(lens, remark.seq), remark) for remark in log.remarks_in(lens)]
                    return [*remark_blocks(placed, log.notes_name, say)]
        except CrisisSimError as refused:
            return [refused_block(refused, log)]

    def _refused(self, refused: CrisisSimError) -> None:
        """Why something was refused, and what to do instead."""
        self.tell(refusal_text(refused, self._replayed.language), warning=True)

    # moving

    def _to(self, seq: int) -> None:
        """Stand after the entry `seq`; stay where a log cannot be shown."""
        try:
            self._moment = self._replayed.moment(self._lens, seq, brief=True)
        except CrisisSimError as damage:
            self._stop()
            self._refused(damage)
            return
        self._seq = seq
        if self._timer is not None:
            self._stop()
            self._play()
        self.redraw()

    def action_step(self, way: int) -> None:
        """A moment on or back; in a story what stands below first."""
        if way > 0 and self._lens == "story" and self._page == TABLE and self._pane("left").page_down():
            return
        self._to(self._replayed.step(self._lens, self._seq, way))
        self._pane("left").scroll_home(animate=False)

    def action_turn(self, way: int) -> None:
        """A turn on or back."""
        self._to(self._replayed.turn(self._lens, self._seq, way))

    def action_edge(self, edge: int) -> None:
        """The start or the end."""
        self._to(self._replayed.last if edge else 0)

    def action_turning(self, way: int) -> None:
        """A turning point on or back."""
        try:
            seqs = [jump.seq for jump in self._replayed.turning(self._lens, self._seq)]
        except CrisisSimError as refused:
            self._refused(refused)
            return
        beyond = [seq for seq in sorted(seqs) if (seq > self._seq if way > 0 else seq < self._seq)]
        if beyond:
            self._to(beyond[0] if way > 0 else beyond[-1])
        else:
            self.tell(self.say("There is no turning point that way."))

    def action_gap(self, number: int) -> None:
        """Where one of the largest gaps was read."""
        try:
            gaps = self._replayed.gaps(self._lens, self._seq)
        except CrisisSimError as refused:
            self._refused(refused)
            return
        if number <= len(gaps):
            self._to(gaps[number - 1].seq)
        else:
            sentence = self.say("There is {n} gap.", plural="There are {n} gaps.", n=len(gaps))
            self.tell(sentence if gaps else self.say("There is no gap."))

    @work
    async def action_go(self) -> None:
        """Ask for a place."""
        note = self.say("A number from 0 to {most}, or percent as in 50%.", most=self._moment.total)
        text = await self.app.push_screen_wait(WriteScreen(self.say("Go where?"), note, self.say))
        if text is None:
            return
        number = (typed := narrow(text)).removesuffix("%").strip()
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            self.tell(self.say("“{text}” is no place: type a number, or percent as in 50%.", text=text[:40]))
        elif typed.endswith("%"):
            self._to(self._replayed.part(self._lens, int(number)))
        else:
            self._to(self._replayed.numbered(self._lens, int(number)))

    @on(events.Click, "#bar")
    def _bar_clicked(self, event: events.Click) -> None:
        column = max(0, min(event.x - 1, self._bar_cells - 1))
        self._to(self._replayed.numbered(self._lens, column * (self._moment.total + 1) // self._bar_cells))

    # playing

    def action_play(self) -> None:
        """Play, or stop."""
        if self._timer is not None:
            self._stop()
        else:
            self._play()
        self.redraw()

    def _play(self) -> None:
        seconds = seconds_to_read(self._story()) if self._lens == "story" else 1
        self._timer = self.set_timer(seconds / SPEEDS[self._speed], self._go_on)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _go_on(self) -> None:
        self._to(self._replayed.step(self._lens, self._seq, 1))
        if self._moment.number >= self._moment.total:
            self._stop()
            self.redraw()

    def action_play_alone(self) -> None:
        """Leave for a session of one's own, where this leads on to it."""
        self.app.exit(True)

    def action_faster(self, way: int) -> None:
        """Another speed."""
        self._speed = max(0, min(self._speed + way, len(SPEEDS) - 1))
        if self._timer is not None:
            self._stop()
            self._play()
        self.redraw()

    # searching

    @work
    async def action_search(self) -> None:
        """Ask what to look for, and go to the next place that has it."""
        note = self.say("Words of a text, a move, or an id. n and N go on from one place to the next.")
        text = await self.app.push_screen_wait(WriteScreen(self.say("Search"), note, self.say))
        if text is not None:
            self._query = text
            self._find()
            self.action_hit(1)

    def _find(self) -> None:
        self._hits = self._replayed.find(self._lens, self._query) if self._query else ()

    def action_hit(self, way: int) -> None:
        """The next place that was found, or the one before; after the last comes the first."""
        if not self._hits:
            nowhere = self.say("“{text}” is nowhere here.", text=self._query[:40])
            self.tell(nowhere if self._query else self.say("Nothing is searched: / does it."))
            return
        beyond = [hit for hit in self._hits if (hit > self._seq if way > 0 else hit < self._seq)]
        hits = beyond or self._hits
        self._to(hits[0] if way > 0 else hits[-1])
        self.tell(self.say("{n} of {m}", n=self._hits.index(self._seq) + 1, m=len(self._hits)))

    # lenses and pages

    def action_lens(self, lens: Lens) -> None:
        """Look through another lens at the same moment."""
        old_lens, self._lens = self._lens, lens
        try:
            self._moment = self._replayed.moment(lens, self._seq, brief=True)
        except CrisisSimError as damage:
            self._lens = old_lens
            self._refused(damage)
            return
        self._number = None
        self._find()
        self._arrange()

    def action_page(self, way: int) -> None:
        """Another page."""
        self._open((self._page + way) % len(PAGES))

    def _open(self, page: int) -> None:
        """Show a page, from its top."""
        self._page = page
        self._arrange()
        self._pane("side").scroll_home(animate=False)

    def action_back(self) -> None:
        """Back to the table."""
        self._open(TABLE)

    def action_why(self) -> None:
        """Why the number under the cursor of the curves stands there."""
        if (self._page or CURVES) == CURVES and (key := self._pane("side").key):
            self._explain(key)
        else:
            self._open(WHY)

    def _explain(self, key: str) -> None:
        numbers: Iterable[LensNumber] = (curve.number for curve in self._replayed.curves(self._lens, self._seq))
        self._number = next((number for number in numbers if number.key == key), None)
        self._open(WHY)

    @on(Pane.Picked)
    def _picked(self, event: Pane.Picked) -> None:
        if event.key.startswith("seq:"):
            self._to(int(event.key.removeprefix("seq:")))
        else:
            self._explain(event.key)

    @work
    async def action_remark(self, kind: RemarkKind) -> None:
        """Ask for a bookmark's name or a note, and keep it beside the log."""
        title = self.say("Name this moment" if kind == "bookmark" else "A note about this moment")
        note = self.say("It is kept in {file}, beside the log.", file=self._replayed.notes_name)
        lens, seq = self._lens, self._seq
        self._stop()
        text = await self.app.push_screen_wait(WriteScreen(title, note, self.say, self.half_written, kind))
        if not text:
            return
        try:
            self._replayed.remark(lens, seq, kind, text)
        except CrisisSimError as failed:
            self.half_written[kind] = text
            self._refused(failed)
            return
        self.redraw()


class ReplayApp(CrisisApp[bool]):
    """Shows a log."""

    def __init__(self, replayed: Replayed, start: Start, *, theme: str = themes.DEFAULT) -> None:
        """With the log, open."""
        super().__init__(theme)
        self._replay = ReplayScreen(replayed, start)

    def on_mount(self) -> None:
        """Open the only screen."""
        self.push_screen(self._replay)

    @work
    async def action_leave(self) -> None:
        """Leave; ask first where a note could not be kept."""
        if isinstance(self.screen, ConfirmScreen):
            return
        say, half = self._replay.say, [words for words in self._replay.half_written.values() if words]
        blocks = (prose(say("A note is half written, and is lost then:")), *map(prose, half))
        if not half or await self.push_screen_wait(
            ConfirmScreen(say("Leave the replay?"), blocks, say, yes="leave", no="stay")
        ):
            self.exit(False)


def run_replay(replayed: Replayed, start: Start, *, theme: str = themes.DEFAULT) -> bool:
    """Replay a log on the screen until somebody leaves; whether to play alone, where it leads on to that."""
    return at_terminal(ReplayApp(replayed, start, theme=theme)) or False
