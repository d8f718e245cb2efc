"""The order of offences: a team's own, guesses of it, what it is heard by, and which lines an offence presses."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cache
from itertools import permutations

import msgspec
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau
from tests.engine.asking import BLAME, CALL, HELP, answer, draft, go_on, refused, told
from tests.engine.play import Play, shipped, without_assets
from tests.engine.test_options import offered
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.judging.hearing import OFFENCE
from crisis_sim.engine.state import with_team
from crisis_sim.engine.views.record_opened import kendall_tau
from crisis_sim.errors import ActionRefused
from crisis_sim.rules.names import SIDES, CardSize, Side, other

ACTS = ("public-blame", "refused-call", "silence", "one-sided-readout")
"""The card of the small rules; places weigh 1.5, 1.2, 0.8, 0.5."""
CORE = tuple(shipped("bottomed-submarine").profiles["public-blame-worst"].order)
"""The acts of the shipped card."""
OTHERS = tuple(act for act in CORE if act != "one-sided-readout")


def asking(size: CardSize = "full") -> Play:
    """The small scenario at its briefing, in a session with a card."""
    return Play(small_material(), card=size)


def with_order(side: Side, first: str = "", last: str = "") -> Play:
    """A session in which a team has put one act first or last; without either, it has no order."""
    play = asking()
    rest = [act for act in ACTS if act not in (first, last)]
    if first or last:
        play.submit(side, a.OrderOffences(order=tuple(act for act in (first, *rest, last) if act)))
    return play


def felt_by_order(play: Play) -> list[tuple[str, str, int]]:
    """Whose, for which offence, and by how much, hundredths."""
    return [
        (moved.of, moved.trace.rule.removeprefix(OFFENCE), moved.trace.after - moved.trace.before)
        for moved in told(play.events, e.NumberMoved)
        if moved.trace.rule.startswith(OFFENCE)
    ]


def pressed(play: Play, side: Side) -> int:
    return sum(
        event.trace.after - event.trace.before for event in told(play.events, e.LinePressed) if event.side == side
    )


def test_a_session_without_a_card_asks_nobody() -> None:
    """With a code; scenarios and packs of earlier formats name no card, and then there is none."""
    play = Play(small_material())
    assert play.table.card is None and not play.say("us").dossier.offences
    for action in (a.OrderOffences(order=ACTS), a.GuessOrder(order=ACTS)):
        assert refused(play, "us", action) == "order/not-asked"
    bare = replace(small_material(), offences=None)
    assert Play(bare, card="full").table.card is None


def test_a_scenario_has_a_card_by_length_and_a_session_may_choose_otherwise() -> None:
    """At one table it is the shorter one."""
    material = small_material()
    asks = replace(material, scenario=material.scenario.model_copy(update={"offence_card": (150,)}))
    assert [list(Play(asks, length=length).say("us").dossier.offences) for length in (90, 150)] == [[], list(ACTS)]
    assert Play(asks, length=150, card="none").table.card is None
    assert list(asking("short").say("us").dossier.offences) == ["public-blame", "silence"]


@pytest.mark.parametrize("order", [(), ACTS[:3], (*ACTS, "silence"), (*ACTS[:3], "weather"), (*ACTS[:3], ACTS[0])])
def test_an_order_names_every_act_once(order: tuple[str, ...]) -> None:
    """Whoever orders none keeps none."""
    for action in (a.OrderOffences(order=order), a.GuessOrder(order=order)):
        assert refused(asking(), "us", action) == "order/acts"


def test_an_order_is_given_before_play_and_the_other_is_guessed_again_at_the_end() -> None:
    """It can be changed until it is sealed; while the other team is still at work its order may be guessed."""
    play = asking()
    play.submit("us", a.OrderOffences(order=ACTS[::-1]))
    play.submit("us", a.OrderOffences(order=ACTS))
    play.submit("us", a.SealLines())
    assert refused(play, "us", a.OrderOffences(order=ACTS[::-1])) == "lines/sealed"
    play.submit("us", a.GuessOrder(order=ACTS[::-1]))
    assert (play.team("us").order, play.team("us").order_guess) == (ACTS, ACTS[::-1])
    play.open_moves()
    assert refused(play, "us", a.GuessOrder(order=ACTS)) == "phase/lines"
    go_on(play, "closing")
    assert refused(play, "us", a.OrderOffences(order=ACTS[::-1])) == "lines/played"
    assert (play.team("us").order_guess, play.team("us").order_guess_before) == ((), ACTS[::-1]), "asked afresh"
    play.submit("us", a.GuessOrder(order=ACTS))
    assert [event.stage for event in told(play.events, e.OrderGuessed)] == ["before", "after"]
    go_on(play, "hotwash")
    hotwash = play.white().hotwash
    assert hotwash is not None
    us, china = hotwash.orders
    assert (us.order, us.guessed_before, us.tau_before) == (ACTS, (), None)
    assert (china.order, china.guessed_before, china.guessed_after) == ((), ACTS[::-1], ACTS)
    assert (china.tau_before, china.tau_after) == (None, None), "there is nothing to lay the guess beside"


@pytest.mark.parametrize("side", SIDES)
def test_what_a_team_puts_first_is_felt_more_and_presses_its_own_lines_more(side: Side) -> None:
    """What it puts last less; tension, and what the other side feels, are the same to the hundredth."""
    plays = [with_order(side), with_order(side, first="public-blame"), with_order(side, last="public-blame")]
    for play in plays:
        play.turn(**{other(side): (BLAME,)})
    plain, first, last = plays
    weight = told(plain.events, e.ActWeighed)[0].felt
    assert felt_by_order(plain) == []
    assert felt_by_order(first) == [(side, "public-blame", weight // 2)]
    assert felt_by_order(last) == [(side, "public-blame", -weight // 2)]
    assert [play.state.felt[side] - plain.state.felt[side] for play in plays] == [0, weight // 2, -weight // 2]
    assert [pressed(play, side) * 100 // pressed(plain, side) for play in plays if pressed(plain, side)] in (
        [],
        [100, 150, 50],
    )
    for play in plays:
        assert (play.state.tension, play.state.felt[other(side)]) == (
            plain.state.tension,
            plain.state.felt[other(side)],
        )
        assert [each.weight for each in told(play.events, e.ActWeighed)] == [
            each.weight for each in told(plain.events, e.ActWeighed)
        ]


def test_pressure_goes_by_the_order_of_the_team_whose_line_it_is() -> None:
    """And not by the order of whoever presses."""
    found = {}
    for owner in SIDES:
        play = with_order(owner, first="public-blame")
        play.turn(us=(BLAME,))
        found[owner] = pressed(play, "china")
    assert found["china"] * 2 == found["us"] * 3 > 0


def test_silence_and_an_account_given_alone_are_heard_by_the_same_ruler() -> None:
    """The one by whoever had asked, the other by whoever gave no account."""
    play = with_order("us", first="silence")
    play.turn(us=(CALL,))
    for _ in range(2):
        play.turn()
    assert felt_by_order(play) == [("us", "silence", 100)], "half of the two points by which silence is felt"
    play = with_order("us", last="refused-call")
    play.turn(us=(CALL,))
    play.turn(china=(answer("refuse-contact", 1, "decline"),))
    assert felt_by_order(play) == [("us", "refused-call", -100)]


def told_alone(order: tuple[str, ...], scenario: str = "bottomed-submarine") -> Play:
    """A session under the shipped rules in which China alone gives an account of a call, and the US has this order."""
    play = Play(shipped(scenario), length=150, card="full")
    if order:
        play.submit("us", a.OrderOffences(order=order))
    channel = "embassies"
    play.turn(us=(a.Draft(move="request-call", channel=channel),))
    play.turn(china=(a.Draft(move="take-call", channel=channel, answers=1, how="accept", taker="deputy"),))
    play.open_moves()
    play.submit("china", a.SealReadout(exchange=1, outcome="talked", tone=1))
    for _ in range(3):
        play.turn()
    return play


def test_an_account_given_alone_is_heard_by_whoever_gave_none() -> None:
    """Tension rises as it does without an order."""
    plain, heard = told_alone(()), told_alone(("one-sided-readout", *OTHERS))
    assert felt_by_order(heard) == [("us", "one-sided-readout", 20)], "0.5 × 0.4"
    assert heard.state.tension == plain.state.tension


@pytest.mark.parametrize(
    ("order", "by"), [((), 50), (("one-sided-readout", *OTHERS), 70), ((*OTHERS, "one-sided-readout"), 30)]
)
def test_an_account_given_alone_presses_by_the_order_of_whose_line_it_is(order: tuple[str, ...], by: int) -> None:
    """Half a point on the line without an order, 1.4 times as much in the gravest place, 0.6 times in the last."""
    play = told_alone(order, "island-tsunami")
    found = [event for event in told(play.events, e.LinePressed) if event.trace.rule == "readout-one-sided"]
    assert [(event.side, event.trace.after - event.trace.before) for event in found] == [("us", by)]


def test_of_a_calming_act_that_offends_a_grave_place_takes_some_of_the_calm() -> None:
    """So that an offence never calms more for being grave; an act that is none is felt as it weighs."""
    acts = CORE
    rest = [act for act in acts if act != "tied-offer"]
    moved = []
    for order in (("tied-offer", *rest), (*rest, "tied-offer")):
        play = Play(shipped("bottomed-submarine"), length=150, card="full")
        play.submit("china", a.OrderOffences(order=order))
        play.turn(us=(a.Draft(move="offer-help", channel="press", visibility="public", terms=("tied",)),))
        assert told(play.events, e.ActWeighed)[0].felt < 0
        moved += [by for *_, by in felt_by_order(play)]
    assert moved[0] > 0 > moved[1]
    play = with_order("china", first="public-blame")
    play.turn(us=(HELP,))
    assert felt_by_order(play) == []


def test_nobody_but_its_team_and_the_facilitator_sees_an_order_before_the_hotwash() -> None:
    """The other team's view is the same to the byte whether or not anything was ordered, and so is an observer's."""
    said, silent = asking(), asking()
    said.submit("us", a.OrderOffences(order=ACTS[::-1]))
    said.submit("us", a.GuessOrder(order=ACTS))
    assert {event.visible for event in said.events} == {"us"}
    outside: tuple[a.SeatName, ...] = ("china", "observer")
    for _ in range(3):
        for seat in outside:
            assert msgspec.json.encode(said.look(seat)) == msgspec.json.encode(silent.look(seat))
        for play in (said, silent):
            play.turn(china=(BLAME,))
    assert said.white().us.order == ACTS[::-1] and said.white().us.order_guess == ACTS
    assert felt_by_order(said) != []


def test_kendalls_tau_is_exact_and_agrees_with_scipy() -> None:
    """Over every guess of five acts."""
    order = tuple("abcde")
    for guess in permutations(order):
        tau = kendall_tau(order, guess)
        assert tau is not None
        ranks = [guess.index(act) for act in order]
        assert float(tau) == pytest.approx(kendalltau(range(5), ranks).statistic)
    assert kendall_tau(order, order) == 1 and kendall_tau(order, order[::-1]) == -1
    assert kendall_tau(order, ()) is None and kendall_tau((), order) is None


HOSTILE = ("tied", "exclusive", "without-consent", "near-crewed", "dual-use", "on-rescue-unit", "names-actor")
"""What can be put on an act that makes it worse for whoever receives it; notice does the opposite."""


@cache
def at_the_moves(warned: bool) -> Play:
    """The submarine under the shipped rules, without things, at the moves of a turn; warned, after shows of force."""
    play = Play(without_assets(), length=150, card="full")
    if warned:
        forces = draft("show-of-force", "on-scene", "public", terms=("announced",))
        play.turn(us=(forces,), china=(forces,))
        play.turn(us=(forces, draft("offer-help", "embassies")))
    play.open_moves()
    return play


@cache
def unasked() -> list[a.Draft]:
    """Every act that the US can make of itself, over one channel, with nothing put on it."""
    kinds = {
        (each.move, each.visibility): each for each in offered(at_the_moves(False), at_the_moves(False).team("us"))
    }
    return [msgspec.structs.replace(each, terms=(), promise=None) for each in kinds.values()]


def heard(warned: bool, order: tuple[str, ...], act: a.Draft, reading: int, touches: str | None) -> dict[str, int]:
    """What one act of the US comes to for China, by its order and its reading."""
    play = copy(at_the_moves(warned))
    play.events, play.actions = [], []
    play.state = with_team(play.state, "china", msgspec.structs.replace(play.state.china, order=order))
    play.submit("us", a.SealMove(draft=act))
    play.submit("facilitator", a.Advance())
    for item, received in enumerate(play.state.china.inbox, 1):
        if received.turn == play.state.turn:
            play.submit("china", a.SealReading(item=item, hostility=reading, confidence=3, touches=touches))
    play.submit("facilitator", a.Advance())
    lines = {name: by for name, by in play.state.pressure.items() if name.startswith("china")}
    return {**lines, "felt": play.state.felt["china"], "tension": play.state.tension}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_adding_a_hostile_property_never_lowers_anything(data: st.DataObject) -> None:
    """Under any order of offences and any reading: neither what an act weighs, nor what it is felt as, nor a line."""
    act = data.draw(st.sampled_from([each for each in unasked() if shipped_terms(each)]))
    terms = shipped_terms(act)
    able = [*(term for term in terms if term in HOSTILE), *({"unannounced"} & {f"un{term}" for term in terms})]
    worse = data.draw(st.sampled_from(able))
    rest = data.draw(st.sets(st.sampled_from(terms))) - {worse, worse.removeprefix("un")}
    with_it, without = (*rest, worse), tuple(rest)
    if worse == "unannounced":
        with_it, without = tuple(rest), (*rest, "announced")
    order = data.draw(st.permutations(CORE).map(tuple) | st.sampled_from([(), CORE, CORE[::-1]]))
    said = (data.draw(st.booleans()), order)
    read = data.draw(st.integers(-3, 3)), data.draw(st.sampled_from([None, *at_the_moves(False).state.china.adopted]))
    try:
        plain = heard(*said, msgspec.structs.replace(act, terms=without), *read)
        hostile = heard(*said, msgspec.structs.replace(act, terms=with_it), *read)
    except ActionRefused:
        reject()
    assert {name: by for name, by in plain.items() if hostile[name] < by} == {}


def shipped_terms(act: a.Draft) -> tuple[str, ...]:
    """The hostile terms that the act can have, and notice."""
    return tuple(term for term in at_the_moves(False).table.terms[act.move] if term in (*HOSTILE, "announced"))


ASKS = {
    "openness": a.Draft(move="private-inquiry", channel="embassies", visibility="private"),
    "people": a.Draft(move="offer-help", channel="press", visibility="public"),
    "status": a.Draft(move="invite-inclusion", channel="press", visibility="public"),
}
"""Requests by a concern that they speak to."""


def pressed_by(play: Play, side: Side) -> set[tuple[str, str]]:
    """Concerns of a team that were pressed, with the rule that did it."""
    return {
        (play.table.lines[f"{side}/{event.line}"].concern, event.trace.rule)
        for event in play.events
        if isinstance(event, e.LinePressed) and event.side == side
    }


@pytest.mark.parametrize("concern", ASKS)
@pytest.mark.parametrize("side", SIDES)
def test_silence_presses_what_was_asked_about(side: Side, concern: str) -> None:
    """Whoever asks: a line about openness where facts were asked for, one about people where help was offered."""
    owned = {
        line.concern for line in shipped("bottomed-submarine").scenario.teams.team_of(side).lines if line.kind == "pink"
    }
    found: set[tuple[str, str]] = set()
    for seed in map(str, range(12)):
        play = Play(shipped("bottomed-submarine"), length=150, seed=seed)
        play.turn(**{side: (ASKS[concern],)})
        for _ in range(4):
            play.turn()
        found |= pressed_by(play, side)
    told = {pressed_concern for pressed_concern, rule in found if rule.startswith("silence")}
    spoken = set(shipped("bottomed-submarine").moves[ASKS[concern].move].concerns)
    assert told == spoken & owned


@pytest.mark.parametrize("side", SIDES)
def test_a_refusal_presses_what_was_asked_about(side: Side) -> None:
    """The door that is closed is the one that was knocked on: a question about blame, and not one about openness."""
    play = Play(shipped("bottomed-submarine"), length=150)
    asked = ASKS["openness"]
    play.turn(**{side: (asked,)})
    decline = play.table.moves[asked.move].asks
    assert decline is not None
    no = a.Draft(move=decline.decline, channel="embassies", visibility="private", answers=1, how="decline")
    play.turn(**{other(side): (no,)})
    assert pressed_by(play, side) == {("blame", "door-closed")}
