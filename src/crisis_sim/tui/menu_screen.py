"""The opening menu: what to do, and for a new session which scenario, how long, who sits where.

`MenuChoice`, `Offer` and the entries live in `crisis_sim.tui.menu_choice`; the command line fills an `Offer` and acts
on the `MenuChoice` that comes back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final, cast

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult, SystemCommand
from textual.containers import Container
from textual.screen import Screen

from crisis_sim.text import clean, narrow
from crisis_sim.tui import themes
from crisis_sim.tui.chosen_so_far import ChosenSoFar
from crisis_sim.tui.dialogs import Choose, DialogOption, Write
from crisis_sim.tui.foot import Foot
from crisis_sim.tui.key_bindings import EVERYWHERE, KeyBinding, bindings
from crisis_sim.tui.menu_choice import (
    LISTENER,
    REACHES,
    Do,
    LogEntry,
    MenuChoice,
    Offer,
    PackEntry,
    PolicyEntry,
    ScenarioEntry,
    alone,
    with_scenario,
)
from crisis_sim.tui.menu_rows import (
    ASKED,
    ITEMS,
    MenuItem,
    item_blocks,
    log_blocks,
    played_items,
    scenario_blocks,
)
from crisis_sim.tui.now_bar import now_rows, or_too_small
from crisis_sim.tui.pane_rows import READING, PaneBlock, PaneRow, block, para, row, width_of
from crisis_sim.tui.terminal import at_terminal
from crisis_sim.tui.typed_ahead import PatientApp
from crisis_sim.tui.widgets.fixed_rows import FixedRows
from crisis_sim.tui.widgets.pane import Pane
from crisis_sim.wording import _, speaker

LISTS: Final = ("pick", "alone", "look")
"""Pages that list scenarios."""

__all__ = ["LogEntry", "MenuChoice", "Offer", "PackEntry", "PolicyEntry", "ScenarioEntry", "run_menu"]


class MenuScreen(Screen[None]):
    """The first screen."""

    KEYS = (
        KeyBinding("enter", "pick", "choose", "Choose what is under the cursor"),
        *(KeyBinding(str(n), f"number({n})", f"{n}", f"Choose number {n}", foot=False) for n in range(1, 10)),
        KeyBinding("escape", "back", "back", "Back to the page before"),
        KeyBinding("ctrl+q,q", "quit", "quit", "Quit", shown="q"),
    )
    BINDINGS = bindings([key for key in KEYS if key.action != "pick"])
    VERTICAL_BREAKPOINTS = [(0, "-low"), (46, "-tall")]
    DEFAULT_CSS = """
    #menu { max-width: 84; height: 1fr; }
    MenuScreen.-list.-low #menu { max-width: 120; }
    #middle { align-horizontal: center; height: 1fr; }
    #title { background: $ink-bar; }
    """

    def __init__(self, offer: Offer) -> None:
        """With everything that can be chosen."""
        super().__init__()
        self.offer = offer
        self.say = speaker(offer.language)
        self.page = "played" if offer.played else "first"
        self.choice = self._first_choice()
        self._told = ""
        self._written: dict[str, str] = {}

    def _first_choice(self) -> MenuChoice:
        choice = MenuChoice(do="start", language=self.offer.language)
        return with_scenario(choice, self.offer.scenarios[0]) if self.offer.scenarios else choice

    def compose(self) -> ComposeResult:
        """Title, list, footer."""
        yield FixedRows(id="title", most=3)
        yield Container(Pane(id="menu"), id="middle")
        yield Foot(self.keys)

    def on_mount(self) -> None:
        """Draw the first page."""
        self.query_one("#title", FixedRows).show(self._title_rows)
        self.query_one("#menu", Pane).focus()
        self._turn_to(self.page, self.offer.next or None)

    def keys(self) -> list[KeyBinding]:
        """The keys that do something at present."""
        return [*self.offered(), *EVERYWHERE[:2]]

    def offered(self) -> list[KeyBinding]:
        """The screen's own keys: numbers choose from a list of what can be done, from which esc leads nowhere."""
        idle = "back" if self.items else "number"
        return [key for key in self.KEYS if not key.action.startswith(idle)]

    def redraw(self, key: str | None = None) -> None:
        """Draw the open page."""
        self.query_one("#menu", Pane).show(self._blocks, key=key)
        for bar in self.query(FixedRows):
            bar.redraw()

    def _title_rows(self, width: int) -> list[PaneRow]:
        say = self.say
        motto = "   " + say("two teams talk their way through a crisis that is nobody's fault")
        title = row(" ", ("crisis-sim", "strong"))
        title = titled if width_of(titled := (*title, (motto, "dim"))) <= width else title
        return [title, *now_rows(or_too_small(say(ASKED[self.page]), self.size, say), width, say)]

    def _blocks(self, width: int) -> list[PaneBlock]:
        offer, say, height = self.offer, self.say, self.size.height
        chosen = self.query_one("#menu", Pane).key
        if self.page in LISTS:
            return scenario_blocks(offer.scenarios, chosen or self.choice.scenario, width, height, say)
        width = min(width, READING)
        if self.items:
            said = [block(*para(offer.said, width, "new"))] if offer.said and self.page == "played" else []
            height -= sum(len(each.rows) for each in said)
            return [*said, *item_blocks(self.items, chosen, width, height, say)]
        if self.page == "start":
            return self._so_far.blocks(width, height)
        if self.page == "what-if":
            return [PaneBlock(tuple(para(turn.says, width, indent=2)), str(turn.turn)) for turn in offer.turns]
        if self.page == "resume":
            none = say("There is no session to go on with. Start one first.")
            return log_blocks([log for log in offer.logs if not log.is_closed], width, height, none)
        if self.page == "debrief":
            none = say("No session has come to its hotwash yet. Start one first.")
            return log_blocks([log for log in offer.logs if log.is_open], width, height, none)
        logs = (*offer.logs, *(offer.examples if self.page == "replay" else ()))
        return log_blocks(logs, width, height, say("There is no log yet. Start a session first."))

    @property
    def items(self) -> Sequence[MenuItem]:
        """What can be done from the page at hand, where that is a list of such."""
        if self.page == "played":
            return played_items(self.offer)
        return ITEMS if self.page == "first" else ()

    @property
    def _so_far(self) -> ChosenSoFar:
        return ChosenSoFar(self.offer, self.choice)

    # choosing

    @on(Pane.Picked)
    def _picked(self, event: Pane.Picked) -> None:
        if self.page == "first":
            self._first(event.key)
        elif self.page == "played":
            self._played(event.key)
        elif self.page == "start":
            self._change(event.key)
        elif self.page == "pick":
            self._take(event.key)
        elif self.page == "what-if":
            self._ask_by_whom(int(event.key))
        elif self.page == "alone":
            self.app.exit(alone(self._scenario(event.key), self.offer.language))
        elif self.page == "look":
            self.app.exit(MenuChoice(do="look", scenario=event.key))
        elif self.page == "resume" and any(log.path == event.key and log.was_hosted for log in self.offer.logs):
            self._ask_how(event.key)
        else:
            self.app.exit(MenuChoice(do=cast(Do, self.page), log=event.key))

    def action_number(self, number: int) -> None:
        """Choose by number."""
        if number <= len(self.items):
            self.query_one("#menu", Pane).move_to(self.items[number - 1][0])
            self.query_one("#menu", Pane).pick()

    def _first(self, key: str) -> None:
        if key == "quit":
            self.app.exit(None)
        elif key in ("demo", "try"):
            self.app.exit(MenuChoice(do=cast(Do, key)))
        elif key == "join":
            self._ask_address()
        elif key in ("start", "host"):
            self.choice = replace(self.choice, do=cast(Do, key))
            several = len(self.offer.scenarios) > 1
            self._turn_to(*(("pick", self.choice.scenario) if several else ("start", "go")))
        else:
            self._turn_to(key)

    def _played(self, key: str) -> None:
        """Go on from a session that has just been closed."""
        if key == "first":
            self._turn_to("first", "start")
        elif key == "what-if":
            self._turn_to(key)
        else:
            self.app.exit(None if key == "quit" else MenuChoice(do=cast(Do, key), log=self.offer.played))

    def _turn_to(self, page: str, key: str | None = None) -> None:
        """Show a page, the cursor at `key`."""
        self.page, self._told = page, ""
        self.set_class(page in LISTS, "-list")
        self.redraw(key or "")
        if key:
            self.query_one("#menu", Pane).move_to(key)

    def _take(self, scenario: str) -> None:
        """A scenario to play; the table is set for it."""
        found = self._scenario(scenario)
        if found.id != self.choice.scenario:
            self.choice = with_scenario(self.choice, found)
        self._turn_to("start", "go")

    def _scenario(self, name: str) -> ScenarioEntry:
        return next(scenario for scenario in self.offer.scenarios if scenario.id == name)

    @on(Pane.Moved)
    def _moved(self, event: Pane.Moved) -> None:
        """Say of another what it is; drawing says where the cursor is too, and changes nothing."""
        if (self.items or self.page in LISTS) and event.key != self._told and event.key == event.pane.key:
            self._told = event.key
            self.redraw()

    @work
    async def _change(self, key: str) -> None:
        kind, _colon, name = key.partition(":")
        if kind == "go":
            self.app.exit(self.choice)
            return
        if kind == "scenario":
            self._turn_to("pick", self.choice.scenario)
            return
        if kind == "seed":
            await self._ask_seed()
        elif (question := self._so_far.question(kind, name)) is not None:
            options = [DialogOption(*option) for option in question.options]
            picked = await self._ask(question.asks, options, question.note, question.chosen or None)
            self.choice = question.answered(picked) if picked else self.choice
        self.redraw(key)

    async def _ask(
        self, title: str, options: list[DialogOption], sentence: str = "", chosen: str | None = None
    ) -> str | None:
        asked = Choose(self.say(title), options, self.say, sentence=self.say(sentence), chosen=chosen)
        return await self.app.push_screen_wait(asked)

    @work
    async def _ask_by_whom(self, turn: int) -> None:
        """Whether a bot plays otherwise from there, or whoever has played."""
        options = [
            DialogOption(LISTENER, self.say("A bot that listens"), self.say("It plays to the end at once.")),
            DialogOption(
                "person", self.say("We ourselves"), self.say("Play goes on from there, in a session of its own.")
            ),
        ]
        if by := await self._ask(_("Who plays for us from there?"), options):
            self.app.exit(MenuChoice(do="what-if", log=self.offer.played, turn=turn, us=by))

    @work
    async def _ask_how(self, log: str) -> None:
        """Host it again, so that people come back to their screens, or go on with it at this one."""
        reaches = [DialogOption(reach, *map(self.say, told)) for reach, told in REACHES.items()]
        table = DialogOption("table", self.say("at this terminal alone"), self.say("All who play share it."))
        sentence = _("People joined this session from screens of their own; hosted again, they come back to them.")
        picked = await self._ask(_("From where can people join?"), [*reaches, table], sentence)
        if picked == "table":
            self.app.exit(MenuChoice(do="resume", log=log))
        elif picked:
            self.app.exit(MenuChoice(do="host", log=log, reach="network" if picked == "network" else "here"))

    @work
    async def _ask_address(self) -> None:
        say = self.say
        sentence = say("As the host's screen shows it. Your code is asked for next.")
        asked = Write(say("Where is the exercise hosted?"), say, self._written, "join", sentence=sentence, short=True)
        given = await self.app.push_screen_wait(asked)
        text = narrow(given or "").rpartition("join ")[2].strip()
        if text and (unheard := await asyncio.to_thread(self.offer.unheard, text)):
            self._written["join"] = text
            self.notify(unheard, severity="warning", markup=False, timeout=20)
            self._ask_address()
        elif text:
            self.app.exit(MenuChoice(do="join", address=text))

    async def _ask_seed(self) -> None:
        say = self.say
        sentence = say("A whole number. The same seed and the same acts give the same session; 0 draws a fresh one.")
        asked = Write(say("Seed of luck"), say, {}, "seed", sentence=sentence, short=True)
        text = await self.app.push_screen_wait(asked)
        if text is None:
            return
        number = narrow(text)
        if number.isascii() and number.isdigit() and len(number) <= 18:
            self.choice = replace(self.choice, seed=int(number) or None)
        else:
            wrong = say("“{text}” is not a whole number", text=clean(text[:40], lines=False))
            self.notify(wrong, severity="warning", markup=False)

    def action_back(self) -> None:
        """Back to the page before."""
        if self.items:
            return
        if self.page == "start" and len(self.offer.scenarios) > 1:
            self._turn_to("pick", self.choice.scenario)
        elif self.page == "what-if":
            self._turn_to("played", self.page)
        else:
            self._turn_to("first", self.choice.do if self.page in ("pick", "start") else self.page)

    def action_quit(self) -> None:
        """End the program without a choice."""
        self.app.exit(None)


