"""Every cell of a comparison, from two courses written by hand."""

from __future__ import annotations

import json
from typing import Any

from msgspec.structs import replace
from tests.engine.play import small

from crisis_sim.cli.compare import as_json, page, parting_rows, refused_rows
from crisis_sim.engine.views.dossier import TrackEntry
from crisis_sim.engine.views.dossiers import dossier_for
from crisis_sim.engine.views.shared_facts import ActFacts, BeliefFacts
from crisis_sim.errors import ActionRefused
from crisis_sim.session.course import Course, CourseAct, Parting, TurnPoint, contrast
from crisis_sim.session.rejudge import RefusedAct

CASES = TrackEntry(
    name={"en": "Severe cases"}, unit={"en": "patients"}, least=0, most=9_000, good="down", runs_out=False
)
KNOWN = replace(dossier_for(small().table, "facilitator"), tracks={"severe-cases": CASES})
ALERT = {"en": "Alert"}
CALL = CourseAct(ActFacts(side="us", channel="hotline", visibility="private", move="request-call"), -1, 0, 2)
CALLED = "United States: Ask for a call, Defence hotline, private"
BLAME = CourseAct(ActFacts(side="china", channel="press", visibility="public", move="criticise"), 0, None, None)
AT_HOME = BLAME._replace(expected=2, reading=1, audience="home", taken_for="them")
CLOSED = ActionRefused("channel/suspended", channel="hotline")


def turn(number: int, tension: int, **more: Any) -> TurnPoint:  # Any: fields of a turn
    point = TurnPoint(
        number=number,
        hour=number * 24,
        tension=tension,
        felt_us=tension + 100,
        felt_china=tension - 50,
        trust={"us": 400, "china": 500},
        standing={"us": 600, "china": 700},
        tracks={"severe-cases": 1_000 + number},
        pressure={"us/hull": 25},
        acts=(),
        crossed=(),
        concluded=(),
        drawn_back=(),
        injects=(),
    )
    return point._replace(**more)


def course(*turns: TurnPoint, **more: Any) -> Course:  # Any: fields of a course
    made = Course({"en": "An outbreak"}, "s1", ("core", "calms"), 45, "7", True, (turn(0, 3_000), *turns))
    return made._replace(**more)


A = course(
    turn(1, 3_100, acts=(CALL, BLAME), injects=(ALERT,)),
    turn(2, 3_250, crossed=("us/own-soil",), concluded=("us/hull",), acts=(CALL,)),
)
B = course(
    turn(1, 3_100, acts=(CALL._replace(reading=-2), BLAME), injects=(ALERT, {"en": "Rumour"})),
    turn(2, 2_900, crossed=("china/face",), acts=(CALL, CALL._replace(intent=3, reading=0))),
    turn(3, 2_800, tracks={"severe-cases": 1_003, "new": 5}, trust={"us": 450, "china": 500}),
    session="s2",
    ended=False,
)


A1 = course(turn(1, 3_000, acts=(AT_HOME,)))


def test_two_courses_side_by_side() -> None:
    """Numbers with an arrow where they differ, a star where anything does, what only one has, and both ends."""
    assert "\n".join(page(contrast(A, B), ["They share nothing."], KNOWN)) == (
        "A: An outbreak, 45 minutes, seed 7, session s1, rules core, calms\n"
        "B: An outbreak, 45 minutes, seed 7, session s2, rules core, calms, not played to its end\n"
        "\n"
        "They share nothing.\n"
        "The first difference in numbers, acts or readings is in turn 1.\n"
        "\n"
        "Turn by turn, A → B:\n"
        "  turn  tension    felt by US  felt by China\n"
        "  1     31         32          30.5           *\n"
        "  2     32.5 → 29  33.5 → 30   32 → 28.5      *\n"
        "  3     – → 28     – → 29      – → 27.5       *\n"
        "\n"
        "Turn 1\n"
        "  B only: inject, Rumour\n"
        "\n"
        "Turn 2\n"
        "  B only: United States: Ask for a call, Defence hotline, private (meant +3, expected 0, taken as 0)\n"
        "  A only: red line crossed, US: own soil\n"
        "  A only: conclusion drawn, US: hull\n"
        "  B only: red line crossed, China: face\n"
        "\n"
        "At the end of A, and where the log of B ends:\n"
        "                               A      B\n"
        "  tension                      32.5   28\n"
        "  felt by US                   33.5   29\n"
        "  felt by China                32     27.5\n"
        "  trust of US                  4      4.5\n"
        "  trust of China               5      5\n"
        "  standing of US               6      6\n"
        "  standing of China            7      7\n"
        "  Severe cases, patients       10.02  10.03\n"
        "  red lines crossed            1      1\n"
        "  conclusions drawn            1      0\n"
        "  drawn back from conclusions  0      0"
    )


