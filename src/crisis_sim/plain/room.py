"""The hotwash at one terminal by lines of text: everybody looks at the record, and what the room says is noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.hotwash_facts import HotwashFacts, RoomNote
from crisis_sim.engine.sight.views import Lead
from crisis_sim.errors import ActionRefused
from crisis_sim.pages import opening as pages
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.hotwash_blocks import blocks_at, whole_page
from crisis_sim.pages.hotwash_lead import ALL_LED, NOBODY_LED, follow, lead_to, where_led
from crisis_sim.pages.opening import Opening, name_of
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.room_talk import CHANGE, EDIT, prompt, said_of, topic_of
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.prompter import Prompter
from crisis_sim.plain.standard_streams import BrokenOff
from crisis_sim.plain.team_prompter import TeamPrompter
from crisis_sim.plain.typed import PromptOption, counted, numeral, verb
from crisis_sim.session.half_written import Sheets
from crisis_sim.wording import _

HELP = _("""Enter opens the next thing, back goes to the one before. Type the name of a part to read all of it.
note WORDS writes down what the room says about what was just opened. note act 3 WORDS ties it to the third act, note \
question 2 WORDS to the second question.
change us WORDS writes down the one thing that somebody of the US team would change; so do china and facilitator.
edit 2 WORDS puts other words in place of the second note that was typed here; edit 2 alone asks for them.""")
LOOK = _("{page}. Enter opens the next, {back} goes back, {leave} ends, ? says more.")
BRIEFLY = _("{page}.")
"""The same once it has been said what can be typed."""
NO_SHEETS: Final[Mapping[a.SeatName, Sheets]] = MappingProxyType({})
KINDS = {"move": "act", "acts": "act", "questions": "question"}
"""What a note is about, by the verbs that a word for it may stand for."""
AGREE = _("""put us WORDS puts a sentence on principles for that team, put us 2 WORDS other words for the second; \
accept china 2 accepts it. They stand under changes.""")

LED = {
    "follow": _("The facilitator leads: Enter reads where the room is. follow goes back there from elsewhere."),
    "lead": _("Every screen that follows is led to what you open; lead stops that, and goes on with it."),
}


class Room:
    """The record, open to everybody here."""

    def __init__(
        self,
        console: Console,
        seats: Mapping[a.SeatName, Reader],
        people: Sequence[a.SeatName],
        sheets: Mapping[a.SeatName, Sheets] = NO_SHEETS,
    ) -> None:
        """`people` are the seats played here; the facilitator notes, or whoever there is. `sheets` are half written."""
        self.console = console
        self.seats = seats
        self.people = people
        self.closes = "facilitator" in people
        self.writer: a.SeatName = "facilitator" if self.closes else people[-1]
        self.opening = Opening()
        self._shown: Lead | None = None
        self._sheets = sheets
        self._prompters: dict[a.SeatName, Prompter] = {}

    @property
    def view(self) -> HotwashFacts:
        """The record that the hotwash opens."""
        hotwash = self.seats[self.writer].view().hotwash
        assert hotwash is not None
        return hotwash

    async def talk(self) -> None:
        """Take what is typed until the facilitator closes the session. Raises Quit."""
        leave = "close" if self.closes else "quit"
        agreeing = ("put", "accept") if self._teams() else ()
        leading = ("follow",) if self._can_follow else ("lead",) if self._can_lead else ()
        names = (*PARTS, "next", "note", "change", "edit", *agreeing, *leading, *(["close"] if self.closes else []))
        options = [PromptOption(name, name) for name in names]
        named = self.console.words(", ").join(map(self.console.verb, PARTS))
        parts = self.console.words("The parts: {names}.", names=named)
        more = (*([AGREE] if agreeing else []), *(LED[name] for name in leading))
        help = "\n".join([*map(self.console.words, (HELP, *more)), parts])
        if not self._went_along():
            self._open()
        await self._lead()
        while True:
            text = None
            self.console.half_written.clear()
            try:
                text = self.console.ask_until(
                    self._is_stirred,
                    self.console.once(LOOK, BRIEFLY),
                    help,
                    page=self.console.words(pages.PAGES[self.opening.page]),
                    leave=self.console.verb(leave),
                    back=self.console.verb("back"),
                )
                word, _space, rest = text.replace("　", " ").partition(" ")
                name = self.console.find(word, options) if word else "next"
                if self._is_led and not word:
                    if not self._went_along():
                        self._stays()
                    continue
                if name == "close":
                    self.console.confirm("The session is over for good once it is closed. Close it?", rest.strip())
                    await self._submit(a.Advance())
                    return
                if name is not None or counted(word) is None:
                    await self._do(name, rest.strip())
                    await self._lead()
            except BrokenOff:
                if not self._went_along():
                    return
            except Back:
                if text is None:
                    self.opening.back()
                    self._alone()
                    self._open()
                    await self._lead()
                else:
                    self.console.tell("Nothing was done.")
            except ActionRefused as refused:
                self.console.refused(refused)

    def _lines(self) -> list[str]:
        say = self.seats[self.writer].say
        return lines_of(blocks_at(self.view, self.opening, say), say)

    def _open(self, before: Sequence[str] = ()) -> None:
        """Read out what stands where the room is, but what was read `before`; then who speaks."""
        for row in self._lines():
            if row not in before:
                self.console.say(row)
        if asked := prompt(self.view, self.opening, self.seats[self.writer].say):
            self.console.say(asked)
        if self.opening.page == pages.CHANGES:
            self.console.tell("Type {change} and the words.", change=self.console.verb("change"))

    def _next(self) -> None:
        """Open the next thing: more of this act, the next one, the next part."""
        at, before = (self.opening.page, self.opening.place), self._lines()
        self.opening.on(self.view)
        stays = at == (self.opening.page, self.opening.place)
        if stays and before == self._lines():
            self.console.tell("Everything is open.")
            return
        if at[0] != self.opening.page:
            self.console.tell("{title}:", title=self.console.words(pages.PAGES[self.opening.page]))
        self._open(before if stays or set(before) < set(self._lines()) else ())

    async def _do(self, name: str | None, rest: str) -> None:
        match name:
            case "next":
                self._alone()
                self._next()
            case "follow":
                self.opening.astray, self._shown = False, None
                self._went_along()
            case "lead":
                self.opening.astray = not self.opening.astray
                self.console.tell(NOBODY_LED if self.opening.astray else ALL_LED)
            case "note":
                await self._note(rest)
            case "change":
                await self._change(rest)
            case "edit":
                await self._edit(rest)
            case "put" | "accept":
                await self._agree(name, rest)
            case None:
                self.console.tell("Type one of the words, or {help} for what they do.", help=self.console.verb("help"))
            case _:
                for row in part(name, self.view, self.seats[self.writer].say):
                    self.console.say(row)

    # led, or leading

    @property
    def _can_lead(self) -> bool:
        return self.closes and self.seats[self.writer].company is not None

    @property
    def _can_follow(self) -> bool:
        return not self.closes and self.seats[self.writer].company is not None

    @property
    def _is_led(self) -> bool:
        """Where the facilitator goes, we go."""
        led = self.seats[self.writer].view().lead is not None
        return self._can_follow and led and not self.opening.astray

    def _went_along(self) -> bool:
        """Read out what the facilitator shows, where that is another place than before."""
        lead = self.seats[self.writer].view().lead
        if lead is None or not self._is_led or lead == self._shown:
            return False
        self._shown = lead
        follow(self.opening, lead, self.view)
        self.console.tell("The facilitator shows: {page}.", page=self.console.words(pages.PAGES[self.opening.page]))
        self._open()
        return True

    def _is_stirred(self) -> bool:
        """The facilitator shows something else, or has closed the session."""
        view = self.seats[self.writer].view()
        return view.phase == "closed" or (self._is_led and view.lead != self._shown)

    def _stays(self) -> None:
        """Say that the facilitator has not gone on, and what goes on alone."""
        told = _("The facilitator is still there. Enter looks again; {next} looks on by yourself.")
        self.console.tell(told, next=self.console.verb("next"))

    def _alone(self) -> None:
        """Whoever turns to something else while the hotwash is led looks around by itself, and is told the way back."""
        if self._is_led:
            self.opening.astray = True
            reader = self.seats[self.writer]
            self.console.say(where_led(reader.view(), reader.say, self.console.verb("follow")))

    async def _lead(self) -> None:
        """Show every screen that follows where we are."""
        if self._can_lead and not self.opening.astray:
            await self._submit(lead_to(self.opening, self.view))

    async def _submit(self, action: a.AnyAction, seat: a.SeatName | None = None) -> None:
        await self.seats[seat or self.writer].submit(action)

    def _asks(self, seat: a.SeatName) -> Prompter:
        """What asks the forms of a seat; what is half written there is kept."""
        if seat not in self._prompters:
            reader = self.seats[seat]
            asks = self._prompters[seat] = Prompter(reader, self.console, reader.submit, self.console.refused)
            asks.outlasts, asks.sheets = seat in self._sheets, self._sheets.get(seat, {})
        return self._prompters[seat]

    async def _note(self, rest: str) -> None:
        """What the room says, about an act, a question, or the session as a whole."""
        kind, _space, more = rest.partition(" ")
        kind = KINDS.get(verb(kind), kind)
        number, _, words = more.strip().partition(" ")
        about, of = topic_of(self.view, self.opening)
        if about == "change":
            if kind not in ("act", "question") and len(self._changers()) == 1:
                await self._change(rest)
                return
            about, of = "session", ""
        if kind in ("act", "question") and number.isascii() and number.isdigit() and len(number) < 6:
            about, of = kind, number  # type: ignore[assignment]  # one of the two
            there = self.view.pairs if about == "act" else self.view.questions
            if not 1 <= int(number) <= len(there):
                await self._submit(a.TakeNote(text=words or number, about=about, of=of))  # is refused
            elif about == "act":
                of = name_of(self.view.pairs[int(number) - 1])
        else:
            words = rest
        await self._asks(self.writer).open(said_of(about, of), words)

    def _changers(self) -> tuple[a.SeatName, ...]:
        """Whose one thing to change can be written here."""
        return tuple(seat for seat in WHOSE if self.closes or seat in self.people)

    async def _change(self, rest: str) -> None:
        """The one thing that somebody would change; a team's own seat writes it where nobody facilitates here."""
        options = [PromptOption(seat, self.console.words(WHOSE[seat])) for seat in self._changers()]
        word, _, words = rest.partition(" ")
        whose = next((option.id for option in options if word.lower() in (option.id, option.label.lower())), None)
        if whose is None:
            words = rest
        if whose is None and len(options) == 1:
            whose = options[0].id
        whose = whose or self.console.pick("Who would change it?", options) or self.writer
        seat = self.writer if self.closes else next(name for name in self.people if name == whose)
        await self._asks(seat).open(f"{CHANGE}:{whose}", words.strip())

    def _teams(self) -> tuple[a.SeatName, ...]:
        """The teams that sit here and may still agree on principles."""
        asked = self.seats[self.writer].say.dossier.asks_principles
        return tuple(seat for seat in self.people if seat in ("us", "china")) if asked else ()

    async def _agree(self, what: str, rest: str) -> None:
        """A team puts a sentence on principles, or accepts one."""
        word, _, more = rest.partition(" ")
        options = [PromptOption(seat, self.console.words(WHOSE[seat])) for seat in self._teams()]
        seat = next((option.id for option in options if word.lower() == option.id), None)
        rest = rest if seat is None else more.strip()
        seat = seat or (options[0].id if len(options) == 1 else self.console.pick("Which team?", options))
        reader = self.seats["us" if seat == "us" else "china"]
        asks = TeamPrompter(reader, self.console, reader.submit, self.console.refused)
        await (asks.put if what == "put" else asks.accept)(rest)

    async def _edit(self, rest: str) -> None:
        """Other words for a note that was typed here, or none."""
        ours = [note for note in self.view.notes if note.seat in self.people]
        if not ours:
            self.console.tell("Nothing has been noted here.")
            return
        number, _, words = rest.partition(" ")
        options = [PromptOption(str(place), note.text) for place, note in enumerate(ours, 1)]
        if not numeral(number):
            words = rest
        chosen = number if number in (option.id for option in options) else self.console.pick("Which note?", options)
        note: RoomNote = ours[int(chosen or 1) - 1]
        await self._asks(note.seat).open(f"{EDIT}:{note.number}", words.strip())


WHOSE: dict[a.SeatName, str] = {"us": "The US team", "china": "The China team", "facilitator": "The facilitator"}


PARTS: Final[Mapping[str, int]] = {
    "cost": pages.COST,
    "gaps": pages.PAIRS,
    "audiences": pages.ALL,
    "lines": pages.LINES,
    "forecasts": pages.FORECASTS,
    "channels": pages.CHANNELS,
    "scores": pages.CURVES,
    "questions": pages.QUESTIONS,
    "changes": pages.CHANGES,
}


def part(name: str, view: HotwashFacts, say: Teller) -> list[str]:
    """The lines of one part, all of it open."""
    return lines_of(whole_page(view, PARTS[name], say), say)
