"""One seat at a terminal of lines: its page is read out, and what can be done there is typed as words or numbers.

What is read is what has changed on the page since this seat sat here last. A command is a word for a form that the
page opens; a look is a word for a part of the page, and is answered within every question too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import Final

from crisis_sim.engine import actions as a
from crisis_sim.engine.views.seat_views import TeamView, View
from crisis_sim.errors import ActionRefused, StorageFailed
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.blocks import Block
from crisis_sim.pages.closing_forms import OWN
from crisis_sim.pages.company_words import label_at, people_at
from crisis_sim.pages.consent_card import is_asked
from crisis_sim.pages.duty import describe_turn, duty
from crisis_sim.pages.form import NO_SHEET, FormOption
from crisis_sim.pages.form_words import WORDS, FormCommand, form_commands, form_word, region_words
from crisis_sim.pages.move_form import is_move
from crisis_sim.pages.places_forms import BACK, places_blocks
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reader_forms import form_at, form_names, places_at
from crisis_sim.pages.reading_blocks import describe_pressure, labels_present
from crisis_sim.pages.refusals import names_from
from crisis_sim.pages.seat_changes import ChairState, passes_by_itself, teams_among
from crisis_sim.pages.seat_page import PageRegion, SeatPage, seat_page
from crisis_sim.pages.seat_table import Companion, no_companion
from crisis_sim.pages.talk_blocks import TalkStage
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.fields import pick
from crisis_sim.plain.forms import Prompter
from crisis_sim.plain.standard_streams import BrokenOff
from crisis_sim.plain.talks import hold_talk
from crisis_sim.plain.typed import find_option, has_all, parse_count, verb
from crisis_sim.session.places import AnyHostAct, GoBack, HostAct
from crisis_sim.wording import _
from crisis_sim.wording.labels import SEATS

QUIET: Final = frozenset({"why", "guide", "sounds", "sealed", "before", "channels", "theirs", "notes"})
"""Parts of a page that are read to who asks, however they change."""
UNASKED: Final = ("now", "news")
"""What is named to who has nothing to do but look."""
CHAIR: Final = (
    _("At this terminal play goes on by itself when a turn begins or has been judged; {chair} brings you back."),
    _("You come to the terminal when a turn begins and when it has been judged; {chair} lets play go on by itself."),
)
"""What a facilitator at a shared terminal is told of the chair: not asked for, and asked for."""
OF_TERMINAL: Final = {
    "chair": _("come here at each turn's start and end, or let play go on by itself"),
    "lock": _("set a word without which this console does not open"),
    "hand": _("give the terminal to another seat"),
}


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


class SeatLines:
    """One seat at this terminal."""

    def __init__(
        self, seat: Reader, console: Console, people: Sequence[a.SeatName], run_others: Companion = no_companion
    ) -> None:
        """`people` are the seats played here; `run_others` lets everybody else act."""
        self.seat, self.console, self.people, self.others = seat, console, people, run_others
        self.chair = ChairState()
        self.prompts = Prompter(seat, console, self.submit, self.refused)
        self.talks: dict[int, TalkStage] = {}
        self.placed = -1
        """The turn in which this seat was told where the session stands, since it sat down."""
        self.since = console.now()
        """Up to when the time at this desk has been counted."""
        self.moment = self._moment()
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

    def lines(self, blocks: Iterable[Block]) -> list[str]:
        """A part of a page line by line."""
        return lines_of(blocks, self.console.words)

    def show(self, blocks: Iterable[Block]) -> None:
        """Read a part of a page out."""
        for line in self.lines(blocks):
            self.console.say(line)

    # looking

    def sit_down(self) -> None:
        """Let this seat, and nobody else, look within questions."""
        self.console.looks = {word: partial(self._look, word, "") for word in self._looks()}
        self.moment, self.console.came_up = self._moment(), self._came_up
        self.console.explained = self.explained

    def _moment(self) -> tuple[object, ...]:
        view = self.view
        return view.phase, view.turn, view.paused, view.seat in view.waiting_for

    def _came_up(self) -> str:
        """That play has gone on while somebody stood at a question, and what it asks of us; once."""
        previous_moment, self.moment = self.moment, self._moment()
        view, say = self.view, self.seat.say
        if previous_moment[:3] == self.moment[:3]:
            return ""
        return say("Meanwhile: {where} {duty}", where=describe_turn(view, say), duty=duty(view, say))

    def _regions(self) -> dict[str, list[PageRegion]]:
        """The parts of the page, by what is typed to look at them."""
        page, places = self.page, places_at(self.seat)
        regions = [*page.main, *page.sides]
        if places is not None:
            title = self.seat.say("Who may come")
            regions.append(PageRegion("places", title, tuple(places_blocks(places, self.seat.say))))
        return region_words(regions)

    def _looks(self) -> dict[str, str]:
        """What can be looked at, by its word, and what it is called."""
        say, has_events = self.console.words, self.page.turn and isinstance(self.view, TeamView)
        return {
            "now": say("where the session stands, and what we do now"),
            "time": say("how much time is left"),
            **{word: regions[0].title for word, regions in self._regions().items()},
            **({"telling": say("what has happened, one thing at a time, once more")} if has_events else {}),
        }

    def _look(self, word: str, search_words: str) -> None:
        """Read out what a word is for; of a part of the page what has the words that follow."""
        match word:
            case "now":
                self.show((*self.page.head[2:], *self.page.now))
            case "time":
                self._print_time()
            case "telling":
                self._tell(self.view.turn)
            case _:
                hit_count = 0
                for region in self._regions().get(word, ()):
                    lines = [line for line in self.lines(region.blocks) if has_all(line, search_words)]
                    for line in (self.console.words("{title}:", title=region.title), *lines) if lines else ():
                        self.console.say(line)
                    hit_count += len(lines)
                if not hit_count:
                    self.console.tell("Nothing here has '{word}' in it.", word=search_words[:40])

    def _print_time(self) -> None:
        """How much of the turn is left on the wall, and where the crisis stands on its own clock."""
        self.count_time()
        seconds, tell = self.chair.seconds_left(self.view, self.seat.seconds_left(), self.people), self.console.tell
        minutes = -(-abs(seconds or 0) // 60)
        if seconds is None:
            tell("Nothing is timed now.")
        elif seconds <= 0:
            tell("Time is up, by {n} minute.", plural="Time is up, by {n} minutes.", n=minutes)
        else:
            tell("{n} minute is left of this turn.", plural="{n} minutes are left of this turn.", n=minutes)
        self.console.say(describe_turn(self.view, self.seat.say))

    def count_time(self) -> None:
        """Count what has been spent here since it was counted last."""
        now = self.console.now()
        self.chair.spend(self.view.turn, round(now - self.since))
        self.since = now

    def _changed(self) -> Iterator[str]:
        """What has changed on the page since it was heard, under its heads; a task is new when it is seen first."""
        page = self.page
        for is_task, region in ((region in page.main, region) for region in (*page.main, *page.sides)):
            lines = self.lines(region.blocks)
            earlier_lines = self.heard.get(region.name, [] if is_task else lines)
            self.heard[region.name] = lines
            steps = SequenceMatcher(None, earlier_lines, lines, autojunk=False).get_opcodes()
            fresh = [place for step, *_from, first, end in steps if step != "equal" for place in range(first, end)]
            fresh = [place for place in fresh if lines[place] not in self.console.stepped]
            for place in fresh:  # with what it stands under
                if lines[place].startswith(" ") and place and place - 1 not in fresh:
                    fresh.append(place - 1)
            if fresh and region.name not in QUIET:
                yield from (region.title, *(lines[place] for place in sorted(fresh)))

    def _hear(self, *names: str) -> None:
        """Count parts of the page as read out, and every task."""
        page = self.page
        regions = (*page.main, *(region for region in page.sides if region.name in names))
        self.heard |= {region.name: self.lines(region.blocks) for region in regions}

    def _tell(self, event_count: int) -> str:
        """What has happened, or before the first turn the briefing, one thing at a time; what was typed instead."""
        page = self.page
        lines = [self.lines(blocks) for blocks in page.announcements]
        if not event_count:
            lines = [[region.title, *self.lines(region.blocks)] for region in page.main]
        self.chair.announcement_read = max(event_count, self.chair.announcement_read)
        typed = self.console.step_through(lines, lambda text: self.find(text)[0] is not None)
        self._hear("feed")
        return typed

    # sitting there

    async def sit(self) -> None:
        """Play until play wants nothing more of this seat in the phase. Raises HandOver, RollBackChosen and Quit."""
        self.sit_down()
        page, view, say, typed = self.page, self.view, self.seat.say, ""
        if self.placed != view.turn:
            self.placed = view.turn
            self.console.tell("{seat}. {where}", seat=self.lines(page.head[:1])[0], where=describe_turn(view, say))
        self.console.stepped = []
        if page.announcement_number > self.chair.announcement_read or (
            view.phase == "briefing" and isinstance(view, TeamView) and not self.heard
        ):
            typed = self._tell(page.announcement_number)
        self.since = self.console.now()
        try:
            await hold_talk(self.prompts, self.talks, self.others)
            asks_each = view.phase in ("readings", "forecasts") and self._is_waited_for
            if asks_each:  # each is read where it is asked
                self._hear("feed")
            for line in list(self._changed()):
                self.console.say(line)
            for name in filter(is_move, self.prompts.half_written()):
                word = self.console.verb(form_word(name, view))
                self.console.tell("A move is half written: {move} goes on with it.", move=word)
            self.duty = ()
            if asks_each and not typed:
                self._print_duty()
                await self._ask_each()
            await self._serve(typed)
        finally:
            self.count_time()

    @property
    def _is_waited_for(self) -> bool:
        view = self.view
        return view.seat in view.waiting_for and not view.paused

    def _print_duty(self) -> None:
        """What is to be done now, where that is something else than before."""
        previous_duty, self.duty = self.duty, self.page.now
        if previous_duty != self.duty:
            self.show(self.duty)

    async def _ask_each(self) -> None:
        """Every reading and forecast that is not given yet; Enter leaves one so, and back all of them."""
        commands = self.commands()
        pending = [(word, name) for word in ("read", "forecast") if word in commands for name in commands[word].names]
        for word, name in pending:
            form = form_at(self.seat, name, NO_SHEET)
            if form is None or not form.commits_nothing:
                continue
            leaves = _("leave it unread") if word == "read" else _("leave it unsaid")
            try:
                await self._ask_alone(name)
                await self.prompts.open(name, titled=word == "forecast", leaves=leaves)
            except Back:
                return

    async def _ask_alone(self, name: str) -> None:
        """Before a team of several reads a card together, whoever sits here says alone how to take it."""
        here, label = labels_present(people_at(self.seat), self.seat.name), label_at(self.seat)
        cards = self.view.to_read if isinstance(self.view, TeamView) else ()
        for card in (card for card in cards if str(card.number) == name):
            if hint := describe_pressure(card, here, label, self.seat.say):
                self.console.say(hint)
                if label not in card.pressed:
                    await self.prompts.open(f"alone:{name}", leaves=_("go on without"))

    async def _serve(self, typed: str) -> None:
        """Take commands while nothing else comes up, and until the line is cut or back."""
        cut_reason, moment, main, say = self.seat.cut_off(), self._moment(), self.page.main, self.console.words
        view = self.view

        def goes_on() -> bool:
            if view.seat == "facilitator" and not self.chair.takes_chair and passes_by_itself(self.view, self.people):
                return False
            return self._moment() == moment and (view.seat != "observer" or self.page.main == main)

        def is_left() -> bool:
            return not goes_on() or self.seat.cut_off() != cut_reason

        while goes_on() and not is_asked(self.seat):
            self.count_time()
            self.console.half_written.clear()
            text, typed = typed, ""
            try:
                if not text:
                    self._print_duty()
                    is_busy = self._is_waited_for or view.seat == "facilitator"
                    words = [*self.commands(), *(() if is_busy else UNASKED)]
                    phase, names = say(view.phase).capitalize(), say(", ").join(map(self.console.verb, words))
                    help_word = self.console.verb("help")
                    whole = say("{phase}. Type {names}, or {how}.", phase=phase, names=names, how=help_word)
                    prompt = self.console.ask_once(whole, say("{phase}.", phase=phase))
                    text = self.console.ask_until(is_left, prompt, self._offer)
                await self.do(text)
            except BrokenOff:
                return
            except ActionRefused as refused:
                self.refused(refused)
            except Back:
                if text:
                    self.console.tell("Nothing was done.")

    # doing

    def commands(self) -> dict[str, FormCommand]:
        """What can be done, by the word that is typed for it: the page's doors first."""
        names = [*form_names(self.seat), *([BACK] if form_at(self.seat, BACK, NO_SHEET) is not None else [])]
        commands = form_commands(self.page.links, tuple(dict.fromkeys(names)), self.view, self.seat.say)
        is_over = self.view.phase in ("closing", "hotwash", "closed")
        shares = self.seat.name == "facilitator" and teams_among(self.people) and not is_over
        words = [*(("chair", "lock") if shares else ()), *(("hand",) if len(self.people) > 1 else ())]
        return commands | {word: FormCommand(self.console.words(OF_TERMINAL[word])) for word in words}

    def find(self, text: str) -> tuple[str | None, str]:
        """The word that a line begins with, of commands and looks, or by the number with which it was just listed."""
        word, _space, rest = text.replace("　", " ").partition(" ")
        number = parse_count(word)
        if number is not None:
            return (self.listed[number - 1] if 1 <= number <= len(self.listed) else None), rest.strip()
        return find_option(
            word, [FormOption(command, command) for command in (*self.commands(), *self._looks())]
        ), rest.strip()

    async def do(self, text: str) -> None:
        """Do what a line says. Raises Back, HandOver, RollBackChosen and ActionRefused."""
        (word, rest), commands, looks = self.find(text), self.commands(), self._looks()
        typed, self.listed, console = text.partition(" ")[0], (), self.console
        match word:
            case "hand":
                seats = [FormOption(seat, console.words(SEATS[seat])) for seat in self.people if seat != self.seat.name]
                to = find_option(rest, seats) or pick(console, _("Who takes the terminal?"), seats)
                raise HandOver(next(seat for seat in self.people if seat == to))
            case "chair":
                self.chair.takes_chair = not self.chair.takes_chair
                console.tell(CHAIR[self.chair.takes_chair], chair=console.verb("chair"))
            case "lock":
                console.tell("Nobody opens this console without it. It is kept at this terminal alone; empty is none.")
                self.chair.word = console.ask("The facilitator's word, or Enter for none.")
                console.tell("The word is set." if self.chair.word else "No word is asked for.")
            case str() if word in commands:
                await self._open(word, commands[word], rest)
            case str():
                self._look(word, rest)
            case _ if parse_count(typed) is not None:
                sentence = _("{number} is not a number of a list that was just shown. Type a word, or {help}.")
                console.tell(sentence, number=typed, help=console.verb("help"))
            case _ if verb(typed) in {word for word, _label in WORDS.values()}:
                console.tell("That cannot be done now.")
            case _:
                console.no_such(typed, [*commands, *looks])

    async def _open(self, word: str, command: FormCommand, rest: str) -> None:
        """Open the form of a command, or one of its forms: by its place among them or by its thing, if that follows."""
        names, is_titled = command.names, False
        if not names:
            self.console.tell("Not now: {label}: {why}", label=command.label, why=command.closed)
            return
        if word == "commit" and any(map(is_move, self.prompts.half_written())):
            self.console.tell("A move is half written and will not be sent.")
        first, _space, more = rest.partition(" ")
        places = {str(place): name for place, name in enumerate(names, 1)}
        names_by_key = {name.partition(":")[2] or name: name for name in names} | places
        key = str(parse_count(first) or first)
        if (":" in names[0] or names[0].isdecimal()) and key in names_by_key:
            name, rest, is_titled = names_by_key[key], more.strip(), True
        elif len(names) == 1:
            name, is_titled = names[0], ":" in names[0] or word == "forecast"
        else:
            options = [self._option(name) for name in names]
            if len({option.note for option in options}) == 1:
                options = [option._replace(note="") for option in options]
            name = pick(self.console, _("Which one?"), options)
        preset = {"which": OWN} if word == "put" and rest else command.answers
        await self.prompts.open(name, rest, preset, titled=is_titled)

    def _option(self, name: str) -> FormOption:
        """A form as it is picked of several; what it does at once is said."""
        form = form_at(self.seat, name, NO_SHEET)
        if form is None:
            return FormOption(name, "")
        title = self.lines(form.intro[:1])[0] if name.isdecimal() else form.title
        return FormOption(name, title, "" if form.fields else form.submit)

    def _offer(self) -> None:
        """What can be typed, with the numbers that do it too."""
        say, can = self.console.words, {word: command.label for word, command in self.commands().items()}
        can |= {word: label for word, label in self._looks().items() if word not in can}
        self.console.tell("What can be typed here, by its word or its number:")
        for number, (word, label) in enumerate(can.items(), 1):
            self.console.say(say("{number}. {name}: {says}", number=number, name=self.console.verb(word), says=label))
        self.listed = tuple(can)

    async def submit(self, action: a.AnyAction | AnyHostAct) -> None:
        """Ask for an action; on a full disk, until there is room or somebody goes back. Raises ActionRefused.

        Going back to a turn is for whoever holds the table where nobody hosts. Raises RollBackChosen.
        """
        if isinstance(action, GoBack) and places_at(self.seat) is None:
            raise RollBackChosen(action.turn)
        while True:
            try:
                await self.seat.submit(action)
                break
            except StorageFailed as failed:
                if failed.is_final:
                    raise
                self.console.refused(failed)
                self.console.ask("Press enter to do it again.")
        self.console.half_written.clear()
        if isinstance(action, HostAct) and "seats" in self._looks():
            self._look("seats", "")

    def refused(self, refused: ActionRefused) -> None:
        """Say why something was refused, with what this seat calls things."""
        self.console.refused(refused, names_from(self.seat.say))
