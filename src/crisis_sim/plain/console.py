"""Lines in and lines out.

All that is written passes through here: cleaned, so that no byte of a scenario or a player is obeyed by a terminal, and
wrapped. All that is read comes from here, and three words are understood at every prompt: `?`, `back` and `quit`.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from crisis_sim.errors import ActionRefused
from crisis_sim.problems import nearest
from crisis_sim.text import clean, wrapped

WIDTH: Final = 78
"""Columns; the same everywhere, so that a session reads the same everywhere."""

LONGEST: Final = 20_000
"""Characters of an input line that are looked at."""

ECHOED: Final = 4_000
"""Characters of it that are written back."""

_WIPE: Final = "\x1b[2J\x1b[3J\x1b[H"
"""Clear the screen and what can be scrolled back to."""


class Back(Exception):
    """Somebody went back from a prompt."""


class Quit(Exception):
    """Somebody leaves, or the input has ended."""


class Option(NamedTuple):
    """Something that can be picked."""

    id: str
    label: str
    note: str = ""


class Console:
    """A place where people read and type."""

    def __init__(
        self, read: Callable[[], str], write: Callable[[str], object], *, wipe: str = "\f\n", echo: bool = False
    ) -> None:
        """`read` gives a line, empty at the end of input; `wipe` is written to take everything out of sight.

        With `echo`, what was read is written too: input from a file is not on the page by itself.
        """
        self._read = read
        self._write = write
        self._wipe = wipe
        self._echo = echo

    @classmethod
    def here(cls) -> Console:
        """Standard input and output, as they are."""
        typed = sys.stdin.isatty()
        return cls(_typed if typed else sys.stdin.readline, _written, wipe=_wiping(), echo=not typed)

    def say(self, text: str = "", *, indent: int = 0, mark: str = "") -> None:
        """Write a text; `mark` goes before its first line, in the indent."""
        lead = " " * indent
        for number, line in enumerate(wrapped(clean(text, lines=True), WIDTH - indent)):
            before = mark.ljust(indent) if number == 0 and mark else lead
            self._write((before + line).rstrip() + "\n")

    def refused(self, refused: ActionRefused) -> None:
        """Say why something was refused, and what to do instead."""
        self.say(f"Refused: {refused}. {refused.hint[:1].upper()}{refused.hint[1:]}.")

    def copy(self, text: str) -> None:
        """Write a path or a command on a line of its own, not wrapped, so that it can be copied."""
        self._write(f"  {clean(text, lines=False)}\n")

    def wipe(self) -> None:
        """Take everything out of sight."""
        self._write(self._wipe)

    def ask(self, prompt: str, help: str = "") -> str:
        """A line of what somebody typed, cleaned; empty for Enter alone. Raises Back or Quit."""
        while True:
            self.say(prompt)
            text = self._line()
            match text.lower():
                case "?" | "help":
                    self.say(help or "Answer the question above.")
                    self.say("back goes back, quit leaves; what was acknowledged is safe in the log.")
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

    def pick(self, prompt: str, options: Sequence[Option], *, none: str = "", help: str = "") -> str | None:
        """The id of what somebody picked by number or name; None for Enter, where `none` says what that means."""
        for number, option in enumerate(options, 1):
            self.say(f"{option.label}{f' ({option.note})' if option.note else ''}", indent=4, mark=f"{number}.")
        ending = f", or Enter: {none}." if none else "."
        while True:
            text = self.ask(f"{prompt} Type a number, 1 to {len(options)}{ending}", help)
            if not text and none:
                return None
            found = picked(text, options)
            if found is not None:
                return found
            self.say(_not_one(text, options))

    def some(self, prompt: str, options: Sequence[Option], help: str = "") -> tuple[str, ...]:
        """The ids of those picked, in the order of the options."""
        for number, option in enumerate(options, 1):
            self.say(f"{option.label}{f' ({option.note})' if option.note else ''}", indent=4, mark=f"{number}.")
        while True:
            text = self.ask(f"{prompt} Type numbers with spaces between, or Enter for none.", help)
            words = text.replace(",", " ").split()
            found = [picked(word, options) for word in words]
            if None not in found:
                return tuple(option.id for option in options if option.id in found)
            self.say(_not_one(words[found.index(None)], options))

    def number(self, prompt: str, least: int, most: int, help: str = "") -> int:
        """A whole number from `least` to `most`."""
        while True:
            text = self.ask(f"{prompt} Type a number, {least} to {most}.", help)
            with contextlib.suppress(ValueError):
                if len(text) < 10 and least <= (number := int(text.replace("−", "-"))) <= most:
                    return number
            self.say(f"That is no whole number from {least} to {most}.")


def picked(text: str, options: Sequence[Option]) -> str | None:
    """The id of the option that `text` names by number, by id, or by how its label begins; None if it names none."""
    if text.isascii() and text.isdigit() and len(text) < 6:
        place = int(text)
        return options[place - 1].id if 1 <= place <= len(options) else None
    word = text.lower()
    exact = [option.id for option in options if word in (option.id.lower(), option.label.lower())]
    begun = [option.id for option in options if word and option.label.lower().startswith(word)]
    found = exact or begun
    return found[0] if len(found) == 1 else None


def _not_one(text: str, options: Sequence[Option]) -> str:
    near = nearest(text, [option.id for option in options])
    return f"'{text[:40]}' is not one of these." + (f" Did you mean {near}?" if near else "")


def _typed() -> str:
    """A line typed at a terminal, with the line editing that the terminal has."""
    try:
        return sys.stdin.readline()
    except UnicodeDecodeError:
        return "\n"


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
