"""The guardrails of the scores: what must hold whatever is played."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace
from tests.bots import bots_at
from tests.engine.asking import told
from tests.engine.play import Play, shipped, small
from tests.engine.twins import with_limit
from tests.small import small_material
from tests.thinning import one_in

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.listings import shipped_folder
from crisis_sim.content.material import Material
from crisis_sim.content.sources import sha256
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.events import AnyEvent
from crisis_sim.engine.judging.event_recorder import Weight
from crisis_sim.engine.plans import rule_plan
from crisis_sim.engine.state import State
from crisis_sim.playtest.bots import play_out
from crisis_sim.rules.facts import Facts
from crisis_sim.rules.names import SIDES, Side, other
from crisis_sim.rules.pack import Rule

SCENARIOS = sorted(folder.name for folder in (shipped_folder() / "scenarios").iterdir() if folder.is_dir())
SWAPPED = {"us": "china", "china": "us"}


def swapped(tree: Any) -> Any:
    """A scenario's tree with the two teams' labels exchanged, keys and values alike."""
    if isinstance(tree, dict):
        return {SWAPPED.get(key, key): swapped(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [swapped(value) for value in tree]
    return SWAPPED.get(tree, tree) if isinstance(tree, str) else tree


@cache
def mirror(material: Material) -> Material:
    """The same scenario with the teams' labels, briefs, lines and channels exchanged."""
    bundle = material.bundle()
    scenario = bundle["scenario"]
    tree = swapped(scenario["tree"])
    hashed = sha256([tree, scenario["texts"]])
    return material_from_bundle({**bundle, "scenario": {**scenario, "tree": tree, "sha256": hashed}})


@pytest.mark.parametrize(
    ("us", "china", "seed"),
    [("firm", "rota", "1"), ("salami", "mirror", "2"), ("random", "random", "3"), ("random", "firm", "4")],
)
@pytest.mark.parametrize("limit", [None, 150])
@pytest.mark.parametrize("scenario", ["small", "bottomed-submarine"])
def test_exchanging_the_teams_mirrors_every_score(
    scenario: str, limit: int | None, us: str, china: str, seed: str
) -> None:
    """The same acts, heard by the same orders of offences, give the same tension and each team the other's numbers.

    So it is with what each concludes, which a low limit of lines brings about early and often.
    """
    material = small_material() if scenario == "small" else shipped(scenario)
    played = Play(material, seed=seed, card="full")
    mirrored = Play(mirror(material), seed=seed, card="full", mirrored=True)
    if limit is not None:
        played, mirrored = with_limit(played, limit), with_limit(mirrored, limit)
    play_out(bots_at(played.table, (us, f"{seed}/us"), (china, f"{seed}/china")), played.look, played.submit)
    assert_mirrored(played, mirrored)
    if limit is not None and scenario != "small":
        assert played.state.concluded


def by_luck(scenario: str, seed: str) -> tuple[Play, Play]:
    """A session of bots that pick by luck, and the one of the teams in each other's place, to be played."""
    material = shipped(scenario)
    played = Play(material, seed=seed, length=150, card="full")
    play_out(bots_at(played.table, ("random", f"{seed}/us"), ("random", f"{seed}/china")), played.look, played.submit)
    return played, Play(mirror(material), seed=seed, length=150, card="full", mirrored=True)


@pytest.mark.parametrize(
    ("scenario", "seed", "what"),
    [("bottomed-submarine", "1", "track"), ("asteroid", "1", "track"), ("new-virus", "1", "track")],
)
def test_what_moves_a_number_both_ways_at_an_end_of_its_scale_is_mirrored(scenario: str, seed: str, what: str) -> None:
    """A track at 0, or a channel at 100, ends where all that acts of a turn move it by together bring it."""
    played, mirrored = by_luck(scenario, seed)
    assert what in {event.meter for event in told(played.events, e.NumberMoved) if event.trace.rule == "both ways"}
    assert_mirrored(played, mirrored)


@pytest.mark.parametrize(("scenario", "seed"), [("cable-quake", "20"), ("orbit-breakup", "23")])
def test_a_channel_that_is_closed_and_to_be_reopened_in_one_turn_is_mirrored(scenario: str, seed: str) -> None:
    """No act reopens what another of the same turn closes, whichever of the two is judged first."""
    assert_mirrored(*by_luck(scenario, seed))


@pytest.mark.parametrize("scenario", one_in(5, SCENARIOS))
def test_every_line_of_every_scenario_is_mirrored(scenario: str) -> None:
    """Each pink line of both teams is pressed, some are concluded on, and the swapped session says the same of each."""
    material = shipped(scenario)
    played = with_limit(Play(material, seed="5", length=150, card="full"), 150)
    mirrored = with_limit(Play(mirror(material), seed="5", length=150, card="full", mirrored=True), 150)

    def touching(seat: a.SeatName, action: a.AnyAction) -> tuple[AnyEvent, ...]:
        """Let readings touch each of their team's lines in turn."""
        if isinstance(action, a.SealReading) and (seat == "us" or seat == "china"):
            lines = [name.partition("/")[2] for name in played.state.pressed(seat)]
            place = len(told(played.events, e.ReadingSealed))
            action = replace(action, hostility=1 + place % 3, touches=lines[place % len(lines)], crosses=UNSET)
        return played.submit(seat, action)

    play_out(bots_at(played.table, ("random", "5/us"), ("random", "5/china")), played.look, touching)
    assert_mirrored(played, mirrored)
    assert {f"{event.side}/{event.line}" for event in told(played.events, e.LinePressed)} == set(played.state.pressure)
    assert played.state.concluded


