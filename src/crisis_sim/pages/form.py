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
    search_words: str = ""
    """By what else it is found, where it is looked for."""
    folded: bool = False
    """It stands under the name of its group, which opens; a search finds it all the same."""


class FormField(NamedTuple):
    """One question."""

    name: str
    kind: FieldKind
    asks: str
    answer: FormAnswer | None = None
    """None until it is answered."""
    options: tuple[FormOption, ...] = ()
    note: str = ""
    """What is to be known before."""
    maximum: int = 0
    """Characters of a text, the highest number, or how many can be chosen."""
    skip_label: str = ""
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
    return field.kind == "one" and len(field.options) == 1 and not field.skip_label and field.answer is not None


def able_options(field: FormField) -> list[FormOption]:
    """The options that can be chosen, in their order."""
    return [option for option in field.options if not option.closed]


def option_keys(field: FormField) -> dict[str, str]:
    """The name of the option that each key takes; empty for the one that leaves the question out.

    A scale that counts from 0 takes its own numbers, and everything else counts from 1 in the order of what can be
    chosen; what is folded counts on behind the keys of the groups. Whoever presses single keys has those up to 9;
    whoever types has all of them.
    """
    names = [option.name for option in able_options(field) if not option.folded]
    folded_names = [option.name for option in able_options(field) if option.folded]
    first = 0 if field.scale and names == [str(number) for number in range(len(names))] else 1
    keys = {"0": ""} if field.skip_label else {}
    keys |= {str(number): name for number, name in enumerate(names, first)}
    after_groups = first + len(names) + len(group_keys(field))
    return keys | {str(number): name for number, name in enumerate(folded_names, after_groups)}


def group_keys(field: FormField) -> dict[str, str]:
    """The group of folded options that each key opens: the keys after those of the options that are not folded."""
    first = 1 + sum(not option.folded for option in able_options(field))
    groups = dict.fromkeys(option.group for option in field.options if option.folded)
    return {str(number): group for number, group in enumerate(groups, first)}


def is_searched(field: FormField) -> bool:
    """Some of its options are folded, and are looked for."""
    return any(option.folded for option in field.options)


def is_yes_or_no(field: FormField) -> bool:
    """It asks whether something is to be done."""
    return field.kind == "one" and {option.name for option in field.options} == {"yes", "no"}


class FormLink(NamedTuple):
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
    intro: tuple[Block, ...] = ()
    """What is read before it is answered."""
    notes: tuple[Block, ...] = ()
    """What is to be known of what has been said."""
    submit: str = ""
    """What doing it is called; empty where nothing is done."""
    lacks: str = ""
    """Why it can't be done though all is answered; empty if it can."""
    action: AnyAction | None = None
    """None until it can be done."""
    asks: AnyHostAct | None = None
    """Likewise what is asked of the host instead, where it is no act of play."""
    next_form: str = ""
    """The form that comes after it, which is none that commits; empty for none."""
    links: tuple[FormLink, ...] = ()
    """What else can be done with the same thing."""
    final: str = ""
    """What is asked before it is done, where it cannot be taken back."""
    later: FormField | None = None
    """Words that are asked after what is still open; whoever is cut off meanwhile can write them already."""

    @property
    def commits_nothing(self) -> bool:
        """Whether it may open by itself: no key that was meant for something else does, seals or promises anything."""
        return not self.final and self.makes is None and not any(field.binding for field in self.fields)

    @property
    def makes(self) -> AnyAction | AnyHostAct | None:
        """What its answers make, whoever does it; None until it can be done."""
        return self.asks or self.action


