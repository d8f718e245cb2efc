"""The table that a session is played on: a scenario and its rule packs, compiled and indexed once.

Everything here is fixed for the whole session. The engine's pure functions take it as an argument beside the state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import is_
from typing import Any, Literal, TypeAlias, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from crisis_sim.content.authored_stakes import Line
from crisis_sim.content.material import Material
from crisis_sim.content.scenario import Inject, Scenario
from crisis_sim.engine import dealing_plans, table_parts
from crisis_sim.engine.inheritance import Inheritance
from crisis_sim.engine.move_advice import Advice, Breaks, InReturn, advice_of, breaks_of, in_return_of
from crisis_sim.engine.plans import (
    EffectStep,
    MarkPlan,
    MovePlan,
    PinkPlan,
    Plan,
    ReadingPlan,
    RulePlan,
    TrackPlan,
    callers_of,
    concerns_pressed,
    injects_by_concern,
    mark_plans,
    move_plans,
    pink_plan,
    reached_by,
    reading_plan,
)
from crisis_sim.engine.watched import TimelyInject, compiled, injects_at
from crisis_sim.engine.workload import Workload, workload_of
from crisis_sim.rules.base_settings import CallSettings
from crisis_sim.rules.compile import Find, compile_condition
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.move import Move
from crisis_sim.rules.names import SIDES, CardSize, ConclusionAnswer, Side, VoiceAnswer, owner_of
from crisis_sim.rules.pack import Base, Commitment, Rule, RuleMoment
from crisis_sim.rules.workload_settings import WorkloadThing

S = TypeVar("S")
T = TypeVar("T")
CompiledTest: TypeAlias = Callable[[Facts], bool]


class GameTable(Struct, frozen=True, eq=False):
    """A compiled exercise."""

    session: str
    seed: str
    length: int
    show: Literal["own", "all"]
    explained: bool
    """Briefs are explained."""
    workload: Workload
    """What is asked of people."""
    card: dealing_plans.CardPlan | None
    """The acts that each team orders by how gravely it takes them; None where nobody is asked."""
    names: Mapping[Side, str]
    """What luck calls each side; swapped in a mirrored session."""
    material: Material
    scenario: Scenario
    base: Base
    moves: Mapping[str, Move]
    terms: Mapping[str, tuple[str, ...]]
    """For each move, the terms that its sender may put on it."""
    assets: Mapping[str, dealing_plans.AssetPlan]
    """Of both teams; none where the scenario has no assets."""
    asset_uses: Mapping[tuple[Side, str], tuple[str, ...]]
    """Those of a team that a move can be made with, where there are any."""
    private_facts: Mapping[str, dealing_plans.FactPlan]
    hours: tuple[int, ...]
    """Game hour at which each turn played begins, and at last the one at which the session ends."""
    minutes: int
    """Real minutes for a turn."""
    tension_start: int
    watch: Find[Plan]
    """What there is to carry out for the act at hand."""
    move_plans: Mapping[str, MovePlan]
    reading_plan: ReadingPlan
    delivering: Find[RulePlan]
    """The rules on delivery that hold for the act at hand."""
    moments: Mapping[RuleMoment, Find[RulePlan]]
    """What rules hold, of those that are tried at a moment which is no act's delivery or judging."""
    rules: Mapping[str, Rule]
    injects: Mapping[str, Inject]
    injects_at: Callable[[int, tuple[str, ...]], Sequence[TimelyInject]]
    """Those that can come in a turn that opens at an hour, where some are due."""
    marks: tuple[MarkPlan, ...]
    reached: Callable[[tuple[int, ...]], frozenset[tuple[str, int]]]
    """Which marks are reached, by track and place, when tracks stand so: their numbers in the scenario's order."""
    follows: Mapping[str, tuple[EffectStep, ...]]
    """What follows an inject (`inject/ID`), a crossing (`line/SIDE/ID`, and `base/lines` for every other line), an
    answer or none (`decision/ID/ANSWER`, `decision/ID/`) and what a voice does (`voice/ID`)."""
    numbered: Mapping[str, tuple[str, ...]]
    """Tracks that an inject's text names, for injects that name any."""
    instructions: dealing_plans.InstructionPlan
    """What teams may be told to come home with, and what they are asked to forecast and to believe."""
    come_true: Mapping[str, CompiledTest]
    """For each forecast, whether it comes true."""
    track_changes: Find[TrackPlan]
    """Changes of tracks that hold at the end of a turn."""
    track_stops: Mapping[str, CompiledTest]
    lines: Mapping[str, Line]
    pink: Mapping[str, PinkPlan]
    """Lines of the scenario, by `side/line`."""
    own_pink: PinkPlan
    """Of every line that a team wrote."""
    least_near: int
    """The least pressure that is near the limit of any line."""
    pink_named: Mapping[tuple[Side, str], tuple[str, ...]]
    """By side, and concern or id."""
    red_by_concern: Mapping[tuple[Side, str], tuple[str, ...]]
    commitments: Mapping[str, Commitment]
    broken_tests: Mapping[str, CompiledTest]
    """For each commitment, whether the act at hand breaks it."""
    void_tests: Mapping[str, CompiledTest]
    """For those that the other side can make void, whether its act at hand does."""
    instruments: Mapping[str, dealing_plans.InstrumentPlan]
    """Those that words can cite; none where sessions of this length cite nothing."""
    own_tracks: Mapping[str, Side]
    """Tracks that are one team's, with the team."""
    helping: Mapping[str, frozenset[str]]
    """By track, the moves that help the people whom it counts."""
    clocks: Mapping[str, tuple[int, int]]
    """Tracks that run out, with the least that each can be and how far above that it began."""
    concerns_pressed: Mapping[str, frozenset[str]]
    """Concerns that a rule on acts presses when it fires."""
    stirred_by: Mapping[str, tuple[str, ...]]
    """For each concern, the injects that press it."""
    callers: Mapping[Side, Mapping[str, tuple[str, ...]]] | None
    """Injects told to each side that call for each move; None where no inject calls for anything."""
    excusing: Mapping[Side, tuple[str, ...]]
    """Injects told to each side that give it something to point to at home."""
    windows: Mapping[str, int]
    """Hours for which each inject that has a window is open."""
    window_turns: Mapping[str, int]
    """Turns for which each inject that has a window in turns is open."""
    opening_mismatch: bool
    """The two teams open in different styles."""
    advice: tuple[Advice, ...]
    """Rules that a team's advisers warn of, since a first step would keep a move out of them."""
    in_return: tuple[InReturn, ...]
    """What may be asked in return for asks that were never returned."""
    carriers: Mapping[str, tuple[str, ...]]
    """Channels that can carry each move as long as none is suspended, by the move's own order of kinds."""
    breaking: Mapping[str, Breaks]
    """What would break each commitment, as far as it can be told beforehand."""
    calls: CallSettings | None
    """None where nobody says what a call is for."""
    left_out: frozenset[str]
    """Moves of the catalogue that cannot be made in this session."""
    answers: Mapping[ConclusionAnswer, tuple[str, ...]]
    """What a team may do with a conclusion, each with the moves that carry it out; empty where nobody asks it."""
    voice: Mapping[VoiceAnswer, tuple[str, ...]]
    """What a team may do with a hard voice at home, likewise; empty where none asks."""
    decisions: Mapping[str, dealing_plans.DecisionPlan]
    """What voices ask, by inject; none where a session of this length asks for no decisions."""
    dossiers: dict[str, Any] = field(default_factory=dict)  # Any: of a floor above
    """What each seat may know from the start (`sight`), the same for every session."""
    memos: dict[str, Any] = field(default_factory=dict)  # Any: each keeper has its own
    """What was told last, to be gone on with: each seat's feed, acts of the record, the moves made."""

    inherits: Inheritance | None = None
    """What an earlier session left, where this one begins with it."""
    asks_all: bool = True
    """Moves and readings say all that is asked of them; not where acts are judged again under other rules."""

    def seeded(self, seed: str, session: str) -> GameTable:
        """The same exercise for another session: other luck, the rules compiled once for both."""
        return replace(self, seed=seed, session=session, memos={})

    def cache_by_identity(self, name: str, pieces: tuple[object, ...], build: Callable[[], T]) -> T:
        """What was made under this name from these very pieces, or what is made now.

        A view is asked for after every act, and an act changes little; states are frozen, and what an event does not
        change is the same object in the state after it. So a part is made again only when a piece is another object.
        """
        cached = self.memos.get(name)
        if cached is None or not all(map(is_, cached[0], pieces)):
            cached = self.memos[name] = pieces, build()
        value: T = cached[1]
        return value

    def cache_by_equality(self, name: str, value: T) -> T:
        """The equal value that is kept under this name, so that what was made from it stands, or else this one."""
        cached: T = self.memos.setdefault(name, value)
        if cached != value:
            self.memos[name] = cached = value
        return cached

    def cache_appended(self, name: str, items: tuple[S, ...], build: Callable[[S], T]) -> tuple[T, ...]:
        """What is made of each item; what was made under this name of those that they begin with stands."""
        cached_items, results = self.memos.get(name, ((), ()))
        if cached_items is not items:
            if cached_items and not (
                len(cached_items) <= len(items) and items[len(cached_items) - 1] is cached_items[-1]
            ):
                cached_items = results = ()  # another branch, or another session on the same table
            results += tuple(map(build, items[len(cached_items) :]))
            self.memos[name] = items, results
        typed_results: tuple[T, ...] = results
        return typed_results

    def asks(self, feature: WorkloadThing) -> bool:
        """This is on in the session."""
        return feature in self.workload.on

    @property
    def turns(self) -> int:
        """How many turns this session has."""
        return len(self.hours) - 1

    def answers_to(self, question: str) -> Mapping[Any, tuple[str, ...]]:  # Any: each kind has its own answers
        """What a team may do with a conclusion on a line, with the hard voice, which has none, or with a decision."""
        if question.startswith(dealing_plans.DECISION):
            return self.decisions[question.removeprefix(dealing_plans.DECISION)].answers
        return self.answers if question else self.voice

    def pink_of(self, name: str) -> PinkPlan:
        """The limit and decay of a pink line, named as `side/line`."""
        return self.pink.get(name, self.own_pink)

    def usable(self, side: Side, move: str) -> tuple[str, ...]:
        """Assets of a team that a move can be made with."""
        return self.asset_uses.get((side, move), ())

    def place(self, name: str) -> str:
        """file:line of something authored, such as `rule/salami`; the name itself where no line is known."""
        return self.material.places.get(name, name)


