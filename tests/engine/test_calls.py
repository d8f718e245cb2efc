"""What a call is for is sealed and moves nothing; home expects something of a call that it hears of, and looks."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec import UNSET
from msgspec.structs import replace as with_fields
from tests.engine.asking import draft, go_on, moved_of, refused, told
from tests.engine.play import Play, shipped, varied
from tests.engine.test_takers import EMBASSIES, called
from tests.engine.twins import Twins, first_difference, objective, shown

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.material import Material
from crisis_sim.content.sources import sha256
from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.views.shared_facts import CallFacts
from crisis_sim.rules.names import PURPOSES, SIDES, Purpose, Side

SHIPPED = "bottomed-submarine"


def take(**rest: Any) -> a.Draft:  # Any: fields of a draft
    """China takes the only call that there is."""
    fields: dict[str, Any] = {"answers": 1, "how": "accept", "taker": "minister"} | rest
    return draft("take-call", EMBASSIES, **fields)


LEADERS = draft("leader-call", EMBASSIES, "public")
"""Proposed in public."""


def talked(purpose: Purpose = "settle", guess: Purpose = "seen", **rest: Any) -> Play:  # Any: of what asks for it
    """A call was taken; what came of it is still open."""
    play = called(**rest)
    play.submit("china", a.SealMove(draft=take(purpose=purpose, their_purpose=guess)))
    while not play.state.exchanges:
        play.turn()
    return play


def published(play: Play) -> Play:
    """One side gives its account of the call in the turn after, and the turn is judged."""
    play.open_moves()
    play.submit("us", a.SealReadout(exchange=1, outcome="talked", tone=0))
    go_on(play, "results")
    return play


def seal(seat: Side, **fields: Any) -> a.SealMove:  # Any: of a draft
    return a.SealMove(draft=draft("request-call", EMBASSIES, **fields))


def test_whoever_asks_for_a_call_or_takes_one_says_what_for_and_nobody_else_does() -> None:
    """Both keys, or it is refused; a purpose of anything else is refused too."""
    play = called()
    half = a.SealMove(draft=take(purpose="ask"))
    assert refused(play, "china", half) == "call/purpose"
    asks = a.SealMove(draft=draft("request-call", EMBASSIES, their_purpose="ask", purpose="seen"))
    play.submit("us", asks)
    stray = a.SealMove(draft=draft("private-inquiry", EMBASSIES, purpose="ask", their_purpose="ask"))
    assert refused(play, "us", stray) == "call/unasked"
    no: dict[str, Any] = {"answers": 1, "how": "decline", "purpose": "ask"}
    assert refused(play, "china", a.SealMove(draft=draft("refuse-contact", EMBASSIES, **no))) == "call/unasked"


@pytest.mark.parametrize("length", [45, 90])
def test_where_it_is_not_asked_for_nothing_is_asked_or_expected(length: int) -> None:
    """At 45 minutes, and in a scenario that does not say so."""
    unasked = varied(shipped(SHIPPED, ("core",)), lambda tree: tree.pop("call_purposes") if length != 45 else None)
    play = Play(unasked, length=length)
    play.open_moves()
    assert play.look("us").expectation is None and not play.state.expectation  # type: ignore[union-attr]  # a team
    channel = next(iter(play.table.carriers["request-call"]))
    said = a.SealMove(draft=draft("request-call", channel, purpose="ask", their_purpose="ask"))
    assert refused(play, "us", said) == "call/unasked"
    play.submit("us", a.SealMove(draft=draft("request-call", channel)))
    assert play.team("us").drafts[0].draft.purpose is UNSET


def test_a_call_that_nobody_hears_of_moves_nothing_at_home() -> None:
    """It was asked for and taken in private, and neither side gave an account of it."""
    play = talked()
    play.turn()
    play.turn()
    assert not told(play.events, e.CallJudged) and not moved_of(play, "a call", "standing")


def test_a_published_call_of_which_nothing_came_costs_what_was_expected() -> None:
    """Both homes hear of it: 0.5 × (0 − 0.3) each, once."""
    play = published(talked())
    assert [event.came for event in told(play.events, e.CallJudged)] == [False]
    assert moved_of(play, "a call", "standing") == [("us", -15), ("china", -15)]
    play.turn()
    assert len(told(play.events, e.CallJudged)) == 1


@pytest.mark.parametrize("kind", ["request", "promise"])
def test_what_came_of_a_call_by_the_end_of_the_next_turn_wins_what_was_not_expected(kind: str) -> None:
    """A request that is accepted, or a promise: 0.5 × (1 − 0.3)."""
    play = called()
    play.submit("china", a.SealMove(draft=take()))
    if kind == "request":
        play.submit("us", a.SealMove(draft=draft("offer-help", EMBASSIES)))
    while not play.state.exchanges:
        play.turn()
    play.open_moves()
    if kind == "request":
        number = play.look("china").requests[-1].number  # type: ignore[union-attr]  # a team's view
        accepts = play.look("china").requests[-1].accept  # type: ignore[union-attr]  # as above
        play.submit("china", a.SealMove(draft=draft(accepts, EMBASSIES, answers=number, how="accept")))
    else:
        made = next(name for name, of in play.table.commitments.items() if of.binds == "maker")
        move = play.table.commitments[made].with_moves[0]
        over, how = play.table.carriers[move][0], play.table.moves[move].visibility[0]
        play.submit("china", a.SealMove(draft=draft(move, over, how, promise=made)))
    published(play)
    assert [event.came for event in told(play.events, e.CallJudged)] == [True], kind
    assert moved_of(play, "a call", "standing") == [("us", 35), ("china", 35)]


def test_an_announced_call_is_expected_more_of_by_the_home_that_was_told_so() -> None:
    """The leaders' call is proposed in public: the proposer's home expects 0.7 of it, and is back at 0.3 afterwards."""
    play = Play(shipped(SHIPPED, ("core",)), length=150)
    play.turn(us=(LEADERS,))
    assert moved_of(play, "a call announced", "expectation") == [("us", 40)]
    assert [play.look(side).expectation for side in SIDES] == [70, 30]  # type: ignore[union-attr]  # teams
    play.open_moves()
    play.submit("china", a.SealMove(draft=take()))
    while not told(play.events, e.CallJudged):
        play.turn()
    assert moved_of(play, "a call", "standing") == [("us", -35), ("china", -15)]
    assert play.state.expectation == {"us": 30, "china": 30}


def managing(by: float) -> Material:
    """The scenario with a move of its own that changes what home expects of calls."""
    bundle = msgspec.json.decode(msgspec.json.encode(shipped(SHIPPED, ("core",)).bundle()))
    pack = bundle["packs"][0]
    rule = {
        "id": "managed", "kind": "pink", "says": "Home was told not to expect much.", "source": "a test",
        "when": {"move": "fact-statement"}, "then": {"expectation": {"sender": by}},
    }  # fmt: skip
    pack["tree"]["rules"].append(rule)
    pack["sha256"] = sha256(pack["tree"])
    return material_from_bundle(bundle)


@pytest.mark.parametrize(("by", "left"), [(-0.25, 5), (-0.5, 0), (0.9, 100)])
def test_a_move_can_manage_what_is_expected_between_nothing_and_all(by: float, left: int) -> None:
    """Never below 0, nor above 1; and at 45 minutes not at all."""
    play = Play(managing(by), length=90)
    play.turn(us=(draft("fact-statement", EMBASSIES),))
    assert play.state.expectation == {"us": left, "china": 30}
    short = Play(managing(by), length=45)
    short.turn(us=(draft("fact-statement", EMBASSIES),))
    assert not short.state.expectation


def test_what_is_said_after_the_call_lowers_nothing_of_what_was_expected_of_it() -> None:
    """Home judges by what it expected when the turn began in which it looks."""
    play = Play(managing(-0.25), length=150)
    play.turn(us=(LEADERS,))
    play.open_moves()
    play.submit("china", a.SealMove(draft=take()))
    while not play.state.exchanges:
        play.turn()
    play.turn(us=(draft("fact-statement", EMBASSIES),))
    assert moved_of(play, "a call", "standing") == [("us", -35), ("china", -15)]
    assert play.state.expectation["us"] == 30


def test_the_last_turn_is_not_free() -> None:
    """A call that is taken as play ends is looked at as it stands."""
    play = Play(shipped(SHIPPED, ("core",)), length=90)
    while play.state.turn < play.table.turns - 2:
        play.turn()
    play.turn(us=(LEADERS,))
    play.open_moves()
    taken = take(visibility="public", audience="them")
    play.submit("china", a.SealMove(draft=taken))
    go_on(play, "closing")
    assert [of.turn for of in play.state.exchanges] == [play.table.turns]
    assert moved_of(play, "a call", "standing") == [("us", -35), ("china", -15)]


def test_the_hotwash_lays_what_each_wanted_beside_what_the_other_guessed() -> None:
    """And what came of it; until then neither knows of the other's."""
    play = published(talked("settle", "seen"))
    assert b"their_purpose" not in shown(play, "us") and b'"settle"' not in shown(play, "us")
    go_on(play, "hotwash")
    hotwash = play.look("us").hotwash
    assert hotwash is not None
    call: CallFacts = hotwash.calls[0]
    assert (call.purposes, call.guesses) == ({"us": "ask", "china": "settle"}, {"us": "ask", "china": "seen"})
    assert call.heard_of and not (call.requests or call.promises)


