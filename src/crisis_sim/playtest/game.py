"""One session that bots play out in memory, and what is kept of it.

Nothing is written and nobody watches. The same table, bots and seed give the same record, and the same session as a log
of it would hold (`crisis_sim.playtest.experiment` writes one).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine.acts.decide import decided
from crisis_sim.engine.acts.phases import waiting_for
from crisis_sim.engine.events import AnyEvent
from crisis_sim.engine.sight.dossiers import dossier_for
from crisis_sim.engine.sight.seats import view_for
from crisis_sim.engine.sight.white import course_view
from crisis_sim.engine.state import State, opening_state
from crisis_sim.engine.table import Table, build_table
from crisis_sim.playtest.bots import POLICIES, AutoFacilitator, Player, Seen, bot_for, play_out
from crisis_sim.playtest.measures import Ended, Measure
from crisis_sim.playtest.reached import reached

AUTO = "auto"
"""What a log calls the facilitator that only keeps play going and, where asked to, releases injects by luck."""

SEATED: Mapping[a.Seat, Sequence[str]] = {"us": tuple(POLICIES), "china": tuple(POLICIES), "facilitator": (AUTO,)}
"""The bots that can sit at each seat, as a log calls them."""


class Bots(Struct, frozen=True, gc=False):
    """Who plays."""

    us: str
    """The policy of the American side."""
    china: str
    release: int = 0
    """Percent: the chance in each turn that the facilitator releases an inject that comes by hand alone."""


class Record(Struct, frozen=True, gc=False):
    """What is kept of a session."""

    values: tuple[int | None, ...]
    """In the order of the measures."""
    reached: dict[str, int]
    """How often each thing of the scenario and its rules came into play, by its key."""


def table_for(material: Material, *, length: int, show: Literal["own", "all"] | None = None) -> Table:
    """The table for any number of sessions; each is dealt its own seed."""
    return build_table(material, seed="", length=length, show=show, session="playtest")


def players(bots: Bots, seed: str, table: Table) -> tuple[Player, Player, Player]:
    """The two bots and the facilitator of a session with this seed."""
    facilitator = AutoFacilitator(seed=seed, release=bots.release)
    us = bot_for("us", bots.us, seed, dossier_for(table, "us"))
    return us, bot_for("china", bots.china, seed, dossier_for(table, "china")), facilitator


def seating(bots: Bots) -> Mapping[a.Seat, str]:
    """What the log says of who sits where."""
    return {"us": bots.us, "china": bots.china, "facilitator": AUTO}


def seen(state: State, table: Table, seat: a.Seat) -> Seen:
    """What the players of a session are asked with: the teams' bots with their views, the facilitator with its part."""
    return course_view(state, table) if seat == "facilitator" else view_for(state, table, seat)


def played(table: Table, bots: Bots, seed: str, measures: Sequence[Measure]) -> Record:
    """Play one session of bots to its end."""
    table = table.seeded(seed, table.session)
    state, events = opening_state(table), list[AnyEvent]()

    def submit(seat: a.Seat, action: a.AnyAction) -> None:
        nonlocal state
        told, state = decided(state, seat, action, table)
        events.extend(told)

    for seat, policy in seating(bots).items():
        submit(seat, a.TakeSeat(occupant="bot", policy=policy))
    play_out(
        players(bots, seed, table),
        lambda seat: seen(state, table, seat),
        submit,
        waits_for=lambda: waiting_for(state),
    )
    ended = Ended(table, state, events)
    return Record(tuple(measure.read(ended) for measure in measures), reached(ended))
