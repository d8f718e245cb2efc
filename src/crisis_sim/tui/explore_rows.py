"""Rows for looking into a scenario: its plan of injects, one inject, one turn, the ties of a thing, and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crisis_sim.authoring.graph import Edge, Graph, Node
from crisis_sim.authoring.graph_text import verb_of
from crisis_sim.authoring.preview import InjectPage, TurnPage
from crisis_sim.authoring.stats import Reading, SessionLength, Stats
from crisis_sim.pages import blocks as b
from crisis_sim.rules.names import Language
from crisis_sim.text import cells
from crisis_sim.tui.block_rows import laid_out
from crisis_sim.tui.pane_rows import BLANK, READING, PaneBlock, PaneRow, PaneTone, block, columns, para, row
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import SIDES

KINDS = {
    "inject": _("Injects"),
    "pink": _("Pink lines"),
    "red": _("Red lines"),
    "track": _("At stake"),
    "fact": _("Facts"),
    "commitment": _("Promises"),
    "channel": _("Channels"),
    "rule": _("Rules"),
    "act": _("Acts"),
}
"""Kinds of thing in the order in which they are listed."""

CHANNELS = (b.Column("", is_wide=True), b.Column(""), b.Column("", is_number=True), b.Column(""))
"""Name, shape, hours of a message, and whether it arrives."""
TONES: dict[str, PaneTone] = {"pink": "new", "red": "bad", "inject": "strong"}


def plan_blocks(turns: Sequence[TurnPage], say: Say, width: int) -> list[PaneBlock]:
    """Every turn and the injects that are first due in it; both can be picked."""
    found: list[PaneBlock] = []
    for turn in turns:
        head = row((say("Turn {turn}", turn=turn.number), "head"), (f"   {_hours(turn, say)}", "dim"))
        found.append(PaneBlock((head,), f"turn/{turn.number}"))
        for page in turn.injects:
            mark, tone = _mark(page, say)
            first = row((f"  T+{page.hour:<4}", "dim"), (_wide(mark, 7), tone))
            found.append(PaneBlock(tuple(para(page.title, width, indent=18, first=first)), f"inject/{page.id}"))
        found.append(block(BLANK))
    return found


def _hours(turn: TurnPage, say: Say) -> str:
    return say("T+{hour} h to T+{ends} h", hour=turn.hour, ends=turn.ends)


def _mark(page: InjectPage, say: Say) -> tuple[str, PaneTone]:
    """What brings it, in a word."""
    match page.comes:
        case "by the clock":
            return say("comes", "of an inject"), "new"
        case "if":
            return say("if …"), "key"
        case "never":
            return say("never", "of an inject"), "bad"
        case _:
            return say("by hand"), "dim"


def _wide(text: str, width: int) -> str:
    """A word with blanks behind it, so that what follows stands in a column."""
    return text + " " * max(width - cells(text), 0)


def inject_blocks(page: InjectPage, say: Say, width: int) -> list[PaneBlock]:
    """One inject: each team's words and misreadings, what brings it, what it changes."""
    width = min(width, READING)
    rows = [*para(page.title, width, "strong"), row((_when(page, say), "dim"))]
    if page.condition:
        rows += [BLANK, row((say("Comes if"), "head")), *para(page.condition, width)]
    same = page.us == page.china
    if page.us:
        rows += [BLANK, row((say("Both teams read") if same else say("The US reads"), "head" if same else "us"))]
        rows += para(page.us, width)
    if page.china and not same:
        rows += [BLANK, row((say("China reads"), "china")), *para(page.china, width)]
    rows += [BLANK, row((say("The US may take it so"), "us")), *para(page.reads_us, width)]
    rows += [BLANK, row((say("China may take it so"), "china")), *para(page.reads_china, width)]
    if page.follows:
        rows += [BLANK, row((say("What changes"), "head"))]
        for phrase in page.follows:
            rows += para(phrase, width, indent=2, first=row("• "))
    rows += [BLANK, row((say("For the facilitator"), "head")), *para(page.note, width), BLANK, row((page.place, "dim"))]
    return [PaneBlock((each,)) for each in rows]


