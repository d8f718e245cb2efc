"""How bots answered decisions, and whether one answer was best for most of them."""

from __future__ import annotations

from tests.engine.play import bots, shipped

from crisis_sim.playtest.decision_shares import KEY, decided, decision_shares, how_well
from crisis_sim.playtest.run_measures import Ended


def tally(*rows: tuple[str, str, int, int]) -> dict[str, tuple[int, int, int]]:
    """Policy, answer, sessions, and how well each of them ended."""
    return {f"{KEY}hearing/{policy}/{answer}": (runs, runs * points, 1) for policy, answer, runs, points in rows}


def test_an_answer_that_is_best_for_more_than_seven_in_ten_policies_is_named() -> None:
    """Among policies that gave two answers often enough; what is no answer of the scenario's is never the best."""
    both = [("keep", 5, 60_00), ("share", 5, 50_00), ("speak", 9, 99_00), ("", 3, 99_00)]
    rows = [(policy, *each) for policy in ("rota", "firm", "curious") for each in both]
    three = decision_shares(tally(*rows))
    assert not any(each.dominates for each in three), "three are too few to say so"
    four = decision_shares(tally(*rows, *[("mirror", *each) for each in both]))
    assert [(each.answer, each.best_for, each.compared) for each in four if each.dominates] == [("keep", 4, 4)]
    mixed = [("mirror", "keep", 5, 40_00), ("mirror", "share", 5, 70_00)]
    unsure = decision_shares(tally(*rows, *mixed, *[("salami", *each) for each in both]))
    assert [each.best_for for each in unsure if each.answer == "keep"] == [4]
    assert not any(each.dominates for each in unsure), "one policy speaks strongly against it"
    seldom = decision_shares(tally(*rows, ("mirror", "keep", 2, 60_00), ("mirror", "share", 9, 50_00)))
    assert {each.compared for each in seldom} == {3}


def test_shares_are_of_all_that_were_asked() -> None:
    """Those that nobody answered among them."""
    found = decision_shares(tally(("rota", "keep", 6, 1), ("silent", "unanswered", 2, 1)))
    assert [(each.answer, each.times, each.share) for each in found] == [("keep", 6, 75_00), ("unanswered", 2, 25_00)]


def test_a_session_tells_what_became_of_each_decision_and_how_well_it_ended() -> None:
    """Under the policy of the team that was asked; calm, standing and what is at stake count alike."""
    play = bots(shipped("bottomed-submarine"), "rota", "silent", seed="2")
    ended = Ended(play.table, play.state, play.events)
    told = dict(decided(ended))
    fell = {key.split("/")[1]: key.split("/")[3] for key in told}
    assert fell.keys() == {"column", "hearing", "officer-china", "officer-us"}
    assert fell["column"] == fell["officer-china"] == "unanswered"
    assert fell["hearing"] in play.table.injects["hearing"].decide
    state, tracks = play.state, play.table.scenario.tracks
    stakes = [(state.tracks[name] - of.least) * 100_00 // (of.most - of.least) for name, of in tracks.items()]
    assert {of.good for of in tracks.values()} == {"up"}
    assert (
        how_well(ended, "us") == (100_00 - state.tension + state.standing["us"] * 10 + sum(stakes) // len(stakes)) // 3
    )
