"""Two versions are compared run by run, with the same bots and the same luck in both."""

from __future__ import annotations

from functools import cache

from tests.playtest.experiments import found, played, subject_of

from crisis_sim.content.load import load_material
from crisis_sim.playtest.findings import Comparison, compared, findings
from crisis_sim.playtest.game import pairings
from crisis_sim.playtest.runs import MISSING, Task, exercise


@cache
def comparison(first: tuple[str, ...], second: tuple[str, ...]) -> Comparison:
    """The submarine under one set of packs and another, sixteen short sessions of each."""
    subjects = [subject_of(load_material("bottomed-submarine", packs)) for packs in (first, second)]
    exercises = tuple(exercise(subject.material, 45) for subject in subjects)
    outcome = played(Task(exercises, "1", pairings("mix"), 20, 1, 16))
    return compared(
        *(findings(subject, outcome, each) for subject, each in zip(subjects, outcome.exercises, strict=True))
    )


CALMS, EMBOLDENS = ("core", "safety-net-calms"), ("core", "safety-net-emboldens")


def test_a_thing_compared_with_itself_does_not_differ() -> None:
    """Not by a hundredth in any run, since bots and luck are the same."""
    same = comparison(CALMS, CALMS)
    assert {(each.difference, each.changed, each.interval) for each in same.differences} == {(0, 0, (0, 0))}
    assert same.shifts == ()


def test_differences_are_taken_run_by_run() -> None:
    """Each is the mean of the differences of the runs, second minus first."""
    told = comparison(CALMS, EMBOLDENS)
    columns = [
        dict(zip((m.id for m in each.subject.measures), gathered.columns, strict=True))
        for each, gathered in zip((told.first, told.second), told.first.outcome.exercises, strict=True)
    ]
    assert any(each.changed for each in told.differences)
    for each in told.differences:
        pairs = list(zip(columns[0][each.measure.id], columns[1][each.measure.id], strict=True))
        kept = [(one, two) for one, two in pairs if MISSING not in (one, two)]
        assert each.changed == sum(one != two for one, two in kept)
        scale = 1 if each.measure.sort == "number" else 100_00
        assert abs(each.difference - scale * sum(two - one for one, two in kept) / len(kept)) <= 0.5


def test_the_same_luck_makes_for_narrow_intervals() -> None:
    """The interval of the paired difference is narrower than the two means' own."""
    told = comparison(CALMS, EMBOLDENS)
    paired = next(each for each in told.differences if each.measure.id == "end-tension").interval
    alone = next(each.summary for each in told.first.numbers if each.measure.id == "end-tension").interval
    assert paired is not None and alone is not None
    assert paired.high - paired.low < alone.high - alone.low


def test_what_only_one_pack_has_is_told() -> None:
    """Rules of the one that came into play have no counterpart in the other."""
    told = comparison(CALMS, EMBOLDENS)
    rules = {shift.target.key: (shift.first, shift.second) for shift in told.shifts if shift.target.part == "rules"}
    ours = {rule.id for rule in told.first.subject.material.rules}
    theirs = {rule.id for rule in told.second.subject.material.rules}
    only = {f"rule/{rule}" for rule in ours ^ theirs}
    assert only & set(rules)
    assert all(None in rules[key] for key in only & set(rules))


def test_what_one_reached_and_the_other_did_not_is_told_once() -> None:
    """A shift is never of a thing that both reached, or neither."""
    for shift in comparison(CALMS, EMBOLDENS).shifts:
        assert bool(shift.first) != bool(shift.second)


def test_other_measures_are_left_out() -> None:
    """Of two scenarios with other tracks, what both have is compared."""
    small, other = found(16), comparison(CALMS, CALMS).first
    outcome = other.outcome._replace(exercises=(small.outcome.exercises[0], other.outcome.exercises[0]))
    told = compared(small._replace(outcome=outcome), other._replace(outcome=outcome))
    ours, theirs = ({measure.id for measure in each.subject.measures} for each in (small, other))
    assert {each.measure.id for each in told.differences} == ours & theirs != ours | theirs
