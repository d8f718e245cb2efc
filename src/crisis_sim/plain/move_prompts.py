"""Composing a move, step by step: what, over which channel, the words, what we mean and what we expect, and its terms.

`back` goes to the step before; a refused move stays on the table and can be changed and sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from crisis_sim.engine.sight.dossier import MoveEntry
from crisis_sim.engine.sight.views import RequestFacts, TeamView
from crisis_sim.pages.channel_blocks import odds_of
from crisis_sim.pages.move_blocks import move_blocks, open_channels
from crisis_sim.pages.move_choices import CHOICES, choose
from crisis_sim.pages.move_sheet import MoveSheet
from crisis_sim.pages.phrases import AUDIENCES, audience_named, examples_told
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.block_lines import lines_of
from crisis_sim.plain.console import Back, Console
from crisis_sim.plain.typed import PromptOption, numeral, verb
from crisis_sim.rules.names import Audience, How, Visibility
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import FAMILIES

MEANING = _(
    "How do we mean it, from -3 very friendly through 0 neutral to 3 very hostile? It stays sealed; ? gives examples."
)
BOTH = _("A second number in the same line says how we expect them to take it: -2 0.")
FOR_WHOM = _("Whom is it mainly for? Type them, home, third or allies.")
BEFORE_WORDS = ("taker", "purpose", "their_purpose", "asset", "about", "line", "discloses", "backed", "truth")
"""What is chosen before the words; a position and what is cited are marked once the move is on the list."""
AFTER_WORDS = ("terms", "item", "promise")
EXPECTED = _("How do we expect them to take it? That stays sealed too.")


def typed_audience(text: str, reader: int, say: Say) -> Audience | None:
    """Whom public words are for, by how its name begins, in English or as it is said; `reader` is 1 for theirs."""
    for key, names in AUDIENCES.items():
        told = [names[reader], audience_named(key, say) if reader else say(names[0])]
        told += [] if reader and key == "them" else [key]
        if text and any(name.lower().startswith(text.lower()) for name in told):
            return key
    return None


def ask_audience(console: Console, prompt: str, reader: int) -> Audience:
    """The same, asked until it is one of them."""
    while (found := typed_audience(console.ask(prompt), reader, console.words)) is None:
        console.tell("That is none of them.")
    return found


class MovePrompts:
    """Asks for the parts of a move, one after the other."""

    def __init__(self, console: Console, view: TeamView, say: Teller) -> None:
        """For a team that sees `view`."""
        self.console = console
        self.view = view
        self.say = say

    def move(self, rest: str, words: str = "") -> MoveSheet:
        """A move of the catalogue, chosen by number or name, with all its parts; `words` it has so far. Raises Back."""
        return self.parts(MoveSheet(self._option(rest).id, text=words))

    def answer(self, request: RequestFacts, words: str = "") -> MoveSheet:
        """An answer to a request, with all its parts; `words` it has so far. Raises Back."""
        say = self.say
        ways = [
            PromptOption("accept", say("Accept: {label}", label=say.move(request.accept))),
            PromptOption("decline", say("Decline: {label}", label=say.move(request.decline))),
            PromptOption("counter", say("Counter with a move of our own")),
            PromptOption(
                "holding",
                say("Send a holding note: {label}; it keeps the request open", label=say.move(say.dossier.holding)),
            ),
        ]
        how = self.console.pick("How do we answer? Saying nothing is an answer too.", ways)
        moves = {"accept": request.accept, "decline": request.decline, "holding": say.dossier.holding}
        option = self._option("") if how == "counter" else self._named(moves[how or "accept"])
        chosen: How = how if how in ("decline", "counter", "holding") else "accept"  # type: ignore[assignment]  # one of them
        return self.parts(MoveSheet(option.id, text=words, answers=request.number, how=chosen))

    def parts(self, sheet: MoveSheet) -> MoveSheet:
        """Ask for all parts but the move; `back` at the first raises Back."""
        choices = {field: partial(self._choice, field) for field in CHOICES}
        steps: list[Callable[[MoveSheet], bool]] = [self._way, *map(choices.pop, BEFORE_WORDS)]
        steps += [self._words, self._meaning, self._expected, self._audience, *map(choices.pop, AFTER_WORDS)]
        place = 0
        asked: list[int] = []
        while place < len(steps):
            try:
                if steps[place](sheet):
                    asked.append(place)
                place += 1
            except Back:
                if not asked:
                    raise
                place = asked.pop()
        return sheet

    # what

    def _named(self, move: str) -> MoveEntry:
        return self.say.dossier.moves[move]

    @property
    def able(self) -> list[MoveEntry]:
        """The moves that can be made now, as such."""
        blocked = {each.move for each in self.view.blocked}
        moves = self.say.dossier.moves.values()
        return [move for move in moves if move.id not in blocked and not move.only_as_answer]

    def _option(self, rest: str) -> MoveEntry:
        able = self.able
        options = [PromptOption(option.id, self.say.of(option.label)) for option in able]
        found = self._found(rest, able, options) if rest else None
        while found is None:
            text = self.console.ask(
                "Which move? Type its name or number, a word to look for, or {list} for all.",
                self.console.words("Moves are grouped by what they do."),
                list=self.console.verb("list"),
            )
            found = self._found(text, able, options)
        self.console.listed = ()
        option = self._named(found)
        for row in lines_of(move_blocks(option, self.view, self.say, named=True), self.say):
            self.console.say(row)
        return option

    def _found(self, text: str, able: list[MoveEntry], options: list[PromptOption]) -> str | None:
        """The move that was typed; where there is none, those that have what was typed in them are listed."""
        is_all = verb(text) == "list"
        found = None if is_all else self.console.find(text, options)
        if found is None and not numeral(text):
            self.page_moves(able, "" if is_all else text)
        return found

    def page_moves(self, options: list[MoveEntry], word: str) -> None:
        """List moves by family, with the numbers that pick them; only those with `word` in them."""
        shown: list[str] = []
        for family, title in FAMILIES.items():
            rows = [
                option
                for option in options
                if option.family == family
                and word.lower() in f"{option.id} {self.say.of(option.label)} {self.say.of(option.does)}".lower()
            ]
            if rows:
                self.console.tell("{title}:", title=self.console.words(title))
            for option in rows:
                shown.append(option.id)
                named = self.console.words("{label} ({note})", label=self.say.of(option.label), note=option.id)
                self.console.say(named, indent=6, mark=f"  {len(shown)}.")
        self.console.listed = tuple(shown)
        if not shown:
            self.console.tell("No move has '{word}' in it.", word=word[:40])

    # how

    def _way(self, sheet: MoveSheet) -> bool:
        """Channel and visibility together: only what goes together is offered."""
        odds = {channel.id: odds_of(channel, self.say) for channel in self.view.channels}
        ways: list[tuple[str, Visibility]] = []
        for channel in open_channels(self._named(sheet.move), self.view):
            for visibility in self._named(sheet.move).visibilities:
                if visibility in self.say.dossier.channels[channel].visibilities:
                    ways.append((channel, "public" if visibility == "public" else "private"))
        options = [
            PromptOption(f"{channel}/{visibility}", self._way_said(channel, visibility), odds[channel])
            for channel, visibility in ways
        ]
        if len(options) == 1:
            sheet.channel, sheet.visibility = ways[0]
            self.console.tell("It goes over: {way}; {odds}.", way=options[0].label, odds=options[0].note)
            return False
        choice = self.console.pick("Over which channel?", options)
        sheet.channel, sheet.visibility = ways[[option.id for option in options].index(choice or "")]
        return True

    def _choice(self, field: str, sheet: MoveSheet) -> bool:
        """What is chosen of it besides, where it is asked for that."""
        choice = CHOICES[field]
        options = [PromptOption(*each) for each in choice.options(sheet, self.view, self.say)]
        if note := choice.note(sheet, self.view, self.say) if options else "":
            self.console.say(note)
        if options and field == "terms":
            sheet.terms = self.console.some(choice.asks, options)
        else:
            choose(sheet, field, self.console.pick(choice.asks, options, none=choice.none) if options else None)
        return bool(options)

    def _way_said(self, channel: str, visibility: Visibility) -> str:
        say = self.say
        return say("{channel}, {visibility}", channel=self.say.channel(channel), visibility=say(visibility))

    def _words(self, sheet: MoveSheet) -> bool:
        if sheet.text:
            self.console.tell("Its words so far: {text}", text=sheet.text)
            typed = self.console.written("In what words? Enter keeps these, - leaves them out.") or sheet.text
            sheet.text = "" if typed == "-" else typed
        else:
            sheet.text = self.console.written("In what words? Type them in one line, or Enter for none.")
        return True

    def _meaning(self, sheet: MoveSheet) -> bool:
        examples = examples_told(self.say)
        sheet.intent, *more = self.console.numbers(
            MEANING, -3, 3, 2, ends=False, help=f"{self.console.words(BOTH)}\n{examples}"
        )
        sheet.expected = more[0] if more else None
        return True

    def _expected(self, sheet: MoveSheet) -> bool:
        if sheet.expected is None:
            sheet.expected = self.console.number(EXPECTED, -3, 3, examples_told(self.say), sheet.intent)
            return True
        return False

    def _audience(self, sheet: MoveSheet) -> bool:
        if sheet.visibility != "public":
            return False
        sheet.audience = ask_audience(self.console, FOR_WHOM, 0)
        return True
