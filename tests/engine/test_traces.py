"""Every number that changes leaves a trace: each is rebuilt here from what was told of it, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.bots import act_once, bots_at
from tests.engine.asking import told
from tests.engine.play import Play, bots, shipped
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.state import State, opening_state
from crisis_sim.rules.names import SIDES, other

Numbers = dict[tuple[str, str], int]


def numbers_of(state: State) -> Numbers:
    """Every number of a state, by meter and whose or what's it is."""
    found: Numbers = {("tension", ""): state.tension}
    for side in SIDES:
        found |= {("felt", side): state.felt[side], ("trust", side): state.trust[side]}
        found |= {("standing", side): state.standing[side]}
    found |= {("expectation", side): value for side, value in state.expectation.items()}
    found |= {("pressure", line): value for line, value in state.pressure.items()}
    found |= {("track", track): value for track, value in state.tracks.items()}
    found |= {("readiness", channel): value for channel, value in state.readiness.items()}
    return found


def rebuilt(numbers: Numbers, events: Iterable[e.AnyEvent]) -> Numbers:
    """The numbers after events, by what these say alone; each must begin where the one before it ended."""
    numbers = dict(numbers)

    def move(meter: str, of: str, before: int, after: int) -> None:
        if meter in {"latency", "odds"}:
            return
        assert numbers[meter, of] == before, (meter, of)
        numbers[meter, of] = after

    for event in events:
        match event:
            case e.NumberMoved(meter=meter, of=of, trace=trace):
                move(meter, of, trace.before, trace.after)
                assert trace.rule
                assert trace.at
            case e.LinePressed(side=side, line=line, trace=trace):
                move("pressure", f"{side}/{line}", trace.before, trace.after)
                assert trace.after >= trace.before
            case e.ActWeighed():
                weigh(numbers, event)
            case e.Overridden(meter=meter, of=of, before=before, after=after):
                move(meter, of, before, after)
            case e.LineWritten(side=side, line=own) if own.line == "pink":
                numbers["pressure", f"{side}/{own.id}"] = 0
            case e.LineDropped(side=side, line=line):
                numbers.pop(("pressure", f"{side}/{line}"), None)
            case _:
                pass
    return numbers


def weigh(numbers: Numbers, event: e.ActWeighed) -> None:
    """An act's weight, from its base through its steps to the three tensions."""
    weight = event.base
    for trace in event.steps:
        assert trace.before == weight
        assert trace.before != trace.after
        weight = trace.after
    assert weight == event.weight
    receiver = other(event.sender)
    assert numbers["tension", ""] == event.tension
    assert numbers["felt", receiver] == event.felt_before
    numbers["tension", ""] += event.weight
    numbers["felt", event.sender] += event.weight
    numbers["felt", receiver] += event.felt


@settings(max_examples=10, phases=[Phase.generate])
@given(
    seed=st.integers(1, 10_000).map(str),
    us=st.sampled_from(["random", "salami", "firm"]),
    china=st.sampled_from(["random", "mirror", "rota"]),
    scenario=st.sampled_from(["small", "bottomed-submarine", "new-virus"]),
)
def test_every_number_can_be_rebuilt_from_its_traces(seed: str, us: str, china: str, scenario: str) -> None:
    """In sessions played by luck, from the first event to the last."""
    material = small_material() if scenario == "small" else shipped(scenario)
    play = bots(material, us, china, seed=seed)
    assert rebuilt(numbers_of(opening_state(play.table)), play.events) == numbers_of(play.state)


def test_overrides_and_written_lines_are_part_of_the_record() -> None:
    """With the facilitator's hand in it the sums still hold."""
    play = Play(small_material(), seed="9", length=150)
    start = numbers_of(play.state)
    play.submit("us", a.WriteLine(line="pink", concern="face", says="Ours", weight=5))
    play.submit("us", a.WriteLine(line="pink", concern="face", says="Not ours", weight=5))
    play.submit("us", a.DropLine(line="own-2"))
    players = bots_at(play.table, ("random", "1"), ("firm", "2"))
    while play.state.phase != "closed":
        if play.state.phase == "situation":
            for each in play.white().meters:
                to = max(0, each.value - 1)
                play.submit("facilitator", a.Override(meter=each.meter, of=each.of, to=to, reason="by hand"))  # type: ignore[arg-type]  # meters
        for player in players:
            act_once(player, play)
    assert told(play.events, e.Overridden)
    assert rebuilt(start, play.events) == numbers_of(play.state)


def test_a_trace_leads_to_its_rule() -> None:
    """File and line for everything that a pack or a scenario says."""
    play = bots(shipped("bottomed-submarine"), "random", "firm", seed="4")
    for event in told(play.events, e.NumberMoved):
        if event.trace.rule not in ("bounds", "both ways"):
            file, line = event.trace.at.rsplit(":", 1)
            assert file.endswith(".yaml")
            assert int(line) > 0
    for fired in told(play.events, e.RuleFired):
        assert fired.at.rsplit(":", 1)[1].isdigit()
