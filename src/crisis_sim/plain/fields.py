"""One question of a form by ear: read out, typed, understood; what is typed behind an answer is for the next one.

A number is the key that an option has everywhere; a place on a scale is also picked by its value with a sign. Enter
keeps what was answered before, or leaves out what may be left out, and the question says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from crisis_sim.engine.actions import LONGEST_TEXT
from crisis_sim.pages.form import (
    FormAnswer,
    FormField,
    FormOption,
    able_options,
    group_keys,
    is_searched,
    is_yes_or_no,
    option_keys,
)
from crisis_sim.pages.form_lines import answer_words, option_words
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.plain.console import Console
from crisis_sim.plain.typed import (
    find_option,
    has_all,
    in_digits,
    match_leading_option,
    numeral,
    parse_count,
    picked,
    verb,
    without_percent,
    words_of,
)
from crisis_sim.problems import nearest
from crisis_sim.wording import _

EMPTY_ANSWER: Final = "-"
"""What is typed for no words or no options where Enter keeps those there are."""
LONG: Final = 5
"""Options above which a list that has been read out is counted the next time."""
FEW: Final = 2
"""Options that are read out however little is."""
_APART: Final = re.compile(r"[\s,、，　]+")
_SIGNED: Final = re.compile(r"[+-][0-9]{1,4}")
_NUMBER: Final = re.compile(r"^[−+-]?\d+ ?|（[−+-]?\d+）$")
"""The number of a place on a scale: before its word in English, behind it in Chinese."""


class Understood(NamedTuple):
    """What a line answers to a question."""

    answer: FormAnswer | None
    """None where it answers nothing, or nothing is answered for now."""
    rest: str = ""
    """What was typed behind it."""


def understand(field: FormField, text: str) -> Understood:
    """The answer with which a text begins."""
    options, keys = able_options(field), option_keys(field)
    match field.kind:
        case "one" if field.scale:
            return _place_on_scale(options, keys, text)
        case "one":
            first, _space, rest = text.partition(" ")
            if (whole := picked(text, options, keys)) is not None:
                return Understood(whole)
            if numeral(first):
                return Understood(picked(first, options, keys), rest.strip())
            return Understood(*match_leading_option(text, options))
        case "number":
            number = parse_count(without_percent(text))
            return Understood(None if number is None or number > field.maximum else str(number))
        case "text":
            is_number = parse_count(text) is not None and field.maximum < LONGEST_TEXT
            return Understood(None if is_number or not 0 < len(text) <= field.maximum else text)
        case _:
            names = [picked(word, options, keys) for word in words_of(text)]
            if names == [""]:
                return Understood(())
            return Understood(_several(field, [name for name in names if name], len(names)))


def _several(field: FormField, names: list[str], count: int) -> tuple[str, ...] | None:
    """Some of several in the form's order, or all of them in the order in which they were typed."""
    if len(names) < count or not names:
        return None
    if field.kind == "order":
        return tuple(names) if len(set(names)) == len(names) == len(field.options) else None
    return (
        tuple(option.name for option in field.options if option.name in names)
        if len(set(names)) <= field.maximum
        else None
    )


def _place_on_scale(options: Sequence[FormOption], keys: Mapping[str, str], text: str) -> Understood:
    """A place by its key, by its value with a sign, which may be a word of its own, or by its name."""
    for count in (1, 2):
        words = _APART.split(text.strip(), maxsplit=count)
        number = in_digits(" ".join(words[:count]))
        if numeral(number):
            return Understood(keys.get(str(int(number))), "".join(words[count:]))
        if _SIGNED.fullmatch(number):
            value = str(int(number))
            return Understood(
                value if any(option.name == value for option in options) else None, "".join(words[count:])
            )
    return Understood(find_option(text, [option._replace(label=_NUMBER.sub("", option.label)) for option in options]))


def pick(console: Console, asks: str, options: Iterable[FormOption], empty_label: str = "") -> str:
    """Ask somebody to pick from a list: the name of the option, or an empty text for Enter. Raises Back.

    `empty_label` says what Enter means.
    """
    field = FormField(
        "",
        "one",
        console.words(asks),
        options=tuple(options),
        skip_label=console.words(empty_label) if empty_label else "",
    )
    return str(FieldPrompt(console, field).ask().answer)


