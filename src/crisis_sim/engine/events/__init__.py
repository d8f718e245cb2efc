"""Events: what happened. Past tense, frozen, never refused, never edited; all of them are imported from here."""

from __future__ import annotations

from typing import TypeAlias

from crisis_sim.engine.actions import Guess as Guess
from crisis_sim.engine.events.event import *  # noqa: F403 – the face of its rooms: what stands in them is read here
from crisis_sim.engine.events.play_events import *  # noqa: F403 – as above
from crisis_sim.engine.events.play_events import PlayEvent
from crisis_sim.engine.events.result_events import *  # noqa: F403 – as above
from crisis_sim.engine.events.result_events import ResultEvent
from crisis_sim.engine.events.table_events import *  # noqa: F403 – as above  # noqa: F403 – as above
from crisis_sim.engine.events.table_events import RoomEvent, TableEvent

AnyEvent: TypeAlias = TableEvent | PlayEvent | ResultEvent | RoomEvent
"""Every event, as a tagged union."""
