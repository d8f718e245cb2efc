"""The statistics of a study agree with published figures, and say nothing where there is too little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations_with_replacement, permutations
from statistics import fmean

import numpy as np
import pytest
from scipy import special, stats

from crisis_sim.research.study import change
from crisis_sim.research.study.agreement import alpha, alpha_of_draw, kappa, pairs_of
from crisis_sim.research.study.change import changed, cronbach, hedges
from crisis_sim.research.study.codes import MeasurementLevel
from crisis_sim.research.study.overview import summary

GAP = None
CODERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3),
    (GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP),
)
"""Krippendorff 2011: four coders, twelve units, with gaps."""
ROWS = [{unit: float(code) for unit, code in enumerate(row) if code is not None} for row in CODERS]
TWO = {"two values": ("0100000010", "1110010000", 0.095), "five values": ("aabbdcccedda", "babbbccceddd", 0.692)}
"""Krippendorff 2011: two coders, ten and twelve units."""
Distance = Callable[[float, float], float]


@pytest.mark.parametrize(
    ("level", "value"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorffs_example_comes_out(level: MeasurementLevel, value: float) -> None:
    """The published alphas; the unit that one coder alone coded does not count."""
    found = alpha(ROWS, level)
    assert found.value == pytest.approx(value, abs=0.0005)
    assert found.units == 11
    assert found.interval is not None
    assert found.interval.low < value < found.interval.high


@pytest.mark.parametrize(("one", "two", "value"), TWO.values(), ids=TWO)
def test_two_coders_of_names_come_out(one: str, two: str, value: float) -> None:
    """The published alphas of two coders without gaps."""
    found = alpha([dict(enumerate(one)), dict(enumerate(two))], "nominal")
    assert found.value == pytest.approx(value, abs=0.0005)
    assert found.units == len(one)


def by_definition(units: Sequence[Sequence[float]], level: MeasurementLevel) -> float:
    """1 - Do / De, over every ordered pair of codes: those of one act, each by m - 1, and all that there are."""
    codes = [code for unit in units for code in unit]
    apart = distance(Counter(codes), level)
    observed = sum(apart(a, b) / (len(unit) - 1) for unit in units for a, b in permutations(unit, 2))
    expected = sum(apart(a, b) for a, b in permutations(codes, 2)) / (len(codes) - 1)
    return 1 - observed / expected


def distance(times: Mapping[float, int], level: MeasurementLevel) -> Distance:
    """Krippendorff's squared distance, in his words."""

    def ordinal(a: float, b: float) -> float:
        low, high = min(a, b), max(a, b)
        return (sum(n for code, n in times.items() if low <= code <= high) - (times[a] + times[b]) / 2) ** 2

    by: dict[MeasurementLevel, Distance] = {
        "nominal": lambda a, b: float(a != b),
        "ordinal": ordinal,
        "interval": lambda a, b: (a - b) ** 2,
        "ratio": lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0,
    }
    return by[level]


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_an_alpha_of_acts_drawn_again_is_krippendorffs(level: MeasurementLevel) -> None:
    """Acts taken several times, or not at all, give what the definition gives for a list of them."""
    luck = np.random.default_rng(4)
    counts = luck.integers(0, 3, (20, 5))
    counts = counts[counts.sum(axis=1) > 1]
    values = np.array([0.0, 1.0, 2.0, 4.0, 7.0])
    times = luck.integers(0, 4, len(counts))
    listed = [np.repeat(values, row).tolist() for row in np.repeat(counts, times, axis=0)]
    found = alpha_of_draw(counts, pairs_of(counts), times, values, level)
    assert found == pytest.approx(by_definition(listed, level))


def test_an_alpha_is_the_same_every_time() -> None:
    """The seed of its interval is fixed."""
    assert alpha(ROWS, "ordinal") == alpha(ROWS, "ordinal")


def test_codes_that_never_vary_have_no_agreement() -> None:
    """Where everything is coded alike there is no chance to correct for, and no number."""
    same = [dict.fromkeys(range(20), "a") for _ in range(2)]
    assert alpha(same, "nominal").value is None
    assert kappa(same[0], same[1], "nominal").value is None
    assert alpha(same[:1], "nominal").units == 0


