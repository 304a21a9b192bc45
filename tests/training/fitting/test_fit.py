"""Fitting: folds by family, scores that never saw their own, the same bytes again, plain words where it cannot."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.suggestion import Response
from tests.training.drawn_rows import SMALL_FIT, drawn_rows
from training.fitting.fit import FAR_OUT, CannotFit, calibrated, fit, fit_once, straight_calibration
from training.fitting.scorecard_export import scorecard_json
from training.history.extract import Outcome
from training.history.split import folds_of
from training.need.known_need import known_of
from training.need.logistic import sigmoid


@given(st.lists(st.integers(0, 30), min_size=40, max_size=120), st.integers(0, 5))
def test_no_family_lies_in_two_folds(families: list[int], seed: int) -> None:
    if len(set(families)) < 4:
        return
    folds = folds_of(families, folds=4, seed=seed)

    for family in set(families):
        assert len({int(fold) for fold, one in zip(folds, families, strict=True) if one == family}) == 1
    assert set(folds.tolist()) == {0, 1, 2, 3}


def test_the_same_seed_gives_the_same_scorecard_to_the_byte() -> None:
    rows = drawn_rows(900)

    first, again = (scorecard_json(fit(rows, SMALL_FIT), rows.as_known.X) for _ in range(2))

    assert first == again
    assert first != scorecard_json(fit(rows, replace(SMALL_FIT, seed=2)), rows.as_known.X)


def test_an_out_of_fold_score_does_not_change_with_what_became_of_its_own_family() -> None:
    rows = drawn_rows(900)
    fitted = fit(rows, SMALL_FIT)
    fold = 1
    of_fold = fitted.folds == fold
    changed = replace(
        rows,
        outcomes=tuple(
            Outcome(finding=Response.ASSESSMENT, later=Response.ASSESSMENT) if mine else outcome
            for mine, outcome in zip(of_fold, rows.outcomes, strict=True)
        ),
    )

    again = fit_once(
        changed.as_known.X, known_of(changed, Response.ASSESSMENT), fitted.folds, fold, SMALL_FIT.trees, SMALL_FIT.seed
    )

    assert (again.decision_function(rows.as_known.X[of_fold]) == fitted.assessment.raw[of_fold]).all()


def test_labels_come_from_what_was_found_and_never_from_the_decision() -> None:
    """Whether it was closed says where to look; what was decided beyond that says nothing."""
    rows = drawn_rows(900)
    known = known_of(rows, Response.ASSESSMENT)

    for place, (made, outcome) in enumerate(zip(rows.decisions, rows.outcomes, strict=True)):
        looked = outcome.recheck if made.closed else outcome.finding
        assert known.looked[place] == (looked is not None)
        assert known.found[place] == (looked is Response.ASSESSMENT)


def test_a_fit_ranks_by_what_was_planted() -> None:
    rows = drawn_rows(3_000)
    raw = fit(rows, SMALL_FIT).assessment.raw
    found = known_of(rows, Response.ASSESSMENT).found

    assert raw[found].mean() > raw[~found].mean() + 0.5


def test_a_calibration_is_a_straight_line_that_never_falls() -> None:
    dice = np.random.default_rng(1)
    raw = dice.normal(-2.0, 1.0, size=50_000)
    need = (dice.random(50_000) < sigmoid(0.5 + 0.8 * raw)).astype(np.float64)

    line = straight_calibration(raw, need)

    assert line.raws == (-FAR_OUT, FAR_OUT)
    at = np.array([-4.0, -2.0, 0.0])
    assert np.abs(calibrated(line, at) - sigmoid(0.5 + 0.8 * at)).max() < 0.03


def test_scores_that_go_against_need_are_no_fit() -> None:
    dice = np.random.default_rng(1)
    raw = dice.normal(size=2_000)

    with pytest.raises(CannotFit, match="nothing to fit"):
        straight_calibration(raw, (dice.random(2_000) < sigmoid(-raw)).astype(np.float64))


def test_too_little_need_is_told_in_words() -> None:
    with pytest.raises(CannotFit, match="were found to need"):
        fit(drawn_rows(300, level=-9.0), SMALL_FIT)


def test_nothing_but_need_is_told_in_words() -> None:
    rows = drawn_rows(300)
    everybody = replace(
        rows,
        outcomes=tuple(Outcome(Response.ASSESSMENT, Response.ASSESSMENT, Response.ASSESSMENT) for _ in rows.outcomes),
    )

    with pytest.raises(CannotFit, match="every contact"):
        fit(everybody, SMALL_FIT)


def test_fewer_families_than_folds_is_told_in_words() -> None:
    with pytest.raises(ValueError, match="2 families"):
        folds_of([0, 1, 0, 1], folds=3, seed=1)
