"""What can be done in a replay: step, play, jump, search, look through another lens, ask why, and note something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from textual import events, on, work
from textual.binding import Binding

from crisis_sim.errors import CrisisSimError
from crisis_sim.replaying.lens import Lens
from crisis_sim.replaying.replay_blocks import seconds_to_read
from crisis_sim.text import narrow
from crisis_sim.tui.dialogs import Write
from crisis_sim.tui.key_bindings import KeyBinding, bindings
from crisis_sim.tui.replay_frame import CURVES, PAGES, SPEEDS, TABLE, WHY, ReplayFrame
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane

RemarkKind: TypeAlias = Literal["bookmark", "note"]


class ReplayScreen(ReplayFrame):
    """Steps, plays and jumps through one log."""

    KEYS = (
        KeyBinding("enter", "play_alone", "play alone", "Play a session of your own, against a team that listens"),
        KeyBinding("right,l", "step(1)", "next", "The next moment"),
        KeyBinding("left,h", "step(-1)", "previous", "The moment before", foot=False),
        KeyBinding("right_square_bracket", "turn(1)", "next turn", "The next turn", shown="]"),
        KeyBinding(
            "left_square_bracket", "turn(-1)", "turn before", "Back to the start of a turn", foot=False, shown="["
        ),
        KeyBinding("t", "turning(1)", "turning point", "The next turning point", foot=False),
        KeyBinding("T", "turning(-1)", "turning point before", "The turning point before", foot=False),
        KeyBinding("space", "play", "play", "Play, or stop"),
        KeyBinding("plus,equals_sign", "faster(1)", "faster", "Play faster, up to 16 moments a second", foot=False),
        KeyBinding("minus", "faster(-1)", "slower", "Play slower", foot=False),
        KeyBinding("home", "edge(0)", "the start", "The start of the log", foot=False),
        KeyBinding("end", "edge(1)", "the end", "The end of the log", foot=False),
        KeyBinding("g", "go", "go to", "Go to a moment by its number, or by percent", foot=False),
        KeyBinding("slash", "search", "search", "Search texts, moves and ids", shown="/"),
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
    )  # fmt: skip
    BINDINGS = [
        *bindings(KEYS),
        *(Binding(key.keys, key.action, show=False, priority=True) for key in KEYS if key.keys in ("home", "end")),
    ]

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
        self._redraw()

    def action_step(self, way: int) -> None:
        """A moment on or back."""
        self._to(self._replayed.step(self._lens, self._seq, way))

    def action_turn(self, way: int) -> None:
        """A turn on or back."""
        self._to(self._replayed.turn(self._lens, self._seq, way))

    def action_edge(self, which: int) -> None:
        """The start or the end."""
        self._to(self._replayed.last if which else 0)

    def action_turning(self, way: int) -> None:
        """A turning point on or back."""
        try:
            seqs = [each.seq for each in self._replayed.turning(self._lens, self._seq)]
        except CrisisSimError as refused:
            self._refused(refused)
            return
        self._next_of(seqs, way, self.say("There is no turning point that way."))

    def _next_of(self, seqs: Iterable[int], way: int, none: str) -> None:
        here = self._seq
        found = [seq for seq in sorted(seqs) if (seq > here if way > 0 else seq < here)]
        if found:
            self._to(found[0] if way > 0 else found[-1])
        else:
            self._tell(none)

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
            some = self.say("There is {n} gap.", plural="There are {n} gaps.", n=len(gaps))
            self._tell(some if gaps else self.say("There is no gap."))

    @work
    async def action_go(self) -> None:
        """Ask for a place."""
        sentence = self.say("A number from 0 to {most}, or percent as in 50%.", most=self._moment.of)
        write = Write(self.say("Go where?"), self.say, {}, "go", sentence=sentence, short=True)
        text = await self.app.push_screen_wait(write)
        if text is None:
            return
        number = (typed := narrow(text)).removesuffix("%").strip()
        if not (number.isascii() and number.isdigit() and len(number) < 10):
            self._tell(self.say("“{text}” is no place: type a number, or percent as in 50%.", text=text[:40]))
        elif typed.endswith("%"):
            self._to(self._replayed.part(self._lens, int(number)))
        else:
            self._to(self._replayed.numbered(self._lens, int(number)))

    @on(events.Click, "#bar")
    def _bar_clicked(self, event: events.Click) -> None:
        width = max(self.size.width - 2, 1)
        column = max(0, min(event.x - 1, width - 1))
        self._to(self._replayed.numbered(self._lens, column * (self._moment.of + 1) // width))

    # playing

    def action_play(self) -> None:
        """Play, or stop."""
        if self._timer is not None:
            self._stop()
        else:
            self._play()
        self.query_one("#head", FixedRows).redraw()

    def _play(self) -> None:
        seconds = seconds_to_read(self._story()) if self._lens == "story" else 1
        self._timer = self.set_timer(seconds / SPEEDS[self._speed], self._go_on)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _go_on(self) -> None:
        self.action_step(1)
        if self._moment.number >= self._moment.of:
            self._stop()
            self.query_one("#head", FixedRows).redraw()

    def action_play_alone(self) -> None:
        """Leave for a session of one's own, where this leads on to it."""
        if self._leads_on:
            self.app.exit(True)

    def action_faster(self, way: int) -> None:
        """Another speed."""
        self._speed = max(0, min(self._speed + way, len(SPEEDS) - 1))
        if self._timer is not None:
            self._stop()
            self._play()
        self.query_one("#head", FixedRows).redraw()

    # searching

    @work
    async def action_search(self) -> None:
        """Ask what to look for, and go to the next place that has it."""
        sentence = self.say("Words of a text, a move, or an id. n and N go on from one place to the next.")
        write = Write(self.say("Search"), self.say, {}, "find", sentence=sentence, short=True)
        text = await self.app.push_screen_wait(write)
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
            self._tell(nowhere if self._query else self.say("Nothing is searched: / does it."))
            return
        beyond = [hit for hit in self._hits if (hit > self._seq if way > 0 else hit < self._seq)]
        found = beyond or self._hits
        self._to(found[0] if way > 0 else found[-1])
        self._tell(self.say("{n} of {m}", n=self._hits.index(self._seq) + 1, m=len(self._hits)))

    # lenses and pages

    def action_lens(self, lens: Lens) -> None:
        """Look through another lens at the same moment."""
        before, self._lens = self._lens, lens
        try:
            self._moment = self._replayed.moment(lens, self._seq, brief=True)
        except CrisisSimError as damage:
            self._lens = before
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
        self.call_after_refresh(self._pane("side").action_edge, 0)

    def action_back(self) -> None:
        """Back to the table."""
        self._open(TABLE)

    def action_why(self) -> None:
        """Why the number under the cursor of the curves stands there."""
        page = self._page or CURVES
        if page == CURVES and (key := self._pane("side").key):
            self._explain(key)
        else:
            self._open(WHY)

    def _explain(self, key: str) -> None:
        self._number = next(
            (each.number for each in self._replayed.curves(self._lens, self._seq) if each.number.key == key), None
        )
        self._open(WHY)

    @on(Pane.Picked, "#side")
    def _picked(self, event: Pane.Picked) -> None:
        if event.key.startswith("seq:"):
            self._to(int(event.key.removeprefix("seq:")))
        else:
            self._explain(event.key)

    # remarks

    @property
    def half_written(self) -> list[str]:
        """What has been written of a bookmark or a note and is not kept yet."""
        return [words for words in self._kept.values() if words]

    @work
    async def action_remark(self, kind: RemarkKind) -> None:
        """Ask for a bookmark's name or a note, and keep it beside the log."""
        title = self.say("Name this moment" if kind == "bookmark" else "A note about this moment")
        sentence = self.say("It is kept in {file}, beside the log.", file=self._replayed.notes_name)
        lens, seq = self._lens, self._seq
        self._stop()
        write = Write(title, self.say, self._kept, kind, sentence=sentence, short=True)
        text = await self.app.push_screen_wait(write)
        if text is None:
            return
        try:
            self._replayed.remark(lens, seq, kind, text)
        except CrisisSimError as failed:
            self._kept[kind] = text
            self._refused(failed)
            return
        self._redraw()
