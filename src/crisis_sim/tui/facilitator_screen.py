"""The facilitator's console: the plan, the room as it is, the scores, and why each number moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

from textual import on, work
from textual.containers import Container
from textual.widget import Widget

from crisis_sim.engine.actions import Advance, AnyAction, HoldMirror, PutQuestion, Reveal
from crisis_sim.engine.sight.views import FacilitatorView, InjectFacts, View
from crisis_sim.pages.blocks import Block, prose
from crisis_sim.pages.briefing_blocks import earlier_blocks, guide_text, sounds_text
from crisis_sim.pages.console_blocks import (
    CHAIR,
    LOCK,
    by_hand_blocks,
    goes_on,
    is_last,
    room_blocks,
    scores_page,
    trace_blocks,
    waiting_blocks,
)
from crisis_sim.pages.console_forms import INTERVENTIONS, translatable
from crisis_sim.pages.places_forms import BACK
from crisis_sim.pages.plan_blocks import inject_blocks, plan_page, title_of
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reader_forms import places_at
from crisis_sim.pages.traces import traces_told
from crisis_sim.session.places import AnyHostAct, GoBack, Places
from crisis_sim.tui.block_rows import draws
from crisis_sim.tui.curtain_screen import LONGEST_WORD
from crisis_sim.tui.dialogs import Confirm, Write
from crisis_sim.tui.frame import PANE_KEYS, DeskChanged, RollBackAsked, SeatScreen
from crisis_sim.tui.key_bindings import KeyBinding
from crisis_sim.tui.unsealed import UnsealedWork
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import _

PROJECTOR: Final = _(
    "The record opens one act at a time, by a key. Turn the projector on when this page is gone: it shows what is"
    " sealed."
)
"""What is told besides, before the hotwash is opened."""


class FacilitatorScreen(SeatScreen):
    """Run the room and the tool at once."""

    TABS = (("msel", _("Plan")), ("room", "The room"), ("scores", _("Scores")), ("traces", _("Why")))
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (112, "-wide")]
    KEYS = (
        KeyBinding("n", "advance", "next phase", "Go on; what a team has not committed is taken as it stands"),
        KeyBinding("r", "release", "release", "Deliver the inject under the cursor now"),
        KeyBinding("p", "pause", "pause", "Stop the clock and the table, or go on"),
        KeyBinding("h", "hand_over", "hand over", "Give the terminal to the next person"),
        KeyBinding("c", "chair", "chair", "Come here at each turn's start and end, or let play go on by itself"),
        KeyBinding("l", "word", "lock", "Set a word without which this console does not open", foot=False),
        KeyBinding("s", "people", "seats", "Who has come, and the codes of those who are expected"),
        KeyBinding("i", "form('improvise')", "improvise", "Deliver words that are in no plan"),
        KeyBinding("o", "hold", "hold", "Keep the inject under the cursor back", foot=False),
        KeyBinding("x", "skip", "skip", "Strike the inject under the cursor", foot=False),
        KeyBinding(
            "v", "form('override')", "override", "Set a number by hand, with a reason on the record", foot=False
        ),
        KeyBinding(
            "d", "declare", "declare", "Declare a red line crossed, as its team claims or a rule proposes", foot=False
        ),
        KeyBinding("e", "form('extend')", "extend", "Give this turn more minutes", foot=False),
        KeyBinding("w", "form('note')", "note", "Write a note for the debrief", foot=False),
        KeyBinding("m", "form('bookmark')", "bookmark", "Mark this place in the log", foot=False),
        KeyBinding(
            "u",
            "reveal",
            "reveal",
            "Show both teams what the act under the cursor meant and how it was read",
            foot=False,
        ),
        KeyBinding(
            "b",
            "mirror",
            "mirror",
            "Say to both that each meant well this turn and took the other as hostile",
            foot=False,
        ),
        KeyBinding("a", "closer", "ask", "Ask both which acts of the other side moved them closer", foot=False),
        KeyBinding("t", "translate", "translate", "Attach a translation to words that a team has written", foot=False),
        KeyBinding("z", "roll_back", "roll back", "Go on from the start of an earlier turn, in a branch", foot=False),
        KeyBinding("g", "guide", "guide, briefs", "Read the guide and the briefs", foot=False),
        *PANE_KEYS,
    )
    DEFAULT_CSS = """
    FacilitatorScreen {
        #console { height: 1fr; }
        &.-wide #console { layout: grid; grid-size: 3 2; grid-columns: 4fr 6fr 5fr; grid-rows: 1fr 10; }
        &.-wide #traces { column-span: 3; }
    }
    """

    def __init__(self, seat: Reader, unsealed: UnsealedWork, *, can_roll_back: bool) -> None:
        """`can_roll_back` where somebody makes branches for us."""
        super().__init__(seat, unsealed)
        self._can_roll_back = can_roll_back
        self._turn = 0

    @property
    def room(self) -> FacilitatorView:
        """The view, which is the facilitator's."""
        return cast(FacilitatorView, self.look)

    def body(self) -> Iterable[Widget]:
        """Four panels that fold into tabs."""
        yield Container(*(self.folded(name, newest=name == "room") for name, _title in self.TABS), id="console")

    def first_tab(self) -> str:
        """The room, also where that is all there is room for."""
        return "room"

    def on_mount(self) -> None:
        """Begin with the room."""
        self.call_after_refresh(self.pane("room").focus)

    def draw(self, view: View) -> None:
        """Fill the panels."""
        room, say = cast(FacilitatorView, view), self.say
        plan = self.pane("msel")
        plan.show(draws(plan_page(room.msel, say, is_last=is_last(room))))
        if room.turn != self._turn:  # what comes next stands first, wherever the cursor was
            self._turn = room.turn
            plan.action_edge(0)
            plan.scroll_home(animate=False)
        self.pane("room").show(draws([*self._waiting(room), *room_blocks(room, say)]))
        self.pane("scores").show(draws(scores_page(room, say), picks=False))
        self.pane("traces").show(draws(trace_blocks(reversed(traces_told(room.traces, say)), say)))

    def _waiting(self, room: FacilitatorView) -> list[Block]:
        """Whom play waits for, or the key that goes on; and the keys of what can be done besides."""
        say = self.say
        ahead: list[Block] = [prose(say(goes_on(room)), "new")] if room.waiting_for == ("facilitator",) else []
        shared = (CHAIR[self.unsealed.takes_chair], LOCK[bool(self.unsealed.word)]) if self.can("chair") else ()
        keys = {of.action: of.face for of in self.KEYS}
        ahead += by_hand_blocks(room, say, keys.__getitem__)
        return [*waiting_blocks(room, say), *ahead, *(prose(say(each), "quiet") for each in shared)]

    def can(self, action: str) -> bool:
        """Rolling back where branches are made; who may come, where he has joined who runs it."""
        places = places_at(self.seat)
        if action == "roll_back":
            goes_back = self._can_roll_back or (places is not None and places.goes_back)
            return goes_back and self.room.turn > 0
        if action == "people" and places is not None:
            return True
        if action in ("chair", "word"):
            return super().can("hand_over") and self.look.phase not in ("closing", "hotwash", "closed")
        return self.look.phase != "closed" if action == "advance" else super().can(action)

    async def action_chair(self) -> None:
        """Ask for the chair, or give it up."""
        self.unsealed.takes_chair = not self.unsealed.takes_chair
        self.tell(self.say(CHAIR[self.unsealed.takes_chair]))
        self.show(self.look)
        self.post_message(DeskChanged())

    @work
    async def action_word(self) -> None:
        """Set the word that opens the curtain before this console; none takes it away."""
        say = self.say
        sentence = say("Nobody opens this console without it. It is kept at this terminal alone; empty is none.")
        word = await self.app.push_screen_wait(
            Write(say("The facilitator's word"), say, {}, "word", sentence=sentence, short=True)
        )
        if word is not None:
            self.unsealed.word = word.strip()[:LONGEST_WORD]
            self.tell(say("The word is set.") if self.unsealed.word else say("No word is asked for."))

    # phases and the clock

    @work
    async def action_advance(self) -> None:
        """Go on; ask first if somebody is still at work, and before everything is opened."""
        also = self.say(PROJECTOR) if self.look.phase == "closing" else ""
        await self.fill_in("advance", instead=Advance(), also=also)

    @work
    async def action_pause(self) -> None:
        """Stop or go on; what was said of the one does not stand beside the other."""
        self.app.clear_notifications()
        await self.fill_in("unpause" if self.room.paused else "pause")

    # the plan

    @on(Pane.Picked, "#msel")
    @work
    async def _inject_picked(self, event: Pane.Picked) -> None:
        inject = next((each for each in self.room.msel if f"inject:{each.id}" == event.key), None)
        if inject is None:
            return
        say = self.say
        if inject.state == "past":
            await self.app.push_screen_wait(
                Confirm(title_of(inject, say), tuple(inject_blocks(inject, say)), say, yes="", no="back")
            )
            return
        await self.fill_in(event.key)

    def action_release(self) -> None:
        """Deliver the inject under the cursor, after one question."""
        self._do_with_inject("release")

    def action_hold(self) -> None:
        """Hold the chosen inject back."""
        self._do_with_inject("hold")

    def action_skip(self) -> None:
        """Strike it, after one question."""
        self._do_with_inject("skip")

    @work
    async def _do_with_inject(self, do: str) -> None:
        if inject := self._under_cursor():
            action = INTERVENTIONS[do][1](inject=inject.id)
            await self.fill_in(f"inject:{inject.id}", {"do": do}, instead=action)

    def _under_cursor(self) -> InjectFacts | None:
        """The inject that can be seen to be chosen."""
        pane = self.pane("msel")
        inject = next((each for each in self.room.msel if f"inject:{each.id}" == pane.key), None)
        if inject is None or not pane.has_focus:
            self.tell(self.say("Put the cursor on an inject of the plan first."))
            return None
        return inject

    # numbers, notes, marks

    @work
    async def action_declare(self) -> None:
        """Put a crossing on record that a team claims or a rule proposes."""
        if any(each.is_open for each in self.room.proposed):
            await self.fill_in("declare")
        else:
            self.tell(self.say("No team claims a crossing, and no rule proposes one."))

    @on(Pane.Picked, "#room")
    def _act_picked(self) -> None:
        self.action_reveal()

    @work
    async def action_reveal(self) -> None:
        """Show both teams one act's meaning and reading, after one question."""
        kind, _, rest = self.pane("room").key.partition(":")
        if kind != "act":
            self.tell(self.say("Put the cursor on an act in the room first."))
            return
        side, turn, order = rest.split(":")
        await self.fill_in(self.pane("room").key, instead=Reveal(side=side, turn=int(turn), order=int(order)))  # type: ignore[arg-type]  # a side

    @work
    async def action_mirror(self) -> None:
        """Say to both what neither sees, after one question; where it is not so, the refusal says why."""
        await self.fill_in("mirror", instead=HoldMirror())

    @work
    async def action_closer(self) -> None:
        """Ask both, after one question; where it is not asked now, the refusal says why."""
        await self.fill_in("question", instead=PutQuestion())

    @work
    async def action_translate(self) -> None:
        """Attach a translation to words of a team."""
        if translatable(self.room, self.say):
            await self.fill_in("translate")
        else:
            self.tell(self.say("Nobody has written anything yet."))

    # other screens

    @work
    async def action_roll_back(self) -> None:
        """Go on from an earlier turn, in a branch; the app does it, or the host that was joined."""
        await self.fill_in(BACK)

    async def send(self, *actions: AnyAction | AnyHostAct) -> bool:
        """The same; going back is the app's where it makes branches for us."""
        if self._can_roll_back and isinstance(actions[0], GoBack):
            self.post_message(RollBackAsked(actions[0].turn))
            return True
        return await super().send(*actions)

    def action_people(self) -> None:
        """Show who has come, by the app's desk or as the host has told it."""
        if places_at(self.seat) is None:
            super().action_people()
            return
        from crisis_sim.tui.people_screen import PlacesScreen

        self.app.push_screen(PlacesScreen(self._places, self.send, self.say))

    def _places(self) -> Places:
        places = places_at(self.seat)
        assert places is not None  # who runs it is told of them while he is there
        return places

    def action_guide(self) -> None:
        """Read the guide and the briefs."""
        from crisis_sim.tui.reading_pages import ReaderScreen

        say, white = self.say, self.say.white
        pages: tuple[tuple[str, str | tuple[Block, ...]], ...] = (
            (say("Guide"), guide_text(say)),
            *([(say("How each may sound"), sounds)] if (sounds := sounds_text(say)) else []),
            (say("For both"), say.of(say.dossier.brief)),
            (say("Brief for US"), say.of(white.us.brief)),
            (say("Brief for China"), say.of(white.china.brief)),
            *([(say("On the record"), record)] if (record := tuple(earlier_blocks(say))) else []),
        )
        self.app.push_screen(ReaderScreen(self.seat, self.unsealed, pages))
