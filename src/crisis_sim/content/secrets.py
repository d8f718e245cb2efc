"""What files read that one team keeps sealed: how it read an act, its pressure, conclusions and trust.

An inject that comes because of such a thing is one itself: only its receiver knows that it has come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crisis_sim.content.scenario import Scenario
from crisis_sim.rules.authored import Authored
from crisis_sim.rules.conditions import Condition
from crisis_sim.rules.effects import Effects
from crisis_sim.rules.keys import Loc, keys_within
from crisis_sim.rules.moment import DecidedIs, LineIs, MeterIs
from crisis_sim.rules.names import SIDES, Side


def secrets_in(
    condition: Condition, owners: Mapping[str, Sequence[Side]], hidden: Mapping[str, Side]
) -> Iterator[tuple[Loc, Sequence[str]]]:
    """Each thing that a condition reads and a team keeps sealed: the way to it, and whose alone it is, if anybody's.

    `owners` are those of lines by id, `hidden` the receivers of injects that come because of something sealed.
    """
    for way, key, value, holder in keys_within(condition):
        if key.sealed:
            yield way, _owners_of(way, value, holder, owners)
        elif way[-1] == "inject" and isinstance(holder, Condition):
            receivers = {hidden[name] for name in value if name in hidden}
            if receivers:
                yield way, tuple(receivers) if len(receivers) == 1 else ()


def hidden_injects(scenario: Scenario) -> dict[str, Side]:
    """Injects that come because of something that a team keeps sealed, with the team that receives them."""
    hidden: dict[str, Side] = {}
    while True:
        more: dict[str, Side] = {
            inject.id: inject.to
            for inject in scenario.msel
            if inject.to != "both" and inject.id not in hidden
            if (inject.after is not None and inject.after.inject in hidden)
            or (inject.when is not None and next(secrets_in(inject.when, {}, hidden), None) is not None)
        }
        if not more:
            return hidden
        hidden |= more


def sides_moved(effects: Effects) -> frozenset[str]:
    """Whose felt tension, trust and lines effects move: roles or teams, or `both`."""
    moved = {item.whose for item in (*effects.press, *effects.relieve)}
    trust_fields = set[str]() if effects.trust is None else effects.trust.model_fields_set
    receiver_keys = {"felt", "weigh_felt", "weigh_relief", "grow"}.intersection(effects.effect_names)
    return frozenset({*moved, *trust_fields, *(["receiver"] if receiver_keys else [])})


def _owners_of(way: Loc, value: object, holder: Authored, owners: Mapping[str, Sequence[Side]]) -> Sequence[str]:
    """Whose alone a thing is that a key reads."""
    if isinstance(holder, LineIs):
        return owners.get(holder.id, ())
    if isinstance(value, DecidedIs):
        return owners.get(f"inject/{value.id}", SIDES)
    if isinstance(value, MeterIs):
        return (value.of,)
    return ("receiver",) if way[-1] == "read_as" else ()
