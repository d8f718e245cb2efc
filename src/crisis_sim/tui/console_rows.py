"""What the facilitator's panels say, as rows."""

from __future__ import annotations

from crisis_sim.numbers import told as shown
from crisis_sim.pages.promises import promised
from crisis_sim.pages.seat_pages import ActView, BoardView, FacilitatorPage, InjectView
from crisis_sim.tui.rows import (
    BLANK,
    Block,
    Piece,
    Row,
    Tone,
    bar,
    block,
    fit,
    para,
    row,
    signed,
    spread,
)
from crisis_sim.tui.score_rows import score_rows
from crisis_sim.tui.team_rows import channel_blocks, due, track_rows
from crisis_sim.tui.wording import CONFIDENCE, HOSTILITY, SEATS, SIDES, Say
from crisis_sim.wording import _

STATES: dict[str, tuple[str, str, Tone]] = {
    "past": ("✓", _("delivered"), "dim"),
    "due": ("▶", _("comes next turn"), "new"),
    "planned": ("○", _("planned"), ""),
    "contingent": ("◇", _("only"), "head"),
    "by-hand": ("☞", _("by hand"), "head"),
    "held": ("‖", _("held"), "bad"),
    "skipped": ("✕", _("skipped"), "dim"),
    "not-in-length": ("-", _("not in this length"), "dim"),
    "expired": ("✕", _("its time has passed"), "dim"),
}
OUTCOMES: dict[str, str] = {
    "in-time": _("in time"),
    "late": "late",
    "unanswered": _("nobody took it up"),
    "too-low": _("answered too low"),
    "leaked": _("leaked"),
}


def msel_blocks(msel: tuple[InjectView, ...], width: int, say: Say) -> list[Block]:
    """The plan: hour, a mark and a word for the state, title, the condition in words."""
    drawn = []
    for inject in msel:
        mark, word, tone = STATES[inject.state]
        is_over = inject.state in ("past", "skipped", "expired", "not-in-length")
        to = "" if inject.to == "both" else f" → {say(SIDES[inject.to])}"
        lead = row((f"{inject.at:>3} h ", "dim"), (mark + " ", tone))
        rows = para(inject.title + to, width, "dim" if is_over else "strong", indent=8, first=lead)
        if inject.state not in ("past", "planned") or (inject.condition and not is_over):
            first: Row = row(" " * 8, (say(word) + " ", tone)) if inject.condition else ()
            told = inject.condition if inject.condition and not is_over else say(word)
            rows.extend(
                para(told, width, "dim" if inject.condition else tone, indent=8, first=() if is_over else first)
            )
        drawn.append(Block(tuple(rows), f"inject:{inject.id}"))
    return drawn


def inject_sentences(inject: InjectView, say: Say) -> list[str]:
    """Everything that is planned for an inject."""
    mark, word, _ = STATES[inject.state]
    sentences = [f"{mark} {say(word)} {inject.condition}".rstrip(), say("To watch: ") + inject.note]
    if inject.text_us == inject.text_china:
        sentences.append(say("Words: ") + inject.text_us)
    else:
        sentences.extend([say("Words for US: ") + inject.text_us, say("Words for China: ") + inject.text_china])
    return [
        *sentences,
        say("US may read it as: ") + inject.reads_us,
        say("China may read it as: ") + inject.reads_china,
    ]


def room_blocks(view: FacilitatorPage, width: int, say: Say) -> list[Block]:
    """Who play waits for, both teams at work, and every act with what it meant and how it was read."""
    drawn = [block(*_waiting(view, width, say), BLANK)]
    for board in (view.us, view.china):
        drawn.extend(_board_blocks(board, view.phase, view.hour, width, say))
    drawn.append(block(BLANK, row((say("ACTS, NEWEST FIRST"), "head"))))
    for act in sorted(view.acts, key=lambda each: (-each.turn, each.order, each.side)):
        drawn.append(act_block(act, width, say))
    if not view.acts:
        drawn.append(block(*para(say("None yet."), width, "dim")))
    for title, texts in (
        (say("FLAGS"), view.flags),
        (say("WHAT IS TRUE"), view.facts),
        (say("PROMISES"), tuple(promised(item, say) for item in view.commitments)),
        (say("NOTES"), view.notes),
        (say("BOOKMARKS"), view.bookmarks),
    ):
        if texts:
            drawn.append(block(BLANK, row((title, "head"))))
            drawn.extend(Block(tuple(para(text, width, indent=2, first=row(("• ", "key"))))) for text in texts)
    return drawn


