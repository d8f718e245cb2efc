"""One act as the hotwash opens it: what was said, then what was meant, then how it was taken, and how far apart."""

from __future__ import annotations

from typing import NamedTuple

from crisis_sim.engine.sight.hotwash_facts import RoomNote
from crisis_sim.pages.hotwash_page import HotwashPage, MeaningPair, Quoted
from crisis_sim.rules.names import other
from crisis_sim.tui.opening import MEANT, TAKEN
from crisis_sim.tui.rows import BLANK, Block, Row, Tone, block, padded, para, row, signed, width_of
from crisis_sim.tui.wording import CONFIDENCE, HOSTILITY, SEATS, SIDES, Say

STEPS = ((78, 5), (70, 4), (0, 3))
"""Cells between the places of a scale, by the width from which there is room for them and for the words beside."""


def cover_blocks(view: HotwashPage, width: int, say: Say) -> list[Block]:
    """Before the first act: what will be opened, and three rules for the talk."""
    acts = say(
        "{n} act was sealed, with what it was meant as and, if it was read, with how it was taken.",
        plural="{n} acts were sealed, each with what it was meant as, and most with how it was taken.",
        n=len(view.pairs),
    )
    rules = (
        say("Ask what made a reading reasonable, not whose fault it was."),
        say("Stay with acts that are on the record."),
        say("Let both readings stand. The point is the distance."),
    )
    rows = [BLANK, *para(say("What each meant, and what the other took it to mean"), width - 4, "strong", indent=4)]
    rows += [BLANK, *para(acts, width - 4, indent=4), BLANK]
    for number, rule in enumerate(rules, 1):
        rows += para(rule, width - 4, indent=7, first=row((f"    {number}  ", "key")))
    rows += [BLANK, *para(say("One word from each first: how did it feel from where you sat?"), width - 4, indent=4)]
    return [Block((each,)) for each in rows]


class Place(NamedTuple):
    """Which act it is of how many, and how far it is open."""

    number: int
    of: int
    far: int


def pair_blocks(pair: MeaningPair, place: Place, width: int, say: Say, *, high: bool = False) -> list[Block]:
    """One act, as far as it is open; where the screen is `high`, with more room between its parts."""
    far, gap = place.far, [BLANK] * (2 if high else 1)
    counted = say("{n} of {m}, the largest gap first").format(n=place.number, m=place.of)
    rows = [row((counted, "dim"), (say("   turn {n}").format(n=pair.turn), "dim")), *gap]
    rows.append(row((say("{team}: what was said or done").format(team=say(SEATS[pair.side])).upper(), pair.side)))
    rows += quoted(pair.said or Quoted(head=pair.head, text=pair.text), width, say)
    rows += [*gap, *_scales(pair, far, width, say)]
    if far >= TAKEN:
        rows += _came_to(pair, gap, width, say)
    return [Block((each,)) for each in rows]


def quoted(quote: Quoted, width: int, say: Say) -> list[Row]:
    """Who and over what, then the words in quotes, and beneath what is not in anybody's words."""
    rows = para(quote.head, width - 4, indent=4)
    if quote.text:
        rows += para(f"“{quote.text}”", width - 4, "strong", indent=4)
    return rows + (para(quote.more, width - 4, "dim", indent=4) if quote.more else [])


