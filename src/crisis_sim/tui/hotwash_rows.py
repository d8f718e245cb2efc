"""What the hotwash shows, as rows: plain, big and quiet enough for a projector."""

from __future__ import annotations

from crisis_sim.engine.views import ForecastScore, GuessView, HotwashView, LineComparison, MeaningPair
from crisis_sim.numbers import shown
from crisis_sim.rules.names import Side, other
from crisis_sim.tui.forecasts import chance_words
from crisis_sim.tui.rows import BLANK, Block, Piece, Row, Tone, block, columns, padded, para, row, signed
from crisis_sim.tui.score_rows import chart_rows, score_rows
from crisis_sim.tui.team_rows import track_rows
from crisis_sim.tui.wording import CONFIDENCE, HOSTILITY, SIDES, Say


def scale(number: int | None, say: Say) -> Row:
    """Seven places from friendly to hostile, a mark on one: `friendly · · ● | · · · hostile`."""
    places = [("●" if number == step else "|" if step == 0 else "·") for step in range(-3, 4)]
    return row((say("friendly "), "dim"), ("  ".join(places), "strong"), (say(" hostile"), "dim"))


def distance(gap: int | None, say: Say) -> str:
    """The gap in words."""
    if gap is None:
        return say("It was not read.")
    if gap == 0:
        return say("Taken as it was meant.")
    steps = say("One step") if abs(gap) == 1 else say("{n} steps").format(n=abs(gap))
    return steps + (say(" more hostile than it was meant.") if gap > 0 else say(" friendlier than it was meant."))


def pair_blocks(pair: MeaningPair | None, place: int, of: int, width: int, say: Say) -> list[Block]:
    """One act, large: what they said, what they meant, how it was taken, how far apart."""
    if pair is None:
        return [block(*para(say("No act was made."), width, "dim"))]
    speaker, hearer = say(SIDES[pair.side]), say(SIDES[other(pair.side)])
    counted = say("{n} of {m}, the largest gap first").format(n=place, m=of)
    rows: list[Row] = [row((counted, "dim"), (say("   turn {n}").format(n=pair.turn), "dim")), BLANK]
    rows.extend(
        [
            row((say("{team} said").format(team=speaker), pair.side)),
            BLANK,
            *para(pair.head, width - 4, "strong", indent=4),
        ]
    )
    if pair.text:
        rows.extend([BLANK, *para(f"“{pair.text}”", width - 4, indent=4)])
    rows.extend([BLANK, row((say("{team} meant").format(team=speaker), pair.side)), BLANK])
    rows.append(row("    ", *scale(pair.intent, say), ("   " + _words(pair.intent, say), "strong")))
    rows.extend([BLANK, row((say("{team} took it as").format(team=hearer), other(pair.side))), BLANK])
    if pair.reading is None:
        text = say("It was not read.") if pair.arrived else say("It did not arrive.")
        rows.append(row("    ", (text, "dim")))
    else:
        sure = f", {say(CONFIDENCE[pair.confidence])}" if pair.confidence in CONFIDENCE else ""
        rows.append(row("    ", *scale(pair.reading, say), ("   " + _words(pair.reading, say) + sure, "strong")))
    tone: Tone = "bad" if pair.gap and abs(pair.gap) >= 2 else "head"
    rows.extend([BLANK, *para(distance(pair.gap, say) if pair.arrived else "", width, tone)])
    return [Block((each,)) for each in rows]


def _words(number: int, say: Say) -> str:
    return f"{signed(number)} {say(HOSTILITY[number])}"


def table_blocks(view: HotwashView, width: int, say: Say) -> list[Block]:
    """Every act in a row, the largest gap first, and the two means."""
    room = max(width - 22, 16)
    drawn = []
    for team, gap in (("us", view.mean_gap_us), ("china", view.mean_gap_china)):
        if gap is not None:
            hearer = say(SIDES["china" if team == "us" else "us"])
            way = say("more hostile") if gap > 0 else say("friendlier")
            sentence = say("On average {hearer} took {team} acts {gap} steps {way} than they were meant.")
            text = sentence.format(hearer=hearer, team=say(SIDES[team]), gap=shown(abs(gap)), way=way)
            drawn.append(block(*para(text, width)))
    if view.blind_turns:
        turns = ", ".join(map(str, view.blind_turns))
        text = say("Turns in which both meant well and took the other as hostile: {turns}.").format(turns=turns)
        drawn.append(block(*para(text, width, "bad")))
    heads = ((say("turn"), 4), (say("act"), room), (say("meant"), 5), (say("read"), 5), (say("gap"), 4))
    drawn.append(block(BLANK, columns([(name, size, "dim") for name, size in heads])))
    for number, pair in enumerate(view.pairs):
        read = "·" if pair.reading is None else signed(pair.reading)
        gap_text = "·" if pair.gap is None else signed(pair.gap)
        tone: Tone = "bad" if pair.gap and abs(pair.gap) >= 2 else ""
        cells: list[tuple[str, int, Tone]] = [
            (str(pair.turn), 4, pair.side), (pair.head, room, ""),
            (signed(pair.intent), 5, ""), (read, 5, ""), (gap_text, 4, tone),
        ]  # fmt: skip
        drawn.append(Block((columns(cells),), f"pair:{number}"))
    return drawn


