"""What the panels of a team's screen say, as rows. No rule is known here: a view is put into columns."""

from __future__ import annotations

from crisis_sim.numbers import told as shown
from crisis_sim.pages.feed_order import by_hour
from crisis_sim.pages.promises import promised
from crisis_sim.pages.seat_pages import TeamPage
from crisis_sim.pages.seat_parts import ChannelView, FeedItem, LineView, RequestView, TrackView
from crisis_sim.text import cells, wrapped
from crisis_sim.tui.papers import Composing
from crisis_sim.tui.rows import (
    BLANK,
    Block,
    Piece,
    Row,
    Tone,
    bar,
    block,
    columns,
    fit,
    para,
    ranged,
    row,
    signed,
    spread,
)
from crisis_sim.tui.score_rows import score_rows
from crisis_sim.tui.wording import HOSTILITY, Say

MARKS: dict[str, tuple[str, Tone]] = {
    "situation": ("◆", "head"),
    "theirs": ("◀", ""),
    "ours": ("▶", "dim"),
    "silence": ("…", "bad"),
    "answer": ("◁", ""),
    "channel": ("≈", "dim"),
    "commitment": ("§", "head"),
    "readout": ("❝", ""),
    "line": ("!", "bad"),
    "track": ("•", "dim"),
    "note": ("✎", "dim"),
}


def meant(intent: int, say: Say) -> str:
    """`−2 friendly`."""
    return f"{signed(intent)} {say(HOSTILITY[intent])}"


def feed_blocks(feed: tuple[FeedItem, ...], width: int, say: Say) -> list[Block]:
    """What happened, newest first, each with its hour, a mark for its sort, and NEW in words."""
    if not feed:
        return [block(*para(say("Nothing has happened yet."), width, "dim"))]
    return [feed_block(item, width, say) for item in reversed(by_hour(feed))]


def feed_block(item: FeedItem, width: int, say: Say) -> Block:
    """One item: head, words, what became of it."""
    mark, tone = MARKS[item.sort]
    lead: list[Piece] = [(f"T+{item.hour:<4}", "dim"), (mark + " ", tone)]
    if item.is_new:
        lead.append((say("NEW") + " ", "new"))
    rows = para(item.head, width, "strong" if item.is_new else "", indent=8, first=tuple(lead))
    if item.text:
        quoted = f"“{item.text}”" if item.sort in ("theirs", "ours", "answer", "readout") else item.text
        rows.extend(para(quoted, width, indent=8))
    if item.tail:
        rows.extend(para(item.tail, width, "dim", indent=8))
    return Block(tuple(rows))


ROOMY = 48
"""Cells from which a panel shows what it otherwise keeps for the details."""
STATES: dict[str, str] = {"open": "●", "suspended": "✕", "reopening": "◔"}


def readiness_mark(channel: ChannelView) -> str:
    """A shape for how ready a channel is."""
    if channel.state != "open":
        return STATES[channel.state]
    return "○" if channel.readiness < 25 else "◔" if channel.readiness < 50 else "◑" if channel.readiness < 75 else "●"


def channel_blocks(channels: tuple[ChannelView, ...], width: int, say: Say) -> list[Block]:
    """The channel board: name, shape and word for its state, hours for one message."""
    name = max(width - 20, 12)
    takes = ranged(say("takes"), 5)
    drawn = [block(columns([("", name, ""), ("", 1, ""), (say("shape"), 11, "dim"), (takes, 5, "dim")]))]
    for channel in channels:
        hours = say("now", "how soon") if channel.latency == 0 else f"{channel.latency} h"
        word = channel.word if channel.state == "open" else say(channel.state)
        tone: Tone = "bad" if channel.state == "suspended" else "dim" if channel.readiness < 50 else ""
        first, *rest = wrapped(channel.name, name)
        row_cells: list[tuple[str, int, Tone]] = [
            (first, name, ""),
            (readiness_mark(channel), 1, tone),
            (word, 11, tone),
            (ranged(hours, 5), 5, "dim"),
        ]
        odds = (
            [row(("  " + channel.odds, "dim"))]
            if width >= ROOMY and channel.latency and channel.state == "open"
            else []
        )
        more = [row("  " + line) for line in rest]
        drawn.append(Block((columns(row_cells), *more, *odds), key=f"channel:{channel.id}"))
    return drawn


def line_blocks(lines: tuple[LineView, ...], width: int, say: Say) -> list[Block]:
    """Own lines: kind in a word, what they say, pressure as bar, number and word."""
    drawn = []
    for line in lines:
        if not line.adopted:
            continue
        tone: Tone = "bad" if line.pressure * 4 >= line.limit * 3 and line.limit else ""
        kind: Piece = (say(line.kind) + " ", "bad" if line.kind == "red" else "head")
        right: Row = ()
        if line.kind == "pink":
            gauge = f"{bar(line.pressure, line.limit, 8)} {shown(line.pressure)}/{shown(line.limit)} "
            right = row((gauge, tone), (line.word, tone or "dim"))
        elif line.word:
            right = row((line.word, "bad" if line.pressure else "dim"))
        drawn.append(Block((spread(row(kind, line.says), right, width),), key=f"line:{line.id}"))
    return drawn or [block(*para(say("We have no lines of our own yet."), width, "dim"))]


