"""Judging a turn: what acts weigh, how they are felt, what lines they press, and why. Sums are done by head."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.asking import BLAME, FORCE, HELP, deliver, draft, go_on, told
from tests.engine.play import Play, small, unasked
from tests.small import small_material

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.material import Material
from crisis_sim.content.sources import sha256
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.pages.traces import describe_flag
from crisis_sim.rules.names import SIDES, Side, other

TIED = draft("offer-help", "embassy", terms=("tied",))


def read(
    play: Play, hostility: int, confidence: int = 4, *, us: tuple[a.Draft, ...] = (BLAME,), touches: str | None = None
) -> Play:
    """Deliver US moves and let China read the first of them."""
    deliver(play, us=us)
    item = play.team("china").to_read[0].number
    play.submit("china", a.SealReading(item=item, hostility=hostility, confidence=confidence, touches=touches))
    go_on(play, "results")
    return play


def weighed(play: Play) -> list[tuple[int, int, int]]:
    """Base, weight and felt weight of each act judged."""
    return [(event.base, event.weight, event.felt) for event in told(play.events, e.ActWeighed) if not event.silence]


def pressed(play: Play) -> list[tuple[str, str, int]]:
    """Each pressing: line, rule, and by how much."""
    return [
        (event.line, event.trace.rule, event.trace.after - event.trace.before)
        for event in told(play.events, e.LinePressed)
    ]


def test_a_weight_runs_from_the_catalogue_through_the_rules() -> None:
    """Blame of 4, once and a half for coming before a private word; each step names its rule, line and act."""
    play = small()
    play.turn(us=(BLAME,))
    assert weighed(play) == [(400, 600, 600)]
    step = told(play.events, e.ActWeighed)[0].steps[0]
    assert (step.rule, step.act, step.before, step.after) == ("public-before-private", ("us", 1, 1), 400, 600)
    file, line = step.at.split(":")
    assert file == "rules/small.yaml"
    assert int(line) > 200
    assert play.state.tension == 2600
    assert (play.state.felt["us"], play.state.felt["china"]) == (2600, 2600)


def test_rules_add_and_scale_one_after_another() -> None:
    """Tied help: −3 and 2 more; the other's trust falls by one."""
    play = small()
    play.turn(us=(TIED,))
    assert weighed(play) == [(-300, -100, -100)]
    assert play.state.trust["china"] == 400
    assert play.state.trust["us"] == 500


@pytest.mark.parametrize(("confidence", "felt"), [(1, -165), (2, -30), (3, 105), (4, 240)])
def test_a_reading_is_blended_in_by_how_sure_it_is(confidence: int, felt: int) -> None:
    """Help of −3 read as most hostile, 6, and so felt as −3 and 9 × 0.6 × the share of that confidence."""
    play = read(small(), 3, confidence, us=(HELP,))
    assert weighed(play) == [(-300, -300, felt)]
    assert play.state.felt["china"] == 2000 + felt


def test_readings_part_what_is_felt_from_what_is() -> None:
    """Tension takes the rules' weight, the sender feels as much, and only the receiver feels its reading."""
    play = read(small(), -3)
    assert play.state.tension == 2600
    assert play.state.felt["us"] == 2600
    assert play.state.felt["china"] == 2000 + 600 - 720
    assert play.state.curve[-1] == (2600, 2600, 1880)


@pytest.mark.parametrize(
    ("hostility", "factor"), [(-3, 0), (-2, 25), (-1, 50), (0, 100), (1, 125), (2, 150), (3, 200), (None, 100)]
)
def test_pressure_is_scaled_by_how_the_act_was_read(hostility: int | None, factor: int) -> None:
    """A friendly reading takes it off, a hostile one doubles it; unread it counts as it is."""
    play = small()
    if hostility is None:
        play.turn(us=(BLAME,))
    else:
        read(play, hostility)
    assert pressed(play) == ([("public-blame", "public-before-private", factor)] if factor else [])


def test_a_near_miss_is_told_as_a_line_comes_near_and_not_while_it_stays() -> None:
    """Its owner alone learns of it."""
    play = small(length=150)
    play.turn(us=(BLAME,))
    read(play, 2)
    assert [(event.line, event.pressure, event.limit) for event in told(play.events, e.NearMiss)] == [
        ("public-blame", 275, 300)
    ]
    assert [item.sort for item in play.told("china")].count("line") == 1
    assert not any(item.sort == "line" for item in play.told("us"))
    go_on(play, "situation")
    play.submit("facilitator", a.Override(meter="pressure", of="china/public-blame", to=290, reason="it stays near"))
    play.turn()
    assert len(told(play.events, e.NearMiss)) == 1


