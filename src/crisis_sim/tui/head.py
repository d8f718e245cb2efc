"""The two bars that stand on every screen: where we are, and what to do now. And the footer."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_sim.numbers import told as shown
from crisis_sim.pages.seat_pages import Page, TeamPage
from crisis_sim.pages.seat_parts import TrackView
from crisis_sim.text import cells, clipped, wrapped
from crisis_sim.tui.keys import Key
from crisis_sim.tui.rows import Piece, Row, Tone, bar, fit, row, spread, width_of
from crisis_sim.tui.wording import SEATS, Say, span, speaker

TITLE = 14
"""Cells that the title keeps before the clock is shortened."""


def who(view: Page) -> tuple[str, Tone]:
    """The seat's name as the header shows it, with its tone."""
    if isinstance(view, TeamPage):
        return view.name.upper(), view.side
    return speaker(view.language)(SEATS[view.seat]).upper(), "head"


def clock_track(view: Page) -> TrackView | None:
    """The track that runs out, if there is one; otherwise the first."""
    return next((track for track in view.tracks if track.runs_out), view.tracks[0] if view.tracks else None)


def track_piece(track: TrackView, size: int) -> Row:
    """A track as name, bar, value and word."""
    low = track.runs_out and (track.value - track.least) * 4 <= track.most - track.least
    tone: Tone = "bad" if low else ""
    return row(
        (track.name + " ", "dim"),
        (bar(track.value - track.least, track.most - track.least, size), tone),
        (f" {shown(track.value)} {track.unit}", tone),
        (f" {track.word}" if track.word else "", "dim"),
    )


def head_rows(view: Page, seconds: int | None, width: int, now: str | None = None) -> list[Row]:
    """Where we are, and what to do now; two rows, a third if the sentence is long."""
    say = speaker(view.language)
    name, tone = who(view)
    place = say("turn {turn} of {turns}").format(turn=view.turn, turns=view.turns) if view.turn else say(view.phase)
    hour = say("   T+{hour} h", hour=view.hour) if view.turn else ""
    end = row((f"{place}{hour}   ", ""), (name, tone), " ")
    right, title_room = _clock(clock_track(view), width - width_of(end) - 6)
    title = fit(row((view.title, "strong")), max(title_room, 0)) if title_room >= 6 else ()
    return [
        spread((*row(" "), *title, *row("   " if title else ""), *end), right, width),
        *_now(view, seconds, width, now, say),
    ]


def _clock(track: TrackView | None, room: int) -> tuple[Row, int]:
    """The clock in the longest form that leaves the title its place, and what is left for the title."""
    if track is None:
        return (), room
    value: Piece = (f"{shown(track.value)} {track.unit} ", "")
    forms: tuple[Row, ...] = (
        (*track_piece(track, 8), (" ", "")),
        row((f"{track.name} ", "dim"), value),
        row((f"{clipped(track.name, 12)} ", "dim"), value),
        row(value),
    )
    for form in forms:
        if room - width_of(form) >= TITLE:
            return form, room - width_of(form)
    return (), room


def _now(view: Page, seconds: int | None, width: int, now: str | None, say: Say) -> list[Row]:
    label = say("PAUSED") if view.paused else say("NOW")
    time = () if seconds is None else row((span(seconds, say), "bad" if seconds < 60 else ""), " ")
    text = say("Play is paused; the clock stands still.") if view.paused else view.now if now is None else now
    lead = cells(label) + 4
    lines = wrapped(text, max(width - lead - width_of(time) - 2, 20))[:3]
    first = spread(row(" ", (f" {label} ", "now"), " ", (lines[0], "strong")), time, width)
    return [first, *(row(" " * lead, (line, "strong")) for line in lines[1:])]


def foot_pieces(keys: Sequence[Key], width: int, say: Say) -> list[tuple[Key, Row]]:
    """As many keys as fit, six at most, each with its row."""
    shown_keys = [key for key in keys if key.foot]
    must = [key for key in shown_keys if key.action in ("help", "command_palette")]
    rest = [key for key in shown_keys if key not in must][: 6 - len(must)]
    pieces: dict[Key, Row] = {key: ((f" {key.face} ", "key"), (say(key.label) + "  ", "dim")) for key in (*must, *rest)}
    room = width - 1
    kept: set[Key] = set()
    for key, piece in pieces.items():
        if (need := width_of(piece)) <= room:
            kept.add(key)
            room -= need
    return [(key, pieces[key]) for key in (*rest, *must) if key in kept]


def foot_row(keys: Sequence[Key], width: int, say: Say) -> Row:
    """The footer."""
    pieces: list[Piece] = [(" ", "")]
    for _, piece in foot_pieces(keys, width, say):
        pieces.extend(piece)
    return tuple(pieces)


def tab_row(names: Sequence[str], active: int, width: int, say: Say) -> Row:
    """Names of the pages, with the open one marked in brackets as well as in colour."""
    pieces: list[Piece] = [(" ", "")]
    for index, name in enumerate(names):
        text = f"{index + 1} {say(name)}"
        pieces.append((f"[{text}]" if index == active else f" {text} ", "chosen" if index == active else "dim"))
        pieces.append((" ", ""))
    return fit(tuple(pieces), width)
