"""The opening menu: forms over what the command line offers, and the choice that they make.

Nothing of a game is loaded for it but what the forms need.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult

from crisis_sim.pages.form import Form, FormAnswer, FormSheet
from crisis_sim.pages.menu_choice import MenuChoice, Offer
from crisis_sim.pages.menu_forms import FIRST, PLAYED, chosen_in, menu_form
from crisis_sim.text import clean
from crisis_sim.tui import themes
from crisis_sim.tui.base_app import CrisisApp
from crisis_sim.tui.form_panel import FormPanel
from crisis_sim.tui.key_bindings import Foot, KeyBinding
from crisis_sim.tui.key_screen import KeyScreen
from crisis_sim.tui.terminal import at_terminal
from crisis_sim.wording import speaker


class MenuScreen(KeyScreen[None]):
    """One page of the menu after the other."""

    DEFAULT_CSS = "MenuScreen { align-horizontal: center; }"
    QUIT = KeyBinding("q", "quit", "quit", "Quit")

    def __init__(self, offer: Offer) -> None:
        """With everything that can be chosen."""
        super().__init__()
        self.offer, self.say = offer, speaker(offer.language)
        self._sheets: dict[str, dict[str, FormAnswer]] = {}
        self._trail: list[str] = []
        first = PLAYED if offer.played else FIRST
        self._panel = FormPanel(self._make, first, self._answers(first), {}, self.say, acts=False)

    def _make(self, name: str, answers: FormSheet) -> Form | None:
        return menu_form(name, self.offer, answers, self.say)

    def _answers(self, name: str) -> dict[str, FormAnswer]:
        return self._sheets.setdefault(name, {})

    @property
    def page(self) -> str:
        """The page that is open."""
        return self._panel.form_name

    def compose(self) -> ComposeResult:
        """The page, the keys."""
        yield self._panel
        yield Foot()

    def on_mount(self) -> None:
        """After a session, begin at what is done next."""
        if self.offer.next:
            self._panel.point_at(f"={self.offer.next}")

    def own_keys(self) -> Sequence[KeyBinding]:
        """Those of the page, and leaving."""
        writes = self._panel.kind in ("text", "short", "search")
        is_first = self.page in (FIRST, PLAYED)
        keys = [key for key in self._panel.answer_keys() if not (is_first and key.keys == "escape")]
        return keys if writes else [*keys, self.QUIT]

    def action_form_key(self, does: str) -> None:
        """Do what a key of the page does."""
        self._panel.press(does)

    @on(FormPanel.QuestionChanged)
    def _question_changed(self) -> None:
        self.show_keys()

    @on(FormPanel.Closed)
    def _form_closed(self) -> None:
        """Back to the page before; from the first esc leads nowhere."""
        if self._trail:
            name = self._trail.pop()
            self._answers(name).clear()
            self._panel.open(name, self._answers(name))

    @on(FormPanel.Completed)
    def _form_completed(self, event: FormPanel.Completed) -> None:
        chosen = chosen_in(event.form, self.offer)
        if isinstance(chosen, str):
            self._trail.append(self.page)
            if ":" not in chosen:
                self._answers(chosen).clear()
            self._panel.open(chosen, self._answers(chosen))
        elif chosen is not None and chosen.do == "join":
            self._join(chosen)
        else:
            self.app.exit(chosen)

    @work
    async def _join(self, choice: MenuChoice) -> None:
        """Leave for a host, if somebody answers there."""
        if unheard := await asyncio.to_thread(self.offer.unheard, choice.address):
            self.notify(clean(unheard, lines=False), severity="warning", markup=False, timeout=20)
            self._answers("join").clear()
            self._panel.ask()
        else:
            self.app.exit(choice)

    def action_quit(self) -> None:
        """End the program without a choice."""
        self.app.exit(None)


class MenuApp(CrisisApp["MenuChoice | None"]):
    """Shows the menu and returns the choice."""

    def __init__(self, offer: Offer, *, theme: str = themes.DEFAULT) -> None:
        """With everything that can be chosen."""
        super().__init__(theme)
        self._offer = offer

    def on_mount(self) -> None:
        """Open the menu."""
        self.push_screen(MenuScreen(self._offer))


def run_menu(offer: Offer, *, theme: str = themes.DEFAULT) -> MenuChoice | None:
    """Show the opening menu; None when somebody quits."""
    return at_terminal(MenuApp(offer, theme=theme))
