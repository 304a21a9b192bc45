"""Shares by design: right whatever the score makes of a group, and an interval that a few second looks cannot narrow."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from tests.training.drawn_rows import drawn_rows
from tests.training.judged import need_of, scored_as
from training.history.rows import Bools
from training.judging.by_design import DRAWN, EXACT, ByDesign
from training.judging.evaluate import Need, from_outcomes
from training.need.resampling import Draws, draws_of_families


def judged(need: Need, n: int) -> ByDesign:
    return ByDesign(np.arange(n), need, seed=1)


def ends(told: dict[str, object]) -> list[float]:
    between = told["interval"]
    assert isinstance(between, list)
    return between


def looked_at_some(yes: Bools, every: int) -> Need:
    """Closed contacts, every so manieth of which was looked at again; the others count with a chance of a tenth."""
    n = len(yes)
    looked = np.arange(n) % every == 0
    put_right = np.where(looked, n / looked.sum() * (yes - 0.1), 0.0)
    seen = replace(need_of(yes & looked), weights=looked * n / looked.sum(), looked_again=looked)
    return replace(seen, by_design=0.1 + put_right)


@pytest.mark.parametrize(("in_need", "of"), [(0, 20), (20, 20), (1, 20), (3, 11)])
def test_a_few_looks_have_the_exact_interval(in_need: int, of: int) -> None:
    told = judged(need_of(np.arange(of) < in_need), of).share(np.ones(of, dtype=np.bool_))
    lower, upper = ends(told)
    exact = binomtest(in_need, of).proportion_ci()

    assert told["how"] == EXACT
    assert told["second_looks"] == of
    assert lower <= exact.low + 1e-9
    assert upper >= exact.high - 1e-9
    if in_need in {0, of}:
        assert (lower, upper) == pytest.approx((exact.low, exact.high))


def test_no_miss_in_twenty_second_looks_is_no_more_than_seventeen_in_a_hundred() -> None:
    told = judged(looked_at_some(np.zeros(200, dtype=np.bool_), 10), 200).share(np.ones(200, dtype=np.bool_))

    assert told["second_looks"] == 20
    assert told["share"] == pytest.approx(0.0)
    assert told["interval"] == pytest.approx([0.0, 0.168], abs=0.001)


def test_many_looks_are_drawn() -> None:
    yes = np.random.default_rng(3).random(2_000) < 0.2
    told = judged(looked_at_some(yes, 4), 2_000).share(np.ones(2_000, dtype=np.bool_))
    lower, upper = ends(told)

    assert told["how"] == DRAWN
    assert lower < yes.mean() < upper
    assert upper - lower == pytest.approx(2 * 1.96 * np.sqrt(0.2 * 0.8 / 500), rel=0.25)


def test_contacts_of_one_family_count_as_one() -> None:
    nobody, everybody = need_of(np.zeros(60, dtype=np.bool_)), np.ones(60, dtype=np.bool_)
    apart = ByDesign(np.arange(60), nobody, seed=1).share(everybody)
    together = ByDesign(np.arange(60) // 6, nobody, seed=1).share(everybody)

    assert apart["interval"] == pytest.approx([0.0, binomtest(0, 60).proportion_ci().high])
    assert together["interval"] == pytest.approx([0.0, binomtest(0, 10).proportion_ci().high])


def test_closed_contacts_without_a_second_look_may_all_have_been_in_need() -> None:
    yes = np.zeros(100, dtype=np.bool_)
    need = looked_at_some(yes, 2)
    never = np.arange(100) % 2 == 1
    told = judged(need, 100).share(never)
    half = judged(replace(need, looked_again=np.zeros(100, dtype=np.bool_)), 100).share(np.ones(100, dtype=np.bool_))

    assert told["interval"] == [0.0, 1.0]
    # The other half was worked, and none of it was in need.
    assert half["interval"] == pytest.approx([0.0, 0.5 + 0.5 * binomtest(0, 50).proportion_ci().high])


def test_an_estimate_below_nothing_is_shown_as_it_is() -> None:
    yes = np.zeros(200, dtype=np.bool_)
    need = looked_at_some(yes, 10)
    told = judged(need, 200).share(need.looked_again | (np.arange(200) < 60))

    assert float(str(told["share"])) < 0.0
    assert ends(told)[0] == 0.0
    assert ends(told)[1] > 0.1


def test_nobody_is_not_known_of() -> None:
    nobody = np.zeros(30, dtype=np.bool_)
    told = judged(need_of(nobody), 30)

    assert told.share(nobody)["interval"] == [0.0, 1.0]
    assert told.count(nobody, nobody) == {"n": 0, "of": 0, "share": 0.0, "interval": [0.0, 1.0]}


def test_a_score_that_is_wrong_about_a_group_does_not_hide_its_misses() -> None:
    rows = drawn_rows(6_000, rechecked=0.5)
    dice = np.random.default_rng(4)
    wrong = dice.random(6_000) < 0.3
    # The score says next to nothing of what half of these need.
    p = np.where(wrong, 0.01, np.clip(dice.normal(0.2, 0.05, 6_000), 0.05, 0.9))
    need = from_outcomes(rows, scored_as(p, np.zeros(len(rows.possible))))
    chosen = wrong & np.array([one.closed for one in rows.decisions])
    told = ByDesign(rows.families, need, seed=1).share(chosen)
    looked = chosen & need.looked_again
    seen = binomtest(int((looked & need.yes).sum()), int(looked.sum())).proportion_ci()

    assert seen.low < float(str(told["share"])) < seen.high
    assert told["second_looks"] == looked.sum()


def test_a_share_that_is_counted_has_an_interval_even_where_it_is_none() -> None:
    nobody = np.zeros(40, dtype=np.bool_)
    told = judged(need_of(nobody), 40).count(nobody)

    assert told["share"] == 0.0
    assert told["interval"] == pytest.approx([0.0, binomtest(0, 40).proportion_ci().high])


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(0, 99))
def test_kept_draws_are_the_draws(families: list[int], seed: int) -> None:
    of, what = np.array(families), np.arange(len(families), dtype=np.float64)
    kept = Draws(of, seed=seed, resamples=5).sums(what)[:, 0]

    assert kept == pytest.approx([(times * what).sum() for times in draws_of_families(of, seed=seed, resamples=5)])
