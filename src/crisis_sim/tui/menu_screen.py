"""The opening menu: what to do, and for a new session which scenario, how long, who sits where.

`MenuChoice`, `Offer` and the entries live in `crisis_sim.tui.menu_choice`; the command line fills an `Offer` and acts
on the `MenuChoice` that comes back.
"""

from __future__ import annotations

import asyncio
from typing import Literal, cast

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen

from crisis_sim.text import clean, narrow
from crisis_sim.tui import themes
from crisis_sim.tui.chosen_so_far import ChosenSoFar
from crisis_sim.tui.dialogs import Choose, DialogOption, Write
from crisis_sim.tui.foot import Foot
from crisis_sim.tui.key_bindings import KeyBinding, bindings
from crisis_sim.tui.menu_choice import (
    BRIEFS,
    CARDS,
    DECKS,
    REACHES,
    SECOND_GUESS,
    Do,
    LogEntry,
    MenuChoice,
    Offer,
    PackEntry,
    PolicyEntry,
    ScenarioEntry,
    with_scenario,
)
from crisis_sim.tui.menu_rows import (
    ASKED,
    ITEMS,
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
from crisis_sim.wording.labels import own_name

__all__ = ["LogEntry", "MenuChoice", "Offer", "PackEntry", "PolicyEntry", "ScenarioEntry", "run_menu"]


class MenuScreen(Screen[None]):
    """The first screen."""

    KEYS = (
        KeyBinding("enter", "pick", "choose", "Choose what is under the cursor"),
        KeyBinding("escape", "back", "back", "Back, or quit from the first page"),
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
        yield Foot(lambda: self.KEYS)

    def on_mount(self) -> None:
        """Draw the first page."""
        self.query_one("#title", FixedRows).show(self._title_rows)
        self.query_one("#menu", Pane).focus()
        self._turn_to(self.page, self.offer.next or None)

    def redraw(self, key: str | None = None) -> None:
        """Draw the open page."""
        self.query_one("#menu", Pane).show(self._blocks, key=key)
        self.query_one("#title", FixedRows).redraw()

    def _title_rows(self, width: int) -> list[PaneRow]:
        say = self.say
        motto = "   " + say("two teams talk their way through a crisis that is nobody's fault")
        title = row(" ", ("crisis-sim", "strong"))
        title = titled if width_of(titled := (*title, (motto, "dim"))) <= width else title
        return [title, *now_rows(or_too_small(say(ASKED[self.page]), self.size, say), width, say)]

    def _blocks(self, width: int) -> list[PaneBlock]:
        offer, say, height = self.offer, self.say, self.size.height
        chosen = self.query_one("#menu", Pane).key
        if self.page in ("pick", "look"):
            return scenario_blocks(offer.scenarios, chosen or self.choice.scenario, width, height, say)
        width = min(width, READING)
        if self.page in ("first", "played"):
            items = ITEMS if self.page == "first" else played_items(offer.changes)
            said = [block(*para(offer.said, width, "new"))] if offer.said and self.page == "played" else []
            return [*said, *item_blocks(items, chosen, width, height - sum(len(each.rows) for each in said), say)]
        if self.page == "start":
            return self._so_far.blocks(width, height)
        if self.page == "resume":
            none = say("There is no session to go on with. Start one first.")
            return log_blocks([log for log in offer.logs if not log.is_closed], width, height, none)
        if self.page == "debrief":
            none = say("No session has come to its hotwash yet. Start one first.")
            return log_blocks([log for log in offer.logs if log.is_open], width, height, none)
        logs = (*offer.logs, *(offer.examples if self.page == "replay" else ()))
        return log_blocks(logs, width, height, say("There is no log yet. Start a session first."))

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
        elif self.page == "look":
            self.app.exit(MenuChoice(do="look", scenario=event.key))
        elif self.page == "resume" and any(log.path == event.key and log.was_hosted for log in self.offer.logs):
            self._ask_how(event.key)
        else:
            self.app.exit(MenuChoice(do=cast(Do, self.page), log=event.key))

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
        else:
            self.app.exit(None if key == "quit" else MenuChoice(do=cast(Do, key), log=self.offer.played))

    def _turn_to(self, page: str, key: str | None = None) -> None:
        """Show a page, the cursor at `key`."""
        self.page, self._told = page, ""
        self.set_class(page in ("pick", "look"), "-list")
        self.redraw(key or "")
        if key:
            self.query_one("#menu", Pane).move_to(key)

    def _take(self, scenario: str) -> None:
        """A scenario to play; the table is set for it."""
        found = next(each for each in self.offer.scenarios if each.id == scenario)
        if found.id != self.choice.scenario:
            self.choice = with_scenario(self.choice, found)
        self._turn_to("start", "go")

    @on(Pane.Moved)
    def _moved(self, event: Pane.Moved) -> None:
        """Say of another what it is; drawing says where the cursor is too, and changes nothing."""
        if self.page in ("pick", "look", "first", "played") and event.key != self._told and event.key == event.pane.key:
            self._told = event.key
            self.redraw()

    @work
    async def _change(self, key: str) -> None:
        kind, _colon, name = key.partition(":")
        if kind == "go":
            self.app.exit(self.choice)
            return
        if kind == "packs":
            self._take_pack(
                await self._ask(_("Which rules?"), self._pack_options(), _("Enter adds a pack or takes it out."))
            )
        elif kind == "seed":
            await self._ask_seed()
        elif kind == "scenario":
            self._turn_to("pick", self.choice.scenario)
            return
        else:
            await self._ask_field(kind, name)
        self.redraw(key)

    async def _ask(self, title: str, options: list[DialogOption], sentence: str = "", chosen: str = "") -> str | None:
        asked = Choose(self.say(title), options, self.say, sentence=self.say(sentence), chosen=chosen)
        return await self.app.push_screen_wait(asked)

    async def _ask_field(self, kind: str, seat: str) -> None:
        scenario, say = self._so_far.scenario, self.say
        if scenario is None:
            return
        if kind == "length":
            options = [DialogOption(str(n), say("{length} minutes", length=n)) for n in scenario.lengths]
            picked = await self._ask(_("How long?"), options, chosen=str(self.choice.length))
            self.choice = replace(self.choice, length=int(picked)) if picked else self.choice
        elif kind == "reach":
            picked = await self._ask(_("From where can people join?"), self._reaches, chosen=self.choice.reach)
            reach: Literal["here", "network"] = "network" if picked == "network" else "here"
            self.choice = replace(self.choice, reach=reach) if picked else self.choice
        elif kind == "second":
            options = [DialogOption("no", say("Nothing more")), DialogOption("yes", *map(say, SECOND_GUESS))]
            picked = await self._ask(_("What is each team asked beside its lines and the other's?"), options)
            self.choice = replace(self.choice, second_order=picked == "yes") if picked else self.choice
        elif kind == "card":
            options = [DialogOption(card, *map(say, told)) for card, told in CARDS.items()]
            picked = await self._ask(
                _("Does each team order acts by how gravely it takes them?"), options, chosen=self._so_far.card
            )
            card = cast(Literal["none", "short", "full"], picked)
            self.choice = replace(self.choice, offence_card=card) if picked else self.choice
        elif kind == "dealt":
            options = [DialogOption(dealt, *map(say, told)) for dealt, told in DECKS.items()]
            picked = await self._ask(
                _("May a team be told to come home with more?"), options, chosen=self.choice.cards or "on"
            )
            chosen: Literal["off"] | None = "off" if picked == "off" else None
            self.choice = replace(self.choice, cards=chosen) if picked else self.choice
        elif kind == "briefs":
            options = [DialogOption(briefs, *map(say, told)) for briefs, told in BRIEFS.items()]
            picked = await self._ask(_("How is the public brief given?"), options, chosen=self.choice.briefs)
            self.choice = replace(self.choice, briefs="explained" if picked == "explained" else "plain")
        elif kind == "inherits":
            options = [DialogOption("none", say("Nothing earlier"), say("Both sides begin as the scenario has them."))]
            options += [DialogOption(log.path, log.says, log.path) for log in self.offer.logs if log.is_open]
            picked = await self._ask(
                _("Which earlier session does it begin with?"), options, chosen=self.choice.inherits or "none"
            )
            self.choice = replace(self.choice, inherits="" if picked == "none" else picked) if picked else self.choice
        elif kind == "language":
            options = [DialogOption(each, own_name(each)) for each in scenario.languages]
            picked = await self._ask(_("Which language?"), options, chosen=self.choice.language or "en")
            self.choice = replace(self.choice, language="zh" if picked == "zh" else "en") if picked else self.choice
        else:
            await self._ask_seat(seat)

    async def _ask_seat(self, seat: str) -> None:
        say = self.say
        if seat == "facilitator":
            options = [
                DialogOption("person", say("A person, here")),
                DialogOption("auto", say("It runs by itself"), say("Phases go on when both teams are done.")),
            ]
            picked = await self._ask(_("Who facilitates?"), options, chosen=self.choice.facilitator)
            self.choice = (
                replace(self.choice, facilitator="auto" if picked == "auto" else "person") if picked else self.choice
            )
            return
        joins = self.choice.do == "host"
        options = [DialogOption("person", say("Whoever joins with its code") if joins else say("A person, here"))]
        options.extend(
            DialogOption(policy.id, say("Bot: {who}", who=policy.id), policy.says) for policy in self.offer.policies()
        )
        picked = await self._ask(_("Who plays?"), options, chosen=self.choice.us if seat == "us" else self.choice.china)
        if picked is not None:
            self.choice = replace(self.choice, us=picked) if seat == "us" else replace(self.choice, china=picked)

    def _pack_options(self) -> list[DialogOption]:
        chosen = self.choice.packs
        return [
            DialogOption(pack.id, ("[x] " if pack.id in chosen else "[ ] ") + pack.id, pack.says)
            for pack in self.offer.packs
        ]

    def _take_pack(self, pack: str | None) -> None:
        if pack is None:
            return
        packs = self.choice.packs
        packs = tuple(each for each in packs if each != pack) if pack in packs else (*packs, pack)
        self.choice = replace(self.choice, packs=packs)

    @property
    def _reaches(self) -> list[DialogOption]:
        return [DialogOption(reach, *map(self.say, told)) for reach, told in REACHES.items()]

    @work
    async def _ask_how(self, log: str) -> None:
        """Host it again, so that people come back to their screens, or go on with it at this one."""
        table = DialogOption("table", self.say("at this terminal alone"), self.say("All who play share it."))
        sentence = _("People joined this session from screens of their own; hosted again, they come back to them.")
        picked = await self._ask(_("From where can people join?"), [*self._reaches, table], sentence)
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
        """Back to the first page, or out."""
        if self.page in ("first", "played"):
            self.app.exit(None)
        elif self.page == "start" and len(self.offer.scenarios) > 1:
            self._turn_to("pick", self.choice.scenario)
        else:
            self._turn_to("first", self.choice.do if self.page in ("pick", "start") else self.page)

    def action_quit(self) -> None:
        """End the program without a choice."""
        self.app.exit(None)


class MenuApp(PatientApp["MenuChoice | None"]):
    """Shows the menu and returns the choice."""

    ENABLE_COMMAND_PALETTE = False

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