def test_cohens_kappa_comes_out() -> None:
    """Two readers, 50 grants: both yes 20, both no 15, apart 5 and 10; po .7, pe .5, kappa .4."""
    cells = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    one, two = ({unit: pair[at] for unit, pair in enumerate(cells)} for at in (0, 1))
    found = kappa(one, two, "nominal")
    assert found.value == pytest.approx(0.4)
    assert found.interval is not None
    assert found.interval.low < 0.4 < found.interval.high


def test_a_near_miss_is_less_of_a_miss_where_kappa_is_weighted() -> None:
    """Quadratic weights, 1 - Σwo/Σwe with w by the square of the distance; the ends of the scale need not be used."""
    one = {unit: float(code) for unit, code in enumerate((-3, -2, -1, 0, 1, 2, 3, 3, -3, 0))}
    two = {unit: min(code + 1, 3.0) for unit, code in one.items()}
    found = kappa(one, two, "interval")
    observed = fmean((one[unit] - two[unit]) ** 2 for unit in one)
    chance = fmean((a - b) ** 2 for a in one.values() for b in two.values())
    assert found.value == pytest.approx(1 - observed / chance)
    plain = kappa(one, two, "nominal").value
    assert plain is not None
    assert found.value is not None
    assert plain < found.value


def test_cronbachs_alpha_comes_out() -> None:
    """k/(k-1) (1 - Σ var / var of the sum), by head: items vary 1, 1 and 4, and the sum 12."""
    found = cronbach([[1, 2, 1], [2, 3, 3], [3, 4, 5]])
    assert found.value == pytest.approx(3 / 2 * (1 - 6 / 16))
    assert found.interval is not None
    assert found.interval.low < found.interval.high


def test_feldts_interval_holds_alpha_in_ninety_five_of_a_hundred() -> None:
    """The interval closes in as people become more, and lies around alpha."""
    row = [[1.0, 2.0], [2.0, 2.0], [3.0, 5.0], [4.0, 4.0], [5.0, 6.0], [2.0, 1.0]]
    few, many = cronbach(row), cronbach(row * 20)
    assert few.interval is not None
    assert many.interval is not None
    assert many.interval.high - many.interval.low < few.interval.high - few.interval.low


def test_hedges_g_and_its_interval_come_out() -> None:
    """J (m2 - m1)/s with s over both variances; at its ends the noncentral t has 2.5 and 97.5 % below the t seen."""
    before, after = [3.0, 4.0, 2.0, 5.0, 3.0, 4.0], [4.0, 6.0, 3.0, 5.0, 4.0, 6.0]
    found = hedges(before, after)
    assert found is not None
    assert found.interval is not None
    spread = ((1.1 + 1.466666666666667) / 2) ** 0.5
    assert found.g == pytest.approx((1 - 3 / 19) * (28 - 21) / 6 / spread)
    differences = [two - one for one, two in zip(before, after, strict=True)]
    t = stats.ttest_1samp(differences, 0).statistic
    unit = (1 - 3 / 19) * (fmean(differences) / t) / spread
    assert stats.nct.cdf(t, 5, found.interval.low / unit) == pytest.approx(0.975, abs=1e-6)
    assert stats.nct.cdf(t, 5, found.interval.high / unit) == pytest.approx(0.025, abs=1e-6)


@pytest.mark.parametrize("freedom", [2, 3, 4, 5, 7, 11, 19, 40, 99, 999])
def test_an_effect_has_an_interval_whichever_way_and_however_far_people_moved(freedom: int) -> None:
    """From no move to one of thirty standard errors, up and down; the ends are those that the noncentral t has."""
    for step in range(-120, 121):
        t = step / 4
        found = change._noncentralities(t, freedom)
        assert found.low < t < found.high, t
        if 0 <= t <= 8:
            assert special.nctdtr(freedom, found.low, t) == pytest.approx(0.975, abs=1e-6), t
            assert special.nctdtr(freedom, found.high, t) == pytest.approx(0.025, abs=1e-6), t
        mirrored = change._noncentralities(-t, freedom)
        assert mirrored == pytest.approx((-found.high, -found.low), abs=1e-6)


