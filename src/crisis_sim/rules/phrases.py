"""The words for each key of a condition, as it is asserted and as it is denied.

Every phrase can stand after a comma, so that `explain` only has to join them. Numbers are written as in files. Ids are
shown by the name that is given for them, in quotation marks, or else with their hyphens taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from crisis_sim.numbers import shown
from crisis_sim.rules.authored import Range
from crisis_sim.rules.conditions import Condition, Made, MoveIs, Who
from crisis_sim.rules.names import TRACK_OF, How, Outcome

Phrase: TypeAlias = Callable[["Phrases", Condition, bool], str]
"""(phrases, condition that has the key, denied) → words."""

_WHO: Final[Mapping[Who, str]] = {
    "sender": "the sender",
    "receiver": "the receiver",
    "self": "the forecasting side",
    "other": "the other side",
    "either": "either side",
    "us": "the US",
    "china": "China",
}
_FAMILIES: Final = {
    "contact": "contact",
    "reassure": "reassurance",
    "cooperate": "cooperation",
    "restrain": "restraint",
    "inform": "information",
    "protest": "protest",
    "coerce": "coercion",
    "force": "use of force",
}
_COUNTED: Final = {"protest", "reassurance", "contact", "use of force", "act"}
_DELIVERY: Final[Mapping[Outcome, str]] = {
    "in-time": "in time",
    "late": "late",
    "unanswered": "unanswered",
    "too-low": "answered too low",
    "leaked": "leaked",
}
_ANSWERS: Final[Mapping[How, str]] = {
    "accept": "an acceptance",
    "decline": "a refusal",
    "counter": "a counter-offer",
    "holding": "a holding note",
}
_READOUTS: Final = {
    "match": "two readouts that match",
    "differ": "two readouts that differ",
    "one-sided": "one readout",
}


class Phrases:
    """Words for conditions, with names for ids."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def named(self, ident: str) -> str:
        """What people call it."""
        name = self._names.get(ident)
        return f"“{name}”" if name else ident.replace("-", " ")

    def either(self, idents: Sequence[str]) -> str:
        """`a, b or c`."""
        return _or([self.named(ident) for ident in idents])

    def kind_of_act(self, move: MoveIs) -> str:
        """What sort of act, without an article or any other quality."""
        families = _or([_FAMILIES.get(family, self.named(family)) for family in move.family or ()])
        if move.id is None:
            return families or "act"
        return f"{self.either(move.id)} that is {families}" if families else self.either(move.id)

    def qualities(self, move: MoveIs) -> str:
        """What else is asked of an act, beginning with a space where there is anything."""
        said = [
            f"over {self.either(move.channel)}" if move.channel else "",
            f"on track {_or([TRACK_OF[diplomacy] for diplomacy in move.diplomacy])}" if move.diplomacy else "",
            f"at {_or(move.level)} level" if move.level else "",
            f"as {_or([_ANSWERS[how] for how in move.answer])}" if move.answer else "",
            f"promising {self.either(move.promise)}" if move.promise else "",
            f"with the term {self.either(move.term)}" if move.term else "",
            f"with {move.illocution} words" if move.illocution else "",
            *(
                f"of {quality} {_range(bounds)}"
                for quality, bounds in (
                    ("class", move.severity),
                    ("costliness", move.costliness),
                    ("threat to face", move.face_threat),
                    ("ambiguity", move.ambiguity),
                )
                if bounds is not None
            ),
        ]
        return "".join(f" {words}" for words in said if words)

    def act(self, move: MoveIs) -> str:
        """An act in the middle of a sentence: `a protest or coercion in public`."""
        kind = self.kind_of_act(move)
        where = f" in {move.visibility}" if move.visibility else ""
        return f"{_article(kind)}{kind}{self.qualities(move)}{where}"

    def no_such_act(self, move: MoveIs) -> str:
        """The act at hand is another: `without the term package`, `any act but a protest`."""
        words = self.act(move).removeprefix("an act")
        if not words.startswith(" "):
            return f"any act but {words}"
        return f"without{words.removeprefix(' with')}" if words.startswith(" with ") else f"not{words}"

    def made(self, made: Made, when: str, denied: bool) -> str:
        """Acts of the record: `with no private inquiry by the sender in the last 6 hours`."""
        move = made.move
        kind = self.kind_of_act(move)
        where = f" in {move.visibility}" if move.visibility else ""
        by = "" if made.by == "either" else f" by {_WHO[made.by]}"
        about = " over or about the same channel" if made.about else ""
        count = "" if made.at_least == 1 else f" {'fewer than' if denied else 'at least'} {made.at_least} times"
        no = "no " if denied and made.at_least == 1 else _article(kind)
        lead = "with" if denied or when == " in the same turn" else "after"
        return f"{lead} {no}{kind}{self.qualities(move)}{where}{by}{about}{count}{_times(made, when)}"

    def line(self, c: Condition, denied: bool) -> str:
        """A line crossed or not, or its pressure."""
        assert c.line is not None
        name = self.named(c.line.id)
        crossed = (
            [f"the line {name} {'crossed' if c.line.crossed else 'not crossed'}"] if c.line.crossed is not None else []
        )
        pressure = [f"pressure on {name} {_range(c.line.pressure)}"] if c.line.pressure else []
        return f"{'without' if denied else 'with'} {' and '.join([*crossed, *pressure])}"

    def fact(self, c: Condition, denied: bool) -> str:
        """A named fact that holds, or does not."""
        assert c.fact is not None
        name = self.named(c.fact.id)
        of = "" if c.fact.of is None else f" for {_WHO[c.fact.of]}"
        if c.fact.lasting is not None:
            return f"while {name} has {'not ' if denied else ''}held{of} for at least {_hours(c.fact.lasting)}"
        return f"while {name} {'does not hold' if denied else 'holds'}{of}"

    def commitment(self, c: Condition, denied: bool) -> str:
        """A promise in force, kept or broken."""
        assert c.commitment is not None
        state = "kept" if c.commitment.state == "kept" else c.commitment.state.replace("-", " ")
        preposition = "for" if c.commitment.state == "in-force" else "by"
        is_ = "is not" if denied else "is"
        return f"while the promise {self.named(c.commitment.id)} {is_} {state} {preposition} {_WHO[c.commitment.by]}"


