"""A call or meeting that both sides agreed to: its sheet, the talk with its time, and what a team makes of it.

Where both teams share a terminal they look at one screen while they talk, and nothing in it is one side's alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Digits, Input, Static

from crisis_sim.engine.actions import LONGEST_TEXT, SayInCall
from crisis_sim.engine.views.seat_views import ExchangeFacts, TeamView, View
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.seat_changes import teams_among
from crisis_sim.pages.talk_blocks import (
    MINUTES,
    NOW,
    STAGES,
    TalkStage,
    both_see,
    describe_end,
    is_written,
    noted_blocks,
    other_end,
    stage_of,
    talk_blocks,
    talk_due,
    talk_line_blocks,
    talk_now,
    talk_sheet_blocks,
)
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import Side
from crisis_sim.text import clean
from crisis_sim.tui.form_panel import WordsLine
from crisis_sim.tui.key_bindings import EVERYWHERE, Foot, KeyBinding
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.tui.page_screen import TEAM_KEYS, PageScreen
from crisis_sim.tui.pane import Pane
from crisis_sim.tui.seat_screen import WorkChanged

TALK_OVER = KeyBinding("o", "over", "the talk is over", "We have talked: note what was said")


class TalkClock(Digits):
    """What is left of a talk, large; it counts on below nothing, and ends no talk."""

    DEFAULT_CSS = """
    TalkClock { width: 100%; text-align: center; height: 3; color: $ink-strong; }
    TalkClock.-over { color: $ink-bad; }
    """

    def __init__(self) -> None:
        """A clock with all its minutes left."""
        super().__init__(f"{MINUTES}:00", id="clock")
        self._left = MINUTES * 60

    def tick(self) -> None:
        """Count a second."""
        self._left -= 1
        minutes, seconds = divmod(abs(self._left), 60)
        self.set_class(self._left < 0, "-over")
        self.update(f"{'+' if self._left < 0 else ''}{minutes}:{seconds:02}")


class TalkScreen(PageScreen):
    """A team's part of a talk."""

    TIMED = False
    _is_unsent = False
    """They ended the talk while a line was being written: its letters stay letters until it is left."""
    KEYS = (
        KeyBinding("space,right", "on", "go on", "What stands below, and then what comes next"),
        TALK_OVER,
        KeyBinding("w", "note", "note", "Write down what was said, for ourselves and the debrief"),
        KeyBinding("r", "readout", "readout", "Seal what we publish of it; it comes out with the next moves"),
        KeyBinding("i", "write", "write", "Go on writing to them"),
        KeyBinding("escape", "leave_words", "to the keys", "From writing to the keys", foot=False),
        *(key for key in TEAM_KEYS if key.action in ("briefs", "facts", "announcement")),
    )
    DEFAULT_CSS = """
    TalkScreen #scene { height: 1fr; align-horizontal: center; }
    TalkScreen Pane { display: block; width: 1fr; max-width: 84; }
    TalkScreen #words { max-width: 88; }
    """

    def body(self) -> Iterable[Widget]:
        """The time, what has been said, the line to write in, and our sheet beside it where there is room."""
        yield TalkClock()
        yield Horizontal(Pane(self.say("The talk"), id="talk"), Pane(self.say("For us alone"), id="sheet"), id="scene")
        half = clean(self.desk.drafts.get(self._draft_key, ""), lines=False)
        yield WordsLine(half, id="words", placeholder=self.say("What we say to them"), max_length=LONGEST_TEXT)

    def _begin(self) -> None:
        self.pane("talk").focus()

    @property
    def talk(self) -> ExchangeFacts:
        """The talk at hand."""
        talk = talk_due(self.look, self.desk.talks)
        return talk if talk is not None else self._team.exchanges[-1]

    @property
    def _team(self) -> TeamView:
        assert isinstance(self.look, TeamView)
        return self.look

    @property
    def _draft_key(self) -> str:
        return f"say:{self.talk.number}/text"

    @property
    def stage(self) -> TalkStage:
        """How far it has come here."""
        return stage_of(self.talk, self.desk.talks)

    @property
    def _is_written(self) -> bool:
        return is_written(self._team, in_rooms=self.seat.company is not None)

    def now(self) -> str:
        """What to do at this stage."""
        if self._is_unsent:
            unsent = self.say("What you were writing was not sent; esc leaves it.")
            return one_after_another((describe_end(self.talk, self.say), unsent))
        return talk_now(self._team, self.talk, self.stage, self.say, in_writing=self._is_written)

    def draw(self) -> None:
        """The scene; the newest words stand last, right above the line to write in."""
        team, talk, say = self._team, self.talk, self.say
        is_talking = self.stage == "talk"
        self.query_one(TalkClock).display = is_talking
        self.query_one("#words").display = (is_talking and self._is_written) or self._is_unsent
        sheet: list[Block] = list(talk_sheet_blocks(team, talk, say))
        about: list[Block] = list(other_end(team, talk, say))
        if talk.answer is not None:
            about += talk_blocks(talk.act, talk.answer, say, in_writing=self._is_written)
        said = list(talk_line_blocks(talk, say)) if self._is_written and self.stage != "sheet" else []
        noted = list(noted_blocks(team, talk, say)) if self.stage == "after" else []
        is_wide = self.app.size.width >= 124
        scene = said if is_talking and said else [*noted, *said, *about]
        self.pane("sheet").display = is_wide
        beside = [*sheet, *(about if scene is said else [])]
        self.pane("sheet").show(beside)
        pane = self.pane("talk")
        pane.show(scene if is_wide or scene is said else [*scene, *sheet], air=not is_talking)
        if is_talking and said:
            self.call_after_refresh(pane.scroll_end, animate=False)

    def show(self, view: View) -> None:
        """Show another view; where they have ended the talk meanwhile, say so, and leave the line to write in."""
        was_talking = self.is_mounted and self.stage == "talk"
        words = self.focused
        super().show(view)
        if was_talking and self.stage == "after" and self.talk.ended is not None:
            self.tell(describe_end(self.talk, self.say))
            self.pane("talk").scroll_home(animate=False)
            self._is_unsent = isinstance(words, WordsLine) and bool(words.value)
            if not self._is_unsent:
                self.pane("talk").focus()
            self.redraw()

    def _tick(self) -> None:
        """Count a second of the talk too, while one can talk."""
        super()._tick()
        stands = self.look.paused or self.seat.cut_off() is not None
        if self.stage == "talk" and not stands and self.is_current:
            self.query_one(TalkClock).tick()

    def own_keys(self) -> Sequence[KeyBinding]:
        """Notes and readouts belong after the talk; space, which leafs through the sheet, does not end the talk."""
        return [key for key in self.KEYS if self.can(key.action)]

    def all_keys(self) -> list[KeyBinding]:
        """No letter is a key where somebody writes."""
        if isinstance(self.focused, Input):
            return [key for key in super().all_keys() if key.action == "leave_words" or key in EVERYWHERE[1:]]
        return super().all_keys()

    def can(self, action: str) -> bool:
        """Whether something can be done at this stage."""
        match action:
            case "on" | "over":
                return self.stage != "over" and (self.stage == "talk") is (action == "over")
            case "write" | "leave_words":
                return (self.stage == "talk" and self._is_written) or self._is_unsent
            case "note":
                return self.stage == "after"
            case "readout":
                return self.stage == "after" and self.talk.open
            case _:
                return super().can(action)

    def action_on(self) -> None:
        """What stands below, then the next stage."""
        if not (self.stage == "sheet" and self.pane("talk").page_down()):
            self._go_on()

    def action_over(self) -> None:
        """We have talked; where it is written, a form asks whether it ends for both sides."""
        if self._is_written:
            self.action_form(f"end:{self.talk.number}")
        else:
            self._go_on()

    def _go_on(self) -> None:
        number, after = self.talk.number, STAGES[STAGES.index(self.stage) + 1]
        self.desk.talks[number] = after
        both_sit_here = len(teams_among(getattr(self.app, "people", ()))) > 1
        if after == "over" or (after == "talk" and both_sit_here):
            self.post_message(WorkChanged())
            return
        self.pane("talk").scroll_home(animate=False)
        self.show(self.seat.view())
        if after == "talk" and self._is_written:
            self.action_write()

    def action_write(self) -> None:
        """To the line to write in."""
        self.query_one("#words").focus()
        self.show_keys()

    def action_leave_words(self) -> None:
        """From writing to the keys; what can no longer be said goes."""
        if self._is_unsent:
            self._is_unsent = False
            self.query_one("#words", WordsLine).value = ""
        self.pane("talk").focus()
        self.redraw()

    @on(Input.Changed, "#words")
    def _words_changed(self, event: Input.Changed) -> None:
        """Whoever leaves finds them again."""
        self.desk.drafts[self._draft_key] = event.value

    @on(Input.Submitted, "#words")
    @work
    async def _send_line(self, event: Input.Submitted) -> None:
        """Say what is written; it stays until it is on the record."""
        words = clean(event.value, lines=False).strip()
        if self._is_unsent:
            self.action_leave_words()
        elif words and await self.send(SayInCall(exchange=self.talk.number, text=words)):
            if event.input.value == event.value:
                event.input.value = ""
            self.show(self.seat.view())

    def action_note(self) -> None:
        """Write down what was said."""
        self.action_form(f"noted:{self.talk.number}")

    def action_readout(self) -> None:
        """Seal our account."""
        self.action_form(f"exchange:{self.talk.number}")

    def _formed(self) -> None:
        self.show(self.seat.view())


