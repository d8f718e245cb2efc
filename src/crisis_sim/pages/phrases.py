"""The words that pages are made of: how hostile, how sure, how much is left, who, and on what a line or channel stands.

What the scenario and the packs say comes from the dossier; here is only what stands between. Lists go from least to
most; English is the key of the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from crisis_sim.engine.actions import SeatName
from crisis_sim.rules.names import Audience, Purpose, Side, Taker
from crisis_sim.wording import Say, _, plain

HOSTILITY: Final = (
    *(_("very friendly"), _("friendly"), _("rather friendly"), _("neutral")),
    *(_("rather hostile"), _("hostile"), _("very hostile")),
)
"""For −3 … +3."""
EXAMPLES: Final = (
    *(_("a secret shared to help"), _("help with no strings"), _("a question asked first"), _("a plain fact")),
    *(_("a quiet protest"), _("blame in public"), _("a threat of force")),
)
"""Something that most would place there, for −3 … +3."""
AUDIENCES: Final[Mapping[Audience, tuple[str, str]]] = {
    "them": (_("them"), _("us", "an audience")),
    "home": (_("home"), _("their home")),
    "third-parties": (_("third parties"), _("third parties")),
    "allies": (_("allies"), _("their allies")),
}
"""Whom public words are mainly meant for, as their sender says it and as their reader does."""
TAKERS: Final[Mapping[Taker, str]] = {
    "desk": _("a desk officer"),
    "deputy": _("a deputy"),
    "minister": _("a minister or above"),
}
PURPOSES: Final[Mapping[Purpose, tuple[str, str]]] = {
    "inform": (_("to inform"), _("that they have it for certain")),
    "ask": (_("to ask"), _("to learn or get something")),
    "settle": (_("to settle a principle"), _("how such things are done, before this case")),
    "seen": (_("to be seen talking"), _("that others see us talk")),
}
"""What a side wants of a call, in a word and as it is explained."""
CONFIDENCE: Final = (_("a guess"), _("not sure"), _("fairly sure"), _("certain"))
"""For 1 … 4."""
TEAM: Final[Mapping[SeatName, str]] = {"us": _("United States"), "china": _("China")}
CHANCES: Final = (
    *((0, _("surely not")), (10, _("very unlikely")), (30, _("unlikely")), (40, _("rather not")), (50, _("even"))),
    *((60, _("rather likely")), (80, _("likely")), (99, _("very likely")), (100, _("surely"))),
)
"""Up to how much of 100 each word goes."""
LITTLE: Final = 12
"""Up to which percent a clock is nearly gone: an eighth, what most turns take."""
CLOCK_WORDS: Final = (
    *(
        (0, _("gone")),
        (LITTLE, _("nearly gone")),
        (24, _("little left")),
        (49, _("over half gone")),
        (99, _("plenty left")),
    ),
    (100, _("full")),
)
"""Up to which percent of a clock each word goes."""
LINE_WORDS: Final[Mapping[str, str]] = {
    "quiet": _("quiet"),
    "pressed": _("pressed"),
    "near": _("near its limit"),
    "full": _("at its limit"),
    "concluded": _("on alert"),
    "claimed": _("held crossed"),
    "crossed": _("crossed"),
    "aside": _("set aside"),
}
"""By `LineFacts.state`."""
OUTCOMES: Final[Mapping[str, str]] = {"agreed": _("agreed"), "talked": _("talked"), "disagreed": _("disagreed")}
"""By `AccountFacts.outcome`."""
METER_MOST: Final = 1_000
"""10, in hundredths: the most that trust and standing can be."""


def hostility(say: Say, value: int) -> str:
    """−3 … +3 in words."""
    return say(HOSTILITY[value + 3])


def format_signed(value: int | None) -> str:
    """−3 … +3 as it is written: −2, 0, +1, and – where there is no value."""
    if value is None:
        return "–"
    return f"+{value}" if value > 0 else f"−{-value}" if value < 0 else "0"


def format_hostility(value: int, say: Say) -> str:
    """−3 … +3 as it is written, and in words."""
    return say("{value} {word}", value=format_signed(value), word=hostility(say, value))


def meant_for(audience: Audience, say: Say, *, by_reader: bool = False) -> str:
    """Whom public words are mainly meant for, as their sender says it, or whoever read them."""
    label = audience_named(audience, say) if by_reader else say(AUDIENCES[audience][0])
    return say("mainly for {audience}", audience=label)


def taken_for(audience: Audience, say: Say, *, by_sender: bool = False) -> str:
    """Whom public words were taken to be mainly meant for, as their reader says it, or whoever sent them."""
    label = say(AUDIENCES[audience][0]) if by_sender else audience_named(audience, say)
    return say("as meant mainly for {audience}", audience=label)


def format_audience(audience: Audience, say: Say) -> str:
    """The same as somebody says it who is neither side."""
    return say("taken to be mainly for {taken}", taken=say(FOR_WHOM[audience]))


def audience_named(audience: Audience, say: Say) -> str:
    """Whom public words of the other side are for, in a word or two of their reader."""
    return say(AUDIENCES[audience][1], "an audience") if audience == "them" else say(AUDIENCES[audience][1])


def describe_audiences(meant: Audience, audience_read: Audience | None, say: Say) -> str:
    """Whom public words were mainly meant for, and whom they were taken to be for."""
    words = {"meant": say(FOR_WHOM[meant])}
    if audience_read is None:
        return say("Meant mainly for {meant}.", **words)
    if audience_read == meant:
        return say("Meant mainly for {meant}, and taken so.", **words)
    return say("Meant mainly for {meant}; taken to be mainly for {taken}.", taken=say(FOR_WHOM[audience_read]), **words)


FOR_WHOM: Final[Mapping[Audience, str]] = {
    "them": _("the other side"),
    "home": _("the public at home"),
    "third-parties": _("third parties"),
    "allies": _("allies"),
}
"""Whom words are for, as somebody says it who is neither side."""


def sealed_meaning(intent: int | None, expected: int | None, say: Say) -> str:
    """What a sender meant by an act, and how it expected it to be taken, where that was asked; or that nobody did."""
    if intent is None:
        return say("made by the harness in the model's place, and meant by nobody")
    if expected is None:
        return say("meant {meant}", meant=format_hostility(intent, say))
    if expected == intent:
        return say("meant {meant}, expected to be taken so", meant=format_hostility(intent, say))
    return say(
        "meant {meant}, expected to be taken as {expected}",
        meant=format_hostility(intent, say),
        expected=format_hostility(expected, say),
    )


def taken_as(say: Say, value: int) -> str:
    """−3 … +3 in words, and as it is written in brackets."""
    return say("{word} ({number})", word=hostility(say, value), number=format_signed(value))


def confidence(say: Say, value: int) -> str:
    """1 … 4 in words."""
    return say(CONFIDENCE[value - 1])


def team(say: Say, side: Side) -> str:
    """What a side is called."""
    return say(TEAM[side])


def sides(say: Say, seats: Sequence[SeatName]) -> str:
    """Seats in words, joined by and; whoever is no team is the facilitator."""
    words = [say(TEAM[seat]) if seat in TEAM else say("the facilitator") for seat in seats]
    return say(" and ").join(words)


def visibility(say: Say, value: str) -> str:
    """Whether it is for everybody's ears."""
    return say("public") if value == "public" else say("private")


