"""One seat at a terminal of lines: its page is read out, and what can be done there is typed as words or numbers.

What is read is what has changed on the page since this seat sat here last. A command is a word for a form that the
page opens; a look is a word for a part of the page, and is answered within every question too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from functools import partial
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.sight.views import View
from crisis_sim.errors import ActionRefused, StorageFailed
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.company_words import label_at, people_at
from crisis_sim.pages.consent_card import is_asked
from crisis_sim.pages.duty import duty, where
from crisis_sim.pages.form import NO_SHEET, FormOption, FormSheet
from crisis_sim.pages.move_form import NEW
from crisis_sim.pages.places_forms import BACK, places_blocks
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reader_forms import form_at, form_names, places_at
from crisis_sim.pages.reading_blocks import present, pressed_told
from crisis_sim.pages.refusals import names_from
from crisis_sim.pages.seat_page import PageRegion, SeatPage, seat_page
from crisis_sim.pages.talk_blocks import TalkStage
from crisis_sim.pages.whose_chair import ChairState, passes_by_itself, teams_among
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.fields import pick
from crisis_sim.plain.forms import Prompter
from crisis_sim.plain.plain_table import Others, nobody
from crisis_sim.plain.standard_streams import BrokenOff
from crisis_sim.plain.talks import hold_talk
from crisis_sim.plain.typed import counted, named
from crisis_sim.session.places import AnyHostAct, GoBack, HostAct
from crisis_sim.wording import _
from crisis_sim.wording.labels import SEATS

VERBS: Final[Mapping[str, tuple[str, str]]] = {
    "request": ("answer", _("answer what was asked of us")),
    "decision": ("decide", _("say what we do with what we now believe, or with a voice at home")),
    "draft": ("revise", _("change a move on our list")),
    "off": ("withdraw", _("take a move off our list")),
    "exchange": ("readout", _("publish our account of a private exchange")),
    "closer": ("ask", _("ask them which of our acts moved them closer, or answer that")),
    "card": ("read", _("read a card again")),
    "forecast": ("forecast", _("give our forecasts again")),
    "line": ("drop", _("take back a line that we wrote, or set one of ours aside")),
    "guess": ("unguess", _("take back a guess")),
    "before": ("keep", _("keep guesses that we made before play")),
    "noted": ("talk", _("note what was said in a talk")),
    "advance": ("next", ""),
    "question": ("ask", ""),
    "act": ("reveal", _("show both teams what one act meant and how it was read")),
    "place": ("place", _("give a place a new code or the pen, or take it back")),
    BACK: ("rollback", _("go on from the start of an earlier turn, in a branch")),
}
"""What is typed for forms about things of a kind, and what it does where no door says so; other forms by their names."""
ANSWERED: Final[Mapping[str, tuple[str, str, Mapping[str, str]]]] = {
    "inject": (
        "do",
        _("What becomes of it?"),
        {
            "release": _("deliver an inject now"),
            "hold": _("keep an inject back until it is released"),
            "skip": _("strike an inject from this session"),
        },
    ),
    "principle": (
        "which",
        _("What do we do?"),
        {
            "accept": _("accept a sentence of theirs; its number can follow"),
            "reword": _("put a sentence in other words"),
        },
    ),
}
"""By a kind of form: its first question, and words that open a form of it with that answered."""
ELSEWHERE: Final = frozenset({"say", "end", "alone"})
"""Kinds of form that are asked where they belong."""
LOOKS: Final[Mapping[str, str]] = {
    "public": "brief",
    "brief-us": "brief",
    "brief-china": "brief",
    "own": "lines",
    "theirs": "lines",
    "feed": "news",
    "turn": "list",
    "home": "standing",
    "plan": "msel",
    "why": "traces",
    "places": "seats",
}
"""What is typed to look at a part of a page, where that is not its name."""
QUIET: Final = frozenset({"why", "guide", "sounds"})
"""Parts of a page that are read to who asks."""
UNASKED: Final = ("now", "news")
"""What is named to who has nothing to do but look."""
CHAIR: Final = (
    _("At this terminal play goes on by itself when a turn begins or has been judged; {chair} brings you back."),
    _("You come to the terminal when a turn begins and when it has been judged; {chair} lets play go on by itself."),
)
"""What a facilitator at a shared terminal is told of the chair: not asked for, and asked for."""


class HandOver(Exception):
    """Somebody gives the terminal to another seat."""

    def __init__(self, to: a.SeatName) -> None:
        """Another seat played here."""
        super().__init__(to)
        self.to: a.SeatName = to


class RollBackChosen(Exception):
    """The facilitator goes back to the start of a turn, in a branch."""

    def __init__(self, turn: int) -> None:
        """A turn that was played."""
        super().__init__(turn)
        self.turn = turn


def word_for(name: str, view: View) -> str:
    """What is typed for a form."""
    kind = name.partition(":")[0]
    if kind.isdecimal():
        kind = "card"
    elif any(forecast.id == name for forecast in getattr(view, "asked_now", ())):
        kind = "forecast"
    elif kind == name and kind not in ("advance", "question", "closer", "request", "card", "forecast", BACK):
        return name
    return VERBS[kind][0] if kind in VERBS else kind


class Command:
    """A word that can be typed: what it does, and the forms that it opens."""

    def __init__(self, says: str, closed: str = "", given: FormSheet = NO_SHEET) -> None:
        self.says, self.closed, self.given = says, closed, given
        self.names: list[str] = []


class Desk:
    """One seat at this terminal."""

    def __init__(self, seat: Reader, console: Console, people: Sequence[a.SeatName]) -> None:
        """`people` are the seats played here."""
        self.seat, self.console, self.people = seat, console, people
        self.others: Others = nobody
        """Lets everybody who does not sit here act."""
        self.chair = ChairState()
        self.prompts = Prompter(seat, console, self.submit, self.refused)
        self.talks: dict[int, TalkStage] = {}
        self.placed = -1
        """The turn in which this seat was told where the session stands, since it sat down."""
        self.since = console.now()
        """Up to when the time at this desk has been counted."""
        self.stood_at = self._moment()
        """Where play stood when this seat was told last."""
        self.explained: set[str] = set()
        """What this seat has heard whole, and need not hear so again."""
        self.heard: dict[str, list[str]] = {}
        """The lines of each part of the page as this seat has heard them."""
        self.duty: tuple[Block, ...] = ()
        """What this seat has to do, as it was told last."""
        self.listed: tuple[str, ...] = ()
        """Words that were just listed, in the order of their numbers."""

    @property
    def view(self) -> View:
        """What the seat sees now."""
        return self.seat.view()

    @property
    def page(self) -> SeatPage:
        """The seat's page now."""
        return seat_page(self.view, self.seat.say)

    # reading the page

    def sit_down(self) -> None:
        """Let this seat, and nobody else, look within questions."""
        self.console.looks = {word: partial(look, "") for word, look in self.looks().items()}
        self.stood_at, self.console.came_up = self._moment(), self._came_up
        self.console.explained = self.explained

    def _moment(self) -> tuple[object, ...]:
        view = self.view
        return view.phase, view.turn, view.paused

    def _came_up(self) -> str:
        """That play has gone on while somebody stood at a question, and what it asks of us; once."""
        before, self.stood_at = self.stood_at, self._moment()
        view, say = self.view, self.seat.say
        if before == self.stood_at:
            return ""
        return say("Meanwhile: {where} {duty}", where=where(view, say), duty=duty(view, say))

    def looks(self) -> dict[str, Callable[[str], None]]:
        """What can be looked at; words that follow one are looked for in it."""
        looks: dict[str, Callable[[str], None]] = {"now": self._now, "time": self._time}
        regions = self._regions()
        for word in dict.fromkeys(LOOKS.get(region.name, region.name) for region in regions):
            of_word = [region for region in regions if LOOKS.get(region.name, region.name) == word]
            looks[word] = partial(self._look, of_word)
        if self.page.turn and teams_among([self.seat.name]):
            looks["telling"] = self._telling
        return looks

    def _regions(self) -> list[PageRegion]:
        page, places = self.page, places_at(self.seat)
        told = () if places is None else tuple(places_blocks(places, self.seat.say))
        return [*page.main, *page.sides, *([PageRegion("places", "", told)] if told else [])]

    def _lines(self, region: PageRegion) -> list[str]:
        return lines_of(region.blocks, self.console.words)

    def _look(self, regions: Sequence[PageRegion], sought: str) -> None:
        found = False
        for region in regions:
            lines = [
                line for line in self._lines(region) if all(word in line.lower() for word in sought.lower().split())
            ]
            if region.title and lines:
                self.console.tell("{title}:", title=region.title)
            for line in lines:
                self.console.say(line)
            found |= bool(lines)
        if not found:
            self.console.tell("Nothing here has '{word}' in it." if sought else "Nothing yet.", word=sought[:40])

    def _now(self, sought: str) -> None:
        for line in (*lines_of(self.page.head[2:], self.console.words), *lines_of(self.page.now, self.console.words)):
            self.console.say(line)

    def _time(self, sought: str) -> None:
        """How much of the turn is left on the wall, and where the crisis stands on its own clock."""
        self.count_time()
        left = self.chair.seconds_left(self.view, self.seat.seconds_left(), self.people)
        minutes = -(-abs(left or 0) // 60)
        if left is None:
            self.console.tell("Nothing is timed now.")
        elif left <= 0:
            self.console.tell("Time is up, by {n} minute.", plural="Time is up, by {n} minutes.", n=minutes)
        else:
            told = _("{n} minute is left of this turn.")
            self.console.tell(told, plural="{n} minutes are left of this turn.", n=minutes)
        self.console.say(where(self.view, self.seat.say))

    def count_time(self) -> None:
        """Count what has been spent here since it was counted last."""
        now = self.console.now()
        self.chair.spend(self.view.turn, round(now - self.since))
        self.since = now

    def _changed(self) -> Iterator[tuple[str, list[str]]]:
        """The parts of the page that have changed since they were heard; a task is new when it is seen first."""
        page = self.page
        tasks = {region.name for region in page.main}
        for region in (*page.main, *page.sides):
            lines = self._lines(region)
            before = self.heard.get(region.name, [] if region.name in tasks else lines)
            self.heard[region.name] = lines
            steps = SequenceMatcher(None, before, lines, autojunk=False).get_opcodes()
            fresh = [
                line
                for step, *_from, first, end in steps
                if step != "delete"
                for line in lines[first:end]
                if step != "equal"
            ]
            if fresh and region.name not in QUIET:
                yield region.title, fresh

    def _telling(self, sought: str) -> None:
        self._told(self.view.turn)

    def _told(self, due: int) -> str:
        """What has happened, or before the first turn the briefing, one thing at a time; what was typed instead."""
        page = self.page
        pages = [lines_of(blocks, self.console.words) for blocks in page.told]
        if not due:
            pages = [[region.title, *self._lines(region)] for region in page.main]
        self.chair.told = max(due, self.chair.told)
        typed = self.console.step_through(pages, self._is_command)
        self._hear("feed", "turn", *(() if due else (region.name for region in page.main)))
        return typed

    def _hear(self, *names: str) -> None:
        """Count parts of the page as read out."""
        page = self.page
        regions = (region for region in (*page.main, *page.sides) if region.name in names)
        self.heard |= {region.name: self._lines(region) for region in regions}

    # sitting at it

    async def sit(self) -> None:
        """Play until play wants nothing more of this seat in the phase. Raises HandOver, RollBackChosen and Quit."""
        self.sit_down()
        view, say = self.view, self.seat.say
        if self.placed != view.turn:
            self.placed = view.turn
            who = lines_of(self.page.head[:1], self.console.words)[0]
            self.console.tell("{seat}. {where}", seat=who, where=where(view, say))
        typed = ""
        if self.page.due > self.chair.told:
            typed = self._told(self.page.due)
        elif view.phase == "briefing" and teams_among([view.seat]) and not self.heard:
            typed = self._told(0)
        self.since = self.console.now()
        try:
            await self._sit(typed)
        finally:
            self.count_time()

    async def _sit(self, typed: str) -> None:
        await hold_talk(self.prompts, self.talks, self.others)
        asks_each = self.page.phase in ("readings", "forecasts") and self._is_waited_for and not typed
        if asks_each:  # one after the other, and what was sent is no news
            self._hear("feed", *(region.name for region in self.page.main))
        for title, lines in self._changed():
            for line in (title, *lines):
                self.console.say(line)
        self.duty = ()
        for name in self.prompts.half_written():
            word = self.console.verb(word_for(name, self.view))
            self.console.tell("Something is half written: {word} goes on with it.", word=word)
        if asks_each:
            self._tell_duty()
            await self._ask_each()
        await self._serve(typed)

    def _tell_duty(self) -> None:
        """What is to be done now, where that is something else than before."""
        before, self.duty = self.duty, self.page.now
        if before != self.duty:
            for line in lines_of(self.duty, self.console.words):
                self.console.say(line)

    @property
    def _is_waited_for(self) -> bool:
        view = self.view
        return view.seat in view.waiting_for and not view.paused

    async def _ask_each(self) -> None:
        """Every reading and forecast that is not given yet; Enter leaves one so, and back all of them."""
        for name in self.page.opens:
            word, form = word_for(name, self.view), form_at(self.seat, name, NO_SHEET)
            if word not in ("read", "forecast") or form is None or form.makes is not None:
                continue
            with suppress(Back):
                await self._alone(name)
                leaves = _("leave it unread") if word == "read" else _("leave it unsaid")
                await self.prompts.open(name, titled=word == "forecast", leaves=leaves)
                continue
            return

    async def _alone(self, name: str) -> None:
        """Before a team of several reads a card together, whoever sits here says alone how to take it."""
        here = present(people_at(self.seat), self.seat.name)
        card = next((card for card in getattr(self.view, "to_read", ()) if str(card.number) == name), None)
        if card is not None and (told := pressed_told(card, here, label_at(self.seat), self.seat.say)):
            self.console.say(told)
            if label_at(self.seat) not in card.pressed:
                await self.prompts.open(f"alone:{name}", leaves=_("go on without"))

    def _goes_on(self, moment: tuple[object, ...], waited: bool, main: object) -> bool:
        view = self.view
        if self._moment() != moment or (view.seat in view.waiting_for) != waited:
            return False
        if view.seat == "facilitator" and not self.chair.takes_chair and passes_by_itself(view, self.people):
            return False
        return view.seat != "observer" or self.page.main == main

    async def _serve(self, typed: str) -> None:
        """Take commands while nothing else comes up, and until the line is cut or back."""
        cut, view = self.seat.cut_off(), self.view
        goes_on = partial(self._goes_on, self._moment(), view.seat in view.waiting_for, self.page.main)
        while goes_on() and not is_asked(self.seat):
            self.count_time()
            self.console.half_written.clear()
            say, text = self.console.words, typed
            words = list(self._commands()) if self._is_waited_for or view.seat == "facilitator" else []
            named_first = [*words, *([] if words else UNASKED)]
            phase, names = say(view.phase).capitalize(), say(", ").join(map(self.console.verb, named_first))
            whole = say("{phase}. Type {names}, or {how}.", phase=phase, names=names, how=self.console.verb("help"))
            try:
                if not typed:
                    self._tell_duty()
                    brief = say("{phase}.", phase=phase)
                    asked = self.console.once(whole, brief)
                    text = self.console.ask_until(
                        lambda: not goes_on() or self.seat.cut_off() != cut, asked, self._offer
                    )
                typed = ""
                await self.do(text)
            except BrokenOff:
                return
            except ActionRefused as refused:
                self.refused(refused)
            except Back:
                if text:
                    self.console.tell("Nothing was done.")

    # commands

    def _commands(self) -> dict[str, Command]:
        """What can be done, by the word that is typed for it: the page's doors first."""
        view, say, commands = self.view, self.seat.say, dict[str, Command]()
        for door in self.page.doors:
            commands.setdefault(word_for(door.name, view), Command(door.label, door.closed))
        names = [*form_names(self.seat), *([BACK] if form_at(self.seat, BACK, NO_SHEET) is not None else [])]
        for name in dict.fromkeys(names):
            kind = name.partition(":")[0]
            if kind in ELSEWHERE:
                continue
            field, asks, words = ANSWERED.get(kind, ("", "", {}))
            for word, says in words.items():
                commands.setdefault(word, Command(say(says), given={field: word})).names.append(name)
            word = kind if words else word_for(name, view)
            label = next((say(says) for told, says in VERBS.values() if told == word and says), say(asks))
            commands.setdefault(word, Command(label or self._title(name))).names.append(name)
        if self._shares_chair:
            commands["chair"] = Command(say("come here at each turn's start and end, or let play go on by itself"))
            commands["lock"] = Command(say("set a word without which this console does not open"))
        if len(self.people) > 1:
            commands["hand"] = Command(say("give the terminal to another seat"))
        return commands

    def _title(self, name: str) -> str:
        form = form_at(self.seat, name, NO_SHEET)
        return "" if form is None else form.title

    @property
    def _shares_chair(self) -> bool:
        is_over = self.view.phase in ("closing", "hotwash", "closed")
        return self.seat.name == "facilitator" and bool(teams_among(self.people)) and not is_over

    def _find(self, text: str) -> tuple[str | None, str]:
        """The word that a line begins with, of commands and looks, or by the number with which it was just listed."""
        word, _space, rest = text.replace("　", " ").partition(" ")
        number = counted(word)
        if number is not None:
            return (self.listed[number - 1] if 1 <= number <= len(self.listed) else None), rest.strip()
        words = [FormOption(word, word) for word in (*self._commands(), *self.looks())]
        return named(word, words), rest.strip()

    def _is_command(self, text: str) -> bool:
        return self._find(text)[0] is not None

    async def do(self, text: str) -> None:
        """Do what a line says. Raises Back, HandOver, RollBackChosen and ActionRefused."""
        word, rest = self._find(text)
        typed, self.listed = text.partition(" ")[0], ()
        commands, looks = self._commands(), self.looks()
        if word in commands:
            await self._run(word, commands[word], rest)
        elif word in looks:
            looks[word](rest)
        elif counted(typed) is not None:
            told = _("{number} is not a number of a list that was just shown. Type a word, or {help}.")
            self.console.tell(told, number=typed, help=self.console.verb("help"))
        elif typed in {word for word, _says in VERBS.values()}:
            self.console.tell("That cannot be done now.")
        else:
            self.console.no_such(typed, [*commands, *looks])

    async def _run(self, word: str, command: Command, rest: str) -> None:
        match word:
            case "hand":
                self._hand(rest)
            case "chair":
                self.chair.takes_chair = not self.chair.takes_chair
                self.console.tell(CHAIR[self.chair.takes_chair], chair=self.console.verb("chair"))
            case "lock":
                self._lock()
            case _ if not command.names:
                self.console.tell("Not now: {label}: {why}", label=command.says, why=command.closed)
            case _:
                if word == "commit" and NEW in self.prompts.sheets:
                    self.console.tell("A move is half written and will not be sent.")
                name, rest = self._picked(command.names, rest)
                await self.prompts.open(name, rest, command.given, titled=name != word)

    def _picked(self, names: Sequence[str], rest: str) -> tuple[str, str]:
        """One of several forms, by its place among them or by its thing, and what was typed behind that."""
        if len(names) == 1 and ":" not in names[0] and not names[0].isdecimal():
            return names[0], rest
        first, _space, more = rest.partition(" ")
        things = {name.partition(":")[2] or name: name for name in names}
        place = counted(first) or 0
        if first in things or 1 <= place <= len(names):
            return things[first] if not place else names[place - 1], more.strip()
        if len(names) == 1:
            return names[0], rest
        options = [FormOption(name, self._title(name)) for name in names]
        return pick(self.console, _("Which one?"), options), rest

    def _hand(self, rest: str) -> None:
        others = [FormOption(name, self.console.words(SEATS[name])) for name in self.people if name != self.seat.name]
        to = named(rest, others) or pick(self.console, _("Who takes the terminal?"), others)
        raise HandOver(next(name for name in self.people if name == to))

    def _lock(self) -> None:
        self.console.tell("Nobody opens this console without it. It is kept at this terminal alone; empty is none.")
        self.chair.word = self.console.ask("The facilitator's word, or Enter for none.")
        self.console.tell("The word is set." if self.chair.word else "No word is asked for.")

    def _offer(self) -> None:
        """What can be typed, with the numbers that do it too."""
        say, console, page = self.console.words, self.console, self.page
        titles = {LOOKS.get(region.name, region.name): region.title for region in (*page.sides, *page.main)}
        titles |= {
            "now": say("where the session stands, and what we do now"),
            "time": say("how much time is left"),
            "telling": say("what has happened, one thing at a time, once more"),
            "seats": say("who has come, how one joins, and the codes"),
        }
        can = {word: command.says for word, command in self._commands().items()}
        can |= {word: titles[word] for word in self.looks() if word not in can}
        console.tell("What can be typed here, by its word or its number:")
        for number, (word, says) in enumerate(can.items(), 1):
            console.say(say("{number}. {name}: {says}", number=number, name=console.verb(word), says=says))
        self.listed = tuple(can)

    # acting

    async def submit(self, action: a.AnyAction | AnyHostAct) -> None:
        """Ask for an action; on a full disk, until there is room or somebody goes back. Raises ActionRefused.

        Going back to a turn is for whoever holds the table where nobody hosts. Raises RollBackChosen.
        """
        if isinstance(action, GoBack) and places_at(self.seat) is None:
            raise RollBackChosen(action.turn)
        while True:
            try:
                await self.seat.submit(action)
            except StorageFailed as failed:
                if failed.is_final:
                    raise
                self.console.refused(failed)
                self.console.ask("Press enter to do it again.")
            else:
                break
        self.console.half_written.clear()
        if isinstance(action, HostAct) and "seats" in (looks := self.looks()):
            looks["seats"]("")

    def refused(self, refused: ActionRefused) -> None:
        """Say why something was refused, with what this seat calls things."""
        self.console.refused(refused, names_from(self.seat.say))
