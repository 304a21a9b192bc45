"""Two ordinal steps, each a sum of monotone step functions, with out-of-fold scores for every case.

Order rules:
- Each step is a gradient-boosted sum of stumps (`interaction_cst="no_interactions"`), never falling in a feature that
  rises (`FEATURES`). Every tree sees a random part of the features, which spreads what correlated answers share.
- A case's out-of-fold score comes from a fit that saw nobody of its family. Calibration and thresholds rest on these.
- Calibration is one straight line in log-odds, with a slope above 0; it is fitted after the sum and never inside it.
- Closed contacts that nobody looked at again enter with the probability of unseen need (`labels`), which a plain
  logistic regression supplies first, out of fold too.
- One thread a fit, and a seed: the same history gives the same scorecard.

A fit returns values; nothing is written here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from joblib import Parallel, delayed
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from screening.domain.suggestion import Response
from screening.triage.features import FEATURES
from training.cases import Case
from training.labels import ASSESSMENT, EARLY_HELP, FEWEST_POSITIVE, Flags, Labels, Numbers, labels_of
from training.split import FOLDS, Folds, folds_of

SMALLEST_SLOPE = 0.05
"""A calibration flatter than this says that the score knows nothing."""


class CannotFit(ValueError):
    """There is too little to fit from. The message says of what."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """How a step is fitted: stumps, so many, each of this weight, from this part of the features."""

    trees: int = 260
    learning_rate: float = 0.06
    features_a_tree: float = 0.2
    smallest_leaf: int = 60
    shrinkage: float = 20.0


@dataclass(frozen=True, slots=True)
class Line:
    """Calibrated log-odds = slope * raw + offset."""

    slope: float
    offset: float

    def probability(self, raw: Numbers) -> Numbers:
        """Calibrated probabilities of raw scores."""
        odds: Numbers = 1.0 / (1.0 + np.exp(-(self.slope * raw + self.offset)))
        return odds


@dataclass(frozen=True, slots=True)
class StepFit:
    """One step, fitted on every usable case. `out_of_fold` are calibrated probabilities, one a case, used or not."""

    step: Response
    estimator: HistGradientBoostingClassifier
    calibration: Line
    out_of_fold: Numbers
    labels: Labels


@dataclass(frozen=True, slots=True)
class Fit:
    """Both steps, and the rows they were fitted on, of shape (cases, features)."""

    early_help: StepFit
    assessment: StepFit
    rows: Numbers
    folds: int
    seed: int
    tuning: Tuning = field(default_factory=Tuning)

    def out_of_fold(self) -> Numbers:
        """Shape (cases, 2): P(early help or more), never below P(assessment), and P(assessment)."""
        p_assessment = self.assessment.out_of_fold
        return np.column_stack([np.maximum(self.early_help.out_of_fold, p_assessment), p_assessment])


def rows_of(cases: Sequence[Case]) -> Numbers:
    """The feature rows of the cases, of shape (cases, features)."""
    return np.array([case.ground.row for case in cases], dtype=np.float64)


def fit(
    cases: Sequence[Case],
    *,
    seed: int,
    jobs: int = 1,
    tuning: Tuning | None = None,
    progress: Callable[[str], None],
) -> Fit:
    """Fit both steps. `progress` is told each stage in words. Raises CannotFit."""
    rows = rows_of(cases)
    tuned = tuning or Tuning()
    families = [case.family for case in cases]
    try:
        folds = folds_of(families, seed=seed)
    except ValueError as fault:
        raise CannotFit(str(fault)) from fault
    steps = []
    for step in (EARLY_HELP, ASSESSMENT):
        progress(f"fitting the step: needs at least {str(step).replace('_', ' ')}")
        steps.append(_fit_step(rows, labels_of(cases, step), folds, step, seed, jobs, tuned))
    return Fit(*steps, rows=rows, folds=FOLDS, seed=seed, tuning=tuned)


def _fit_step(
    rows: Numbers, labels: Labels, folds: Folds, step: Response,
    seed: int, jobs: int, tuning: Tuning,
) -> StepFit:  # fmt: skip
    found = int(np.sum(labels.yes & labels.settled))
    unfound = int(np.sum(labels.settled & ~labels.yes))
    if min(found, unfound) < FEWEST_POSITIVE:
        raise CannotFit(
            f"needs at least {step}: {found} contacts are known to have needed it and {unfound} not to; "
            f"{FEWEST_POSITIVE} of each are the least to fit from. Give a longer history"
        )
    training = [labels.usable & (folds != fold) for fold in range(FOLDS)]
    unseen = _first_guess(rows, labels, folds, training)
    everything = [*training, labels.usable]
    fitted = Parallel(n_jobs=jobs)(
        delayed(_boosted)(rows[chosen], labels.yes[chosen], labels.settled[chosen], unseen[chosen], seed, tuning)
        for chosen in everything
    )
    raw = np.zeros(len(rows))
    for fold, estimator in enumerate(fitted[:-1]):
        raw[folds == fold] = estimator.decision_function(rows[folds == fold])
    usable = labels.usable
    line = _line(raw[usable], labels.yes[usable], labels.settled[usable], unseen[usable])
    return StepFit(step, fitted[-1], line, line.probability(raw), labels)


def _first_guess(
    rows: Numbers,
    labels: Labels,
    folds: Folds,
    training: Sequence[Flags],
) -> Numbers:
    """The probability of unseen need, out of fold, from a logistic regression that was given it once by guess."""
    known = labels.settled
    base = float(np.mean(labels.yes[known])) * 0.5
    unseen = labels.unseen(np.full(len(rows), base))
    spread = rows.std(axis=0)
    scaled = (rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    for _ in range(2):
        p = np.zeros(len(rows))
        for fold, chosen in enumerate(training):
            x, y, weight = _twice(scaled[chosen], labels.yes[chosen], labels.settled[chosen], unseen[chosen])
            plain = LogisticRegression(C=0.02, max_iter=300).fit(x, y, sample_weight=weight)
            p[folds == fold] = plain.predict_proba(scaled[folds == fold])[:, 1]
        unseen = labels.unseen(p)
    return unseen


def _twice(
    rows: Numbers,
    yes: Flags,
    settled: Flags,
    unseen: Numbers,
) -> tuple[Numbers, Flags, Numbers]:
    """Rows, labels and weights, with each unsettled case as yes and as no."""
    open_ones = ~settled
    x = np.concatenate([rows, rows[open_ones]])
    y = np.concatenate([yes & settled, np.ones(int(open_ones.sum()), dtype=np.bool_)])
    weight = np.concatenate([np.where(settled, 1.0, 1.0 - unseen), unseen[open_ones]])
    return x, y, weight


def _boosted(
    rows: Numbers,
    yes: Flags,
    settled: Flags,
    unseen: Numbers,
    seed: int,
    tuning: Tuning,
) -> HistGradientBoostingClassifier:
    x, y, weight = _twice(rows, yes, settled, unseen)
    estimator = HistGradientBoostingClassifier(
        max_iter=tuning.trees,
        learning_rate=tuning.learning_rate,
        max_leaf_nodes=2,
        min_samples_leaf=tuning.smallest_leaf,
        l2_regularization=tuning.shrinkage,
        max_features=tuning.features_a_tree,
        interaction_cst="no_interactions",
        monotonic_cst=[1 if feature.rises else 0 for feature in FEATURES],
        early_stopping=False,
        random_state=seed,
    )
    with threadpool_limits(1):
        return estimator.fit(x, y, sample_weight=weight)


def _line(
    raw: Numbers,
    yes: Flags,
    settled: Flags,
    unseen: Numbers,
) -> Line:
    x, y, weight = _twice(raw.reshape(-1, 1), yes, settled, unseen)
    fitted = LogisticRegression(C=1e6, max_iter=1_000).fit(x, y, sample_weight=weight)
    slope, offset = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    if slope < SMALLEST_SLOPE:
        raise CannotFit("the score tells nothing about need in households that it was not fitted on")
    return Line(slope, offset)
