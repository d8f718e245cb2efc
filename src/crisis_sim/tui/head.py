"""The two bars that stand on every screen of a seat: where we are, and what to do now."""

from __future__ import annotations

from crisis_sim.engine.sight.shared_facts import TrackFacts
from crisis_sim.engine.sight.views import TeamView, View
from crisis_sim.pages.duty import after_going_back, duty, hour_now
from crisis_sim.pages.standing_blocks import is_nearly_gone, track_word
from crisis_sim.pages.teller import Teller
from crisis_sim.text import cells, wrapped
from crisis_sim.tui.now_bar import now_rows
from crisis_sim.tui.pane_rows import PaneRow, PaneTone, Piece, bar, row, spread, width_of
from crisis_sim.tui.screen_words import SEATS, span

TITLE = 14
"""Cells that the title keeps before the clock loses its bar."""
WORD = 9
"""Cells that the title keeps before the clock loses its name: a word or two."""


def who(view: View, say: Teller) -> tuple[str, PaneTone]:
    """The seat's name as the header shows it, with its tone."""
    if isinstance(view, TeamView):
        return say.team(view.side).upper(), view.side
    return say(SEATS[view.seat]).upper(), "head"


def clock_track(view: View, say: Teller) -> TrackFacts | None:
    """The track that runs out, if there is one; otherwise the first."""
    return next(
        (track for track in view.tracks if say.dossier.tracks[track.id].runs_out),
        view.tracks[0] if view.tracks else None,
    )


def track_piece(track: TrackFacts, size: int, say: Teller) -> PaneRow:
    """A track as name, bar, value and word."""
    of = say.dossier.tracks[track.id]
    word = track_word(of, track.value, say)
    above, whole = track.value - of.least, of.most - of.least
    tone: PaneTone = "bad" if is_nearly_gone(of, track.value) else ""
    return row(
        (say.of(of.name) + " ", "dim"),
        (bar(above, whole, size), tone),
        (f" {say.amount(track.id, track.value)}", tone),
        (f" {word}" if word else "", "dim"),
    )


def head_rows(view: View, say: Teller, seconds: int | None, width: int, now: str | None = None) -> list[PaneRow]:
    """Where we are, and what to do now; two rows, a third if the sentence is long."""
    name, tone = who(view, say)
    place = say("turn {turn} of {turns}").format(turn=view.turn, turns=view.turns) if view.turn else say(view.phase)
    hour = say("   T+{hour} h", hour=hour_now(view)) if view.turn else ""
    end = row((f"{place}{hour}   ", ""), (name, tone), " ")
    right, room = _clock(clock_track(view, say), width - width_of(end) - 6, say)
    title = row((cut_at_word(say.title, room), "strong")) if room >= WORD else ()
    return [
        spread((*row(" "), *title, *row("   " if title else ""), *end), right, width),
        *_now(view, seconds, width, now, say),
    ]


def cut_at_word(text: str, room: int) -> str:
    """A name that fits, or as many of its first words as do."""
    if cells(text) <= room:
        return text
    return wrapped(text, room - 1)[0].rstrip(" ,") + "…"


def _clock(track: TrackFacts | None, room: int, say: Teller) -> tuple[PaneRow, int]:
    """The clock in the longest form that fits, never cut, and what is left for the title.

    The bar leaves the title its place; the clock's whole name goes before all but the title's first words.
    """
    if track is None:
        return (), room
    name = say.track(track.id)
    tone: PaneTone = "bad" if is_nearly_gone(say.dossier.tracks[track.id], track.value) else ""
    value: Piece = (f"{say.amount(track.id, track.value)} ", tone)
    forms: tuple[tuple[PaneRow, int], ...] = (
        ((*track_piece(track, 8, say), (" ", "")), TITLE),
        (row((f"{name} ", "dim"), value), WORD),
        (row(value), 0),
    )
    for form, least in forms:
        if room - width_of(form) >= least:
            return form, room - width_of(form)
    return (), room


def _now(view: View, seconds: int | None, width: int, now: str | None, say: Teller) -> list[PaneRow]:
    label = say("PAUSED") if view.paused else say("NOW")
    time = () if seconds is None else row((span(seconds, say), "bad" if seconds < 60 else ""), " ")
    text = duty(view, say) if view.paused or now is None else after_going_back(now, view, say)
    return now_rows(text, width, say, label=label, time=time)
