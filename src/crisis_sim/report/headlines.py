"""What each chart shows, as the sentence above it: counts and ends that its table holds too, of both sides alike."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from crisis_sim.engine.views.shared_facts import BeliefFacts
from crisis_sim.measures.forecasts import Foresight
from crisis_sim.measures.sums import fraction_printed
from crisis_sim.numbers import Points
from crisis_sim.report.pictures import ActBox, Panel
from crisis_sim.session.course import TurnPoint
from crisis_sim.wording import Say, _, join_parts
from crisis_sim.wording.labels import THE


def whole(value: Points) -> str:
    """Hundredths as the nearest whole number, for a page that is read in a minute."""
    return fraction_printed(Fraction(value, 100), 0)


def of_tension(turns: Sequence[TurnPoint], say: Say) -> str:
    """Where tension began and ended, and what each side felt at the end."""
    start, end = turns[0], turns[-1]
    words = {"start": whole(start.tension), "end": whole(end.tension)}
    words |= {"us": whole(end.felt_us), "china": whole(end.felt_china)}
    if end.tension == start.tension:
        return say("Tension ended where it began, at {end}; at the end the US felt {us} and China {china}", **words)
    if end.tension > start.tension:
        return say("Tension rose from {start} to {end}; at the end the US felt {us} and China {china}", **words)
    return say("Tension fell from {start} to {end}; at the end the US felt {us} and China {china}", **words)


def of_pressure(pressed: Sequence[tuple[Sequence[Points], Points]], say: Say) -> str:
    """How many pink lines that were pressed came to their limit: the pressure of each turn by turn, and its limit."""
    full = sum(max(turns, default=0) >= limit for turns, limit in pressed)
    return say("Pink lines that came to their limit: {n} of {m} that were pressed", n=full, m=len(pressed))


def of_acts(boxes: Sequence[ActBox], say: Say, *, is_asked: bool) -> str:
    """How many acts were taken as was expected, and how many otherwise, which way."""
    gaps = [box.shade for box in boxes if box.is_complete]
    words = {"n": len(gaps), "same": gaps.count(0)}
    words |= {"more": sum(gap > 0 for gap in gaps), "less": sum(gap < 0 for gap in gaps)}
    if not gaps:
        return say("No act has been read")
    if is_asked:
        return say("Acts read: {n}; taken as expected {same}, as more hostile {more}, as friendlier {less}", **words)
    return say("Acts read: {n}; taken as they were meant {same}, as more hostile {more}, as friendlier {less}", **words)


def of_squares(panels: tuple[Panel, Panel], say: Say) -> str:
    """How many acts of each side were taken just as they were meant."""
    (us_matches, read), (china_matches, theirs) = (
        (sum(meant == reading for meant, reading in panel.pairs), len(panel.pairs)) for panel in panels
    )
    words = {"same": us_matches, "read": read, "others": china_matches, "theirs": theirs}
    return say("Taken as they were meant: {same} of {read} acts of the US, {others} of {theirs} of China", **words)


def of_forecasts(foresights: Sequence[Foresight], say: Say) -> str:
    """Whether a side forecast better than always saying 50, as far as chance lets that be told."""
    templates = {
        True: _("{side} forecast better than always saying 50"),
        False: _("{side} forecast worse than always saying 50"),
        None: _("{side} forecast no better and no worse than always saying 50, as far as can be told from chance"),
    }
    sentences = [
        say(templates[foresight.beats_even_odds], side=say(THE[foresight.side]))
        for foresight in foresights
        if foresight.forecasts
    ]
    return join_parts(sentences, say)


def of_belief(beliefs: Sequence[BeliefFacts], say: Say) -> str:
    """How sure each side was of it when it was first asked, and when it was last."""
    sentences = []
    for belief in beliefs:
        words = {"side": say(THE[belief.side]), "start": belief.said[0][1], "end": belief.said[-1][1]}
        moves = words["start"] != words["end"]
        moved = _("{side} began at {start} in 100 and ended at {end}")
        sentences.append(say(moved if moves else _("{side} ended where it began, at {end}"), **words))
    return join_parts(sentences, say)
