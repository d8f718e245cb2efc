"""Events: what happened. Past tense, frozen, never refused, never edited; all of them are imported from here."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeAlias

from crisis_sim.engine.actions import Guess as Guess
from crisis_sim.engine.events.event import *  # noqa: F403 – the face of its rooms: what stands in them is read here
from crisis_sim.engine.events.event import Event
from crisis_sim.engine.events.play_events import *  # noqa: F403 – as above
from crisis_sim.engine.events.result_events import *  # noqa: F403 – as above
from crisis_sim.engine.events.table_events import *  # noqa: F403 – as above

if TYPE_CHECKING:
    AnyEvent: TypeAlias = Event
else:
    AnyEvent = reduce(or_, Event.__subclasses__())  # each kind by its tag, as a log is read
