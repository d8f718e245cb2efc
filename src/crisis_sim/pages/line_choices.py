"""Guesses of lines as a reader makes them from what a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.line_writing import LONGEST_LINE
from crisis_sim.engine.sight.shared_facts import GuessFacts, LineFacts
from crisis_sim.pages.teller import Teller


def left_of(before: Sequence[GuessFacts], guesses: Iterable[GuessFacts]) -> list[GuessFacts]:
    """The guesses made before play that are not among those made once more."""
    kept = {(guess.kind, guess.concern, guess.says, guess.weight) for guess in guesses}
    return [guess for guess in before if (guess.kind, guess.concern, guess.says, guess.weight) not in kept]


def guessing(guess: GuessFacts) -> a.GuessLine:
    """The same guess of theirs once more."""
    return a.GuessLine(line=guess.kind, concern=guess.concern, says=guess.says, weight=guess.weight)


def expecting(line: LineFacts, weight: int, say: Teller) -> a.ExpectGuess:
    """That they will have guessed this line of ours, and think it matters so much."""
    return a.ExpectGuess(line=line.kind, concern=line.concern, says=say.of(line.says)[:LONGEST_LINE], weight=weight)


def expected_of(line: LineFacts, expected: Iterable[GuessFacts], say: Teller) -> GuessFacts | None:
    """The first of the guesses that we expect of them which is of this line of ours."""
    of = (line.kind, line.concern, say.of(line.says)[:LONGEST_LINE])
    return next((guess for guess in expected if (guess.kind, guess.concern, guess.says) == of), None)
