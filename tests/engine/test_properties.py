"""What never happens in any session, whoever plays it."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.bots import bots_at
from tests.engine.asking import told
from tests.engine.play import Play, shipped
from tests.engine.test_guardrails import SCENARIOS
from tests.engine.twins import with_limit
from tests.thinning import examples

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.judging.at_home import VOICE
from crisis_sim.engine.judging.hearing import OFFENCE
from crisis_sim.playtest.bots import play_out
from crisis_sim.rules.names import SIDES

PAIRS = (("random", "random"), ("reckless", "salami"), ("firm", "human-like"), ("violent", "curious"))
sessions = given(
    scenario=st.sampled_from(SCENARIOS), pair=st.sampled_from(PAIRS), seed=st.integers(1, 20), low=st.booleans()
)
tried = settings(max_examples=examples(4, 60), phases=[Phase.explicit, Phase.generate], deadline=None)


@cache
def session(scenario: str, pair: tuple[str, str], seed: int, low: bool) -> Play:
    """A whole session of two bots; low limits of lines bring conclusions early and often."""
    play = Play(shipped(scenario), seed=str(seed), length=(90, 150)[seed % 2], card="full")
    play = with_limit(play, 150) if low else play
    for side, at in zip(SIDES, ((250, 800), (800, 250))[seed // 2 % 2], strict=True):
        if seed % 3 == 0:
            play.submit("facilitator", a.Override(meter="standing", of=side, to=at, reason="a test"))
    bots = bots_at(play.table, (pair[0], f"{seed}/us"), (pair[1], f"{seed}/china"))
    play_out(bots, play.look, play.submit)
    return play


@tried
@sessions
def test_an_act_presses_a_line_at_most_once(scenario: str, pair: tuple[str, str], seed: int, low: bool) -> None:
    """Whatever the reasons; what comes out of a thing later is a pressing of its own."""
    pressings = told(session(scenario, pair, seed, low).events, e.LinePressed)
    once = [
        (each.side, each.line, each.trace.act)
        for each in pressings
        if each.trace.act and "found" not in each.trace.rule
    ]
    assert [pressing for pressing, times in Counter(once).items() if times > 1] == []


@tried
@sessions
def test_no_number_leaves_where_it_may_be(scenario: str, pair: tuple[str, str], seed: int, low: bool) -> None:
    """Pressure from nothing to the limit, tension and what is felt to 100, trust and standing to 10."""
    play = session(scenario, pair, seed, low)
    for event in told(play.events, e.LinePressed):
        assert 0 <= event.trace.before <= event.trace.after <= play.table.pink_of(f"{event.side}/{event.line}").limit
    assert all(0 <= number <= 10_000 for point in play.state.curve for number in point)
    assert all(0 <= by <= 1_000 for meter in (play.state.trust, play.state.standing) for by in meter.values())


@tried
@sessions
def test_time_never_takes_pressure_below_half_of_its_peak(
    scenario: str, pair: tuple[str, str], seed: int, low: bool
) -> None:
    """Only what somebody does goes further down."""
    play, peaks = session(scenario, pair, seed, low), dict[str, int]()
    for event in play.events:
        if isinstance(event, e.LinePressed):
            name = f"{event.side}/{event.line}"
            peaks[name] = max(peaks.get(name, 0), event.trace.after)
        elif isinstance(event, e.FurtherFrom):
            peaks[f"{event.side}/{event.line}"] = 0
        elif isinstance(event, e.NumberMoved) and (event.meter, event.trace.rule) == ("pressure", "decay"):
            assert event.trace.after >= min(event.trace.before, peaks.get(event.of, 0) // 2)


@tried
@sessions
def test_what_a_team_believes_moves_only_what_is_its_own(
    scenario: str, pair: tuple[str, str], seed: int, low: bool
) -> None:
    """Conclusions, what draws back from them, claims and an own order of offences: felt tension and trust, no more."""
    for event in told(session(scenario, pair, seed, low).events, e.NumberMoved):
        rule = event.trace.rule
        if rule in ("conclusion", "further from", "claim"):
            assert event.meter in ("felt", "trust")
        elif rule.startswith(OFFENCE):
            assert event.meter == "felt"


@tried
@sessions
def test_a_line_is_crossed_only_by_what_its_owner_wrote_of_it(
    scenario: str, pair: tuple[str, str], seed: int, low: bool
) -> None:
    """By its own sentence, by what names it by its id, or because what was hidden would have; and once."""
    play = session(scenario, pair, seed, low)
    crossings = told(play.events, e.LineCrossed)
    assert len({(each.side, each.line) for each in crossings}) == len(crossings)
    for each in crossings:
        rule = play.table.rules.get(each.rule)
        assert (
            each.rule in (f"line {each.line}", "found out")
            or each.rule.startswith(("inject ", "track "))
            or (rule is not None and any(item.line == each.line for item in rule.then.cross))
        )


@tried
@sessions
def test_words_never_lift_standing_above_six(scenario: str, pair: tuple[str, str], seed: int, low: bool) -> None:
    """Nor what they bring home; no stake is more than 3; and whom a voice asks, or what is spared, is so once."""
    play = session(scenario, pair, seed, low)
    for event in told(play.events, e.NumberMoved):
        if event.meter == "standing" and event.trace.rule in ("catalogue", "hard-words-at-home", "demand-met"):
            assert event.trace.after <= max(600, event.trace.before)
        if event.trace.rule.startswith(VOICE):
            assert event.meter in ("standing", "tension", "felt")
    assert all(0 < each.stake <= 300 for each in told(play.events, e.PledgeBound))
    assert max(Counter(act[0] for act in play.state.spared).values(), default=0) <= 1
    assert len({(of.side, of.turn) for of in play.state.voices}) == len(play.state.voices)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_touch_is_a_reason_of_at_most_one(scenario: str) -> None:
    """What the reader says of its own line presses no more than a plain slice, before it is scaled as any reason is."""
    touch = shipped(scenario).base.lines.touch
    assert touch[0] == 0 and list(touch) == sorted(touch) and touch[-1] <= 100
