"""Who comes to a hosted exercise: the way in, the code of each who is expected, who is there, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import ActionRefused, CrisisSimError
from crisis_sim.pages.form import NO_SHEET, Form, FormSheet
from crisis_sim.pages.places_forms import TRY, bot_form, host_blocks, places_content, places_form
from crisis_sim.pages.refusals import names_from
from crisis_sim.pages.screen_words import clock_text, refusal_text
from crisis_sim.pages.seat_table import PlaceManager
from crisis_sim.pages.translator import Translator
from crisis_sim.rules.names import SIDES
from crisis_sim.tui.ask_screen import AskScreen
from crisis_sim.tui.key_bindings import Foot, KeyBinding
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.tui.pane import Pane
from crisis_sim.wording import failure, in_words

UNLOCK: Final = KeyBinding("l", "form('door')", "unlock the door", "Let nobody new in, or let them in again")


class PeopleScreen(KeyScreen[None], ModalScreen[None]):
    """The list of places at the host, with bots, cards and a picture of the address."""

    DEFAULT_CSS = "PeopleScreen { background: $ink-ground; } PeopleScreen Pane { max-width: 92; }"
    KEYS = (
        KeyBinding("enter", "pick", "what to do", "Do something about the place under the cursor"),
        KeyBinding("t", f"form('{TRY}')", "let them try again", "Look at codes again from where wrong ones came"),
        KeyBinding("l", "form('door')", "lock the door", "Let nobody new in, or let them in again"),
        KeyBinding("a", "form('invite')", "another person", "Invite one more person"),
        KeyBinding("e", "end", "end the rehearsal", "End the rehearsal"),
        KeyBinding("b", "bot", "a bot for a team", "Let a bot play for a team, or give it back", foot=False),
        KeyBinding("c", "cards", "cards to print", "Write the sheet of cards"),
        KeyBinding("v", "picture", "picture", "Show the address for browsers as a telephone reads it", foot=False),
        KeyBinding("escape,s,q", "back", "back", "Close the list of people"),
    )

    def __init__(self, manager: PlaceManager, look: Callable[[], View], say: Translator) -> None:
        """What is lent of the host, and what the seat here sees."""
        super().__init__()
        self._desk, self._look, self._teller = manager, look, say
        self.say = say

    def own_keys(self) -> Sequence[KeyBinding]:
        """What can be done now."""
        idle = {f"form('{TRY}')"} if not self._desk.places().waiting else set[str]()
        idle |= {"end"} if self._desk.rehearsal is None else set()
        keys = [key for key in self.KEYS if key.action not in idle]
        return [UNLOCK if key.action == UNLOCK.action and self._desk.places().is_locked else key for key in keys]

    def compose(self) -> ComposeResult:
        """The list and its keys."""
        yield Pane(id="people")
        yield Foot()

    def on_mount(self) -> None:
        """Fill in, and look every second who has come."""
        self.query_one(Pane).focus()
        self._draw()
        self.set_interval(1.0, self._draw)

    def _draw(self) -> None:
        manager, say = self._desk, self._teller
        content = places_content(manager.places(), self._look(), say)
        failed, seconds_left = manager.storage_failure, manager.rehearsal
        trouble = "" if failed is None else in_words(failed.notice, say.language)
        rehearsal = "" if seconds_left is None else clock_text(seconds_left, say)
        pane = self.query_one(Pane)
        pane.title = content.region.title
        pane.show((*host_blocks(manager.played, trouble, rehearsal, say), *content.region.blocks), content.opens)
        self.show_keys()

    @on(Pane.Picked)
    def _picked(self, event: Pane.Picked) -> None:
        self.action_form(event.key)

    @work
    async def action_form(self, name: str) -> None:
        """Ask a form, and have the host do what it makes."""

        def make(form_name: str, answers: FormSheet) -> Form | None:
            return places_form(form_name, self._desk.places(), self._look(), answers, self._teller)

        form = make(name, NO_SHEET)
        if form is None or form.fields or form.asks is None:
            form = await self.app.push_screen_wait(AskScreen(make, name, self.say, acts=True))
        if form is None or form.asks is None:
            if make(name, NO_SHEET) is None:  # somebody else who runs it was quicker
                self._refuse(ActionRefused("room/place", place=name.partition(":")[2]))
            return
        try:
            self._desk.does(form.asks)
        except ActionRefused as refused:
            self._refuse(refused)
        except CrisisSimError as error:
            self.tell(failure(error, self._teller.language)[0], warning=True)
        self._draw()

    def _refuse(self, refused: ActionRefused) -> None:
        self.tell(refusal_text(refused, self._teller.language, names_from(self._teller)), warning=True)

    @work
    async def action_bot(self) -> None:
        """Let a bot play for a team that has dropped out, or hand the seat back."""
        manager, say = self._desk, self._teller

        def make(_name: str, answers: FormSheet) -> Form | None:
            return bot_form(manager.played, manager.policies, answers, say)

        form = await self.app.push_screen_wait(AskScreen(make, "bot", self.say))
        choices = {field.name: str(field.answer) for field in form.fields} if form is not None else {}
        side = next((side for side in SIDES if side == choices.get("side")), None)
        if side is None:
            return
        try:
            if side in manager.played:
                manager.hand_back(side)
            else:
                manager.hand_to_bot(side, choices["bot"])
        except CrisisSimError as error:
            self.tell(failure(error, say.language)[0], warning=True)
        self._draw()

    @work
    async def action_cards(self) -> None:
        """Write the sheet of cards, and say where it lies."""
        say = self._teller
        try:
            self.tell(
                say("The cards, with all codes that are still open, are in {file}.", file=self._desk.print_cards())
            )
        except CrisisSimError as error:
            self.tell(failure(error, say.language)[0], warning=True)

    def action_picture(self) -> None:
        """Show the address for browsers as a telephone reads it."""
        self.app.push_screen(PictureScreen(self._desk.places().page, self._desk.picture))

    def action_end(self) -> None:
        """Have done with the rehearsal."""
        if self._desk.rehearsal is not None:
            self._desk.end_rehearsal()
            self._draw()

    def action_pick(self) -> None:
        """Nothing is under the cursor."""

    def action_back(self) -> None:
        """Close the list."""
        self.dismiss(None)


class PictureScreen(ModalScreen[None]):
    """An address as a telephone reads it, over the whole screen; any key goes back."""

    DEFAULT_CSS = """
    PictureScreen { align: center middle; background: white; }
    PictureScreen Static { width: auto; height: auto; color: black; background: white; text-align: center; }
    """

    def __init__(self, address: str, rows: list[str]) -> None:
        """The address in words and as rows of half blocks."""
        super().__init__()
        self._rows = [*rows, address]

    def compose(self) -> ComposeResult:
        """The picture, and in words what it says."""
        yield Static(Text("\n".join(self._rows)), markup=False)

    def on_key(self, event: Key) -> None:
        """Close at any key."""
        event.stop()
        self.dismiss(None)
