"""What the model has to beat learns from others' contacts only, and from the same labels."""

from dataclasses import replace

import numpy as np
import pytest

from screening.domain.suggestion import Response
from screening.triage.features import FEATURE_NAMES
from tests.training.drawn_rows import drawn_rows
from tests.training.judged import scored_as
from training.history.extract import Outcome
from training.history.split import folds_of
from training.judging.baselines import LEARNERS, fit_soft, labels_without, learnt_elsewhere
from training.judging.evaluate import from_outcomes
from training.need.known_need import known_of
from training.need.ranking import area_under_curve

N = 900


@pytest.mark.slow
def test_nothing_is_learnt_from_a_family_that_is_judged() -> None:
    """Need by the throw of a coin cannot be learnt, but it can be remembered; whoever saw it would be far above one half."""
    dice = np.random.default_rng(2)
    rows = drawn_rows(N)
    coins = [Response.ASSESSMENT if one else Response.NO_FURTHER_ACTION for one in dice.random(N) < 0.3]
    outcomes = [
        Outcome(recheck=coin) if made.closed else Outcome(finding=coin)
        for made, coin in zip(rows.decisions, coins, strict=True)
    ]
    thrown = replace(rows, outcomes=tuple(outcomes))
    folds = folds_of(rows.families.tolist(), folds=3, seed=1)
    need = np.array([coin is Response.ASSESSMENT for coin in coins])

    for name, (scores, _) in learnt_elsewhere(thrown, folds, seed=1).items():
        assert 0.4 < area_under_curve(scores, need, np.ones(N)) < 0.6, name


def test_labels_of_a_fold_do_not_depend_on_what_became_of_its_contacts() -> None:
    rows = drawn_rows(N)
    folds = folds_of(rows.families.tolist(), folds=3, seed=1)
    known = known_of(rows, Response.ASSESSMENT)
    turned = replace(known, found=np.where(folds == 0, ~known.found & known.looked, known.found))
    seen = rows.as_known.X

    assert np.array_equal(labels_without(seen, known, folds, 0, 1), labels_without(seen, turned, folds, 0, 1))
    assert not np.array_equal(labels_without(seen, known, folds, 1, 1), labels_without(seen, turned, folds, 1, 1))


def test_a_chance_of_need_counts_in_parts() -> None:
    """A need of a quarter is a quarter in need, whatever the learner."""
    seen = np.repeat([[0.0], [1.0]], 5_000, axis=0)
    soft = np.repeat([0.25, 0.75], 5_000)
    fitted = fit_soft(LEARNERS["logistic regression"](1), seen, soft)

    assert fitted.predict_proba(np.array([[0.0], [1.0]]))[:, 1] == pytest.approx([0.25, 0.75], abs=0.03)


def test_need_by_design_is_right_about_a_group_that_the_score_is_wrong_about() -> None:
    """The score knows nothing of what puts this group in danger, so the chances that it gives are too low there."""
    rows = drawn_rows(12_000, rechecked=0.3)
    known = known_of(rows, Response.ASSESSMENT)
    seen, at = rows.as_known.X, FEATURE_NAMES.index
    group = known.closed & (seen[:, at("violence")] == 1.0) & (seen[:, at("earlier_incidents")] >= 1.0)
    blind = np.random.default_rng(4).uniform(0.09, 0.11, size=len(rows))
    need = from_outcomes(rows, scored_as(blind, np.full(len(rows.possible), 0.1)))
    by_second_looks = known.found[group & known.looked_again].mean()

    assert need.by_design[group].mean() == pytest.approx(by_second_looks, rel=0.1)
    assert need.judged.need[group].mean() < 0.9 * by_second_looks
