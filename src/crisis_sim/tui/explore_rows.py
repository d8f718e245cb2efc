"""Rows for looking into a scenario: its plan of injects, one inject, one turn, the ties of a thing, and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.authoring.graph import Edge, Graph, Node
from crisis_sim.authoring.graph_text import VERBS, label_of, together
from crisis_sim.authoring.preview import InjectPage, TurnPage
from crisis_sim.authoring.stats import Reading, Session, Stats
from crisis_sim.rules.names import Language
from crisis_sim.tui.rows import BLANK, READING, Block, Row, Tone, block, columns, para, row

TO = {"us": "US only", "china": "China only", "both": ""}
KINDS = {
    "inject": "Injects",
    "pink": "Pink lines",
    "red": "Red lines",
    "track": "At stake",
    "fact": "Facts",
    "commitment": "Promises",
    "channel": "Channels",
    "rule": "Rules",
    "act": "Acts",
}
"""Kinds of thing in the order in which they are listed."""

TONES: dict[str, Tone] = {"pink": "new", "red": "bad", "inject": "strong"}


def plan_blocks(turns: Sequence[TurnPage], width: int) -> list[Block]:
    """Every turn and the injects that are first due in it; both can be picked."""
    found: list[Block] = []
    for turn in turns:
        head = row((f"Turn {turn.number}", "head"), (f"   T+{turn.hour} h to T+{turn.ends} h", "dim"))
        found.append(Block((head,), f"turn/{turn.number}"))
        for page in turn.injects:
            mark, tone = _mark(page)
            first = row((f"  T+{page.hour:<4}", "dim"), (mark, tone))
            found.append(Block(tuple(para(page.title, width, indent=18, first=first)), f"inject/{page.id}"))
        found.append(block(BLANK))
    return found


def _mark(page: InjectPage) -> tuple[str, Tone]:
    """What brings it, in a word."""
    match page.comes:
        case "by the clock":
            return "comes  ", "new"
        case "if":
            return "if …   ", "key"
        case _:
            return "by hand", "dim"


def inject_blocks(page: InjectPage, width: int) -> list[Block]:
    """One inject: each team's words and misreadings, what brings it, what it changes."""
    width = min(width, READING)
    rows = [*para(page.title, width, "strong"), row((_when(page), "dim"))]
    if page.condition:
        rows += [BLANK, row(("Comes if", "head")), *para(page.condition, width)]
    same = page.us == page.china
    if page.us:
        rows += [BLANK, row(("Both teams read" if same else "The US reads", "head" if same else "us"))]
        rows += para(page.us, width)
    if page.china and not same:
        rows += [BLANK, row(("China reads", "china")), *para(page.china, width)]
    rows += [BLANK, row(("The US may take it so", "us")), *para(page.reads_us, width)]
    rows += [BLANK, row(("China may take it so", "china")), *para(page.reads_china, width)]
    if page.follows:
        rows += [BLANK, row(("What changes", "head"))]
        for phrase in page.follows:
            rows += para(phrase, width, indent=2, first=row("• "))
    rows += [BLANK, row(("For the facilitator", "head")), *para(page.note, width), BLANK, row((page.place, "dim"))]
    return [Block((each,)) for each in rows]


def _when(page: InjectPage) -> str:
    said = [f"T+{page.hour} h", page.comes if page.comes != "if" else "if its condition holds"]
    said += [TO[page.to]] if TO[page.to] else []
    said += [f"until T+{page.until} h"] if page.until is not None else []
    said += [f"to be answered within {page.window} h"] if page.window is not None else []
    said += [f"thread: {page.thread}"] if page.thread else []
    return " · ".join(said)


def turn_blocks(turn: TurnPage, width: int) -> list[Block]:
    """A turn in which nobody has acted so far."""
    width = min(width, READING)
    rows = [
        row((f"Turn {turn.number}", "strong"), f", T+{turn.hour} h to T+{turn.ends} h: {turn.ends - turn.hour} hours"),
        BLANK,
        *para("What follows holds if nobody has done anything up to here.", width, "dim"),
        BLANK,
        row(("At stake", "head")),
    ]
    rows += [columns([(name, 34, ""), (value, 24, "strong")]) for name, value in turn.tracks]
    rows += [BLANK, row(("Channels, unused", "head"))]
    for name, word, hours, in_time in turn.channels:
        when = "at once" if hours == 0 else f"{hours} h"
        tone: Tone = "good" if in_time else "bad"
        late = "arrives in this turn" if in_time else "arrives later"
        rows.append(columns([(name, max(width - 42, 20), ""), (word, 9, ""), (when, 7, ""), (late, 23, tone)]))
    counts = [sum(page.comes == kind for page in turn.injects) for kind in ("by the clock", "if", "by hand")]
    said = f"Injects: {counts[0]} by the clock, {counts[1]} if something holds, {counts[2]} by hand"
    rows += [BLANK, *para(said, width)]
    return [Block((each,)) for each in rows]


