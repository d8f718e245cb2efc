"""The measures of a session and its register, as `crisis-sim verify --findings` prints them: as a page, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import asdict

from crisis_sim.cli.answer import prose, table
from crisis_sim.engine.sight.dossier import Dossier
from crisis_sim.measures import tables
from crisis_sim.measures.conduct import Conduct
from crisis_sim.measures.lines import Matter, SecondOrder
from crisis_sim.measures.meanings import Meaning, widest
from crisis_sim.measures.sums import shown as exactly
from crisis_sim.measures.sums import told as shown
from crisis_sim.measures.whole import Measures, Register
from crisis_sim.numbers import told as points
from crisis_sim.pages.telling import head_for, in_language, words_for
from crisis_sim.session.course import ActDone
from crisis_sim.text import clean

NAMES: Final = {"us": "US", "china": "China"}
WIDEST: Final = 5
"""Gaps that the page tells; JSON has all acts."""
_POINTS: Final = frozenset(
    {"tension", "felt_us", "felt_china", "trust", "standing", "tracks", "pressure", "limit", "end", "distance", "moved"}
    | {"start"}
)
"""Names of numbers in hundredths."""
_WORDS: Final = frozenset({"title", "injects", "rung"})
"""Names of what a scenario says in several languages."""


def page(found: Measures, kept: Register, dossier: Dossier) -> Iterator[str]:
    """All measures, in the order of the debrief; single acts, requests and injects are in JSON alone."""
    course = found.course
    yield f"{in_language(course.title, 'en')}, {course.length} minutes, session {course.session}" + (
        "" if course.ended else "; not played to its end"
    )
    yield from ("", "TENSION", *_tension(found), *_turns(found), *_pressed(found, kept))
    yield from ("", "MEANT AND TAKEN", *_meanings(found, dossier))
    yield from ("", "LINES AND GUESSES OF THEM", *_lines(found))
    yield from ("", "FORECASTS", *_forecasts(found))
    yield from ("", "CHANNELS", *_channels(found))
    yield from ("", "CONDUCT", *_conduct(found), *_promises(kept))
    yield from ("", "AT STAKE", *_stake(found))


def _tension(found: Measures) -> Iterator[str]:
    for felt in found.felt:
        share = (
            "nothing rose"
            if felt.share is None
            else f"{shown(felt.share * 100, 0)} % of what it felt rise lies in its readings"
        )
        end, distance = points(felt.end), points(felt.distance, signed=True)
        yield f"  {NAMES[felt.side]} felt {end} at the end, {distance} from tension; {share}"
    for turn in found.turning_points:
        crossed = f"; crossed: {', '.join(turn.crossed)}" if turn.crossed else ""
        yield prose(f"turn {turn.turn}, T+{turn.hour}h: tension {points(turn.moved, signed=True)}{crossed}", 2)
    if found.blind_turns:
        yield prose(f"blind dilemma, neither saw it get worse: turn {', '.join(map(str, found.blind_turns))}", 2)


def _turns(found: Measures) -> Iterator[str]:
    """The numbers as each turn ended."""
    head = ("turn", "tension", "felt by US", "felt by China", "trust US", "China", "standing US", "China", "acts")
    rows = [
        (
            str(turn.number),
            *map(points, (turn.tension, turn.felt_us, turn.felt_china, turn.trust["us"], turn.trust["china"])),
            *map(points, (turn.standing["us"], turn.standing["china"])),
            str(len(turn.acts)),
        )
        for turn in found.course.turns
    ]
    yield table([head, *rows], 2)


def _pressed(found: Measures, kept: Register) -> Iterator[str]:
    """How far the pink lines were pressed, and what was crossed or nearly so."""
    turns = found.course.turns
    pressed = [of for of in kept.pink_lines if any(turn.pressure.get(of.line) for turn in turns)]
    if pressed:
        head = ("pressure on", *(f"turn {turn.number}" for turn in turns), "limit")
        rows = [
            (of.line, *(points(turn.pressure.get(of.line, 0)) for turn in turns), points(of.limit)) for of in pressed
        ]
        yield table([head, *rows], 2)
    for near in kept.near_misses:
        at = f"{points(near.pressure)} of {points(near.limit)}"
        yield prose(f"turn {near.turn}, {near.side}/{near.line} came near its limit: {at}", 2)
    for crossing in kept.crossings:
        through = f", through {crossing.through}" if crossing.through else ""
        yield prose(f"turn {crossing.turn}, {NAMES[crossing.by]} crossed {crossing.side}/{crossing.line}{through}", 2)


def _promises(kept: Register) -> Iterator[str]:
    for each in kept.promises:
        how = "broken" if each.broken else "kept"
        yield prose(f"turn {each.turn}, {NAMES[each.side]} promised {each.commitment}: {how}", 2)


def _meanings(found: Measures, dossier: Dossier) -> Iterator[str]:
    rows = [(NAMES[each.sender], *tables.understood(each)) for each in found.directions]
    yield table([tables.UNDERSTOOD, *rows], 2)
    for each in found.mirrors:
        own, others = shown(each.own, signed=True), shown(each.others, signed=True)
        image = shown(each.image, signed=True)
        yield f"  {NAMES[each.side]} meant its own acts as {own}, took the other's as {others}: mirror image {image}"
    for act in widest(found.meanings, WIDEST):
        yield prose(_gap(act, dossier), 2)


def _gap(act: Meaning, dossier: Dossier) -> str:
    head, text = head_for(act.act, dossier, None, "en"), words_for(act.act, dossier, "en")
    taken = "not read" if act.reading is None else f"taken as {_signed(act.reading)}"
    words = f" “{clean(text, lines=False)}”" if text else ""
    return f"turn {act.key[1]}, {head}: meant {_signed(act.intent)}, {taken}{words}"


def _signed(number: int) -> str:
    return f"{number:+d}" if number else "0"


def _lines(found: Measures) -> Iterator[str]:
    rows = [
        (NAMES[each.owner], when, *tables.guessed(each))
        for when, maps in (("before", found.lines_before), ("after", found.lines_after))
        for each in maps
    ]
    yield table([tables.GUESSED, *rows], 2)
    if found.second_before:
        yield from _expected(found)


def _expected(found: Measures) -> Iterator[str]:
    """What each side thought that the other guesses of its lines."""
    yield "  What each thought the other guesses of its lines:"
    told = [(each, "before") for each in found.second_before] + [(each, "after") for each in found.second_after]
    rows = [(NAMES[each.side], when, *tables.expected(each)) for each, when in told]
    yield table([tables.EXPECTED, *rows], 2)
    yield from (prose(f"{NAMES[each.side]}, {when}: {_understood(each)}", 2) for each, when in told)


def _understood(each: SecondOrder) -> str:
    """In which lines a side was wrong about how well it was understood."""
    if each.gap is None:
        return "nothing to compare, as " + ("the other guessed nothing" if each.expected else "it said nothing")
    believed = f"of {each.lines} lines, {len(each.believed)} believed understood and not{_named(each.believed)}"
    return f"{believed}; {len(each.unawares)} understood, and not believed so{_named(each.unawares)}"


def _named(matters: tuple[Matter, ...]) -> str:
    return f" ({', '.join(f'{kind} {concern}' for kind, concern in matters)})" if matters else ""


def _forecasts(found: Measures) -> Iterator[str]:
    rows = [(NAMES[each.side], *tables.foreseen(each)) for each in found.foresights]
    yield table([tables.FORESEEN, *rows], 2)


def _channels(found: Measures) -> Iterator[str]:
    for each in found.contacts:
        first = (
            "never reached the other in private"
            if each.first_contact is None
            else f"first reached the other in private at T+{each.first_contact}h"
        )
        before = f"{each.private_before_public} before the first public one"
        told = f"{each.private} private acts ({before}), {each.public} public"
        answers = f"{each.taken} taken, {each.refused} refused, {each.countered} countered"
        asked = f"{each.asked} asked: {answers}, {each.unanswered} met with silence"
        if each.unheard:
            asked += f", {each.unheard} more as request or answer did not arrive in time"
        yield prose(f"{NAMES[each.side]}: {first}; {told}; {asked}", 2)
    head = ("channel", "US", "China", "late", "lost", "too low", "leaked", "readiness")
    rows = [
        (
            use.id,
            *(str(count) for count in (use.us, use.china, use.late, use.lost, use.too_low, use.leaked)),
            f"{use.start} → {use.end}",
        )
        for use in found.channels
    ]
    yield table([head, *rows], 2)


def _conduct(found: Measures) -> Iterator[str]:
    for each in found.conducts:
        yield prose(_conducted(each), 2)
        for name, items in (("George", each.george), ("Swaine", each.swaine)):
            yield f"  {NAMES[each.side]}, {name}: {sum(item.met for item in items)} of {len(items)}"
            yield from (prose(f"{'✓' if item.met else '·'} {item.says}", 4) for item in items)


def _conducted(each: Conduct) -> str:
    mixed = f"; soothed and pressed at once in turn {', '.join(map(str, each.mixed_turns))}" if each.mixed_turns else ""
    return (
        f"{NAMES[each.side]}: promises {each.promised}, of them broken {each.broken}; provocations "
        f"{len(each.provocations)}; of the other's {len(each.unmatched)} unmatched, {len(each.undecided)} undecided; "
        f"notices given {each.notices}; restraint announced {each.restraint_announced}, of it kept "
        f"{each.restraint_kept}, broken {each.restraint_broken}, undecided {each.restraint_open}{mixed}"
    )


def _stake(found: Measures) -> Iterator[str]:
    rows = []
    for each in found.at_stake:
        how = "as it was" if each.better is None else "better" if each.better else "worse"
        if each.clock:
            how = "time ran out" if each.ran_out else "time was left"
        rows.append((each.id.replace("-", " "), f"{points(each.start)} → {points(each.end)}", how))
    yield table(rows, 2)


def values(found: Measures, kept: Register, dossier: Dossier) -> dict[str, Any]:  # Any: JSON
    """Everything: fractions with six decimals, points as decimals, acts by side, turn and order, with their entries."""
    entries = {sending.act: sending.entry for sending in kept.entries}
    told: dict[str, Any] = _plain(found)
    told["meanings"] = [_meaning(act, entries.get(act.key), dossier) for act in found.meanings]
    for turn, of in zip(told["course"]["turns"], found.course.turns, strict=True):
        turn["acts"] = [_done(act, dossier) for act in of.acts]
    register = {name: value for name, value in kept._asdict().items() if name != "entries"}
    return told | {"register": _plain(register)}


def _meaning(act: Meaning, entry: int | None, dossier: Dossier) -> dict[str, Any]:  # Any: JSON
    """An act with its words in English."""
    words = {"head": head_for(act.act, dossier, None, "en"), "text": words_for(act.act, dossier, "en")}
    told: dict[str, Any] = {}
    for name, value in act._asdict().items():
        told |= words if name == "act" else {name: _plain(value, name)}
    return told | {"gap": act.gap, "entry": entry}


def _done(act: ActDone, dossier: Dossier) -> dict[str, Any]:  # Any: JSON
    """An act of a turn with its words in English."""
    head = head_for(act.act, dossier, None, "en")
    return {"side": act.act.side, "head": head, "intent": act.intent, "reading": act.reading}


def _plain(value: Any, name: str = "", of: str = "") -> Any:  # Any: whatever measures hold
    if isinstance(value, Fraction):
        return float(exactly(value, 6))
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        kind = type(value).__name__
        return {key: _plain(inner, key, kind) for key, inner in value._asdict().items()}
    if isinstance(value, Struct):
        return {key: _plain(inner, key, type(value).__name__) for key, inner in asdict(value).items()}
    if name in _WORDS and isinstance(value, Mapping):
        return in_language(value, "en")
    if isinstance(value, dict):
        return {key: _plain(inner, name or key, of) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, name, of) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and name in _POINTS and of != "ChannelUse":
        return value / 100
    return value