def test_a_red_line_is_crossed_once_with_its_own_consequence() -> None:
    """The US line has one: tension by 20, and the hotline goes."""
    play = small(length=150)
    play.turn(china=(FORCE,))
    crossed = told(play.events, e.LineCrossed)
    assert [(event.side, event.line, event.by) for event in crossed] == [("us", "boarding", "china")]
    assert play.state.tension == 2000 + 2000 + 800
    assert play.state.suspended == {"hotline": "china"}
    item = next(item for item in play.told("us") if item.sort == "line")
    assert (item.head, item.text) == (
        "Our red line was crossed: Boarding the ferry without the host.",
        "The ferry has been boarded.",
    )
    play.turn(china=(FORCE,))
    assert len(told(play.events, e.LineCrossed)) == 1


def test_tension_is_lifted_to_a_floor_and_no_higher() -> None:
    """A floor is a level, not an addition; felt tension has it too."""
    play = small(length=150)
    play.turn(us=(FORCE,))
    assert play.state.tension == 4300, "above the floor of 40 nothing is lifted"
    go_on(play, "situation")
    for meter, of in (("tension", ""), ("felt", "us"), ("felt", "china")):
        play.submit("facilitator", a.Override(meter=meter, of=of, to=0, reason="to try it"))  # type: ignore[arg-type]  # meters
    play.turn(us=(FORCE,))
    assert (play.state.tension, play.state.felt["us"], play.state.felt["china"]) == (4000, 4000, 4000)
    lifted = [event.trace for event in told(play.events, e.NumberMoved) if event.trace.rule == "force-crosses"]
    assert [(trace.before, trace.after) for trace in lifted] == [(400, 4000)] * 3


def test_numbers_stay_on_their_scales() -> None:
    """Tension ends at 0 and 100, trust and standing at 0 and 10, each with a trace."""
    play = small()
    go_on(play, "situation")
    for meter, of, to in (("tension", "", 0), ("standing", "us", 1000), ("trust", "china", 0)):
        play.submit("facilitator", a.Override(meter=meter, of=of, to=to, reason="to the end"))  # type: ignore[arg-type]  # meters
    play.turn(us=(TIED, HELP, BLAME))
    assert play.state.standing["us"] == 1000
    assert play.state.trust["china"] == 0
    bounded = {event.meter for event in told(play.events, e.NumberMoved) if event.trace.rule == "bounds"}
    assert bounded == {"standing", "trust"}


def test_a_repeated_announced_act_loses_weight_by_repeats() -> None:
    """Half for each time before, in earlier turns."""
    play = small(length=150)
    for _ in range(3):
        play.turn(us=(FORCE, FORCE))
    assert [weight for _, weight, _ in weighed(play)] == [800, 800, 200, 200, 80, 80]


def test_a_reply_far_above_what_provoked_it_weighs_more() -> None:
    """Force after blame of the turn before; not in the same turn, and not where nothing provoked it."""
    play = small(length=150)
    play.turn(us=(BLAME,), china=(FORCE,))
    play.turn(china=(draft("show-of-force", "press", "public"),))
    steps = [[step.rule for step in event.steps] for event in told(play.events, e.ActWeighed)]
    assert "over-match" not in steps[0] + steps[1]
    assert "over-match" in steps[2]


@pytest.mark.parametrize(("hostility", "by"), [(-1, 0), (0, 0), (1, 63), (2, 150), (3, 300)])
def test_a_reading_may_name_the_line_it_touches(hostility: int, by: int) -> None:
    """The scenario's or a line that the team wrote itself; more hostile readings press it more, and are scaled too."""
    play = small()
    play.submit("china", a.WriteLine(line="pink", concern="safety", says="They map the wreck", weight=5))
    read(play, hostility, us=(HELP,), touches="own-1")
    touched = [item for item in pressed(play) if item[1] == "reading"]
    assert touched == ([("own-1", "reading", by)] if by else [])


def test_a_full_line_of_our_own_leads_to_a_conclusion_about_the_red_line_that_we_named() -> None:
    """At the limit for written lines; tension is as the acts have left it."""
    play = small(length=150)
    play.submit("china", a.WriteLine(line="red", concern="safety", says="The wreck is mapped", weight=9))
    play.submit("china", a.WriteLine(line="pink", concern="safety", says="They map it", weight=5, leads_to="own-1"))
    go_on(play, "situation")
    play.submit("facilitator", a.Override(meter="pressure", of="china/own-2", to=300, reason="they have said so"))
    read(play, 3, us=(HELP,), touches="own-2")
    (drawn,) = told(play.events, e.ConclusionDrawn)
    assert (drawn.side, drawn.line, drawn.leads_to, drawn.visible) == ("china", "own-2", "own-1", "china")
    assert not told(play.events, e.LineCrossed)
    assert play.state.tension == 2000 - 300


