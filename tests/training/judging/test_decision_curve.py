"""The net benefit is dcurves' where every contact counts once, the only case that dcurves knows."""

import numpy as np
import pandas as pd
import pytest
from dcurves import dca

from tests.training.judged import need_of
from training.judging.decision_curve import CHANCES, decision_curve, net_benefit


def test_the_curve_is_dcurves_where_all_weights_are_one() -> None:
    dice = np.random.default_rng(3)
    p = dice.random(400) * 0.5
    need = np.asarray(dice.random(400) < p)
    nobody = np.zeros(400, dtype=np.bool_)
    mine = decision_curve(p, nobody, nobody, need_of(need))
    theirs = dca(
        data=pd.DataFrame({"need": need.astype(int), "p": p}),
        outcome="need",
        modelnames=["p"],
        thresholds=list(CHANCES),
    )

    for name, model in (("score alone", "p"), ("everybody", "all"), ("nobody", "none")):
        expected = theirs[theirs["model"] == model].sort_values("threshold")["net_benefit"].to_numpy()
        assert mine[name] == pytest.approx(expected)


def test_a_contact_that_stands_for_three_counts_as_three() -> None:
    acts, need = np.array([True, True, False, False]), np.array([True, False, True, False])
    weights = np.array([1.0, 3.0, 1.0, 1.0])
    thrice = np.array([0, 1, 1, 1, 2, 3])

    assert net_benefit(acts, need, weights, 0.2) == pytest.approx(
        net_benefit(acts[thrice], need[thrice], np.ones(6), 0.2)
    )


def test_rules_act_whatever_the_score_says() -> None:
    held = np.array([True, False])
    curve = decision_curve(np.zeros(2), held, np.zeros(2, dtype=np.bool_), need_of(np.array([True, False])))

    assert curve["rules and score"] == curve["rules alone"] == [0.5] * len(CHANCES)
    assert curve["past workers"] == curve["nobody"]


def test_nobody_has_no_net_benefit() -> None:
    assert np.isnan(net_benefit(np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.bool_), np.zeros(0), 0.1))
