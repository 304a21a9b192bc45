"""What the model has to beat: other ways of learning from the same rows and the same labels, each out of fold.

logistic regression         every feature in one straight line
random forest               trees side by side, nothing held back
free boosting               HistGradientBoosting without the monotone constraints and with interactions
explainable boosting (EBM)  additive as ours is, with the ten pairs of features that it finds, not monotone

They are fitted in the folds that our own fit dealt out, to what the second looks say of closed contacts as a fit of
those very rows sees it (`labels`), so none is helped by our score and none sees a family that it is judged on. They
know features only: names, ethnicity and the like are no features. Nothing is judged here.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import joblib
import numpy as np
from interpret.glassbox import ExplainableBoostingClassifier
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from screening.domain.suggestion import Response
from training.history.rows import Floats, Ints, Rows
from training.need.known_need import Known, first_guess, judge, known_of

Classifier = Any
"""A scikit-learn classifier; the library has no types of its own."""

LEARNERS: Mapping[str, Callable[[int], Classifier]] = {
    "logistic regression": lambda seed: make_pipeline(
        StandardScaler(), LogisticRegression(C=0.05, max_iter=500, random_state=seed)
    ),
    "random forest": lambda seed: RandomForestClassifier(150, min_samples_leaf=20, random_state=seed),
    "free boosting": lambda seed: HistGradientBoostingClassifier(
        max_iter=120,
        learning_rate=0.06,
        max_leaf_nodes=8,
        min_samples_leaf=40,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=seed,
    ),
    "explainable boosting": lambda seed: ExplainableBoostingClassifier(
        interactions=10, outer_bags=2, max_rounds=800, n_jobs=1, random_state=seed
    ),
}


def learnt_elsewhere(
    rows: Rows, folds: Ints, *, seed: int, jobs: int = 1, progress: Callable[[str], None] = lambda _: None
) -> dict[str, tuple[Floats, Floats]]:
    """By name of the learner, its out-of-fold score of every row (n,) and of the rows `possible` (m,).

    `folds` (n,) never part a family. `progress` is told the name of each learner as it is begun.
    """
    known = known_of(rows, Response.ASSESSMENT)
    numbers = sorted(set(folds.tolist()))
    labels = {fold: labels_without(rows.as_known.X, known, folds, fold, seed) for fold in numbers}
    found = {}
    for name, make in LEARNERS.items():
        progress(name)
        scored = joblib.Parallel(n_jobs=jobs)(
            joblib.delayed(_fold_scored)(make(seed), rows, labels[fold], folds, fold, known) for fold in numbers
        )
        found[name] = _put_together(rows, folds, dict(zip(numbers, scored, strict=True)))
    return found


def labels_without(X: Floats, known: Known, folds: Ints, left_out: int, seed: int) -> Floats:
    """The need of the usable rows that are not in the fold `left_out`, as a quick fit of those rows sees it."""
    seen = known.usable & (folds != left_out)
    quick = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=4, early_stopping=False, random_state=seed)
    fit_soft(quick, X[seen], first_guess(known.at(seen)))
    return judge(known.at(seen), quick.decision_function(X[seen])).need


def fit_soft(classifier: Classifier, X: Floats, need: Floats) -> Classifier:
    """Fit to chances: a contact with a need of 0.2 counts a fifth as in need and four fifths as not."""
    soft = (need > 0.0) & (need < 1.0)
    weights = np.concatenate([np.where(soft, need, 1.0), 1.0 - need[soft]])
    last = classifier.steps[-1][0] + "__" if hasattr(classifier, "steps") else ""
    return classifier.fit(
        np.vstack([X, X[soft]]),
        np.concatenate([need > 0.0, np.zeros(int(soft.sum()), dtype=np.bool_)]),
        **{f"{last}sample_weight": weights},
    )


def _fold_scored(
    classifier: Classifier, rows: Rows, need: Floats, folds: Ints, fold: int, known: Known
) -> tuple[Floats, Floats]:
    logging.getLogger("interpret").setLevel(logging.ERROR)
    seen = known.usable & (folds != fold)
    fit_soft(classifier, rows.as_known.X[seen], need)
    return (
        _chance(classifier, rows.as_known.X[folds == fold]),
        _chance(classifier, rows.as_possible.X[folds[rows.possible] == fold]),
    )


def _chance(classifier: Classifier, X: Floats) -> Floats:
    return np.asarray(classifier.predict_proba(X)[:, 1], dtype=np.float64) if len(X) else np.zeros(0)


def _put_together(rows: Rows, folds: Ints, scored: Mapping[int, tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    known, possible = np.zeros(len(rows)), np.zeros(len(rows.possible))
    for fold, (its_known, its_possible) in scored.items():
        known[folds == fold] = its_known
        possible[folds[rows.possible] == fold] = its_possible
    return known, possible