def home_blocks(view: TeamPage, width: int, say: Say) -> list[Block]:
    """Standing at home, trust in the other side, what is at stake, promises."""
    meters = (
        (say("standing"), view.standing, view.standing_word),
        (say("trust"), view.trust, view.trust_word),
    )
    size = _name_width(view.tracks, width)
    rows = [
        columns(
            [(name, size, "dim"), (bar(value, 1000), 8, ""), (f"{shown(value)} {word}", max(width - size - 10, 8), "")]
        )
        for name, value, word in meters
    ]
    rows.extend(track_rows(view.tracks, width, say))
    for commitment in view.commitments:
        tone: Tone = "bad" if commitment.broken_by else ""
        rows.extend(para(promised(commitment, say), width, tone, indent=2, first=row(("§ ", "head"))))
    if view.score is not None:
        rows.extend([BLANK, *score_rows(view.score, width, say)])
    return [block(*rows)]


def track_rows(tracks: tuple[TrackView, ...], width: int, say: Say) -> list[Row]:
    """What is at stake, in columns."""
    name = _name_width(tracks, width)
    return [_track_row(track, name, width, say) for track in tracks]


def _name_width(tracks: tuple[TrackView, ...], width: int) -> int:
    """Cells for the names of meters and tracks, so that their bars stand under each other."""
    longest = max((cells(track.name) for track in tracks), default=0)
    return max(min(longest, width // 2), 10)


def _track_row(track: TrackView, name: int, width: int, say: Say) -> Row:
    """One track, with how it changed."""
    change = f" ({shown(track.change, signed=True)})" if track.change else ""
    text = f"{shown(track.value)} {track.unit}{change} {track.word}".rstrip()
    size = max(width - name - 10, 8)
    return columns(
        [(track.name, name, "dim"), (bar(track.value - track.least, track.most - track.least), 8, ""), (text, size, "")]
    )


def todo_blocks(view: TeamPage, composing: Composing | None, width: int, say: Say) -> list[Block]:
    """This turn's list: what is asked of us, our moves, and the next thing to do."""
    drawn = [_request_block(request, view.hour, width, say) for request in view.requests]
    for exchange in view.exchanges:
        if exchange.open or exchange.ours:
            note = exchange.ours or say("no readout yet")
            face = row(("❝ ", "head"), (say("readout: "), "dim"), exchange.head)
            key = f"exchange:{exchange.number}" if exchange.open else ""
            drawn.append(Block((spread(face, row((note, "good" if exchange.ours else "head")), width),), key))
    if view.phase != "moves":
        return drawn or [block(*para(say("Nothing to do here until the next moves."), width, "dim"))]
    for draft in view.drafts:
        end = row((say("final") if view.committed else say("sealed"), "good"))
        key = "" if view.committed else f"draft:{draft.number}"
        drawn.append(Block((spread(row((f"{draft.number} ", "key"), draft.head), end, width),), key))
    if view.committed:
        return [*drawn, block(*para(say("Committed. Nothing more to do this turn."), width, "dim"))]
    if composing is not None:
        drawn.append(_composing_block(view, composing, width, say))
    elif counted(view) < view.moves_most:
        new = say("New move") + "  "
        limit = say("{n} of up to {most} on the list").format(n=counted(view), most=view.moves_most)
        drawn.append(Block((row(("+ ", "key"), (new, "strong"), (limit, "dim")),), key="new"))
    return drawn


def counted(view: TeamPage) -> int:
    """Moves on the list that count towards a turn's most and least; a holding note is none."""
    return sum(item.draft.how != "holding" for item in view.drafts)


def due(request: RequestView, hour: int, say: Say) -> str:
    """By when an answer is due, or was: at the game hour `hour` its time may be past, and it can still be given."""
    return say("due T+{hour}" if hour <= request.due_hour else "was due T+{hour}", hour=request.due_hour)


def _request_block(request: RequestView, hour: int, width: int, say: Say) -> Block:
    by = due(request, hour, say)
    if request.drafted:
        end = row((say("answer on our list"), "good"))
    elif request.held:
        end = row((say("holding note sent, {by}", by=by), "dim"))
    else:
        end = row((say("no answer yet, {by}", by=by), "bad"))
    return Block((spread(row(("? ", "key"), request.head), end, width),), key=f"request:{request.number}")


def _composing_block(view: TeamPage, composing: Composing, width: int, say: Say) -> Block:
    label = next((move.label for move in view.moves if move.id == composing.move), say("no move chosen yet"))
    text = f" “{composing.text}”" if composing.text else ""
    return Block(
        (
            spread(
                fit(row(("✎ ", "key"), label, (text, "dim")), width - 24),
                row((say("half written: enter"), "head")),
                width,
            ),
        ),
        key="go-on",
    )


def channel_note(channel: ChannelView, say: Say) -> list[str]:
    """Everything that is known of a channel, in sentences."""
    seen = say(" or ").join(say(kind) for kind in channel.visibilities)
    facts = [channel.says, say("Level: {level}. It carries {seen} words. A message: {odds}, about {hours} h.").format(
        level=say(channel.level), seen=seen, odds=channel.odds, hours=channel.latency
    )]  # fmt: skip
    if channel.mandate < 100:
        facts.append(
            say("Mandate {n} of 100: unofficial words count for little until the channel is endorsed.").format(
                n=channel.mandate
            )
        )
    return facts


def line_note(line: LineView, say: Say) -> list[str]:
    """Everything that is known of a line, in sentences."""
    facts = [line.says, say("About: {concern}.").format(concern=line.concern)]
    if line.kind == "pink":
        facts.append(say("Pressure {now} of {limit}: {word}.").format(
            now=shown(line.pressure), limit=shown(line.limit), word=line.word
        ))  # fmt: skip
    if line.leads_to_says:
        facts.append(say("It leads to the red line: {line}").format(line=line.leads_to_says))
    return facts
