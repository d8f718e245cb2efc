"""Lines in and lines out.

All that is written passes through here: cleaned, so that no byte of a scenario or a player is obeyed by a terminal, and
wrapped. All that is read comes from here, and three words are understood at every prompt: `?`, `back` and `quit`. A
number counts what was just listed, and nothing else; what is final is asked once.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeAlias, get_args

from crisis_sim.errors import CrisisSimError
from crisis_sim.pages.blocks import capital
from crisis_sim.pages.refusals import NAMELESS, RefusalNames, refusal
from crisis_sim.problems import nearest
from crisis_sim.rules.names import Language
from crisis_sim.text import clean, wrapped
from crisis_sim.wording import Say, _, speaker

WIDTH: Final = 78
"""Columns; the same everywhere, so that a session reads the same everywhere."""

LONGEST: Final = 20_000
"""Characters of an input line that are looked at."""

ECHOED: Final = 4_000
"""Characters of it that are written back."""

LOOKS: Final = 1.0
"""Seconds after which a wait for input is broken off for a moment, to heed a signal that came just before it."""

Help: TypeAlias = str | Callable[[], None]
"""What `?` says at a prompt: as it stands, or written by what lists it with numbers."""

_WIPE: Final = "\x1b[2J\x1b[3J\x1b[H"
"""Clear the screen and what can be scrolled back to."""


class Back(Exception):
    """Somebody went back from a prompt."""


class Quit(Exception):
    """Somebody leaves, or the input has ended."""


class PromptOption(NamedTuple):
    """Something that can be picked; its id is typed as it stands, the rest is in the reader's language."""

    id: str
    label: str
    note: str = ""


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
        self.listed: tuple[str, ...] = ()
        """The ids of the list that was just shown, in the order of their numbers."""

    @classmethod
    def here(cls, language: Language = "en") -> Console:
        """Standard input and output, as they are."""
        return cls(_read, _written, wipe=_wiping(), echo=not sys.stdin.isatty(), language=language)

    def say(self, text: str = "", *, indent: int = 0, mark: str = "") -> None:
        """Write a text; `mark` goes before its first line, in the indent."""
        lead = " " * indent
        for number, line in enumerate(wrapped(clean(text, lines=True), WIDTH - indent)):
            before = mark.ljust(indent) if number == 0 and mark else lead
            self._write((before + line).rstrip() + "\n")

    def tell(self, english: str, *, plural: object = "", indent: int = 0, mark: str = "", **words: object) -> None:
        """Write a sentence of the door's own, with its words put in, in the reader's language."""
        self.say(self.words(english, plural=plural, **words), indent=indent, mark=mark)

    def refused(self, refused: CrisisSimError, names: RefusalNames = NAMELESS) -> None:
        """Say why something was refused, and what to do instead."""
        why, instead = refusal(refused, self.language, names)
        self.tell("Refused: {why}. {instead}.", why=why, instead=capital(instead).rstrip("？"))

    def copy(self, text: str) -> None:
        """Write a path or a command on a line of its own, not wrapped, so that it can be copied."""
        self._write(f"  {clean(text, lines=False)}\n")

    def wipe(self) -> None:
        """Take everything out of sight."""
        self._write(self._wipe)

    def ask(self, prompt: str, help: Help = "", **words: object) -> str:
        """A line of what somebody typed, cleaned; empty for Enter alone. Raises Back or Quit.

        `prompt` is a sentence of the door's own, with its words put in.
        """
        return self._asked(self.words(prompt, **words), help)

    def confirm(self, question: str, said: str = "", **words: object) -> None:
        """Ask once before what is final; `said` with the command, as in `commit yes`, answers. Raises Back for no."""
        text = said
        while (sure := assent(text)) is None:
            text = self.ask("{question} Type yes or no.", question=self.words(question, **words)) or "no"
        if not sure:
            raise Back

    def _asked(self, prompt: str, help: Help) -> str:
        while True:
            self.say(prompt)
            text = self._line()
            match text.lower():
                case "?" | "help" | "？":
                    if callable(help):
                        help()
                    else:
                        self.say(help or self.words("Answer the question above."))
                    self.tell("back goes back, quit leaves; what was acknowledged is safe in the log.")
                case "back":
                    raise Back
                case "quit":
                    raise Quit
                case _:
                    return text

    def _line(self) -> str:
        self._write("> ")
        line = self._read()
        text = clean(line[:LONGEST], lines=False).strip()
        if self._echo:
            self._write(text[:ECHOED] + "\n")
        if not line:
            raise Quit
        return text

    def pick(self, prompt: str, options: Sequence[PromptOption], *, none: str = "", help: str = "") -> str | None:
        """The id of what somebody picked by number or name; None for Enter, where `none` says what that means."""
        self._list(options)
        asked = self.words("{asked} Type a number, 1 to {most}.", asked=self.words(prompt), most=len(options))
        if none:
            sentence = _("{asked} Type a number, 1 to {most}, or Enter: {none}.")
            asked = self.words(sentence, asked=self.words(prompt), most=len(options), none=self.words(none))
        while True:
            text = self._asked(asked, help)
            if not text and none:
                return None
            found = self._counted(text) if numeral(text) else named(text, options)
            if found is not None:
                self.listed = ()
                return found
            self._not_one(text, options)

    def _list(self, options: Sequence[PromptOption]) -> None:
        """What can be picked, with the numbers that pick it."""
        self.listed = tuple(option.id for option in options)
        for number, option in enumerate(options, 1):
            noted = self.words("{label} ({note})", label=option.label, note=option.note)
            self.say(noted if option.note else option.label, indent=4, mark=f"{number}.")

    def some(self, prompt: str, options: Sequence[PromptOption], typed: str = "") -> tuple[str, ...]:
        """The ids of those picked, in the order of the options; as `typed` with a command, or asked for."""
        self._list(options)
        asked = self.words("{asked} Type numbers with spaces between, or Enter for none.", asked=self.words(prompt))
        while True:
            text, typed = typed or self._asked(asked, ""), ""
            words = _words(text)
            found = [self._counted(word) if numeral(word) else named(word, options) for word in words]
            if None not in found:
                self.listed = ()
                return tuple(option.id for option in options if option.id in found)
            self._not_one(words[found.index(None)], options)

    def order(self, prompt: str, options: Sequence[PromptOption], typed: str = "") -> tuple[str, ...]:
        """The ids of all options in another order, by their numbers; as `typed` with a command, or asked for.

        The numbers count the options as they are given, whether or not they have been listed.
        """
        numbers = tuple(map(str, range(1, len(options) + 1)))
        text = typed
        while sorted(named := _numbers(text)) != sorted(numbers):
            if text:
                self.tell("That does not name each number from 1 to {most} once.", most=len(options))
            self._list(options)
            sentence = _("{asked} Type all {most} numbers with spaces between, the gravest first.")
            text = self._asked(self.words(sentence, asked=self.words(prompt), most=len(options)), "")
        self.listed = ()
        return tuple(options[int(number) - 1].id for number in named)

    def number(self, prompt: str, least: int, most: int, help: str = "", otherwise: int | None = None) -> int:
        """A whole number from `least` to `most`; Enter is `otherwise`, where that is given."""
        (number,) = self.numbers(prompt, least, most, 1, help, otherwise)
        return number

    def numbers(
        self, prompt: str, least: int, most: int, count: int, help: str = "", otherwise: int | None = None
    ) -> list[int]:
        """At least one whole number from `least` to `most` and at most `count`, as one line has them."""
        sentence = _("{asked} Type a number, {least} to {most}.")
        if otherwise is not None:
            sentence = _("{asked} Type a number, {least} to {most}, or Enter for {otherwise}.")
        asked = self.words(sentence, asked=self.words(prompt), least=least, most=most, otherwise=otherwise)
        while True:
            text = self._asked(asked, help)
            if not text and otherwise is not None:
                return [otherwise]
            with contextlib.suppress(ValueError):
                numbers = [int(word) for word in text[:20].replace("−", "-").split()]
                if 1 <= len(numbers) <= count and all(least <= number <= most for number in numbers):
                    return numbers
            self.tell("That is no whole number from {least} to {most}.", least=least, most=most)

    def find(self, text: str, options: Sequence[PromptOption]) -> str | None:
        """The id of the option that `text` names, or counts in the list that was just shown; None if it does neither.

        A number that is not on that list is refused with a sentence.
        """
        if not numeral(text):
            return named(text, options)
        found = self._counted(text)
        if any(option.id == found for option in options):
            return found
        self.tell("{number} is not a number of a list that was just shown. Type a word, or ? for help.", number=text)
        return None

    def begun(self, text: str, options: Sequence[PromptOption]) -> tuple[str | None, str]:
        """The id of the option that `text` begins with, and what follows; a sentence if it is none."""
        words = text.split()
        for count in range(len(words), 0, -1):
            if (found := named(" ".join(words[:count]), options)) is not None:
                return found, " ".join(words[count:])
        if words:
            self._not_one(words[0], options)
        return None, ""

    def _counted(self, number: str) -> str | None:
        place = int(number)
        return self.listed[place - 1] if 1 <= place <= len(self.listed) else None

    def _not_one(self, text: str, options: Sequence[PromptOption]) -> None:
        if not text:
            self.tell("Nothing was typed.")
            return
        said = self.words("'{text}' is not one of these.", text=text[:40])
        near = nearest(text, [option.id for option in options])
        self.say(self.words("{said} Did you mean {near}?", said=said, near=near) if near else said)


