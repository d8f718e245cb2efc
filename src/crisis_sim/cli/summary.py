"""How a session went, in a dozen lines: for two bots that have played it out."""

from __future__ import annotations

from crisis_sim.cli.answer import prose
from crisis_sim.cli.language import language, say
from crisis_sim.engine.state import State
from crisis_sim.numbers import shown
from crisis_sim.pages.hotwash_page import HotwashPage
from crisis_sim.pages.reader import SeatReader
from crisis_sim.pages.seat_pages import Page
from crisis_sim.session.session import Session
from crisis_sim.wording.names import SIDES


def summary(session: Session) -> list[str]:
    """The lines about a session at its end, and where its log is."""
    view = SeatReader(session.seat("facilitator"), language()).view()
    return [
        say(
            "{title}: {minutes} minutes, {turns} turns, seed {seed}",
            title=view.title,
            minutes=session.header.length,
            turns=view.turn,
            seed=session.header.seed,
        ),
        say("; ").join(say("{seat} {who}", seat=seat, who=who) for seat, who in players(session.state)),
        "",
        *(hotwash_lines(view.hotwash) if view.hotwash is not None else [_unfinished(view)]),
        "",
        say("Log: {path}", path=session.path),
    ]


def players(state: State) -> list[tuple[str, str]]:
    """Seats with who plays them: a person, or a bot by its name."""
    names = {**SIDES, "facilitator": "facilitator"}
    return [(say(names[seat]), policy or say(who)) for seat, (who, policy) in state.seats.items() if seat in names]


def _unfinished(view: Page) -> str:
    return say(
        "It stands in turn {turn} of {turns}, at {phase}.", turn=view.turn, turns=view.turns, phase=say(view.phase)
    )


def hotwash_lines(hotwash: HotwashPage) -> list[str]:
    """Scores, lines, requests and what was at stake."""
    score = hotwash.score
    us, china = score.sides
    lines = [
        say("Tension by turn: {path}; it ended {rung}", path=" → ".join(map(shown, score.curve)), rung=score.rung),
        say("Tension as the US felt it {us}, as China felt it {china}", us=shown(us.felt), china=shown(china.felt)),
    ]
    for side, hearer, gap in (("us", "china", hotwash.mean_gap_us), ("china", "us", hotwash.mean_gap_china)):
        if gap is not None:
            sides = {"side": say(SIDES[side]), "other": say(SIDES[hearer])}
            lines.append(say("{side} acts: {other} took them {how} on average", how=_distance(gap), **sides))
    lines.append(_counted(say("Red lines crossed"), hotwash.crossings))
    lines.append(_counted(say("Near misses"), hotwash.near_misses))
    answers = say(
        "{taken} taken, {refused} refused, {unanswered} unanswered in time",
        taken=hotwash.taken,
        refused=hotwash.refused,
        unanswered=hotwash.unanswered,
    )
    if hotwash.unheard:
        answers += say(", {n} met with silence as request or answer did not arrive in time", n=hotwash.unheard)
    lines.append(say("Requests: {n} made, {answers}", n=hotwash.asked, answers=answers))
    lines += [
        say("{track}: {value} {unit}", track=track.name, value=shown(track.value), unit=track.unit)
        for track in hotwash.tracks
    ]
    return lines


def _distance(gap: int) -> str:
    if gap == 0:
        return say("as they were meant")
    words = {"n": abs(gap) // 100 if gap % 100 == 0 else 2, "steps": shown(abs(gap))}
    if gap > 0:
        return say(
            "{steps} step more hostile than they were meant",
            plural="{steps} steps more hostile than they were meant",
            **words,
        )
    return say(
        "{steps} step friendlier than they were meant", plural="{steps} steps friendlier than they were meant", **words
    )


def _counted(head: str, sentences: tuple[str, ...]) -> str:
    if not sentences:
        return say("{head}: none", head=head)
    return "\n".join(
        [say("{head}: {n}", head=head, n=len(sentences)), *(prose(f"- {sentence}", 2) for sentence in sentences)]
    )