def test_any_small_group_of_answers_has_its_numbers() -> None:
    """Every way in which three people can answer one item of three steps before and after; falling, rising, mixed."""
    answers = [(one, two) for one in (1.0, 4.0, 7.0) for two in (1.0, 4.0, 7.0)]
    for pairs in combinations_with_replacement(answers, 3):
        found = changed(pairs)
        assert not found.failed, pairs
        has_spread = len({one for one, _ in pairs}) > 1 or len({two for _, two in pairs}) > 1
        assert (found.effect is None) == (not has_spread), pairs
        is_mixed = len({two - one for one, two in pairs}) > 1
        assert (found.interval is not None) == is_mixed, pairs
        if found.effect is not None:
            assert (found.effect.interval is not None) == is_mixed, pairs


def test_a_number_that_cannot_be_found_is_named_and_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it fails or comes out as what is no number."""

    def fails(*_: object, **__: object) -> float:
        raise ValueError("the function value is NaN")

    pairs = [(1.0, 3.0), (2.0, 5.0), (4.0, 4.0)]
    whole = changed(pairs)
    for name, call, said in (
        ("special.nctdtrinc", fails, "the interval of g"),
        ("special.nctdtrinc", lambda *_: float("nan"), "the interval of g"),
        ("stats.wilcoxon", fails, "Wilcoxon's test"),
        ("mean_interval", fails, "the interval of the change"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(f"crisis_sim.research.study.change.{name}", call)
            found = changed(pairs)
        assert found.failed == (said,)
        assert (found.n, found.mean, found.moved) == (whole.n, whole.mean, whole.moved)
    monkeypatch.setattr("crisis_sim.research.study.change.stats.f.ppf", fails)
    alpha_of_three = cronbach([[1, 2, 1], [2, 3, 3], [3, 4, 5]])
    assert alpha_of_three.failed == ("the interval of alpha",) and alpha_of_three.value is not None


def test_means_of_seven_and_of_eight_items_that_moved_alike_are_alike() -> None:
    """Sevenths are not exact; what lies apart by less than anybody could answer does not lie apart."""
    found = changed([(9 / 7, 16 / 7), (11 / 7, 18 / 7), (4.125, 5.125)])
    assert found.interval is None and not found.failed
    assert found.effect is not None and found.effect.interval is None


def test_wilcoxons_test_is_exact_for_few() -> None:
    """Five people all moved up: one way of 32, twice; who did not move is left out, and ties change nothing."""
    found = changed([(1, 2), (2, 4), (3, 4), (4, 6), (1, 5), (4, 4)])
    assert found.n == 6
    assert found.moved == 5
    assert found.p == pytest.approx(2 / 32)


def test_too_few_answers_say_nothing() -> None:
    """No pair, one pair and pairs that all move alike give no interval, and nothing fails."""
    assert changed([]).n == 0
    assert changed([(3, 4)]).interval is None
    assert changed([(3, 4)]).mean == 1
    alike = changed([(3, 4), (2, 3), (5, 6)])
    assert alike.interval is None
    assert alike.effect is not None
    assert alike.effect.interval is None
    still = changed([(4, 4), (4, 4), (4, 4)])
    assert still.effect is None
    assert still.p is None


def test_a_mean_has_students_interval_cut_off_at_its_scale() -> None:
    """t = 4.303 for three values; a share does not go below 0, and values that are alike have no interval."""
    found = summary([1.0, 2.0, 3.0, None])
    assert found.n == 3
    assert found.interval == pytest.approx((2 - 4.302653 / 3**0.5, 2 + 4.302653 / 3**0.5), abs=1e-5)
    cut = summary([0.0, 0.1, 0.5], 0, 1)
    assert cut.interval is not None
    assert cut.interval.low == 0
    assert summary([0.5, 0.5]).interval is None
    assert summary([0.5]).mean == 0.5
    assert summary([None]).mean is None
