"""What of a scenario and its rules came into play in one session: a count for each thing, by its key.

A key says what and which, such as `rule/salami`, `line/us/hull-survey/pressed` or `forecast/takes-call/yes`. What there
is to reach, in words and with its place, is listed in `crisis_sim.playtest.reachable`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from crisis_sim.engine import events as e
from crisis_sim.playtest.measures import Ended


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
