"""One session that bots play out in memory, and what is kept of it: what came into play, a count for each thing.

Nothing is written and nobody watches. The same table, bots and seed give the same record, and the same session as a log
of it would hold (`crisis_sim.playtest.experiment` writes one).

A key says what and which, such as `rule/salami`, `line/us/hull-survey/pressed` or `forecast/takes-call/yes`. What there
is to reach, in words and with its place, is listed in `crisis_sim.playtest.reachable`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
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


def reached(ended: Ended) -> dict[str, int]:
    """How often each thing came into play."""
    found: Counter[str] = Counter()
    for event in ended.events:
        keys = KEYS.get(type(event))
        if keys is not None:
            found.update(keys(event, ended))
    found.update(_stayed_away(ended))
    return dict(found)


def _of_act(event: e.ActSent, ended: Ended) -> Iterator[str]:
    act = event.act
    yield f"move/{act.move}"
    yield f"channel/{act.channel}"
    yield f"delivery/{act.outcome}"
    yield from (f"term/{term}" for term in act.terms)
    if act.answers is not None and act.answer is not None:
        yield f"answer/{ended.state.acts[act.answers].act.move}/{act.answer}"


def _of_line(event: e.LinePressed | e.NearMiss | e.LineCrossed, ended: Ended) -> Iterator[str]:
    name = f"line/{event.side}/{event.line}"
    match event:
        case e.LinePressed(line=line, trace=trace):
            yield f"{name}/pressed"
            if trace.rule == f"line {line}":
                yield f"{name}/watch/{trace.part}"
        case e.NearMiss():
            yield f"{name}/near"
        case e.LineCrossed(through=through):
            yield f"{name}/crossed"
            if through is not None:
                yield f"line/{event.side}/{through}/limit"


def _fired(rule: str) -> str:
    """The key of a rule, or of a track's change, whose firing goes on record under `track NAME/PLACE`."""
    if not rule.startswith("track "):
        return f"rule/{rule}"
    track, _, place = rule.removeprefix("track ").partition("/")
    return f"track/{track}/change/{place}"


KEYS: Final[Mapping[type[e.Event], Callable[[Any, Ended], Iterable[str]]]] = {  # Any: each kind has its own
    e.ActSent: _of_act,
    e.RequestUnanswered: lambda event, ended: (f"answer/{ended.state.acts[event.act].act.move}/silence",),
    e.RuleFired: lambda event, ended: (_fired(event.rule),),
    e.InjectDelivered: lambda event, ended: (f"inject/{event.inject}/{'by-hand' if event.by_hand else 'came'}",),
    e.TrackMarked: lambda event, ended: (f"track/{event.track}/mark/{event.mark}",),
    e.ForecastResolved: lambda event, ended: (f"forecast/{event.forecast}/{'yes' if event.happened else 'no'}",),
    e.FactSet: lambda event, ended: (f"fact/{event.fact}/{'true' if event.to else 'false'}",),
    e.CommitmentMade: lambda event, ended: (f"commitment/{event.commitment}/made",),
    e.CommitmentBroken: lambda event, ended: (f"commitment/{event.commitment}/broken",),
    e.LinePressed: _of_line,
    e.NearMiss: _of_line,
    e.LineCrossed: _of_line,
}
"""What an event of each kind reaches; those of other kinds reach nothing."""


def _stayed_away(ended: Ended) -> Iterator[str]:
    """Contingent injects of this length whose time came and whose condition never held."""
    table, came = ended.table, ended.state.injects
    for name, inject in table.injects.items():
        is_tried = table.length in inject.lengths and inject.at <= table.hours[-2] and not inject.by_hand
        if is_tried and inject.when is not None and name not in came:
            yield f"inject/{name}/stayed-away"