class Questions:
    """The fields of a form as they are asked, each with what a sheet says of it."""

    def __init__(self, answers: FormSheet, defaults: FormSheet | None = None) -> None:
        """`given` is what holds where the sheet says nothing."""
        self.sheet = answers
        self.given: FormSheet = {} if defaults is None else defaults
        self.fields: list[FormField] = []

    @property
    def is_whole(self) -> bool:
        """Everything that has been asked, and has to be, is answered."""
        return all(field.answer is not None or field.aside for field in self.fields)

    def one(
        self,
        name: str,
        asks: str,
        options: Iterable[FormOption],
        *,
        note: str = "",
        skip_label: str = "",
        aside: bool = False,
        scale: bool = False,
        binding: bool = False,
    ) -> str | None:
        """One of several; empty where it is left out, None while it is not said. What has one way only is said."""
        offered = tuple(options)
        answer = self._answer_to(name)
        able = [option.name for option in offered if not option.closed]
        if not isinstance(answer, str) or not (answer in able or (answer == "" and skip_label)):
            answer = able[0] if len(able) == len(offered) == 1 and not skip_label else None
        cursor: str | None = "" if skip_label else None
        if answer is not None:
            cursor = answer
        elif able and not skip_label and not binding:
            cursor = able[len(able) // 2 if scale else 0]
        self.fields.append(
            FormField(
                name, "one", asks, answer, offered, note, 0, skip_label, aside, scale, binding=binding, cursor=cursor
            )
        )
        return answer

    def many(
        self,
        name: str,
        asks: str,
        options: Iterable[FormOption],
        *,
        note: str = "",
        skip_label: str = "",
        maximum: int = 0,
        binding: bool = False,
    ) -> tuple[str, ...] | None:
        """Some of several, in their own order; None while nothing is said of it."""
        offered, answer = tuple(options), self._answer_to(name)
        answer = (answer,) if isinstance(answer, str) and answer else answer
        picked = None if answer is None else tuple(option.name for option in offered if option.name in answer)
        self.fields.append(
            FormField(
                name,
                "many",
                asks,
                picked,
                offered,
                note,
                maximum or len(offered),
                skip_label,
                binding=binding,
                cursor="",
            )
        )
        return picked

    def text(
        self,
        name: str,
        asks: str,
        *,
        note: str = "",
        skip_label: str = "",
        maximum: int = LONGEST_TEXT,
        lines: bool = True,
    ) -> str | None:
        """Words; None while nothing is said, and where they are none and have to be."""
        answer = self._answer_to(name)
        words = clean(answer, lines=lines).strip()[:maximum] if isinstance(answer, str) else None
        if not words and not skip_label:
            words = None
        self.fields.append(FormField(name, "text", asks, words, (), note, maximum, skip_label, short=not lines))
        return words

    def whole(self, name: str, asks: str, maximum: int, *, note: str = "") -> int | None:
        """A whole number from 0."""
        answer = self._answer_to(name)
        typed = narrow(answer).removesuffix("%").strip() if isinstance(answer, str) else ""
        value = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(NO_LIMIT)) else None
        value = None if value is None or value > maximum else value
        shown = None if value is None else str(value)
        self.fields.append(FormField(name, "number", asks, shown, note=note, maximum=maximum))
        return value

    def order(self, name: str, asks: str, options: Iterable[FormOption], *, note: str = "") -> tuple[str, ...] | None:
        """All of several in an order."""
        offered, answer = tuple(options), self._answer_to(name)
        names = sorted(option.name for option in offered)
        order = tuple(answer) if isinstance(answer, tuple) and sorted(answer) == names else None
        self.fields.append(FormField(name, "order", asks, order, offered, note))
        return order

    def _answer_to(self, name: str) -> FormAnswer | None:
        return self.sheet.get(name, self.given.get(name))

    def form(
        self,
        name: str,
        title: str,
        submit: str,
        action: AnyAction | None,
        *,
        intro: Iterable[Block] = (),
        notes: Iterable[Block] = (),
        lacks: str = "",
        next_form: str = "",
        links: Iterable[FormLink] = (),
        final: bool | str = False,
    ) -> Form:
        """The form; nothing is done before all is answered, nor where it `lacks` something.

        `final` is what is asked before it is done, or that the title asks it.
        """
        ready_action = action if self.is_whole and not lacks else None
        fields, shown, note_blocks = tuple(self.fields), tuple(intro), tuple(notes)
        asks = title if final is True else final or ""
        return Form(
            name, title, fields, shown, note_blocks, submit, lacks, ready_action, None, next_form, tuple(links), asks
        )
