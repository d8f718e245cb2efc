"""Why something was never reached is followed back to what never happened first, with what to try."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.play import shipped, varied
from tests.small import small_material

from crisis_sim.content.joining import material_from_bundle
from crisis_sim.content.sources import sha256
from crisis_sim.playtest.causes import MissingCause, NeverReached
from crisis_sim.playtest.reachable import all_reachable


def cause(key: str, *reached: str, scenario: str = "new-virus", length: int = 150) -> MissingCause:
    """Why nothing reached a thing, where only these were reached; of a scenario's own start, everything is known."""
    material = shipped(scenario)
    things = all_reachable(material, length)
    return NeverReached(material, length, things, reached).cause_of(next(thing for thing in things if thing.key == key))


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
    material = small_material() if scenario == "small-test" else shipped(scenario)
    things = all_reachable(material, 90)
    causes = NeverReached(material, 90, things, ())
    for thing in things:
        found = causes.cause_of(thing)
        steps = [step.key for step in found.waits_for]
        assert len(steps) == len(set(steps)) <= 6 and found.because


def cause_with(key: str, *reached: str, **plan: Any) -> MissingCause:
    """Why nothing reached a thing of the small scenario with some keys more on its injects, by their ids."""

    def change(tree: dict[str, Any]) -> None:
        for inject in tree["msel"]:
            inject.update(plan.get(inject["id"].replace("-", "_"), {}))

    material = varied(small_material(), change)
    things = all_reachable(material, 150)
    return NeverReached(material, 150, things, reached).cause_of(next(thing for thing in things if thing.key == key))


def test_an_inject_that_follows_another_is_never_said_to_have_had_nothing_in_its_way() -> None:
    """It waits for the other while that has not come; once it has, the time between the two was too long."""
    plan = {"survey_ship": {"after": {"inject": "tug-offer", "by": "12h"}}}
    found = cause_with("inject/survey-ship/came", **plan)
    assert [step.key for step in found.waits_for] == ["inject/tug-offer/came"]
    found = cause_with("inject/survey-ship/came", "inject/tug-offer/came", **plan)
    assert found.waits_for == () and "came too late for it" in found.because


def test_what_comes_by_hand_or_by_an_effect_waits_for_what_has_the_effect() -> None:
    """Nothing is said to be missing but what would have released it."""
    found = cause_with(
        "inject/rumour/came", survey_ship={"when": {"ever": {"move": "criticise"}}, "then": {"release": "rumour"}}
    )
    assert [step.key for step in found.waits_for] == ["inject/survey-ship/came", "move/criticise"]


def test_what_can_never_happen_is_said_to_be_so_and_not_to_want_more_sessions() -> None:
    """A rule that no turn of the session can set off says that; an inject that cannot come is not waited for at all."""
    bundle = small_material().bundle()
    pack = bundle["packs"][0]
    pack["tree"]["rules"][0]["when"] = {"move": {"family": "protest"}, "hour": {"at_least": 90}}
    pack["sha256"] = sha256(pack["tree"])
    material = material_from_bundle(bundle)
    things = all_reachable(material, 150)
    rule = next(thing for thing in things if thing.key == "rule/public-before-private")
    assert NeverReached(material, 150, things, ()).cause_of(rule).because == (
        "its condition can never hold in sessions of this length, whoever plays"
    )
