"""The card of offences as a session plays it: which acts, what each place weighs, and how an act is known for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from crisis_sim.content.material import Material
from crisis_sim.rules.authored import Text
from crisis_sim.rules.compile import TriedRules, Watched, compile_each, compile_watch
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import CardSize
from crisis_sim.rules.offences import Offence


class CardPlan(Struct, frozen=True, eq=False):
    """A card of offences."""

    says: Mapping[str, Text]
    """Its acts, by id, in an order that says nothing."""
    factors: tuple[int, ...]
    """What each place in an order weighs, hundredths, the gravest first."""
    places: Mapping[str, str]
    """file:line of each act."""
    profiles: Mapping[str, tuple[str, ...]]
    """Orders of these acts that go by a name."""
    acts: tuple[str, ...]
    """Those that an act can be; what `on_act` finds are places in it."""
    on_act: Mapping[str, TriedRules]
    """For each move, the offences that an act of it is."""
    on_silence: Callable[[Facts], list[str]]
    on_readout: Callable[[Facts], list[str]]

    def found(self, facts: Facts) -> list[str]:
        """The offences that the act at hand is."""
        act = facts.act
        return [] if act is None else [self.acts[place] for place in self.on_act[act.move](facts)]


def card_plan(material: Material, size: CardSize) -> CardPlan | None:
    """The card of a session; None where it has none."""
    card = material.offences
    if card is None or size == "none":
        return None
    short = card.at_one_table if size == "short" else None
    held = [act for act in card.acts if short is None or act.id in short.acts]
    on: dict[str, list[Offence]] = {when: [act for act in held if act.on == when] for when in ("act", *LATER)}
    silence, readout = (
        compile_each([(act.id, act.when, f"offence/{act.id}") for act in on[when]], material.moves) for when in LATER
    )
    ids = {act.id for act in held}
    return CardPlan(
        says={act.id: act.says for act in held},
        factors=card.factors if short is None else short.factors,
        places={act.id: material.places.get(f"offence/{act.id}", act.id) for act in held},
        profiles={
            name: tuple(each for each in profile.order if each in ids)
            for name, profile in material.profiles.items()
            if ids <= set(profile.order)
        },
        acts=tuple(act.id for act in on["act"]),
        on_act=compile_watch([Watched(act.when, f"offence/{act.id}") for act in on["act"]], material.moves),
        on_silence=silence,
        on_readout=readout,
    )


LATER = ("silence", "readout")
"""Moments that belong to no act that arrives."""
