"""A history scored by a fitted model: out of fold where it was fitted to a contact's family, else by its scorecard."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from screening.domain.signals import Score
from screening.triage.model import Model
from training.fitting.combined import Scored, scorecard_scores, scores_from_raw
from training.fitting.estimators import NOT_FITTED_TO, load_estimators
from training.fitting.fit import out_of_fold
from training.history.rows import Bools, Rows


@dataclass(frozen=True, slots=True)
class ScoredAgain:
    """The scores, and to which contacts' families (n,) the model was fitted."""

    scored: Scored
    fitted_to: Bools


def score_again(rows: Rows, model: Model, folder: Path) -> ScoredAgain:
    """The scores that `model`, which lies in `folder`, gives `rows`: each by a fit that never saw its family.

    Where two families that lay in different folds have become one since, a contact goes by its own fold. Raises
    ModelRefused where the fitted classifiers are not the ones that the manifest names.
    """
    estimators = load_estimators(folder)
    folds = estimators.folds_of(rows)
    fitted_to = folds != NOT_FITTED_TO
    if not fitted_to.any():
        return ScoredAgain(scorecard_scores(rows, model.scorecard), fitted_to)
    of_possible = folds[rows.possible]
    known = {step: out_of_fold(each, rows.as_known.X, folds) for step, each in estimators.without_fold.items()}
    counted = {
        step: out_of_fold(each, rows.as_possible.X, of_possible) for step, each in estimators.without_fold.items()
    }
    scored = Scored(scores_from_raw(model.scorecard, known), scores_from_raw(model.scorecard, counted))
    if fitted_to.all():
        return ScoredAgain(scored, fitted_to)
    fresh = scorecard_scores(rows, model.scorecard)
    return ScoredAgain(
        Scored(
            _either(fitted_to, scored.as_known, fresh.as_known),
            _either(fitted_to[rows.possible], scored.as_possible, fresh.as_possible),
        ),
        np.asarray(fitted_to, dtype=np.bool_),
    )


def _either(which: Bools, scores: tuple[Score, ...], others: tuple[Score, ...]) -> tuple[Score, ...]:
    return tuple(one if so else other for so, one, other in zip(which.tolist(), scores, others, strict=True))
