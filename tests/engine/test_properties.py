"""What never happens in any session, whoever plays it; and which test holds each promise of the scores."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

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

HELD: dict[str, str] = {
    "A sealed reading never moves what is objective": "test_secrets::test_a_sealed_reading_moves_nothing_in_the_world",
    "Trust under 3: cheap words count half in what is felt and in relief": (
        "test_restraint::test_cheap_kind_words_of_somebody_distrusted_are_felt_half"
    ),
    "Trust under 3: costly deeds count whole": "test_restraint::test_dear_deeds_of_somebody_distrusted_are_felt_whole",
    "Standing under 3: the hard voice must be answered this turn": (
        "test_voices::test_under_three_a_hard_voice_asks_its_own_team_alone"
    ),
    "Standing over 7: one concession costs nothing at home": (
        "test_voices::test_over_seven_one_concession_costs_nothing_at_home"
    ),
    "Both can be seen abroad, in the same words for both": (
        "test_voices::test_that_it_spoke_or_waits_is_known_abroad_in_the_same_words_of_both_sides"
    ),
    "Three empty restraints do not buy an accusation": (
        "test_restraint::test_empty_restraint_does_not_buy_accusations"
    ),
    "A restraint counts once a turn": "test_restraint::test_one_step_a_turn_counts_for_a_series",
    "Read as meant for home: pressure × 0.5": "test_team_turn::test_words_taken_to_be_for_home_press_half_as_much",
    "Each line at most once for an act": "test_properties::test_an_act_presses_a_line_at_most_once",
    "The reader's touch is a reason, at most 1": "test_properties::test_a_touch_is_a_reason_of_at_most_one",
    "Adding a hostile property to an act never lowers anything": (
        "test_card_of_offences::test_adding_a_hostile_property_never_lowers_anything"
    ),
    "Pressure stops at the limit": "test_properties::test_no_number_leaves_where_it_may_be",
    "Time never takes pressure below half of its peak; under that only acts relieve": (
        "test_properties::test_time_never_takes_pressure_below_half_of_its_peak"
    ),
    "One plain slice a turn concludes in turn 3 of 4, 3 of 6, 5 of 8": (
        "test_pressing::test_one_plain_slice_a_turn_fills_a_line_when_the_core_rules_say"
    ),
    "A conclusion moves tension by nothing": "test_properties::test_what_a_team_believes_moves_only_what_is_its_own",
    "Unanswered means hold; this voice never acts by itself": (
        "test_conclusion_answers::test_an_answer_moves_nothing_and_shows_to_nobody_else"
    ),
    "A full line concludes again only after further from": (
        "test_conclusions::test_a_full_line_concludes_once_until_its_owner_was_drawn_back"
    ),
    "Telling counts only if it had been concluded": (
        "test_telling::test_without_a_conclusion_or_in_public_relief_counts_as_it_is"
    ),
    "To conclude and be drawn back never leaves trust higher or felt lower": (
        "test_conclusions::test_to_conclude_and_be_drawn_back_leaves_nobody_better_off"
    ),
    "Further from is credited once a line": "test_conclusions::test_something_is_given_back_once_a_line",
    "Crossing only by the line's own crossed_by": (
        "test_properties::test_a_line_is_crossed_only_by_what_its_owner_wrote_of_it"
    ),
    "A claim moves felt and trust only, and is told to nobody": (
        "test_claims::test_a_claim_moves_what_its_owner_feels_and_its_trust_and_nothing_else"
    ),
    "Hard public words win as much however many": (
        "test_at_home::test_hard_public_words_win_as_much_however_many_there_are"
    ),
    "Words never lift standing above 6": "test_properties::test_words_never_lift_standing_above_six",
    "A stake is at most 3": "test_properties::test_words_never_lift_standing_above_six",
    "Yielding costs most, and only for an act that answers and was not announced, offered or agreed before": (
        "test_pledges::test_to_give_way_to_a_public_threat_is_the_dearest_way_down"
    ),
    "The close settles what is due": "test_pledges::test_the_close_settles_what_still_binds",
    "The close settles what would have been found": "test_assets::test_the_close_settles_what_would_have_come_out",
    "Ceiling 6 after any loss, 4 after more than half": (
        "test_at_home::test_standing_ends_no_higher_than_a_loss_lets_it"
    ),
    "Found out only if it was more than was shown": (
        "test_assets::test_what_is_seen_as_more_costs_as_what_it_seems_and_nothing_once_it_is_cleared_up"
    ),
    "What is true of a thing stays sealed until it comes out": (
        "test_assets::test_what_is_true_and_not_seen_reaches_nobody_before_it_comes_out"
    ),
    "A holding note answers nothing": "test_requests::test_a_holding_note_avoids_silence_for_a_turn",
    "Its own order scales its own pressure and felt, never tension": (
        "test_properties::test_what_a_team_believes_moves_only_what_is_its_own"
    ),
    "An order is its team's alone before the hotwash": (
        "test_card_of_offences::test_nobody_but_its_team_and_the_facilitator_sees_an_order_before_the_hotwash"
    ),
    "What a team keeps sealed never reaches another's view": (
        "test_secrets::test_secrets_change_no_byte_of_what_others_are_shown"
    ),
    "A stake is its owner's alone": "test_pledges::test_both_see_the_pledge_and_its_owner_alone_the_stake",
    "Swapping the two teams mirrors every score": "test_guardrails::test_exchanging_the_teams_mirrors_every_score",
    "So it is with every line of every scenario": "test_guardrails::test_every_line_of_every_scenario_is_mirrored",
    "One more pink firing never lowers": "test_guardrails::test_one_more_pink_firing_never_lowers_a_weight",
    "One more credit never raises": "test_guardrails::test_one_more_credit_never_raises_a_weight",
    "A session with no moves only decays": "test_guardrails::test_a_session_without_moves_only_decays",
    "No rule names a country": "test_guardrails::test_no_rule_and_no_move_names_a_country",
}
"""What the scores promise, and the test that holds it."""


@pytest.mark.parametrize("name", sorted(set(HELD.values())))
def test_each_promise_is_held_by_a_test(name: str) -> None:
    """One that is there, under its name."""
    module, _, function = name.partition("::")
    tree = ast.parse((Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
    assert function in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}


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
