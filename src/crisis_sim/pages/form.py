"""Forms: what a seat is asked before it acts, as facts for asking, and the action that its answers make.

A form is made anew of what a seat sees and of a half-written sheet, field after field; what hangs on an answer stands
in it once that is given. So whoever asks keeps the sheet, and nothing else keeps any of it. An answer that no longer
can be given counts as none. A form holds plain text and blocks, and no door is named in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from crisis_sim.engine.actions import LONGEST_TEXT, AnyAction
from crisis_sim.pages.blocks import Block
from crisis_sim.session.places import AnyHostAct
from crisis_sim.text import clean, narrow

FormAnswer: TypeAlias = str | tuple[str, ...]
FormSheet: TypeAlias = Mapping[str, FormAnswer]
"""What has been answered, by field; an empty answer leaves out what may be left out."""
NO_SHEET: Final[FormSheet] = MappingProxyType({})
FieldKind: TypeAlias = Literal["one", "many", "text", "number", "order"]
NO_LIMIT: Final = 10_000


class FormOption(NamedTuple):
    """Something that can be chosen."""

    name: str
    label: str
    note: str = ""
    """What is to be known of it."""
    group: str = ""
    """Under what it stands, where there are many."""
    closed: str = ""
    """Why it can't be chosen now; empty if it can."""
    sought: str = ""
    """By what else it is found, where it is looked for."""


class FormField(NamedTuple):
    """One question."""

    name: str
    kind: FieldKind
    asks: str
    said: FormAnswer | None = None
    """None until it is answered."""
    options: tuple[FormOption, ...] = ()
    note: str = ""
    """What is to be known before."""
    most: int = 0
    """Characters of a text, the highest number, or how many can be chosen."""
    none: str = ""
    """What leaving it out is called; empty where it has to be said."""
    aside: bool = False
    """It can be said, and nobody is led to it."""
    scale: bool = False
    """Its options are numbers, from one end to the other."""
    short: bool = False
    """Words in one line."""
    binding: bool = False
    """What is chosen binds us once it has gone out: a promise, a term, an answer to a request."""
    cursor: str | None = None
    """The option on which a cursor begins; empty for what leaves it out or goes on, None for none of them."""


def has_one_way(field: FormField) -> bool:
    """Nothing is to be chosen."""
    return field.kind == "one" and len(field.options) == 1 and not field.none and field.said is not None


def is_yes_or_no(field: FormField) -> bool:
    """It asks whether something is to be done."""
    return field.kind == "one" and {option.name for option in field.options} == {"yes", "no"}


class FormDoor(NamedTuple):
    """Something that can be opened: a form by its name."""

    name: str
    label: str
    closed: str = ""
    """Why it can't be opened now though it keeps its place; empty if it can."""


class Form(NamedTuple):
    """What is asked, and what comes of it."""

    name: str
    title: str
    fields: tuple[FormField, ...] = ()
    before: tuple[Block, ...] = ()
    """What is read before it is answered."""
    after: tuple[Block, ...] = ()
    """What is to be known of what has been said."""
    submit: str = ""
    """What doing it is called; empty where nothing is done."""
    lacks: str = ""
    """Why it can't be done though all is answered; empty if it can."""
    action: AnyAction | None = None
    """None until it can be done."""
    asks: AnyHostAct | None = None
    """Likewise what is asked of the host instead, where it is no act of play."""
    then: str = ""
    """The form that comes after it."""
    doors: tuple[FormDoor, ...] = ()
    """What else can be done with the same thing."""
    final: str = ""
    """What is asked before it is done, where it cannot be taken back."""

    @property
    def makes(self) -> AnyAction | AnyHostAct | None:
        """What its answers make, whoever does it; None until it can be done."""
        return self.asks or self.action


