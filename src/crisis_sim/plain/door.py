"""The door itself: asks the seats played here in turn, with a curtain between them, until the session is over.

Everything of one seat is out of sight before the next sits down. Leaving is always safe: what was acknowledged is in
the log.
"""

from __future__ import annotations

from contextlib import suppress

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.consent_card import DUTY, TITLE, agree_words, card_blocks, is_asked
from crisis_sim.pages.duty import REHEARSED
from crisis_sim.pages.form import FormOption
from crisis_sim.pages.places_forms import BACK
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.seat_table import RollBackTo, SeatTable
from crisis_sim.pages.talk_blocks import stages_left
from crisis_sim.pages.whose_chair import changed_chairs, next_up, passes_by_itself, spent_at, talk_at
from crisis_sim.plain.console import Back, Console, Quit
from crisis_sim.plain.desk import Desk, HandOver, RollBackChosen
from crisis_sim.plain.fields import pick
from crisis_sim.plain.hotwash import Hotwash
from crisis_sim.plain.talks import both_talk, read_sheet
from crisis_sim.rules.names import SIDES
from crisis_sim.session.half_written import Sheets
from crisis_sim.wording import _
from crisis_sim.wording.labels import FILLING, SEATS

COMES = {"us": _("US TEAM"), "china": _("CHINA TEAM"), "facilitator": _("FACILITATOR"), "observer": _("OBSERVER")}


async def play(table: SeatTable, console: Console, branches: RollBackTo | None = None) -> int:
    """Play the session of `table` at `console`; `branches` makes the table of a branch. Returns the exit code."""
    door = _Door(table, console, branches)
    try:
        await door.play()
    except Quit:
        door.farewell()
        return 0
    except (KeyboardInterrupt, SystemExit):
        with suppress(OSError):  # a terminal that has gone hears nothing
            door.farewell()
        raise
    finally:
        door.keep()
    console.tell("The session is closed.")
    if door.table.log:
        console.tell("Its log:")
        console.copy(door.table.log)
    elif not door.table.debrief:
        console.tell("Its host has the debrief.")
    if door.table.debrief:
        console.tell("The debrief is written with:")
        console.copy(door.table.debrief)
    for sentence, command in door.table.then:
        console.tell(sentence)
        console.copy(command)
    if head := door.table.last_hash():
        console.tell("The last hash of the log, to be read aloud and noted:")
        console.copy(head)
    return 0


