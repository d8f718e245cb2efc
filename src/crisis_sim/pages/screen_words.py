"""Sentences that a screen needs beside its page: leaving, help, a curtain, a failed disk, a window too small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from crisis_sim.engine.views.seat_views import View
from crisis_sim.errors import CrisisSimError, StorageFailed
from crisis_sim.pages.blocks import Block, Heading, Paragraph, Span, line, prose
from crisis_sim.pages.refusals import NAMELESS, RefusalNames
from crisis_sim.pages.refusals import refusal as refusal_parts
from crisis_sim.pages.room_talk import ORDER, notes_on
from crisis_sim.rules.names import Language
from crisis_sim.wording import Say, _, failure, quote_text
from crisis_sim.wording.labels import SEATS

MIN_WINDOW: Final = (60, 20)
"""Columns and rows that every screen can do with."""
PHASES: Final[Mapping[str, str]] = {
    "briefing": _("Each team reads its briefs, writes its lines, guesses the other's, and seals them."),
    "situation": _("The clock moves on and news arrives. The facilitator opens the moves."),
    "moves": _("Each team composes its moves unseen by the other, answers what was asked of it, and commits."),
    "readings": _("Each team says how it takes what arrived: how hostile, and how sure."),
    "results": _("Rules judge. Each team sees its own lines, its standing and what is at stake."),
    "forecasts": _("Each team says how likely it is that the other will do this or that."),
    "closing": _("Each team guesses the other's lines once more, and seals them."),
    "hotwash": _("Everything is open. Talk about the gap between what was meant and how it was read."),
    "closed": _("The session is closed; its log stays."),
}
"""What each phase is for."""
HOW_TO_MOVE: Final = _("Arrows or j and k move, enter picks, esc goes back.")
WENT_ON: Final = _("Play went on. What you were writing is kept.")
GONE_BACK: Final = _(
    "The facilitator has gone back to an earlier turn. Words that you were writing are kept; what was half read, or "
    "was about something that is not there any more, is to be done again."
)
DRAFT_KEPT_NOTE: Final = _("What is half written is kept until then, for its own seat alone.")
TAKE_PEN: Final = _("One of a team commits and seals. Whoever takes the pen does so from here on.")
SEAT_CALLS: Final[Mapping[str, str]] = {
    "us": _("US TEAM, please."),
    "china": _("CHINA TEAM, please."),
    "facilitator": _("FACILITATOR, please."),
    "observer": _("OBSERVER, please."),
}
LOOK_AWAY: Final[Mapping[str, str]] = {
    "us": _("China team, look away."),
    "china": _("US team, look away."),
    "facilitator": _("Both teams, look away."),
    "observer": "",
}
"""On a curtain: who comes to the terminal, and who looks away."""


def clock_text(seconds: int, say: Say) -> str:
    """`06:12 left`, or how far over."""
    minutes, rest = divmod(abs(seconds), 60)
    return say("{clock} left" if seconds >= 0 else "{clock} over time", clock=f"{minutes:02}:{rest:02}")


def too_small(columns: int, rows: int, say: Say) -> str:
    """That part of a screen can't be seen in a window of this size; empty where all can be."""
    if columns >= MIN_WINDOW[0] and rows >= MIN_WINDOW[1]:
        return ""
    return say(
        "This window is {size}: make it at least {least}, or some of this stays hidden.",
        size=f"{columns}×{rows}",
        least="×".join(map(str, MIN_WINDOW)),
    )


def refusal_text(error: CrisisSimError, language: Language, names: RefusalNames = NAMELESS) -> str:
    """Why something was refused, and what to do instead."""
    why, instead = refusal_parts(error, language, names)
    dash = "——" if language == "zh" else " – "
    return f"{why}{dash}{instead}" if instead else why


def throw_away_blocks(texts: Sequence[str], say: Say) -> tuple[Block, ...]:
    """What is lost when something half written is thrown away."""
    return (
        *(prose(quote_text(text)) for text in texts),
        prose(say("These words are lost then.")) if texts else prose(""),
    )


def leaving_blocks(view: View, log: str, resume: str, debrief: str, say: Say, *, keeps: bool) -> Iterator[Block]:
    """What is safe when somebody leaves, and how one goes on; `keeps` that half-written words are kept."""
    yield prose(say("Everything that was acknowledged is safe in the log."))
    if log:
        yield prose(say("The log: {log}").format(log=log))
    if resume:
        yield prose(say("Go on later from the menu, or with: {command}").format(command=resume))
    yield prose(say(DRAFT_KEPT_NOTE) if keeps else say("What is half written on this screen is not in the log."))
    if debrief and view.phase == "hotwash":
        yield prose(say("The debrief: {command}").format(command=debrief))


def help_blocks(about: Sequence[str], keys: Sequence[tuple[str, str]], say: Say) -> Iterator[Block]:
    """What a screen is for, and each key with what it does."""
    yield Heading(say("Help: esc goes back"))
    for sentence in about:
        yield prose(sentence)
    for face, description in keys:
        # Translators: a sentence that has no full stop of its own
        yield Paragraph(line(say("{sentence}.", sentence=description)), lead=line(Span(face, "strong")))
    yield prose(say(HOW_TO_MOVE), "quiet")


def storage_blocks(failed: StorageFailed, log: str, resume: str, language: Language, say: Say) -> Iterator[Block]:
    """That the disk failed, what is safe, and what to do."""
    why, way_out = failure(failed, language)
    yield Heading(say("Play is paused: the log could not be written."), tone="bad")
    yield prose(why)
    if way_out:
        yield prose(way_out, "quiet")
    yield prose(say("Nothing that was acknowledged is lost. The last thing you asked for has not been done."))
    if log:
        yield prose(say("The log: {path}", path=log))
    if resume:
        next_step = (
            _("When the disk is well again, go on with: {command}")
            if failed.is_final
            else _("Once there is room, go back and do it again; or leave, and go on later with: {command}")
        )
        yield prose(say(next_step, command=resume))


def curtain_blocks(seat: str, changed: str, way_in: Sequence[str], say: Say) -> Iterator[Block]:
    """Who comes to the terminal, who looks away, and what opens the curtain."""
    for sentence in (say(SEAT_CALLS[seat]), say(changed) if changed else "", say(LOOK_AWAY[seat]), "", *way_in, ""):
        yield prose(sentence, "strong")
    yield prose(say("ctrl+q leaves"))


def closed_blocks(record: str, log: str, debrief: str, last_hash: str, say: Say) -> Iterator[Block]:
    """Where the log of a closed session is, and how to get the debrief."""
    if record:
        yield prose(say("Log, debrief, last hash and cards are laid into one folder once you leave:"))
        yield prose(record, "strong")
    elif log:
        yield prose(say("The log:"))
        yield prose(log, "strong")
        yield prose(say("The debrief: {command}").format(command=debrief))
    if last_hash:
        yield prose(say("The last hash of the log, to be read aloud and noted: {hash}").format(hash=last_hash))
    yield prose(say("Everything can be looked at further; ctrl+q leaves."))


def close_blocks(view: View, say: Say) -> Iterator[Block]:
    """What is asked before a session is closed, and who has not named a thing to change."""
    yield prose(say("The record is complete. The log stays, and notes can still be taken."))
    missing = [seat for seat in ORDER[:3] if view.hotwash and not notes_on(view.hotwash, "change", seat)]
    if missing:
        names = say(", ").join(say(SEATS[seat]) for seat in missing)
        yield prose(say("No thing to change has been named yet by: {names}.").format(names=names))