def _scales(pair: MeaningPair, far: int, width: int, say: Say) -> list[Row]:
    """The two scales under each other, what joins their marks, and the distance in words."""
    speaker, hearer = say(SIDES[pair.side]), say(SIDES[other(pair.side)])
    meant, took = say("{team} meant it as").format(team=speaker), say("{team} took it as").format(team=hearer)
    step = next(cells for least, cells in STEPS if width >= least)
    edge = max(width_of(row(meant)), width_of(row(took))) + 2
    sealed = row((say("sealed"), "dim"))
    rows: list[Row] = []
    words = row((_words(pair.intent, say), "strong")) if far >= MEANT else sealed
    rows += _scale(meant, pair.side, pair.intent if far >= MEANT else None, words, edge, step, width)
    taken = far >= TAKEN
    joined = taken and pair.reading is not None
    rows.append((("" if not joined else " " * edge + _joint(pair.intent, pair.reading or 0, step), "dim"),))
    if taken and pair.reading is None:
        text = say("It was not read.") if pair.arrived else say("It did not arrive.")
        words = row((text, "strong"))
    elif taken and pair.reading is not None:
        told = _words(pair.reading, say)
        if pair.confidence in CONFIDENCE:
            told = say("{word}, {sure}").format(word=told, sure=say(CONFIDENCE[pair.confidence]))
        words = row((told, "strong"))
    else:
        words = sealed
    rows += _scale(took, other(pair.side), pair.reading if taken else None, words, edge, step, width)
    legend = padded(say("friendly"), step * 6 - width_of(row(say("hostile"))) + 1) + say("hostile")
    rows.append(row((" " * edge + legend, "dim")))
    return rows


def _scale(label: str, tone: Tone, mark: int | None, words: Row, edge: int, step: int, width: int) -> list[Row]:
    """Seven places from friendly to hostile with a mark on one, and its word: beside it, or beneath it if need be."""
    places = ["●" if number == mark else "│" if number == 0 else "·" for number in range(-3, 4)]
    scale = row((padded(label, edge), tone), ((" " * (step - 1)).join(places), "strong"))
    if width_of(scale) + 2 + width_of(words) <= width:
        return [(*scale, ("  ", ""), *words)]
    return [scale, ((" " * edge, ""), *words)]


def _joint(meant: int, read: int, step: int) -> str:
    """A line from the mark of one scale to the mark of the other."""
    left, right = sorted(((meant + 3) * step, (read + 3) * step))
    if left == right:
        return " " * left + "│"
    ends = "╰╮" if meant < read else "╭╯"
    return " " * left + ends[0] + "─" * (right - left - 1) + ends[1]


def distance(gap: int | None, say: Say) -> str:
    """The gap in words."""
    if gap is None:
        return say("It was not read.")
    if gap == 0:
        return say("Taken as it was meant.")
    return say(
        "One step more hostile than meant." if gap > 0 else "One step friendlier than meant.",
        plural="{n} steps more hostile than meant." if gap > 0 else "{n} steps friendlier than meant.",
        n=abs(gap),
    )


def _came_to(pair: MeaningPair, gap: list[Row], width: int, say: Say) -> list[Row]:
    """The distance, how the act came to the other side, and what that side made of it."""
    hearer, tone = say(SIDES[other(pair.side)]), other(pair.side)
    rows: list[Row] = []
    if pair.gap is not None:
        rows += [*gap, *para(distance(pair.gap, say), width, "bad" if abs(pair.gap) >= 2 else "head")]
    if pair.fared:
        rows += [BLANK, row((say("ON ITS WAY"), "head")), *para(pair.fared, width - 4, indent=4)]
    if pair.seen is not None:
        rows += [BLANK, row((say("{team} saw only").format(team=hearer).upper(), tone)), *quoted(pair.seen, width, say)]
    if pair.touched:
        head = say("{team} felt its line touched").format(team=hearer).upper()
        rows += [BLANK, row((head, tone)), *para(pair.touched, width - 4, indent=4)]
    if pair.replies:
        rows += [BLANK, row((say("WHAT FOLLOWED"), "head"))]
        rows += [each for reply in pair.replies for each in quoted(reply, width, say)]
    return rows


def note_blocks(notes: list[RoomNote], width: int, say: Say) -> list[Block]:
    """What the room has said about what stands above."""
    if not notes:
        return []
    rows: list[Row] = [BLANK, row((say("THE ROOM SAYS"), "head"))]
    for note in notes:
        rows += para(note.text, width - 4, indent=4, first=row(("  – ", "key")))
    return [block(*rows)]


def _words(number: int, say: Say) -> str:
    return f"{signed(number)} {say(HOSTILITY[number])}"
