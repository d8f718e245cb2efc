"""Guesses of lines as a reader makes them from what a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.lining import LONGEST_LINE
from crisis_sim.pages.seat_parts import GuessView, LineView


def left_of(before: Sequence[GuessView], guesses: Iterable[GuessView]) -> list[GuessView]:
    """The guesses made before play that are not among those made once more."""
    kept = {(guess.kind, guess.concern, guess.says, guess.weight) for guess in guesses}
    return [guess for guess in before if (guess.kind, guess.concern, guess.says, guess.weight) not in kept]


def guessing(guess: GuessView, concerns: Iterable[tuple[str, str]]) -> a.GuessLine:
    """The same guess of theirs once more; `concerns` are ids and words, as a view has them."""
    concern = next((name for name, words in concerns if words == guess.concern), guess.concern)
    return a.GuessLine(line=guess.kind, concern=concern, says=guess.says, weight=guess.weight)


def expecting(line: LineView, weight: int) -> a.ExpectGuess:
    """That they will have guessed this line of ours, and think it matters so much."""
    return a.ExpectGuess(line=line.kind, concern=line.about, says=line.says[:LONGEST_LINE], weight=weight)


def expected_of(line: LineView, expected: Iterable[GuessView]) -> GuessView | None:
    """The first of the guesses that we expect of them which is of this line of ours."""
    of = (line.kind, line.concern, line.says[:LONGEST_LINE])
    return next((guess for guess in expected if (guess.kind, guess.concern, guess.says) == of), None)
