"""The talk: a call or meeting that both sides agreed to, over the whole screen, with its time.

Where both teams share a terminal each reads its own sheet first, and both then look at one screen that holds nothing
that one side alone knows. Afterwards each notes, behind its curtain again, what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Digits, Input

from crisis_sim.engine.actions import LONGEST_TEXT, EndCall, SayInCall
from crisis_sim.engine.sight.views import ExchangeFacts, TeamView, View
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.talk_blocks import (
    END_CALL,
    ENDS_FOR_BOTH,
    MINUTES,
    NOW,
    STAGES,
    TalkStage,
    both_see,
    ended_told,
    is_written,
    noted_blocks,
    other_end,
    said_blocks,
    sheet_blocks,
    stage_of,
    talk_blocks,
    talk_due,
    talk_now,
)
from crisis_sim.pages.teller import Teller
from crisis_sim.pages.whose_chair import teams_among
from crisis_sim.rules.names import Side
from crisis_sim.tui.block_rows import draws, inert, laid_out
from crisis_sim.tui.dialogs import Confirm
from crisis_sim.tui.foot import Foot
from crisis_sim.tui.frame import DeskChanged, TalkOver
from crisis_sim.tui.key_bindings import FACTS, TOLD, KeyBinding, bindings
from crisis_sim.tui.leafed_back import LeafedBack
from crisis_sim.tui.now_bar import now_rows, or_too_small
from crisis_sim.tui.pane_rows import READING, PaneBlock
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.tui.widgets.text_inputs import LineInput
from crisis_sim.wording import _


class TalkClock(Digits):
    """What is left of a talk, large; it counts on below nothing, and ends no talk."""

    DEFAULT_CSS = """
    TalkClock { width: 100%; text-align: center; height: 3; color: $ink-strong; background: $ink-ground; }
    TalkClock.-over { color: $ink-bad; }
    """

    def __init__(self) -> None:
        """A clock with all its minutes left."""
        super().__init__(id="clock")
        self._left = MINUTES * 60

    def on_mount(self) -> None:
        """Show what is left."""
        self._show()

    def tick(self) -> None:
        """Count a second."""
        self._left -= 1
        self._show()

    def _show(self) -> None:
        minutes, seconds = divmod(abs(self._left), 60)
        self.set_class(self._left < 0, "-over")
        self.update(f"{'+' if self._left < 0 else ''}{minutes}:{seconds:02}")


class TalkScreen(LeafedBack):
    """A team's part of a talk: its sheet before it, and what it makes of it after."""

    KEYS = (
        KeyBinding("space,right", "on", "go on", "What stands below, and then what comes next"),
        KeyBinding("o", "over", "the talk is over", "We have talked: note what was said"),
        KeyBinding("w", "note", "note", "Write down what was said, for ourselves and the debrief"),
        KeyBinding("r", "readout", "readout", "Seal what we publish of it; it comes out with the next moves"),
        KeyBinding("b", "briefs", "briefs", "Read the briefs and our aims again"),
        FACTS,
        TOLD,
        KeyBinding("i", "write", "write", "Go on writing to them", foot=False),
        KeyBinding("escape", "leave_words", "to the keys", "From writing to the keys", foot=False),
    )
    ABOUT = _("A call or a meeting: each side reads its own sheet, both talk, then each notes what was said.")
    TIMED = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (124, "-broad")]
    _heard = 0
    """Lines of the talk that have been shown."""
    DEFAULT_CSS = """
    TalkScreen {
        #scene { height: 1fr; align-horizontal: center; }
        #talk { width: 1fr; max-width: 84; height: 1fr; }
        #sheet { display: none; width: 1fr; height: 1fr; }
        &.-broad #sheet { display: block; }
        #clock, #words { display: none; }
        &.-talk #clock { display: block; }
        &.-talk.-written #words, &.-unsent #words { display: block; }
    }
    """

    def body(self) -> Iterable[Widget]:
        """The time, the scene, beside it our sheet, and the line to write in, with what was half written."""
        half = self.unsealed.written.get(self._about, "")
        yield TalkClock()
        yield Horizontal(Pane(self.say("The talk"), id="talk"), Pane(self.say("For us alone"), id="sheet"), id="scene")
        yield LineInput(half, id="words", placeholder=self.say("What we say to them"), longest=LONGEST_TEXT)

    def on_mount(self) -> None:
        """Arrows move what is longest."""
        self.call_after_refresh(lambda: self.pane("sheet" if self.has_class("-broad") else "talk").focus())

    @property
    def talk(self) -> ExchangeFacts:
        """The talk at hand."""
        talk = talk_due(self.look, self.unsealed.talks)
        return talk if talk is not None else self.team.exchanges[-1]

    @property
    def _about(self) -> str:
        """Under what is kept what we were about to say."""
        return f"say:{self.talk.number}/text"

    @property
    def stage(self) -> TalkStage:
        """How far it has come here."""
        return stage_of(self.talk, self.unsealed.talks)

    def now(self, view: View) -> str | None:
        """What to do at this stage; nothing where another screen is about to be shown."""
        if self.stage == "over":
            return None
        if self.has_class("-unsent"):
            sentences = (
                ended_told(self.talk, self.say),
                self.say("What you were writing was not sent; esc leaves it."),
            )
            return one_after_another(sentences)
        return talk_now(cast(TeamView, view), self.talk, self.stage, self.say, written=self.written)

    @property
    def written(self) -> bool:
        """The other side sits elsewhere, and what is said is written."""
        return is_written(self.team, in_rooms=self.seat.company is not None)

    def draw(self, view: View) -> None:
        """The scene, and our sheet beneath it or beside it."""
        team, talk, say = cast(TeamView, view), self.talk, self.say
        self.set_class(self.stage == "talk", "-talk")
        self.set_class(self.written, "-written")
        assert talk.answer is not None
        after = list(noted_blocks(team, talk, say)) if self.stage == "after" else []
        about = [*other_end(team, talk, say), *talk_blocks(talk.act, talk.answer, say, written=self.written)]
        said = list(said_blocks(talk, say)) if self.written and self.stage != "sheet" else []
        sheet = list(sheet_blocks(team, talk, say))
        goes_on = bool(said) and self.stage == "talk"
        scene = (about, said) if goes_on else ([*after, *said, *about], [])
        self.pane("talk").show(lambda width: self._page(*scene, sheet, width))
        if goes_on and len(talk.said) > self._heard:
            self.call_after_refresh(self.pane("talk").scroll_end, animate=False)
        self._heard = len(talk.said) if goes_on else 0
        self.pane("sheet").show(draws(sheet, air=1, picks=False))

    def _page(self, scene: list[Block], last: list[Block], sheet: list[Block], width: int) -> list[PaneBlock]:
        """The scene, our sheet where it does not stand beside it, and what is right above the line to write in."""
        page = [*scene, *([] if self.has_class("-broad") else sheet), *last]
        return inert(laid_out(page, min(width, READING), air=1))

    def can(self, action: str) -> bool:
        """Notes and readouts belong after the talk; of one in the last turn nothing is published.

        Space, which leafs through the sheet, does not end the talk: a press too many would.
        """
        if action in ("on", "over"):
            return self.stage != "over" and (self.stage == "talk") is (action == "over")
        if action in ("write", "leave_words"):
            return (self.stage == "talk" and self.written) or self.has_class("-unsent")
        if action == "note":
            return self.stage == "after"
        if action == "readout":
            return self.stage == "after" and self.talk.open
        return super().can(action)

    def _tick(self) -> None:
        super()._tick()
        if self.stage == "talk" and not self.look.paused and self.app.screen is self:
            self.query_one(TalkClock).tick()

    def action_on(self) -> None:
        """What stands below, then the next stage."""
        for pane in self.query(Pane):
            if self.stage == "sheet" and pane.display and pane.scroll_y < pane.max_scroll_y:
                pane.action_page(1)
                return
        self._go_on()

    @work
    async def action_over(self) -> None:
        """We have talked; where it is written, that ends it for both sides, after one question."""
        if not self.written:
            self._go_on()
            return
        number = self.talk.number
        sure = Confirm(self.say(END_CALL), [self.say(ENDS_FOR_BOTH)], self.say, yes="end it", no="go on")
        if await self.app.push_screen_wait(sure) and self.talk.ended is None and await self.send(EndCall(number)):
            self.show(self.seat.view())

    def show(self, view: View) -> None:
        """Show another view; where they have ended the talk meanwhile, say so, and leave the line to write in.

        Whoever is in the midst of a sentence keeps the line until esc or enter: its letters are no keys.
        """
        was_talking = self.is_mounted and self.stage == "talk"
        super().show(view)
        if was_talking and self.stage == "after" and self.talk.ended is not None:
            self.tell(ended_told(self.talk, self.say))
            self.pane("talk").scroll_home(animate=False)
            words = self.query_one("#words", LineInput)
            self.set_class(words.has_focus and bool(words.value), "-unsent")
            if self.has_class("-unsent"):
                self.redraw_frame()
            else:
                self.pane("talk").focus()

    def _go_on(self) -> None:
        """To the next stage, here or on another screen."""
        number, after = self.talk.number, STAGES[STAGES.index(self.stage) + 1]
        self.unsealed.talks[number] = after
        both_sit_here = len(teams_among(getattr(self.app, "people", ()))) > 1
        if after == "over" or (after == "talk" and both_sit_here):
            self.post_message(DeskChanged())
            return
        self.pane("talk").scroll_home(animate=False)
        self.show(self.seat.view())
        if after == "talk" and self.written:
            self.query_one("#words", LineInput).focus()
        else:
            self.pane("talk").focus()

    @on(Input.Changed, "#words")
    def _keep_words(self, event: Input.Changed) -> None:
        """Whoever leaves finds them again."""
        self.unsealed.written[self._about] = event.value

    @on(Input.Submitted, "#words")
    @work
    async def _said(self, event: Input.Submitted) -> None:
        """Say what is written; it stays until it is on the record."""
        words = self.query_one("#words", LineInput)
        if self.has_class("-unsent"):
            self.action_leave_words()
        elif words.words and await self.send(SayInCall(exchange=self.talk.number, text=words.words)):
            words.value = ""
            self.show(self.seat.view())

    def action_write(self) -> None:
        """To the line to write in."""
        self.query_one("#words", LineInput).focus()

    def action_leave_words(self) -> None:
        """From writing to the keys; what can no longer be said goes."""
        if self.has_class("-unsent"):
            self.query_one("#words", LineInput).value = ""
        self.remove_class("-unsent")
        self.pane("talk").focus()
        self.redraw_frame()

    @work
    async def action_note(self) -> None:
        """Write down what was said."""
        await self.fill_in(f"noted:{self.talk.number}")

    @work
    async def action_readout(self) -> None:
        """Seal our account."""
        await self.fill_in(f"exchange:{self.talk.number}")


