"""How bots answered decisions, and after which answer their sessions ended best.

Best for a policy is the named answer after which the sessions that it played ended best on average, of those answers
that it gave in some. How well a session ended is the mean of three numbers from 0 to 100: calm (100 less tension), the
team's standing (ten times), and what is at stake (its tracks on average, each from its worst to its best end). Kept
beside what was reached, under keys of their own, so that the sums of many sessions come together as counts do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from crisis_sim.numbers import Points, rounded
from crisis_sim.playtest.run_measures import FinishedSession
from crisis_sim.rules.names import Side

KEY: Final = "decision/"
"""How the keys begin; inject, policy and answer follow."""
MIN_SESSIONS: Final = 5
"""Sessions in which a policy gave an answer before anything is said of it."""
MAX_SHARE: Final = 70
"""Percent of policies for which one answer may be the best."""
ENOUGH: Final = 4
"""Policies that have to be compared before anything is said."""
UNGIVEN: Final = ("unanswered", "pass", "")
"""What became of decisions that nobody answered: the voice acted, or nothing followed, or they were open at the end."""


class DecisionShare(NamedTuple):
    """One answer to a decision, or what became of it otherwise."""

    inject: str
    answer: str
    times: int
    share: Points
    """Percent of all sessions in which it was asked."""
    best_for: int
    """Policies for which it was the best of the named answers."""
    compared: int
    """Policies that gave at least two of them often enough."""
    stands_out: bool = False
    """Over these policies it lies further before the best of the others than chance explains."""

    @property
    def dominates(self) -> bool:
        """It is the best for more policies than it may be."""
        many = self.compared >= ENOUGH and self.best_for * 100 > MAX_SHARE * self.compared
        return many and self.stands_out


def decided(ended: FinishedSession) -> Iterator[tuple[str, int]]:
    """For each decision of a session: what became of it under which policy, and how well it ended; hundredths."""
    for voice in ended.state.voices:
        if voice.inject:
            fell = "unanswered" if voice.answer == "speak" and not voice.said else voice.answer or ""
            policy = ended.state.seats.get(voice.side, ("bot", None))[1] or ""
            yield f"{KEY}{voice.inject}/{policy}/{fell}", team_result(ended, voice.side)


def team_result(ended: FinishedSession, side: Side) -> Points:
    """How well a session ended for a team, 0–100."""
    state, stakes = ended.state, list[Points]()
    for name, track in ended.table.scenario.tracks.items():
        if track.of in (None, side) and track.most > track.least:
            part = (state.tracks[name] - track.least) * 100_00 // (track.most - track.least)
            stakes.append(part if track.good == "up" else 100_00 - part)
    parts = [100_00 - state.tension, state.standing[side] * 10]
    parts += [sum(stakes) // len(stakes)] if stakes else []
    return sum(parts) // len(parts)


def decision_shares(tally: Mapping[str, tuple[int, int, int]]) -> tuple[DecisionShare, ...]:
    """All answers that were given, decision by decision, the most often given first."""
    tallies: dict[str, dict[str, dict[str, tuple[int, int]]]] = {}
    for key, (runs, points, _first) in tally.items():
        if key.startswith(KEY):
            inject, policy, answer = key.removeprefix(KEY).split("/")
            tallies.setdefault(inject, {}).setdefault(policy, {})[answer] = runs, points
    return tuple(share for inject, policies in sorted(tallies.items()) for share in _rate_answers(inject, policies))


def _rate_answers(inject: str, policies: Mapping[str, Mapping[str, tuple[int, int]]]) -> Iterator[DecisionShare]:
    times: dict[str, int] = {}
    best: dict[str, int] = {}
    leads: dict[str, list[int]] = {}
    compared = 0
    for _policy, answers in sorted(policies.items()):
        for answer, (runs, _points) in answers.items():
            times[answer] = times.get(answer, 0) + runs
        able = {
            answer: rounded(points, runs)
            for answer, (runs, points) in sorted(answers.items())
            if runs >= MIN_SESSIONS and answer not in (*UNGIVEN, "speak")
        }
        if len(able) > 1:
            compared += 1
            first = max(able, key=lambda answer: able[answer])
            best[first] = best.get(first, 0) + 1
            for answer, points in able.items():
                runner_up = max(other for rival, other in able.items() if rival != answer)
                leads.setdefault(answer, []).append(points - runner_up)
    for answer, count in sorted(times.items(), key=lambda item: (-item[1], item[0])):
        share = rounded(count * 100_00, sum(times.values()))
        stands_out = _stands_out(leads.get(answer, ()))
        yield DecisionShare(inject, answer, count, share, best.get(answer, 0), compared, stands_out)


def _stands_out(leads: Sequence[int]) -> bool:
    """The leads lie above nought by more than three times the error of their mean, as they differ among policies."""
    count, total = len(leads), sum(leads)
    if count < ENOUGH or total <= 0:
        return False
    spread = sum((lead * count - total) ** 2 for lead in leads)  # times count²
    return total * total * (count - 1) * count > 9 * spread
