"""The hotwash at one terminal by lines: the record step by step, whole parts of it, and notes of what the room says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.errors import ActionRefused
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.form import NO_SHEET, Form, FormOption
from crisis_sim.pages.hotwash_blocks import whole_page
from crisis_sim.pages.hotwash_lead import ABOUT, ALL_LED, NOBODY_LED, PREFIX, where_led
from crisis_sim.pages.opening import PAGES, name_of, opening_for
from crisis_sim.pages.reader_forms import form_at, form_names
from crisis_sim.pages.room_talk import CHANGE, EDIT, said_of
from crisis_sim.pages.seat_page import seat_page
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.desk import Desk
from crisis_sim.plain.fields import pick
from crisis_sim.plain.standard_streams import BrokenOff
from crisis_sim.plain.typed import named, numeral, verb
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

    def __init__(self, console: Console, desks: Mapping[a.SeatName, Desk]) -> None:
        """`desks` are the seats played here; the facilitator notes, or whoever there is."""
        self.console, self.desks = console, desks
        self.closes = "facilitator" in desks
        self.writer: a.SeatName = "facilitator" if self.closes else list(desks)[-1]
        self.desk = desks[self.writer]
        self.at = (
            seat_page(self.desk.view, self.desk.seat.say).hotwash[opening_for(self.desk.seat, list(desks)).page].name
        )
        """The step that is open."""
        self.heard: list[str] = []
        self.leads = self.closes and self.desk.seat.company is not None
        self.can_follow = not self.closes and self.desk.seat.company is not None
        self.follows = self.can_follow
        self.led: tuple[object, ...] = ()

    @property
    def record(self) -> HotwashFacts:
        """What the hotwash opens."""
        hotwash = self.desk.view.hotwash
        assert hotwash is not None
        return hotwash

    def _form(self) -> Form:
        form = form_at(self.desk.seat, self.at, NO_SHEET)
        assert form is not None
        return form

    async def talk(self) -> None:
        """Take what is typed until the facilitator closes the session. Raises Quit."""
        console, typed = self.console, ""
        if not self._went_along():
            await self._open()
        while self.desk.view.phase != "closed":
            console.half_written.clear()
            ends = console.verb("close" if self.closes else "quit")
            asked = console.words("{page}.", page=self._form().title)
            ways = _("Enter opens the next, {back} goes back, {leave} ends, ? says more.")
            more = console.once(console.words(ways, back=console.verb("back"), leave=ends), "")
            typed = ""
            try:
                typed = console.ask_until(self._is_stirred, f"{asked} {more}".strip(), self._help())
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

    def _help(self) -> str:
        parts = self.console.words(", ").join(map(self.console.verb, PARTS))
        led = [LED["follow"]] if self.can_follow else [LED["lead"]] if self.closes and self.desk.seat.company else []
        told = map(self.console.words, (HELP, *led))
        return "\n".join([*told, self.console.words("The parts: {names}.", names=parts)])

    # where the room is

    async def _open(self) -> None:
        """Read the step out, but what of it was read last."""
        form = self._form()
        lines = lines_of(form.before, self.console.words)
        shown = set(self.heard) if set(self.heard) < set(lines) else set()
        for line in lines:
            if line not in shown:
                self.console.say(line)
        self.heard = lines
        if self.leads and form.makes is not None:
            await self.desk.submit(form.makes)

    async def _go(self, way: int) -> None:
        """Go to the next step, or to the one before."""
        here, doors = self.at, [door.name for door in self._form().doors if door.name.startswith(PREFIX)]
        page, _slash, step = here.removeprefix(PREFIX).partition("/")
        goes_back = [] if (page, step) == ("0", "0") else doors[-1:]
        to = goes_back if way < 0 else doors[: len(doors) - len(goes_back)]
        if not to:
            self.console.tell("Everything is open." if way > 0 else "This is the first.")
            return
        self._alone()
        self.at = to[0]
        if not self.at.startswith(f"{PREFIX}{page}/"):
            self.console.tell("{title}:", title=self._form().title)
            self.heard = []
        await self._open()

    @property
    def _is_led(self) -> bool:
        return self.follows and self.desk.view.lead is not None

    def _is_stirred(self) -> bool:
        """The facilitator shows something else, or has closed the session."""
        page = seat_page(self.desk.view, self.desk.seat.say)
        return page.phase == "closed" or (self._is_led and page.led != self.led)

    def _went_along(self) -> bool:
        """Read out what the facilitator shows, where that is something else than before."""
        led = seat_page(self.desk.view, self.desk.seat.say).led
        if not self._is_led or led == self.led:
            return False
        self.led = led
        title, *lines = lines_of(led, self.console.words)
        self.console.tell("The facilitator shows: {page}.", page=title)
        for line in lines:
            self.console.say(line)
        self.at = f"{PREFIX}{[self.console.words(page) for page in PAGES].index(title)}/0"
        return True

    def _alone(self) -> None:
        """Whoever turns to something else while the hotwash is led looks around alone, and is told the way back."""
        if self._is_led:
            self.follows, self.led = False, ()
            self.console.say(where_led(self.desk.view, self.desk.seat.say, self.console.verb("follow")))

    # what is typed

    async def _do(self, typed: str) -> None:
        word, _space, rest = typed.replace("　", " ").partition(" ")
        rest = rest.strip()
        words = (*PARTS, "next", "note", "change", "edit", "put", "accept", "reword", "follow", "lead", "close")
        name = named(word, [FormOption(each, each) for each in words]) if word else "next"
        match name:
            case "next" if self._is_led and not word:
                if not self._went_along():
                    told = _("The facilitator is still there. Enter looks again; {next} looks on by yourself.")
                    self.console.tell(told, next=self.console.verb("next"))
            case "next":
                await self._go(1)
            case "close" if self.closes:
                self.console.confirm("The session is over for good once it is closed. Close it?", rest)
                await self.desk.submit(a.Advance())
            case "follow" if self.can_follow:
                self.follows, self.led = True, ()
                self._went_along()
            case "lead" if self.closes:
                self.leads = not self.leads
                self.console.tell(ALL_LED if self.leads else NOBODY_LED)
            case "note":
                await self._note(rest)
            case "change":
                await self._change(rest)
            case "edit":
                await self._edit(rest)
            case "put" | "accept" | "reword":
                await self._agree(name, rest)
            case str() if name in PARTS:
                for line in lines_of(
                    whole_page(self.record, PARTS.index(name), self.desk.seat.say), self.console.words
                ):
                    self.console.say(line)
            case _:
                self.console.no_such(word, words)

    async def _note(self, rest: str) -> None:
        """What the room says, about an act, a question, or what is open."""
        kind, _space, more = rest.partition(" ")
        number, _space, words = more.strip().partition(" ")
        kind = {"acts": "act", "questions": "question"}.get(verb(kind), kind)
        if kind not in ("act", "question") or not numeral(number):
            await self.desk.prompts.open(self.at.replace(PREFIX, ABOUT, 1), rest, titled=False)
            return
        pairs = self.record.pairs
        of = name_of(pairs[int(number) - 1]) if kind == "act" and 0 < int(number) <= len(pairs) else number
        await self.desk.prompts.open(said_of("act" if kind == "act" else "question", of), words, titled=False)

    async def _change(self, rest: str) -> None:
        """The one thing that somebody would change; a team's own seat writes it where nobody facilitates here."""
        can = [seat for seat in ("us", "china", "facilitator") if self.closes or seat in self.desks]
        options = [FormOption(seat, self.console.words(SEATS[seat])) for seat in can]
        word, _space, words = rest.partition(" ")
        whose = named(word, options) if word.lower() in can else None
        words = rest if whose is None else words
        whose = whose or (can[0] if len(can) == 1 else pick(self.console, _("Who would change it?"), options))
        desk = self.desk if self.closes else next(desk for seat, desk in self.desks.items() if seat == whose)
        await desk.prompts.open(f"{CHANGE}:{whose}", words.strip(), titled=False)

    async def _edit(self, rest: str) -> None:
        """Other words for a note that was typed here, or none."""
        ours = [note for note in self.record.notes if note.seat in self.desks]
        if not ours:
            self.console.tell("Nothing has been noted here.")
            return
        number, _space, words = rest.partition(" ")
        options = [FormOption(str(place), note.text) for place, note in enumerate(ours, 1)]
        if not numeral(number):
            words = rest
        is_named = number in [option.name for option in options]
        note = ours[int(number if is_named else pick(self.console, _("Which note?"), options)) - 1]
        await self.desks[note.seat].prompts.open(f"{EDIT}:{note.number}", words.strip(), titled=False)

    async def _agree(self, word: str, rest: str) -> None:
        """A team puts a sentence on principles, or accepts one."""
        able = [
            seat
            for seat, desk in self.desks.items()
            if any(name == "put" or name.startswith("principle:") for name in form_names(desk.seat))
        ]
        options = [FormOption(seat, self.console.words(SEATS[seat])) for seat in able]
        if not able:
            self.console.tell("That cannot be done now.")
            return
        first, _space, more = rest.partition(" ")
        seat = first if first in able else able[0] if len(able) == 1 else pick(self.console, _("Which team?"), options)
        desk = next(desk for name, desk in self.desks.items() if name == seat)
        await desk.do(f"{word} {more if first in able else rest}".strip())