def test_what_only_the_first_has_is_told_of_it() -> None:
    """The other way round, with an act that was not read, and lengths that differ."""
    told = list(page(contrast(course(turn(1, 3_000, acts=(BLAME,), injects=(ALERT,))), course(length=90)), [], KNOWN))
    assert "  A only: China: Criticise in public, Press, public (meant 0, not read)" in told
    assert "  A only: inject, Alert" in told
    assert "They have different lengths, so that turns of one number may be at different hours." in told


def test_another_expectation_or_audience_is_another_act() -> None:
    """Whoever foresaw the sting, or spoke for home, did not do the same; how it was heard is no act of the sender's."""
    heard = course(turn(1, 3_000, acts=(AT_HOME._replace(reading=2, taken_for="home"),)))
    told = {
        name: [row for row in page(contrast(A1, other), [], KNOWN) if " only: " in row]
        for name, other in {
            "heard": heard,
            "expected": course(turn(1, 3_000, acts=(AT_HOME._replace(expected=1),))),
            "audience": course(turn(1, 3_000, acts=(AT_HOME._replace(audience="them"),))),
        }.items()
    }
    assert told["heard"] == []
    assert len(told["expected"]) == len(told["audience"]) == 2
    assert told["audience"][0] == (
        "  A only: China: Criticise in public, Press, public (meant 0, expected +2, mainly for home, taken as\n"
        "  +1, taken to be mainly for the other side)"
    )


def test_the_start_may_be_otherwise() -> None:
    """It has no row of its own among the turns."""
    told = list(page(contrast(A, A._replace(turns=(turn(0, 2_000), *A.turns[1:]))), [], KNOWN))
    assert told[3] == "The first difference in numbers, acts or readings is at the start."
    assert told[6].split("\n")[1:] == ["  1     31       32          30.5", "  2     32.5     33.5        32"]


def test_nothing_otherwise_is_said_and_no_more() -> None:
    """After what the two are."""
    assert list(page(contrast(A, A), [], KNOWN))[3:] == [
        "Nothing is otherwise: every turn has the same numbers, acts and readings."
    ]


def test_where_two_logs_part_is_a_sentence() -> None:
    """The same log, no shared entry, the briefing, a turn, and an end."""
    assert parting_rows(Parting(7, 2, "", "")) == ["The two logs have the same 7 entries."]
    assert parting_rows(Parting(0, 0, "us: seal move", "us: seal move")) == [
        "The two logs share no entry; they are sessions of their own."
    ]
    assert parting_rows(Parting(3, 0, "us: seal move", "china: pause")) == [
        "They share 3 entries and part in the briefing: A goes on with us: seal move, B with china: pause."
    ]
    assert parting_rows(Parting(9, 2, "", "china: pause")) == [
        "They share 9 entries and part in turn 2: A goes on with nothing, B with china: pause."
    ]
    assert parting_rows(Parting(9, 2, "china: pause", ""))[0].endswith("china: pause, B with nothing.")


def test_acts_that_were_refused_are_counted_and_told() -> None:
    """Or it is said that there were none."""
    assert refused_rows([], KNOWN) == ["All acts could be made under the other rules."]
    assert refused_rows([RefusedAct(12, 2, "us", CLOSED)], KNOWN) == [
        "1 of the acts could not be made under the other rules and is left out of B:",
        "  entry 12, turn 2, us: Defence hotline is suspended",
    ]


