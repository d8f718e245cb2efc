"""The hotwash by lines of text: what each meant and what the other took it to mean, the largest gap first."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.engine.phrases import CONFIDENCE
from crisis_sim.engine.views import ForecastScore, HotwashView, LineComparison, MeaningPair, QuestionView
from crisis_sim.numbers import shown
from crisis_sim.plain.telling import SIDES, guesses, meant, score, stopped, tracks
from crisis_sim.rules.names import Language, other

PARTS = ("gaps", "lines", "forecasts", "channels", "scores", "questions")


def part(name: str, view: HotwashView, language: Language) -> list[str]:
    """The lines of one part."""
    match name:
        case "gaps":
            return gaps(view, language)
        case "lines":
            return [row for comparison in view.lines for row in _comparison(comparison)] + _crossings(view)
        case "forecasts":
            return [
                *_forecasts("us", view.forecasts_us, view.brier_us),
                *_forecasts("china", view.forecasts_china, view.brier_china),
            ]
        case "channels":
            return _channels(view)
        case "scores":
            return _scores(view)
        case _:
            return [row for number, asked in enumerate(view.questions, 1) for row in _question(number, asked)]


def _question(number: int, asked: QuestionView) -> list[str]:
    rows = [f"{number}. {asked.ask} (on the record: {asked.about})"]
    return [*rows, f"   Think back to: {'; '.join(asked.recalls)}"] if asked.recalls else rows


def gaps(view: HotwashView, language: Language) -> list[str]:
    """Every act with what was meant and what was read, the largest gap first."""
    rows = ["What was meant, and what it was taken to mean; the largest gap first."]
    for side, gap in (("us", view.mean_gap_us), ("china", view.mean_gap_china)):
        if gap is not None:
            rows.append(f"{SIDES[side]} acts were taken, on average, {_distance(gap)}.")
    if view.blind_turns:
        turns = ", ".join(map(str, view.blind_turns))
        rows.append(f"Turns in which both meant well and took the other as hostile: {turns}.")
    return [*rows, *(row for number, pair in enumerate(view.pairs, 1) for row in _pair(number, pair, language))]


def _distance(gap: int) -> str:
    if not gap:
        return "as they were meant"
    return f"{shown(abs(gap))} {'more hostile' if gap > 0 else 'friendlier'} than they were meant"


def _pair(number: int, pair: MeaningPair, language: Language) -> list[str]:
    if pair.reading is None:
        read, gap = ("it was not read" if pair.arrived else "it did not arrive"), ""
    else:
        sure = f", {CONFIDENCE[language][pair.confidence - 1]}" if pair.confidence else ""
        read = f"read as {meant(pair.reading, language)}{sure}"
        gap = f"Gap {pair.gap:+d}. " if pair.gap else "No gap. "
    head = f"{number}. {gap}Turn {pair.turn}. {pair.head}. Meant as {meant(pair.intent, language)}; {read}."
    return [head, *(f"   {line}" for line in pair.text.split("\n") if line.strip())]


def _comparison(comparison: LineComparison) -> list[str]:
    side, guesser = SIDES[comparison.side], SIDES[other(comparison.side)]
    rows = [f"{side} lines:"]
    for line in comparison.lines:
        if line.adopted:
            rows.append(f"  {line.kind} ({line.concern}): {stopped(line.says)} It ended {line.word}.")
    for when, guessed in (("before", comparison.guesses_before), ("after", comparison.guesses_after)):
        rows.append(f"{guesser} guessed {when}:" if guessed else f"{guesser} guessed nothing {when}.")
        rows += [f"  {row}" for row in guesses(guessed)] if guessed else []
    for when, thought in (("before", comparison.expected_before), ("after", comparison.expected_after)):
        if thought:
            rows += [f"{side} thought {when} that {guesser} guesses:", *(f"  {row}" for row in guesses(thought))]
    return rows


def _crossings(view: HotwashView) -> list[str]:
    crossed = [f"Crossed: {sentence}" for sentence in view.crossings] or ["No red line was crossed."]
    return [*crossed, *(f"Nearly: {sentence}" for sentence in view.near_misses)]


def _forecasts(side: str, scores: Sequence[ForecastScore], brier: int | None) -> list[str]:
    head = f"{SIDES[side]} forecast"
    if brier is None:
        return [f"{head} nothing."]
    rows = [f"{head}; Brier score {shown(brier)}, where 0 is perfect, 0.25 a coin and 1 always wrong:"]
    for each in scores:
        came = "it happened" if each.happened else "it did not happen"
        rows.append(f"  Turn {each.turn}, {each.chance} in 100: {each.ask} ({came})")
    return rows


def _channels(view: HotwashView) -> list[str]:
    counts = f"{view.taken} taken, {view.refused} refused, {view.unanswered} unanswered in time"
    rows = [f"Requests made: {view.asked}; {counts}."]
    rows += [f"Silence: {sentence}" for sentence in view.silences]
    rows += [f"Readouts: {sentence}" for sentence in view.readouts]
    return rows + [f"Flag in turn {flag}" for flag in view.flags]


def _scores(view: HotwashView) -> list[str]:
    path = ", ".join(shown(tension) for tension, _, _ in view.score.curve)
    felt_us = ", ".join(shown(us) for _, us, _ in view.score.curve)
    felt_china = ", ".join(shown(china) for _, _, china in view.score.curve)
    curves = [
        f"Tension from the start, turn by turn: {path}.",
        f"As the US felt it: {felt_us}.",
        f"As China felt it: {felt_china}.",
    ]
    return [*curves, *score(view.score), *tracks(view.tracks)]