class TalkOver(Message):
    """Both teams have talked, at the screen that they look at together."""


class BothTalkScreen(KeyScreen[None]):
    """What both teams look at while they talk at one terminal."""

    DEFAULT_CSS = """
    BothTalkScreen #now { background: $ink-bar; color: $ink-strong; text-style: bold; height: auto; padding: 0 1; }
    BothTalkScreen #scene { height: 1fr; align: center middle; }
    BothTalkScreen Pane { width: 100%; max-width: 84; height: auto; max-height: 100%; }
    """

    def __init__(self, views: Mapping[Side, TeamView], number: int, say: Translator) -> None:
        """Of the talk of a number, as each side sees it."""
        super().__init__()
        self._acts, self._teller, self.say = both_see(views, number), say, say

    def own_keys(self) -> Sequence[KeyBinding]:
        """One."""
        return (TALK_OVER,)

    def compose(self) -> ComposeResult:
        """What to do, the time, the scene, the key."""
        yield Static(id="now", markup=False)
        yield Container(TalkClock(), Pane(id="talk", classes="-bare"), id="scene")
        yield Foot()

    def on_mount(self) -> None:
        """Fill in, and count."""
        say = self.say
        self.query_one("#now", Static).update(say("Both teams: {what}", what=say(NOW["talk"], n=MINUTES)))
        self.query_one(Pane).show(talk_blocks(*self._acts, self._teller), air=True)
        self.query_one(Pane).focus()
        self.set_interval(1.0, self.query_one(TalkClock).tick)
        self.show_keys()

    def action_over(self) -> None:
        """They have talked."""
        self.post_message(TalkOver())
