"""A report in Markdown, taken apart, and what its tables must say if `verify --findings` is right.

Tables are known by their heads; a table that nothing here knows is reported, so that no number comes into a report
without a place in the findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import partial, reduce
from operator import getitem
from typing import Any, NamedTuple

from crisis_sim.engine.table import GameTable

SIDES = {"us": "US", "china": "China"}
WHOLE = {"us": "United States", "china": "China"}

Cells = list[list[str]]
Whole = dict[str, Any]


class Printed(NamedTuple):
    """A table of the report: the headings that it stands under, its head, its rows."""

    section: str
    part: str
    head: tuple[str, ...]
    rows: Cells


class Said(NamedTuple):
    """A line of the report that is no table and no quote."""

    section: str
    part: str
    text: str


def taken_apart(text: str) -> tuple[list[Printed], list[Said]]:
    """Tables and sentences of a report, what Markdown escapes given back; tables of one head in one part are one."""
    tables: list[Printed] = []
    said: list[Said] = []
    section = part = ""
    rows: Cells = []
    for line in (*text.splitlines(), ""):
        if line.startswith("|"):
            rows.append([_plain(cell) for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
            continue
        if rows:
            table = Printed(section, part, tuple(rows[0]), rows[2:])
            if tables and tables[-1][:3] == table[:3]:
                tables[-1].rows.extend(table.rows)
            else:
                tables.append(table)
            rows = []
        if line.startswith("## "):
            section, part = _plain(line[3:]), ""
        elif line.startswith("### "):
            part = _plain(line[4:])
            said.append(Said(section, part, part))
        elif line and line[0] not in ">*#":
            said.append(Said(section, part, _plain(re.sub(r"^(?:-|\d+\.) ", "", line))))
    return tables, said


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.strip())


# numbers as a report writes them


def points(value: float, signed: bool = False) -> str:
    """`4`, `2.2`, `+4`, `−4`; zero without a sign."""
    number = Decimal(str(value)).normalize()
    return (f"{number:+f}" if signed and number else f"{number:f}").replace("-", "−")


def fraction(value: float | None, places: int = 2, signed: bool = False) -> str:
    """`0.25`, `+1.50`, `–` for none."""
    if value is None:
        return "–"
    number = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return (f"{number:+f}" if signed and number else f"{number if number else abs(number):f}").replace("-", "−")


def scale(value: int | None) -> str:
    """A place on the scale of meanings: `−2`, `0`, `+3`."""
    return "–" if value is None else f"−{-value}" if value < 0 else f"+{value}" if value else "0"


# tables by their heads

FORMS: dict[str, Callable[[Any], str]] = {
    "": str,
    "side": SIDES.__getitem__,
    "hour": lambda hour: "–" if hour is None else f"T+{hour}h",
    "many": lambda listed: str(len(listed)),
    "points": points,
    "+points": partial(points, signed=True),
    "2": fraction,
    "+2": partial(fraction, signed=True),
    "3": partial(fraction, places=3),
    "+3": partial(fraction, places=3, signed=True),
}
"""How a number or a name is written, by what stands behind its key."""


def listed(path: str, columns: str) -> Callable[[Whole, GameTable], Cells]:
    """A row for each of what the findings list at `path`; a column is `key`, or `key:form`."""
    return lambda found, _: [_row(of, columns) for of in _within(found, path)]


def staged(path: str, columns: str) -> Callable[[Whole, GameTable], Cells]:
    """The same of what was given before play and after it, which stands behind the first column."""

    def rows(found: Whole, _: GameTable) -> Cells:
        stages = [(when, _row(of, columns)) for when in ("before", "after") for of in found[f"{path}_{when}"]]
        return [[first, when, *others] for when, (first, *others) in stages]

    return rows


def _row(of: Whole, columns: str) -> list[str]:
    parts = (column.partition(":") for column in columns.split())
    return [FORMS[form](_within(of, key)) for key, _, form in parts]


def _within(of: Any, path: str) -> Any:
    return reduce(getitem, path.split("."), of)


def _timeline(found: Whole, _: GameTable) -> Cells:
    course = found["course"]["turns"]
    rows = []
    for before, turn in zip([None, *course], course, strict=False):
        moved = "" if before is None else points(round(turn["tension"] - before["tension"], 2), signed=True)
        sent = [str(sum(act["side"] == side for act in turn["acts"])) for side in SIDES]
        rows.append([str(turn["number"]), f"T+{turn['hour']}h", points(turn["tension"]), moved, *sent])
    return rows


def _pressures(found: Whole, _: GameTable) -> Cells:
    course = found["course"]["turns"]
    return [
        [*(points(turn["pressure"].get(line["line"], 0)) for turn in course), points(line["limit"])]
        for line in found["register"]["pink_lines"]
        if any(turn["pressure"].get(line["line"]) for turn in course)
    ]


def _acts(found: Whole, _: GameTable) -> Cells:
    return [
        [name(act["key"]), str(act["entry"]), act["head"].partition(": ")[2], *map(scale, meanings(act))]
        for act in found["meanings"]
    ]


def meanings(act: Whole) -> tuple[int | None, ...]:
    return tuple(act[key] for key in ("intent", "expected", "reading", "gap", "unforeseen"))


def name(key: list[Any]) -> str:
    return f"{SIDES[key[0]]} {key[1]}.{key[2]}"


def _places(found: Whole, table: GameTable) -> Cells:
    """Orders under each other: each act, and its place in the guesses before play and after it."""
    assert table.card is not None
    return [
        [str(place), table.card.says[act].in_("en"), *(_place(guess, act) for guess in guesses)]
        for of, after in zip(found["orders_before"], found["orders_after"], strict=True)
        for guesses in [(of["guess"], after["guess"])]
        for place, act in enumerate(of["order"], 1)
    ]


def _place(guess: list[str], act: str) -> str:
    return str(guess.index(act) + 1) if guess else "–"


def _channels(found: Whole, table: GameTable) -> Cells:
    return [
        [
            table.scenario.channels[of["id"]].name.in_("en"),
            *(str(of[count]) for count in ("us", "china", "late", "lost", "too_low", "leaked")),
            f"{of['start']} → {of['end']}",
        ]
        for of in found["channels"]
    ]


def _promises(found: Whole, table: GameTable) -> Cells:
    return [
        [
            str(of["turn"]),
            SIDES[of["side"]],
            table.commitments[of["commitment"]].says.in_("en"),
            "broken" if of["broken"] else "kept",
        ]
        for of in found["register"]["promises"]
    ]


def _checklist(which: str) -> Callable[[Whole, GameTable], Cells]:
    def rows(found: Whole, _: GameTable) -> Cells:
        entries = {tuple(act["key"]): act["entry"] for act in found["meanings"]}
        pairs = zip(*(of[which] for of in found["conducts"]), strict=True)
        return [[ours["says"], _met(ours, entries), _met(theirs, entries)] for ours, theirs in pairs]

    return rows


def _met(item: Whole, entries: dict[tuple[Any, ...], int]) -> str:
    mark = "yes" if item["met"] else "no"
    return f"{mark}<br>{named(item['evidence'], entries, 3)}" if item["evidence"] else mark


def named(keys: list[list[Any]], entries: dict[tuple[Any, ...], int], most: int = 6) -> str:
    told = [f"{name(key)} (entry {entries[tuple(key)]})" for key in keys]
    return ", ".join(told[:most]) + (" …" if len(told) > most else "")


def _at_stake(found: Whole, table: GameTable) -> Cells:
    words = {True: "better", False: "worse", None: "as it began"}
    rows = []
    for of in found["at_stake"]:
        track = table.scenario.tracks[of["id"]]
        word = "ran out" if of["ran_out"] else "did not run out" if of["clock"] else words[of["better"]]
        rows.append([track.name.in_("en"), track.unit.in_("en"), points(of["start"]), points(of["end"]), word])
    return rows


def _foreseen(side: int) -> Callable[[Whole, GameTable], Cells]:
    def rows(found: Whole, table: GameTable) -> Cells:
        asks = {forecast.id: forecast.ask.in_("en") for forecast in table.scenario.forecasts}
        made = found["foresights"][side]["forecasts"]
        due = sorted({each["turn"] for each in made})
        cells = {(asks[of["id"]], of["turn"]): f"{of['chance']} {'yes' if of['happened'] else 'no'}" for of in made}
        asked = dict.fromkeys(asks[each["id"]] for each in made)
        return [[ask, *(cells.get((ask, turn), "–") for turn in due)] for ask in asked]

    return rows


WANTED = {"inform": "to inform", "ask": "to ask", "settle": "to settle a principle", "seen": "to be seen talking"}


def _wanted(found: Whole, _: GameTable) -> Cells:
    """What each side wanted of each call, and what the other took it to want."""
    return [
        [WHOLE[side], _named(call["purposes"].get(side)), _named(call["guesses"].get(rival))]
        for call in found["register"]["calls"]
        for side, rival in (("us", "china"), ("china", "us"))
    ]


def _named(purpose: str | None) -> str:
    return "–" if purpose is None else WANTED[purpose]


def _believed(side: str) -> Callable[[Whole, GameTable], Cells]:
    """What a team said of what it believes: after which turn, how likely, by how much moved, and what had come."""

    def rows(found: Whole, table: GameTable) -> Cells:
        return [
            [f"after turn {turn}", chance, moved, came]
            for of in found["beliefs"]
            if of["side"] == side
            for turn, chance, moved, came in _curve(found, of, table)
        ]

    return rows


def _curve(found: Whole, of: Whole, table: GameTable) -> Iterator[tuple[int, str, str, str]]:
    from crisis_sim.pages.phrases import chance_words
    from crisis_sim.wording import plain

    for before, (turn, chance) in zip([None, *of["said"]], of["said"], strict=False):
        since, was = before or (0, chance)
        theirs = (act for act in found["meanings"] if act["key"][0] != of["side"])
        came = sorted(
            (act["arrived"], act["key"][1:], _is_note(act), act["move"])
            for act in theirs
            if since < act["arrived"] <= turn
        )
        names = ", ".join(_move(move, table, holding) for _, _, holding, move in came) or "nothing new"
        moved = "" if before is None else points(chance - was, signed=True)
        yield turn, f"{chance} of 100, {chance_words(chance, plain)}", moved, names


def _is_note(act: Whole) -> bool:
    return bool(act["head"].partition(": ")[2].startswith("Holding note,"))


def _move(move: str, table: GameTable, holding: bool) -> str:
    return "Holding note" if holding else table.material.moves[move].label.in_("en")


class Known(NamedTuple):
    """How a table is found again: its rows from the findings, and which of its columns these are."""

    rows: Callable[[Whole, GameTable], Cells]
    columns: slice = slice(None)


BELIEFS = "Instruction cards and beliefs"
BESIDES = "was it here for something besides the common task?"
GEORGE = "Requirements of crisis management, after George (1984, 1991)"
SWAINE = "Principles of crisis management, after Swaine (2009, 2024)"
UNDERSTOOD = listed("directions", "sender:side acts arrived read bias:+2 noise:2 error:2 accuracy:+2")
TABLES: dict[tuple[str, str, str], Known] = {
    ("Timeline", "", "turn"): Known(_timeline, slice(0, 6)),
    ("Tension, and how it was felt", "", "turn"): Known(
        listed(
            "course.turns",
            "number tension:points felt_us:points felt_china:points trust.us:points trust.china:points "
            "standing.us:points standing.china:points",
        )
    ),
    ("Pressure on lines", "", "line"): Known(_pressures, slice(1, None)),
    ("What was done, meant and taken", "", "act"): Known(_acts),
    ("The largest gaps", "How each side was understood", "acts of"): Known(UNDERSTOOD),
    ("What was least foreseen", "How each side was understood", "acts of"): Known(UNDERSTOOD),
    ("What was least foreseen", "Foreseen and unforeseen", "acts of"): Known(
        listed("directions", "sender:side read asked foreseen:+2 unforeseen:+2 surprise:2")
    ),
    ("What was least foreseen", "Crossed audiences", "acts of"): Known(
        listed("directions", "sender:side audiences same_audience crossed")
    ),
    ("Turning points", "", "turn"): Known(listed("turning_points", "turn hour:hour moved:+points"), slice(0, 3)),
    ("Lines and guesses of them", "", "lines of"): Known(
        staged("lines", "owner:side lines guesses matched hit_rate:2 jaccard:2 weight_error:2")
    ),
    ("Lines and guesses of them", "What each takes gravely", "order of"): Known(
        staged("orders", "side:side acts tau:+2")
    ),
    ("Lines and guesses of them", "What each takes gravely", ""): Known(_places),
    ("Forecasts", "", "by"): Known(
        listed(
            "foresights",
            "side:side forecasts:many brier:3 reliability:3 resolution:3 uncertainty:3 skill:+3 log_score:3",
        )
    ),
    ("Forecasts", "What the US forecast", "forecast"): Known(_foreseen(0)),
    ("Forecasts", "What China forecast", "forecast"): Known(_foreseen(1)),
    (BELIEFS, f"US: {BESIDES}", ""): Known(_believed("china")),
    (BELIEFS, f"China: {BESIDES}", ""): Known(_believed("us")),
    ("Mirror images and blind turns", "", "side"): Known(listed("mirrors", "side:side own:+2 others:+2 image:+2")),
    ("Channels", "", "side"): Known(
        listed(
            "contacts",
            "side:side first_contact:hour private_before_public private public asked taken refused countered "
            "unanswered unheard",
        )
    ),
    ("Channels", "", "channel"): Known(_channels),
    ("Channels", "Calls, and what each side wanted of them", ""): Known(_wanted),
    ("Said and done", "", "turn"): Known(_promises),
    ("Said and done", "", "side"): Known(
        listed(
            "conducts",
            "side:side mixed_turns:many provocations:many unmatched:many undecided:many notices restraint_announced "
            "restraint_kept restraint_broken",
        )
    ),
    ("Two checklists", GEORGE, "item"): Known(_checklist("george")),
    ("Two checklists", SWAINE, "item"): Known(_checklist("swaine")),
    ("What it came to for the third party", "", "what"): Known(_at_stake),
}  # fmt: skip
"""By section, part and the first words of the head."""


def known(table: Printed) -> Known | None:
    """What a table can be found again by; None for one that no number of the findings is in."""
    first = re.split(r"[:,]", table.head[0])[0]
    return TABLES.get((table.section, table.part, first))


def numbers(found: Any) -> set[str]:
    """Each number of the findings without its sign, as sentences write it: whole, rounded, or in percent."""
    if isinstance(found, dict | list):
        values = found.values() if isinstance(found, dict) else found
        return {str(len(found))}.union(*map(numbers, values))
    if isinstance(found, bool) or not isinstance(found, int | float):
        return set()
    value = abs(found)
    return {points(value), fraction(value * 100, 0), *(fraction(value, places) for places in range(4))}
