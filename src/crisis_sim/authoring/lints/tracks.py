"""Tracks: clocks that stand still."""

from __future__ import annotations

from crisis_sim.authoring.lints.found import Found


def clocks_run(found: Found) -> None:
    """A track that runs out falls by the hour."""
    for name, track in found.scenario.tracks.items():
        if track.runs_out and track.per_hour >= 0:
            said = f"the track '{name}' runs out and does not fall by the hour, so time is never short"
            spot = found.source.spot("tracks", name, "runs_out")
            found.warn(spot, said, "clock-still", "give it a negative per_hour")
