"""Positions: words that a team stands by, said again, said harder, kept by deeds or acted against."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.engine.asking import draft, go_on, refused, told
from tests.engine.play import Play, shipped
from tests.engine.play import in_time as play

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.judging.positions import AGAINST, SAID_AGAIN
from crisis_sim.engine.sight.feed_items import PositionItem
from crisis_sim.engine.state_parts import Stand
from crisis_sim.rules.names import SIDES, Side, other

FACTS = "facts-before-blame"
PLACE = "people-first"


def saying(move: str, position: str, **rest: Any) -> a.Draft:  # Any: fields of a draft
    """Words marked with a position: in private over the embassies, or in public."""
    aloud = rest.pop("aloud", False)
    way = ("press", "public") if aloud else ("embassies", "private")
    return msgspec.structs.replace(draft(move, *way, **rest), position=position)  # type: ignore[arg-type]  # a visibility


def stand(of: Play, side: Side, position: str) -> Stand:
    """A position as it stands."""
    return next(each for each in of.state.stands if (each.side, each.position) == (side, position))


WORN = "words-worn-thin"


def again(of: Play) -> list[tuple[int, int]]:
    """What weights became because a position had been said before: before and after."""
    return [
        (step.before, step.after)
        for event in told(of.events, e.ActWeighed)
        for step in event.steps
        if step.rule == SAID_AGAIN
    ]


def test_a_position_is_one_of_the_scenarios_and_goes_with_words_that_can_say_it() -> None:
    """At 45 minutes there is none to pick."""
    of = play()
    of.open_moves()
    assert list(of.say("us").dossier.positions) == list(of.table.material.positions)
    assert refused(of, "us", a.SealMove(draft=saying("private-inquiry", "nobody-s"))) == "move/position"
    assert refused(of, "us", a.SealMove(draft=saying("request-call", FACTS))) == "move/position"
    assert refused(of, "us", a.SealMove(draft=saying("criticise", FACTS, aloud=True))) == "move/position"
    short = play(length=45)
    short.open_moves()
    assert not short.say("us").dossier.positions and not short.table.positions
    assert refused(short, "us", a.SealMove(draft=saying("private-inquiry", FACTS))) == "move/position"


@pytest.mark.parametrize("side", SIDES)
def test_who_takes_one_is_told_to_both_and_to_nobody_who_did_not_hear_it(side: Side) -> None:
    """Its sentence is the team's; the act says which stand it is."""
    of = play()
    of.turn(**{side: (saying("private-inquiry", FACTS),)})
    assert (stand(of, side, FACTS).firmness, stand(of, side, FACTS).times) == (0, 1)
    for seat in ("us", "china", "facilitator"):
        assert [item.position for item in of.look(seat).feed if isinstance(item, PositionItem)] == [FACTS]
        assert any("position: First the facts" in f"{words}" for words in of.told(other(side)))
    assert not any(isinstance(item, PositionItem) for item in of.look("observer").feed)


def test_calming_words_said_again_count_half_and_never_less_than_a_quarter() -> None:
    """A quarter from the third time on."""
    of = play()
    for _ in range(4):
        of.turn(us=(saying("private-reassure", FACTS),))
    shares = [after / before for before, after in again(of)]
    assert shares == pytest.approx([0.5, 0.25, 0.25], abs=0.1)


def test_a_soothing_word_under_a_position_wears_once() -> None:
    """By the position that it says again, and not by the rule for soothing words besides; without one, by the rule."""
    marked, plain = play(), play()
    for _ in range(3):
        marked.turn(us=(saying("private-reassure", FACTS),))
        plain.turn(us=(draft("private-reassure", "embassies"),))
    rules = [[step.rule for event in told(of.events, e.ActWeighed) for step in event.steps] for of in (marked, plain)]
    assert rules[0].count(SAID_AGAIN) == 2 and WORN not in rules[0]
    assert rules[1].count(WORN) == 2 and SAID_AGAIN not in rules[1]


def test_hard_words_said_again_unchanged_add_nothing() -> None:
    """Neither weight nor pressure by the rules; the same words with no position are a step each time."""
    plain, marked = play(), play()
    for _ in range(2):
        plain.turn(us=(draft("criticise", "press", "public"),))
        marked.turn(us=(saying("criticise", PLACE, aloud=True),))
    weights = [[event.weight for event in told(of.events, e.ActWeighed)] for of in (plain, marked)]
    assert weights[0][0] == weights[1][0] > 0 and weights[0][1] > 0 and weights[1][1] == 0
    pressed = [{event.trace.act for event in told(of.events, e.LinePressed)} for of in (plain, marked)]
    assert ("us", 2, 1) in pressed[0] and ("us", 2, 1) not in pressed[1]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("private-protest", False), ("criticise", True)),  # of a higher class, and aloud
        (("warn", False), ("warn", True)),  # aloud
        (("criticise", True), ("public-demand", True)),  # of a higher class
    ],
)
def test_harder_words_are_a_step(first: tuple[str, bool], then: tuple[str, bool]) -> None:
    """And weigh what they weigh; back in the softer words afterwards they add nothing."""
    of = play()
    for move, aloud in (first, then, first):
        of.turn(us=(saying(move, PLACE, aloud=aloud),))
    weights = {event.act[1]: event.weight for event in told(of.events, e.ActWeighed) if event.act[2] == 1}
    assert weights[2] > 0 and weights[3] == 0


