"""The pages of the hotwash as rows, plain and quiet enough for a projector: acts, forecasts, channels, what it cost."""

from __future__ import annotations

from crisis_sim.numbers import shown
from crisis_sim.pages.hotwash_page import Course, HotwashPage
from crisis_sim.pages.seat_parts import ForecastScore
from crisis_sim.rules.names import Side
from crisis_sim.text import cells, wrapped
from crisis_sim.tui.forecasts import chance_words
from crisis_sim.tui.opening import TAKEN, Opening, forecast_turns, forecasts_for
from crisis_sim.tui.rows import (
    BLANK,
    READING,
    Block,
    Piece,
    Row,
    Tone,
    bar,
    block,
    columns,
    padded,
    para,
    ranged,
    row,
    signed,
)
from crisis_sim.tui.score_rows import chart_rows, score_rows
from crisis_sim.tui.wording import SIDES, Say
from crisis_sim.wording.names import WAYS

HITS = 50
"""Percent from which a forecast says that something will happen."""


# all acts


def table_blocks(view: HotwashPage, width: int, say: Say, opening: Opening | None = None) -> list[Block]:
    """Every act in a row, the largest gap first, as far as each is open; the means once all of it is."""
    room = max(width - 22, 16)
    far = [TAKEN if opening is None else opening.how_far(pair) for pair in view.pairs]
    drawn: list[Block] = []
    if all(each == TAKEN for each in far):
        drawn += _means(view, width, say)
    else:
        text = say("{n} of {m} acts are open.").format(n=far.count(TAKEN), m=len(far))
        drawn.append(block(*para(text, width, "dim")))
    heads = ((say("turn"), 4), (say("act"), room), (say("meant"), 5), (say("read", "a reading"), 5), (say("gap"), 4))
    drawn.append(block(BLANK, columns([(name, size, "dim") for name, size in heads])))
    for number, (pair, open_to) in enumerate(zip(view.pairs, far, strict=True)):
        known = open_to == TAKEN
        read = "?" if not known else "·" if pair.reading is None else signed(pair.reading)
        gap_text = "?" if not known else "·" if pair.gap is None else signed(pair.gap)
        tone: Tone = "bad" if known and pair.gap and abs(pair.gap) >= 2 else ""
        cols: list[tuple[str, int, Tone]] = [
            (str(pair.turn), 4, pair.side), (pair.head, room, ""),
            (signed(pair.intent) if known else "?", 5, ""), (read, 5, ""), (gap_text, 4, tone),
        ]  # fmt: skip
        drawn.append(Block((columns(cols),), f"pair:{number}"))
    return drawn


def _means(view: HotwashPage, width: int, say: Say) -> list[Block]:
    """How each side was taken on average, and the turns in which neither saw it."""
    drawn = []
    for team, gap in (("us", view.mean_gap_us), ("china", view.mean_gap_china)):
        if gap is not None:
            hearer = say(SIDES["china" if team == "us" else "us"])
            way = say("more hostile") if gap > 0 else say("friendlier")
            sentence = say("On average {hearer} took {team} acts {gap} steps {way} than they were meant.")
            text = sentence.format(hearer=hearer, team=say(SIDES[team]), gap=shown(abs(gap)), way=way)
            drawn.append(block(*para(text, width)))
    if view.blind_turns:
        turns = say(", ").join(map(str, view.blind_turns))
        text = say("Turns in which both meant well and took the other as hostile: {turns}.").format(turns=turns)
        drawn.append(block(*para(text, width, "bad")))
    return drawn


# forecasts


def forecast_blocks(view: HotwashPage, opening: Opening, width: int, say: Say) -> list[Block]:
    """What both said of a turn, and once it is open what happened; at the end how the forecasts did."""
    turns = forecast_turns(view)
    if not turns:
        return [block(*para(say("Nobody made a forecast."), width, "dim"))]
    drawn: list[Block] = []
    for number, turn in enumerate(turns):
        if opening.everything or opening.place // 2 == number:
            drawn += _turn(view, turn, opening.is_open(2 * number + 1), width, say)
    if opening.everything or opening.place == 2 * len(turns):
        drawn += _on_the_whole(view, width, say)
    return drawn