def assert_mirrored(played: Play, mirrored: Play) -> None:
    """The same acts by the other team give the same numbers, each to the other team."""
    for seat, action in in_mirror_order(played.actions):
        mirrored.submit(seat, action)
    assert [(t, us, china) for t, china, us in mirrored.state.curve] == list(played.state.curve)
    for side in SIDES:
        assert numbers_of(mirrored.state, other(side)) == numbers_of(played.state, side)
        assert mirrored.state.team(other(side)).scored == played.state.team(side).scored
    assert mirrored.state.tracks == played.state.tracks
    assert mirrored.state.readiness == played.state.readiness
    assert set(mirrored.state.injects) == set(played.state.injects)


def numbers_of(state: State, side: Side) -> tuple[object, ...]:
    """A team's numbers, what is on each of its lines, and what holds it at home."""
    lines = {
        name.partition("/")[2]: (state.pressure[name], state.peaks.get(name), state.concluded.get(name))
        for name in state.pressed(side)
    }
    crossed = [(each.line, each.turn) for each in state.crossings if each.side == side]
    held = [
        (each.pledge, each.act[1:], each.stake, each.how, each.settled) for each in state.pledges if each.side == side
    ]
    voices = [(each.turn, each.answer, each.said) for each in state.voices if each.side == side]
    spared = [act[1:] for act in state.spared if act[0] == side]
    return state.trust[side], state.standing[side], state.felt[side], lines, sorted(crossed), held, voices, spared


def in_mirror_order(actions: list[tuple[a.SeatName, a.AnyAction]]) -> list[tuple[a.SeatName, a.AnyAction]]:
    """The same actions by the other seats."""
    return [("china" if seat == "us" else "us" if seat == "china" else seat, action) for seat, action in actions]


FACTOR = st.integers(0, 1000)
POINTS = st.integers(-2000, 2000)


@st.composite
def rules(draw: st.DrawFn, kind: str | None = None) -> Rule:
    """A rule on the weight of an act."""
    kind = kind or draw(st.sampled_from(["pink", "credit", "red"]))
    then: dict[str, Any] = {"weigh": f"{draw(FACTOR) / 100:.2f}"}
    if draw(st.booleans()):
        add = abs(draw(POINTS))
        then["add"] = f"{(-add if kind == 'credit' else add) / 100:.2f}"
    return Rule.model_validate(
        {"id": "a-rule", "kind": kind, "says": "x", "when": {"always": True}, "then": then, "source": "a test"}
    )


def weigh(base: int, chain: list[Rule]) -> int:
    """What a weight comes to under a chain of rules."""
    weight, facts = Weight(base, base), Facts()
    facts.act = None
    for rule in chain:
        weight.apply(rule_plan(rule, "test:1"), None, facts)
    return weight.now


@given(base=POINTS, before=st.lists(rules(), max_size=4), extra=rules(kind="pink"), after=st.lists(rules(), max_size=4))
def test_one_more_pink_firing_never_lowers_a_weight(
    base: int, before: list[Rule], extra: Rule, after: list[Rule]
) -> None:
    """Whatever else fires before and after it."""
    assert weigh(base, [*before, extra, *after]) >= weigh(base, [*before, *after])


@given(
    base=POINTS, before=st.lists(rules(), max_size=4), extra=rules(kind="credit"), after=st.lists(rules(), max_size=4)
)
def test_one_more_credit_never_raises_a_weight(base: int, before: list[Rule], extra: Rule, after: list[Rule]) -> None:
    """Whatever else fires before and after it."""
    assert weigh(base, [*before, extra, *after]) <= weigh(base, [*before, *after])


@pytest.mark.parametrize("scenario", ["small", "bottomed-submarine"])
def test_a_session_without_moves_only_decays(scenario: str) -> None:
    """No inject held back, nobody acting: tension and felt tension only fall."""
    play = small() if scenario == "small" else Play(shipped(scenario))
    for inject in play.table.injects:
        play.submit("facilitator", a.SkipInject(inject=inject))
    while play.state.phase != "closed":
        play.submit("facilitator", a.Advance())
    assert len(play.state.curve) == play.table.turns + 1
    for before, after in zip(play.state.curve, play.state.curve[1:], strict=False):
        assert all(late <= early for early, late in zip(before, after, strict=True))
    assert play.state.curve[-1][0] < play.state.curve[0][0]


def test_no_rule_and_no_move_names_a_country() -> None:
    """The packs treat the two sides alike: no rule says that one country is by nature anything."""
    for pack in shipped("bottomed-submarine", ("core", "safety-net-calms", "safety-net-emboldens")).packs:
        for rule in pack.rules:
            words = f"{rule.model_copy(update={'source': None})}".lower()
            for name in ("'us'", "'china'", "american", "chinese", "beijing", "washington"):
                assert name not in words, rule.id