def answer_word(say: Say, way: str) -> str:
    """How an act answers what was asked."""
    match way:
        case "accept":
            return say("accepted")
        case "decline":
            return say("declined")
        case "counter":
            return say("met with a counter-proposal", "of an act")
        case _:
            return say("a holding note")


def meter_word(say: Say, value: int) -> str:
    """The word for where trust or standing lies."""
    words = (
        say("gone", "of a meter"),
        say("very low", "of a meter"),
        say("low", "of a meter"),
        say("fair", "of a meter"),
        say("good", "of a meter"),
        say("high", "of a meter"),
    )
    return scale_word(words, value, METER_MOST)


def scale_word(words: Sequence[str], value: int, maximum: int) -> str:
    """The word for where a value lies between 0 and `maximum`; the first word is for nothing left."""
    if value <= 0:
        return words[0]
    return words[min(len(words) - 1, 1 + value * (len(words) - 1) // (maximum + 1))]


def chance_words(chance: int, say: Say) -> str:
    """A chance in words: 70 is likely."""
    return say(next(word for limit, word in CHANCES if chance <= limit))


def end_sentence(sentence: str, say: Say = plain) -> str:
    """A sentence that ends, whatever its author wrote."""
    if sentence.endswith((".", "!", "?", "…", "。", "！", "？")):
        return sentence
    return say("{sentence}.", sentence=sentence)


def one_after_another(sentences: Iterable[str]) -> str:
    """Whole sentences in one text: a blank between two, unless the first ends in a sign that is as wide as both."""
    text = ""
    for sentence in sentences:
        text += f" {sentence}" if text and text.rstrip("”）")[-1:] not in "。！？" else sentence
    return text


def clock_word(say: Say, value: int, maximum: int) -> str:
    """The word for what is left of a clock: full only at its most, as a bar is."""
    percent = _percent_left(value, maximum)
    return say(next(word for upto, word in CLOCK_WORDS if percent <= upto))


def is_nearly_empty(value: int, maximum: int) -> bool:
    """Whether a clock is gone or nearly so."""
    return _percent_left(value, maximum) <= LITTLE


def _percent_left(value: int, maximum: int) -> int:
    """The percent of a clock that is left, nothing only where there is nothing; all of one that has no length."""
    return min(max(value * 100 // maximum, int(value > 0)), 100) if maximum > 0 else 100