def _words(text: str) -> list[str]:
    """What stands between spaces and commas."""
    return text.replace(",", " ").replace("，", " ").replace("、", " ").split()


def _numbers(text: str) -> list[str]:
    """The same, with full-width digits as others."""
    return [str(int(word)) if word.isdecimal() and len(word) < 6 else word for word in _words(text)]


def numeral(text: str) -> bool:
    """Whether it counts something."""
    return text.isascii() and text.isdigit() and len(text) < 6


def assent(text: str) -> bool | None:
    """Yes or no, in any language of the doors; None if it is neither."""
    for word, sure in (("yes", True), ("no", False)):
        if text.lower() in (word, word[0], *(speaker(language)(word) for language in get_args(Language))):
            return sure
    return None


def without_assent(text: str) -> tuple[str, str]:
    """What was typed with a command, and a yes or no at its end."""
    rest, _, last = text.rpartition(" ")
    return (rest.strip(), last) if assent(last) is not None else (text, "")


def named(text: str, options: Sequence[PromptOption]) -> str | None:
    """The id of the option that `text` names by id or by how its label begins; None if it names none or several."""
    word = text.lower()
    exact = [option.id for option in options if word in (option.id.lower(), option.label.lower())]
    begun = [option.id for option in options if word and option.label.lower().startswith(word)]
    found = exact or begun
    return found[0] if len(found) == 1 else None


def _read() -> str:
    """A line of standard input; what cannot be read, such as a folder, has ended."""
    try:
        _await_input()
        return sys.stdin.readline()
    except OSError:
        return ""


def _await_input() -> None:
    """Wait for a typed line. A read would miss a signal that comes just before it, until the next line."""
    if os.name == "posix" and sys.stdin.isatty():
        while not select.select([sys.stdin], [], [], LOOKS)[0]:
            pass  # between two waits the interpreter heeds signals


def _written(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _wiping() -> str:
    """What takes everything out of sight here: a clearing sequence, blank lines, or a page break."""
    if not sys.stdout.isatty():
        return "\f\n"
    if os.environ.get("TERM", "dumb") == "dumb":
        return "\n" * 200
    return _WIPE
