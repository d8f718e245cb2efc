"""Conclusions: what follows when a pink line is full, what its owner makes of acts then, and what draws it back."""

from __future__ import annotations

from contextlib import suppress
from itertools import permutations
from random import Random
from typing import Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engine.asking import CALL, draft, go_on, moved, told
from tests.engine.lining import FACE, HELP, LOOM, NOTICE, PLEDGE, lined, relined, rule, set_pressure, turn
from tests.engine.play import Play, shipped, small
from tests.engine.test_options import offered
from tests.engine.twins import OUT_OF_REACH, objective, with_limit
from tests.thinning import examples

from crisis_sim.content.material import Material
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import SIDES

CALM = CREDIT = HELP
DOUBT = draft("suspend-channel", "press", "public", about="hotline")
WARM = -1
"""Read as meant kindly."""


def filled(material: Material | None = None) -> Play:
    """China's line is filled in turn 1, and it is on alert."""
    play = lined(material)
    go_on(play, "situation")
    set_pressure(play, 250)
    turn(play, NOTICE)
    assert play.state.concluded[FACE].on_alert
    return play


def test_a_full_line_leads_to_a_conclusion_and_crosses_nothing() -> None:
    """Its owner feels 3 more and trusts 1 less; tension is as the act has left it, and no red line is crossed."""
    play = filled()
    (drawn,) = told(play.events, e.ConclusionDrawn)
    assert (drawn.side, drawn.line, drawn.leads_to, drawn.act) == (
        "china",
        "public-blame",
        "forced-removal",
        ("us", 1, 1),
    )
    assert (drawn.felt, drawn.trust) == (300, 100)
    assert moved(play, "conclusion") == [("felt", "china", 300), ("trust", "china", -100)]
    assert play.state.tension == 2400
    assert not told(play.events, e.LineCrossed) and not told(play.events, e.NearMiss)
    assert not told(play.events, e.CrossingProposed)


def test_a_conclusion_is_seen_by_its_owner_and_the_facilitator_alone() -> None:
    """So is that they are drawn back: the other team and observers are shown what they would have been shown anyway."""
    near, full = lined(), lined()
    for play, at in ((near, 100), (full, 250)):
        go_on(play, "situation")
        set_pressure(play, at)
        turn(play, NOTICE)
        turn(play, PLEDGE, hostility=WARM)
        turn(play, PLEDGE, hostility=WARM)
    assert [type(event) for event in full.events if isinstance(event, e.ConclusionDrawn | e.FurtherFrom)] == [
        e.ConclusionDrawn,
        e.FurtherFrom,
    ]
    for seat in ("us", "observer"):
        assert msgspec.json.encode(near.look(seat)) == msgspec.json.encode(full.look(seat))


def test_the_act_that_filled_a_line_is_named() -> None:
    """The heaviest of the turn, if it was enough; not one that came when the line was full."""
    play = lined()
    go_on(play, "situation")
    set_pressure(play, 150)
    turn(play, NOTICE, LOOM, NOTICE)
    (drawn,) = told(play.events, e.ConclusionDrawn)
    assert drawn.act == ("us", 1, 2)


def test_a_full_line_concludes_once_until_its_owner_was_drawn_back() -> None:
    """Pressed on and on, it stays one conclusion; a second one moves felt tension by 1 and trust by a half."""
    play = filled()
    turn(play, NOTICE)
    assert len(told(play.events, e.ConclusionDrawn)) == 1
    set_pressure(play, 140)
    turn(play, PLEDGE, hostility=WARM)
    assert len(told(play.events, e.FurtherFrom)) == 1
    set_pressure(play, 290)
    turn(play, LOOM)
    assert [(event.felt, event.trust) for event in told(play.events, e.ConclusionDrawn)] == [(300, 100), (100, 50)]


@pytest.mark.parametrize(("to", "below", "again"), [("felt", 9_900, 100), ("trust", 50, 50)])
def test_a_conclusion_moves_no_number_off_its_scale(to: e.MeterName, below: int, again: int) -> None:
    """What it moved is what is on record, and no more than that is ever given back."""
    play = lined()
    go_on(play, "situation")
    play.submit("facilitator", a.Override(meter=to, of="china", to=below, reason="near the end"))  # type: ignore[arg-type]  # one to set
    set_pressure(play, 300)
    turn(play)
    (drawn,) = told(play.events, e.ConclusionDrawn)
    assert getattr(drawn, to) == again