# ties


def node_blocks(graph: Graph, width: int) -> list[Block]:
    """Everything in the graph, by kind; each can be picked."""
    found: list[Block] = []
    for kind, name in KINDS.items():
        nodes = sorted((node for node in graph.nodes if node.kind == kind), key=lambda node: node.hour or 0)
        if nodes:
            found.append(block(row((name, "head"))))
            found += [Block(tuple(para(label_of(node), width - 2, indent=2)), node.id) for node in nodes]
            found.append(block(BLANK))
    return found


def tie_blocks(graph: Graph, node: Node, width: int) -> list[Block]:
    """One thing, and everything that bears on it or that it bears on; those can be picked."""
    width = min(width, READING)
    rows = [*para(label_of(node), width, TONES.get(node.kind, "strong"))]
    for text in (node.how if node.how != "by the clock" else "", node.says):
        rows += para(text, width, "dim") if text else []
    for phrase in node.follows:
        rows += para(phrase, width, indent=2, first=row("• "))
    rows += [row((node.place, "dim"))] if node.place else []
    found = [block(*rows), block(BLANK)]
    edges = together(graph.edges)
    for title, ends in (
        ("What bears on it", [edge for edge in edges if edge.end == node.id]),
        ("What it bears on", [edge for edge in edges if edge.start == node.id]),
    ):
        if ends:
            found.append(block(row((title, "head"))))
            found += [_tie(graph, node, edge, width) for edge in ends]
            found.append(block(BLANK))
    if len(found) == 2:
        found.append(block(*para("Nothing else is tied to it.", width, "dim")))
    return found


def _tie(graph: Graph, node: Node, edge: Edge, width: int) -> Block:
    """One tie, told from this end."""
    label = f" ({edge.label})" if edge.label else ""
    if edge.end == node.id:
        said, other = f"{label_of(graph.node(edge.start))}{label} {VERBS[edge.kind]} it", edge.start
    else:
        said, other = f"{VERBS[edge.kind]}{label} {label_of(graph.node(edge.end))}", edge.end
    return Block(tuple(para(said, width - 2, indent=2)), other)


# numbers


def number_blocks(stats: Stats, language: Language, width: int) -> list[Block]:
    """What there is to read, how long it takes, and what is in play."""
    rows = [row(("To read", "head"))]
    rows += [_reading(reading, language) for reading in stats.readings]
    for session in stats.sessions:
        rows += [BLANK, *_session(session, width)]
    rows += [BLANK, row(("In play", "head"))]
    families = ", ".join(f"{number} {family}" for family, number in stats.families.items())
    rows += para(f"{stats.moves} moves ({families}), {stats.rules} rules", width)
    if stats.stuck:
        rows += para(f"no channel can carry {', '.join(stats.stuck)}", width, "bad")
    for side, (pink, red) in stats.lines.items():
        rows.append(row(f"{'US' if side == 'us' else 'China'}: {pink} pink lines, {red} red"))
    rows += [BLANK, row(("Channels", "head"))]
    rows += [
        columns([(each.name, 40, ""), (f"{each.readiness}%", 5, ""), (f"{each.moves} moves", 10, "dim")])
        for each in stats.channels
    ]
    rows += [BLANK, row(("Languages", "head"))]
    rows += [row(f"{each.language}: {each.written} of {each.texts} texts are written") for each in stats.coverage]
    return [Block((each,)) for each in rows]


def _reading(reading: Reading, language: Language) -> Row:
    shown = language if language in reading.words else "en"
    unit = "characters" if shown == "zh" else "words"
    is_written = reading.words[shown] > 0
    amount = f"{reading.words[shown]:>6,} {unit}" if is_written else "     – not written"
    minutes = f"{reading.minutes[shown]:.1f} min" if is_written else ""
    return columns([(reading.what, 30, ""), (reading.who, 12, "dim"), (amount, 18, ""), (minutes, 9, "strong")])


def _session(session: Session, width: int) -> list[Row]:
    told = f"{session.length} minutes planned; {session.least:.0f} to {session.most:.0f} estimated"
    rows = [row((told, "head")), row((f"briefs {session.briefs:.1f} min to read", "dim"))]
    for turn in session.turns:
        counted = f"{len(turn.timed)} by the clock, up to {len(turn.contingent)} more if something holds"
        rows.append(columns([(f"turn {turn.number}", 8, ""), (f"T+{turn.hour} h", 9, "dim"), (counted, 50, "")]))
    return rows
