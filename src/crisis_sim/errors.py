"""The few exceptions that people meet: each has a code for machines, a sentence, and a way out.

Mistakes in authored files are not here; they are `problems.Problem`s, many at once. A new class is made only where a
caller has to do something else, not to name another cause: the code does that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, ClassVar, TypeAlias

SentencePart: TypeAlias = str | int | tuple[str, ...]
"""Something that a refusal is about."""


class Sentence(str):
    """A sentence that knows what it was put together from, so that a door can say it in another language."""

    english: str
    plural: str
    parts: Mapping[str, object]

    def __new__(cls, english: str, *, plural: object = "", **parts: object) -> Sentence:
        """`parts` are put into the `{name}`s of `english`, or of `plural` where the part `n` is not 1."""
        said = str(plural) if plural and parts["n"] != 1 else english
        made = super().__new__(cls, said.format_map(parts) if parts else said)
        made.english, made.plural, made.parts = english, str(plural), parts
        return made

    @staticmethod
    def of(text: str) -> Sentence:
        """A text as a sentence; one that is a sentence already stays."""
        return text if isinstance(text, Sentence) else Sentence(text)

    def spelt(self, text: str) -> Sentence:
        """The same sentence with `text` for its English: made inert, or cut."""
        made = str.__new__(Sentence, text)
        made.english, made.plural, made.parts = self.english, self.plural, self.parts
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles with its parts, so that a worker process can hand it on."""
        return _put_together, (str(self), self.english, self.plural, self.parts)


Translate: TypeAlias = Callable[[str], str]
"""What puts a sentence, if it is a `Sentence`, into a reader's language; `str` leaves it in English."""


def commas(items: Sequence[str]) -> str:
    """Some things side by side, as a part of a sentence."""
    return reduce(lambda one, other: Sentence("{one}, {other}", one=one, other=other), items)


def listed(items: Sequence[str]) -> str:
    """Some things that have commas of their own, side by side."""
    return reduce(lambda one, other: Sentence("{one}; {other}", one=one, other=other), items)


def together(items: Sequence[str]) -> str:
    """One thing and another, as a part of a sentence; of three and more, the first side by side."""
    *before, last = items
    return Sentence("{one} and {other}", one=commas(before), other=last) if before else last


def either(items: Sequence[str]) -> str:
    """One thing or another, as a part of a sentence."""
    return reduce(lambda one, other: Sentence("{one} or {other}", one=one, other=other), items)


_NOT_VALID = Sentence("its name is not valid")
_SYSTEM = (
    Sentence("permission denied"),
    Sentence("no such file or directory"),
    Sentence("not a directory"),
    Sentence("is a directory"),
    Sentence("file name too long"),
    Sentence("too many levels of symbolic links"),
    Sentence("read-only file system"),
    Sentence("no space left on device"),
    Sentence("disk quota exceeded"),
    Sentence("input/output error"),
    Sentence("operation not permitted"),
    Sentence("device or resource busy"),
    Sentence("text file busy"),
    Sentence("no such device or address"),
    Sentence("cannot assign requested address"),
    Sentence("address already in use"),
    Sentence("file exists"),
    Sentence("directory not empty"),
    Sentence("too many open files"),
    Sentence("broken pipe"),
    Sentence("address already in use"),
    Sentence("cannot assign requested address"),
    Sentence("connection refused"),
    Sentence("connection reset by peer"),
    Sentence("connection timed out"),
    Sentence("network is unreachable"),
    Sentence("no route to host"),
    Sentence("name or service not known"),
    Sentence("temporary failure in name resolution"),
)
"""What systems say most often of files and addresses that they do not open; anything else stays in their own words."""


def why_not(error: Exception, otherwise: Sentence = _NOT_VALID) -> Sentence:
    """Why a file could not be opened, read or written, as the system says it; `otherwise` where it says nothing."""
    said = error.strerror if isinstance(error, OSError) else None
    return Sentence(said.lower()) if said else otherwise


class CrisisSimError(Exception):
    """Something that went wrong and can be said in one sentence; `str()` is that sentence, or what it is made of."""

    exit_code: ClassVar[int] = 1
    """What a command that ends with this returns to the shell."""

    def __init__(self, code: str, message: str, *, hint: str = "", **parts: object) -> None:
        """`code` is stable and kebab-case in parts (`channel/suspended`); `hint` says what to do instead.

        `parts` are put into the `{name}`s of both, where they are no `Sentence`s already: kept apart from its parts, a
        sentence can be said in Chinese.
        """
        self.message, self.hint = (
            each if isinstance(each, Sentence) else Sentence(each, **parts) for each in (message, hint)
        )
        self.code = code
        super().__init__(str(self.message))

    def told(self, translate: Translate) -> tuple[str, str]:
        """What went wrong, and what to do instead, in a reader's language."""
        return translate(self.message), translate(self.hint)

    def __str__(self) -> str:
        return str(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles with every field, so that a worker process can hand it on."""
        return _rebuilt, (type(self), self.args, self.__dict__)


class ActionRefused(CrisisSimError):
    """A seat asked for what the game does not allow at this point; nothing has changed.

    It has no sentence: `pages.refusals` makes one, and a way out, of code and parts.
    """

    parts: Mapping[str, SentencePart]

    def __init__(self, code: str, /, **parts: SentencePart) -> None:
        """`parts` say what was refused: ids, numbers and what somebody wrote, never a name or word in a language."""
        told = ", ".join(f"{name}={part!r}" for name, part in parts.items())
        super().__init__(code, f"{code} ({told})" if told else code)
        self.parts = parts

    @classmethod
    def heard(cls, code: str, parts: Mapping[str, SentencePart]) -> ActionRefused:
        """A refusal that was made elsewhere, as it came from there."""
        return cls(code, **parts)


class UnreadableInput(CrisisSimError):
    """A file or an argument that cannot be read at all, as against one that holds mistakes."""

    exit_code = 2


class LogDamaged(CrisisSimError):
    """A log whose bytes are not what was written, other than a torn last entry."""

    def __init__(self, code: str, message: str, *, line: int, last_good: int, hint: str, **parts: object) -> None:
        """`line` is the damaged line, from 1; `last_good` the seq of the last entry before it, 0 when there is none."""
        super().__init__(code, message, hint=hint, **parts)
        self.line = line
        self.last_good = last_good


class AcknowledgedLost(CrisisSimError):
    """Acts that were acknowledged are missing from a log's end; play goes on once somebody accepts that."""


class SessionLocked(CrisisSimError):
    """Another process writes this log."""

    exit_code = 2


class ModelGaveUp(CrisisSimError):
    """No answer of a model can be used, again and again, or none will come: play ends here."""


class StorageFailed(CrisisSimError):
    """The disk refused a write or a sync; the session pauses and what was acknowledged is safe."""

    @property
    def is_final(self) -> bool:
        """A log takes no more acts until it is opened anew; otherwise the act can be asked for again."""
        return self.code in _FINAL

    @property
    def notice(self) -> Sentence:
        """What stands on the screen of whoever runs the session as long as it is so."""
        return Sentence("Play stands still: {why}; {way_out}.", why=self.message, way_out=self.hint)


_FINAL = {f"storage/{kind}" for kind in ("sync", "torn", "interrupted", "displaced", "foreign", "closed")}


def _put_together(text: str, english: str, plural: str, parts: Mapping[str, object]) -> Sentence:
    return Sentence(english, plural=plural, **parts).spelt(text)


def _rebuilt(kind: type[CrisisSimError], args: tuple[Any, ...], fields: dict[str, Any]) -> CrisisSimError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(fields)
    return error
