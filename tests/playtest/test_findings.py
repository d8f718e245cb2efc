"""What is said of many runs is what their numbers say: outcomes, sides, picks, coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from tests.engine.play import bots, shipped
from tests.playtest.experiments import found, outcome, subject, subject_of

from crisis_sim.numbers import ONE
from crisis_sim.playtest import findings as findings_module
from crisis_sim.playtest.decision_shares import KEY, decided, decision_shares, team_result
from crisis_sim.playtest.findings import Findings, Sides, findings
from crisis_sim.playtest.run_measures import FinishedSession
from crisis_sim.playtest.runs import MISSING, Gathered, RunsOutcome
from crisis_sim.playtest.statistics import RunInterval


def of_columns(columns: Mapping[str, Sequence[int | None]], policies: str = "both=firm") -> Findings:
    """Findings of made-up runs; measures that are not given are 0 in every run."""
    from tests.playtest.experiments import plan

    runs = len(next(iter(columns.values())))
    gathered = Gathered()
    for place in range(runs):
        gathered.add([tuple(columns.get(m.id, [0] * runs)[place] for m in subject().measures)], {})
    made = RunsOutcome(plan(runs, policies=policies), runs, (gathered,))
    return findings(subject(), made, gathered)


def number(told: Findings, name: str) -> tuple[int, int, int]:
    """Mean, median and sessions of a measure."""
    summary = next(each.summary for each in told.numbers if each.measure.id == name)
    return summary.mean, summary.median, summary.sessions


def test_what_is_told_of_each_side_stands_under_what_it_is_a_part_of() -> None:
    """Words such as `of the US` come once behind a measure of the whole, so that nobody reads them of another."""
    under: list[str] = []
    for each in subject_of(shipped("new-virus"), 90).measures:
        if not each.sub_label:
            under = []
        else:
            under.append(str(each.sub_label))
            assert len(under) == len(set(under)) <= 2, each.id


def test_a_number_is_summed_up_over_the_runs_that_have_it() -> None:
    """A gap between no acts is left out, not taken for zero."""
    told = of_columns({"gap/us": [100, None, 300], "end-tension": [1000, 2000, 6000]})
    assert number(told, "gap/us") == (200, 200, 2)
    assert number(told, "end-tension") == (3000, 2000, 3)


def test_shares_add_up() -> None:
    """Every session ends on exactly one rung."""
    rungs = [often.share.times for often in found().shares if often.measure.id.startswith("ended/")]
    assert sum(rungs) == 24


def side(told: Findings, name: str) -> Sides:
    """One row of the sides compared."""
    return next(each for each in told.sides if each.id == name)


def test_a_side_that_fares_worse_every_time_is_uneven() -> None:
    """Felt tension 20 higher on one side, with spread enough to see it against."""
    us, china = [5000, 6000, 7000, 8000, 5500, 6500], [3000, 4100, 4900, 6000, 3600, 4500]
    told = side(of_columns({"end-felt/us": us, "end-felt/china": china}), "end-felt")
    assert (told.us, told.china, told.difference) == (6333, 4350, 1983)
    assert told.is_uneven


def test_what_luck_explains_is_not_uneven() -> None:
    """A difference that is now up and now down has an interval with zero in it."""
    told = side(of_columns({"end-felt/us": [5000, 6000, 7000], "end-felt/china": [7000, 5500, 7900]}), "end-felt")
    assert told.interval is not None and not told.interval.leaves_out_zero
    assert abs(told.difference) * 5 > told.spread
    assert not told.is_uneven


def test_what_is_certain_but_small_is_not_uneven() -> None:
    """A hundredth of the spread is no favour, however sure it is."""
    us = [1000, 3000, 5000, 7000]
    told = side(of_columns({"end-felt/us": us, "end-felt/china": [value - 50 for value in us]}), "end-felt")
    assert told.interval == RunInterval(50, 50)
    assert not told.is_uneven


def test_sides_are_compared_where_the_same_bot_sits_on_both() -> None:
    """And nowhere else: with two different bots nothing is said."""
    assert of_columns({"end-felt/us": [1, 2]}, "us=firm,china=silent").sides == ()
    even = [run for run in range(1, 25) if len(set(outcome(24).plan.pairings.bots_for("1", run))) == 1]
    assert found().even_runs == len(even) > 0


def test_standing_is_compared_by_how_it_changed() -> None:
    """A scenario may let one side begin higher; that favours nobody."""
    teams = subject().material.scenario.teams
    base = subject().material.base.standing.start
    begun = [base if team.standing is None else team.standing for team in (teams.us, teams.china)]
    told = side(of_columns({"standing/us": [begun[0] + 50] * 3, "standing/china": [begun[1] + 50] * 3}), "standing")
    assert (told.us, told.china, told.difference) == (50, 50, 0)


def test_the_worst_have_the_highest_tension_then_most_crossings() -> None:
    """Ties go to the earlier run."""
    told = of_columns({"peak-tension": [9000, 10000, 10000, 10000], "crossings": [400, ONE, 200, 200]})
    assert [each.run for each in told.picked if each.why == "worst"] == [3, 4, 2]


def test_the_most_typical_lie_nearest_to_the_medians() -> None:
    """Over all numbers: the run in the middle of each, and then its neighbours."""
    told = of_columns({"peak-tension": [1000, 9000, 5000, 2000, 8000], "trust/us": [100, 900, 500, 200, 800]})
    assert [each.run for each in told.picked if each.why == "typical"] == [3, 4, 5]


def test_picks_are_of_different_bots_while_there_are_any() -> None:
    """The same two bots play much the same; three logs of them would say one thing three times."""
    picked = [(each.us, each.china) for each in found(64, "pairs").picked if each.why == "worst"]
    assert len(set(picked)) == findings_module.PICKED


def test_a_typical_run_has_few_others_between_it_and_the_medians() -> None:
    """The first pick of real runs is no farther from the medians than any other run, counted by hand."""
    columns = dict(zip((m.id for m in subject().measures), outcome(24).exercises[0].columns, strict=True))

    def away(place: int) -> int:
        total = 0
        for measure in subject().measures:
            values = sorted(value for value in columns[measure.id] if value != MISSING)
            mine = columns[measure.id][place]
            if measure.sort == "number" and values and mine != MISSING:
                middle = values[(len(values) - 1) // 2]
                total += sum(min(mine, middle) < value < max(mine, middle) for value in values)
        return total

    first = next(each for each in found().picked if each.why == "typical")
    assert away(first.run - 1) == min(map(away, range(24)))


def test_never_reached_is_what_no_run_reached() -> None:
    """Runs, times and the first run are those of the tally."""
    tally = outcome(24).exercises[0].tally
    for each in found().coverage:
        if not each.target.keys:
            assert (each.runs, each.times, each.first) == tally.get(each.target.key, (0, 0, 0))
    assert {each.target.key for each in found().never if not each.target.keys}.isdisjoint(tally)


@pytest.mark.parametrize("runs", [1, 2])
def test_a_run_or_two_can_be_reported(runs: int) -> None:
    """With no interval, or hardly any; nothing falls over."""
    from crisis_sim.playtest.findings_page import page

    assert "WORTH READING" in "\n".join(page(found(runs)))


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
    ended = FinishedSession(play.table, play.state, play.events)
    told = dict(decided(ended))
    fell = {key.split("/")[1]: key.split("/")[3] for key in told}
    assert fell.keys() == {"column", "hearing", "officer-china", "officer-us"}
    assert fell["column"] == fell["officer-china"] == "unanswered"
    assert fell["hearing"] in play.table.injects["hearing"].decide
    state, tracks = play.state, play.table.scenario.tracks
    stakes = [(state.tracks[name] - of.least) * 100_00 // (of.most - of.least) for name, of in tracks.items()]
    assert {of.good for of in tracks.values()} == {"up"}
    assert (
        team_result(ended, "us")
        == (100_00 - state.tension + state.standing["us"] * 10 + sum(stakes) // len(stakes)) // 3
    )
