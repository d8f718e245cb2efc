"""Lines in and lines out.

All that is written passes through here: cleaned, so that no byte of a scenario or a player is obeyed by a terminal,
wrapped, and without signs that a voice would read wrongly. All that is read comes from here, and at every prompt a few
words are understood: `?`, `again`, `back`, `quit`, `more` and `less`, and whatever can be looked at just then. None of
them loses what is half written. A number counts what was just listed, and nothing else; what is final is asked once.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from socket import socket
from time import monotonic
from typing import Final, TypeAlias

from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.blocks import capital
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.pages.refusals import NAMELESS, RefusalNames, refusal
from crisis_sim.plain.reading_level import COUNTED, COUNTED_NEW, FEW, TOLD, Reads, beside, first_sentence
from crisis_sim.plain.spoken import spoken
from crisis_sim.plain.standard_streams import BrokenOff, never, read_line, wiping, written
from crisis_sim.plain.typed import (
    VERBS,
    PromptOption,
    assent,
    counted,
    has,
    named,
    noted,
    picked,
    spelled,
    verb,
)
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
        self.listed: tuple[str, ...] = ()
        """The ids of the list that was just shown, in the order of their numbers."""
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
        self._leaves, self._came = False, ""

    @classmethod
    def here(cls, language: Language = "en", reads: Reads = "usual") -> Console:
        """Standard input and output, as they are."""
        echo = not sys.stdin.isatty()
        console = cls(str, written, wipe=wiping(), echo=echo, language=language, reads=reads)
        console._read = lambda: read_line(console.is_left, console.stirs)
        return console

    def say(self, text: str = "", *, indent: int = 0, mark: str = "") -> None:
        """Write a text; `mark` goes before its first line, in the indent."""
        lead = " " * indent
        for number, line in enumerate(wrapped(spoken(clean(text, lines=True), self.words), WIDTH - indent)):
            before = mark.ljust(indent) if number == 0 and mark else lead
            self._say((before + line).rstrip() + "\n")

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
        others = spelled(VERBS, self.language).get(name, ()) if self.language != "en" else ()
        return others[0] if others else name

    def copy(self, text: str) -> None:
        """Write a path or a command on a line of its own, not wrapped, so that it can be copied."""
        self._say(f"  {clean(text, lines=False)}\n")

    def wipe(self) -> None:
        """Take everything out of sight, and out of what can be said again or looked at."""
        self._write(self._wipe)
        self.forget()

    def forget(self) -> None:
        """Let nothing of who sat here last be said again or looked at."""
        self.looks, self.listed, self.came_up = {}, (), str
        self.explained = set()
        self._heard, self._last_heard = [], []
        self.half_written.clear()

    def once(self, prompt: str, after: str) -> str:
        """A question whole the first time, and then what is asked in its place."""
        if prompt in self.explained and self.reads != "more":
            return after
        self.explained.add(prompt)
        return prompt

    def whole(self, asked: str, *ways: str, none: str = "") -> str:
        """A question with how it is answered, and with what Enter says where that is called something."""
        enter = self.words("Enter: {none}.", none=none) if none else ""
        return one_after_another(filter(None, (asked, *ways, enter)))

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

    def written(self, prompt: str, help: str = "") -> str:
        """The same for words of somebody's own, which nobody leaves behind without being asked; `prompt` is whole."""
        text = self.asked(prompt, help)
        if text:
            self.half_written.append(text)
        return text

    def confirm(self, question: str, said: str = "", **words: object) -> None:
        """Ask once before what is final; `said` with the command, as in `commit yes`, answers. Raises Back for no."""
        asked = self.words("{question} Type yes or no.", question=self.words(question, **words))
        while (sure := assent(said)) is None:
            said = self.asked(asked, whole=True) or "no"
        if not sure:
            raise Back

    def asked(
        self,
        prompt: str,
        help: Help = "",
        *,
        lead: Callable[[], None] | None = None,
        options: Sequence[PromptOption] = (),
        whole: bool = False,
    ) -> str:
        """A line that is none of the words for every prompt; `lead` is what the prompt counts."""
        prompt = _ALONE.sub(self.verb("help"), prompt)
        unsaid = help if self.reads == "more" and isinstance(help, str) else ""
        if lead is not None:
            lead()
        while True:
            self._last_heard = heard = list(self._heard) or self._last_heard
            self.say(prompt if whole or self.reads != "less" else first_sentence(prompt))
            if unsaid:
                self.say(unsaid)
            unsaid = ""
            text = self._line()
            if text is None:
                continue
            word = narrow(text).lower()
            word = word if options and named(text, options) else verb(word)
            self._heard = []
            match word:
                case "help":
                    self._helped(help, options)
                    continue
                case "again":
                    for line in heard:
                        self._say(line)
                    continue
                case "back":
                    raise Back
                case "quit":
                    self._leave()
                case "more" | "less":
                    self.reads = beside(self.reads, 1 if word == "more" else -1)
                    self.tell(TOLD[self.reads], help=self.verb("help"))
                case _ if word in self.looks and not (options and named(text, options)):
                    self.listed = ()
                    self.looks[word]()
                case _:
                    return text
            if lead is not None:
                lead()

    def _helped(self, help: Help, options: Sequence[PromptOption]) -> None:
        self.read_out(options)
        if callable(help):
            help()
        elif help or not options:
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

    def pick(
        self,
        prompt: str,
        options: Sequence[PromptOption],
        *,
        none: str = "",
        help: str = "",
        new: AbstractSet[str] | None = None,
        briefly: Sequence[PromptOption] = (),
    ) -> str | None:
        """The id of what somebody picked by number or name; None for Enter, where `none` says what that means.

        Where some are known, options are counted, and the `new` ones read out; `briefly` is how, if not whole.
        """
        way = self.words("Type a number, 1 to {most}." if len(options) > 1 else "Type 1.", most=len(options))
        way = "" if self._is_counted(options, new) else way
        asked = self.whole(self.words(prompt), way, none=self.words(none) if none else "")
        lead: Callable[[], None] | None = partial(self.count_out, briefly or options, new)
        while True:
            text, lead = self.asked(asked, help, lead=lead, options=options), None
            if not text and none:
                return None
            found = picked(text, options)
            if found is not None:
                return found
            self.not_one(text, options)

    def _is_counted(self, options: Sequence[PromptOption], new: AbstractSet[str] | None) -> bool:
        return (new is not None or self.reads == "less") and len(options) > FEW

    def count_out(self, options: Sequence[PromptOption], new: AbstractSet[str] | None = None) -> None:
        """What can be picked, or where less is read out or it is known how much it is, and what is new of it."""
        if not self._is_counted(options, new):
            self.read_out(options)
            return
        self.tell(COUNTED_NEW if new else COUNTED, n=len(options), help=self.verb("help"))
        self.read_out(options, new or frozenset())

    def read_out(self, options: Sequence[PromptOption], only: AbstractSet[str] | None = None) -> None:
        """What can be picked, with the numbers that pick it; all of it, or these."""
        before = 0
        for number, option in enumerate(options, 1):
            if only is None or option.id in only:
                briefly = option.beside if before == number - 1 else ""
                self.say(briefly or noted(option, self.words), indent=4, mark=f"{number}.")
                before = number

    def find(self, text: str, options: Sequence[PromptOption]) -> str | None:
        """The id of the option that `text` names, or counts in the list that was just shown; None if it does neither.

        A number that is not on that list is refused with a sentence.
        """
        if (place := counted(text)) is None:
            return named(text, options)
        found = self.listed[place - 1] if 1 <= place <= len(self.listed) else None
        if any(option.id == found for option in options):
            return found
        said = _("{number} is not a number of a list that was just shown. Type a word, or {help}.")
        self.tell(said, number=text, help=self.verb("help"))
        return None

    def no_such(self, word: str, names: Sequence[str]) -> None:
        """Say that a word does nothing here, and which is near it."""
        near = nearest(word, names) if word else None
        if word:
            self.tell("'{word}' is nothing to type here; {help} says what is.", word=word[:40], help=self.verb("help"))
        else:
            self.tell("Type one of the words.")
        if near:
            self.tell("Did you mean {near}?", near=near)

    def not_one(self, text: str, options: Sequence[PromptOption]) -> None:
        """Say that what was typed is none of these, and which is near it."""
        if not text:
            self.tell("Nothing was typed.")
            return
        said = self.words("'{text}' is not one of these.", text=text[:40])
        several = [(number, option.label) for number, option in enumerate(options, 1) if has(option.label, text)]
        if len(several) > 1:
            self.tell("{n} of these have '{text}' in them. Type a number:", n=len(several), text=text[:40])
            for number, label in several:
                self.say(label, indent=4, mark=f"{number}.")
            return
        near = nearest(text, [option.id for option in options])
        self.say(self.words("{said} Did you mean {near}?", said=said, near=near) if near else said)