def test_what_a_hand_or_an_inject_did_since_the_turn_was_judged_is_looked_at_before_time_takes_any() -> None:
    """A line that is full when the turn ends is full, though the next one would have begun under the limit."""
    play = lined()
    turn(play)
    set_pressure(play, 300)
    assert FACE not in play.state.concluded
    go_on(play, "moves")
    assert play.state.concluded[FACE].turn == 1
    assert play.state.pressure[FACE] == 250

    play = lined(relined(inject={"press": {"line": "face", "by": 1, "whose": "china"}}))
    go_on(play, "situation")
    set_pressure(play, 250)
    go_on(play, "results")
    play.submit("facilitator", a.ReleaseInject(inject="survey-ship"))
    assert play.state.pressure[FACE] == 300
    go_on(play, "moves")
    (drawn,) = told(play.events, e.ConclusionDrawn)
    assert (drawn.act, play.state.turn) == (None, 2)


def test_a_line_filled_in_the_last_turn_is_looked_at_before_the_close() -> None:
    """Nothing is lost because play ends."""
    play = lined(length=45)
    for _ in range(4):
        turn(play)
    set_pressure(play, 300)
    go_on(play, "closing")
    assert play.state.concluded[FACE].on_alert


def test_a_line_that_an_inject_brings_near_its_limit_is_a_near_miss_of_that_turn() -> None:
    """Told once, though nothing of the turn pressed it after."""
    play = lined(relined(inject={"press": {"line": "face", "by": 1, "whose": "china"}}))
    go_on(play, "situation")
    set_pressure(play, 190)
    turn(play)
    turn(play)
    assert [event.pressure for event in told(play.events, e.NearMiss)] == [240]
    set_pressure(play, 230)
    turn(play)
    assert len(told(play.events, e.NearMiss)) == 1


def test_a_line_set_aside_leads_to_nothing() -> None:
    """Whatever a hand sets: neither a near miss nor a conclusion, and none about a red line that is set aside."""
    for kept in ((), ("forced-removal",), ("public-blame",)):
        play = lined()
        play.submit("china", a.AdoptLines(lines=kept))
        go_on(play, "situation")
        set_pressure(play, 300)
        turn(play, NOTICE)
        assert not told(play.events, e.ConclusionDrawn)


def test_news_that_hangs_on_a_conclusion_reaches_its_owner_and_tells_nobody_else() -> None:
    """A voice at home, in the turn after; the other team and observers are shown what they would have been anyway."""
    material = relined(inject={"press": {"line": "public-blame", "by": 1, "whose": "china"}}, voice=True)
    calm, full = lined(material), lined(material)
    for play, at in ((calm, 0), (full, 300)):
        go_on(play, "situation")
        set_pressure(play, at)
        turn(play, NOTICE, hostility=0)
        turn(play, HELP, hostility=0)
    assert "survey-ship" in full.state.injects and "survey-ship" not in calm.state.injects
    assert objective(calm)[:1] == objective(full)[:1]
    assert calm.state.tension == full.state.tension
    for seat in ("us", "observer"):
        assert msgspec.json.encode(calm.look(seat)) == msgspec.json.encode(full.look(seat))


def test_what_a_rule_crosses_by_concern_is_proposed_to_the_facilitator_and_crosses_nothing() -> None:
    """Each time it holds, with the rule's place and the act; no number moves for it and no team is told."""
    play = lined()
    turn(play, draft("show-of-force", "press", "public"))
    (proposed,) = told(play.events, e.CrossingProposed)
    assert (proposed.side, proposed.line, proposed.by, proposed.act) == ("china", "forced-removal", "us", ("us", 1, 1))
    assert (proposed.rule, proposed.visible) == ("force-crosses", "facilitator")
    assert proposed.at.startswith("rules/small.yaml:")
    assert not play.state.crossings and not moved(play, "crossing forced-removal")
    assert not any("crossed" in item.head for name in ("us", "china", "observer") for item in play.told(name))


