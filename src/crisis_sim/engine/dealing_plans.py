"""What a session plays of a scenario's cards, voices, private facts, instruments and assets, read once from models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from msgspec import Struct

from crisis_sim.content.authored_assets import Asset, PrivateFact
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Scenario
from crisis_sim.engine.move_advice import breaking
from crisis_sim.engine.plans import EffectStep, steps_of
from crisis_sim.engine.workload import Workload
from crisis_sim.rules.authored import Text
from crisis_sim.rules.compile import Find, Holds, Watched, compile_condition, compile_each, compile_watch
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.move import Move, Term
from crisis_sim.rules.names import BACKINGS, HERE_FOR_MORE, SIDES, Backing, CardSize, Side, Truth, Words


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
    on_act: Find[str]
    """The offences that the act at hand is."""
    on_silence: Find[str]
    on_readout: Find[str]


def card_plan(material: Material, size: CardSize) -> CardPlan | None:
    """The card of a session; None where it has none."""
    card = material.offences
    if card is None or size == "none":
        return None
    short = card.at_one_table if size == "short" else None
    card_acts = [act for act in card.acts if short is None or act.id in short.acts]
    acts, silence, readout = (
        [Watched(act.id, act.when, f"offence/{act.id}") for act in card_acts if act.on == moment]
        for moment in ("act", "silence", "readout")
    )
    ids = {act.id for act in card_acts}
    return CardPlan(
        says={act.id: act.says for act in card_acts},
        factors=card.factors if short is None else short.factors,
        places={act.id: material.places.get(f"offence/{act.id}", act.id) for act in card_acts},
        profiles={
            name: tuple(act_id for act_id in profile.order if act_id in ids)
            for name, profile in material.profiles.items()
            if ids <= set(profile.order)
        },
        on_act=compile_watch(acts, material.moves),
        on_silence=compile_each(silence, material.moves),
        on_readout=compile_each(readout, material.moves),
    )


DECISION: Final = "inject/"
"""What names a decision begins so; the id of its inject follows."""


class DecisionPlan(Struct, frozen=True):
    """A decision that a voice asks a team for."""

    side: Side
    voice: str
    answers: Mapping[str, tuple[str, ...]]
    """What may be answered, its own voice let speak or asked to wait included; no move carries any of it out."""
    otherwise: str
    """The answer that a turn without one carries out; empty where something else follows."""
    acts: bool
    """The voice does something in public."""
    at_home: bool
    """The voice is one of the team's own home."""


def decision_plans(scenario: Scenario) -> dict[str, DecisionPlan]:
    """The decisions of a scenario, by inject."""
    plans = {}
    for inject in scenario.msel:
        if inject.decide and inject.to != "both" and inject.from_ is not None and inject.otherwise is not None:
            voice = scenario.voices[inject.from_]
            acts, at_home = voice.acts is not None, voice.home == inject.to
            more = (("speak", "wait") if acts else ("wait",)) if at_home else ()
            answers: dict[str, tuple[str, ...]] = dict.fromkeys((*inject.decide, *more), ())
            otherwise = inject.otherwise.answer or ""
            plans[inject.id] = DecisionPlan(inject.to, inject.from_, answers, otherwise, acts, at_home)
    return plans


def decided_steps(scenario: Scenario) -> Iterator[tuple[str, tuple[EffectStep, ...]]]:
    """What follows answers (`decision/ID/ANSWER`), none (`decision/ID/`), and what voices do (`voice/ID`)."""
    for inject in scenario.msel:
        for name, answer in inject.decide.items():
            if answer.then is not None:
                yield f"decision/{inject.id}/{name}", steps_of(answer.then)
        if inject.otherwise is not None and inject.otherwise.then is not None:
            yield f"decision/{inject.id}/", steps_of(inject.otherwise.then)
    for name, voice in scenario.voices.items():
        if voice.acts is not None and voice.acts.then is not None:
            yield f"voice/{name}", steps_of(voice.acts.then)


