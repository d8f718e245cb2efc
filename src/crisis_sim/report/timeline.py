"""How the session went: the curves, the timeline, the lanes of acts, the gaps, the turns."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_sim.engine import events as e
from crisis_sim.measures import tables
from crisis_sim.measures.meanings import Meaning, widest
from crisis_sim.measures.tension import TurningPoint
from crisis_sim.numbers import points_printed
from crisis_sim.pages.acts_opened import describe_difference
from crisis_sim.pages.blocks import Heading, Quote, capital, listed, prose, table_of
from crisis_sim.pages.phrases import confidence, format_signed, one_after_another, sealed_meaning, taken_as
from crisis_sim.pages.traces import reason_of
from crisis_sim.pages.translator import words_for
from crisis_sim.report import headlines, notes_and_remarks, pictures
from crisis_sim.report.report_blocks import Picture, ReportBlock, by_sign
from crisis_sim.report.report_record import ReportRecord
from crisis_sim.rules.names import SIDES, other
from crisis_sim.session.course import TurnPoint
from crisis_sim.wording import _, join_parts

WIDEST = 5
"""Gaps that are told with their words; the table of acts has all."""


def tension(record: ReportRecord) -> Iterator[ReportBlock]:
    """The curves, with the same numbers in a table, and what was felt."""
    say, turns = record.say, record.measures.course.turns
    yield Heading(say("Tension, and how it was felt"))
    names = (say("tension"), say("felt by US"), say("felt by China"))
    columns = (
        tuple(turn.tension for turn in turns),
        tuple(turn.felt_us for turn in turns),
        tuple(turn.felt_china for turn in turns),
    )
    shows = pictures.Curves(
        curves=tuple(pictures.ChartCurve(name, values) for name, values in zip(names, columns, strict=True)),
        turns=tuple(
            pictures.Turn(str(turn.number), say("T+{hour}h", hour=turn.hour), _lines_of(record, turn)) for turn in turns
        ),
        rungs=tuple((rung.at, rung.name.in_(record.language)) for rung in record.replay.table.base.tension.rungs),
        axis=say("turn"),
    )
    sentences = [say("Tension by turn, and as each side felt it. They part by misreading and by what was concluded.")]
    if any(turn.crossed for turn in turns):
        sentences.append(say("× marks a turn in which red lines were crossed, and names whose."))
    yield Picture(shows, headlines.of_tension(turns, say), one_after_another(sentences))
    rows = (
        (turn.number, *map(points_printed, (turn.tension, turn.felt_us, turn.felt_china, *_meters(turn))))
        for turn in turns
    )
    meters = (_("US trust"), _("China’s trust"), _("US standing"), _("China’s standing"))
    head = (say("turn"), *names, *map(say, meters))
    yield table_of(head, tuple(tuple(map(str, row)) for row in rows), frozenset(range(8)))
    for felt in record.measures.felt:
        words = {"side": record.team(felt.side), "end": points_printed(felt.end)}
        words["distance"] = points_printed(felt.distance, signed=True)
        sentence = say("{side} felt {end} at the end; beside tension itself: {distance}.", **words)
        if parts := say(", ").join(tables.felt_parts(felt, say)):
            sentence = one_after_another((sentence, say("Of the rise that it felt: {parts}.", parts=parts)))
        yield prose(sentence)
        if felt.by_order:
            yield prose(tables.with_and_without(felt, say))


def _lines_of(record: ReportRecord, turn: TurnPoint) -> tuple[str, ...]:
    """Whose red lines were crossed in a turn, with how many if there were several."""
    labels = []
    for side in SIDES:
        count = sum(line.startswith(f"{side}/") for line in turn.crossed)
        if count:
            labels.append(record.side(side) + (f" {count}" if count > 1 else ""))
    return tuple(labels)


def _of_lines(record: ReportRecord, turn: TurnPoint | TurningPoint) -> Iterator[str]:
    """What became of lines in a turn."""
    for template, lines in (
        (_("Crossed: {line}"), turn.crossed),
        (_("Full, and a conclusion drawn: {line}"), turn.concluded),
        (_("Further from a conclusion: {line}"), turn.drawn_back),
    ):
        yield from (record.say(template, line=record.line(line)) for line in lines)


def _meters(turn: TurnPoint) -> tuple[int, ...]:
    return (turn.trust["us"], turn.trust["china"], turn.standing["us"], turn.standing["china"])


def timeline(record: ReportRecord) -> Iterator[ReportBlock]:
    """Turn by turn: tension, what came, what became of lines."""
    say, turns = record.say, record.measures.course.turns
    yield Heading(say("Timeline"))
    rows = []
    for place, turn in enumerate(turns):
        moved = points_printed(turn.tension - turns[place - 1].tension, signed=True) if place else ""
        came = [join_parts(dict.fromkeys(map(say.localize, turn.injects)), say), *_of_lines(record, turn)]
        counts = [str(sum(act.act.side == side for act in turn.acts)) for side in SIDES]
        rows.append(
            (
                str(turn.number),
                say("T+{hour}h", hour=turn.hour),
                points_printed(turn.tension),
                moved,
                *counts,
                "\n".join(filter(None, came)),
            )
        )
    head = (*map(say, ("turn", "hour", "tension", "moved", "US acts", "China’s acts", "what came")),)
    yield table_of(head, tuple(rows), frozenset({0, 2, 3, 4, 5}), frozenset({6}))


def pressures(record: ReportRecord) -> Iterator[ReportBlock]:
    """How the pink lines were pressed, turn by turn."""
    say, turns = record.say, record.measures.course.turns
    limits = {
        f"{team_lines.side}/{line.id}": line.limit
        for team_lines in record.opened.lines
        for line in team_lines.lines
        if line.kind == "pink"
    }
    rows = [
        pictures.GridRow(
            record.line(name),
            tuple(
                (points_printed(turn.pressure.get(name, 0)), pictures.shade(turn.pressure.get(name, 0), limit))
                for turn in turns
            ),
            points_printed(limit),
        )
        for name, limit in limits.items()
        if any(turn.pressure.get(name) for turn in turns)
    ]
    yield Heading(say("Pressure on lines"))
    if not rows:
        yield prose(say("No pink line was pressed."))
        return
    caption = say("Pressure on pink lines at the end of each turn, of those that were pressed; black is at the limit.")
    shows = pictures.GridChart(tuple(rows), tuple(str(turn.number) for turn in turns), say("turn"), say("limit"))
    pressed = [([turn.pressure.get(name, 0) for turn in turns], limit) for name, limit in limits.items()]
    title = headlines.of_pressure([series for series in pressed if any(series[0])], say)
    yield Picture(shows, title, caption)
    table = tuple((row.name, *(text for text, _ in row.cells), row.behind) for row in rows)
    head = (say("line"), *shows.turns, say("limit"))
    yield table_of(head, table, frozenset(range(1, len(head))), frozenset({0}))


def acts(record: ReportRecord) -> Iterator[ReportBlock]:
    """Both lanes of acts by turn, and every act in a table."""
    say, measures = record.say, record.measures
    yield Heading(say("What was done, meant and taken"))
    boxes = {
        side: tuple(_box(record, meaning) for meaning in measures.meanings if meaning.key[0] == side) for side in SIDES
    }
    numbers = tuple(str(turn.number) for turn in measures.course.turns if turn.number)
    caption = say(
        "The acts of both sides by turn: meant → taken, from −3 friendly to +3 hostile. ▲ more hostile than its sender "
        "expected, ▼ friendlier, by so many steps; dashed, not read, or never arrived."
        if _is_asked(record)
        else "The acts of both sides by turn: meant → taken, from −3 friendly to +3 hostile. ▲ more hostile than it "
        "was meant, ▼ friendlier, by so many steps; dashed, not read, or never arrived."
    )
    names = (record.side("us"), record.side("china"))
    title = headlines.of_acts((*boxes["us"], *boxes["china"]), say, is_asked=_is_asked(record))
    yield Picture(pictures.Lanes(boxes["us"], boxes["china"], names, numbers, say("turn")), title, caption)
    rows = tuple(
        (
            record.name(meaning.key),
            str(record.entries.get(meaning.key, "–")),
            record.head(meaning.key),
            format_signed(meaning.intent),
            format_signed(meaning.expected),
            format_signed(meaning.reading),
            format_signed(meaning.gap),
            format_signed(meaning.unforeseen),
        )
        for meaning in measures.meanings
    )
    meant = map(say, ("act", "entry", "what it was", "meant"))
    head = (*meant, say("expected", "a reading"), *map(say, ("taken as", "gap", "unforeseen")))
    yield by_sign(table_of(head, rows, frozenset({1, *range(3, 8)}), frozenset({2})), (6, 7))


def _box(record: ReportRecord, act: Meaning) -> pictures.ActBox:
    gap = None if act.gap is None else act.surprise
    description = record.move_of(act.key), record.describe_act(act.key)
    return pictures.box_of(
        act.key[1],
        f"{act.key[1]}.{act.key[2]}",
        format_signed(act.intent),
        format_signed(act.reading),
        gap,
        description,
    )


def _is_asked(record: ReportRecord) -> bool:
    """Senders said how they expected their acts to be taken."""
    return any(meaning.expected is not None for meaning in record.measures.meanings)


def gaps(record: ReportRecord) -> Iterator[ReportBlock]:
    """The largest gaps with their words, and how well each side was understood."""
    say, measures = record.say, record.measures
    yield Heading(say("What was least foreseen") if _is_asked(record) else say("The largest gaps"))
    if _is_asked(record):
        note = say(
            "A sender who knows that an act will sting has not been misread. So each gap between meaning and reading "
            "has two parts: what its sender expected, and what it did not."
        )
        yield prose(note)
    for meaning in widest(measures.meanings, WIDEST):
        words = {"act": record.name(meaning.key), "head": record.head(meaning.key), "gap": format_signed(meaning.gap)}
        yield Heading(say("{act}: {head} (gap {gap})", **words), 3)
        if text := words_for(meaning.act, say):
            yield Quote(text)
        sure = confidence(say, meaning.confidence) if meaning.confidence else "–"
        words = {
            "meaning": sealed_meaning(meaning.intent, meaning.expected, say),
            "taken": taken_as(say, meaning.reading or 0),
        }
        entry = record.entries.get(meaning.key, 0)
        sentence = say("{meaning}; taken as {taken}, {sure}. Entry {n}.", sure=sure, n=entry, **words)
        yield prose(capital(sentence))
        yield from (
            prose(apart) for apart in describe_difference(meaning.intent, meaning.expected, meaning.reading, say)
        )
        if way := record.way(meaning.key):
            yield prose(way)
        yield from notes_and_remarks.quoted(notes_and_remarks.about(record, "act", "/".join(map(str, meaning.key))))
    yield from notes_and_remarks.acts_spoken_of(
        record, frozenset(meaning.key for meaning in widest(measures.meanings, WIDEST))
    )
    yield Heading(say("How each side was understood"), 3)
    yield from _squares(record)
    rows = tuple(
        (record.side(direction.sender), *tables.UNDERSTOOD.cells(direction)) for direction in measures.directions
    )
    yield table_of(tables.UNDERSTOOD.head(say), rows, tables.UNDERSTOOD.numbers)
    if _is_asked(record):
        yield from _split(record)
    yield from _audiences(record)
    yield prose(say("Bias is the mean gap; above zero, acts were taken as more hostile than they were meant."), "quiet")


def _split(record: ReportRecord) -> Iterator[ReportBlock]:
    """How much of the gaps had been foreseen."""
    say = record.say
    yield Heading(say("Foreseen and unforeseen"), 3)
    rows = tuple(
        (record.side(direction.sender), *tables.SPLIT.cells(direction)) for direction in record.measures.directions
    )
    yield table_of(tables.SPLIT.head(say), rows, tables.SPLIT.numbers)
    split = say(
        "The gap, split: foreseen is expected minus meant, unforeseen taken minus expected, each a mean over the acts "
        "that were read and asked of; surprise is the mean size of the unforeseen part. “Asked of” says how many "
        "acts these are."
    )
    yield prose(split, "quiet")


def _audiences(record: ReportRecord) -> Iterator[ReportBlock]:
    """Whom public words were for, whom they were taken to be for, and where the two crossed."""
    say, measures = record.say, record.measures
    if not any(direction.audiences for direction in measures.directions):
        return
    yield Heading(say("Crossed audiences"), 3)
    rows = tuple(
        (record.side(direction.sender), *tables.AUDIENCES.cells(direction)) for direction in measures.directions
    )
    yield table_of(tables.AUDIENCES.head(say), rows, tables.AUDIENCES.numbers)
    note = say(
        "Of the public acts of which both sides said whom they were mainly for. Crossed: meant for the public at home, "
        "taken to be meant for the other side. Whoever plays to one table is heard at two."
    )
    yield prose(note, "quiet")
    crossed = [meaning for meaning in measures.meanings if (meaning.audience, meaning.taken_for) == ("home", "them")]
    if crossed:
        yield listed(tuple(record.describe_act(meaning.key) for meaning in crossed))


def _squares(record: ReportRecord) -> Iterator[ReportBlock]:
    """Meant against taken, of all acts that were read."""
    say, measures = record.say, record.measures
    panels = tuple(
        pictures.Panel(
            say("Acts of {side}, as {other} took them", side=record.team(side), other=record.team(other(side))),
            tuple(
                (meaning.intent, meaning.reading)
                for meaning in measures.meanings
                if meaning.key[0] == side and meaning.reading is not None and meaning.intent is not None
            ),
        )
        for side in SIDES
    )
    if any(panel.pairs for panel in panels):
        caption = say(
            "How many acts were meant and taken so. In the framed cells they were taken as they were meant; above "
            "them as more hostile, beneath them as friendlier."
        )
        title = headlines.of_squares((panels[0], panels[1]), say)
        yield Picture(pictures.Squares((panels[0], panels[1]), say("meant"), say("taken as")), title, caption)


def _besides(record: ReportRecord, turn: int) -> Iterator[str]:
    """What moved tension in a turn and was nobody's act, so that no act is taken for its cause."""
    say = record.say
    for event in record.replay.state.turn_events[turn]:
        if isinstance(event, e.NumberMoved) and event.meter == "tension" and event.trace.act is None:
            reason = reason_of(event.trace, say.white)
            if reason is not None and not event.trace.rule.startswith("crossing "):  # lines are told above
                moved = points_printed(event.trace.after - event.trace.before, signed=True)
                yield say("{label} ({note})", label=say.localize(reason), note=moved)


def turning_points(record: ReportRecord) -> Iterator[ReportBlock]:
    """The turns that moved the session, with what was done in them and what else moved tension."""
    say = record.say
    yield Heading(say("Turning points"))
    course = {turn.number: turn for turn in record.measures.course.turns}
    rows = []
    for point in record.measures.turning_points:
        turn = course[point.turn]
        act_labels = (f"{record.name(key)} {record.move_of(key)}" for key in record.entries if key[1] == turn.number)
        lines = [*_of_lines(record, point), *_besides(record, turn.number), join_parts(act_labels, say)]
        rows.append(
            (
                str(point.turn),
                say("T+{hour}h", hour=point.hour),
                points_printed(point.moved, signed=True),
                "\n".join(lines),
            )
        )
    if not rows:
        yield prose(say("No turn moved tension, no red line was crossed, and no conclusion drawn."))
        return
    yield table_of(
        (*map(say, ("turn", "hour", "moved", "what was done, and what came")),),
        tuple(rows),
        frozenset({0, 2}),
        frozenset({3}),
    )