def test_a_line_is_crossed_by_what_its_owner_wrote_and_by_an_effect_that_names_it() -> None:
    """Once, by whoever acted; what was only proposed before is not proposed of a line that is crossed."""
    named = rule("named", "red", {"move": "suspend-channel"}, {"cross": {"line": "forced-removal"}})
    play = lined(relined(named))
    turn(play, draft("suspend-channel", "press", "public", about="hotline"))
    assert [(of.side, of.line, of.by) for of in play.state.crossings] == [("china", "forced-removal", "us")]
    turn(play, draft("show-of-force", "press", "public"))
    assert not told(play.events, e.CrossingProposed)
    own = small(length=150)
    own.turn(us=(draft("show-of-force", "press", "public"),))
    assert [(of.side, of.line, of.by) for of in own.state.crossings] == [("china", "forced-removal", "us")]


# alert


def felt_by_china(play: Play, *acts: a.Draft, hostility: int | None = None) -> list[tuple[int, int]]:
    """What the acts of a turn are felt as, and which part of it is the alert's."""
    count = len(play.events)
    turn(play, *acts, hostility=hostility)
    return [(event.felt, event.alert or 0) for event in told(play.events[count:], e.ActWeighed)]


def test_on_alert_an_ambiguous_act_that_touches_the_line_is_felt_half_more() -> None:
    """A plain act is not, nor is tension; nor is any before the conclusion or after it is undone."""
    calm = lined()
    assert felt_by_china(calm, LOOM, NOTICE) == [(800, 0), (400, 0)]
    play = filled()
    before = play.state.tension
    assert felt_by_china(play, LOOM, NOTICE) == [(1200, 400), (400, 0)]
    assert play.state.tension == max(before - 100 + 1200, 4000), "time took 1; the floor under a show of force is 40"


def test_on_alert_what_is_felt_as_friendly_stays_friendly() -> None:
    """Ambiguous, pressing, and felt below nothing: half more of that would calm."""
    play = filled(relined(rule("shut", "pink", {"move": "refuse-contact"}, {"press": {"line": "face", "by": 1}})))
    play.open_moves()
    play.submit("china", a.SealMove(draft=CALL))
    go_on(play, "results")
    shut = draft("refuse-contact", "embassy", answers=1, how="decline")
    assert felt_by_china(play, shut, hostility=-2) == [(-160, 0)]


def test_on_alert_an_act_that_does_not_touch_the_line_is_felt_as_it_is() -> None:
    """Ambiguity alone alarms nobody."""
    material = relined(rule("far", "pink", {"move": "suspend-channel"}, {"press": {"line": "safety", "by": 1}}))
    far = draft("suspend-channel", "press", "public", about="hotline")
    assert felt_by_china(filled(material), far) == [(600, 0)]


@pytest.mark.parametrize(("act", "left"), [(HELP, 250 - 50), (PLEDGE, 250 - 100)])
def test_on_alert_words_relieve_half_and_deeds_wholly(act: a.Draft, left: int) -> None:
    """A cheap act takes half of what it would; a costly one all."""
    play = filled()
    turn(play, act)
    assert play.state.pressure[FACE] == left


def test_an_alert_lasts_over_the_turn_in_which_its_red_line_is_crossed() -> None:
    """Whichever act is judged first: all are felt as the turn found their reader; afterwards the alert is over."""
    cross = rule("over", "red", {"move": "suspend-channel"}, {"cross": {"line": "forced-removal"}})
    over, found = draft("suspend-channel", "press", "public", about="hotline"), []
    for acts in permutations((over, LOOM)):
        play = filled(relined(cross))
        found.append(sorted(felt_by_china(play, *acts)))
        assert not play.state.concluded[FACE].on_alert
        assert felt_by_china(play, LOOM)[0][1] == 0
    assert found[0] == found[1] == [(600, 0), (1200, 400)]


# further from


def test_a_costly_act_read_as_kind_draws_a_team_back_once_pressure_is_under_half() -> None:
    """Felt tension −2, trust +0.5, at most what time has left; the alert is over."""
    play = filled()
    turn(play, PLEDGE, hostility=0)
    assert play.state.concluded[FACE].on_alert, "1.5 of 3 is not under half"
    turn(play, PLEDGE, hostility=0)
    (back,) = told(play.events, e.FurtherFrom)
    assert (back.side, back.line, back.leads_to, back.act) == ("china", "public-blame", "forced-removal", ("us", 3, 1))
    assert (back.felt, back.trust) == (100, 50), "in two turns time took 2 of the 3"
    assert not play.state.concluded[FACE].on_alert