@pytest.mark.parametrize("hider", SIDES)
def test_what_a_call_is_for_moves_nothing_and_is_shown_to_nobody(hider: Side) -> None:
    """Two sessions that differ in one side's purposes alone are the same in all that stands, and to all who watch."""
    pair = Twins(shipped(SHIPPED), ("curious", "mirror"), "3", "all", hider, length=90)
    one, two, seen = pair.begun(), pair.begun(), 0
    for number, (seat, action) in enumerate(pair.actions()):
        other_action = action
        if seat == hider and isinstance(action, a.SealMove) and action.draft.purpose is not UNSET:
            seen += 1
            purpose, guess = PURPOSES[number % 4], PURPOSES[(number + 1) % 4]
            other_action = a.SealMove(draft=with_fields(action.draft, purpose=purpose, their_purpose=guess))
        one.submit(seat, action)
        two.submit(seat, other_action)
        for watcher in pair.watchers():
            views = shown(one, watcher), shown(two, watcher)
            assert views[0] == views[1], first_difference(*views)
    assert seen, "somebody asked for a call or took one"
    assert told(one.events, e.CallJudged), "and home heard of one"
    assert objective(one)[:2] == objective(two)[:2]
    for meter in ("felt", "trust", "pressure", "expectation"):
        assert getattr(one.state, meter) == getattr(two.state, meter)


def test_a_log_of_before_says_nothing_of_what_a_call_is_for() -> None:
    """A draft without the two fields is read as one, and written so again."""
    old = msgspec.json.encode(a.Draft(move="request-call", channel=EMBASSIES))
    kept = msgspec.json.decode(old, type=a.Draft)
    assert b"purpose" not in old and kept.purpose is UNSET and msgspec.json.encode(kept) == old


def test_a_scenario_names_no_length_that_it_has_not() -> None:
    """The key is checked as the others that name lengths are."""
    material = varied(SHIPPED, lambda tree: tree.update(call_purposes=[90]))
    assert Play(material, length=150).table.calls is None
    assert Play(material, length=90).table.calls is not None