def test_programs_get_points_as_numbers() -> None:
    """Hundredths become decimals; what counts or names stays as it is."""
    found = json.loads(as_json(contrast(A, B), Parting(3, 1, "x", ""), KNOWN))
    assert (found["format"], found["parting"]) == (1, {"shared": 3, "turn": 1, "a": "x", "b": ""})
    assert found["b"]["ended"] is False and found["b"]["packs"] == ["core", "calms"]
    assert found["a"]["turns"][2] == {
        "number": 2,
        "hour": 48,
        "tension": 32.5,
        "felt_us": 33.5,
        "felt_china": 32.0,
        "trust": {"us": 4.0, "china": 5.0},
        "standing": {"us": 6.0, "china": 7.0},
        "tracks": {"severe-cases": 10.02},
        "pressure": {"us/hull": 0.25},
        "acts": [
            {
                "side": "us",
                "head": "United States: Ask for a call, Defence hotline, private",
                "intent": -1,
                "expected": 0,
                "audience": None,
                "taken_for": None,
                "reading": 2,
            }
        ],
        "crossed": ["us/own-soil"],
        "concluded": ["us/hull"],
        "drawn_back": [],
        "injects": [],
    }
    refused = json.loads(as_json(contrast(A, A), [RefusedAct(1, 0, "us", CLOSED)], KNOWN))["refused"]
    assert refused == [{"seq": 1, "turn": 0, "seat": "us", "sentence": "Defence hotline is suspended"}]


def test_the_first_may_go_on_for_longer_and_cross_more() -> None:
    """A dash stands for a turn that the second has not; crossings are counted for each."""
    told = "\n".join(page(contrast(A, course(turn(1, 3_100))), [], KNOWN))
    assert "  2     32.5 → –  33.5 → –    32 → –         *" in told
    assert "  red lines crossed            1      0" in told and "  conclusions drawn            1      0" in told


def test_the_last_numbers_say_whether_they_are_those_of_the_end() -> None:
    """Both, one or neither may have come to its hotwash."""
    ends = {
        (True, True): "At the end:",
        (False, True): "At the end of B, and where the log of A ends:",
        (False, False): "Where their logs end:",
    }
    for (a, b), said in ends.items():
        two = contrast(A._replace(ended=a), B._replace(ended=b))
        assert said in page(two, [], KNOWN)


def test_a_title_or_an_act_of_several_lines_stays_one_line() -> None:
    """It cannot pass for another row; in JSON it is as it was written, in its own script."""
    foul = "危机\nA only: forged\x1b[2J"
    known = replace(KNOWN, moves={**KNOWN.moves, "criticise": replace(KNOWN.moves["criticise"], label={"en": foul})})
    one = course(turn(1, 3_000, acts=(BLAME,), injects=({"en": foul},)), title={"en": foul})
    told = "\n".join(page(contrast(one, course(turn(1, 3_000))), [], known)).split("\n")
    assert told[0].startswith("A: 危机 A only: forged")
    assert not any(row.strip().startswith("A only: forged") for row in told)
    assert "危机" in as_json(contrast(one, one), [], known)


def test_beliefs_are_compared_where_either_session_asked_for_them() -> None:
    """Their scores, by side; JSON has what was said too."""
    held = BeliefFacts(side="china", said=((1, 20), (2, 30)), came=False)
    told = "\n".join(page(contrast(A, B), [], KNOWN, ((held,), ())))
    assert [row.split()[-2:] for row in told.splitlines() if "Brier" in row] == [["0.065", "–"]]
    assert "Brier" not in "\n".join(page(contrast(A, B), [], KNOWN))
    both = json.loads(as_json(contrast(A, B), Parting(0, 0, "", ""), KNOWN, ((held,), ())))
    assert both["a"]["beliefs"][0]["brier"] == 0.065 and both["a"]["beliefs"][0]["said"] == [[1, 20], [2, 30]]
    assert both["b"]["beliefs"] == []