@pytest.mark.parametrize("hostility", [1, 3, None])
def test_what_is_read_as_hostile_or_not_read_draws_nobody_back(hostility: int | None) -> None:
    """However far pressure has fallen."""
    play = filled()
    for _ in range(3):
        turn(play, PLEDGE, hostility=hostility)
    assert play.state.pressure[FACE] < 150
    assert play.state.concluded[FACE].on_alert


def test_what_relieved_a_line_before_the_conclusion_draws_nobody_back_from_it() -> None:
    """Nor does a hand, nor time: an act must have arrived since."""
    play = lined()
    go_on(play, "situation")
    set_pressure(play, 300)
    turn(play, LOOM, PLEDGE, hostility=0)
    set_pressure(play, 300)
    go_on(play, "situation")
    assert play.state.concluded[FACE].turn == 1
    set_pressure(play, 100)
    turn(play)
    assert play.state.concluded[FACE].on_alert
    turn(play, HELP, hostility=0)
    assert not play.state.concluded[FACE].on_alert


def test_what_is_called_like_the_line_is_not_the_line() -> None:
    """Odds of a channel of the same name, lowered by an act that was read as kind: that relieves no line."""
    odds = {"odds": {"channel": "public-blame", "of": "receiver", "by": -20, "turns": 2}}
    play = filled(relined(rule("odd", "pink", {"move": "request-call"}, odds), channel="public-blame"))
    set_pressure(play, 20)
    turn(play, CALL, hostility=-3)
    assert "odds" in {event.meter for event in told(play.events, e.NumberMoved)}
    assert play.state.concluded[FACE].on_alert


def test_something_is_given_back_once_a_line() -> None:
    """The alert ends each time; felt tension and trust move the first time alone."""
    play = filled()
    for at in (140, 140):
        set_pressure(play, at)
        turn(play, PLEDGE, hostility=0)
        set_pressure(play, 300)
        turn(play)
    gave = [(event.felt, event.trust) for event in told(play.events, e.FurtherFrom)]
    assert gave == [(200, 50), (0, 0)]


def test_late_words_count_from_when_they_arrive() -> None:
    """An act sent before the conclusion and read after it draws back."""
    play = lined(relined(channel="slow"))
    go_on(play, "situation")
    set_pressure(play, 250)
    turn(play, replace(PLEDGE, channel="slow"), NOTICE, hostility=0)
    assert play.state.acts["us", 1, 1].due_turn == 2
    assert play.state.concluded[FACE].turn == 1
    set_pressure(play, 190)
    turn(play, hostility=0)
    assert [event.act for event in told(play.events, e.FurtherFrom)] == [("us", 1, 1)]


def set_to(play: Play, meter: Literal["felt", "trust"], to: int) -> None:
    """Set one of China's meters by hand."""
    play.submit("facilitator", a.Override(meter=meter, of="china", to=to, reason="a test"))


@pytest.mark.parametrize(
    ("meter", "start", "later", "acts"),
    [
        ("felt", 2_000, None, (LOOM,)),  # lifted to a floor of 40
        ("felt", 3_950, None, (LOOM,)),  # over the floor, and under it without the conclusion
        ("felt", 950, None, (CALM,)),  # down to the end of the scale
        ("felt", 9_900, None, (LOOM,)),  # up to the other end
        ("felt", 3_000, 3_000, ()),  # a hand has set it
        ("trust", 550, None, ()),  # at rest between what it is and what it would be
        ("trust", 950, None, (CREDIT, CREDIT)),  # up to the end of the scale
        ("trust", 120, None, (DOUBT,)),  # down to the other end
        ("trust", 450, 450, ()),  # a hand has set it
    ],
)
def test_what_undoes_a_conclusion_is_not_given_back(
    meter: Literal["felt", "trust"], start: int, later: int | None, acts: tuple[a.Draft, ...]
) -> None:
    """Floors, ends of scales, rests and hands: beside a session in which no line is full, nobody is better off."""
    material = relined(
        rule("calm", "credit", {"move": "offer-help"}, {"tension": -8, "trust": {"receiver": 1}}),
        rule("doubt", "pink", {"move": "suspend-channel"}, {"trust": {"receiver": -1}}),
    )
    sessions = lined(material), with_limit(lined(material), OUT_OF_REACH)
    for play in sessions:
        go_on(play, "situation")
        set_to(play, meter, start)
        set_pressure(play, 300)
        turn(play)
        if later is not None:
            set_to(play, meter, later)
        turn(play, *acts)
        if meter == "trust":
            turn(play)
        set_pressure(play, 140)
        turn(play, PLEDGE, NOTICE, hostility=0)
        turn(play, NOTICE)
    real, far = (play.state for play in sessions)
    assert told(sessions[0].events, e.FurtherFrom) and not far.concluded
    assert real.trust["china"] <= far.trust["china"]
    assert real.felt["china"] >= far.felt["china"]