class MenuApp(PatientApp["MenuChoice | None"]):
    """Shows the menu and returns the choice."""

    BINDINGS = bindings(EVERYWHERE)

    def __init__(self, offer: Offer, *, theme: str = themes.DEFAULT) -> None:
        """With everything that can be chosen."""
        super().__init__(theme)
        self._offer = offer

    def on_mount(self) -> None:
        """Open the menu."""
        self.push_screen(MenuScreen(self._offer))

    def action_help(self) -> None:
        """What can be done here."""
        from crisis_sim.tui.help_screen import HelpScreen  # loads the game, which the menu does not wait for

        if isinstance(screen := self.screen, MenuScreen):
            self.push_screen(HelpScreen(screen.keys(), (screen.say(ASKED[screen.page]),), screen.say))

    def action_leave(self) -> None:
        """Leave."""
        self.exit(None)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: what can be chosen on the page at hand, then its keys; loaded when it is first opened."""
        from crisis_sim.tui.palette import palette

        if isinstance(screen, MenuScreen):
            for number, (_name, label, note) in enumerate(screen.items, 1):
                yield SystemCommand(screen.say(label), screen.say(note), partial(screen.action_number, number))
        yield from palette(self, screen)


def run_menu(offer: Offer, *, theme: str = themes.DEFAULT) -> MenuChoice | None:
    """Show the opening menu; None when somebody quits."""
    return at_terminal(MenuApp(offer, theme=theme))