def _waiting(view: FacilitatorPage, width: int, say: Say) -> list[Row]:
    names = [say(SEATS[seat]) + (say(" (bot)") if seat in view.bots else "") for seat in view.waiting_for]
    if view.waiting_for == ("facilitator",):
        return para(say("Nobody is waited for. n goes on to the next phase."), width, "new")
    if not names:
        return para(say("Play waits for nobody."), width, "dim")
    return para(say(", ").join(names), width, "strong", indent=13, first=row((say("Waiting for: "), "dim")))


def _board_blocks(board: BoardView, phase: str, hour: int, width: int, say: Say) -> list[Block]:
    state: Piece = (say("committed"), "good") if board.committed else (say("at work"), "head")
    if phase in ("situation", "results", "hotwash", "closed"):
        state = ("", "")
    meters = say("standing {standing}, trust {trust}", standing=shown(board.standing), trust=shown(board.trust))
    rows = [spread(row((board.name, board.side), "  ", state), row((meters, "dim")), width)]
    rows.extend(fit(row((f"  {draft.number} ", "key"), draft.head), width) for draft in board.drafts)
    for request in board.requests:
        rows.append(spread(row(("  ? ", "bad"), request.head), row((due(request, hour, say), "dim")), width))
    return [block(*rows)]


def meaning(number: int | None, say: Say) -> str:
    """`read +1 rather hostile`, or that nobody has read it."""
    if number is None:
        return say("not read")
    return say("read {value} {word}", value=signed(number), word=say(HOSTILITY[number]))


def act_block(act: ActView, width: int, say: Say) -> Block:
    """An act: words, meant and read, how far apart, what became of it."""
    lead: Row = ((f"{act.turn}.{act.order} ", act.side),)
    rows = para(act.head, width, "strong", indent=4, first=lead)
    if act.text:
        rows.extend(para(f"“{act.text}”", width, indent=4))
    meant = say("meant {value} {word}", value=signed(act.intent), word=say(HOSTILITY[act.intent]))
    read = meaning(act.reading, say)
    if act.confidence in CONFIDENCE:
        read = say("{read}, {sure}", read=read, sure=say(CONFIDENCE[act.confidence]))
    pieces = [meant, read]
    if act.reading is not None and act.reading != act.intent:
        pieces.append(say("{n} apart").format(n=abs(act.reading - act.intent)))
    outcome = say(OUTCOMES.get(act.outcome, act.outcome))
    pieces.append(say("{outcome}, weight {weight}", outcome=outcome, weight=shown(act.weight, signed=True)))
    if act.revealed:
        pieces.append(say("revealed"))
    apart = act.reading is not None and abs(act.reading - act.intent) >= 2
    rows.extend(para(say("; ").join(pieces), width, "bad" if apart else "dim", indent=4))
    return Block(tuple(rows), f"act:{act.side}:{act.turn}:{act.order}")


def score_blocks(view: FacilitatorPage, width: int, say: Say) -> list[Block]:
    """Tension and both felt tensions with their curves; trust, standing, tracks, lines, channels."""
    rows: list[Row] = []
    if view.score is not None:
        rows.extend(score_rows(view.score, width, say))
    rows.append(BLANK)
    rows.extend(track_rows(view.tracks, width, say))
    for board in (view.us, view.china):
        title = say("LINES OF {team}").format(team=board.name.upper())
        rows.extend([BLANK, row((title, board.side))])
        for line in (each for each in board.lines if each.adopted):
            gauge = f"{bar(line.pressure, line.limit, 6)} {shown(line.pressure)} " if line.kind == "pink" else ""
            tone: Tone = "bad" if line.limit and line.pressure * 4 >= line.limit * 3 else "dim"
            kind: Piece = (say(line.kind) + " ", "bad" if line.kind == "red" else "head")
            rows.append(spread(row(kind, line.says), row((gauge, tone), (line.word, tone)), width))
    rows.extend([BLANK, row((say("CHANNELS"), "head"))])
    rows.extend(line for each in channel_blocks(view.channels, width, say) for line in each.rows)
    return [Block((each,)) for each in rows]


def trace_blocks(view: FacilitatorPage, width: int, say: Say) -> list[Block]:
    """Why numbers moved, newest first, each with its rule's place."""
    if not view.traces:
        return [block(*para(say("No number has moved yet."), width, "dim"))]
    drawn = []
    for trace in reversed(view.traces):
        rows = para(trace.sentence, width, indent=4, first=row((f"{trace.turn:>2}  ", "dim")))
        if trace.at:
            rows.extend(para(trace.at, width, "dim", indent=4))
        drawn.append(Block(tuple(rows)))
    return drawn
