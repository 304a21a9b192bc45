"""Two additive monotone steps, needs at least early help and needs at least an assessment, with out-of-fold scores.

Each step is a scikit-learn HistGradientBoostingClassifier of trees with one feature each, under the monotone
constraints that `screening.triage.features` declares, so that it is a sum of step functions (`scorecard_export`).

Each fit is two fits. The first takes closed contacts as the second looks say on average; its scores then say which of
the closed were likelier in need (`labels`), and the second is fitted to that. Both see the same families only, so an
out-of-fold score never saw its own. Stopping is by a set number of trees: an early stop would need contacts kept back
by family, and with small steps and trees of one feature more of them change little.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from screening.domain.suggestion import Response
from screening.triage.features import FEATURE_NAMES, FEATURES
from screening.triage.tables import Calibration
from training.fitting.settings import FitSettings, Trees
from training.fitting.work import Task, Workshop, result
from training.history.rows import Bools, Floats, Ints, Rows
from training.history.split import folds_named, folds_of
from training.need.known_need import Judged, Known, first_guess, judge, known_of
from training.need.logistic import NotFitted, fit_logistic

STEPS: Mapping[str, Response] = {"early_help": Response.EARLY_HELP, "assessment": Response.ASSESSMENT}
"""The two steps by name, and the need that each is about."""

FAR_OUT = 50.0
"""Raw scores beyond this do not occur; the calibration's straight line is drawn up to here."""

LEAST_IN_NEED = 50
"""Fewer contacts in need than this cannot be learnt from."""

Classifier = Any
"""HistGradientBoostingClassifier, which has no types of its own."""


class CannotFit(ValueError):
    """The history does not hold enough to learn from; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class FittedStep:
    """One step: fitted to everything, fitted without each fold, and the map from raw scores to calibrated log-odds.

    `raw` (n,) and `raw_possible` (m,) are the out-of-fold raw scores of the rows, in log-odds.
    """

    whole: Classifier
    without_fold: tuple[Classifier, ...]
    calibration: Calibration
    raw: Floats
    raw_possible: Floats
    known: Known
    judged: Judged

    @property
    def p(self) -> Floats:
        """The out-of-fold probabilities (n,)."""
        return calibrated(self.calibration, self.raw)

    @property
    def p_possible(self) -> Floats:
        """The same with possible matches counted (m,)."""
        return calibrated(self.calibration, self.raw_possible)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Both steps, and the reference and the fold of each row."""

    early_help: FittedStep
    assessment: FittedStep
    references: tuple[str, ...]
    folds: Ints

    def steps(self) -> Mapping[str, FittedStep]:
        """Both by name."""
        return {"early_help": self.early_help, "assessment": self.assessment}


def fit(
    rows: Rows,
    settings: FitSettings,
    *,
    jobs: int = 1,
    work: Workshop | None = None,
    progress: Callable[[int], object] = lambda _: None,
) -> Fitted:
    """Fit both steps to `rows`, `jobs` fits at a time or as `work` does them. The same rows and settings give the same.

    `progress` is told how many more fits are done. Raises CannotFit, and ValueError where there
    are fewer families than folds.
    """
    folds = folds_for(rows, folds=settings.folds, seed=settings.seed)
    known = {name: known_of(rows, need) for name, need in STEPS.items()}
    for name, what in known.items():
        _refuse_too_little(name, what)
    X = only_inputs(rows.as_known.X, settings)
    without = (None, *range(int(folds.max()) + 1))
    tasks = [
        Task(fit_once, (X, known[name], folds, left_out, settings.trees, settings.seed))
        for name in STEPS
        for left_out in without
    ]
    done = (work or Workshop(jobs=jobs)).do(tasks, progress)
    return Fitted(
        early_help=finish_step(rows, known["early_help"], folds, tuple(done[: len(without)])),
        assessment=finish_step(rows, known["assessment"], folds, tuple(done[len(without) :])),
        references=rows.references,
        folds=folds,
    )


def folds_for(rows: Rows, *, folds: int, seed: int) -> Ints:
    """The fold of each row: the authority's own split where it has one, else dealt by family."""
    return folds_named(rows.splits) if rows.splits else folds_of(rows.families.tolist(), folds=folds, seed=seed)


def only_inputs(X: Floats, settings: FitSettings) -> Floats:
    """The rows with every feature that may not be learnt from held still, so that no tree can part by it."""
    if settings.inputs == FEATURE_NAMES:
        return X
    return X * np.array([name in settings.inputs for name in FEATURE_NAMES], dtype=np.float64)