def _turn(view: HotwashPage, turn: int, is_open: bool, width: int, say: Say) -> list[Block]:
    """The forecasts for one turn, by what was asked."""
    drawn = [block(row((say("WHAT WOULD HAPPEN IN TURN {n}").format(n=turn), "head")))]
    given = tuple(forecasts_for(view, turn))
    for ask in dict.fromkeys(score.ask for _, score in given):
        rows = [BLANK, *para(ask, width)]
        rows += [_forecast(side, score, is_open, say) for side, score in given if score.ask == ask]
        drawn.append(block(*rows))
    return drawn


def _forecast(side: Side, score: ForecastScore, is_open: bool, say: Say) -> Row:
    """What one team said, and once it is open what happened."""
    right = (score.chance >= HITS) == score.happened
    came: Piece = (say("it happened") if score.happened else say("it did not happen"), "good" if right else "bad")
    said = say("{chance} of 100, {word}").format(chance=score.chance, word=chance_words(score.chance, say))
    face: Piece = ("    " + padded(say(SIDES[side]), 7), side)
    return row(face, (padded(said, 27), "strong"), came if is_open else (say("sealed"), "dim"))


def _on_the_whole(view: HotwashPage, width: int, say: Say) -> list[Block]:
    """How each team's forecasts did, and the one it was surest of and wrong about."""
    drawn = [block(row((say("ON THE WHOLE"), "head")))]
    both: tuple[tuple[Side, tuple[ForecastScore, ...], int | None], ...] = (
        ("us", view.forecasts_us, view.brier_us),
        ("china", view.forecasts_china, view.brier_china),
    )
    for side, scores, brier in both:
        if brier is None:
            continue
        right = sum((score.chance >= HITS) == score.happened for score in scores)
        told = say("{team} was on the right side of {n} of {m}.").format(team=say(SIDES[side]), n=right, m=len(scores))
        rows = [BLANK, *para(told, width, side)]
        text = say("Brier score {n}: 0 is perfect, 0.25 is a coin, 1 is always wrong.").format(n=shown(brier))
        rows += para(text, width, "dim")
        worst = max(scores, key=lambda score: abs(score.chance - 100 * score.happened))
        if (worst.chance >= HITS) != worst.happened:
            rows += [BLANK, *para(say("Surest, and wrong, of turn {n}:").format(n=worst.turn), width, "strong")]
            rows += [*para(worst.ask, width), _forecast(side, worst, True, say)]
        drawn.append(block(*rows))
    return drawn


# channels


def channel_blocks(view: HotwashPage, opening: Opening, width: int, say: Say) -> list[Block]:
    """What each side asked and what became of it; each channel; then silences, readouts, flags."""
    parts = (_contacts, _channels, _sentences)
    shown_parts = parts if opening.everything else parts[opening.place : opening.place + 1]
    return [each for part in shown_parts for each in part(view, width, say)]


def _sentences(view: HotwashPage, width: int, say: Say) -> list[Block]:
    """Silences, readouts, flags."""
    drawn: list[Block] = []
    for title, sentences in (
        (say("SILENCES"), view.silences),
        (say("READOUTS"), view.readouts),
        (say("FLAGS"), view.flags),
    ):
        drawn.append(block(row((title, "head"), ("" if sentences else "  " + say("none"), "dim"))))
        drawn += [
            Block(tuple(para(each, min(width, READING), indent=2, first=row(("• ", "key"))))) for each in sentences
        ]
        drawn.append(block(BLANK))
    return drawn


def _channels(view: HotwashPage, width: int, say: Say) -> list[Block]:
    """A table of the channels; nought is a dot, so that what happened stands out."""
    heads = (say("US"), say("China"), say("late"), say("lost"), say("low"), say("leak"))
    tones: tuple[Tone, ...] = ("us", "china", "bad", "bad", "bad", "bad")
    name = max(width - 6 * len(heads), 10)
    rows: list[Row] = [columns([("", name, "dim"), *((ranged(head, 5), 5, "dim") for head in heads)])]
    for each in view.channels:
        used: Tone = "" if each.us or each.china else "dim"
        counts = (each.us, each.china, each.late, each.lost, each.too_low, each.leaked)
        first, *more = wrapped(each.name, name)
        cols: list[tuple[str, int, Tone]] = [(first, name, used)]
        for count, tone in zip(counts, tones, strict=True):
            cols.append((ranged(str(count) if count else "·", 5), 5, tone if count else "dim"))
        rows += [columns(cols), *(row((line, used)) for line in more)]
        words = f"{each.start_word} {each.start} → {each.end_word} {each.end}"
        rows.append(row(("    " + words, "dim")))
    legend = say(
        "Acts sent; late: in a later turn; lost: not taken up; low: taken by somebody without authority; leak: the "
        "press had it."
    )
    return [block(*rows, BLANK, *para(legend, width, "dim"))]


