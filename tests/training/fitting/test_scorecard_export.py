"""Trees become tables that are equal to scikit-learn, or nothing is written."""

import json
from functools import cache

import numpy as np
import pytest

from screening.domain.errors import ModelRefused
from screening.triage.features import FEATURE_NAMES, FEATURES
from screening.triage.scorecard import Scorecard
from tests.training.drawn_rows import SMALL_FIT, drawn_rows
from training.fitting.fit import Fitted, calibrated, fit
from training.fitting.scorecard_export import NotEqual, check_equal, export, tables_of
from training.history.rows import Rows


@cache
def fitted_rows() -> tuple[Rows, Fitted]:
    rows = drawn_rows()
    return rows, fit(rows, SMALL_FIT)


def test_the_scorecard_is_equal_to_scikit_learn_on_rows_that_it_never_saw() -> None:
    rows, fitted = fitted_rows()
    scorecard = Scorecard.from_json(export(fitted, rows.as_known.X), "test")
    others = drawn_rows(400, seed=99).as_known.X
    # Values at and beside the thresholds are where tables and trees could part.
    others[:50] += np.random.default_rng(1).choice([-0.25, 0.0, 0.25], size=others[:50].shape)

    for step, place in (("early_help", 0), ("assessment", 1)):
        expected = fitted.steps()[step].whole.decision_function(others)
        mine = [scorecard.raw_scores(row)[place] for row in others.tolist()]
        assert np.abs(np.array(mine) - expected).max() < 1e-9
    expected_p = calibrated(fitted.assessment.calibration, fitted.assessment.whole.decision_function(others))
    assert np.abs([scorecard.probabilities(row)[1] for row in others.tolist()] - expected_p).max() < 1e-9


@pytest.mark.parametrize("step", ["early_help", "assessment"])
def test_a_spoiled_table_is_refused(step: str) -> None:
    rows, fitted = fitted_rows()
    document = json.loads(export(fitted, rows.as_known.X))
    spoiled = next(feature for feature in document["features"] if feature["name"] == "violence")
    spoiled[step]["values"][-1] += 2e-9

    with pytest.raises(NotEqual):
        check_equal(Scorecard.from_json(json.dumps(document), "test"), fitted, rows.as_known.X)


def test_a_spoiled_calibration_is_refused() -> None:
    rows, fitted = fitted_rows()
    document = json.loads(export(fitted, rows.as_known.X))
    document["assessment"]["calibration"][0][1] -= 1e-5

    with pytest.raises(NotEqual, match="probability of an assessment"):
        check_equal(Scorecard.from_json(json.dumps(document), "test"), fitted, rows.as_known.X)


def test_a_table_that_falls_where_risk_rises_is_refused() -> None:
    rows, fitted = fitted_rows()
    document = json.loads(export(fitted, rows.as_known.X))
    spoiled = next(feature for feature in document["features"] if feature["name"] == "violence")
    spoiled["assessment"]["values"].reverse()

    with pytest.raises(ModelRefused, match="violence"):
        Scorecard.from_json(json.dumps(document), "test")


def test_no_declared_risk_that_rises_ever_lowers_a_table() -> None:
    _, fitted = fitted_rows()
    for step in fitted.steps().values():
        for feature, table in zip(FEATURES, tables_of(step.whole), strict=True):
            assert table.never_falls or not feature.rises


def test_neighbouring_bins_of_one_value_are_merged() -> None:
    _, fitted = fitted_rows()
    for table in tables_of(fitted.assessment.whole):
        assert all(left != right for left, right in zip(table.values, table.values[1:], strict=False))


def test_the_centre_is_the_mean_over_the_contacts_fitted_on() -> None:
    rows, fitted = fitted_rows()
    scorecard = Scorecard.from_json(export(fitted, rows.as_known.X), "test")
    raw = fitted.assessment.whole.decision_function(rows.as_known.X)

    assert scorecard.average == pytest.approx(raw.mean(), abs=1e-9)


def test_the_range_fitted_on_is_that_of_the_rows() -> None:
    rows, fitted = fitted_rows()
    scorecard = Scorecard.from_json(export(fitted, rows.as_known.X), "test")
    place = FEATURE_NAMES.index("earlier_incidents")

    assert scorecard.features[place].fitted_from == 0.0
    assert scorecard.features[place].fitted_to == rows.as_known.X[:, place].max()
