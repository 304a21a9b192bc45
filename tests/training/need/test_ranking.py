"""Areas and average precision are scikit-learn's; draws of families are what they say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, roc_auc_score

from training.need.ranking import Ranked
from training.need.resampling import draws_of_families, finite, interval


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_both_are_scikit_learns_with_ties_and_weights(seed: int) -> None:
    dice = np.random.default_rng(seed)
    scores, weights = dice.integers(0, 8, size=60).astype(float), dice.random(60)
    need = np.asarray(dice.random(60) < 0.3)
    need[0], need[1] = True, False
    ranked = Ranked(scores, need)

    assert ranked.area(weights) == pytest.approx(roc_auc_score(need, scores, sample_weight=weights))
    assert ranked.average_precision(weights) == pytest.approx(
        average_precision_score(need, scores, sample_weight=weights)
    )


def test_where_nobody_is_in_need_there_is_no_average_precision() -> None:
    assert np.isnan(Ranked(np.arange(5.0), np.zeros(5, dtype=np.bool_)).average_precision(np.ones(5)))


def test_a_draw_takes_whole_families_and_as_many_as_there_are() -> None:
    families = np.array([3, 3, 9, 9, 9, 4])

    for times in draws_of_families(families, seed=2, resamples=30):
        assert times[0] == times[1]
        assert times[2] == times[3] == times[4]
        assert times[0] + times[2] + times[5] == 3


def test_the_same_seed_gives_the_same_draws_and_nobody_gives_none() -> None:
    once, again = (list(draws_of_families(np.arange(9), seed=4, resamples=5)) for _ in range(2))

    assert np.array_equal(once, again)
    assert list(draws_of_families(np.zeros(0, dtype=np.int64), seed=4)) == []


def test_an_interval_leaves_out_draws_without_a_figure() -> None:
    assert interval([float("nan"), *np.linspace(0.0, 1.0, 101)]) == pytest.approx((0.025, 0.975))
    assert interval([float("nan")]) is None
    assert finite(float("nan")) is None
    assert finite(0.5) == 0.5
