"""Asking how what reached us is taken: the card, how hostile and how sure, and the line of ours that it touches."""

from __future__ import annotations

import re
from typing import Final

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from crisis_sim.engine.actions import SealReading
from crisis_sim.engine.sight.views import CardFacts, TeamView
from crisis_sim.pages.phrases import examples_told
from crisis_sim.pages.reading_blocks import card_blocks, touched
from crisis_sim.pages.teller import Teller
from crisis_sim.plain.block_lines import lines_of
from crisis_sim.plain.console import Console
from crisis_sim.plain.move_prompts import ask_audience, typed_audience
from crisis_sim.plain.typed import assent, in_digits
from crisis_sim.rules.names import Audience
from crisis_sim.wording import _

READING: Final = re.compile(r"([+-]?[0-3])[ ,]*([1-4])(?:[ ,]+([^\s\d,]+))?(?:[ ,]+([0-9]{1,2}))?")
HOW_TO_READ: Final = _(
    "How do we take it? Type how hostile, -3 very friendly to 3 very hostile, then how sure, 1 a guess to 4 certain: "
    "1 3. A third number names the line of ours that it touches. Enter leaves it unread, ? gives examples."
)
HEARD_FOR: Final = _("Whom was it mainly for? Type us, home, third or allies.")


def name_lines(console: Console, view: TeamView, say: Teller) -> None:
    """Our lines, with the numbers that name them in a reading."""
    touchable = [line for line in view.lines if line.adopted]
    if view.to_read and touchable:
        console.tell("Our lines, by the number that names them in a reading:")
        for place, line in enumerate(touchable, 1):
            console.say(say("{place}. {kind}: {says}", place=place, kind=say(line.kind), says=say.of(line.says)))


def read(card: CardFacts, console: Console, view: TeamView, say: Teller) -> SealReading | None:
    """How we take what the card says; None where it is left unread. Raises Back."""
    touchable = [line for line in view.lines if line.adopted]
    place = 1 + [each.number for each in view.to_read].index(card.number)
    is_public = card.act.visibility == "public"
    touches = touched(view, card.touches, card.crosses, say)
    for told in lines_of(card_blocks(card, place, len(view.to_read), touches, say), console.words):
        console.say(told)
    while text := console.ask(HOW_TO_READ, examples_told(say)):
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
