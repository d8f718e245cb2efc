"""How the two talked, and what it came to for the third party, as the room sees it after play."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import asdict

from crisis_sim.engine import events as e
from crisis_sim.engine.channel_use import channel_uses
from crisis_sim.engine.phrases import clock_word, say
from crisis_sim.engine.sight_channels import shape_word
from crisis_sim.engine.state import State
from crisis_sim.engine.table import Table
from crisis_sim.engine.telling import channel_name
from crisis_sim.engine.views import ChannelStory, Course
from crisis_sim.rules.names import Language


def channel_stories(state: State, table: Table, language: Language) -> tuple[ChannelStory, ...]:
    """Every channel: what went over it, how it served, and how its shape changed; in the scenario's order."""
    return tuple(
        ChannelStory(
            **asdict(use),
            name=channel_name(table, use.id, language),
            start_word=shape_word(table, use.id, use.start, language),
            end_word=say(language, "suspended-word")
            if use.id in state.suspended
            else shape_word(table, use.id, use.end, language),
        )
        for use in channel_uses(state, table)
    )


def courses(state: State, table: Table, language: Language) -> tuple[Course, ...]:
    """What was at stake, from start to end."""
    found = []
    for track, of in table.scenario.tracks.items():
        end = state.tracks[track]
        ran_out = of.runs_out and end <= of.least
        same, rose = end == of.start, end > of.start
        way = "same" if same else "better" if rose == (of.good == "up") else "worse"
        found.append(
            Course(
                name=of.name.in_(language),
                unit=of.unit.in_(language),
                start=of.start,
                end=end,
                least=of.least,
                most=of.most,
                way="ran-out" if ran_out else "ran-down" if of.runs_out else way,  # type: ignore[arg-type]  # one of them
                word=clock_word(language, end - of.least, of.most - of.least) if of.runs_out else "",
                marks=tuple(_marks(state, table, track, language)),
            )
        )
    return tuple(found)


def _marks(state: State, table: Table, track: str, language: Language) -> Iterator[str]:
    """What came to pass on a track, each with its turn."""
    for turn, told in enumerate(state.story):
        for event in told:
            if isinstance(event, e.TrackMarked) and event.track == track:
                says = table.scenario.tracks[track].marks[event.mark].says.in_(language)
                yield say(language, "in-turn", turn=turn, says=says)