def turn_minutes(length: int, turns: int) -> int:
    """Real minutes that the clock gives each of so many turns: together seven tenths of a session."""
    return max(3, length * 7 // (10 * turns))


def build_table(
    material: Material,
    *,
    seed: str,
    length: int,
    session: str,
    show: Literal["own", "all"] | None = None,
    card: CardSize | None = None,
    instructions: bool = True,
    explained: bool = False,
    mirrored: bool = False,
    inherits: Inheritance | None = None,
    one_table: bool = False,
) -> GameTable:
    """Compile `material` for one session; what is None is as the scenario has it for this length.

    `mirrored` swaps the luck of the two sides, for tests of symmetry; at `one_table` both teams share a screen.
    """
    scenario, moves = material.scenario, material.moves
    hours, lines, voice = table_parts.hours_played(scenario, length), material.base.lines, material.base.standing.voice
    workload = workload_of(material, length, one_table=one_table, card=card)
    on, offences = workload.on, dealing_plans.card_plan(material, workload.card)
    assets = dealing_plans.asset_plans(material)
    follows = table_parts.what_follows(material)
    decisions = dealing_plans.decision_plans(scenario) if "decisions" in on else {}
    own_pink = pink_plan(lines, None, length)
    commitments = {name: commitment for name, commitment in material.commitments.items() if name in workload.promises}
    lines_of = {f"{side}/{line.id}": line for side, _place, line in scenario.teams.lines}
    pink = {name: pink_plan(lines, line, length) for name, line in lines_of.items()}
    marks = mark_plans(material)
    return GameTable(
        session=session,
        seed=seed,
        length=length,
        show=show or scenario.show,
        explained=explained,
        workload=workload,
        card=offences,
        names={"us": "china", "china": "us"} if mirrored else {"us": "us", "china": "china"},
        material=material,
        scenario=scenario,
        base=material.base,
        moves=moves,
        terms=dealing_plans.sendable_terms(material, workload.terms),
        assets=assets,
        asset_uses=dealing_plans.uses_of(assets),
        private_facts=dealing_plans.fact_plans(material) if "disclosure" in on else {},
        hours=hours,
        minutes=turn_minutes(length, len(hours) - 1),
        tension_start=material.base.tension.start if scenario.tension is None else scenario.tension,
        **compiled(material),
        move_plans=move_plans(material),
        reading_plan=reading_plan(material.base.readings),
        rules={rule.id: rule for rule in material.rules},
        injects={inject.id: inject for inject in scenario.msel},
        injects_at=injects_at(material, length, hours[:-1], follows, decisions="decisions" in on),
        marks=marks,
        reached=reached_by(scenario.tracks, marks),
        follows=follows,
        numbered={inject.id: track_names for inject in scenario.msel if (track_names := inject.tracks_named)},
        instructions=dealing_plans.instruction_plan(material, workload, len(hours) - 1, dealt=instructions),
        lines=lines_of,
        pink=pink,
        own_pink=own_pink,
        least_near=min(plan.near for plan in (own_pink, *pink.values())),
        pink_named=table_parts.lines_by_concern(scenario, "pink")
        | {(owner_of(name), line.id): (line.id,) for name, line in lines_of.items() if line.kind == "pink"},
        red_by_concern=table_parts.lines_by_concern(scenario, "red"),
        commitments=commitments,
        broken_tests={
            name: compile_condition(commitment.broken_by, moves, f"commitment/{name}")
            for name, commitment in commitments.items()
        },
        void_tests={
            name: compile_condition(commitment.void_by, moves, f"commitment/{name}/void")
            for name, commitment in commitments.items()
            if commitment.void_by is not None
        },
        instruments=dealing_plans.instrument_plans(material) if "citing" in on else {},
        advice=advice_of(material.rules, moves),
        in_return=in_return_of(material.rules, moves),
        concerns_pressed=concerns_pressed(material),
        stirred_by=injects_by_concern(material),
        callers=callers_of(scenario, moves),
        excusing={
            side: tuple(inject.id for inject in scenario.msel if inject.excuses and inject.to in ("both", side))
            for side in SIDES
        },
        windows={inject.id: inject.window for inject in scenario.msel if inject.window},
        window_turns={inject.id: inject.window_turns for inject in scenario.msel if inject.window_turns},
        opening_mismatch=scenario.teams.us.opening != scenario.teams.china.opening,
        own_tracks={track: settings.of for track, settings in scenario.tracks.items() if settings.of is not None},
        helping=table_parts.helping_moves(scenario, moves),
        clocks={
            track: (settings.least, settings.start - settings.least)
            for track, settings in scenario.tracks.items()
            if settings.runs_out
        },
        carriers={name: tuple(table_parts.carriers_of(scenario, move)) for name, move in moves.items()},
        breaking={name: breaks_of(name, commitment.broken_by, moves) for name, commitment in commitments.items()},
        calls=material.base.channels.calls if "call_purposes" in on else None,
        left_out=table_parts.moves_left_out(moves, on),
        answers={} if lines.decision is None else lines.decision.moves(can_tell="telling" in on),
        inherits=inherits,
        voice=table_parts.answers_to_voice(voice, moves, can_tell="telling" in on)
        if voice and "decisions" in on
        else {},
        decisions=decisions,
    )
