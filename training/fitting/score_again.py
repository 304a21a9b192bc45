"""A history scored by a fitted model: out of fold where it was fitted to these very contacts, else by its scorecard."""

from pathlib import Path

from screening.triage.model import Model
from training.fitting.combined import Scored, scorecard_scores, scores_from_raw
from training.fitting.estimators import load_estimators
from training.fitting.fit import folds_for, out_of_fold
from training.history.extract import Extract
from training.history.rows import Rows


def score_again(rows: Rows, extract: Extract, model: Model, folder: Path) -> Scored:
    """The scores that `model` gives `rows`; out of fold where they are the very rows that it was fitted to.

    Raises ModelRefused where the fitted classifiers are wanted and are not the ones that the manifest names.
    """
    if model.manifest.get("training_data_sha256") != extract.digest():
        return scorecard_scores(rows, model.scorecard)
    estimators = load_estimators(folder)
    without_fold = estimators.without_fold
    folds = folds_for(rows, folds=len(without_fold["assessment"]), seed=estimators.seed)
    of_possible = folds[rows.possible]
    known = {step: out_of_fold(each, rows.as_known.X, folds) for step, each in without_fold.items()}
    counted = {step: out_of_fold(each, rows.as_possible.X, of_possible) for step, each in without_fold.items()}
    return Scored(scores_from_raw(model.scorecard, known), scores_from_raw(model.scorecard, counted))
