"""The hotwash by lines of text: what each meant and what the other took it to mean, the largest gap first."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.numbers import shown
from crisis_sim.pages.hotwash_page import HotwashPage, LineComparison, MeaningPair, QuestionView
from crisis_sim.pages.phrases import confidence
from crisis_sim.pages.seat_parts import ForecastScore
from crisis_sim.plain.dealings import came_to, changes, costs, dealings, hits, imagined, room_says
from crisis_sim.plain.telling import guesses, meant, score, stopped, tracks
from crisis_sim.rules.names import Language, other
from crisis_sim.wording import Say, _, speaker
from crisis_sim.wording.names import SIDES

PARTS = ("gaps", "lines", "forecasts", "channels", "cost", "scores", "questions", "changes")


def part(name: str, view: HotwashPage, language: Language) -> list[str]:
    """The lines of one part."""
    say = speaker(language)
    match name:
        case "gaps":
            return gaps(view, language)
        case "lines":
            return [row for comparison in view.lines for row in _comparison(comparison, say)] + _crossings(view, say)
        case "forecasts":
            return [
                *_forecasts("us", view.forecasts_us, view.brier_us, say),
                *_forecasts("china", view.forecasts_china, view.brier_china, say),
            ]
        case "channels":
            return _channels(view, say)
        case "cost":
            return list(costs(view, say))
        case "scores":
            return _scores(view, say)
        case "changes":
            return list(changes(view, say))
        case _:
            asked = enumerate(view.questions, 1)
            return [
                row
                for number, each in asked
                for row in (*_question(number, each, say), *room_says(view, "question", str(number), say))
            ]


def _question(number: int, asked: QuestionView, say: Say) -> list[str]:
    rows = [say("{number}. {ask} (on the record: {about})", number=number, ask=asked.ask, about=say(asked.about))]
    recalls = say("; ").join(asked.recalls)
    return [*rows, say("   Think back to: {what}", what=recalls)] if asked.recalls else rows


def gaps(view: HotwashPage, language: Language) -> list[str]:
    """Every act with what was meant and what was read, the largest gap first."""
    say = speaker(language)
    rows = [say("What was meant, and what it was taken to mean; the largest gap first.")]
    for side, gap in (("us", view.mean_gap_us), ("china", view.mean_gap_china)):
        if gap is not None:
            rows.append(_mean(say(SIDES[side]), gap, say))
    if view.blind_turns:
        turns = say(", ").join(map(str, view.blind_turns))
        rows.append(say("Turns in which both meant well and took the other as hostile: {turns}.", turns=turns))
    for number, pair in enumerate(view.pairs, 1):
        rows += _pair(number, pair, language, say)
        rows += [*came_to(pair, say), *room_says(view, "act", f"{pair.side}/{pair.turn}/{pair.order}", say)]
    return rows


def _mean(side: str, gap: int, say: Say) -> str:
    if not gap:
        return say("{side} acts were taken, on average, as they were meant.", side=side)
    return say(
        "{side} acts were taken, on average, {gap} more hostile than they were meant."
        if gap > 0
        else "{side} acts were taken, on average, {gap} friendlier than they were meant.",
        side=side,
        gap=shown(abs(gap)),
    )


def _pair(number: int, pair: MeaningPair, language: Language, say: Say) -> list[str]:
    if pair.reading is None:
        read, gap = say("it was not read" if pair.arrived else "it did not arrive"), ""
    else:
        read = say("read as {meant}", meant=meant(pair.reading, language))
        if pair.confidence:
            read = say("{read}, {sure}", read=read, sure=confidence(language, pair.confidence))
        gap = say("Gap {gap:+d}. ", gap=pair.gap) if pair.gap else say("No gap. ")
    head = say(
        "{number}. {gap}Turn {turn}. {head}. Meant as {meant}; {read}.",
        number=number,
        gap=gap,
        turn=pair.turn,
        head=pair.head,
        meant=meant(pair.intent, language),
        read=read,
    )
    return [head, *(f"   {line}" for line in pair.text.split("\n") if line.strip())]


def _comparison(comparison: LineComparison, say: Say) -> list[str]:
    side, guesser = say(SIDES[comparison.side]), say(SIDES[other(comparison.side)])
    rows = [hits(comparison, say)]
    for line in comparison.lines:
        if line.adopted:
            ended = _("  {kind} ({concern}): {says} It ended {word}.")
            kind, concern = say(line.kind), say(line.concern)
            told = say(ended, kind=kind, concern=concern, says=stopped(line.says, say), word=line.word)
            rows.append(say("{line} {guessed}", line=told, guessed=imagined(line, comparison, say)))
    for when, guessed in (("before", comparison.guesses_before), ("after", comparison.guesses_after)):
        sentence = _("{who} guessed {when}:") if guessed else _("{who} guessed nothing {when}.")
        rows.append(say(sentence, who=guesser, when=say(when)))
        rows += [f"  {row}" for row in guesses(guessed, say)] if guessed else []
    for when, thought in (("before", comparison.expected_before), ("after", comparison.expected_after)):
        if thought:
            rows.append(say("{side} thought {when} that {who} guesses:", side=side, when=say(when), who=guesser))
            rows += [f"  {row}" for row in guesses(thought, say)]
    return rows


def _crossings(view: HotwashPage, say: Say) -> list[str]:
    crossed = [say("Crossed: {what}", what=what) for what in view.crossings] or [say("No red line was crossed.")]
    return [*crossed, *(say("Nearly: {what}", what=what) for what in view.near_misses)]


def _forecasts(side: str, scores: Sequence[ForecastScore], brier: int | None, say: Say) -> list[str]:
    if brier is None:
        return [say("{side} forecast nothing.", side=say(SIDES[side]))]
    sentence = _("{side} forecast; Brier score {brier}, where 0 is perfect, 0.25 a coin and 1 always wrong:")
    rows = [say(sentence, side=say(SIDES[side]), brier=shown(brier))]
    for each in scores:
        came = say("it happened" if each.happened else "it did not happen")
        told = _("  Turn {turn}, {chance} in 100: {ask} ({came})")
        rows.append(say(told, turn=each.turn, chance=each.chance, ask=each.ask, came=came))
    return rows


def _channels(view: HotwashPage, say: Say) -> list[str]:
    counts = _("Requests made: {asked}; {taken} taken, {refused} refused, {unanswered} unanswered in time.")
    rows = [say(counts, asked=view.asked, taken=view.taken, refused=view.refused, unanswered=view.unanswered)]
    if view.unheard:
        rows.append(say("Met with silence because request or answer did not arrive in time: {n}.", n=view.unheard))
    rows += dealings(view, say)
    rows += [say("Silence: {what}", what=sentence) for sentence in view.silences]
    rows += [say("Readouts: {what}", what=sentence) for sentence in view.readouts]
    return rows + [say("Flag, {flag}", flag=flag) for flag in view.flags]


def _scores(view: HotwashPage, say: Say) -> list[str]:
    felt = {"us": _("As the US felt it: {path}."), "china": _("As China felt it: {path}.")}
    curves = [say("Tension from the start, turn by turn: {path}.", path=_path(view.score.curve, say))]
    curves += [say(felt[of.side], path=_path(of.curve, say)) for of in view.score.sides]
    return [*curves, *score(view.score, say), *tracks(view.tracks, say)]


def _path(curve: tuple[int, ...], say: Say) -> str:
    return say(", ").join(map(shown, curve))