def _contacts(view: HotwashPage, width: int, say: Say) -> list[Block]:
    """What each side asked and what became of it, and how it sought contact."""
    if len(view.contacts) != len(SIDES):
        return []
    us, china = view.contacts
    never = say("never")
    unheard, late = (us.unheard, china.unheard), (us.answered_late, china.answered_late)
    told = (
        (say("asked for something"), us.asked, china.asked),
        (say("of that: taken"), us.taken, china.taken),
        (say("refused"), us.refused, china.refused),
        (say("met with a counter-proposal"), us.countered, china.countered),
        (say("unanswered in time"), us.unanswered, china.unanswered),
        *([(say("request or answer did not arrive in time"), *unheard)] if any(unheard) else ()),
        *([(say("answered after that, and counted twice"), *late)] if any(late) else ()),
        (say("still open at the end"), us.still_open, china.still_open),
        (say("said in public"), us.public, china.public),
        (say("said in private"), us.private, china.private),
        (say("in private before the first public word"), us.private_before_public, china.private_before_public),
        (say("first private word that arrived"), _hour(us.first_contact, never), _hour(china.first_contact, never)),
    )
    name = min(max(width - 20, 20), 44)
    rows: list[Row] = [
        columns([("", name, ""), (ranged(say("US"), 7), 7, "us"), (ranged(say("China"), 7), 7, "china")])
    ]
    for says, ours, theirs in told:
        first, *more = wrapped(says, name)
        rows.append(columns([(first, name, ""), (ranged(str(ours), 7), 7, "us"), (ranged(str(theirs), 7), 7, "china")]))
        rows += [row(line) for line in more]
    return [block(*rows)]


def _hour(hour: int | None, never: str) -> str:
    return never if hour is None else f"T+{hour}"


# the third party


def cost_blocks(view: HotwashPage, width: int, say: Say) -> list[Block]:
    """What was at stake, at the start and at the end, large."""
    sentence = say("It was nobody's fault, and outside both countries. This is how it went for the people in it.")
    drawn = [block(*para(sentence, width, "dim"))]
    for course in view.courses:
        drawn.append(block(BLANK, *_course(course, width, say)))
    return drawn


_TONES: dict[str, Tone] = {"better": "good", "worse": "bad", "same": "dim", "ran-out": "bad", "ran-down": "good"}


def _course(course: Course, width: int, say: Say) -> list[Row]:
    """One thing at stake: two bars under each other, what it came to in words, and what came to pass."""
    rows = [row((course.name, "strong"), "   ", (say(WAYS[course.way]).upper(), _TONES[course.way]))]
    size = 20 if width >= 60 else 10
    room = max(cells(say("at the start")), cells(say("at the end")))
    for when, value, word in ((say("at the start"), course.start, ""), (say("at the end"), course.end, course.word)):
        marks = bar(value - course.least, course.most - course.least, size)
        text = f"{shown(value)} {course.unit}"
        text = say("{word}, {sure}").format(word=text, sure=word) if word else text
        rows.append(row(("    " + padded(when, room + 2), "dim"), marks, "  ", (text, "strong")))
    for mark in course.marks:
        rows += para(mark, width - 4, indent=6, first=row(("    • ", "key")))
    return rows


# curves


def score_blocks(view: HotwashPage, width: int, say: Say) -> list[Block]:
    """How tension went, as it was weighed and as each side felt it."""
    rows = [*para(say("The distance between the curves is misreading."), width, "dim"), BLANK]
    rows.extend([*chart_rows(view.score, width, say), BLANK, *score_rows(view.score, width, say)])
    return [Block((each,)) for each in rows]
