"""The door itself: asks the seats played here in turn, with a curtain between them, until the session is over.

Everything of one seat is out of sight before the next sits down. Leaving is always safe: what was acknowledged is in
the log.
"""

from __future__ import annotations

from contextlib import suppress

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.consent_card import DUTY, TITLE, agree_words, card_blocks, is_asked
from crisis_sim.pages.duty import REHEARSED
from crisis_sim.pages.form import FormOption
from crisis_sim.pages.places_forms import BACK
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.seat_changes import changed_chairs, next_up, passes_by_itself, spent_at, talk_at
from crisis_sim.pages.seat_table import RollBackTo, SeatTable
from crisis_sim.pages.talk_blocks import stages_left
from crisis_sim.plain.console import Back, Console, Quit
from crisis_sim.plain.fields import pick
from crisis_sim.plain.hotwash import Hotwash
from crisis_sim.plain.seat_lines import HandOver, RollBackChosen, SeatLines
from crisis_sim.plain.talks import both_talk, read_sheet
from crisis_sim.rules.names import SIDES
from crisis_sim.session.draft_file import Sheets
from crisis_sim.wording import _
from crisis_sim.wording.labels import FILLING, SEATS

COMES = {"us": _("US TEAM"), "china": _("CHINA TEAM"), "facilitator": _("FACILITATOR"), "observer": _("OBSERVER")}


async def play(table: SeatTable, console: Console, branches: RollBackTo | None = None) -> int:
    """Play the session of `table` at `console`; `branches` makes the table of a branch. Returns the exit code."""
    game = _LineSession(table, console, branches)
    try:
        await game.play()
    except Quit:
        game.farewell()
        return 0
    except (KeyboardInterrupt, SystemExit):
        with suppress(OSError):  # a terminal that has gone hears nothing
            game.farewell()
        raise
    finally:
        game.keep()
    console.tell("The session is closed.")
    if game.table.log:
        console.tell("Its log:")
        console.copy(game.table.log)
    elif not game.table.debrief:
        console.tell("Its host has the debrief.")
    if game.table.debrief:
        console.tell("The debrief is written with:")
        console.copy(game.table.debrief)
    for sentence, command in game.table.next_commands:
        console.tell(sentence)
        console.copy(command)
    if head := game.table.last_hash():
        console.tell("The last hash of the log, to be read aloud and noted:")
        console.copy(head)
    return 0


class _LineSession:
    def __init__(self, table: SeatTable, console: Console, branches: RollBackTo | None) -> None:
        self.console = console
        self.branches = branches
        self.up: a.SeatName | None = None
        self.wanted: a.SeatName | None = None
        self.desks: dict[a.SeatName, SeatLines] = {}
        self._sit_down(table)
        console.waits = self.keep  # a terminal that is killed says nothing

    def _sit_down(self, table: SeatTable) -> None:
        self.table = table
        earlier_consoles = self.desks
        half = self._half() or (table.half.read() if table.half is not None else {})
        spent = table.half.spent() if table.half is not None and not earlier_consoles else {}
        self.desks = {name: self._build_seat_console(table.seats[name]) for name in table.people}
        for name, old in earlier_consoles.items():
            seat_console = self.desks[name]
            seat_console.chair = old.chair.carry_over()
            seat_console.talks = stages_left(seat_console.view, old.talks)
        for name, seat_console in self.desks.items():
            seat_console.prompts.sheets = dict(half.get(name, {}))
            seat_console.chair.spent = spent.get(name, seat_console.chair.spent)
            seat_console.prompts.outlasts = table.half is not None

    def _half(self) -> dict[str, Sheets]:
        """What is half written, by seat."""
        return {
            str(name): seat_console.prompts.sheets
            for name, seat_console in self.desks.items()
            if seat_console.prompts.sheets
        }

    def keep(self) -> bool:
        """Keep what is half written for when somebody comes back; whether anything is kept."""
        if self.table.half is None:
            return False
        if self.table.seats[self.table.people[0]].view().phase == "closed":
            return self.table.half.write({})
        chairs = {name: seat_console.chair for name, seat_console in self.desks.items()}
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

    def _build_seat_console(self, seat: Reader) -> SeatLines:
        return SeatLines(seat, self.console, self.table.people, self.table.play_others)

    def _view(self) -> View:
        return self.table.seats[self.up or self.table.people[0]].view()

    def _choose_seat(self, view: View) -> a.SeatName:
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
        talker, number = talk_at(self.up, views, {side: seat_console.talks for side, seat_console in desks.items()})
        if talker is None:
            return False
        if talker == "both":
            self.console.wipe()
            self.up = None
            both_talk(self.console, views, number, self.table.seats["us"].say)
            for seat_console in desks.values():
                seat_console.talks[number] = "after"
        else:
            self._curtain(talker)
            desks[talker].sit_down()
            read_sheet(desks[talker].prompts, desks[talker].talks)
        return True

    async def _passed(self) -> bool:
        """Go on for a facilitator who has not asked for the chair."""
        facilitator = self.desks.get("facilitator")
        if facilitator is None or facilitator.chair.takes_chair or self.wanted == "facilitator":
            return False
        if not passes_by_itself(facilitator.view, self.table.people):
            return False
        await facilitator.submit(a.Advance())
        return True

    async def play(self) -> None:
        """Ask one seat after the other until the session is closed. Raises Quit."""
        rehearses = False
        while True:
            await self.table.play_others()
            was_rehearsal, rehearses = rehearses, self.table.seats[self.table.people[0]].say.dossier.rehearses
            if was_rehearsal and not rehearses:
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
            name = self._choose_seat(view)
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
        previous_seat, self.up = self.up, name
        if previous_seat == name or len(self.table.people) == 1:
            return
        self.console.wipe()
        self.desks[name].placed = -1
        say = self.console.words
        other_names = say(" and ").join(say(SEATS[other]) for other in self.table.people if other != name)
        seat_console = self.desks[name]
        word, prompt, comes = (
            seat_console.chair.word,
            _("Press Enter when the others look away."),
            _("{comes}, please."),
        )
        if prompt not in seat_console.explained:
            comes = _("{comes}, please. {others}, look away.")
        elif not word:
            prompt = _("Enter, when the others look away.")
        self.console.tell(comes, comes=say(COMES[name]), others=other_names)
        if changed := changed_chairs(name, seat_console.view, again=self.table.again):
            self.console.tell(changed)
        seat_console.explained.add(prompt)
        if word:
            prompt = _("Type the facilitator's word, then Enter.")
        while True:
            with suppress(Back):
                typed = self.console.ask(prompt, say("The others' part is hidden until you do."))
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
        for seat_console in self.desks.values():
            seat_console.prompts.sheets.pop(BACK, None)
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
