"""A report in Markdown, taken apart, and what its tables and sentences must say if `verify --findings` is right.

Tables are known by their heads and sentences by their form, not by where they stand; a table or a sentence with numbers
that nothing here knows is reported, so that no number comes into a report without a place in the findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import partial, reduce
from itertools import pairwise, takewhile
from operator import getitem
from typing import Any, NamedTuple

from crisis_sim.content.authored_stakes import TrackOf
from crisis_sim.engine.table import GameTable

SIDES = {"us": "US", "china": "China"}
SAID = {"us": "the US", "china": "China"}

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


def turns(values: list[int]) -> str:
    return ", ".join(map(str, values)) or "–"


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


# sentences by their form


def sentences(found: Whole, table: GameTable) -> set[str]:
    """All sentences with numbers that the findings give, as a report says them."""
    return {sentence.strip() for part in PARTS for sentence in part(found, table)}


def _summary(found: Whole, table: GameTable) -> Iterator[str]:
    course, register = found["course"]["turns"], found["register"]
    first, last, high = course[0], course[-1], max(course, key=lambda turn: turn["tension"])
    start, end, most = (points(turn["tension"]) for turn in (first, last, high))
    if last["tension"] == first["tension"]:
        went = f"Tension ended where it began, at {end} of 100 ({register['rung']})."
    else:
        way = "rose" if last["tension"] > first["tension"] else "fell"
        went = f"Tension {way} from {start} to {end} of 100 ({register['rung']})."
    is_peak = high["tension"] > max(first["tension"], last["tension"])
    yield f"{went} It was highest in turn {high['number']}, at {most}." if is_peak else went
    yield _of_lines(register)
    came = [f"{what} {start} → {end} {unit}" for what, unit, start, end, _ in _at_stake(found, table)]
    yield f"For the third party: {'; '.join(came)}."


def _first_page(found: Whole, table: GameTable) -> Iterator[str]:
    """Three sentences, and why the exchange is the one that it is."""
    course, register = found["course"]["turns"], found["register"]
    tracks = table.scenario.tracks
    stakes = zip(found["at_stake"], _at_stake(found, table), strict=True)
    shared = [(of["id"], row) for of, row in stakes if tracks[of["id"]].of is None]
    told = [
        f"{what}, {end} {unit} as at the start"
        if start == end
        else f"{what}, {start} at the start and {end} {unit} at the end"
        for _, (what, unit, start, end, _) in sorted(
            shared, key=lambda of: (not _counts(tracks[of[0]]), tracks[of[0]].runs_out)
        )[:4]
    ]
    yield f"For the third party: {'; '.join(told)}."
    crossed, drawn = len(register["crossings"]), register["conclusions"]
    lines = f"red lines crossed: {crossed}; no conclusion was drawn"
    if drawn:
        back = sum(of["drawn_back"] > 0 for of in drawn)
        lines = f"red lines crossed: {crossed}; conclusions drawn: {len(drawn)}, of which drawn back: {back}"
    elif not crossed:
        lines = "no red line was crossed and no conclusion drawn"
    first, last = course[0]["tension"], course[-1]["tension"]
    start, end = (points(value) for value in (first, last))
    way = "ended where it began," if first == last else f"{'rose' if last > first else 'fell'} from {start}"
    to = "at" if first == last else "to"
    by = found["tension_by"]
    assert round(sum(by.values()), 2) == round(last - first, 2)
    by = {part: points(of, signed=True) for part, of in by.items()}
    came = f"by the US {by['us']}, by China {by['china']}, by events and time {by['other']}"
    came += f", by the facilitator’s hand {by['facilitator']}" if by["facilitator"] != "0" else ""
    came += f", by the bounds of its scale {by['bounds']}" if by["bounds"] != "0" else ""
    yield f"Between the two, tension {way} {to} {end} of 100 ({register['rung']}): {came}; {lines}."
    us, china = map(_once, found["directions"])
    yield f"What the US did was taken {us}; what China did, {china}."
    exchange = found["exchange"]
    if exchange is not None:
        answers = int(exchange["asked"] is not None or exchange["answer"] is not None)
        act = next(each for each in found["meanings"] if each["key"] == exchange["key"])
        aloud = max(act["reading"], 0) if act["visibility"] == "public" else 0
        assert exchange["weight"] == exchange["surprise"] + 2 * exchange["lines"] + aloud + answers
        parts = (
            (exchange["surprise"], f"{exchange['surprise']} for steps that its sender did not expect"),
            (exchange["lines"], f"twice {exchange['lines']} for lines that it moved"),
            (aloud, f"{aloud} for how hostile it was taken in public"),
            (answers, "1 for an answer"),
        )
        why = [text for of, text in parts if of]
        all_of_it = f": {exchange['weight']}" if len(why) > 1 else ""
        yield f"Why this one: {', '.join(why)}{all_of_it}; no act that was read has more."
    yield from _exchanged(found)


def _headlines(found: Whole, _: GameTable) -> Iterator[str]:
    """What stands above charts."""
    course, register = found["course"]["turns"], found["register"]
    first, last = course[0], course[-1]
    start, end, us, china = (
        fraction(value, 0) for value in (first["tension"], last["tension"], last["felt_us"], last["felt_china"])
    )
    way = "ended where it began, at" if first["tension"] == last["tension"] else f"fell from {start} to"
    way = f"rose from {start} to" if last["tension"] > first["tension"] else way
    yield f"Tension {way} {end}; at the end the US felt {us} and China {china}"
    lines = [([turn["pressure"].get(of["line"], 0) for turn in course], of["limit"]) for of in register["pink_lines"]]
    pressed = [(max(turns), limit) for turns, limit in lines if any(turns)]
    full = sum(most >= limit for most, limit in pressed)
    yield f"Pink lines that came to their limit: {full} of {len(pressed)} that were pressed"
    read = [act for act in found["meanings"] if act["reading"] is not None]
    asked = any(act["expected"] is not None for act in found["meanings"])
    gaps = [act["gap"] if act["expected"] is None else act["unforeseen"] for act in read]
    same, more, less = gaps.count(0), sum(gap > 0 for gap in gaps), sum(gap < 0 for gap in gaps)
    told = f"taken as {'expected' if asked else 'they were meant'} {same}, as more hostile {more}, as friendlier {less}"
    yield f"Acts read: {len(gaps)}; {told}"
    of_us, of_china = ([act["gap"] for act in read if act["key"][0] == side] for side in SIDES)
    yield (
        f"Taken as they were meant: {of_us.count(0)} of {len(of_us)} acts of the US, {of_china.count(0)} of "
        f"{len(of_china)} of China"
    )
    forecast = []
    for side, of in zip(SIDES, found["foresights"], strict=True):
        skill, error = of["skill"], of["skill_error"]
        clear = error is not None and len(of["forecasts"]) >= 10 and abs(skill) > 2 * error
        what = "no better and no worse than always saying 50, as far as can be told from chance"
        if clear:
            what = f"{'better' if skill > 0 else 'worse'} than always saying 50"
        if of["forecasts"]:
            forecast.append(f"{SAID[side]} forecast {what}")
    yield _the("; ".join(forecast))


def _counts(track: TrackOf) -> bool:
    """Whether people are counted on a track who are at risk."""
    return track.counts is not None and track.most > track.start


def _exchanged(found: Whole) -> Iterator[str]:
    """Acts by name and what they were, and what was sealed of them."""
    from crisis_sim.pages.phrases import CONFIDENCE, hostility, sealed_meaning
    from crisis_sim.wording import plain

    for act in found["meanings"]:
        yield f"{name(act['key'])}: {act['head'].partition(': ')[2]}"
        if act["reading"] is not None:
            meaning = sealed_meaning(act["intent"], act["expected"], plain)
            taken = f"{hostility(plain, act['reading'])} ({scale(act['reading'])})"
            yield f"{meaning[:1].upper()}{meaning[1:]}; taken as {taken}, {CONFIDENCE[act['confidence'] - 1]}."


def _once(of: Whole) -> str:
    """How the acts of a side were taken, and whether that is more than chance."""
    read, bias, error = of["read"], of["bias"], of["bias_error"]
    if bias is None or error is None or read < 3:
        return f"in ways that are not known, for too few acts were read ({read})"
    low, high = (fraction(value, 1, signed=True) for value in (bias - 2 * error, bias + 2 * error))
    if not of["error"]:
        return f"just as it was meant ({read} acts)"
    if abs(bias) <= 2 * error:
        off = f"{fraction(of['error'], 1)} steps off what was meant on average"
        untold = "cannot tell whether it leans friendly or hostile"
        return f"{off}, and {read} acts {untold} ({low} to {high} steps, which holds zero)"
    way = "more hostile" if bias > 0 else "friendlier"
    foreseen = None if of["foreseen"] is None or of["asked"] < read else of["foreseen"] * (1 if bias > 0 else -1)
    expected = ""
    if foreseen is not None and foreseen > 0:
        part = f"of which its sender had expected {fraction(foreseen, 1)}"
        expected = f", {'which its sender had expected' if foreseen >= abs(bias) else part}"
    return f"as {fraction(abs(bias), 1)} steps {way} than it was meant ({read} acts; {low} to {high}){expected}"


def _beliefs(found: Whole, table: GameTable) -> Iterator[str]:
    """Where what a team believed began, ended and moved most, the first time of several alike, and how near it was to
    what was so."""
    ends: list[str] = []
    for of in found["beliefs"]:
        if of["said"]:
            (_, start), (_, end) = of["said"][0], of["said"][-1]
            went = f"began at {start} in 100 and ended at {end}" if start != end else f"ended where it began, at {end}"
            name = {"us": "the US", "china": "China"}[of["side"]]
            ends.append(f"{name} {went}")
    if ends:
        said = "; ".join(ends)
        yield said[0].upper() + said[1:]
    for of in found["beliefs"]:
        steps = [abs(after - was) for (_, was), (_, after) in pairwise(of["said"])]
        if any(steps):
            turn, _, moved, came = list(_curve(found, of, table))[1:][steps.index(max(steps))]
            yield f"It moved most after turn {turn}, by {moved}; what had come: {came}."
        if of["brier"] is not None:
            brier = points(round(of["brier"] * 100) / 100)
            yield f"{SIDES[of['side']]}: Brier score {brier}: 0 is perfect, 0.25 is a coin, 1 is always wrong."


def _calls(found: Whole, table: GameTable) -> Iterator[str]:
    """Calls that were held, and how often each side guessed what the other wanted of one."""
    for of in found["register"]["calls"]:
        act = of["act"]
        move = table.material.moves[act["move"]].label.in_("en")
        channel = table.scenario.channels[act["channel"]].name.in_("en")
        yield f"Turn {of['turn']}: {WHOLE[act['side']]}: {move}, {channel}, {act['visibility']}"
    for of in found["purposes"]:
        right = f"{of['right']} of {of['calls']}"
        yield f"{SIDES[of['side']]} guessed what the other wanted of a call in {right}; by chance one in four."


def _closer(found: Whole, table: GameTable) -> Iterator[str]:
    """What each side said had moved it closer, and how far that fits its record."""
    for of in found["register"]["closer"]:
        by = "the facilitator" if of["by"] is None else WITHIN[of["by"]]
        told = f"turn {of['turn']}: {by} asked {WITHIN[of['side']]}"
        if not of["answered"]:
            yield f"{told}; play ended before an answer"
            continue
        if not of["acts"]:
            yield f"{told}, which declined to say"
            continue
        acts = "; ".join(
            f"{WHOLE[act['side']]}: "
            f"{_move(act['move'], table, act.get('holding', False))}, "
            f"{table.scenario.channels[act['channel']].name.in_('en')}, {act['visibility']}"
            for act in of["acts"]
        )
        so = "nothing had pressed its lines" if of["candour"] is None else f"candour {points(of['candour'])} of 1"
        concern = table.material.concerns[of["concern"]].in_("en")
        yield f"{told}, which said: {acts}; over: {concern}; {so}"
    for of in found["candours"]:
        told = f"{SIDES[of['side']]} named acts in {of['named']} of {of['asked']} answers"
        so = f"candour {fraction(of['candour'])} of 1, over {of['measured']} of them"
        yield f"{told}; {so if of['measured'] else 'none can be laid beside its record'}."


def _openness(found: Whole, table: GameTable) -> Iterator[str]:
    """How much each side told of what it alone knew, how truly and when first."""
    for of in found["openness"]:
        told = f"{SIDES[of['side']]} told {of['told']} of the {of['facts']} facts that it alone knew"
        yield f"{told}, first in turn {of['first']}; truth {fraction(of['truth'])} of 1." if of["told"] else f"{told}."


VOICES = {
    "meet": "{side} has met a hard voice at home by what it did in public",
    "speak": "{side}: a hard voice at home has spoken",
    "wait": "{side} has asked a hard voice at home to wait",
}


def _voices(found: Whole, _: GameTable) -> Iterator[str]:
    """What teams did with hard voices at home; what a scenario gave them to decide is told elsewhere."""
    for of in found["register"]["voices"]:
        if of["said"] and not of["inject"]:
            yield f"turn {of['turn']}: {VOICES[of['answer']].format(side=WHOLE[of['side']])}"


def _of_lines(register: Whole) -> str:
    """Crossings and conclusions, or how near it came to either."""
    crossings, drawn = register["crossings"], register["conclusions"]
    if not crossings and not drawn:
        return f"No red line was crossed; pink lines came near their limits: {len(register['near_misses'])}."
    told = [f"Red lines crossed: {_whose(crossings, 'of')}." if crossings else "No red line was crossed."]
    if drawn:
        told.append(f"Conclusions drawn: {_whose(drawn, 'by')}.")
    if back := sum(of["drawn_back"] > 0 for of in drawn):
        told.append(f"Of these, drawn back: {back}.")
    return " ".join(told)


def _whose(came: list[Whole], of: str) -> str:
    """How many of each side, and in which turns."""
    whose = []
    for side in SIDES:
        of_side = [each["turn"] for each in came if each["side"] == side]
        if of_side:
            whose.append(f"{len(of_side)} {of} {SAID[side]}, in turn {turns(list(dict.fromkeys(of_side)))}")
    return "; ".join(whose)


def _parts(felt: Whole) -> str:
    """What lies behind the rise that a side felt."""
    named = (
        ("share", "came of misreading"),
        ("order", "of its own order of offences"),
        ("alert", "of being on alert"),
        ("conclusions", "of what it concluded or held crossed"),
    )
    return ", ".join(
        f"{fraction(felt[key] * 100, 0)} % {name}"
        for key, name in named
        if felt[key] is not None and (felt[key] or key == "share")
    )


def _taken(found: Whole, _: GameTable) -> Iterator[str]:
    for of, felt in zip(found["directions"], reversed(found["felt"]), strict=True):
        side, sender = SAID[felt["side"]], SAID[of["sender"]]
        share = fraction((felt["share"] or 0) * 100, 0)
        risen = f"Of the tension that {side} felt rise: {_parts(felt)}."
        if of["bias"] is not None:
            told = _how_taken(of, _the(side), sender)
            if of["asked"] and of["error"]:
                parts = (fraction(of[key], signed=True) for key in ("foreseen", "unforeseen"))
                foreseen, unforeseen = parts
                told += (
                    f" On average {sender} had foreseen {foreseen} of it; {unforeseen} it had not ({of['asked']} acts)."
                )
            yield told
            yield f"{told} {risen}"
        yield f"Of the tension that {side} felt rise, {share} % came from its readings."
        end, distance = points(felt["end"]), points(felt["distance"], signed=True)
        ended, grown = f"{_the(side)} felt {end} at the end; beside tension itself: {distance}.", _parts(felt)
        yield f"{ended} Of the rise that it felt: {grown}." if grown else ended
        by, without = points(felt["by_order"], signed=True), points(max(0, round(felt["end"] - felt["by_order"], 2)))
        yield (
            f"Its own order of offences moved what it felt by {by} in all: {end} at the end with it, {without} without "
            "it, apart from what time took."
        )


def _grave(found: Whole, _: GameTable) -> Iterator[str]:
    """How far each knew what the other takes gravely."""
    for before, after in zip(found["orders_before"], found["orders_after"], strict=True):
        side, guesser = SAID[before["side"]], SAID["china" if before["side"] == "us" else "us"]
        acts = before["acts"]
        pairs = acts * (acts - 1) // 2
        first, last = (None if of["tau"] is None else round((1 + of["tau"]) * pairs / 2) for of in (before, after))
        head, tail = f"Of each two of {acts} acts, {guesser} knew", f"{side} takes more gravely in"
        yield f"{head} which {tail} {first} cases before play and {last} after it, of {pairs}; luck knows half."
        for when, known in (("before", first), ("after", last)):
            yield f"{head} {when} play which {tail} {known} cases of {pairs}; luck knows half."


WHOLE = {"us": "United States", "china": "China"}
WITHIN = {"us": "the US", "china": "China"}
PLEDGES = {"demand": "public demand", "threat": "public warning", "promise": "public promise"}
ENDS = {
    "met": "met",
    "shared": "given up by both together",
    "carried-out": "carried out",
    "lapsed": "not put to the test",
    "excused": "dropped with good reason",
    "yielded": "given up under a public threat",
    "dropped": "dropped",
    None: "still binding at the end",
}


def _at_home(found: Whole, _: GameTable) -> Iterator[str]:
    """What bound a team at home, and what became of it."""
    heads = {tuple(of["key"]): of["head"].partition(": ")[2] for of in found["meanings"]}
    for of in found["register"]["pledges"]:
        move = heads[tuple(of["act"])].partition(", ")[0]
        end = ENDS[of["how"]] + (f" in turn {of['settled']}" if of["settled"] else "")
        told = f"{PLEDGES[of['pledge']]}, {move}; stake {points(of['stake'])}; {end}"
        yield f"{WHOLE[of['side']]}, turn {of['turn']}: {told}"


def _citations(found: Whole, table: GameTable) -> Iterator[str]:
    """What a team cited, whether it acted against it, and whether it was cited back."""
    for of in found["register"]["citations"]:
        instrument = table.scenario.instruments[of["id"]]
        named = {"us": "the US", "china": "China", "host": "the host"}
        by = ", ".join(words for side, words in named.items() if side in instrument.accepted_by)
        told = [f"{_the(SAID[of['side']])} cited it in turn {of['turn']}"]
        told += [f"acted against it in turn {of['broken']}"] if of["broken"] else []
        told += [f"had it cited against it in turn {of['returned']}"] if of["returned"] else []
        title = instrument.title.in_("en")
        yield f"{title} ({instrument.year}), accepted by {by}: {'; '.join(told)}"


def _citing(found: Whole, _: GameTable) -> Iterator[str]:
    """How much of what each side cited the other had accepted, and how much it acted against."""
    for of in found["citing"]:
        told = f"{SIDES[of['side']]} cited {of['cited']}, of which the other had accepted {of['shared']}"
        yield f"{told}, and acted against {of['broken']} later."


def _told(found: Whole, table: GameTable) -> Iterator[str]:
    """Lines that a team named to the other."""
    for of in found["register"]["tellings"]:
        side, turn, _ = of["act"]
        line = table.lines[f"{side}/{of['line']}"].says.in_("en").rstrip(".")
        reached = "" if of["arrived"] else "it never reached them; "
        concluded = "a bluff: it had not concluded so" if of["is_bluff"] else "it had concluded so"
        yield f"{WHOLE[side]}, turn {turn}: {line}, {of['visibility']}; {reached}{concluded}"


def _things(found: Whole, table: GameTable) -> Iterator[str]:
    """Things that were used, what they were seen as, and when that came out."""
    for of in found["register"]["assets"]:
        thing = table.scenario.teams.team_of(of["side"]).assets[of["asset"]]
        told = [f"{WHOLE[of['side']]}: {thing.name.in_('en')}, used in turn {of['turn']}"]
        for what, when, apart, late in (
            ("unseen", "out", "more than was seen", "found out"),
            ("mistaken", "cleared", "taken for more than it was", "cleared up"),
        ):
            if not of[what]:
                continue
            terms = ", ".join(f"“{table.material.terms[term].says.in_('en')}”" for term in of[what])
            came = f"{late} in turn {of[when]}" if of[when] else f"never {late}"
            told += [f"{apart}: {terms}", "found out at the close" if what == "unseen" and of["at_close"] else came]
        yield "; ".join(told if len(told) > 1 else [*told, "seen as it was"])


def _how_taken(of: Whole, hearer: str, sender: str) -> str:
    error, bias, read = fraction(of["error"]), fraction(abs(of["bias"])), of["read"]
    if not of["error"]:
        return f"{hearer} took every act of {sender} as it was meant ({read} read)."
    if not of["bias"]:
        return f"{hearer} took the acts of {sender} {error} steps off, to either side alike ({read} read)."
    way = "more hostile" if of["bias"] > 0 else "friendlier"
    return (
        f"{hearer} took the acts of {sender} as {bias} steps {way} than they were meant, on average; misses either way "
        f"come to {error} steps ({read} acts read)."
    )


def _gaps(found: Whole, table: GameTable) -> Iterator[str]:
    from crisis_sim.pages.acts_opened import describe_difference
    from crisis_sim.pages.phrases import CONFIDENCE, hostility, sealed_meaning
    from crisis_sim.wording import plain

    ties = list[tuple[int, Whole, str]]()
    for act in found["meanings"]:
        if not (act["gap"] or act["unforeseen"]):
            continue
        meant, taken = (f"{hostility(plain, act[key])} ({scale(act[key])})" for key in ("intent", "reading"))
        head = act["head"].partition(": ")[2]
        told = f"{name(act['key'])}, {head}, meant as {meant} and taken as {taken}"
        yield f"The widest gap: {told}."
        if act["expected"] is not None:
            expected = f"{hostility(plain, act['expected'])} ({scale(act['expected'])})"
            told = (
                f"{name(act['key'])}, {head}, meant as {meant}, expected to be taken as {expected} and taken as {taken}"
            )
            yield f"What was least foreseen: {told}."
        ties.append((abs(act["gap"] if act["expected"] is None else act["unforeseen"]), act, told))
        yield f"{name(act['key'])}: {head} (gap {scale(act['gap'])})"
        sure = CONFIDENCE[act["confidence"] - 1]
        meaning = sealed_meaning(act["intent"], act["expected"], plain)
        yield f"{meaning[:1].upper()}{meaning[1:]}; taken as {taken}, {sure}. Entry {act['entry']}."
        yield from describe_difference(act["intent"], act["expected"], act["reading"], plain)
        yield from (" ".join(fared) for fared in (_fared(found, act, "It came late:"), _fared(found, act, "It came")))
    yield from _ties(ties)


def _ties(ties: list[tuple[int, Whole, str]]) -> Iterator[str]:
    """What is said where several acts share the widest, one of each side that has any."""
    from crisis_sim.engine.views.act_views import by_surprise

    most = max((steps for steps, _, _ in ties), default=0)
    alike = sorted(
        (by_surprise(tuple(act["key"]), act["gap"], act["unforeseen"]), act["key"][0], told)
        for steps, act, told in ties
        if steps == most
    )
    first = dict[str, str]()
    for _, side, told in alike:
        first.setdefault(side, told)
    for lead in ("Least foreseen were {n} acts alike", "The widest gap is that of {n} acts alike"):
        yield f"{lead.format(n=len(alike))}, steps off: {most}; among them {'; '.join(first.values())}."


def _fared(found: Whole, act: Whole, came: str) -> Iterator[str]:
    """What an act answered, and how its channel served it."""
    heads = {tuple(of["key"]): of["head"].partition(": ")[2] for of in found["meanings"]}
    for of in found["register"]["requests"]:
        if of["answer"] == act["key"]:
            yield f"It answered {name(of['act'])}: {heads[tuple(of['act'])]}."
    if act["arrived"] > act["key"][1]:
        hours = act["arrival"] - act["hour"]
        yield f"{came} {hours} h after it was sent, in turn {act['arrived']}."
    if act["outcome"] == "too-low":
        yield "It was taken by somebody without authority; it was passed on, and worth little."
    if act["outcome"] == "leaked":
        yield "It leaked: the press had it too."


def _images(found: Whole, _: GameTable) -> Iterator[str]:
    blind = turns(found["blind_turns"])
    yield f"Blind turns by their number, in which each meant well and took the other as hostile: {blind}."


def _improvement(found: Whole, table: GameTable) -> Iterator[str]:
    """The observations of strengths and areas, with the evidence that strengths have beside them."""
    entries = {tuple(act["key"]): act["entry"] for act in found["meanings"]}
    for place, side in enumerate(SIDES):
        whose, rival = _the(SAID[side]), 1 - place
        read, forecasts = found["directions"][rival], found["foresights"][place]
        error = fraction(read["error"])
        yield f"{whose} read the other within one step: {error} on average. Evidence: {read['read']} acts read"
        yield f"{whose} read the other’s acts {error} steps from what was meant, on average."
        off = fraction(read["surprise"])
        near = f"{whose} took the other’s acts within one step of what was expected: {off} on average."
        yield f"{near} Evidence: {read['read']} acts read"
        yield f"{whose} read the other’s acts {off} steps from what their sender expected, on average."
        own = [act for act in found["meanings"] if act["key"][0] == side]
        early = takewhile(lambda act: act["visibility"] == "private", own)
        private = sorted((act["arrived"], *act["key"][1:]) for act in early if act["arrived"])[:1]
        keys = [[side, turn, order] for _, turn, order in private]
        yield f"{whose} spoke in private first. Evidence: {named(keys, entries)}"
        left = found["contacts"][rival]["unanswered"]
        yield f"{whose} left requests unanswered in time: {left}."
        mixed = ", ".join(map(str, found["conducts"][place]["mixed_turns"]))
        yield f"{whose} soothed and pressed at once in turn {mixed}."
        ways, named_them = (found["conducts"][place][key] for key in ("ways_left", "actors_named"))
        yield f"{whose} left the other a way in {ways} of its acts, and named the actor in {named_them}."
        made = [of for of in found["register"]["promises"] if of["side"] == side]
        broken = sum(of["broken"] for of in made)
        yield f"{whose} broke {broken} of {len(made)} promises."
        kept = named([of["act"] for of in made], entries)
        yield f"{whose} kept its promises: {len(made)}. Evidence: {kept}"
        crossed = [of for of in found["register"]["crossings"] if of["by"] == side != of["side"]]
        yield f"{whose} crossed red lines of the other: {len(crossed)}."
        rates = [found[f"lines_{when}"][rival]["hit_rate"] for when in ("before", "after")]
        if best := [rate for rate in rates if rate is not None]:
            rate = fraction(max(best) * 100, 0)
            told = f"{whose} guessed {rate} % of the other’s lines by kind and concern."
            yield told
            yield f"{told} Evidence: line map, hit rate {rate} %"
        skill = fraction(forecasts["skill"], 2, signed=True)
        error = fraction(forecasts["skill_error"])
        counted = f"{len(forecasts['forecasts'])} forecasts, skill {skill}, standard error {error}"
        yield f"{whose} forecast better than always saying 50. Evidence: {counted}"
        yield f"{whose} forecast worse than always saying 50."
    drawn = found["register"]["conclusions"]
    left = [of["turn"] for of in drawn if not of["drawn_back"]]
    yield f"Conclusions that nobody was drawn back from: {len(left)}."
    evidence = ", ".join(map(str, dict.fromkeys(of["turn"] for of in drawn)))
    yield f"Every conclusion was drawn back from: {len(drawn)}. Evidence: turn {evidence}"
    for of in found["channels"]:
        channel = table.scenario.channels[of["id"]].name.in_("en")
        yield f"{channel}: {of['late']} acts late, {of['lost']} not taken up."


def _the(side: str) -> str:
    return f"T{side[1:]}" if side.startswith("the ") else side


PARTS = (
    _first_page,
    _headlines,
    _beliefs,
    _calls,
    _closer,
    _openness,
    _voices,
    _summary,
    _taken,
    _grave,
    _at_home,
    _citations,
    _citing,
    _told,
    _things,
    _gaps,
    _images,
    _improvement,
)
