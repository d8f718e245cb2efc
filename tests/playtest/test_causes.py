"""Why something was never reached is followed back to what never happened first, with what to try."""

from __future__ import annotations

import pytest
from tests.engine.play import shipped

from crisis_sim.playtest.causes import MissingCause, NeverReached
from crisis_sim.playtest.reachable import all_reachable


def cause(key: str, *reached: str, scenario: str = "new-virus", length: int = 150) -> MissingCause:
    """Why nothing reached a thing, where only these were reached; of a scenario's own start, everything is known."""
    material = shipped(scenario)
    things = all_reachable(material, length)
    return NeverReached(material, things, reached).of(next(thing for thing in things if thing.key == key))


def test_an_answer_waits_for_what_asks() -> None:
    """Nobody asked for the call, and no bot does so."""
    found = cause("answer/leader-call/accept")
    assert [step.key for step in found.waits_for] == ["move/leader-call"]
    assert "--policies curious" in found.because
    assert cause("answer/leader-call/accept", "move/leader-call").waits_for == ()


def test_a_fact_is_followed_back_to_the_act_that_an_inject_waits_for() -> None:
    """Nobody is held, since no courier came, since nobody shamed the other in public."""
    found = cause("fact/persons-held/false")
    assert found.waits_for[0].key == "rule/people-freed"
    assert found.waits_for[1].key in ("fact/persons-held/true", "move/release")
    assert len(found.waits_for) <= 6


def test_states_of_a_line_wait_for_the_one_before() -> None:
    """No conclusion without a near miss, and no way back without a conclusion."""
    key = "line/us/evidence-held-back"
    found = cause(f"{key}/further-from", f"{key}/watch/0")
    assert [step.key for step in found.waits_for][:3] == [f"{key}/concluded", f"{key}/near", f"{key}/pressed"]
    assert "--policies us=salami,china=attentive" in cause(f"{key}/further-from", f"{key}/concluded").because


def test_what_a_thing_hid_comes_out_only_after_it_was_used() -> None:
    """Nothing is found out of a thing that nobody used as less than it is, nor is it without a move made with it."""
    found = cause("asset/field-laboratory/found-out")
    assert [step.key for step in found.waits_for][:2] == [
        "asset/field-laboratory/concealed",
        "asset/field-laboratory/used",
    ]
    assert found.waits_for[2].key.startswith("move/")
    assert cause("asset/field-laboratory/used", "move/deliver-help").waits_for == ()


def test_a_position_that_nobody_acted_against_was_never_taken() -> None:
    """A position that nobody said waits for a move that can say it; one that was said, for what goes against it."""
    found = cause("position/people-first/broken")
    assert [step.key for step in found.waits_for] == ["position/people-first/taken", "move/fact-statement"]
    found = cause("position/people-first/broken", "position/people-first/taken")
    assert found.waits_for[0].key.startswith(("term/", "move/"))
    assert "in private and in public" in cause("position/people-first/firm", "position/people-first/taken").because
    assert not [thing for thing in all_reachable(shipped("new-virus"), 45) if thing.part == "positions"]


def test_a_card_is_dealt_before_it_is_met() -> None:
    """One that nobody held wants more sessions; one that was held and not met, what its condition asks for."""
    key = "instruction/a-foothold"
    assert "more sessions" in cause(f"{key}/met", scenario="bottomed-submarine").because
    found = cause(f"{key}/met", f"{key}/unmet", scenario="bottomed-submarine")
    assert found.waits_for[0].key.startswith(("term/", "move/"))
    assert "more sessions" in cause(f"{key}/unmet", f"{key}/met", scenario="bottomed-submarine").because
    assert not [thing for thing in all_reachable(shipped("new-virus"), 45) if thing.part == "instruction cards"]


def test_a_fact_that_came_out_was_told() -> None:
    """One that nobody told waits for that; none is listed at 45 minutes, when none can be told."""
    found = cause("private-fact/old-sera/came-out")
    assert [step.key for step in found.waits_for] == ["private-fact/old-sera/told"] and "tells-all" in found.because
    assert "told whole" in cause("private-fact/old-sera/came-out", "private-fact/old-sera/told").because
    assert not [thing for thing in all_reachable(shipped("new-virus"), 45) if thing.part == "private facts"]


def test_what_comes_by_hand_is_released() -> None:
    """An inject that only the facilitator brings says so."""
    by_hand = next(inject.id for inject in shipped("new-virus").scenario.msel if inject.by_hand)
    assert "--release 100" in cause(f"inject/{by_hand}/by-hand").because


@pytest.mark.parametrize("scenario", ["small-test", "bottomed-submarine", "new-virus"])
def test_everything_has_a_cause_and_none_goes_round_in_a_circle(scenario: str) -> None:
    """With nothing reached at all, each thing has a short chain whose steps are all different, and an end."""
    from tests.small import small_material

    material = small_material() if scenario == "small-test" else shipped(scenario)
    things = all_reachable(material, 90)
    causes = NeverReached(material, things, ())
    for thing in things:
        found = causes.of(thing)
        steps = [step.key for step in found.waits_for]
        assert len(steps) == len(set(steps)) <= 6 and found.because
