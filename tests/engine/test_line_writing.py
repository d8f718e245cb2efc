"""Lines and guesses: what a team writes down before play, and once more after it."""

from __future__ import annotations

import pytest
from tests.engine.asking import BLAME, go_on, refused, told
from tests.engine.play import Play, small

from crisis_sim.engine import actions as a
from crisis_sim.engine import events as e
from crisis_sim.engine.acts.line_writing import LONGEST_LINE, MOST_LINES
from crisis_sim.pages.line_blocks import word_of


def pink(says: str = "Hints that we did it", **rest: object) -> a.WriteLine:
    """A line of our own."""
    fields = {"line": "pink", "concern": "face", "says": says, "weight": 5, **rest}
    return a.WriteLine(**fields)  # type: ignore[arg-type]  # the fields above fit


def test_all_lines_of_the_scenario_are_ours_until_we_choose() -> None:
    """A team that never adopts any plays with all of them; those left out are set aside, and shown so."""
    play = small()
    assert {line.id for line in play.team("us").lines if line.adopted} == {"hull-survey", "boarding"}
    play.submit("us", a.AdoptLines(lines=("boarding", "boarding")))
    assert play.state.us.adopted == ("boarding",)
    words = {line.id: word_of(line, play.say("us")) for line in play.team("us").lines}
    assert words == {"hull-survey": "set aside", "boarding": "quiet"}
    assert play.state.china.adopted == ("public-blame", "forced-removal")


def test_a_line_of_our_own_is_kept_with_an_id_that_is_never_used_twice() -> None:
    """Dropping one does not free its name, since the log speaks of it."""
    play = small()
    play.submit("us", pink())
    play.submit("us", a.DropLine(line="own-1"))
    play.submit("us", pink("Another"))
    assert [line.id for line in play.state.us.own_lines] == ["own-2"]
    assert play.state.pressure["us/own-2"] == 0
    assert "us/own-1" not in play.state.pressure


def test_a_pink_line_of_our_own_leads_to_a_red_line_of_ours() -> None:
    """The scenario's or our own, but none that is pink, theirs, unknown or set aside."""
    play = small()
    play.submit("us", pink(leads_to="boarding"))
    play.submit("us", a.WriteLine(line="red", concern="face", says="We are named as culprits", weight=9))
    play.submit("us", pink(leads_to="own-2"))
    assert refused(play, "us", a.DropLine(line="own-2")) == "line/led-to"
    for wrong in ("hull-survey", "forced-removal", "own-9"):
        assert refused(play, "us", pink(leads_to=wrong)) == "line/leads"
    assert refused(play, "us", pink(line="red", leads_to="boarding")) == "line/leads"
    play.submit("us", a.AdoptLines(lines=("hull-survey",)))
    assert refused(play, "us", pink(leads_to="boarding")) == "line/leads"


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (a.AdoptLines(lines=("public-blame",)), "line/unknown"),
        (a.DropLine(line="hull-survey"), "line/not-ours"),
        (pink(concern="weather"), "line/concern"),
        (pink(weight=11), "line/weight"),
        (pink(weight=-1), "line/weight"),
        (pink(""), "line/words"),
        (pink("\u202e\x1b"), "line/words"),
        (pink("x" * (LONGEST_LINE + 1)), "line/words"),
        (a.GuessLine(line="red", concern="weather", says="x", weight=1), "line/concern"),
        (a.GuessLine(line="red", concern="face", says=" ", weight=1), "line/words"),
        (a.DropGuess(number=1), "guess/unknown"),
        (a.DropGuess(number=0), "guess/unknown"),
    ],
)
def test_what_cannot_be_a_line_is_refused(action: a.AnyAction, code: str) -> None:
    """Each with its own code and a way out."""
    assert refused(small(), "us", action) == code


def test_lists_have_room_for_seven() -> None:
    """Of lines and of guesses each."""
    play = small()
    for number in range(MOST_LINES):
        play.submit("us", pink(f"Line {number}"))
        play.submit("us", a.GuessLine(line="pink", concern="face", says=f"Guess {number}", weight=3))
    assert refused(play, "us", pink()) == "line/many"
    assert refused(play, "us", a.GuessLine(line="red", concern="face", says="x", weight=1)) == "guess/many"
    play.submit("us", a.DropGuess(number=2))
    assert [guess.says for guess in play.state.us.guesses_before] == [f"Guess {n}" for n in (0, 2, 3, 4, 5, 6)]


def test_sealed_lines_stand() -> None:
    """A second seal is refused, and so is every change after the first."""
    play = small()
    play.submit("us", a.SealLines())
    for action in (a.SealLines(), pink(), a.AdoptLines(lines=())):
        assert refused(play, "us", action) == "lines/sealed"
    play.submit("china", pink())


def test_lines_are_written_before_and_guessed_before_and_after() -> None:
    """In a turn neither; in the closing our own lines stand as they were played."""
    play = small()
    play.open_moves()
    assert refused(play, "us", pink()) == "phase/lines"
    go_on(play, "closing")
    assert refused(play, "us", pink()) == "lines/played"
    assert refused(play, "us", a.AdoptLines(lines=())) == "lines/played"
    play.submit("us", a.GuessLine(line="red", concern="sovereignty", says="Forcing us off", weight=9))
    assert [event.stage for event in told(play.events, e.LineGuessed)] == ["after"]


def test_only_a_team_has_lines() -> None:
    """Neither the facilitator nor an observer writes any."""
    for seat in ("facilitator", "observer"):
        assert refused(small(), seat, a.SealLines()) == "seat/team"


def press_face(play: Play, times: int) -> None:
    """Blame China in public, once a turn."""
    for _ in range(times):
        play.turn(us=(BLAME,))


def test_a_line_of_our_own_is_pressed_by_its_concern() -> None:
    """Rules press lines by concern, whoever wrote them."""
    play = small(length=150)
    play.submit("china", pink())
    press_face(play, 1)
    pressed = {event.line for event in told(play.events, e.LinePressed) if event.side == "china"}
    assert pressed == {"public-blame", "own-1"}


def test_a_line_set_aside_is_neither_pressed_nor_crossed() -> None:
    """Not by a rule, not by what the scenario says presses it, and not through a pink line that leads to it."""
    play = small(length=150)
    play.submit("china", a.AdoptLines(lines=("public-blame",)))
    press_face(play, 4)
    assert play.state.pressure["china/public-blame"] >= 300
    assert not play.state.crossings
    assert told(play.events, e.NearMiss), "its team still learns that it is at its limit"
    aside = small(length=150)
    aside.submit("china", a.AdoptLines(lines=()))
    press_face(aside, 4)
    assert not told(aside.events, e.LinePressed)
