"""Asking how what reached us is taken: the card, how hostile and how sure, and the line of ours that it touches."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from crisis_sim.engine.actions import AnyAction, PressReading, SealReading
from crisis_sim.engine.sight.views import CardFacts, TeamView
from crisis_sim.pages.company_words import label_at, people_at
from crisis_sim.pages.phrases import confidence, examples_told, valued
from crisis_sim.pages.reader import Reader
from crisis_sim.pages.reading_blocks import card_blocks, touched
from crisis_sim.pages.readings_alone import pressed_told
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.block_lines import lines_of
from crisis_sim.plain.console import Console
from crisis_sim.plain.move_prompts import ask_audience, typed_audience
from crisis_sim.plain.typed import assent, in_digits, verb
from crisis_sim.rules.names import Audience
from crisis_sim.wording import _

READING: Final = re.compile(r"([+-]?[0-3])[ ,]*([1-4])(?:[ ,]+([^\s\d,]+))?(?:[ ,]+([0-9]{1,2}))?")
HOW_TO_READ: Final = _(
    "How do we take it? Type how hostile, -3 very friendly to 3 very hostile, then how sure, 1 a guess to 4 certain: "
    "1 3. A third number names the line of ours that it touches. Enter leaves it unread, ? gives examples."
)
ALONE: Final = _(
    "Before you talk, say for yourself how you take it: {me} and a number, such as {me} -1. Nobody is shown it before "
    "the hotwash."
)
HEARD_FOR: Final = _("Whom was it mainly for? Type us, home, third or allies.")


def name_lines(console: Console, view: TeamView, say: Teller) -> None:
    """Our lines, with the numbers that name them in a reading."""
    touchable = [line for line in view.lines if line.adopted]
    if view.to_read and touchable:
        console.tell("Our lines, by the number that names them in a reading:")
        for place, line in enumerate(touchable, 1):
            console.say(say("{place}. {kind}: {says}", place=place, kind=say(line.kind), says=say.of(line.says)))


async def read_card(
    card: CardFacts, console: Console, seat: Reader, submit: Callable[[AnyAction], Awaitable[None]]
) -> None:
    """Ask how we take a card, and before that how whoever types takes it alone, until it is sealed. Raises Back."""
    say, view = seat.say, seat.view()
    assert isinstance(view, TeamView)
    while (reading := read(card, console, view, say, seat)) is not None:
        await submit(reading)
        if isinstance(reading, SealReading):
            sure = confidence(say, reading.confidence)
            console.tell("Read as {meant}, {sure}.", meant=valued(reading.hostility, say), sure=sure)
            return
        taken = valued(reading.hostility, say)
        console.tell("Sealed for yourself alone: {taken}. Now how do we take it together?", taken=taken)


def read(
    card: CardFacts, console: Console, view: TeamView, say: Teller, seat: Reader
) -> SealReading | PressReading | None:
    """How we take what the card says, or one of us alone; None where it is left unread. Raises Back."""
    touchable = [line for line in view.lines if line.adopted]
    place = 1 + [each.number for each in view.to_read].index(card.number)
    is_public = card.act.visibility == "public"
    touches = touched(view, card.touches, card.crosses, say)
    for told in lines_of(card_blocks(card, place, len(view.to_read), touches, say), console.words):
        console.say(told)
    people = sum(of.seat == seat.name for of in people_at(seat))
    if told := pressed_told(card, people, label_at(seat), say):
        console.say(told)
        console.tell(ALONE, me=console.verb("me"))
    while text := console.ask(HOW_TO_READ, examples_told(say)):
        if told and (alone := re.fullmatch(r"([+-]?[0-3])", in_digits(_rest_of("me", text)))) is not None:
            return PressReading(item=card.number, hostility=int(alone[1]), by=label_at(seat))
        match = READING.fullmatch(in_digits(text))
        place = int(match[4] or 0) if match else 0
        if match is None or place > len(touchable) or (match[3] and not is_public):
            console.tell("Type two numbers such as -1 3, or three such as 2 4 1.")
            continue
        line = touchable[place - 1] if place else None
        audience: Audience | UnsetType = UNSET
        if is_public:
            audience = typed_audience(match[3] or "", 1, say) or ask_audience(console, HEARD_FOR, 1)
        reading = SealReading(
            item=card.number,
            hostility=int(match[1]),
            confidence=int(match[2]),
            touches=line.id if line else None,
            audience=audience,
        )
        if line is not None and line.claimable:
            crossed = console.ask("Do we hold that line crossed by it? Type yes, or Enter for no.")
            reading = replace(reading, crosses=True) if assent(crossed) else reading
        return reading
    return None


def _rest_of(name: str, text: str) -> str:
    """What is typed behind a verb; nothing where another or none was typed."""
    first, _space, rest = text.strip().partition(" ")
    return rest if verb(first) == name else ""