def test_a_credit_relieves_a_line_and_rules_of_once_fire_once() -> None:
    """The quiet side's promise is noticed: pressure on the other's face falls by a half, one time for each side."""
    play = small(length=150)
    play.turn(us=(draft("request-call", "embassy", promise="quiet-words"),))
    play.turn(china=(draft("take-call", "embassy", answers=1, how="accept"),))
    go_on(play, "situation")
    play.submit("facilitator", a.Override(meter="pressure", of="china/public-blame", to=200, reason="old wounds"))
    play.turn()
    relieved = [event.trace for event in told(play.events, e.NumberMoved) if event.trace.rule == "quiet-turn"]
    assert [(trace.before, trace.after) for trace in relieved] == [(200, 150)]
    play.turn()
    assert [event.rule for event in told(play.events, e.RuleFired)].count("quiet-turn") == 2


def test_both_meaning_well_and_reading_ill_raises_a_flag_and_no_number() -> None:
    """The blind dilemma is for the white cell and the debrief."""
    play = small()
    deliver(play, us=(draft("offer-help", "embassy"),), china=(draft("offer-help", "embassy"),))
    play.submit("us", a.SealReading(item=1, hostility=2, confidence=3))
    play.submit("china", a.SealReading(item=1, hostility=1, confidence=3))
    go_on(play, "results")
    assert play.state.flags == ((1, "blind-dilemma", "blind-dilemma"),)
    assert [describe_flag(each, play.say("facilitator")) for each in play.white().flags] == [
        "turn 1: Each meant well and took the other as hostile."
    ]
    go_on(play, "hotwash")
    opened = play.team("us").hotwash
    assert opened is not None
    assert opened.blind_turns == (1,)


def test_public_words_move_standing_at_home() -> None:
    """Public blame gains one at home and one by the rule; private words gain nothing."""
    play = small()
    play.turn(us=(BLAME,), china=(HELP,))
    assert play.state.standing["us"] == 700
    assert play.state.standing["china"] == 600


def test_acts_are_judged_alike_whichever_side_made_them() -> None:
    """The order in which they are taken changes no score: each is tried against the turn as it stood."""
    play = small()
    play.turn(us=(BLAME,), china=(BLAME,))
    assert [weight for _, weight, _ in weighed(play)] == [600, 600]
    assert play.state.felt["us"] == play.state.felt["china"] == play.state.tension == 3200


@pytest.mark.parametrize("closer", SIDES)
def test_a_channel_that_one_side_closes_no_act_of_the_other_reopens_in_the_same_turn(closer: Side) -> None:
    """Whichever side is judged first; from the next turn on, both having reaffirmed the channel reopens it."""
    line = "defense-telephone-link"
    suspend, reaffirm = (draft(move, "press", "public", about=line) for move in ("suspend-channel", "reaffirm-rules"))
    play = Play(unasked(), length=150)
    play.turn(**{closer: (reaffirm,)})
    play.turn(**{closer: (suspend,), other(closer): (reaffirm,)})
    assert play.state.suspended == {line: closer} and not told(play.events, e.ChannelReopening)
    play.turn(**{other(closer): (reaffirm,)})
    assert [(event.channel, event.turn) for event in told(play.events, e.ChannelReopening)] == [(line, 4)]


@pytest.mark.parametrize("acts", [(HELP, BLAME), (BLAME, HELP)], ids=["help-first", "blame-first"])
def test_a_rule_on_press_reads_the_turn_as_it_stood_when_judging_began(acts: tuple[a.Draft, ...]) -> None:
    """As every rule does: what another act of the turn has brought about shows from the next turn on."""
    rule = {"kind": "pink", "says": "x", "source": "a test"}
    opens = rule | {
        "id": "opens",
        "when": {"move": "offer-help"},
        "then": {"set": {"fact": "host-consent", "to": True}},
    }
    seen = rule | {"id": "seen", "on": "press", "when": {"fact": "host-consent"}, "then": {"grow": "0.5"}}
    play = Play(with_rules(opens, seen))
    fired = []
    for moves in (acts, (BLAME,)):
        play.turn(us=moves)
        fired.append([event.rule for event in told(play.events, e.RuleFired)].count("seen") > 0)
    assert fired == [False, True]


def with_rules(*rules: dict[str, Any]) -> Material:
    """The small scenario under its pack with these rules before the pack's own."""
    bundle = small_material().bundle()
    (pack,) = bundle["packs"]
    tree = pack["tree"] | {"rules": [*rules, *pack["tree"]["rules"]]}
    return material_from_bundle({**bundle, "packs": [{**pack, "tree": tree, "sha256": sha256(tree)}]})
