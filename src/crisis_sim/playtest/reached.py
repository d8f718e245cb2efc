"""What of a scenario and its rules came into play in one session: a count for each thing, by its key.

A key says what and which, such as `rule/salami`, `line/us/hull-survey/pressed` or `forecast/takes-call/yes`. What there
is to reach, in words and with its place, is listed in `crisis_sim.playtest.things`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from crisis_sim.engine import events as e
from crisis_sim.playtest.measures import Ended


def reached(ended: Ended) -> dict[str, int]:
    """How often each thing came into play."""
    found = Counter(key for event in ended.events for key in _keys(event, ended))
    found.update(_stayed_away(ended))
    return dict(found)


def _keys(event: e.AnyEvent, ended: Ended) -> Iterator[str]:
    """What one event reaches."""
    match event:
        case e.ActSent():
            yield from _of_act(event, ended)
        case e.RequestUnanswered(act=key):
            yield f"answer/{ended.state.acts[key].act.move}/silence"
        case e.RuleFired(rule=rule):
            yield _fired(rule)
        case e.InjectDelivered(inject=inject, by_hand=by_hand):
            yield f"inject/{inject}/{'by-hand' if by_hand else 'came'}"
        case e.TrackMarked(track=track, mark=mark):
            yield f"track/{track}/mark/{mark}"
        case e.ForecastResolved(forecast=forecast, happened=happened):
            yield f"forecast/{forecast}/{'yes' if happened else 'no'}"
        case e.FactSet(fact=fact, to=to):
            yield f"fact/{fact}/{'true' if to else 'false'}"
        case e.CommitmentMade(commitment=commitment):
            yield f"commitment/{commitment}/made"
        case e.CommitmentBroken(commitment=commitment):
            yield f"commitment/{commitment}/broken"
        case e.LinePressed() | e.NearMiss() | e.LineCrossed():
            yield from _of_line(event)
        case _:
            pass


def _of_act(event: e.ActSent, ended: Ended) -> Iterator[str]:
    act = event.act
    yield f"move/{act.move}"
    yield f"channel/{act.channel}"
    yield f"delivery/{act.outcome}"
    yield from (f"term/{term}" for term in act.terms)
    if act.answers is not None and act.answer is not None:
        yield f"answer/{ended.state.acts[act.answers].act.move}/{act.answer}"


def _of_line(event: e.LinePressed | e.NearMiss | e.LineCrossed) -> Iterator[str]:
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


def _stayed_away(ended: Ended) -> Iterator[str]:
    """Contingent injects of this length whose time came and whose condition never held."""
    table, came = ended.table, ended.state.injects
    for name, inject in table.injects.items():
        is_tried = table.length in inject.lengths and inject.at <= table.hours[-2] and not inject.by_hand
        if is_tried and inject.when is not None and name not in came:
            yield f"inject/{name}/stayed-away"