def test_firmness_grows_by_one_a_turn_where_another_audience_hears_it() -> None:
    """Up to three; said to the same again it stays, and how often in a turn makes no difference."""
    of, firm = play(), []
    ways = (False, False, True, False, True, False)
    for aloud in ways:
        of.turn(us=(saying("fact-statement", FACTS, aloud=aloud), saying("warn", FACTS, aloud=aloud)))
        firm.append(stand(of, "us", FACTS).firmness)
    assert firm == [0, 0, 1, 2, 3, 3]


def firmly(position: str, side: Side = "us") -> Play:
    """A session in which a team has said a position to two audiences, in turn 2 firmly."""
    of = play()
    for aloud in (False, True):
        of.turn(**{side: (saying("fact-statement", position, aloud=aloud),)})
    assert stand(of, side, position).firmness == 1
    return of


@pytest.mark.parametrize(
    ("ways", "relief"), [((), 100), ((False,), 100), ((False, True), 125), ((False, True, False), 150)]
)
def test_a_deed_that_keeps_it_relieves_more_by_firmness(ways: tuple[bool, ...], relief: int) -> None:
    """A quarter more for each step; a deed that keeps another relieves as ever."""
    of = play()
    for aloud in ways:
        of.turn(us=(saying("fact-statement", PLACE, aloud=aloud),))
    line = next(name for name in of.state.pressed("china") if of.table.lines[name].concern == "status")
    of.open_moves()
    of.submit("facilitator", a.Override(meter="pressure", of=line, to=500, reason="a test"))
    of.turn(us=(draft("joint-cell", "embassies", terms=("package",)),))
    assert 500 - of.state.pressure[line] == relief


@pytest.mark.parametrize("side", SIDES)
def test_an_act_against_it_costs_trust_by_firmness_and_ends_it(side: Side) -> None:
    """Half a point for each step, of the other side's; nothing where it was said once, and only once altogether."""
    accuse = draft("accuse", "press", "public")
    loose = play()
    loose.turn(**{side: (saying("fact-statement", FACTS),)})
    loose.turn(**{side: (accuse,)})
    firm = firmly(FACTS, side)
    firm.turn(**{side: (accuse, draft("criticise", "press", "public"))})
    for of, cost in ((loose, []), (firm, [-50])):
        moved = [
            event.trace.after - event.trace.before
            for event in told(of.events, e.NumberMoved)
            if (event.meter, event.of, event.trace.rule) == ("trust", other(side), AGAINST)
        ]
        assert moved == cost
        assert [(event.side, event.act[2]) for event in told(of.events, e.PositionBroken)] == [(side, 1)]
        assert stand(of, side, FACTS).broken == of.state.turn
    firm.turn(**{side: (saying("fact-statement", FACTS),)})
    assert [(each.firmness, each.broken) for each in firm.state.stands] == [(1, 3), (0, 0)], "taken anew"


def test_words_against_it_in_the_same_turn_make_it_no_firmer() -> None:
    """It was said to a second audience, and acted against."""
    of = play()
    of.turn(us=(saying("fact-statement", FACTS),))
    of.turn(us=(saying("fact-statement", FACTS, aloud=True), draft("accuse", "press", "public")))
    assert [(each.firmness, each.broken) for each in of.state.stands] == [(0, 2)]


def test_what_was_said_is_the_same_whichever_act_is_judged_first() -> None:
    """A position taken this turn weighs on no other act of it."""
    of = play()
    of.turn(us=(saying("warn", PLACE), saying("warn", PLACE, aloud=True)))
    assert again(of) == [] and not told(of.events, e.PositionBroken)


def test_the_hotwash_opens_all_of_them() -> None:
    """Whose, since when, how firm, and whether they held."""
    of = firmly(FACTS)
    of.turn(us=(draft("accuse", "press", "public"),))
    go_on(of, "hotwash")
    hotwash = of.look("observer").hotwash
    assert hotwash is not None
    assert [(each.side, each.since, each.times, each.firmness, each.broken) for each in hotwash.positions] == [
        ("us", 1, 2, 1, 3)
    ]


@pytest.mark.parametrize("name", sorted(shipped("bottomed-submarine").positions))
def test_no_act_says_a_position_and_goes_against_it(name: str) -> None:
    """Each has words to be said in, and neither keeps nor breaks itself by them alone."""
    of = play()
    of.open_moves()
    for move in of.table.positions[name].with_moves:
        assert of.table.moves[move].family in {"contact", "reassure", "inform", "protest", "coerce"}, move
        assert of.table.moves[move].severity < 4, "words, and no deed"