class FactPlan(Struct, frozen=True):
    """What a team alone knows."""

    side: Side
    name: Words
    concerns: tuple[str, ...]
    """What it speaks to."""
    worth: int
    """How much it eases, beside others; hundredths."""
    costs: str | None
    words: Mapping[Truth, Words]
    """In what words it can be told, for each way in which it can."""
    backings: tuple[Backing, ...]
    """What can stand behind it."""
    called_by: frozenset[str]
    """Injects, told to its team, that call for it."""


def fact_plans(material: Material) -> dict[str, FactPlan]:
    """The private facts of both teams by their ids."""
    teams, msel = material.scenario.teams, material.scenario.msel
    return {
        name: _plan(
            side,
            fact,
            frozenset([inject.id for inject in msel if name in inject.calls_for and inject.to in ("both", side)]),
        )
        for side in SIDES
        for name, fact in teams.team_of(side).private_facts.items()
    }


def _plan(side: Side, fact: PrivateFact, called_by: frozenset[str]) -> FactPlan:
    wordings: dict[Truth, Words] = {"whole": fact.says.words}
    if fact.part is not None:
        wordings["part"] = fact.part.words
    if fact.untrue is not None:
        wordings["untrue"] = fact.untrue.words
    backings = BACKINGS if fact.vouches is not None else tuple([backing for backing in BACKINGS if backing != "host"])
    return FactPlan(side, fact.name.words, fact.concerns, fact.worth, fact.costs, wordings, backings, called_by)


def tellable(facts: Mapping[str, FactPlan], side: Side, move: Move) -> tuple[str, ...]:
    """Of these facts those that a move of a team can tell."""
    return tuple([name for name, plan in facts.items() if move.discloses and plan.side == side])


class InstrumentPlan(Struct, frozen=True, eq=False):
    """An instrument that words can cite."""

    with_moves: tuple[str, ...]
    accepted: frozenset[str]
    """Who has accepted it; teams by their sides."""
    concerns: tuple[str, ...]
    is_broken: Holds
    """The act at hand goes against it."""
    breaking: tuple[tuple[str, str | None], ...]
    """Moves that would, each with the term that it needs for it."""

    def is_accepted(self, side: Side) -> bool:
        """This team has accepted it."""
        return side in self.accepted


def instrument_plans(material: Material) -> dict[str, InstrumentPlan]:
    """The instruments of the scenario, compiled, where the packs say what citing one does."""
    settings = material.base.citing
    if settings is None:
        return {}
    return {
        name: InstrumentPlan(
            settings.with_moves,
            frozenset(instrument.accepted_by),
            instrument.concerns,
            compile_condition(instrument.broken_by, material.moves, f"instrument/{name}"),
            breaking(instrument.broken_by, material.moves),
        )
        for name, instrument in material.scenario.instruments.items()
    }


class InstructionPlan(Struct, frozen=True, eq=False):
    """The deck, and what teams are asked to forecast and to believe."""

    cards: tuple[str, ...]
    """Empty where none is dealt."""
    one_in: int
    """A team has a card in one deal of so many."""
    met: Find[str]
    """The cards that are met by whoever is the sender of the facts."""
    asked: tuple[tuple[str, ...], ...]
    """What is asked after each turn but the last: forecasts, and the belief where cards are dealt."""


def instruction_plan(material: Material, workload: Workload, turns: int, *, dealt: bool) -> InstructionPlan:
    """What is dealt and asked in a session of so many turns; nothing is dealt unless `dealt`."""
    scenario, deck = material.scenario, material.scenario.instructions
    cards = deck.cards if deck is not None and dealt and "instructions" in workload.on else {}
    conditions = [Watched(card, instruction.met_when, f"instruction/{card}") for card, instruction in cards.items()]
    return InstructionPlan(
        cards=tuple(cards),
        one_in=1 if deck is None else deck.one_in,
        met=compile_each(conditions, material.moves),
        asked=tuple(_forecasts_by_turn(scenario, workload, turns, bool(cards))),
    )