def _or(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _article(kind: str) -> str:
    first = kind.partition(" or ")[0].partition(",")[0]
    return f"{'an' if first[0] in 'aeio' else 'a'} " if first in _COUNTED else ""


def _range(bounds: Range | None, denied: bool = False) -> str:
    """`at least 2`, `at most 3`, `between 2 and 3`, `exactly 2`, or the opposite."""
    assert bounds is not None
    low, high = bounds.at_least, bounds.at_most
    if low is not None and high is not None:
        if low == high:
            return f"{'other than' if denied else 'exactly'} {shown(low)}"
        return f"{'outside' if denied else 'from'} {shown(low)} to {shown(high)}"
    if low is not None:
        return f"{'under' if denied else 'at least'} {shown(low)}"
    assert high is not None
    return f"{'over' if denied else 'at most'} {shown(high)}"


def _hours(hours: int) -> str:
    count, unit = (hours // 24, "day") if hours % 24 == 0 and hours > 24 else (hours, "hour")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _times(made: Made, when: str) -> str:
    said = [
        f" in the last {_hours(made.within)}" if made.within is not None else "",
        f" at least {_hours(made.ago)} ago" if made.ago is not None else "",
        (" in the last turn" if made.turns == 1 else f" in the last {made.turns} turns") if made.turns else "",
    ]
    bounded = "".join(said)
    return bounded if bounded and when != " in the same turn" else f"{bounded}{when}"


def _with(what: str) -> Callable[[Range | None, bool], str]:
    return lambda bounds, denied: f"with {what} {_range(bounds, denied)}"


def _not(said: str, denied: bool) -> str:
    return f"not {said}" if denied else said


def _move(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.move is not None
    if denied:
        return p.no_such_act(c.move)
    kind = p.kind_of_act(c.move)
    where = f"in {c.move.visibility}, " if c.move.visibility else ""
    return f"{where}{_article(kind)}{kind}{p.qualities(c.move)}"


def _delivery(p: Phrases, c: Condition, denied: bool) -> str:
    return f"with delivery {_not(_or([_DELIVERY[outcome] for outcome in c.delivery or ()]), denied)}"


def _answers(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.answers is not None
    return _not(f"in answer to {p.act(c.answers)}", denied)


def _read_as(p: Phrases, c: Condition, denied: bool) -> str:
    return f"{'unread or ' if denied else ''}read as {_range(c.read_as, denied)}"


def _repeated(p: Phrases, c: Condition, denied: bool) -> str:
    if c.repeated == 1:
        return _not("made before by the same side", denied)
    return f"made {'fewer than' if denied else 'at least'} {c.repeated} times before by the same side"


def _pressed(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.pressed is not None
    by = "" if c.pressed.by == "either" else f" by {_WHO[c.pressed.by]}"
    count = f"{'fewer than' if denied else 'at least'} {c.pressed.at_least} times"
    often = ("not " if denied else "") if c.pressed.at_least == 1 else f"{count} "
    turns = "" if c.pressed.turns is None else f" in the last {c.pressed.turns} turns"
    return f"on a line {often}pressed before{by}{turns}"


def _provocation(p: Phrases, c: Condition, denied: bool) -> str:
    classes = "class" if c.above_provocation == 1 else "classes"
    return _not(
        f"at least {c.above_provocation} {classes} above the worst act of the other side in the last two turns", denied
    )


def _trust(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.trust is not None
    return f"with the trust of {_WHO[c.trust.of]} {_range(c.trust, denied)}"


def _standing(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.standing is not None
    return f"with the standing of {_WHO[c.standing.of]} {_range(c.standing, denied)}"


def _injects(p: Phrases, c: Condition, denied: bool) -> str:
    names = p.either(c.inject or ())
    return f"before the inject {names}" if denied else f"after the inject {names}"


def _number(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.track is not None
    return f"with {p.named(c.track.id)} {_range(c.track, denied)}"


def _readiness(p: Phrases, c: Condition, denied: bool) -> str:
    assert c.readiness is not None
    return f"with the readiness of {p.named(c.readiness.id)} {_range(c.readiness, denied)}"


def _made(key: str, when: str) -> Phrase:
    return lambda p, c, denied: p.made(getattr(c, key), when, denied)


PHRASES: Final[Mapping[str, Phrase]] = {
    "always": lambda p, c, denied: "never" if denied else "always",
    "move": _move,
    "delivery": _delivery,
    "answers": _answers,
    "intent": lambda p, c, denied: _with("an intent of")(c.intent, denied),
    "read_as": _read_as,
    "above_provocation": _provocation,
    "repeated": _repeated,
    "first_on_channel": lambda p, c, denied: _not("the first such act on its channel", denied),
    "pressed": _pressed,
    "earlier": _made("earlier", " earlier"),
    "same_turn": _made("same_turn", " in the same turn"),
    "ever": _made("ever", " at any time so far"),
    "fact": lambda p, c, denied: p.fact(c, denied),
    "commitment": lambda p, c, denied: p.commitment(c, denied),
    "line": lambda p, c, denied: p.line(c, denied),
    "track": _number,
    "readiness": _readiness,
    "channel_readiness": lambda p, c, denied: _with("the readiness of its channel")(c.channel_readiness, denied),
    "tension": lambda p, c, denied: _with("tension")(c.tension, denied),
    "trust": _trust,
    "standing": _standing,
    "turn": lambda p, c, denied: _with("the turn")(c.turn, denied),
    "hour": lambda p, c, denied: _with("the hour")(c.hour, denied),
    "time_left": lambda p, c, denied: f"with {_range(c.time_left, denied)}% of the time left",
    "inject": _injects,
    "opening_mismatch": lambda p, c, denied: f"with openings that {'agree' if denied else 'differ'}",
    "blind_dilemma": lambda p, c, denied: (
        f"with {'no blind dilemma' if denied else 'each side meaning well and taking the other for hostile'}"
    ),
    "readouts": lambda p, c, denied: f"{'without' if denied else 'with'} {_READOUTS[c.readouts or 'match']}",
    "chance": lambda p, c, denied: f"{100 - (c.chance or 0) if denied else c.chance} times in a hundred",
}
"""What each key says."""