def _when(page: InjectPage, say: Say) -> str:
    comes = {"by the clock": say("by the clock"), "by hand": say("by hand"), "never": say("never in this length")}
    held = say("if its condition holds") if page.condition else ""
    said = [say("T+{hour} h", hour=page.hour), comes.get(page.comes, held), page.after]
    said += [say("{team} only", team=say(SIDES[page.to]))] if page.to in SIDES else []
    said += [say("until T+{hour} h", hour=page.until)] if page.until is not None else []
    if (tries := page.until_turns) is not None:
        said.append(say("tried in {n} turn", plural="tried in {n} turns", n=tries))
    said += [say("to be answered within {n} h", n=page.window)] if page.window is not None else []
    if (turns := page.window_turns) is not None:
        said.append(say("to be answered within {n} turn", plural="to be answered within {n} turns", n=turns))
    said += [page.again, say("thread: {name}", name=page.thread) if page.thread else ""]
    return " · ".join(filter(None, said))


def _channel(name: str, word: str, hours: int, in_time: bool, say: Say) -> b.Row:
    when = say("at once") if hours == 0 else say("{n} h", n=hours)
    late = b.Span(say("arrives in this turn"), "good") if in_time else b.Span(say("arrives later"), "bad")
    return b.Row((b.Span(name), b.Span(word), b.Span(when), late))


def _rows_of(page: Sequence[b.Block], width: int) -> list[PaneRow]:
    return [each for drawn in laid_out(page, width) for each in drawn.rows]


def turn_blocks(turn: TurnPage, say: Say, width: int) -> list[PaneBlock]:
    """A turn in which nobody has acted so far."""
    width = min(width, READING)
    hours = say("{n} hour", plural="{n} hours", n=turn.ends - turn.hour)
    rows = [
        row(
            (say("Turn {turn}", turn=turn.number), "strong"),
            say(", {when}: {hours}", when=_hours(turn, say), hours=hours),
        ),
        BLANK,
        *para(say("What follows holds if nobody has done anything up to here."), width, "dim"),
        BLANK,
        row((say("At stake"), "head")),
    ]
    rows += _rows_of([b.MeterBar(name, b.line(b.Span(value, "strong")), 0, 0) for name, value in turn.tracks], width)
    rows += [BLANK, row((say("Channels, unused"), "head"))]
    rows += _rows_of([b.Table(CHANNELS, tuple(_channel(*channel, say) for channel in turn.channels))], width)
    counts = Counter(page.comes for page in turn.injects)
    words = {"clock": counts["by the clock"], "waiting": counts["if"], "hand": counts["by hand"]}
    said = say("Injects: {clock} by the clock, {waiting} if something holds, {hand} by hand", **words)
    rows += [BLANK, *para(said, width)]
    return [PaneBlock((each,)) for each in rows]


# ties


def node_blocks(graph: Graph, say: Say, width: int) -> list[PaneBlock]:
    """Everything in the graph, by kind; each can be picked."""
    found: list[PaneBlock] = []
    for kind, name in KINDS.items():
        nodes = sorted((node for node in graph.nodes if node.kind == kind), key=lambda node: node.hour or 0)
        if nodes:
            found.append(block(row((say(name), "head"))))
            found += [PaneBlock(tuple(para(node.title, width - 2, indent=2)), node.id) for node in nodes]
            found.append(block(BLANK))
    return found


def tie_blocks(graph: Graph, node: Node, say: Say, width: int) -> list[PaneBlock]:
    """One thing, and everything that bears on it or that it bears on; those can be picked."""
    width = min(width, READING)
    rows = [*para(node.title, width, TONES.get(node.kind, "strong"))]
    for text in ("" if node.by_clock else node.how, node.says):
        rows += para(text, width, "dim") if text else []
    for phrase in node.follows:
        rows += para(phrase, width, indent=2, first=row("• "))
    rows += [row((node.place, "dim"))] if node.place else []
    found = [block(*rows), block(BLANK)]
    edges = graph.ties()
    for title, ends in (
        (say("What bears on it"), [edge for edge in edges if edge.end == node.id]),
        (say("What it bears on"), [edge for edge in edges if edge.start == node.id]),
    ):
        if ends:
            found.append(block(row((title, "head"))))
            found += [_tie(graph, node, edge, say, width) for edge in ends]
            found.append(block(BLANK))
    if len(found) == 2:
        found.append(block(*para(say("Nothing else is tied to it."), width, "dim")))
    return found