BUMPY = (
    rule("floor", "pink", {"move": "show-of-force"}, {"floor": 45, "press": {"line": "safety", "by": 2}}),
    rule("distrust", "pink", {"move": "criticise"}, {"trust": {"receiver": -2}, "press": {"line": "safety", "by": 2}}),
    rule("trust", "credit", {"move": "offer-help"}, {"trust": {"receiver": "1.5"}, "tension": -15}),
    rule("mend", "credit", {"move": "reaffirm-rules"}, {"relieve": {"line": "safety", "by": 3}, "tension": -15}),
    rule("burn", "pink", {"move": "suspend-channel"}, {"tension": 30}),
)
"""Rules that drive every number to the ends of its scale and back."""


def bumpy(play: Play, luck: Random) -> list[tuple[a.SeatName, a.AnyAction]]:
    """What is done in the phase at hand: acts and readings by luck, and numbers that a hand sets."""
    found: list[tuple[a.SeatName, a.AnyAction]] = []
    match play.state.phase:
        case "situation" | "results":
            for meter, highest in (("felt", 10_000), ("trust", 1_000), ("pressure", 600)):
                if luck.random() < 0.15:
                    of = luck.choice([*play.state.pressure]) if meter == "pressure" else luck.choice(SIDES)
                    override = a.Override(meter=meter, of=of, to=luck.randint(0, highest), reason="so")  # type: ignore[arg-type]  # one to set
                    found.append(("facilitator", override))
        case "moves":
            for side in SIDES:
                able = offered(play, play.team(side))
                found += [
                    (side, a.SealMove(draft=each)) for each in luck.sample(able, min(len(able), luck.randint(1, 3)))
                ]
        case "readings":
            for side in SIDES:
                for item in play.team(side).to_read:
                    hostility, lines = luck.randint(-3, 3), [*play.state.team(side).adopted, None]
                    reading = a.SealReading(
                        item=item.number, hostility=hostility, confidence=luck.randint(1, 4), touches=luck.choice(lines)
                    )
                    found.append((side, reading))
    return [*found, ("facilitator", a.Advance())]


@settings(max_examples=examples(8, 80), deadline=None)
@given(seed=st.integers(1, 99).map(str), length=st.sampled_from((45, 90, 150)), luck=st.randoms(use_true_random=False))
@pytest.mark.parametrize("scenario", ["lined", "bottomed-submarine"])
def test_to_conclude_and_be_drawn_back_leaves_nobody_better_off(
    scenario: str, seed: str, length: int, luck: Random
) -> None:
    """Beside the same session in which no line is ever full: trust is never higher and felt tension never lower."""
    material = relined(*BUMPY) if scenario == "lined" else shipped(scenario)
    real, far = (with_limit(Play(material, seed=seed, length=length), limit) for limit in (200, OUT_OF_REACH))
    while real.state.phase != "closed":
        for seat, action in bumpy(real, luck):
            with suppress(ActionRefused):
                real.submit(seat, action)
                far.submit(seat, action)
            assert objective(real) == objective(far)
        for side in SIDES:
            assert real.state.trust[side] <= far.state.trust[side]
            assert real.state.felt[side] >= far.state.felt[side]
    assert not far.state.concluded
