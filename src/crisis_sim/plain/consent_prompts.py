"""The card before the first act by lines of text: whoever sits there agrees, or leaves."""

from __future__ import annotations

from crisis_sim.engine.actions import AgreeToCard
from crisis_sim.pages.block_lines import lines_of
from crisis_sim.pages.consent_card import DUTY, TITLE, agree_words, card_blocks, is_asked
from crisis_sim.pages.reader import Reader
from crisis_sim.plain.console import Back, Console, Quit
from crisis_sim.plain.typed import PromptOption


async def agreed(console: Console, seat: Reader) -> None:
    """Read the card out where it is still asked for, and take the answer. Raises Quit where somebody leaves."""
    if not is_asked(seat):
        return
    say = seat.say
    console.tell(TITLE)
    for line in lines_of(card_blocks(say), say):
        console.say(line)
    options = [
        PromptOption("agree", agree_words(seat)),
        PromptOption("leave", say("Leave; nothing of ours is kept")),
    ]
    while True:
        try:
            picked = console.pick(DUTY, options)
        except Back:
            continue
        if picked == "leave":
            raise Quit
        await seat.submit(AgreeToCard())
        return