class BothTalkScreen(Screen[None]):
    """What both teams look at while they talk at one terminal: nothing in it is one side's alone."""

    KEYS = (KeyBinding("o", "over", "the talk is over", "We have talked: note what was said"),)
    BINDINGS = bindings(KEYS)
    SCOPED_CSS = False
    DEFAULT_CSS = """
    BothTalkScreen {
        #title { background: $ink-bar; height: 1; }
        #scene { height: 1fr; align: center middle; }
        #clock { max-width: 84; }
        #talk { width: 100%; max-width: 84; height: auto; max-height: 100%; }
    }
    """

    def __init__(self, views: Mapping[Side, TeamView], number: int, say: Teller) -> None:
        """Of the talk of a number, as each side sees it."""
        super().__init__()
        self._acts, self.say = both_see(views, number), say

    def compose(self) -> ComposeResult:
        """What to do, the time, the scene, the key."""
        yield FixedRows(id="title", most=3)
        yield Container(TalkClock(), Pane(id="talk"), id="scene")
        yield Foot(lambda: self.KEYS)

    def on_mount(self) -> None:
        """Fill in, and count."""
        say = self.say
        told = say("Both teams: {what}", what=say(NOW["talk"], n=MINUTES))
        self.query_one("#title", FixedRows).show(lambda width: now_rows(or_too_small(told, self.size, say), width, say))
        pane = self.query_one("#talk", Pane)
        pane.focus()
        pane.show(draws(talk_blocks(*self._acts, say), air=1, picks=False))
        self.set_interval(1.0, self.query_one(TalkClock).tick)

    def action_over(self) -> None:
        """They have talked."""
        self.post_message(TalkOver())
