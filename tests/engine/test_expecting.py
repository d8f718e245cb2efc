"""What a team thinks the other guesses of its lines: asked where a session wants it, sealed like the guesses."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from tests.engine.asking import go_on, refused, told
from tests.engine.play import Play
from tests.small import small_material

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.line_writing import LONGEST_LINE, MOST_LINES
from crisis_sim.engine.sight.hotwash_facts import HotwashFacts
from crisis_sim.engine.state import State


def asking() -> Play:
    """The small scenario at its briefing, in a session that asks."""
    return Play(small_material(), second_order=True)


def expect(says: str = "XQZ they think that we mind this", **rest: object) -> a.ExpectGuess:
    fields = {"line": "red", "concern": "face", "says": says, "weight": 5, **rest}
    return a.ExpectGuess(**fields)  # type: ignore[arg-type]  # the fields above fit


def expected(state: State) -> list[str]:
    return [guess.says for guess in state.us.expected_before]


def opened(play: Play) -> HotwashFacts:
    hotwash = play.white().hotwash
    assert hotwash is not None
    return hotwash


def test_a_session_that_does_not_ask_refuses_it() -> None:
    """With a code, and a word of what can be done instead; sessions do not ask unless somebody wants it."""
    play = Play(small_material())
    assert not play.say("us").dossier.second_order
    for action in (expect(), a.DropExpected(number=1)):
        assert refused(play, "us", action) == "expect/not-asked"


def test_a_scenario_asks_by_length_and_a_session_may_choose_otherwise() -> None:
    """A facilitator who has no time for it leaves it out."""
    material = small_material()
    asks = replace(material, scenario=material.scenario.model_copy(update={"second_order": (150,)}))
    assert [Play(asks, length=length).table.asks("second_order") for length in (90, 150)] == [False, True]
    assert not Play(asks, length=150, second_order=False).table.asks("second_order")
    assert Play(asks, length=90, second_order=True).table.asks("second_order")


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (expect(concern="weather"), "line/concern"),
        (expect(weight=11), "line/weight"),
        (expect(" "), "line/words"),
        (expect("\u202e\x1b"), "line/words"),
        (expect("x" * (LONGEST_LINE + 1)), "line/words"),
        (a.DropExpected(number=1), "expect/unknown"),
        (a.DropExpected(number=0), "expect/unknown"),
    ],
)
def test_what_cannot_be_a_guess_is_refused(action: a.AnyAction, code: str) -> None:
    """By the same rules as a guess of theirs."""
    assert refused(asking(), "us", action) == code


def test_what_is_expected_is_kept_clean_and_can_be_taken_back() -> None:
    """There is room for seven; hostile text is made inert at the door."""
    play = asking()
    play.submit("us", expect("[/]\x1b[31m \u202eThey think so"))
    assert expected(play.state) == ["[/][31m They think so"]
    for number in range(1, MOST_LINES):
        play.submit("us", expect(f"Line {number}"))
    assert refused(play, "us", expect()) == "expect/many"
    play.submit("us", a.DropExpected(number=1))
    assert expected(play.state) == [f"Line {number}" for number in range(1, MOST_LINES)]
    assert [each.number for each in play.team("us").expected] == list(range(1, MOST_LINES))


def test_it_is_asked_before_and_after_and_not_between() -> None:
    """Guesses of the closing stand beside those of the briefing; what was sealed stands."""
    play = asking()
    play.submit("us", expect("Before"))
    play.submit("us", a.SealLines())
    assert refused(play, "us", expect()) == "lines/sealed"
    play.open_moves()
    assert refused(play, "us", expect()) == "phase/lines"
    assert [each.says for each in play.team("us").expected] == ["Before"]
    go_on(play, "closing")
    assert play.team("us").expected == (), "asked afresh"
    play.submit("us", expect("After"))
    assert [event.stage for event in told(play.events, e.GuessExpected)] == ["before", "after"]
    assert [each.says for each in play.white().us.expected] == ["After"]
    go_on(play, "hotwash")
    us, china = opened(play).lines
    assert [[each.says for each in stage] for stage in (us.expected_before, us.expected_after)] == [
        ["Before"],
        ["After"],
    ]
    assert (china.expected_before, china.expected_after) == ((), ())


def test_nobody_but_its_team_and_the_facilitator_sees_it_before_the_hotwash() -> None:
    """The other team's view is the same to the byte whether or not anything was expected, and so is an observer's."""
    said, silent = asking(), asking()
    said.submit("us", expect())
    said.submit("us", expect())
    said.submit("us", a.DropExpected(number=2))
    assert {event.visible for event in said.events} == {"us"}
    outside: tuple[a.SeatName, ...] = ("china", "observer")
    inside: tuple[a.SeatName, ...] = ("us", "facilitator")
    for seat in outside:
        assert msgspec.json.encode(said.look(seat)) == msgspec.json.encode(silent.look(seat))
    for seat in inside:
        assert b"XQZ" in msgspec.json.encode(said.look(seat))
    go_on(said, "hotwash")
    for seat in a.SEATS:
        assert b"XQZ" in msgspec.json.encode(said.look(seat))


def test_only_a_team_is_asked() -> None:
    """Neither the facilitator nor an observer has lines."""
    for seat in ("facilitator", "observer"):
        assert refused(asking(), seat, expect()) == "seat/team"