class _Door:
    def __init__(self, table: SeatTable, console: Console, branches: RollBackTo | None) -> None:
        self.console = console
        self.branches = branches
        self.up: a.SeatName | None = None
        self.wanted: a.SeatName | None = None
        self.desks: dict[a.SeatName, Desk] = {}
        self._sit_down(table)
        console.waits = self.keep  # a terminal that is killed says nothing

    def _sit_down(self, table: SeatTable) -> None:
        self.table = table
        before = self.desks
        half = self._half() or (table.half.read() if table.half is not None else {})
        spent = table.half.spent() if table.half is not None and not before else {}
        self.desks = {name: self._desk(table.seats[name]) for name in table.people}
        for name, old in before.items():
            desk = self.desks[name]
            desk.chair = old.chair.kept()
            desk.talks = stages_left(desk.view, old.talks)
        for name, desk in self.desks.items():
            desk.prompts.sheets = dict(half.get(name, {}))
            desk.chair.spent = spent.get(name, desk.chair.spent)
            desk.prompts.outlasts = table.half is not None

    def _half(self) -> dict[str, Sheets]:
        """What is half written, by seat."""
        return {str(name): desk.prompts.sheets for name, desk in self.desks.items() if desk.prompts.sheets}

    def keep(self) -> bool:
        """Keep what is half written for when somebody comes back; whether anything is kept."""
        if self.table.half is None:
            return False
        if self.table.seats[self.table.people[0]].view().phase == "closed":
            return self.table.half.write({})
        chairs = {name: desk.chair for name, desk in self.desks.items()}
        return self.table.half.write(self._half(), spent_at(chairs, self.table.people))

    def farewell(self) -> None:
        """Say that nothing is lost, and how to go on."""
        self.console.tell("You have left the session.")
        if self.table.log:
            self.console.tell("Everything that was acknowledged is safe in the log:")
            self.console.copy(self.table.log)
            self.console.tell("Go on with:")
            self.console.copy(self.table.resume)
        if self.keep():
            self.console.tell("What is half written is kept until then.")

    def _desk(self, seat: Reader) -> Desk:
        return Desk(seat, self.console, self.table.people, self.table.others)

    def _view(self) -> View:
        return self.table.seats[self.up or self.table.people[0]].view()

    def _who(self, view: View) -> a.SeatName:
        """The seat that is up; a facilitator where play is paused."""
        if self.wanted is not None:
            return self.wanted
        if view.paused and "facilitator" in self.table.people:
            return "facilitator"
        return next_up(self.up, self.table.people, view.waiting_for, view.turn)

    def _talked(self) -> bool:
        """Turn to a talk that both teams here have agreed to: each to its sheet, then both. Raises Quit."""
        views = {
            side: view for side in SIDES if side in self.desks and isinstance(view := self.desks[side].view, TeamView)
        }
        if len(views) < len(SIDES):
            return False  # who sits alone is told of it at its desk
        desks = {side: self.desks[side] for side in views}
        who, number = talk_at(self.up, views, {side: desk.talks for side, desk in desks.items()})
        if who is None:
            return False
        if who == "both":
            self.console.wipe()
            self.up = None
            both_talk(self.console, views, number, self.table.seats["us"].say)
            for desk in desks.values():
                desk.talks[number] = "after"
        else:
            self._curtain(who)
            desks[who].sit_down()
            read_sheet(desks[who].prompts, desks[who].talks)
        return True

    async def _passed(self) -> bool:
        """Go on for a facilitator who has not asked for the chair."""
        desk = self.desks.get("facilitator")
        if desk is None or desk.chair.takes_chair or self.wanted == "facilitator":
            return False
        if not passes_by_itself(desk.view, self.table.people):
            return False
        await desk.submit(a.Advance())
        return True

    async def play(self) -> None:
        """Ask one seat after the other until the session is closed. Raises Quit."""
        rehearses = False
        while True:
            await self.table.others()
            before, rehearses = rehearses, self.table.seats[self.table.people[0]].say.dossier.rehearses
            if before and not rehearses:
                self.console.tell(REHEARSED)
            if (
                len(self.table.people) == 1
            ):  # who has joined; a team that shares the terminal is asked behind its curtain
                await agreed(self.console, self.table.seats[self.table.people[0]])
            if self._talked() or await self._passed():
                continue
            view = self._view()
            if view.phase == "closed":
                return
            if view.phase == "hotwash":
                await self._hotwash()
                continue
            name = self._who(view)
            self.wanted = None
            self._curtain(name)
            if name == "facilitator" and (percent := self.table.filling()):
                self.console.tell(FILLING, percent=percent)
            try:
                await agreed(self.console, self.table.seats[name])
                await self.desks[name].sit()
            except HandOver as hand:
                self.wanted = hand.to
            except RollBackChosen as back:
                await self._roll_back(back.turn)

    def _curtain(self, name: a.SeatName) -> None:
        """Take everything of the last seat out of sight, and call the next."""
        before, self.up = self.up, name
        if before == name or len(self.table.people) == 1:
            return
        self.console.wipe()
        self.desks[name].placed = -1
        say = self.console.words
        others = say(" and ").join(say(SEATS[other]) for other in self.table.people if other != name)
        desk = self.desks[name]
        word, asked, comes = desk.chair.word, _("Press Enter when the others look away."), _("{comes}, please.")
        if asked not in desk.explained:
            comes = _("{comes}, please. {others}, look away.")
        elif not word:
            asked = _("Enter, when the others look away.")
        self.console.tell(comes, comes=say(COMES[name]), others=others)
        if changed := changed_chairs(name, desk.view, again=self.table.again):
            self.console.tell(changed)
        desk.explained.add(asked)
        if word:
            asked = _("Type the facilitator's word, then Enter.")
        while True:
            with suppress(Back):
                typed = self.console.ask(asked, say("The others' part is hidden until you do."))
                if typed.casefold() == word.casefold():  # without a word Enter alone, and no line of the last seat's
                    break
                self.console.tell("That is not the word. " if word else "Only Enter, with nothing typed, opens it.")
        if word:
            self.console.wipe()

    async def _roll_back(self, turn: int) -> None:
        """Go on from the start of a turn, in a branch."""
        if self.branches is None:
            self.console.tell("Nothing can be rolled back here; `crisis-sim branch` makes a branch of the log.")
            return
        try:
            table = await self.branches(turn)
        except ActionRefused as refused:
            self.console.refused(refused)
            return
        for desk in self.desks.values():
            desk.prompts.sheets.pop(BACK, None)
        self._sit_down(table)
        self.console.tell("Play goes on from the start of turn {turn}, in a branch:", turn=turn)
        self.console.copy(table.log)

    async def _hotwash(self) -> None:
        """Everybody looks at the record together, until the facilitator closes the session. Raises Quit."""
        self.console.forget()
        self.console.tell("The hotwash. Everybody may look.")
        await Hotwash(self.console, self.desks).talk()


async def agreed(console: Console, seat: Reader) -> None:
    """Read the card out where it is still asked for, and take the answer. Raises Quit where somebody leaves."""
    if not is_asked(seat):
        return
    say = seat.say
    console.tell(TITLE)
    for line in lines_of(card_blocks(say), say):
        console.say(line)
    options = [FormOption("agree", agree_words(seat)), FormOption("leave", say("Leave; nothing of ours is kept"))]
    picked = ""
    while not picked:
        with suppress(Back):
            picked = pick(console, DUTY, options)
    if picked == "leave":
        raise Quit
    await seat.submit(a.AgreeToCard())
