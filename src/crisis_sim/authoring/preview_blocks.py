"""Looking into a scenario, as blocks: its plan of injects, one inject, one turn, the ties of a thing, and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from crisis_sim.authoring.graph import Edge, Graph, Node
from crisis_sim.authoring.graph_text import verb_of
from crisis_sim.authoring.preview import InjectPage, TurnPage
from crisis_sim.authoring.stats import Reading, SessionLength, Stats
from crisis_sim.pages import blocks as b
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say, _
from crisis_sim.wording.labels import SIDES

KINDS: Final = {
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
CHANNELS: Final = (b.Column("", is_wide=True), b.Column(""), b.Column("", is_number=True), b.Column(""))
"""Name, shape, hours of a message, and whether it arrives."""
TONES: Final[dict[str, b.Tone]] = {"pink": "new", "red": "bad", "inject": "strong"}


def plan_blocks(turns: Sequence[TurnPage], say: Say) -> Iterator[b.Block]:
    """Every turn and the injects that are first due in it; both can be picked."""
    for turn in turns:
        head = b.line(
            b.Span(say("Turn {turn}", turn=turn.number), "strong"), b.Span(f"   {_hours(turn, say)}", "quiet")
        )
        yield b.Paragraph(head, key=f"turn/{turn.number}")
        for page in turn.injects:
            mark, tone = _mark(page, say)
            text = b.line(b.Span(f"{mark}  ", tone), page.title)
            lead = b.line(b.Span(f"T+{page.hour}", "quiet"))
            yield b.Paragraph(text, key=f"inject/{page.id}", depth=1, lead=lead)


def _hours(turn: TurnPage, say: Say) -> str:
    return say("T+{hour} h to T+{ends} h", hour=turn.hour, ends=turn.ends)


def _mark(page: InjectPage, say: Say) -> tuple[str, b.Tone]:
    """What brings it, in a word."""
    match page.comes:
        case "by the clock":
            return say("comes", "of an inject"), "new"
        case "if":
            return say("if …"), "strong"
        case "never":
            return say("never", "of an inject"), "bad"
        case _:
            return say("by hand"), "quiet"


def inject_blocks(page: InjectPage, say: Say) -> Iterator[b.Block]:
    """One inject: each team's words and misreadings, what brings it, what it changes."""
    yield b.prose(say("{name} ({id})", name=page.title, id=page.id), "strong")
    yield b.prose(_when(page, say), "quiet")
    if page.condition:
        yield b.Heading(say("Comes if"), 3)
        yield b.prose(page.condition)
    is_shared = page.us == page.china
    if page.us:
        yield b.Heading(say("Both teams read") if is_shared else say("The US reads"), 3, "" if is_shared else "us")
        yield b.prose(page.us)
    if page.china and not is_shared:
        yield b.Heading(say("China reads"), 3, "china")
        yield b.prose(page.china)
    yield b.Heading(say("The US may take it so"), 3, "us")
    yield b.prose(page.reads_us)
    yield b.Heading(say("China may take it so"), 3, "china")
    yield b.prose(page.reads_china)
    if page.follows:
        yield b.Heading(say("What changes"), 3)
        yield b.listed(page.follows)
    yield b.Heading(say("For the facilitator"), 3)
    yield b.prose(page.note)
    yield b.Paragraph(b.line(b.Span(page.place, "quiet")), depth=1)


def _when(page: InjectPage, say: Say) -> str:
    comes = {"by the clock": say("by the clock"), "by hand": say("by hand"), "never": say("never in this length")}
    condition_text = say("if its condition holds") if page.condition else ""
    parts = [say("T+{hour} h", hour=page.hour), comes.get(page.comes, condition_text), page.after]
    parts += [say("{team} only", team=say(SIDES[page.to]))] if page.to in SIDES else []
    parts += [say("until T+{hour} h", hour=page.until)] if page.until is not None else []
    if (tries := page.until_turns) is not None:
        parts.append(say("tried in {n} turn", plural="tried in {n} turns", n=tries))
    parts += [say("to be answered within {n} h", n=page.window)] if page.window is not None else []
    if (turns := page.window_turns) is not None:
        parts.append(say("to be answered within {n} turn", plural="to be answered within {n} turns", n=turns))
    parts += [page.again, say("thread: {name}", name=page.thread) if page.thread else ""]
    return " · ".join(filter(None, parts))


def _channel(name: str, word: str, hours: int, in_time: bool, say: Say) -> b.Row:
    when = say("at once") if hours == 0 else say("{n} h", n=hours)
    late = b.Span(say("arrives in this turn"), "good") if in_time else b.Span(say("arrives later"), "bad")
    return b.Row((b.Span(name), b.Span(word), b.Span(when), late))


def turn_blocks(turn: TurnPage, say: Say) -> Iterator[b.Block]:
    """A turn in which nobody has acted so far."""
    hours = say("{n} hour", plural="{n} hours", n=turn.ends - turn.hour)
    head = b.Span(say("Turn {turn}", turn=turn.number), "strong")
    yield b.Paragraph(b.line(head, say(", {when}: {hours}", when=_hours(turn, say), hours=hours)))
    yield b.prose(say("What follows holds if nobody has done anything up to here."), "quiet")
    yield b.Heading(say("At stake"), 3)
    yield from (b.MeterBar(name, b.line(b.Span(value, "strong")), 0, 0) for name, value in turn.tracks)
    yield b.Heading(say("Channels, unused"), 3)
    yield b.Table(CHANNELS, tuple(_channel(*channel, say) for channel in turn.channels))
    counts = Counter(page.comes for page in turn.injects)
    words = {"clock": counts["by the clock"], "waiting": counts["if"], "hand": counts["by hand"]}
    yield b.prose(say("Injects: {clock} by the clock, {waiting} if something holds, {hand} by hand", **words))


