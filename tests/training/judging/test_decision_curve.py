"""The net benefit is dcurves' where every contact counts once, the only case that dcurves knows."""

import numpy as np
import pandas as pd
import pytest
from dcurves import dca

from tests.training.judged import need_of
from training.judging.by_design import ByDesign
from training.judging.decision_curve import CHANCES, decision_curve, decision_points, net_benefit


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


def test_every_point_says_how_sure_it_is_and_what_rules_cost_there() -> None:
    dice = np.random.default_rng(4)
    p = dice.random(2_000) * 0.4
    yes = np.asarray(dice.random(2_000) < p)
    held, worked = dice.random(2_000) < 0.2, dice.random(2_000) < 0.5
    told = decision_points(p, held, worked, 0.21, ByDesign(np.arange(2_000), need_of(yes), seed=1))
    curve = decision_curve(p, held, worked, need_of(yes))
    points = told["points"]
    assert isinstance(points, list)
    ours = next(one for one in points if one["shipped"])

    assert (told["n"], told["in_need"]) == (2_000, yes.sum())
    assert ours["chance"] == 0.21
    assert [one["who"]["past workers"]["value"] for one in points if not one["shipped"]] == curve["past workers"]
    for one in ours["who"].values():
        assert one["interval"][0] < one["value"] < one["interval"][1]
    # What rules add is what those are worth that they hold against a lower chance, and that is less than nothing here.
    below, share = held & (p < 0.21), yes[held & (p < 0.21)].mean()
    assert ours["held_below"]["n"] == below.sum()
    assert ours["rules_less_score"]["value"] == pytest.approx(
        below.mean() * (share - (1.0 - share) * 0.21 / 0.79), abs=1e-9
    )
    assert ours["rules_less_score"]["interval"][1] < 0.0


def test_nobody_has_no_net_benefit() -> None:
    assert np.isnan(net_benefit(np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.bool_), np.zeros(0), 0.1))
