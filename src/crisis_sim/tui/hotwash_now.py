"""Where the room is in the hotwash, and what it does now, in one sentence at every place."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.pages import opening as pages
from crisis_sim.pages.hotwash_page import HotwashPage, MeaningPair
from crisis_sim.pages.opening import MEANT, SAID, Opening
from crisis_sim.rules.names import other
from crisis_sim.tui.rows import Piece, Row
from crisis_sim.tui.wording import SEATS, Say


def tab_row(names: Sequence[str], active: int, say: Say) -> Row:
    """Names of the pages behind their numbers, the open one in brackets; close together, since there are many."""
    pieces: list[Piece] = [(" ", "")]
    for index, name in enumerate(names):
        text = f"{index + 1} {say(name)}".strip()
        pieces.append((f"[{text}]" if index == active else f" {text} ", "chosen" if index == active else "dim"))
    return tuple(pieces)


def now_sentence(view: HotwashPage, opening: Opening, say: Say, *, closes: bool = True) -> str:
    """Who speaks, and what the next key opens; whether this seat closes the session."""
    match opening.page:
        case pages.PAIRS:
            if opening.pair < 0:
                return say("Both teams look at this screen. → opens the first act.")
            if not view.pairs:
                return say("No act was made. tab goes to the next page.")
            pair = view.pairs[min(opening.pair, len(view.pairs) - 1)]
            return _pair(pair, opening.how_far(pair), opening.pair + 1 == len(view.pairs), say)
        case pages.LINES:
            return _lines(view, opening, say)
        case pages.FORECASTS:
            if opening.place == 2 * len(pages.forecast_turns(view)):
                return say("What had you been so sure of, and why? → goes on.")
            if opening.everything or opening.is_open(opening.place // 2 * 2 + 1):
                return say("What happened is open. → goes on.")
            return say("Who would still say the same? → opens what happened.")
        case pages.ALL:
            return say("Enter goes to the act under the cursor. o opens everything.")
        case pages.CHANNELS:
            return (
                say("Who asked, and what came of it? w notes what is said; → goes on."),
                say("Which channel was not used, and why? w notes what is said; → goes on."),
                say("What was the silent side doing? w notes what is said; → goes on."),
            )[opening.place]
        case pages.COST:
            return say("Look at this together for a moment. w notes what is said.")
        case pages.CURVES:
            return say("Where do the curves part? What was said just then? w notes what is said.")
        case pages.QUESTIONS:
            return say("Talk. w notes what the room says; a opens what is on the record; → is the next question.")
        case _:
            if closes:
                return say("Each of us names one thing to change. w writes it down; n closes the session at the end.")
            return say("Each of us names one thing to change. w writes it down; ctrl+q leaves at the end.")


def _pair(pair: MeaningPair, far: int, is_last: bool, say: Say) -> str:
    hearer = say(SEATS[other(pair.side)])
    if far == SAID:
        said = say("{hearer}: how did you take this? Say it before it is opened. → opens what was meant.")
        return said.format(hearer=hearer)
    if far == MEANT:
        said = say("{speaker}: what did you want with it? → opens how it was taken.")
        return said.format(speaker=say(SEATS[pair.side]))
    if pair.gap:
        said = say("{hearer} first: what made that reading reasonable? w notes what is said; → goes on.")
        return said.format(hearer=hearer)
    if is_last:
        return say("That was the last one. → goes on.")
    return say("w notes what is said; → goes on.")


def _lines(view: HotwashPage, opening: Opening, say: Say) -> str:
    if opening.place == pages.CROSSED:
        return say("Which small things added up? w notes what is said; → goes on.")
    if opening.everything or opening.is_open(opening.place // 2 * 2 + 1):
        return say("Which of these was not imagined? w notes what is said; → goes on.")
    team = say(SEATS[view.lines[opening.place // 2].side])
    return say("{team}: how near are they? → opens what your lines were.").format(team=team)
