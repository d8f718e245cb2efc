"""One question of a form by ear: read out, typed, understood; what is typed behind an answer is for the next one.

A number counts the list that was just read, or stands on a scale. Enter keeps what was said before, or leaves out what
may be left out, and the question says which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import Final, NamedTuple

from crisis_sim.engine.actions import LONGEST_TEXT
from crisis_sim.pages.blocks import capital
from crisis_sim.pages.form import FormAnswer, FormField, is_yes_or_no
from crisis_sim.pages.phrases import one_after_another
from crisis_sim.plain.console import Console
from crisis_sim.plain.options_read import (
    LONG,
    answer_words,
    is_read_by_name,
    is_searched,
    is_short,
    list_grouped,
    note_read,
    on_scale,
    option_read,
    options_read,
    word_of,
)
from crisis_sim.plain.typed import (
    PromptOption,
    begun,
    counted,
    in_digits,
    named,
    numbered,
    numeral,
    numerals,
    picked,
    verb,
    without_percent,
    words_of,
)
from crisis_sim.wording import _

NOTHING: Final = "-"
"""What is typed for no words where Enter keeps those there are."""
_APART: Final = re.compile(r"[\s,、，　]+")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,4}")


class FieldSaid(NamedTuple):
    """What somebody said to a question."""

    answer: FormAnswer | None
    """None where it is left for now."""
    rest: str = ""
    """What was typed behind it."""


class FieldPrompt:
    """Asks one question."""

    def __init__(
        self,
        console: Console,
        field: FormField,
        *,
        keeps: bool = False,
        leaves: str = "",
        follows: str = "",
        aside: Sequence[FormField] = (),
        known: frozenset[str] = frozenset(),
    ) -> None:
        """Enter `keeps` what was said, or else `leaves` it for now, where that is called something.

        `follows` says what else can be answered in the same line, and `aside` is what of it nobody is led to. What is
        `known` is not read out again: options of what may be left out, and what is to be known before.
        """
        self.console, self.field, self.say = console, field, console.words
        self.keeps, self.leaves, self.follows = keeps and field.said is not None, self.say(leaves), follows
        self.known, self.aside = known, aside
        is_long = bool(field.none) or len(field.options) > LONG
        was_read = options_read(field) <= known
        new = frozenset(each.name for each in field.options if option_read(field, each) not in known)
        self.new = new if is_long and 2 * len(new) <= len(field.options) else None
        """What of its options is read out; None where all are."""
        self.able = [
            PromptOption(each.name, each.label, each.note, each.beside) for each in field.options if not each.closed
        ]
        self.in_line = was_read and not is_long and all(map(is_short, self.able))
        """What can be picked goes into the question."""

    def asked(self, typed: str = "") -> FieldSaid:
        """What is said to it; as `typed` already, or asked for until it is something. Raises Back."""
        field = self.field
        if is_searched(field):
            return self._or_enter(self._searched(typed))
        match field.kind:
            case "one" if field.scale:
                return self._scale(typed)
            case "one" if is_yes_or_no(self.field):
                self._noted()
                self.console.confirm(self.field.asks, typed)
                return FieldSaid("yes")
            case "one":
                return self._one(typed)
            case "many":
                return self._many(typed)
            case "order":
                return self._order(typed)
            case "number":
                return self._number(typed)
            case _:
                return self._text(typed)

    @property
    def _enter(self) -> str:
        """What Enter says; empty where it says nothing."""
        if not self.keeps:
            return self.field.none or self.leaves
        if self.field.kind in ("many", "order") and self.field.said:
            return self.say("it stays so")
        return answer_words(self.field, self.say).rstrip(".。")

    def _or_enter(self, answer: FormAnswer | None, rest: str = "") -> FieldSaid:
        """An answer, or what Enter says."""
        if answer is not None:
            return FieldSaid(answer, rest)
        if self.keeps:
            return FieldSaid(self.field.said)
        if self.field.none:
            return FieldSaid(() if self.field.kind == "many" else "")
        return FieldSaid(None)

    def _options(self) -> list[PromptOption]:
        """What can be picked; where Enter keeps something, to leave it out too."""
        out = bool(self.keeps and self.field.none and self.field.said)
        return [*self.able, *([PromptOption("", self.field.none)] if out else [])]

    def _noted(self) -> None:
        if self.field.note and self.field.note not in self.known:
            self.console.say(self.field.note)

    def _one(self, typed: str) -> FieldSaid:
        options = self._options()
        if typed:
            first, _space, rest = typed.partition(" ")
            if self._is_counted(first) and (found := numbered(first, self.able)) is not None:
                return FieldSaid(found, rest.strip())
            named = [each for each in options if each.id]
            found, rest = begun(typed, named)
            if found is not None:
                return FieldSaid(found, rest)
            self.console.not_one(typed.split()[0], named)
        self._noted()
        for each in (each for each in self.field.options if each.closed):
            self.console.tell("Not now: {label}: {why}", label=each.label, why=each.closed)
        if self.in_line and not self._enter:
            return FieldSaid(self._picked_in_line(options))
        by_name = is_read_by_name(self.able) and self.console.reads != "more"
        briefly = self._briefly(options, by_name=by_name)
        help = self.say("Type ? for more of each.") if by_name else ""
        asks = self.console.once(one_after_another(filter(None, (self.field.asks, help))), self.field.asks)
        picked = self.console.pick(asks, options, none=self._enter, new=self.new, briefly=briefly)
        for of in (each for each in options if by_name and each.id == picked and each.note):
            if self._note_of(of) not in self.known:
                self.console.say(capital(of.note))
        return self._or_enter(picked)

    def _briefly(self, options: Sequence[PromptOption], *, by_name: bool = False) -> list[PromptOption]:
        """Without what has been said of them before, or without all of it."""
        return [each._replace(note="") if by_name or self._note_of(each) in self.known else each for each in options]

    def _note_of(self, option: PromptOption) -> str:
        return note_read(self.field, option.label, option.note)

    def _picked_in_line(self, options: list[PromptOption]) -> str:
        """The one of a few that have been read out before, each with its number in the question."""
        numbers = (self.say("{n} {label}", n=n, label=each.label) for n, each in enumerate(options, 1))
        asked = self.say("{asked} {options}.", asked=self.field.asks, options=self.say(", ").join(numbers))
        while True:
            text = self.console.asked(asked, options=options)
            found = picked(text, options)
            if found is not None:
                return found
            self.console.not_one(text, options)

    def _scale(self, typed: str) -> FieldSaid:
        first, last = (on_scale(each, self.say) for each in (self.able[0], self.able[-1]))
        ways = [self.field.note, self.say("Type a number, {first} to {last}.", first=first, last=last)]
        if any(each.note for each in self.able):
            ways.append(self.say("Type ? for examples."))
        if self._enter:
            ways.append(self.say("Enter: {none}.", none=self._enter))
        heard = [way if self.keeps and way is ways[-1] else self.console.once(way, "") for way in ways if way]
        prompt = one_after_another(filter(None, (self.field.asks, *heard)))
        if self.follows and self.follows not in self.known:
            prompt = one_after_another((prompt, self.follows))
        while True:
            text = typed or self.console.asked(prompt, self._scale_help())
            typed = ""
            if not text and self._enter:
                return self._or_enter(None)
            found, rest = self._placed(text)
            if found is not None:
                return FieldSaid(found, rest)
            ends = sorted(int(each.id) for each in self.able)
            least, most = (f"{end:+d}" if ends[0] < 0 else str(end) for end in (ends[0], ends[-1]))
            self.console.tell("That is no whole number from {least} to {most}.", least=least, most=most)

    def begins(self, text: str) -> bool:
        """Whether a text begins with an answer to a question of which one thing can be picked."""
        if self.field.scale:
            return self._placed(text)[0] is not None
        number = text.partition(" ")[0]
        if self._is_counted(number):
            return numbered(number, self.able) is not None
        return begun(text, self.able)[0] is not None

    def _is_counted(self, first: str) -> bool:
        """Whether a number ahead of its question counts its options: they have been read out, in this order."""
        return numeral(first) and (self.field.aside or self.in_line)

    def _placed(self, text: str) -> tuple[str | None, str]:
        """The place of the scale with which a text begins, as a number or by its name, and what follows."""
        for count in (1, 2):  # a sign may be a word of its own
            words = _APART.split(text.strip(), maxsplit=count)
            number = in_digits(" ".join(words[:count]))
            if _WHOLE.fullmatch(number):
                place = str(int(number))
                return (place if any(each.id == place for each in self.able) else None), "".join(words[count:])
        return named(text, [each._replace(label=word_of(each)) for each in self.able]), ""

    def _scale_help(self) -> str:
        noted = (
            self.say("{label} ({note})", label=on_scale(each, self.say), note=each.note)
            if each.note
            else on_scale(each, self.say)
            for each in self.able
        )
        aside = [(of.asks, *(f"{n}. {each.label}" for n, each in enumerate(of.options, 1))) for of in self.aside]
        return "\n".join(filter(None, (*noted, self.follows, *chain.from_iterable(aside))))

    def _many(self, typed: str) -> FieldSaid:
        self._noted()
        console = self.console
        lead = partial(console.count_out, self._briefly(self.able), self.new)
        is_one = len(self.able) == 1
        ways = [self.say("Type 1.") if is_one else self.say("Type numbers with spaces between.")]
        takes_none = bool(self.keeps and self.field.none and self.field.said)
        if takes_none:
            ways.append(self.say("A minus sign: none of them."))
        asked = console.whole(self.field.asks, *ways, none=self._enter)
        is_listed = False
        while True:
            text = typed or console.asked(asked, lead=None if is_listed else lead, options=self.able)
            words, is_listed, typed = words_of(text), not typed, ""
            if not words and self._enter:
                return self._or_enter(None)
            if takes_none and words == [NOTHING]:
                return FieldSaid(())
            found = [named(word, self.able) if counted(word) is None else numbered(word, self.able) for word in words]
            if not words or None in found:
                console.not_one(words[found.index(None)] if words else "", self.able)
            elif len(set(found)) > self.field.most:
                console.tell("{n} of them at most.", n=self.field.most)
            else:
                return FieldSaid(tuple(each.id for each in self.able if each.id in found))

    def _order(self, typed: str) -> FieldSaid:
        """The numbers count the options as they are given, whether or not they have been listed."""
        self._noted()
        numbers = [str(number) for number, _option in enumerate(self.able, 1)]
        way = self.say("Type all {most} numbers with spaces between, the gravest first.", most=len(numbers))
        asked = self.console.whole(self.field.asks, way, none=self._enter)
        text = typed
        while sorted(found := numerals(text)) != sorted(numbers):
            if text:
                self.console.tell("That does not name each number from 1 to {most} once.", most=len(numbers))
            text = self.console.asked(asked, lead=partial(self.console.read_out, self.able))
            if not text and self._enter:
                return self._or_enter(None)
        return FieldSaid(tuple(self.able[int(number) - 1].id for number in found))

    def _number(self, typed: str) -> FieldSaid:
        self._noted()
        way = self.say("Type 0 to {most}.", most=self.field.most)
        prompt = self.console.whole(self.field.asks, way, none=self._enter)
        prompt, help = self.console.once(prompt, self.field.asks), prompt
        while True:
            text = typed or self.console.asked(prompt, help)
            typed = ""
            if not text and self._enter:
                return self._or_enter(None)
            number = counted(without_percent(text))
            if number is not None and number <= self.field.most:
                return FieldSaid(str(number))
            self.console.tell("That is no number from 0 to {most}.", most=self.field.most)

    def _text(self, typed: str) -> FieldSaid:
        self._noted()
        help, has_words = "", self.keeps and bool(self.field.said)
        if has_words:
            self.console.tell("Its words so far: {text}", text=self.field.said)
            out = self.say("A minus sign leaves them out.") if self.field.none else ""
            prompt = self.console.whole(self.field.asks, self.say("Enter keeps these."), out)
        else:
            help = self.console.whole(self.field.asks, self.say("Type it in one line."), none=self._enter)
            prompt = self.console.once(help, self.field.asks)
        while True:
            text = typed or self.console.written(prompt, help)
            typed = ""
            if not text and self._enter:
                return self._or_enter(None)
            if has_words and self.field.none and text == NOTHING:
                return FieldSaid("")
            if text and not self._is_wrong(text):
                return FieldSaid(text)

    def _is_wrong(self, text: str) -> bool:
        """Whether such words are not taken; then it is said why."""
        if counted(text) is not None and self.field.most < LONGEST_TEXT:
            self.console.tell("A number says nothing yet: say it in words.")
        elif len(text) > self.field.most:
            told = _("These are {n} characters, and {most} are the most.")
            self.console.tell(told, n=f"{len(text):,}", most=f"{self.field.most:,}")
        else:
            return False
        return True

    def _searched(self, typed: str) -> str | None:
        """One of many, by name, by the number of those just listed, or by a word that it has in it."""
        text = typed
        names = self.console.verb("list")
        way = self.say("Type its name or number, a word to look for, or {list} for all.", list=names)
        asked = self.console.whole(self.field.asks, way, none=self._enter)
        while True:
            if text or not self._enter:
                is_all = verb(text) == "list"
                found = self.console.find(text, self.able) if text and not is_all else None
                if found is not None:
                    self.console.tell("{title}:", title=next(each.label for each in self.able if each.id == found))
                    self.console.listed = ()
                    return found
                if text and counted(text) is None:
                    found = list_grouped(self.console, self.field, "" if is_all else text, picks=not is_all)
                    if found is not None:
                        return found
            text = self.console.asked(asked, self._searched_help())
            if not text and self._enter:
                return None

    def _searched_help(self) -> str:
        groups = dict.fromkeys(each.group for each in self.field.options if each.group)
        return self.say("They are in groups: {names}.", names=self.say(", ").join(groups))