def fit_once(X: Floats, known: Known, folds: Ints, left_out: int | None, trees: Trees, seed: int) -> Classifier:
    """One step, fitted to every usable row that is not in the fold left out."""
    seen = known.usable if left_out is None else known.usable & (folds != left_out)
    return fit_to(X[seen], known.at(seen), trees, seed)


def fit_to(X: Floats, known: Known, trees: Trees, seed: int) -> Classifier:
    """One step, fitted twice: to what closed contacts needed on average, then to what each likely did."""
    first = _grow(X, first_guess(known), trees.first_count, trees, seed)
    return _grow(X, judge(known, first.decision_function(X)).need, trees.count, trees, seed)


def finish_step(rows: Rows, known: Known, folds: Ints, done: tuple[bytes, ...]) -> FittedStep:
    """Out-of-fold scores from fitted classifiers, what closed contacts needed by them, and the calibration."""
    whole, *without_fold = (result(content) for content in done)
    raw = out_of_fold(tuple(without_fold), rows.as_known.X, folds)
    judged = judge(known, raw)
    return FittedStep(
        whole=whole,
        without_fold=tuple(without_fold),
        calibration=straight_calibration(raw[judged.usable], judged.need[judged.usable]),
        raw=raw,
        raw_possible=out_of_fold(tuple(without_fold), rows.as_possible.X, folds[rows.possible]),
        known=known,
        judged=judged,
    )


def out_of_fold(without_fold: tuple[Classifier, ...], X: Floats, folds: Ints) -> Floats:
    """The raw score (n,) of every row by the fit that never saw its fold."""
    raw = np.zeros(len(X))
    for fold, classifier in enumerate(without_fold):
        if (folds == fold).any():
            raw[folds == fold] = classifier.decision_function(X[folds == fold])
    return raw


def straight_calibration(raw: Floats, need: Floats) -> Calibration:
    """The straight line from raw scores (n,) to log-odds that fits `need` (n,). Raises CannotFit where it falls.

    A sum of small steps fitted to log-odds is off by its level and its slope, and two numbers put that right; corners
    fitted to a few hundred contacts at either end would promise what they cannot know.
    """
    try:
        level, slope = fit_logistic(np.column_stack([np.ones(len(raw)), raw]), need).coefficients
    except NotFitted as fault:
        raise CannotFit("the scores say nothing about need") from fault
    if not slope > 0:
        raise CannotFit("higher scores do not go with more need, so there is nothing to fit")
    ends = (-FAR_OUT, FAR_OUT)
    return Calibration(ends, (float(level + slope * ends[0]), float(level + slope * ends[1])))


def calibrated(calibration: Calibration, raw: Floats) -> Floats:
    """The probability of each raw score, by the very code that the service uses."""
    return np.array([calibration.probability(float(one)) for one in raw], dtype=np.float64)


def _refuse_too_little(name: str, known: Known) -> None:
    seen = int((known.found | known.later).sum())
    if seen < LEAST_IN_NEED:
        what = name.replace("_", " ")
        raise CannotFit(f"only {seen} contacts were found to need at least {what}: {LEAST_IN_NEED} are the least")
    if seen == int(known.usable.sum()):
        raise CannotFit(f"every contact needed at least {name.replace('_', ' ')}, so there is nothing to tell apart")


def unfitted(count: int, trees: Trees, seed: int) -> Classifier:
    """A classifier of `count` trees of one feature each, under the declared constraints."""
    return HistGradientBoostingClassifier(
        max_iter=count,
        learning_rate=trees.learning_rate,
        max_leaf_nodes=trees.leaves,
        min_samples_leaf=trees.least_contacts_a_leaf,
        max_features=trees.share_of_features,
        l2_regularization=trees.l2,
        interaction_cst="no_interactions",
        monotonic_cst=[1 if feature.rises else 0 for feature in FEATURES],
        early_stopping=False,
        random_state=seed,
    )


def softened(X: Floats, need: Floats) -> tuple[Floats, Bools, Floats]:
    """Rows, labels and weights: a contact with a need of 0.2 counts a fifth as in need and four fifths as not."""
    soft = (need > 0.0) & (need < 1.0)
    return (
        np.vstack([X, X[soft]]),
        np.concatenate([need > 0.0, np.zeros(int(soft.sum()), dtype=np.bool_)]),
        np.concatenate([np.where(soft, need, 1.0), 1.0 - need[soft]]),
    )


def _grow(X: Floats, need: Floats, count: int, trees: Trees, seed: int) -> Classifier:
    rows, labels, weights = softened(X, need)
    return unfitted(count, trees, seed).fit(rows, labels, sample_weight=weights)