def node_blocks(graph: Graph, say: Say) -> Iterator[b.Block]:
    """Everything in the graph, by kind; each can be picked."""
    for kind, name in KINDS.items():
        nodes = sorted((node for node in graph.nodes if node.kind == kind), key=lambda node: node.hour or 0)
        if nodes:
            yield b.Heading(say(name), 3)
            yield from (b.Paragraph(b.line(node.title), key=node.id, depth=1) for node in nodes)


def tie_blocks(graph: Graph, node: Node, say: Say) -> Iterator[b.Block]:
    """One thing, and everything that bears on it or that it bears on; those can be picked."""
    yield b.prose(node.title, TONES.get(node.kind, "strong"))
    for text in ("" if node.by_clock else node.style, node.says):
        if text:
            yield b.prose(text, "quiet")
    if node.follows:
        yield b.listed(node.follows)
    if node.place:
        yield b.prose(node.place, "quiet")
    edges = graph.ties()
    onto = [edge for edge in edges if edge.end == node.id]
    from_it = [edge for edge in edges if edge.start == node.id]
    for title, ends in ((say("What bears on it"), onto), (say("What it bears on"), from_it)):
        if ends:
            yield b.Heading(title, 3)
            yield from (_tie(graph, node, edge, say) for edge in ends)
    if not (onto or from_it):
        yield b.prose(say("Nothing else is tied to it."), "quiet")


def _tie(graph: Graph, node: Node, edge: Edge, say: Say) -> b.Block:
    """One tie, told from this end."""
    verb = verb_of(edge.kind, say)
    if edge.end == node.id:
        start, label = graph.node(edge.start).title, say(" ({label})", label=edge.label) if edge.label else ""
        sentence, other = say("{thing}{label} {does} it", thing=start, label=label, does=verb), edge.start
    else:
        end, label = graph.node(edge.end).title, say(" ({label})", label=edge.label) if edge.label else ""
        sentence, other = say("{does}{label} {thing}", does=verb, label=label, thing=end), edge.end
    return b.Paragraph(b.line(sentence), key=other, depth=1)


def number_blocks(stats: Stats, language: Language, say: Say) -> Iterator[b.Block]:
    """What there is to read, how long it takes, and what is in play."""
    yield b.Heading(say("To read"), 3)
    yield b.table_of(
        ("", "", "", ""), (_reading(reading, language, say) for reading in stats.readings), numbers=(2, 3), wide=(0,)
    )
    for session in stats.sessions:
        yield from _session(session, say)
    yield b.Heading(say("In play"), 3)
    families = say(", ").join(say("{n} {what}", n=n, what=say(family)) for family, n in stats.families.items())
    words = {"moves": stats.moves, "families": families, "rules": stats.rules}
    yield b.prose(say("{moves} moves ({families}), {rules} rules", **words))
    if stats.stuck:
        yield b.prose(say("no channel can carry: {moves}", moves=say(", ").join(stats.stuck)), "bad")
    for side, (pink, red) in stats.lines.items():
        yield b.prose(say("{side}: {pink} pink and {red} red lines", side=say(SIDES[side]), pink=pink, red=red))
    yield b.Heading(say("Channels"), 3)
    channels = (
        (channel.name, f"{channel.readiness}%", say("{n} move", plural="{n} moves", n=channel.moves))
        for channel in stats.channels
    )
    yield b.table_of(("", "", ""), channels, numbers=(1,), wide=(0,))
    yield b.Heading(say("Languages"), 3)
    for covered in stats.coverage:
        counts = {"language": covered.language, "written": covered.written, "all": covered.texts}
        yield b.prose(say("{language}: {written} of {all} texts written", **counts))


def _reading(reading: Reading, language: Language, say: Say) -> tuple[str, ...]:
    shown = language if language in reading.words else "en"
    amount, minutes, n = say("not written"), "", reading.words[shown]
    if n:
        amount = say("{n:,} characters", n=n) if shown == "zh" else say("{n:,} words", n=n)
        minutes = say("{minutes:.1f} min", minutes=reading.minutes[shown])
    return say(reading.text), say(reading.audience), amount, minutes


def _session(session: SessionLength, say: Say) -> Iterator[b.Block]:
    minutes = {"length": session.length, "least": session.minimum, "most": session.maximum}
    yield b.Heading(say("{length} minutes planned; {least:.0f} to {most:.0f} estimated", **minutes), 3)
    yield b.prose(say("briefs {minutes:.1f} min to read", minutes=session.briefs), "quiet")
    rows = []
    for turn in session.turns:
        counts = {"clock": len(turn.timed), "more": len(turn.contingent)}
        counted = say("{clock} by the clock, up to {more} more if something holds", **counts)
        rows.append((say("turn {n}", n=turn.number), say("T+{hour} h", hour=turn.hour), counted))
    yield b.table_of(("", "", ""), rows, wide=(2,))