def _forecasts_by_turn(scenario: Scenario, workload: Workload, turns: int, dealt: bool) -> Iterator[tuple[str, ...]]:
    """What is asked after each turn: a belief takes the place of a forecast, and what is left out has its turn."""
    forecasts = tuple([forecast.id for forecast in scenario.forecasts])
    belief: tuple[str, ...] = (HERE_FOR_MORE,) if dealt else ()
    limit = min(workload.forecasts or len(forecasts), len(forecasts))
    for turn in range(1, turns):
        yield (*_in_turn(forecasts, max(1, limit - len(belief)), turn), *belief)


def _in_turn(names: tuple[str, ...], limit: int, turn: int) -> tuple[str, ...]:
    """At most so many of the names, the next ones each turn; all of them where `limit` is 0."""
    if not 0 < limit < len(names):
        return names
    now = {names[((turn - 1) * limit + step) % len(names)] for step in range(limit)}
    return tuple([name for name in names if name in now])


class Appearance(NamedTuple):
    """An asset at one moment."""

    is_so: tuple[str, ...]
    """Properties that are true of it."""
    seen: tuple[str, ...]
    """Properties that are seen of it."""


class AssetPlan(Struct, frozen=True):
    """A thing of a team's."""

    side: Side
    moves: frozenset[str]
    """Moves that it can be used in."""
    properties: tuple[tuple[str, Holds | None], ...]
    """What is true of it, each with when if it is not always so."""
    looks: Mapping[str, bool]
    """Properties that are seen otherwise, with whether they are seen."""
    looks_when: Holds | None
    """When that is so."""

    def appearance(self, facts: Facts) -> Appearance:
        """What it is, and what it is taken for, at a moment that belongs to its team."""
        is_so = tuple([name for name, test in self.properties if test is None or test(facts)])
        if self.looks_when is None or not self.looks_when(facts):
            return Appearance(is_so, is_so)
        more = [name for name, is_seen in self.looks.items() if is_seen and name not in is_so]
        return Appearance(is_so, (*[name for name in is_so if self.looks.get(name, True)], *more))


def asset_plans(material: Material) -> dict[str, AssetPlan]:
    """The assets of both teams, by their ids."""
    teams = material.scenario.teams
    return {
        name: _asset_plan(material, side, name, asset)
        for side in SIDES
        for name, asset in teams.team_of(side).assets.items()
    }


def _asset_plan(material: Material, side: Side, name: str, asset: Asset) -> AssetPlan:
    moves, seen_as = material.moves, asset.seen_as
    using = [move_id for move_id, move in moves.items() if move.uses == "asset"]
    return AssetPlan(
        side=side,
        moves=frozenset([move_id for move_id in using if not asset.used_in or move_id in asset.used_in]),
        properties=tuple(
            [
                (
                    property_name,
                    None if when is True else compile_condition(when, moves, f"asset/{name}/{property_name}"),
                )
                for property_name, when in asset.is_.items()
            ]
        ),
        looks={} if seen_as is None else seen_as.is_,
        looks_when=None if seen_as is None else compile_condition(seen_as.when, moves, f"asset/{name}"),
    )


def uses_of(assets: Mapping[str, AssetPlan]) -> dict[tuple[Side, str], tuple[str, ...]]:
    """By team and move, the assets that it can be made with."""
    uses: dict[tuple[Side, str], tuple[str, ...]] = {}
    for name, asset in assets.items():
        for move in asset.moves:
            uses[asset.side, move] = (*uses.get((asset.side, move), ()), name)
    return uses


def sendable_terms(material: Material, on: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """By move, the terms that its sender may put on it, of those that are on.

    Where things have properties, nobody claims them.
    """
    terms, has_assets = material.terms, any(material.scenario.teams.team_of(side).assets for side in SIDES)
    return {
        name: tuple(
            [term for term in move.terms if term in on and not (has_assets and _is_of_thing(move, terms[term]))]
        )
        for name, move in material.moves.items()
    }


def _is_of_thing(move: Move, term: Term) -> bool:
    return move.uses == "asset" and term.of == "thing"