def _tie(graph: Graph, node: Node, edge: Edge, say: Say, width: int) -> PaneBlock:
    """One tie, told from this end."""
    verb = verb_of(edge.kind, say)
    if edge.end == node.id:
        start, label = graph.node(edge.start).title, say(" ({label})", label=edge.label) if edge.label else ""
        said, other = say("{thing}{label} {does} it", thing=start, label=label, does=verb), edge.start
    else:
        end, label = graph.node(edge.end).title, say(" ({label})", label=edge.label) if edge.label else ""
        said, other = say("{does}{label} {thing}", does=verb, label=label, thing=end), edge.end
    return PaneBlock(tuple(para(said, width - 2, indent=2)), other)


# numbers


def number_blocks(stats: Stats, language: Language, say: Say, width: int) -> list[PaneBlock]:
    """What there is to read, how long it takes, and what is in play."""
    rows = [row((say("To read"), "head"))]
    rows += [_reading(reading, language, say) for reading in stats.readings]
    for session in stats.sessions:
        rows += [BLANK, *_session(session, say)]
    rows += [BLANK, row((say("In play"), "head"))]
    families = say(", ").join(say("{n} {what}", n=n, what=say(each)) for each, n in stats.families.items())
    words = {"moves": stats.moves, "families": families, "rules": stats.rules}
    rows += para(say("{moves} moves ({families}), {rules} rules", **words), width)
    if stats.stuck:
        rows += para(say("no channel can carry: {moves}", moves=say(", ").join(stats.stuck)), width, "bad")
    for side, (pink, red) in stats.lines.items():
        rows.append(row(say("{side}: {pink} pink and {red} red lines", side=say(SIDES[side]), pink=pink, red=red)))
    rows += [BLANK, row((say("Channels"), "head"))]
    for each in stats.channels:
        moves = say("{n} move", plural="{n} moves", n=each.moves)
        rows.append(columns([(each.name, 40, ""), (f"{each.readiness}%", 5, ""), (moves, 10, "dim")]))
    rows += [BLANK, row((say("Languages"), "head"))]
    for covered in stats.coverage:
        counts = {"language": covered.language, "written": covered.written, "all": covered.texts}
        rows.append(row(say("{language}: {written} of {all} texts written", **counts)))
    return [PaneBlock((each,)) for each in rows]


def _reading(reading: Reading, language: Language, say: Say) -> PaneRow:
    shown = language if language in reading.words else "en"
    amount, minutes, n = say("not written"), "", reading.words[shown]
    if n:
        amount = say("{n:,} characters", n=n) if shown == "zh" else say("{n:,} words", n=n)
        minutes = say("{minutes:.1f} min", minutes=reading.minutes[shown])
    what, who = say(reading.what), say(reading.who)
    return columns([(what, 30, ""), (who, 12, "dim"), (amount, 18, ""), (minutes, 9, "strong")])


def _session(session: SessionLength, say: Say) -> list[PaneRow]:
    minutes = {"length": session.length, "least": session.least, "most": session.most}
    told = say("{length} minutes planned; {least:.0f} to {most:.0f} estimated", **minutes)
    rows = [row((told, "head")), row((say("briefs {minutes:.1f} min to read", minutes=session.briefs), "dim"))]
    for turn in session.turns:
        counts = {"clock": len(turn.timed), "more": len(turn.contingent)}
        counted = say("{clock} by the clock, up to {more} more if something holds", **counts)
        hour = say("T+{hour} h", hour=turn.hour)
        rows.append(columns([(say("turn {n}", n=turn.number), 8, ""), (hour, 9, "dim"), (counted, 50, "")]))
    return rows
