"""Tracks that go the wrong way, are at their end before the teams can act, or never come to a mark."""

from __future__ import annotations

import re
from typing import Final

from crisis_sim.authoring.lints.lint_run import LintRun
from crisis_sim.authoring.lints.ways import find_models
from crisis_sim.content.authored_stakes import Change
from crisis_sim.errors import Sentence
from crisis_sim.numbers import points_text
from crisis_sim.rules.properties import MoveIs

_SAVED: Final = re.compile(
    r"\b(?:saved?|safe|safety|rescued|evacuated|recovered|brought out|taken off|treated)\b",
    re.IGNORECASE,
)
"""What a track is called that counts those who are out of danger."""


def tracks_go_the_right_way(run: LintRun) -> None:
    """More who are safe is good news and does not melt away by the hour; help does not make matters worse."""
    for name, track in run.scenario.tracks.items():
        message = key = None
        if _SAVED.search(track.name.en):
            if track.good == "down":
                key = "good"
                message = Sentence("'{name}' counts who is safe, and fewer of them is good news here", name=track.name)
            elif track.per_hour < 0 and not track.runs_out:
                key, message = (
                    "per_hour",
                    Sentence("'{name}' counts who is safe, and falls by the hour", name=track.name),
                )
        wrong = next((change for change in track.changes if _is_wrong(run, change, track.good == "up")), None)
        if message is None and wrong is not None:
            key = "good"
            message = Sentence("acts that calm make the track '{track}' worse: {why}", track=name, why=wrong.says)
        if key and message:
            hint = Sentence("look at `good`, which way is good news, and at the sign of the numbers")
            run.warn(run.source.spot("tracks", name, key), message, "track-way", hint)


def _is_wrong(run: LintRun, change: Change, up: bool) -> bool:
    """Whether a change asks for calming acts alone, put in no particular way, and is for the worse."""
    move_tests = [move for _loc, move in find_models(change, (), MoveIs)]
    weights = [run.material.moves[name].weight for move in move_tests for name in run.fitting(move, here=False)]
    plain = all(move.term is None for move in move_tests)
    return bool(weights) and max(weights) < 0 and plain and change.by != 0 and (change.by > 0) != up


def hours_leave_time(run: LintRun) -> None:
    """By the hours alone no track is at its end before half of the session is over."""
    ends = run.scenario.ends
    for name, track in run.scenario.tracks.items():
        way = 0 if not track.per_hour else (track.most if track.per_hour > 0 else track.least) - track.start
        hour = way / track.per_hour if way else ends
        if hour < ends / 2:
            message = Sentence(
                "by the hours alone the track '{track}' comes to {end} by {hour}h, and the session lasts until"
                " {ends}h: little that the teams do can tell",
                track=name,
                end=points_text(track.start + way),
                hour=round(hour),
                ends=ends,
            )
            hint = Sentence("let fewer hours do it: a smaller per_hour, or more room between start, least and most")
            run.warn(run.source.spot("tracks", name, "per_hour"), message, "track-soon", hint)


def marks_are_in_reach(run: LintRun) -> None:
    """A track can come to each of its marks: something moves it that way."""
    world = run.worlds[run.longest]
    for name, track in run.scenario.tracks.items():
        lowest, highest = world.span(name)
        for place, mark in enumerate(track.marks):
            if (mark.at_least or lowest) > highest or (mark.at_most or highest) < lowest:
                message = Sentence(
                    "the track '{track}' never comes to this mark: it starts at {start}, and nothing moves it that way",
                    track=name,
                    start=points_text(track.start),
                )
                hint = Sentence("let an act, an inject or the hours move it, or leave the mark out")
                run.warn(run.source.spot("tracks", name, "marks", place), message, "mark-never", hint)
