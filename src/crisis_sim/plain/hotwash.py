"""The hotwash at one terminal by lines: the record step by step, whole parts of it, and notes of what the room says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.hotwash_facts import HotwashFacts
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.form import NO_SHEET, Form, FormOption
from crisis_sim.pages.hotwash_blocks import whole_page
from crisis_sim.pages.hotwash_lead import ABOUT, ALL_LED, NOBODY_LED, PREFIX, led_step, where_led
from crisis_sim.pages.opening import name_of, opening_for
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.reader_forms import form_at
from crisis_sim.pages.room_talk import note_form_name
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.fields import pick
from crisis_sim.plain.seat_lines import SeatLines
from crisis_sim.plain.standard_streams import BrokenOff
from crisis_sim.plain.typed import find_option, numeral, verb
from crisis_sim.wording import _
from crisis_sim.wording.labels import SEATS

PARTS: Final = ("cost", "gaps", "audiences", "lines", "forecasts", "channels", "scores", "questions", "changes")
"""What is typed to read the whole of a page, in the order of the pages."""
HELP: Final = _("""Enter opens the next thing, back goes to the one before. Type the name of a part to read all of it.
note WORDS writes down what the room says about what was just opened. note act 3 WORDS ties it to the third act, note \
question 2 WORDS to the second question.
change us WORDS writes down the one thing that somebody of the US team would change; so do china and facilitator.
edit 2 WORDS puts other words in place of the second note that was typed here; edit 2 alone asks for them.""")
LED: Final = {
    "follow": _("The facilitator leads: Enter reads where the room is. follow goes back there from elsewhere."),
    "lead": _("Every screen that follows is led to what you open; lead stops that, and goes on with it."),
}


class Hotwash:
    """The record, open to everybody here."""

    def __init__(self, console: Console, desks: Mapping[a.SeatName, SeatLines]) -> None:
        """`desks` are the seats played here; the facilitator notes, or whoever there is."""
        self.console, self.desks = console, desks
        self.closes = "facilitator" in desks
        self.desk = desks["facilitator"] if self.closes else list(desks.values())[-1]
        self.at = self.desk.page.hotwash[opening_for(self.desk.seat, list(desks)).page].name
        """The step that is open."""
        self.heard: list[str] = []
        joined = "" if self.desk.seat.company is None else "lead" if self.closes else "follow"
        self.way = joined
        """What can be turned on and off: to lead others, or to follow; nothing where nobody has joined."""
        self.is_on = bool(joined)
        self.led: tuple[object, ...] = ()

    @property
    def _record(self) -> HotwashFacts:
        hotwash = self.desk.view.hotwash
        assert hotwash is not None
        return hotwash

    def _form(self) -> Form:
        form = form_at(self.desk.seat, self.at, NO_SHEET)
        assert form is not None
        return form

    async def talk(self) -> None:
        """Take what is typed until the facilitator closes the session. Raises Quit."""
        console, say = self.console, self.console.words
        if not self._went_along():
            await self._open()
        parts = say("The parts: {names}.", names=say(", ").join(map(console.verb, PARTS)))
        help = "\n".join([say(HELP), *([say(LED[self.way])] if self.way else []), parts])
        ends = console.verb("close" if self.closes else "quit")
        ways = say(
            "Enter opens the next, {back} goes back, {leave} ends, ? says more.", back=console.verb("back"), leave=ends
        )
        while self.desk.view.phase != "closed":
            console.half_written.clear()
            typed = ""
            try:
                prompt = say("{page}.", page=self._form().title)
                typed = console.ask_until(
                    self._is_stirred, one_after_another(filter(None, (prompt, console.ask_once(ways, "")))), help
                )
                await self._do(typed)
            except BrokenOff:
                self._went_along()
            except Back:
                if typed:
                    console.tell("Nothing was done.")
                else:
                    await self._go(-1)
            except ActionRefused as refused:
                self.desk.refused(refused)

    # where the room is

    async def _open(self, way: int = 0) -> None:
        """Read the step out; on the way forward not what of it has just been read."""
        form = self._form()
        lines = self.desk.lines(form.intro)
        goes_on = way > 0 and len(set(self.heard) - set(lines)) < len(self.heard) // 2
        for line in lines:
            if not (goes_on and line in self.heard):
                self.console.say(line)
        self.heard = lines
        if self.way == "lead" and self.is_on and form.makes is not None:
            await self.desk.submit(form.makes)

    async def _go(self, way: int) -> None:
        """Go to the next step, or to the one before."""
        links = [link.name for link in self._form().links if link.name.startswith(PREFIX)]
        previous_step = [] if self.at == f"{PREFIX}0/0" else links[-1:]
        to = previous_step if way < 0 else links[: len(links) - len(previous_step)]
        if not to:
            self.console.tell("Everything is open." if way > 0 else "This is the first.")
            return
        if self._is_led:  # whoever turns to something else is told the way back
            self.is_on, self.led = False, ()
            self.console.say(where_led(self.desk.view, self.desk.seat.say, self.console.verb("follow")))
        page, self.at = self._form().title, to[0]
        if self._form().title != page:
            self.console.tell("{title}:", title=self._form().title)
            self.heard = []
        await self._open(way)

    @property
    def _is_led(self) -> bool:
        return self.way == "follow" and self.is_on and self.desk.view.lead is not None

    def _is_stirred(self) -> bool:
        """The facilitator shows something else, or has closed the session."""
        return self.desk.view.phase == "closed" or (self._is_led and self.desk.page.led != self.led)

    def _went_along(self) -> bool:
        """Read out what the facilitator shows, where that is something else than before."""
        led, lead = self.desk.page.led, self.desk.view.lead
        if not self._is_led or lead is None or led == self.led:
            return False
        self.led, self.at = led, led_step(lead)
        title, *lines = self.desk.lines(led)
        self.console.tell("The facilitator shows: {page}.", page=title)
        for line in lines:
            self.console.say(line)
        return True

    # what is typed

    async def _do(self, typed: str) -> None:
        word, _space, rest = typed.replace("　", " ").partition(" ")
        rest, words = rest.strip(), (*PARTS, "next", "note", "change", "edit", "close", self.way)
        match find_option(word, [FormOption(command, command) for command in words]) if word else "":
            case "" if self._is_led:
                if not self._went_along():
                    sentence = _("The facilitator is still there. Enter looks again; {next} looks on by yourself.")
                    self.console.tell(sentence, next=self.console.verb("next"))
            case "" | "next":
                await self._go(1)
            case "close" if self.closes:
                self.console.confirm("The session is over for good once it is closed. Close it?", rest)
                await self.desk.submit(a.Advance())
            case "follow":
                self.is_on, self.led = True, ()
                self._went_along()
            case "lead":
                self.is_on = not self.is_on
                self.console.tell(ALL_LED if self.is_on else NOBODY_LED)
            case "note":
                await self._note(rest)
            case str() as part if part in PARTS:
                self.desk.show(whole_page(self._record, PARTS.index(part), self.desk.seat.say))
            case _:
                await self._at_a_desk(word, rest)

    async def _note(self, rest: str) -> None:
        """What the room says, about an act, a question, or what is open."""
        kind, _space, more = rest.partition(" ")
        number, _space, words = more.strip().partition(" ")
        kind = {"acts": "act", "questions": "question"}.get(verb(kind), kind)
        name = self.at.replace(PREFIX, ABOUT, 1)
        if kind in ("act", "question") and numeral(number):
            pairs = self._record.pairs
            about: a.Topic = "act" if kind == "act" else "question"
            total = len(pairs) if kind == "act" else len(self._record.questions)
            if not 1 <= int(number) <= total:  # is refused
                await self.desk.submit(a.TakeNote(text=words or number, about=about, of=number))
            name, rest = note_form_name(about, name_of(pairs[int(number) - 1]) if kind == "act" else number), words
        await self.desk.prompts.open(name, rest, titled=False)

    async def _at_a_desk(self, word: str, rest: str) -> None:
        """Do what can be done at one of the desks, at that of the seat that is named behind the word."""
        able = {
            seat: seat_console
            for seat, seat_console in self.desks.items()
            if seat_console.find(word)[0] in seat_console.commands()
        }
        seat_word, _space, more = rest.partition(" ")
        if seat_word in able and not (self.closes and self.desk.find(word)[0] == "change"):
            able, rest = {seat: seat_console for seat, seat_console in able.items() if seat == seat_word}, more.strip()
        if self.desk in able.values() or not able:
            await self.desk.do(f"{word} {rest}")
        else:
            options = [FormOption(seat, self.console.words(SEATS[seat])) for seat in able]
            seat = options[0].name if len(able) == 1 else pick(self.console, _("Which team?"), options)
            await next(seat_console for name, seat_console in able.items() if name == seat).do(f"{word} {rest}")