class Questions:
    """The fields of a form as they are asked, each with what a sheet says of it."""

    def __init__(self, sheet: FormSheet, given: FormSheet | None = None) -> None:
        """`given` is what holds where the sheet says nothing."""
        self.sheet = sheet
        self.given: FormSheet = {} if given is None else given
        self.fields: list[FormField] = []

    @property
    def is_whole(self) -> bool:
        """Everything that has been asked, and has to be, is answered."""
        return all(field.said is not None or field.aside for field in self.fields)

    def one(
        self,
        name: str,
        asks: str,
        options: Iterable[FormOption],
        *,
        note: str = "",
        none: str = "",
        aside: bool = False,
        scale: bool = False,
        binding: bool = False,
    ) -> str | None:
        """One of several; empty where it is left out, None while it is not said. What has one way only is said."""
        offered = tuple(options)
        said = self._said(name)
        able = [each.name for each in offered if not each.closed]
        if not isinstance(said, str) or not (said in able or (said == "" and none)):
            said = able[0] if len(able) == len(offered) == 1 and not none else None
        cursor: str | None = "" if none else None
        if said is not None:
            cursor = said
        elif able and not none and not binding:
            cursor = able[len(able) // 2 if scale else 0]
        self.fields.append(
            FormField(name, "one", asks, said, offered, note, 0, none, aside, scale, binding=binding, cursor=cursor)
        )
        return said

    def many(
        self,
        name: str,
        asks: str,
        options: Iterable[FormOption],
        *,
        note: str = "",
        none: str = "",
        most: int = 0,
        binding: bool = False,
    ) -> tuple[str, ...] | None:
        """Some of several, in their own order; None while nothing is said of it."""
        offered, said = tuple(options), self._said(name)
        said = (said,) if isinstance(said, str) and said else said
        picked = None if said is None else tuple(each.name for each in offered if each.name in said)
        self.fields.append(
            FormField(name, "many", asks, picked, offered, note, most or len(offered), none, binding=binding, cursor="")
        )
        return picked

    def text(
        self, name: str, asks: str, *, note: str = "", none: str = "", most: int = LONGEST_TEXT, lines: bool = True
    ) -> str | None:
        """Words; None while nothing is said, and where they are none and have to be."""
        said = self._said(name)
        words = clean(said, lines=lines).strip()[:most] if isinstance(said, str) else None
        if not words and not none:
            words = None
        self.fields.append(FormField(name, "text", asks, words, (), note, most, none, short=not lines))
        return words

    def whole(self, name: str, asks: str, most: int, *, note: str = "") -> int | None:
        """A whole number from 0."""
        said = self._said(name)
        typed = narrow(said).removesuffix("%").strip() if isinstance(said, str) else ""
        value = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(NO_LIMIT)) else None
        value = None if value is None or value > most else value
        shown = None if value is None else str(value)
        self.fields.append(FormField(name, "number", asks, shown, note=note, most=most))
        return value

    def order(self, name: str, asks: str, options: Iterable[FormOption], *, note: str = "") -> tuple[str, ...] | None:
        """All of several in an order."""
        offered, said = tuple(options), self._said(name)
        names = sorted(each.name for each in offered)
        order = tuple(said) if isinstance(said, tuple) and sorted(said) == names else None
        self.fields.append(FormField(name, "order", asks, order, offered, note))
        return order

    def _said(self, name: str) -> FormAnswer | None:
        return self.sheet.get(name, self.given.get(name))

    def form(
        self,
        name: str,
        title: str,
        submit: str,
        action: AnyAction | None,
        *,
        before: Iterable[Block] = (),
        after: Iterable[Block] = (),
        lacks: str = "",
        then: str = "",
        doors: Iterable[FormDoor] = (),
        final: bool | str = False,
    ) -> Form:
        """The form; nothing is done before all is answered, nor where it `lacks` something.

        `final` is what is asked before it is done, or that the title asks it.
        """
        done = action if self.is_whole and not lacks else None
        fields, shown, known = tuple(self.fields), tuple(before), tuple(after)
        asks = title if final is True else final or ""
        return Form(name, title, fields, shown, known, submit, lacks, done, None, then, tuple(doors), asks)