class FieldPrompt:
    """Asks one question."""

    def __init__(self, console: Console, field: FormField, leaves: str = "", follows: Sequence[FormField] = ()) -> None:
        """Enter keeps what was answered, or else leaves it out, or for now, where that is called something.

        What `follows` can be answered in the same line, also what nobody is led to.
        """
        self.console, self.field, self.say, self.follows = console, field, console.words, follows
        self.options = able_options(field)
        self.keys = {name: key for key, name in option_keys(field).items()}
        """The key of each option by its name."""
        enter_label = "" if field.answer is None else answer_words(field, self.say).rstrip(".。")
        enter_label = (
            self.say("it stays so") if enter_label and field.kind in ("many", "order") and field.answer else enter_label
        )
        self.enter = enter_label or field.skip_label or self.say(leaves)
        self.leaves_out = bool(field.answer and field.skip_label)
        """What was answered can be left out after all."""
        self.is_searched = is_searched(field)

    def ask(self) -> Understood:
        """What is answered, asked for until it is something. Raises Back."""
        console, field = self.console, self.field
        if not field.scale and (note := console.ask_once(field.note, "")):
            console.say(note)
        if is_yes_or_no(field):
            console.confirm(field.asks)
            return Understood("yes")
        if field.kind == "text" and field.answer:
            console.tell("Its words so far: {text}", text=field.answer)
        lead = None if field.scale or not self.options else self._count_unfolded if self.is_searched else self.count_out
        prompt, listed = self._prompt(), None if lead is None or self.is_searched else self.read_out
        while True:
            text = console.asked(prompt, self._help, lead=lead, listed=listed, answers=self._is_named)
            lead = None
            if not text and self.enter:
                return Understood(self._left_out() if field.answer is None else field.answer)
            if self.leaves_out and text == EMPTY_ANSWER:
                return Understood(() if field.kind == "many" else "")
            if folded := self._opened_by(text):
                self.read_out(folded)
                continue
            understood = understand(field, text)
            if understood.answer is not None:
                if field.kind == "text":
                    console.half_written.append(text)
                return understood
            self.complain(text)

    def _left_out(self) -> FormAnswer | None:
        """The answer that leaves it out; None where it is left for now."""
        if not self.field.skip_label:
            return None
        return () if self.field.kind == "many" else ""

    def _is_named(self, text: str) -> bool:
        is_named = self.field.kind != "text" and find_option(text, self.options) is not None
        return is_named or bool(self._opened_by(text))

    def _opened_by(self, text: str) -> list[FormOption]:
        """The folded options that a line lists: those of the group that it names or numbers, or all of them."""
        folded = [option for option in self.field.options if option.folded]
        if verb(text) == "more":
            return folded
        count = parse_count(text)
        group = text if count is None else group_keys(self.field).get(str(count), "")
        return [option for option in folded if option.group.casefold() == group.casefold()]

    def _count_unfolded(self) -> None:
        """Read what is not folded, or how much there is where all of that was heard."""
        unfolded = [option for option in self.options if not option.folded]
        new = [option for option in unfolded if self.console.ask_once(f"{self.field.name} {option.name}", "")]
        if new and self.console.reads != "less":
            self._read_unfolded()
        else:
            sentence = _("{n} to choose from; {help} reads them.")
            self.console.tell(sentence, n=len(self.options), help=self.console.verb("help"))

    def _read_unfolded(self) -> None:
        """Read what is not folded, and after it the groups by name, with the numbers that list them."""
        self.read_out([option for option in self.field.options if not option.folded])
        names = [f"{key}. {group}" for key, group in group_keys(self.field).items()]
        self.console.tell("By group: {names}.", names=self.say(", ").join(names))

    def _prompt(self) -> str:
        """The question, and what has not been said yet of how it is answered."""
        ways = [self.field.note] if self.field.scale else []
        ways += [self._way(), self._follows()]
        new_ways = (self.console.ask_once(way, "") for way in ways if way)
        out = self.say("A minus sign leaves them out.") if self.leaves_out else ""
        enter = self.say("Enter: {none}.", none=self.enter) if self.enter else ""
        if self.field.kind == "text" and self.field.answer:
            enter = self.say("Enter keeps these.")
        return one_after_another(filter(None, (self.field.asks, *new_ways, enter, out)))

    def _way(self) -> str:
        """How it is answered."""
        say, count = self.say, len(self.options)
        match self.field.kind:
            case "one" if self.field.scale:
                first, last = self.options[0], self.options[-1]
                ends = {"start": self._place_word(first), "end": self._place_word(last)}
                way = _("Type {first} for {start}, up to {last} for {end}.")
                sentence = say(way, first=self.keys[first.name], last=self.keys[last.name], **ends)
                noted = any(option.note for option in self.options)
                examples = say("Type {help} for examples.", help=self.console.verb("help"))
                return one_after_another((sentence, examples)) if noted else sentence
            case "one" if self.is_searched:
                way = _(
                    "Type its name or number, a word to look for, the number of a group, or {more} for all of them."
                )
                return say(way, more=self.console.verb("more"))
            case "one":
                return say("Type a number, 1 to {most}." if count > 1 else "Type 1.", most=count)
            case "many":
                return say("Type numbers with spaces between." if count > 1 else "Type 1.")
            case "order":
                return say("Type all {most} numbers with spaces between, the gravest first.", most=count)
            case "number":
                return say("Type 0 to {most}.", most=self.field.maximum)
            case _:
                return say("Type it in one line.")

    def _place_word(self, option: FormOption) -> str:
        """What a place of a scale is called behind its key."""
        return option.label.removeprefix(f"{self.keys[option.name]} ")

    def _follows(self) -> str:
        if not self.follows:
            return ""
        asks = one_after_another(field.asks for field in self.follows)
        sentence = _("The same line may go on and answer these; {help} reads how: {asks}")
        return self.say(sentence, help=self.console.verb("help"), asks=asks)

    def _help(self) -> None:
        """How it is answered, and what can be picked of what may follow."""
        rows: list[str] = []
        for option in self.options if self.field.scale else ():
            text = option_words(option._replace(label=self._place_word(option)), self.say)
            self.console.say(text, indent=4, mark=f"{self.keys[option.name]}.")
        if self.is_searched:
            self._read_unfolded()
        for field in (field for field in self.follows if field.aside):
            numbered = (
                f"{number}. {option_words(option, self.say)}" for number, option in enumerate(able_options(field), 1)
            )
            rows += [field.asks, *numbered]
        for row in (*rows, self._way()):
            self.console.say(row)

    def count_out(self) -> None:
        """Read what can be picked; of a long list that was heard how much it is, and what is new."""
        was_read = [not self.console.ask_once(option_words(option, self.say), "") for option in self.options]
        reads_less = self.console.reads == "less"
        if len(self.options) > (FEW if reads_less or self.field.skip_label else LONG) and (reads_less or any(was_read)):
            new = [
                option for option, is_heard in zip(self.options, was_read, strict=True) if not (is_heard or reads_less)
            ]
            sentence = _("{n} to choose from; {help} reads them. New among them:")
            sentence = sentence if new else _("{n} to choose from; {help} reads them.")
            self.console.tell(sentence, n=len(self.options), help=self.console.verb("help"))
            self.read_out(new)
        else:
            self.read_out()

    def read_out(self, only: Sequence[FormOption] | None = None) -> None:
        """Read what can be picked, or some of it, by group, with the numbers that pick it."""
        rows = self.field.options if only is None else only
        for option in (option for option in rows if option.closed):
            self.console.tell("Not now: {label}: {why}", label=option.label, why=option.closed)
        for group in dict.fromkeys(option.group for option in rows if not option.closed):
            if group:
                self.console.tell("{title}:", title=group)
            for option in (option for option in rows if option.group == group and not option.closed):
                text = option.label if group else option_words(option, self.say)
                self.console.say(text, indent=4, mark=f"{self.keys[option.name]}.")

    def complain(self, text: str) -> None:
        """Say why a text is no answer: of a list what has it, else what is near it."""
        console, field = self.console, self.field
        match field.kind:
            case "one" if field.scale:
                first, last = (self.keys[self.options[place].name] for place in (0, -1))
                console.tell("That is no number from {first} to {last}.", first=first, last=last)
            case "number":
                console.tell("That is no number from {first} to {last}.", first="0", last=field.maximum)
            case "order":
                sentence = _("That does not name each number from 1 to {most} once.")
                console.tell(sentence, most=len(self.options))
            case "text" if len(text) > field.maximum:
                sentence = _("These are {n} characters, and {most} are the most.")
                console.tell(sentence, n=f"{len(text):,}", most=f"{field.maximum:,}")
            case "text":
                console.tell("A number says nothing yet: say it in words." if text else "Nothing was typed.")
            case _ if not text:
                console.tell("Nothing was typed.")
            case "many" if field.maximum < len(words_of(text)):
                console.tell("{n} of them at most.", n=field.maximum)
            case _:
                self._no_option(text)

    def _no_option(self, text: str) -> None:
        having = [option for option in self.field.options if _has_all(option, text)]
        if len(having) > 1 or (self.is_searched and having):
            sentence = _("{n} of these have '{text}' in them. Type a number:")
            self.console.tell(sentence, n=len(having), text=text[:40])
            self.read_out(having)
            return
        word = next(
            (word for word in words_of(text) if picked(word, self.options, option_keys(self.field)) is None), text
        )
        message = self.say("'{text}' is not one of these.", text=word[:40])
        near = nearest(word, [option.name for option in self.options])
        self.console.say(self.say("{said} Did you mean {near}?", said=message, near=near) if near else message)


def _has_all(option: FormOption, text: str) -> bool:
    """Whether an option has every word of a text in it; of its group the name alone."""
    words = " ".join((option.name, option.label, option.note, option.search_words))
    return text.lower() == option.group.lower() or has_all(words, text)
