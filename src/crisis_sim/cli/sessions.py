"""A session in a line, for lists and menus: which scenario, how far it got, and when it was last played."""

from __future__ import annotations

from crisis_sim.cli.language import language, say
from crisis_sim.engine.events import PhaseOpened, TurnOpened
from crisis_sim.errors import CrisisSimError
from crisis_sim.session.clock import dated
from crisis_sim.session.folder import Listed
from crisis_sim.session.log import read_sound_part
from crisis_sim.session.record import Header, Milliseconds


def session_line(log: Listed) -> str:
    """Scenario, turn or phase, and when."""
    return say(
        "{title}, {how_far}, last played {when}",
        title=title_of(log.header),
        how_far=how_far(log),
        when=local_time(log.changed),
    )


def title_of(header: Header) -> str:
    """The title of the scenario that a log was begun with, in the reader's language where it has it."""
    try:
        tree = header.bundle()["scenario"]["tree"]
        title = tree["title"]
        return str(title if isinstance(title, str) else title.get(language()) or title["en"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return say("a scenario that cannot be read")


def how_far(log: Listed) -> str:
    """The turn that a log has reached, or that it is over, or that it is damaged."""
    try:
        read, damage = read_sound_part(log.path)
    except CrisisSimError:
        return say("damaged")
    if damage is not None:
        return say("damaged")
    for entry in reversed(read.entries):
        for event in reversed(entry.events):
            if isinstance(event, TurnOpened):
                return say("turn {n}", n=event.turn)
            if isinstance(event, PhaseOpened) and event.phase in ("closing", "hotwash", "closed"):
                return say(event.phase)
    return say("briefing")


def local_time(time: Milliseconds) -> str:
    """A time on this machine's clock, as `2026-11-24 14:32`."""
    return dated(time, "%Y-%m-%d %H:%M")
