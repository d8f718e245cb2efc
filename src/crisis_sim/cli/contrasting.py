"""Two courses of a session as a page of text, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from crisis_sim.cli.answer import prose, table
from crisis_sim.engine.table import Table
from crisis_sim.numbers import told as shown
from crisis_sim.session.contrast import Contrast, Parting, TurnContrast
from crisis_sim.session.course import ActDone, Course, TurnPoint
from crisis_sim.session.rejudge import Refused
from crisis_sim.text import clean

NAMES: Final = {"us": "US", "china": "China"}
NUMBERS: Final = (("tension", "tension"), ("felt_us", "felt by US"), ("felt_china", "felt by China"))


def page(found: Contrast, between: Sequence[str], tracks: Mapping[str, str]) -> Iterator[str]:
    """The two courses side by side; `between` says how the two are related, `tracks` what is at stake, by id."""
    yield from (_head("A", found.a), _head("B", found.b), "", *between)
    first = found.first
    if first is None:
        yield "Nothing is otherwise: every turn has the same numbers, acts and readings."
        return
    if found.a.length != found.b.length:
        yield prose("They have different lengths, so that turns of one number may be at different hours.")
    where = "at the start" if first.number == 0 else f"in turn {first.number}"
    yield prose(f"The first difference in numbers, acts or readings is {where}.")
    yield from ("", "Turn by turn, A → B:", *_columns(found))
    for turn in found.turns:
        yield from _turn(turn)
    yield from ("", _where(found.a.ended, found.b.ended), *_ends(found, tracks))


def track_names(table: Table) -> dict[str, str]:
    """What is at stake as screens call it, and what that counts, by id."""
    return {name: f"{of.name.en}, {of.unit.en}" for name, of in table.scenario.tracks.items()}


def _where(a: bool, b: bool) -> str:
    """Where the last numbers stand: a log that was not played to its end has another last moment."""
    if a and b:
        return "At the end:"
    if a or b:
        return f"At the end of {'A' if a else 'B'}, and where the log of {'B' if a else 'A'} ends:"
    return "Where their logs end:"


def _head(name: str, course: Course) -> str:
    ended = "" if course.ended else ", not played to its end"
    what = f"{course.title}, {course.length} minutes, seed {course.seed}, session {course.session}"
    return clean(f"{name}: {what}, rules {', '.join(course.packs)}{ended}", lines=False)


def parting_rows(parted: Parting) -> list[str]:
    """Where two logs part."""
    if not parted.a and not parted.b:
        return [f"The two logs have the same {parted.shared} entries."]
    if not parted.shared:
        return ["The two logs share no entry; they are sessions of their own."]
    turn = "the briefing" if parted.turn == 0 else f"turn {parted.turn}"
    nexts = f"A goes on with {parted.a or 'nothing'}, B with {parted.b or 'nothing'}"
    return [prose(f"They share {parted.shared} entries and part in {turn}: {nexts}.")]


def refused_rows(refused: Sequence[Refused]) -> list[str]:
    """Acts that the other rules did not let anybody make."""
    if not refused:
        return ["All acts could be made under the other rules."]
    rows = [f"{len(refused)} of the acts could not be made under the other rules and are left out of B:"]
    return rows + [prose(f"entry {each.seq}, turn {each.turn}, {each.seat}: {each.sentence}", 2) for each in refused]


def _columns(found: Contrast) -> Iterator[str]:
    rows = [("turn", *(name for _, name in NUMBERS), "")]
    for turn in found.turns:
        if turn.number:
            cells = [_pair(turn, name) for name, _ in NUMBERS]
            rows.append((f"{turn.number}", *cells, "" if turn.is_same else "*"))
    yield table(rows, 2)


def _pair(turn: TurnContrast, name: str) -> str:
    one = "–" if turn.a is None else shown(getattr(turn.a, name))
    two = "–" if turn.b is None else shown(getattr(turn.b, name))
    return one if one == two else f"{one} → {two}"


def _turn(turn: TurnContrast) -> Iterator[str]:
    """What one turn has that the other does not."""
    only = [("A", act) for act in turn.only_a] + [("B", act) for act in turn.only_b]
    told = [f"{name} only: {_act(act)}" for name, act in only]
    for what, read in (("red line crossed", _crossed), ("inject", _injects)):
        one, two = read(turn.a), read(turn.b)
        told += [f"A only: {what}, {each}" for each in one if each not in two]
        told += [f"B only: {what}, {each}" for each in two if each not in one]
    if told:
        yield from ("", f"Turn {turn.number}")
        yield from (prose(clean(sentence, lines=False), 2) for sentence in told)


def _act(act: ActDone) -> str:
    taken = "not read" if act.reading is None else f"taken as {_signed(act.reading)}"
    return f"{act.head} (meant {_signed(act.intent)}, {taken})"


def _signed(number: int) -> str:
    return f"−{-number}" if number < 0 else f"+{number}" if number else "0"


def _crossed(point: TurnPoint | None) -> tuple[str, ...]:
    return () if point is None else tuple(_line(each) for each in point.crossed)


def _line(name: str) -> str:
    side, _, line = name.partition("/")
    return f"{NAMES[side]}: {line.replace('-', ' ')}"


def _injects(point: TurnPoint | None) -> tuple[str, ...]:
    return () if point is None else point.injects


def _ends(found: Contrast, tracks: Mapping[str, str]) -> Iterator[str]:
    a, b = found.a.turns[-1], found.b.turns[-1]
    rows = [(name, shown(getattr(a, key)), shown(getattr(b, key))) for key, name in NUMBERS]
    for meter in ("trust", "standing"):
        rows += [
            (f"{meter} of {NAMES[side]}", shown(getattr(a, meter)[side]), shown(getattr(b, meter)[side]))
            for side in NAMES
        ]
    rows += [(clean(tracks[name], lines=False), shown(a.tracks[name]), shown(b.tracks[name])) for name in found.tracks]
    counts = [str(sum(len(turn.crossed) for turn in course.turns)) for course in (found.a, found.b)]
    rows.append(("red lines crossed", counts[0], counts[1]))
    yield table([("", "A", "B"), *rows], 2)


def as_json(found: Contrast, between: Parting | Sequence[Refused]) -> str:
    """Both courses whole, points as numbers with two decimals at most, and how the two are related."""
    related = (
        {"parting": between._asdict()}
        if isinstance(between, Parting)
        else {"refused": [each._asdict() for each in between]}
    )
    whole = {"format": 1, "a": _course(found.a), "b": _course(found.b), **related}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _course(course: Course) -> dict[str, object]:
    return {**course._asdict(), "turns": [_plain(turn) for turn in course.turns]}


def _plain(turn: TurnPoint) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in turn._asdict().items():
        if key in ("number", "hour", "crossed", "injects"):
            found[key] = value
        elif key == "acts":
            found[key] = [act._asdict() for act in turn.acts]
        elif isinstance(value, dict):
            found[key] = {name: points / 100 for name, points in value.items()}
        else:
            found[key] = value / 100
    return found
