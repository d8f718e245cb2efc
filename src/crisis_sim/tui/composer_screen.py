"""The composer: a move in three short steps, what, how, words and what is sealed with them.

Nothing typed here is lost: the move lies on the seat's desk until it is sealed or thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from msgspec.structs import replace
from textual import on, work
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur, DescendantFocus
from textual.widget import Widget
from textual.widgets import Input, TextArea

from crisis_sim.engine.actions import ReviseMove, SealMove
from crisis_sim.engine.sight.dossier import MoveEntry
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.pages.move_blocks import passed_over, why_not
from crisis_sim.pages.move_choices import can_add, is_marked, lacking, toggle, unsaid
from crisis_sim.pages.reader import Reader
from crisis_sim.tui.composer_rows import (
    adviser_rows,
    best_match,
    catalogue_rows,
    detail_rows,
    how_blocks,
    step_row,
    summary_rows,
)
from crisis_sim.tui.how_pane import GO, HowPane
from crisis_sim.tui.key_bindings import FACTS, TOLD, KeyBinding
from crisis_sim.tui.leafed_back import LeafedBack
from crisis_sim.tui.meaning_panes import FIELDS, MeaningPanes
from crisis_sim.tui.pane_rows import PaneRow
from crisis_sim.tui.unsealed import Composing, UnsealedWork
from crisis_sim.tui.widgets.beside import Beside
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.tui.widgets.text_inputs import LineInput, TextBox
from crisis_sim.wording import _

FIRST = {1: "search", 2: "how", 3: "words"}
"""Where each step begins."""
NOW = {
    1: _("Choose a move: type or use the arrows, then enter."),
    2: _("Choose how: enter takes it and goes on, space marks."),
    3: _("Write the words, or none; ctrl+j goes on."),
}
STEP = {"search": 1, "moves": 1, "how": 2, "words": 3} | dict.fromkeys(FIELDS, 3)
ORDER = tuple(STEP)


class Composer(LeafedBack):
    """Compose one move."""

    KEYS = (
        KeyBinding("enter", "choose", "choose, go on", "Choose what is under the cursor and go on"),
        KeyBinding("space", "mark", "mark", "Mark or unmark what is under the cursor"),
        KeyBinding("ctrl+j,ctrl+enter", "send", "go on / seal", "Words done (enter is a new line); then seal the move"),
        KeyBinding("escape", "back", "back", "A step back; from the first step, leave and keep the move half written"),
        KeyBinding("ctrl+d", "throw_away", "throw away", "Throw this half-written move away", foot=False),
        KeyBinding("ctrl+r", "asked", "what is answered", "Read all of what this move answers", foot=False),
        replace(FACTS, keys="f3"),
        replace(TOLD, keys="f4"),
        KeyBinding("tab", "next_field(1)", "next field", "Go to the next field", foot=False),
        KeyBinding("shift+tab", "next_field(-1)", "field before", "Go to the field before", foot=False),
        KeyBinding("up", "search_up", "up", "The move above, while searching", foot=False),
        KeyBinding("down", "search_down", "down", "The move below, while searching", foot=False),
        *(KeyBinding(str(n), f"mean({n})", str(n), f"Say number {n} of the list", foot=False) for n in range(1, 8)),
    )  # fmt: skip
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (124, "-broad")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]
    DEFAULT_CSS = """
    Composer {
    #summary { background: $ink-ground; }
    #advisers { background: $ink-ground; }
    #steps { height: 1fr; }
    #what, #saying { width: 1fr; }
    #search { margin: 0; }
    #detail { background: $ink-ground; padding: 0 2; }
    #words { min-height: 3; }
    .step { display: none; }
    .step.-now { display: block; }
    &.-broad.-high {
        .step { display: block; }
        #how { width: 1fr; }
        #sealed { layout: vertical; }
        #sealed Pane { width: 100%; }
    }
    }
    """

    def __init__(self, seat: Reader, unsealed: UnsealedWork) -> None:
        """With what lies on the desk."""
        super().__init__(seat, unsealed)
        self.move = unsealed.composing or Composing()
        unsealed.composing = self.move
        self._how_found = False

    def body(self) -> Iterable[Widget]:
        """Summary, three steps, advisers."""
        say, move = self.say, self.move
        yield FixedRows(id="stepbar")
        yield FixedRows(id="summary", most=24)
        what = Vertical(
            LineInput(move.search, id="search", placeholder=say("Type to search"), anew=True),
            Beside(say("What"), id="moves", cursor=True, into="search"),
            FixedRows(id="detail", most=4, still=True),
            id="what", classes="step",
        )  # fmt: skip
        how = HowPane(say("How"), id="how", classes="step", into="words", keys=" ")
        page = TextBox(move.text, id="words", title=say("Words (may be empty); ctrl+j goes on"))
        saying = Vertical(page, MeaningPanes(move, say), id="saying", classes="step")
        yield Horizontal(what, how, saying, id="steps")
        yield FixedRows(id="advisers", most=3)

    def on_mount(self) -> None:
        """Begin where it was left."""
        self.query_one("#stepbar", FixedRows).show(lambda width: [step_row(self.move.step, width, self.say)])
        self.query_one("#summary", FixedRows).show(self._summary)
        self.query_one("#advisers", FixedRows).show(self._advisers)
        self.query_one("#detail", FixedRows).show(
            lambda width: detail_rows(self.team, self._under_cursor(), self.move.move, width, self.say)
        )
        self.step(self.move.step)

    def now(self, view: View) -> str:
        """What to do in the step at hand."""
        if self.move.step == 3 and self.is_mounted and self.meanings.at_hand:
            lacks = not self.meanings.unsaid and lacking(self.move, self.team, self.say)[1]
            return lacks or self.say(self.meanings.asks)
        on = self.how.leads_to(self.move, self.team, self.say) if self.move.step == 2 and self.is_mounted else ""
        return self.say(on or NOW[self.move.step])

    def draw(self, view: View) -> None:
        """Fill the three steps; words and search stay as they are."""
        team, say = cast(TeamView, view), self.say
        self.pane("moves").show(lambda width: catalogue_rows(team, self.move, width, say), key=self.move.move or None)
        self.pane("how").show(lambda width: how_blocks(team, self.move, width, say))
        self.meanings.draw()
        self._redraw()

    def _redraw(self) -> None:
        for bar in self.query(FixedRows):
            bar.redraw()

    def _summary(self, width: int) -> list[PaneRow]:
        low = self.has_class("-low")
        quoted = self.size.height // 8 if not low else 2 if self.move.step == 3 else max(self.size.height - 16, 2)
        return [((" ", ""), *each) for each in summary_rows(self.move, quoted, width - 2, self.say)]

    def _advisers(self, width: int) -> list[PaneRow]:
        return [((" ", ""), *each) for each in adviser_rows(self.team, self.move, width - 2, self.say)]

    def _under_cursor(self) -> MoveEntry | None:
        return self.say.dossier.moves.get(self.pane("moves").key)

    # steps

    def step(self, number: int) -> None:
        """Go to a step."""
        self._mark_step(number)
        unsaid = self.meanings.unsaid if number == 3 and self.move.text else ""
        place = unsaid or FIRST[number]
        self.call_after_refresh(self.query_one(f"#{place}").focus)
        self.call_after_refresh(self._find_chosen)

    @on(DescendantBlur)
    def _focus_lost(self) -> None:
        """What a step hides gives up the focus, at times only after the next was to have it."""
        if self.focused is None and self.app.app_focus:
            self.call_after_refresh(self._focus_again)

    def _focus_again(self) -> None:
        if self.focused is None:
            self.query_one(f"#{FIRST[self.move.step]}").focus()

    def _find_chosen(self) -> None:
        """Put the cursors on what is chosen, so that going on never chooses something else."""
        if self.move.move:
            self.pane("moves").move_to(self.move.move)
        if self.move.channel and not self._how_found:
            self.pane("how").move_to(f"channel:{self.move.channel}")
            self._how_found = True
        self.meanings.draw()

    def _mark_step(self, number: int) -> None:
        self.move.step = number
        one_at_a_time = not (self.has_class("-broad") and self.has_class("-high"))
        for index, name in enumerate(("what", "how", "saying"), 1):
            self.query_one(f"#{name}").set_class(index == number, "-now", update=one_at_a_time)
        self._redraw()

    @on(DescendantFocus)
    def _focus_moved(self, event: DescendantFocus) -> None:
        number = STEP.get(event.widget.id or "", 0)
        if number and event.widget is self.focused:  # it may have moved on since
            self._mark_step(number)

    def action_next_field(self, way: int) -> None:
        """The next field, or the one before."""
        here = self.focused.id if self.focused is not None else None
        index = ORDER.index(here) if here in ORDER else 0
        name = ORDER[(index + way) % len(ORDER)]
        self._mark_step(STEP[name])
        self.call_after_refresh(self.query_one(f"#{name}").focus)

    def action_back(self) -> None:
        """A step back, or leave."""
        self._keep_words()
        if self.move.step > 1:
            self.step(self.move.step - 1)
            return
        if self.move.untouched and self.unsealed.composing is self.move:
            self.unsealed.composing = None
        self.dismiss(None)

    def action_asked(self) -> None:
        """Read whole what is answered."""
        from crisis_sim.tui.dialogs import Confirm

        if self.move.asked:
            told = Confirm(self.say("What this move answers"), [self.move.asked], self.say, yes="", no="back")
            self.app.push_screen(told)

    @work
    async def action_throw_away(self) -> None:
        """Drop the half-written move, after one question where words would be lost."""
        self._keep_words()
        if self.move.text and not await self.gives_up(_("Throw this half-written move away?"), self.move.text):
            return
        self.unsealed.composing = None
        self.dismiss(None)

    def _keep_words(self) -> None:
        self.move.text = self.query_one("#words", TextBox).words

    @on(TextArea.Changed, "#words")
    def _words_changed(self) -> None:
        self._keep_words()

    # what

    @on(Input.Changed, "#search")
    def _search_changed(self, event: Input.Changed) -> None:
        self.move.search = self.query_one("#search", LineInput).words
        pane = self.pane("moves")
        pane.show(lambda width: catalogue_rows(self.team, self.move, width, self.say))
        if self.move.search and pane.keys:
            pane.move_to(best_match(self.team, self.move.search, pane.keys, self.say))
        self.query_one("#detail", FixedRows).redraw()

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.pane("moves").pick()

    def action_search_up(self) -> None:
        """The move above, without leaving the search."""
        self.pane("moves").action_up()

    def action_search_down(self) -> None:
        """The move below, without leaving the search."""
        self.pane("moves").action_down()

    @on(Pane.Moved, "#moves,#how")
    def _cursor_moved(self) -> None:
        self.query_one("#detail", FixedRows).redraw()
        self.redraw_frame()

    @on(Pane.Picked, "#moves")
    def _move_picked(self, event: Pane.Picked) -> None:
        option = self._under_cursor()
        if option is None:
            return
        if blocked := why_not(option.id, self.team, self.say):
            self.tell(self.say("Not now: ") + blocked, warning=True)
            return
        self.move.take(option, self.team, self.say.dossier.channels)
        self.how.begin()
        self.draw(self.look)
        first = self.pane("how").keys[:1]
        self.pane("how").move_to(f"channel:{self.move.channel}" if self.move.channel else "".join(first))
        self.step(2)

    # how

    @property
    def how(self) -> HowPane:
        """The list of the second step."""
        return self.query_one("#how", HowPane)

    @on(Pane.Picked, "#how")
    def _how_picked(self, event: Pane.Picked) -> None:
        if not (event.key == GO or self.how.is_optional or is_marked(self.move, event.key)):
            toggle(self.move, event.key, self.say)
        self.draw(self.look)
        first = self.move.revising is None and event.key.startswith("channel:")
        self._to_words(stop=first and can_add(self.move, self.team, self.say))

    def _to_words(self, *, stop: bool = False) -> None:
        """Go on to the words, or to what cannot be left out before them; with `stop` by way of what can be added.

        What can be left out is on screen before it is passed by; in a move of the list it has been.
        """
        kind, said = unsaid(self.move, self.team, self.say)
        self.how.note_seen()
        if self.move.revising is None and self.how.unseen_before(kind):
            self.how.read_on(self.move)
            self.redraw_frame()
            return
        if kind:
            self._point_to(f"{kind}:", said)
            return
        for key, could in passed_over(self.move, self.team, self.say):
            if key not in self.move.offered:
                self.move.offered += (key,)
                self._point_to(key if key == "cites:" else GO, could)  # Enter sets the mark that it finds
                return
        if stop:
            self.how.move_to(GO)
            return
        self.step(3)

    def _point_to(self, kind: str, said: str) -> None:
        """Put the cursor on the first of what is still to be chosen, and say so."""
        self.how.show_kind(kind)
        self.tell(said)

    def action_mark(self) -> None:
        """Mark or unmark, and stay."""
        pane = self.pane("how")
        if self.focused is pane and pane.key not in ("", GO):
            toggle(self.move, pane.key, self.say)
            self.draw(self.look)

    # words and meaning

    def action_choose(self) -> None:
        """Enter where nothing else takes it."""

    def on_text_box_sent(self) -> None:
        """The words are written; the meaning is next."""
        self._keep_words()
        self.pane("meaning").focus()

    async def action_send(self) -> None:
        """Go on; from the meanings, seal."""
        if self.meanings.at_hand:
            await self._seal()
        elif self.move.step == 1:
            self.pane("moves").pick()
        elif self.move.step == 2:
            self._to_words()

    @property
    def meanings(self) -> MeaningPanes:
        """What is sealed with the words."""
        return self.query_one(MeaningPanes)

    def action_mean(self, number: int) -> None:
        """Say what the list at hand asks, by one key."""
        self.meanings.take(number)

    @on(MeaningPanes.Said)
    def _said(self) -> None:
        self._redraw()

    @on(MeaningPanes.Sealed)
    async def _seal(self) -> None:
        """Put the move on the list; if it is refused, everything stays."""
        self._keep_words()
        if not self.move.move:
            self.step(1)
            return
        if unsaid := self.meanings.unsaid:
            self.tell(self.say(self.meanings.asks), warning=True)
            self.meanings.ask(unsaid)
            return
        if (lacks := lacking(self.move, self.team, self.say))[0]:
            self.step(2)
            self._point_to(*lacks)
            return
        draft = self.move.draft()
        number = self.move.revising
        if await self.send(SealMove(draft=draft) if number is None else ReviseMove(number=number, draft=draft)):
            self.unsealed.composing = None
            self.dismiss(None)

    def can(self, action: str) -> bool:
        """Digits are the meaning only where they are not text, and enter begins a line among the words."""
        if action.startswith("mean("):
            return bool(self.is_mounted and self.meanings.at_hand)
        if action == "asked":
            return bool(self.move.asked)
        at = "" if self.focused is None else self.focused.id
        places = {"search_up": "search", "search_down": "search", "mark": "how"}
        return at == places.get(action, at) and (action != "choose" or at != "words") and super().can(action)
