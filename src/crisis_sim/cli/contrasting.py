"""Two courses of a session as a page of text, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from crisis_sim.cli.answer import prose, table
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.numbers import told as shown
from crisis_sim.pages.refusals import names_from, refusal
from crisis_sim.pages.telling import head_for, in_language
from crisis_sim.session.contrast import Contrast, Parting, TurnContrast
from crisis_sim.session.course import ActDone, Course, TurnPoint
from crisis_sim.session.rejudge import Refused
from crisis_sim.text import clean

NAMES: Final = {"us": "US", "china": "China"}
NUMBERS: Final = (("tension", "tension"), ("felt_us", "felt by US"), ("felt_china", "felt by China"))


def page(found: Contrast, between: Sequence[str], dossier: Dossier) -> Iterator[str]:
    """The two courses side by side; `between` says how the two are related."""
    tracks = _track_names(dossier)
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
        yield from _turn(turn, dossier)
    yield from ("", _where(found.a.ended, found.b.ended), *_ends(found, tracks))


def _track_names(dossier: Dossier) -> dict[str, str]:
    """What is at stake as screens call it, and what that counts, by id."""
    names = dossier.tracks.items()
    return {name: f"{in_language(of.name, 'en')}, {in_language(of.unit, 'en')}" for name, of in names}


def _where(a: bool, b: bool) -> str:
    """Where the last numbers stand: a log that was not played to its end has another last moment."""
    if a and b:
        return "At the end:"
    if a or b:
        return f"At the end of {'A' if a else 'B'}, and where the log of {'B' if a else 'A'} ends:"
    return "Where their logs end:"


def _head(name: str, course: Course) -> str:
    ended = "" if course.ended else ", not played to its end"
    what = f"{in_language(course.title, 'en')}, {course.length} minutes, seed {course.seed}, session {course.session}"
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


def refused_rows(refused: Sequence[Refused], dossier: Dossier) -> list[str]:
    """Acts that the other rules did not let anybody make."""
    if not refused:
        return ["All acts could be made under the other rules."]
    rows = [f"{len(refused)} of the acts could not be made under the other rules and are left out of B:"]
    for told in (_told(each, dossier) for each in refused):
        rows.append(prose("entry {seq}, turn {turn}, {seat}: {sentence}".format_map(told), 2))
    return rows


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


def _turn(turn: TurnContrast, dossier: Dossier) -> Iterator[str]:
    """What one turn has that the other does not."""
    only = [("A", act) for act in turn.only_a] + [("B", act) for act in turn.only_b]
    told = [f"{name} only: {_act(act, dossier)}" for name, act in only]
    for what, read in (("red line crossed", _crossed), ("inject", _injects)):
        one, two = read(turn.a), read(turn.b)
        told += [f"A only: {what}, {each}" for each in one if each not in two]
        told += [f"B only: {what}, {each}" for each in two if each not in one]
    if told:
        yield from ("", f"Turn {turn.number}")
        yield from (prose(clean(sentence, lines=False), 2) for sentence in told)


def _act(act: ActDone, dossier: Dossier) -> str:
    taken = "not read" if act.reading is None else f"taken as {_signed(act.reading)}"
    return f"{head_for(act.act, dossier, None, 'en')} (meant {_signed(act.intent)}, {taken})"


def _signed(number: int) -> str:
    return f"−{-number}" if number < 0 else f"+{number}" if number else "0"


def _crossed(point: TurnPoint | None) -> tuple[str, ...]:
    return () if point is None else tuple(_line(each) for each in point.crossed)


def _line(name: str) -> str:
    side, _, line = name.partition("/")
    return f"{NAMES[side]}: {line.replace('-', ' ')}"


def _injects(point: TurnPoint | None) -> tuple[str, ...]:
    return () if point is None else tuple(in_language(title, "en") for title in point.injects)


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


def as_json(found: Contrast, between: Parting | Sequence[Refused], dossier: Dossier) -> str:
    """Both courses whole, points as numbers with two decimals at most, and how the two are related."""
    related = (
        {"parting": between._asdict()}
        if isinstance(between, Parting)
        else {"refused": [_told(each, dossier) for each in between]}
    )
    whole = {"format": 1, "a": _course(found.a, dossier), "b": _course(found.b, dossier), **related}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _told(refused: Refused, dossier: Dossier) -> dict[str, object]:
    """An act that could not be made, and why not."""
    sentence, _ = refusal(refused.why, "en", names_from(dossier, "en"))
    return {"seq": refused.seq, "turn": refused.turn, "seat": refused.seat, "sentence": sentence}


def _course(course: Course, dossier: Dossier) -> dict[str, object]:
    title, turns = in_language(course.title, "en"), [_plain(turn, dossier) for turn in course.turns]
    return {**course._asdict(), "title": title, "turns": turns}


def _plain(turn: TurnPoint, dossier: Dossier) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in turn._asdict().items():
        if key in ("number", "hour", "crossed"):
            found[key] = value
        elif key == "injects":
            found[key] = [in_language(title, "en") for title in turn.injects]
        elif key == "acts":
            found[key] = [_act_done(act, dossier) for act in turn.acts]
        elif isinstance(value, dict):
            found[key] = {name: points / 100 for name, points in value.items()}
        else:
            found[key] = value / 100
    return found


def _act_done(act: ActDone, dossier: Dossier) -> dict[str, object]:
    head = head_for(act.act, dossier, None, "en")
    return {"side": act.act.side, "head": head, "intent": act.intent, "reading": act.reading}
