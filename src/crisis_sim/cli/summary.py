"""How a session went, in a dozen lines: for two bots that have played it out."""

from __future__ import annotations

from crisis_sim.cli.answer import prose
from crisis_sim.engine.state import State
from crisis_sim.numbers import shown
from crisis_sim.pages.hotwash_page import HotwashPage
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_pages import Page
from crisis_sim.session.session import Session

SIDES = {"us": "US", "china": "China"}


def summary(session: Session) -> list[str]:
    """The lines about a session at its end, and where its log is."""
    view = SeatReader(session.seat("facilitator"), "en").view()
    lines = [f"{view.title}: {session.header.length} minutes, {view.turn} turns, seed {session.header.seed}"]
    lines.append("; ".join(f"{name} {who}" for name, who in players(session.state)))
    lines += ["", *hotwash_lines(view.hotwash)] if view.hotwash is not None else ["", _unfinished(view)]
    return [*lines, "", f"Log: {session.path}"]


def players(state: State) -> list[tuple[str, str]]:
    """Seats with who plays them: a person, or a bot by its name."""
    names = {**SIDES, "facilitator": "facilitator"}
    return [(names[seat], policy or who) for seat, (who, policy) in state.seats.items() if seat in names]


def _unfinished(view: Page) -> str:
    return f"It stands in turn {view.turn} of {view.turns}, at {view.phase}."


def hotwash_lines(hotwash: HotwashPage) -> list[str]:
    """Scores, lines, requests and what was at stake."""
    score = hotwash.score
    path = " → ".join(map(shown, score.curve))
    lines = [f"Tension by turn: {path}; it ended {score.rung}"]
    us, china = score.sides
    lines.append(f"Tension as the US felt it {shown(us.felt)}, as China felt it {shown(china.felt)}")
    for side, other, gap in (("US", "China", hotwash.mean_gap_us), ("China", "US", hotwash.mean_gap_china)):
        if gap is not None:
            lines.append(f"{side} acts: {other} took them {_distance(gap)} on average")
    lines.append(_counted("Red lines crossed", hotwash.crossings))
    lines.append(_counted("Near misses", hotwash.near_misses))
    answers = f"{hotwash.taken} taken, {hotwash.refused} refused, {hotwash.unanswered} unanswered in time"
    if hotwash.unheard:
        answers += f", {hotwash.unheard} met with silence as request or answer did not arrive in time"
    lines.append(f"Requests: {hotwash.asked} made, {answers}")
    lines += [f"{track.name}: {shown(track.value)} {track.unit}" for track in hotwash.tracks]
    return lines


def _distance(gap: int) -> str:
    if gap == 0:
        return "as they were meant"
    steps = "1 step" if abs(gap) == 100 else f"{shown(abs(gap))} steps"
    return f"{steps} {'more hostile' if gap > 0 else 'friendlier'} than they were meant"


def _counted(head: str, sentences: tuple[str, ...]) -> str:
    if not sentences:
        return f"{head}: none"
    return "\n".join([f"{head}: {len(sentences)}", *(prose(f"- {sentence}", 2) for sentence in sentences)])
