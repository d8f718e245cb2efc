"""Lines beside the guesses of them: first what was guessed, then what there was, joined; and what nobody imagined."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.pages.hotwash_page import HotwashPage, LineComparison
from crisis_sim.pages.seat_parts import GuessView, LineView
from crisis_sim.rules.names import other
from crisis_sim.tui.opening import CROSSED, Opening
from crisis_sim.tui.rows import BLANK, Block, Row, block, para, row, width_of
from crisis_sim.tui.wording import SEATS, SIDES, Say


def line_blocks(view: HotwashPage, opening: Opening, width: int, say: Say) -> list[Block]:
    """The team at hand, or all of it."""
    place = opening.place
    drawn: list[Block] = []
    for number, comparison in enumerate(view.lines):
        if opening.everything or place // 2 == number:
            drawn += comparison_blocks(comparison, opening.is_open(2 * number + 1), width, say)
    if opening.everything or place == CROSSED:
        drawn += crossed_blocks(view, width, say)
    return drawn


def comparison_blocks(comparison: LineComparison, is_open: bool, width: int, say: Say) -> list[Block]:
    """What the other team guessed of a team's lines, and once it is open what they were."""
    asked = other(comparison.side)
    guesser = say(SIDES[asked])
    if not is_open:
        head = say("{team}: what it guessed of the other's lines").format(team=say(SEATS[asked])).upper()
        return [block(row((head, asked))), *_guessed(comparison, width, say)]
    held = [line for line in comparison.lines if line.adopted]
    head = say("{team}: its lines").format(team=say(SEATS[comparison.side])).upper()
    rows: list[Row] = [row((head, comparison.side))]
    rows += para(_hits(comparison, held, guesser, say), width, "strong")
    drawn = [block(*rows, BLANK)]
    for line in held:
        drawn.append(_line(line, comparison, guesser, width, say))
    return drawn + _alone(comparison, width, say)


def _guessed(comparison: LineComparison, width: int, say: Say) -> list[Block]:
    """The guesses alone, before and after play."""
    drawn = []
    for when, guesses in (
        (say("before play"), comparison.guesses_before),
        (say("after play"), comparison.guesses_after),
    ):
        rows: list[Row] = [BLANK, row((when, "head"), ("" if guesses else say(": nothing"), "dim"))]
        for guess in guesses:
            rows += _says(guess.kind, guess.says, width, say)
        drawn.append(block(*rows))
    return drawn


def _hits(comparison: LineComparison, held: Sequence[LineView], guesser: str, say: Say) -> str:
    """How many of the lines were guessed, in words."""
    before, after, lines = len(comparison.matched_before), len(comparison.matched_after), len(held)
    if not comparison.guesses_before and not comparison.guesses_after:
        return say("{guesser} guessed nothing.").format(guesser=guesser)
    if not comparison.guesses_after:
        return say("{guesser} guessed {n} of {m}.").format(guesser=guesser, n=before, m=lines)
    said = say("{guesser} guessed {n} of {m} before play, {k} of {m} after.")
    return said.format(guesser=guesser, n=before, m=lines, k=after)


def _line(line: LineView, comparison: LineComparison, guesser: str, width: int, say: Say) -> Block:
    """One line, what it came to, and the guess of it."""
    rows = _says(line.kind, f"{line.says} ({line.word})" if line.word else line.says, width, say)
    before, after = dict(comparison.matched_before).get(line.id), dict(comparison.matched_after).get(line.id)
    if before is None and after is None:
        rows.append(row((f"  ╰─ {say('{guesser} did not imagine it').format(guesser=guesser)}", "bad")))
        rows += _thought(line, comparison, guesser, False, width, say)
        return block(*rows, BLANK)
    when = say("guessed before") if before else say("guessed after")
    when = say("guessed before and after") if before and after else when
    guess = _named(comparison.guesses_after, after) or _named(comparison.guesses_before, before)
    words = say("{head}: {text}").format(head=when, text=f"“{guess}”")
    rows += para(words, width, "good", indent=5, first=row(("  ╰─ ", "good")))
    rows += _thought(line, comparison, guesser, True, width, say)
    return block(*rows, BLANK)


def _thought(
    line: LineView, comparison: LineComparison, guesser: str, is_known: bool, width: int, say: Say
) -> list[Row]:
    """Whether its team thought a line known to the other, where it was asked; it stands out where it was wrong."""
    if comparison.thought is None:
        return []
    thought = line.id in comparison.thought
    said = (
        say("{team} thought that {guesser} knows it")
        if thought
        else say("{team} thought that {guesser} does not know it")
    )
    words = said.format(team=say(SIDES[comparison.side]), guesser=guesser)
    return para(words, width, "dim" if thought == is_known else "bad", indent=5, first=row(("     ", "dim")))


def _named(guesses: tuple[GuessView, ...], number: int | None) -> str:
    return next((guess.says for guess in guesses if guess.number == number), "")


def _alone(comparison: LineComparison, width: int, say: Say) -> list[Block]:
    """Guesses of lines that there were not."""
    joined_before = {number for _, number in comparison.matched_before}
    joined_after = {number for _, number in comparison.matched_after}
    alone = [guess for guess in comparison.guesses_before if guess.number not in joined_before]
    alone += [guess for guess in comparison.guesses_after if guess.number not in joined_after]
    if not alone:
        return []
    rows: list[Row] = [row((say("GUESSED, AND THERE IS NO SUCH LINE"), "head"))]
    for kind, says in dict.fromkeys((guess.kind, guess.says) for guess in alone):
        rows += _says(kind, says, width, say)
    return [block(*rows, BLANK)]


def _says(kind: str, says: str, width: int, say: Say) -> list[Row]:
    """The words of a line or a guess behind its kind."""
    face = row((f"  {say(kind)} ", "bad" if kind == "red" else "head"))
    return para(says, width, indent=max(8, width_of(face)), first=face)


def crossed_blocks(view: HotwashPage, width: int, say: Say) -> list[Block]:
    """Lines that were crossed, and those that nearly were."""
    drawn = []
    for title, sentences in ((say("CROSSED"), view.crossings), (say("NEARLY CROSSED"), view.near_misses)):
        rows: list[Row] = [row((title, "bad" if sentences else "head"))]
        for each in sentences:
            rows += para(each, width, indent=4, first=row(("  ! ", "bad")))
        if not sentences:
            rows.append(row(("    " + say("none"), "dim")))
        drawn.append(block(*rows, BLANK))
    return drawn