def line_blocks(view: HotwashView, width: int, say: Say) -> list[Block]:
    """Each team's lines beside the other's guesses, before and after."""
    drawn = []
    for comparison in view.lines:
        drawn.extend(_comparison(comparison, width, say))
    for title, sentences in ((say("CROSSED"), view.crossings), (say("NEARLY CROSSED"), view.near_misses)):
        if sentences:
            drawn.append(block(BLANK, row((title, "bad"))))
            drawn.extend(Block(tuple(para(each, width, indent=2, first=row(("! ", "bad"))))) for each in sentences)
    return drawn


def _comparison(comparison: LineComparison, width: int, say: Say) -> list[Block]:
    side, guesser = say(SIDES[comparison.side]), say(SIDES[other(comparison.side)])
    rows: list[Row] = [row((say("LINES OF {team}").format(team=side), comparison.side))]
    for line in comparison.lines:
        if line.adopted:
            face = row((padded(say(line.kind), 5), "bad" if line.kind == "red" else "head"))
            rows.extend(para(f"{line.says} ({line.word})" if line.word else line.says, width, indent=6, first=face))
    for when, guesses in (
        (say("{team} guessed before").format(team=guesser), comparison.guesses_before),
        (say("{team} guessed after").format(team=guesser), comparison.guesses_after),
    ):
        rows.append(row((when + ": ", "dim"), ("" if guesses else say("nothing"), "dim")))
        for guess in guesses:
            rows.extend(_guess(guess, width, say))
    return [block(*rows, BLANK)]


def _guess(guess: GuessView, width: int, say: Say) -> list[Row]:
    face = row(("  " + padded(say(guess.kind), 5), "bad" if guess.kind == "red" else "head"))
    return para(guess.says, width, indent=8, first=face)


def forecast_blocks(view: HotwashView, width: int, say: Say) -> list[Block]:
    """Both teams' forecasts with what happened, and the Brier score."""
    us = _forecasts("us", view.forecasts_us, view.brier_us, width, say)
    return [us, _forecasts("china", view.forecasts_china, view.brier_china, width, say)]


def _forecasts(side: Side, scores: tuple[ForecastScore, ...], brier: int | None, width: int, say: Say) -> Block:
    rows: list[Row] = [row((say("{team} forecast").format(team=say(SIDES[side])).upper(), side))]
    if brier is not None:
        text = say("Brier score {n}: 0 is perfect, 0.25 is a coin, 1 is always wrong.").format(n=shown(brier))
        rows.extend(para(text, width))
    rows.extend(each for score in scores for each in _forecast(score, width, say))
    return block(*rows, BLANK)


def _forecast(score: ForecastScore, width: int, say: Say) -> list[Row]:
    right = (score.chance >= 50) == score.happened
    came: Piece = (say("it happened") if score.happened else say("it did not happen"), "good" if right else "bad")
    said = say("turn {n}: {chance} of 100, {word}; ").format(
        n=score.turn, chance=score.chance, word=chance_words(score.chance, say)
    )
    return [*para(score.ask, width), row("    ", (said, "dim"), came)]


def channel_blocks(view: HotwashView, width: int, say: Say) -> list[Block]:
    """What was asked, taken, refused, and met with silence; readouts; flags."""
    counts = [
        (say("asked"), view.asked),
        (say("taken"), view.taken),
        (say("refused"), view.refused),
        (say("unanswered"), view.unanswered),
    ]
    rows: list[Row] = [row((say("REQUESTS"), "head"))]
    for name, count in counts:
        rows.append(row(padded(name, 12), (f"{count:>3} ", "strong"), "▮" * min(count, max(width - 20, 1))))
    drawn = [block(*rows)]
    for title, sentences in (
        (say("SILENCES"), view.silences),
        (say("READOUTS"), view.readouts),
        (say("FLAGS"), view.flags),
    ):
        if sentences:
            drawn.append(block(BLANK, row((title, "head"))))
            drawn.extend(Block(tuple(para(each, width, indent=2, first=row(("• ", "key"))))) for each in sentences)
    return drawn


def score_blocks(view: HotwashView, width: int, say: Say) -> list[Block]:
    """How tension went, as it was weighed and as each side felt it, and what was at stake."""
    rows = [*para(say("The distance between the curves is misreading."), width, "dim"), BLANK]
    rows.extend([*chart_rows(view.score, width, say), BLANK])
    rows.extend([*score_rows(view.score, width, say), BLANK, *track_rows(view.tracks, width, say)])
    return [Block((each,)) for each in rows]


def question_blocks(view: HotwashView, place: int, width: int, say: Say) -> list[Block]:
    """One question, large, and what of the record it is about."""
    if not view.questions:
        return [block(*para(say("The scenario asks no questions."), width, "dim"))]
    asked = view.questions[place]
    counted = say("question {n} of {m}").format(n=place + 1, m=len(view.questions))
    rows = [row((counted, "dim")), BLANK, BLANK, *para(asked.ask, width - 4, "strong", indent=4), BLANK]
    if asked.recalls:
        rows.extend(para(say("Think back to"), width - 4, "dim", indent=4))
        for name in asked.recalls:
            rows.extend(para(name, width - 4, indent=6, first=row(("    • ", "key"))))
        rows.append(BLANK)
    about = say("On the record: {about}").format(about=say(asked.about))
    return [block(*rows, *para(about, width - 4, "dim", indent=4))]
