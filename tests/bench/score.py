"""One score from the shipped scorecard against scikit-learn's predict_proba on one row: how much faster, how equal."""

import math

import numpy as np

from screening.config import Settings
from screening.demo.borough import borough_bodies
from screening.domain.fact_list import establish
from screening.domain.household import NOTHING_KNOWN
from screening.intake.parse import read_contact
from screening.triage.features import describe
from screening.triage.model import load_model
from screening.wiring import models_folder
from tests.bench.measure import Figure, in_turns, median_ratio, seconds_each
from training.fitting.estimators import load_estimators

ROUNDS = 7
ROWS = 200


def score_figures() -> list[Figure]:
    """Both probabilities of the made-up borough's first contacts, from the tables and from the fitted classifiers."""
    models = models_folder(Settings(database_url="", secret=""))
    model = load_model(models)
    fitted = load_estimators(models / model.version).whole
    rows = [describe(establish(read_contact(body, None).contact, NOTHING_KNOWN)) for body in borough_bodies(ROWS)]
    arrays = [np.array([row]) for row in rows]

    def tables() -> None:
        for row in rows:
            model.scorecard.probabilities(row)

    def trees() -> None:
        for array in arrays:
            fitted["early_help"].predict_proba(array)
            fitted["assessment"].predict_proba(array)

    seconds = in_turns(
        {"predict_proba": lambda: seconds_each(trees, 1), "tables": lambda: seconds_each(tables, 20)}, ROUNDS
    )
    apart = max(
        abs(1 / (1 + math.exp(-raw)) - fitted[step].predict_proba(array)[0, 1])
        for row, array in zip(rows, arrays, strict=True)
        for step, raw in zip(("early_help", "assessment"), model.scorecard.raw_scores(row), strict=True)
    )
    return [
        Figure(
            "one score, times faster than predict_proba", median_ratio(seconds["predict_proba"], seconds["tables"]), 200
        ),
        Figure("largest difference to predict_proba, before calibration", apart, 1e-9, at_least=False),
    ]
