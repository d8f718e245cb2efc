"""Lines in and lines out.

All that is written passes through here: cleaned, so that no byte of a scenario or a player is obeyed by a terminal,
wrapped, and without signs that a voice would read wrongly. All that is read comes from here, and at every prompt a few
words are understood: `?`, `again`, `back`, `quit`, `more` and `less`, and whatever can be looked at just then. None of
them loses what is half written. What is final is asked once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from socket import socket
from time import monotonic
from typing import Final, Literal, TypeAlias, get_args

from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.blocks import capital
from crisis_sim.pages.refusals import NAMELESS, RefusalNames, refusal
from crisis_sim.plain.spoken import spoken
from crisis_sim.plain.standard_streams import BrokenOff, never, read_line, wiping, write_text
from crisis_sim.plain.typed import VERBS, assent, parse_count, spelled, verb
from crisis_sim.problems import nearest
from crisis_sim.rules.names import Language
from crisis_sim.text import clean, narrow, wrapped
from crisis_sim.wording import Say, _, speaker

WIDTH: Final = 78
"""Columns; the same everywhere, so that a session reads the same everywhere."""
LONGEST: Final = 20_000
"""Characters of an input line that are looked at."""
ECHOED: Final = 4_000
"""Characters of it that are written back."""

Reads: TypeAlias = Literal["less", "usual", "more"]
"""How much is read out: questions alone, as much as usual, or every explanation unasked."""
LEVELS: Final[tuple[Reads, ...]] = get_args(Reads)
LEVEL_SENTENCES: Final[dict[Reads, str]] = {
    "less": _("Less is read out: of a question its first sentence, of a list how long it is. {help} reads all of it."),
    "usual": _("As much is read out as usual."),
    "more": _("More is read out: each question with what {help} would say."),
}
PLACE: Final = _("{n} of {of}. Enter or {next} goes on, {back} goes back, {again} says it again.")
STEPS: Final = _("Enter or {next} goes on, {stop} leaves the rest out; a number goes there.")
_ENDS: Final = re.compile(r"(?<=[.?!:])\s|(?<=[。？！：])")

Help: TypeAlias = str | Callable[[], None]
"""What `?` says at a prompt, or what writes it."""

_ALONE: Final = re.compile(r"(?<=[ \uff0c\u3001\uff1b])\?(?= )")
"""The question mark as something to type, which no voice says."""


class Back(Exception):
    """Somebody went back from a prompt."""


class Quit(Exception):
    """Somebody leaves, or the input has ended."""


class Console:
    """A place where people read and type."""

    def __init__(
        self,
        read: Callable[[], str],
        write: Callable[[str], object],
        *,
        wipe: str = "\f\n",
        echo: bool = False,
        language: Language = "en",
        reads: Reads = "usual",
        now: Callable[[], float] = monotonic,
    ) -> None:
        """`read` gives a line, empty at the end of input; `wipe` is written to take everything out of sight.

        With `echo`, what was read is written too: input from a file is not on the page by itself.
        """
        self._read = read
        self._write = write
        self._wipe = wipe
        self._echo = echo
        self.language: Language = language
        self.words: Say = speaker(language)
        """What says the door's own sentences, in the reader's language."""
        self.reads: Reads = reads
        self.now = now
        """Real seconds, for the time that a seat spends here."""
        self.looks: Mapping[str, Callable[[], object]] = {}
        """What can be looked at within any question, by what is typed for it."""
        self.half_written: list[str] = []
        """What somebody has written that is not sealed yet."""
        self.keeps_words = False
        """It is kept when somebody leaves."""
        self.breaks_off: Callable[[], bool] = never
        """Whether something else has come up, for which a prompt that waits here is left."""
        self.waits: Callable[[], object] = never
        """Called whenever a line is waited for."""
        self.came_up: Callable[[], str] = str
        """What has come up since it was asked last, for somebody who stands at a question."""
        self.stirs: socket | None = None
        """From which something is read whenever a prompt may be left; None where that is looked at now and then."""
        self.explained: set[str] = set()
        """What whoever sits here has heard whole."""
        self._heard: list[str] = []
        """What was written since something was typed."""
        self._last_heard: list[str] = []
        """What stood before the last question that something stood before."""
        self.stepped: list[str] = []
        """What was read of the last thing that was read step by step."""
        self._leaves, self._came = False, ""

    @classmethod
    def here(cls, language: Language = "en") -> Console:
        """Standard input and output, as they are."""
        echo = not sys.stdin.isatty()
        console = cls(str, write_text, wipe=wiping(), echo=echo, language=language)
        console._read = lambda: read_line(console.is_left, console.stirs)
        return console

    def say(self, text: str = "", *, indent: int = 0, mark: str = "") -> None:
        """Write a text; `mark` goes before its first line, in the indent."""
        lead = " " * indent
        for number, line in enumerate(wrapped(spoken(clean(text, lines=True), self.words), WIDTH - indent)):
            prefix = mark.ljust(indent) if number == 0 and mark else lead
            self._say((prefix + line).rstrip() + "\n")

    def _say(self, text: str) -> None:
        self._heard.append(text)
        self._write(text)

    def tell(self, english: str, *, plural: object = "", indent: int = 0, mark: str = "", **words: object) -> None:
        """Write a sentence of the door's own, with its words put in, in the reader's language."""
        self.say(self.words(english, plural=plural, **words), indent=indent, mark=mark)

    def refused(self, refused: CrisisSimError, names: RefusalNames = NAMELESS) -> None:
        """Say why something was refused, and what to do instead."""
        why, instead = refusal(refused, self.language, names)
        self.tell("Refused: {why}. {instead}.", why=why, instead=capital(instead))

    def verb(self, name: str) -> str:
        """What is typed for something, in the reader's language."""
        spellings = spelled(VERBS, self.language).get(name, ()) if self.language != "en" else ()
        return spellings[0] if spellings else name

    def copy(self, text: str) -> None:
        """Write a path or a command on a line of its own, not wrapped, so that it can be copied."""
        self._say(f"  {clean(text, lines=False)}\n")

    def wipe(self) -> None:
        """Take everything out of sight, and out of what can be said again or looked at."""
        self._write(self._wipe)
        self.forget()

    def forget(self) -> None:
        """Let nothing of who sat here last be said again or looked at."""
        self.looks, self.came_up = {}, str
        self.explained = set()
        self._heard, self._last_heard = [], []
        self.half_written.clear()

    def ask_once(self, prompt: str, short_prompt: str) -> str:
        """A question whole the first time, and then what is asked in its place."""
        if prompt in self.explained and self.reads != "more":
            return short_prompt
        self.explained.add(prompt)
        return prompt

    def ask(self, prompt: str, help: Help = "", **words: object) -> str:
        """A line of what somebody typed, cleaned; empty for Enter alone. Raises Back or Quit.

        `prompt` is a sentence of the door's own, with its words put in.
        """
        return self.asked(self.words(prompt, **words), help)

    def is_left(self) -> bool:
        """Whether a prompt that waits is left, or asked anew since something has come up at a question."""
        self._came = self.came_up() if self.breaks_off is never else ""
        return bool(self._came) or self.breaks_off()

    def ask_until(self, breaks_off: Callable[[], bool], prompt: str, help: Help = "", **words: object) -> str:
        """The same; raises BrokenOff once `breaks_off`, if nobody has typed a line by then."""
        self.breaks_off = breaks_off
        try:
            return self.ask(prompt, help, **words)
        finally:
            self.breaks_off = never

    def confirm(self, question: str, reply: str = "", **words: object) -> None:
        """Ask once before what is final; `reply` with the command, as in `commit yes`, answers. Raises Back for no."""
        prompt = self.words("{question} Type yes or no.", question=self.words(question, **words))
        while (sure := assent(reply)) is None:
            reply = self.asked(prompt, whole=True) or "no"
        if not sure:
            raise Back

    def asked(
        self,
        prompt: str,
        help: Help = "",
        *,
        lead: Callable[[], None] | None = None,
        listed: Callable[[], None] | None = None,
        answers: Callable[[str], bool] = lambda _text: False,
        whole: bool = False,
    ) -> str:
        """A line that is none of the words for every prompt, unless it `answers` the question.

        `lead` reads what the prompt counts; `listed` reads all of it, for who asks for help.
        """
        prompt = _ALONE.sub(self.verb("help"), prompt)
        unsaid = help if self.reads == "more" and isinstance(help, str) else ""
        if lead is not None:
            lead()
        while True:
            self._last_heard = previous_lines = list(self._heard) or self._last_heard
            self.say(prompt if whole or self.reads != "less" else _ENDS.split(prompt)[0])
            if unsaid:
                self.say(unsaid)
            unsaid = ""
            text = self._line()
            if text is None:
                continue
            word = narrow(text).lower() if answers(text) else verb(text)
            self._heard = []
            match word:
                case "help":
                    self._helped(help, listed)
                    continue
                case "again":
                    for line in previous_lines:
                        self._say(line)
                    continue
                case "back":
                    raise Back
                case "quit":
                    self._leave()
                case "more" | "less" if not answers(text):
                    place = LEVELS.index(self.reads) + (1 if word == "more" else -1)
                    self.reads = LEVELS[min(max(place, 0), len(LEVELS) - 1)]
                    self.tell(LEVEL_SENTENCES[self.reads], help=self.verb("help"))
                case _ if word in self.looks and not answers(text):
                    self.looks[word]()
                case _:
                    return text
            if lead is not None:
                lead()

    def _helped(self, help: Help, listed: Callable[[], None] | None) -> None:
        if listed is not None:
            listed()
        if callable(help):
            help()
        elif help or listed is None:
            self.say(help or self.words("Answer the question above."))
        back, again, quit = map(self.verb, ("back", "again", "quit"))
        sentence = _(
            "{back} goes back, {again} says the last thing again, {quit} leaves; what was acknowledged is safe."
        )
        self.tell(sentence, back=back, again=again, quit=quit)
        if self.looks:
            looks = self.words(", ").join(map(self.verb, self.looks))
            self.tell("To look without leaving a question: {looks}.", looks=looks)

    def _leave(self) -> None:
        """Leave; where something is half written, ask first. Raises Quit."""
        if self.half_written and not self._leaves:
            self._leaves = True
            try:
                self.tell("Half written, and not in the log: “{text}”", text=self.half_written[-1])
                self.confirm("It is kept for when you come back. Leave?" if self.keeps_words else "Leave without it?")
            except Back:
                return
            finally:
                self._leaves = False
        raise Quit

    def _line(self) -> str | None:
        """What was typed; None where somebody was about to leave and stays."""
        self._write("> ")
        self.waits()
        try:
            line = self._read()
        except BrokenOff:
            self._write("\n")
            if not self._came:
                raise
            self.say(self._came)
            return None
        except KeyboardInterrupt:
            if self._leaves or not self.half_written:
                raise
            line = ""
        if not line:
            self._write("\n")
            self._leave()
            return None
        text = clean(line[:LONGEST], lines=False).strip()
        if self._echo:
            self._write(text[:ECHOED] + "\n")
        return text

    def no_such(self, word: str, names: Sequence[str]) -> None:
        """Say that a word does nothing here, and which is near it."""
        if not word:
            self.tell("Type one of the words.")
            return
        self.tell("'{word}' is nothing to type here; {help} says what is.", word=word[:40], help=self.verb("help"))
        if near := nearest(word, names):
            self.tell("Did you mean {near}?", near=near)

    def step_through(self, pages: Sequence[Sequence[str]], does: Callable[[str], bool] = lambda _text: False) -> str:
        """Read pages out, each when it is asked for, until the last or until somebody leaves the rest. Raises Quit.

        A line that `does` something else leaves the rest too, and is returned.
        """
        names = {name: self.verb(name) for name in ("next", "back", "again", "stop")}
        place, self.stepped = 0, []
        while place < len(pages):
            self.stepped += pages[place]
            for line in pages[place]:
                self.say(line)
            while True:
                try:
                    prompt = self.ask_once(PLACE, _("{n} of {of}."))
                    text = self.ask(prompt, self.words(STEPS, **names), n=place + 1, of=len(pages), **names)
                except Back:
                    if not place:
                        self.tell("This is the first.")
                        continue
                    place -= 1
                    break
                number = parse_count(text) or 0
                if verb(text) in ("", "next") or 1 <= number <= len(pages):
                    place = number - 1 if number else place + 1
                    break
                if verb(text) == "stop":
                    return ""
                if does(text):
                    return text
                self.say(self.words("Type {next}, {back}, {again} or {stop}.", **names))
        return ""
